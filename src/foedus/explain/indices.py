"""Sobol indices of variance: estimators on plain arrays.

First-order indices come from any draws (given data): draws are cut into bins of equal size along one input, and the
variance of the bins' means, less what chance puts there, is what the input explains by itself. Total indices need runs
in which one group of inputs is drawn anew (pick-freeze), with Jansen's estimator.

References
----------
Plischke, Borgonovo and Smith (2013), Global sensitivity measures from given data. doi:10.1016/j.ejor.2012.11.047
Gamboa, Janon, Klein and Lagnoux (2014), Sensitivity analysis for multidimensional and functional outputs.
doi:10.1214/14-EJS895
Jansen (1999), Analysis of variance designs for model output. doi:10.1016/S0010-4655(98)00154-4
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.issues.sitting import Floats

Places = NDArray[np.intp]

_ROUNDING = 1e-9
"""Of the largest value: draws that lie this close together differ by rounding."""


def bins_of(values: Floats, bins: int) -> Places:
    """Return in which of some bins of equal size each value lies; few distinct values are bins by themselves.

    Examples
    --------
    >>> bins_of(np.array([0.1, 0.4, 0.2, 0.3]), 2).tolist()
    [0, 1, 0, 1]
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    steps = np.concatenate([[0], np.cumsum(ordered[1:] != ordered[:-1])])
    places = np.empty(len(values), dtype=np.intp)
    few = steps[-1] < bins
    places[order] = steps if few else np.arange(len(values)) * bins // len(values)
    return places


def explained(places: Places, output: Floats) -> float:
    """Return the variance of an output that bins explain, less what they would explain by chance, and at least 0.

    Parameters
    ----------
    places
        Bin of each draw; shape (D,).
    output
        Shape (D,), or (D, K) for K outputs whose variances are summed.
    """
    if output.ndim == 2:
        return max(0.0, sum(_between(places, column) for column in output.T))
    return max(0.0, _between(places, output))


def _between(places: Places, output: Floats) -> float:
    """Return the variance between bins less what chance puts there, below 0 where chance put less."""
    counts = np.bincount(places)
    kept = counts > 0
    output = output - output.mean()
    sums, squares = np.bincount(places, output)[kept], np.bincount(places, output**2)[kept]
    counts, draws = counts[kept], len(output)
    if draws <= len(counts):
        return 0.0
    between = float((sums**2 / counts).sum() - output.sum() ** 2 / draws)
    within = float((squares - sums**2 / counts).sum())
    return (between - (len(counts) - 1) * within / (draws - len(counts))) / draws


def variance_of(output: Floats) -> float:
    """Return the variance of an output of shape (D,), or the sum of the variances of K outputs of shape (D, K).

    Draws that differ by rounding alone have none.

    Examples
    --------
    >>> variance_of(np.array([[1.0, 0.0], [0.0, 1.0]]))
    0.5
    >>> variance_of(np.array([100.0, 100.0 - 1e-13]))
    0.0
    """
    return float(_variances(output).sum())


def _variances(output: Floats, axis: int = 0) -> Floats:
    """Return variances along an axis, 0 where values differ by rounding alone."""
    size = np.maximum(1.0, np.abs(output).max(axis=axis))
    return np.where(np.ptp(output, axis=axis) <= _ROUNDING * size, 0.0, output.var(axis=axis))


def first_order(values: Floats, output: Floats, bins: int = 32) -> float:
    """Return the first-order Sobol index of one input from draws.

    Parameters
    ----------
    values
        Shape (D,).
    output
        Shape (D,), or (D, K) for K outputs whose variances are summed, as Gamboa and others do.
    bins
        Of equal size along the input.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.random((20_000, 2))
    >>> round(first_order(x[:, 0], 2 * x[:, 0] + x[:, 1]), 1)
    0.8
    """
    variance = variance_of(output)
    return explained(bins_of(values, bins), output) / variance if variance > 0 else 0.0


def total_order(base: Floats, redrawn: Floats) -> float:
    """Return the total Sobol index of a group of inputs: Jansen's estimator, at most 1 as the index itself is.

    Parameters
    ----------
    base
        Output of the base draws; shape (D,), or (D, K) for K outputs whose variances are summed.
    redrawn
        Output of the same draws with the group's inputs taken from other, independent draws; shape (D,).
    """
    variance = variance_of(base)
    return min(1.0, float(np.mean(_squares(base, redrawn)) / (2 * variance))) if variance > 0 else 0.0


def _squares(base: Floats, redrawn: Floats) -> Floats:
    """Return the squared distance of two outputs in each draw; shape (D,)."""
    return np.asarray(((base - redrawn) ** 2).reshape(len(base), -1).sum(axis=1))


def bootstrap_first(
    values: Floats, output: Floats, bins: int, resamples: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Return a 90 per cent interval of a first-order index: as wide as the bootstrap spreads about its own mean."""
    places = bins_of(values, bins)
    resampled = []
    for _ in range(resamples):
        again = rng.integers(len(output), size=len(output))
        variance = variance_of(output[again])
        resampled.append(explained(places[again], output[again]) / variance if variance > 0 else 0.0)
    value = first_order(values, output, bins)
    low, high = value - float(np.mean(resampled)) + np.quantile(resampled, [0.05, 0.95])
    return max(0.0, min(float(low), value)), min(1.0, max(float(high), value))


def bootstrap_total(base: Floats, redrawn: Floats, resamples: int, rng: np.random.Generator) -> tuple[float, float]:
    """Return the 5 and 95 per cent quantiles of a total index over draws drawn again, at most 1."""
    again = rng.integers(len(base), size=(resamples, len(base)))
    variance = _variances(base[again], axis=1).reshape(resamples, -1).sum(axis=1)
    squares = _squares(base, redrawn)[again].mean(axis=1)
    shares = np.divide(squares, 2 * variance, out=np.zeros(resamples), where=variance > 0)
    low, high = np.quantile(shares, [0.05, 0.95])
    return min(1.0, float(low)), min(1.0, float(high))
