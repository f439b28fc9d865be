"""What another hand, such as a spreadsheet, did to ``statements.csv``, put into the journal so that undo knows it."""

from __future__ import annotations

from pathlib import Path

from foedus.base.errors import InputError
from foedus.base.files import read_bytes
from foedus.base.locks import one_writer
from foedus.base.sheets import Sheet, sheet_of
from foedus.base.tables import scan_text
from foedus.coding.deciding import REJECTED, as_written, difference
from foedus.coding.decisions import ADDED, EDITED, REMOVED, Decision, Edited
from foedus.coding.journal import TABLE, commit, recover
from foedus.coding.rows import rows_by_id
from foedus.dossiers.read import read_dossier
from foedus.evidence import Statement


@one_writer
def notice_edits(folder: Path, before: bytes) -> tuple[Decision, ...]:
    """Put into the journal what became of the statements since a moment at which their table was ``before``.

    Call it only when no entry was added to the journal since that moment. Cells that changed, rows that came and rows
    that went each give an entry, which `foedus.coding.deciding.undo` takes back: cells get their former values, a row
    that came is rejected, a row that went stands at the end of the table again. New candidates give none, since
    nothing is decided on them yet.

    Parameters
    ----------
    folder
        The dossier's.
    before
        The bytes of ``statements.csv`` as they were.

    Returns
    -------
    tuple of Decision
        The entries; empty where nothing is to be taken back.

    Raises
    ------
    InputError
        When the table cannot be read, before or now.
    """
    recover(folder)
    after = read_bytes(folder / TABLE) if (folder / TABLE).exists() else b""
    if not before or not after or before == after:
        return ()
    sheet = sheet_of(before)
    then, now = _statements(sheet), {each.id: each for each in read_dossier(folder).statements}
    edited = [change for id_ in then if id_ in now and (change := difference(then[id_], now[id_])) is not None]
    news = [each for id_, each in now.items() if id_ not in then and each.status != "candidate"]
    gone = [id_ for id_ in then if id_ not in now]
    rows = rows_by_id(sheet)
    entries = (
        (EDITED, as_written(sheet, edited) if edited else ()),
        (ADDED, tuple(Edited(each.id, {"status": REJECTED}, {"status": each.status}) for each in news)),
        (REMOVED, tuple(Edited(id_, _cells(sheet, rows[id_]), {}) for id_ in gone)),
    )
    return tuple(commit(folder, Decision(0, action, changes), after, after) for action, changes in entries if changes)


def _statements(sheet: Sheet) -> dict[str, Statement]:
    rows, problems = scan_text(sheet.text, Statement, TABLE)
    if problems:
        raise InputError(problems)
    return {row.record.id: row.record for row in rows}


def _cells(sheet: Sheet, row: int) -> dict[str, str]:
    """Return what stands in a row, without its blank cells."""
    return {name: cell for place, name in enumerate(sheet.headings) if (cell := sheet.value(row, place))}
