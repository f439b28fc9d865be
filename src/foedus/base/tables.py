"""Strict tables: a dataclass is the schema, and every error of a file is told at once.

The same dataclass drives reading, writing and the docs. Files are CSV as any spreadsheet saves it: commas,
semicolons or tabs, decimal commas beside semicolons or tabs, with or without a byte-order mark.
"""

from __future__ import annotations

import csv
import dataclasses
import difflib
import inspect
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Generic, TypeVar

from foedus.base.cells import Cell
from foedus.base.errors import InputError, Problem, Problems, refuse
from foedus.base.files import read_text, write_atomically

Record = TypeVar("Record")

_REQUIRED = object()
_DELIMITERS = (",", ";", "\t")
_PADDING = " \t\r\n\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a table holds.

    Parameters
    ----------
    field
        The field of the record.
    name
        The heading.
    cell
        How its cells are read and written.
    meaning
        One line for the docs.
    blank
        The value of an empty cell, where that is allowed.
    """

    field: str
    name: str
    cell: Cell
    meaning: str
    blank: Any = _REQUIRED

    @property
    def required(self) -> bool:
        """Whether an empty cell is an error."""
        return self.blank is _REQUIRED


def column(cell: Cell, meaning: str, *, name: str = "", blank: Any = _REQUIRED) -> Any:
    """Declare a dataclass field as a table column; see `Column`."""
    metadata = {"column": (cell, meaning, name, blank)}
    if blank is _REQUIRED:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=blank, metadata=metadata)


def columns_of(record: type[Any]) -> tuple[Column, ...]:
    """Return the columns that a record's dataclass declares, in order; its own before those it inherits."""
    own = inspect.get_annotations(record)
    columns = []
    for item in sorted(dataclasses.fields(record), key=lambda item: item.name not in own):
        if "column" in item.metadata:
            cell, meaning, name, blank = item.metadata["column"]
            columns.append(Column(item.name, name or item.name, cell, meaning, blank))
    return tuple(columns)


@dataclass(frozen=True, slots=True)
class Row(Generic[Record]):
    """A record and the row it stood in; the heading is row 1, as a spreadsheet counts."""

    number: int
    record: Record

    @property
    def where(self) -> str:
        """The place for a message."""
        return f"row {self.number}"


def read_table(path: Path, record: type[Record], *, name: str | None = None) -> tuple[Row[Record], ...]:
    """Read a table strictly; see `scan_table`, whose problems it raises."""
    rows, problems = scan_table(path, record, name=name)
    if problems:
        raise InputError(problems)
    return rows


def scan_table(
    path: Path, record: type[Record], *, name: str | None = None
) -> tuple[tuple[Row[Record], ...], tuple[Problem, ...]]:
    """Read a table and note every wrong cell.

    Parameters
    ----------
    path
        A CSV file.
    record
        A dataclass whose fields are made by `column`.
    name
        How messages call the file.

    Returns
    -------
    tuple
        One `Row` for each sound row that is not wholly blank, and a problem for each wrong cell.

    Raises
    ------
    InputError
        When the file cannot be read as a table, or with every wrong heading.
    """
    name = name or str(path)
    return scan_text(read_text(path, name=name), record, name)


def scan_text(
    text: str, record: type[Record], name: str, *, foreign: bool = False
) -> tuple[tuple[Row[Record], ...], tuple[Problem, ...]]:
    """Read a table from its text; as `scan_table`.

    Parameters
    ----------
    text, record, name
        As there.
    foreign
        Whether others made the table: then headings may have capitals, and other columns may stand beside.
    """
    columns, problems = columns_of(record), Problems(name)
    delimiter, lines = _split(text, name)
    heading = next(lines, None)
    if heading is None:
        raise refuse(name, f"is empty; expected a heading row: {','.join(column.name for column in columns)}")
    titles = [_foreign(title, columns) for title in heading[1]] if foreign else heading[1]
    places = _match_heading(titles, columns, problems)
    problems.raise_if_any()
    width, comma = len(heading[1]), delimiter != ","
    headed = set(range(width)) if foreign else {place for _, place in places}
    full = headed >= set(range(width))
    known: _Known = [{} for _ in places]
    rows = []
    for number, cells in lines:
        if any(cell.strip(_PADDING) for cell in cells):
            if len(cells) > width or not full:
                strays = [at for at, cell in enumerate(cells) if cell.strip(_PADDING) and at not in headed]
                if strays:
                    _add_stray(number, strays[0], cells, width, problems)
                    continue
            values = _read_row(number, cells, places, comma, problems, known=known)
            if values is not None:
                rows.append(Row(number, record(**values)))
    return tuple(rows), problems.found


def read_record(
    number: int,
    cells: Mapping[str, str],
    record: type[Record],
    problems: Problems,
    *,
    decimal_comma: bool = False,
    of: str = "",
) -> Row[Record] | None:
    """Return one record of a layout that is no table, or None where a cell is wrong, of which the problems then tell.

    Parameters
    ----------
    number
        The row that it stands in.
    cells
        What is read into each column.
    record
        A dataclass whose fields are made by `column`.
    problems
        Where wrong cells are noted.
    decimal_comma
        Whether numbers may have one.
    of
        Said after a column's name in messages: whose cell it is.

    Examples
    --------
    >>> from foedus.base.cells import number
    >>> @dataclass(frozen=True)
    ... class Weight:
    ...     weight: float = column(number(0), "in kilograms")
    >>> problems = Problems("scales.txt")
    >>> read_record(3, {"weight": "2.5"}, Weight, problems).record.weight
    2.5
    >>> read_record(4, {"weight": "much"}, Weight, problems, of=" of Anna")
    >>> print(problems.found[0])
    scales.txt, row 4, weight of Anna: 'much', expected a number of at least 0
    """
    columns = columns_of(record)
    places: _Places = [(declared, place) for place, declared in enumerate(columns)]
    listed = [cells.get(declared.name, "") for declared in columns]
    values = _read_row(number, listed, places, decimal_comma, problems, of)
    return None if values is None else Row(number, record(**values))


def lines_of(text: str, delimiter: str, name: str, quote: str = '"') -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row of a text that is not blank, with its number, as a spreadsheet counts rows.

    Raises
    ------
    InputError
        Where a quoted cell does not end.
    """
    for number, cells in _numbered(text, delimiter, name, quote):
        if any(cell.strip(_PADDING) for cell in cells):
            yield number, [cell.strip(_PADDING) for cell in cells]


def read_cells(path: Path, needed: Collection[str]) -> tuple[Row[dict[str, str]], ...]:
    r"""Return the rows of a table that others made, by its headings; columns beside those that are needed may stand.

    Parameters
    ----------
    path
        A CSV file.
    needed
        The headings that must be there.

    Raises
    ------
    InputError
        When the file is no table, or with the headings that are missing.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "t.csv"
    ...     _ = file.write_text("id;note\n\na;x\n")
    ...     read_cells(file, ["id"])
    (Row(number=3, record={'id': 'a', 'note': 'x'}),)
    """
    _, lines = _split(read_text(path), str(path))
    headings = [title.strip(_PADDING) for title in next(lines, (1, []))[1]]
    missing = [name for name in needed if name not in headings]
    if missing:
        raise refuse(str(path), f"the columns {', '.join(missing)} are missing", where="row 1")
    return tuple(
        Row(number, dict(zip_longest(headings, cells[: len(headings)], fillvalue="")))
        for number, cells in lines
        if any(cell.strip(_PADDING) for cell in cells)
    )


def select_rows(text: str, select: Callable[[dict[str, str]], dict[str, str] | None], name: str) -> str:
    r"""Return a table without some of its rows; every kept row as it stood.

    Parameters
    ----------
    text
        Of a CSV file.
    select
        Takes a row's cells by heading, blanks at their ends left out, and returns the cells that are to differ, or
        ``None`` for a row that is to go.
    name
        How messages call the file.

    Raises
    ------
    InputError
        When the text is no table; no row is counted in the message.

    Examples
    --------
    >>> select_rows("id;note\na;x\nb;y\n", lambda row: None if row["id"] == "a" else {"note": ""}, "t.csv")
    'id;note\nb;\n'
    """
    delimiter, lines = _split(text, name)
    try:
        rows = [cells for _, cells in lines]
    except InputError as error:
        raise InputError([dataclasses.replace(problem, where="") for problem in error.problems]) from None
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    headings = [title.strip(_PADDING) for title in rows[0]] if rows else []
    for number, cells in enumerate(rows):
        changes = (
            select({title: cell.strip(_PADDING) for title, cell in zip(headings, cells, strict=False)})
            if number
            else {}
        )
        if changes is not None:
            writer.writerow(
                [changes.get(title, cell) for title, cell in zip_longest(headings, cells, fillvalue="")][: len(cells)]
            )
    return out.getvalue()


def write_table(path: Path, record: type[Record], records: Iterable[Record]) -> None:
    """Write records as CSV with commas, whole or not at all."""
    write_atomically(path, render_table(record, records))


def render_table(record: type[Record], records: Iterable[Record]) -> str:
    """Return records as the text of a CSV file."""
    columns = columns_of(record)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for item in records:
        writer.writerow([render_cell(item, column) for column in columns])
    return out.getvalue()


def render_cell(record: Any, column: Column) -> str:
    """Return one cell of a record as the text that stands in the file."""
    value = getattr(record, column.field)
    return "" if value in (None, "", ()) else column.cell.write(value)


_Places = list[tuple[Column, int | None]]
_Known = list[dict[str, Any]]
"""For each column the values of the cells that were read before: most stand in many rows."""


def _split(text: str, name: str) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    first_line = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)

    return delimiter, _numbered(text, delimiter, name)


def _numbered(text: str, delimiter: str, name: str, quote: str = '"') -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        remedy = "close each quoted cell, and double a quotation mark inside of one, as spreadsheets do"
        raise refuse(name, f"is not a well-formed table: {error}; {remedy}", where=f"row {number + 1}") from None


def _foreign(title: str, columns: tuple[Column, ...]) -> str:
    """Return the heading of the column that a foreign heading means; blank for a column that stands beside."""
    known = {column.name.casefold(): column.name for column in columns}
    return known.get(title.strip(_PADDING).casefold(), "")


def _match_heading(heading: list[str], columns: tuple[Column, ...], problems: Problems) -> _Places:
    known = {column.name: column for column in columns}
    places: dict[str, int] = {}
    for place, raw in enumerate(heading):
        title = raw.strip()
        if not title:
            continue
        if title not in known:
            near = difflib.get_close_matches(title, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            problems.add(f"one of {', '.join(known)}{hint}", where="row 1", field="heading", value=title)
        elif title in places:
            problems.add("each column once", where="row 1", field="heading", value=title)
        else:
            places[title] = place
    for title, column in known.items():
        if title not in places and column.required:
            problems.add(f"the column {title!r} is missing: {column.meaning}", where="row 1")
    return [(column, places.get(column.name)) for column in columns]


def _add_stray(number: int, at: int, cells: list[str], width: int, problems: Problems) -> None:
    what = "a heading above it" if at < width else f"{width} cells; quote a cell that holds a delimiter"
    problems.add(what, where=f"row {number}", field=f"cell {at + 1}", value=cells[at])


def _read_row(
    number: int,
    cells: list[str],
    places: _Places,
    decimal_comma: bool,
    problems: Problems,
    of: str = "",
    known: _Known | None = None,
) -> dict[str, Any] | None:
    """Return values by field, or None where any cell is wrong."""
    values: dict[str, Any] = {}
    for (column, place), seen in zip(places, known or [{} for _ in places], strict=True):
        raw = cells[place] if place is not None and place < len(cells) else ""
        if raw in seen:
            values[column.field] = seen[raw]
        elif text := raw.strip(_PADDING):
            try:
                values[column.field] = seen[raw] = column.cell.read(text, decimal_comma)
            except ValueError:
                problems.add(column.cell.expected, where=f"row {number}", field=f"{column.name}{of}", value=text)
        elif column.required:
            problems.add(
                f"is blank; expected {column.cell.expected}", where=f"row {number}", field=f"{column.name}{of}"
            )
        else:
            values[column.field] = seen[raw] = column.blank
    return values if len(values) == len(places) else None
