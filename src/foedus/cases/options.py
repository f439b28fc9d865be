"""How likely one option is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptionForecast:
    """How likely one option is: ``probability`` in [0, 1], at a place on the scale."""

    KEYS = "label at probability"

    label: str
    at: float
    probability: float
