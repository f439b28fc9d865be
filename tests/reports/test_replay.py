"""The page of a replay and its fans of histories."""

from __future__ import annotations

from pathlib import Path

import altair as alt
import pytest

import foedus
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.procedures import Replay
from foedus.reports.replay import fan_chart, open_matters, save_replay


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
    assert page.count("otherwise than in history") == 1
    assert "24 of 25 steps that the model decided" in page
    assert "var(--ink)" in page


def test_what_cannot_be_written(found: Replay, tmp_path: Path, tokyo: Dossier) -> None:
    with pytest.raises(FoedusError, match="there is no folder"):
        save_replay(found, tmp_path / "nowhere" / "page.html")
    nothing = foedus.replay(tokyo, start="2024-01-01", end="2024-01-02", histories=1)
    with pytest.raises(FoedusError, match="no event in these days"):
        save_replay(nothing, tmp_path / "page.html")
