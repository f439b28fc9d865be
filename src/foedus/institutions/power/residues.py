"""Counts of coalitions as residues: exact whatever their size, in 64-bit integers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.uint64]

WORD = 2**64
"""The modulus that unsigned 64-bit addition keeps by itself."""

_LARGEST = 2**44
ADDITIONS = 20
"""Residues of at most 44 bits may be added to each other this many times over before 64 bits are full."""


def moduli(largest: int) -> tuple[int, ...]:
    """Return pairwise coprime moduli whose product is above the largest number to be recovered.

    Examples
    --------
    >>> len(moduli(2**60)), len(moduli(2**189))
    (1, 4)
    """
    chosen = [WORD]
    candidate = _LARGEST - 1
    while math.prod(chosen) <= largest:
        if all(math.gcd(candidate, other) == 1 for other in chosen):
            chosen.append(candidate)
        candidate -= 2
    return tuple(chosen)


def settle(counts: Counts, modulus: int) -> None:
    """Bring residues below the modulus, in place."""
    if modulus != WORD:
        np.remainder(counts, np.uint64(modulus), out=counts)


def minus(left: Counts, right: Counts, modulus: int) -> Counts:
    """Return the difference of settled residues, settled."""
    if modulus == WORD:
        return left - right
    return (left + np.uint64(modulus) - right) % np.uint64(modulus)


def recover(residues: Sequence[Counts], chosen: Sequence[int]) -> NDArray[np.object_]:
    """Return the whole numbers that leave the residues, by the Chinese remainder theorem.

    Parameters
    ----------
    residues
        One array for each modulus, all of the same shape.
    chosen
        The moduli; the numbers are at least 0 and below their product.

    Returns
    -------
    NDArray[np.object_]
        Python integers, of the same shape.

    Examples
    --------
    >>> number, chosen = 3**50, moduli(2**100)
    >>> recover([np.array([number % m], dtype=np.uint64) for m in chosen], chosen)[0] == number
    True
    """
    product = math.prod(chosen)
    total = np.zeros(residues[0].shape, dtype=object)
    for residue, modulus in zip(residues, chosen, strict=True):
        others = product // modulus
        total = total + residue.astype(object) * (others * pow(others, -1, modulus))
    return np.asarray(total % product, dtype=object)
