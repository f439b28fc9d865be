"""Rules as they are written in YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from foedus.institutions.rules.ballot import MEMBERS
from foedus.institutions.rules.composed import (
    AllOf,
    AnyOf,
    Chamber,
    ConcernedAbstain,
    ConsentOf,
    Unless,
    WithoutConcerned,
)
from foedus.institutions.rules.protocol import Rule
from foedus.institutions.rules.simple import Consensus, FewDeclare, FewerAgainst, NoVeto, Quota, Unanimity

FORMS = {
    "consensus": "nobody with a seat objects; silence and abstention are assent",
    "{consensus: {without: concerned}}": "the same, but those whose own case it is are not asked: consensus minus one",
    "unanimity": "nobody votes against; an abstention does not stop it",
    "{unanimity: {abstention: blocks}}": "everybody votes in favour; `does not block` in its place is plain unanimity",
    "{quota: {weights: NAME, at_least or more_than: NUMBER or SHARE, of: all or cast}}": (
        "the weight in favour reaches a number, or a share of all weight or of what is cast for and against; without "
        "weights each member counts one, without `of` the share is of all"
    ),
    "{fewer_against_than: NUMBER}": "fewer members than that vote against or abstain",
    "{no_veto_of: GROUP}": "no member of a group of the body votes against",
    "{declared_abstention_below: {WEIGHTS: SHARE}}": (
        "those that abstain with a declaration stay below at least one of the shares"
    ),
    "{declared_abstention_at_most: {WEIGHTS: SHARE}}": "the same, but the share itself is still allowed",
    "{concerned_abstain: RULE}": "the rule, with those whose own case it is counted as abstaining",
    "{without_concerned: RULE}": "the rule, asked of the others alone: those whose own case it is are not counted",
    "{unless: RULE}": "those who vote against do not by themselves meet the rule; who abstains does not stop it",
    "{consent_of: ACTOR}": "an actor outside the body has consented, such as a host or a parliament",
    "{chamber: {name: NAME, rule: RULE}}": "the rule, asked of a chamber with members of its own",
    "{all_of: [rules]}": "every one of the rules is met",
    "{any_of: [rules]}": "at least one of the rules is met",
}
"""How a rule may be written, and what it then asks for; a share is ``2/3`` or ``65 %``."""


def read_rule(value: object, reference: str) -> Rule:
    """Return the rule that a YAML value writes down.

    Parameters
    ----------
    value
        One of `FORMS`.
    reference
        What lays it down.

    Raises
    ------
    ValueError
        With what was expected, for anything else.

    Examples
    --------
    >>> read_rule({"all_of": [{"quota": {"at_least": "55 %"}}, {"no_veto_of": "permanent"}]}, "").words()
    'at least 55 % of the members and no veto by the permanent members'
    """
    if value == "consensus":
        return Consensus(reference)
    if value == "unanimity":
        return Unanimity(reference)
    if isinstance(value, Mapping) and len(value) == 1:
        ((kind, content),) = value.items()
        if kind in _READERS:
            rule = _READERS[kind](content, reference)
            if rule is not None:
                return rule
            form = next(form for form in FORMS if form.startswith(f"{{{kind}:"))
            raise ValueError(form)
    raise ValueError(f"one of {', '.join(FORMS)}")


def read_share(value: object) -> Fraction:
    """Return a share that is written as ``2/3`` or ``65 %``, exactly.

    Raises
    ------
    ValueError
        For anything else, and for a share that is not above 0 and at most 1.

    Examples
    --------
    >>> read_share("62 %")
    Fraction(31, 50)
    """
    text = str(value).strip()
    if match := re.fullmatch(r"(\d+)\s*/\s*(\d+)", text):
        share = Fraction(int(match[1]), int(match[2])) if int(match[2]) else Fraction(0)
    elif match := re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", text):
        share = Fraction(match[1]) / 100
    else:
        raise ValueError("a share such as 2/3 or 65 %")
    if not 0 < share <= 1:
        raise ValueError("a share above 0 and at most 1, such as 2/3 or 65 %")
    return share


def _consensus(content: Any, reference: str) -> Rule | None:
    return Consensus(reference, without_concerned=True) if content == {"without": "concerned"} else None


def _unanimity(content: Any, reference: str) -> Rule | None:
    choices = {"blocks": True, "does not block": False}
    if isinstance(content, Mapping) and content.keys() == {"abstention"} and content["abstention"] in choices:
        return Unanimity(reference, abstention_blocks=choices[content["abstention"]])
    return None


def _quota(content: Any, reference: str) -> Rule | None:
    if not isinstance(content, Mapping) or not content.keys() <= {"weights", "at_least", "more_than", "of"}:
        return None
    bounds = {key: content[key] for key in ("at_least", "more_than") if key in content}
    weights, of = content.get("weights", MEMBERS), content.get("of", "all")
    if len(bounds) != 1 or not isinstance(weights, str) or of not in {"all", "cast"}:
        return None
    ((key, bound),) = bounds.items()
    if isinstance(bound, bool) or (isinstance(bound, int) and bound <= 0):
        return None
    exact = bound if isinstance(bound, int) else read_share(bound)
    if isinstance(exact, int) and of == "cast":
        return None
    return Quota(weights, of=of, reference=reference, **{key: exact})


def _fewer_against(content: Any, reference: str) -> Rule | None:
    whole = isinstance(content, int) and not isinstance(content, bool) and content > 0
    return FewerAgainst(content, reference) if whole else None


def _no_veto(content: Any, reference: str) -> Rule | None:
    return NoVeto(content, reference) if isinstance(content, str) and content else None


def _few_declare(content: Any, reference: str, *, exceeding: bool = False) -> Rule | None:
    if not isinstance(content, Mapping) or not content:
        return None
    limits = tuple((str(weights), read_share(share)) for weights, share in content.items())
    return FewDeclare(limits, exceeding, reference)


def _few_declare_more(content: Any, reference: str) -> Rule | None:
    return _few_declare(content, reference, exceeding=True)


def _concerned(content: Any, reference: str) -> Rule | None:
    return ConcernedAbstain(read_rule(content, reference), reference)


def _without(content: Any, reference: str) -> Rule | None:
    return WithoutConcerned(read_rule(content, reference), reference)


def _unless(content: Any, reference: str) -> Rule | None:
    rule = read_rule(content, reference)
    return None if rule.outsiders() or not rule.counts_votes else Unless(rule, reference)


def _consent(content: Any, reference: str) -> Rule | None:
    return ConsentOf(content, reference) if isinstance(content, str) and content else None


def _chamber(content: Any, reference: str) -> Rule | None:
    if not isinstance(content, Mapping) or content.keys() != {"name", "rule"} or not isinstance(content["name"], str):
        return None
    return Chamber(content["name"], read_rule(content["rule"], reference), reference)


def _all_of(content: Any, reference: str) -> Rule | None:
    if not isinstance(content, list) or not content:
        return None
    return AllOf(tuple(read_rule(part, reference) for part in content), reference)


def _any_of(content: Any, reference: str) -> Rule | None:
    if not isinstance(content, list) or not content:
        return None
    return AnyOf(tuple(read_rule(part, reference) for part in content), reference)


_READERS: dict[str, Callable[[Any, str], Rule | None]] = {
    "consensus": _consensus,
    "unanimity": _unanimity,
    "quota": _quota,
    "fewer_against_than": _fewer_against,
    "no_veto_of": _no_veto,
    "declared_abstention_below": _few_declare,
    "declared_abstention_at_most": _few_declare_more,
    "concerned_abstain": _concerned,
    "without_concerned": _without,
    "unless": _unless,
    "consent_of": _consent,
    "chamber": _chamber,
    "all_of": _all_of,
    "any_of": _any_of,
}
