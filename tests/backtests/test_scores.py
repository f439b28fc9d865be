from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.backtests.scores import (
    FLOOR,
    crps,
    inside,
    inside_closed,
    log_score,
    mean_of,
    point_crps,
    quantile_of,
    randomised_transforms,
)
from foedus.base.randomness import Streams

GRID = np.arange(101.0)


def random_distributions(count: int, seed: int = 3) -> np.ndarray:
    rng = np.random.default_rng(seed)
    raw = rng.gamma(0.1, size=(count, 101)) + 1e-9
    return raw / raw.sum(axis=1, keepdims=True)


def test_crps_equals_the_kernel_form() -> None:
    """E|X - y| - E|X - X'| / 2 is the same score, by another formula (Gneiting and Raftery 2007, equation 21)."""
    distribution, outcome = random_distributions(20), np.arange(20) * 5.0
    expected = [
        (p * np.abs(GRID - y)).sum() - 0.5 * (p[:, None] * p * np.abs(GRID[:, None] - GRID)).sum()
        for p, y in zip(distribution, outcome, strict=True)
    ]
    np.testing.assert_allclose(crps(distribution, outcome), expected, rtol=1e-10)


def test_crps_term_by_term() -> None:
    p, y = random_distributions(1)[0], 37.4
    total = sum((p[: g + 1].sum() - (y <= g)) ** 2 for g in range(101))
    assert crps(p[None], np.array([y])).item() == pytest.approx(total, rel=1e-12)


def test_crps_of_the_uniform_distribution_in_closed_form() -> None:
    """F(g) = (g + 1) / 101; against an outcome at 0 the sum is that of squares of (100 - g) / 101."""
    uniform = np.full((1, 101), 1 / 101)
    assert crps(uniform, np.array([0.0])).item() == pytest.approx(100 * 101 * 201 / 6 / 101**2, rel=1e-12)


@given(st.floats(0, 100), st.integers(0, 100))
def test_crps_of_a_point_counts_the_grid_between(point: float, outcome: int) -> None:
    steps = sum((point <= g) != (outcome <= g) for g in range(101))
    assert point_crps(np.array([point]), np.array([float(outcome)])).item() == steps
    assert abs(steps - abs(point - outcome)) <= 1


def test_log_score_and_its_floor() -> None:
    distribution = np.zeros((2, 101))
    distribution[:, 50], distribution[:, 51] = 0.25, 0.75
    found = log_score(distribution, np.array([50.4, 0.0]))
    assert found.tolist() == pytest.approx([math.log(4), -math.log(FLOOR)])


@given(st.floats(0.001, 0.999))
def test_quantile_is_the_smallest_point_reaching_the_level(level: float) -> None:
    p = random_distributions(1, seed=5)[0]
    expected = next(g for g in range(101) if p[: g + 1].sum() >= level - 1e-12)
    assert quantile_of(p[None], level).item() == expected


def test_mean() -> None:
    assert mean_of(np.full((1, 101), 1 / 101)).item() == pytest.approx(50)


def test_transforms_of_a_true_lumpy_distribution_are_uniform() -> None:
    """Outcomes drawn from half the mass at 0 and the rest anywhere: intervals cover their share, closed ones more."""
    p = np.full(101, 0.5 / 100)
    p[0] = 0.5
    outcome = np.random.default_rng(1).choice(101, size=20_000, p=p).astype(float)
    distribution = np.broadcast_to(p, (len(outcome), 101))
    found = randomised_transforms(distribution, outcome, [f"i{n}" for n in range(len(outcome))], Streams(1))
    for share in (0.5, 0.8, 0.95):
        # Four standard errors of a share of 20,000.
        assert inside(found, share).mean() == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / 20_000))
    assert inside_closed(distribution, outcome, 0.5).mean() > 0.7


def test_transform_lies_in_the_outcome_s_mass_and_belongs_to_the_issue() -> None:
    distribution, outcome = random_distributions(5), np.array([0.0, 10.0, 50.0, 99.6, 100.0])
    names = ["a", "b", "c", "d", "e"]
    found = randomised_transforms(distribution, outcome, names, Streams(7), repeat=3)
    upper = np.cumsum(distribution, axis=1)[np.arange(5), [0, 10, 50, 100, 100]]
    lower = upper - distribution[np.arange(5), [0, 10, 50, 100, 100]]
    assert ((lower - 1e-12 <= found) & (found <= upper + 1e-12)).all()
    turned = randomised_transforms(distribution[::-1], outcome[::-1], names[::-1], Streams(7), repeat=3)
    np.testing.assert_array_equal(turned[::-1], found)


def test_closed_interval_of_a_sure_forecast() -> None:
    sure = (GRID == 30)[None, :] * 1.0
    assert inside_closed(sure, np.array([30.0]), 0.5).all()
    assert not inside_closed(sure, np.array([31.0]), 0.95).any()
