"""A dossier's scenarios side by side, with the uncertainty of the differences between them.

All of them share their random numbers, so that a difference is estimated draw by draw and its error is that of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.base.answers import Recorded
from foedus.dossiers import apply_scenario
from foedus.explain.question import Question, question_of, shares_told
from foedus.forecasts import Forecast
from foedus.forecasts.choice import Choice
from foedus.forecasts.sweeps import Anchor
from foedus.issues.sitting import Floats

SCENARIO_DRAWS = 4_096


@dataclass(frozen=True, slots=True)
class ScenarioForecast:
    """One scenario beside the forecast.

    Attributes
    ----------
    id, title
        As the dossier names it.
    probabilities
        Of each option, in order.
    differences, errors
        From the forecast, and the standard error of each difference over draws.
    """

    id: str
    title: str
    probabilities: tuple[float, ...]
    differences: tuple[float, ...]
    errors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scenarios(Recorded):
    """The forecast and every scenario.

    Attributes
    ----------
    forecast
        What stands without a scenario.
    question
        What was asked of each scenario.
    base
        Probabilities of the forecast itself.
    scenarios
        In the dossier's order.
    """

    KEYS = (
        "issue=question.issue.id as_of=question.as_of on=question.meeting.on "
        "model=forecast.model draws=question.draws seed=question.seed options=shares{label probability} "
        "scenarios=beside_base"
    )

    forecast: Forecast | Choice
    question: Question
    base: tuple[float, ...]
    scenarios: tuple[ScenarioForecast, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """Labels of the options, in order."""
        return self.question.labels

    @property
    def shares(self) -> dict[str, float]:
        """Probability of each option without a scenario."""
        return dict(zip(self.options, self.base, strict=True))

    @property
    def beside_base(self) -> list[dict[str, object]]:
        """The scenarios, each with its difference from the forecast without one, option by option."""
        return [
            {
                "id": scenario.id,
                "title": scenario.title,
                "options": [
                    {"label": label, "probability": share, "difference": apart, "standard_error": error}
                    for label, share, apart, error in zip(
                        self.options, scenario.probabilities, scenario.differences, scenario.errors, strict=True
                    )
                ],
            }
            for scenario in self.scenarios
        ]


def scenarios(forecast: Forecast | Choice, draws: int = SCENARIO_DRAWS) -> Scenarios:
    """Forecast each scenario that the dossier names.

    Parameters
    ----------
    forecast
        What `foedus.forecast` returned, or `foedus.forecasts.choice.choice`; its first draws are used again.
    draws
        How many of them.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> forecast = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=500)
    >>> [scenario.id for scenario in scenarios(forecast).scenarios]
    ['programmes-only', 'france-steps-aside', 'no-pressure']
    """
    dossier = forecast.choosing.dossier if isinstance(forecast, Choice) else forecast.case.dossier
    question, headline = question_of(forecast, draws), shares_told(forecast)
    base = question.chances(dossier)
    anchor = Anchor.of(base.mean(axis=0), headline)
    answers = []
    for scenario in dossier.settings.scenarios:
        chosen = question.chances(apply_scenario(dossier, scenario.id))
        _, error = paired(base, chosen)
        shares = anchor(chosen.mean(axis=0))
        answers.append(
            ScenarioForecast(scenario.id, scenario.title, _plain(shares), _plain(shares - headline), _plain(error))
        )
    return Scenarios(forecast, question, _plain(headline), tuple(answers))


def paired(base: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Return the mean difference of paired draws and its standard error; all of shape (D, K), then (K,).

    Examples
    --------
    >>> apart, error = paired(np.array([[0.0], [0.0], [1.0], [1.0]]), np.array([[1.0], [0.0], [1.0], [1.0]]))
    >>> float(apart[0]), float(error[0])
    (0.25, 0.25)
    """
    apart = other - base
    draws = len(apart)
    error = apart.std(axis=0, ddof=1) / np.sqrt(draws) if draws > 1 else np.full(apart.shape[1], np.nan)
    return apart.mean(axis=0), np.asarray(error)


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
