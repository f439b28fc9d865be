"""How a network changes: the same measures in one window of time after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from foedus.base.days import Day
from foedus.networks.camps import camps
from foedus.networks.matrices import one_mode
from foedus.networks.said import Said


@dataclass(frozen=True, slots=True)
class Window:
    """What a stretch of time holds.

    Attributes
    ----------
    start, end
        Its first day, and the first day after it.
    statements, actors
        How many statements are in it, and of how many actors.
    congruence, conflict
        The sums of the ties of either kind, each pair once.
    polarisation
        The modularity of the best split in two camps.
    groups
        The camps of that split.
    """

    start: Day
    end: Day
    statements: int
    actors: int
    congruence: float
    conflict: float
    polarisation: float
    groups: tuple[tuple[str, ...], ...]


def windows(
    said: Iterable[Said], days: int, normalisation: str = "average", *, step: int | None = None
) -> tuple[Window, ...]:
    """Return one window after the other, from the first statement to the last.

    Parameters
    ----------
    said
        Statements.
    days
        How long a window is.
    normalisation
        As of `foedus.networks.one_mode`.
    step
        Days from the start of one to the start of the next; by default they do not overlap.

    Raises
    ------
    ValueError
        When a window or a step has no day.
    """
    step = days if step is None else step
    if days < 1 or step < 1:
        raise ValueError(f"expected at least one day, got {min(days, step)}")
    rows = sorted(said)
    drawn = []
    start = rows[0].day if rows else None
    while start is not None and start <= rows[-1].day:
        end = start + dt.timedelta(days=days)
        inside = [row for row in rows if start <= row.day < end]
        if inside:
            congruence = one_mode(inside, "congruence", normalisation)
            split = camps(one_mode(inside, "subtract", normalisation))
            drawn.append(
                Window(
                    start,
                    end,
                    len(inside),
                    len({row.actor for row in inside}),
                    float(np.triu(congruence.matrix).sum()),
                    float(np.triu(one_mode(inside, "conflict", normalisation).matrix).sum()),
                    split.modularity,
                    split.groups,
                )
            )
        start += dt.timedelta(days=step)
    return tuple(drawn)
