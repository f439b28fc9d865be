"""Rows of a dossier's tables, changed and added without touching what else stands in the file."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.base.errors import Problems
from foedus.base.files import write_atomically
from foedus.base.sheets import Sheet, read_sheet, sheet_of
from foedus.base.tables import Row, columns_of, render_cell

_NUMBERS = ("certainty", "reliability", "at_support", "at_oppose")
"""Columns whose numbers may be written with a decimal comma."""


def sheet_at(path: Path, record: type[Any]) -> Sheet:
    """Return a table as a sheet; one that does not exist has a heading alone."""
    if path.exists():
        return read_sheet(path, name=path.name)
    return sheet_of((",".join(column.name for column in columns_of(record)) + "\n").encode())


def rows_by_id(sheet: Sheet) -> dict[str, int]:
    """Return the number of each row by what its column ``id`` says."""
    place = sheet.headings.index("id")
    return {sheet.value(row, place).strip(): row for row in range(2, len(sheet.rows) + 1)}


def numbered(path: Path, record: type[Any], records: Iterable[Any]) -> tuple[Row[Any], ...]:
    """Return records with the rows in which a table holds them, by id; new ones follow its last row."""
    sheet = sheet_at(path, record)
    rows = rows_by_id(sheet)
    new = itertools.count(len(sheet.rows) + 1)
    return tuple(Row(rows[item.id] if item.id in rows else next(new), item) for item in records)


def with_cells(sheet: Sheet, changes: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return a table's bytes with some cells changed, by id and heading, written as the table writes its cells.

    An id that several rows have, as that of a claim on several issues, changes in all of them.
    """
    place, comma = sheet.headings.index("id"), sheet.decimal_commas(_NUMBERS)
    ids = {row: sheet.value(row, place).strip() for row in range(2, len(sheet.rows) + 1)}
    return sheet.with_cells(
        {
            (row, name): value.replace(".", ",") if comma and name in _NUMBERS else value
            for row, id_ in ids.items()
            for name, value in changes.get(id_, {}).items()
        }
    )


def read_cells(
    record: type[Any],
    values: Mapping[str, str],
    kept: Collection[str],
    problems: Problems,
    **find: Callable[[str], str],
) -> dict[str, Any]:
    """Read cells as somebody types them.

    Parameters
    ----------
    record
        Of the table.
    values
        Text by column; empty text blanks a cell.
    kept
        Columns that are not to be changed.
    problems
        Takes what makes no sense.
    find
        By column, what turns a name as people write it into the one of the table.

    Returns
    -------
    dict
        Values by field.
    """
    columns = {declared.name: declared for declared in columns_of(record) if declared.name not in kept}
    cells: dict[str, Any] = {}
    for name, text in values.items():
        column = columns.get(name)
        if column is None:
            problems.add(f"one of {', '.join(columns)}", field="column", value=name)
        elif not text.strip():
            if column.required:
                problems.add(f"a value: {column.meaning}", field=name, value=text)
            else:
                cells[column.field] = column.blank
        else:
            try:
                given = find[name](text) if name in find else text.strip()
                cells[column.field] = column.cell.read(given, True)
            except ValueError:
                problems.add(column.cell.expected, field=name, value=text)
    return cells


def with_records(sheet: Sheet, record: type[Any], records: Sequence[Any]) -> bytes:
    """Return a table's bytes with records added at its end, written as the table writes its cells.

    Columns that the table does not have are added at its right where a record needs them.
    """
    columns = columns_of(record)
    missing = [
        column.name
        for column in columns
        if column.name not in sheet.headings and any(getattr(r, column.field) != column.blank for r in records)
    ]
    if missing:
        sheet = sheet_of(sheet.with_cells({(1, name): name for name in missing}))
    comma = sheet.decimal_commas(_NUMBERS)
    rows = [{column.name: render_cell(item, column) for column in columns} for item in records]
    for row in rows:
        for name in _NUMBERS:
            if comma and name in row:
                row[name] = row[name].replace(".", ",")
    return sheet.with_rows(rows)


def update_table(path: Path, record: type[Any], before: Mapping[str, Any], after: Iterable[Any]) -> None:
    """Write a table with what has changed since it was read: cells in their places, new records at the end.

    Parameters
    ----------
    path, record
        The table; it may not exist yet.
    before
        What stands in it, by id.
    after
        What shall stand in it; none of those before may be missing.
    """
    sheet, changes, news = sheet_at(path, record), {}, []
    for item in after:
        old = before.get(item.id)
        if old is None:
            news.append(item)
            continue
        cells = {column.name: render_cell(item, column) for column in columns_of(record)}
        changed = {name: cells[name] for name, column in zip(cells, columns_of(record), strict=True)
                   if cells[name] != render_cell(old, column)}  # fmt: skip
        if changed:
            changes[item.id] = changed
    if changes:
        sheet = sheet_of(with_cells(sheet, changes))
    write_atomically(path, with_records(sheet, record, news) if news or not changes else sheet.data)
