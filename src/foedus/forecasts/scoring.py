"""Scores of recorded forecasts once outcomes are known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.errors import Problems
from foedus.base.tables import column, scan_table
from foedus.forecasts.chain import START, Entry, Share, read_ledger

FLOOR = 1e-12
"""The least probability that the logarithmic score takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided: a row of the table of outcomes."""

    issue: str = column(cells.identifier(), "id of the issue")
    on: Day = column(cells.day(), "day of the meeting")
    outcome: str = column(cells.text(500), "label of the option, or a place on the scale")


@dataclass(frozen=True, slots=True)
class Score:
    """How one recorded forecast did; smaller is better in all three.

    Attributes
    ----------
    entry
        What was scored.
    outcome
        What was decided, as the table writes it.
    log_score
        Minus the logarithm of the probability of the option nearest to the outcome, floor 1e-12.
    brier
        Sum over options of squared differences from what happened, 0 to 2.
    crps
        Integral over the scale of squared differences of distribution functions, in the scale's unit.
    """

    entry: Entry
    outcome: str
    log_score: float
    brier: float
    crps: float


@dataclass(frozen=True, slots=True)
class Scores:
    """A scored ledger.

    Attributes
    ----------
    head
        Hash of the last entry.
    scores
        Of the entries whose outcome is known, in order.
    waiting
        Numbers of the entries whose outcome is not.
    """

    head: str
    scores: tuple[Score, ...]
    waiting: tuple[int, ...]

    def means(self) -> list[dict[str, object]]:
        """Return the mean scores of each forecaster, the smallest logarithmic score first."""
        found = []
        for by in sorted({one.entry.by for one in self.scores}):
            mine = [one for one in self.scores if one.entry.by == by]
            mean = {
                name: math.fsum(getattr(one, name) for one in mine) / len(mine)
                for name in ("log_score", "brier", "crps")
            }
            found.append({"by": by, "kind": mine[0].entry.kind, "forecasts": len(mine), **mean})
        return sorted(found, key=lambda row: (float(str(row["log_score"])), str(row["by"])))

    def as_answer(self) -> dict[str, object]:
        """Return the JSON document."""
        return {
            "head": self.head,
            "scored": [
                {
                    "n": one.entry.n,
                    "by": one.entry.by,
                    "kind": one.entry.kind,
                    "issue": one.entry.issue,
                    "on": one.entry.on,
                    "as_of": one.entry.as_of,
                    "outcome": one.outcome,
                    "log_score": one.log_score,
                    "brier": one.brier,
                    "crps": one.crps,
                }
                for one in self.scores
            ],
            "forecasters": self.means(),
            "waiting": list(self.waiting),
        }


def score_ledger(path: Path | str, outcomes: Path | str, head: str | None = None) -> Scores:
    """Score every recorded forecast whose outcome is known.

    Parameters
    ----------
    path
        The ledger; its chain is checked first.
    outcomes
        A table with columns ``issue``, ``on``, ``outcome``.
    head
        As for `read_ledger`.

    Raises
    ------
    InputError
        When the ledger was tampered with, or an outcome is neither an option of the forecast nor a number.
    """
    entries = read_ledger(path, head)
    rows, wrong = scan_table(Path(outcomes), Outcome, name=str(outcomes))
    problems = Problems(str(outcomes))
    problems.extend(wrong)
    known: dict[tuple[str, Day], str] = {}
    for row in rows:
        key = (row.record.issue, row.record.on)
        if key in known:
            problems.add("one outcome for an issue and a day", where=row.where, value=row.record.outcome)
        known[key] = row.record.outcome
    found, waiting = [], []
    for entry in entries:
        outcome = known.get((entry.issue, entry.on))
        if outcome is None:
            waiting.append(entry.n)
            continue
        at = _place(entry, outcome)
        if at is None:
            labels = ", ".join(repr(one.label) for one in entry.options)
            problems.add(f"one of {labels}, or a place on the scale", field="outcome", value=outcome)
            continue
        found.append(Score(entry, outcome, *score(entry.options, at)))
    problems.raise_if_any()
    return Scores(entries[-1].sha256 if entries else START, tuple(found), tuple(waiting))


def _place(entry: Entry, outcome: str) -> float | None:
    for one in entry.options:
        if one.label.strip().casefold() == outcome.strip().casefold():
            return one.at
    try:
        at = float(outcome)
    except ValueError:
        return None
    return at if math.isfinite(at) else None


def score(options: Sequence[Share], at: float) -> tuple[float, float, float]:
    """Return the logarithmic score, the Brier score and the CRPS of a distribution over options.

    Parameters
    ----------
    options
        Any order; their probabilities sum to 1.
    at
        Where on the scale the outcome lies; the option nearest to it counts as what happened, the lower of two.

    References
    ----------
    Gneiting and Raftery (2007), Strictly proper scoring rules, prediction, and estimation.
    doi:10.1198/016214506000001437

    Examples
    --------
    >>> log_score, brier, crps = score([Share("no", 0, 0.75), Share("yes", 100, 0.25)], 0)
    >>> round(log_score, 4), brier, crps
    (0.2877, 0.125, 6.25)
    """
    ordered = sorted(options, key=lambda one: one.at)
    happened = min(ordered, key=lambda one: (abs(one.at - at), one.at))
    log_score = -math.log(max(happened.probability, FLOOR))
    brier = math.fsum((one.probability - (one is happened)) ** 2 for one in ordered)
    edges = sorted({*(one.at for one in ordered), at})
    crps = 0.0
    for left, right in pairwise(edges):
        below = math.fsum(one.probability for one in ordered if one.at <= left)
        crps += (right - left) * (below - (at <= left)) ** 2
    return log_score, brier, crps
