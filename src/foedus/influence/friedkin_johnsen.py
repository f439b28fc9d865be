"""The network model of Friedkin and Johnsen: each actor weighs what its ties want against what it first wanted.

    x(t + 1) = L W x(t) + (1 - L) x(0),   in the limit   x = (1 - L W)^-1 (1 - L) x(0)

W holds how much each actor listens to each other, every row summing to 1; L is how open each actor is, from 0 (moved by
nobody) to below 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.issues.models import SETTLED, Assumption, ModelCard, Movement, Trajectory
from foedus.issues.sitting import Floats, Sitting
from foedus.issues.sums import total as summed

_SHOWN = 12

_CARD = ModelCard(
    name="friedkin-johnsen",
    stage="influence",
    summary=(
        "Actors move towards those to whom they are tied, and hold on to what they first wanted as much as they care."
    ),
    caution="Ties of treaty and membership stand in for who listens to whom; no document measures that.",
    inputs=("private", "salience", "capability", "ties"),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "unanimity",
    ),
    assumptions=(
        Assumption(
            "openness",
            "how far an actor that does not care follows those to whom it is tied",
            0.0,
            0.3,
            0.8,
            (0.0, 1.0),
            top_excluded=True,
        ),
    ),
    reference="Friedkin and Johnsen (1990), Social influence and opinions, Journal of Mathematical Sociology 15",
    doi="10.1080/0022250X.1990.9990069",
    reading=(
        "L is `openness` times one less the salience. An actor listens to each other in proportion to the ties they "
        "share "
        "times the other's capability, and to itself not at all. Who is tied to nobody with capability stays. The "
        "limit "
        "is taken; rounds are shown for the eye."
    ),
    oracle="the iteration itself, and the closed form for two actors",
    refuted=("keeps order",),
)


def listening(ties: Floats, capability: Floats) -> Floats:
    """Return W, how much each actor (row) listens to each other; rows sum to 1, or to 0 for who is tied to nobody.

    Parameters
    ----------
    ties
        Shape (A, A); the diagonal is not read.
    capability
        Shape (D, A).

    Returns
    -------
    Floats
        Shape (D, A, A).
    """
    open_to = np.where(np.eye(len(ties), dtype=np.bool_), 0.0, ties) * capability[:, None, :]
    total = summed(open_to, 2)[:, :, None]
    return np.asarray(open_to / np.where(total > 0, total, 1.0))


def settled(first: Floats, openness: Floats, weights: Floats) -> Floats:
    """Return the limit of the iteration.

    Parameters
    ----------
    first, openness
        x(0) and the diagonal of L; shape (D, A).
    weights
        W; shape (D, A, A).

    Examples
    --------
    >>> settled(np.array([[0.0, 90.0]]), np.array([[0.5, 0.0]]), np.array([[[0.0, 1.0], [1.0, 0.0]]])).tolist()
    [[45.0, 90.0]]
    """
    system = np.eye(first.shape[1]) - openness[:, :, None] * weights
    return np.asarray(np.linalg.solve(system, ((1.0 - openness) * first)[:, :, None])[:, :, 0])


@dataclass(frozen=True, slots=True)
class FriedkinJohnsen:
    """The network model; see its card and the module's text."""

    card: ModelCard = _CARD

    def move(self, sitting: Sitting, *, record: bool = False) -> Movement:
        """Return where the influence of ties leaves everyone."""
        draws, actors, issues = sitting.private.shape
        ties = np.zeros((actors, actors)) if sitting.ties is None else sitting.ties
        weights = listening(ties, sitting.capability)
        tied = weights.sum(axis=2) > 0
        open_by = sitting.assumptions["openness"][:, None]
        private = np.empty_like(sitting.private)
        steps = [sitting.private.copy() for _ in range(_SHOWN + 1 if record else 0)]
        for issue in range(issues):
            first = sitting.private[:, :, issue]
            openness = np.where(tied, open_by * (1.0 - sitting.salience[:, :, issue]), 0.0)
            private[:, :, issue] = np.clip(
                settled(first, openness, weights), first.min(axis=1, keepdims=True), first.max(axis=1, keepdims=True)
            )
            for turn in range(1, len(steps)):
                heard = (weights @ steps[turn - 1][:, :, issue, None])[:, :, 0]
                steps[turn][:, :, issue] = openness * heard + (1.0 - openness) * first
        zeros = np.zeros((draws, issues), dtype=np.intp)
        ended = np.full((draws, issues), SETTLED, dtype=np.int8)
        trajectory = Trajectory(np.stack([*steps, private])) if record else None
        return Movement(private, zeros, ended, zeros, trajectory)


FRIEDKIN_JOHNSEN = FriedkinJohnsen()
