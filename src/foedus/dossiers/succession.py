"""Whether whoever spoke for an actor still holds the office: a statement belongs to its speaker."""

from __future__ import annotations

from foedus.base.days import Day
from foedus.dossiers.ranks import RANKS, rank_of_office, speaks_as
from foedus.evidence import Statement
from foedus.world import World
from foedus.world.records import Office

_BINDING = ("act",)
"""Kinds of statements that bind the actor whoever holds the office: what was done."""


def left_on(statement: Statement, world: World, as_of: Day) -> Day | None:
    """Return the day on which a speaker left the office in which he spoke, or ``None`` where he may still hold it.

    Parameters
    ----------
    statement
        Of a named person; what an actor did, and the withdrawal of an objection, bind its next government too.
    world
        The dated facts: who held which office.
    as_of
        The day on which one asks.

    Returns
    -------
    Day or None
        ``None`` too where the world does not know the office or no successor, or where the speaker holds an office as
        high on that day.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> [said] = [statement for statement in dossier.statements if statement.id == "jt09"]
    >>> said.person, left_on(said, dossier.world, parse_day("2023-12-01"))
    ('Jens Stoltenberg', None)
    >>> str(left_on(said, dossier.world, parse_day("2025-01-01")))
    '2024-10-01'
    """
    if not statement.person or statement.kind in _BINDING or statement.signal == "withdrawal":
        return None
    held = speaks_as(statement, world, statement.said_on)
    ended = [
        office for office in held if office.end is not None and office.end <= as_of and _succeeded(office, world, as_of)
    ]
    if not held or len(ended) < len(held):
        return None
    highest = min(_height(rank_of_office(office)) for office in held)
    if any(_height(rank_of_office(office)) <= highest for office in speaks_as(statement, world, as_of)):
        return None
    return max(office.end for office in ended if office.end is not None)


def _succeeded(office: Office, world: World, as_of: Day) -> bool:
    """Tell whether somebody else has taken over an office by a day: an end alone may only be the last day seen."""
    return any(
        other.start is not None and office.end is not None and office.end <= other.start <= as_of
        for other in world.offices
        if (other.actor, other.office) == (office.actor, office.office) and other.person != office.person
    )


def _height(rank: str) -> int:
    return list(RANKS).index(rank)
