"""Scenarios and comparisons: against dossiers edited by hand, brute-force orders, and what must add up."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import foedus
from foedus.dossiers import Stakeholder, apply_scenario, copy_packaged, packaged_dossiers
from foedus.explain import compare, scenarios, sensitivity
from foedus.explain.comparison import shapley
from foedus.explain.scenarios import paired

DRAWS = 200


@pytest.fixture(scope="module")
def dossier() -> Any:
    return foedus.read_dossier(packaged_dossiers()["tokyo-office"])


@pytest.fixture(scope="module")
def forecast(dossier: Any) -> Any:
    return foedus.forecast(dossier, "office", "2023-07-10", draws=DRAWS)


def test_a_scenario_is_the_forecast_of_the_dossier_edited_by_hand(dossier: Any, forecast: Any) -> None:
    found = {one.id: one for one in scenarios(forecast, DRAWS).scenarios}
    rows = tuple(
        Stakeholder(actor="FRA", issue="office", venue=venue, position_low=67, position_mode=67, position_high=67)
        for venue in ("private", "public")
    )
    by_hand = foedus.forecast(replace(dossier, stakeholders=rows), "office", "2023-07-10", draws=DRAWS)
    shares = [one.probability for one in by_hand.options]
    assert found["programmes-only"].probabilities == pytest.approx(shares, abs=1e-12)
    assert found["no-pressure"].probabilities[0] > forecast.options[0].probability


def test_differences_sum_to_nothing_and_their_errors_are_those_of_pairs(forecast: Any) -> None:
    answer = scenarios(forecast, DRAWS)
    for one in answer.scenarios:
        assert sum(one.differences) == pytest.approx(0.0, abs=1e-12)
        assert np.subtract(one.probabilities, answer.base) == pytest.approx(one.differences)
    rng = np.random.default_rng(1)
    base, other = rng.random((50, 1)), rng.random((50, 1))
    apart, error = paired(base, other)
    whole = [paired(base[again], other[again])[0][0] for again in rng.integers(50, size=(4_000, 50))]
    assert error[0] == pytest.approx(np.std(whole), rel=0.06)
    assert apart[0] == pytest.approx((other - base).mean())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("set: {FRA.office.mood: 1}", "ACTOR.ISSUE.FIELD"),
        ("set: {FRA.offices.position: 1}", "the id of an issue"),
        ("set: {FRX.office.position: 1}", "the id of an actor"),
        ("set: {FRA.office.position: 101}", "numbers from 0 to 100"),
        ("set: {FRA.office.salience: 2}", "numbers from 0 to 1"),
        ("set: {}", "at least one entry"),
    ],
)
def test_a_scenario_that_makes_no_sense_is_refused(tmp_path: Path, line: str, told: str) -> None:
    copy_packaged("tokyo-office", tmp_path / "d")
    settings = tmp_path / "d" / "dossier.yaml"
    text = settings.read_text("utf-8").split("scenarios:\n")[0]
    settings.write_text(f"{text}scenarios:\n  - {{id: one, title: One, {line}}}\n", "utf-8")
    with pytest.raises(foedus.InputError, match=told) as caught:
        foedus.read_dossier(tmp_path / "d")
    assert "line" in str(caught.value)


def test_an_unknown_scenario_is_refused(dossier: Any) -> None:
    with pytest.raises(foedus.FoedusError, match="programmes-only"):
        apply_scenario(dossier, "no-such")


def test_a_dossier_differs_from_itself_in_nothing(dossier: Any) -> None:
    found = compare(dossier, dossier, "office", draws=DRAWS)
    assert found.groups == ()
    assert found.rest == 0.0
    assert found.first == found.second


def test_shares_of_a_difference_sum_to_it_and_name_what_was_changed(dossier: Any) -> None:
    other = apply_scenario(apply_scenario(dossier, "france-steps-aside"), "no-pressure")
    other = replace(other, statements=tuple(one for one in other.statements if one.source != "fp"))
    found = compare(dossier, other, "office", want="no office", draws=DRAWS)
    assert {one.group for one in found.groups} == {"saliences", "assumptions", "statements"}
    assert sum(one.shapley for one in found.groups) + found.rest == pytest.approx(found.difference)
    by_hand = foedus.forecast(other, "office", dossier.latest_known(), draws=DRAWS)
    assert found.second == pytest.approx([one.probability for one in by_hand.options], abs=1e-12)


def test_one_group_alone_explains_everything(dossier: Any) -> None:
    (only,) = compare(dossier, apply_scenario(dossier, "no-pressure"), "office", want="no office", draws=DRAWS).groups
    assert only.alone == pytest.approx(only.shapley)


def test_shapley_values_are_means_over_all_orders() -> None:
    rng, players = np.random.default_rng(5), "abcd"
    games = {frozenset(one for k, one in enumerate(players) if mask >> k & 1): rng.random(3) for mask in range(16)}
    exact = {one: np.zeros(3) for one in players}
    for order in permutations(players):
        held: frozenset[str] = frozenset()
        for one in order:
            exact[one] += (games[held | {one}] - games[held]) / 24
            held |= {one}
    for one, value in shapley(players, games).items():
        assert value == pytest.approx(exact[one])


def test_another_question_is_refused(dossier: Any) -> None:
    with pytest.raises(foedus.FoedusError, match="no issue 'office'"):
        compare(dossier, foedus.read_dossier(packaged_dossiers()["emissions-1994"]), "office")


def test_what_cannot_matter_has_no_index(forecast: Any) -> None:
    found = sensitivity(forecast)
    total = {one.name: one for one in found.total}
    # A voice without a seat or a consent to give plays no part in the consensus model.
    assert total["CHN"].value == 0.0
    assert found.runs == found.base_draws * (1 + len(total))
    assert total["assumptions"].low <= total["assumptions"].value <= total["assumptions"].high
    first = {one.name: one.value for one in found.first}
    assert first["kappa"] < total["assumptions"].value
    with pytest.raises(foedus.FoedusError, match="1,024"):
        sensitivity(forecast, 1_000)
