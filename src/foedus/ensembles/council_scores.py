"""What a backtest on the Council of the European Union said of models that nobody fitted.

The decisions are the development data of `docs/backtest.md`: 229 issues of 91 proposals, most under qualified majority.
``foedus backtest FILE --no-fit --model mean --model NAME`` prints each figure.
"""

from __future__ import annotations

from dataclasses import dataclass


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
        Under qualified majority with a known reference point and a proposal that differs from it.
    beyond
        Of these, how many ended on a place to which no majority stood nearer than to the reference point.
    blocked
        To how many proposals of the Commission no majority did.
    adopted, halted
        Of these, how many ended at it, or at least three quarters of the way; and how many at most a quarter of it.
    passable, failed
        To how many a majority did, and how many of these came to nothing, or to at most a quarter of the way.
    changed
        How many of these ended more than a quarter of the way from the proposal, on either side of it.
    few, few_adopted, few_halted
        Of those to which no majority did, how many one or two members would have carried by changing sides; and of
        these, how many ended at the proposal, and how many came to nothing, counted as above.
    """

    KEYS = "decisions beyond blocked adopted halted passable failed changed few few_adopted few_halted"

    decisions: int
    beyond: int
    blocked: int
    adopted: int
    halted: int
    passable: int
    failed: int
    changed: int
    few: int
    few_adopted: int
    few_halted: int

    def stopped(self, *, few: bool) -> tuple[int, int, int]:
        """Return how many proposals lacked the votes, how many of them were adopted, and how many came to anything.

        Parameters
        ----------
        few
            Those that one or two members would have carried by changing sides, or those that needed more.

        Examples
        --------
        >>> moves_on_record().stopped(few=True), moves_on_record().stopped(few=False)
        ((27, 15, 22), (51, 11, 32))
        """
        if few:
            return self.few, self.few_adopted, self.few - self.few_halted
        rest = self.blocked - self.few
        return rest, self.adopted - self.few_adopted, rest - (self.halted - self.few_halted)


def moves_on_record() -> Moves:
    """Return how often such moves happened; ``python -m foedus.backtests moves FILE`` counts them.

    Examples
    --------
    >>> moves_on_record().adopted
    26
    """
    return Moves(
        decisions=112, beyond=52, blocked=78, adopted=26, halted=24, passable=34, failed=0, changed=16,
        few=27, few_adopted=15, few_halted=5,
    )  # fmt: skip
