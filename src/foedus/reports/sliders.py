"""The grid of answers behind the page's sliders: the positions of those who stand in the way, or peer pressure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from foedus.forecasts import Forecast, grid, sample
from foedus.forecasts.supposing import coming_round, supposing
from foedus.forecasts.sweeps import Anchor, sweep_draws
from foedus.issues.sitting import Floats, Sitting
from foedus.reports.numbers import error_of

SLIDER_DRAWS = 400
"""Draws for each stop: whoever moves a slider looks for where the answer turns, not for a percentage point."""

_POSITIONS = {1: 11, 2: 9, 3: 5}
"""Stops of each slider, by how many actors have one."""
_VOTES = {1: 11, 2: 5, 3: 3}
"""The same under a rule of votes, where several models answer at each stop."""
_PRESSURES = np.array((0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0))
_OFTEN = 0.10
"""Who stands in the way in fewer draws has no slider, unless nobody does so more often."""


AS_ESTIMATED = "as estimated"
"""The stop at which an input is what the forecast takes it for."""


@dataclass(frozen=True, slots=True)
class Sliders:
    """Inputs to move together, and the answer at each combination of values.

    Attributes
    ----------
    draws
        Behind each answer.
    axes
        Title and last stop of each.
    labels
        Of the stops of each.
    shares
        The probability of each option at each combination; shape (V, ..., K). Stop 0 leaves an input as estimated.
    """

    draws: int
    axes: list[dict[str, Any]]
    labels: list[list[str]]
    shares: Floats


def sliders(forecast: Forecast) -> Sliders | None:
    """Return the grid behind the sliders: the positions of up to three actors in the way; of one, and peer pressure.

    Under a majority these are the nearest of those who would have to move. None where the model moves positions first,
    which takes too long, or nobody stands in the way.
    """
    model, case, actors = forecast.explainer, forecast.case, in_the_way(forecast)
    if not actors or model.card.stage != "settlement":
        return None
    scale, options = case.issue.scale, {option.at: option.label for option in case.issue.options}
    places = np.linspace(scale.low, scale.high, stops_of(forecast)[len(actors)])
    pressures: Floats | None = None
    titles = [f"{case.member(actor).name}'s position" for actor in actors]
    stops = [_named(value, options) for value in places.tolist()]
    labels = [[AS_ESTIMATED, *stops] for _ in actors]
    if len(actors) == 1 and "kappa" in {assumption.name for assumption in model.card.assumptions}:
        pressures = _PRESSURES
        titles.append("Peer pressure")
        labels.append(["as declared", *(f"{value:g}" for value in _PRESSURES)])
    draws = min(SLIDER_DRAWS, sweep_draws(model))
    shares = _answers(forecast, sample(case, model, forecast.seed, draws), actors, places, pressures)
    usual = shares.reshape(-1, len(options))[0]
    return Sliders(
        draws=draws,
        axes=[{"title": title, "last": len(stops_) - 1} for title, stops_ in zip(titles, labels, strict=True)],
        labels=labels,
        shares=Anchor.of(usual, [option.probability for option in forecast.options])(shares).round(4),
    )


def _answers(
    forecast: Forecast, sitting: Sitting, actors: Sequence[str], places: Floats, pressures: Floats | None
) -> Floats:
    """Return the probability of each option at each combination of stops, as ``--set`` would have it.

    Silent members lean with whoever moves, and who is put in favour threatens no more.

    Returns
    -------
    Floats
        Shape (1 + V, ..., K), with an axis for each actor and one for the pressures; stop 0 leaves an input as it is.
    """
    case, model = forecast.case, forecast.explainer
    held = () if pressures is None else (("kappa", pressures),)
    found = []
    for chosen in product((None, *places.tolist()), repeat=len(actors)):
        moved = [
            coming_round(actor, case.issue.id, at) for actor, at in zip(actors, chosen, strict=True) if at is not None
        ]
        supposed = supposing(case, sitting, forecast.seed, moved) if moved else sitting
        found.append(grid(supposed, model, *held))
    answers = np.array(found)
    return answers.reshape(*[1 + len(places)] * len(actors), *answers.shape[1:])


def sliders_note(answers: int, draws: int) -> str:
    """Return what stands behind the sliders: how many answers, each of how many draws.

    Examples
    --------
    >>> sliders_note(84, 400)
    'Works offline, over 84 answers computed with this page (400 draws each, a standard error of at most 2.5 points).'
    """
    return (
        f"Works offline, over {answers} answers computed with this page ({draws:,} draws each, a standard error of at "
        f"most {error_of(draws)} points)."
    )


def stops_of(forecast: Forecast) -> dict[int, int]:
    """Return how many stops a slider has beside the estimate, by how many actors have one."""
    return _POSITIONS if forecast.arithmetic_in_draws is None else _VOTES


def in_the_way(forecast: Forecast) -> list[str]:
    """Return whose positions have sliders: those who most often stand in the way, or under votes would have to move."""
    most = max(_POSITIONS)
    if not forecast.objections:
        if forecast.arithmetic_in_draws is None:
            return []
        count = forecast.arithmetic
        wanted = dict.fromkeys((*count.would_move, *count.against))
        return [actor for actor in wanted if actor in count.against][:most]
    often = [objector.actor for objector in forecast.known_objectors if objector.probability >= _OFTEN]
    return (often or [objector.actor for objector in forecast.objectors[:1]])[:most]


def _named(value: float, options: dict[float, str]) -> str:
    """Return a place with the option that stands there."""
    return f"{value:g} ({options[value]})" if value in options else f"{value:g}"
