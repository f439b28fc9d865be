"""Where everybody stands, what that rests on, and setting it by hand."""

from __future__ import annotations

from typing import Any

from foedus.base.errors import FoedusError
from foedus.cases.case import case_of
from foedus.dossiers.changes import supposition
from foedus.dossiers.setting import clear_by_hand, set_by_hand
from foedus.explain.position import standing
from foedus.reports.content import placed_in_words
from foedus.workbench.bench import Bench
from foedus.workbench.forecasts import past_told
from foedus.workbench.page import Answer, Asked, Elsewhere, Page, day_asked, needed, one

_SET = ("position", "salience")


def listed(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show everybody on the line."""
    dossier = bench.dossier(case)
    made = case_of(dossier, one(asked, "issue") or None, day_asked(asked), None)
    scale = made.issue.scale

    def share(place: float) -> float:
        return (place - scale.low) / scale.length

    rows = [
        {
            "actor": member.actor,
            "name": member.name,
            "seated": member.seated,
            "basis": member.stand.basis,
            "mode": f"{member.stand.private.mode:.0f}",
            "low": share(member.stand.private.low),
            "high": share(member.stand.private.high),
            "at": share(member.stand.private.mode),
            "salience": f"{member.stand.salience.mode:.2f}",
            "committed": member.stand.committed,
            "words": len(member.stand.contributions),
        }
        for member in sorted(made.members, key=lambda member: (member.stand.private.mode, member.name))
    ]
    values = {
        "title": "Positions",
        "case": case,
        "dossier": dossier,
        "issue": made.issue,
        "rows": rows,
        "past": past_told(dossier, made.issue.id, day_asked(asked)),
        "as_of": day_asked(asked),
    }
    return Page("positions.html", values)


def shown(bench: Bench, asked: Asked, case: str, actor: str) -> Answer:
    """Show what one position rests on, superseded words and all, and a form to set it."""
    dossier = bench.dossier(case)
    found = standing(dossier, actor, one(asked, "issue") or None, day_asked(asked))
    values: dict[str, Any] = {
        "title": found.member.name,
        "case": case,
        "dossier": dossier,
        "issue": found.case.issue,
        "member": found.member,
        "nearest": found.nearest,
        "as_of": day_asked(asked),
        "statements": found.statements,
        "placed": placed_in_words(found.case, found.member),
    }
    return Page("position.html", values)


def set_one(bench: Bench, asked: Asked, case: str, actor: str) -> Answer:
    """Set what somebody wants, and how much, by hand; or take back what is set."""
    folder, dossier = bench.folder(case), bench.dossier(case)
    found = standing(dossier, actor, one(asked, "issue") or None, day_asked(asked))
    who, issue = found.member.actor, found.case.issue.id
    if one(asked, "clear"):
        clear_by_hand(folder, who, issue)
        return Elsewhere(f"/c/{case}/positions/{who}?issue={issue}&as_of={one(asked, 'as_of')}")
    note = needed(asked, "note", "a note that says what the value rests on")
    given = [(name, one(asked, name)) for name in _SET if one(asked, name)]
    if not given:
        raise FoedusError("nothing to set: give a position or a salience")
    for name, value in given:
        set_by_hand(folder, supposition(dossier, f"{who}.{issue}.{name}={value}"), note)
    return Elsewhere(f"/c/{case}/positions/{who}?issue={issue}&as_of={one(asked, 'as_of')}")
