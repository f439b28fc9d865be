"""Where everybody stands, what that rests on, and setting it by hand."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from foedus.base.errors import FoedusError
from foedus.base.wording import short_number
from foedus.cases.case import case_of
from foedus.cases.choices import choosing
from foedus.dossiers import Dossier
from foedus.dossiers.changes import supposition
from foedus.dossiers.setting import approve_by_hand, clear_by_hand, set_by_hand
from foedus.dossiers.stands import BY_HAND
from foedus.dossiers.undoing import undo_by_hand
from foedus.explain.position import approvals, standing
from foedus.reports.content import placed_in_words
from foedus.workbench.bench import Bench
from foedus.workbench.forecasts import past_told
from foedus.workbench.page import Answer, Asked, Elsewhere, Page, day_asked, needed, one

_SET = ("position", "salience", "red_line")
_FIELDS = (*_SET, "option", "approval", "note", "clear")
"""Fields of the forms that set something."""


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
            "mode": short_number(member.stand.private.mode),
            "low": share(member.stand.private.low),
            "high": share(member.stand.private.high),
            "at": share(member.stand.private.mode),
            "salience": short_number(member.stand.salience.mode),
            "committed": member.stand.committed,
            "red_line": None if member.stand.red_line is None else share(member.stand.red_line),
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
                "approvals": [short_number(stand.private.mode) for stand in stands],
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
    held = approvals(dossier, actor, one(asked, "issue") or None, day_asked(asked))
    values: dict[str, Any] = {
        "title": held.first.member.name,
        "case": case,
        "dossier": dossier,
        "issue": dossier.issue(held.choosing.issue.id),
        "seen": set_so_far(dossier, held.first.member.actor, held.choosing.issue.id),
        "member": held.first.member,
        "options": held.options,
        "as_of": day_asked(asked),
    }
    return Page("approval.html", values)


def shown(bench: Bench, asked: Asked, case: str, actor: str) -> Answer:
    """Show what one position rests on, superseded words and all, and a form to set it."""
    dossier = bench.dossier(case)
    if not dossier.issue(one(asked, "issue") or None).ordered:
        return _approvals_shown(dossier, asked, case, actor)
    held = standing(dossier, actor, one(asked, "issue") or None, day_asked(asked))
    values: dict[str, Any] = {
        "title": held.member.name,
        "case": case,
        "dossier": dossier,
        "issue": held.case.issue,
        "member": held.member,
        "nearest": held.nearest,
        "wanted": one(asked, "position"),
        "as_of": day_asked(asked),
        "statements": held.statements,
        "placed": placed_in_words(held.case, held.member),
        "by_hand": held.member.stand.basis == BY_HAND,
        "seen": set_so_far(dossier, held.member.actor, held.case.issue.id),
    }
    return Page("position.html", values)


def set_one(bench: Bench, asked: Asked, case: str, actor: str) -> Answer:
    """Set what somebody wants, or take back what is set, if what is set still stands as the page had it."""
    folder = bench.folder(case)
    if one(asked, "undo"):
        with bench.changing(case, "undo"):
            undo_by_hand(folder, bench.by)
        return Elsewhere(f"/c/{case}/positions/{actor}?issue={one(asked, 'issue')}&as_of={one(asked, 'as_of')}")
    with bench.changing(case, "set by hand"):  # nobody changes it between the look and the writing
        return _set_one(bench, folder, asked, case, actor)


def _set_one(bench: Bench, folder: Path, asked: Asked, case: str, actor: str) -> Answer:
    dossier = bench.dossier(case)
    if (both := _changed_since(dossier, asked, case, actor)) is not None:
        return both
    if not dossier.issue(one(asked, "issue") or None).ordered:
        return _approval_set(folder, dossier, asked, case, actor)
    held = standing(dossier, actor, one(asked, "issue") or None, day_asked(asked))
    who, issue = held.member.actor, held.case.issue.id
    if one(asked, "clear"):
        clear_by_hand(folder, who, issue)
        return Elsewhere(f"/c/{case}/positions/{who}?issue={issue}&as_of={one(asked, 'as_of')}")
    note = needed(asked, "note", "a note that says what the value rests on")
    given = [(name, one(asked, name)) for name in _SET if one(asked, name)]
    if not given:
        raise FoedusError("nothing to set: give a position, a salience or a red line")
    for name, value in given:
        set_by_hand(folder, supposition(dossier, f"{who}.{issue}.{name}={value}"), note)
    return Elsewhere(f"/c/{case}/positions/{who}?issue={issue}&as_of={one(asked, 'as_of')}")


def set_so_far(dossier: Dossier, actor: str, issue: str) -> str:
    """Return in words all that is set by hand for an actor on an issue; a form carries it as what its writer saw."""
    entered = [each for each in dossier.stakeholders if (each.actor, each.issue) == (actor, issue)]
    told = [", ".join(_cells(each, ("actor", "issue"))) for each in entered if _cells(each, _ALWAYS)]
    preferences = [each for each in dossier.preferences if (each.actor, each.issue) == (actor, issue)]
    told += [", ".join(_cells(each, ("actor", "issue"))) for each in preferences]
    return "; ".join(told) or "nothing"


_ALWAYS = ("actor", "issue", "venue", "marking")


def _cells(row: Any, without: tuple[str, ...]) -> list[str]:
    """Return the cells of a row that are not blank, each with its column."""
    cells = ((each.name.replace("_", " "), getattr(row, each.name)) for each in dataclasses.fields(row))
    keys = {name.replace("_", " ") for name in without}
    return [f"{name} {value}" for name, value in cells if name not in keys and value not in (None, "")]


def _changed_since(dossier: Dossier, asked: Asked, case: str, actor: str) -> Answer | None:
    """Return a page that shows both where what is set was changed after the form was loaded; else None."""
    issue = dossier.issue(one(asked, "issue") or None)
    who = dossier.world.find(actor)
    now, seen = set_so_far(dossier, who, issue.id), one(asked, "seen")
    if not seen or seen == now:
        return None
    given = {name: one(asked, name) for name in _FIELDS if one(asked, name)}
    values = {
        "title": dossier.world.name(who),
        "case": case,
        "dossier": dossier,
        "issue": issue,
        "actor": who,
        "seen": seen,
        "now": now,
        "given": given,
        "as_of": day_asked(asked),
    }
    return Page("both.html", values, 409)


def _approval_set(folder: Path, dossier: Dossier, asked: Asked, case: str, actor: str) -> Answer:
    """Set how much an actor approves of one option; or take back what is set for it."""
    held = approvals(dossier, actor, one(asked, "issue") or None, day_asked(asked))
    who, issue = held.first.member.actor, held.choosing.issue.id
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
