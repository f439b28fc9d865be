"""Choosing features inside the folds: what the choice itself costs.

Feature sets that were chosen after looking at all the data score too well in cross-validation. A procedure that
chooses anew in each training part does not, and its score bounds from above what its choice will reach on new data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.logit import fit_logit, fitted_parameters, scale_of, without_each
from foedus.backtests.predictions import Prediction
from foedus.backtests.scores import crps
from foedus.ensembles.features import LIBRARY, TEN
from foedus.ensembles.learned import Logit
from foedus.issues.sitting import Floats


@dataclass(frozen=True, slots=True)
class ForwardSelection:
    """The ten features, and then up to ``most`` others of the library, each the one that helps most.

    What helps is judged by CRPS when one proposal at a time is left out of the training part.

    Parameters
    ----------
    most
        Largest number of features to add.
    gain
        Least gain in CRPS for which a feature is added; below 0, a loss that small is borne on the way to others.
    penalty
        Of the squared weights.
    """

    most: int = 14
    gain: float = -0.005
    penalty: float = 20.0
    name: str = "forward selection"
    summary: str = "The ten features and those that a forward search in the training part adds."
    fitted: bool = True

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Choose features and fit."""
        names = forward(table, rows, self.most, self.gain, self.penalty)
        return fitted_parameters(table, rows, names, self.penalty, averaged=True)

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions."""
        model = Logit.of(parameters)
        return Prediction.of(model.distribution(table.features(model.names)[rows]))


def forward(table: CaseTable, rows: Rows, most: int, gain: float, penalty: float) -> tuple[str, ...]:
    """Return the ten features and those that a forward search adds, up to the set with the best score on its way.

    Parameters
    ----------
    table
        All cases.
    rows
        Those that may be looked at.
    most, gain, penalty
        See `ForwardSelection`.
    """
    library = tuple(LIBRARY)
    X = table.features(library)[rows]
    X = X / scale_of(X)
    chosen = [library.index(name) for name in TEN]
    score, weights = _left_out(table, rows, X[:, :, chosen], penalty, None)
    best, kept = score, len(chosen)
    for _ in range(most):
        tried = [
            (*_left_out(table, rows, X[:, :, [*chosen, feature]], penalty, np.append(weights, 0.0)), feature)
            for feature in range(len(library))
            if feature not in chosen
        ]
        new, weights_of_new, one = min(tried, key=lambda item: item[0])
        if new > score - gain:
            break
        score, weights = new, weights_of_new
        chosen.append(one)
        if score < best:
            best, kept = score, len(chosen)
    return tuple(library[feature] for feature in chosen[:kept])


def _left_out(table: CaseTable, rows: Rows, X: Floats, penalty: float, start: Floats | None) -> tuple[float, Floats]:
    fit = fit_logit(X, table.point[rows], penalty, start)
    left = without_each(fit, X, table.point[rows], table.proposal[rows])
    return float(crps(left, table.outcome[rows]).mean()), fit.beta
