"""Which statements of a dossier somebody means, by actor, concept, source, coder, status, certainty and day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.dossiers.dossier import Dossier
from foedus.evidence import Statement

STATUSES = ("candidate", "accepted", "rejected")
_NAMED = ("actor", "concept", "source", "coder", "status")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a statement must have; None asks nothing.

    Attributes
    ----------
    actor
        By id or name.
    concept, source, coder, status
        As in the statement.
    above
        At least this certainty, 0 to 1.
    known_by
        Leave out what was not known by this day.
    """

    actor: str | None = None
    concept: str | None = None
    source: str | None = None
    coder: str | None = None
    status: str | None = None
    above: float | None = None
    known_by: Day | None = None

    @property
    def asks_nothing(self) -> bool:
        """Whether every statement passes, whatever its status."""
        return self == Filters(status=self.status)


def filtered(dossier: Dossier, filters: Filters) -> tuple[Statement, ...]:
    """Return the statements that pass, in the order of the table.

    Raises
    ------
    FoedusError
        For a filter that could never pass: a share out of range, or a name that the dossier does not have; the message
        lists those there are.

    Examples
    --------
    >>> import foedus
    >>> tokyo = foedus.read_dossier("tokyo-office")
    >>> {statement.actor for statement in filtered(tokyo, Filters(actor="France", status="accepted"))}
    {'FRA'}
    """
    if filters.above is not None and not 0 <= filters.above <= 1:
        raise FoedusError(f"--above {filters.above:g}: expected a certainty from 0 to 1")
    wanted = {name: getattr(filters, name) for name in _NAMED if getattr(filters, name) is not None}
    if "actor" in wanted:
        wanted["actor"] = dossier.world.find(wanted["actor"])
    for name, value in wanted.items():
        there = _there(dossier, name)
        if name != "actor" and value not in there:
            listed = ", ".join(sorted(statement or "no name" for statement in there)) or "none"
            raise FoedusError(f"--{name} {value!r}: the dossier has no such {name}; there are {listed}")
    return tuple(
        statement
        for statement in dossier.statements
        if all(getattr(statement, name) == value for name, value in wanted.items())
        and (filters.above is None or statement.certainty >= filters.above)
        and (filters.known_by is None or dossier.known_on(statement) <= filters.known_by)
    )


_RANGE = re.compile(r"(\d+)-(\d+)")


def ids_named(dossier: Dossier, words: Iterable[str]) -> list[str]:
    """Return the ids of statements that are named by id, by their number in the table, or by a range of numbers.

    Raises
    ------
    FoedusError
        When the table has no such number; an unknown id comes back as it is.

    Examples
    --------
    >>> import foedus
    >>> tokyo = foedus.read_dossier("tokyo-office")
    >>> ids_named(tokyo, ["2", "4-5"]) == [tokyo.statements[place].id for place in (1, 3, 4)]
    True
    """
    ids = [statement.id for statement in dossier.statements]
    ids_found: list[str] = []
    for word in words:
        span = _RANGE.fullmatch(word)
        if word in ids or not (span or word.isdigit()):
            ids_found.append(word)
            continue
        first, last = (int(span[1]), int(span[2])) if span else (int(word), int(word))
        if not 1 <= first <= last <= len(ids):
            raise FoedusError(
                f"{word}: statements are numbered 1 to {len(ids)} here; 'foedus statements DIR' lists them"
            )
        ids_found += ids[first - 1 : last]
    return list(dict.fromkeys(ids_found))


def _there(dossier: Dossier, name: str) -> set[str]:
    """Return the values that a filter may have in a dossier."""
    beside = {"concept": [concept.id for concept in dossier.concepts], "source": dossier.sources, "status": STATUSES}
    return {getattr(statement, name) for statement in dossier.statements} | set(beside.get(name, ()))
