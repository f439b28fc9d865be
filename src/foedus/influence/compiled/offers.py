"""Which offer each actor takes, in the compiled form.

What an actor expects of a challenge has the sign of g - s_j (1 - P), where g depends only on its exponent r and the
distance d: the share of all that a resisted challenge may cost that no challenge would cost as well,

    g = ((1/2)^r - (1/2 - d/2)^r) / ((1/2 + d/2)^r - (1/2 - d/2)^r)

A polynomial within `margin` of g settles most actors without a power. Powers are taken only for those that it leaves
open, and for those that strike a bargain.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from foedus.influence.compiled.elementary import FAINT, FAST, exponentials, logarithms

_HALF = 0.6931471805599453
_NEVER = 9.0
"""Farther than anything."""


@njit(**FAST)
def margin(distance: float) -> float:
    """Return how far `estimate` may be from g."""
    return 0.001 if distance < 0.97 else 0.022


@njit(**FAST)
def coefficients(r: float) -> tuple[float, float, float, float]:
    """Return what `estimate` needs to know of an exponent; fitted to g for exponents from 1/2 to 2."""
    lead, bend = 0.25 * (r - 1.0), 0.25 * (r - 1.0) * (2.0 - r)
    return (
        lead,
        bend * (0.241 + r * (0.014 + r * 0.019)),
        bend * (-0.549 + r * (0.214 - r * 0.012)),
        bend * (0.548 - r * (0.005 + r * 0.114)),
    )


@njit(**FAST)
def estimate(d: float, lead: float, first: float, second: float, third: float) -> float:
    """Return g but for `margin`."""
    square = d * d
    return 0.5 - d * (lead + square * (first + square * (second + square * third)))


@njit(**FAST)
def offers_scholz(
    x: Any,
    s: Any,
    risk: Any,
    spot: Any,
    ends: Any,
    places: int,
    low: Any,
    high: Any,
    share: float,
    same: float,
    new: Any,
    few: Any,
    bits: Any,
) -> None:
    """Let each actor take the first offer: the nearest confrontation, or else the lowest compromise."""
    actors = len(x)
    down, up, unsure, anybody = few[8][:actors], few[9][:actors], few[10][:actors], few[11][:actors]
    _sift(x, s, risk, 1.0 - share * _most(low, high, places), same, few)
    for i in range(actors):
        if anybody[i] == _NEVER:
            continue
        under, over = x[i] - down[i], up[i] - x[i]
        if min(under, over) < min(unsure[i], 2.0):
            new[i] = down[i] if under <= over else up[i]
        else:
            new[i] = _look(x, s, risk[i], spot, ends, places, low, high, share, same, i, few, bits)


@njit(**FAST)
def _most(low: Any, high: Any, places: int) -> float:
    """Return at least as much as the votes for any place over any other.

    Votes on two places, for either, are a distance between them: by way of a third they are no fewer.
    """
    middle, most = places // 2, 0.0
    for b in range(places):
        pair = b * places + middle if b < middle else middle * places + b
        if b != middle:
            most = max(most, low[pair] + high[pair])
    return 2.0 * most


@njit(**FAST)
def _sift(x: Any, s: Any, risk: Any, keep: float, same: float, few: Any) -> None:
    """Set where each actor's nearest sure confrontations are, and how far the nearest doubtful one and any offer."""
    actors = len(x)
    down, up, unsure, anybody = few[8][:actors], few[9][:actors], few[10][:actors], few[11][:actors]
    lead, first, second, third = few[12][:actors], few[13][:actors], few[14][:actors], few[15][:actors]
    for i in range(actors):
        lead[i], first[i], second[i], third[i] = coefficients(risk[i])
        down[i], up[i], unsure[i], anybody[i] = -_NEVER, _NEVER, _NEVER, _NEVER
    for j in range(actors):
        there, theirs, least = x[j], s[j], s[j] * keep
        for i in range(actors):
            way = there - x[i]
            gap, care = abs(way), s[i]
            g, err = estimate(gap, lead[i], first[i], second[i], third[i]), margin(gap)
            far = gap if (gap > same) & (theirs > care * keep) else _NEVER
            sure = (care < least) & (g - err > theirs)
            certain = sure & (far < _NEVER)
            down[i] = max(down[i], there if certain & (way < 0.0) else -_NEVER)
            up[i] = min(up[i], there if certain & (way > 0.0) else _NEVER)
            unsure[i] = min(unsure[i], far if (g + err > least) & (not sure) else _NEVER)
            anybody[i] = min(anybody[i], far if g + err > 0.5 * (theirs + care) * keep else _NEVER)


@njit(**FAST)
def _look(
    x: Any,
    s: Any,
    r: float,
    spot: Any,
    ends: Any,
    places: int,
    low: Any,
    high: Any,
    share: float,
    same: float,
    i: int,
    few: Any,
    bits: Any,
) -> Any:
    """Return where one actor goes: look down, then up, no further than the nearest confrontation."""
    place, won, lost = few[0], few[16][:places], few[16][places:]
    a, at, care, unchanged = spot[i], x[i], s[i], np.exp(-_HALF * r)
    for b in range(places):
        apart = abs(place[b] - at)
        won[b], lost[b] = max(0.5 - 0.5 * apart, FAINT), 0.5 + 0.5 * apart
    logarithms(few[16], bits, 2 * places)
    for b in range(2 * places):
        few[16][b] *= r
    exponentials(few[16], bits, 2 * places)
    best, goal = np.inf, at
    for j in range(ends[a] - 1, -1, -1):
        b, there = spot[j], x[j]
        stake, spread, pair = unchanged - won[b], lost[b] - won[b], b * places + a
        own = stake - s[j] * (1.0 - share * high[pair]) * spread
        back = stake - care * (1.0 - share * low[pair]) * spread
        if abs(own) < back and own != 0.0 and at - there > same:
            if own > 0.0:
                best, goal = (at - there) - 2.0, there
                break
            key = (back * there - own * at) / (back - own)
            if key <= best:
                best, goal = key, at - (there - at) * own / back
    for j in range(ends[a + 1], len(x)):
        b, there = spot[j], x[j]
        if (there - at) - 2.0 >= best:
            break
        stake, spread, pair = unchanged - won[b], lost[b] - won[b], a * places + b
        own = stake - s[j] * (1.0 - share * low[pair]) * spread
        back = stake - care * (1.0 - share * high[pair]) * spread
        if abs(own) < back and own != 0.0 and there - at > same:
            if own > 0.0:
                best, goal = (there - at) - 2.0, there
                break
            key = (back * there - own * at) / (back - own)
            if key < best:
                best, goal = key, at - (there - at) * own / back
    return goal


@njit(**FAST)
def offers_dyadic(
    x: Any, s: Any, risk: Any, low: Any, high: Any, same: float, new: Any, few: Any, large: Any, bits: Any
) -> None:
    """Let each actor take the offer that moves it least; each has a place of its own, a share of the range."""
    actors = len(x)
    _see(s, risk, few[0], low, high, large, bits)
    sees, turned, keys, ratios = large[2], large[3], few[8], few[9]
    for i in range(actors):
        row = turned[i * actors :]
        for j in range(actors):
            row[j] = sees[j * actors + i]
    for i in range(actors):
        row, other, at = sees[i * actors :], turned[i * actors :], x[i]
        for j in range(actors):
            own, back, far = row[j], other[j], abs(x[j] - at)
            offered = (own < 0.0) & (back > 0.0) & (far > same)
            ratio = min(-own / (back if offered else 1.0), 1.0)
            keys[j], ratios[j] = far * ratio if offered else np.inf, ratio
        taken, best = -1, np.inf
        for j in range(actors):
            if keys[j] < best:
                best, taken = keys[j], j
        if taken >= 0:
            ratio = ratios[taken]
            new[i] = x[taken] if ratio >= 1.0 else at + (x[taken] - at) * ratio


@njit(**FAST)
def _see(s: Any, risk: Any, place: Any, low: Any, high: Any, large: Any, bits: Any) -> None:
    """Set what each actor (row) expects of challenging each other, over 4."""
    actors = len(s)
    cells = actors * actors
    wins, losses, wons, losts = large[2], large[2][cells:], large[4], large[4][cells:]
    for i in range(1, actors):  # below the diagonal the challenged is the lower
        row = low[i * actors :]
        for j in range(i):
            row[j] = high[j * actors + i]
    for i in range(actors):
        at, win, lose = place[i], wins[i * actors :], losses[i * actors :]
        for j in range(actors):
            apart = abs(place[j] - at)
            win[j], lose[j] = max(0.5 - 0.5 * apart, FAINT), 0.5 + 0.5 * apart
    logarithms(wins, bits, 2 * cells)
    for i in range(actors):
        r, win, lose = risk[i], wins[i * actors :], losses[i * actors :]
        won, lost = wons[i * actors :], losts[i * actors :]
        for j in range(actors):
            won[j], lost[j] = r * win[j], r * lose[j]
    exponentials(wons, bits, 2 * cells)
    for i in range(actors):
        unchanged, sees, resists = np.exp(-_HALF * risk[i]), large[2][i * actors :], low[i * actors :]
        won, lost = wons[i * actors :], losts[i * actors :]
        for j in range(actors):
            sees[j] = unchanged - won[j] - s[j] * resists[j] * (lost[j] - won[j])
