"""The backtest: every model on the same cases, scored alike, with what the differences are worth."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.bootstrap import Difference, paired_difference
from foedus.backtests.case import Case, CaseTable
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
from foedus.backtests.seen import seen_by
from foedus.backtests.sittings import family
from foedus.base.answers import Recorded
from foedus.base.errors import FoedusError
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
        shares = {f"{share:.0%}".removesuffix("%"): place for place, share in enumerate(INTERVALS)}
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
    return float(np.mean(values)) if np.size(values) else None


@dataclass(frozen=True, slots=True)
class Backtest(Recorded):
    """What a backtest found.

    Parameters
    ----------
    data
        Name of the data.
    table
        The cases that could be scored.
    left_out
        Ids of the issues that could not.
    folds, repeats, seed
        How it was cross-validated; ``folds`` is 0 where shipped parameters were used as they are.
    scored
        One for each model, in order.
    unknown_rules
        Labels of voting rules that the fit behind the shipped parameters did not hold.
    data_sha256
        Of the file; empty where the cases came from elsewhere.
    warnings
        What a reader must know before using the numbers.
    seen
        Ids of the issues that the shipped parameters were fitted to, where these were used as they are.
    unit
        What is left out as a whole, in words: ``proposal`` or ``dispute``.
    use
        What the marked model is, for the line below the board.
    """

    KEYS = (
        "data data_sha256? warnings rules issues proposals left_out folds repeats seed fitted "
        "in_sample in_sample_issues=seen unit unknown_rules models differences=compared "
        "breakdowns=broken_down"
    )

    data: str
    table: CaseTable
    left_out: tuple[str, ...]
    folds: int
    repeats: int
    seed: int
    scored: tuple[Scored, ...]
    unknown_rules: tuple[str, ...]
    data_sha256: str = ""
    warnings: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    unit: str = "proposal"
    use: str = "the model of Foedus that is fitted to such data, against which the others are compared"

    @property
    def marked(self) -> bool:
        """Whether a model is marked on the board; none is by scores of a fit to its own data."""
        return any(one.default for one in self.scored)

    @property
    def how(self) -> str:
        """How it was scored, in words."""
        if not self.folds:
            return "Nothing was fitted: the shipped parameters as they are."
        if self.folds == len(set(self.table.proposals)):
            return f"Leaving out one {self.unit} at a time, seed {self.seed}."
        return f"Cross-validated over whole {self.unit}s: {self.folds} folds, {self.repeats} repeats, seed {self.seed}."

    @property
    def rules(self) -> dict[str, int]:
        """Number of issues by the label of the voting rule, labels as the file has them."""
        found: dict[str, int] = {}
        for case in sorted(self.table.cases, key=lambda case: case.rule):
            found[case.rule] = found.get(case.rule, 0) + 1
        return found

    @property
    def default(self) -> Scored:
        """The model to use; the first if none is marked."""
        return next((one for one in self.scored if one.default), self.scored[0])

    def differences(self, measure: str = "crps") -> dict[str, Difference]:
        """Return how the default model compares with each other one: a paired bootstrap over proposals.

        There are none where issues are among those that the shipped parameters were fitted to.

        Parameters
        ----------
        measure
            ``crps``, ``error``, ``error_of_median`` or ``log``.
        """
        if self.seen:
            return {}
        mine = getattr(self.default, measure)
        return {
            other.model: paired_difference(mine, getattr(other, measure), self.table.proposal, seed=self.seed)
            for other in self.scored
            if other is not self.default
        }

    def breakdowns(self) -> Iterator[tuple[str, str, Flags]]:
        """Yield each subgroup: what it is by, its label, and which cases belong to it; shape (N,)."""
        for by, labels in groups_of(self.table.cases).items():
            for label in sorted(set(labels)):
                yield by, label, np.array([one == label for one in labels])

    @property
    def proposals(self) -> int:
        """How many proposals, or disputes, the cases belong to."""
        return len(set(self.table.proposals))

    @property
    def issues(self) -> int:
        """How many issues were scored."""
        return len(self.table)

    @property
    def in_sample(self) -> int:
        """How many of them the shipped parameters were fitted to."""
        return len(self.seen)

    @property
    def fitted(self) -> bool:
        """Whether models were fitted, and not the shipped parameters used as they are."""
        return self.folds > 0

    @property
    def models(self) -> list[dict[str, Any]]:
        """Each model with its scores, over all repeats and in each."""
        return [one.summarised() | {"crps_by_repeat": [float(value) for value in one.by_repeat]} for one in self.scored]

    @property
    def compared(self) -> list[dict[str, Any]]:
        """How the default model compares with each other one."""
        return [
            {
                "model": self.default.model,
                "against": name,
                "crps": one.mean,
                "low": one.low,
                "high": one.high,
                "better": one.better,
                "proposals": one.groups,
            }
            for name, one in self.differences().items()
        ]

    @property
    def broken_down(self) -> list[dict[str, Any]]:
        """The scores of each model in each subgroup."""
        return [
            {"by": by, "label": label, "models": [one.summarised(picked) for one in self.scored]}
            for by, label, picked in self.breakdowns()
        ]


def groups_of(cases: Sequence[Case]) -> dict[str, list[str]]:
    """Return the labels that scores are broken down by, each with a value for every case.

    They are the rule as the file has it, the number of poles, whether there is a reference point, and whatever
    groups the layout gives.
    """
    found = {
        "rule": [case.rule for case in cases],
        "poles": [str(case.poles) if case.poles < 5 else "5 or more" for case in cases],
        "reference point": ["present" if case.reference is not None else "absent" for case in cases],
    }
    names = sorted({name for case in cases for name, _ in case.groups})
    return found | {name: [dict(case.groups).get(name, "unknown") for case in cases] for name in names}


def backtest(
    cases: Sequence[Case],
    models: Sequence[Model],
    *,
    data: str = "",
    folds: int = 10,
    repeats: int = 5,
    seed: int = 1,
    default: str = "learned",
    parameters: Mapping[str, Any] | None = None,
) -> Backtest:
    """Score models on decisions with known outcomes.

    Parameters
    ----------
    cases
        As read; those that cannot be scored are left out and named.
    models
        In the order of the leader board.
    data
        What to call the data.
    folds, repeats, seed
        Cross-validation over whole proposals.
    default
        Name of the model to mark as the one to use.
    parameters
        Packaged parameters (`foedus.ensembles.learned.packaged_parameters`): nothing is fitted and they are used as
        they are. A model without parameters among them gives no answer.

    Raises
    ------
    FoedusError
        When no case can be scored, or there are fewer proposals than folds.
    """
    try:
        table = CaseTable([case for case in cases if case.scoreable])
    except ValueError as error:
        raise FoedusError(f"{data or 'the data'}: {error}") from None
    proposals = len(set(table.proposals))
    if parameters is None and not 2 <= folds <= proposals:
        raise FoedusError(f"{folds} folds need at least as many proposals, and 2; {data or 'the data'} has {proposals}")
    trained = {} if parameters is None else parameters["training"]
    known = {_rule(label) for label in trained.get("rules", ())}
    asked = trained and any(model.fitted for model in models)
    seen = tuple(case.issue for case in seen_by(trained, table.cases)) if asked else ()
    mark = "" if seen else default
    return Backtest(
        data,
        table,
        tuple(case.issue for case in cases if not case.scoreable),
        folds if parameters is None else 0,
        repeats if parameters is None else 1,
        seed,
        tuple(
            dataclasses.replace(
                score(
                    model,
                    table,
                    folds,
                    repeats,
                    seed,
                    default=model.name == mark,
                    parameters=parameters,
                ),
                in_sample=len(seen) if model.fitted else 0,
            )
            for model in models
        ),
        tuple(sorted({case.rule for case in table.cases if _rule(case.rule) not in known})) if trained else (),
        seen=seen,
    )


def _rule(label: str) -> str:
    """Return the rule that a label names, or the label itself where it names none that is known."""
    found = family(label)
    return label if found == "unknown" else found


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
        given = [cross_validate(model, table, folds, one, seed) for one in range(repeats if model.fitted else 1)]
    else:
        given = [_as_shipped(model, table, parameters["models"])]
    streams = Streams(seed)
    parts = [_score_once(one, table, streams, repeat) for repeat, one in enumerate(given)]
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
        found = {
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
        transforms = [randomised_transforms(distribution, outcome, table.issues, streams, one) for one in drawn]
        found = {
            "error": np.abs(np.where(missing, 0.0, given.point) - outcome),
            "error_of_median": error_of_median,
            "crps": crps(distribution, outcome),
            "log": log_score(distribution, outcome),
            "hit": (error_of_median <= NEAR) * 1.0,
            "transforms": np.stack(transforms, axis=1),
            "closed": np.stack([inside_closed(distribution, outcome, share) * 1.0 for share in INTERVALS], axis=1),
        }
        found["three_log"], found["three_brier"] = three_way(distribution, outcome)
        found["called"], found["came"] = likeliest_class(distribution, outcome)
    for values in found.values():
        values[missing] = np.nan
    return found
