"""The world as one object: packaged tables, with a dossier's own laid over them."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from foedus.base.days import Day, Interval
from foedus.base.errors import FoedusError, Problems
from foedus.base.hashes import folder_contents
from foedus.base.tables import read_table
from foedus.world.records import Actor, Membership, Name, Presence, Quantity, Source

TABLES_FOLDER = Path(__file__).parent / "tables"

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class World:
    """Dated facts about actors and what binds them.

    Attributes
    ----------
    sources, actors
        Records by id.
    names, memberships, presences, quantities
        Records in the order of their files.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> world = packaged_world()
    >>> len(world.members("nato", parse_day("2023-07-11")))
    31
    """

    sources: dict[str, Source]
    actors: dict[str, Actor]
    names: tuple[Name, ...]
    memberships: tuple[Membership, ...]
    presences: tuple[Presence, ...]
    quantities: tuple[Quantity, ...]
    _by_organisation: dict[str, tuple[Membership, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        grouped: dict[str, list[Membership]] = {}
        for membership in self.memberships:
            grouped.setdefault(membership.organisation, []).append(membership)
        object.__setattr__(self, "_by_organisation", {key: tuple(rows) for key, rows in grouped.items()})

    def actor(self, actor_id: str) -> Actor:
        """Return an actor by id.

        Raises
        ------
        FoedusError
            When there is none; the message names the nearest ids.
        """
        if actor_id not in self.actors:
            raise FoedusError(f"no actor {actor_id!r}{self.nearest_ids(actor_id)}")
        return self.actors[actor_id]

    def nearest_ids(self, name: str) -> str:
        """Return ``; did you mean ...?`` for an unknown id, or nothing."""
        spelt = {**{actor.id.casefold(): actor.id for actor in self.actors.values()}}
        spelt |= {entry.name.casefold(): entry.actor for entry in self.names if entry.kind != "capital"}
        spelt |= {actor.name.casefold(): actor.id for actor in self.actors.values()}
        near = difflib.get_close_matches(name.casefold(), spelt, n=3, cutoff=0.75)
        ids = dict.fromkeys(spelt[match] for match in near)
        return f"; did you mean {' or '.join(ids)}?" if ids else ""

    def find(self, name: str) -> str:
        """Return the id of the actor that goes by an id or a name, whatever the case of its letters.

        Raises
        ------
        FoedusError
            When no actor or more than one goes by it.

        Examples
        --------
        >>> packaged_world().find("NATO"), packaged_world().find("france")
        ('nato', 'FRA')
        """
        if name in self.actors:
            return name
        wanted = name.strip().casefold()
        found = {actor.id for actor in self.actors.values() if wanted in {actor.id.casefold(), actor.name.casefold()}}
        if not found:
            kinds = {"name", "alias", "abbreviation", "former"}
            found = {entry.actor for entry in self.names if entry.kind in kinds and entry.name.casefold() == wanted}
        if len(found) == 1:
            return found.pop()
        if found:
            raise FoedusError(f"{name!r} may be {' or '.join(sorted(found))}; give the id")
        raise FoedusError(f"no actor {name!r}{self.nearest_ids(name)}")

    def name(self, actor_id: str) -> str:
        """Return an actor's usual name, or the id itself where the world does not know it."""
        return self.actors[actor_id].name if actor_id in self.actors else actor_id

    def members(self, organisation: str, on: Day, status: str = "member") -> tuple[Membership, ...]:
        """Return who belongs to an organisation on a day, by actor id.

        Raises
        ------
        FoedusError
            When the world has no memberships of that organisation at all, or it did not exist on the day.
        """
        rows = self._by_organisation.get(organisation, ())
        if not rows:
            known = ", ".join(sorted(self._by_organisation))
            raise FoedusError(f"no memberships of {organisation!r} are known; known are {known}")
        first = min(row.start for row in rows)
        if on < first:
            raise FoedusError(f"{self.name(organisation)} had no members on {on}: its first day here is {first}")
        present = [row for row in rows if row.status == status and on in row.interval]
        return tuple(sorted(present, key=lambda row: row.actor))

    def latest_quantity(self, actor: str, measure: str, known_by: Day) -> Quantity | None:
        """Return the amount for the latest period that was published by a day, if any was."""
        rows = [q for q in self.quantities if q.actor == actor and q.measure == measure and q.known <= known_by]
        return max(rows, key=lambda q: (q.end, q.known), default=None)


def read_table_of(folder: Path, record: type[Record], file: str, label: str) -> tuple[tuple[int, Record], ...]:
    """Return the rows of one table of a world folder; none where the file is absent."""
    path = folder / file
    if not path.exists():
        return ()
    return tuple((row.number, row.record) for row in read_table(path, record, name=f"{label}{file}"))


FILES: dict[str, type[Any]] = {
    "sources.csv": Source,
    "actors.csv": Actor,
    "names.csv": Name,
    "memberships.csv": Membership,
    "presences.csv": Presence,
    "quantities.csv": Quantity,
}
"""The tables that a world is made of, and the records that define them."""


@functools.cache
def packaged_world() -> World:
    """Return the facts that come with Foedus, read once."""
    return _assemble([(TABLES_FOLDER, "world/")])


def read_world(overlay: Path | None) -> World:
    """Return the packaged world with the tables of a folder laid over it.

    Parameters
    ----------
    overlay
        A folder with any of the packaged table files; ``None`` or a missing folder adds nothing.

    Raises
    ------
    InputError
        When a row is malformed, repeats an id that exists, overlaps a membership that is known, or names an
        actor or source that neither the overlay nor the package has.
    """
    if overlay is None or not overlay.is_dir():
        return packaged_world()
    return _assemble([(TABLES_FOLDER, "world/"), (overlay, "world/")])


def world_contents() -> list[tuple[str, bytes]]:
    """Return the packaged tables as named bytes, for a fingerprint."""
    return [(f"world/{name}", data) for name, data in folder_contents(TABLES_FOLDER, (".csv",))]


def _assemble(folders: Iterable[tuple[Path, str]]) -> World:
    tables: dict[str, list[tuple[int, Any]]] = {file: [] for file in FILES}
    for folder, label in folders:
        for file, record in FILES.items():
            tables[file].extend(read_table_of(folder, record, file, label))
    sources = _by_id(tables["sources.csv"], "world/sources.csv")
    actors = _by_id(tables["actors.csv"], "world/actors.csv")
    for file, rows in tables.items():
        problems = Problems(f"world/{file}")
        _check_references(rows, sources, actors, problems)
        _check_intervals(rows, problems)
        if file == "memberships.csv":
            _check_overlaps(rows, problems)
        problems.raise_if_any()
    return World(
        sources=sources,
        actors=actors,
        names=_records(tables["names.csv"]),
        memberships=_records(tables["memberships.csv"]),
        presences=_records(tables["presences.csv"]),
        quantities=_records(tables["quantities.csv"]),
    )


def _records(rows: list[tuple[int, Any]]) -> tuple[Any, ...]:
    return tuple(record for _, record in rows)


def _by_id(rows: list[tuple[int, Any]], file: str) -> dict[str, Any]:
    problems, found = Problems(file), {}
    for number, record in rows:
        if record.id in found:
            problems.add("an id that no other row has", where=f"row {number}", field="id", value=record.id)
        found[record.id] = record
    problems.raise_if_any()
    return found


def _check_references(
    rows: list[tuple[int, Any]], sources: dict[str, Source], actors: dict[str, Actor], problems: Problems
) -> None:
    known: dict[str, tuple[Callable[[str], bool], str]] = {
        "source": (sources.__contains__, "the id of a row of sources.csv"),
        "actor": (actors.__contains__, "the id of a row of actors.csv"),
        "organisation": (actors.__contains__, "the id of a row of actors.csv"),
        "host": (actors.__contains__, "the id of a row of actors.csv"),
    }
    for number, record in rows:
        for name, (is_known, expected) in known.items():
            value = getattr(record, name, None)
            if value is not None and not is_known(value):
                problems.add(expected, where=f"row {number}", field=name, value=value)


def _check_intervals(rows: list[tuple[int, Any]], problems: Problems) -> None:
    for number, record in rows:
        start, end = getattr(record, "start", None), getattr(record, "end", None)
        if start is not None and end is not None and end <= start:
            problems.add(f"a day after {start}", where=f"row {number}", field="until", value=str(end))


def _check_overlaps(rows: list[tuple[int, Membership]], problems: Problems) -> None:
    seen: dict[tuple[str, str, str], list[Interval]] = {}
    for number, row in rows:
        if row.end is not None and row.end <= row.start:
            continue
        earlier = seen.setdefault((row.organisation, row.actor, row.status), [])
        if any(row.interval.overlaps(other) for other in earlier):
            problems.add(
                "days that no other row of the same membership covers",
                where=f"row {number}",
                field="from",
                value=str(row.start),
            )
        earlier.append(row.interval)
