"""What a model under test is, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.scores import mean_of
from foedus.issues.sitting import Flags, Floats


@dataclass(frozen=True, slots=True)
class Prediction:
    """Answers for N cases.

    Parameters
    ----------
    point
        Point forecasts, or means of the distributions; shape (N,). Not-a-number: no answer.
    distribution
        Shape (N, 101), not-a-number in the rows without an answer; ``None`` for a point forecast.
    reasons
        Why there is no answer, in words, empty where there is one; length N, or 0 where a model gives no reasons.
    """

    point: Floats
    distribution: Floats | None = None
    reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, distribution: Floats) -> Prediction:
        """Return the prediction that distributions make."""
        return cls(mean_of(distribution), distribution)

    @property
    def answered(self) -> Flags:
        """Which cases have an answer; shape (N,)."""
        return ~np.isnan(self.point)


class Model(Protocol):
    """A model under test."""

    @property
    def name(self) -> str:
        """How the leader board calls it."""
        ...

    @property
    def summary(self) -> str:
        """One sentence."""
        ...

    @property
    def fitted(self) -> bool:
        """Whether it has anything to fit."""
        ...

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Return what some cases teach, as numbers, strings and lists; nothing for a model without parameters."""
        ...

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return answers for some cases."""
        ...
