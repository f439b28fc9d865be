"""How likely one option is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptionForecast:
    """How likely one option is: ``probability`` in [0, 1], at a place on the scale."""

    label: str
    at: float
    probability: float

    def as_dict(self) -> dict[str, object]:
        """Return it with the keys of the JSON contract."""
        return {"label": self.label, "at": self.at, "probability": self.probability}
