"""One model on all cases: its scores case by case, and what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable
from foedus.backtests.crossvalidation import cross_validate
from foedus.backtests.predictions import Model, Prediction
from foedus.backtests.scores import (
    INTERVALS,
    NEAR,
    crps,
    inside,
    inside_closed,
    likeliest_class,
    log_score,
    point_crps,
    quantile_of,
    randomised_transforms,
    three_way,
)
from foedus.base.randomness import Streams
from foedus.issues.sitting import Flags, Floats

_NO_INPUT = "an input that it needs is not in the data"


TRANSFORMS = 20
"""Randomised transforms of each case and repeat."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One model's scores, case by case; not-a-number where it gave no answer or the measure does not apply.

    Parameters
    ----------
    model, summary, default
        The model, and whether it is the one to use.
    error, error_of_median
        Absolute error of the point forecast or mean, and of the median, averaged over repeats; shape (N,).
    crps, log
        Averaged over repeats; shape (N,); ``log`` not-a-number for a point forecast.
    hit
        Share of repeats in which the median lies within five points; shape (N,).
    transforms
        Randomised transforms; shape (N, T), T = 0 for a point forecast.
    closed
        Share of repeats in which the closed central interval holds the outcome; shape (N, 3), as ``INTERVALS``.
    three_log, three_brier
        Scores of the three classes nothing, something less and as proposed: minus the logarithm of the probability of
        the class that came out, not-a-number for a point forecast, and the sum of squared misses; shape (N,).
    called, came
        The probability of the likeliest of the three classes, not-a-number for a point forecast, and whether that class
        came out; shape (N,).
    by_repeat
        Mean CRPS of each repeat; shape (R,).
    reasons
        Why it gave no answer, and how often, the first reason in the order of the cases first.
    in_sample
        How many of the cases its parameters were fitted to.
    """

    model: str
    summary: str
    default: bool
    error: Floats
    error_of_median: Floats
    crps: Floats
    log: Floats
    hit: Floats
    transforms: Floats
    closed: Floats
    three_log: Floats
    three_brier: Floats
    called: Floats
    came: Floats
    by_repeat: Floats
    reasons: tuple[tuple[str, int], ...] = ()
    in_sample: int = 0

    @property
    def is_point(self) -> bool:
        """Whether it gives points and no distributions."""
        return self.transforms.size == 0

    @property
    def failed(self) -> int:
        """Number of cases without an answer."""
        return int(np.isnan(self.error).sum())

    def summarised(self, picked: Flags | None = None) -> dict[str, Any]:
        """Return the mean scores of some cases, under the keys of the JSON contract.

        Parameters
        ----------
        picked
            Which cases; shape (N,). All if not given.
        """
        keep = ~np.isnan(self.error) & (True if picked is None else picked)
        shares = {str(round(100 * share)): place for place, share in enumerate(INTERVALS)}
        transforms = self.transforms[keep]
        known = not self.is_point and bool(keep.any())
        return {
            "model": self.model,
            "default": self.default,
            "issues": int(keep.sum()),
            "failed": int((np.isnan(self.error) & (True if picked is None else picked)).sum()),
            "reasons": [{"reason": words, "issues": count} for words, count in self.reasons] if picked is None else [],
            "in_sample": self.in_sample if picked is None else None,
            "mae": _mean(self.error[keep]),
            "mae_of_median": _mean(self.error_of_median[keep]),
            "crps": _mean(self.crps[keep]),
            "log_score": _mean(self.log[keep]) if known else None,
            "hits_within_5": _mean(self.hit[keep]),
            "three_way": {
                "log": _mean(self.three_log[keep]) if known else None,
                "brier": _mean(self.three_brier[keep]),
            },
            "coverage": {
                key: _mean(inside(transforms, INTERVALS[at])) if known else None for key, at in shares.items()
            },
            "calibration": calibration(self.called[keep], self.came[keep]) if known else None,
            "coverage_closed": {key: _mean(self.closed[keep, at]) if known else None for key, at in shares.items()},
        }

    def reliability(self, bins: int = 10) -> Floats:
        """Return the share of transforms in equal bins of [0, 1]; each is 1 / bins if calibrated; shape (bins,)."""
        held = self.transforms[~np.isnan(self.transforms).any(axis=1)].ravel()
        return np.asarray(np.histogram(held, bins=bins, range=(0, 1))[0] / max(len(held), 1))


def calibration(called: Floats, came: Floats) -> list[dict[str, float]]:
    """Return how often what was called so likely came, by steps of ten per cent.

    Parameters
    ----------
    called, came
        Probabilities of what was called, and 1 where it came; shape (N,).

    Returns
    -------
    list
        For each step with decisions in it ``from`` and ``to`` (excluded, save 1), ``called`` and ``came``, which are
        numbers of decisions.

    Examples
    --------
    >>> calibration(np.array([0.72, 0.78, 0.91]), np.array([1.0, 0.0, 1.0]))[0]
    {'from': 0.7, 'to': 0.8, 'called': 2, 'came': 1}
    """
    step = np.minimum((called * 10 + 1e-9).astype(np.intp), 9)
    return [
        {
            "from": round(k / 10, 1),
            "to": round((k + 1) / 10, 1),
            "called": int((step == k).sum()),
            "came": round(float(came[step == k].sum())),
        }
        for k in sorted(set(step.tolist()))
    ]


def _mean(values: Any) -> float | None:
    """Return the mean; None of nothing."""
    return float(np.mean(values)) if np.size(values) else None


def score(
    model: Model,
    table: CaseTable,
    folds: int,
    repeats: int,
    seed: int,
    *,
    default: bool = False,
    parameters: Mapping[str, Any] | None = None,
) -> Scored:
    """Return one model's scores; see `backtest`."""
    if parameters is None:
        given = [cross_validate(model, table, folds, repeat, seed) for repeat in range(repeats if model.fitted else 1)]
    else:
        given = [_as_shipped(model, table, parameters["models"])]
    streams = Streams(seed)
    parts = [_score_once(prediction, table, streams, repeat) for repeat, prediction in enumerate(given)]
    whole = {key: np.mean([part[key] for part in parts], axis=0) for key in parts[0] if key != "transforms"}
    return Scored(
        model.name,
        model.summary,
        default,
        transforms=np.concatenate([part["transforms"] for part in parts], axis=1),
        by_repeat=np.array([part["crps"][~np.isnan(part["crps"])].mean() for part in parts if not _empty(part)]),
        reasons=_reasons(given[0]),
        **whole,
    )


def _reasons(given: Prediction) -> tuple[tuple[str, int], ...]:
    told = given.reasons or ("",) * len(given.point)
    missing = [words or _NO_INPUT for words, there in zip(told, given.answered, strict=True) if not there]
    return tuple(Counter(missing).items())


def _empty(part: Mapping[str, Floats]) -> bool:
    return bool(np.isnan(part["crps"]).all())


def _as_shipped(model: Model, table: CaseTable, parameters: Mapping[str, Any]) -> Prediction:
    everything = np.arange(len(table))
    if not model.fitted:
        return model.predict(table, everything, {})
    if model.name in parameters:
        return model.predict(table, everything, parameters[model.name])
    return Prediction(np.full(len(table), np.nan), reasons=("no shipped parameters for it",) * len(table))


def _score_once(given: Prediction, table: CaseTable, streams: Streams, repeat: int) -> dict[str, Floats]:
    outcome, missing = table.outcome, ~given.answered
    if given.distribution is None:
        point = np.where(missing, 0.0, given.point)
        error = np.abs(point - outcome)
        scores = {
            "error": error,
            "error_of_median": error,
            "crps": point_crps(point, outcome),
            "log": np.full(len(outcome), np.nan),
            "hit": (error <= NEAR) * 1.0,
            "transforms": np.empty((len(outcome), 0)),
            "closed": np.full((len(outcome), len(INTERVALS)), np.nan),
            "three_log": np.full(len(outcome), np.nan),
            "three_brier": three_way(np.eye(101)[np.clip(np.rint(point), 0, 100).astype(np.intp)], outcome)[1],
            "called": np.full(len(outcome), np.nan),
            "came": np.full(len(outcome), np.nan),
        }
    else:
        distribution = np.where(missing[:, None], 1 / 101, given.distribution)
        error_of_median = np.abs(quantile_of(distribution, 0.5) - outcome)
        drawn = range(repeat * TRANSFORMS, (repeat + 1) * TRANSFORMS)
        transforms = [randomised_transforms(distribution, outcome, table.issues, streams, draw) for draw in drawn]
        scores = {
            "error": np.abs(np.where(missing, 0.0, given.point) - outcome),
            "error_of_median": error_of_median,
            "crps": crps(distribution, outcome),
            "log": log_score(distribution, outcome),
            "hit": (error_of_median <= NEAR) * 1.0,
            "transforms": np.stack(transforms, axis=1),
            "closed": np.stack([inside_closed(distribution, outcome, share) * 1.0 for share in INTERVALS], axis=1),
        }
        scores["three_log"], scores["three_brier"] = three_way(distribution, outcome)
        scores["called"], scores["came"] = likeliest_class(distribution, outcome)
    for values in scores.values():
        values[missing] = np.nan
    return scores
