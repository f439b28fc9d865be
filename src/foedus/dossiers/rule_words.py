"""A rule given in a word or two, for a body of one's own or for one option of an issue."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.institutions import Body, Seating, seat
from foedus.institutions.rules import AllOf, Rule
from foedus.institutions.rules.reading import read_rule, read_share
from foedus.world import World

RULES = (
    "consensus, unanimity, majority, a share of all members such as 2/3 or '65 %', a share of the votes cast such as "
    "'3/4 of votes cast', or a number of members"
)
"""How a rule may be given in a word; an institution's file takes many more forms."""

_CAST = re.compile(r"\s*(?:of )?(?:the )?(?:votes? cast|votes|cast|(?:members )?present and voting)$")
"""Words after a share that say of what it is taken: of the votes for and against, without those that abstain."""

DECLARED = "declared by the author of the dossier"


def rule_value(rule: str, members: int) -> str | dict[str, dict[str, str | int]]:
    """Return a rule in words as the value that an institution's file holds.

    Parameters
    ----------
    rule
        One of `RULES`.
    members
        How many the body has: no more can be asked for.

    Raises
    ------
    ValueError
        When it is none of them.

    Examples
    --------
    >>> rule_value("majority", 5), rule_value("2/3", 5), rule_value("4", 5)
    ({'quota': {'more_than': '1/2'}}, {'quota': {'at_least': '2/3'}}, {'quota': {'at_least': 4}})
    >>> rule_value("majority of the votes cast", 5)
    {'quota': {'more_than': '1/2', 'of': 'cast'}}
    """
    word, counted = re.subn(_CAST, "", rule.strip().casefold())
    of: dict[str, str | int] = {"of": "cast"} if counted else {}
    if word in {"consensus", "unanimity"} and not of:
        return word
    if word in {"majority", "simple majority"}:
        return {"quota": {"more_than": "1/2", **of}}
    if re.fullmatch(r"\d+", word):
        if of or not 1 <= int(word) <= members:
            raise ValueError(word)
        return {"quota": {"at_least": int(word)}}
    read_share(word)
    return {"quota": {"at_least": word, **of}}


def rule_yaml(rule: str, members: int) -> str:
    """Return a rule in words as an institution's file writes it; see `rule_value`.

    Raises
    ------
    FoedusError
        When it is none.

    Examples
    --------
    >>> rule_yaml("3/4 of votes cast", 5), rule_yaml("consensus", 5)
    ('{quota: {at_least: 3/4, of: cast}}', 'consensus')
    """
    try:
        value = rule_value(rule, members)
    except ValueError:
        raise FoedusError(f"--rule {rule!r}: expected {RULES}") from None
    if isinstance(value, str):
        return value
    return f"{{quota: {{{', '.join(f'{key}: {part}' for key, part in value['quota'].items())}}}}}"


def seated_for(body: Body, world: World, on: Day, procedure: str, additions: tuple[Rule, ...] = ()) -> Seating:
    """Return a body as it sits on a day to decide on one option, which has a procedure of its own.

    Parameters
    ----------
    body, world, on
        As in `foedus.institutions.seat`.
    procedure
        One of the body's procedures by its name, one of `RULES`, or words that lead to one procedure alone.
    additions
        Rules beside it, such as a host's consent.

    Raises
    ------
    FoedusError
        When it is neither, or the body cannot decide by it on the day.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.institutions import packaged_institutions
    >>> from foedus.world import packaged_world
    >>> body = packaged_institutions().body("nac")
    >>> seated_for(body, packaged_world(), parse_day("2023-07-11"), "2/3 of votes cast").rule.words()
    'at least 2/3 of the votes cast'
    """
    named = procedure.strip().casefold().replace(" ", "-")
    rule: Rule | None = None
    if named not in body.procedures:
        try:
            rule = read_rule(rule_value(procedure, len(body.seats(world, on))), DECLARED)
        except ValueError:
            try:
                named = body.procedure(procedure)
            except FoedusError as error:
                raise FoedusError(f"{error}; or a rule in words: {RULES}") from None
    rule = rule or body.rule(on, named)
    whole = AllOf((rule, *additions)) if additions else rule
    known = named if named in body.procedures else None
    return replace(seat(body, world, on, known, whole), procedure=named if known else procedure.strip())
