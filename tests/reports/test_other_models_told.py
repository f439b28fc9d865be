"""What is told of other models: each sentence has the answer's own numbers."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from foedus.base.wording import percent
from foedus.ensembles.mixing import PUBLIC
from foedus.forecasts import Forecast
from foedus.reports import ensemble as told


def with_ensemble(forecast: Forecast, **fields: object) -> Forecast:
    """Return a forecast with another ensemble in place of its own."""
    made = copy.copy(forecast)
    vars(made).update(ensemble=replace(forecast.ensemble, **fields))
    return made


def test_the_chance_within_a_year_is_that_of_the_option_named(forecast: Forecast) -> None:
    issue = forecast.case.issue
    chances = {one.label: one.probability for one in forecast.within_a_year}
    assert percent(chances[issue.proposal]) != percent(chances[issue.status_quo])
    assert told.year_words(forecast) == (
        f"Within a year of the meeting the chance of {issue.proposal!r} is {percent(chances[issue.proposal])}, "
        f"that of {issue.status_quo!r} {percent(chances[issue.status_quo])}."
    )


def test_a_part_that_is_not_shown_is_named_with_its_weight(forecast: Forecast) -> None:
    hidden = [row["model"] for row in told.rows(forecast, worse=True)]
    first, *others = forecast.ensemble.components
    assert len(hidden) > 1
    parts = tuple(
        replace(one, weight={hidden[0]: 0.31, hidden[1]: 0.04}.get(one.model, 0.1)) for one in (first, *others)
    )
    if not {one.model for one in parts} & set(hidden):
        parts = (replace(first, model=hidden[0], weight=0.31), replace(first, model=hidden[1], weight=0.04), *others)
    words = told.left_out(with_ensemble(forecast, components=parts))
    assert words.endswith(f"Still counted in the ensemble's average: {hidden[0]}, for 31 %.")


def test_where_the_weights_come_from_and_how_near_the_case_lies(forecast: Forecast) -> None:
    weights = replace(forecast.ensemble.weights, data=PUBLIC, rule="consensus", decisions=38, pooled=185)
    near = replace(forecast.ensemble.distance, decisions=185, percentile=0.83, value=2.345, outside=False)
    made = with_ensemble(forecast, weights=weights, distance=near, binds=False)
    assert told.learned_words(made) == (
        "The weights were learned on 38 decisions under consensus, and are drawn towards those learned on all 185 "
        "decisions coded from public words."
    )
    assert told.distance_words(made) == (
        "Of the 185 decisions that the ensemble learned from, 83 % are more typical than this case, which lies 2.3 "
        "standard deviations from their centre, within their range."
    )


@pytest.mark.parametrize("binds", [True, False])
def test_a_rule_under_which_one_member_blocks_is_told(forecast: Forecast, binds: bool) -> None:
    words = told.learned_words(with_ensemble(forecast, binds=binds))
    assert ("If any member blocks an option in a draw, nothing changes in that draw." in words) is binds
