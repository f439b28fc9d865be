"""Two-mode and one-mode networks as matrices.

With N_q(i, c) the number of statements of actor i on claim c with stance q, which is 1 for, -1 against, 0 neither, and
N(i, c) that of all stances:

- two-mode: N(i, c), N_1(i, c), N_-1(i, c), or those for less those against;
- congruence:  C(i, j) = sum over c of N_1(i, c) N_1(j, c) + N_-1(i, c) N_-1(j, c)
- conflict:    D(i, j) = sum over c of N_1(i, c) N_-1(j, c) + N_-1(i, c) N_1(j, c)
- subtract:    C - D, each normalised first;
- ignore:      sum over c of N(i, c) N(j, c): claims that both speak of, whatever they say.

Who takes no side on a claim agrees on it with nobody and contradicts nobody: two who both speak of a matter without
taking sides share no belief that could hold a coalition together. Where every statement takes a side, as the sample
project of Discourse Network Analyzer has it, these are that program's sums, and C + D is what ``ignore`` counts.

The same over claims instead of actors: two claims are tied by actors who take the same side on both.

What ties are divided by follows version 3 of Discourse Network Analyzer, whose source (``export/Exporter.java``) is the
only full statement of it. With n(i) the number of statements of i, and a place a claim with a stance:

- average:     (n(i) + n(j)) / 2
- jaccard:     n(i) where j has nothing in that place, n(j) where i has nothing, and the sum of N_q(i, c) N_q(j, c)
- cosine:      n(i) n(j)
- activity:    of two modes, the number of statements of the actor
- prominence:  of two modes, the number of statements on the claim

References
----------
Leifeld, P. (2017), Discourse network analysis: policy debates as dynamic networks, in Victor, Montgomery and Lubell
(eds), The Oxford Handbook of Political Networks, doi:10.1093/oxfordhb/9780190228217.013.25.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from foedus.networks.said import Said

Floats = NDArray[np.float64]

TWO_MODE = ("all", "for", "against", "subtract")
"""Which statements a two-mode network counts."""

RELATIONS = ("congruence", "conflict", "subtract", "ignore")
"""What ties two actors, or two claims, in a one-mode network."""

NORMALISATIONS = ("none", "average", "jaccard", "cosine")
"""By what the ties of one mode are divided."""

TWO_MODE_NORMALISATIONS = ("none", "activity", "prominence")
"""By what the ties of two modes are divided."""

_STANCES = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Network:
    """A network as a matrix.

    Attributes
    ----------
    rows, columns
        Names, sorted; of a one-mode network both are the same.
    matrix
        Weights of the ties; shape (rows, columns). The diagonal of a one-mode network is zero.
    relation, normalisation
        What a tie is, and by what it was divided.
    of
        ``actors``, ``concepts``, or ``both`` for a network of two modes.
    """

    KEYS: ClassVar[str] = "rows columns weights"

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    matrix: Floats
    relation: str
    normalisation: str = "none"
    of: str = "actors"

    @property
    def weights(self) -> list[list[float]]:
        """The matrix as lists, for JSON."""
        return [[float(weight) for weight in row] for row in self.matrix]

    @property
    def one_mode(self) -> bool:
        """Whether rows and columns are the same actors, or the same claims."""
        return self.of != "both"

    def ties(self) -> tuple[tuple[str, str, float], ...]:
        """Return the ties with their weights, strongest first; of a one-mode network each pair once."""
        pairs = zip(*np.nonzero(self.matrix), strict=True)
        strengths = [
            (self.rows[i], self.columns[j], float(self.matrix[i, j])) for i, j in pairs if not self.one_mode or i < j
        ]
        return tuple(sorted(strengths, key=lambda tie: (-abs(tie[2]), tie[0], tie[1])))


def two_mode(said: Iterable[Said], relation: str = "all", normalisation: str = "none") -> Network:
    """Return who speaks of what.

    Parameters
    ----------
    said
        Statements.
    relation
        One of `TWO_MODE`.
    normalisation
        ``none``; ``activity``, by the number of the actor's statements; ``prominence``, by that of those on the claim.

    Examples
    --------
    >>> import datetime as dt
    >>> day = dt.date(2023, 7, 1)
    >>> two_mode([Said(day, "FRA", "office", -1, "a"), Said(day, "FRA", "office", -1, "b")], "subtract").matrix.tolist()
    [[-2.0]]

    Raises
    ------
    ValueError
        For another relation or normalisation.
    """
    if normalisation not in TWO_MODE_NORMALISATIONS:
        raise ValueError(f"expected one of {', '.join(TWO_MODE_NORMALISATIONS)}, got {normalisation!r}")
    actors, concepts, counts = _counts(said)
    against, neither, for_ = counts
    match relation:
        case "all":
            matrix = against + neither + for_
        case "for":
            matrix = for_
        case "against":
            matrix = against
        case "subtract":
            matrix = for_ - against
        case _:
            raise ValueError(f"expected one of {', '.join(TWO_MODE)}, got {relation!r}")
    if normalisation != "none":
        counted = counts if relation in ("all", "subtract") else matrix[None]
        matrix = matrix / np.maximum(
            counted.sum(axis=(0, 2 if normalisation == "activity" else 1), keepdims=True)[0], 1.0
        )
    return Network(actors, concepts, matrix, relation, normalisation, of="both")


def one_mode(
    said: Iterable[Said], relation: str = "congruence", normalisation: str = "none", *, of: str = "actors"
) -> Network:
    """Return who is tied to whom.

    Parameters
    ----------
    said
        Statements.
    relation
        One of `RELATIONS`.
    normalisation
        ``none``; ``average``, by the mean number of statements of the two; ``jaccard``, by the statements that one of
        them alone makes and the pairs that both make; ``cosine``, by the product of their numbers of statements.
    of
        ``actors`` or ``concepts``.

    Examples
    --------
    >>> import datetime as dt
    >>> said = [Said(dt.date(2023, 7, 1), who, "office", stance, "a") for who, stance in (("FRA", -1), ("DEU", 1))]
    >>> one_mode(said, "conflict").matrix.tolist()
    [[0.0, 1.0], [1.0, 0.0]]

    Raises
    ------
    ValueError
        For another relation, normalisation or kind.
    """
    if relation not in RELATIONS:
        raise ValueError(f"expected one of {', '.join(RELATIONS)}, got {relation!r}")
    if normalisation not in NORMALISATIONS:
        raise ValueError(f"expected one of {', '.join(NORMALISATIONS)}, got {normalisation!r}")
    if of not in ("actors", "concepts"):
        raise ValueError(f"expected actors or concepts, got {of!r}")
    actors, concepts, counts = _counts(said)
    if of == "concepts":
        actors, counts = concepts, counts.transpose(0, 2, 1)
    divisor = _divisor(counts, normalisation)
    congruent, conflicting, together = (pairs / divisor for pairs in _products(counts))
    matrix = {
        "congruence": congruent,
        "conflict": conflicting,
        "subtract": congruent - conflicting,
        "ignore": together,
    }[relation]
    np.fill_diagonal(matrix, 0.0)
    return Network(actors, actors, matrix, relation, normalisation, of)


def _counts(said: Iterable[Said]) -> tuple[tuple[str, ...], tuple[str, ...], Floats]:
    """Return actors, concepts, and how often each said what; shape (3, actors, concepts)."""
    rows = list(said)
    actors = tuple(sorted({row.actor for row in rows}))
    concepts = tuple(sorted({row.concept for row in rows}))
    who, what = {name: k for k, name in enumerate(actors)}, {name: k for k, name in enumerate(concepts)}
    counts = np.zeros((len(_STANCES), len(actors), len(concepts)))
    for row in rows:
        counts[_STANCES.index(row.stance), who[row.actor], what[row.concept]] += 1
    return actors, concepts, counts


def _products(counts: Floats) -> tuple[Floats, Floats, Floats]:
    """Return pairs of one side, of opposite sides, and of all stances; the diagonal has those of a row with itself."""
    against, _, for_ = counts
    across, spoken = for_ @ against.T, counts.sum(axis=0)
    return for_ @ for_.T + against @ against.T, across + across.T, spoken @ spoken.T


def _divisor(counts: Floats, normalisation: str) -> Floats:
    number = counts.sum(axis=(0, 2))
    match normalisation:
        case "average":
            divisor = (number[:, None] + number) / 2
        case "jaccard":
            alone = np.einsum("qic,qjc->ij", counts, (counts == 0).astype(np.float64))
            divisor = alone + alone.T + np.einsum("qic,qjc->ij", counts, counts)
        case "cosine":
            divisor = number[:, None] * number
        case _:
            divisor = np.ones((len(number), len(number)))
    return np.where(divisor > 0, divisor, 1.0)
