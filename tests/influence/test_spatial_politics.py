"""The spatial model of politics: its parts against printed formulas, a round against plain loops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.influence.spatial_politics import bargain, distance, risk_attitudes, utility
from foedus.influence.spatial_politics_ktab import Bargains, bargain_over_issues
from foedus.settlement.condorcet import election


def test_risk_attitude_runs_from_minus_a_half_to_one() -> None:
    probability = np.array([0.05, 0.20, 0.35, 0.40])
    expected = [(3 * p - (0.40 + 2 * 0.05)) / (2 * (0.40 - 0.05)) for p in probability]
    assert risk_attitudes(probability) == pytest.approx(expected)
    assert (risk_attitudes(probability).min(), risk_attitudes(probability).max()) == pytest.approx((-0.5, 1.0))
    assert risk_attitudes(np.full(3, 1 / 3)).tolist() == [0.0, 0.0, 0.0]


def test_utility_and_distance() -> None:
    d = distance(np.array([0.2, 0.9]), np.array([0.5, 0.5]), np.array([0.3, 0.6]))
    assert d == pytest.approx(np.sqrt(((0.3 * 0.3) ** 2 + (0.6 * 0.4) ** 2) / (0.09 + 0.36)))
    assert utility(d, np.array(-0.5)) == pytest.approx((1 - d) * (1 - 0.5 * d))


def _votes(weights: list[float], worth: list[list[float]], a: int, b: int) -> float:
    return sum(w * max(0.0, u[a] - u[b]) for w, u in zip(weights, worth, strict=True))


def _beats(weights: list[float], worth: list[list[float]], a: int, b: int) -> float:
    mine, theirs = _votes(weights, worth, a, b), _votes(weights, worth, b, a)
    return mine / (mine + theirs) if mine + theirs > 0 else 0.5


def _round(x: list[float], c: list[float], s: list[float]) -> list[float]:
    """One round of the reading, with plain loops."""
    count = range(len(x))
    weight = [c[i] * s[i] for i in count]
    neutral = [[1 - abs(x[i] - x[j]) for j in count] for i in count]
    strengths = np.array([[_votes(weight, neutral, a, b) for b in count] for a in count])
    attitude = risk_attitudes(election(strengths, "conditional")).tolist()
    worth = [[_u(x[i], x[j], attitude[i]) for j in count] for i in count]
    bargains: list[tuple[int, int, float, float]] = []
    for i in count:
        best, target = 1e-5, None
        for j in count:
            if abs(x[i] - x[j]) > 1e-9:
                p = _beats(weight, worth, i, j)
                gain = (1 - s[j]) * 2 + s[j] * (p * 2 + (1 - p) * 2 * worth[i][j]) - 1 - worth[i][j]
                if gain > best + 1e-12:
                    best, target = gain, j
        if target is not None:
            p = _beats(weight, worth, i, target)
            mine, theirs = _lag(1 - 2 * p, s[target], s[i]), _lag(2 * p - 1, s[i], s[target])
            gap = x[target] - x[i]
            bargains.append((i, target, x[i] + mine * gap, x[target] - theirs * gap))
    places = []
    for k in count:
        mine_ = [b for b in bargains if k in b[:2]]
        states = [dict(enumerate(x)), *({**dict(enumerate(x)), i: a, j: b} for i, j, a, b in mine_)]
        values = [
            [
                round(sum(_u(x[m], y, attitude[m]) for y in st_.values()) / len(x) - sum(worth[m]) / len(x), 12)
                for st_ in states
            ]
            for m in count
        ]
        chances = [np.prod([_beats(c, values, a, b) for b in range(len(states)) if b != a]) for a in range(len(states))]
        best = 0
        for option in range(len(states) - 1, 0, -1):
            if chances[option] > chances[best] * (1 + 1e-9):
                best = option
        places.append(states[best][k])
    return places


def _u(own: float, place: float, attitude: float) -> float:
    d = abs(own - place)
    return (1 - d) * (1 + d * attitude)


def _lag(behind: float, other: float, own: float) -> float:
    lag = max(0.0, behind)
    return lag * other**2 / (lag * other**2 + 1e-6 + (1 - lag) * own**2)


@given(seed=st.integers(0, 400))
def test_a_round_is_what_plain_loops_give(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 6))
    x, c, s = rng.random(count), rng.random(count), 0.1 + 0.9 * rng.random(count)
    x[:2] = 0.0, 1.0
    x = np.sort(x)
    new, kind, other, _ = bargain(x[None], c[None], s[None], "proportional", "linear")
    assert new[0] == pytest.approx(_round(x.tolist(), c.tolist(), s.tolist()), abs=1e-9)
    assert ((kind >= 0) == (other >= 0)).all()


def _table(seed: int, issues: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return places, capabilities and saliences of three draws; some share a place, some care for nothing."""
    rng = np.random.default_rng(seed)
    actors = int(rng.integers(2, 20))
    shape = (3, actors, issues) if issues else (3, actors)
    x = rng.random(shape) if seed % 2 else rng.integers(0, 9, shape) / 8
    s = rng.random(shape) if seed % 5 else np.ones(shape)
    if seed % 7 == 0:
        s[:, : actors // 2] = 0.0
    return x, rng.random((3, actors)) if seed % 3 else np.ones((3, actors)), s


@given(seed=st.integers(0, 10_000))
def test_the_compiled_round_has_the_bytes_of_the_plain_one(seed: int) -> None:
    from foedus.influence.compiled.spatial import bargain_in_all

    x, c, s = _table(seed)
    plain = bargain(np.sort(x, axis=1), c, s, "proportional", "linear")
    for expected, found in zip(plain, bargain_in_all(np.sort(x, axis=1), c, s, 1e-5, 1e-6), strict=True):
        assert np.array_equal(expected, found)


@given(seed=st.integers(0, 10_000), issues=st.integers(1, 3))
def test_the_compiled_round_over_issues_has_the_bytes_of_the_plain_one(seed: int, issues: int) -> None:
    from foedus.influence.compiled.spatial_ktab import bargain_in_all

    x, c, s = _table(seed, issues)
    plain, fast = bargain_over_issues(x, c, s), Bargains(*bargain_in_all(x, c, s, 1e-5))
    for name in ("place", "kind", "other", "attitude", "target", "chance", "worth"):
        assert np.array_equal(getattr(plain, name), getattr(fast, name)), name
