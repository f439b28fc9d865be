"""Other models in words and rows: what each makes of the same inputs, with its score; the ensemble and its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from foedus.base.wording import and_, percent
from foedus.ensembles.mixing import PUBLIC
from foedus.ensembles.model import NAME
from foedus.ensembles.tested import ANSWERS, Score, calibration_words, packaged_scores, score_of
from foedus.forecasts import Forecast
from foedus.institutions import is_consensus
from foedus.reports.numbers import Number

_ALMOST_ALL = 0.9
_COUNTS = 0.05
"""A model with less weight than this changes no number of the ensemble that is shown."""


class Row(TypedDict):
    """A row of the table: a model, its weight in the ensemble, its share of each option, its score in words."""

    model: str
    weight: str
    shares: list[float]
    score: str


def rows(forecast: Forecast, *, worse: bool = False) -> list[Row]:
    """Return the other models: those asked for, the ensemble, and its parts.

    Parameters
    ----------
    worse
        Whether to return those whose own score is worse than the plain mean of positions, or the base rate, in place
        of all others.
    """
    ensemble, kind = forecast.ensemble, forecast.case.rule.kind
    weights = {component.model: str(Number(component.weight, "weight")) for component in ensemble.components}
    asked = {other.name: other.options for other in forecast.others}
    shares = {component.model: component.options for component in ensemble.components if component.options} | {
        NAME: ensemble.options
    }
    chosen = {**asked, NAME: shares.pop(NAME), **{name: share for name, share in shares.items() if name not in asked}}
    kept = []
    for name, options in chosen.items():
        score = score_of(forecast.case, name, kind)
        if (
            name != forecast.model
            and not _is_the_answer(forecast, name)
            and (score.worse and name not in asked) == worse
        ):
            told = [option.probability for option in options]
            kept.append(Row(model=name, weight=weights.get(name, ""), shares=told, score=score.words))
    return kept


def _is_the_answer(forecast: Forecast, part: str) -> bool:
    """Return whether the ensemble answers and is this part but for a trace of others."""
    weight = next((component.weight for component in forecast.ensemble.components if component.model == part), 0.0)
    return forecast.model == NAME and weight > _ALMOST_ALL


def left_out(forecast: Forecast) -> str:
    """Return which models are left out of the table for their score; empty where none is."""
    names = [row["model"] for row in rows(forecast, worse=True)]
    if not names:
        return ""
    by_votes = "plain mean of positions, on decisions of the EU Council"
    than = "base rate" if is_consensus(forecast.case.rule) else by_votes
    told = f"Not shown, since by themselves they scored no better than the {than}: {', '.join(names)}."
    weights = {component.model: component.weight for component in forecast.ensemble.components}
    counting = [
        f"{name}, for {percent(weight)}"
        for name, weight in ((name, weights.get(name, 0.0)) for name in names)
        if weight >= _COUNTS
    ]
    return f"{told} Still counted in the ensemble's average: {and_(counting)}." if counting else told


def score(forecast: Forecast) -> Score:
    """Return the score of the model that answers."""
    return score_of(forecast.case, forecast.model, forecast.case.rule.kind)


def answer_words(forecast: Forecast) -> str:
    """Return what to know of the model that answers where somebody asked for one that its own score speaks against."""
    tested = score(forecast)
    return f"The {forecast.model} model was asked for; it is {tested.words}." if tested.worse else ""


def year_words(forecast: Forecast) -> str:
    """Return the chance within a year in one sentence; empty where nothing was fitted to that.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> answer = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=1_000)
    >>> year_words(answer).partition(",")[0]
    "Within a year of the meeting the chance of 'liaison office' is 20 %"
    """
    issue = forecast.case.issue
    chances = {
        option_forecast.label: percent(option_forecast.probability) for option_forecast in forecast.within_a_year
    }
    if not chances:
        return ""
    return (
        f"Within a year of the meeting the chance of {issue.proposal!r} is {chances[issue.proposal]}, that of "
        f"{issue.status_quo!r} {chances[issue.status_quo]}."
    )


def tested_words(forecast: Forecast) -> str:
    """Return how the answer has been tested: by its own scores, or else beside the mean."""
    if scored(forecast):
        return str(forecast.tested_on["note"])
    tested = score(forecast)
    if not is_tested(forecast):
        return str(forecast.tested_on["note"])
    return f"The {forecast.model} model is {tested.words}. The percentages have not been calibrated."


def called_words(forecast: Forecast) -> str:
    """Return how often what was called as likely as the most likely answer came; empty where that is not known."""
    return calibration_words(forecast.model, forecast.likeliest.probability)


def called_rows(forecast: Forecast) -> Sequence[Mapping[str, Any]]:
    """Return how often what was called so likely came, a row for each step; none where that is not known."""
    return packaged_scores()["calibration"] if forecast.model == ANSWERS else ()


def scored(forecast: Forecast) -> int:
    """Return how many decisions the answer's kind of forecast was scored on, by its own scores."""
    return int(str(forecast.tested_on["decisions"]))


def is_tested(forecast: Forecast) -> bool:
    """Return whether any score stands behind the answer."""
    return bool(scored(forecast)) or "not scored" not in score(forecast).words


def weights_words(forecast: Forecast) -> str:
    """Return what each part weighs in the ensemble."""
    told = ", ".join(
        f"{component.model} {Number(component.weight, 'weight')}" for component in forecast.ensemble.components
    )
    return f"Weights in the ensemble: {told}."


def learned_words(forecast: Forecast) -> str:
    """Return on how many decisions the weights were learned, and what binds."""
    ensemble, weights = forecast.ensemble, forecast.ensemble.weights
    whose = "coded from public words" if weights.data == PUBLIC else "of the Council of the European Union"
    if weights.rule:
        told = (
            f"The weights were learned on {weights.decisions} decisions under {weights.rule}, and are drawn "
            f"towards those learned on all {weights.pooled} decisions {whose}."
        )
    else:
        told = (
            f"The weights were learned on {weights.pooled} decisions {whose}, none of them under this rule "
            f"({ensemble.rule})."
        )
    binding = " If any member blocks an option in a draw, nothing changes in that draw." if ensemble.binds else ""
    return told + binding


def distance_words(forecast: Forecast) -> str:
    """Return how far the case lies from the decisions that taught the weights."""
    distance = forecast.ensemble.distance
    told = (
        f"Of the {distance.decisions} decisions that the ensemble learned from, {percent(distance.percentile)} "
        f"are more typical than this case, which lies {Number(distance.value, 'units')} standard deviations from their "
        "centre"
    )
    if distance.outside:
        return f"{told}, and outside their range: {'; '.join(distance.reasons)}."
    return f"{told}, within their range."
