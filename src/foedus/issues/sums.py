"""Sums in one order: the same digits whatever the shape of a batch and the layout of its memory."""

from __future__ import annotations

import numpy as np

from foedus.issues.sitting import Flags, Floats


def total(values: Floats | Flags, axis: int) -> Floats:
    """Return the sum over an axis, added up one after the other.

    NumPy's own sum adds in an order that depends on how the array lies in memory, and so on how many draws are worked
    on at a time. Where trajectories amplify the last digit, that would make answers depend on the size of chunks.

    Examples
    --------
    >>> total(np.array([[0.1, 0.2, 0.3]]), axis=1).tolist()
    [0.6000000000000001]
    """
    if values.shape[axis] == 0:
        return np.asarray(values.sum(axis=axis))
    return np.asarray(np.take(np.cumsum(values, axis=axis), -1, axis=axis))
