"""Trust as in a game of assurance: whether an act costs so much of it that holding back no longer pays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.strategy.games.card import GameCard

Floats = NDArray[np.float64]

CARD = GameCard(
    name="trust",
    question="Does the act cost so much trust that holding back no longer pays?",
    players="two sides, each of which would hold back if it trusted the other to",
    decides="how far the rival's trust lies above the least at which holding back pays, against what the act costs",
    reference="Kydd 2005, Trust and Mistrust in International Relations, Princeton University Press",
    checked="derived",
    caution="One round, and trust before it is declared. An act can only take trust away: reassurance is not modelled.",
)


def threshold(gain: Floats | float, loss: Floats | float) -> Floats:
    """Return the least trust at which holding back pays.

    With trust t in the other side's good will, holding back pays t R + (1 - t) S, and acting t T + (1 - t) P; the first
    is as good from t = (P - S) / ((R - T) + (P - S)) on.

    Parameters
    ----------
    gain
        R - T, above 0: how much better it is to hold back together than to act against one that holds back.
    loss
        P - S, at least 0: how much worse it is to hold back against one that acts than to act against it.

    Examples
    --------
    >>> threshold(1.0, 3.0), threshold(1.0, 0.0)
    (array(0.75), array(0.))
    """
    good, bad = np.asarray(gain, dtype=np.float64), np.asarray(loss, dtype=np.float64)
    return np.asarray(bad / (good + bad))
