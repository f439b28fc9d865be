"""Why a forecast came out as it did, and what would change it."""

from foedus.explain.levers import Lever, levers

__all__ = ["Lever", "levers"]
