"""Random streams that belong to a place in the model and not to the order of computation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_WORDS_PER_STEP = 4  # Philox 4x64 yields four 64-bit words for each step of its counter


@dataclass(frozen=True, slots=True)
class Streams:
    """Uniform numbers keyed by a seed and by names such as issue, actor and input.

    Draw ``n`` of a stream is the same number whichever other streams are drawn, in chunks of whatever size
    and on however many cores.

    Parameters
    ----------
    seed
        A whole number, not negative.

    References
    ----------
    Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
    doi:10.1145/2063384.2063405

    Examples
    --------
    >>> streams = Streams(1)
    >>> whole = streams.uniforms("office", "FRA", "position", start=0, stop=10)
    >>> part = streams.uniforms("office", "FRA", "position", start=7, stop=10)
    >>> bool((whole[7:] == part).all())
    True
    """

    seed: int

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise ValueError(f"a seed is a whole number of at least 0; got {self.seed}")

    def generator(self, *names: str) -> np.random.Generator:
        """Return a generator at the start of the stream of these names."""
        return np.random.Generator(np.random.Philox(key=self._key(names)))

    def uniforms(self, *names: str, start: int, stop: int) -> NDArray[np.float64]:
        """Return numbers ``start`` to ``stop`` (excluded) of a stream, uniform in [0, 1); shape (stop - start,)."""
        bits = np.random.Philox(key=self._key(names))
        skipped_steps, extra = divmod(start, _WORDS_PER_STEP)
        if skipped_steps:
            bits.advance(skipped_steps)
        return np.random.Generator(bits).random(stop - start + extra)[extra:]

    def _key(self, names: tuple[str, ...]) -> NDArray[np.uint64]:
        digest = hashlib.sha256("\0".join((str(self.seed), *names)).encode()).digest()
        return np.frombuffer(digest[:16], dtype=np.uint64)
