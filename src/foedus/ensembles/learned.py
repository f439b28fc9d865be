"""The learned settlement distribution: the mean of three, over the points of a scale.

Two are conditional logits: point g of an issue has the probability exp(z(g)) / sum of exp(z), where z is a weighted sum
of the features of `foedus.ensembles.features`; the one has ten of them, the other all, most of them pulled hard towards
zero. The third is the mixture of `foedus.ensembles.poles`. Under a majority it is then told whether the stated
positions carry the proposal (`foedus.ensembles.carried`). Weights were fitted to decisions with known outcomes
(`foedus.backtests` fits them); no feature was chosen by how well it did on these decisions.

References
----------
McFadden (1974), Conditional logit analysis of qualitative choice behavior, in Zarembka (ed.), Frontiers in
Econometrics.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.base.randomness import Streams
from foedus.ensembles.carried import classes_of, tilted
from foedus.ensembles.features import GRID, Ground, Situation, features
from foedus.ensembles.poles import components, mixture_of
from foedus.issues.sitting import Agenda, Flags, Floats, Sitting, nearest_option

PAIRS = 32
"""Pairs of opposite draws of the weights that are averaged over."""

DRAWS = 200
"""Draws of a sitting that are averaged over, at most: spread evenly over those there are."""


@dataclass(frozen=True, slots=True)
class Logit:
    """A fitted conditional logit.

    Parameters
    ----------
    names
        The features; length F.
    scale
        What each feature is divided by; shape (F,).
    weights
        Fitted weights of the divided features; shape (F,).
    covariance
        Covariance of the weights, shape (F, F); ``None`` to use the weights as if they were certain.
    """

    names: tuple[str, ...]
    scale: Floats
    weights: Floats
    covariance: Floats | None

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> Logit:
        """Return the logit that shipped or fitted parameters describe."""
        covariance = parameters.get("covariance")
        return cls(
            tuple(parameters["features"]),
            np.asarray(parameters["scale"], dtype=np.float64),
            np.asarray(parameters["weights"], dtype=np.float64),
            None if covariance is None else np.asarray(covariance, dtype=np.float64),
        )

    def distribution(self, X: Floats) -> Floats:
        """Return the probability of each point, given features as they come; shapes (N, 101, F) and (N, 101)."""
        return average_logit(X / self.scale, self.weights, self.covariance)


def logit(X: Floats, beta: Floats) -> Floats:
    """Return the probability of each point under one set of weights.

    Parameters
    ----------
    X
        Features; shape (N, 101, F).
    beta
        Shape (F,).

    Returns
    -------
    Floats
        Shape (N, 101); rows sum to 1.
    """
    score = X @ beta
    score -= score.max(axis=1, keepdims=True)
    odds = np.exp(score)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def average_logit(X: Floats, beta: Floats, covariance: Floats | None) -> Floats:
    """Return the probability of each point, averaged over normal draws of the weights; shape (N, 101)."""
    if covariance is None:
        return logit(X, beta)
    step = normal_draws(len(beta)) @ np.linalg.cholesky(covariance).T
    total = np.zeros(X.shape[:2])
    for delta in step:
        total += logit(X, beta + delta) + logit(X, beta - delta)
    return total / (2 * len(step))


@cache
def normal_draws(size: int) -> Floats:
    """Return ``PAIRS`` standard normal vectors, the same ones on every machine; shape (PAIRS, size)."""
    streams, quantile = Streams(0), NormalDist().inv_cdf
    rows = [streams.uniforms("learned", str(place), start=0, stop=PAIRS) for place in range(size)]
    return np.array([[quantile(min(max(u, 1e-12), 1 - 1e-12)) for u in row] for row in rows]).T


@cache
def packaged_parameters() -> Mapping[str, Any]:
    """Return the fitted parameters that come with this version.

    Returns
    -------
    Mapping[str, Any]
        ``training`` (file, SHA-256, issues, proposals), ``fitted_on``, ``version`` and, under ``models``, the
        parameters of each fitted model by name.

    Examples
    --------
    >>> sorted(packaged_parameters())
    ['fitted_on', 'models', 'scores', 'training', 'version']
    """
    text = resources.files("foedus.ensembles").joinpath("fitted.json").read_text("utf-8")
    return dict(json.loads(text))


def pooled(parts: Floats) -> Floats:
    """Return the plain mean of distributions; from (P, N, 101) to (N, 101)."""
    return np.asarray(parts.mean(axis=0))


def learned_distribution(situation: Situation, carries: Floats | None = None) -> Floats:
    """Return the learned distribution over 0 to 100 with the packaged parameters.

    Parameters
    ----------
    situation
        N issues.
    carries
        Whether stated positions carry the proposal: see `foedus.ensembles.carried.tilted`; unknown if not given.

    Returns
    -------
    Floats
        Shape (N, 101); rows sum to 1.

    Examples
    --------
    >>> none = np.array([np.nan])
    >>> told = Situation(np.array([[0.0, 0.0, 100.0]]), np.ones((1, 3)), np.ones((1, 3), dtype=bool), np.ones((1, 3)),
    ...                 none, none, none, none, none)
    >>> answer = learned_distribution(told)[0]
    >>> bool(answer[0] > answer[100] > answer[30]), round(answer.sum(), 9).item()
    (True, 1.0)
    """
    logits, weights, tilt = packaged_parts()
    names = tuple(dict.fromkeys(name for logit in logits for name in logit.names))
    x = features(situation, names)
    shares = [logit.distribution(x[:, :, [names.index(name) for name in logit.names]]) for logit in logits]
    mean = pooled(np.stack([*shares, mixture_of(weights, components(Ground(situation)))]))
    if carries is None:
        return mean
    return tilted(mean, tilt, carries, classes_of(situation.reference, situation.proposer))


@cache
def packaged_parts() -> tuple[tuple[Logit, ...], Floats, Floats]:
    """Return the logits, the weights of the mixture of poles, and what the count of votes adds."""
    learned = packaged_parameters()["models"]["learned"]
    parts = learned["parts"].values()
    logits = tuple(Logit.of(part) for part in parts if "features" in part)
    weights = next(np.asarray(part["weights"]) for part in parts if "components" in part)
    return logits, weights, np.asarray(learned["tilt"])


@dataclass(frozen=True, slots=True)
class LearnedAnswer:
    """The learned distribution for one issue of a sitting.

    Parameters
    ----------
    points
        Places on the issue's own scale; shape (101,).
    probability
        Of each point; shape (101,).
    options
        Of each option, each point counted for the option nearest to it; shape (K,).
    """

    points: Floats
    probability: Floats
    options: Floats


def learned_answer(sitting: Sitting, place: int, *, low: float | None = None) -> LearnedAnswer:
    """Return the learned distribution for one issue of a sitting, averaged over the draws of its inputs.

    The members are the actors with a seat, at their private positions; the proposer is whoever sets the agenda; the
    reference point is the status quo; there is no second chamber. The weights were learned from decisions of the
    Council of the European Union and carry over to another body only by assumption.

    Parameters
    ----------
    sitting
        D draws.
    place
        Index of the issue.
    low
        Lower end of the scale; the lowest option if not given. Positions beyond an end count as at that end.
    """
    agenda = sitting.agendas[place]
    _, points, p = draws_learned(sitting, place, low)
    probability = p.mean(axis=0)
    options = np.zeros(len(agenda.options))
    np.add.at(options, nearest_option(points, agenda), probability)
    return LearnedAnswer(points, probability, options)


def draws_learned(
    sitting: Sitting, place: int, low: float | None = None, carried: Flags | None = None
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Return the learned distribution of up to ``DRAWS`` draws of a sitting, one by one.

    Parameters
    ----------
    sitting, place, low
        See `learned_answer`.
    carried
        Whether the positions of each draw carry the proposal under a majority; shape (D,). Not known if not given.

    Returns
    -------
    tuple
        Which draws, shape (D,); places on the issue's own scale, shape (101,); probabilities, shape (D, 101).
    """
    agenda = sitting.agendas[place]
    start = float(agenda.options.min()) if low is None else low
    picked = np.unique(np.linspace(0, sitting.draws - 1, min(DRAWS, sitting.draws)).astype(np.intp))
    carries = None if carried is None else carried[picked].astype(np.float64)
    p = learned_distribution(_situation(sitting, place, agenda, start, picked), carries)
    return picked, start + GRID / 100 * agenda.length, p


def _situation(sitting: Sitting, place: int, agenda: Agenda, start: float, picked: NDArray[np.intp]) -> Situation:
    seats = np.flatnonzero(sitting.seated)

    def scaled(values: Floats) -> Floats:
        return np.clip((values - start) / agenda.length * 100, 0, 100)

    position = scaled(sitting.private[picked][:, seats, place])
    unknown = np.full(len(picked), np.nan)
    return Situation(
        position,
        sitting.salience[picked][:, seats, place],
        np.ones(position.shape, dtype=np.bool_),
        sitting.capability[picked][:, seats],
        scaled(sitting.setter[picked, place]),
        unknown,
        scaled(np.full(len(picked), agenda.options[agenda.status_quo])),
        unknown,
        unknown,
    )
