"""The brief as a Word document."""

from __future__ import annotations

from concurrent.futures import Future

from foedus.forecasts import Forecast
from foedus.reports import charts
from foedus.reports.about import NOTHING, About
from foedus.reports.drawing import Artist
from foedus.reports.explained import Explained, explanation_of
from foedus.reports.line import line_chart
from foedus.reports.on_paper import as_bytes, begin_document, write_sections
from foedus.reports.response_charts import response_charts
from foedus.reports.vega import Chart
from foedus.reports.votes_chart import votes_chart
from foedus.reports.whole import marking_of, report_sections

_CHART_WIDTH = 640
_CHARTS = {"options": charts.options_chart, "members": charts.members_chart, "sweeps": charts.sweeps_chart}


def render_word(forecast: Forecast, artist: Artist, about: About = NOTHING, explained: Explained = None) -> bytes:
    """Return the brief, with its charts, as the bytes of a .docx file."""
    drawn = {name: _begun(artist, make(forecast, _CHART_WIDTH)) for name, make in _CHARTS.items()}
    if count := votes_chart(forecast, _CHART_WIDTH):
        drawn["votes"] = _begun(artist, count)
    known = explanation_of(forecast, explained)
    if known.line is not None:
        drawn["line"] = _begun(artist, line_chart(forecast, known.line, _CHART_WIDTH))
    if known.response is not None:
        charts_of_response = response_charts(known.response)
        drawn |= {name: _begun(artist, draw(_CHART_WIDTH)) for name, draw in charts_of_response.items()}
    author = about.author or f"Foedus {forecast.version}"
    document = begin_document(forecast.case.issue.question, author, forecast.as_of, marking_of(forecast, known))
    write_sections(document, report_sections(forecast, known, about.earlier), drawn)
    return as_bytes(document)


def _begun(artist: Artist, chart: Chart) -> tuple[Chart, Future[bytes]]:
    return chart, artist.draw_png(chart)
