"""What changed when in every table, and taking it back: the latest entry, or any other on which no later one rests."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.base.errors import FoedusError
from foedus.base.sheets import sheet_of
from foedus.coding.deciding import Who, undo
from foedus.coding.decisions import ADDED, SKIP, Decision, Edited, Journal
from foedus.coding.journal import journal_of
from foedus.dossiers import Dossier
from foedus.dossiers.table_journal import (
    Altered,
    Entry,
    read_entries,
    reverted,
    standing_entries,
    tables_of,
    take_back,
)
from foedus.evidence import Statement
from foedus.workbench.bench import Bench, today
from foedus.workbench.page import Answer, Asked, Elsewhere, Json, Page, one
from foedus.workbench.queue import seen, waiting

_FEW = 300
_FEW_PIECES = 4
_UNTOLD = ("sha256",)
"""Columns that say nothing to a reader."""
_NEW = ("add", "import", ADDED)
"""What puts a statement into the table: undone, it is rejected, though it never was before."""
_LONG = 160
"""Letters of a line that are shown."""


def listed(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show the journal, the latest decision first."""
    del asked
    bench.notice(case)
    dossier = bench.dossier(case)
    journal = journal_of(dossier)
    redo = journal.last_to_redo
    by_id = {each.id: each for each in dossier.statements}
    rows = [
        {
            "number": entry.number,
            "action": entry.action,
            "by": entry.by,
            "on": entry.on,
            "why": entry.why,
            "undone": entry.number in journal.undone,
            "may": _may(journal, entry),
            "later": [each.number for each in journal.later(entry)],
            "undoes": entry.undoes,
            "again": _done_again(journal.entries, entry),
            "changes": [_of_statement(dossier, by_id, entry, change) for change in entry.changes[:8]],
            "more": max(0, len(entry.changes) - 8),
        }
        for entry in reversed(journal.entries[-_FEW:])
    ]
    values = {
        "title": "Journal",
        "case": case,
        "dossier": dossier,
        "rows": rows,
        "untold": case in bench.untold,
        "redo": None if redo is None else redo.number,
        "changes": _of_tables(dossier.folder),
    }
    return Page("journal.html", values)


def _done_again(entries: Sequence[Decision | Entry], entry: Decision | Entry) -> int | None:
    """Return the entry that an undo of an undo does again; None for every other entry."""
    undoes = {each.number: each.undoes for each in entries}
    return None if entry.undoes is None else undoes.get(entry.undoes)


def _of_statement(dossier: Dossier, by_id: Mapping[str, Statement], entry: Decision, change: Edited) -> dict[str, Any]:
    """Return which statement an entry changed, and its cells before and after."""
    found = by_id.get(change.id)
    actor, concept = (
        (change.before.get("actor", ""), change.before.get("concept", ""))
        if found is None
        else (found.actor, found.concept)
    )
    return {
        "id": change.id,
        "who": dossier.world.name(actor) if actor else "",
        "claim": next((each.text for each in dossier.concepts if each.id == concept), ""),
        "removed": change.removed,
        "cells": [
            (name, "" if entry.action in _NEW else change.before.get(name, ""), after)
            for name, after in change.after.items()
            if change.before.get(name, "") != after
        ][:6],
    }


def _of_tables(folder: Path) -> list[dict[str, Any]]:
    """Return the changes of all other tables, the latest first, each with what changed and what hinders an undo."""
    entries, now = read_entries(folder), tables_of(folder)
    standing = {entry.number for entry in standing_entries(entries)}
    return [
        {
            "number": entry.number,
            "action": entry.action,
            "by": entry.by,
            "on": entry.on,
            "undoes": entry.undoes,
            "again": _done_again(entries, entry),
            "undone": entry.number not in standing,
            "hinders": _hinders(entry, now) if entry.number in standing else "",
            "files": [
                {"file": each.file, "lines": _lines(each, now), "more": max(0, len(each.pieces) - _FEW_PIECES)}
                for each in entry.altered
            ],
        }
        for entry in reversed(entries[-_FEW:])
    ]


def _hinders(entry: Entry, now: Mapping[str, bytes]) -> str:
    """Return why an entry cannot be taken back now; blank where nothing stands in the way."""
    try:
        reverted(entry, now)
    except FoedusError as error:
        return str(error)
    return ""


def _lines(altered: Altered, now: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Return what changed in a file, as it was and as it became: by cell in a table, by line elsewhere."""
    if altered.made or altered.gone:
        return [("", "a new file")] if altered.made else [("a file, taken away", "")]
    heading, sign = _heading(now.get(altered.file, b"")) if altered.file.endswith(".csv") else ([], "")
    changed: list[tuple[str, str]] = []
    for piece in altered.pieces[:_FEW_PIECES]:
        before, after = piece.before.splitlines(), piece.after.splitlines()
        for old, new in itertools.islice(itertools.zip_longest(before, after, fillvalue=""), 4):
            changed.append(_by_cell(heading, sign, old, new) if heading else (shortened(old, new), shortened(new, old)))
    return changed


def _heading(data: bytes) -> tuple[list[str], str]:
    """Return the headings of a table, and what stands between its cells."""
    sheet = sheet_of(data)
    return list(sheet.headings), sheet.delimiter


def _by_cell(heading: list[str], sign: str, old: str, new: str) -> tuple[str, str]:
    """Return the cells in which two rows of a table differ, each with its heading, after what names the row.

    Examples
    --------
    >>> _by_cell(["actor", "issue", "low"], ",", "NOR,office,60", "NOR,office,70")
    ('NOR, office; low 60', 'NOR, office; low 70')
    >>> _by_cell(["actor", "issue", "low"], ",", "", "NOR,office,70")
    ('', 'NOR, office; low 70')
    """
    a, b = ([*next(csv.reader([line], delimiter=sign), [])] for line in (old, new))
    if heading[:1] in (a[:1], b[:1]):  # the headings themselves
        columns = [", ".join(name for name in names if name not in others) for names, others in ((a, b), (b, a))]
        return columns[0] and f"columns {columns[0]}", columns[1] and f"columns {columns[1]}"
    told = []
    for cells, other in ((a, b), (b, a)):
        names = [cell for cell in cells[:2] if cell]
        padded = other + [""] * (len(heading) - len(other))
        rest = [
            f"{name.replace('_', ' ')} {cell or 'blank'}"
            for name, cell, was in zip(heading[2:], cells[2:], padded[2:], strict=False)
            if cell != was and (cell or other) and name not in _UNTOLD
        ]
        words = "; ".join([", ".join(names), ", ".join(rest)] if rest else [", ".join(names)])
        told.append(shortened(words, "") if cells else "")
    return told[0], told[1]


def shortened(line: str, other: str) -> str:
    """Return a line; of a long one the part in which it differs from another.

    Examples
    --------
    >>> shortened("x" * 200 + ", 20", "x" * 200 + ", 60").endswith("xx, 20")
    True
    """
    if len(line) <= _LONG:
        return line
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(line, other, strict=False)))
    start = max(0, same - _LONG // 2)
    return f"{'…' if start else ''}{line[start : start + _LONG]}{'…' if start + _LONG < len(line) else ''}"


def _may(journal: Journal, entry: Decision) -> bool:
    """Tell whether an entry is one to take back by itself: a decision that stands, and no undo or skip."""
    return entry.undoes is None and entry.number not in journal.undone | journal.skipped and entry.action != SKIP


def undone(bench: Bench, asked: Asked, case: str) -> Answer:
    """Take back an entry: the latest decision that stands, the one of a number, or, to redo, the latest undo."""
    folder, number = bench.folder(case), one(asked, "number")
    if changed := one(asked, "change"):
        with bench.changing(case, "undo"):
            take_back(folder, _whole(changed), bench.by, today())
        return Elsewhere(f"/c/{case}/journal#tables")
    try:
        with bench.deciding(case):
            wanted = _number(journal_of(bench.dossier(case)), number)
            decision = undo(folder, Who(by=bench.by, on=today()), number=wanted)
    except FoedusError as error:
        if one(asked, "script"):
            return Json({"done": False, "words": str(error)}, 422)
        raise
    if one(asked, "script"):
        dossier = bench.dossier(case)
        words = _taken_back(dossier, journal_of(dossier), decision)
        ids = {change.id for change in decision.changes}
        shown = [seen(dossier, statement) for statement in dossier.statements if statement.id in ids]
        told = {"done": True, "number": decision.number, "undoes": decision.undoes, "words": words}
        return Json({**told, "statements": shown, "left": waiting(dossier)})
    return Elsewhere(f"/c/{case}/journal")


def _number(journal: Journal, wanted: str) -> int | None:
    """Return the entry that is asked for; None for the latest that stands."""
    if wanted == "redo":
        if journal.last_to_redo is None:
            raise FoedusError("there is nothing to do again")
        return journal.last_to_redo.number
    return _whole(wanted) if wanted else None


def _whole(wanted: str) -> int:
    if not (wanted.isascii() and wanted.isdigit()):
        raise FoedusError(f"{wanted!r}: expected the number of an entry")
    return int(wanted)


def _taken_back(dossier: Dossier, journal: Journal, decision: Decision) -> str:
    """Return in words what an undo took back, or did again."""
    by_id = {each.id: each for each in dossier.statements}
    names = [dossier.world.name(by_id[change.id].actor) for change in decision.changes if change.id in by_id]
    first = None if decision.undoes is None else journal.entry(decision.undoes)
    again = first is not None and first.undoes is not None
    did = journal.entry(first.undoes) if again and first is not None and first.undoes is not None else first
    who = ", ".join(dict.fromkeys(names[:3])) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    what = "" if did is None else f"{did.action}, number {did.number} of the journal, "
    return f"{who}: {what}{'done again' if again else 'taken back'}."
