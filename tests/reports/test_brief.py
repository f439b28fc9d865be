"""The brief on one page: who blocks in whose words, what has changed since, who wrote it, the marking on top."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import docx
import pytest

import foedus
from foedus.base.answers import as_json
from foedus.base.wording import percent
from foedus.dossiers import Dossier
from foedus.forecasts import Forecast
from foedus.reports.brief import highest_marking, what_they_ask, who_blocks
from foedus.reports.drawing import Artist
from foedus.reports.earlier import Earlier, read_earlier, what_changed
from foedus.reports.judgement import judged
from foedus.reports.printing import BROWSERS, printed
from foedus.reports.sections import Bullets


def test_who_blocks_is_told_in_the_words_of_a_statement_that_counts(forecast: Forecast) -> None:
    first = str(who_blocks(forecast).items[0])
    france = forecast.known_objectors[0]
    shares = f"{percent(france.probability)}; alone {percent(france.sole)}"
    assert first.startswith(f"France is almost certain to object ({shares}): ")
    assert "The Japan Times" in first
    against = [c for c in forecast.case.member("FRA").stand.contributions if c.statement.stance < 0 and c.weight]
    heaviest = max(against, key=lambda one: one.weight)
    assert (heaviest.statement.quote or heaviest.statement.paraphrase.rstrip(".")) in first


def test_what_they_ask_names_conditions_and_signals_with_their_passage(forecast: Forecast) -> None:
    told = what_they_ask(forecast)
    assert told is not None
    assert any(str(one).startswith("France threatens to block") and "p9" in str(one) for one in told.items)


def test_what_changed_is_the_difference_from_the_file(forecast: Forecast, tmp_path: Path) -> None:
    shares = [0.7, 0.1, 0.1, 0.1]
    options = [{"label": o.label, "probability": share} for o, share in zip(forecast.options, shares, strict=True)]
    (tmp_path / "old.json").write_text(json.dumps({"issue": "office", "as_of": "2023-06-01", "options": options}))
    earlier = read_earlier(tmp_path / "old.json", "office")
    told = [str(one) for one in _changed(forecast, earlier).items]
    chances = told[0].rstrip(".").split("; ")
    for words, one, before in zip(chances, forecast.options, shares, strict=False):
        moved = f"{100 * (one.probability - before):+.1f}"
        assert words == f"{one.label}: {percent(one.probability)} now, {percent(before)} then ({moved} points)"
    assert any(words.startswith("New since 2023-06-01: ") and "2023-06-20" in words for words in told)
    again = read_earlier(_written(tmp_path / "now.json", forecast), "office")
    assert str(_changed(forecast, again).items[0]) == "No chance has moved."
    assert not any("0.0 points" in str(one) for one in _changed(forecast, again).items)


def _changed(forecast: Forecast, earlier: Earlier) -> Bullets:
    now = {one.label: one.probability for one in forecast.options}
    return what_changed(now, [forecast.case], forecast.case.dossier, earlier)


def _written(path: Path, forecast: Forecast) -> Path:
    path.write_text(as_json(forecast), "utf-8")
    return path


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", '{"issue": "office", "options": [{"label": "x"}]}'])
def test_a_file_without_an_answer_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(text)
    with pytest.raises(foedus.FoedusError, match=r"old\.json"):
        read_earlier(tmp_path / "old.json", "office")


def test_the_highest_marking_and_the_author_stand_on_every_page(few: Dossier, artist: Artist, tmp_path: Path) -> None:
    sources = {name: dataclasses.replace(one, marking="restricted") for name, one in few.sources.items()}
    answer = foedus.forecast(dataclasses.replace(few, sources=sources), "office", "2023-07-10", draws=50)
    assert highest_marking([answer.case]) == "restricted"
    foedus.save_report(answer, tmp_path / "a.docx", artist, by="A. Desk")
    foedus.save_report(answer, tmp_path / "a.html", artist, by="A. Desk")
    page = docx.Document(str(tmp_path / "a.docx")).sections[0]
    assert page.header.paragraphs[0].text.startswith("RESTRICTED")
    assert page.footer.paragraphs[0].text.startswith("A. Desk")
    text = (tmp_path / "a.html").read_text("utf-8")
    assert "Marking: RESTRICTED." in text
    assert "A. Desk" in text


def test_the_judgement_goes_into_the_record(forecast: Forecast) -> None:
    found = judged(forecast)["judgement"]
    assert found["confidence"] == "low"
    assert found["likelihood"] in found["sentence"]
    assert percent(forecast.likeliest.probability) in found["sentence"]


@pytest.mark.skipif(not any(shutil.which(name) for name in BROWSERS), reason="needs an installed browser")
def test_a_page_is_printed_as_pdf() -> None:
    assert printed("<!doctype html><p>text</p>").startswith(b"%PDF")


def test_without_a_browser_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(foedus.FoedusError, match=r"write FILE\.html and print it"):
        printed("<p>text</p>")
