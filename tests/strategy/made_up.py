"""An act that never was."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from foedus.world import Act

_DAY = dt.date(2020, 1, 1)
_ACT = Act(
    id="a",
    start=_DAY,
    known_on=_DAY,
    actor="nato",
    name="an act",
    act_class="office",
    object="alliance",
    place="JPN",
    physical=1,
    collective=30,
    addressed_to=("CHN",),
    frame="made-up",
    source="nato-99655",
    verified=True,
)


def made_up_act(**changes: Any) -> Act:
    """Return an act of the alliance that is addressed to China, with some columns otherwise."""
    return replace(_ACT, **changes)
