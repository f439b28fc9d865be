"""The chart of a forecast through time: as of every day on which something became known."""

from __future__ import annotations

from foedus.base.wording import percent
from foedus.explain import Timeline
from foedus.forecasts import Forecast
from foedus.reports.charts import option_colour
from foedus.reports.palette import PALETTE
from foedus.reports.vega import NARROW, Chart, Rows, Spec, as_time, day_axis, day_rules, moment, quantity, styled

_HEIGHT = 190
_TIERS = 3
"""Numbers of days stand on as many lines, so that those of days close together do not cover each other."""


def line_chart(forecast: Forecast, line: Timeline, width: int) -> Chart:
    """Steps of the probability of each option, with the days of news by number; the last is the report itself."""
    here = {option.label: option.probability for option in forecast.options}
    shares = {point.on: dict(zip(line.options, point.probabilities, strict=True)) for point in line.points}
    shares[forecast.as_of] = {label: here.get(label, 0.0) for label in line.options}
    labels = [label for label in line.options if label in here or any(share[label] for share in shares.values())]
    steps: Rows = [
        {"day": as_time(day), "option": label, "probability": share[label]}
        for day, share in shares.items()
        for label in labels
    ]
    numbers: Rows = [
        {"day": as_time(point.on), "number": str(number), "tier": number % _TIERS}
        for number, point in enumerate(line.points, 1)
    ]
    kinds = [("as of", forecast.as_of), ("meeting", forecast.case.meeting.on)]
    days: Rows = [{"day": as_time(day), "what": what} for what, day in kinds]
    place = line.options.index(line.option)
    axis = day_axis(min(shares), max(*shares, forecast.case.meeting.on), 3 if width < NARROW else 5, grid=False)
    words = ", ".join(f"{point.on} {percent(point.probabilities[place])}" for point in line.points)
    layers = [_steps(labels, axis, width), _numbers(), day_rules([what for what, _ in kinds])]
    return Chart(
        styled({"layer": layers}, width, _HEIGHT),
        {"steps": steps, "numbers": numbers, "days": days},
        "The forecast as of each day on which something became known; the numbers are those of the days in the table",
        f"{line.option}: {words}",
        "",
    )


def _steps(labels: list[str], axis: Spec, width: int) -> Spec:
    return {
        "data": {"name": "steps"},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2, "point": {"size": 18}},
        "encoding": {
            "color": option_colour(labels, width, offset=44),
            "x": moment("day", title=None, axis=axis),
            "y": quantity("probability", title=None, axis={"format": "%", "tickCount": 5}, scale={"domain": [0, 1]}),
        },
    }


def _numbers() -> Spec:
    return {
        "data": {"name": "numbers"},
        "mark": {
            "type": "text",
            "color": PALETTE["muted"],
            "dy": {"expr": "-28 + 11 * datum.tier"},
            "fontSize": 11,
        },
        "encoding": {"text": {"field": "number", "type": "nominal"}, "x": moment("day"), "y": {"value": 0}},
    }
