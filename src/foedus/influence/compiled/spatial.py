"""A round of the spatial model of politics, draw by draw, in the compiled form.

The plain form in `foedus.influence.spatial_politics` is the oracle. Each number is worked out by the same steps in the
same order, without fused or reordered sums, so that both forms give the same bytes but for what logarithms round away.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

EXACT: dict[str, Any] = {"cache": True, "error_model": "numpy"}
"""How what is exact is compiled: no sum is reordered."""


@njit(**EXACT)
def strengths(utility: Any, weight: Any, found: Any) -> None:
    """Set the strength of those for each option (row) over each other (column).

    Parameters
    ----------
    utility
        Of each option to each voter; shape (N, K).
    weight
        Shape (N,).
    found
        Shape (K, K).
    """
    voters, options = utility.shape
    for a in range(options):
        row = found[a]
        for b in range(options):
            row[b] = 0.0
        for n in range(voters):
            likes, own, heavy = utility[n], utility[n, a], weight[n]
            for b in range(options):
                row[b] += max(own - likes[b], 0.0) * heavy


@njit(**EXACT)
def chances(strength: Any, found: Any) -> None:
    """Set the probability that each option beats each other, in proportion to strength; shape (K, K)."""
    options = len(strength)
    for a in range(options):
        for b in range(a):
            top = max(strength[a, b], strength[b, a])
            if top > 0.0:
                mine, theirs = strength[a, b] / top, strength[b, a] / top
                found[a, b], found[b, a] = mine / (mine + theirs), theirs / (theirs + mine)
            else:
                found[a, b] = found[b, a] = 0.5
        found[a, a] = 0.5


@njit(**EXACT)
def attitudes(beats: Any, attitude: Any) -> None:
    """Set risk attitudes by a conditional election over positions; shapes (A, A) and (A,)."""
    actors = len(beats)
    total = 0.0
    for i in range(actors):
        alone = 1.0
        for j in range(actors):
            alone *= 1.0 if i == j else beats[i, j]
        attitude[i] = alone
        total += alone
    for i in range(actors):
        attitude[i] = attitude[i] / total if total > 0.0 else 1.0 / actors
    low, high = attitude.min(), attitude.max()
    spread = high - low
    for i in range(actors):
        attitude[i] = (3.0 * attitude[i] - (high + 2.0 * low)) / (2.0 * spread) if spread > 1e-12 else 0.0


@njit(**EXACT)
def _step(behind: float, other_care: float, own_care: float, faint: float) -> float:
    lag = max(behind, 0.0)
    return lag * other_care / (lag * other_care + faint + (1.0 - lag) * own_care)


@njit(**EXACT)
def utility_of(distance: float, attitude: float) -> float:
    """Return what a place at a distance is worth to an actor of an attitude: (1 - d) (1 + d R)."""
    return (1.0 - distance) * (1.0 + distance * attitude)


@njit(**EXACT)
def _challenged(likes: Any, chance: Any, care: Any, x: Any, target: Any, worth: Any) -> None:
    """Set whom each actor challenges and what it expects of it; shape (A,)."""
    actors = len(x)
    for i in range(actors):
        best, target[i], worth[i] = -np.inf, 0, -np.inf
        for j in range(actors):
            if abs(x[i] - x[j]) > 1e-9:
                expected = (1.0 - likes[i, j]) * (1.0 - 2.0 * care[j] * (1.0 - chance[i, j]))
                rounded = np.rint(expected * 1e12) / 1e12
                if rounded > best:
                    best, target[i], worth[i] = rounded, j, expected


@njit(**EXACT)
def most_favoured(k: int, target: Any, challenges: Any, beats: Any, first: int, nothing: int, some: Any) -> int:
    """Return which bargain that concerns an actor wins among them and no change: the likeliest to beat all others.

    Parameters
    ----------
    k
        The actor.
    target, challenges
        Whom each actor challenges, and whether it does; shape (A,).
    beats
        How likely each bargain beats each other; shape (A + 1, A + 1).
    first, nothing
        The index in ``beats`` of the first actor's bargain, and of no change.
    some
        Scratch; shape (A + 1,).

    Returns
    -------
    int
        An index in ``beats``; no change wins every tie, and then the actor that comes last where no change does, and
        first where it comes first.
    """
    actors, count = len(target), 0
    if nothing == 0:
        some[0], count = 0, 1
    for i in range(actors):
        if challenges[i] and (i == k or target[i] == k):
            some[count] = i + first
            count += 1
    if nothing > 0:
        some[count] = nothing
        count += 1
    best, chosen = -np.inf, nothing
    for p in range(count):
        a, score = some[p], 0.0
        for q in range(count):
            if p != q:
                score += np.log(max(beats[a, some[q]], 1e-300))
        score = np.rint(score * 1e10) / 1e10
        if score > best or (nothing > 0 and score == best):
            best, chosen = score, a
    return chosen


@njit(**EXACT)
def bargain_in_all(place: Any, capability: Any, salience: Any, least: float, faint: float) -> tuple[Any, Any, Any, Any]:
    """Play one round of every draw; arrays as in `foedus.influence.spatial_politics.bargain`.

    Parameters
    ----------
    place, capability, salience
        Shape (D, A).
    least
        What a challenge must be worth.
    faint
        What keeps a bargain defined where nobody cares.
    """
    draws, actors = place.shape
    new, attitude = place.copy(), np.empty((draws, actors))
    kind, other = np.full((draws, actors), -1, np.int8), np.full((draws, actors), -1, np.int64)
    likes, apart = np.empty((actors, actors)), np.empty((actors, actors))
    strength, chance = np.empty((actors, actors)), np.empty((actors, actors))
    gains = np.zeros((actors, actors + 1))
    favour, beats = np.empty((actors + 1, actors + 1)), np.empty((actors + 1, actors + 1))
    target, some, worth = np.empty(actors, np.int64), np.empty(actors + 1, np.int64), np.empty(actors)
    own_to, other_to, challenges = np.empty(actors), np.empty(actors), np.empty(actors, np.bool_)
    for d in range(draws):
        x, s, c, r = place[d], salience[d], capability[d], attitude[d]
        w = c * s
        for i in range(actors):
            for j in range(actors):
                apart[i, j] = abs(x[i] - x[j])
                likes[i, j] = 1.0 - apart[i, j]
        strengths(likes, w, strength)
        chances(strength, chance)
        attitudes(chance, r)
        for i in range(actors):
            for j in range(actors):
                likes[i, j] = utility_of(apart[i, j], r[i])
        strengths(likes, w, strength)
        chances(strength, chance)
        _challenged(likes, chance, s, x, target, worth)
        for i in range(actors):
            j = target[i]
            mine, own, theirs = chance[i, j], s[i] * s[i], s[j] * s[j]
            own_to[i] = x[i] + _step(1.0 - 2.0 * mine, theirs, own, faint) * (x[j] - x[i])
            other_to[i] = x[j] + _step(2.0 * mine - 1.0, own, theirs, faint) * (x[i] - x[j])
            challenges[i] = worth[i] > least
        for k in range(actors):
            for i in range(actors):
                moved = utility_of(abs(x[k] - own_to[i]), r[k]) + utility_of(abs(x[k] - other_to[i]), r[k])
                change = moved - likes[k, i] - likes[k, target[i]] if challenges[i] else 0.0
                gains[k, i] = np.rint(change / actors * 1e12) / 1e12
        strengths(gains, c, favour)
        chances(favour, beats)
        for k in range(actors):
            i = most_favoured(k, target, challenges, beats, 0, actors, some)
            if i < actors:
                own_bargain = i == k
                new[d, k] = own_to[i] if own_bargain else other_to[i]
                kind[d, k] = 0 if own_bargain else 1
                other[d, k] = target[i] if own_bargain else i
    return new, kind, other, attitude
