"""The stops of a slider along the line of an issue, fine enough for a line of any length."""

from __future__ import annotations

import math

from foedus.issues import Scale


def step_of(scale: Scale) -> float:
    """Return how far a slider moves at once: a whole unit, and on a short line a hundredth of it or finer.

    Examples
    --------
    >>> [step_of(Scale(0, high)) for high in (100, 4_000, 10, 1, 0.5)]
    [1.0, 1.0, 0.1, 0.01, 0.001]
    """
    return float(min(1.0, 10.0 ** (math.floor(math.log10(scale.length)) - 2)))


def stop_at(scale: Scale, place: float) -> str:
    """Return the stop nearest to a place, as a browser spells it; stops are counted from the low end.

    Examples
    --------
    >>> stop_at(Scale(0, 100), 8.76), stop_at(Scale(0, 1), 0.4321), stop_at(Scale(0.5, 100), 8.76)
    ('9', '0.43', '8.8')
    """
    step = step_of(scale)
    return f"{scale.low + round((place - scale.low) / step) * step:.10g}"
