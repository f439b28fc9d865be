"""Rules under which only votes against stop a proposal: silence and abstentions let it pass."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.base.wording import and_
from foedus.base.wording import counted as count_words
from foedus.institutions.rules.ballot import MEMBERS, Ballot
from foedus.institutions.rules.composed import AllOf, AnyOf, ConcernedAbstain, ConsentOf, Unless, WithoutConcerned
from foedus.institutions.rules.protocol import Rule, every_part
from foedus.institutions.rules.simple import Consensus, FewerAgainst, Quota, Unanimity

_MILLION = 1_000_000


def stopped_by(rule: Rule) -> Rule | None:
    """Return the rule that those against must meet to stop a proposal; None where a proposal needs votes in favour.

    Parameters
    ----------
    rule
        A body's rule. Consents from outside that are asked beside it are left aside.

    Examples
    --------
    >>> from foedus.institutions.rules import Quota, read_share
    >>> most = Quota(at_least=read_share("55 %"))
    >>> stopped_by(Unless(most)) == stopped_by(AllOf((Unless(most), ConsentOf("JPN")))) == most, stopped_by(most)
    (True, None)
    """
    match rule:
        case Unless():
            return rule.rule
        case ConcernedAbstain() | WithoutConcerned():
            return stopped_by(rule.rule)
        case AllOf() | AnyOf():
            inside = [part for part in rule.parts if not isinstance(part, ConsentOf)]
            return stopped_by(inside[0]) if len(inside) == 1 else None
        case _:
            return None


def held_against(rule: Rule, ballot: Ballot, against: Iterable[str]) -> str:
    """Return what those against have of all that a rule counts, in words.

    Parameters
    ----------
    rule
        What `stopped_by` found.
    ballot
        Who has a seat, with what weights.
    against
        Who votes against.

    Examples
    --------
    >>> held_against(FewerAgainst(4), Ballot(frozenset("ABCDE")), "AB")
    '2 members'
    """
    seated = ballot.seats & frozenset(against)
    counted = dict.fromkeys(part.weights for part in every_part(rule) if isinstance(part, Quota))
    held = [count_words(len(seated), "member")]
    for weights in counted:
        if weights != MEMBERS:
            held.append(_amount(ballot.weigh(weights, seated), _of(weights)))
    return and_(held)


def needed_against(rule: Rule, ballot: Ballot) -> str:
    """Return what those against must have to meet a rule, in words.

    Parameters
    ----------
    rule
        What `stopped_by` found.
    ballot
        Who has a seat, with what weights.

    Examples
    --------
    >>> from foedus.institutions.rules import read_share
    >>> rule = AnyOf((Quota(at_least=read_share("55 %")), FewerAgainst(4)))
    >>> needed_against(rule, Ballot(frozenset(f"M{number}" for number in range(27))))
    '15 of the 27 members, or 24 of the 27 members'
    """
    seats = len(ballot.seats)
    match rule:
        case Quota():
            return _quota(rule, ballot)
        case FewerAgainst():
            return f"{seats - rule.number + 1} of the {seats} members"
        case Unanimity() | Consensus():
            return f"all {seats} members"
        case AllOf():
            return and_([needed_against(part, ballot) for part in rule.parts])
        case AnyOf():
            return ", or ".join(needed_against(part, ballot) for part in rule.parts)
    return rule.words()


def _quota(rule: Quota, ballot: Ballot) -> str:
    base = ballot.weigh(rule.weights, ballot.seats)
    if rule.of != "all":
        return rule.words()
    needed = rule.needed(base)
    if base < _MILLION:
        return f"{needed:,} of the {base:,} {rule.weights}"
    return f"{needed / _MILLION:.1f} of the {base / _MILLION:.1f} million {_of(rule.weights)}"


def _amount(number: int, of: str) -> str:
    return f"{number:,} {of}" if number < _MILLION else f"{number / _MILLION:.1f} million {of}"


def _of(weights: str) -> str:
    return "people" if weights == "population" else weights
