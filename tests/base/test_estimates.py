"""Estimates, against SciPy's triangular distribution and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.base.estimates import Estimate

LEVELS = np.linspace(0, 1, 41)
_NUMBERS = st.floats(-1000, 1000).map(lambda x: round(x, 3))


@st.composite
def triangles(draw: st.DrawFn) -> Estimate:
    low, mode, high = sorted(draw(st.lists(_NUMBERS, min_size=3, max_size=3)))
    return Estimate(low, mode, high)


@given(triangles().filter(lambda e: not e.is_exact))
def test_quantiles_and_mean_are_those_of_the_triangular_distribution(estimate: Estimate) -> None:
    width = estimate.high - estimate.low
    oracle = stats.triang((estimate.mode - estimate.low) / width, loc=estimate.low, scale=width)
    # Both sides round once per operation; values up to 1000 leave about 1e-13, and SciPy's share of the mode
    # near an end costs a square root of the machine's precision times the width.
    assert estimate.quantiles(LEVELS) == pytest.approx(oracle.ppf(LEVELS), abs=1e-7 * width + 1e-10)
    assert estimate.mean == pytest.approx(oracle.mean(), abs=1e-9)


@given(triangles())
def test_quantiles_rise_from_low_to_high(estimate: Estimate) -> None:
    values = estimate.quantiles(LEVELS)
    slack = 1e-9 * (1 + abs(estimate.low) + abs(estimate.high))
    assert np.all(np.diff(values) >= -slack)
    assert values[0] == pytest.approx(estimate.low, abs=slack)
    assert values[-1] == pytest.approx(estimate.high, abs=slack)
    assert values.min() >= estimate.low - slack
    assert values.max() <= estimate.high + slack


def test_by_hand() -> None:
    # Triangle 0, 10, 40: a quarter of the area lies left of the mode; F(x) = x^2 / 400 there, so F^-1(1/16) = 5,
    # and 1 - F(x) = (40 - x)^2 / 1200 right of it, so F^-1(1 - 3/16) = 40 - 15.
    assert Estimate(0, 10, 40).quantiles(np.array([1 / 16, 1 / 4, 13 / 16])) == pytest.approx([5, 10, 25])
    assert Estimate(0, 10, 40).mean == pytest.approx(50 / 3)


def test_the_shape_of_the_levels_is_kept() -> None:
    levels = np.array([[0.0, 0.5], [0.5, 1.0], [0.1, 0.2]])
    for estimate in (Estimate(0, 1, 2), Estimate.exact(3), Estimate.of_samples((1.0, 2.0))):
        assert estimate.quantiles(levels).shape == (3, 2)


def test_an_exact_number() -> None:
    seven = Estimate.exact(7, rests_on=("s1",))
    assert seven == Estimate(7, 7, 7, rests_on=("s1",))
    assert seven.is_exact
    assert seven.mean == 7
    assert seven.quantiles(LEVELS).tolist() == [7] * len(LEVELS)
    assert str(seven) == "7"


def test_samples_are_equally_likely() -> None:
    estimate = Estimate.of_samples((5.0, 1.0, 3.0))
    assert (estimate.low, estimate.mode, estimate.high, estimate.mean) == (1, 3, 5, 3)
    assert estimate.quantiles(np.array([0, 0.3, 0.34, 0.66, 0.67, 1.0])).tolist() == [1, 1, 3, 3, 5, 5]


@given(st.lists(_NUMBERS, min_size=1, max_size=8), st.integers(1, 50))
def test_evenly_spread_levels_give_each_sample_as_often(samples: list[float], times: int) -> None:
    middles = (np.arange(len(samples) * times) + 0.5) / (len(samples) * times)
    drawn = Estimate.of_samples(tuple(samples)).quantiles(middles)
    assert sorted(drawn.tolist()) == sorted(samples * times)


@pytest.mark.parametrize(("low", "mode", "high"), [(2, 1, 3), (1, 3, 2), (3, 2, 1)])
def test_values_out_of_order_are_refused(low: float, mode: float, high: float) -> None:
    with pytest.raises(ValueError, match="out of order"):
        Estimate(low, mode, high)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
def test_numbers_without_end_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Estimate(bad, bad, bad)
    with pytest.raises(ValueError, match="finite"):
        Estimate(0, 0, 0, samples=(0.0, bad))


def test_in_words() -> None:
    assert str(Estimate(0, 16.6667, 40)) == "17 (0 to 40)"


_FLAT = 1e-6
"""A distribution is flat where its density falls to 0: within the root of a double's precision times the width."""

SPLIT = Estimate.mixture([(3, Estimate(0, 0, 10)), (1, Estimate(90, 100, 100))], ("a", "b"))


def test_a_mixture_of_two_triangles() -> None:
    # 3/4 of 0, 0, 10 (mean 10/3) and 1/4 of 90, 100, 100 (mean 290/3): mean 80/3.
    assert (SPLIT.low, SPLIT.mode, SPLIT.high, SPLIT.rests_on) == (0, 0, 100, ("a", "b"))
    assert SPLIT.mean == pytest.approx(80 / 3)
    # F(10 - 10 sqrt(1 - u)) = 3u/4 in the first; F(90 + 10 sqrt(u)) = 3/4 + u/4 in the second.
    levels = np.array([0.0, 0.75 * 0.75, 0.75, 0.75 + 0.25 * 0.25, 1.0])
    assert SPLIT.quantiles(levels) == pytest.approx([0, 5, 10, 95, 100], abs=_FLAT)
    assert str(SPLIT) == "0 (0 to 10) at 75 %; or 100 (90 to 100) at 25 %"


def test_a_mixture_of_equals_is_what_it_mixes() -> None:
    levels = np.linspace(0, 1, 101)
    one = Estimate(3, 17, 40)
    twice = Estimate.mixture([(1, one), (2, one)])
    assert twice.quantiles(levels) == pytest.approx(one.quantiles(levels), abs=_FLAT)
    assert Estimate.mixture([(0.4, one), (0, Estimate(0, 0, 1))]).parts == ()
    nested = Estimate.mixture([(1, SPLIT), (1, Estimate(0, 0, 10))])
    assert [part.share for part in nested.parts] == [0.375, 0.5, 0.125]


def test_a_mixture_with_an_exact_number() -> None:
    mixed = Estimate.mixture([(1, Estimate.exact(2)), (1, Estimate(4, 4, 8))])
    assert mixed.quantiles(np.array([0.1, 0.49, 0.5 + 0.5 * 0.75])) == pytest.approx([2, 2, 6], abs=1e-9)


@pytest.mark.parametrize("wrong", [[], [(0.0, Estimate(0, 0, 1))], [(1.0, Estimate.of_samples((1.0, 2.0)))]])
def test_a_mixture_needs_triangles_and_a_share(wrong: list[tuple[float, Estimate]]) -> None:
    with pytest.raises(ValueError, match="a mixture needs"):
        Estimate.mixture(wrong)


@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.tuples(_NUMBERS, _NUMBERS, _NUMBERS)), min_size=1, max_size=5),
    st.lists(st.floats(0, 1), min_size=2, max_size=20),
)
def test_quantiles_of_a_mixture_rise_and_stay_inside(
    parts: list[tuple[float, tuple[float, float, float]]], levels: list[float]
) -> None:
    mixed = Estimate.mixture([(share, Estimate(*sorted(values))) for share, values in parts])
    drawn = mixed.quantiles(np.sort(levels))
    assert (np.diff(drawn) >= 0).all()
    assert mixed.low <= drawn.min() <= drawn.max() <= mixed.high


def _triangles() -> st.SearchStrategy[Estimate]:
    corners = st.lists(st.integers(0, 20).map(lambda n: 5.0 * n), min_size=3, max_size=3).map(sorted)
    return corners.map(lambda three: Estimate(*three))


@given(st.lists(st.tuples(st.floats(0.01, 1), _triangles()), min_size=2, max_size=5), st.integers(0, 2**32 - 1))
def test_quantiles_of_a_mixture_invert_its_distribution(parts: list[tuple[float, Estimate]], seed: int) -> None:
    mixed = Estimate.mixture(parts)
    levels = np.random.default_rng(seed).random(50)
    low, high = np.full(50, mixed.low), np.full(50, mixed.high)
    for _ in range(80):  # halving is slow and needs no algebra
        middle = (low + high) / 2
        below = sum((part.share * part.below(middle) for part in mixed.parts), np.zeros(50))
        reached = below >= levels if mixed.parts else middle >= mixed.quantiles(levels)
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    assert mixed.quantiles(levels) == pytest.approx(high, abs=1e-6)
