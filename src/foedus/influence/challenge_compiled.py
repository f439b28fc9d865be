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
        p = 1.0 / 39916800.0
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
        p = 1.0 / 17.0
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
def _order(place: Any, weight: Any, salience: Any, order: Any, x: Any) -> None:
    """Sort by position, then weight, then salience, by insertion; write positions in order into ``x``."""
    for k in range(len(order)):
        x[k] = place[order[k]]
    for k in range(1, len(order)):
        one, at, j = order[k], x[k], k - 1
        while j >= 0 and x[j] >= at:
            if x[j] == at:
                other = order[j]
                if weight[other] < weight[one]:
                    break
                if weight[other] == weight[one] and (
                    salience[other] < salience[one] or (salience[other] == salience[one] and other < one)
                ):
                    break
            order[j + 1], x[j + 1] = order[j], x[j]
            j -= 1
        order[j + 1], x[j + 1] = one, at


@njit(**_FAST)
def room_for(actors: int) -> tuple[Any, Any, Any, Any]:
    """Return scratch for `play_one`: short and long rows of floats, short and long rows of integers."""
    long = 3 * actors * (actors + 1)
    return (
        np.empty((10, actors + 1)),
        np.empty((7, long)),
        np.empty((2, actors + 1), np.int64),
        np.empty((2, long), np.int64),
    )


@njit(**_FAST)
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
    small, large, few, lots = room
    spot, ends, below, bits = few[0], few[1], lots[0], lots[1]
    place, half = small[0], small[1]
    spots = _spots(x, length, spot, ends, place)
    low, high, far, logs, power = large[0], large[1], large[2], large[3], large[4]
    _pairs(place, spots, far, below, power)
    _risks(w, s, scholz, spot, ends, spots, far, below, low, high, risk, small)
    # Logarithms once for each two positions, powers of what would be won, lost and travelled once for each actor too.
    kinds, square, cells = 3 if scholz else 2, spots * spots, actors * spots
    for a in range(spots):
        at, row = place[a], logs[a * spots :]
        for b in range(spots):
            row[b] = abs(place[b] - at)
    won, lost, moved = logs[:square], logs[square:], logs[2 * square :]
    for k in range(square):
        apart = won[k]
        won[k] = max(0.5 - 0.5 * apart, 1e-300)
        lost[k] = 0.5 + 0.5 * apart
        moved[k] = max(apart, 1e-300)
    _log(logs, bits, kinds * square)
    for kind in range(kinds):
        for i in range(actors):
            r, row, base = risk[i], power[kind * cells + i * spots :], logs[kind * square + spot[i] * spots :]
            for b in range(spots):
                row[b] = r * base[b]
    for i in range(actors):
        half[i] = -0.6931471805599453 * risk[i]
    _exp(power, bits, kinds * cells)
    _exp(half, bits, actors)
    if scholz:
        _votes_by_exponent(w, ends, spots, below, power[2 * cells :], logs, low, high)
        _offers_scholz(x, s, spot, ends, spots, low, high, power, half, same, new)
    else:
        _mirror(low, high, spots, large[5], large[6], 1.0)
        _offers_dyadic(x, s, spot, spots, large[5], power, half, same, new, small, large)


@njit(**_FAST)
def _spots(x: Any, length: float, spot: Any, ends: Any, place: Any) -> int:
    """Find distinct positions, who stands at which, and with which actor each begins; return how many there are."""
    spots = 0
    for i in range(len(x)):
        if i == 0 or x[i] != x[i - 1]:
            place[spots] = x[i] / length
            ends[spots] = i
            spots += 1
        spot[i] = spots - 1
    ends[spots] = len(x)
    return spots


@njit(**_FAST)
def _pairs(place: Any, spots: int, far: Any, below: Any, middle: Any) -> None:
    """Set, for each pair of positions, how far apart they are and how many positions are below their midpoint."""
    start = 0
    for a in range(spots):
        count = spots - a - 1
        at, others, row, middles, counts = place[a], place[a + 1 :], far[start:], middle[start:], below[start:]
        for k in range(count):
            row[k] = others[k] - at
            middles[k] = (at + others[k]) / 2.0
            counts[k] = a + 1
        start += count
    pairs = 0
    for c in range(1, spots):
        pairs += spots - c  # pairs whose lower position comes before c
        at = place[c]
        for k in range(pairs):
            below[k] += at < middle[k]


@njit(**_FAST)
def _mirror(above: Any, under: Any, spots: int, square: Any, turned: Any, diagonal: float) -> None:
    """Fill a square from its upper half and, turned round, its lower half, both row by row, and the square turned."""
    start = 0
    for a in range(spots):
        row = a * spots
        square[row + a] = turned[row + a] = diagonal
        for b in range(a + 1, spots):
            square[row + b] = above[start + b - a - 1]
        for b in range(a + 1, spots):
            turned[row + b] = under[start + b - a - 1]
        start += spots - a - 1
    for a in range(1, spots):
        for b in range(a):
            square[a * spots + b] = turned[b * spots + a]
        for b in range(a):
            turned[a * spots + b] = square[b * spots + a]


@njit(**_FAST)
def _risks(
    w: Any,
    s: Any,
    scholz: bool,
    spot: Any,
    ends: Any,
    spots: int,
    far: Any,
    below: Any,
    low: Any,
    high: Any,
    risk: Any,
    small: Any,
) -> None:
    """Set the risk exponents; in the dyadic reading also the chance that the lower and upper of each pair resist."""
    actors = len(w)
    place, mass, moment, many, right = small[0], small[2], small[3], small[4], small[5]
    plain, fails = small[6], small[7]
    mass[0] = moment[0] = 0.0
    for i in range(actors):
        mass[i + 1] = mass[i] + w[i]
        moment[i + 1] = moment[i] + w[i] * place[spot[i]]
    all_mass, all_moment = mass[actors], 2.0 * moment[actors]
    for b in range(spots):
        end = ends[b + 1]
        many[b] = end - ends[b]
        right[b] = 2.0 * ((moment[actors] - moment[end]) - (all_mass - mass[end]) * place[b])
        plain[b] = fails[b] = 0.0
    start, total = 0, 0.0
    for a in range(spots):
        at, left = place[a], 2.0 * (mass[ends[a]] * place[a] - moment[ends[a]])
        here, count, nigh = many[a], spots - a - 1, a + 1
        lows, highs, apart, counts = low[start:], high[start:], far[start:], below[start:]
        others, rights, plains, failed, numbers = place[nigh:], right[nigh:], plain[nigh:], fails[nigh:], many[nigh:]
        for k in range(count):
            m, both = ends[counts[k]], at + others[k]
            lean = mass[m] * both - 2.0 * moment[m]
            lows[k] = max(lean - left, 0.0)
            highs[k] = max(all_moment - all_mass * both + lean - rights[k], 0.0)
        row = passed = beaten = 0.0
        for k in range(count):
            votes = lows[k] + highs[k]
            row += numbers[k] * votes
            share = 1.0 if scholz else (1.0 / votes if votes > 0.0 else 0.0)
            down, up, gap = lows[k] * share, highs[k] * share, apart[k]
            lows[k], highs[k] = 1.0 - down, 1.0 - up
            passed += numbers[k] * gap
            beaten += numbers[k] * gap * up
            plains[k] += here * gap
            failed[k] += here * gap * down
        total += 2.0 * here * row
        plain[a] += passed
        fails[a] += beaten
        start += count
    share = (1.0 / total if total > 0.0 else 0.0) if scholz else 1.0
    least, most = np.inf, -np.inf
    for j in range(actors):
        b = spot[j]
        risk[j] = 4.0 * (0.5 * plain[b] - s[j] * (plain[b] - share * fails[b]))
        least, most = min(least, risk[j]), max(most, risk[j])
    spread = most - least
    for j in range(actors):
        attitude = (2.0 * risk[j] - most - least) / spread if spread > 4e-12 else 0.0
        risk[j] = (1.0 - attitude / 3.0) / (1.0 + attitude / 3.0)


@njit(**_FAST)
def _votes_by_exponent(w: Any, ends: Any, spots: int, below: Any, cost: Any, prefix: Any, low: Any, high: Any) -> None:
    """Set the chance that the lower and upper of each pair resist, where votes follow each actor's own exponent."""
    actors = len(w)
    for b in range(spots):
        prefix[b] = 0.0
    for k in range(actors):
        before, after, row, weight = prefix[k * spots :], prefix[(k + 1) * spots :], cost[k * spots :], w[k]
        for b in range(spots):
            after[b] = before[b] + weight * row[b]
    start, total, final = 0, 0.0, prefix[actors * spots :]
    for a in range(spots):
        here, count = 0.0, spots - a - 1
        lows, highs, counts, others, finals = low[start:], high[start:], below[start:], ends[a + 1 :], final[a + 1 :]
        for k in range(count):
            m = ends[counts[k]] * spots
            lower = prefix[m + a + 1 + k] - prefix[m + a]
            upper = final[a] - finals[k] + lower
            lows[k], highs[k] = max(lower, 0.0), max(upper, 0.0)
        for k in range(count):
            here += (lows[k] + highs[k]) * (others[k + 1] - others[k])
        total += 2.0 * here * (ends[a + 1] - ends[a])
        start += count
    share = 1.0 / total if total > 0.0 else 0.0
    for k in range(start):
        low[k], high[k] = 1.0 - share * low[k], 1.0 - share * high[k]


@njit(**_FAST)
def _offers_scholz(
    x: Any,
    s: Any,
    spot: Any,
    ends: Any,
    spots: int,
    low: Any,
    high: Any,
    power: Any,
    half: Any,
    same: float,
    new: Any,
) -> None:
    """Let each actor take the first offer: look down, then up, no further than the nearest confrontation."""
    actors = len(x)
    lost = power[actors * spots :]
    for i in range(actors):
        a, at, care, unchanged = spot[i], x[i], s[i], half[i]
        row, best, goal = i * spots, np.inf, at
        for j in range(ends[a] - 1, -1, -1):
            b, there = spot[j], x[j]
            pair = b * spots - b * (b + 1) // 2 + a - b - 1
            won = power[row + b]
            stake, spread = unchanged - won, lost[row + b] - won
            own, back = stake - s[j] * high[pair] * spread, stake - care * low[pair] * spread
            if abs(own) < back and own != 0.0 and at - there > same:
                if own > 0.0:
                    best, goal = (at - there) - 2.0, there
                    break
                key = (back * there - own * at) / (back - own)
                if key <= best:
                    best, goal = key, at - (there - at) * own / back
        start = a * spots - a * (a + 1) // 2 - a - 1
        for j in range(ends[a + 1], actors):
            b, there = spot[j], x[j]
            if (there - at) - 2.0 >= best:
                break
            won = power[row + b]
            stake, spread = unchanged - won, lost[row + b] - won
            own, back = stake - s[j] * low[start + b] * spread, stake - care * high[start + b] * spread
            if abs(own) < back and own != 0.0 and there - at > same:
                if own > 0.0:
                    best, goal = (there - at) - 2.0, there
                    break
                key = (back * there - own * at) / (back - own)
                if key < best:
                    best, goal = key, at - (there - at) * own / back
        new[i] = goal


@njit(**_FAST)
def _offers_dyadic(
    x: Any,
    s: Any,
    spot: Any,
    spots: int,
    resists: Any,
    power: Any,
    half: Any,
    same: float,
    new: Any,
    small: Any,
    large: Any,
) -> None:
    """Let each actor take the offer that moves it least."""
    actors = len(x)
    sees, turned, keys, steps = large[0], large[1], small[8], small[9]
    cells = actors * spots
    for i in range(actors):
        won, lost, resist = power[i * spots :], power[cells + i * spots :], resists[spot[i] * spots :]
        row, unchanged = sees[i * actors :], half[i]
        for j in range(actors):
            b = spot[j]
            row[j] = unchanged - won[b] - s[j] * resist[b] * (lost[b] - won[b])
    for i in range(actors):
        row = turned[i * actors :]
        for j in range(actors):
            row[j] = sees[j * actors + i]
    for i in range(actors):
        row, other, best, at = sees[i * actors :], turned[i * actors :], np.inf, x[i]
        for j in range(actors):
            own, back, far = row[j], other[j], abs(x[j] - at)
            offered = (own < 0.0) & (back > 0.0) & (far > same)
            ratio = min(-own / (back if offered else 1.0), 1.0)
            keys[j] = far * ratio if offered else np.inf
            steps[j] = ratio
        taken = -1
        for j in range(actors):
            if keys[j] < best:
                best, taken = keys[j], j
        if taken >= 0:
            whole = steps[taken] >= 1.0
            new[i] = x[taken] if whole else at + (x[taken] - at) * steps[taken]


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
    order, room = np.empty(actors, np.int64), room_for(actors)
    x, w, s, new, risk = np.empty(actors), np.empty(actors), np.empty(actors), np.empty(actors), np.empty(actors)
    for d in range(draws):
        seen[0] = shares[d]
        sums[0] = shares[d].sum()
        for k in range(actors):
            order[k] = k
        for turn in range(1, most + 1):
            _order(seen[turn - 1], weight[d], salience[d], order, x)
            for k in range(actors):
                w[k], s[k] = weight[d, order[k]], salience[d, order[k]]
            play_one(x, w, s, scholz, same, new, risk, room)
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
