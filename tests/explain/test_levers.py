"""Levers against brute force over a grid, hand-worked cases, and the dossier's own source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import foedus
from foedus.dossiers import packaged_dossiers
from foedus.explain import levers
from foedus.explain.levers import MOST_MOVED, Lever, _refuse_long, most_pivotal, narrowing_helps, searched_draws
from foedus.explain.paths import REWORDED, actor_paths, reworded
from foedus.forecasts.compose import find
from foedus.forecasts.sweeps import sample
from foedus.reports.acts import lever_in_words
from foedus.reports.explanations import levers_section

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
    for path in actor_paths(case, model.card, case.member("FRA"), option, forecast.seed):
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
    with pytest.raises(foedus.FoedusError, match=r"fewer draws \(--draws 50\), name one actor"):
        _refuse_long(tokyo.explainer, 100.0, 25.0, 200)


def test_no_lever_leaves_an_option_where_it_stands(tokyo: Any) -> None:
    for want in ("programme office", "liaison officer"):
        found = levers(tokyo, want=want, threshold=0.05, for_actor="FRA", draws=100)
        assert all(one.size >= 0.01 for one in found if one.input in {"option moved", "option added"})


def test_a_narrowed_option_lies_between_its_neighbours_and_is_told_in_words(tokyo: Any) -> None:
    """Below the next lesser option it would be another step, and where none is named nothing is narrowed."""
    case = tokyo.case
    path = reworded(case, "liaison office")
    assert path is not None
    assert (path.start, path.end) == (100, case.issue.option("programme office").at)
    narrowed = Lever(
        None, path.input, path.start, path.at(0.5), path.option, 0.1, 0.5, 0.2, reached=True, monotone=True
    )
    words = "".join(map(str, lever_in_words(tokyo, narrowed)))
    assert words.endswith("name of its own, halfway from 'programme office' to 'liaison office'")
    assert reworded(case, "liaison officer") is None
    assert reworded(case, "no office") is None


def test_no_text_between_two_steps_is_offered_where_the_same_members_refuse_both() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    refused = foedus.forecast(
        foedus.dossiers.suppose(dossier, ["FRA.position=0"]), issue="office", as_of="2023-07-10", draws=DRAWS
    )
    assert not narrowing_helps(refused, "liaison office")
    assert not [one for one in levers(refused, "liaison office", "FRA", draws=50) if one.input in REWORDED]
    told = levers_section(refused, "liaison office", 0.5, levers(refused, "liaison office", "FRA", draws=50), 50)
    assert "wins nobody: those who object to one object to both" in " ".join(map(str, told.blocks))


def test_a_large_body_is_searched_over_fewer_draws_and_its_most_pivotal_members() -> None:
    """Of 59 or 193 members an answer comes by itself, and those who object or are against are moved first."""
    dossier = foedus.read_dossier("nature-law-2024")
    council = foedus.forecast(dossier, as_of="2024-06-15", draws=1_000)
    assert searched_draws(council) == 1_000
    assert most_pivotal(council, "adopted") == [one.actor for one in council.case.members]
    many = replace(council, case=replace(council.case, members=council.case.members * 3))
    assert searched_draws(many) == 150  # 1,000 draws times the square of 32 of 81 seats, in steps of 50
    assert len(set(most_pivotal(many, "adopted"))) <= MOST_MOVED
    assert set(most_pivotal(many, "adopted")) & set(council.arithmetic.against)
