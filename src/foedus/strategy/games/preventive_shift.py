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


def pays(p: Floats | float, p_later: Floats | float, c: Floats | float, delta: Floats | float) -> Floats:
    """Return by how much war now beats the best peace that can be promised; above 0 it pays.

    Even if the other side concedes everything today, peace is worth 1 - delta now and later what the weaker side
    then gets: war now iff p - delta p_later > (1 - delta)(1 + c).

    Parameters
    ----------
    p, p_later
        The chance of winning before and after the shift, the second as believed.
    c
        The cost of war a period, in stakes.
    delta
        The discount factor, below 1.

    Examples
    --------
    >>> pays(0.6, 0.2, 0.15, 0.9).round(9)
    np.float64(0.305)
    """
    gain: Floats = np.asarray(p - delta * p_later - (1 - delta) * (1 + c), dtype=np.float64)
    return gain


def break_even_bias(p: Floats | float, decline: Floats | float, c: Floats | float, delta: Floats | float) -> Floats:
    """Return by which share a side must overrate its decline for war now to pay; infinite where there is none.

    Parameters
    ----------
    p, c, delta
        As for `pays`.
    decline
        By how much its chance falls in truth.

    Examples
    --------
    >>> break_even_bias(0.6, 0.05, 0.15, 0.9).round(6)
    np.float64(0.222222)
    """
    needed = np.asarray(p - (p - (1 - delta) * (1 + c)) / delta, dtype=np.float64)
    true = np.asarray(decline, dtype=np.float64)
    # without a decline the division has no value: no bias is enough, or none is needed
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(true > 0, needed / true - 1, np.where(needed <= 0, -np.inf, np.inf))
