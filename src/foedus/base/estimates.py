"""Uncertain numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that may be exact, a triangle between a low and a high value, or a set of samples.

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

    @property
    def is_exact(self) -> bool:
        """Whether no uncertainty is left."""
        return self.low == self.high

    @property
    def mean(self) -> float:
        """The expected value."""
        if self.samples:
            return float(np.mean(self.samples))
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
        left = (self.mode - self.low) / width
        rising = self.low + np.sqrt(levels * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - levels) * width * (self.high - self.mode))
        return np.where(levels < left, rising, falling)

    def clipped(self, low: float, high: float) -> Estimate:
        """Return the estimate with its three values kept between two bounds."""
        low_value, mode, high_value = np.clip([self.low, self.mode, self.high], low, high)
        samples = tuple(float(value) for value in np.clip(self.samples, low, high))
        return Estimate(float(low_value), float(mode), float(high_value), samples, self.rests_on)

    def __str__(self) -> str:
        if self.is_exact:
            return f"{self.mode:g}"
        return f"{self.mode:.3g} ({self.low:.3g} to {self.high:.3g})"
