"""What a backtest on the Council of the European Union said of models that nobody fitted.

The decisions are the development data of `docs/backtest.md`: 229 issues of 91 proposals, most under qualified majority.
``foedus backtest FILE --no-fit --model mean --model NAME`` prints each figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.cases.case import Case
from foedus.institutions import is_consensus

ISSUES = 229
"""Issues in the data; some models answer fewer."""


@dataclass(frozen=True, slots=True)
class CouncilScore:
    """A model's score.

    Attributes
    ----------
    issues
        How many it answered.
    crps
        Its mean score on them, in points of a scale of 100; smaller is better.
    above_mean
        By how much that is above the score of the members' plain mean on the same issues.
    low, high
        The 95 per cent interval of the difference.
    """

    issues: int
    crps: float
    above_mean: float
    low: float
    high: float


COUNCIL_SCORES = {
    "agenda-setter": CouncilScore(179, 33.42, 10.27, 5.36, 15.17),
    "compromise": CouncilScore(229, 24.77, 1.18, -0.27, 2.65),
    "weighted-median": CouncilScore(229, 30.83, 7.24, 4.19, 10.28),
    "gridlock": CouncilScore(181, 34.86, 11.47, 7.03, 16.01),
    "consensus": CouncilScore(167, 33.33, 9.44, 4.72, 14.07),
    "costly-reference": CouncilScore(179, 27.59, 4.44, -0.01, 9.03),
}


@dataclass(frozen=True, slots=True)
class Moves:
    """How often the Council ended where positions as coded gave no qualified majority.

    Attributes
    ----------
    decisions
        Under qualified majority with a known reference point.
    beyond
        Of these, how many ended on a place that no majority preferred to the reference point.
    blocked
        How many proposals of the Commission no majority preferred to it.
    adopted
        Of these, how many were adopted as proposed.
    """

    decisions: int
    beyond: int
    blocked: int
    adopted: int

    def as_answer(self) -> dict[str, int]:
        """Return it with the keys of the JSON contract."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def moves_on_record() -> Moves:
    """Return how often such moves happened; ``python -m foedus.backtests moves FILE`` counts them.

    Examples
    --------
    >>> moves_on_record().adopted
    12
    """
    return Moves(decisions=144, beyond=70, blocked=74, adopted=12)


def council_words(case: Case, model: str) -> str:
    """Return what the backtest said of a model; empty under consensus, or for a model that it does not cover.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> from foedus.cases.case import case_of
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> council_words(case_of(dossier, "office", "2023-07-10", None), "agenda-setter")
    ''
    """
    found = COUNCIL_SCORES.get(model)
    if found is None or is_consensus(case.rule):
        return ""
    level = found.crps - found.above_mean
    told = "worse than" if found.low > 0 else "not told apart by the data from" if found.high > 0 else "better than"
    return (
        f"Backtest of the {model} model on {found.issues} of {ISSUES} issues of the Council of the European Union: "
        f"CRPS {found.crps:.1f} on a scale of 100, {told} the plain mean of positions on the same issues ({level:.1f})."
    )
