"""Where everybody stands, what that rests on, and setting it by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from foedus.base.errors import FoedusError
from foedus.cases.case import case_of
from foedus.cases.choices import choosing
from foedus.dossiers import Dossier
from foedus.dossiers.changes import supposition
from foedus.dossiers.setting import approve_by_hand, clear_by_hand, set_by_hand
from foedus.dossiers.stands import BY_HAND
from foedus.explain.position import approvals, standing
from foedus.reports.content import placed_in_words
from foedus.workbench.bench import Bench
from foedus.workbench.forecasts import past_told
from foedus.workbench.page import Answer, Asked, Elsewhere, Page, day_asked, needed, one

_SET = ("position", "salience")


def listed(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show everybody on the line, or whom everybody approves of where the options have no order."""
    dossier = bench.dossier(case)
    if not dossier.issue(one(asked, "issue") or None).ordered:
        return _approvals_listed(dossier, asked, case)
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


def _approvals_listed(dossier: Dossier, asked: Asked, case: str) -> Answer:
    made = choosing(dossier, one(asked, "issue") or None, day_asked(asked), None)
    rows = []
    for member in made.table.members:
        stands = [each.member(member.actor).stand for each in made.cases.values()]
        rows.append(
            {
                "actor": member.actor,
                "name": member.name,
                "seated": member.seated,
                "spoke": made.spoke(member.actor),
                "approvals": [f"{stand.private.mode:.0f}" for stand in stands],
                "basis": "; ".join(dict.fromkeys(stand.basis for stand in stands)),
            }
        )
    values = {
        "title": "Positions",
        "case": case,
        "dossier": dossier,
        "issue": dossier.issue(made.issue.id),
        "labels": made.labels,
        "rows": sorted(rows, key=lambda row: (not row["spoke"], row["name"])),
        "past": past_told(dossier, made.issue.id, day_asked(asked)),
        "as_of": day_asked(asked),
    }
    return Page("approvals.html", values)


def _approvals_shown(dossier: Dossier, asked: Asked, case: str, actor: str) -> Answer:
    found = approvals(dossier, actor, one(asked, "issue") or None, day_asked(asked))
    values: dict[str, Any] = {
        "title": found.first.member.name,
        "case": case,
        "dossier": dossier,
        "issue": dossier.issue(found.choosing.issue.id),
        "member": found.first.member,
        "options": found.options,
        "as_of": day_asked(asked),
    }
    return Page("approval.html", values)


def shown(bench: Bench, asked: Asked, case: str, actor: str) -> Answer:
    """Show what one position rests on, superseded words and all, and a form to set it."""
    dossier = bench.dossier(case)
    if not dossier.issue(one(asked, "issue") or None).ordered:
        return _approvals_shown(dossier, asked, case, actor)
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
        "by_hand": found.member.stand.basis == BY_HAND,
    }
    return Page("position.html", values)


def set_one(bench: Bench, asked: Asked, case: str, actor: str) -> Answer:
    """Set what somebody wants, and how much, by hand; or take back what is set."""
    folder, dossier = bench.folder(case), bench.dossier(case)
    if not dossier.issue(one(asked, "issue") or None).ordered:
        return _approval_set(folder, dossier, asked, case, actor)
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


def _approval_set(folder: Path, dossier: Dossier, asked: Asked, case: str, actor: str) -> Answer:
    """Set how much an actor approves of one option; or take back what is set for it."""
    found = approvals(dossier, actor, one(asked, "issue") or None, day_asked(asked))
    who, issue = found.first.member.actor, found.choosing.issue.id
    label = needed(asked, "option", "the option")
    if one(asked, "clear"):
        approve_by_hand(folder, who, issue, label, None, "")
    else:
        note = needed(asked, "note", "a note that says what the value rests on")
        value = needed(asked, "approval", "an approval from 0 to 100")
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            raise FoedusError(f"{value!r}: expected an approval from 0 to 100") from None
        approve_by_hand(folder, who, issue, label, number, note)
    return Elsewhere(f"/c/{case}/positions/{who}?issue={issue}&as_of={one(asked, 'as_of')}")
