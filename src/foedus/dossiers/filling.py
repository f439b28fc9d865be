"""Filling what a table of claims leaves blank with the places that a reader would expect."""

from __future__ import annotations

from pathlib import Path

from foedus.base.files import write_atomically
from foedus.base.locks import one_writer
from foedus.base.sheets import read_sheet
from foedus.base.tables import scan_table
from foedus.dossiers.reading_settings import read_settings
from foedus.dossiers.records import Concept

_FILE = "concepts.csv"


@one_writer
def fill_places(folder: Path) -> list[str]:
    """Write where a supporter or an opponent of a claim stands, where that is blank: at the proposal, or status quo.

    Parameters
    ----------
    folder
        The dossier's; it need not be sound in any other table.

    Returns
    -------
    list of str
        What was written, one sentence for each cell.

    Raises
    ------
    InputError
        When the settings or the table cannot be read.
    """
    settings = read_settings(folder)
    issues = {listed.id: listed for listed in settings.issues}
    if not (folder / _FILE).exists():
        return []
    rows, _ = scan_table(folder / _FILE, Concept, name=_FILE)
    sheet, told, cells = read_sheet(folder / _FILE, name=_FILE), [], {}
    comma = sheet.decimal_commas(("at_support", "at_oppose"))
    for row in rows:
        issue = issues.get(row.record.issue)
        if issue is None or not issue.ordered:
            continue
        at = {option.label: option.at for option in issue.options}
        for field, label in (("at_support", issue.proposal), ("at_oppose", issue.status_quo)):
            if getattr(row.record, field) is None and label in at:
                written = f"{at[label]:g}"
                cells[row.number, field] = written.replace(".", ",") if comma else written
                told.append(f"{row.record.id}: {field} is {written}, the place of {label!r}")
    if cells:
        write_atomically(folder / _FILE, sheet.with_cells(cells))
    return told
