"""The simple rules that are hard to beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.predictions import Prediction
from foedus.ensembles.features import Ground, weighted
from foedus.issues.sitting import Floats

SHARES = np.round(np.arange(0.0, 1.01, 0.05), 2)
"""Weights tried for proposer and chamber, in units of the members' whole weight."""


@dataclass(frozen=True, slots=True)
class PointRule:
    """A point forecast with nothing to fit.

    Parameters
    ----------
    name, summary
        See `foedus.backtests.predictions.Model`.
    rule
        From what the cases share to a point for each; shape (N,).
    """

    name: str
    summary: str
    rule: Callable[[Ground], Floats]
    fitted: bool = False

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:  # noqa: ARG002 - the protocol's
        """Return nothing."""
        return {}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:  # noqa: ARG002 - the protocol's
        """Return the points."""
        return Prediction(self.rule(table.ground)[rows])


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions themselves as a distribution, weighted by salience."""

    name: str = "distribution of positions"
    summary: str = "Each point has the share of salience of the actors who stand there."
    fitted: bool = False

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:  # noqa: ARG002 - the protocol's
        """Return nothing."""
        return {}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:  # noqa: ARG002 - the protocol's
        """Return the distributions."""
        return Prediction.of(table.ground.mass[rows])


@dataclass(frozen=True, slots=True)
class BaseRate:
    """The outcomes of the other proposals as a distribution, whoever stands where."""

    name: str = "base rate"
    summary: str = "How often each outcome came out on other proposals; one outcome is spread evenly over the scale."
    fitted: bool = True

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Return the share of each point."""
        counts = np.bincount(table.point[rows], minlength=101) + 1 / 101
        return {"share": (counts / counts.sum()).tolist()}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:  # noqa: ARG002 - the protocol's
        """Return the same distribution for every case."""
        return Prediction.of(np.tile(np.asarray(parameters["share"]), (len(rows), 1)))


@dataclass(frozen=True, slots=True)
class InstitutionsMean:
    """The mean weighted by votes, in which proposer and chamber each weigh a fitted share of the members' votes."""

    name: str = "mean of institutions"
    summary: str = "Members weighted by votes; proposer and chamber each by one fitted share of all votes."
    fitted: bool = True

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Return the share with the least mean absolute error on the given cases."""
        errors = [np.abs(institutions_mean(table.ground, share) - table.outcome)[rows].mean() for share in SHARES]
        return {"share": float(SHARES[int(np.argmin(errors))])}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the points."""
        return Prediction(institutions_mean(table.ground, parameters["share"])[rows])


def institutions_mean(g: Ground, share: float) -> Floats:
    """Return the mean weighted by votes, proposer and chamber each weighing a share of all votes; shape (N,)."""
    total = g.votes.sum(axis=1, keepdims=True)
    others = g.present & ~g.voting
    weight: Floats = np.where(others, share * total, g.votes)
    return weighted(g.position, weight)


def _mean(g: Ground) -> Floats:
    return weighted(g.position, g.present.astype(np.float64))


def _mean_by_salience(g: Ground) -> Floats:
    return g.mean


def _mean_by_votes(g: Ground) -> Floats:
    return weighted(g.position, g.votes)


def _median(g: Ground) -> Floats:
    return np.asarray(np.nanmedian(g.situation.position, axis=1))


def _proposer(g: Ground) -> Floats:
    return g.proposer


def _reference(g: Ground) -> Floats:
    return g.reference


BASELINES = (
    PointRule("mean", "Every actor counts alike.", _mean),
    PointRule("salience-weighted mean", "Every actor counts by its salience.", _mean_by_salience),
    PointRule("votes-weighted mean", "Members only, by their votes.", _mean_by_votes),
    InstitutionsMean(),
    PointRule("median", "The median of all actors.", _median),
    PointRule("proposer", "What the proposer wants.", _proposer),
    PointRule("reference point", "Nothing changes.", _reference),
    Positions(),
)
"""In the order of the leader board."""
