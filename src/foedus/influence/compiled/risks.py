"""Votes in proportion to distance, and the risk exponents that follow, in the compiled form.

What belongs to two places is kept above the diagonal: row a holds the places above a. Rows are padded to whole
vectors of eight places, so that the compiler leaves no remainder to be done one by one. A padding place is empty and
lies where the last one does.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from foedus.influence.compiled.elementary import FAST

_STRETCH = 16
"""How many places count together who is below their midpoints with the lower place of a row."""


@njit(**FAST)
def padded(actors: int) -> int:
    """Return how long a row is."""
    return (actors + 7) >> 3 << 3


@njit(**FAST)
def risks(
    w: Any,
    s: Any,
    scholz: bool,
    spot: Any,
    ends: Any,
    places: int,
    few: Any,
    rows: Any,
    squares: Any,
    below: Any,
    risk: Any,
) -> None:
    """Set the risk exponents, from votes in proportion to distance.

    In the dyadic reading also the chance that the lower and the upper of each two places resist, ``squares[1]`` and
    ``squares[2]``.

    Parameters
    ----------
    w, s
        Weights and saliences in order; shape (A,).
    scholz
        Which reading.
    spot, ends, places
        Where each actor stands, with whom each place begins, and how many there are.
    few
        Rows, of which the first two hold the places and how many stand there.
    rows
        Scratch; shape (4, L), where L is `padded`.
    squares
        Scratch; shape (3, A, L).
    below
        Where it is written how many places are below the midpoint of each two; shape (A, L).
    risk
        Where exponents are written; shape (A,).
    """
    place, many, mass, moment, fails = few[0], few[1], few[2], few[3], few[5]
    mass[0] = moment[0] = 0.0
    for b in range(places):
        here = 0.0
        for i in range(ends[b], ends[b + 1]):
            here += w[i]
        mass[b + 1], moment[b + 1] = mass[b] + here, moment[b] + 2.0 * here * place[b]
    at, numbers, right, failed = rows[0], rows[1], rows[2], rows[3]
    for b in range(places):
        at[b], numbers[b], failed[b] = place[b], many[b], 0.0
        right[b] = (moment[places] - moment[b + 1]) - 2.0 * (mass[places] - mass[b + 1]) * place[b]
    for b in range(places, padded(places)):
        at[b], numbers[b], right[b], failed[b] = place[places - 1], 0.0, 0.0, 0.0
    for b in range(places, places + 8):
        place[b] = np.inf
    _count(place, places, rows[0], below, _STRETCH)
    lean = squares[0]
    for a in range(np.uint64(places)):
        for b in range(a, np.uint64(places)):
            k = below[a, b]
            lean[a, b] = mass[k] * (place[a] + place[b]) - moment[k]
    total = _contests(scholz, places, place, many, mass, moment, rows, squares, fails)
    for b in range(places):
        fails[b] += failed[b]
    _exponents(s, spot, places, (1.0 / total if total > 0.0 else 0.0) if scholz else 1.0, risk, few)


@njit(**FAST)
def _count(place: Any, places: int, at: Any, below: Any, stretch: int) -> None:
    """Set, for each two places, how many are below their midpoint; shape (A, L).

    Midpoints move along with the upper place, so that those of a few places in a row differ by a few places.
    """
    length = np.uint64(padded(places))
    for a in range(places):
        here, known, start = place[a], np.uint64(a + 1), np.uint64(a >> 3 << 3)
        while start < np.uint64(places):
            end = min(start + np.uint64(stretch), length)
            last = min(end, np.uint64(places)) - np.uint64(1)
            for b in range(start, end):
                below[a, b] = known
            c = known
            while True:
                t0, t1, t2, t3 = place[c], place[c + np.uint64(1)], place[c + np.uint64(2)], place[c + np.uint64(3)]
                c += np.uint64(4)
                t4, t5, t6, t7 = place[c], place[c + np.uint64(1)], place[c + np.uint64(2)], place[c + np.uint64(3)]
                c += np.uint64(4)
                for b in range(start, end):
                    middle = 0.5 * (here + at[b])
                    some = np.uint64(t0 < middle) + np.uint64(t1 < middle) + np.uint64(t2 < middle)
                    some += np.uint64(t3 < middle) + np.uint64(t4 < middle) + np.uint64(t5 < middle)
                    below[a, b] += some + np.uint64(t6 < middle) + np.uint64(t7 < middle)
                if not t7 < 0.5 * (here + at[last]):
                    break
            known, start = below[a, last], end


@njit(**FAST)
def _contests(
    scholz: bool, places: int, place: Any, many: Any, mass: Any, moment: Any, rows: Any, squares: Any, fails: Any
) -> float:
    """Add up what all expect of challenging each place, and return the votes on all pairs."""
    at, numbers, right, failed = rows[0], rows[1], rows[2], rows[3]
    lean, low, high = squares[0], squares[1], squares[2]
    length, all_mass, all_moment, total = np.uint64(padded(places)), mass[places], moment[places], 0.0
    for a in range(places):
        here, left, alike, beaten, cast = place[a], 2.0 * mass[a] * place[a] - moment[a], many[a], 0.0, 0.0
        first = np.uint64(a >> 3 << 3)
        if scholz:
            for k in range(first, length):
                gap, both = max(at[k] - here, 0.0), at[k] + here
                lower = max(lean[a, k] - left, 0.0)
                upper = max(all_moment - all_mass * both + lean[a, k] - right[k], 0.0)
                number = numbers[k] if gap > 0.0 else 0.0
                failed[k] += alike * gap * lower
                beaten += number * gap * upper
                cast += number * (lower + upper)
        else:
            for k in range(first, length):
                lower = max(lean[a, k] - left, 0.0)
                upper = max(all_moment - all_mass * (at[k] + here) + lean[a, k] - right[k], 0.0)
                votes = lower + upper
                share = (1.0 if votes > 0.0 else 0.0) / (votes if votes > 0.0 else 1.0)
                low[a, k], high[a, k] = 1.0 - share * lower, 1.0 - share * upper
            for k in range(first, length):
                gap = max(at[k] - here, 0.0)
                failed[k] += alike * gap * (1.0 - low[a, k])
                beaten += numbers[k] * gap * (1.0 - high[a, k])
        fails[a] = beaten
        total += 2.0 * alike * cast
    return total


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
