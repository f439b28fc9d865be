"""The line through time: nothing known later leaks in, and the last point is the forecast."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import foedus
from foedus.dossiers import Stakeholder, packaged_dossiers
from foedus.explain import timeline

DRAWS = 200


@pytest.fixture(scope="module")
def dossier() -> Any:
    read = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    known = read.sources["frs"].known
    later = Stakeholder(actor="DEU", issue="office", position_mode=0.0, salience_mode=1.0, known_on=known)
    return replace(read, stakeholders=(later,))


@pytest.fixture(scope="module")
def line(dossier: Any) -> Any:
    return timeline(dossier, "office", on="Vilnius 2023", draws=DRAWS)


def test_nothing_known_later_leaks_in(dossier: Any, line: Any) -> None:
    """Taking out, or turning round, everything that became known after a day leaves every point up to it as it was."""
    for point in line.points:
        early = [one for one in dossier.statements if dossier.known_on(one) <= point.on]
        turned = [
            replace(one, stance=-one.stance, certainty=1.0, kind="direct")
            for one in dossier.statements
            if dossier.known_on(one) > point.on
        ]
        rows = tuple(row for row in dossier.stakeholders if row.known_on <= point.on)
        for statements in (early, [*early, *turned]):
            other = replace(dossier, statements=tuple(statements), stakeholders=rows)
            answer = foedus.forecast(other, "office", point.on, "Vilnius 2023", draws=DRAWS)
            assert point.probabilities == pytest.approx([one.probability for one in answer.options], abs=1e-12)
            if point is not line.points[0]:
                again = timeline(other, "office", on="Vilnius 2023", draws=DRAWS, until=point.on)
                kept = {one.on: one for one in again.points}
                assert kept[point.on].probabilities == point.probabilities
                assert kept[point.on].news == point.news


def test_each_point_is_the_forecast_as_of_its_day(dossier: Any, line: Any) -> None:
    for point in line.points:
        answer = foedus.forecast(dossier, "office", point.on, "Vilnius 2023", draws=DRAWS)
        assert point.probabilities == pytest.approx([one.probability for one in answer.options], abs=1e-12)
        assert point.reconstruction == answer.case.reconstruction


def test_every_day_of_news_is_a_point_and_steps_add_up(dossier: Any, line: Any) -> None:
    days = [point.on for point in line.points]
    assert days == sorted(set(days))
    bearing = {one.id for one in dossier.concepts if one.issue == "office"}
    known = {dossier.known_on(one) for one in dossier.statements if one.concept in bearing and one.status == "accepted"}
    assert known <= set(days)
    first, *later = line.points
    assert (first.moved, first.aged) == (None, None)
    assert first.news
    assert {one.effect for one in first.news} == {None}
    total = first.probabilities[0] + sum(point.moved for point in later)
    assert total == pytest.approx(line.points[-1].probabilities[0])
    for point in later:  # no piece of news is told to do what the day's news did not do
        parts = [one.effect for one in point.news if one.effect is not None]
        assert sum(parts) == pytest.approx(point.moved - point.aged, abs=1e-9)
    assert "DEU.office.private" in {one.id for point in line.points for one in point.news}


def test_no_news_by_a_day_is_refused(dossier: Any) -> None:
    with pytest.raises(foedus.FoedusError, match="became known"):
        timeline(
            dossier, "office", until=foedus.read_dossier(dossier.folder).issues[0].meetings[0].on.replace(year=2001)
        )


def test_an_option_that_enters_and_one_that_leaves_are_news(dossier: Any) -> None:
    """Each day has all options, 0 for one off the table; coming and going has its own row, and its effect adds up."""
    question = dossier.issue("office")
    first, second = (page.on for page in timeline(dossier, "office", on="Vilnius 2023", draws=20).points[:2])
    middle = next(one for one in question.options if one.label not in {question.status_quo, question.proposal})
    for ends in ({"since": second}, {"until": second}):
        options = tuple(replace(one, **ends) if one is middle else one for one in question.options)
        changed = replace(
            dossier,
            issues=tuple(replace(one, options=options) if one.id == "office" else one for one in dossier.issues),
        )
        line = timeline(changed, "office", on="Vilnius 2023", draws=DRAWS, until=second)
        before, after = line.points
        index = line.options.index(middle.label)
        off = before if "since" in ends else after
        assert (before.on, after.on) == (first, second)
        assert off.probabilities[index] == 0
        assert [sum(point.probabilities) for point in line.points] == pytest.approx([1, 1])
        answer = foedus.forecast(changed, "office", second, "Vilnius 2023", draws=DRAWS)
        told = dict(zip(line.options, after.probabilities, strict=True))
        assert {one.label: one.probability for one in answer.options} == pytest.approx(
            {label: told[label] for label in (one.label for one in answer.options)}, abs=1e-12
        )
        kinds = {one.id: one for one in after.news}
        assert kinds[middle.label].kind == ("option entered" if "since" in ends else "option withdrawn")
        assert sum(one.effect or 0 for one in after.news) == pytest.approx(after.moved - after.aged, abs=1e-9)
