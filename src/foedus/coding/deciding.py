"""Deciding on statements by hand: accept, reject, edit, merge, and take back; a line is never lost.

Each function changes single cells of ``statements.csv`` and leaves every other byte as it was, and notes in the journal
what it changed. To undo gives back those cells alone: whatever else was edited since, in a spreadsheet or by hand,
stays.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.characters import forbidden
from foedus.base.days import Day
from foedus.base.errors import FoedusError, InputError, Problems
from foedus.base.locks import one_writer
from foedus.base.sheets import Sheet, read_sheet, sheet_of
from foedus.base.tables import Column, Row, columns_of, render_cell, scan_text
from foedus.coding.decisions import SKIP, Decision, Edited, Journal
from foedus.coding.journal import TABLE, commit, read_journal, recover
from foedus.coding.rows import numbered, read_cells, rows_by_id, sheet_at, with_cells, with_records
from foedus.dossiers.checks import TableChecks
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.evidence import guard_dossier, in_the_sources_words
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Concept
from foedus.evidence import Source, Statement

ACCEPTED, REJECTED = "accepted", "rejected"

_COLUMNS: dict[str, Column] = {column.name: column for column in columns_of(Statement)}
_FILLED_BY_MERGE = ("person", "office", "condition", "reporter", "paraphrase", "until")
_OF_CONDITIONS = {"softening", "threat"}
"""Signals that a condition gives."""

_SAME_IN_MERGE = ("actor", "concept", "stance")


@dataclass(frozen=True, slots=True)
class Who:
    """Who decides, on which day and why, as far as they wish to say."""

    by: str = ""
    on: Day | None = None
    why: str = ""

    def __post_init__(self) -> None:
        for name, words in (("by", self.by), ("reason", self.why)):
            if character := forbidden(words):
                raise FoedusError(f"{name}: {words!r}, expected text without {character}")


NOBODY = Who()


@one_writer
def decide(
    folder: Path, ids: Sequence[str], status: str, who: Who = NOBODY, *, use_source_wording: bool = False
) -> Decision | None:
    """Accept or reject statements.

    Parameters
    ----------
    folder
        The dossier's.
    ids
        Of the statements.
    status
        ``accepted`` or ``rejected``.
    who
        For the journal.
    use_source_wording
        Take the source's wording for a quote that nearly matches it.

    Returns
    -------
    Decision or None
        What the journal says; None where all have that status already.

    Raises
    ------
    InputError
        When a statement does not exist, or its evidence does not stand in its source.
    """

    def new(dossier: Dossier) -> list[Statement]:
        chosen = _chosen(dossier, ids)
        if status == ACCEPTED and use_source_wording:
            chosen = in_the_sources_words(dossier, chosen)
        return [dataclasses.replace(statement, status=status) for statement in chosen]

    return _apply(folder, "accept" if status == ACCEPTED else "reject", who, new, guarded=status == ACCEPTED)


@one_writer
def edit(
    folder: Path, id_: str, values: Mapping[str, str], who: Who = NOBODY, *, use_source_wording: bool = False
) -> Decision | None:
    """Change cells of one statement.

    Parameters
    ----------
    folder, who, use_source_wording
        As in `decide`.
    id_
        Of the statement.
    values
        Text by column, as one would type it into the table; empty text blanks a cell. An actor may go by any name.
        Whoever blanks a condition blanks the signal that it gave, unless another is given.

    Raises
    ------
    InputError
        When a value makes no sense there, or the evidence does not stand in its source.
    """

    def new(dossier: Dossier) -> list[Statement]:
        [old] = _chosen(dossier, [id_])
        given = _read_values(dossier, values)
        if old.condition and given.get("condition") == "" and old.signal in _OF_CONDITIONS:
            given = {"signal": "", **given}  # else the brief would still say that somebody has softened
        changed = dataclasses.replace(old, **given)
        return in_the_sources_words(dossier, [changed]) if use_source_wording else [changed]

    return _apply(folder, "edit", who, new)


@one_writer
def merge(folder: Path, ids: Sequence[str], who: Who = NOBODY) -> Decision | None:
    """Merge statements that code the same utterance: the first stays, the others are rejected and keep their lines.

    Blank cells of the first are filled from the others in their order. It is accepted where any of them was.

    Raises
    ------
    InputError
        When they differ in actor, concept or stance: that is for a person to settle first.
    """
    if len(set(ids)) < 2:
        raise FoedusError("merge needs two or more statements; name first the one that stays")

    def new(dossier: Dossier) -> list[Statement]:
        first, *others = _chosen(dossier, list(dict.fromkeys(ids)))
        problems = Problems(TABLE)
        for other in others:
            for name in _SAME_IN_MERGE:
                here, there = getattr(first, name), getattr(other, name)
                if here != there:
                    problems.add(
                        f"{here!r} as in {first.id}; edit one of them first",
                        where=other.id,
                        field=name,
                        value=str(there),
                    )
        problems.raise_if_any()
        filled: dict[str, Any] = {}
        for name in _FILLED_BY_MERGE:
            value = next(
                (getattr(statement, name) for statement in (first, *others) if getattr(statement, name)),
                getattr(first, name),
            )
            filled[name] = value
        status = ACCEPTED if any(statement.status == ACCEPTED for statement in (first, *others)) else first.status
        return [
            dataclasses.replace(first, **filled, status=status),
            *(dataclasses.replace(other, status=REJECTED) for other in others),
        ]

    return _apply(folder, "merge", who, new)


@one_writer
def undo(folder: Path, who: Who = NOBODY, *, skip: bool = False, number: int | None = None) -> Decision:
    """Take back a decision: the latest that still stands, or any other on which no later one rests.

    Each cell that it changed gets its former value, and a row that went stands at the end again. A cell that somebody
    has changed since is not touched: nothing is undone then, and the message says which cell it is, and which later
    entry changed it.

    Parameters
    ----------
    folder, who
        As in `decide`.
    skip
        Pass over that decision instead: the table stays as it is, the journal marks the entry as skipped, and the next
        undo takes back the one before it.
    number
        Of the entry. To take back an undo is to redo what it took back.

    Raises
    ------
    FoedusError
        When there is nothing to undo, or the entry does not stand.
    InputError
        When a cell was changed since, or its row is gone.
    """
    recover(folder)
    journal = read_journal(folder)
    entry = _to_undo(journal, number)
    if skip:
        data = sheet_at(folder / TABLE, Statement).data
        return commit(folder, Decision(0, SKIP, (), who.by, who.on, who.why, undoes=entry.number), data, data)
    _require_untouched(folder, journal, entry)
    kept, gone = [each for each in entry.changes if not each.removed], [each for each in entry.changes if each.removed]
    sheet = read_sheet(folder / TABLE, name=TABLE)
    rows = rows_by_id(sheet)
    cells = {(rows[change.id], name): value for change in kept for name, value in change.before.items()}
    after = sheet.with_cells(cells, quoted={(rows[change.id], name) for change in kept for name in change.quoted})
    if gone:
        after = sheet_of(after).with_rows([change.before for change in gone])
        _require_sound(folder, after)
    back = (
        *(Edited(change.id, change.after, change.before) for change in kept),
        *(Edited(change.id, {"status": REJECTED}, {"status": change.before["status"]}) for change in gone),
    )
    taken = Decision(0, "undo", back, who.by, who.on, who.why, undoes=entry.number)
    return commit(folder, taken, sheet.data, after)


def _require_sound(folder: Path, table: bytes) -> None:
    """Raise what would be wrong with a table of statements, such as a row whose source is gone."""
    rows, problems = scan_text(sheet_of(table).text, Statement, TABLE)
    if problems:
        raise InputError(problems)
    _check(folder, read_dossier(folder), [row.record for row in rows])


def _to_undo(journal: Journal, number: int | None) -> Decision:
    """Return the entry that is to be taken back."""
    if number is None:
        if journal.last_to_undo is None:
            raise FoedusError("nothing to undo: the journal has no decision that still stands")
        return journal.last_to_undo
    decision = journal.entry(number)
    if decision is None:
        raise FoedusError(f"entry {number}: the journal has no such entry")
    if number in journal.undone | journal.skipped or decision.action == SKIP:
        raise FoedusError(f"entry {number} ({decision.action}) was taken back or passed over already")
    return decision


def _require_untouched(folder: Path, journal: Journal, entry: Decision) -> None:
    """Raise where a later decision or another hand changed what an entry changed."""
    problems = Problems(TABLE)
    later = journal.later(entry)
    if later:
        told = ", ".join(f"{decision.number} ({decision.action})" for decision in reversed(later))
        raise FoedusError(
            f"entry {entry.number} ({entry.action}) cannot be taken back yet: what it changed was decided on again. "
            f"Take back first: {told}"
        )
    now = {statement.id: statement for statement in read_dossier(folder).statements}
    instead = f"or leave it and pass over the entry: foedus statements {folder} undo --skip"
    for change in entry.changes:
        if change.removed:
            if change.id in now:
                problems.add("no row of this id: it is there again, so that it cannot be put back", value=change.id)
            continue
        if change.id not in now:
            problems.add(
                f"a row that entry {entry.number} ({entry.action}) changed: it is gone. Put the row back to undo the "
                f"entry, {instead}",
                field="id",
                value=change.id,
            )
            continue
        for name, value in change.after.items():
            here = render_cell(now[change.id], _COLUMNS[name])
            if here != value:
                problems.add(
                    f"{value!r} as entry {entry.number} ({entry.action}) left it: it was changed since. Set it back "
                    f"where it was changed, such as in the spreadsheet, to undo the entry, {instead}",
                    where=change.id,
                    field=name,
                    value=here,
                )
    problems.raise_if_any()


@one_writer
def add(
    folder: Path,
    statements: Sequence[Statement],
    action: str,
    who: Who = NOBODY,
    *,
    corrected: Sequence[Statement] = (),
) -> Decision | None:
    """Add statements from elsewhere at the end of the table; those whose id it has already are passed over.

    To undo this rejects them: a line is never deleted. Those that an undo has rejected come back as they are now.
    ``corrected`` are statements that the table has, as they shall be; to undo gives their cells the former values.

    Raises
    ------
    InputError
        When one names what the dossier does not have, or its evidence does not stand in its source.
    """
    recover(folder)
    dossier = read_dossier(folder)
    known = {statement.id: statement for statement in dossier.statements}
    news = [statement for statement in statements if statement.id not in known]
    gone = _taken_back(read_journal(folder), action)
    back = [
        statement
        for statement in statements
        if statement.id in gone and statement.id in known and known[statement.id].status == REJECTED
    ]
    again_there = {statement.id for statement in back}
    back += [
        statement for statement in corrected if statement.id not in again_there and known[statement.id] != statement
    ]
    if not news and not back:
        return None
    by_id = {statement.id: statement for statement in back}
    _check(folder, dossier, [*(by_id.get(statement.id, statement) for statement in dossier.statements), *news])
    guard_dossier(dossier, [*news, *back])
    sheet = sheet_at(folder / TABLE, Statement)
    again = tuple(change for statement in back if (change := difference(known[statement.id], statement)) is not None)
    changed = sheet_of(with_cells(sheet, {edited.id: edited.after for edited in again})) if again else sheet
    changes = (
        *(as_written(sheet, again) if again else ()),
        *(
            Edited(statement.id, {"status": REJECTED}, {"status": render_cell(statement, _COLUMNS["status"])})
            for statement in news
        ),
    )
    after = with_records(changed, Statement, news) if news else changed.data
    return commit(folder, Decision(0, action, changes, who.by, who.on, who.why), sheet.data, after)


@one_writer
def accept_read(folder: Path, ids: Sequence[str], who: Who = NOBODY) -> Decision | None:
    """Accept statements whose evidence the reading that proposes them has compared with their sources.

    Parameters
    ----------
    folder, ids, who
        As in `decide`; those that are no longer candidates are passed over.

    Returns
    -------
    Decision or None
        One for all of them; None where nothing changes.
    """
    sheet = sheet_at(folder / TABLE, Statement)
    rows, place = rows_by_id(sheet), sheet.headings.index("status")
    changes = tuple(
        Edited(id_, {"status": "candidate"}, {"status": ACCEPTED})
        for id_ in ids
        if id_ in rows and sheet.value(rows[id_], place).strip() == "candidate"
    )
    if not changes:
        return None
    after = with_cells(sheet, {change.id: change.after for change in changes})
    return commit(folder, Decision(0, "accept", as_written(sheet, changes), who.by, who.on, who.why), sheet.data, after)


def _taken_back(journal: Journal, action: str) -> frozenset[str]:
    """Return the statements whose latest decision takes back an entry of some action."""
    actions = {entry.number: entry.action for entry in journal.entries}
    latest = {change.id: entry for entry in journal.entries for change in entry.changes}
    return frozenset(
        id_ for id_, entry in latest.items() if entry.undoes is not None and actions.get(entry.undoes) == action
    )


def _apply(
    folder: Path, action: str, who: Who, new: Callable[[Dossier], list[Statement]], *, guarded: bool = True
) -> Decision | None:
    recover(folder)
    dossier = read_dossier(folder)
    before = {statement.id: statement for statement in dossier.statements}
    after = new(dossier)
    changes = tuple(
        change for statement in after if (change := difference(before[statement.id], statement)) is not None
    )
    if not changes:
        return None
    by_id = {statement.id: statement for statement in after}
    _check(folder, dossier, [by_id.get(statement.id, statement) for statement in dossier.statements])
    if guarded:
        guard_dossier(dossier, [statement for statement in after if statement.status != REJECTED])
    sheet = read_sheet(folder / TABLE, name=TABLE)
    after_bytes = with_cells(sheet, {change.id: change.after for change in changes})
    written = as_written(sheet, changes)
    return commit(folder, Decision(0, action, written, who.by, who.on, who.why), sheet.data, after_bytes)


def _chosen(dossier: Dossier, ids: Iterable[str]) -> list[Statement]:
    by_id = {statement.id: statement for statement in dossier.statements}
    problems = Problems(TABLE)
    chosen = []
    for id_ in dict.fromkeys(ids):
        if id_ in by_id:
            chosen.append(by_id[id_])
        else:
            problems.add("the id of a statement; 'foedus statements DIR' lists them", value=id_)
    problems.raise_if_any()
    if not chosen:
        raise FoedusError("no statement is named: give ids, or filters such as --above 0.7")
    return chosen


def _read_values(dossier: Dossier, values: Mapping[str, str]) -> dict[str, Any]:
    problems = Problems(TABLE)
    cells = read_cells(Statement, values, ("id",), problems, actor=dossier.world.find)
    problems.raise_if_any()
    return cells


def sound(folder: Path, dossier: Dossier, statements: Sequence[Statement]) -> None:
    """Check statements that are not in the table yet against a dossier as it shall be.

    Raises
    ------
    InputError
        With whatever makes no sense: what names no actor, claim or source, or days in the wrong order.
    """
    _check(folder, dossier, statements)


def _check(folder: Path, dossier: Dossier, statements: Sequence[Statement]) -> None:
    """Raise every problem that the table would have with these statements."""
    tables: dict[str, tuple[Row[Any], ...]] = {
        file: numbered(folder / file, record, records)
        for file, record, records in (
            ("concepts.csv", Concept, dossier.concepts),
            ("sources.csv", Source, dossier.sources.values()),
            (TABLE, Statement, statements),
        )
    }
    checks = TableChecks(dossier.issues, dossier.world, dossier.institutions, tables, frozenset())
    problems = checks.statements()
    if problems:
        raise InputError(problems)


def difference(before: Statement, after: Statement) -> Edited | None:
    """Return the cells in which two forms of a statement differ, as Foedus writes them; None where none do."""
    old = {name: render_cell(before, column) for name, column in _COLUMNS.items()}
    new = {name: render_cell(after, column) for name, column in _COLUMNS.items()}
    changed = [name for name in _COLUMNS if old[name] != new[name]]
    if not changed:
        return None
    return Edited(before.id, {name: old[name] for name in changed}, {name: new[name] for name in changed})


def as_written(sheet: Sheet, changes: Iterable[Edited]) -> tuple[Edited, ...]:
    """Return changes with the former cells as they stand in the file: blank or spelt out, with comma or point."""
    rows, headings = rows_by_id(sheet), sheet.headings
    return tuple(
        dataclasses.replace(
            change,
            before={
                name: sheet.value(rows[change.id], headings.index(name)) if name in headings else ""
                for name in change.before
            },
            quoted=tuple(name for name in change.before if sheet.quoted(rows[change.id], name)),
        )
        for change in changes
    )
