"""Fitting the track-record model to decisions with known outcomes.

What is maximised is the log likelihood of the class that came out, each decision's probability being the mean over its
draws, less half the penalty times the sum of squared slopes. Signs are held to what they may mean: an offer or a
softening never speaks against a change, a threat or lower positions never for one.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from foedus.backtests.case import Case, CaseTable, Rows
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
PENALTY, FLOOR = 0.3, 0.03
"""What `fit_best` chooses on the packaged set for the meeting."""
INNER = 5
"""Parts into which the other disputes are dealt to choose penalty and floor."""

_BOUND = {"threat": (None, 0), "offer": (0, None), "softening": (0, None), "mean": (0, None), "lowest": (0, None)}
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


def _seen(case: Case) -> Seen | None:
    proposer = next((one.position for one in case.standings if one.role == "proposer"), None)
    if case.reference is None or proposer is None or proposer == case.reference:
        return None
    sitting = _sitting(case, case.reference, proposer)
    choice = CONSENSUS.choose(sitting)[:, 0]
    agenda = sitting.agendas[0]
    there = np.bincount(class_of(agenda), minlength=3) > 0
    return Seen(agenda, choice, signs_of(sitting, 0, choice), there)


def _sitting(case: Case, reference: float, setter: float) -> Sitting:
    given = {one.name: assumed(one, ESTIMATES) for one in CONSENSUS.card.assumptions}
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
    signs = np.concatenate([one.signs for one in seen])
    owner = np.repeat(np.arange(len(seen)), [len(one.signs) for one in seen])
    there = np.array([one.open_ for one in seen])[owner]
    kind = np.asarray(kinds)[owner]
    count = np.bincount(owner)
    width = signs.shape[1]

    def loss(theta: Floats) -> tuple[float, Floats]:
        slopes = theta[2:].reshape(2, width)
        p = Fit(theta[:2], slopes, 0.0, 0.0).classes(signs, np.ones(3, bool)) * there
        p = p / p.sum(axis=1, keepdims=True)
        own = np.maximum(p[np.arange(len(p)), kind], 1e-12)
        total = np.bincount(owner, own)
        # Each draw counts by how much of its decision's probability it holds.
        weight = own / total[owner]
        miss = (p - np.eye(3)[kind]) * weight[:, None]
        value = -np.log(total / count).sum() + 0.5 * penalty * (slopes**2).sum() + 0.5 * LOOSE * (theta[:2] ** 2).sum()
        gradient = np.concatenate([miss[:, 1:].sum(axis=0) + LOOSE * theta[:2], (miss[:, 1:].T @ signs).ravel()])
        gradient[2:] += penalty * theta[2:]
        return float(value), gradient

    bounds = [(None, None)] * 2 + [_BOUND.get(name, (None, None)) for name in SIGNS] * 2
    # Four digits of the loss are more than the data can tell apart.
    found = minimize(loss, np.zeros(2 + 2 * width), jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-7})
    return Fit(found.x[:2], found.x[2:].reshape(2, width), FLOORS[0], EVENLY)


def classes(fit: Fit, one: Seen) -> Floats:
    """Return the probability of each class of a decision; shape (3,)."""
    return np.asarray(fit.classes(one.signs, one.open_).mean(axis=0))


def fit_best(seen: Sequence[Seen], kinds: Sequence[int], disputes: Sequence[str]) -> tuple[Fit, float]:
    """Return the fit with penalty and floor chosen by the log score over disputes left out, and the penalty."""
    names = sorted(set(disputes))
    part = np.array([names.index(one) % INNER for one in disputes])
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
        chosen = [one for row in used if (one := seen[row]) is not None]
        fit = fit_classes(chosen, [int(kinds[row]) for row in used], PENALTY)
        return as_numbers(replace(fit, floor=FLOOR)) | {"penalty": PENALTY, "decisions": len(used)}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions."""
        fit, seen = Fit.of(parameters), seen_of(table)
        found = np.full((len(rows), len(GRID)), np.nan)
        for at, row in enumerate(rows):
            one = seen[row]
            if one is not None:
                shares = spread(fit, one.agenda, one.signs, one.choice).mean(axis=0)
                found[at] = np.bincount(np.rint(one.agenda.options).astype(np.intp), shares, len(GRID))
        return Prediction.of(found)


def as_numbers(fit: Fit) -> dict[str, Any]:
    """Return a fit in its stored form."""
    return {
        "intercepts": [round(float(one), 6) for one in fit.intercepts],
        "slopes": [[round(float(one), 6) for one in row] for row in fit.slopes],
        "floor": fit.floor,
        "evenly": fit.evenly,
    }


def fit_packaged(cases: Sequence[Case]) -> dict[str, Any]:
    """Return what is packaged: the fits of both horizons to all decisions."""
    table = CaseTable([case for case in cases if case.scoreable])
    seen = seen_of(table)
    horizons = {}
    for horizon in ("meeting", "year"):
        outcomes = [case.outcome if horizon == "meeting" else case.outcome_in_a_year for case in table.cases]
        used = [row for row, outcome in enumerate(outcomes) if outcome is not None and seen[row] is not None]
        came = kind_of(np.array([outcomes[row] for row in used], np.float64)).tolist()
        # Where the only options are nothing and the proposal, no third class can come out within the year.
        both = [(row, kind) for row, kind in zip(used, came, strict=True) if _open(seen[row], kind)]
        used, kinds = [row for row, _ in both], [kind for _, kind in both]
        fit, penalty = fit_best(
            [one for row in used if (one := seen[row]) is not None], kinds, [table.proposals[row] for row in used]
        )
        shares = np.bincount(kinds, minlength=3) / len(kinds)
        horizons[horizon] = as_numbers(fit) | {
            "penalty": penalty,
            "decisions": len(used),
            "came_out": [round(float(share), 4) for share in shares],
        }
    return {"signs": list(SIGNS), "horizons": horizons}


def nested(cases: Sequence[Case], parts: int = 10) -> tuple[float, float]:
    """Return the mean log and Brier score of three classes with penalty and floor chosen inside each part's others."""
    table = CaseTable([case for case in cases if case.scoreable])
    seen, kinds = seen_of(table), kind_of(table.outcome)
    names = sorted(set(table.proposals))
    part = np.array([names.index(one) % parts for one in table.proposals])
    used = np.array([row for row in range(len(table)) if _open(seen[row], int(kinds[row]))])
    log, brier = [], []
    for out in range(parts):
        keep = [int(row) for row in used if part[row] != out]
        chosen = [one for row in keep if (one := seen[row]) is not None]
        fit, _ = fit_best(chosen, [int(kinds[row]) for row in keep], [table.proposals[row] for row in keep])
        for row in used[part[used] == out]:
            if (one := seen[row]) is not None:
                share = classes(fit, one)
                log.append(-float(np.log(share[kinds[row]])))
                brier.append(float(((share - np.eye(3)[kinds[row]]) ** 2).sum()))
    return float(np.mean(log)), float(np.mean(brier))


def _open(one: Seen | None, kind: int) -> bool:
    return one is not None and bool(one.open_[kind])


def write_track_record(cases: Sequence[Case]) -> None:
    """Replace the packaged numbers."""
    target = Path(__file__).parents[1] / "settlement" / "track_record.json"
    write_atomically(target, json.dumps(fit_packaged(cases), indent=1) + "\n")
