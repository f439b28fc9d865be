"""The chart of votes under a majority rule: who is for and against, what is needed, whose vote alone turns it."""

from __future__ import annotations

from itertools import pairwise

from foedus.forecasts import Forecast
from foedus.reports.charts import VOTES
from foedus.reports.palette import PALETTE
from foedus.reports.vega import NARROW, Chart, Rows, nominal, quantity, styled
from foedus.reports.votes import amount, blocking_alone

_HEIGHT = 62
_AXIS, _ROOM = 75, 20
"""Pixels of the names of the bars, and of a code of three letters; a slice that is narrower carries none."""

_OUTLINED = 6
"""Pixels from which on a slice has an outline: in a body of hundreds there would be nothing else to see."""

_COLOURS = [PALETTE["accept"], PALETTE["grid"], PALETTE["object"], PALETTE["abstain"]]
_SIDES = (VOTES[0], VOTES[2], VOTES[1], VOTES[3])
"""From left to right: in favour, no side named, against; abstaining last, beyond the votes that the mark counts."""


def votes_chart(forecast: Forecast, width: int) -> Chart | None:
    """Return one bar for each number that the rule asks for, a slice for each vote; None where it asks for none.

    A slice with a dark edge is a vote that alone turns the outcome, or alone blocks. The mark is what is needed.
    """
    counted_votes, case = forecast.arithmetic, forecast.case
    if forecast.arithmetic_in_draws is None or not counted_votes.counts:
        return None
    ballot, seats = case.seating.ballot(), sorted(case.seating.members)
    alone = {*counted_votes.swings, *blocking_alone(counted_votes)}
    side = dict.fromkeys(counted_votes.in_favour, _SIDES[0]) | dict.fromkeys(counted_votes.unknown, _SIDES[1])
    side |= dict.fromkeys(counted_votes.abstaining, _SIDES[3])
    slices: Rows = []
    marks: Rows = []
    for count in counted_votes.counts:
        weight = {actor: ballot.weigh(count.weights, frozenset({actor})) for actor in seats}
        total = sum(weight.values()) or 1
        sides = {actor: side.get(actor, _SIDES[2]) for actor in seats}
        order = sorted(seats, key=lambda who: (_SIDES.index(sides[who]), -weight[who], who))
        edges = [0.0]
        for actor in order:
            edges.append(edges[-1] + weight[actor] / total)
        for actor, (start, end) in zip(order, pairwise(edges), strict=True):
            readable = (end - start) * (width - _AXIS) >= _ROOM
            slices.append(
                {
                    "count": count.weights,
                    "start": start,
                    "end": end,
                    "middle": (start + end) / 2,
                    "side": sides[actor],
                    "name": actor if readable and len(actor) <= 3 else "",
                    "edge": 2 if actor in alone else 0.5 if (end - start) * (width - _AXIS) >= _OUTLINED else 0,
                    "ink": "dark" if sides[actor] == _SIDES[1] else "light",
                }
            )
        marks.append({"count": count.weights, "needed": count.needed / total})
    kinds = [count.weights for count in counted_votes.counts]
    y = nominal("count", sort=kinds, title=None)
    bars = {
        "data": {"name": "votes"},
        "mark": {"type": "bar", "height": 34, "stroke": PALETTE["ink"]},
        "encoding": {
            "x": quantity("start", title=None, axis={"format": "%", "tickCount": 5}, scale={"domain": [0, 1]}),
            "x2": {"field": "end"},
            "y": y,
            "strokeWidth": quantity("edge", scale=None, legend=None),
            "color": nominal(
                "side",
                scale={"domain": list(_SIDES), "range": _COLOURS},
                legend={"columns": 2 if width < NARROW else 4, "orient": "top", "title": None},
            ),
        },
    }
    names = {
        "data": {"name": "votes"},
        "mark": {"type": "text", "fontSize": 9},
        "encoding": {
            "text": {"field": "name", "type": "nominal"},
            "x": quantity("middle"),
            "y": y,
            "color": {"condition": {"test": "datum.ink == 'dark'", "value": PALETTE["ink"]}, "value": "white"},
        },
    }
    needed = {
        "data": {"name": "needed"},
        "mark": {"type": "tick", "color": PALETTE["ink"], "thickness": 4, "size": 54},
        "encoding": {"x": quantity("needed"), "y": y},
    }
    words = "; ".join(
        f"{count.weights}: {amount(count.in_favour)} for, {amount(count.needed)} needed"
        for count in counted_votes.counts
    )
    told = [case.dossier.world.name(actor) for actor in sorted(alone)]
    edge = (
        f" Dark edges: a vote that turns the outcome by itself, or stops it whatever all others do: {', '.join(told)}."
        if told
        else ""
    )
    placed = " or by position" if counted_votes.by_position else ""
    return Chart(
        styled({"layer": [bars, names, needed]}, width, _HEIGHT * len(kinds)),
        {"votes": slices, "needed": marks},
        f"The votes for {counted_votes.option!r} as stated{placed}, and what is needed (the upright mark)",
        f"{words}.{edge}",
        edge.strip(),
    )
