"""The page of a replay and its fans of histories."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest

import foedus
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.procedures import Replay
from foedus.reports.histories import open_matters
from foedus.reports.replay import fan_chart, save_replay
from foedus.reports.vega import ticks


@pytest.fixture(scope="module")
def found(tokyo: Dossier) -> Replay:
    return foedus.replay(tokyo, histories=400)


def test_a_fan_is_full_on_every_day_and_ends_where_the_matter_does(found: Replay) -> None:
    last = found.events[-1].on
    for matter in open_matters(found):
        chart = fan_chart(matter, last)
        rows = chart.data["fan"]
        for day in {row["on"] for row in rows}:
            assert sum(row["share"] for row in rows if row["on"] == day) == pytest.approx(1)
        end = max(row["on"] for row in rows)
        shares = {row["state"]: row["share"] for row in rows if row["on"] == end and row["share"] > 0}
        assert shares == pytest.approx(dict(matter.points[-1].shares))
        assert alt.Chart.from_dict(chart.specification()).to_dict()["datasets"]["fan"] == rows


def test_only_open_matters_are_drawn(found: Replay) -> None:
    drawn = {matter.id for matter in open_matters(found)}
    assert "tokyo-office" in drawn
    assert not drawn & {"cover-nato", "japan-mission"}


def test_the_page_says_where_history_went_otherwise(found: Replay, tmp_path: Path) -> None:
    save_replay(found, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count(">otherwise</span>") == 1
    assert "Of 25 steps that the model decided, 24 came out" in page
    assert "var(--ink)" in page
    assert ">given</span>" in page
    assert ": an invitation (invited)" in page
    assert page.index(">Chronology</h2>") < page.index(">Histories</h2>")
    assert page.count('class="narrow"') == page.count("<figure>") == 3
    assert ">vilnius-2023-jpn</td>" in page


def test_marks_of_the_axis_end_with_the_replay_and_do_not_repeat() -> None:
    ends = ["2007-01-12 2024-07-11", "2022-05-18 2024-03-07", "2003-01-15 2003-02-16", "2023-07-11 2023-07-12"]
    for first, last in (words.split() for words in [*ends, "2023-07-11 2023-07-11"]):
        one, other = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        for most in (2, 3, 7):
            days, form = ticks(one, other, most)
            words = [day.strftime(form) for day in days]
            assert len(set(words)) == len(words) <= most
            assert words
            assert all(one <= day <= other for day in days)


def test_an_svg_of_one_matter(found: Replay, tmp_path: Path) -> None:
    save_replay(found, tmp_path / "fan.svg", matter="programme-korea")
    assert "programme-korea (programme)" in (tmp_path / "fan.svg").read_text("utf-8")
    save_replay(found, tmp_path / "fan.svg", matter="office")
    assert "tokyo-office (office)" in (tmp_path / "fan.svg").read_text("utf-8")
    with pytest.raises(FoedusError, match="--matter nothing: expected one of tokyo-office, cover-nato"):
        save_replay(found, tmp_path / "fan.svg", matter="nothing")


def test_what_cannot_be_written(found: Replay, tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="there is no folder"):
        save_replay(found, tmp_path / "nowhere" / "page.html")
    with pytest.raises(FoedusError, match="no event in these days"):
        save_replay(replace(found, events=()), tmp_path / "page.html")
