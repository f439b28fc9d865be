"""Charts as declarative Altair specifications, filled with a forecast's data.

Colours are names of the page's palette (see `PALETTE`), so that one drawing serves light, dark and paper.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from foedus.base.days import Day
from foedus.dossiers.positions import FROM_PRIOR
from foedus.forecasts import Forecast, Objector
from foedus.reports.judgement import name_of_input, percent, short_input

PALETTE = {
    "ink": "#1b1f27",
    "muted": "#5d6675",
    "grid": "#d9dde4",
    "accept": "#2f6f9f",
    "reluctant": "#c98a1b",
    "object": "#b23a48",
    "voice": "#7d8796",
    "bar": "#34597d",
}
"""Names of colours and their values on white."""

Rows = list[dict[str, Any]]

_NARROW = 400
"""Widths below this, in pixels, are drawn for a phone."""

STANCES = ("accepts", "reluctant", "objects", "voice, no seat")

_STANCE_COLOURS = [PALETTE["accept"], PALETTE["reluctant"], PALETTE["object"], PALETTE["voice"]]
_OPTION_COLOURS = ["#34597d", "#5f9ea0", "#c98a1b", "#b23a48", "#7b5ea7", "#6b8e4e"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its caption for readers, and the same data in words for those who cannot see it.

    Attributes
    ----------
    spec
        The Altair chart, which names its data and does not hold them: Altair copies what it holds many times over.
    data
        Rows by the name of the data.
    title, alternative
        The caption, and the chart in words.
    """

    spec: Any
    data: dict[str, Rows]
    title: str
    alternative: str

    def specification(self) -> dict[str, Any]:
        """Return the whole as one Vega-Lite specification, data and all."""
        # Altair has checked each part as it was made; tests check the whole against the schema.
        return {**self.spec.to_dict(validate=False), "datasets": self.data}


def options_chart(forecast: Forecast, width: int) -> Chart:
    """Bars of the probability of each option, by model."""
    rows = [
        {"option": o.label, "model": forecast.answered_by, "probability": o.probability, "order": k}
        for k, o in enumerate(forecast.options)
    ]
    for other in forecast.others:
        rows += [
            {"option": o.label, "model": other.name, "probability": o.probability, "order": k}
            for k, o in enumerate(other.options)
        ]
    models = [forecast.answered_by, *(other.name for other in forecast.others)]
    labels = [option.label for option in forecast.options]
    base = alt.Chart(alt.NamedData("options")).encode(
        y=alt.Y("option:N", sort=labels, title=None),
        yOffset=alt.YOffset("model:N", sort=models),
    )
    bars = base.mark_bar().encode(
        x=alt.X(
            "probability:Q", axis=alt.Axis(format="%", title="probability", tickCount=5), scale=alt.Scale(domain=[0, 1])
        ),
        color=alt.Color(
            "model:N",
            sort=models,
            scale=alt.Scale(domain=models, range=[PALETTE["bar"], PALETTE["voice"]]),
            legend=alt.Legend(orient="bottom", title=None),
        ),
    )
    answers = [(forecast.answered_by, forecast.options), *((other.name, other.options) for other in forecast.others)]
    words = "; ".join(
        f"{name}: " + ", ".join(f"{option.label} {percent(option.probability)}" for option in found)
        for name, found in answers
    )
    return Chart(
        _styled(bars, width, 44 * len(labels)), {"options": rows}, "Probability of each option, by model", words
    )


def members_chart(forecast: Forecast, width: int) -> Chart:
    """Intervals of everyone's position, coloured by what each does when the proposal is put."""
    rows = []
    for place, (member, stance) in enumerate(ranked_members(forecast)):
        position = member.stand.private
        rows.append(
            {
                "member": member.name,
                "low": position.low,
                "mode": position.mode,
                "high": position.high,
                "stance": stance,
                "order": place,
                "basis": member.stand.basis,
            }
        )
    order = [row["member"] for row in rows]
    issue = forecast.case.issue
    colour = alt.Color(
        "stance:N",
        scale=alt.Scale(domain=list(STANCES), range=_STANCE_COLOURS),
        legend=alt.Legend(orient="top", title=None, columns=2 if width < _NARROW else 4),
    )
    x = alt.Scale(domain=[issue.scale.low, issue.scale.high])
    base = alt.Chart(alt.NamedData("members")).encode(y=alt.Y("member:N", sort=order, title=None), color=colour)
    interval = base.mark_rule(strokeWidth=4, opacity=0.45, strokeCap="round").encode(
        x=alt.X("low:Q", scale=x, axis=_scale_axis(forecast, width)), x2="high:Q"
    )
    mode = base.mark_point(filled=True, size=48, opacity=1).encode(x=alt.X("mode:Q", scale=x))
    words = "; ".join(f"{row['member']} {row['mode']:.0f}, {row['stance']}" for row in rows[:8])
    return Chart(
        _styled(interval + mode, width, 17 * len(rows)),
        {"members": rows},
        f"Private positions, and what each does when {issue.proposal!r} is put",
        f"Most opposed first: {words}",
    )


def sweeps_chart(forecast: Forecast, width: int) -> Chart:
    """Small multiples: the probability of each option as one input moves alone."""
    labels = [option.label for option in forecast.options]
    rows = _sweep_rows(forecast)
    columns = 1 if width < _NARROW else 2
    names = list(dict.fromkeys(row["input"] for row in rows))
    line = (
        alt.Chart()
        .transform_filter("datum.kind == 'answer'")
        .mark_line(strokeWidth=2)
        .encode(
            x=alt.X("value:Q", title=None, axis=alt.Axis(tickCount=5, grid=False), scale=alt.Scale(zero=False)),
            y=alt.Y(
                "probability:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=3)
            ),
            color=alt.Color(
                "option:N",
                sort=labels,
                scale=alt.Scale(domain=labels, range=_OPTION_COLOURS[: len(labels)]),
                legend=alt.Legend(orient="top", title=None, columns=2 if width < _NARROW else 4),
            ),
        )
    )
    shade = (
        alt.Chart()
        .transform_filter("datum.kind == 'range'")
        .mark_rect(fillOpacity=0.1, fill=PALETTE["accept"])
        .encode(x="low:Q", x2="high:Q")
    )
    spec = (
        alt.layer(shade, line, data=alt.NamedData("sweeps"))
        .properties(width=(width - 110) // columns, height=110)
        .facet(facet=alt.Facet("input:N", sort=names, title=None, header=_PANEL_HEADER), columns=columns, spacing=24)
        .resolve_scale(x="independent")
    )
    turns = [one for one in forecast.break_even if one.value is not None]
    words = "; ".join(
        f"{short_input(forecast, one.assumption)} turns the answer at {_value(one.value)}" for one in turns
    )
    told = f"{words}." if words else "No input alone turns the answer."
    return Chart(
        _styled(spec),
        {"sweeps": rows},
        "How the answer moves with each input alone",
        f"{told} Shaded: the range declared or estimated.",
    )


_PANEL_HEADER = alt.Header(labelAnchor="start", labelFontSize=12, labelColor=PALETTE["ink"], labelLimit=320)


def _sweep_rows(forecast: Forecast) -> Rows:
    """Return an answer row for each input, value and option, and a range row for each input that moves anything."""
    rows: Rows = []
    for swept in forecast.sweeps:
        if np.ptp(swept.probabilities, axis=0).max() == 0:
            continue
        name = name_of_input(forecast, swept.name)
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
    base = alt.Chart(alt.NamedData("statements"))
    points = base.mark_point(filled=True, size=70, opacity=0.85).encode(
        x=alt.X("known:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=5 if width < _NARROW else 8)),
        y=alt.Y("actor:N", title=None, sort=alt.EncodingSortField("count", order="descending")),
        color=alt.Color(
            "stance:N",
            scale=alt.Scale(
                domain=["for", "neither", "against"], range=[PALETTE["accept"], PALETTE["voice"], PALETTE["object"]]
            ),
            legend=alt.Legend(orient="top", title=None),
        ),
        opacity=alt.condition("datum.used", alt.value(0.95), alt.value(0.25)),
    )
    marks = [{"day": _as_time(case.as_of), "what": "as of"}, {"day": _as_time(case.meeting.on), "what": "meeting"}]
    rules = (
        alt.Chart(alt.NamedData("days"))
        .mark_rule(strokeWidth=1.5)
        .encode(
            x="day:T",
            strokeDash=alt.StrokeDash(
                "what:N",
                scale=alt.Scale(domain=["as of", "meeting"], range=[[1, 0], [4, 3]]),
                legend=alt.Legend(orient="bottom", title=None, symbolStrokeColor=PALETTE["ink"]),
            ),
            color=alt.value(PALETTE["ink"]),
        )
    )
    used = sum(row["used"] for row in rows)
    return Chart(
        _styled(points + rules, width, 20 * len({row["actor"] for row in rows})),
        {"statements": rows, "days": marks},
        "What was known when",
        f"{used} of {len(rows)} statements were known by {case.as_of}; pale points came later and are not used.",
    )


def timeline_rows(forecast: Forecast) -> list[dict[str, Any]]:
    """Return one row for each accepted statement that bears on the issue, known by then or not."""
    case, dossier = forecast.case, forecast.case.dossier
    bearing = {concept.id for concept in dossier.concepts if concept.issue == case.issue.id}
    found = [
        s
        for s in dossier.statements
        if s.status == "accepted" and s.concept in bearing and dossier.world.actors[s.actor].kind != "institute"
    ]
    counts = {s.actor: sum(o.actor == s.actor for o in found) for s in found}
    return [
        {
            "known": _as_time(dossier.known_on(s)),
            "actor": dossier.world.name(s.actor),
            "stance": {-1: "against", 0: "neither", 1: "for"}[s.stance if s.concept != "provocation" else -s.stance],
            "used": dossier.known_on(s) <= case.as_of,
            "count": counts[s.actor],
        }
        for s in found
    ]


def ranked_members(forecast: Forecast) -> list[tuple[Any, str]]:
    """Return everyone at the table with a stance on the proposal, the most opposed first; voices and hosts last.

    A voice of whom nothing is known is left out: the prior is for members.
    """
    objectors = {o.actor: o for o in forecast.objectors}
    seats = sorted(forecast.case.seats, key=lambda m: (m.stand.private.mode, m.name))
    voices = [m for m in forecast.case.members if not m.seated and m.stand.basis != FROM_PRIOR]
    voices.sort(key=lambda m: (m.stand.private.mode, m.name))
    return [(m, stance_of(objectors.get(m.actor))) for m in seats] + [
        (m, stance_of(objectors[m.actor]) if m.actor in objectors else STANCES[3]) for m in voices
    ]


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


def _scale_axis(forecast: Forecast, width: int) -> alt.Axis:
    """An axis whose ticks are the options."""
    ticks = [option.at for option in forecast.options]
    if width < _NARROW:
        return alt.Axis(values=ticks, title=None, orient="top")
    cases = " : ".join(f"datum.value == {option.at} ? {json.dumps(option.label)}" for option in forecast.options)
    return alt.Axis(values=ticks, labelExpr=f"{cases} : ''", title=None, orient="top", labelFlush=True)


def _as_time(day: Day) -> str:
    return f"{day.isoformat()}T12:00:00"


def _value(value: float | str | None) -> str:
    return value if isinstance(value, str) else f"{value:.2g}"


def _styled(chart: Any, width: int | None = None, height: int | None = None) -> Any:
    if width is not None:
        chart = chart.properties(
            width=width, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
        )
    return (
        chart.configure(background="transparent", font="Arial, Helvetica, sans-serif", padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=PALETTE["ink"],
            titleColor=PALETTE["muted"],
            gridColor=PALETTE["grid"],
            domainColor=PALETTE["grid"],
            tickColor=PALETTE["grid"],
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            labelLimit=170 if width is None or width >= _NARROW else 110,
        )
        .configure_legend(labelColor=PALETTE["ink"], labelFontSize=12, symbolOpacity=1)
        .configure_title(color=PALETTE["ink"], fontWeight="normal")
    )
