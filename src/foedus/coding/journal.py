"""The journal of a dossier's statements: what was decided, by whom, and enough to undo it exactly.

``statements-journal.jsonl`` holds one entry a line and only ever grows; to undo is an entry too. The table as it is to
become is written first, beside the old one, and read back; then the entry is added to the journal, and counts once its
line is on the disk; then the new table takes the place of the old one. Whatever moment a crash picks, the next command
finishes what the journal has and undoes what it has not, and says so.
"""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

from foedus.base.days import parse_day
from foedus.base.errors import InputError, Problem, refuse
from foedus.base.files import place_of, read_bytes, sync_folder, write_atomically
from foedus.base.hashes import sha256
from foedus.base.lines import loaded
from foedus.base.locks import say, writing
from foedus.base.sheets import read_sheet, sheet_of
from foedus.base.tables import read_table
from foedus.coding.decisions import SKIP, Decision, Edited, Journal
from foedus.coding.rows import rows_by_id
from foedus.dossiers.dossier import Dossier
from foedus.evidence import MARKINGS, Statement, marking_rank

JOURNAL = "statements-journal.jsonl"
NEXT = ".statements-next.csv"
"""The table as it is to become, until the journal has the decision."""
TABLE = "statements.csv"


def read_journal(folder: Path) -> Journal:
    """Read the journal of a dossier; one without a journal has no entries.

    A last line that a crash cut short is left out: nobody was told that it counts.

    Raises
    ------
    InputError
        When a line of it is damaged.
    """
    path = folder / JOURNAL
    entries: list[Decision] = []
    if path.exists():
        for number, line in enumerate(_split(path)[0], start=1):
            if line.strip():
                entries.append(_entry(line, JOURNAL, f"line {number}"))
    table = folder / TABLE
    now = sha256(read_bytes(table)) if table.exists() else ""
    ended: dict[int, str] = {}
    for entry in reversed(entries):  # an undo that was itself taken back ends nothing
        if entry.undoes is not None and entry.number not in ended:
            ended.setdefault(entry.undoes, entry.action)
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
        raise InputError(Problem(problem.file, problem.expected) for problem in error.problems) from None


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
    listed = {statement.id for statement in dossier.statements}
    entries: list[Decision] = []
    numbers: dict[int, int] = {}
    for entry in journal.entries:
        kept = tuple(change for change in entry.changes if change.id in listed and _was_shown(change, dossier))
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
        frozenset(numbers[number] for number in of if number in numbers) for of in (journal.undone, journal.skipped)
    )
    return Journal(tuple(entries), False, undone, skipped)


def _was_shown(change: Edited, dossier: Dossier) -> bool:
    """Tell whether a statement was below the limit before and after a change, by itself and by its source."""
    limit = marking_rank(dossier.max_marking or MARKINGS[-1])
    return all(
        marking_rank(cells.get("marking") or MARKINGS[0]) <= limit
        and cells.get("source", "") in {"", *dossier.sources}
        and cells.get("concept", "") in {"", *(concept.id for concept in dossier.concepts)}
        for cells in (change.before, change.after)
    )


def commit(folder: Path, entry: Decision, before: bytes, after: bytes) -> Decision:
    """Make a decision: it counts, and may be told, once its line of the journal is on the disk.

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
        When the table was changed while this command was at work, would not read back as a table, or a file cannot be
        written; no decision was made then.
    """
    journal = read_journal(folder)
    table = folder / TABLE
    if table.exists() and read_bytes(table) != before:
        raise refuse(TABLE, "was changed by somebody else at this moment; nothing was written: run the command again")
    number = journal.entries[-1].number + 1 if journal.entries else 1
    entry = dataclasses.replace(entry, number=number, sha256_before=sha256(before), sha256_after=sha256(after))
    if after != before:
        write_atomically(folder / NEXT, after, like=table)
        _read_back(folder / NEXT)
    _append(folder, entry)
    if after != before:
        _put(folder)
    return entry


def recover(folder: Path) -> str:
    """Finish or undo a decision that a crash cut short, and say so.

    Returns
    -------
    str
        What was done in words, empty where nothing was; standard error says it as well.

    Raises
    ------
    InputError
        When the journal is damaged.
    """
    if not _cut_short(folder):
        return ""
    with writing(folder):  # what looked cut short may have been at work
        told = [_finished(folder)] if (folder / NEXT).exists() else []
        if (folder / JOURNAL).exists() and (torn := _split(folder / JOURNAL)[1]):
            path = place_of(folder / JOURNAL)
            os.truncate(path, path.stat().st_size - torn)
            told.append("the journal's last line was cut short while it was written; that decision was not made")
    for message in filter(None, told):
        say(message)
    return "; ".join(filter(None, told))


def _cut_short(folder: Path) -> bool:
    return (folder / NEXT).exists() or ((folder / JOURNAL).exists() and _split(folder / JOURNAL)[1] > 0)


def _finished(folder: Path) -> str:
    """Put the table in its place that a decision was to give, where the journal has that decision; else undo it."""
    entries = read_journal(folder).entries
    last = entries[-1] if entries else None
    after = read_bytes(folder / NEXT)
    if last is None or last.sha256_after != sha256(after):
        (folder / NEXT).unlink()
        return "a decision was cut short before the journal had it; it was not made, and the table is as it was"
    table = folder / TABLE
    now = sha256(read_bytes(table)) if table.exists() else last.sha256_before
    if now == last.sha256_before:
        _put(folder)
        return _late(last)
    if now == last.sha256_after:
        (folder / NEXT).unlink()
        return ""
    return _merged(folder, last)


def _merged(folder: Path, entry: Decision) -> str:
    """Bring a decision into a table that somebody saved since the crash; whatever cell they changed stays theirs."""
    sheet, wanted = read_sheet(folder / TABLE, name=TABLE), read_sheet(folder / NEXT, name=TABLE)
    rows, there = rows_by_id(sheet), rows_by_id(wanted)
    cells: dict[tuple[int, str], str] = {}
    theirs = []
    new = _new_rows(folder, entry)
    for change in entry.changes:
        for name, value in change.after.items() if change.id in rows else ():
            here = sheet.value(rows[change.id], sheet.headings.index(name)).strip() if name in sheet.headings else ""
            if here == change.before[name].strip():
                cells[rows[change.id], name] = value
            elif here != value:
                theirs.append(f"{change.id}, {name}")
    news = [
        {name: wanted.value(there[change.id], place) for place, name in enumerate(wanted.headings)}
        for change in entry.changes
        if change.id not in rows and change.id in there and change.id in new
    ]
    changed = sheet_of(sheet.with_cells(cells)) if cells else sheet
    write_atomically(folder / TABLE, changed.with_rows(news) if news else changed.data)
    (folder / NEXT).unlink()
    kept = f"; kept as edited since: {'; '.join(theirs)}" if theirs else ""
    return f"{_late(entry)}{kept}"


def _new_rows(folder: Path, entry: Decision) -> frozenset[str]:
    """Return the statements for which a decision put a row into the table, or put it back."""
    if entry.action in {"add", "import"}:
        return frozenset(change.id for change in entry.changes)
    undone = None if entry.undoes is None else read_journal(folder).entry(entry.undoes)
    return frozenset(change.id for change in undone.changes if change.removed) if undone else frozenset()


def _late(entry: Decision) -> str:
    return f"entry {entry.number} ({entry.action}) was cut short before the table was written; the table has it now"


def _put(folder: Path) -> None:
    """Let the new table take the place of the old one, where a link leads to it as well."""
    place = place_of(folder / TABLE)
    try:
        (folder / NEXT).replace(place)
        sync_folder(place.parent)
    except OSError:  # on another disk, or open in a program that locks it
        write_atomically(place, read_bytes(folder / NEXT))
        (folder / NEXT).unlink()


def _read_back(path: Path) -> None:
    """Refuse a table that would not be read again; nothing has been decided yet."""
    try:
        rows = read_table(path, Statement, name=TABLE)
        if not rows and read_sheet(path, name=TABLE).rows[1:]:
            raise refuse(TABLE, "would lose rows when it is read back; nothing was written")
    except InputError:
        path.unlink()
        raise


def _append(folder: Path, entry: Decision) -> None:
    """Add a line to the journal and wait until it is on the disk; where that fails the journal is as it was."""
    path, line = place_of(folder / JOURNAL), _line(entry).encode()
    new = not path.exists()
    mode = stat.S_IMODE((folder / TABLE).stat().st_mode) if (folder / TABLE).exists() else 0o666
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), mode)
        try:
            size = os.fstat(handle).st_size
            try:
                if size and _last_byte(path) != b"\n":
                    line = b"\n" + line
                if os.write(handle, line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
    except OSError as error:
        (folder / NEXT).unlink(missing_ok=True)
        raise refuse(JOURNAL, f"cannot be written: {error.strerror or error}; no decision was made") from None
    if new:
        sync_folder(path.parent)


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read()


def _split(path: Path) -> tuple[list[str], int]:
    """Return the journal's lines, and how many bytes at its end a crash in the middle of writing left."""
    data = read_bytes(path, name=JOURNAL)
    last = data.rpartition(b"\n")[2]
    torn = len(last) if _torn(last) else 0
    try:
        text = data[: len(data) - torn].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"line {data[: error.start].count(10) + 1}"
        raise refuse(JOURNAL, "expected text in UTF-8; restore the file from a copy", where=where) from None
    return text.replace("\r\n", "\n").split("\n"), torn


def _torn(last: bytes) -> bool:
    """Tell whether a last line without its end is the beginning of an entry, or blank space never filled."""
    if not last.strip(b"\0"):
        return bool(last)
    begun = b'{"number"'
    if not last.startswith(begun[: len(last)]):
        return False  # something else, which is refused as a line that is no entry
    try:
        return loaded(last.decode()) is None
    except UnicodeDecodeError:
        return True


def _line(entry: Decision) -> str:
    record: dict[str, Any] = dataclasses.asdict(entry) | {"on": entry.on.isoformat() if entry.on else None}
    return json.dumps(record, ensure_ascii=False) + "\n"


def _entry(line: str, file: str, where: str) -> Decision:
    try:
        record = loaded(line) or {}
        changes = tuple(
            Edited(str(change["id"]), dict(change["before"]), dict(change["after"]), tuple(change["quoted"]))
            for change in record["changes"]
        )
        on = parse_day(record["on"]) if record.get("on") else None
        return Decision(**{**record, "changes": changes, "on": on})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise refuse(
            file, "an entry as Foedus wrote it; restore the file from a copy, or move it away to start a new one",
            where=where, value=line.strip(),
        ) from None  # fmt: skip
