"""What others compute, written out plainly for one draw: the peers of `bench/speed.py`.

Each is the published algorithm as one writes it in NumPy at first: all triples of actors at once, or a solver.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize_scalar

Play = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
SAME, STILL, MOST_ROUNDS = 1e-9, 1e-3, 60


def _success(x: np.ndarray, w: np.ndarray, r: np.ndarray, by_pair: bool) -> np.ndarray:
    """Return the probability that each actor (row) prevails over each other, by a sum over all third parties."""
    cost = np.abs(x[:, None] - x) ** r[:, None]
    cast = w[:, None, None] * (cost[:, None, :] - cost[:, :, None])
    votes = np.maximum(cast, 0.0).sum(axis=0)
    total = np.abs(cast).sum(axis=0) if by_pair else np.abs(cast).sum()
    return votes / np.where(total > 0, total, 1.0)


def _expected(d: np.ndarray, care: np.ndarray, success: np.ndarray, r: np.ndarray) -> np.ndarray:
    won, lost = 2 - 4 * np.maximum(0.5 - 0.5 * d, 0.0) ** r, 2 - 4 * (0.5 + 0.5 * d) ** r
    return care * (success * won + (1 - success) * lost) + (1 - care) * won - (2 - 4 * 0.5**r)


def challenge_round(first: np.ndarray, w: np.ndarray, s: np.ndarray, dyadic: bool) -> np.ndarray:
    """Return positions after one round of the challenge model; shape (A,)."""
    length = np.ptp(first) if dyadic else 1.0
    x = first / (length if length > 0 else 1.0)
    d, neutral = np.abs(x[:, None] - x), np.ones((len(x), 1))
    success = _success(x, w, neutral[:, 0], dyadic)
    danger = _expected(d, s, success, neutral).sum(axis=0)
    spread = np.ptp(danger)
    attitude = (2 * danger - danger.max() - danger.min()) / spread if spread > 4e-12 else 0.0 * danger
    r = (1 - attitude / 3) / (1 + attitude / 3)
    if not dyadic:
        success = _success(x, w, r, False)
    own = _expected(d, s, success, r[:, None])
    turned = own.T if dyadic else _expected(d, s[:, None], success.T, r[:, None])
    apart = d * length > SAME
    offered = apart & (own < 0) & (turned > (0.0 if dyadic else -own))
    share = np.where(offered, -own / np.where(offered, turned, 1.0), 0.0)
    if dyadic:
        share = np.minimum(share, 1.0)
        keys = np.where(offered, share * d, np.inf)
    else:
        keys = np.where(offered, (share * x[:, None] + x) / (share + 1.0), np.inf)
        lost = apart & (own > 0) & (turned > own)
        keys, share = np.where(lost, d - 2.0, keys), np.where(lost, 1.0, share)
    best, rows = keys.argmin(axis=1), np.arange(len(x))
    move = np.where(np.isfinite(keys[rows, best]), share[rows, best], 0.0)
    return first + (first[best] - first) * move


def to_the_end(
    position: np.ndarray, capability: np.ndarray, s: np.ndarray, play: Play, most: int = MOST_ROUNDS
) -> np.ndarray:
    """Return where rounds leave everyone: until nobody moves, positions recur, or at the latest after ``most``."""
    low, length = position.min(), np.ptp(position)
    c = capability / capability.max()
    seen = [(position - low) / length]
    for _ in range(most):
        order, new = np.lexsort((s, c, seen[-1])), np.empty_like(position)
        new[order] = play(seen[-1][order], c[order], s[order])
        if np.abs(new - seen[-1]).max() <= STILL:
            break
        seen.append(new)
        if any(np.abs(new - old).max() <= STILL for old in seen[:-1]):
            break
    return low + seen[-1] * length


def challenge(dyadic: bool) -> Play:
    """Return a round of the challenge model in one of its readings."""
    return lambda x, c, s: challenge_round(x, c * s, s, dyadic)


def compromise_point(position: np.ndarray, weight: np.ndarray) -> float:
    """Return the weighted mean."""
    return float(np.average(position, weights=weight))


def nash_point(position: np.ndarray, weight: np.ndarray, reference: float) -> float:
    """Return the maximum of the Nash product, by a solver; the reference where nobody's gain leaves room."""
    reach = np.abs(reference - position)
    low, high = (position - reach).max(), (position + reach).min()
    if high - low <= 1e-12:
        return reference

    def lost(place: float) -> float:
        gain = np.maximum(reach**2 - (place - position) ** 2, 1e-200)
        return -float((weight * np.log(gain)).sum())

    return float(minimize_scalar(lost, bounds=(low, high), method="bounded", options={"xatol": 1e-6}).x)


def agenda_setter(
    position: np.ndarray, capability: np.ndarray, options: np.ndarray, status_quo: int, setter: float
) -> int:
    """Return the option nearest to the setter that more than half of the capability accepts, or the status quo."""
    best, nearest = status_quo, abs(options[status_quo] - setter)
    for option, place in enumerate(options):
        accepts = np.abs(place - position) <= np.abs(options[status_quo] - position)
        if capability[accepts].sum() > capability.sum() / 2 and abs(place - setter) < nearest:
            best, nearest = option, abs(place - setter)
    return best


def strengths(utility: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the strength of those for each option over each other, from all triples at once; shape (K, K)."""
    gap = utility[:, :, None] - utility[:, None, :]
    return (np.maximum(gap, 0.0) * weight[:, None, None]).sum(axis=0)


def _beats(strength: np.ndarray) -> np.ndarray:
    total = strength + strength.T
    return np.where(total > 0, strength / np.where(total > 0, total, 1.0), 0.5)


def _utility(d: np.ndarray, attitude: np.ndarray) -> np.ndarray:
    return (1 - d) * (1 + d * attitude)


def spatial_round(x: np.ndarray, c: np.ndarray, s: np.ndarray) -> np.ndarray:
    """Return positions after one round of the spatial model of politics; shape (A,)."""
    d, actors, w = np.abs(x[:, None] - x), np.arange(len(x)), c * s
    beats = _beats(strengths(1 - d, w))
    np.fill_diagonal(beats, 1.0)
    alone = beats.prod(axis=1)
    p = alone / alone.sum() if alone.sum() > 0 else np.full(len(x), 1 / len(x))
    spread = np.ptp(p)
    risk = (3 * p - (p.max() + 2 * p.min())) / (2 * spread) if spread > 1e-12 else 0.0 * p
    likes = _utility(d, risk[:, None])
    chance = _beats(strengths(likes, w))
    worth = np.where(d > SAME, (1 - likes) * (1 - 2 * s * (1 - chance)), -np.inf).round(12)
    target = worth.argmax(axis=1)
    mine, own, theirs = chance[actors, target], s**2, s[target] ** 2
    behind, ahead = np.maximum(1 - 2 * mine, 0), np.maximum(2 * mine - 1, 0)
    gap = x[target] - x
    own_to = x + behind * theirs / (behind * theirs + 1e-6 + (1 - behind) * own) * gap
    other_to = x[target] - ahead * own / (ahead * own + 1e-6 + (1 - ahead) * theirs) * gap
    made = worth[actors, target] > 1e-5
    change = sum(_utility(np.abs(x[:, None] - to), risk[:, None]) for to in (own_to, other_to))
    change = np.where(made, change - likes - likes[:, target], 0.0)
    favour = _beats(strengths(np.column_stack([change / len(x), np.zeros(len(x))]).round(12), c))
    new = x.copy()
    for k in range(len(x)):
        some = [i for i in actors if made[i] and k in (i, target[i])] + [len(x)]
        table = np.log(np.maximum(favour[np.ix_(some, some)], 1e-300))
        np.fill_diagonal(table, 0.0)
        score = table.sum(axis=1).round(10)
        chosen = some[len(some) - 1 - int(score[::-1].argmax())]
        if chosen < len(x):
            new[k] = own_to[chosen] if chosen == k else other_to[chosen]
    return new
