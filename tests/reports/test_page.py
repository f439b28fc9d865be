from __future__ import annotations

import base64
import copy
import dataclasses
import hashlib
import html
import html.parser
import io
import json
import re
import zipfile
from pathlib import Path

import altair as alt
import docx
import pytest
from tests.reports.media import tables_of_page

import foedus
from foedus.base.days import parse_day
from foedus.base.wording import percent
from foedus.dossiers import Dossier, Range, Stakeholder
from foedus.explain import influence_of_evidence
from foedus.forecasts import Forecast
from foedus.reports import charts, content, save_pages
from foedus.reports.drawing import Artist
from foedus.reports.explained import Explanation, explain_for_report
from foedus.reports.explanations import evidence_section, explanation_sections
from foedus.reports.judgement import short_input
from foedus.reports.line import line_chart
from foedus.reports.on_paper import as_bytes, begin_document, write_sections
from foedus.reports.sections import Section, text
from foedus.reports.sliders import SLIDER_DRAWS, sliders

_CHARTS = (charts.options_chart, charts.members_chart, charts.sweeps_chart, charts.timeline_chart)
_VOID = {"meta", "input", "br", "hr", "img", "link"}


class _Balance(html.parser.HTMLParser):
    """Notes every element that is closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_page_is_well_formed_and_its_ids_are_unique(page: str) -> None:
    parser = _Balance()
    parser.feed(re.sub(r"<(path|rect|line|circle|g|text)([^>]*)/>", r"<\1\2></\1>", page))
    assert parser.wrong == []
    assert parser.open == []
    own = [one for one in parser.ids if one.startswith(("member-", "source-", "slider-", "live-", "grid"))]
    assert len(own) == len(set(own))


def test_page_needs_no_other_file(page: str) -> None:
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    assert "@import" not in page
    assert "url(http" not in page
    assert "<script src" not in page


def test_every_inner_link_leads_somewhere(page: str) -> None:
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets


def test_first_screen_is_the_brief(page: str) -> None:
    brief = page[: page.index('id="options"')]
    for part in ("It is about as likely as not (", "Confidence", "Who blocks", "What comes next", "France"):
        assert part in brief


def test_page_says_how_it_was_tested_and_how_to_repeat_it(page: str, forecast: Forecast) -> None:
    assert "scored on 38 decisions of the North Atlantic Council" in page
    assert forecast.inputs_sha256 in page
    assert "--issue office --as-of 2023-07-10" in page


def test_every_statement_used_is_shown_with_its_passage(page: str, forecast: Forecast) -> None:
    for member in forecast.case.members:
        for contribution in member.stand.contributions:
            assert contribution.statement.id in page
            assert f"</a> {contribution.statement.passage}<" in page


def test_sliders_start_at_the_headline(page: str, forecast: Forecast) -> None:
    holder = re.search(r'<script type="application/json" id="grid">(.*?)</script>', page, re.DOTALL)
    assert holder is not None
    grid = json.loads(holder.group(1))
    assert [len(one) for one in grid["labels"]] == [12, 8]
    assert len(grid["shares"]) == 12 * 8
    for shares in grid["shares"]:
        assert sum(shares) == pytest.approx(1, abs=4e-4)  # four numbers of four digits
    as_estimated = [option.probability for option in forecast.options]
    assert grid["shares"][0] == pytest.approx(as_estimated, abs=1e-4)
    assert grid["words"] == [[percent(share) for share in shares] for shares in grid["shares"]]
    assert grid["labels"][0][1:] == ["0 (no office)", *(f"{10 * k}" for k in range(1, 10)), "100 (liaison office)"]
    france_at_the_proposal, full_pressure = grid["shares"][11 * 8], grid["shares"][7]
    assert france_at_the_proposal[0] < as_estimated[0]
    assert full_pressure[0] < as_estimated[0]


def test_a_stop_of_the_sliders_is_the_forecast_with_these_inputs(tokyo, page: str, forecast: Forecast) -> None:
    holder = re.search(r'<script type="application/json" id="grid">(.*?)</script>', page, re.DOTALL)
    assert holder is not None
    grid = json.loads(holder.group(1))
    assert (grid["labels"][0][7], grid["labels"][1][4]) == ("60", "0.45")
    by_hand = tuple(
        Stakeholder(actor="FRA", issue="office", venue=venue, position_mode=60.0) for venue in ("private", "public")
    )
    pressure = Range(low=0.45, mode=0.45, high=0.45)
    settings = tokyo.settings.model_copy(update={"assumptions": {**tokyo.settings.assumptions, "kappa": pressure}})
    changed = dataclasses.replace(tokyo, stakeholders=by_hand, settings=settings)
    found = foedus.forecast(changed, issue="office", as_of="2023-07-10", draws=SLIDER_DRAWS)
    usual = foedus.forecast(tokyo, issue="office", as_of="2023-07-10", draws=SLIDER_DRAWS)
    shift = [more.probability - less.probability for more, less in zip(forecast.options, usual.options, strict=True)]
    stop = [option.probability + by for option, by in zip(found.options, shift, strict=True)]
    assert grid["shares"][7 * 8 + 4] == pytest.approx(stop, abs=1e-4)


def test_sliders_move_those_in_the_way_together() -> None:
    compact = foedus.read_dossier("harbour-compact")
    answer = foedus.forecast(compact, "port", as_of="2031-05-01", draws=400)
    found = sliders(answer)
    assert found is not None
    assert [one["title"] for one in found.axes] == ["Ardonia's position", "Eland's position"]
    assert found.shares.ndim == 3
    both = foedus.dossiers.suppose(compact, [f"{one}.position=a port" for one in ("ELN", "ARD")], "port")
    supposed = foedus.forecast(both, "port", as_of="2031-05-01", draws=400)
    assert found.labels[0][-1] == "100 (a port)"
    assert found.shares[-1, -1] == pytest.approx([one.probability for one in supposed.options], abs=1e-4)
    assert found.shares[-1, -1, -1] > max(found.shares[-1, 0, -1], found.shares[0, -1, -1])


def test_sliders_under_votes_say_what_supposing_says(monkeypatch: pytest.MonkeyPatch) -> None:
    # silent members lean with whoever moves; a position held by itself left that out
    monkeypatch.setattr("foedus.reports.sliders.SLIDER_DRAWS", 60)
    law = foedus.read_dossier("nature-law-2024")
    found = sliders(foedus.forecast(law, as_of="2024-06-16", draws=60))
    assert found is not None
    assert found.axes[0]["title"] == "Finland's position"
    supposed = foedus.forecast(
        foedus.dossiers.suppose(law, ["FIN.position=adopted"], law.issue().id), as_of="2024-06-16", draws=60
    )
    assert found.labels[0][-1] == "100 (adopted)"
    assert found.shares[-1, 0, 0] == pytest.approx([option.probability for option in supposed.options], abs=1e-4)


def test_days_and_numbers_stay_whole_in_word() -> None:
    document = begin_document("Title", "Author", None, "public")
    write_sections(document, [Section("a", "", (text("Likely (45 %) on 2025-02-14, by 3 members."),))], {})
    written = zipfile.ZipFile(io.BytesIO(as_bytes(document))).read("word/document.xml").decode()
    assert "(45\u00a0%)" in written
    assert re.search(r"2025</w:t><w:noBreakHyphen/><w:t[^>]*>02</w:t><w:noBreakHyphen/><w:t[^>]*>14, by 3 mem", written)
    assert "Likely (45\u00a0%) on 2025-02-14" in document.paragraphs[-1].text


def test_acts_stand_on_the_page_before_levers(forecast: Forecast, explained: Explanation) -> None:
    ids = [one.id for one in explanation_sections(forecast, explained) if one]
    assert ids.index("acts") < ids.index("levers")
    section = next(one for one in explanation_sections(forecast, explained) if one and one.id == "acts")
    assert "France" in " ".join(str(cell) for row in section.table().rows for cell in row)


def test_hostile_text_stays_text(few: Dossier, artist: Artist, tmp_path: Path) -> None:
    evil = '<script>alert(1)</script>"&'
    statements = tuple(dataclasses.replace(s, paraphrase=evil) if s.actor == "FRA" else s for s in few.statements)
    answer = foedus.forecast(dataclasses.replace(few, statements=statements), as_of="2023-07-10", draws=50)
    foedus.save_report(answer, tmp_path / "evil.html", artist)
    text = (tmp_path / "evil.html").read_text("utf-8")
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_reconstruction_is_labelled(few: Dossier, artist: Artist, tmp_path: Path) -> None:
    late = foedus.forecast(few, issue="office", as_of="2024-07-10", on="Vilnius", draws=50)
    foedus.save_report(late, tmp_path / "late.html", artist)
    assert "RECONSTRUCTION, uses what was known after the meeting" in (tmp_path / "late.html").read_text("utf-8")


def test_a_page_may_load_nothing_and_run_its_own_script_alone(page: str) -> None:
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    rules = dict(one.split(" ", 1) for one in html.unescape(policy).split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_the_same_forecast_gives_the_same_bytes(forecast: Forecast, page: str, tmp_path: Path) -> None:
    foedus.save_report(forecast, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text("utf-8") == page


@pytest.mark.parametrize("width", [690, 340])
@pytest.mark.parametrize("make", _CHARTS, ids=lambda make: make.__name__)
def test_charts_follow_the_schema_and_draw(make, width: int, forecast: Forecast, artist: Artist) -> None:
    chart = make(forecast, width)
    alt.Chart.from_dict(chart.specification(), validate=True)
    assert artist.draw_png(chart).result().startswith(b"\x89PNG")
    assert chart.title
    assert chart.alternative


@pytest.mark.parametrize("width", [690, 340])
def test_the_line_through_time_follows_the_schema_and_ends_at_the_forecast(
    width: int, forecast: Forecast, explained: Explanation
) -> None:
    assert explained.line is not None
    chart = line_chart(forecast, explained.line, width)
    alt.Chart.from_dict(chart.specification(), validate=True)
    last = {row["option"]: row["probability"] for row in chart.data["steps"][-len(forecast.options) :]}
    assert last == {option.label: option.probability for option in forecast.options}
    assert {row["day"][:10] for row in chart.data["steps"]} <= {
        *(str(point.on) for point in explained.line.points),
        str(forecast.as_of),
    }


def test_nothing_known_after_the_page_is_on_it(forecast: Forecast, explained: Explanation, page: str) -> None:
    assert explained.line is not None
    assert max(point.on for point in explained.line.points) <= forecast.as_of
    later = [s.id for s in forecast.case.dossier.statements if forecast.case.dossier.known_on(s) > forecast.as_of]
    assert later
    assert not [one for one in later if f'href="#statement-{one}"' in page]


def test_evidence_of_the_page_is_that_of_the_library(forecast: Forecast, explained: Explanation, page: str) -> None:
    found = influence_of_evidence(forecast, changes=("dropped", "reversed"))
    section = evidence_section(explained.evidence)
    rows = {row[0].parts[0].to.removeprefix("statement-"): str(row[-1]) for row in section.table().rows}
    assert set(rows) == {one.statement for one in found.effects}
    flipping = {one.statement for one in found.flipping}
    assert {statement for statement, turns in rows.items() if turns} == flipping
    assert {one.statement for one in forecast.hangs_on} <= flipping
    verdict = next(str(block) for block in section.blocks)
    said = {one.id: one.said_on for one in forecast.case.dossier.statements}
    for name in flipping:
        assert f"France on {said[name]}" in verdict
    assert verdict in html.unescape(page)


def test_page_has_what_explains_it(forecast: Forecast, explained: Explanation, page: str) -> None:
    for name in ("levers", "scenarios", "evidence", "learning", "uncertainty", "line"):
        assert f'id="{name}"' in page
    sections = {one.id: one for one in explanation_sections(forecast, explained) if one}
    row = next(row for row in sections["levers"].table().rows if str(row[0]).startswith("Win France over"))
    assert (str(row[1]), str(row[4])) == ("liaison office", "no")
    assert [one.title for one in forecast.case.dossier.settings.scenarios] == [
        str(row[0]) for row in sections["scenarios"].table().rows[1:]
    ]
    assert str(sections["uncertainty"].table().rows[0][0]) == "peer pressure"


def test_statements_marked_above_the_limit_are_nowhere_on_the_page(
    few: Dossier, artist: Artist, tmp_path: Path
) -> None:
    secret = dataclasses.replace(few.statements[1], marking="restricted")
    assert secret.id == "jt02"
    dossier = dataclasses.replace(few, statements=(few.statements[0], secret, *few.statements[2:]))
    answer = foedus.forecast(dossier, "office", "2023-07-10", draws=200, max_marking="public")
    explained = explain_for_report(answer)
    assert explained.line is not None
    assert "jt02" not in {one.id for point in explained.line.points for one in point.news}
    foedus.save_report(answer, tmp_path / "open.html", artist)
    assert "jt02" not in (tmp_path / "open.html").read_text("utf-8")


def test_a_model_of_two_stages_is_explained_by_levers_alone(tokyo) -> None:
    answer = foedus.forecast(tokyo, "office", "2023-07-10", models=["friedkin-johnsen+consensus"], draws=20)
    explained = explain_for_report(answer)
    assert explained.evidence is None
    assert explained.line is None
    assert [one.id for one in explanation_sections(answer, explained) if one] == ["levers", "sweeps"]


def test_members_are_coloured_by_what_they_do(forecast: Forecast) -> None:
    stances = {member.actor: stance for member, stance in charts.ranked_members(forecast)}
    assert stances["FRA"] == "objects"
    assert stances["USA"] == "accepts"
    assert stances["JPN"] == "accepts"  # its consent is asked
    assert stances["CHN"] == "voice, no seat"
    assert "SWE" not in stances  # nothing was known of it by then, and it had no seat


def test_sides_turn_round_where_the_proposal_lies_at_the_low_end(forecast: Forecast) -> None:
    issue = dataclasses.replace(forecast.case.issue, proposal="no office", status_quo="liaison office")
    turned = dataclasses.replace(forecast, case=dataclasses.replace(forecast.case, issue=issue))
    other = {"for": "against", "against": "for", "neither": "neither"}
    was, now = ([row["stance"] for row in charts.timeline_rows(one)] for one in (forecast, turned))
    assert now == [other[stance] for stance in was]
    assert {"for", "against"} <= set(was)
    first, last = (
        [m.stand.private.mode for m, _ in charts.ranked_members(one) if m.seated] for one in (forecast, turned)
    )
    assert first == sorted(first)
    assert last == sorted(first, reverse=True)


@pytest.mark.parametrize(
    ("objects", "reluctant", "stance"), [(0.5, 0.2, "objects"), (0.2, 0.5, "reluctant"), (0.3, 0.3, "accepts")]
)
def test_a_members_colour_is_what_it_does_most_often(
    forecast: Forecast, objects: float, reluctant: float, stance: str
) -> None:
    made = dataclasses.replace(forecast.objectors[0], probability=objects, reluctant_but_silent=reluctant)
    assert charts.stance_of(made) == stance


def test_each_bar_and_each_position_is_drawn_where_it_is(forecast: Forecast) -> None:
    bars = charts.options_chart(forecast, 690).data["options"]
    assert [(row["option"], row["probability"]) for row in bars] == [
        (option.label, option.probability) for option in forecast.options
    ]
    rows = charts.members_chart(forecast, 690).data["members"]
    places = {member.name: member.stand.private for member in forecast.case.members}
    assert len(rows) > 30
    for row in rows:
        place = places[row["member"]]
        assert (row["low"], row["mode"], row["high"]) == (place.low, place.mode, place.high)


def test_each_input_turns_the_answer_at_its_own_value(forecast: Forecast) -> None:
    turns = [dataclasses.replace(turn, value=11.0 * k) for k, turn in enumerate(forecast.break_even[:3], 1)]
    made = copy.copy(forecast)
    vars(made).update(break_even=tuple(turns))
    told = charts.sweeps_chart(made, 690).alternative
    assert told.partition(".")[0].split("; ") == [
        f"{short_input(forecast.case, turn.assumption)} changes the answer at {11 * k}"
        for k, turn in enumerate(turns, 1)
    ]


def test_timeline_marks_what_was_not_known_yet(forecast: Forecast) -> None:
    rows = charts.timeline_rows(forecast)
    assert {row["used"] for row in rows if row["known"] > "2023-07-10T23"} == {False}
    assert {row["used"] for row in rows if row["known"] <= "2023-07-10T23"} == {True}
    case, dossier = forecast.case, forecast.case.dossier
    first = next(s for s in dossier.statements if s.concept == "office" and dossier.known_on(s) <= case.as_of)
    later = dataclasses.replace(first, known_on=parse_day("2024-01-02"))  # said before that day, and known only later
    made = dataclasses.replace(dossier, statements=(later,))
    (row,) = charts.timeline_rows(dataclasses.replace(forecast, case=dataclasses.replace(case, dossier=made)))
    assert (row["known"][:10], row["used"]) == ("2024-01-02", False)


def test_word_brief_says_what_the_page_says(forecast: Forecast, word: Path) -> None:
    clocks = {one.date_time for one in zipfile.ZipFile(word).infolist()}
    assert clocks == {(1980, 1, 1, 0, 0, 0)}, "a clock in the file: the same forecast would have other bytes tomorrow"
    document = docx.Document(str(word))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "It is about as likely as not (" in text
    assert re.search(r"Confidence: (Low\. |.+; confidence in that is low: )", text)
    assert "France is almost certain to object" in text
    headings = {
        paragraph.text.replace("\u00a0", " ")
        for paragraph in document.paragraphs
        if paragraph.style.name.startswith("Heading")
    }
    assert {
        "What would raise 'liaison office' past 50 %",
        "Scenarios that the dossier names",
        "Which evidence carries the answer",
        "How the forecast moved",
    } <= headings
    assert content.command(forecast) in text
    assert len(document.inline_shapes) == 8
    assert document.tables[0].rows[1].cells[0].text == "no office\nstatus quo"


def test_compromise_page_has_no_objectors_and_no_sliders(few: Dossier, artist: Artist, tmp_path: Path) -> None:
    answer = foedus.forecast(few, as_of="2023-07-10", models=["compromise"], draws=50)
    foedus.save_report(answer, tmp_path / "compromise.html", artist)
    text = (tmp_path / "compromise.html").read_text("utf-8")
    assert "The compromise model has no objections in it." in text
    assert 'id="sliders"' not in text


def test_an_unknown_form_is_refused_and_nothing_written(forecast: Forecast, tmp_path: Path) -> None:
    with pytest.raises(foedus.FoedusError, match=r"FILE\.html, FILE\.docx or FILE\.pdf"):
        foedus.save_report(forecast, tmp_path / "report.txt")
    assert list(tmp_path.iterdir()) == []


def test_pages_lead_to_each_other(few: Dossier, tmp_path: Path) -> None:
    made, paths = save_pages(
        (foedus.forecast(few, p.issue, p.as_of, p.on, draws=50) for p in few.pages[:2]),
        [(p.id, p.title) for p in few.pages[:2]],
        tmp_path,
    )
    assert [path.name for path in paths] == ["forecast.html", "reconstruction.html"]
    assert [one.case.reconstruction for one in made] == [False, True]
    for place, path in enumerate(paths):
        page = path.read_text("utf-8")
        tables = [table for below in tables_of_page(page).values() for table in below]
        head, *rows = next(table for table in tables if table[0][0] == "Beside it")
        assert head[1:4] == ["as of", "meeting", "most likely"]
        for there, (row, one, about) in enumerate(zip(rows, made, few.pages[:2], strict=True)):
            assert row == [
                f"{about.title} (this page)" if there == place else about.title,
                str(one.as_of),
                one.case.meeting.name,
                f"{one.likeliest.label}, {percent(one.likeliest.probability)}",
                "reconstruction" if one.case.reconstruction else "",
            ]
            assert (f'href="{paths[there].name}"' in page) == (there != place)
