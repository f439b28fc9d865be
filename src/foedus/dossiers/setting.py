"""Setting one value of an actor by hand, with a note, in ``stakeholders.csv``; every other byte stays."""

from __future__ import annotations

from pathlib import Path

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.base.locks import one_writer
from foedus.base.sheets import Sheet, read_sheet, sheet_of
from foedus.base.tables import columns_of, render_cell, render_table
from foedus.dossiers.changes import ASSUMPTIONS, Change, cells_of, changed
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Preference, Stakeholder
from foedus.evidence import check_marking

TABLE, PREFERENCES = "stakeholders.csv", "preferences.csv"

_COLUMNS = {column.name: column for column in columns_of(Stakeholder)}
_NUMBERS = tuple(name for name in _COLUMNS if name.endswith(("_low", "_mode", "_high")) or name == "red_line")


@one_writer
def set_by_hand(folder: Path, change: Change, note: str, marking: str = "internal", known: Day | None = None) -> None:
    """Write a change into the row of its actor, issue, venue and day, with a note.

    Parameters
    ----------
    folder
        The dossier's.
    change
        A field; the position is what the actor wants, unless the field is ``public_position``.
    note
        Why. A reader will ask.
    marking
        Who may read a report that uses the row.
    known
        The day from which the row counts, so that the past stays as it was; by default as the row says, or always.

    Raises
    ------
    FoedusError
        When the value makes no sense, or there is no note; nothing is written then.
    """
    if not note.strip():
        raise FoedusError('a value set by hand needs a note: --note "what it rests on"')
    check_marking(marking)
    if change.actor == ASSUMPTIONS or change.since is not None:
        raise FoedusError("only an actor's own value can be set here; from which day it counts says --known")
    dossier = read_dossier(folder)
    changed(dossier, [change])
    venue = "public" if change.field == "public_position" else "private"
    key = change.actor, change.issue, venue
    noted = [
        stakeholder.note
        for stakeholder in dossier.stakeholders
        if (stakeholder.actor, stakeholder.issue, stakeholder.venue) == key and stakeholder.note
    ]
    words = "; ".join(dict.fromkeys([*noted, note.strip()]))
    cells: dict[str, object] = {**cells_of(change), "note": words, "marking": marking}
    _write(folder, *key, cells if known is None else {**cells, "known_on": known})


@one_writer
def clear_by_hand(folder: Path, actor: str, issue: str) -> bool:
    """Blank what is set by hand for an actor on an issue, so that statements and priors count; tell whether any was."""
    path, cleared = folder / TABLE, False
    sheet = read_sheet(path, name=TABLE)
    for venue in ("private", "public"):
        for number in _rows_of(sheet, actor, issue, venue):
            blank = {name: _COLUMNS[name].blank for name in (*_NUMBERS, "words", "note", "known_on", "marking")}
            cleared |= _fill(path, read_sheet(path, name=TABLE), number, blank)
    return cleared


@one_writer
def approve_by_hand(
    folder: Path,
    actor: str,
    issue: str,
    option: str,
    approval: float | None,
    note: str,
    marking: str = "internal",
    known: Day | None = None,
) -> None:
    """Write an approval of an option without an order into ``preferences.csv``, or take it back with None.

    Parameters
    ----------
    folder, actor, issue
        Whose, on which choice.
    option
        A label.
    approval
        0 to 100; None blanks the row's approval and rank by leaving the row out.
    note, marking, known
        As in `set_by_hand`.

    Raises
    ------
    FoedusError
        When the approval or the option makes no sense, or there is no note; nothing is written then.
    """
    dossier = read_dossier(folder)
    label = dossier.issue(issue).option(option).label
    if approval is not None and not 0 <= approval <= 100:
        raise FoedusError(f"--set {option}={approval:g}: expected an approval from 0 to 100")
    if approval is not None and not note.strip():
        raise FoedusError('a value set by hand needs a note: --note "what it rests on"')
    rest = [
        preference
        for preference in dossier.preferences
        if (preference.actor, preference.issue, preference.option) != (actor, issue, label)
    ]
    if approval is not None:
        made = Preference(
            actor=actor, issue=issue, option=label, approval_mode=approval, note=note.strip(),
            marking=check_marking(marking), known_on=known,
        )  # fmt: skip
        rest.append(made)
    write_atomically(folder / PREFERENCES, render_table(Preference, rest))


def _write(folder: Path, actor: str, issue: str, venue: str, cells: dict[str, object]) -> bool:
    path = folder / TABLE
    if not path.exists():
        write_atomically(path, ",".join(_COLUMNS) + "\n")
    sheet = read_sheet(path, name=TABLE)
    rows = _rows_of(sheet, actor, issue, venue)
    if not rows:
        missing = [column for column in ("actor", "issue", "venue", *cells) if column not in sheet.headings]
        if missing:
            sheet = sheet_of(sheet.with_cells({(1, name): name for name in missing}))
        filled = {"actor": actor, "issue": issue, "venue": venue} | {
            name: _text(sheet, name, value) for name, value in cells.items()
        }
        write_atomically(path, sheet.with_rows([filled]))
        return True
    return _fill(path, sheet, rows[0], cells)


def _fill(path: Path, sheet: Sheet, number: int, cells: dict[str, object]) -> bool:
    """Write cells into a row; tell whether anything changed."""
    wanted = {name: _text(sheet, name, value) for name, value in cells.items()}
    here = {name: sheet.value(number, sheet.headings.index(name)) for name in wanted if name in sheet.headings}
    news = {(number, name): value for name, value in wanted.items() if value != here.get(name, "")}
    if news:
        write_atomically(path, sheet.with_cells(news))
    return bool(news)


def _rows_of(sheet: Sheet, actor: str, issue: str, venue: str) -> list[int]:
    """Return the rows of an actor, issue and venue, by number."""
    wanted = actor, issue, venue
    return [
        row
        for row in range(2, len(sheet.rows) + 1)
        if (_cell(sheet, row, "actor"), _cell(sheet, row, "issue"), _cell(sheet, row, "venue") or "private") == wanted
    ]


def _cell(sheet: Sheet, row: int, name: str) -> str:
    return sheet.value(row, sheet.headings.index(name)).strip() if name in sheet.headings else ""


def _text(sheet: Sheet, name: str, value: object) -> str:
    """Return a value as the table writes it, with a decimal comma where its numbers have one."""
    record = Stakeholder(actor="x", issue="x", **{name: value})  # type: ignore[arg-type]
    written = render_cell(record, _COLUMNS[name])
    return written.replace(".", ",") if name in _NUMBERS and sheet.decimal_commas(_NUMBERS) else written
