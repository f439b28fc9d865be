"""How well the record foretells its own acts: one left out at a time, and later ones from earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day
from foedus.strategy.record.acts import ActOnRecord
from foedus.strategy.record.posterior import concentrations, counted, kinds_of, pooled_shares
from foedus.strategy.record.reference_class import ReferenceClasses, reference_classes

Vector = NDArray[np.float64]

TRAINED_TO = Day(2019, 12, 31)
"""By time, acts up to this day foretell those after it."""

ENOUGH_LATER = 10
"""With fewer later acts the test by time decides nothing."""


@dataclass(frozen=True, slots=True)
class Score:
    """Mean scores over acts; lower is better.

    Attributes
    ----------
    forecast
        ``pool``: the shares of all acts; ``class``: those of the group alone; ``shrunk``: the group's with the pool's
        as prior, which is what is used.
    log_loss, brier
        The mean negative logarithm of the share that was given to what came; the mean sum of squared errors.
    """

    KEYS = "forecast log_loss brier"

    forecast: str
    log_loss: float
    brier: float


@dataclass(frozen=True, slots=True)
class Tested:
    """How the record did on acts whose answer it was not shown.

    Attributes
    ----------
    design
        ``leave-one-out``, or ``by time``.
    acts, trained_to
        How many acts were foretold; by time: from those up to this day.
    scores
        Of the pool, the class alone, and the class shrunk to the pool.
    """

    KEYS = "design acts trained_to log_loss brier pooled_log_loss scores"

    design: str
    acts: int
    trained_to: Day | None
    scores: tuple[Score, ...]

    @property
    def log_loss(self) -> float | None:
        """Of the method in use; None where nothing was scored."""
        return self.of("shrunk").log_loss if self.scores else None

    @property
    def brier(self) -> float | None:
        """Likewise the Brier score."""
        return self.of("shrunk").brier if self.scores else None

    @property
    def pooled_log_loss(self) -> float | None:
        """Of the shares of all acts together."""
        return self.of("pool").log_loss if self.scores else None

    @property
    def no_better(self) -> bool:
        """Whether enough was scored, and the method in use did no better than the shares of all acts together."""
        return self.acts >= ENOUGH_LATER and self.of("shrunk").log_loss >= self.of("pool").log_loss

    def of(self, forecast: str) -> Score:
        """Return the scores of one forecast."""
        return next(score for score in self.scores if score.forecast == forecast)


def leave_one_out(cases: Sequence[ActOnRecord], classes: ReferenceClasses | None = None) -> Tested:
    """Foretell each act from all others; with fewer than two acts there is nothing to score.

    Examples
    --------
    >>> leave_one_out(()).acts
    0
    """
    others = [(case, [other for other in cases if other is not case]) for case in cases] if len(cases) > 1 else []
    return Tested("leave-one-out", len(others), None, _scores(others, kinds_of(cases), classes))


def by_time(cases: Sequence[ActOnRecord], trained_to: Day, classes: ReferenceClasses | None = None) -> Tested:
    """Foretell the acts after a day from those up to it."""
    earlier = [case for case in cases if case.act.start <= trained_to]
    later = [(case, earlier) for case in cases if case.act.start > trained_to] if earlier else []
    return Tested("by time", len(later), trained_to, _scores(later, kinds_of(cases), classes))


def _scores(
    pairs: Sequence[tuple[ActOnRecord, Sequence[ActOnRecord]]], kinds: Sequence[str], classes: ReferenceClasses | None
) -> tuple[Score, ...]:
    if not pairs:
        return ()
    declared = classes or reference_classes()

    def pool(_: ActOnRecord, known: Sequence[ActOnRecord]) -> Vector:
        return pooled_shares(counted(known, kinds), declared.smoothing)

    def alone(case: ActOnRecord, known: Sequence[ActOnRecord]) -> Vector:
        return pooled_shares(counted(_like(case, known), kinds), declared.smoothing)

    def shrunk(case: ActOnRecord, known: Sequence[ActOnRecord]) -> Vector:
        alike = counted(_like(case, known), kinds)
        alpha = concentrations(alike, counted(known, kinds), declared.prior_weight, declared.smoothing)
        return np.asarray(alpha / alpha.sum())

    return tuple(
        _score(name, pairs, kinds, foretell)
        for name, foretell in (("pool", pool), ("class", alone), ("shrunk", shrunk))
    )


def _like(case: ActOnRecord, known: Sequence[ActOnRecord]) -> list[ActOnRecord]:
    return [other for other in known if other.group == case.group]


def _score(
    name: str,
    pairs: Sequence[tuple[ActOnRecord, Sequence[ActOnRecord]]],
    kinds: Sequence[str],
    foretell: Callable[[ActOnRecord, Sequence[ActOnRecord]], Vector],
) -> Score:
    shares = np.array([foretell(case, known) for case, known in pairs])
    came = np.array([[kind == case.kind for kind in kinds] for case, _ in pairs])
    return Score(
        name,
        float(-np.log(shares[came]).mean()),
        float(np.square(shares - came).sum(axis=1).mean()),
    )
