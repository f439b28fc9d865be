"""The ensemble in words and rows: each model beside it, its weight, what taught the weights, how far the case lies."""

from __future__ import annotations

from typing import TypedDict

from foedus.ensembles.council_scores import council_words
from foedus.ensembles.mixing import PUBLIC
from foedus.forecasts import Forecast
from foedus.reports.numbers import percent


class Row(TypedDict):
    """A row of the table: a model, its weight, and its share of each option."""

    model: str
    weight: str
    shares: list[str]


def rows(forecast: Forecast) -> list[Row]:
    """Return the ensemble first and then its parts; a part without an answer has blank shares."""
    found = forecast.ensemble
    parts = [Row(model="ensemble", weight="", shares=[percent(one.probability) for one in found.options])]
    for one in found.components:
        shares = [percent(option.probability) for option in one.options] or [""] * len(found.options)
        parts.append(Row(model=one.model, weight=f"{one.weight:.2f}", shares=shares))
    return parts


def sentence(forecast: Forecast) -> str:
    """Return what the ensemble gives each option."""
    found = forecast.ensemble
    shares = ", ".join(f"{one.label} {percent(one.probability)}" for one in found.options)
    return f"The ensemble of {len(found.components)} models: {shares}."


def answer_words(forecast: Forecast) -> str:
    """Return whose answer it is, and of another model's than the ensemble's what the ensemble says beside it."""
    if not forecast.ensemble_leads:
        return sentence(forecast)
    told = council_words(forecast.case, forecast.model)
    return f"The answer is the ensemble's; the {forecast.model} model explains it. {told}".strip()


def explained_words(forecast: Forecast) -> str:
    """Return from which model an explanation comes, where it is not the one that answers; else nothing.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> asked = {"issue": "office", "as_of": "2023-07-10", "draws": 100}
    >>> explained_words(foedus.forecast(dossier, models=["ensemble"], **asked))
    'From the track-record model alone, which explains; the answer above is that of the ensemble.'
    >>> explained_words(foedus.forecast(dossier, **asked))
    ''
    """
    if not forecast.ensemble_leads:
        return ""
    return f"From the {forecast.model} model alone, which explains; the answer above is that of the ensemble."


def tested_words(forecast: Forecast) -> str:
    """Return how the answer has been tested: by its own scores, or else by a backtest on the Council."""
    told = "" if scored(forecast) else council_words(forecast.case, forecast.model)
    return f"{told} The percentages have not been calibrated." if told else str(forecast.tested_on["note"])


def scored(forecast: Forecast) -> int:
    """Return how many decisions the answer's kind of forecast was scored on, by its own scores."""
    return int(str(forecast.tested_on["decisions"]))


def learned_words(forecast: Forecast) -> str:
    """Return on how many decisions the weights were learned, and what binds."""
    found, weights = forecast.ensemble, forecast.ensemble.weights
    whose = "coded from public words" if weights.data == PUBLIC else "of the Council of the European Union"
    if weights.rule:
        told = (
            f"The weights were learned on {weights.decisions} decisions under {weights.rule}, and lean on those "
            f"learned on all {weights.pooled} decisions {whose}."
        )
    else:
        told = (
            f"The weights were learned on {weights.pooled} decisions {whose}, none of them under this rule "
            f"({found.rule})."
        )
    binding = " What somebody stops in a draw falls to the status quo in every model." if found.binds else ""
    return told + binding


def distance_words(forecast: Forecast) -> str:
    """Return how far the case lies from the decisions that taught the weights."""
    found = forecast.ensemble.distance
    told = (
        f"The case lies {found.value:.1f} standard deviations from their centre, farther than "
        f"{percent(found.percentile)} of the {found.decisions}"
    )
    if found.outside:
        return f"{told}: OUTSIDE the data, since {'; '.join(found.reasons)}."
    return f"{told}: inside the data."
