"""The backtest: every model on the same cases, scored alike, with what the differences are worth."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.bootstrap import Difference, paired_difference
from foedus.backtests.case import CaseTable, PastCase
from foedus.backtests.predictions import Model
from foedus.backtests.scoring import Scored, score
from foedus.backtests.seen import seen_by
from foedus.backtests.sittings import family
from foedus.base.answers import Recorded
from foedus.base.errors import FoedusError
from foedus.base.workers import ALONE, Workers, in_order
from foedus.issues.sitting import Flags


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
        return any(scored_model.default for scored_model in self.scored)

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
        counts: dict[str, int] = {}
        for case in sorted(self.table.cases, key=lambda case: case.rule):
            counts[case.rule] = counts.get(case.rule, 0) + 1
        return counts

    @property
    def default(self) -> Scored:
        """The model to use; the first if none is marked."""
        return next((scored_model for scored_model in self.scored if scored_model.default), self.scored[0])

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
                yield by, label, np.array([value == label for value in labels])

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
        return [
            scored_model.summarised() | {"crps_by_repeat": [float(value) for value in scored_model.by_repeat]}
            for scored_model in self.scored
        ]

    @property
    def compared(self) -> list[dict[str, Any]]:
        """How the default model compares with each other one."""
        return [
            {
                "model": self.default.model,
                "against": name,
                "crps": difference.mean,
                "low": difference.low,
                "high": difference.high,
                "better": difference.better,
                "proposals": difference.groups,
            }
            for name, difference in self.differences().items()
        ]

    @property
    def broken_down(self) -> list[dict[str, Any]]:
        """The scores of each model in each subgroup."""
        return [
            {"by": by, "label": label, "models": [scored_model.summarised(picked) for scored_model in self.scored]}
            for by, label, picked in self.breakdowns()
        ]


def groups_of(cases: Sequence[PastCase]) -> dict[str, list[str]]:
    """Return the labels that scores are broken down by, each with a value for every case.

    They are the rule as the file has it, the number of poles, whether there is a reference point, and whatever
    groups the layout gives.
    """
    by_kind = {
        "rule": [case.rule for case in cases],
        "poles": [str(case.poles) if case.poles < 5 else "5 or more" for case in cases],
        "reference point": ["present" if case.reference is not None else "absent" for case in cases],
    }
    names = sorted({name for case in cases for name, _ in case.groups})
    return by_kind | {name: [dict(case.groups).get(name, "unknown") for case in cases] for name in names}


def backtest(
    cases: Sequence[PastCase],
    models: Sequence[Model],
    *,
    data: str = "",
    folds: int = 10,
    repeats: int = 5,
    seed: int = 1,
    default: str = "learned",
    parameters: Mapping[str, Any] | None = None,
    workers: Workers = ALONE,
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
    workers
        Where models are scored, each a unit; it changes no score.

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
    scored = in_order(_scored, (table, folds, repeats, seed, mark, parameters), models, workers)
    return Backtest(
        data,
        table,
        tuple(case.issue for case in cases if not case.scoreable),
        folds if parameters is None else 0,
        repeats if parameters is None else 1,
        seed,
        tuple(
            dataclasses.replace(found, in_sample=len(seen) if model.fitted else 0)
            for model, found in zip(models, scored, strict=True)
        ),
        tuple(sorted({case.rule for case in table.cases if _rule(case.rule) not in known})) if trained else (),
        seen=seen,
    )


def _scored(shared: tuple[CaseTable, int, int, int, str, Mapping[str, Any] | None], model: Model) -> Scored:
    table, folds, repeats, seed, mark, parameters = shared
    return score(model, table, folds, repeats, seed, default=model.name == mark, parameters=parameters)


def _rule(label: str) -> str:
    """Return the rule that a label names, or the label itself where it names none that is known."""
    rule = family(label)
    return label if rule == "unknown" else rule
