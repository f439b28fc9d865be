"""Whether measured distance would have told where a member stood that said nothing.

Each coded position is hidden in turn and forecast from the others coded for its decision: from all alike, or from those
who vote nearer in the General Assembly more. How far to look, and how much to trust either, is chosen on the other
disputes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from foedus.backtests.bootstrap import Difference, paired_difference
from foedus.backtests.consensus_set import packaged_consensus_set
from foedus.backtests.leaning import normal_log_score
from foedus.issues.sitting import Floats
from foedus.measure import packaged_measures

REACHES = (2.0, 1.0, 0.5, 0.25)
"""Distances in ideal points over which another member's weight falls to 1/e."""
TRUSTS = (1.0, 5.0, 20.0, 100.0)
"""How many members the mean over all decisions counts as."""
FEWEST = 3
"""Fewest measured positions in a decision."""


@dataclass(frozen=True, slots=True)
class Silence:
    """How well hidden positions are forecast.

    Attributes
    ----------
    positions, decisions, disputes
        How many were hidden, in how many decisions of how many disputes.
    constant, others, measured
        Mean log scores (minus the logarithm of a normal density; lower is better) of the mean over other disputes, of
        that and the others' positions, and of that and the others' positions weighed by measured nearness.
    gain
        How much lower the third score is than the lower of the first two, with its interval over disputes.
    """

    positions: int
    decisions: int
    disputes: int
    constant: float
    others: float
    measured: float
    gain: Difference

    @property
    def helps(self) -> bool:
        """Whether the measured prior is better beyond chance; a dossier uses it by itself only then."""
        return self.gain.clear < 0


@dataclass(frozen=True, slots=True)
class _Hidden:
    dispute: int
    position: float
    others: Floats
    distances: Floats


def silence(seed: int = 1) -> Silence:
    """Score the three forecasts of hidden positions, dispute by dispute.

    Examples
    --------
    >>> answer = silence()
    >>> answer.positions > 100, answer.helps
    (True, False)
    """
    hidden, decisions = _hidden()
    dispute = np.array([member.dispute for member in hidden])
    scores = {
        "constant": _nested(hidden, dispute, [(None, 1e9)]),
        "others": _nested(hidden, dispute, [(None, trust) for trust in TRUSTS]),
        "measured": _nested(hidden, dispute, [(reach, trust) for reach in REACHES for trust in TRUSTS]),
    }
    best = min(("constant", "others"), key=lambda name: float(scores[name].mean()))
    gain = paired_difference(scores["measured"], scores[best], dispute, seed=seed)
    means = {name: float(each.mean()) for name, each in scores.items()}
    return Silence(len(hidden), decisions, len(set(dispute.tolist())), **means, gain=gain)


@cache
def _hidden() -> tuple[tuple[_Hidden, ...], int]:
    packaged, measures = packaged_consensus_set(), packaged_measures()
    disputes: dict[str, int] = {}
    rows: list[_Hidden] = []
    decisions = 0
    for decision in packaged.scored:
        year = min(decision.on.year, measures.last)
        at = [
            (row.position_mode, point.point)
            for row in packaged.positions
            if row.decision == decision.id and (point := measures.point(row.actor, year))
        ]
        if len(at) < FEWEST:
            continue
        decisions += 1
        dispute = disputes.setdefault(decision.dispute, len(disputes))
        positions, points = np.array(at).T
        for i, (position, own) in enumerate(at):
            rest = np.arange(len(at)) != i
            rows.append(_Hidden(dispute, position, positions[rest], np.abs(points[rest] - own)))
    return tuple(rows), decisions


def _nested(hidden: Sequence[_Hidden], dispute: Floats, settings: list[tuple[float | None, float]]) -> Floats:
    """Return each hidden position's log score under the setting that did best on the other disputes."""
    position = np.array([member.position for member in hidden])
    scores = np.empty(len(hidden))
    for left_out in np.unique(dispute):
        test = dispute == left_out
        mean = float(position[~test].mean())
        best: tuple[float, Floats] = (np.inf, np.empty(0))
        for reach, trust in settings:
            miss = position - np.array([_forecast(member, mean, reach, trust) for member in hidden])
            spread = float(np.sqrt((miss[~test] ** 2).mean()))
            score = normal_log_score(miss, 0.0, spread)
            if score[~test].mean() < best[0]:
                best = (float(score[~test].mean()), score[test])
        scores[test] = best[1]
    return scores


def _forecast(hidden: _Hidden, mean: float, reach: float | None, trust: float) -> float:
    weights = np.ones(len(hidden.others)) if reach is None else np.exp(-hidden.distances / reach)
    return float((trust * mean + weights @ hidden.others) / (trust + weights.sum()))
