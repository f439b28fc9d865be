"""Votes on each two places and what they make of success and risk, in the compiled form.

What belongs to two places is kept in squares of which only the part above the diagonal is filled: the row of the lower
place holds all higher ones. Loops run along whole rows or whole squares, so that they fill vectors.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from foedus.influence.compiled.elementary import FAINT, FAST, exponentials, logarithms

_FEW = 96
"""Up to how many places counting all in vectors is faster than walking along."""


@njit(**FAST)
def find_places(x: Any, length: float, apart: bool, spot: Any, ends: Any, place: Any, many: Any) -> int:
    """Find distinct places, who stands at which and with which actor each begins; return how many there are.

    With ``apart`` each actor has a place of its own.
    """
    places = 0
    for i in range(len(x)):
        if i == 0 or apart or x[i] != x[i - 1]:
            place[places] = x[i] / length
            ends[places] = i
            places += 1
        spot[i] = places - 1
    ends[places] = len(x)
    for b in range(places):
        many[b] = ends[b + 1] - ends[b]
    return places


@njit(**FAST)
def count_below(place: Any, places: int, below: Any, sums: Any) -> None:
    """Set, for each two places, how many places are below their midpoint."""
    if places > _FEW:
        for a in range(places):
            at, k, row = place[a], a + 1, below[a * places :]
            for b in range(a + 1, places):
                while 2.0 * place[k] < at + place[b]:
                    k += 1
                row[b] = k
        return
    for a in range(places):
        row, both, at = below[a * places :], sums[a * places :], place[a]
        for b in range(places):
            row[b], both[b] = a // 4 * 4 + 1, at + place[b]  # the rest are counted, four places at a time
    for c in range(1, places, 4):
        one, two = 2.0 * place[c], 2.0 * place[c + 1] if c + 1 < places else np.inf
        three = 2.0 * place[c + 2] if c + 2 < places else np.inf
        four = 2.0 * place[c + 3] if c + 3 < places else np.inf
        for k in range(min(c + 3, places) * places):  # all pairs whose lower place comes before these four
            both = sums[k]
            below[k] += np.int64(one < both) + np.int64(two < both) + np.int64(three < both) + np.int64(four < both)


@njit(**FAST)
def risks(
    w: Any,
    s: Any,
    scholz: bool,
    spot: Any,
    ends: Any,
    places: int,
    below: Any,
    low: Any,
    high: Any,
    risk: Any,
    few: Any,
) -> None:
    """Set the risk exponents, from votes in proportion to distance.

    In the dyadic reading also the chance that the lower and the upper of each two places resist, ``low`` and ``high``.
    """
    place, many, mass, moment, right, fails = few[0], few[1], few[2], few[3], few[4], few[5]
    mass[0] = moment[0] = total = 0.0
    for b in range(places):
        here = 0.0
        for i in range(ends[b], ends[b + 1]):
            here += w[i]
        mass[b + 1], moment[b + 1] = mass[b] + here, moment[b] + 2.0 * here * place[b]
    all_mass, all_moment = mass[places], moment[places]
    for b in range(places):
        right[b] = (all_moment - moment[b + 1]) - 2.0 * (all_mass - mass[b + 1]) * place[b]
        fails[b] = 0.0
    for a in range(places):
        at, left, here, beaten, cast = place[a], 2.0 * mass[a] * place[a] - moment[a], many[a], 0.0, 0.0
        others, rights = place[a + 1 : places], right[a + 1 : places]
        numbers, failed = many[a + 1 : places], fails[a + 1 : places]
        start = a * places + a + 1
        counts, lows, highs = below[start:], low[start:], high[start:]
        if scholz:
            for k in range(len(others)):
                m, both, gap = counts[k], at + others[k], others[k] - at
                lean = mass[m] * both - moment[m]
                lower = max(lean - left, 0.0)
                upper = max(all_moment - all_mass * both + lean - rights[k], 0.0)
                failed[k] += here * gap * lower
                beaten += numbers[k] * gap * upper
                cast += numbers[k] * (lower + upper)
        else:
            for k in range(len(others)):
                m, both, gap = counts[k], at + others[k], others[k] - at
                lean = mass[m] * both - moment[m]
                lower = max(lean - left, 0.0)
                upper = max(all_moment - all_mass * both + lean - rights[k], 0.0)
                votes = lower + upper
                share = 1.0 / votes if votes > 0.0 else 0.0
                lower, upper = share * lower, share * upper
                lows[k], highs[k] = 1.0 - lower, 1.0 - upper
                failed[k] += here * gap * lower
                beaten += numbers[k] * gap * upper
        fails[a] += beaten
        total += 2.0 * here * cast
    _exponents(s, spot, places, (1.0 / total if total > 0.0 else 0.0) if scholz else 1.0, risk, few)


@njit(**FAST)
def _exponents(s: Any, spot: Any, places: int, share: float, risk: Any, few: Any) -> None:
    """Turn what all others expect of challenging an actor into its risk exponent."""
    place, many, fails, far = few[0], few[1], few[5], few[6]
    actors, above, before, under = float(len(s)), 0.0, 0.0, 0.0
    for b in range(places):
        above += many[b] * place[b]
    for b in range(places):
        # The distances of all others: of those below, and of those here or above.
        far[b] = (before * place[b] - under) + (above - under) - (actors - before) * place[b]
        before += many[b]
        under += many[b] * place[b]
    least, most = np.inf, -np.inf
    for j in range(len(s)):
        b = spot[j]
        risk[j] = 4.0 * (0.5 * far[b] - s[j] * (far[b] - share * fails[b]))
        least, most = min(least, risk[j]), max(most, risk[j])
    spread = most - least
    for j in range(len(s)):
        attitude = (2.0 * risk[j] - most - least) / spread if spread > 4e-12 else 0.0
        risk[j] = (1.0 - attitude / 3.0) / (1.0 + attitude / 3.0)


@njit(**FAST)
def votes_by_exponent(
    w: Any,
    risk: Any,
    spot: Any,
    ends: Any,
    places: int,
    below: Any,
    low: Any,
    high: Any,
    few: Any,
    large: Any,
    bits: Any,
) -> float:
    """Set the votes for the lower and upper of each two places, where they follow each actor's own exponent.

    Returns
    -------
    float
        One over the votes on all pairs.
    """
    actors, cells = len(w), places * places
    place, many, logs, power, prefix = few[0], few[1], large[2], large[3], large[4]
    for a in range(places):
        row, at = logs[a * places :], place[a]
        for b in range(places):
            row[b] = max(abs(place[b] - at), FAINT)
    logarithms(logs, bits, cells)
    for i in range(actors):
        r, row, base = risk[i], power[i * places :], logs[spot[i] * places :]
        for b in range(places):
            row[b] = r * base[b]
    exponentials(power, bits, actors * places)
    for b in range(places):
        prefix[b] = 0.0
    for a in range(places):
        before, after = prefix[a * places :], prefix[(a + 1) * places :]
        for i in range(ends[a], ends[a + 1]):
            row, weight = power[i * places :], w[i]
            for b in range(places):
                after[b] = before[b] + weight * row[b]
            before = after
    total, final = 0.0, prefix[cells:]
    for a in range(places):
        start, count, end = a * places + a + 1, places - a - 1, final[a]
        counts, lows, highs = below[start:], low[start:], high[start:]
        finals, numbers, cast = final[a + 1 :], many[a + 1 :], 0.0
        for k in range(count):
            m = counts[k] * places + a
            lower = prefix[m + 1 + k] - prefix[m]
            upper = end - finals[k] + lower
            lows[k], highs[k] = max(lower, 0.0), max(upper, 0.0)
            cast += numbers[k] * (lower + upper)
        total += 2.0 * many[a] * cast
    return 1.0 / total if total > 0.0 else 0.0
