"""The spatial model of politics over several issues, against a run that the program itself has published."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.influence import find_influence
from foedus.influence.spatial_politics import distance, risk_attitudes, utility
from foedus.influence.spatial_politics_ktab import bargain_over_issues, best_targets
from foedus.issues import Sitting
from foedus.issues.models import CYCLES, SETTLED
from foedus.settlement.condorcet import coalition_strengths, election, victory, votes
from foedus.testing import sitting_of

KTAB = find_influence("spatial-politics:ktab")

# Influence; position and salience on two dimensions: the file SOE-Pol-Comp.csv of the public source of KTAB.
ACTORS = {
    "XJ": (100.0, 30, 24.0, 20, 48.0),
    "LK": (60.2, 45, 44.7, 65, 41.3),
    "ZG": (35.0, 30, 28.9, 15, 65.1),
    "MK": (35.0, 45, 20.6, 45, 49.4),
    "LH": (40.0, 50, 44.7, 65, 47.8),
    "XS": (20.0, 15, 32.0, 10, 32.0),
    "NEA": (15.0, 20, 32.0, 15, 32.0),
    "MLR": (25.0, 60, 43.9, 50, 50.1),
    "MEP": (20.0, 30, 26.4, 15, 17.6),
    "MOF": (35.0, 45, 35.9, 40, 46.6),
    "SHX": (20.0, 50, 44.7, 50, 47.8),
    "HLJ": (20.0, 20, 47.4, 30, 40.6),
    "WY": (40.0, 15, 49.0, 60, 46.0),
}

# As the program prints them in its reference run of 30 May 2017: risk attitudes of the first turn, for each actor its
# best target, the probability and what it is worth, and the history of positions.
ATTITUDES = [1.0, -0.498, -0.452, 0.362, -0.5, -0.5, -0.497, -0.499, -0.452, 0.643, -0.383, -0.196, -0.5]
TARGETS = {
    1: (5, 0.8974, 0.4826),
    2: (10, 0.7913, 0.2639),
    4: (5, 0.8682, 0.492),
    5: (8, 0.1164, 0.0359),
    6: (5, 0.9768, 0.0714),
    7: (6, 0.8965, 0.4244),
    8: (5, 0.8849, 0.1520),
    9: (5, 0.7667, 0.1157),
    10: (8, 0.9113, 0.3400),
    11: (5, 0.9322, 0.1448),
    12: (8, 0.9602, 0.4215),
}
HISTORY = {
    ("XJ", 0): "30.0 30.0 30.9 31.4 31.4 34.2 34.2 40.1 40.1 40.1 40.1 40.1 40.1 40.1 "
    "39.6 36.9 37.1 37.2 37.2 37.2 37.4 43.2 43.2 43.2 43.2 43.2 43.2 43.2",
    ("LK", 1): "65.0 64.6 64.4 64.4 64.4 64.4 64.4 64.4 64.4 64.4 64.4 64.4 64.4 64.4 "
    "64.4 64.4 64.4 64.4 64.4 64.4 64.4 43.4 43.3 43.3 43.3 43.3 43.3 43.3",
    ("LH", 0): "50.0 49.6 49.6 49.6 49.6 49.6 49.6 40.1 40.0 40.0 38.3 38.3 38.3 38.3 "
    "38.3 38.3 38.4 38.4 38.4 38.4 38.4 38.4 38.4 38.4 38.4 38.4 38.7 38.7",
    ("XS", 0): "15.0 42.9 39.7 40.7 35.2 35.2 40.1 40.1 40.0 39.9 39.9 39.1 38.3 39.0 "
    "39.0 39.0 38.4 38.4 38.4 38.4 38.4 38.4 38.4 38.4 38.4 38.8 38.6 38.6",
    ("XS", 1): "10.0 38.8 35.4 36.3 26.5 26.5 39.5 39.5 39.4 39.1 39.1 34.6 28.1 32.9 "
    "32.5 32.5 28.5 28.5 28.5 28.5 28.3 28.3 28.3 28.2 28.2 30.8 29.5 29.5",
    ("NEA", 1): "15.0 15.0 35.4 44.4 22.7 43.4 22.4 39.1 38.7 37.8 38.6 33.0 33.0 32.7 "
    "30.7 30.4 30.4 30.4 25.1 29.4 29.4 29.4 29.4 29.3 29.0 29.0 29.0 29.0",
    ("MLR", 1): "50.0 49.8 49.6 49.6 49.6 21.6 21.6 21.6 21.6 38.5 38.5 38.5 38.5 38.5 "
    "29.5 30.4 30.4 30.4 30.4 30.4 25.6 27.2 26.9 28.9 28.9 28.7 28.7 29.0",
    ("MEP", 1): "15.0 14.7 45.0 36.3 36.3 36.3 36.3 21.9 39.4 39.4 38.3 29.1 33.0 32.1 "
    "31.6 30.4 30.4 25.4 29.4 27.3 27.3 27.3 30.8 29.5 29.0 29.0 29.0 28.9",
    ("SHX", 1): "50.0 50.0 49.9 20.6 43.5 43.5 43.5 43.5 43.5 43.5 39.4 39.4 28.2 29.9 "
    "32.5 32.1 32.1 25.1 24.9 27.3 27.3 27.2 26.4 30.8 30.8 30.8 30.8 30.8",
    ("HLJ", 0): "20.0 20.0 20.0 20.0 20.0 20.0 20.0 20.0 20.0 20.0 38.3 39.0 39.0 39.0 "
    "39.0 39.1 39.1 38.8 38.8 38.8 38.7 38.7 38.7 38.7 38.7 38.7 38.8 38.8",
    ("MOF", 1): "40.0 38.8 38.2 38.9 37.0 37.0 37.0 37.0 37.0 37.8 38.3 35.8 35.8 35.8 "
    "35.8 35.8 25.1 30.8 30.8 30.8 30.8 30.8 30.8 30.8 30.7 30.7 30.7 30.7",
    ("WY", 1): "60.0 " * 28,
}


def printed() -> Sitting:
    rows = np.array(list(ACTORS.values()))
    return sitting_of(rows[:, [1, 3]], rows[:, [2, 4]] / 100, rows[:, 0])


def test_the_run_that_the_program_has_published() -> None:
    movement = KTAB.move(printed(), record=True)
    assert (movement.rounds.tolist(), movement.ended.tolist()) == ([[27, 27]], [[SETTLED, SETTLED]])
    path = movement.trajectory
    assert path is not None
    assert path.risk is not None
    assert path.risk[0, 0, :, 0] == pytest.approx(ATTITUDES, abs=5e-4)
    for (actor, issue), told in HISTORY.items():
        expected = [float(one) for one in told.split()]
        found = path.positions[:, 0, list(ACTORS).index(actor), issue]
        assert np.abs(found - expected).max() < 0.0501, (actor, issue)  # as printed, to one digit


def test_first_targets_as_printed() -> None:
    sitting = printed()
    done = bargain_over_issues(sitting.private / 100, sitting.capability / 100, sitting.salience)
    for actor, (target, chance, worth) in TARGETS.items():
        assert done.target[0, actor] == target
        assert done.chance[0, actor] == pytest.approx(chance, abs=5e-5)
        assert done.worth[0, actor] == pytest.approx(worth, abs=6e-5 if actor != 4 else 6e-4)


def _loop(c: np.ndarray, x: np.ndarray, s: np.ndarray) -> np.ndarray:
    """One round with plain loops over actors."""
    count, stake = len(c), np.minimum(s.sum(axis=1), 1.0)
    apart = np.array([[float(distance(x[k], x[i], s[k])) for i in range(count)] for k in range(count)])
    risk = risk_attitudes(election(coalition_strengths(1 - apart, c) + 1e-10, "conditional"))
    bargains = []
    for i in range(count):
        best, found = 1e-5, None
        u = np.array(
            [[float(utility(apart[k, j], (2 * risk[i] + risk[k]) / 3)) for j in range(count)] for k in range(count)]
        )
        for j in range(count):
            if i == j:
                continue
            mine, theirs = 1e-12 + c[i] * stake[i] * (1 - u[i, j]), 1e-12 + c[j] * stake[j] * (1 - u[j, i])
            alone = mine, theirs
            for n in set(range(count)) - {i, j}:
                vote = c[n] * stake[n] * (u[n, i] - u[n, j])
                p = (alone[0] + max(vote, 0)) / (alone[0] + alone[1] + abs(vote))
                joins = c[n] * stake[n] * (p * (1 - u[n, i]) - (1 - p) * (1 - u[n, j]))
                mine, theirs = mine + max(joins, 0), theirs + max(-joins, 0)
            p = mine / (mine + theirs)
            gain = (1 - stake[j]) * 2 + stake[j] * 2 * (p + (1 - p) * u[i, j]) - 1 - u[i, j]
            if gain > best + 1e-12:
                best, found = gain, (j, p)
        if found is not None:
            j, p = found
            w, v = (s[i] * p) ** 2, (s[j] * (1 - p)) ** 2
            own, other = (
                ((w + 1e-6) * x[i] + v * x[j]) / (w + v + 1e-6),
                (w * x[i] + (v + 1e-6) * x[j]) / (w + v + 1e-6),
            )
            bargains.append((i, j, *(np.floor(0.5 + np.round(one * 1e4, 6)) / 1e4 for one in (own, other))))
    new = x.copy()
    for k in range(count):
        states = [x]
        for i, j, own, other in (mine := [one for one in bargains if k in one[:2]]):
            states.append(x.copy())
            states[-1][i], states[-1][j] = own, other
        value = np.array(
            [
                [np.mean([float(utility(distance(x[n], y, s[n]), risk[n])) for y in st_]) for st_ in states]
                for n in range(count)
            ]
        )
        chances = election(coalition_strengths(value, c) + 1e-10, "conditional")
        best = int(np.log(np.maximum(chances, 1e-300)).round(9).argmax())
        if best:
            new[k] = mine[best - 1][2 if mine[best - 1][0] == k else 3]
    return new


@settings(max_examples=25)
@given(seed=st.integers(0, 400))
def test_a_round_is_what_plain_loops_give(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 6))
    c, x, s = rng.random(count), rng.random((count, 2)), 0.1 + 0.4 * rng.random((count, 2))
    found = bargain_over_issues(x[None], c[None], s[None]).place[0]
    assert found == pytest.approx(_loop(c, x, s), abs=1.01e-4)


def test_two_actors_by_hand() -> None:
    # The stronger, who cares more, wins the contest: P of the second is 3 .4 / (3 .4 + .2) by capability and salience.
    sitting = sitting_of([0.0, 100.0], [0.2, 0.4], [1.0, 3.0])
    apart = np.array([[[0.0, 1.0], [1.0, 0.0]]])
    target, chance, worth = best_targets(apart, np.zeros((1, 2)), np.array([[1 / 3, 1.0]]), np.array([[0.2, 0.4]]))
    assert target.tolist() == [[1, 0]]
    assert chance[0] == pytest.approx([0.2 / 1.4, 1.2 / 1.4], abs=1e-9)
    assert worth[0, 1] == pytest.approx(2 * 0.8 + 0.2 * 2 * 1.2 / 1.4 - 1)
    assert KTAB.move(sitting).ended.tolist() == [[SETTLED]]


def test_switches_are_those_of_the_election() -> None:
    sitting = printed()
    arrays = sitting.private / 100, sitting.capability / 100, sitting.salience
    base = bargain_over_issues(*arrays)
    for voting, model in (("cubic", "linear"), ("proportional", "square"), ("binary", "quartic")):
        other = bargain_over_issues(*arrays, voting, model)  # type: ignore[arg-type]
        assert not np.array_equal(other.place, base.place)
    assert votes(np.array([0.5]), "cubic").item() == 0.125
    assert victory(np.array([[0.0, 2.0], [1.0, 0.0]]), "square")[0, 1] == pytest.approx(0.8)


def test_a_cycle_is_reported() -> None:
    found = [
        KTAB.move(sitting_of(rng.random((5, 1)) * 100, rng.random((5, 1)), rng.random(5))).ended[0, 0]
        for rng in (np.random.default_rng(seed) for seed in range(12))
    ]
    assert set(found) <= {SETTLED, CYCLES}
