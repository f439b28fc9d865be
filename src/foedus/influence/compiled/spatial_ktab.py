"""A round of KTAB's spatial model of politics over all issues, draw by draw, in the compiled form.

The plain form in `foedus.influence.spatial_politics_ktab` is the oracle; both give the same bytes, as in
`foedus.influence.compiled.spatial`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from foedus.influence.compiled.spatial import EXACT, attitudes, chances, most_favoured, strengths, utility_of

_ALONE = 1e-12
_OTHERS = 1 / 3
_STRENGTH = 1e-10
_STEPS = 1e4
_WEIGHT = 1e-6


@njit(**EXACT)
def _distances(x: Any, to: Any, salience: Any, found: Any) -> None:
    """Set how far each actor (row) sees each place of ``to`` from its own; shapes (A, I), (A, I), (A, I), (A, A)."""
    actors, issues = x.shape
    for k in range(actors):
        row, total = found[k], 0.0
        for j in range(actors):
            row[j] = 0.0
        for q in range(issues):
            care, at = salience[k, q], x[k, q]
            total += care * care
            for j in range(actors):
                gap = care * (at - to[j, q])
                row[j] += gap * gap
        total = total if total > 0.0 else 1.0
        for j in range(actors):
            row[j] = np.sqrt(row[j] / total)


@njit(**EXACT)
def _contests(i: int, apart: Any, attitude: Any, weight: Any, worth_of: Any, sides: Any) -> None:
    """Set what one actor expects each other's support to be against it: ``sides`` are its own side's and the other's.

    Parameters
    ----------
    i
        The actor that challenges.
    apart
        How far each third party (row) sees each place from its own; shape (A, A).
    attitude, weight
        Risk attitude, and capability times salience; shape (A,).
    worth_of
        Where the worth of each place to each third party, as the actor sees it, is written; shape (A, A).
    sides
        Where strengths are written, and scratch; shape (4, A).
    """
    actors = len(weight)
    mine, theirs, support, against = sides[0], sides[1], sides[2], sides[3]
    for n in range(actors):
        seen = (1.0 - _OTHERS) * attitude[i] + _OTHERS * attitude[n]
        row, far = worth_of[n], apart[n]
        for j in range(actors):
            row[j] = (1.0 - far[j]) * (1.0 + far[j] * seen)
    for j in range(actors):
        mine[j] = _ALONE + max(weight[i] * (worth_of[i, i] - worth_of[i, j]), 0.0)
        theirs[j] = _ALONE + max(-(weight[j] * (worth_of[j, i] - worth_of[j, j])), 0.0)
        support[j] = against[j] = 0.0
    for n in range(actors):
        if n == i:
            continue
        heavy, own, row = weight[n], worth_of[n, i], worth_of[n]
        left = 1.0 - own
        before, behind = support[n], against[n]
        for j in range(actors):
            vote = heavy * (own - row[j])
            with_me, with_them = mine[j] + max(vote, 0.0), theirs[j] + max(-vote, 0.0)
            p = with_me / (with_me + with_them)
            joins = heavy * (p * left - (1.0 - p) * (1.0 - row[j]))
            support[j] += max(joins, 0.0)
            against[j] += max(-joins, 0.0)
        support[n], against[n] = before, behind  # who is challenged is no third party
    for j in range(actors):
        mine[j] += support[j]
        theirs[j] += against[j]


@njit(**EXACT)
def _targets(
    apart: Any, attitude: Any, weight: Any, stake: Any, worth_of: Any, sides: Any, target: Any, chance: Any, worth: Any
) -> None:
    """Set whom each actor finds it best to challenge, its chance as it sees it, and what it expects; shape (A,)."""
    actors = len(weight)
    for i in range(actors):
        _contests(i, apart, attitude, weight, worth_of, sides)
        best, target[i], chance[i], worth[i] = -np.inf, 0, 0.0, -np.inf
        for j in range(actors):
            if j == i:
                continue
            wins, keeps, care = sides[0, j] / (sides[0, j] + sides[1, j]), worth_of[i, j], stake[j]
            gain = 2.0 * (1.0 - care) + care * (2.0 * (wins + (1.0 - wins) * keeps)) - (1.0 + keeps)
            rounded = np.rint(gain * 1e12) / 1e12
            if rounded > best:
                best, target[i], chance[i], worth[i] = rounded, j, wins, gain


@njit(**EXACT)
def _rounded(place: float) -> float:
    return float(np.floor(0.5 + np.rint(place * _STEPS * 1e6) / 1e6) / _STEPS)


@njit(**EXACT)
def _values(apart: Any, attitude: Any, target: Any, to_own: Any, to_other: Any, values: Any) -> None:
    """Set what each actor thinks of no change, and of each actor's bargain carried out; shape (A, 1 + A).

    ``to_own`` and ``to_other`` are how far it sees the places to which the bargain leads; shape (A, A).
    """
    actors = len(attitude)
    now = np.empty(actors)
    for k in range(actors):
        r, total = attitude[k], 0.0
        for i in range(actors):
            now[i] = utility_of(apart[k, i], r)
            total += now[i]
        values[k, 0] = np.rint(total * 1e12) / 1e12 / actors
        for i in range(actors):
            after = -now[i] - now[target[i]]
            after += utility_of(to_own[k, i], r)
            after += utility_of(to_other[k, i], r)
            values[k, 1 + i] = np.rint((total + after) * 1e12) / 1e12 / actors


@njit(**EXACT)
def bargain_in_all(
    place: Any, capability: Any, salience: Any, least: float
) -> tuple[Any, Any, Any, Any, Any, Any, Any]:
    """Play one round of every draw; arrays as in `foedus.influence.spatial_politics_ktab.bargain_over_issues`.

    Parameters
    ----------
    place, salience
        Shape (D, A, I).
    capability
        Shape (D, A).
    least
        What a challenge must be worth.

    Returns
    -------
    tuple
        Places (D, A, I), and what moved each actor, who did, attitudes, targets, chances and worths, each (D, A).
    """
    draws, actors, issues = place.shape
    new, attitude = place.copy(), np.empty((draws, actors))
    kind, other = np.full((draws, actors), -1, np.int8), np.full((draws, actors), -1, np.int64)
    target, chance, worth = np.empty((draws, actors), np.int64), np.empty((draws, actors)), np.empty((draws, actors))
    apart, likes, seen = np.empty((actors, actors)), np.empty((actors, actors)), np.empty((actors, actors))
    strength, beats = np.empty((actors, actors)), np.empty((actors, actors))
    values, favour = np.empty((actors, actors + 1)), np.empty((actors + 1, actors + 1))
    wins, some = np.empty((actors + 1, actors + 1)), np.empty(actors + 1, np.int64)
    own_to, other_to, sides = np.empty((actors, issues)), np.empty((actors, issues)), np.empty((4, actors))
    stake, challenges = np.empty(actors), np.empty(actors, np.bool_)
    for d in range(draws):
        x, s, c, r = place[d], salience[d], capability[d], attitude[d]
        _distances(x, x, s, apart)
        for i in range(actors):
            stake[i] = 0.0
            for q in range(issues):
                stake[i] += s[i, q]
            stake[i] = min(stake[i], 1.0)
            for j in range(actors):
                likes[i, j] = 1.0 - apart[i, j]
        strengths(likes, c, strength)
        strength += _STRENGTH
        chances(strength, beats)
        attitudes(beats, r)
        _targets(apart, r, c * stake, stake, likes, sides, target[d], chance[d], worth[d])
        for i in range(actors):
            j, p = target[d, i], chance[d, i]
            challenges[i] = worth[d, i] > least
            for q in range(issues):
                mine, theirs = s[i, q] * p, s[j, q] * (1.0 - p)
                mine, theirs = mine * mine, theirs * theirs
                both = mine + theirs + _WEIGHT
                own_to[i, q] = _rounded(((mine + _WEIGHT) * x[i, q] + theirs * x[j, q]) / both)
                other_to[i, q] = _rounded((mine * x[i, q] + (theirs + _WEIGHT) * x[j, q]) / both)
        _distances(x, own_to, s, likes)
        _distances(x, other_to, s, seen)
        _values(apart, r, target[d], likes, seen, values)
        strengths(values, c, favour)
        favour += _STRENGTH
        chances(favour, wins)
        for k in range(actors):
            i = most_favoured(k, target[d], challenges, wins, 1, 0, some) - 1
            if i >= 0:
                for q in range(issues):
                    new[d, k, q] = own_to[i, q] if i == k else other_to[i, q]
                kind[d, k] = 0 if i == k else 1
                other[d, k] = target[d, i] if i == k else i
    return new, kind, other, attitude, target, chance, worth
