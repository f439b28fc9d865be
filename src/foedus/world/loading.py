"""The tables that a world is made of: read strictly, checked against each other, a dossier's laid over the packaged."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from foedus.base.days import Interval
from foedus.base.errors import Problems, refuse
from foedus.base.hashes import folder_contents
from foedus.base.tables import columns_of, read_table, render_cell
from foedus.world import acts, events, records, ties

TABLES_FOLDER = Path(__file__).parent / "tables"

FILES: dict[str, type[Any]] = {
    "sources.csv": records.Source,
    "actors.csv": records.Actor,
    "names.csv": records.Name,
    "offices.csv": records.Office,
    "places.csv": records.Place,
    "sovereigns.csv": records.Sovereignty,
    "memberships.csv": ties.Membership,
    "partnerships.csv": ties.Partnership,
    "instruments.csv": ties.Instrument,
    "goals.csv": ties.Goal,
    "presences.csv": ties.Presence,
    "treaties.csv": ties.Treaty,
    "treaty_parties.csv": ties.TreatyParty,
    "suspensions.csv": ties.Suspension,
    "mandates.csv": ties.Mandate,
    "treaty_articles.csv": ties.TreatyArticle,
    "events.csv": events.Event,
    "attendance.csv": events.Attendance,
    "texts.csv": events.TextFeature,
    "quantities.csv": events.Quantity,
    "amounts.csv": events.Amount,
    "claims.csv": events.Claim,
    "acts.csv": acts.Act,
    "answers.csv": acts.Answer,
    "searches.csv": acts.Search,
    "exposure.csv": acts.Exposure,
    "support.csv": acts.Support,
    "hostilities.csv": acts.Hostility,
    "checks.csv": records.Check,
}
"""The tables that a world is made of, and the records that define them."""

WITHDRAWN = "withdrawn.csv"
"""The table by which an overlay takes rows away."""

Numbered = tuple[int, Any]
"""The row at which a record stands in its file, and the record."""

_KEYED = ("sources.csv", "actors.csv", "places.csv", "treaties.csv", "events.csv", "amounts.csv", "acts.csv")

_REFERENCES: dict[str, str] = {
    "source": "sources.csv",
    "actor": "actors.csv",
    "organisation": "actors.csv",
    "host": "actors.csv",
    "towards": "actors.csv",
    "sender": "actors.csv",
    "counterpart": "actors.csv",
    "place": "places.csv",
    "within": "places.csv",
    "treaty": "treaties.csv",
    "event": "events.csv",
    "act": "acts.csv",
    "addressed_to": "actors.csv",
    "attacker": "actors.csv",
    "attacked": "actors.csv",
}

_WRITTEN_OUT = {("place", "presences.csv"), ("place", "events.csv"), ("place", "acts.csv")}
"""Places that are named in words."""

_ONCE: dict[str, tuple[str, ...]] = {
    "memberships.csv": ("organisation", "actor"),
    "partnerships.csv": ("organisation", "actor", "format"),
    "treaty_parties.csv": ("treaty", "actor"),
    "suspensions.csv": ("treaty", "actor", "towards"),
    "mandates.csv": ("organisation", "subject"),
    "sovereigns.csv": ("place",),
}
"""What may hold only once on a day; see `_claims_alone` for the rows that are compared."""


def read_tables(folders: Iterable[Path]) -> dict[str, tuple[Any, ...]]:
    """Read the tables of folders, each laid over those before it, and check them as one.

    Parameters
    ----------
    folders
        The packaged folder first. A folder may lack any table.

    Returns
    -------
    dict
        The records of each file, in order.

    Raises
    ------
    InputError
        When a row is malformed, repeats an id, names what no table has, ends before it begins, lies outside the
        existence of an actor that it names, or contradicts another row: two memberships, partnerships, parties or
        sovereigns where there can be one.
    """
    tables: dict[str, list[Numbered]] = {file: [] for file in FILES}
    for folder in folders:
        _refuse_strangers(folder)
        _withdraw(tables, read_rows(folder, WITHDRAWN, records.Withdrawal))
        for file, record in FILES.items():
            tables[file].extend(read_rows(folder, file, record))
    ids = {file: _ids(tables[file], file) for file in _KEYED}
    actors = {record.id: record for _, record in tables["actors.csv"]}
    for file, rows in tables.items():
        problems = Problems(f"world/{file}")
        _check_references(rows, file, ids, problems)
        _check_days(rows, problems)
        problems.raise_if_any()
        _check_existence(rows, file, actors, problems)
        _check_once(rows, file, problems)
        problems.raise_if_any()
    return {file: tuple(record for _, record in rows) for file, rows in tables.items()}


def has_tables(folder: Path) -> bool:
    """Tell whether a folder holds any table of a world, or one that was meant to be one."""
    return any(path.suffix.lower() == ".csv" for path in folder.iterdir())


def _refuse_strangers(folder: Path) -> None:
    """Refuse a table that would be passed over in silence, such as a misspelt one."""
    known = [*FILES, WITHDRAWN]
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".csv" and path.name not in known:
            near = difflib.get_close_matches(path.name.lower(), known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; tables are {', '.join(known)}"
            raise refuse(f"world/{path.name}", f"is no table of a world{hint}")


def read_rows(folder: Path, file: str, record: type[Any]) -> tuple[Numbered, ...]:
    """Return the rows of one table of a world folder; none where the file is absent."""
    return _packaged_rows(file) if folder == TABLES_FOLDER else _rows_of(folder, file, record)


@functools.cache
def _packaged_rows(file: str) -> tuple[Numbered, ...]:
    """Return the rows of a packaged table, read once: each overlay is laid over the same."""
    return _rows_of(TABLES_FOLDER, file, records.Withdrawal if file == WITHDRAWN else FILES[file])


def _rows_of(folder: Path, file: str, record: type[Any]) -> tuple[Numbered, ...]:
    path = folder / file
    if not path.exists():
        return ()
    return tuple((row.number, row.record) for row in read_table(path, record, name=f"world/{file}"))


def _withdraw(tables: dict[str, list[Numbered]], withdrawals: Iterable[Numbered]) -> None:
    """Take away the rows that an overlay withdraws; each withdrawal must pick exactly one."""
    problems = Problems(f"world/{WITHDRAWN}")
    for number, withdrawal in withdrawals:
        where = f"row {number}"
        if withdrawal.table not in FILES:
            problems.add(f"one of {', '.join(FILES)}", where=where, field="table", value=withdrawal.table)
            continue
        rows = tables[withdrawal.table]
        picked = picking(rows, withdrawal.table)(withdrawal.row)
        if picked is None:
            columns = ", ".join(column.name for column in columns_of(FILES[withdrawal.table]))
            expected = f"column=value; column=value, with columns of {columns}"
            problems.add(expected, where=where, field="row", value=withdrawal.row)
            continue
        if len(picked) == 1:
            rows.remove(picked[0])
        else:
            expected = f"cells that pick one row of {withdrawal.table}, not {len(picked)}"
            problems.add(expected, where=where, field="row", value=withdrawal.row)
    problems.raise_if_any()


def picking(rows: Sequence[Numbered], table: str) -> Callable[[str], list[Numbered] | None]:
    """Return what picks the rows that have the cells ``column=value; column=value``; None where they are malformed.

    Each column is looked through once, however many rows are picked.
    """
    columns = {column.name: column for column in columns_of(FILES[table])}

    @functools.cache
    def places(name: str) -> dict[str, set[int]]:
        places_of: dict[str, set[int]] = {}
        for place, (_, record) in enumerate(rows):
            places_of.setdefault(render_cell(record, columns[name]), set()).add(place)
        return places_of

    def picked(wanted: str) -> list[Numbered] | None:
        asked = [part.partition("=") for part in wanted.split(";") if part.strip()]
        cells = {name.strip(): value.strip() for name, _, value in asked}
        if not cells or not cells.keys() <= columns.keys():
            return None
        hits = set.intersection(*(places(name).get(value, set()) for name, value in cells.items()))
        return [rows[place] for place in sorted(hits)]

    return picked


def world_contents() -> list[tuple[str, bytes]]:
    """Return the packaged tables as named bytes, for a fingerprint."""
    return [(f"world/{name}", data) for name, data in folder_contents(TABLES_FOLDER, (".csv",))]


def _ids(rows: Sequence[Numbered], file: str) -> set[str]:
    problems, ids = Problems(f"world/{file}"), set[str]()
    for number, record in rows:
        if record.id in ids:
            problems.add("an id that no other row has", where=f"row {number}", field="id", value=record.id)
        ids.add(record.id)
    problems.raise_if_any()
    return ids


def _check_references(rows: Sequence[Numbered], file: str, ids: dict[str, set[str]], problems: Problems) -> None:
    if not rows:
        return
    columns = {
        field: table
        for field, table in _REFERENCES.items()
        if hasattr(rows[0][1], field) and (field, file) not in _WRITTEN_OUT
    }
    for number, record in rows:
        for field, table in columns.items():
            value = getattr(record, field)
            for id_ in value if isinstance(value, tuple) else (value,):
                if id_ and id_ not in ids[table]:
                    problems.add(f"the id of a row of {table}", where=f"row {number}", field=field, value=id_)


def _check_days(rows: Sequence[Numbered], problems: Problems) -> None:
    for number, record in rows:
        start, end = getattr(record, "start", None), getattr(record, "end", None)
        if start is not None and end is not None and end <= start:
            problems.add(f"a day after {start}", where=f"row {number}", field="until", value=str(end))


_BOUND_TO_EXISTENCE = {
    "memberships.csv": ("actor", "organisation"),
    "partnerships.csv": ("actor", "organisation"),
    "presences.csv": ("host", "organisation"),
    "treaty_parties.csv": ("actor",),
    "suspensions.csv": ("actor", "towards"),
    "sovereigns.csv": ("actor",),
    "offices.csv": ("actor",),
}


def _check_existence(rows: Sequence[Numbered], file: str, actors: dict[str, Any], problems: Problems) -> None:
    fields = _BOUND_TO_EXISTENCE.get(file, ())
    lives = {key: actor.interval for key, actor in actors.items() if actor.start or actor.end}
    for number, record in rows:
        for field in fields:
            life = lives.get(getattr(record, field))
            if life is None:
                continue
            if life.start is not None and record.start is not None and record.start < life.start:
                problems.add(
                    f"a day on which {getattr(record, field)} exists ({life})",
                    where=f"row {number}",
                    field="from",
                    value=str(record.start),
                )
            elif life.end is not None and (record.end is None or record.end > life.end):
                problems.add(
                    f"a day on which {getattr(record, field)} still exists ({life})",
                    where=f"row {number}",
                    field="until",
                    value=str(record.end or "blank"),
                )


def _check_once(rows: Sequence[Numbered], file: str, problems: Problems) -> None:
    if file not in _ONCE:
        return
    seen: dict[tuple[str, ...], list[Interval]] = {}
    for number, row in rows:
        alone = _claims_alone(row)
        if alone is None:
            continue
        earlier = seen.setdefault((*(getattr(row, field) for field in _ONCE[file]), alone), [])
        if any(row.interval.overlaps(other) for other in earlier):
            what = file.removesuffix(".csv").replace("_", " ")
            singular = {"memberships": "membership", "partnerships": "partnership", "suspensions": "suspension"}
            problems.add(
                f"days that no other row of the same {singular.get(what, 'kind')} covers",
                where=f"row {number}",
                field="from",
                value=str(row.start),
            )
        earlier.append(row.interval)


def _claims_alone(row: Any) -> str | None:
    """Return the standing in which a row suffers no other beside it; None for one that stands beside others.

    Whoever is a member is at that time no observer and no invitee. To be outside the military structure, or
    suspended, goes beside membership. A place has one sovereign; claims and occupations stand beside it.
    """
    if isinstance(row, ties.Membership):
        return row.status if row.status in ties.BESIDE_MEMBERSHIP else "belongs"
    if isinstance(row, records.Sovereignty):
        return "sovereign" if row.standing == "sovereign" else None
    return ""
