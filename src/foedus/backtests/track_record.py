"""Fitting the track-record model to decisions with known outcomes.

What is maximised is the log likelihood of the class that came out, each decision's probability being the mean over its
draws, less half the penalty times the sum of squared slopes. Signs are held to what they may mean: an offer or a
softening never speaks against a change, a threat or lower positions never for one, and each weighs on the proposal at
least as much as on another option: so more opposition never makes the proposal likelier.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from foedus.backtests.case import CaseTable, PastCase, Rows
from foedus.backtests.predictions import Prediction
from foedus.backtests.room import ESTIMATES, assumed
from foedus.backtests.scores import kind_of
from foedus.backtests.sittings import sitting_of
from foedus.base.files import write_atomically
from foedus.ensembles.features import GRID
from foedus.issues import Agenda, Sitting
from foedus.issues.sitting import Flags, Floats
from foedus.settlement.consensus import CONSENSUS
from foedus.settlement.track_record import SIGNS, Fit, class_of, signs_of, spread

NAME = "track-record"
PENALTIES = (0.3, 1.0, 3.0)
"""Tried for the slopes; the one with the best log score over the other disputes is used."""
LOOSE = 0.1
"""Penalty of the intercepts."""
FLOORS = (0.01, 0.02, 0.03, 0.05)
EVENLY = 0.3
"""Share of a class that goes evenly to its options; the log score and CRPS hardly move from .2 to .5."""
PENALTY, FLOOR = 0.3, 0.01
"""What `fit_best` chooses on the packaged set for the meeting."""
INNER = 5
"""Parts into which the other disputes are dealt to choose penalty and floor."""

_BOUND = {"threat": (None, 0), "offer": (0, None), "softening": (0, None), "lowest": (0, None), "agreed": (0, None)}
_BOUND |= {"nothing": (None, 0), "as proposed": (0, None)}


@dataclass(frozen=True, slots=True)
class Seen:
    """A decision as the model sees it.

    Attributes
    ----------
    agenda
        Its options.
    choice
        What the consensus model settles on in each draw; shape (D,).
    signs
        Shape (D, signs).
    open_
        Which classes there are options for; shape (3,).
    """

    agenda: Agenda
    choice: Rows
    signs: Floats
    open_: Flags


def seen_of(table: CaseTable) -> list[Seen | None]:
    """Return what the model sees of each case, worked out once; None without status quo or proposal."""
    return table.remembered((NAME,), lambda: [_seen(case) for case in table.cases])


def _seen(case: PastCase) -> Seen | None:
    proposer = next((standing.position for standing in case.standings if standing.role == "proposer"), None)
    if case.reference is None or proposer is None or proposer == case.reference:
        return None
    sitting = _sitting(case, case.reference, proposer)
    choice = CONSENSUS.choose(sitting)[:, 0]
    agenda = sitting.agendas[0]
    there = np.bincount(class_of(agenda), minlength=3) > 0
    return Seen(agenda, choice, signs_of(sitting, 0, choice), there)


def _sitting(case: PastCase, reference: float, setter: float) -> Sitting:
    given = {assumption.name: assumed(assumption, ESTIMATES) for assumption in CONSENSUS.card.assumptions}
    ends = {"reference": np.array([reference]), "setter": np.array([setter])}
    return sitting_of([case], given, ESTIMATES, **ends, everywhere=True)


def fit_classes(seen: Sequence[Seen], kinds: Sequence[int], penalty: float) -> Fit:
    """Return intercepts and slopes at the mode of the penalised likelihood, with the smallest floor.

    Parameters
    ----------
    seen, kinds
        Decisions, and the class of each outcome.
    penalty
        Of the slopes.
    """
    signs = np.concatenate([decision.signs for decision in seen])
    owner = np.repeat(np.arange(len(seen)), [len(decision.signs) for decision in seen])
    there = np.array([decision.open_ for decision in seen])[owner]
    kind = np.asarray(kinds)[owner]
    count = np.bincount(owner)
    width = signs.shape[1]

    def beta_of(theta: Floats) -> Floats:
        other, more = theta[2:].reshape(2, width)
        return np.stack([other, other + more])

    def loss(theta: Floats) -> tuple[float, Floats]:
        beta = beta_of(theta)
        p = Fit(theta[:2], beta, 0.0, 0.0).classes(signs, np.ones(3, bool)) * there
        p = p / p.sum(axis=1, keepdims=True)
        likelihood = np.maximum(p[np.arange(len(p)), kind], 1e-12)
        total = np.bincount(owner, likelihood)
        # Each draw counts by how much of its decision's probability it holds.
        responsibility = likelihood / total[owner]
        residual = (p - np.eye(3)[kind]) * responsibility[:, None]
        value = -np.log(total / count).sum() + 0.5 * penalty * (beta**2).sum() + 0.5 * LOOSE * (theta[:2] ** 2).sum()
        by_slope = residual[:, 1:].T @ signs + penalty * beta
        gradient = np.concatenate([residual[:, 1:].sum(axis=0) + LOOSE * theta[:2], by_slope.sum(axis=0), by_slope[1]])
        return float(value), gradient

    bounds = [(None, None)] * 2 + [_BOUND.get(name, (None, None)) for name in SIGNS] * 2
    # Four digits of the loss are more than the data can tell apart.
    best = minimize(loss, np.zeros(2 + 2 * width), jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-7})
    return Fit(best.x[:2], beta_of(best.x), FLOORS[0], EVENLY)


def classes(fit: Fit, decision: Seen) -> Floats:
    """Return the probability of each class of a decision; shape (3,)."""
    return np.asarray(fit.classes(decision.signs, decision.open_).mean(axis=0))


def fit_best(seen: Sequence[Seen], kinds: Sequence[int], disputes: Sequence[str]) -> tuple[Fit, float]:
    """Return the fit with penalty and floor chosen by the log score over disputes left out, and the penalty."""
    names = sorted(set(disputes))
    part = np.array([names.index(dispute) % INNER for dispute in disputes])
    scores: dict[tuple[float, float], float] = dict.fromkeys(
        [(penalty, floor) for penalty in PENALTIES for floor in FLOORS], 0.0
    )
    for penalty in PENALTIES:
        for out in range(INNER):
            keep = [int(i) for i in np.flatnonzero(part != out)]
            test = [int(i) for i in np.flatnonzero(part == out)]
            fit = fit_classes([seen[i] for i in keep], [kinds[i] for i in keep], penalty)
            for floor in FLOORS:
                floored = Fit(fit.intercepts, fit.slopes, floor, EVENLY)
                scores[penalty, floor] -= sum(math.log(max(classes(floored, seen[i])[kinds[i]], 1e-12)) for i in test)
    penalty, floor = min(scores, key=lambda key: scores[key])
    fit = fit_classes(seen, kinds, penalty)
    return Fit(fit.intercepts, fit.slopes, floor, EVENLY), penalty


@dataclass(frozen=True, slots=True)
class TrackRecordFit:
    """The track-record model under test, fitted to the other disputes.

    Penalty and floor are those that `fit_best` chose on all; chosen anew inside each of ten parts they are nearly the
    same, and so are the scores (``python -m foedus.backtests nested``).
    """

    name: str = NAME
    summary: str = "The consensus model's answer, corrected by how decisions with such signs have ended."
    fitted: bool = True

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Return the fitted numbers."""
        seen, kinds = seen_of(table), kind_of(table.outcome)
        used = [row for row in rows if _open(seen[row], int(kinds[row]))]
        chosen = [decision for row in used if (decision := seen[row]) is not None]
        fit = fit_classes(chosen, [int(kinds[row]) for row in used], PENALTY)
        return as_numbers(replace(fit, floor=FLOOR)) | {"penalty": PENALTY, "decisions": len(used)}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions."""
        fit, seen = Fit.of(parameters), seen_of(table)
        density = np.full((len(rows), len(GRID)), np.nan)
        for at, row in enumerate(rows):
            decision = seen[row]
            if decision is not None:
                shares = spread(fit, decision.agenda, decision.signs, decision.choice).mean(axis=0)
                density[at] = np.bincount(np.rint(decision.agenda.options).astype(np.intp), shares, len(GRID))
        return Prediction.of(density)


def as_numbers(fit: Fit) -> dict[str, Any]:
    """Return a fit in its stored form."""
    return {
        "intercepts": [round(float(intercept), 6) for intercept in fit.intercepts],
        "slopes": [[round(float(value), 6) for value in row] for row in fit.slopes],
        "floor": fit.floor,
        "evenly": fit.evenly,
    }


def fit_packaged(cases: Sequence[PastCase]) -> dict[str, Any]:
    """Return what is packaged: the fits of both horizons to all decisions."""
    table = CaseTable([case for case in cases if case.scoreable])
    horizons = {}
    for horizon in ("meeting", "year"):
        seen, used, kinds = teaching(table, horizon)
        fit, penalty = fit_best(
            [decision for row in used if (decision := seen[row]) is not None],
            kinds,
            [table.proposals[row] for row in used],
        )
        shares = np.bincount(kinds, minlength=3) / len(kinds)
        horizons[horizon] = as_numbers(fit) | {
            "penalty": penalty,
            "decisions": len(used),
            "came_out": [round(float(share), 4) for share in shares],
        }
    return {"signs": list(SIGNS), "horizons": horizons}


@dataclass(frozen=True, slots=True)
class Nested:
    """Scores of three classes with penalty and floor chosen inside each part's other disputes.

    Attributes
    ----------
    horizon
        ``meeting`` or ``year``.
    decisions
        How many were scored.
    log, brier
        Means.
    base_log, base_brier
        The same of the shares of the three classes among the other parts' decisions.
    early
        The log score on decisions coded only from pages that are older than the decision, and how many they are.
    """

    horizon: str
    decisions: int
    log: float
    brier: float
    base_log: float
    base_brier: float
    early: tuple[float, int]


def nested(cases: Sequence[PastCase], late: Collection[str] = (), horizon: str = "meeting", parts: int = 10) -> Nested:
    """Return how the model scores on disputes that chose none of its numbers.

    Parameters
    ----------
    cases
        Of the packaged set.
    late
        Ids of decisions that were coded, in part, from pages written after the day.
    horizon, parts
        Which outcome; into how many parts the disputes are dealt.
    """
    table = CaseTable([case for case in cases if case.scoreable])
    seen, used, kinds = teaching(table, horizon)
    names = sorted(set(table.proposals))
    part = np.array([names.index(table.proposals[row]) % parts for row in used])
    rows = []
    for out in range(parts):
        keep = [int(place) for place in np.flatnonzero(part != out)]
        chosen = [decision for place in keep if (decision := seen[used[place]]) is not None]
        taught = [kinds[place] for place in keep]
        fit, _ = fit_best(chosen, taught, [table.proposals[used[place]] for place in keep])
        base = np.bincount(taught, minlength=3) / len(taught)
        for place in np.flatnonzero(part == out):
            decision = seen[used[place]]
            if decision is not None:
                rows.append((_scores(classes(fit, decision), kinds[place]), _scores(base, kinds[place]), used[place]))
    log, brier = np.mean([own for own, _, _ in rows], axis=0)
    base_log, base_brier = np.mean([base for _, base, _ in rows], axis=0)
    early = [own[0] for own, _, row in rows if table.issues[row] not in late]
    told = (float(np.mean(early)), len(early))
    return Nested(horizon, len(rows), float(log), float(brier), float(base_log), float(base_brier), told)


def _scores(share: Floats, kind: int) -> tuple[float, float]:
    return -float(np.log(share[kind])), float(((share - np.eye(3)[kind]) ** 2).sum())


def teaching(table: CaseTable, horizon: str) -> tuple[list[Seen | None], list[int], list[int]]:
    """Return what the model sees of each case, which cases teach a horizon, and the class of each outcome."""
    seen = seen_of(table)
    outcomes = [case.outcome if horizon == "meeting" else case.outcome_in_a_year for case in table.cases]
    used = [row for row, outcome in enumerate(outcomes) if outcome is not None and seen[row] is not None]
    came = kind_of(np.array([outcomes[row] for row in used], np.float64)).tolist()
    # Where the only options are nothing and the proposal, no third class can come out within the year.
    both = [(row, kind) for row, kind in zip(used, came, strict=True) if _open(seen[row], kind)]
    return seen, [row for row, _ in both], [kind for _, kind in both]


def _open(decision: Seen | None, kind: int) -> bool:
    return decision is not None and bool(decision.open_[kind])


def write_track_record(cases: Sequence[PastCase]) -> None:
    """Replace the packaged numbers."""
    target = Path(__file__).parents[1] / "settlement" / "track_record.json"
    write_atomically(target, json.dumps(fit_packaged(cases), indent=1) + "\n")
