"""Sensitivity: which uncertain inputs make the outcome uncertain.

What varies is where each draw ends, as `foedus.explain.experiments` says. First-order indices come from the forecast's
own draws; total indices from runs in which all inputs of one group are taken from other, independent draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.base.answers import Recorded
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.base.workers import ALONE, Workers
from foedus.explain.evidence import void_inputs
from foedus.explain.experiments import experiment_of
from foedus.explain.indices import (
    bootstrap_first,
    bootstrap_total,
    explained,
    first_order,
    total_order,
    variance_of,
)
from foedus.explain.question import Question, question_of
from foedus.forecasts import Forecast
from foedus.forecasts.choice import Choice
from foedus.issues.sitting import Floats

LEAST_DRAWS = 1_024
FIRST_DRAWS = 10_000
_BINS = 32
_RESAMPLES = 100


@dataclass(frozen=True, slots=True)
class Index:
    """One Sobol index, as a share of the outcome's variance, with its 90 per cent bootstrap interval.

    ``name`` is ``ACTOR.position``, ``ACTOR.salience``, ``ACTOR.OPTION`` for an approval, or an assumption for a
    first-order index, and an actor, the silent members together, or all assumptions together for a total one.
    """

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sensitivity(Recorded):
    """First-order and total indices.

    Attributes
    ----------
    forecast, question
        The answer, and what it answers.
    first, total
        The largest first.
    variance
        Of the outcome, in the scale's unit squared; where options have no order, of which of them is chosen.
    first_draws
        Draws behind the first-order indices.
    noise
        The largest first-order index that a hundred inputs without any influence show: less is told from nothing by
        nobody.
    base_draws, runs
        Base draws behind the total indices, and how many draws were settled for them in all.
    """

    KEYS = (
        "issue=question.issue.id as_of=question.as_of on=question.meeting.on "
        "model=forecast.model seed=forecast.seed variance first_draws base_draws runs noise first_order=first "
        "total"
    )

    forecast: Forecast | Choice
    question: Question
    first: tuple[Index, ...]
    total: tuple[Index, ...]
    variance: float
    first_draws: int
    base_draws: int
    runs: int
    noise: float


def sensitivity(forecast: Forecast | Choice, base_draws: int = LEAST_DRAWS, workers: Workers = ALONE) -> Sensitivity:
    """Find which inputs make the outcome uncertain.

    Parameters
    ----------
    forecast
        What `foedus.forecast` returned, or `foedus.forecasts.choice.choice`; its own draws, at most 10,000, give the
        first-order indices.
    base_draws
        For the total indices, at least 1,024: each group costs as many runs.
    workers
        Where groups are drawn anew; it changes no number.

    Raises
    ------
    FoedusError
        When the base draws are too few.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> answer = sensitivity(foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=1_000))
    >>> {index.name for index in answer.total[:2]} == {"FRA", "assumptions"}
    True
    """
    if base_draws < LEAST_DRAWS:
        raise FoedusError(f"total indices need at least {LEAST_DRAWS:,} base draws; got {base_draws:,}")
    draws, runs = min(forecast.draws, FIRST_DRAWS), experiment_of(forecast)
    question = question_of(forecast, draws)
    inputs, output = runs.drawn(draws)
    rng = Streams(forecast.seed).generator(question.issue.id, "bootstrap")
    bias, noise = _noise(question, output)
    first = []
    for name, values in inputs:
        interval = bootstrap_first(values, output, _BINS, _RESAMPLES, rng)
        first.append(_less_bias(Index(name, first_order(values, output, _BINS), *interval), bias))
    total, (usual, redrawn) = [], runs.redrawn(base_draws, workers)
    for name, again in redrawn.items():
        total.append(Index(name, total_order(usual, again), *bootstrap_total(usual, again, _RESAMPLES, rng)))
    caps = {index.name: index.high for index in total}
    first = [_capped(index, caps[runs.group_of(index.name)]) for index in first]
    return Sensitivity(
        forecast,
        question,
        tuple(sorted(first, key=lambda index: (-index.value, index.name))),
        tuple(sorted(total, key=lambda index: (-index.value, index.name))),
        variance_of(output),
        draws,
        base_draws,
        base_draws * (1 + len(runs.groups)),
        noise,
    )


def _noise(question: Question, output: Floats) -> tuple[float, float]:
    """Return the mean and the largest first-order index of inputs that the outcome does not depend on."""
    variance = variance_of(output)
    if variance == 0:
        return 0.0, 0.0
    void = void_inputs(question.seed, question.issue.id, len(output))
    by_chance = [explained(places, output) / variance for places in void]
    return float(np.mean(by_chance)), max(by_chance)


def _less_bias(index: Index, bias: float) -> Index:
    """Take off what an input without influence shows on average."""
    value, low, high = (max(0.0, share - bias) for share in (index.value, index.low, index.high))
    return Index(index.name, value, low, high)


def _capped(index: Index, cap: float) -> Index:
    """Keep what an input explains by itself within the total index of its group, error included."""
    value = min(index.value, cap)
    return Index(index.name, value, min(index.low, value), index.high)


def first_indices(forecast: Forecast | Choice, draws: int = FIRST_DRAWS, most: int | None = None) -> tuple[Index, ...]:
    """Return first-order indices above noise, from the forecast's own first draws, the largest first.

    Parameters
    ----------
    forecast
        What `foedus.forecast` returned.
    draws
        How many of its draws.
    most
        How many indices; only these are bootstrapped, which takes most of the time. By default all.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> forecast = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=1_000)
    >>> [index.name for index in first_indices(forecast, most=1)]
    ['kappa']
    """
    question = question_of(forecast, draws)
    inputs, output = experiment_of(forecast).drawn(question.draws)
    rng = Streams(forecast.seed).generator(question.issue.id, "bootstrap")
    bias, noise = _noise(question, output)
    indices = [(first_order(values, output, _BINS), name, values) for name, values in inputs]
    indices = [index for index in indices if index[0] - bias > noise]
    indices.sort(key=lambda index: (-index[0], index[1]))
    return tuple(
        _less_bias(Index(name, value, *bootstrap_first(values, output, _BINS, _RESAMPLES, rng)), bias)
        for value, name, values in indices[:most]
    )
