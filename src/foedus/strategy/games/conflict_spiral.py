"""The conflict game of Baliga and Sjöström: whether firmness breeds firmness or checks it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.strategy.games.card import GameCard

Floats = NDArray[np.float64]

CARD = GameCard(
    name="conflict-spiral",
    question="Does firmness breed firmness (a spiral), or does it make the other side yield (deterrence)?",
    players="both sides at once, each with a private cost of a hawkish act",
    decides="what it costs to be caught unprepared (d), against what catching the other unprepared brings (mu)",
    reference="Baliga and Sjöström 2012, doi:10.1257/aer.102.6.2897; the question is that of Jervis 1976",
    checked="memory",
    caution="The abstract was read, the payoffs are from memory; an earlier draft by the authors uses other letters "
    "for the same game. Costs are uniform and both sides alike.",
)


@dataclass(frozen=True, slots=True)
class Spiral:
    """What the game comes to, draw by draw; arrays of one shape.

    Attributes
    ----------
    hawkish
        The probability that a side acts hawkishly, in equilibrium.
    slope
        Of a side's best reply to the other's hawkishness: above 0 firmness breeds firmness.
    residual
        How far the cut-off is from the best reply to itself.
    """

    hawkish: Floats
    slope: Floats
    residual: Floats

    @property
    def provokes(self) -> Floats:
        """The share of draws in which firmness breeds firmness; shape ()."""
        return np.asarray(np.mean(self.slope > 0))


def solve(mu: Floats | float, d: Floats | float, highest_cost: Floats | float = 1.0) -> Spiral:
    """Return the equilibrium: act hawkishly if the private cost is below a cut-off.

    Against a side that is hawkish with probability P, a hawkish act gains (1 - P) mu - cost, a dovish one -P d. (Both
    hawkish: minus the cost; both dovish: 0.)

    Parameters
    ----------
    mu
        The gain from being hawkish against a dove.
    d
        The loss from being a dove against a hawk.
    highest_cost
        Costs are uniform from 0 to this.

    Raises
    ------
    ValueError
        Where the cut-off is not below the highest cost, so that everybody may be hawkish.

    Examples
    --------
    >>> solve(0.2, 0.5).hawkish.round(9), solve(0.5, 0.2).hawkish.round(9)
    (np.float64(0.285714286), np.float64(0.384615385))
    """
    mu, d, c_max = (np.asarray(parameter, dtype=np.float64) for parameter in (mu, d, highest_cost))
    if np.any(mu <= 0) or np.any(mu >= c_max) or np.any(d >= c_max) or np.any(d < 0):
        raise ValueError("gain and loss must lie between 0 and the highest cost")
    c_star = mu * c_max / (c_max - (d - mu))
    hawkish = c_star / c_max
    best = mu * (1 - hawkish) + d * hawkish
    return Spiral(hawkish, (d - mu) / c_max, np.abs(best - c_star))
