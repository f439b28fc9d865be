"""Why a forecast came out so and what would change it, for a report: computed once, then told as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.evidence import MARKINGS
from foedus.explain import (
    EvidenceInfluence,
    Index,
    Lever,
    Scenarios,
    Timeline,
    first_indices,
    influence_of_evidence,
    levers,
    scenarios,
    timeline,
)
from foedus.explain.timeline import Point
from foedus.forecasts import Forecast
from foedus.forecasts.sweeps import SWEEP_DRAWS, Anchor, option_shares, sample, sweep_draws
from foedus.reports.content import short_number
from foedus.reports.judgement import name_of_input, paraphrase_of, percent

Rows = list[dict[str, Any]]

LEVER_DRAWS = 200
"""Draws for the levers of a report: a standard error of at most 3.6 percentage points, quickly."""

LINE_DRAWS = 500
"""Draws for each day of the line through time, and for each statement of a reconstruction, which has more of them."""

SCENARIO_DRAWS = 1_000
INDEX_DRAWS = 4_096

EVIDENCE_CHANGES = ("dropped", "reversed")

_LEVERS = _STATEMENTS = _LEARNING = _INDICES = 6
_NEWS = 3
_LEAST_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a report tells beside the forecast.

    Attributes
    ----------
    levers, mover
        The smallest changes of one known objector, or of the options, and its id; none for a past decision.
    evidence, line, scenarios, indices
        None, or empty, where the model takes too long to be asked so often, or there is nothing to tell.
    """

    levers: tuple[Lever, ...]
    mover: str | None
    evidence: EvidenceInfluence | None
    line: Timeline | None
    scenarios: Scenarios | None
    indices: tuple[Index, ...]


def explain_for_report(forecast: Forecast, *, whole: bool = True) -> Explanation:
    """Return what a report tells beside the forecast, within a second for a model of one stage.

    Parameters
    ----------
    whole
        Whether to ask for evidence, the line through time, scenarios and indices, too; a page beside the main one does
        not.
    """
    standing = [one.actor for one in forecast.known_objectors if one.probability > 0]
    if not forecast.objections:  # under a majority nobody objects: whoever is against and nearest would have to move
        standing = [one for one in forecast.arithmetic.would_move if one in forecast.arithmetic.against]
    mover = standing[0] if standing and not forecast.case.reconstruction else None  # nobody can move what is decided
    moves = () if mover is None else levers(forecast, for_actor=mover, draws=_lever_draws(forecast))
    if not whole or forecast.explainer.card.stage != "settlement":
        return Explanation(moves, mover, None, None, None, ())
    evidence = influence_of_evidence(
        forecast,
        draws=LINE_DRAWS if forecast.case.reconstruction else SWEEP_DRAWS,
        changes=EVIDENCE_CHANGES,
        learning=not forecast.case.reconstruction,  # what is past can no longer be asked about
    )
    return Explanation(
        moves,
        mover,
        evidence if evidence.effects else None,
        _line(forecast),
        scenarios(forecast, SCENARIO_DRAWS) if forecast.case.dossier.settings.scenarios else None,
        first_indices(forecast, INDEX_DRAWS, most=_INDICES),
    )


def _lever_draws(forecast: Forecast) -> int:
    """Return how many draws levers take; fewer where positions move first, which takes a thousand times as long."""
    return min(LEVER_DRAWS, forecast.draws, sweep_draws(forecast.explainer))


def _line(forecast: Forecast) -> Timeline | None:
    """Return the forecast as of each day up to its own; None where nothing became known by then."""
    case, model = forecast.case, forecast.explainer
    if not case.dossier.statements_on(case.issue.id, case.as_of, case.max_marking):
        return None
    return timeline(
        case.dossier,
        case.issue.id,
        case.meeting.name,
        forecast.likeliest.label,
        model,
        LINE_DRAWS,
        forecast.seed,
        case.as_of,
        None if case.max_marking is None else MARKINGS[case.max_marking],
        Anchor.of(
            option_shares(model, sample(case, model, forecast.seed, LINE_DRAWS)),
            [one.probability for one in forecast.options],
        ),
    )


def lever_rows(forecast: Forecast, explained: Explanation) -> dict[str, Any] | None:
    """Return the smallest changes of the likeliest objector, or of the options, that make the proposal likely."""
    if explained.mover is None or not explained.levers:
        return None
    rows = [
        {
            "who": "" if one.actor is None else forecast.case.member(one.actor).name,
            "input": one.input,
            "from": _lever_value(one.start),
            "to": _lever_value(one.end),
            "option": one.option,
            "share": f"{percent(one.probability_before)} to {percent(one.probability_after)}",
            "size": f"{one.size:.2f}",
            "reached": "yes" if one.reached else "no",
        }
        for one in explained.levers[:_LEVERS]
    ]
    draws = _lever_draws(forecast)
    return {"rows": rows, "draws": draws, "error": error_of(draws), "who": forecast.case.member(explained.mover).name}


def _lever_value(value: float | str | None) -> str:
    return "none" if value is None else value if isinstance(value, str) else short_number(value)


def evidence_rows(forecast: Forecast, explained: Explanation) -> dict[str, Any] | None:
    """Return each statement with what its absence and its opposite do, the strongest first, and what to learn."""
    found = explained.evidence
    if found is None:
        return None
    effects = {(one.statement, one.change): one for one in found.effects}
    names = {member.actor: member.name for member in forecast.case.members}
    rows: Rows = []
    for statement in dict.fromkeys(one.statement for one in found.effects):
        dropped, reversed_ = (effects[statement, change] for change in EVIDENCE_CHANGES)
        flips = [one for one in (dropped, reversed_) if one.flips]
        rows.append(
            {
                "id": statement,
                "who": names.get(dropped.actor, forecast.case.dossier.world.name(dropped.actor)),
                "words": paraphrase_of(forecast, statement),
                "dropped": percent(dropped.after),
                "reversed": percent(reversed_.after),
                "flips": _turns({one.change: one.likeliest for one in flips}),
            }
        )
    learning = [one for one in found.learning if one.brier > found.noise]
    usual = found.effects[0].before
    return {
        "option": found.option,
        "usual": percent(usual),
        "verdict": _verdict(rows),
        "rows": rows[:_STATEMENTS],
        "rest": rows[_STATEMENTS:],
        "draws": f"{found.draws:,}",
        "error": error_of(found.draws),
        "learning": [
            {
                "name": f"{names[one.actor]}'s {one.input}",
                "hits": f"{100 * one.hits:.1f}",
                "brier": f"{one.brier:.3f}",
            }
            for one in learning[:_LEARNING]
        ],
        "noise": f"{found.noise:.3f}",
    }


def _turns(after: dict[str, str]) -> str:
    """Return what the answer turns to, and by which changes where not by each of them."""
    answers = set(after.values())
    if len(after) == len(EVIDENCE_CHANGES) and len(answers) == 1:
        return answers.pop()
    return "; ".join(f"{answer} if {_WRONG[change]}" for change, answer in after.items())


_WRONG = {"dropped": "left out", "reversed": "the opposite holds"}


def _verdict(rows: Rows) -> str:
    """Return in a sentence which single statement, if wrong, turns the answer."""
    turning = [f"{row['id']} ({row['who']})" for row in rows if row["flips"]]
    if not turning:
        return "No single statement turns the most likely answer, neither left out nor taken for its opposite."
    if len(turning) == 1:
        return f"One statement, if it is wrong, turns the most likely answer: {turning[0]}."
    return (
        f"Each of {len(turning)} statements, if it alone is wrong, turns the most likely answer: {', '.join(turning)}."
    )


def line_rows(forecast: Forecast, explained: Explanation) -> dict[str, Any] | None:
    """Return the forecast as of each day on which something became known, numbered as on the chart."""
    line = explained.line
    if line is None:
        return None
    place = line.options.index(line.option)
    rows: Rows = [
        {
            "number": number,
            "day": point.on,
            "later": point.reconstruction,
            "shares": [percent(share) for share in point.probabilities],
            "share": percent(point.probabilities[place]),
            "moved": _points(point.moved) if number else "",
            "aged": _points(point.aged) if number else "",
            "news": _news(forecast, point),
            "more": max(0, len(point.news) - _NEWS),
        }
        for number, point in enumerate(line.points)
    ]
    return {
        "option": line.option,
        "options": line.options,
        "rows": rows,
        "draws": line.draws,
        "error": error_of(line.draws),
    }


def _news(forecast: Forecast, point: Point) -> Rows:
    """Return what became known on a day, the strongest first."""
    rows: Rows = []
    for one in point.news[:_NEWS]:
        words = paraphrase_of(forecast, one.id) if one.kind == "statement" else one.id
        if one.kind == "by hand":
            words = f"a row of stakeholders.csv ({one.id})"
        elif one.kind == "meeting":
            words = f"the meeting itself, {one.id}"
        effect = "" if one.effect is None else _points(one.effect)
        rows.append({"statement": one.id if one.kind == "statement" else "", "words": words, "effect": effect})
    return rows


def scenario_rows(explained: Explanation) -> dict[str, Any] | None:
    """Return the scenarios side by side, each option with its difference from the forecast and that one's error."""
    found = explained.scenarios
    if found is None:
        return None
    rows: Rows = [{"title": "the forecast", "cells": [{"share": percent(share), "apart": ""} for share in found.base]}]
    for one in found.scenarios:
        cells = [
            {"share": percent(share), "apart": f"{_points(apart)} ± {100 * error:.1f}"}
            for share, apart, error in zip(one.probabilities, one.differences, one.errors, strict=True)
        ]
        rows.append({"title": one.title, "cells": cells})
    return {"options": found.options, "rows": rows, "draws": f"{found.draws:,}"}


def index_rows(forecast: Forecast, explained: Explanation) -> Rows:
    """Return which inputs explain the most of the outcome's variance by themselves, at least half a per cent."""
    return [
        {
            "name": name_of_input(forecast, one.name),
            "share": percent(one.value),
            "interval": f"{percent(one.low)} to {percent(one.high)}",
        }
        for one in explained.indices
        if one.value >= _LEAST_SHARE
    ]


def _points(change: float) -> str:
    """Return a change of a probability in percentage points."""
    return f"{100 * change:+.1f}"


def error_of(draws: int) -> str:
    """Return the largest standard error of a share of draws, in percentage points.

    Examples
    --------
    >>> error_of(1_000), error_of(200)
    ('1.6', '3.5')
    """
    return f"{50 / draws**0.5:.1f}"
