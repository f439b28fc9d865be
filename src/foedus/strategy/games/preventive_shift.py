"""Preventive war as a problem of commitment: whether a believed decline makes striking now pay."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.strategy.games.card import GameCard

Floats = NDArray[np.float64]

CARD = GameCard(
    name="preventive-shift",
    question="Does a side that believes itself in decline gain by striking early?",
    players="the side in decline, the side that rises and cannot promise to stay moderate",
    decides="how much strength the rival believes it will lose, against what war costs it and how patient it is",
    reference="Fearon 1995, doi:10.1017/S0020818300033324; Powell 2006, doi:10.1017/S0020818306060061",
    checked="derived",
    caution="One shift for ever, costs that run on each period; the condition was derived here, the paper's own "
    "normalisation of costs may differ. It says what pays, not what is done.",
)


def pays(now: Floats | float, later: Floats | float, cost: Floats | float, patience: Floats | float) -> Floats:
    """Return by how much war now beats the best peace that can be promised; above 0 it pays.

    Even if the other side concedes everything today, peace is worth 1 - patience now and later what the weaker side
    then gets: war now iff now - patience later > (1 - patience)(1 + cost).

    Parameters
    ----------
    now, later
        The chance of winning before and after the shift, the second as believed.
    cost
        Of war a period, in stakes.
    patience
        The discount factor, below 1.

    Examples
    --------
    >>> pays(0.6, 0.2, 0.15, 0.9).round(9)
    np.float64(0.305)
    """
    gain: Floats = np.asarray(now - patience * later - (1 - patience) * (1 + cost), dtype=np.float64)
    return gain


def break_even_later(now: float, cost: float, patience: float) -> float:
    """Return the later chance below which war now pays.

    Examples
    --------
    >>> round(break_even_later(0.6, 0.15, 0.9), 9)
    0.538888889
    """
    return (now - (1 - patience) * (1 + cost)) / patience


def break_even_cost(now: float, later: float, patience: float) -> float:
    """Return the cost above which war now no longer pays.

    Examples
    --------
    >>> round(break_even_cost(0.6, 0.2, 0.9), 9)
    3.2
    """
    return (now - patience * later) / (1 - patience) - 1


def break_even_bias(
    now: Floats | float, decline: Floats | float, cost: Floats | float, patience: Floats | float
) -> Floats:
    """Return by which share a side must overrate its decline for war now to pay; infinite where there is none.

    Parameters
    ----------
    now, cost, patience
        As for `pays`.
    decline
        By how much its chance falls in truth.

    Examples
    --------
    >>> break_even_bias(0.6, 0.05, 0.15, 0.9).round(6)
    np.float64(0.222222)
    """
    needed = np.asarray(now - (now - (1 - patience) * (1 + cost)) / patience, dtype=np.float64)
    true = np.asarray(decline, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(true > 0, needed / true - 1, np.where(needed <= 0, -np.inf, np.inf))


def risk_return(chance: float, cost: float, highest_cost: float) -> tuple[float, float]:
    """Return the offer a side makes to one whose cost of war is uniform up to a highest, and the chance of war.

    Examples
    --------
    >>> offer, war = risk_return(0.5, 0.1, 0.4)
    >>> round(offer, 9), round(war, 9)
    (0.65, 0.375)
    """
    if highest_cost <= cost:
        return chance + highest_cost, 0.0
    return chance + (highest_cost - cost) / 2, (highest_cost - cost) / (2 * highest_cost)
