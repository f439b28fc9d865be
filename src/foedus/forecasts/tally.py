"""Counting draws: how likely each option is, and where outcomes lie, for models that settle and for lotteries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.forecasts.compose import Composed, nothing_traded
from foedus.issues import Agenda, Lottery, Settlement, SettlementModel, Sitting
from foedus.issues.checking import check_lottery, check_settlement
from foedus.issues.models import CYCLES, UNFINISHED
from foedus.issues.sitting import Floats
from foedus.issues.sums import total as summed


@dataclass(frozen=True, slots=True)
class Places:
    """Places on the scale with their weights.

    Parameters
    ----------
    at
        Shape (N,).
    weight
        Shape (N,), or None where all weigh the same.

    Examples
    --------
    >>> coin = Places(np.array([0.0, 100.0]), np.array([0.3, 0.7]))
    >>> coin.mean, coin.quantile(0.1), coin.quantile(0.5)
    (70.0, 0.0, 100.0)
    """

    at: Floats
    weight: Floats | None = None

    @property
    def mean(self) -> float:
        """The weighted mean."""
        return float(np.average(self.at, weights=self.weight))

    def quantile(self, level: float) -> float:
        """Return the lowest place below or at which at least this share of the weight lies."""
        return float(np.quantile(self.at, level, method="inverted_cdf", weights=self.weight))


class Tally:
    """Counts draws of one issue, in chunks of whatever size: probabilities are added up one draw after the other.

    Parameters
    ----------
    agenda
        The issue's options.
    model
        Whose draws are counted. A lottery counts by its probabilities, at the options' places; any other model by the
        option and the place that it settles on.
    """

    def __init__(self, agenda: Agenda, model: SettlementModel) -> None:
        self.agenda, self.name = agenda, model.card.name
        self.lottery = model if isinstance(model, Lottery) else None
        self.model = model
        self.draws = self.recurring = self.unfinished = 0
        self.chosen: Floats = np.zeros(len(agenda.options))
        self._outcomes: list[Floats] = []

    def add(self, sitting: Sitting, settlement: Settlement) -> None:
        """Count some draws, and what was settled in them.

        Raises
        ------
        FoedusError
            When the model gave arrays of another shape than the protocol says, or what is no number.
        """
        check_settlement(self.name, sitting, settlement)
        self._add(sitting, None if self.lottery is not None else settlement.choice[:, 0])
        if self.lottery is None:
            self._outcomes.append(settlement.outcome[:, 0])

    def add_choice(self, sitting: Sitting) -> None:
        """Settle some draws and count the options alone, which is cheaper; :meth:`places` then knows no outcomes."""
        self._add(sitting, None if self.lottery is not None else self.model.choose(sitting)[:, 0])

    def _add(self, sitting: Sitting, choice: NDArray[np.intp] | None) -> None:
        self.draws += sitting.draws
        if isinstance(self.model, Composed):
            ended = self.model.movement(sitting).ended[:, 0]
            self.recurring += int((ended == CYCLES).sum())
            self.unfinished += int((ended == UNFINISHED).sum())
        if choice is not None:
            self.chosen = self.chosen + np.bincount(choice, minlength=len(self.chosen))
        if self.lottery is not None:
            chances = check_lottery(self.name, sitting, self.lottery.chances(sitting))[0]
            self.chosen = summed(np.vstack([self.chosen, chances]), 0)

    def note(self) -> str:
        """Say what to know of the answer: nothing was traded, positions recurred, or did not settle; or nothing."""
        told = [nothing_traded(self.model)]
        if self.recurring:
            told.append(
                f"positions recur in {self.recurring:,} of {self.draws:,} draws; those when they first did count"
            )
        if self.unfinished:
            told.append(f"in {self.unfinished:,} of {self.draws:,} draws positions had not settled at the last round")
        return "; ".join(note for note in told if note)

    def places(self) -> Places:
        """Return where the outcomes of all draws lie."""
        if self.lottery is None:
            return Places(np.concatenate(self._outcomes))
        return Places(self.agenda.options, self.chosen)
