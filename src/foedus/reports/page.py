"""A report as one self-contained HTML page."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from foedus.forecasts import Forecast
from foedus.forecasts.sweeps import SWEEP_DRAWS
from foedus.reports import charts, content
from foedus.reports.drawing import Artist
from foedus.reports.judgement import judge, percent
from foedus.reports.sliders import sliders, sweep_error

_TEMPLATES = Path(__file__).parent / "templates"
_WIDE, _NARROW = 690, 340

_CHARTS = {
    "options": charts.options_chart,
    "members": charts.members_chart,
    "sweeps": charts.sweeps_chart,
    "timeline": charts.timeline_chart,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart for wide and for narrow screens, perhaps still being drawn."""

    title: str
    alternative: str
    wide: Future[str]
    narrow: Future[str]


def begin_figures(forecast: Forecast, artist: Artist) -> dict[str, Figure]:
    """Have all charts of a forecast drawn."""
    figures = {}
    for name, make in _CHARTS.items():
        wide, narrow = make(forecast, _WIDE), make(forecast, _NARROW)
        figures[name] = Figure(wide.title, wide.alternative, artist.draw(wide), artist.draw(narrow))
    return figures


def render_page(forecast: Forecast, figures: dict[str, Figure], beside: Sequence[dict[str, Any]] = ()) -> str:
    """Return a report as the text of an HTML page that needs no other file.

    Parameters
    ----------
    forecast
        What to report.
    figures
        Its charts, from `begin_figures`.
    beside
        Other pages of the same dossier: title, file, as_of, meeting, likeliest, share, reconstruction, here.
    """
    case = forecast.case
    template = _environment().get_template("page.html")
    return template.render(
        title=f"{case.issue.question} {case.meeting.name}",
        css=Markup(_asset("page.css")),
        js=Markup(_asset("page.js")),
        forecast=forecast,
        case=case,
        judgement=judge(forecast),
        rule_words=content.rule_words(forecast),
        brief_bars=content.brief_bars(forecast),
        beside=beside,
        options=content.option_rows(forecast),
        charts={name: _finished(name, figure) for name, figure in figures.items()},
        objections=content.objection_rows(forecast),
        break_even=content.break_even_rows(forecast),
        levers=content.lever_rows(forecast),
        sliders=_sliders(forecast),
        prior=case.dossier.prior(case.issue.id).note,
        members=content.member_rows(forecast),
        assumptions=content.assumption_rows(forecast),
        rules=content.rule_rows(forecast),
        seat_names=", ".join(sorted(member.name for member in case.seats)),
        capability_words=content.capability_words(forecast),
        presences=content.presence_rows(forecast),
        sources=content.source_rows(forecast),
        decisive=content.decisive_rows(forecast),
        hindsight=content.hindsight(forecast),
        other_models=content.other_models(forecast),
        pivots=content.pivot_words(forecast),
        percent=percent,
        citation=content.citation(forecast),
        command=content.command(forecast),
    )


def _finished(name: str, figure: Figure) -> dict[str, Any]:
    """Wait for a chart; its words stand below it, save where they would repeat a long list of names."""
    return {
        "wide": Markup(figure.wide.result()),
        "narrow": Markup(figure.narrow.result()),
        "title": figure.title if name == "members" else f"{figure.title}. {figure.alternative}",
        "alternative": figure.alternative,
    }


def _sliders(forecast: Forecast) -> dict[str, Any] | None:
    found = sliders(forecast)
    if found is None:
        return None
    options = [option.label for option in forecast.options]
    data = json.dumps({"labels": found.labels, "shares": found.shares, "options": options}, separators=(",", ":"))
    return {
        "axes": found.axes,
        "options": options,
        "points": len(found.shares) * len(found.shares[0]),
        "draws": SWEEP_DRAWS,
        "error": sweep_error(),
        "json": Markup(data.replace("<", "\\u003c")),
    }


@functools.cache
def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
