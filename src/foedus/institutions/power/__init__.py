"""Voting power: who decides, who can block, and by which coalitions, exactly where that can be counted."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.institutions.power.coalitions import (
        Coalitions,
        blockers,
        dummies,
        minimal_blocking,
        minimal_winning,
    )
    from foedus.institutions.power.game import (
        Compound,
        Game,
        Weighted,
        all_of,
        any_of,
        dual,
        joined_by,
        quota_for_share,
    )
    from foedus.institutions.power.indices import INDICES, Power, power

_HOME = {
    "INDICES": "indices",
    "Coalitions": "coalitions",
    "Compound": "game",
    "Game": "game",
    "Power": "indices",
    "Weighted": "game",
    "all_of": "game",
    "any_of": "game",
    "blockers": "coalitions",
    "dual": "game",
    "dummies": "coalitions",
    "joined_by": "game",
    "minimal_blocking": "coalitions",
    "minimal_winning": "coalitions",
    "power": "indices",
    "quota_for_share": "game",
}

__all__ = [
    "INDICES",
    "Coalitions",
    "Compound",
    "Game",
    "Power",
    "Weighted",
    "all_of",
    "any_of",
    "blockers",
    "dual",
    "dummies",
    "joined_by",
    "minimal_blocking",
    "minimal_winning",
    "power",
    "quota_for_share",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the room costs nothing."""
    if name in _HOME:
        return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
