"""Shares of kinds of answer, shrunk to the pool, and bounds for kinds that were never seen.

Lists of punishments name acts that were punished, and no others: a rate needs acts that were not. Nothing here takes
any other source than acts of the record, each of which is counted whether or not anybody answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from foedus.base.wording import percent, tenth
from foedus.strategy.record.acts import KINDS, ActOnRecord

CONFIDENCE = 0.95
"""Of the one-sided bound for a kind that was never seen."""

LOW, HIGH = 0.05, 0.95
"""Between these quantiles lies a share with nine tenths of the posterior."""

SCORED = KINDS[:4]
"""Kinds that every record is scored on; force joins them where the rival has used it."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often a kind of answer was given.

    Attributes
    ----------
    kind, seen, of
        The kind, after how many of how many acts.
    share, low, high
        The posterior mean, and the quantiles between which lie nine tenths; None for a kind that was never seen.
    bound
        Below what the share lies with 95 % confidence, by the exact one-sided interval; None for a kind that was seen.
    words
        The same in a sentence's words.
    """

    KEYS = "kind probability=share low high of seen bound words"

    kind: str
    seen: int
    of: int
    share: float | None
    low: float | None
    high: float | None
    bound: float | None
    words: str


def exact_upper_bound(seen: int, of: int, confidence: float = CONFIDENCE) -> float:
    """Return Clopper and Pearson's exact one-sided upper bound of a share.

    References
    ----------
    Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case of the
    binomial. Biometrika 26, 404-413. doi:10.1093/biomet/26.4.404

    Examples
    --------
    >>> [round(exact_upper_bound(0, n), 3) for n in (19, 29)]
    [0.146, 0.098]
    """
    return 1.0 if seen >= of else float(betaincinv(seen + 1, of - seen, confidence))


def kinds_of(cases: Iterable[ActOnRecord]) -> tuple[str, ...]:
    """Return the kinds that a record is counted in: none to military, and force where it was ever used."""
    seen = {case.kind for case in cases}
    return tuple(kind for kind in KINDS if kind in SCORED or kind in seen)


def pooled_shares(counts: NDArray[np.float64], smoothing: float) -> NDArray[np.float64]:
    """Return the pool's shares from its counts, each kind with a little added so that none is impossible."""
    return np.asarray((counts + smoothing) / (counts.sum() + smoothing * len(counts)))


def concentrations(
    in_class: NDArray[np.float64], pool: NDArray[np.float64], weight: float, smoothing: float
) -> NDArray[np.float64]:
    """Return the parameters of the Dirichlet posterior: the class's counts, with the pool's shares as a few acts more.

    Parameters
    ----------
    in_class, pool
        Counts by kind in the class and in the whole record, the class among it; shape (kinds,).
    weight, smoothing
        As declared with the groups.

    Examples
    --------
    >>> concentrations(np.array([6.0, 23.0, 0.0, 0.0]), np.array([6.0, 38.0, 10.0, 16.0]), 2, 0.25).round(3).tolist()
    [6.176, 24.077, 0.289, 0.458]
    """
    return np.asarray(in_class + weight * pooled_shares(pool, smoothing))


def counted(cases: Iterable[ActOnRecord], kinds: Sequence[str]) -> NDArray[np.float64]:
    """Return after how many acts each kind was the gravest answer; shape (kinds,)."""
    gravest = [case.kind for case in cases]
    return np.array([gravest.count(kind) for kind in kinds], dtype=np.float64)


def shares(counts: NDArray[np.float64], posterior: NDArray[np.float64], known_by: str) -> tuple[Share, ...]:
    """Return a share, or a bound, for each kind of answer.

    Parameters
    ----------
    counts, posterior
        By kind as in `KINDS`, the gravest left out where nobody ever used it; shape (kinds,).
    known_by
        The day up to which acts were counted, as words name it.
    """
    total, weight = int(counts.sum()), float(posterior.sum())
    told = []
    for number, kind in enumerate(KINDS):
        seen = int(counts[number]) if number < len(counts) else 0
        if seen:
            alpha = float(posterior[number])
            low, high = (float(betaincinv(alpha, weight - alpha, q)) for q in (LOW, HIGH))
            words = f"{seen} of {total} known by {known_by}"
            told.append(Share(kind, seen, total, alpha / weight, low, high, None, words))
        else:
            bound = exact_upper_bound(0, total)
            told.append(Share(kind, 0, total, None, None, None, bound, never_seen(total, bound, known_by)))
    return tuple(told)


def never_seen(of: int, bound: float, known_by: str) -> str:
    """Return the words for a kind that was never seen: counts and a bound, and no percentage of its own.

    Examples
    --------
    >>> never_seen(19, exact_upper_bound(0, 19), "2023-07-10")
    '0 of 19 known by 2023-07-10: below 14.6 % with 95 % confidence'
    """
    if not of:
        return f"no comparable act known by {known_by}"
    return f"0 of {of} known by {known_by}: below {tenth(bound)} with {percent(CONFIDENCE)} confidence"
