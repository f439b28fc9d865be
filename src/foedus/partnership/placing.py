"""Units of one kind placed over theatres before it is known what comes, moved at a loss after; many draws at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron

from foedus.partnership.two_stage import Scenario, TwoStage, plan, value_of

Numbers = NDArray[np.float64]

_CHUNK = 50
"""Draws that are solved as one programme: one call costs milliseconds however small it is."""

_TIE = 1e-6
"""By how much spreading spare units counts beside a unit that is lacking, where the average leaves units over."""


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are alike: where they may go, and what is lost when they are moved late.

    Attributes
    ----------
    theatres
        Places in the list of theatres.
    late
        Share of a unit's use that is lost when it is moved after a crisis began.
    """

    theatres: tuple[int, ...]
    late: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of the programme of one kind.

    Attributes
    ----------
    groups
        Of units.
    theatres
        How many theatres there are.
    placed
        Group and theatre of each first decision.
    moved
        Group, theatre left and theatre reached of each move.
    """

    groups: tuple[Group, ...]
    theatres: int
    placed: tuple[tuple[int, int], ...]
    moved: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, groups: tuple[Group, ...], theatres: int) -> Layout:
        """Return the columns for some groups."""
        placed = tuple((g, t) for g, group in enumerate(groups) for t in group.theatres)
        moved = tuple((g, t, to) for g, t in placed for to in groups[g].theatres if to != t and groups[g].late < 1)
        return cls(groups, theatres, placed, moved)

    def supply_rows(self) -> Numbers:
        """Return which first decisions draw on which group; shape (groups, placed)."""
        return np.array([[float(g == k) for g, _ in self.placed] for k in range(len(self.groups))])

    def technology(self) -> Numbers:
        """Return the first decision's part in the limits of a scenario: what may be moved, and what is covered."""
        moves = -np.eye(len(self.placed))
        cover = -np.array([[float(t == k) for _, t in self.placed] for k in range(self.theatres)])
        return np.vstack([moves, cover])

    def recourse(self) -> Numbers:
        """Return the second decision's part: moves, then what is lacking in each theatre."""
        lost = [group.late for group in self.groups]
        moves = np.array([[float((g, t) == pair) for g, t, _ in self.moved] for pair in self.placed])
        cover = np.array(
            [[float(t == k) - (1 - lost[g]) * (to == k) for g, t, to in self.moved] for k in range(self.theatres)]
        )
        shape = len(self.placed), len(self.moved)
        top = np.hstack([moves.reshape(shape), np.zeros((len(self.placed), self.theatres))])
        return np.vstack([top, np.hstack([cover.reshape(self.theatres, len(self.moved)), -np.eye(self.theatres)])])


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of the draws of one kind.

    Attributes
    ----------
    expected, foreseen, average
        Units lacking on the average of what may come: under the best plan, were it known what comes, and under the plan
        for the average need; shape (draws,).
    placed
        Units by first decision; shape (draws, placed).
    short
        Units lacking; shape (draws, scenarios, theatres).
    worth
        Fall of ``expected`` for one more ready unit of each group; shape (draws, groups).
    """

    expected: Numbers
    foreseen: Numbers
    average: Numbers
    placed: Numbers
    short: Numbers
    worth: Numbers


def place(layout: Layout, supply: Numbers, need: Numbers, shares: Numbers, *, compare: bool = True) -> Placed:
    """Return the best placing of each draw.

    Parameters
    ----------
    layout
        Of the kind.
    supply
        Ready units; shape (draws, groups).
    need
        Units needed; shape (draws, scenarios, theatres).
    shares
        Probability of each scenario; shape (draws, scenarios). What is left to 1 needs nothing.
    compare
        Whether to ask too what foresight is worth and what planning for the average costs.

    Examples
    --------
    >>> layout = Layout.of((Group((0, 1), 0.8),), 2)
    >>> plan = place(layout, np.array([[10.0]]), np.array([[[8, 0], [0, 8], [8, 8.0]]]), np.array([[0.15, 0.1, 0.05]]))
    >>> plan.placed.round(6).tolist(), plan.expected.round(6).tolist(), plan.worth.round(6).tolist()
    ([[7.5, 2.5]], [0.7], [[0.17]])
    """
    parts = [_chunk(layout, supply[a:b], need[a:b], shares[a:b], compare) for a, b in _chunks(len(supply))]
    return Placed(*(np.concatenate([getattr(part, name) for part in parts]) for name in Placed.__slots__))


def _chunks(draws: int) -> Iterator[tuple[int, int]]:
    for start in range(0, draws, _CHUNK):
        yield start, min(start + _CHUNK, draws)


def _chunk(layout: Layout, supply: Numbers, need: Numbers, shares: Numbers, compare: bool) -> Placed:
    draws, scenarios = shares.shape
    each = eye_array(draws, format="csr")
    technology = csr_array(kron(each, csr_array(layout.technology())))
    recourse = csr_array(kron(each, csr_array(layout.recourse())))
    nothing = np.zeros(draws * len(layout.placed))
    limits = [np.hstack([np.zeros((draws, len(layout.placed))), -need[:, s]]).ravel() for s in range(scenarios)]
    cost = np.hstack([np.zeros(len(layout.moved)), np.ones(layout.theatres)])
    problem = TwoStage(
        csr_array(kron(each, csr_array(layout.supply_rows()))),
        supply.ravel(),
        tuple(
            Scenario(nothing, np.kron(shares[:, s], cost).astype(np.float64), technology, recourse, limits[s])
            for s in range(scenarios)
        ),
    )
    best = plan(problem)
    short = np.stack([_lacking(layout, after, draws) for after in best.after], axis=1)
    expected = (short.sum(axis=2) * shares).sum(axis=1)
    foreseen, average = expected, expected
    if compare:
        mean = (need * shares[:, :, None]).sum(axis=1)
        foreseen = (_were_it_known(layout, supply, need) * shares).sum(axis=1)
        average = (_left_by(layout, _for_the_average(layout, supply, mean), need) * shares).sum(axis=1)
    worth = best.worth.reshape(draws, -1)
    return Placed(expected, foreseen, average, best.first.reshape(draws, -1), short, worth)


def _apart(layout: Layout, supply: Numbers, need: Numbers) -> TwoStage:
    """Return many cases that have nothing to do with each other as one programme.

    Supply has the shape (cases, groups), need (cases, theatres).
    """
    each = eye_array(len(need), format="csr")
    cost = np.tile(np.hstack([np.zeros(len(layout.moved)), np.ones(layout.theatres)]), len(need))
    limits = np.hstack([np.zeros((len(need), len(layout.placed))), -need]).ravel()
    technology, recourse = (
        csr_array(kron(each, csr_array(matrix))) for matrix in (layout.technology(), layout.recourse())
    )
    scenario = Scenario(np.zeros(len(need) * len(layout.placed)), cost, technology, recourse, limits)
    return TwoStage(csr_array(kron(each, csr_array(layout.supply_rows()))), supply.ravel(), (scenario,))


def _were_it_known(layout: Layout, supply: Numbers, need: Numbers) -> Numbers:
    """Return the units that are lacking where units are placed knowing what comes; shape (draws, scenarios)."""
    draws, scenarios, theatres = need.shape
    problem = _apart(layout, np.repeat(supply, scenarios, axis=0), need.reshape(-1, theatres))
    after = plan(problem, presolve=False).after[0]
    lacking: Numbers = _lacking(layout, after, draws * scenarios).sum(axis=1)
    return lacking.reshape(draws, scenarios)


def _left_by(layout: Layout, first: Numbers, need: Numbers) -> Numbers:
    """Return the units that are lacking after a first decision of each draw; shape (draws, scenarios)."""
    draws, scenarios, theatres = need.shape
    placed = np.repeat(first.reshape(draws, -1), scenarios, axis=0)
    problem = _apart(layout, placed @ layout.supply_rows().T, need.reshape(-1, theatres))
    after = value_of(problem, placed.ravel(), presolve=False)[0].after[0]
    lacking: Numbers = _lacking(layout, after, draws * scenarios).sum(axis=1)
    return lacking.reshape(draws, scenarios)


def _lacking(layout: Layout, after: Numbers, draws: int) -> Numbers:
    return after.reshape(draws, -1)[:, len(layout.moved) :]


def _for_the_average(layout: Layout, supply: Numbers, mean: Numbers) -> Numbers:
    """Return the first decision of whoever plans for the average need; spare units cover it as often as they can."""
    draws, width = len(supply), len(layout.placed) + layout.theatres + 1
    own = np.zeros((len(layout.groups), width))
    own[:, : len(layout.placed)] = layout.supply_rows()
    cover = np.zeros((2 * layout.theatres, width))
    cover[:, : len(layout.placed)] = np.tile(layout.technology()[len(layout.placed) :], (2, 1))
    cover[: layout.theatres, len(layout.placed) : -1] = -np.eye(layout.theatres)
    rows = kron(eye_array(draws), csr_array(np.vstack([own, cover])), format="lil")
    for k in range(draws):
        at = k * (len(layout.groups) + 2 * layout.theatres) + len(layout.groups) + layout.theatres
        rows[at : at + layout.theatres, (k + 1) * width - 1] = mean[k][:, None]
    limits = np.hstack([supply, -mean, np.zeros((draws, layout.theatres))]).ravel()
    cost = np.tile(np.hstack([np.zeros(len(layout.placed)), np.ones(layout.theatres), -_TIE]), draws)
    most = [(0, None)] * (width - 1) + [(0, 1e3)]
    solution = linprog(cost, A_ub=csr_array(rows), b_ub=limits, bounds=most * draws, method="highs")
    return np.asarray(solution.x).reshape(draws, width)[:, : len(layout.placed)].ravel()


def least_regret(layout: Layout, supply: Numbers, need: Numbers) -> tuple[float, Numbers, Numbers]:
    """Return the least regret that a plan can leave whatever comes, that plan, and what lacks where it is known.

    The regret of a plan where something comes is the units lacking beyond those that would lack had it been known. No
    probability enters.

    Parameters
    ----------
    layout
        Of the kind.
    supply
        Ready units; shape (groups,).
    need
        Units needed where each combination comes; shape (scenarios, theatres).

    Returns
    -------
    tuple
        The regret, the plan with shape (placed,), and what lacks under foresight with shape (scenarios,).

    Examples
    --------
    >>> layout = Layout.of((Group((0, 1), 0.8),), 2)
    >>> regret, placed, known = least_regret(layout, np.array([10.0]), np.array([[8, 0], [0, 8], [8, 8.0]]))
    >>> round(regret, 6), placed.round(6).tolist(), known.round(6).tolist()
    (2.0, [5.0, 5.0], [0.0, 0.0, 6.0])
    """
    known = np.array([against_an_enemy(layout, supply, need[s : s + 1])[0] for s in range(len(need))])
    regret, placed = _least_worst(layout, supply, need, known)
    return max(regret, 0.0), placed, known


def against_an_enemy(layout: Layout, supply: Numbers, need: Numbers) -> tuple[float, Numbers]:
    """Return the least number of units that can be lacking where an enemy who sees the plan strikes, and that plan.

    Parameters
    ----------
    layout
        Of the kind.
    supply
        Ready units; shape (groups,).
    need
        Units needed where each single contingency comes; shape (scenarios, theatres).

    Notes
    -----
    Where every unit may go everywhere and none can be moved late, this is water filling with straight losses: need less
    means ends at one level in all theatres that get any.
    """
    return _least_worst(layout, supply, need, np.zeros(len(need)))


def _least_worst(layout: Layout, supply: Numbers, need: Numbers, forgiven: Numbers) -> tuple[float, Numbers]:
    """Return the least that the largest shortfall, less what is forgiven in each scenario, can be; and its plan."""
    lay, n, m = layout, len(layout.placed), len(layout.moved) + layout.theatres
    scenarios = len(need)
    width = n + scenarios * m + 1
    rows, limits = [np.hstack([lay.supply_rows(), np.zeros((len(lay.groups), width - n))])], [supply]
    for s in range(scenarios):
        block = np.zeros((n + lay.theatres, width))
        block[:, :n], block[:, n + s * m : n + (s + 1) * m] = lay.technology(), lay.recourse()
        worst = np.zeros((1, width))
        worst[0, n + s * m + len(lay.moved) : n + (s + 1) * m], worst[0, -1] = 1.0, -1.0
        rows += [block, worst]
        limits += [np.hstack([np.zeros(n), -need[s]]), forgiven[s : s + 1]]
    cost = np.zeros(width)
    cost[-1] = 1.0
    solution = linprog(cost, A_ub=np.vstack(rows), b_ub=np.hstack(limits), bounds=(0, None), method="highs")
    return float(solution.fun), np.asarray(solution.x[:n])
