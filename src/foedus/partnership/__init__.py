"""Partners, forums and limited means: what to offer whom, where to ask, and how to place what there is."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.partnership.allocated import Allocation
    from foedus.partnership.allocation import allocate
    from foedus.partnership.forum_choice import ForumChoice
    from foedus.partnership.forums import forum
    from foedus.partnership.tailored import Tailored
    from foedus.partnership.tailoring import tailor

_HOME = {
    "Allocation": "foedus.partnership.allocated",
    "ForumChoice": "foedus.partnership.forum_choice",
    "Tailored": "foedus.partnership.tailored",
    "allocate": "foedus.partnership.allocation",
    "forum": "foedus.partnership.forums",
    "tailor": "foedus.partnership.tailoring",
}

__all__ = ["Allocation", "ForumChoice", "Tailored", "allocate", "forum", "tailor"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: a solver is heavy, and most answers need none."""
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'foedus.partnership' has no attribute {name!r}")
