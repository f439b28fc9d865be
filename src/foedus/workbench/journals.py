"""What changed when, and taking it back."""

from __future__ import annotations

from foedus.coding.deciding import Who, undo
from foedus.coding.journal import journal_of
from foedus.workbench.bench import Bench
from foedus.workbench.page import Answer, Asked, Elsewhere, Json, Page, one

_FEW = 300


def listed(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show the journal, the latest decision first."""
    del asked
    dossier = bench.dossier(case)
    journal = journal_of(dossier)
    last = journal.last_to_undo
    by_id = {each.id: each for each in dossier.statements}
    rows = [
        {
            "number": entry.number,
            "action": entry.action,
            "by": entry.by,
            "on": entry.on,
            "why": entry.why,
            "undone": entry.number in journal.undone,
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
        "last": None if last is None else last.number,
    }
    return Page("journal.html", values)


def undone(bench: Bench, asked: Asked, case: str) -> Answer:
    """Take back the latest decision that stands."""
    decision = undo(bench.folder(case), Who(by=bench.by))
    if one(asked, "script"):
        return Json({"done": True, "number": decision.number, "undoes": decision.undoes})
    return Elsewhere(f"/c/{case}/journal")
