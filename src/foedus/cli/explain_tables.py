"""Explanations on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.cli.tables import console, show
from foedus.explain.levers import Lever
from foedus.explain.paths import Value
from foedus.forecasts import Forecast
from foedus.reports.judgement import percent

_LISTED = 12


def value(one: Value) -> str:
    """Return a place, a label or nothing as text."""
    return "none" if one is None else one if isinstance(one, str) else f"{one:.3g}"


def show_levers(forecast: Forecast, want: str, threshold: float, found: Sequence[Lever]) -> None:
    """Print the levers, those that reach the threshold first."""
    out, case = console(), forecast.case
    out.print(f"{case.issue.question}\n{case.meeting.name} ({case.meeting.on}), as of {case.as_of}\n")
    if forecast.probability(want) >= threshold and not found:
        out.print(f"{want!r} is at {percent(forecast.probability(want))} already.")
        return
    rows = [
        [
            "" if one.actor is None else case.member(one.actor).name,
            one.input,
            value(one.start),
            value(one.end),
            one.option,
            f"{percent(one.probability_before)} to {percent(one.probability_after)}",
            f"{one.size:.2f}",
            "yes" if one.reached else "no",
        ]
        for one in found[:_LISTED]
    ]
    headings = ["actor", "input", "from", "to", "option", "probability", "size", "reached"]
    show(out, f"What would lift {want!r} to {percent(threshold)}", headings, rows, numbers=[2, 3, 6])
    if len(found) > _LISTED:
        out.print(f"{len(found) - _LISTED} weaker ones are left out; --json lists all.")
