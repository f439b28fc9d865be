"""How others answer, as a part of the brief: the numbers of ``foedus respond``, its charts, its marking."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import lxml.html
import pytest
from tests.reports.media import plain

import foedus
from foedus.dossiers import Dossier
from foedus.evidence import MARKINGS
from foedus.reports.explained import Explanation, explain_for_report
from foedus.reports.response_charts import response_charts
from foedus.reports.responses import sentence
from foedus.reports.whole import marking_of, report_sections
from foedus.strategy import Responded


@pytest.fixture(scope="module")
def answered(explained: Explanation) -> Responded:
    assert explained.response is not None
    return explained.response


def test_a_brief_answers_as_the_command_does(tokyo: Dossier, answered: Responded) -> None:
    alone = foedus.respond(tokyo, "office", "2023-07-10")
    assert replace(answered.main, decided=None) == replace(alone.main, decided=None)  # of fewer draws of the forecast
    assert (answered.perception, answered.host, answered.turns) == (alone.perception, alone.host, alone.turns)
    assert answered.meeting == "Vilnius 2023"


def test_page_and_word_tell_it_with_its_charts(answered: Responded, page: str, word: Path) -> None:
    tree = lxml.html.fromstring(page)
    (heading,) = tree.xpath("//h2[@id='response']")
    assert heading.text == "How others answer"
    said = plain(str(sentence(answered)))
    assert "29 of 51 comparable acts" in said
    assert said in plain(tree.text_content())
    paper = docx.Document(str(word))
    assert said in [plain(one.text) for one in paper.paragraphs]
    captions = [plain(one.text_content()) for one in tree.xpath("//figcaption")]
    for draw in response_charts(answered).values():
        chart = draw(690)
        assert plain(chart.caption) in captions
        assert any(chart.title in one.text for one in paper.paragraphs)
    for voice in answered.picture.voices:
        assert f"{voice.statement}, {voice.passage}" in page


def test_without_a_declaration_there_is_no_such_part(few: Dossier) -> None:
    made = foedus.forecast(few, as_of="2023-07-10", draws=50)
    explained = explain_for_report(made)
    assert explained.response is None
    assert not [one for one in report_sections(made, explained) if one.id.startswith("response")]


def test_a_brief_is_marked_as_the_voices_that_it_quotes(tokyo: Dossier, explained: Explanation) -> None:
    voices = {one.statement for one in explained.response.picture.voices} if explained.response else set()
    secret = tuple(
        replace(one, marking=MARKINGS[-1]) if one.id in voices and one.concept == "provocation" else one
        for one in tokyo.statements
    )
    assert secret != tokyo.statements
    made = foedus.forecast(replace(tokyo, statements=secret), "office", "2023-07-10", draws=50)
    found = explain_for_report(made)
    assert found.response is not None
    assert marking_of(made, found) == MARKINGS[-1]
    (question,) = [one for one in report_sections(made, found) if one.id == "question"]
    assert f"Marking: {MARKINGS[-1].upper()}." in [str(one) for one in question.blocks]
