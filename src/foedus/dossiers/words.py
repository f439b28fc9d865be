"""Words that may stand for positions, and the numbers that they stand for."""

from __future__ import annotations

ABSTAINS = "abstains"
"""The word for who takes no side in a vote; it is more than a place: see `foedus.dossiers.stands.Stand.abstains`."""

WORDS: dict[str, tuple[float, float, float]] = {
    "opposed": (0.0, 0.05, 0.25),
    "reluctant": (0.1, 0.3, 0.5),
    ABSTAINS: (0.4, 0.5, 0.6),
    "open": (0.35, 0.55, 0.8),
    "supportive": (0.6, 0.8, 1.0),
    "champion": (0.85, 1.0, 1.0),
}
"""Low, mode and high as shares of the way from the status quo (0) to the proposal (1)."""
