"""A dossier's scenarios side by side, with the uncertainty of the differences between them.

All of them share their random numbers, so that a difference is estimated draw by draw and its error is that of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.cases import prepare
from foedus.dossiers import Dossier, apply_scenario
from foedus.forecasts import Forecast
from foedus.forecasts.sweeps import Anchor, sample
from foedus.issues import chances_of
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
class Scenarios:
    """The forecast and every scenario.

    Attributes
    ----------
    options
        Labels.
    base
        Probabilities of the forecast itself, on the same draws.
    """

    KEYS = (
        "issue=forecast.case.issue.id as_of=forecast.case.as_of on=forecast.case.meeting.on "
        "model=forecast.model draws seed=forecast.seed options=shares{label probability} "
        "scenarios=beside_base"
    )

    forecast: Forecast
    draws: int
    options: tuple[str, ...]
    base: tuple[float, ...]
    scenarios: tuple[ScenarioForecast, ...]

    @property
    def shares(self) -> dict[str, float]:
        """Probability of each option without a scenario."""
        return dict(zip(self.options, self.base, strict=True))

    @property
    def beside_base(self) -> list[dict[str, object]]:
        """The scenarios, each with its difference from the forecast without one, option by option."""
        return [
            {
                "id": one.id,
                "title": one.title,
                "options": [
                    {"label": label, "probability": share, "difference": apart, "standard_error": error}
                    for label, share, apart, error in zip(
                        self.options, one.probabilities, one.differences, one.errors, strict=True
                    )
                ],
            }
            for one in self.scenarios
        ]


def scenarios(forecast: Forecast, draws: int = SCENARIO_DRAWS) -> Scenarios:
    """Forecast each scenario that the dossier names.

    Parameters
    ----------
    forecast
        What `foedus.forecast` returned; its first draws are used again.
    draws
        How many of them.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> forecast = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=500)
    >>> [one.id for one in scenarios(forecast).scenarios]
    ['programmes-only', 'france-steps-aside', 'no-pressure']
    """
    case, count = forecast.case, min(draws, forecast.draws)
    base, headline = _chosen(forecast, case.dossier, count), np.array([one.probability for one in forecast.options])
    anchor = Anchor.of(base.mean(axis=0), headline)
    found = []
    for one in case.dossier.settings.scenarios:
        chosen = _chosen(forecast, apply_scenario(case.dossier, one.id), count)
        _, error = paired(base, chosen)
        shares = anchor(chosen.mean(axis=0))
        found.append(ScenarioForecast(one.id, one.title, _plain(shares), _plain(shares - headline), _plain(error)))
    labels = tuple(option.label for option in case.issue.options)
    return Scenarios(forecast, count, labels, _plain(headline), tuple(found))


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


def _chosen(forecast: Forecast, dossier: Dossier, draws: int) -> Floats:
    """Return how likely each option is in each draw; shape (D, K)."""
    case, model = forecast.case, forecast.explainer
    other = prepare(dossier, case.issue, case.as_of, case.meeting)
    return chances_of(model, sample(other, model, forecast.seed, draws))[0]


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
