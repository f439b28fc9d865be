"""Who speaks for whom: what a body says of which members are at the table, such as the European Union.

Two cases are told apart. Where the law binds its members to what the group has said, a member without words of its own
stands with it. Any other group is weaker evidence on its members. How much each tells was measured on the roll calls of
the UN General Assembly from 1994 to 2019. There a member of the Union votes as most of its other members do in 94.9 per
cent of cases, against 64.1 per cent of states outside: of the room between what anybody does and certainty, that is 86
per cent. Over eighteen groups of states the median is 61 per cent: 89 for the Nordic Council, 69 for the African Union,
53 for Mercosur, 8 for BRICS. The weights ``spoken_for`` and ``belongs`` give a fresh statement, reported in public,
that share of a member's position.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.evidence import Statement
from foedus.world import World

BOUND_BY_LAW: dict[str, tuple[Day, str]] = {
    "eu": (
        parse_day("1993-11-01"),
        "Treaty on European Union, Article 34(1): member states uphold the Union's positions in other organisations",
    ),
}
"""Groups whose members are bound to what the group says in other bodies: since when, and what lays it down."""

_MOST = 0.5
"""A group to which more than this share of the members belong is no group among them but the membership at large."""


def heard_through(
    statements: Iterable[Statement], world: World, actor: str, own: str
) -> tuple[list[Statement], list[Statement]]:
    """Return what groups said to which an actor belonged on the day: those whose law binds it, and the others.

    Parameters
    ----------
    statements
        On one issue; guesses are left out.
    world
        Knows who belonged to what, and when.
    actor
        A member without words of its own.
    own
        The organisation whose body decides: what it says of itself is no group's position.
    """
    bound, loose = [], []
    for statement in statements:
        if statement.actor in {own, actor} or statement.kind == "conjecture":
            continue
        belonging = members_on(world, statement.actor, statement.said_on)
        if actor not in belonging:
            continue
        if speaks_by_law(statement.actor, statement.said_on):
            bound.append(statement)
        elif _is_part(belonging, members_on(world, own, statement.said_on)):
            loose.append(statement)
    return bound, loose


_COUNT = re.compile(
    r"(?:some |about |at least )?(\d{1,3})(?: (?:of|out of)(?: the| its)?|/)\s?(\d{1,3})(?: \w+)?", re.IGNORECASE
)


def counted_members(words: str) -> tuple[int, int] | None:
    """Return how many of how many members some words name; None where they name no such count.

    Examples
    --------
    >>> counted_members("23 of the 28 members"), counted_members("23/28"), counted_members("France")
    ((23, 28), (23, 28), None)
    """
    match = _COUNT.fullmatch(words.strip())
    if match is None:
        return None
    some, all_ = int(match[1]), int(match[2])
    return (some, all_) if 0 < some <= all_ else None


def _is_part(group: frozenset[str], seats: frozenset[str]) -> bool:
    return not seats or len(group & seats) <= _MOST * len(seats)


def speaks_by_law(group: str, on: Day) -> bool:
    """Tell whether a group's members are bound to what it says in other bodies.

    Examples
    --------
    >>> speaks_by_law("eu", parse_day("2023-07-11")), speaks_by_law("african-union", parse_day("2023-07-11"))
    (True, False)
    """
    return group in BOUND_BY_LAW and BOUND_BY_LAW[group][0] <= on


def members_on(world: World, group: str, on: Day) -> frozenset[str]:
    """Return the ids of a group's members on a day; nobody where it is no group, or none are known.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> sorted(members_on(packaged_world(), "nordic-council", parse_day("2023-07-11")))
    ['DNK', 'FIN', 'ISL', 'NOR', 'SWE']
    >>> members_on(packaged_world(), "FRA", parse_day("2023-07-11"))
    frozenset()
    """
    if group not in world.actors or world.actors[group].kind == "state":
        return frozenset()
    try:
        return frozenset(row.actor for row in world.members(group, on))
    except FoedusError:
        return frozenset()
