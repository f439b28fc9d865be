"""Statements from somebody's own table, CSV or .xlsx, whose columns are named by a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from foedus.base.errors import Problems, refuse
from foedus.base.files import TEXT_LIMIT, as_text, read_bytes
from foedus.base.locks import one_writer
from foedus.base.tables import lines_of
from foedus.coding.deciding import NOBODY, Who
from foedus.coding.offered import offer_to, take_over
from foedus.coding.offers import COLUMNS, NEEDED, NOTHING_MEANT, Imported, Meant
from foedus.evidence.readers.apart import cells_apart

_DELIMITERS = (";", "\t", ",")


@one_writer
def import_table(
    folder: Path,
    path: Path,
    who: Who = NOBODY,
    *,
    columns: Mapping[str, str] | None = None,
    meant: Meant = NOTHING_MEANT,
    name: str = "",
) -> Imported:
    """Import the statements of a table as candidates, or correct those that came from it before.

    A row that makes no sense is told and left out, and the others go on. A statement that came from the same table
    before gets the values that the table has now; cells that were changed by hand since, and its status, stay.

    Parameters
    ----------
    folder
        The dossier's.
    path
        A CSV file with commas, semicolons or tabs, or an .xlsx workbook with one sheet; headings in the first row.
    who
        For the journal.
    columns
        Headings of the table by column of `COLUMNS`; a heading that is such a name needs none.
    meant
        What its words mean.
    name
        Under which the table is known when it comes again; by default that of the file without its ending.

    Raises
    ------
    InputError
        When the file cannot be read as a table, or lacks a column; nothing is written then.
    """
    offer = offer_to(folder, path, name)
    headings, rows = _rows(path)
    places = _places(headings, columns or {}, path.name)
    offer.rows = [
        (f"row {number}", {heading: cells[at].strip() for heading, at in places.items()}) for number, cells in rows
    ]
    return take_over(offer, who, meant)


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return headings, and the rows with their numbers as a spreadsheet counts them, as long as the headings."""
    data = read_bytes(path, limit=TEXT_LIMIT)
    lines: Iterable[tuple[int, list[str]]]
    if path.suffix.casefold() == ".xlsx":
        try:
            lines = enumerate(cells_apart(data), 1)
        except ValueError as error:
            raise refuse(path.name, str(error)) from None
    else:
        text = as_text(data, path.name)
        first = next((line for line in text.splitlines() if line.strip()), "")
        lines = lines_of(text, max(_DELIMITERS, key=first.count), path.name)
    filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if len(filled) < 2:
        raise refuse(path.name, "expected a row of headings and at least one row of statements")
    headings = [cell.strip() for cell in filled[0][1]]
    width = len(headings)
    return headings, [(number, [*cells, *[""] * (width - len(cells))][:width]) for number, cells in filled[1:]]


def _places(headings: Sequence[str], columns: Mapping[str, str], file: str) -> dict[str, int]:
    """Return where each column of ours stands."""
    problems = Problems(file)
    folded = [heading.casefold() for heading in headings]
    shown = ", ".join(repr(heading) for heading in headings if heading)
    places = {column: folded.index(column) for column in COLUMNS if column in folded and column not in columns}
    for column in places:
        if folded.count(column) > 1:
            problems.add("a heading that stands there once", where="headings", value=column)
    for ours, theirs in columns.items():
        if ours not in COLUMNS:
            problems.add(f"one of {', '.join(COLUMNS)}", where="--map", value=ours)
        elif folded.count(theirs.strip().casefold()) != 1:
            problems.add(f"a heading that stands there once: {shown}", where="--map", field=ours, value=theirs)
        else:
            places[ours] = folded.index(theirs.strip().casefold())
    named = {*places, *columns}
    missing = [column for column in NEEDED if column not in named]
    if missing:
        options = " ".join(f"--map {column}=HEADING" for column in missing)
        problems.add(f"no column is {' or '.join(missing)}: name it with {options}; the headings are {shown}")
    problems.raise_if_any()
    return places
