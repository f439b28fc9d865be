"""Colours that every chart and page uses, by name."""

from __future__ import annotations

PALETTE = {
    "ink": "#1b1f27",
    "muted": "#5d6675",
    "grid": "#d9dde4",
    "accept": "#2f6f9f",
    "reluctant": "#c98a1b",
    "object": "#b23a48",
    "abstain": "#8a7aa8",
    "voice": "#7d8796",
    "bar": "#34597d",
}
"""Names of colours and their values on white."""
