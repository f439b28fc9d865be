"""The brief as a Word document."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from concurrent.futures import Future

import docx
from docx.document import Document
from docx.shared import Cm, Pt

from foedus.forecasts import Forecast
from foedus.reports import charts
from foedus.reports.about import NOTHING, About
from foedus.reports.brief import highest_marking
from foedus.reports.drawing import Artist
from foedus.reports.explained import explain_for_report
from foedus.reports.line import line_chart
from foedus.reports.on_paper import add_page_number, write_sections
from foedus.reports.whole import report_sections

_CHART_WIDTH = 640
_CHARTS = {"options": charts.options_chart, "members": charts.members_chart, "sweeps": charts.sweeps_chart}


def render_word(forecast: Forecast, artist: Artist, about: About = NOTHING) -> bytes:
    """Return the brief, with its charts, as the bytes of a .docx file."""
    drawn = {name: _begun(artist, make(forecast, _CHART_WIDTH)) for name, make in _CHARTS.items()}
    explained = explain_for_report(forecast)
    if explained.line is not None:
        drawn["line"] = _begun(artist, line_chart(forecast, explained.line, _CHART_WIDTH))
    document = docx.Document()
    _set_up(document, forecast, about)
    write_sections(document, report_sections(forecast, explained, about.earlier), drawn)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def without_clock(archive: bytes) -> bytes:
    """Return a zip archive whose members all carry one fixed time: what holds the same then has the same bytes.

    Examples
    --------
    >>> out = io.BytesIO()
    >>> with zipfile.ZipFile(out, "w") as archive:
    ...     archive.writestr("a.txt", "text")
    >>> zipfile.ZipFile(io.BytesIO(without_clock(out.getvalue()))).infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _set_up(document: Document, forecast: Forecast, about: About) -> None:
    """Set margins and type, and properties that hold no clock: the same forecast gives the same document."""
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
        section.header.paragraphs[0].text = f"{highest_marking(forecast).upper()}\t\tas of {forecast.as_of}"
        foot = section.footer.paragraphs[0]
        foot.text = f"{about.author or f'Foedus {forecast.version}'}\t\tpage "
        add_page_number(foot)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    for name in ("Normal", "List Bullet"):
        document.styles[name].paragraph_format.space_after = Pt(3)
    properties = document.core_properties
    properties.title = forecast.case.issue.question
    properties.author = about.author or f"Foedus {forecast.version}"
    properties.created = properties.modified = dt.datetime.combine(forecast.as_of, dt.time(), dt.UTC).replace(
        tzinfo=None
    )


def _begun(artist: Artist, chart: charts.Chart) -> tuple[charts.Chart, Future[bytes]]:
    return chart, artist.draw_png(chart)
