"""Diplomatic acts in words: what was asked, who is to be won over together, what else could be tried."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.cases import Case
from foedus.dossiers.said import in_a_line
from foedus.explain.acts import ABSTAIN, ANOTHER, CONDITION, LATER, TOGETHER, Act
from foedus.explain.levers import Lever
from foedus.explain.paths import OPTION, REWORDED, Value
from foedus.forecasts import Forecast
from foedus.reports.numbers import Number, share
from foedus.reports.sections import Block, Cell, Part, Section, cell, muted, table, text


def acts_section(case: Case, want: str, found: Sequence[Act]) -> Section | None:
    """Return what diplomacy could do for an option: stated conditions first; None where there is nothing."""
    if not found:
        return None
    sources = {one.id: one for one in case.dossier.statements}
    rows: list[list[Part | Cell]] = []
    for one in found:
        if one.kind == CONDITION:
            statement = sources[one.statement]
            source = case.dossier.sources[statement.source]
            who = case.member(one.actors[0]).name
            below = f"asked on {statement.said_on}; {source.title}, {statement.passage}"
            rows.append([cell(f"Meet what {who} asks: {one.words}", below=(below,)), _after(one)])
        elif one.kind == ABSTAIN:
            who = case.member(one.actors[0]).name
            why = "the votes in favour are enough, and under this rule an abstention stops nothing"
            rows.append([cell(f"Have {who} abstain", below=(why,)), _after(one)])
        elif one.kind == TOGETHER:
            names = tuple(case.member(actor).name for actor in one.actors)
            rows.append([in_a_line(names, "").removesuffix(": ").join(("Win over ", "")), _after(one)])
    blocks: list[Block] = []
    if rows:
        blocks.append(table((f"to get {want}", "chance, now and then"), rows, (1,), (9, 3)))
        blocks.append(
            muted(
                "The second number holds if whoever is asked then wants it, says so, and takes back any threat. "
                "Whether the act does that, no model here tells."
            )
        )
    ideas = [_idea(case, one) for one in found if one.probability_after is None]
    if ideas:
        blocks.append(text(f"Ideas without a number: {'; '.join(ideas)}."))
    return Section("acts", "What could be done", tuple(blocks), 3)


def _after(one: Act) -> Cell:
    if one.probability_before is None or one.probability_after is None:
        return cell("")
    return cell(share(one.probability_before), " to ", share(one.probability_after))


def _idea(case: Case, one: Act) -> str:
    if one.kind == ANOTHER:
        return f"what {case.member(one.actors[0]).name} asks for is another option, {one.words!r}"
    if one.kind == LATER:
        return f"leave it to {one.words}"
    return f"ask whether the law lets it be decided by {one.words}"


def lever_in_words(forecast: Forecast, one: Lever) -> tuple[Part, ...]:
    """Return a lever as the act that it stands for, with where the input is and where it would have to be."""
    if one.actor is None:
        return _without_actor(one)
    name = forecast.case.member(one.actor).name
    if one.input == "commitment":
        return (f"Release {name} from its public words",)
    if one.input == "side payment":
        return (f"Offer {name} a side payment in its own terms, worth ", _value(one.end), " of the strongest interest")
    raised = isinstance(one.end, int | float) and isinstance(one.start, int | float) and one.end > one.start
    act = {
        "position": f"Win {name} over: its position",
        "salience": f"Have {name} {'make it a priority' if raised else 'care less'}: how much it cares",
        "red line": f"Move {name}'s red line",
        "pressure": f"Press {name} {'harder' if raised else 'less'}: peer pressure on it",
    }[one.input]
    return (f"{act} from ", _value(one.start), " to ", _value(one.end))


def _without_actor(one: Lever) -> tuple[Part, ...]:
    if one.input == OPTION:
        return (f"Settle for {one.end}",)
    if one.input in REWORDED:
        moved = "Narrow it" if one.input == REWORDED[0] else "Table a narrower text beside it"
        return (f"{moved}, as an option with a name of its own, at ", _value(one.end))
    names = {"kappa": "If peer pressure were", "tau": "If pressure set in at a share of"}
    return (
        f"{names.get(one.input, one.input)} ",
        _value(one.end),
        " and not ",
        _value(one.start),
        " (an assumption, no act)",
    )


def _value(value: Value) -> Part:
    return "none" if value is None else value if isinstance(value, str) else Number(value, "place")
