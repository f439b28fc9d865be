"""Votes on each two places and what they make of success and risk, in the compiled form.

What belongs to two places is kept in squares of which only the part above the diagonal is filled: the row of the lower
place holds all higher ones. Loops run along whole rows or whole squares, so that they fill vectors.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from foedus.influence.compiled.elementary import FAINT, FAST, exponentials, logarithms
from foedus.influence.compiled.risks import padded


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
def votes_by_exponent(
    w: Any,
    risk: Any,
    spot: Any,
    ends: Any,
    places: int,
    at: Any,
    below: Any,
    low: Any,
    high: Any,
    many: Any,
    large: Any,
    bits: Any,
) -> float:
    """Set the votes for the lower and upper of each two places, where they follow each actor's own exponent.

    Returns
    -------
    float
        One over the votes on all pairs.
    """
    # Unsigned indices spare the compiler the question whether they count from the end, and so it fills vectors.
    actors, count, length = len(w), np.uint64(places), np.uint64(padded(places))
    step, logs, power, prefix = np.uint64(1), large[2], large[3], large[4]
    for a in range(count):
        for b in range(length):
            logs[a * length + b] = max(abs(at[b] - at[a]), FAINT)
    logarithms(logs, bits, int(count * length))
    for i in range(actors):
        r, to, base = risk[i], np.uint64(i) * length, np.uint64(spot[i]) * length
        for b in range(length):
            power[to + b] = r * logs[base + b]
    exponentials(power, bits, int(np.uint64(actors) * length))
    for b in range(length):
        prefix[b] = 0.0
    for a in range(count):
        before, after = a * length, (a + step) * length
        for b in range(length):
            prefix[after + b] = prefix[before + b]
        for i in range(ends[a], ends[a + step]):
            row, weight = np.uint64(i) * length, w[i]
            for b in range(length):
                prefix[after + b] += weight * power[row + b]
    total, final = 0.0, count * length
    for a in range(count):
        end, cast, row = prefix[final + a], 0.0, a * length
        for b in range(a + step, count):
            start = below[a, b] * length
            lower = prefix[start + b] - prefix[start + a]
            upper = end - prefix[final + b] + lower
            low[row + b], high[row + b] = max(lower, 0.0), max(upper, 0.0)
            cast += many[b] * (lower + upper)
        total += 2.0 * many[a] * cast
    return 1.0 / total if total > 0.0 else 0.0
