"""The challenge model compiled, draw by draw: an optional extra (``pip install foedus[fast]``).

The plain form in `foedus.influence.challenge` is the oracle. Here each draw runs to its end by itself, so that nothing
of size A² leaves the processor's first cache. Powers are taken once for each actor and each distinct position, by
polynomials that the compiler turns into vector instructions. Sums run in another order than in the plain form: one
round agrees with it to some 1e-12, and a trajectory that amplifies the last digit may part from it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_FAST: dict[str, Any] = {"cache": True, "fastmath": {"contract", "arcp", "nsz", "reassoc"}, "error_model": "numpy"}


@njit(**_FAST)
def _exp(values: Any, bits: Any, count: int) -> None:
    """Replace the first values, all at most 0, by their exponentials; ``bits`` is scratch of as many integers."""
    scale = bits.view(np.float64)
    for k in range(count):
        x = max(values[k], -700.0)
        n = np.floor(x * 1.4426950408889634 + 0.5)
        r = (x - n * 0.6931471803691238) - n * 1.9082149292705877e-10
        p = 1.0 / 479001600.0
        p = p * r + 1.0 / 39916800.0
        p = p * r + 1.0 / 3628800.0
        p = p * r + 1.0 / 362880.0
        p = p * r + 1.0 / 40320.0
        p = p * r + 1.0 / 5040.0
        p = p * r + 1.0 / 720.0
        p = p * r + 1.0 / 120.0
        p = p * r + 1.0 / 24.0
        p = p * r + 1.0 / 6.0
        p = p * r + 0.5
        p = p * r + 1.0
        values[k] = p * r + 1.0
        bits[k] = (np.int64(n) + 1023) << 52
    for k in range(count):
        values[k] *= scale[k]


@njit(**_FAST)
def _log(values: Any, bits: Any, count: int) -> None:
    """Replace the first values, all above 0, by their logarithms."""
    whole = bits.view(np.float64)
    for k in range(count):
        whole[k] = values[k]
    for k in range(count):
        word = bits[k]
        exponent = ((word >> 52) & 0x7FF) - 1022
        bits[k] = (word & 0x000FFFFFFFFFFFFF) | (np.int64(1022) << 52)
        values[k] = np.float64(exponent)
    for k in range(count):
        m, e = whole[k], values[k]
        low = m < 0.7071067811865476
        m = m * 2.0 if low else m
        e = e - 1.0 if low else e
        s = (m - 1.0) / (m + 1.0)
        z = s * s
        p = 1.0 / 21.0
        p = p * z + 1.0 / 19.0
        p = p * z + 1.0 / 17.0
        p = p * z + 1.0 / 15.0
        p = p * z + 1.0 / 13.0
        p = p * z + 1.0 / 11.0
        p = p * z + 1.0 / 9.0
        p = p * z + 1.0 / 7.0
        p = p * z + 1.0 / 5.0
        p = p * z + 1.0 / 3.0
        p = p * z + 1.0
        values[k] = e * 0.6931471805599453 + 2.0 * s * p


@njit(**_FAST)
def _order(place: Any, weight: Any, salience: Any, order: Any) -> None:
    """Sort by position, then weight, then salience; nearly sorted already, so by insertion."""
    for k in range(1, len(order)):
        one, j = order[k], k - 1
        while j >= 0:
            other = order[j]
            if place[other] < place[one]:
                break
            if place[other] == place[one]:
                if weight[other] < weight[one]:
                    break
                if weight[other] == weight[one] and (
                    salience[other] < salience[one] or (salience[other] == salience[one] and other < one)
                ):
                    break
            order[j + 1] = other
            j -= 1
        order[j + 1] = one


@njit(**_FAST)
def play_one(x: Any, w: Any, s: Any, scholz: bool, same: float, new: Any, risk: Any) -> None:  # noqa: PLR0912, PLR0915 - one pass over what the first cache holds
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
    """
    actors = len(x)
    length = 1.0 if scholz else x[actors - 1] - x[0]
    for i in range(actors):
        new[i] = x[i]
        risk[i] = 1.0
    if length <= 0.0:
        return
    # Distinct positions, and who stands at which.
    spot = np.empty(actors, np.int64)
    place, mass, moment = np.empty(actors), np.empty(actors + 1), np.empty(actors + 1)
    ends = np.empty(actors + 1, np.int64)
    spots = 0
    for i in range(actors):
        if i == 0 or x[i] != x[i - 1]:
            place[spots] = x[i] / length
            ends[spots] = i
            spots += 1
        spot[i] = spots - 1
    ends[spots] = actors
    mass[0] = moment[0] = 0.0
    for i in range(actors):
        mass[i + 1] = mass[i] + w[i]
        moment[i + 1] = moment[i] + w[i] * place[spot[i]]
    # Who is nearer to the lower of each pair of positions: a pointer that only goes up.
    below = np.zeros((spots, spots), np.int64)
    gap, wins = np.zeros((spots, spots)), np.zeros((spots, spots))
    for a in range(spots):
        pointer = ends[a + 1]
        for b in range(a + 1, spots):
            middle = (place[a] + place[b]) / 2.0
            while place[spot[pointer]] < middle:
                pointer += 1
            below[a, b] = pointer
            gap[a, b] = gap[b, a] = place[b] - place[a]
    many, right = np.empty(spots), np.empty(spots)
    for b in range(spots):
        many[b] = ends[b + 1] - ends[b]
        right[b] = 2.0 * ((moment[actors] - moment[ends[b + 1]]) - (mass[actors] - mass[ends[b + 1]]) * place[b])
    upper = np.zeros((spots, spots))
    all_mass, all_moment = mass[actors], 2.0 * moment[actors]
    for a in range(spots):
        left = 2.0 * (mass[ends[a]] * place[a] - moment[ends[a]])
        for b in range(a + 1, spots):
            m, both = below[a, b], place[a] + place[b]
            lean = mass[m] * both - 2.0 * moment[m]
            wins[a, b] = lean - left
            upper[a, b] = all_moment - all_mass * both + lean - right[b]
    _shares(wins, upper, many, scholz)
    _risks(gap, wins, spot, s, risk, many)
    # Powers of what would be won and lost, once for each actor and distinct position.
    cells, pairs = actors * spots, spots * (spots - 1) // 2
    bits = np.empty(max(cells, pairs, actors), np.int64)
    log_won, log_lost = np.zeros((spots, spots)), np.zeros((spots, spots))
    flat_won, flat_lost = np.empty(pairs), np.empty(pairs)
    k = 0
    for a in range(spots):
        for b in range(a + 1, spots):
            flat_won[k] = max(0.5 - 0.5 * gap[a, b], 1e-300)
            flat_lost[k] = 0.5 + 0.5 * gap[a, b]
            k += 1
    _log(flat_won, bits, pairs)
    _log(flat_lost, bits, pairs)
    k = 0
    for a in range(spots):
        for b in range(a + 1, spots):
            log_won[a, b] = log_won[b, a] = flat_won[k]
            log_lost[a, b] = log_lost[b, a] = flat_lost[k]
            k += 1
    won, lost, half = np.empty(cells), np.empty(cells), np.empty(actors)
    for i in range(actors):
        r, a = risk[i], spot[i]
        half[i] = -0.6931471805599453 * r
        for b in range(spots):
            won[i * spots + b] = r * log_won[a, b]
            lost[i * spots + b] = r * log_lost[a, b]
    _exp(won, bits, cells)
    _exp(lost, bits, cells)
    _exp(half, bits, actors)
    if scholz:
        _votes_by_exponent(gap, below, w, risk, spot, many, spots, wins, bits)
        _offers_scholz(x, s, spot, spots, gap, wins, won, lost, half, same, new)
    else:
        _offers_dyadic(x, s, spot, spots, gap, wins, won, lost, half, same, length, new)


@njit(**_FAST)
def _shares(wins: Any, upper: Any, many: Any, scholz: bool) -> None:
    """Turn votes for the lower of each pair (in ``wins``) and the upper into who prevails, both ways round."""
    spots, total = len(many), 0.0
    for a in range(spots):
        row = 0.0
        for b in range(a + 1, spots):
            low, high = wins[a, b], upper[a, b]
            low = low if low > 0.0 else 0.0
            high = high if high > 0.0 else 0.0
            wins[a, b], upper[a, b] = low, high
            row += (low + high) * many[b]
        total += 2.0 * row * many[a]
    share = 1.0 / total if total > 0.0 else 0.0
    for a in range(spots):
        for b in range(a + 1, spots):
            if not scholz:
                cast = wins[a, b] + upper[a, b]
                share = 1.0 / cast if cast > 0.0 else 0.0
            wins[a, b] *= share
            upper[a, b] *= share
    for a in range(spots):
        for b in range(a):
            wins[a, b] = upper[b, a]


@njit(**_FAST)
def _risks(gap: Any, wins: Any, spot: Any, s: Any, risk: Any, many: Any) -> None:
    """Set the risk exponents, from what all expect of challenging each actor."""
    actors, spots = len(spot), len(many)
    plain, resisted = np.zeros(spots), np.zeros(spots)
    for a in range(spots):
        for b in range(spots):
            far = many[a] * gap[a, b]
            plain[b] += far
            resisted[b] += far * (1.0 - wins[a, b])
    low, high = np.inf, -np.inf
    for j in range(actors):
        risk[j] = 4.0 * (0.5 * plain[spot[j]] - s[j] * resisted[spot[j]])
        low, high = min(low, risk[j]), max(high, risk[j])
    spread = high - low
    for j in range(actors):
        attitude = (2.0 * risk[j] - high - low) / spread if spread > 4e-12 else 0.0
        risk[j] = (1.0 - attitude / 3.0) / (1.0 + attitude / 3.0)


@njit(**_FAST)
def _votes_by_exponent(
    gap: Any, below: Any, w: Any, risk: Any, spot: Any, many: Any, spots: int, wins: Any, bits: Any
) -> None:
    """Set who prevails where each actor's votes follow its own exponent."""
    actors = len(w)
    pairs = spots * (spots - 1) // 2
    flat, log = np.empty(pairs), np.zeros((spots, spots))
    k = 0
    for a in range(spots):
        for b in range(a + 1, spots):
            flat[k] = gap[a, b]
            k += 1
    _log(flat, bits, pairs)
    k = 0
    for a in range(spots):
        for b in range(a + 1, spots):
            log[a, b] = log[b, a] = flat[k]
            k += 1
    cost = np.empty(actors * spots)
    for k in range(actors):
        for b in range(spots):
            cost[k * spots + b] = risk[k] * log[spot[k], b]
    _exp(cost, bits, actors * spots)
    prefix = np.zeros((actors + 1, spots))
    for k in range(actors):
        for b in range(spots):
            prefix[k + 1, b] = prefix[k, b] + (w[k] * cost[k * spots + b] if spot[k] != b else 0.0)
    upper = np.zeros((spots, spots))
    for a in range(spots):
        for b in range(a + 1, spots):
            m = below[a, b]
            lower = prefix[m, b] - prefix[m, a]
            wins[a, b] = lower
            upper[a, b] = prefix[actors, a] - prefix[actors, b] + lower
    _shares(wins, upper, many, True)


@njit(**_FAST)
def _offers_scholz(
    x: Any, s: Any, spot: Any, spots: int, gap: Any, wins: Any, won: Any, lost: Any, half: Any, same: float, new: Any
) -> None:
    actors = len(x)
    stake, resisted, turned = np.empty(spots), np.empty(spots), np.empty(spots)
    keys, steps = np.empty(actors), np.empty(actors)
    opposite = wins.T.copy()
    for i in range(actors):
        a, best = spot[i], np.inf
        for b in range(spots):
            at, spread = half[i] - won[i * spots + b], lost[i * spots + b] - won[i * spots + b]
            stake[b], resisted[b] = at, (1.0 - wins[a, b]) * spread
            turned[b] = at - s[i] * (1.0 - opposite[a, b]) * spread
        for j in range(actors):  # no branches here: no predictor could guess them
            b = spot[j]
            own, back, far = stake[b] - s[j] * resisted[b], turned[b], gap[a, b]
            beaten = (own > 0.0) & (back > own) & (far > same)
            bargains = (own < 0.0) & (back > -own) & (far > same)
            ratio = -own / (back if bargains else 1.0)
            middle = (ratio * x[i] + x[j]) / (ratio + 1.0 if bargains else 1.0)
            keys[j] = far - 2.0 if beaten else (middle if bargains else np.inf)
            steps[j] = 1.0 if beaten else ratio
        taken = -1
        for j in range(actors):
            if keys[j] < best:
                best, taken = keys[j], j
        if taken >= 0:
            whole = steps[taken] >= 1.0
            new[i] = x[taken] if whole else x[i] + (x[taken] - x[i]) * steps[taken]


@njit(**_FAST)
def _offers_dyadic(
    x: Any,
    s: Any,
    spot: Any,
    spots: int,
    gap: Any,
    wins: Any,
    won: Any,
    lost: Any,
    half: Any,
    same: float,
    length: float,
    new: Any,
) -> None:
    actors = len(x)
    sees = np.empty((actors, actors))
    keys, steps = np.empty(actors), np.empty(actors)
    for i in range(actors):
        a = spot[i]
        for j in range(actors):
            b = spot[j]
            cell = i * spots + b
            sees[i, j] = half[i] - won[cell] - s[j] * (1.0 - wins[a, b]) * (lost[cell] - won[cell])
    for i in range(actors):
        a, best = spot[i], np.inf
        for j in range(actors):
            own, turned, far = sees[i, j], sees[j, i], gap[a, spot[j]]
            offered = (own < 0.0) & (turned > 0.0) & (far * length > same)
            ratio = min(-own / (turned if offered else 1.0), 1.0)
            keys[j] = far * ratio if offered else np.inf
            steps[j] = ratio
        taken = -1
        for j in range(actors):
            if keys[j] < best:
                best, taken = keys[j], j
        if taken >= 0:
            whole = steps[taken] >= 1.0
            new[i] = x[taken] if whole else x[i] + (x[taken] - x[i]) * steps[taken]


@njit(**_FAST)
def run_all(
    shares: Any, weight: Any, salience: Any, scholz: bool, most: int, still: float, same: float
) -> tuple[Any, Any, Any, Any]:
    """Run every draw to its end.

    Parameters
    ----------
    shares, weight, salience
        Positions as shares of the first range, and so on; shape (D, A).
    scholz
        Which reading.
    most
        Rounds after which a draw is left unfinished.
    still, same
        Up to what distance positions are the same between rounds, and between actors.

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
    order = np.empty(actors, np.int64)
    x, w, s, new, risk = np.empty(actors), np.empty(actors), np.empty(actors), np.empty(actors), np.empty(actors)
    for d in range(draws):
        seen[0] = shares[d]
        sums[0] = shares[d].sum()
        for k in range(actors):
            order[k] = k
        for turn in range(1, most + 1):
            _order(seen[turn - 1], weight[d], salience[d], order)
            for k in range(actors):
                x[k], w[k], s[k] = seen[turn - 1, order[k]], weight[d, order[k]], salience[d, order[k]]
            play_one(x, w, s, scholz, same, new, risk)
            for k in range(actors):
                seen[turn, order[k]] = new[k]
            back, sums[turn] = 0, seen[turn].sum()
            for age in range(1, turn + 1):
                if abs(sums[turn] - sums[turn - age]) > actors * still:
                    continue
                alike = True
                for k in range(actors):
                    if not abs(seen[turn, k] - seen[turn - age, k]) <= still:
                        alike = False
                        break
                if alike:
                    back = age
                    break
            if back == 1:
                final[d], rounds[d], ended[d] = seen[turn - 1], turn - 1, 0
                break
            final[d], rounds[d] = seen[turn], turn
            if back > 1:
                ended[d], period[d] = 1, back
                break
    return final, rounds, ended, period
