"""A game brought to the form in which coalitions are counted: thresholds on size and on few sums of weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from foedus.institutions.power.game import Game, Weighted

SIZE = -1
"""The axis of a threshold on the number of members."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Threshold:
    """Won when the sum on an axis (`SIZE`, or the place of a weight vector) reaches the quota."""

    axis: int
    quota: int


@dataclass(frozen=True, slots=True)
class Gate:
    """Won when every part is won, or at least one."""

    parts: tuple[Formula, ...]
    every: bool


Formula = Threshold | Gate


@dataclass(frozen=True, slots=True)
class Form:
    """A game as a formula over thresholds.

    Parameters
    ----------
    n
        Number of members.
    vectors
        The different weight vectors in lowest terms, each of length ``n``; vectors of equal weights are left
        out, since they amount to the size of a coalition.
    formula
        What a coalition must reach.
    """

    n: int
    vectors: tuple[tuple[int, ...], ...]
    formula: Formula

    def fold(self, leaf: Callable[[Threshold], T], every: Callable[[T, T], T], some: Callable[[T, T], T]) -> T:
        """Combine the values of the thresholds as the formula combines the thresholds."""

        def value(formula: Formula) -> T:
            if isinstance(formula, Threshold):
                return leaf(formula)
            return reduce(every if formula.every else some, (value(part) for part in formula.parts))

        return value(self.formula)

    def wins(self, reached: Callable[[Threshold], NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """Tell which coalitions win, given those that reach each threshold."""
        return self.fold(reached, np.logical_and, np.logical_or)

    def quotas(self) -> tuple[int, ...] | None:
        """Return the weight that a coalition of each size needs, for a game with at most one weight vector.

        Returns
        -------
        tuple[int, ...] or None
            For sizes 0 to ``n``; 0 where the size is enough, one more than the sum of the weights where no
            weight is. None for games of several weight vectors. Without any vector the weights count as zeros.
        """
        if len(self.vectors) > 1:
            return None
        never = sum(self.vectors[0]) + 1 if self.vectors else 1

        def of_size(size: int) -> int:
            return self.fold(
                lambda threshold: (
                    threshold.quota if threshold.axis != SIZE else 0 if size >= threshold.quota else never
                ),
                max,
                min,
            )

        return tuple(of_size(size) for size in range(self.n + 1))


def thresholds(formula: Formula) -> Iterator[Threshold]:
    """Yield the thresholds of a formula."""
    if isinstance(formula, Threshold):
        yield formula
    else:
        for part in formula.parts:
            yield from thresholds(part)


def form_of(game: Game) -> Form:
    """Return the form of a game.

    Examples
    --------
    >>> form_of(Weighted((20, 20, 10), 40)).vectors
    ((2, 2, 1),)
    >>> form_of(Weighted((20, 20, 20), 40)).formula
    Threshold(axis=-1, quota=2)
    """
    vectors: list[tuple[int, ...]] = []

    def formula(part: Game) -> Formula:
        if not isinstance(part, Weighted):
            return Gate(tuple(formula(inner) for inner in part.parts), part.every)
        divisor = math.gcd(*part.weights)
        quota = -(-part.quota // divisor)
        if len(set(part.weights)) == 1:
            return Threshold(SIZE, quota)
        vector = tuple(weight // divisor for weight in part.weights)
        if vector not in vectors:
            vectors.append(vector)
        return Threshold(vectors.index(vector), quota)

    written = formula(game)
    return Form(len(game.members), tuple(vectors), written)


def same_weights(form: Form) -> tuple[int, ...]:
    """Return for each member the first member with the same weights: such members have the same power."""
    first: dict[tuple[int, ...], int] = {}
    columns = [tuple(vector[i] for vector in form.vectors) for i in range(form.n)]
    return tuple(first.setdefault(column, i) for i, column in enumerate(columns))
