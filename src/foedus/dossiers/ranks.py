"""In what office somebody speaks for an actor: the ranks by which a statement weighs more or less."""

from __future__ import annotations

import re

from foedus.base.days import Day
from foedus.evidence import Statement
from foedus.world import World
from foedus.world.records import Office
from foedus.world.resolver import fold

RANKS: dict[str, str] = {
    "leader": "a head of state or of government, or the head of an organisation",
    "minister": "a minister, or a secretary with the rank of one",
    "official": "a named ambassador, spokesperson, adviser or other official",
    "other": "an unnamed speaker, or one who no longer holds the office",
    "none": "nobody is named: the actor as a whole",
}
"""Ranks of speakers, and who has them."""

_OF_OFFICE = {
    "head-of-state": "leader",
    "head-of-government": "leader",
    "secretary-general": "leader",
    "foreign-minister": "minister",
    "defence-minister": "minister",
}
_NOT_IN_OFFICE = re.compile(r"\b(?:former|ex|retired|unnamed|anonymous|ousted|late)\b", re.IGNORECASE)
_UNDER_SOMEBODY = re.compile(
    r"\b(?:deputy|vice|assistant|spokes\w+|advis[eo]r|aide|ambassador|envoy|representative to|chief of staff)\b",
    re.IGNORECASE,
)
_LEADER = re.compile(
    r"\b(?:president|prime minister|premier|(?<!of the )chancellor(?! of the exchequer)|king|queen|emperor|monarch"
    r"|head of (?:state|government)|secretary[- ]general|supreme leader)\b",
    re.IGNORECASE,
)
_MINISTER = re.compile(
    r"\b(?:minister|secretary of (?:state|defen[cs]e|war)|(?:foreign|defen[cs]e) secretary|high representative"
    r"|chancellor of the exchequer)\b",
    re.IGNORECASE,
)


def rank_of(statement: Statement, world: World) -> str:
    """Return the rank of whoever spoke for an actor.

    The world's dated offices count first: who held which office of the actor on the day it was said. For a speaker
    whom the world does not know in an office, the words of the column ``office`` count.

    Returns
    -------
    str
        A key of `RANKS`.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> said = {statement.id: statement for statement in dossier.statements}
    >>> rank_of(said["fp01"], dossier.world), rank_of(said["fp08"], dossier.world), rank_of(said["jt01"], dossier.world)
    ('minister', 'leader', 'none')
    """
    if not statement.person and not statement.office:
        return "none"
    if _NOT_IN_OFFICE.search(statement.office):
        return "other"
    return _known(statement, world) or _by_title(statement)


def speaks_as(statement: Statement, world: World, on: Day) -> tuple[Office, ...]:
    """Return the offices of its actor that a statement's speaker held on a day, as the world knows them."""
    wanted = fold(statement.person)
    offices = world.offices_of(statement.actor, on, last_known=True) if wanted else ()
    return tuple(office for office in offices if office.start is not None and wanted in _names(office))


def rank_of_office(office: Office) -> str:
    """Return the rank of an office: a key of `RANKS`."""
    return _OF_OFFICE.get(office.office, "official")


def _known(statement: Statement, world: World) -> str:
    """Return the highest rank that the world gives the speaker on the day, or nothing."""
    held = {rank_of_office(office) for office in speaks_as(statement, world, statement.said_on)}
    return next((rank for rank in RANKS if rank in held), "")


def _names(office: Office) -> set[str]:
    return {fold(name) for name in (office.person, *office.aliases.split(";")) if name.strip()}


def _by_title(statement: Statement) -> str:
    if _UNDER_SOMEBODY.search(statement.office):
        return "official" if statement.person else "other"
    if _MINISTER.search(statement.office) and not re.search(r"\bprime minister\b", statement.office, re.IGNORECASE):
        return "minister"
    if _LEADER.search(statement.office):
        return "leader"
    return "official" if statement.person else "other"
