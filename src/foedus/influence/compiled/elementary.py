"""Exponentials and logarithms of whole arrays, by polynomials that the compiler turns into vector instructions."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

FAST: dict[str, Any] = {"cache": True, "fastmath": {"contract", "arcp", "nsz", "reassoc"}, "error_model": "numpy"}
"""How all of the compiled form is compiled: sums may be reordered; infinities and signs are kept."""

FAINT = 1e-300
"""Stands for 0 where a logarithm is taken."""


@njit(**FAST)
def exponentials(values: Any, bits: Any, count: int) -> None:
    """Replace the first values, all at most 0, by their exponentials; ``bits`` is scratch of as many integers."""
    scale = bits.view(np.float64)
    for k in range(count):
        x = max(values[k], -700.0)
        n = np.floor(x * 1.4426950408889634 + 0.5)
        r = (x - n * 0.6931471803691238) - n * 1.9082149292705877e-10
        p = 1.0 / 39916800.0
        p = p * r + 1.0 / 3628800.0
        p = p * r + 1.0 / 362880.0
        p = p * r + 1.0 / 40320.0
        p = p * r + 1.0 / 5040.0
        p = p * r + 1.0 / 720.0
        p = p * r + 1.0 / 120.0
        p = p * r + 1.0 / 24.0
        p = p * r + 1.0 / 6.0
        p = p * r + 0.5
        p = p * r + 1.0
        values[k] = p * r + 1.0
        bits[k] = (np.int64(n) + 1023) << 52
    for k in range(count):
        values[k] *= scale[k]


@njit(**FAST)
def logarithms(values: Any, bits: Any, count: int) -> None:
    """Replace the first values, all above 0, by their logarithms."""
    whole = bits.view(np.float64)
    for k in range(count):
        whole[k] = values[k]
    for k in range(count):
        word = bits[k]
        exponent = ((word >> 52) & 0x7FF) - 1022
        bits[k] = (word & 0x000FFFFFFFFFFFFF) | (np.int64(1022) << 52)
        values[k] = np.float64(exponent)
    for k in range(count):
        m, e = whole[k], values[k]
        low = m < 0.7071067811865476
        m = m * 2.0 if low else m
        e = e - 1.0 if low else e
        s = (m - 1.0) / (m + 1.0)
        z = s * s
        p = 1.0 / 17.0
        p = p * z + 1.0 / 15.0
        p = p * z + 1.0 / 13.0
        p = p * z + 1.0 / 11.0
        p = p * z + 1.0 / 9.0
        p = p * z + 1.0 / 7.0
        p = p * z + 1.0 / 5.0
        p = p * z + 1.0 / 3.0
        p = p * z + 1.0
        values[k] = e * 0.6931471805599453 + 2.0 * s * p
