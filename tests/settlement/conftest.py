"""Building small sittings by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from foedus.issues import Agenda, Sitting

DEFAULTS: dict[str, float] = {"kappa": 0.0, "tau": 0.5, "red_line_cost": 0.0, "red_line_slack": 0.0, "selection": 0.0}


def _one_draw(
    members: Sequence[Mapping[str, Any]],
    options: Sequence[float],
    *,
    status_quo: int = 0,
    proposal: int = -1,
    length: float = 100.0,
    outsiders: Sequence[int] = (),
    setter: float | None = None,
    **assumptions: float,
) -> Sitting:
    """One draw on one issue; a member is a mapping whose ``private`` is all it must have."""
    places = np.array(options, dtype=np.float64)

    def column(name: str, default: Any) -> np.ndarray[Any, Any]:
        return np.array([member.get(name, default) for member in members])

    private = column("private", None).astype(np.float64)
    public = np.array([float(member.get("public", member["private"])) for member in members])
    return Sitting(
        actors=tuple(str(member.get("id", f"a{place}")) for place, member in enumerate(members)),
        agendas=(Agenda(places, status_quo, proposal % len(places), length),),
        seated=column("seated", True).astype(bool),
        private=private[None, :, None],
        public=public[None, :, None],
        salience=column("salience", 1.0).astype(np.float64)[None, :, None],
        capability=column("capability", 1.0).astype(np.float64)[None, :],
        committed=column("committed", False).astype(bool)[:, None],
        red_low=column("red_low", -np.inf).astype(np.float64)[:, None],
        red_high=column("red_high", np.inf).astype(np.float64)[:, None],
        outsiders=(tuple(outsiders),),
        setter=np.array([[places[proposal] if setter is None else setter]]),
        assumptions={name: np.array([float(value)]) for name, value in (DEFAULTS | assumptions).items()},
    )


@pytest.fixture(scope="session")
def one_draw() -> Callable[..., Sitting]:
    """Return a builder of sittings with one draw on one issue."""
    return _one_draw
