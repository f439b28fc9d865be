"""Diplomatic acts in words: what was asked, who is to be won over together, what else could be tried."""

from __future__ import annotations

import math
from collections.abc import Sequence

from foedus.base.days import on_day
from foedus.base.wording import and_, percent
from foedus.cases import Case
from foedus.explain.acts import ABSTAIN, ANOTHER, CONDITION, IDEAS, LATER, LESS, TOGETHER, Act
from foedus.explain.levers import Lever
from foedus.explain.paths import OPTION, REWORDED, Value
from foedus.forecasts import Forecast
from foedus.reports.judgement import place_in_words
from foedus.reports.numbers import Number, share
from foedus.reports.sections import Block, Cell, Hint, Part, Section, cell, muted, table, text

_NAMED = 12
"""How many of those who are to be won over together are named; the rest are counted."""


def acts_section(case: Case, want: str, listed_acts: Sequence[Act]) -> Section | None:
    """Return what diplomacy could do for an option: stated conditions first; None where there is nothing."""
    if not listed_acts:
        return None
    sources = {said.id: said for said in case.dossier.statements}
    rows: list[list[Part | Cell]] = []
    for act in listed_acts:
        if act.kind == CONDITION:
            statement = sources[act.statement]
            source = case.dossier.sources[statement.source]
            who = case.member(act.actors[0]).name
            below = f"asked {on_day(statement.said_on)}; {source.title}, {statement.passage}"
            rows.append(
                [
                    cell(
                        f"Grant what {who} asks for: {act.words}", below=("; ".join((below, *_falls_short(case, act))),)
                    ),
                    *_chances(act),
                ]
            )
        elif act.kind == ABSTAIN:
            who = case.member(act.actors[0]).name
            why = "the votes in favour are enough, and under this rule an abstention stops nothing"
            rows.append(
                [cell(f"Have {who} abstain", below=("; ".join((why, *_falls_short(case, act))),)), *_chances(act)]
            )
    rows += _together(case, listed_acts)
    blocks: list[Block] = []
    if rows:
        blocks.append(table(("act", "chance now", "chance after"), rows, (1, 2), (9, 2, 2)))
        blocks.append(
            muted(
                "The chance after assumes that the member then wants it, says so and withdraws any threat. "
                "No model here says whether the act would bring that about."
            )
        )
    ideas = [_idea(case, act) for act in listed_acts if act.probability_after is None and act.kind != LESS]
    if ideas:
        blocks.append(text(f"{'Other ideas' if rows else 'Ideas'}, not quantified: {'; '.join(ideas)}."))
    if any(act.kind == LESS for act in listed_acts):
        told = f"The dossier has no step between {case.issue.status_quo!r} and {want!r} that could be weighed"
        blocks.append(muted("{}{}.", told, Hint("; 'foedus option' adds one")))
    return Section("acts", f"What could be done to get {want!r}", tuple(blocks), 3)


def nobody_in_the_way(want: str, listed_acts: Sequence[Act]) -> Section | None:
    """Return that nobody stands in the way of an option without an order; None where somebody does."""
    if not all(act.kind in IDEAS for act in listed_acts):
        return None
    nobody = f"Nobody who has spoken objects to {want!r}, and nobody has named a condition."
    return Section("nobody", "", (text(nobody),))


def _together(case: Case, listed_acts: Sequence[Act]) -> list[list[Part | Cell]]:
    """Return a row for each set to be won over; single members who do equally much are told in one row."""
    told: dict[tuple[object, ...], list[Act]] = {}
    for act in listed_acts:
        if act.kind == TOGETHER and _shows(act):
            alike = str(share(act.probability_after or 0.0)) if len(act.actors) == 1 else act.actors
            told.setdefault((alike, act.instead), []).append(act)
    rows: list[list[Part | Cell]] = []
    for same in told.values():
        names = [case.member(actor).name for act in same for actor in act.actors]
        who = names[0] if len(names) == 1 else f"any one of {and_(names)}" if len(same) > 1 else and_(names)
        if same[0].words:
            who = same[0].words
        elif len(same) == 1 and len(names) > _NAMED:
            who = f"{len(names)} members: {and_([*names[:_NAMED], f'{len(names) - _NAMED} more'])}"
        below = ("as the others are expected to split",) if same[0].words else _falls_short(case, same[0])
        rows.append([cell(f"Win over {who}", below=below), *_chances(same[0])])
    return rows


def _shows(act: Act) -> bool:
    """Tell whether what an act does shows in whole per cent."""
    before, after = act.probability_before or 0.0, act.probability_after or 0.0
    return act.reached or str(share(before)) != str(share(after))


def _falls_short(case: Case, act: Act) -> tuple[str, ...]:
    """Return what comes in place of the option where an act does not suffice, and who is then in its way."""
    if not act.instead or act.probability_instead is None:
        return ()
    told = f"not enough: most of the rest goes to {act.instead!r} ({percent(act.probability_instead)})"
    names = [case.member(actor).name for actor in act.against_then]
    return (f"{told}; most frequent objectors then: {and_(names)}" if names else told,)


def _chances(act: Act) -> tuple[Part, Part]:
    """Return the chance of what is wanted before and after an act; blank where no model has an input for it."""
    if act.probability_before is None or act.probability_after is None:
        return "", ""
    return share(act.probability_before), share(act.probability_after)


def _idea(case: Case, act: Act) -> str:
    if act.kind == ANOTHER:
        return f"what {case.member(act.actors[0]).name} asks for is another option, {act.words!r}"
    if act.kind == LATER:
        return f"leave it to {act.words}"
    procedure, opens, rule = act.words.partition(" (")
    return f"ask whether the law allows a decision by {procedure.replace('-', ' ')}{opens}{rule}"


def lever_in_words(forecast: Forecast, lever: Lever) -> tuple[Part, ...]:
    """Return a lever as the act that it stands for, with where the input is and where it would have to be."""
    if lever.actor is None:
        return _without_actor(forecast.case, lever)
    name = forecast.case.member(lever.actor).name
    if lever.input == "commitment":
        return (f"Release {name} from its public commitment",)
    if lever.input == "side payment":
        worth = f"worth {_paid(lever.end)} all that could be at stake for it"
        return (f"Offer {name} a side payment in its own terms, {worth}",)
    raised = isinstance(lever.end, int | float) and isinstance(lever.start, int | float) and lever.end > lever.start
    act = {
        "position": f"Win {name} over: its position",
        "salience": f"Have {name} {'make it a priority' if raised else 'care less'}: how much it cares",
        "red line": f"Move {name}'s red line",
        "pressure": f"Press {name} {'harder' if raised else 'less'}: peer pressure on it",
    }[lever.input]
    return (f"{act} from ", _value(lever.start), " to ", _value(lever.end))


_TENTHS = (
    "hardly any of", "a tenth of", "a fifth of", "three tenths of", "two fifths of", "half of", "three fifths of",
    "seven tenths of", "four fifths of", "nine tenths of", "as much as",
)  # fmt: skip


def _paid(value: Value) -> str:
    """Return a share of all that could be at stake as one says it, up to the next tenth."""
    return _TENTHS[math.ceil(10 * float(value or 0.0) - 1e-9)]


def _without_actor(case: Case, lever: Lever) -> tuple[Part, ...]:
    if lever.input == OPTION:
        return (f"Settle for {lever.end}",)
    if lever.input in REWORDED:
        moved = "Narrow it" if lever.input == REWORDED[0] else "Table a narrower text beside it"
        where = place_in_words(case.issue, float(lever.end)) if isinstance(lever.end, int | float) else str(lever.end)
        return (f"{moved}, as an option with a name of its own, {where}",)
    names = {"kappa": "If peer pressure were", "tau": "If pressure set in at a share of"}
    return (
        f"{names.get(lever.input, lever.input)} ",
        _value(lever.end),
        " instead of ",
        _value(lever.start),
        " (an assumption, not an act)",
    )


def _value(value: Value) -> Part:
    return "none" if value is None else value if isinstance(value, str) else Number(value, "place")
