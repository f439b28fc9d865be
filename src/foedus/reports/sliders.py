"""The grid of answers behind the page's sliders: the likeliest objector's position, and peer pressure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.forecasts import Forecast, grid, sample
from foedus.forecasts.sweeps import POSITION, Anchor, sweep_draws

SLIDER_DRAWS = 400
"""Draws for each stop: whoever moves a slider looks for where the answer turns, not for a percentage point."""

_POSITIONS = 11
_PRESSURES = (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Sliders:
    """Two inputs to move, and the answer at each pair of values.

    Attributes
    ----------
    draws
        Behind each answer.
    axes
        Title and stops of each.
    shares
        The probability of each option at each pair of stops; shape (V, W, K). Stop 0 leaves an input as estimated.
    """

    draws: int
    axes: list[dict[str, Any]]
    labels: list[list[str]]
    shares: list[list[list[float]]]


def sliders(forecast: Forecast) -> Sliders | None:
    """Return the grid behind the sliders: the likeliest objector's position, and peer pressure."""
    model = forecast.explainer
    if not forecast.objectors or "kappa" not in {a.name for a in model.card.assumptions}:
        return None
    case, actor = forecast.case, forecast.objectors[0].actor
    positions = np.linspace(case.issue.scale.low, case.issue.scale.high, _POSITIONS)
    pressures = np.array(_PRESSURES)
    draws = min(SLIDER_DRAWS, sweep_draws(model))
    shares = grid(
        sample(case, model, forecast.seed, draws), model, (f"{actor}.{POSITION}", positions), ("kappa", pressures)
    )
    return Sliders(
        draws=draws,
        axes=[
            {"id": "first", "title": f"{case.member(actor).name}'s position", "last": len(positions)},
            {"id": "second", "title": "Peer pressure (kappa)", "last": len(pressures)},
        ],
        labels=[
            ["as estimated", *(f"{value:g}" for value in positions)],
            ["as declared", *(f"{value:g}" for value in pressures)],
        ],
        shares=np.round(Anchor.of(shares[0, 0], [one.probability for one in forecast.options])(shares), 4).tolist(),
    )
