"""The compromise model: the mean of the members' positions, weighted by capability and salience."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.issues.models import ModelCard, Settlement
from foedus.issues.sitting import Agenda, Floats, Sitting, nearest_option
from foedus.issues.sums import total as summed

_CARD = ModelCard(
    name="compromise",
    stage="settlement",
    summary="The body settles on the mean of its members' positions, weighted by capability times salience.",
    caution="It knows no rule and no veto; it shows where the weight of the members lies, not what they could adopt.",
    inputs=("private", "salience", "capability"),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "unanimity",
        "monotone",
        "Pareto",
        "nothing without weight",
        "responsive to salience",
        "responsive to capability",
    ),
    assumptions=(),
    reference=(
        "Van den Bos (1991), Dutch EC Policy Making; Achen, Institutional realism and bargaining models, in Thomson, "
        "Stokman, Achen and Koenig (2006), The European Union Decides, chapter 4"
    ),
    reading=(
        "Members with a seat only, at their private positions. The outcome counts for the nearest option, a tie for "
        "the one nearer the status quo. Where no member has weight, the status quo stands. The rule plays no part."
    ),
    oracle="car emissions as printed, means by hand and by leaving members out one by one",
    refuted=(
        "individually rational",
        "respects the rule",
    ),
)


@dataclass(frozen=True, slots=True)
class Compromise:
    """The compromise model; see its card."""

    card: ModelCard = _CARD

    def settle(self, sitting: Sitting) -> Settlement:
        """Return the weighted mean of each draw and the option nearest to it."""
        seats = np.flatnonzero(sitting.seated)
        choices, outcomes = [], []
        pivotal = np.zeros(sitting.private.shape, dtype=np.bool_)
        for place, agenda in enumerate(sitting.agendas):
            position = sitting.private[:, seats, place]
            weight = sitting.capability[:, seats] * sitting.salience[:, seats, place]
            outcome = weighted_mean(position, weight, fallback=float(agenda.options[agenda.status_quo]))
            choice = nearest_option(outcome, agenda)
            without = nearest_option(_means_without_each(position, weight, agenda), agenda)
            pivotal[:, seats, place] = without != choice[:, None]
            choices.append(choice)
            outcomes.append(outcome)
        return Settlement(np.stack(choices, axis=1), np.stack(outcomes, axis=1), None, None, None, pivotal)

    def choose(self, sitting: Sitting) -> NDArray[np.intp]:
        """Return the option nearest to the weighted mean; shape (D, I)."""
        seats = np.flatnonzero(sitting.seated)
        choices = []
        for place, agenda in enumerate(sitting.agendas):
            weight = sitting.capability[:, seats] * sitting.salience[:, seats, place]
            fallback = float(agenda.options[agenda.status_quo])
            choices.append(nearest_option(weighted_mean(sitting.private[:, seats, place], weight, fallback), agenda))
        return np.stack(choices, axis=1)


def weighted_mean(position: Floats, weight: Floats, fallback: float) -> Floats:
    """Return the weighted mean over the last axis, or ``fallback`` where all weights are zero.

    Parameters
    ----------
    position, weight
        Shape (..., N).

    Examples
    --------
    >>> weighted_mean(np.array([0.0, 100.0]), np.array([3.0, 1.0]), fallback=0.0).item()
    25.0
    """
    total = summed(weight, -1)
    mean = summed(position * weight, -1) / np.where(total > 0, total, 1.0)
    return np.where(total > 0, mean, fallback)


def _means_without_each(position: Floats, weight: Floats, agenda: Agenda) -> Floats:
    """Return the weighted mean with each member left out in turn; shape (D, N)."""
    moment = position * weight
    total = summed(weight, -1)[..., None] - weight
    mean = (summed(moment, -1)[..., None] - moment) / np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, mean, agenda.options[agenda.status_quo]))


COMPROMISE = Compromise()
