"""Charts of a forecast: options, members, what its chances hang on, its timeline."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from foedus.base.days import Day
from foedus.base.wording import at_the_start, percent
from foedus.dossiers.records import Concept
from foedus.dossiers.stands import FROM_PRIOR
from foedus.forecasts import Forecast, Objector
from foedus.forecasts.sweeps import Sweep
from foedus.issues import Issue
from foedus.reports.judgement import name_of_input, short_input
from foedus.reports.numbers import Number
from foedus.reports.palette import PALETTE
from foedus.reports.vega import (
    NARROW,
    Chart,
    Rows,
    Spec,
    as_time,
    day_axis,
    day_rules,
    moment,
    name_axis,
    nominal,
    quantity,
    styled,
    whole_name_axis,
)

STANCES = ("accepts", "reluctant", "objects", "voice, no seat")
VOTES = ("in favour", "against", "no side named", "abstains", "voice, no seat")
"""What a member does under a majority rule, as its position stands."""

_STANCE_COLOURS = [PALETTE["accept"], PALETTE["reluctant"], PALETTE["object"], PALETTE["voice"]]
_VOTE_COLOURS = [PALETTE["accept"], PALETTE["object"], PALETTE["grid"], PALETTE["abstain"], PALETTE["voice"]]
_OPTION_COLOURS = ["#34597d", "#5f9ea0", "#c98a1b", "#b23a48", "#7b5ea7", "#6b8e4e"]


def options_chart(forecast: Forecast, width: int) -> Chart:
    """Bars of the probability of each option: the one distribution of the page."""
    return shares_chart([(option.label, option.probability) for option in forecast.options], width)


def shares_chart(shares: Sequence[tuple[str, float]], width: int) -> Chart:
    """Bars of the probability of each option, given with its label."""
    rows = [{"option": label, "probability": chance, "order": k} for k, (label, chance) in enumerate(shares)]
    labels = [label for label, _ in shares]
    axis, lines = whole_name_axis(labels, width)
    bars = {
        "data": {"name": "options"},
        "mark": {"type": "bar", "color": PALETTE["bar"]},
        "encoding": {
            "x": quantity(
                "probability",
                axis={"format": "%", "tickCount": 5, "title": "probability"},
                scale={"domain": [0, 1]},
            ),
            "y": nominal("option", sort=labels, title=None, axis=axis),
        },
    }
    words = ", ".join(f"{label} {percent(chance)}" for label, chance in shares)
    return Chart(
        styled(bars, width, max(30, 14 * lines + 6) * len(labels)),
        {"options": rows},
        "Probability of each option",
        words,
        "",
    )


def members_chart(forecast: Forecast, width: int) -> Chart:
    """Intervals of everyone's position, coloured by what each does when the proposal is put.

    Where that is more than a page holds, members of whom nothing is known are one row, and of the others the most
    opposed and the most in favour are shown.
    """
    rows, left_out = _member_rows(forecast)
    order = [row["member"] for row in rows]
    issue = forecast.case.issue
    colour = nominal(
        "stance",
        scale={"domain": list(VOTES), "range": _VOTE_COLOURS}
        if forecast.arithmetic_in_draws
        else {"domain": list(STANCES), "range": _STANCE_COLOURS},
        legend={"columns": 2 if width < NARROW else 4, "orient": "top", "title": None},
    )
    scale = {"domain": [issue.scale.low, issue.scale.high]}
    shared = {"color": colour, "y": nominal("member", sort=order, title=None, axis=name_axis(width))}
    interval = {
        "mark": {"type": "rule", "opacity": 0.45, "strokeCap": "round", "strokeWidth": 4},
        "encoding": {
            **shared,
            "x": quantity("low", scale=scale, axis=_scale_axis(forecast, width)),
            "x2": {"field": "high"},
        },
    }
    mode = {
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": 48},
        "encoding": {**shared, "x": quantity("mode", scale=scale)},
    }
    words = "; ".join(f"{row['member']} {Number(row['mode'], 'place')}, {row['stance']}" for row in rows[:8])
    return Chart(
        styled({"data": {"name": "members"}, "layer": [interval, mode]}, width, 17 * len(rows)),
        {"members": rows},
        f"Private positions, and what each does when {issue.proposal!r} is put",
        f"Most opposed first: {words}{left_out}",
        f"{at_the_start(left_out.removeprefix('; '))}." if left_out else "",
    )


_ROWS_OF_A_PAGE = 45


def _member_rows(forecast: Forecast) -> tuple[Rows, str]:
    """Return a row for each member, or for as many as a page holds, and what to say of those left out."""
    silent = {member.actor for member in forecast.case.silent}
    rows: Rows = [
        {
            "member": member.name,
            "low": member.stand.private.low,
            "mode": member.stand.private.mode,
            "high": member.stand.private.high,
            "stance": stance,
            "order": place,
            "basis": member.stand.basis,
            "silent": member.actor in silent,
        }
        for place, (member, stance) in enumerate(ranked_members(forecast))
    ]
    if len(rows) <= _ROWS_OF_A_PAGE:
        return rows, ""
    alike = [row for row in rows if row["silent"]]
    known, told = [row for row in rows if not row["silent"]], ""
    if len(known) >= _ROWS_OF_A_PAGE:
        end = _ROWS_OF_A_PAGE // 2
        told = f"; of {len(known)} members that have spoken, the first {end} and the last {end} are shown"
        known = known[:end] + known[-end:]
    if alike:
        middle = alike[len(alike) // 2]
        merged = middle | {
            "member": f"{len(alike)} silent members",
            "low": min(row["low"] for row in alike),
            "high": max(row["high"] for row in alike),
        }
        known = sorted([*known, merged], key=lambda row: row["order"])
    return [row | {"order": place} for place, row in enumerate(known)], told


def sweeps_chart(forecast: Forecast, width: int) -> Chart:
    """Small multiples: the probability of each option as one input moves alone."""
    labels = [option.label for option in forecast.options]
    rows = _sweep_rows(forecast)
    names = list(dict.fromkeys(row["input"] for row in rows))
    columns = 1 if width < NARROW or len(names) == 1 else 2
    line = {
        "transform": [{"filter": "datum.kind == 'answer'"}],
        "mark": {"type": "line", "strokeWidth": 2},
        "encoding": {
            "color": option_colour(labels, width),
            "x": quantity("value", title=None, axis={"grid": False, "tickCount": 5}, scale={"zero": False}),
            "y": quantity("probability", title=None, axis={"format": "%", "tickCount": 3}, scale={"domain": [0, 1]}),
        },
    }
    shade = {
        "transform": [{"filter": "datum.kind == 'range'"}],
        "mark": {"type": "rect", "fill": PALETTE["accept"], "fillOpacity": 0.1},
        "encoding": {"x": quantity("low"), "x2": {"field": "high"}},
    }
    spec = {
        "data": {"name": "sweeps"},
        "facet": nominal("input", sort=names, title=None, header=_PANEL_HEADER),
        "spec": {"layer": [shade, line], "height": 110, "width": (width - 110) // columns},
        "columns": columns,
        "resolve": {"scale": {"x": "independent"}},
        "spacing": 24,
    }
    turns = [break_even for break_even in forecast.break_even if break_even.value is not None]
    words = "; ".join(
        f"{short_input(forecast.case, turn.assumption)} changes the answer at {_value(turn.value)}"
        for turn in turns
        if turn.value is not None
    )
    told = f"{words}." if words else "No input alone changes the answer."
    return Chart(
        styled(spec),
        {"sweeps": rows},
        "How the answer moves with each input alone",
        f"{told} Shaded: the range declared or estimated.",
    )


_PANEL_HEADER = {"labelAnchor": "start", "labelColor": PALETTE["ink"], "labelFontSize": 12, "labelLimit": 320}


def moves_anything(forecast: Forecast) -> bool:
    """Tell whether any input that is moved alone moves the answer, so that there is something to draw."""
    return any(_seen(swept) for swept in forecast.sweeps)


_SEEN = 0.03
"""Lines that rise or fall by less over the whole range look flat."""


def _seen(swept: Sweep) -> bool:
    return bool(np.ptp(swept.probabilities, axis=0).max() >= _SEEN)


def _sweep_rows(forecast: Forecast) -> Rows:
    """Return an answer row for each input, value and option, and a range row for each input that moves anything."""
    rows: Rows = []
    for swept in forecast.sweeps:
        if not _seen(swept):
            continue
        name = name_of_input(forecast.case, swept.name)
        rows.append({"kind": "range", "input": name, "low": swept.stated[0], "high": swept.stated[1]})
        for value, shares in zip(swept.values.tolist(), swept.probabilities.tolist(), strict=True):
            rows += [
                {"kind": "answer", "input": name, "value": value, "option": option.label, "probability": share}
                for option, share in zip(forecast.options, shares, strict=True)
            ]
    return rows


def timeline_chart(forecast: Forecast, width: int) -> Chart:
    """What was known when: statements by the day they became known, against the day of the forecast."""
    case = forecast.case
    rows = timeline_rows(forecast)
    shown = [Day.fromisoformat(row["known"][:10]) for row in rows] + [case.as_of, case.meeting.on]
    points = {
        "data": {"name": "statements"},
        "mark": {"type": "point", "filled": True, "opacity": 0.85, "size": 70},
        "encoding": {
            "color": nominal(
                "stance",
                scale={
                    "domain": ["for", "neither", "against"],
                    "range": [PALETTE["accept"], PALETTE["voice"], PALETTE["object"]],
                },
                legend={"orient": "top", "title": None},
            ),
            "opacity": {"condition": {"test": "datum.used", "value": 0.95}, "value": 0.25},
            "x": moment("known", title=None, axis=day_axis(min(shown), max(shown), 3 if width < NARROW else 7)),
            "y": nominal("actor", title=None, sort={"field": "count", "order": "descending"}, axis=name_axis(width)),
        },
    }
    marks = [{"day": as_time(case.as_of), "what": "as of"}, {"day": as_time(case.meeting.on), "what": "meeting"}]
    rules = day_rules(["as of", "meeting"])
    used = sum(row["used"] for row in rows)
    return Chart(
        styled({"layer": [points, rules]}, width, 20 * len({row["actor"] for row in rows})),
        {"statements": rows, "days": marks},
        "What was known when",
        f"{used} of {len(rows)} statements were known by {case.as_of}; pale points came later and are not used.",
    )


def timeline_rows(forecast: Forecast) -> list[dict[str, Any]]:
    """Return one row for each accepted statement that bears on the issue, known by then or not."""
    case, dossier = forecast.case, forecast.case.dossier
    bearing = {concept.id: concept for concept in dossier.concepts if concept.issue == case.issue.id}
    statements = [
        s
        for s in dossier.statements
        if s.status == "accepted" and s.concept in bearing and dossier.world.actors[s.actor].kind != "institute"
    ]
    counts = {s.actor: sum(o.actor == s.actor for o in statements) for s in statements}
    return [
        {
            "known": as_time(dossier.known_on(s)),
            "actor": dossier.world.name(s.actor),
            "stance": _SIDES[s.stance * _toward(case.issue, bearing[s.concept])],
            "used": dossier.known_on(s) <= case.as_of,
            "count": counts[s.actor],
        }
        for s in statements
    ]


_SIDES = {-1: "against", 0: "neither", 1: "for"}


def _toward(issue: Issue, claim: Concept) -> int:
    """Tell which way a claim leads: 1 where whoever is for it stands nearer to the proposal, -1 where farther."""
    goal = issue.option(issue.proposal).at
    return -1 if abs((claim.at_support or 0.0) - goal) > abs((claim.at_oppose or 0.0) - goal) else 1


def ranked_members(forecast: Forecast) -> list[tuple[Any, str]]:
    """Return everyone at the table with a stance on the proposal, the most opposed first; voices and hosts last.

    A voice of whom nothing is known is left out: the prior is for members.
    """
    objectors = {o.actor: o for o in forecast.objectors}
    votes = _votes(forecast)
    issue = forecast.case.issue
    way = 1 if issue.option(issue.proposal).at >= issue.option(issue.status_quo).at else -1
    seats = sorted(forecast.case.seats, key=lambda m: (way * m.stand.private.mode, m.name))
    voices = [m for m in forecast.case.members if not m.seated and m.stand.basis != FROM_PRIOR]
    voices.sort(key=lambda m: (way * m.stand.private.mode, m.name))
    return [(m, votes.get(m.actor) or stance_of(objectors.get(m.actor))) for m in seats] + [
        (m, stance_of(objectors[m.actor]) if m.actor in objectors else STANCES[3]) for m in voices
    ]


def _votes(forecast: Forecast) -> dict[str, str]:
    """Return which side each member stands on under a majority rule; empty under consensus, where members object."""
    if forecast.arithmetic_in_draws is None:
        return {}
    count = forecast.arithmetic
    sides = zip(VOTES, (count.in_favour, count.against, count.unknown, count.abstaining), strict=False)
    return {actor: side for side, actors in sides for actor in actors}


def stance_of(objector: Objector | None) -> str:
    """Return what a member does most often when the proposal is put."""
    if objector is None:
        return STANCES[0]
    shares = {
        "objects": objector.probability,
        "reluctant": objector.reluctant_but_silent,
        "accepts": 1 - objector.probability - objector.reluctant_but_silent,
    }
    return max(shares, key=lambda stance: shares[stance])


def option_colour(labels: list[str], width: int, offset: int = 18) -> Spec:
    """Return the colours of the options, the same in every chart, with a legend on top, some pixels above the plot."""
    return nominal(
        "option",
        sort=labels,
        scale={"domain": labels, "range": _OPTION_COLOURS[: len(labels)]},
        legend={**_room_for(labels, width), "offset": offset, "orient": "top", "title": None},
    )


_LETTER, _SYMBOL = 6.6, 34
"""Pixels of a letter of a legend, on the average, and of its symbol with the space around."""


def _room_for(labels: Sequence[str], width: int) -> Spec:
    """Return in how many columns a legend's labels stand whole, and how long one may be.

    Examples
    --------
    >>> _room_for(["no office", "an office"], 690)
    {'columns': 4, 'labelLimit': 138}
    >>> _room_for(["adopt the framework with explicit acceptance", "adjourn"], 690)
    {'columns': 2, 'labelLimit': 311}
    """
    longest = max(len(label) for label in labels) * _LETTER + _SYMBOL
    columns = max(1, min(2 if width < NARROW else 4, int(width // longest)))
    return {"columns": columns, "labelLimit": int(width / columns - _SYMBOL)}


_NAMES = 180
"""Pixels that the names of actors take beside a chart."""


def _scale_axis(forecast: Forecast, width: int) -> Spec:
    """An axis whose ticks are the options."""
    ticks = [option.at for option in forecast.options]
    if width < NARROW:
        return {"orient": "top", "title": None, "values": ticks}
    cases = " : ".join(f"datum.value == {option.at} ? {json.dumps(option.label)}" for option in forecast.options)
    gaps = [abs(b - a) for a, b in itertools.pairwise(sorted(ticks))]
    room = min(gaps) / forecast.case.issue.scale.length * (width - _NAMES) if gaps else width
    limit = {"labelLimit": max(60, int(room))}
    return {"labelExpr": f"{cases} : ''", "labelFlush": True, "orient": "top", "title": None, "values": ticks} | limit


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else str(Number(value, "worth"))
