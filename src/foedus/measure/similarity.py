"""How often two states vote alike, and how much more often than chance alone would make them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.measure.votes import Votes

Floats = NDArray[np.float64]


def agreement(votes: Votes, year: int, subject: str | None = None) -> tuple[Floats, NDArray[np.int64]]:
    """Return the share of common roll calls on which two seats gave the same answer, and how many there were.

    Parameters
    ----------
    votes
        The roll calls.
    year
        The year.
    subject
        One of ``votes.subjects``, or all roll calls.

    Returns
    -------
    tuple
        Two arrays of shape (seats, seats): shares, NaN where two seats never voted together, and counts.
    """
    pick = votes.year == year
    if subject is not None:
        pick &= np.isin(votes.roll_call, votes.subjects[subject])
    calls, column = np.unique(votes.roll_call[pick], return_inverse=True)
    number = len(votes.seats)
    answers = np.zeros((3, number, len(calls)), np.float32)
    answers[votes.choice[pick], votes.seat[pick], column] = 1
    voted = answers.sum(0)
    together = np.rint(voted @ voted.T).astype(np.int64)
    alike = sum(each @ each.T for each in answers)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(together > 0, alike / together, np.nan), together


def chance_corrected(share: float, first: Floats, second: Floats) -> float:
    """Return agreement corrected for chance as Scott's pi: 0 where two states agree as often as their habits make them.

    Häge (2011), "Choice or Circumstance? Adjusting Measures of Foreign Policy Similarity for Chance Agreement",
    Political Analysis 19(3), 287-305, recommends correcting by the answers that states give anyhow. Chance agreement is
    the sum over answers of the squared mean of both states' shares of that answer.

    Parameters
    ----------
    share
        The share of common roll calls with the same answer.
    first, second
        Each state's shares of no, abstention and yes, summing to 1.

    Returns
    -------
    float
        At most 1; NaN where both give one answer alone.

    Examples
    --------
    >>> import numpy as np
    >>> round(chance_corrected(0.8, np.array([0.25, 0.25, 0.5]), np.array([0.25, 0.25, 0.5])), 4)
    0.68
    """
    by_chance = float((((first + second) / 2) ** 2).sum())
    return float("nan") if by_chance >= 1 - 1e-12 else (share - by_chance) / (1 - by_chance)
