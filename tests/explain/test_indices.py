"""Estimators of Sobol indices against closed forms: the Ishigami function and Sobol's g-function."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.explain.indices import bootstrap_first, bootstrap_total, explained, first_order, total_order
from foedus.issues.sitting import Floats

A, B = 7.0, 0.1
WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0])


def ishigami(x: Floats) -> Floats:
    return np.asarray(np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0]))


def ishigami_indices() -> tuple[Floats, Floats]:
    """Ishigami and Homma (1990): variances by integration."""
    pi4, pi8 = np.pi**4, np.pi**8
    first = np.array([(1 + B * pi4 / 5) ** 2 / 2, A**2 / 8, 0.0])
    both = 8 * B**2 * pi8 / 225
    whole = first.sum() + both
    return first / whole, (first + np.array([both, 0.0, both])) / whole


def g_function(x: Floats) -> Floats:
    return np.asarray(((np.abs(4 * x - 2) + WEIGHTS) / (1 + WEIGHTS)).prod(axis=1))


def g_indices() -> tuple[Floats, Floats]:
    """Saltelli and Sobol (1995): V_i = 1 / (3 (1 + a_i)^2), V = prod(1 + V_i) - 1."""
    one = 1 / (3 * (1 + WEIGHTS) ** 2)
    whole = np.prod(1 + one) - 1
    return one / whole, one * np.prod(1 + one) / (1 + one) / whole


CASES = [
    (ishigami, ishigami_indices(), lambda u: np.pi * (2 * u - 1)),
    (g_function, g_indices(), lambda u: u),
]


@pytest.mark.parametrize(("function", "indices", "stretch"), CASES)
def test_first_order_indices_from_given_draws(function, indices, stretch) -> None:  # type: ignore[no-untyped-def]
    x = stretch(np.random.default_rng(1).random((100_000, len(indices[0]))))
    found = [first_order(column, function(x), bins=64) for column in x.T]
    # Standard error of a share of variance at 100,000 draws: below 0.005.
    assert found == pytest.approx(indices[0], abs=0.01)


@pytest.mark.parametrize(("function", "indices", "stretch"), CASES)
def test_total_indices_by_pick_freeze(function, indices, stretch) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(2)
    base, other = (stretch(rng.random((100_000, len(indices[1])))) for _ in range(2))
    y = function(base)
    for place, exact in enumerate(indices[1]):
        mixed = base.copy()
        mixed[:, place] = other[:, place]
        assert total_order(y, function(mixed)) == pytest.approx(exact, abs=0.015)


def test_error_bars_hold_the_closed_form() -> None:
    """Ninety per cent intervals at 1,024 draws hold the exact total index in at least 40 of 50 runs."""
    exact, held = g_indices()[1][0], 0
    for seed in range(50):
        rng = np.random.default_rng(seed)
        base, other = rng.random((1_024, 4)), rng.random((1_024, 4))
        mixed = base.copy()
        mixed[:, 0] = other[:, 0]
        low, high = bootstrap_total(g_function(base), g_function(mixed), 200, rng)
        held += low <= exact <= high
    assert held >= 40


def test_an_input_without_part_explains_nothing_and_one_alone_everything() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.random(50_000), rng.random(50_000)
    assert first_order(x, y) < 0.002
    assert first_order(x, x, bins=64) == pytest.approx(1.0, abs=0.001)
    assert first_order(x, np.ones(50_000)) == 0.0
    low, high = bootstrap_first(x, x, 32, 20, rng)
    assert 0.98 < low <= high <= 1.0


def test_a_choice_is_its_own_bins() -> None:
    """Two values of equal weight, means 0 and 1: the variance explained is 1 / 4."""
    places = np.array([0, 1] * 500)
    assert explained(places, places.astype(float)) == pytest.approx(0.25)


def test_an_outcome_that_differs_by_rounding_alone_has_no_shares() -> None:
    rng = np.random.default_rng(3)
    values = rng.random(2_000)
    output = 100.0 - 1e-13 * rng.integers(0, 2, 2_000)
    assert (first_order(values, output), total_order(output, output[::-1])) == (0.0, 0.0)
    assert bootstrap_total(output, output[::-1], 50, rng) == (0.0, 0.0)
    assert bootstrap_first(values, output, 32, 50, rng) == (0.0, 0.0)


@given(st.integers(0, 2**32 - 1), st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_no_share_exceeds_the_whole(seed: int, middle: float, width: float) -> None:
    rng = np.random.default_rng(seed)
    values = rng.random(300)
    output = middle + width * (rng.random(300) < 0.01)
    redrawn = middle + width * (rng.random(300) < 0.5)
    shares = [first_order(values, output), total_order(output, redrawn), *bootstrap_total(output, redrawn, 20, rng)]
    assert all(0 <= share <= 1 for share in shares)
