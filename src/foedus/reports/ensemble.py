"""The ensemble in words and rows: each model beside it, its weight, what taught the weights, how far the case lies."""

from __future__ import annotations

from typing import TypedDict

from foedus.forecasts import Forecast
from foedus.forecasts.mixing import PUBLIC
from foedus.reports.judgement import percent


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
