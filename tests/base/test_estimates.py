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


def test_clipped() -> None:
    assert Estimate(-5, 10, 40, rests_on=("s",)).clipped(0, 20) == Estimate(0, 10, 20, rests_on=("s",))
    assert Estimate(5, 10, 15).clipped(0, 20) == Estimate(5, 10, 15)
    assert Estimate(-9, -5, -1).clipped(0, 20) == Estimate.exact(0)
    assert Estimate.of_samples((-1.0, 5.0, 30.0)).clipped(0, 20).samples == (0, 5, 20)


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
    assert str(Estimate(0, 16.6667, 40)) == "16.7 (0 to 40)"
