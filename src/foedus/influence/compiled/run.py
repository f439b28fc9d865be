"""Rounds of the challenge model, draw by draw, in the compiled form."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from foedus.influence.compiled.elementary import FAST
from foedus.influence.compiled.offers import BATCH, offers_dyadic, offers_scholz
from foedus.influence.compiled.risks import padded, risks
from foedus.influence.compiled.votes import find_places, votes_by_exponent


@njit(**FAST)
def _order(place: Any, capability: Any, salience: Any, order: Any, x: Any) -> None:
    """Sort by position, then capability, then salience, by insertion; write positions in order into ``x``."""
    for k in range(len(order)):
        x[k] = place[order[k]]
    for k in range(1, len(order)):
        one, at, j = order[k], x[k], k - 1
        while j >= 0 and x[j] >= at:
            if x[j] == at:
                other = order[j]
                if capability[other] < capability[one]:
                    break
                if capability[other] == capability[one] and (
                    salience[other] < salience[one] or (salience[other] == salience[one] and other < one)
                ):
                    break
            order[j + 1], x[j + 1] = order[j], x[j]
            j -= 1
        order[j + 1], x[j + 1] = one, at


@njit(**FAST)
def room_for(actors: int) -> tuple[Any, Any, Any, Any, Any, Any, Any, Any]:
    """Return scratch for `play_one`.

    Rows and squares of floats, rows and a square of integers, and bits for powers; then rows and squares that are
    padded, and pairs.
    """
    length = padded(actors)
    cells = (actors + 1) * length
    return (
        np.empty((17, 2 * actors + 16)),
        np.empty((5, cells)),
        np.empty((2, actors + 1), np.int64),
        np.empty((actors, length), np.uint64),
        np.empty(max(2 * cells, 4 * (BATCH + actors + 32)), np.int64),
        np.zeros((10, length)),
        np.zeros((3, actors, length)),
        np.zeros((8, BATCH + actors + 32)),
    )


@njit(**FAST)
def play_one(x: Any, w: Any, s: Any, scholz: bool, same: float, new: Any, risk: Any, room: Any) -> None:
    """Play one round of one draw; actors in order, positions as shares of the first range.

    Parameters
    ----------
    x, w, s
        Positions, weights and saliences; shape (A,).
    scholz
        Which reading.
    same
        Within what distance two actors stand at one place.
    new, risk
        Where positions and risk exponents are written; shape (A,).
    room
        Scratch from `room_for`.
    """
    actors = len(x)
    length = 1.0 if scholz else x[actors - 1] - x[0]
    for i in range(actors):
        new[i], risk[i] = x[i], 1.0
    if length <= 0.0:
        return
    few, large, spots, below, bits, rows, squares, pairs = room
    spot, ends, place, low, high = spots[0], spots[1], few[0], large[0], large[1]
    places = find_places(x, length, not scholz, spot, ends, place, few[1])
    risks(w, s, scholz, spot, ends, places, few, rows, squares, below, risk)
    if scholz:
        share = votes_by_exponent(w, risk, spot, ends, places, rows[0], below, low, high, few[1], large, bits)
        offers_scholz(x, s, risk, spot, ends, places, low, high, share, same, new, few, bits)
    else:
        offers_dyadic(x, s, risk, squares, rows, same, new, few, pairs, bits)


@njit(**FAST)
def _recurs(seen: Any, sums: Any, turn: int, still: float) -> int:
    """Return how many rounds ago everyone stood where they do now; 0 if never."""
    actors = seen.shape[1]
    for age in range(1, turn + 1):
        if abs(sums[turn] - sums[turn - age]) > actors * still:
            continue
        alike = True
        for k in range(actors):
            if not abs(seen[turn, k] - seen[turn - age, k]) <= still:
                alike = False
                break
        if alike:
            return age
    return 0


@njit(**FAST)
def run_all(
    shares: Any, capability: Any, salience: Any, scholz: bool, most: int, still: float, same: float, history: Any
) -> tuple[Any, Any, Any, Any]:
    """Run every draw to its end.

    Parameters
    ----------
    shares, capability, salience
        Positions as shares of the first range, and so on; shape (D, A).
    scholz
        Which reading.
    most
        Rounds after which a draw is left unfinished.
    still, same
        Up to what distance positions are the same between rounds, and between actors.
    history
        Where positions after each round are written, shape (D, most + 1, A), or an array without draws.

    Returns
    -------
    tuple
        Final positions (D, A), rounds, how it ended (0 settled, 1 cycles, 2 unfinished) and period, each (D,).
    """
    draws, actors = shares.shape
    final = shares.copy()
    rounds, period = np.zeros(draws, np.int64), np.zeros(draws, np.int64)
    ended = np.full(draws, 2, np.int8)
    seen, sums = np.empty((most + 1, actors)), np.empty(most + 1)
    order, room = np.empty(actors, np.int64), room_for(actors)
    x, w, s, new, risk = np.empty(actors), np.empty(actors), np.empty(actors), np.empty(actors), np.empty(actors)
    for d in range(draws):
        seen[0] = shares[d]
        sums[0] = shares[d].sum()
        for k in range(actors):
            order[k] = k
        for turn in range(1, most + 1):
            _order(seen[turn - 1], capability[d], salience[d], order, x)
            for k in range(actors):
                s[k] = salience[d, order[k]]
                w[k] = capability[d, order[k]] * s[k]
            play_one(x, w, s, scholz, same, new, risk, room)
            for k in range(actors):
                seen[turn, order[k]] = new[k]
            sums[turn] = seen[turn].sum()
            back = _recurs(seen, sums, turn, still)
            if back == 1:
                final[d], rounds[d], ended[d] = seen[turn - 1], turn - 1, 0
                break
            final[d], rounds[d] = seen[turn], turn
            if back > 1:
                ended[d], period[d] = 1, back
                break
        if len(history):
            history[d] = final[d]
            history[d, : rounds[d]] = seen[: rounds[d]]
    return final, rounds, ended, period
