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
from foedus.base.wording import counted
from foedus.issues.sitting import Floats

FEWEST = 8
"""Fewest groups from which an interval is told: resampling fewer says next to nothing of how a mean varies."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How much lower one model's mean score is than another's; lower scores are better, so below zero is better.

    Parameters
    ----------
    mean
        Of the differences over the issues that both answered; not-a-number if there is none.
    low, high
        Ends of the central 95 % of bootstrap means; not-a-number where there are fewer than ``FEWEST`` groups.
    better
        Share of bootstrap means below zero; not-a-number likewise.
    issues
        How many issues both answered.
    groups
        How many proposals these issues belong to.
    """

    mean: float
    low: float
    high: float
    better: float
    issues: int
    groups: int = 0

    @property
    def clear(self) -> int:
        """-1 where the interval lies below zero, 1 where it lies above, 0 where it holds zero or there is none."""
        return -1 if self.high < 0 else 1 if self.low > 0 else 0

    @property
    def interval(self) -> str:
        """The interval in words.

        Examples
        --------
        >>> Difference(-1.0, np.nan, np.nan, np.nan, 3, 2).interval
        'too few: 2 proposals'
        """
        if self.issues and np.isnan(self.low):
            return f"too few: {counted(self.groups, 'proposal')}"
        return f"{self.low:.2f} to {self.high:.2f}" if self.issues else ""


def paired_difference(
    first: Floats, other: Floats, group: Rows, *, seed: int, samples: int = 10_000, fewest: int = FEWEST
) -> Difference:
    """Resample whole groups and return how the mean difference of paired scores varies.

    Parameters
    ----------
    first, other
        Scores of the same cases by two models, not-a-number where one gave no answer; shape (N,).
    group
        Index of each case's proposal; shape (N,).
    seed
        A whole number, not negative.
    samples
        Number of bootstrap samples.
    fewest
        Groups below which no interval is told.

    Examples
    --------
    >>> difference = paired_difference(np.arange(8.0), np.arange(8.0) + 1, np.arange(8), seed=1)
    >>> difference.mean, difference.low, difference.high, difference.better
    (-1.0, -1.0, -1.0, 1.0)
    >>> paired_difference(np.arange(7.0), np.arange(7.0) + 1, np.arange(7), seed=1).interval
    'too few: 7 proposals'
    """
    both = ~np.isnan(first + other)
    if not both.any():
        return Difference(np.nan, np.nan, np.nan, np.nan, 0)
    difference, group = (first - other)[both], np.unique(group[both], return_inverse=True)[1]
    total, count = np.bincount(group, weights=difference), np.bincount(group)
    groups = len(total)
    if groups < fewest:
        return Difference(float(difference.mean()), np.nan, np.nan, np.nan, int(both.sum()), groups)
    uniforms = Streams(seed).uniforms("bootstrap", start=0, stop=samples * groups).reshape(samples, groups)
    drawn = np.minimum((uniforms * groups).astype(np.intp), groups - 1)
    means = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    better = float((means < 0).mean())
    return Difference(float(difference.mean()), float(low), float(high), better, int(both.sum()), groups)
