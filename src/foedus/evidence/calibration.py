"""Whether a coder's certainty means what it says: of statements called .8, eight in ten should be right."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from foedus.evidence.coder.candidate import CODER
from foedus.evidence.coder.certainty import GROUNDS, LOWERS, certainty_of
from foedus.evidence.judged import judged_elsewhere
from foedus.evidence.real_texts import Judged, RealScores

WANTED = 0.9
"""Share of right statements that a suggested threshold aims at: nine in ten."""

FEWEST = 10
"""Fewest judged statements on which a threshold may rest."""

EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Band:
    """Statements whose certainty lies in one band.

    Attributes
    ----------
    low, high
        The band: from ``low`` up to below ``high``.
    statements, right
        How many there are, and how many of them are right.
    called
        Their mean certainty.
    """

    low: float
    high: float
    statements: int
    right: int
    called: float

    @property
    def share(self) -> float:
        """Share that is right."""
        return self.right / self.statements


@dataclass(frozen=True, slots=True)
class Reliability:
    """How a coder's certainty compares with what came out.

    Attributes
    ----------
    statements, documents
        How many were judged, in how many texts.
    bands
        From the least certain to the most.
    brier, base
        Mean squared difference of certainty and outcome, and what it is where every statement gets the share of right
        ones in the other texts: as the certainty, it knows nothing of the text itself.
    threshold
        Certainty from which nine in ten are right, or ``None`` where none is.
    above
        How many of the judged lie at or above it.
    """

    KEYS = (
        "statements documents bands(from=low to=high statements right called) brier brier_of_the_mean=base threshold "
        "above"
    )

    statements: int
    documents: int
    bands: tuple[Band, ...]
    brier: float
    base: float
    threshold: float | None
    above: int


def unseen(scores: RealScores) -> list[Judged]:
    """Return the judged statements of texts that no rule was tuned on.

    For the rules on the packaged texts these are the statements of the held-out half and those of `judged_elsewhere`.
    """
    held = {text.id for text in scores.texts if text.half == "held-out"}
    return [
        *(statement for statement in scores.judged if statement.text in held),
        *(judged_elsewhere() if _of_the_fit(scores) else ()),
    ]


def _of_the_fit(scores: RealScores) -> bool:
    """Tell whether these are the statements to which the weights are fitted."""
    return scores.data == "packaged" and scores.coder == CODER


def reliability(scores: RealScores) -> Reliability | None:
    """Return how certain a coder was on the texts that no rule was tuned on, and how often it was right.

    The rules' certainty is fitted to the packaged texts: each is judged with weights to which it did not contribute. On
    other texts, and of another coder, it is taken as it is.

    Parameters
    ----------
    scores
        As `evaluate_real_texts` gives them.

    Returns
    -------
    Reliability or None
        ``None`` where nothing was proposed on those texts.
    """
    judged = unseen(scores)
    if not judged:
        return None
    called = np.array(_cross_fitted(judged) if _of_the_fit(scores) else [statement.certainty for statement in judged])
    right = np.array([statement.right for statement in judged], dtype=float)
    bands = []
    for low, high in itertools.pairwise(EDGES):
        inside = (called >= low) & ((called < high) | (high == EDGES[-1]))
        if inside.any():
            bands.append(Band(low, high, int(inside.sum()), int(right[inside].sum()), float(called[inside].mean())))
    threshold = suggested_threshold(list(called), [bool(was_right) for was_right in right])
    above = 0 if threshold is None else int((called >= threshold).sum())
    return Reliability(
        len(judged), len({statement.text for statement in judged}), tuple(bands), float(((called - right) ** 2).mean()),
        float(((_shares_elsewhere(judged) - right) ** 2).mean()), threshold, above,
    )  # fmt: skip


def _shares_elsewhere(judged: Sequence[Judged]) -> NDArray[np.float64]:
    """Return for each statement the share of right ones in the other texts."""
    shares = []
    for statement in judged:
        others = [other.right for other in judged if other.text != statement.text]
        shares.append(float(np.mean(others)) if others else 0.5)
    return np.array(shares)


def suggested_threshold(called: Sequence[float], right: Sequence[bool]) -> float | None:
    """Return the least certainty from which nine in ten are right, on `FEWEST` statements or more.

    Examples
    --------
    >>> suggested_threshold([0.5] * 10 + [0.8] * 10, [False] * 10 + [True] * 10)
    0.8
    >>> suggested_threshold([0.5] * 20, [True, False] * 10) is None
    True
    """
    for threshold in sorted(set(called)):
        outcomes = [was_right for certainty, was_right in zip(called, right, strict=True) if certainty >= threshold]
        if len(outcomes) >= FEWEST and sum(outcomes) >= WANTED * len(outcomes):
            return float(threshold)
    return None


def fitted_weights(judged: Iterable[Judged]) -> dict[str, float]:
    """Return the weights of the grounds of certainty: logistic regression, with a ridge on all but the start.

    The ridge draws to 0, and to 1 what the rules take off: it counts in full unless the texts say otherwise. What can
    only lower a certainty gets no weight above 0, and what can only raise it none below.

    Parameters
    ----------
    judged
        Statements with their grounds and whether they are right.
    """
    rows = list(judged)
    grounds = np.array([[row.grounds[name] for name in GROUNDS] for row in rows])
    right = np.array([row.right for row in rows], dtype=float)
    return dict(zip(GROUNDS, _logistic(grounds, right).tolist(), strict=True))


def _logistic(grounds: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights of a ridge logistic regression whose weights keep to their sides of 0."""
    ridge = np.array([0.0] + [_RIDGE] * (len(GROUNDS) - 1))
    centre = np.array([float(name == "rules") for name in GROUNDS])
    bounds = [(None, None) if name == "start" else (None, 0) if name in LOWERS else (0, None) for name in GROUNDS]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = grounds @ weights
        off = weights - centre
        value = np.logaddexp(0, logits).sum() - right @ logits + 0.5 * (ridge * off**2).sum()
        return float(value), grounds.T @ (1 / (1 + np.exp(-logits)) - right) + ridge * off

    solution = minimize(
        loss, np.zeros(len(GROUNDS)), jac=True, bounds=bounds, method="L-BFGS-B", options={"gtol": 1e-9, "ftol": 1e-14}
    )
    return np.asarray(solution.x, dtype=float)


def _cross_fitted(judged: Sequence[Judged]) -> list[float]:
    """Return the certainty of each judged statement, with its text left out of the fit."""
    fits: dict[str, Mapping[str, float]] = {}
    called = []
    for statement in judged:
        if statement.text not in fits:
            fits[statement.text] = fitted_weights(other for other in judged if other.text != statement.text)
        called.append(certainty_of(statement.grounds, fits[statement.text]))
    return called
