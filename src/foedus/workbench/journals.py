"""What changed when, and taking it back: the latest entry, or any other on which no later one rests."""

from __future__ import annotations

from foedus.base.errors import FoedusError
from foedus.coding.deciding import Who, undo
from foedus.coding.decisions import SKIP, Decision, Journal
from foedus.coding.journal import journal_of
from foedus.dossiers import Dossier
from foedus.workbench.bench import Bench
from foedus.workbench.page import Answer, Asked, Elsewhere, Json, Page, one

_FEW = 300


def listed(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show the journal, the latest decision first."""
    del asked
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
            "changes": [
                {
                    "id": change.id,
                    "who": dossier.world.name(by_id[change.id].actor) if change.id in by_id else "",
                    "cells": [
                        (name, change.before.get(name, ""), after)
                        for name, after in change.after.items()
                        if change.before.get(name, "") != after
                    ][:6],
                }
                for change in entry.changes[:8]
            ],
            "more": max(0, len(entry.changes) - 8),
        }
        for entry in reversed(journal.entries[-_FEW:])
    ]
    values = {
        "title": "Journal",
        "case": case,
        "dossier": dossier,
        "rows": rows,
        "edited_elsewhere": journal.edited_elsewhere,
        "redo": None if redo is None else redo.number,
    }
    return Page("journal.html", values)


def _may(journal: Journal, entry: Decision) -> bool:
    """Tell whether an entry is one to take back by itself: a decision that stands, and no undo or skip."""
    return entry.undoes is None and entry.number not in journal.undone | journal.skipped and entry.action != SKIP


def undone(bench: Bench, asked: Asked, case: str) -> Answer:
    """Take back an entry: the latest decision that stands, the one of a number, or, to redo, the latest undo."""
    folder, number = bench.folder(case), one(asked, "number")
    try:
        decision = undo(folder, Who(by=bench.by), number=_number(journal_of(bench.dossier(case)), number))
    except FoedusError as error:
        if one(asked, "script"):
            return Json({"done": False, "words": str(error)}, 422)
        raise
    if one(asked, "script"):
        dossier = bench.dossier(case)
        words = _taken_back(dossier, journal_of(dossier), decision)
        return Json({"done": True, "number": decision.number, "undoes": decision.undoes, "words": words})
    return Elsewhere(f"/c/{case}/journal")


def _number(journal: Journal, wanted: str) -> int | None:
    """Return the entry that is asked for; None for the latest that stands."""
    if wanted == "redo":
        if journal.last_to_redo is None:
            raise FoedusError("there is nothing to do again")
        return journal.last_to_redo.number
    if wanted and not (wanted.isascii() and wanted.isdigit()):
        raise FoedusError(f"{wanted!r}: expected the number of an entry")
    return int(wanted) if wanted else None


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
