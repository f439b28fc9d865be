"""Paired bootstrap of differences between two models over whole proposals.

References
----------
Efron and Tibshirani (1993), An Introduction to the Bootstrap, doi:10.1201/9780429246593.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.backtests.case import Rows
from foedus.base.randomness import Streams
from foedus.issues.sitting import Floats


@dataclass(frozen=True, slots=True)
class Difference:
    """How much lower one model's mean score is than another's; lower scores are better, so below zero is better.

    Parameters
    ----------
    mean
        Of the differences over the issues that both answered; not-a-number if there is none.
    low, high
        Ends of the central 95 % of bootstrap means.
    better
        Share of bootstrap means below zero.
    issues
        How many issues both answered.
    """

    mean: float
    low: float
    high: float
    better: float
    issues: int


def paired_difference(one: Floats, other: Floats, group: Rows, *, seed: int, samples: int = 10_000) -> Difference:
    """Resample whole groups and return how the mean difference of paired scores varies.

    Parameters
    ----------
    one, other
        Scores of the same cases by two models, not-a-number where one gave no answer; shape (N,).
    group
        Index of each case's proposal; shape (N,).
    seed
        A whole number, not negative.
    samples
        Number of bootstrap samples.

    Examples
    --------
    >>> found = paired_difference(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.0]), np.array([0, 1, 1]), seed=1)
    >>> found.mean, found.low, found.high, found.better
    (-1.0, -1.0, -1.0, 1.0)
    """
    both = ~np.isnan(one + other)
    if not both.any():
        return Difference(np.nan, np.nan, np.nan, np.nan, 0)
    difference, group = (one - other)[both], np.unique(group[both], return_inverse=True)[1]
    total, count = np.bincount(group, weights=difference), np.bincount(group)
    groups = len(total)
    uniforms = Streams(seed).uniforms("bootstrap", start=0, stop=samples * groups).reshape(samples, groups)
    drawn = np.minimum((uniforms * groups).astype(np.intp), groups - 1)
    means = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Difference(float(difference.mean()), float(low), float(high), float((means < 0).mean()), int(both.sum()))
