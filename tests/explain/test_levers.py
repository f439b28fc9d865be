"""Levers against brute force over a grid, hand-worked cases, and the dossier's own source."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import foedus
from foedus.dossiers import packaged_dossiers
from foedus.explain import levers
from foedus.explain.levers import Lever, _refuse_long
from foedus.explain.paths import actor_paths
from foedus.forecasts.compose import find
from foedus.forecasts.sweeps import sample

DRAWS = 200


@pytest.fixture(scope="module")
def tokyo() -> Any:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    return foedus.forecast(dossier, issue="office", as_of="2023-07-10", models=["consensus"], draws=DRAWS)


def _one(found: tuple[Lever, ...], actor: str | None, name: str, option: str) -> Lever:
    (lever,) = [one for one in found if (one.actor, one.input, one.option) == (actor, name, option)]
    return lever


def _brute(forecast: Any, option: str, name: str, threshold: float) -> float:
    """Return the smallest size on a grid of 400 points at which an option reaches a threshold, over all paths."""
    case, model = forecast.case, find(forecast.model)
    sitting = sample(case, model, forecast.seed, DRAWS)
    index = [one.label for one in case.issue.options].index(option)
    best = np.inf
    for path in actor_paths(case, model.card, case.member("FRA"), option):
        if path.input == name:
            for share in np.linspace(0, 1, 401):
                chosen = model.choose(path.change(sitting, float(share)))[:, 0]
                if np.mean(chosen == index) >= threshold:
                    best = min(best, float(share) * path.length)
                    break
    return best


@pytest.mark.parametrize("name", ["position", "side payment", "pressure"])
def test_the_smallest_change_is_that_of_brute_force(tokyo: Any, name: str) -> None:
    lever = _one(levers(tokyo, "programme office", "FRA", draws=DRAWS), "FRA", name, "programme office")
    assert lever.reached
    assert lever.probability_after >= 0.5
    assert lever.size == pytest.approx(_brute(tokyo, "programme office", name, 0.5), abs=1 / 400)


def test_an_office_tied_to_the_programmes_is_found_for_tokyo(tokyo: Any) -> None:
    found = levers(tokyo, "liaison office", draws=DRAWS)
    alone = _one(found, None, "option", "programme office")
    assert (alone.start, alone.end) == ("liaison office", "programme office")
    assert alone.probability_after == pytest.approx(tokyo.probability("programme office"))
    assert alone.probability_after > alone.probability_before
    assert alone.size == pytest.approx(0.33)
    first = _one(found, "FRA", "position", "programme office")
    assert first.reached
    assert found[0].actor == "FRA"
    assert found[0].option == "programme office"
    # An option at 67 is accepted by whoever stands beyond half of it.
    assert 25 < first.end < 33.5 + 5  # type: ignore[operator]


def test_levers_are_ranked_by_size_then_by_strength(tokyo: Any) -> None:
    found = levers(tokyo, "liaison office", "FRA", draws=DRAWS)
    reached = [one.size for one in found if one.reached]
    missed = [one.probability_after for one in found if not one.reached]
    assert [one.reached for one in found] == sorted((one.reached for one in found), reverse=True)
    assert reached == sorted(reached)
    assert missed == sorted(missed, reverse=True)


def test_a_likely_option_needs_no_lever(tokyo: Any) -> None:
    assert levers(tokyo, "no office", draws=DRAWS) == ()


def test_any_actor_can_be_asked_by_name(tokyo: Any) -> None:
    assert {one.actor for one in levers(tokyo, "liaison office", "United States", draws=DRAWS)} == {"USA", None}


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.1, float("nan")])
def test_a_threshold_is_a_probability(tokyo: Any, threshold: float) -> None:
    with pytest.raises(foedus.FoedusError, match="threshold is a probability"):
        levers(tokyo, threshold=threshold)


def test_an_unknown_option_or_actor_is_refused(tokyo: Any) -> None:
    with pytest.raises(foedus.FoedusError, match="no option 'embassy'"):
        levers(tokyo, "embassy")
    with pytest.raises(foedus.FoedusError, match="BRA"):
        levers(tokyo, for_actor="BRA")


def test_a_search_that_is_refused_names_the_flags_that_mend_it(tokyo: Any) -> None:
    with pytest.raises(foedus.FoedusError, match=r"\(--for ACTOR\).* or allow more minutes \(--minutes \d+\)"):
        levers(tokyo, want="programme office", seconds=1e-9)
    with pytest.raises(foedus.FoedusError, match=r"fewer draws \(--draws 50\), one actor's inputs"):
        _refuse_long(tokyo.explainer, 100.0, 25.0, 200)


def test_no_lever_leaves_an_option_where_it_stands(tokyo: Any) -> None:
    for want in ("programme office", "liaison officer"):
        found = levers(tokyo, want=want, threshold=0.05, for_actor="FRA", draws=100)
        assert all(one.size >= 0.01 for one in found if one.input in {"option moved", "option added"})
