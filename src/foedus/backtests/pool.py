"""The learned distribution under test: the plain mean of models of which none chose its features on the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.logit import TEN_FEATURES, WHOLE_LIBRARY, LogitModel
from foedus.backtests.mixture import PoleMixture
from foedus.backtests.predictions import Prediction
from foedus.ensembles.learned import pooled
from foedus.issues.sitting import Floats


@dataclass(frozen=True, slots=True)
class Pool:
    """The mean of several distributions, each fitted by itself.

    Parameters
    ----------
    parts
        What is averaged.
    name, summary
        See `foedus.backtests.predictions.Model`.
    """

    parts: tuple[PoleMixture | LogitModel, ...]
    name: str = "learned"
    summary: str = (
        "The learned distribution: the mean of a mixture of poles and of two logits, none with chosen features."
    )
    fitted: bool = True

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Return the parameters of each part, by its name."""
        return {"parts": {part.name: dict(part.fit(table, rows)) for part in self.parts}}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions."""
        found = [part.predict(table, rows, parameters["parts"][part.name]).distribution for part in self.parts]
        return Prediction.of(pooled(np.stack([one for one in found if one is not None])))

    def left_out(self, table: CaseTable, rows: Rows) -> Floats:
        """Return each case's distribution by parts fitted without its proposal; shape (n, 101)."""
        return pooled(np.stack([part.left_out(table, rows) for part in self.parts]))


LEARNED = Pool((PoleMixture(), TEN_FEATURES, WHOLE_LIBRARY))
