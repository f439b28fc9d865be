"""Camps in a network: the best split in two, communities, and the claims that carry the structure."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np

from foedus.networks.exporting import graph_of
from foedus.networks.matrices import Floats, Network, one_mode
from foedus.networks.said import Said

_EXHAUSTIVE = 14
"""Up to how many tied actors all splits are tried."""


@dataclass(frozen=True, slots=True)
class Camps:
    """Groups of actors.

    Attributes
    ----------
    groups
        Names, the larger group first, names sorted.
    modularity
        Q of Newman and Girvan: the share of ties within groups less what chance would give. Of two groups it is at most
        0.5, which two equal camps without a tie between them reach; 0 where no split is better than chance.
    untied
        Who agrees with nobody more than it contradicts them, and so belongs to no group.
    """

    groups: tuple[tuple[str, ...], ...]
    modularity: float
    untied: tuple[str, ...]


def camps(network: Network) -> Camps:
    """Return the split in two camps with the highest modularity: how polarised the network is.

    Parameters
    ----------
    network
        One-mode, agreement less conflict by rule; ties below 0 are left out.

    Notes
    -----
    All splits of up to 14 tied actors are tried. For more the search begins at the leading eigenvector of the
    modularity matrix and moves the actor that B most until none B (Newman 2006, doi:10.1073/pnas.0601602103).

    Examples
    --------
    >>> pairs = np.kron(np.eye(2), 1.0 - np.eye(2))
    >>> camps(Network(("A", "B", "C", "D"), ("A", "B", "C", "D"), pairs, "congruence")).modularity
    0.5
    """
    weights = np.maximum(network.matrix, 0.0)
    tied = np.flatnonzero(weights.any(axis=0))
    untied = tuple(name for k, name in enumerate(network.rows) if k not in set(tied.tolist()))
    if not len(tied):
        return Camps((), 0.0, untied)
    A = weights[np.ix_(tied, tied)]
    B = _modularity_matrix(A)
    s = _best_of_all(B) if len(tied) <= _EXHAUSTIVE else _searched(B)
    score = _score(B, s)
    if score <= 1e-12:
        s, score = np.ones(len(tied)), 0.0
    groups = (tuple(network.rows[k] for k in tied[s == side]) for side in (1.0, -1.0))
    return Camps(_ordered(groups), round(score, 12), untied)


def communities(network: Network, seed: int = 1) -> Camps:
    """Return communities of any number, by the method of Louvain.

    Parameters
    ----------
    network
        One-mode; ties below 0 are left out.
    seed
        The same seed gives the same answer.
    """
    graph = graph_of(replace(network, matrix=np.maximum(network.matrix, 0.0)))
    untied = tuple(sorted(nx.isolates(graph)))
    graph.remove_nodes_from(untied)
    if not graph:
        return Camps((), 0.0, untied)
    partition = nx.community.louvain_communities(graph, seed=seed)
    score = float(nx.community.modularity(graph, partition))
    return Camps(_ordered(tuple(sorted(community)) for community in partition), round(score, 12), untied)


def backbone(said: Iterable[Said], normalisation: str = "average") -> tuple[tuple[str, float], ...]:
    """Return the claims from the one that carries most of the structure to the one that carries least.

    This is the nested backbone of Discourse Network Analyzer. The claim whose loss changes the network of agreement
    less conflict least is taken out first, then the next one of what is left, and so on; ties below 0 are left out.
    Each claim stands with the distance between the networks with all claims and with those above it alone: the
    Euclidean distance of the sorted eigenvalues of their Laplacian matrices, each divided by its sum of eigenvalues.

    Parameters
    ----------
    said
        Statements.
    normalisation
        As of `foedus.networks.one_mode`.

    Returns
    -------
    tuple
        Claim, and distance from the whole once it and all below it are gone; 0 where nothing is lost.
    """
    rows = tuple(said)
    actors = tuple(sorted({row.actor for row in rows}))
    left = sorted({row.concept for row in rows})
    whole = _spectrum(rows, actors, normalisation)
    taken: list[tuple[str, float]] = []
    while left:
        losses = []
        for concept in left:
            kept = [row for row in rows if row.concept in left and row.concept != concept]
            losses.append((float(np.linalg.norm(whole - _spectrum(kept, actors, normalisation))), concept))
        loss, concept = min(losses)
        left.remove(concept)
        taken.append((concept, loss))
    return tuple(reversed(taken))


def core(claims: Sequence[tuple[str, float]], penalty: float = 3.5) -> tuple[str, ...]:
    """Return the few claims that hold most of the structure: the backbone; the others are redundant.

    Of the nested sets it is the one whose distance from the whole is smallest when it is multiplied by
    ``exp(penalty * size / claims)``, so that a larger set has to earn its size.

    Parameters
    ----------
    claims
        What `backbone` returns.
    penalty
        How hard size is punished; 3.5 is the default of Discourse Network Analyzer's R package.

    Examples
    --------
    >>> core((("ban", 0.9), ("levy", 0.01), ("label", 0.008)))
    ('ban',)
    """
    sizes = range(1, len(claims))
    if not sizes:
        return tuple(claim for claim, _ in claims)
    best = min(sizes, key=lambda size: claims[size][1] * math.exp(penalty * size / len(claims)))
    return tuple(claim for claim, _ in claims[:best])


def _spectrum(said: Iterable[Said], actors: tuple[str, ...], normalisation: str) -> Floats:
    """Return the eigenvalues of the Laplacian D - A, in order, as shares of their sum; shape (actors,)."""
    network = one_mode(said, "subtract", normalisation)
    places = [actors.index(name) for name in network.rows]
    A = np.zeros((len(actors), len(actors)))
    A[np.ix_(places, places)] = np.maximum(network.matrix, 0.0)
    eigenvalues = np.linalg.eigvalsh(np.diag(A.sum(axis=1)) - A)
    total = eigenvalues.sum()
    return np.asarray(eigenvalues / total if total > 0 else eigenvalues)


def _modularity_matrix(A: Floats) -> Floats:
    """Return B over 2m, with B_ij = A_ij - k_i k_j / 2m (Newman 2006, equation 3)."""
    k = A.sum(axis=1)
    two_m = k.sum()
    return np.asarray((A - np.outer(k, k) / two_m) / two_m)


def _score(B: Floats, s: Floats) -> float:
    """Return the modularity of a split: s'Bs / 2, since B sums to 0 and pairs within a side count half."""
    return float(s @ B @ s) / 2


def _best_of_all(B: Floats) -> Floats:
    size = len(B)
    s = np.array([(1.0, *rest) for rest in itertools.product((1.0, -1.0), repeat=size - 1)])
    scores = np.einsum("ni,ij,nj->n", s, B, s)
    return np.asarray(s[int(np.argmax(np.round(scores, 12)))])


def _searched(B: Floats) -> Floats:
    vector = np.linalg.eigh(B)[1][:, -1]
    s = np.where(vector >= 0, 1.0, -1.0)
    while True:
        # Turning i changes the sum by -4 s_i (sum over others of B_ij s_j).
        change = -4 * s * (B @ s - np.diag(B) * s)
        best = int(np.argmax(change))
        if change[best] <= 1e-12:
            return np.asarray(s * s[0])
        s[best] = -s[best]


def _ordered(groups: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((group for group in groups if group), key=lambda group: (-len(group), group)))
