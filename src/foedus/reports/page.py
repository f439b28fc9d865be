"""A report as one self-contained HTML page."""

from __future__ import annotations

import json
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from foedus.base.wording import percent
from foedus.forecasts import Forecast
from foedus.reports import charts
from foedus.reports.about import NOTHING, About
from foedus.reports.drawing import Artist
from foedus.reports.explained import Explained, Explanation, explanation_of
from foedus.reports.html import asset, bars_of, environment
from foedus.reports.line import line_chart
from foedus.reports.policy import policy
from foedus.reports.response_charts import response_charts
from foedus.reports.sections import PAGE, Section
from foedus.reports.sliders import AS_ESTIMATED, sliders, sliders_note
from foedus.reports.vega import Chart
from foedus.reports.votes_chart import votes_chart
from foedus.reports.whole import report_sections

_WIDE, _NARROW = 690, 340

_CHARTS = {
    "members": charts.members_chart,
    "sweeps": charts.sweeps_chart,
    "timeline": charts.timeline_chart,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart for wide and for narrow screens, perhaps still being drawn."""

    caption: str
    alternative: str
    wide: Future[str]
    narrow: Future[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page is made of: a forecast, what explains it, and its charts, perhaps still being drawn."""

    forecast: Forecast
    explained: Explanation
    figures: dict[str, Figure]


def begin_page(forecast: Forecast, artist: Artist, *, whole: bool = True, explained: Explained = None) -> Draft:
    """Have all charts of a forecast drawn, and meanwhile explain it, wholly or in brief, where it is not explained."""
    figures = {name: _begun(artist, make(forecast, _WIDE), make(forecast, _NARROW)) for name, make in _CHARTS.items()}
    if (count := votes_chart(forecast, _WIDE)) and (narrow := votes_chart(forecast, _NARROW)):
        figures["votes"] = _begun(artist, count, narrow)
    known = explanation_of(forecast, explained, whole=whole)
    if known.line is not None:
        wide, narrow = (line_chart(forecast, known.line, width) for width in (_WIDE, _NARROW))
        figures["line"] = _begun(artist, wide, narrow)
    if known.response is not None:
        drawn = response_charts(known.response)
        figures |= {name: _begun(artist, draw(_WIDE), draw(_NARROW)) for name, draw in drawn.items()}
    return Draft(forecast, known, figures)


def _begun(artist: Artist, wide: Chart, narrow: Chart) -> Figure:
    return Figure(wide.caption, wide.alternative, artist.draw(wide), artist.draw(narrow))


def render_page(draft: Draft, beside: Section | None = None, about: About = NOTHING) -> str:
    """Return a report as the text of an HTML page that needs no other file.

    Parameters
    ----------
    draft
        What `begin_page` returned.
    beside
        Other pages of the same dossier, as a section below the brief; None where there are none.
    about
        Who wrote it, and what it is compared with.
    """
    forecast = draft.forecast
    case = forecast.case
    sections = [
        section for section in report_sections(forecast, draft.explained, about.earlier) if PAGE in section.media
    ]
    if beside is not None:
        place = next(k for k, section in enumerate(sections) if section.id == "brief")
        sections.insert(place + 1, beside)
    return (
        environment()
        .get_template("page.html")
        .render(
            title=f"{case.issue.question} {case.meeting.name}",
            version=forecast.version,
            css=Markup(asset("page.css")),
            js=Markup(asset("page.js")),
            policy=policy(asset("page.js")),
            kind=case.kind,
            author=about.author,
            shares=bars_of([(option.label, option.probability) for option in forecast.options]),
            sections=sections,
            sliders=_sliders(forecast),
            charts={name: _finished(figure) for name, figure in draft.figures.items()},  # last: they take longest
        )
    )


def _finished(figure: Figure) -> dict[str, Any]:
    """Wait for a chart."""
    return {
        "wide": Markup(figure.wide.result()),
        "narrow": Markup(figure.narrow.result()),
        "caption": figure.caption,
        "alternative": figure.alternative,
    }


def _sliders(forecast: Forecast) -> dict[str, Any] | None:
    offered = sliders(forecast)
    if offered is None:
        return None
    options = [option.label for option in forecast.options]
    flat = offered.shares.reshape(-1, len(options)).tolist()
    grid = {
        "labels": offered.labels,
        "shares": flat,
        "words": [[percent(share) for share in shares] for shares in flat],
        "options": options,
    }
    data = json.dumps(grid, separators=(",", ":"))
    return {
        "title": "Try it",
        "start": AS_ESTIMATED,
        "best": "Most likely:",
        "note": sliders_note(len(flat), offered.draws),
        "axes": offered.axes,
        "options": options,
        "json": Markup(data.replace("<", "\\u003c")),
    }
