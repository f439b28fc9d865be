"""Facts and law: who is bound to whom on a day, what an attack engages, who could block; each answer with its trace."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from foedus.base.days import Day, asked_day
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.institutions import Institutions, packaged_institutions
from foedus.institutions.attacks import attacked
from foedus.institutions.body_power import power
from foedus.institutions.law.answer import Attack
from foedus.institutions.law.schema import Means
from foedus.institutions.law.treaties import packaged_law
from foedus.reports.obligations import attack_sections
from foedus.reports.power import power_sections
from foedus.reports.sections import PAGE, Section, muted, table
from foedus.workbench.bench import Bench
from foedus.workbench.page import Answer, Asked, Page, needed, one
from foedus.world import World, packaged_world
from foedus.world.horizon import beyond

_MEANS: tuple[str, ...] = get_args(Means)


def shown(bench: Bench, asked: Asked, case: str = "") -> Answer:
    """Show the questions that may be asked, and the answer to one: by the packaged facts, and a dossier's own."""
    dossier = bench.dossier(case) if case else None
    world = packaged_world() if dossier is None else dossier.world
    question, problem = one(asked, "ask"), ""
    sections: Sequence[Section] = ()
    try:
        sections = _answered(question, asked, world, dossier) if question else ()
    except FoedusError as error:  # the forms keep what was typed
        problem = str(error)
    values: dict[str, Any] = {
        "title": "Facts",
        "case": case,
        "dossier": dossier,
        "asked": {name: [str(each) for each in given] for name, given in asked.items()},
        "question": question,
        "on": one(asked, "on") or dt.date.today().isoformat(),  # noqa: DTZ011 - a day has no zone
        "problem": problem,
        "sections": [replace(each, level=max(2, each.level)) for each in sections if PAGE in each.media],
        "means": _MEANS,
        **_known(),
    }
    return Page("facts.html", values)


@functools.cache
def _known() -> dict[str, Any]:
    """Return the names that the forms offer."""
    world, bodies = packaged_world(), packaged_institutions().bodies.values()
    states = sorted({world.name(id_) for id_, actor in world.actors.items() if actor.kind == "state"})
    return {
        "states": states,
        "places": sorted({each.name for each in world.places.values()} | set(states)),
        "treaties": sorted((world.treaties[each.treaty].title, id_) for id_, each in packaged_law().treaties.items()),
        "bodies": sorted({body.name for body in bodies}),
    }


def _answered(question: str, asked: Asked, world: World, dossier: Dossier | None) -> Sequence[Section]:
    on = needed(asked, "on", "the day")
    day = asked_day(on, "on")
    match question:
        case "bound":
            return bound_sections(world, needed(asked, "actor", "the actor"), day)
        case "attack":
            return _attack(asked, world, day)
        case "power":
            institutions = packaged_institutions() if dossier is None else dossier.institutions
            return _power(asked, world, institutions, day)
    raise FoedusError(f"{question!r}: no such question")


def bound_sections(world: World, name: str, day: Day) -> tuple[Section, ...]:
    """Return by which treaties an actor is bound on a day, with whom, and what each clause obliges to.

    Parameters
    ----------
    world
        The facts.
    name
        Of the actor, in any form.
    day
        The day.

    Raises
    ------
    FoedusError
        When no actor is called so.
    """
    actor = world.find(name, day)
    rows, clauses = [], []
    for row in world.treaties_of(actor, day):
        treaty = world.treaties[row.treaty]
        others = [world.name(each.actor) for each in world.parties(row.treaty, day) if each.actor != actor]
        source = world.sources[row.source].title
        told = f"{source}, {row.locator}" if row.locator else source
        rows.append((treaty.title, str(row.start), ", ".join(others), told if row.verified else f"{told} (not read)"))
        clauses += [
            (treaty.title, each.article, each.obligation, each.summary)
            for each in world.treaty_articles
            if each.treaty == row.treaty
        ]
    title = f"{world.name(actor)} on {day}: party to {len(rows)} of the security treaties known here"
    warning = beyond(day)
    blocks = [] if not rows else [table(("treaty", "since", "with", "known from"), rows, widths=(3, 2, 4, 3))]
    notes = [muted("{}.", warning)] if warning else []
    notes.append(
        muted("Treaties that are not in the tables are not shown, so a blank here does not mean that there is none.")
    )
    owed = table(("treaty", "article", "kind (ATOP)", "in our words"), clauses, widths=(3, 2, 2, 5))
    return (
        Section("bound", title, (*blocks, *notes), 2),
        *([Section("clauses", "What their clauses oblige to", (owed,), 3)] if clauses else []),
    )


def _attack(asked: Asked, world: World, day: Day) -> Sequence[Section]:
    means = one(asked, "means", _MEANS[0])
    if means not in _MEANS:
        raise FoedusError(f"{means!r}: expected one of {', '.join(_MEANS)}")
    attack = Attack(
        place=needed(asked, "place", "the place, or the state"),
        on=day,
        by=one(asked, "by") or None,
        forces_of=one(asked, "forces_of") or None,
        means=means,  # type: ignore[arg-type]
    )
    return attack_sections(attacked(attack, one(asked, "treaty") or None, world=world), why=True)


def _power(asked: Asked, world: World, institutions: Institutions, day: Day) -> Sequence[Section]:
    against = [name for each in one(asked, "against").split(",") if (name := each.strip())]
    voting_power = power(
        needed(asked, "body", "the body"),
        day,
        procedure=one(asked, "procedure") or None,
        vote={"against": against} if against else None,
        world=world,
        institutions=institutions,
    )
    return power_sections(voting_power, why=True)
