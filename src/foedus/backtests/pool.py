"""The learned distribution under test: the mean of models of which none chose its features, and the count of votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.backtests.case import CaseTable, PastCase, Rows
from foedus.backtests.logit import TEN_FEATURES, WHOLE_LIBRARY, LogitModel
from foedus.backtests.mixture import PoleMixture
from foedus.backtests.predictions import Prediction
from foedus.backtests.sittings import RULES, decides_of, everybody, rule_of
from foedus.ensembles.carried import classes_of, fit_tilt, tilted
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
        """Return the parameters of each part by its name, and what the count of votes adds."""
        parts = {part.name: dict(part.fit(table, rows)) for part in self.parts}
        return {"parts": parts, "tilt": _tilt(table, rows, self.untilted(table, rows)).tolist()}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions."""
        distributions = [part.predict(table, rows, parameters["parts"][part.name]).distribution for part in self.parts]
        mean = pooled(np.stack([distribution for distribution in distributions if distribution is not None]))
        carries, classes = counted(table)
        return Prediction.of(tilted(mean, np.asarray(parameters["tilt"]), carries[rows], classes[rows]))

    def left_out(self, table: CaseTable, rows: Rows) -> Floats:
        """Return each case's distribution by parts fitted without its proposal; shape (n, 101)."""
        mean = self.untilted(table, rows)
        carries, classes = counted(table)
        return tilted(mean, _tilt(table, rows, mean), carries[rows], classes[rows])

    def untilted(self, table: CaseTable, rows: Rows) -> Floats:
        """Return the mean of the parts, each fitted without the case's proposal; shape (n, 101)."""
        return pooled(np.stack([part.left_out(table, rows) for part in self.parts]))


def _tilt(table: CaseTable, rows: Rows, mean: Floats) -> Floats:
    carries, classes = counted(table)
    return fit_tilt(mean, carries[rows], classes[rows], table.point[rows])


def counted(table: CaseTable) -> tuple[Floats, NDArray[np.intp]]:
    """Return whether the stated positions carry each proposal, and the classes of the points."""
    return table.remembered(
        ("carried",),
        lambda: (
            np.array([carries(case) for case in table.cases]),
            classes_of(table.situation.reference, table.situation.proposer),
        ),
    )


def carries(case: PastCase) -> float:
    """Return 1 if the stated positions carry the proposal under qualified majority, 0 if not; not-a-number elsewhere.

    Examples
    --------
    >>> from foedus.backtests.case import Standing
    >>> seats = [Standing(name, "member", at, None, 10) for name, at in (("de", 0.0), ("fr", 90.0), ("it", 100.0))]
    >>> com = Standing("com", "proposer", 100.0)
    >>> [carries(PastCase("p", "i", (*seats, com), rule, reference=0.0)) for rule in ("QMV", "Unan")]
    [0.0, nan]
    """
    known, decides = decides_of(case)
    proposer = next((standing.position for standing in case.standings if standing.role == "proposer"), None)
    if rule_of(case.rule) != RULES[1] or not known or decides is None:
        return np.nan
    if case.reference is None or proposer is None or proposer == case.reference:
        return np.nan
    wanted = np.array([standing.position for standing in everybody(case)])
    return float(decides(np.abs(wanted - proposer) < np.abs(wanted - case.reference)))


LEARNED = Pool((PoleMixture(), TEN_FEATURES, WHOLE_LIBRARY))
