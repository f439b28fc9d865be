"""One question, put to dossiers that differ in their inputs, on the same random numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from foedus.base.days import Day
from foedus.cases.case import prepare
from foedus.cases.choices import choosing
from foedus.dossiers import Dossier
from foedus.forecasts import Forecast
from foedus.forecasts.choice import CHOICE_DRAWS, Choice, Draws
from foedus.forecasts.choice import MODEL as CHOICE
from foedus.forecasts.sweeps import sample
from foedus.issues import Issue, Meeting, SettlementModel, chances_of
from foedus.issues.sitting import Floats


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each dossier; what differs between two answers is then what differs between the dossiers.

    Attributes
    ----------
    issue, meeting, as_of
        As in a case; the options have an order or not.
    model
        What answers; None where the options have no order.
    seed, draws
        As in `foedus.forecast`.
    """

    issue: Issue
    meeting: Meeting
    as_of: Day
    model: SettlementModel | None
    seed: int
    draws: int

    @property
    def labels(self) -> tuple[str, ...]:
        """The options, in order."""
        return tuple(option.label for option in self.issue.options)

    @property
    def answers_by(self) -> str:
        """The name of what answers."""
        return CHOICE if self.model is None else self.model.card.name

    def chances(self, dossier: Dossier) -> Floats:
        """Return how likely each option is in each draw; shape (D, K).

        Parameters
        ----------
        dossier
            One that asks the issue, perhaps with other inputs.
        """
        if self.model is not None:
            case = prepare(dossier, self.issue, self.as_of, self.meeting)
            return chances_of(self.model, sample(case, self.model, self.seed, self.draws))[0]
        made = choosing(dossier, self.issue.id, self.as_of, self.meeting.name)
        drawn = Draws.of(made, self.seed, self.draws)
        return chosen_of(drawn, self.labels)


def chosen_of(drawn: Draws, labels: Iterable[str]) -> Floats:
    """Return 1 for the option that is chosen in each draw and 0 for every other one; shape (D, K)."""
    places = {label: n for n, label in enumerate([*drawn.made.labels, drawn.made.issue.status_quo])}
    chosen = drawn.chosen()
    return np.stack([(chosen == places.get(label, -1)).astype(np.float64) for label in labels], axis=1)


def question_of(answer: Forecast | Choice, draws: int) -> Question:
    """Return the question that an answer answers, over its first draws.

    Examples
    --------
    >>> import foedus
    >>> answer = foedus.forecast(foedus.read_dossier("tokyo-office"), "office", "2023-07-10", draws=200)
    >>> question_of(answer, 50).chances(answer.case.dossier).shape
    (50, 4)
    """
    if isinstance(answer, Choice):
        made = answer.choosing
        return Question(made.issue, made.meeting, made.as_of, None, answer.seed, min(draws, answer.draws, CHOICE_DRAWS))
    case = answer.case
    return Question(case.issue, case.meeting, case.as_of, answer.explainer, answer.seed, min(draws, answer.draws))


def shares_told(answer: Forecast | Choice) -> Floats:
    """Return the probability of each option as the answer tells it; shape (K,)."""
    told = answer.candidates if isinstance(answer, Choice) else answer.options
    return np.array([candidate.probability for candidate in told])
