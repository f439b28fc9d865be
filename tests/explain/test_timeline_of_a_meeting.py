"""A time line begins when its meeting became known, and tells where the chance of an option goes that leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.reports.media import on_terminal

import foedus
from foedus.dossiers import packaged_dossiers
from foedus.explain import timeline
from foedus.reports.beside import line_section


@pytest.fixture(scope="module")
def dossier() -> Any:
    return foedus.read_dossier(packaged_dossiers()["tokyo-office"])


def _with(dossier: Any, **changes: Any) -> Any:
    issue = dossier.issue("office")
    return replace(
        dossier, issues=tuple(replace(issue, **changes) if each.id == "office" else each for each in dossier.issues)
    )


def _announced(dossier: Any, day: Any) -> Any:
    meetings = dossier.issue("office").meetings
    return _with(dossier, meetings=tuple(replace(m, known_on=day) if m.name == "Vilnius 2023" else m for m in meetings))


def test_no_row_lies_before_the_meeting_was_known(dossier: Any) -> None:
    days = [point.on for point in timeline(dossier, "office", on="Vilnius 2023", draws=20).points]
    between = days[1] + (days[2] - days[1]) / 2
    line = timeline(_announced(dossier, between), "office", on="Vilnius 2023", draws=20)
    assert [point.on for point in line.points] == [between, *days[2:]]
    first = line.points[0]
    assert [(news.kind, news.id) for news in first.news] == [("meeting announced", "Vilnius 2023")]
    there = foedus.forecast(dossier, "office", between, "Vilnius 2023", draws=20)
    assert first.probabilities == pytest.approx([option.probability for option in there.options], abs=1e-12)
    with pytest.raises(foedus.FoedusError, match="nobody could have forecast it"):
        timeline(_announced(dossier, between), "office", on="Vilnius 2023", draws=20, until=days[0])


def test_few_draws_of_the_news_leave_the_points_as_the_forecast_has_them(dossier: Any) -> None:
    """Over more draws than news is measured on, points are the forecasts, and the news of a day still adds up."""
    line = timeline(dossier, "office", on="Vilnius 2023", draws=2_000)
    for point in line.points[-1:]:
        answer = foedus.forecast(dossier, "office", point.on, "Vilnius 2023", draws=2_000)
        assert point.probabilities == pytest.approx([option.probability for option in answer.options], abs=1e-12)
    for point in line.points[1:]:
        parts = [news.effect for news in point.news if news.effect is not None]
        assert sum(parts) + point.aged == pytest.approx(point.moved, abs=1e-9)


def test_the_chance_of_an_option_that_leaves_is_told_where_it_goes(dossier: Any) -> None:
    question = dossier.issue("office")
    second = timeline(dossier, "office", on="Vilnius 2023", draws=20).points[1].on
    middle = next(each for each in question.options if each.label not in {question.status_quo, question.proposal})
    options = tuple(replace(each, until=second) if each is middle else each for each in question.options)
    changed = _with(dossier, options=options)
    line = timeline(changed, "office", on="Vilnius 2023", draws=200, until=second)
    (gone,) = line.points[1].withdrawn
    assert gone.option == middle.label
    assert sum(gone.moved.values()) == pytest.approx(0, abs=1e-9)
    assert -gone.moved[middle.label] == pytest.approx(
        line.points[0].probabilities[line.options.index(middle.label)], abs=0.05
    )
    told = " ".join(on_terminal(line_section(line, changed)).split())
    assert f"'{middle.label}' was put at" in told
    assert "No position changes when an option leaves" in told
