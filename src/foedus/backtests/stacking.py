"""Fitting the ensemble: weights by rule from out-of-fold probabilities of what was decided, leaning on all rules.

The parts are those of `foedus.ensembles.mixing`. What the learned distribution says of a decision never comes from a
fit to its proposal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable, PastCase, Rows
from foedus.backtests.pool import LEARNED
from foedus.backtests.predictions import Prediction
from foedus.backtests.room import ESTIMATES, assumed
from foedus.backtests.sittings import family, sitting_of
from foedus.ensembles.distance import measures, training_of
from foedus.ensembles.features import GRID
from foedus.ensembles.learned import packaged_parameters
from foedus.ensembles.mixing import (
    BINDING,
    COUNCIL,
    PARTS,
    PUBLIC,
    SETTLING,
    allowed_by,
    learned_shares,
    mixed,
    on_grid,
    settled_shares,
    weights_for,
)
from foedus.issues import Sitting
from foedus.issues.sitting import Floats, nearest_option
from foedus.settlement import MODELS

STRENGTH = 5.0
"""Decisions that the weights leaned on count for; chosen by cross-validated log score, see ``docs/ensemble.md``."""

_SWEEPS = 300
_UNKNOWN = 50.0  # stands in for an unknown reference point or setter where no part that reads it is asked


@dataclass(frozen=True, slots=True)
class Said:
    """What the parts say of N cases, on the grid.

    Attributes
    ----------
    settled
        Of the settlement models, not-a-number where one gives no answer; shape (N, P - 1, 101).
    allowed
        Share of draws in which each point is feasible, 1 where nothing binds; shape (N, 101).
    status_quo
        Index on the grid; shape (N,).
    learned
        The packaged learned distribution over draws, bound; not-a-number where inputs are exact; shape (N, 101).
    place
        Index of the point that stands for the outcome; shape (N,).
    measured
        What distances are taken from, not-a-number where something is unknown; shape (N, F).
    """

    settled: Floats
    allowed: Floats
    status_quo: Rows
    learned: Floats
    place: Rows
    measured: Floats

    def shares(self, learned: Floats) -> Floats:
        """Return the shares of all parts, given the learned distribution of exact cases; shape (N, P, 101)."""
        kept = learned * self.allowed
        kept[np.arange(len(kept)), self.status_quo] += learned.sum(axis=1) - kept.sum(axis=1)
        last = np.where(np.isnan(self.learned), kept, self.learned)
        return np.concatenate([self.settled, last[:, None]], axis=1)


def said_of(table: CaseTable) -> Said:
    """Return what the parts say of cases, worked out once for a table."""
    return table.remembered(("ensemble",), lambda: _stacked([_case(case) for case in table.cases]))


def _stacked(rows: list[tuple[Floats, Floats, int, Floats, int, Floats]]) -> Said:
    settled, allowed, status_quo, learned, place, measured = zip(*rows, strict=True)
    return Said(
        np.stack(settled),
        np.stack(allowed),
        np.array(status_quo, dtype=np.intp),
        np.stack(learned),
        np.array(place, dtype=np.intp),
        np.stack(measured),
    )


def _case(case: PastCase) -> tuple[Floats, Floats, int, Floats, int, Floats]:
    proposer = next((standing.position for standing in case.standings if standing.role == "proposer"), None)
    sitting = _sitting(case, case.reference, proposer)
    agenda = sitting.agendas[0]
    binds = case.whole and case.reference is not None
    allowed = allowed_by(family(case.rule), sitting, 0) if binds else None
    shares = on_grid(agenda.options, settled_shares(sitting, 0, allowed))
    if case.reference is None or proposer is None:
        shares[[name != "compromise" for name in SETTLING]] = np.nan
    measured = measures(sitting, 0)
    if case.reference is None or proposer is None:
        measured = np.full(len(measured), np.nan)
    open_to = np.ones(len(GRID))
    learned = np.full((1, len(GRID)), np.nan)
    if case.estimated:
        learned = on_grid(agenda.options, learned_shares(sitting, 0, allowed, 0.0)[None])
    elif allowed is not None:
        open_to = allowed[:, np.searchsorted(agenda.options, GRID)].mean(axis=0)
    outcome = np.array([case.outcome], dtype=np.float64)
    place = agenda.options[nearest_option(outcome, agenda)] if case.estimated else outcome
    start = round(agenda.options[agenda.status_quo])
    return shares, open_to, start, learned[0], int(np.rint(place[0])), measured


def _sitting(case: PastCase, reference: float | None, setter: float | None) -> Sitting:
    needed = {assumption.name: assumption for name in SETTLING for assumption in MODELS[name].card.assumptions}
    return sitting_of(
        [case],
        {name: assumed(assumption, ESTIMATES) for name, assumption in needed.items()},
        ESTIMATES,
        reference=np.array([_UNKNOWN if reference is None else reference]),
        setter=np.array([_UNKNOWN if setter is None else setter]),
        everywhere=True,
    )


def fit_weights(likelihood: Floats, towards: Floats, strength: float = STRENGTH) -> Floats:
    """Return the weights with the highest posterior density under a Dirichlet prior, by expectation and maximisation.

    At the answer w = (n m + a p) / (n + a), with n the decisions, m the mean share of them that each part explains
    under w, p the weights leaned on and a the strength. Parts without an answer on a decision are left out there.

    Parameters
    ----------
    likelihood
        Probability of each outcome under each part, not-a-number without an answer; shape (N, P). A decision of which
        every part says that it cannot be teaches nothing.
    towards
        The weights leaned on; shape (P,).
    strength
        Decisions that they count for.

    Examples
    --------
    >>> fit_weights(np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([0.5, 0.5]), 2.0).round(3).tolist()
    [0.75, 0.25]
    """
    there = ~np.isnan(likelihood)
    value = np.where(there, likelihood, 0.0)
    useful = value.max(axis=1, initial=0.0) > 0
    there, value = there[useful].astype(np.float64), value[useful]
    weights = np.array(towards, dtype=np.float64)
    for _ in range(_SWEEPS):
        share = weights * value
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-300)
        exposed = (there / (there @ weights)[:, None]).sum(axis=0)
        weights = (share.sum(axis=0) + strength * towards) / (exposed + strength) if len(value) else weights
        # Where all parts answer, exposed is N times 1 / (sum of weights): the update is the formula above.
        weights /= weights.sum()
    return weights


def fit_set(likelihood: Floats, rules: list[str], towards: Floats, strength: float = STRENGTH) -> dict[str, Any]:
    """Return the weights of all rules of a set, and of each rule leaning on those.

    Parameters
    ----------
    likelihood
        Shape (N, P).
    rules
        Of each decision; length N.
    towards
        What the weights of all rules lean on; shape (P,).
    strength
        See `fit_weights`.
    """
    pooled = fit_weights(likelihood, towards, strength)
    labels = np.array(rules)
    weights_of: dict[str, Any] = {"decisions": len(rules), "pooled": pooled.tolist(), "rules": {}}
    for rule in sorted(set(rules) - {"unknown"}):
        picked = labels == rule
        own = fit_weights(likelihood[picked], pooled, strength)
        weights_of["rules"][rule] = {"decisions": int(picked.sum()), "weights": own.tolist()}
    return weights_of


@dataclass(frozen=True, slots=True)
class Ensemble:
    """The ensemble under test.

    On exact decisions the learned distribution is fitted anew to the given cases, and the weights are fitted to what
    it says of each proposal without that proposal. On decisions with estimates it is used as packaged, and the weights
    lean on the packaged ones of the Council's decisions.
    """

    name: str = "ensemble"
    summary: str = "A mixture of models with weights by rule learned from backtests; the feasible set binds."
    fitted: bool = True

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Return the weights, and the learned distribution where it was fitted."""
        public = all(table.cases[row].estimated for row in rows)
        learned = {} if public else LEARNED.fit(table, rows)
        outside = np.full((len(rows), len(GRID)), np.nan) if public else LEARNED.left_out(table, rows)
        likelihood = likelihood_of(said_of(table), rows, outside)
        rules = [family(table.cases[row].rule) for row in rows]
        even = np.full(len(PARTS), 1 / len(PARTS))
        if not public:
            return {"sets": {COUNCIL: fit_set(likelihood, rules, even)}, "learned": learned}
        towards = np.asarray(packaged_parameters()["models"]["ensemble"]["sets"][COUNCIL]["pooled"])
        return {"sets": {PUBLIC: fit_set(likelihood, rules, towards)}, "learned": learned}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions."""
        fitted = parameters.get("learned") or packaged_parameters()["models"]["learned"]
        learned = LEARNED.predict(table, rows, fitted).distribution
        shares = _picked(said_of(table), rows).shares(np.asarray(learned))
        distribution = np.empty((len(rows), len(GRID)))
        for at, row in enumerate(rows):
            case = table.cases[row]
            weights = weights_for(parameters, PUBLIC if case.estimated else COUNCIL, family(case.rule))
            distribution[at] = mixed(weights.values, shares[at])
        return Prediction.of(distribution)


def _picked(said: Said, rows: Rows) -> Said:
    return Said(
        said.settled[rows],
        said.allowed[rows],
        said.status_quo[rows],
        said.learned[rows],
        said.place[rows],
        said.measured[rows],
    )


def likelihood_of(said: Said, rows: Rows, learned: Floats) -> Floats:
    """Return the probability of each outcome under each part; shape (n, P)."""
    picked = _picked(said, rows)
    return np.asarray(picked.shares(learned)[np.arange(len(rows)), :, picked.place])


def fit_shipped(council: CaseTable, public: CaseTable) -> dict[str, Any]:
    """Return the weights and training distances that are packaged.

    The weights of the Council's decisions lean on equal ones; those of decisions coded from public words lean on the
    Council's.

    Parameters
    ----------
    council, public
        All decisions of either set.
    """
    sets, even = {}, np.full(len(PARTS), 1 / len(PARTS))
    towards = even
    for name, table in ((COUNCIL, council), (PUBLIC, public)):
        rows = np.arange(len(table))
        said = said_of(table)
        learned = LEARNED.left_out(table, rows) if name == COUNCIL else np.full((len(rows), len(GRID)), np.nan)
        likelihood = likelihood_of(said, rows, learned)
        sets[name] = fit_set(likelihood, [family(case.rule) for case in table.cases], towards)
        known = said.measured[~np.isnan(said.measured).any(axis=1)]
        sets[name] |= {
            "impossible": int((np.nan_to_num(likelihood).max(axis=1) == 0).sum()),
            "training": training_of(known),
        }
        towards = np.asarray(sets[name]["pooled"])
    return {"parts": list(PARTS), "binding": list(BINDING), "strength": STRENGTH, "sets": sets}
