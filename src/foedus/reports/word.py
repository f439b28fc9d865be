"""The brief as a Word document."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from concurrent.futures import Future
from typing import Any

import docx
from docx.document import Document
from docx.shared import Cm, Pt

from foedus.forecasts import Forecast
from foedus.reports import charts, content, ensemble
from foedus.reports.drawing import Artist
from foedus.reports.explained import Explanation, explain_for_report
from foedus.reports.explanations import explanation_sections
from foedus.reports.judgement import judge
from foedus.reports.line import line_chart
from foedus.reports.on_paper import Drawn, write_chart, write_sections, write_table
from foedus.reports.votes import votes

_CHART_WIDTH = 640
_CHARTS = {"options": charts.options_chart, "members": charts.members_chart, "sweeps": charts.sweeps_chart}


def render_word(forecast: Forecast, artist: Artist) -> bytes:
    """Return the brief, with its charts, as the bytes of a .docx file."""
    drawn = {name: _begun(artist, make(forecast, _CHART_WIDTH)) for name, make in _CHARTS.items()}
    explained = explain_for_report(forecast)
    if explained.line is not None:
        drawn["line"] = _begun(artist, line_chart(forecast, explained.line, _CHART_WIDTH))
    document = docx.Document()
    _set_up(document, forecast)
    _write_brief(document, forecast)
    _write_answer(document, forecast, drawn)
    _write_changes(document, forecast, explained, drawn)
    _write_grounds(document, forecast)
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


def _write_brief(document: Document, forecast: Forecast) -> None:
    """Write the judgement, as on the first screen of the page."""
    case, judgement = forecast.case, judge(forecast)
    document.add_heading(case.issue.question, level=1)
    kind = content.kind_words(case)
    document.add_paragraph(
        f"{kind}. {case.body.name}, {case.meeting.name} ({case.meeting.on}); what was known by {case.as_of}; "
        f"{len(case.seats)} seats; rule: {content.rule_words(forecast)}."
    )
    run = document.add_paragraph().add_run(judgement.sentence)
    run.bold, run.font.size = True, Pt(13)
    count = votes(forecast)
    told = [count.expects if count else "", ensemble.answer_words(forecast), ensemble.year_words(forecast)]
    for line in filter(None, told):
        document.add_paragraph(line)
    for label, text in (
        (
            f"Confidence: {judgement.confidence}. ",
            f"{judgement.confidence_reason[:1].upper()}{judgement.confidence_reason[1:]}.",
        ),
        ("Who dissents. ", judgement.dissent),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(label).bold = True
        paragraph.add_run(text)
    document.add_paragraph().add_run("What to watch").bold = True
    for item in judgement.watch:
        document.add_paragraph(item, style="List Bullet")


def _write_answer(document: Document, forecast: Forecast, drawn: Drawn) -> None:
    """Write what could be decided and who stands in the way."""
    document.add_heading("What could be decided", level=2)
    rows = [[row["label"], row["share"], row["note"]] for row in content.option_rows(forecast)]
    rows += [[label, share, note] for label, _, share, note in content.year_rows(forecast)]
    write_table(document, ["option", "probability", "what it means"], rows, [2.0, 1.9, 5.0])
    write_chart(document, *drawn["options"])
    _write_votes(document, forecast)
    _write_models(document, forecast)
    document.add_heading("Who stands where", level=2)
    write_chart(document, *drawn["members"])
    objections = content.objection_rows(forecast)
    if objections is not None:
        document.add_paragraph(
            "Share of draws in which each objects or refuses its consent / is the only one in the way / is reluctant "
            "and silent."
        )
        write_table(document, ["member", *objections["labels"]], [[r["name"], *r["cells"]] for r in objections["rows"]])


def _write_votes(document: Document, forecast: Forecast) -> None:
    """Write the count of votes under a majority rule."""
    count = votes(forecast)
    if count is None:
        return
    document.add_heading(count.title, level=3)
    write_table(document, list(count.headings), [list(row) for row in count.rows])
    for line in count.lines:
        document.add_paragraph(line)


def _write_models(document: Document, forecast: Forecast) -> None:
    """Write what other models make of the same inputs, each with its score."""
    rows = [[row["model"], *row["shares"], row["score"]] for row in ensemble.rows(forecast)]
    if rows:
        document.add_heading("What other models make of the same inputs", level=3)
        labels = [option.label for option in forecast.options]
        write_table(document, ["model", *labels, "its own score"], rows)
    told = [ensemble.left_out(forecast), content.other_models(forecast), ensemble.distance_words(forecast)]
    document.add_paragraph(" ".join(filter(None, told)))


def _write_changes(document: Document, forecast: Forecast, explained: Explanation, drawn: Drawn) -> None:
    """Write what would change the answer, what carries it, and how it came about."""
    document.add_heading("What would change the answer", level=2)
    write_table(
        document,
        ["input, moved alone", "declared or estimated", "answer turns"],
        [[row["name"], row["stated"], row["value"] + row["after"]] for row in content.break_even_rows(forecast)],
    )
    for one in content.decisive_rows(forecast):
        document.add_paragraph(
            f"It hangs on statement {one['id']} ({one['words']}): without it the most likely answer is "
            f"{one['after']!r} ({one['share']})."
        )
    write_sections(document, explanation_sections(forecast, explained), drawn)


def _write_grounds(document: Document, forecast: Forecast) -> None:
    """Write what the numbers rest on, down to the sources."""
    document.add_heading("What the positions rest on", level=2)
    for member in content.member_rows(forecast):
        _member(document, member)
    document.add_heading("Declared assumptions", level=2)
    write_table(
        document,
        ["name", "drawn from", "meaning"],
        [[row["name"], row["value"], f"{row['meaning']}. {row['note']}"] for row in content.assumption_rows(forecast)],
        [1.7, 1.8, 4.0],
    )
    document.add_heading("How this kind of forecast has been tested", level=2)
    document.add_paragraph(ensemble.tested_words(forecast))
    document.add_heading("Rule and facts", level=2)
    for part in content.rule_rows(forecast):
        document.add_paragraph(f"{part['words']}: {part['reference']}", style="List Bullet")
    document.add_paragraph(f"Capability: {content.capability_words(forecast)}", style="List Bullet")
    for line in content.presence_rows(forecast):
        document.add_paragraph(line, style="List Bullet")
    document.add_heading("Sources", level=2)
    for source in content.source_rows(forecast):
        title = f"{source['author']}, {source['title']}, {source['outlet']}"
        document.add_paragraph(
            f"{source['id']}: {title}; known {source['known']}; {source['use']}.", style="List Bullet"
        )
    document.add_heading("How to cite and reproduce", level=2)
    document.add_paragraph(content.citation(forecast))
    document.add_paragraph(content.command(forecast))
    document.add_paragraph(f"inputs_sha256 {forecast.inputs_sha256}")


def _set_up(document: Document, forecast: Forecast) -> None:
    """Set margins and type, and properties that hold no clock: the same forecast gives the same document."""
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    properties = document.core_properties
    properties.title = forecast.case.issue.question
    properties.author = f"Foedus {forecast.version}"
    properties.created = properties.modified = dt.datetime.combine(forecast.as_of, dt.time(), dt.UTC).replace(
        tzinfo=None
    )


def _member(document: Document, member: dict[str, Any]) -> None:
    """Write one position and the statements that move it."""
    paragraph = document.add_paragraph()
    paragraph.add_run(member["name"]).bold = True
    paragraph.add_run(f": {member['stance']}, position {member['private']}, {member['basis']}. {member['note']}")
    for one in member["statements"]:
        document.add_paragraph(
            f"{one['id']} ({one['kind']}, known {one['known']}): {one['paraphrase']} "
            f"[{one['source']} {one['passage']}; points to {one['target']}, weight {one['weight'] or '0'}]",
            style="List Bullet",
        )


def _begun(artist: Artist, chart: charts.Chart) -> tuple[charts.Chart, Future[bytes]]:
    return chart, artist.draw_png(chart)
