"""Uncertain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foedus.base.wording import percent, ranged, short_number


@dataclass(frozen=True, slots=True)
class Part:
    """One triangle of a mixture, with its share of the probability; see `Estimate`."""

    share: float
    low: float
    mode: float
    high: float

    @property
    def mean(self) -> float:
        """The expected value where this part holds."""
        return (self.low + self.mode + self.high) / 3

    def below(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probability of at most each value; same shape."""
        width = self.high - self.low
        if width == 0:
            return np.asarray(values >= self.low, dtype=np.float64)
        inside = np.clip(values, self.low, self.high)
        rising = np.square(inside - self.low) / (width * ((self.mode - self.low) or 1.0))
        falling = 1 - np.square(self.high - inside) / (width * ((self.high - self.mode) or 1.0))
        return np.where(inside < self.mode, rising, falling)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that may be exact, a triangle between a low and a high value, a mixture of triangles, or samples.

    Parameters
    ----------
    low, mode, high
        The smallest, the likeliest and the largest value, in the unit of what is estimated. Three equal
        values are an exact number. Between them the density is triangular: the least committed shape that
        three numbers define and a reader can check by hand.
    samples
        Equally likely values; given, they are the distribution and ``low``, ``mode``, ``high`` only describe it.
    rests_on
        Ids of the statements, facts or assumptions behind it.
    parts
        Triangles that exclude each other, each with its share of the probability: the distribution has several
        peaks, and ``low``, ``mode``, ``high`` only describe it; see `mixture`.

    Raises
    ------
    ValueError
        When the three values are out of order or not finite.

    Examples
    --------
    >>> position = Estimate(0, 10, 40, rests_on=("s07",))
    >>> round(position.mean, 3)
    16.667
    >>> Estimate.exact(5).is_exact
    True
    """

    low: float
    mode: float
    high: float
    samples: tuple[float, ...] = ()
    rests_on: tuple[str, ...] = field(default=())
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        if not np.isfinite([self.low, self.mode, self.high, *self.samples]).all():
            raise ValueError("an estimate needs finite numbers")
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"low {self.low:g}, mode {self.mode:g}, high {self.high:g} are out of order")

    @classmethod
    def exact(cls, value: float, rests_on: tuple[str, ...] = ()) -> Estimate:
        """Return an estimate without uncertainty."""
        return cls(value, value, value, rests_on=rests_on)

    @classmethod
    def of_samples(cls, samples: tuple[float, ...], rests_on: tuple[str, ...] = ()) -> Estimate:
        """Return the estimate that equally likely samples make; its mode is their median."""
        return cls(min(samples), float(np.median(samples)), max(samples), samples, rests_on)

    @classmethod
    def mixture(cls, parts: Sequence[tuple[float, Estimate]], rests_on: tuple[str, ...] = ()) -> Estimate:
        """Return the mixture of triangles that exclude each other; its mode is that of the heaviest.

        Parameters
        ----------
        parts
            Shares, which are scaled to sum to 1, and triangles or mixtures of them; shares of 0 are left out.
        rests_on
            As in `Estimate`.

        Raises
        ------
        ValueError
            When no share is above 0, or a part holds samples.

        Examples
        --------
        >>> split = Estimate.mixture([(3, Estimate(0, 0, 10)), (1, Estimate(90, 100, 100))])
        >>> split.low, split.mode, split.high, split.mean
        (0, 0, 100, 26.666666666666668)
        """
        total = sum(share for share, _ in parts)
        if not total > 0 or any(estimate.samples for _, estimate in parts):
            raise ValueError("a mixture needs triangles, and a share above 0")
        merged: list[Part] = []
        for share, estimate in parts:
            inner = estimate.parts or (Part(1.0, estimate.low, estimate.mode, estimate.high),)
            merged += [Part(share / total * p.share, p.low, p.mode, p.high) for p in inner if share * p.share > 0]
        merged.sort(key=lambda p: (p.mode, p.low, p.high))
        mode = max(merged, key=lambda p: p.share).mode
        low, high = min(p.low for p in merged), max(p.high for p in merged)
        return cls(low, mode, high, rests_on=rests_on, parts=tuple(merged) if len(merged) > 1 else ())

    @property
    def is_exact(self) -> bool:
        """Whether no uncertainty is left."""
        return self.low == self.high

    @property
    def mean(self) -> float:
        """The expected value."""
        if self.samples:
            return float(np.mean(self.samples))
        if self.parts:
            return sum(part.share * part.mean for part in self.parts)
        return (self.low + self.mode + self.high) / 3

    def quantiles(self, levels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the values below which the given shares of the probability lie.

        Parameters
        ----------
        levels
            Shares in [0, 1], of any shape; uniform random numbers give random draws.

        Returns
        -------
        NDArray[np.float64]
            Values, of the same shape.

        Examples
        --------
        >>> Estimate(0, 10, 40).quantiles(np.array([0.0, 0.25, 1.0])).tolist()
        [0.0, 10.0, 40.0]
        """
        if self.samples:
            ordered = np.sort(self.samples)
            picked = np.minimum((levels * len(ordered)).astype(int), len(ordered) - 1)
            return np.asarray(ordered[picked], dtype=np.float64)
        width = self.high - self.low
        if width == 0:
            return np.full(levels.shape, self.low)
        if self.parts:
            return self._mixed_quantiles(levels)
        left = (self.mode - self.low) / width
        rising = self.low + np.sqrt(levels * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - levels) * width * (self.high - self.mode))
        return np.where(levels < left, rising, falling)

    def equally_likely(self) -> NDArray[np.float64]:
        """Return a hundred values that are equally likely, from low to high; shape (100,).

        Examples
        --------
        >>> Estimate(0, 10, 40).equally_likely()[[0, 99]].round(1).tolist()
        [1.4, 37.6]
        """
        return self.quantiles((np.arange(100) + 0.5) / 100)

    def _mixed_quantiles(self, levels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Invert the distribution of a mixture: the least value at or below which each share lies.

        Between neighbouring corners of the triangles the density is a straight line, so that a quadratic gives the
        value; where a part is exact, the distribution jumps.
        """
        corners = np.unique([(part.low, part.mode, part.high) for part in self.parts])
        middles, widths = (corners[:-1] + corners[1:]) / 2, np.diff(corners)
        density, slope, jumps = np.zeros(len(widths)), np.zeros(len(widths)), np.zeros(len(corners))
        for part in self.parts:
            if part.low == part.high:
                jumps[np.searchsorted(corners, part.low)] += part.share
                continue
            peak = 2 * part.share / (part.high - part.low)
            rises, falls = (part.low < middles) & (middles < part.mode), (part.mode < middles) & (middles < part.high)
            up, down = peak / ((part.mode - part.low) or 1.0), peak / ((part.high - part.mode) or 1.0)
            density += np.where(rises, up * (corners[:-1] - part.low), 0) + np.where(
                falls, down * (part.high - corners[:-1]), 0
            )
            slope += np.where(rises, up, 0) - np.where(falls, down, 0)
        risen = np.concatenate([[0.0], np.cumsum(widths * (density + slope * widths / 2))])
        reached = risen + np.cumsum(jumps)
        levels = np.minimum(levels, reached[-1])
        at = np.searchsorted(reached, levels)
        before = np.maximum(at - 1, 0)
        wanted = np.maximum(levels - reached[before], 0.0)
        root = np.sqrt(np.maximum(density[before] ** 2 + 2 * slope[before] * wanted, 0.0))
        steps = 2 * wanted / np.maximum(density[before] + root, np.finfo(float).tiny)
        inside = np.minimum(corners[before] + steps, corners[at])
        return np.where(levels > reached[at] - jumps[at], corners[at], inside)

    def __str__(self) -> str:
        if self.is_exact:
            return short_number(self.mode)
        if self.parts:
            return "; or ".join(f"{ranged(p.mode, p.low, p.high)} at {percent(p.share)}" for p in self.parts)
        return ranged(self.mode, self.low, self.high)
