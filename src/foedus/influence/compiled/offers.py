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
from foedus.influence.compiled.risks import padded

_HALF = 0.6931471805599453
_NEVER, _AFAR = 99.0, 8.0
"""What no factor makes of a distance, and farther than all of them."""
SURE, LOOSE = 20.0, 1.67
"""By how many margins an estimate differs from 0 that goes into a guess, and the factor by which guesses may be off.

What a side stands to lose and to win is its estimate times (1/2 + d/2)^r - (1/2 - d/2)^r, which is between .707 and
1.062 d for exponents from 1/2 to 2; and 21/19 1.062/.707 is below 1.67.
"""


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
    middle, most, length = places // 2, 0.0, padded(places)
    for b in range(places):
        pair = b * length + middle if b < middle else middle * length + b
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
    a, at, care, unchanged, length = spot[i], x[i], s[i], np.exp(-_HALF * r), padded(places)
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
        stake, spread, pair = unchanged - won[b], lost[b] - won[b], b * length + a
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
        stake, spread, pair = unchanged - won[b], lost[b] - won[b], a * length + b
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
    x: Any, s: Any, risk: Any, squares: Any, rows: Any, same: float, new: Any, few: Any, pairs: Any, bits: Any
) -> None:
    """Let each actor take the offer that moves it least; each has a place of its own, a share of the range.

    One of two offers where it expects to lose by a challenge and the other to gain. Polynomials tell how far each offer
    moves an actor at least and at most; those that may move it least are worked out in batches.

    Parameters
    ----------
    x, s, risk
        Positions, saliences and risk exponents in order; shape (A,).
    squares
        Of which ``squares[1]`` and ``squares[2]`` hold the chance that the lower and the upper of a pair resist; shape
        (3, A, L).
    rows
        Of which the first holds the places; shape (10, L).
    same
        Within what distance two actors stand at one place.
    new
        Where positions are written; shape (A,).
    few, pairs, bits
        Scratch.
    """
    actors, length = len(x), np.uint64(rows.shape[1])
    keys, ratios, taken, unchanged, flags, guesses = few[8], few[9], few[10], few[15], rows[9], squares[0]
    for i in range(actors):
        rows[5, i], rows[6, i], rows[7, i], rows[8, i] = coefficients(risk[i])
        rows[2, i], rows[4, i], keys[i], taken[i], unchanged[i] = _AFAR, s[i], np.inf, -1.0, -_HALF * risk[i]
    exponentials(unchanged, bits, actors)
    rows[0, actors:] = -1.0  # below everybody: what is padded makes no offer
    _guess(few[0], x, s, same, rows, squares)
    most, count = rows[2], 0
    for a in range(actors):
        mine = LOOSE * LOOSE * most[a]
        for k in range(np.uint64(a >> 3 << 3), length):
            guess = guesses[a, k]
            flags[k] = 1.0 if abs(guess) <= (LOOSE * LOOSE * most[k] if guess < 0.0 else mine) else 0.0
        code = a << 20
        for b in range(np.uint64(a + 1), np.uint64(actors)):
            bits[count] = code | np.int64(b)
            count += int(flags[b])
        if count >= BATCH:
            _bargain(x, s, risk, few, count, squares, pairs, same, bits)
            count = 0
    _bargain(x, s, risk, few, count, squares, pairs, same, bits)
    for i in range(actors):
        if taken[i] >= 0.0:
            there = x[int(taken[i])]
            new[i] = there if ratios[i] >= 1.0 else x[i] + (there - x[i]) * ratios[i]


@njit(**{**FAST, "fastmath": FAST["fastmath"] | {"nnan"}})  # so that the least of a row fills vectors
def _guess(place: Any, x: Any, s: Any, same: float, rows: Any, squares: Any) -> None:
    """Set about how far the offer between each two moves one of them, and the least of that for each actor.

    The first goes into ``squares[0]``: below 0 where the upper of the two moves, 0 where it cannot be told, and
    `_NEVER` where nothing is offered. It is within a factor of `LOOSE` of the truth. The second goes into ``rows[2]``.
    """
    actors, length = len(x), np.uint64(rows.shape[1])
    at, most, care, b1, b2, b3, b4 = rows[0], rows[2], rows[4], rows[5], rows[6], rows[7], rows[8]
    low, high, near = squares[1], squares[2], 2.0 * same / (x[actors - 1] - x[0])
    for a in range(actors):
        here, mine, guesses = place[a], s[a], squares[0, a]
        a1, a2, a3, a4 = b1[a], b2[a], b3[a], b4[a]
        first = np.uint64(a >> 3 << 3)
        for k in range(first, length):
            gap = min(abs(at[k] - here), 1.0)
            err = margin(gap)
            own = estimate(gap, a1, a2, a3, a4) - care[k] * low[a, k]
            back = estimate(gap, b1[k], b2[k], b3[k], b4[k]) - mine * high[a, k]
            lower = own < back
            loss, gain = -min(own, back), max(own, back)
            sure = (loss > SURE * err) & (gain > SURE * err) & (at[k] - here > near)
            key = gap * min(np.float64(np.float32(loss) / np.float32(gain if sure else 1.0)), 1.0)
            told = (key if lower else -key) if sure else 0.0
            guesses[k] = told if (loss > -err) & (gain > -err) else _NEVER
        best = _AFAR
        for k in range(first, length):
            best = min(best, guesses[k] if guesses[k] > 0.0 else _AFAR)
        for k in range(first, length):
            most[k] = min(most[k], -guesses[k] if guesses[k] < 0.0 else _AFAR)
        most[a] = min(most[a], best)


BATCH = 384
"""Pairs whose powers are worked out together, so that they stay in the processor's first cache."""


@njit(**FAST)
def _bargain(
    x: Any, s: Any, risk: Any, few: Any, number: int, squares: Any, pairs: Any, same: float, bits: Any
) -> None:
    """Let the actors of some pairs take their offers where they move them less than those before.

    ``bits`` holds the pairs, the lower actor in its upper half, and is scratch; so are ``pairs``, rows of numbers.
    """
    place, keys, ratios, taken, unchanged = few[0], few[8], few[9], few[10], few[15]
    lower, upper, gaps = pairs[0], pairs[1], pairs[2]
    if number == 0:
        return
    filled = (number + 31) >> 5 << 5  # whole vectors: the last pair again changes nothing
    bits[number:filled] = bits[number - 1]
    low, high, powers, count = squares[1], squares[2], pairs[3:].ravel(), np.uint64(filled)
    two, three = count + count, count + count + count
    for k in range(count):
        lower[k], upper[k] = bits[k] >> 20, bits[k] & 0xFFFFF
        gaps[k] = place[np.uint64(upper[k])] - place[np.uint64(lower[k])]
    for k in range(count):
        powers[k] = max(0.5 - 0.5 * gaps[k], FAINT)
        powers[count + k] = 0.5 + 0.5 * gaps[k]
    logarithms(powers, bits, 2 * filled)
    for k in range(count):
        win, lose, own, back = powers[k], powers[count + k], risk[np.uint64(lower[k])], risk[np.uint64(upper[k])]
        powers[k], powers[count + k] = own * win, own * lose
        powers[two + k], powers[three + k] = back * win, back * lose
    exponentials(powers, bits, 4 * filled)
    for k in range(count):
        a, b = np.uint64(lower[k]), np.uint64(upper[k])
        own = unchanged[a] - powers[k] - s[b] * low[a, b] * (powers[count + k] - powers[k])
        back = unchanged[b] - powers[two + k] - s[a] * high[a, b] * (powers[three + k] - powers[two + k])
        far, loses = x[b] - x[a], own < back
        loss, gain = min(own, back), max(own, back)
        offered = (loss < 0.0) & (gain > 0.0) & (far > same)
        ratio = min(-loss / (gain if offered else 1.0), 1.0)
        actor, key = a if loses else b, far * ratio if offered else np.inf
        if key < keys[actor]:
            keys[actor], ratios[actor], taken[actor] = key, ratio, upper[k] if loses else lower[k]
