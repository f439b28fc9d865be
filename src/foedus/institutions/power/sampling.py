"""Monte Carlo: indices of any game from sampled orders and coalitions, with standard errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.base.randomness import Streams
from foedus.institutions.power.forms import SIZE, Form, Threshold

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CELLS = 2**20  # draws times members held at once


@dataclass(frozen=True, slots=True)
class Sampled:
    """An estimate and its standard error, of the same shape."""

    value: Floats
    error: Floats


def shapley_shubik_by_sampling(form: Form, streams: Streams, draws: int) -> Sampled:
    """Estimate Shapley-Shubik indices from random orders of the members.

    In each order every member in turn is taken out, and the share of places at which it would be pivotal is
    counted: its expectation given the order of the others.

    Parameters
    ----------
    form
        Any game.
    streams
        Where random numbers come from; an order is the same whatever the number of draws.
    draws
        At least 2.

    Returns
    -------
    Sampled
        Shape (n,). A standard error is never below 1 / draws / n, so that a member that was never pivotal is not
        called powerless.

    References
    ----------
    Castro, Gomez and Tejada (2009), Polynomial calculation of the Shapley value based on sampling.
    doi:10.1016/j.cor.2008.04.004
    """
    totals, squares = np.zeros(form.n), np.zeros(form.n)
    for numbers in _blocks(form.n, streams, "power", "orders", draws):
        shares = _pivotal_places(form, numbers.argsort(axis=1)) / form.n
        totals += shares.sum(axis=0)
        squares += (shares**2).sum(axis=0)
    mean = totals / draws
    variance = np.maximum(squares / draws - mean**2, 0) * draws / (draws - 1)
    return Sampled(mean, np.maximum(np.sqrt(variance / draws), 1 / draws / form.n))


def _pivotal_places(form: Form, orders: Ints) -> Ints:
    """Return at how many places among the others each member is pivotal; shape (draws, n)."""
    ranks = np.empty_like(orders)
    np.put_along_axis(ranks, orders, np.arange(1, form.n + 1)[None, :], axis=1)
    return _first_winning(form, orders, ranks, helped=False) - _first_winning(form, orders, ranks, helped=True)


def _first_winning(form: Form, orders: Ints, ranks: Ints, *, helped: bool) -> Ints:
    """Return how many others must have joined before they win, alone or with the member's help; n if they never do."""
    n = form.n

    def needed(threshold: Threshold) -> Ints:
        if threshold.axis == SIZE:
            return np.full(orders.shape, min(max(threshold.quota - helped, 0), n))
        weights = np.array(form.vectors[threshold.axis], dtype=np.int64)
        sums = np.cumsum(weights[orders], axis=1)
        quota = threshold.quota - weights * helped
        early = _first_reaching(sums, quota)
        late = _first_reaching(sums, quota + weights)
        return np.asarray(np.where(ranks > early, early, late - 1))

    return np.asarray(np.minimum(form.fold(needed, np.maximum, np.minimum), n), dtype=np.int64)


def _first_reaching(sums: Ints, quotas: Ints) -> Ints:
    """Return how many terms each row of rising sums takes to reach each quota; one more than there are if none do."""
    reached = [np.searchsorted(row, quotas) for row in sums]
    return np.where(quotas > 0, np.array(reached) + 1, 0)


def swings_by_sampling(form: Form, streams: Streams, draws: int) -> tuple[dict[str, Sampled], Sampled]:
    """Estimate the Banzhaf and Coleman indices from random coalitions, every one equally likely.

    Returns
    -------
    dict[str, Sampled]
        ``banzhaf_absolute``, ``banzhaf``, ``coleman_prevent`` and ``coleman_initiate``, shape (n,); errors of
        ratios are those of their linear approximation.
    Sampled
        The power of the collectivity to act, shape (1,).

    References
    ----------
    Bachrach, Markakis, Resnick, Procaccia, Rosenschein and Saberi (2010), Approximating power indices.
    doi:10.1007/s10458-009-9078-9
    """
    swung, together = np.zeros(form.n), np.zeros(form.n)  # swings; swings times all swings of the draw
    swung_winning = np.zeros(form.n)
    all_swung, all_squared, won = 0.0, 0.0, 0.0
    for numbers in _blocks(form.n, streams, "power", "coalitions", draws):
        inside = numbers < 0.5
        wins_with, wins_without = (_wins(form, inside, joined) for joined in (True, False))
        swing = wins_with & ~wins_without
        winning = np.where(inside[:, 0], wins_with[:, 0], wins_without[:, 0])
        number = swing.sum(axis=1).astype(float)
        swung += swing.sum(axis=0)
        together += number @ swing
        swung_winning += winning.astype(float) @ swing
        all_swung, all_squared, won = all_swung + number.sum(), all_squared + number @ number, won + winning.sum()
    share = swung / draws
    act = (won + 1) / (draws + 2)  # never 0 or 1, so that what is divided by it stays finite
    kept = (swung + 1) / (draws + 2)
    spread = kept * (1 - kept)
    estimates = {"banzhaf_absolute": Sampled(share, np.sqrt(spread / draws))}
    whole = max(all_swung, 1.0) / draws
    part = share / whole
    residual = spread - 2 * part * (together / draws - share * whole) + part**2 * (all_squared / draws - whole**2)
    estimates["banzhaf"] = Sampled(part, np.sqrt(np.maximum(residual, spread / draws) / draws) / whole)
    covariance = swung_winning / draws - share * act
    for name, base, sign in (("coleman_prevent", act, 1), ("coleman_initiate", 1 - act, -1)):
        twice = np.minimum(share / base, 2.0)  # half of all coalitions are without the member
        residual = spread - 2 * sign * twice * covariance + twice**2 * act * (1 - act)
        estimates[name] = Sampled(twice / 2, np.sqrt(np.maximum(residual, spread / draws) / draws) / base / 2)
    return estimates, Sampled(np.array([won / draws]), np.array([np.sqrt(act * (1 - act) / draws)]))


def _wins(form: Form, inside: NDArray[np.bool_], joined: bool) -> NDArray[np.bool_]:
    """Return whether each coalition wins once each member in turn has joined or left; shape (draws, n)."""

    def reached(threshold: Threshold) -> NDArray[np.bool_]:
        ones = (1,) * form.n
        weights = np.array(ones if threshold.axis == SIZE else form.vectors[threshold.axis], dtype=np.int64)
        sums = inside.astype(np.int64) @ weights
        change = ~inside * weights if joined else -(inside * weights)
        return np.asarray(sums[:, None] + change >= threshold.quota)

    return form.wins(reached)


def _blocks(n: int, streams: Streams, room: str, name: str, draws: int) -> Iterator[Floats]:
    rows = max(_CELLS // n, 1)
    for start in range(0, draws, rows):
        stop = min(start + rows, draws)
        yield streams.uniforms(room, name, start=start * n, stop=stop * n).reshape(stop - start, n)
