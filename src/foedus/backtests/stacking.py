"""An ensemble under test: a mixture of other models' distributions, with weights by rule that lean on all rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.predictions import Model, Prediction
from foedus.backtests.sittings import rule_of
from foedus.forecasts.features import GRID
from foedus.issues.sitting import Floats

STEPS = 20
"""Weights are multiples of one part in so many."""

POOLED = 40.0
"""Issues that the pooled weights count for beside those of a rule."""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """A mixture whose weights have the least CRPS on the given cases, by rule, shrunk to those of all rules.

    The weights of a rule with n issues are (n w + 40 p) / (n + 40), with w the best for the rule and p the best for
    all. The parts have nothing to fit, so what they say of a case never comes from it.

    Parameters
    ----------
    parts
        What is mixed; none of them fitted.
    """

    parts: tuple[Model, ...]
    name: str = "ensemble"
    summary: str = "A mixture of other models with fitted weights by rule, shrunk to those of all rules."
    fitted: bool = True

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Return the weights of all rules together and of each rule, in the order of the parts."""
        gaps = self._gaps(table)[rows]
        labels = np.array([rule_of(table.cases[row].rule) for row in rows])
        pooled = best_weights(gaps)
        by_rule = {}
        for label in sorted(set(labels)):
            picked = labels == label
            share = picked.sum() / (picked.sum() + POOLED)
            by_rule[str(label)] = (share * best_weights(gaps[picked]) + (1 - share) * pooled).tolist()
        return {"parts": [one.name for one in self.parts], "pooled": pooled.tolist(), "by_rule": by_rule}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions; pooled weights for a rule that the fit did not hold."""
        known = parameters["by_rule"]
        weights = np.array([known.get(rule_of(table.cases[row].rule), parameters["pooled"]) for row in rows])
        return Prediction.of(np.einsum("nk,nkg->ng", weights, self._spread(table)[rows]))

    def _spread(self, table: CaseTable) -> Floats:
        return table.remembered(("ensemble", *(one.name for one in self.parts)), lambda: self._asked(table))

    def _asked(self, table: CaseTable) -> Floats:
        """Return what the parts say; one without an answer counts as even over the scale; shape (N, K, 101)."""
        everything = np.arange(len(table))
        found = [one.predict(table, everything, {}) for one in self.parts]
        spread = [
            _as_steps(one.point)
            if one.distribution is None
            else np.where(one.answered[:, None], one.distribution, 1 / 101)
            for one in found
        ]
        return np.stack(spread, axis=1)

    def _gaps(self, table: CaseTable) -> Floats:
        step = table.outcome[:, None] <= GRID
        return np.asarray(np.cumsum(self._spread(table), axis=2) - step[:, None])


def _as_steps(point: Floats) -> Floats:
    at = np.where(np.isnan(point), -1.0, np.rint(point))
    return np.where(at[:, None] < 0, 1 / 101, (at[:, None] == GRID) * 1.0)


def best_weights(gaps: Floats) -> Floats:
    """Return the mixture weights with the least mean CRPS, among multiples of one twentieth.

    Parameters
    ----------
    gaps
        Distribution functions less the outcomes' steps; shape (N, K, 101).

    Returns
    -------
    Floats
        Shape (K,); they sum to 1.

    Examples
    --------
    >>> right, wrong = np.zeros(101), np.ones(101)
    >>> best_weights(np.stack([right, wrong])[None]).tolist()
    [1.0, 0.0]
    """
    squares = np.einsum("nkg,nlg->kl", gaps, gaps)
    count = gaps.shape[1]
    tried = np.array([one for one in product(range(STEPS + 1), repeat=count) if sum(one) == STEPS]) / STEPS
    return np.asarray(tried[int(np.argmin(np.einsum("tk,kl,tl->t", tried, squares, tried)))])
