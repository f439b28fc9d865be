"""The journal of a dossier's statements: what was decided, by whom, and enough to undo it exactly.

``statements-journal.jsonl`` holds one entry a line and only ever grows; to undo is an entry too. Table and
journal are two files, so a third, ``.statements-pending.json``, announces a change before the table is written, and
goes when the journal has it. Whatever moment a crash picks, the next command sees which of the two was written.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus.base.days import Day, parse_day
from foedus.base.errors import InputError, Problem, refuse
from foedus.base.files import read_bytes, read_text, write_atomically
from foedus.base.hashes import sha256
from foedus.dossiers.dossier import Dossier
from foedus.evidence import MARKINGS, marking_rank

JOURNAL = "statements-journal.jsonl"
PENDING = ".statements-pending.json"
TABLE = "statements.csv"
SKIP = "skip"
"""The action of an entry that marks another as passed over."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one statement.

    Attributes
    ----------
    id
        Of the statement.
    before, after
        Cells by column, as text: as they stood in the file, and as Foedus writes them.
    quoted
        Columns whose cell stood in quotation marks before.
    """

    id: str
    before: dict[str, str]
    after: dict[str, str]
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision.

    Attributes
    ----------
    number
        Its place in the journal, from 1.
    action
        ``accept``, ``reject``, ``edit``, ``merge``, ``import``, ``undo`` or ``skip``.
    changes
        One for each statement.
    by, on, why
        Who decided, on which day and why, as far as they said.
    undoes
        The entry that this one takes back, or passes over.
    sha256_before, sha256_after
        Of the table's bytes.
    """

    number: int
    action: str
    changes: tuple[Change, ...]
    by: str = ""
    on: Day | None = None
    why: str = ""
    undoes: int | None = None
    sha256_before: str = ""
    sha256_after: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """All entries, and whether the table has been changed by other hands since the last.

    ``undone`` are the numbers of entries that were taken back, ``skipped`` of those that undo passes over.
    """

    entries: tuple[Entry, ...]
    edited_elsewhere: bool
    undone: frozenset[int] = field(default=frozenset())
    skipped: frozenset[int] = field(default=frozenset())

    @property
    def last_to_undo(self) -> Entry | None:
        """The latest entry that was neither taken back nor passed over, and is no such entry itself."""
        gone = self.undone | self.skipped
        standing = [one for one in self.entries if one.undoes is None and one.number not in gone]
        return standing[-1] if standing else None


def read_journal(folder: Path) -> Journal:
    """Read the journal of a dossier; one without a journal has no entries.

    Raises
    ------
    InputError
        When a line of it is damaged.
    """
    path = folder / JOURNAL
    entries: list[Entry] = []
    if path.exists():
        for number, line in enumerate(read_text(path, name=JOURNAL).removesuffix("\n").split("\n"), start=1):
            if line.strip():
                entries.append(_entry(line, JOURNAL, f"line {number}"))
    table = folder / TABLE
    now = sha256(read_bytes(table)) if table.exists() else ""
    ended = {one.undoes: one.action for one in entries if one.undoes is not None}
    undone = frozenset(number for number, action in ended.items() if action != SKIP)
    skipped = frozenset(number for number, action in ended.items() if action == SKIP)
    return Journal(tuple(entries), bool(entries) and entries[-1].sha256_after != now, undone, skipped)


def journal_of(dossier: Dossier) -> Journal:
    """Return a dossier's journal, so far as it may be seen with the dossier; see `shown`.

    Raises
    ------
    InputError
        As in `read_journal`; of a line that may be above a limit, its number and its words are left out.
    """
    try:
        return shown(read_journal(dossier.folder), dossier)
    except InputError as error:
        if dossier.max_marking is None:
            raise
        raise InputError(Problem(one.file, one.expected) for one in error.problems) from None


def shown(journal: Journal, dossier: Dossier) -> Journal:
    """Return a journal as whoever may see a redacted dossier sees it: as if nothing else had ever been decided.

    Entries are numbered anew, and carry no hash of a table of which they show a part. Where a decision was on other
    statements as well, its reason is left out. What became of a statement that is no longer in the table is not shown.

    Parameters
    ----------
    journal
        The whole.
    dossier
        As read with a limit; without one the journal is returned as it is.
    """
    if dossier.max_marking is None:
        return journal
    listed = {one.id for one in dossier.statements}
    entries: list[Entry] = []
    numbers: dict[int, int] = {}
    for entry in journal.entries:
        kept = tuple(one for one in entry.changes if one.id in listed and _was_shown(one, dossier))
        if not kept or (entry.undoes is not None and entry.undoes not in numbers):
            continue
        numbers[entry.number] = len(entries) + 1
        entries.append(
            dataclasses.replace(
                entry,
                number=len(entries) + 1,
                changes=kept,
                why=entry.why if kept == entry.changes else "",
                undoes=None if entry.undoes is None else numbers[entry.undoes],
                sha256_before="",
                sha256_after="",
            )
        )
    undone, skipped = (
        frozenset(numbers[one] for one in of if one in numbers) for of in (journal.undone, journal.skipped)
    )
    return Journal(tuple(entries), False, undone, skipped)


def _was_shown(change: Change, dossier: Dossier) -> bool:
    """Tell whether a statement was below the limit before and after a change, by itself and by its source."""
    limit = marking_rank(dossier.max_marking or MARKINGS[-1])
    return all(
        marking_rank(cells.get("marking") or MARKINGS[0]) <= limit
        and cells.get("source", "") in {"", *dossier.sources}
        and cells.get("concept", "") in {"", *(one.id for one in dossier.concepts)}
        for cells in (change.before, change.after)
    )


def commit(folder: Path, entry: Entry, before: bytes, after: bytes) -> Entry:
    """Write a changed table and its entry; a crash at any moment leaves both or neither, once `recover` has run.

    Parameters
    ----------
    folder
        The dossier's.
    entry
        Without number and hashes.
    before, after
        The bytes of the table.

    Raises
    ------
    InputError
        When the table was changed while this command was at work, or a file cannot be written.
    """
    journal = read_journal(folder)
    table = folder / TABLE
    if table.exists() and read_bytes(table) != before:
        raise refuse(TABLE, "was changed by somebody else at this moment; nothing was written: run the command again")
    number = journal.entries[-1].number + 1 if journal.entries else 1
    entry = dataclasses.replace(entry, number=number, sha256_before=sha256(before), sha256_after=sha256(after))
    write_atomically(folder / PENDING, _line(entry))
    write_atomically(table, after)
    _append(folder, entry)
    (folder / PENDING).unlink()
    return entry


def recover(folder: Path) -> str:
    """Finish or forget a change that a crash cut short; return what was done in words, empty where nothing was.

    Raises
    ------
    InputError
        When the journal or the announced change is damaged.
    """
    pending = folder / PENDING
    if not pending.exists():
        return ""
    entry = _entry(read_text(pending, name=PENDING), PENDING, "")
    journal = read_journal(folder)
    table = folder / TABLE
    now = sha256(read_bytes(table)) if table.exists() else ""
    if any(one.number == entry.number for one in journal.entries):
        told = ""  # only the announcement was left
    elif now == entry.sha256_after or (now != entry.sha256_before and _holds(folder, entry)):
        _append(folder, entry)
        told = (
            f"entry {entry.number} ({entry.action}) was cut short after the table was written; the journal has it now"
        )
    else:
        told = f"entry {entry.number} ({entry.action}) was cut short before the table was written; it was not made"
    pending.unlink()
    return told


def _holds(folder: Path, entry: Entry) -> bool:
    """Tell whether a table that was saved since the crash has the announced values."""
    from foedus.base.sheets import read_sheet  # noqa: PLC0415 - only after a crash

    sheet = read_sheet(folder / TABLE)
    headings = sheet.headings
    rows = {sheet.value(row, headings.index("id")).strip(): row for row in range(2, len(sheet.rows) + 1)}
    return all(
        change.id in rows
        and all(
            column in headings and sheet.value(rows[change.id], headings.index(column)).strip() == value
            for column, value in change.after.items()
        )
        for change in entry.changes
    )


def _append(folder: Path, entry: Entry) -> None:
    path = folder / JOURNAL
    old = read_text(path, name=JOURNAL) if path.exists() else ""
    if old and not old.endswith("\n"):
        old += "\n"
    write_atomically(path, old + _line(entry))


def _line(entry: Entry) -> str:
    record: dict[str, Any] = dataclasses.asdict(entry) | {"on": entry.on.isoformat() if entry.on else None}
    return json.dumps(record, ensure_ascii=False) + "\n"


def _entry(line: str, file: str, where: str) -> Entry:
    try:
        record = json.loads(line)
        changes = tuple(
            Change(str(one["id"]), dict(one["before"]), dict(one["after"]), tuple(one["quoted"]))
            for one in record["changes"]
        )
        on = parse_day(record["on"]) if record.get("on") else None
        return Entry(**{**record, "changes": changes, "on": on})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise refuse(
            file, "an entry as Foedus wrote it; restore the file from a copy, or move it away to start a new one",
            where=where, value=line.strip(),
        ) from None  # fmt: skip
