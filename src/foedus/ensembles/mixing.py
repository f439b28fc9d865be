"""The ensemble: a mixture of what several models make of the same draws, bound by what nobody stops.

The mixture of option k is the sum over parts of weight times share. Under consensus and unanimity the feasible set of
each draw binds: what a part settles on although somebody stops it in that draw falls to the status quo, since what is
rejected is not adopted and what is not adopted leaves things as they are. Under a majority, in a body other than the
Council, what lacks the votes comes down to the next option on its way back that has them, which is the status quo where
none has. On the Council's 112 decisions with a known start that is the better of the two (CRPS 27.4 against 30.0, 95
per cent interval of the difference -4.9 to -0.6); on the 186 decisions under consensus it is the worse (log score 1.49
against 1.44, interval 0.015 to 0.083).

The weights of a rule are those at which w = (n m + a p) / (n + a), with n the decisions under the rule, m the mean
share of them that each part explains under w, p the weights that the rule leans on, and a the strength: the posterior
mode of a Dirichlet prior. `foedus.backtests.stacking` fits them.

References
----------
Jacobs, Jordan, Nowlan and Hinton (1991), Adaptive mixtures of local experts, doi:10.1162/neco.1991.3.1.79.
Yao, Vehtari, Simpson and Gelman (2018), Using stacking to average Bayesian predictive distributions,
doi:10.1214/17-BA1091.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.base.errors import FoedusError
from foedus.ensembles.carried import class_at
from foedus.ensembles.features import GRID
from foedus.ensembles.learned import draws_learned, packaged_parameters
from foedus.issues.sitting import Agenda, Flags, Floats, Sitting, nearest_option
from foedus.settlement import MODELS
from foedus.settlement.consensus import feasible

SETTLING = ("consensus", "costly-reference", "agenda-setter", "compromise")
"""Settlement models of the mixture."""

PARTS = (*SETTLING, "learned")
"""All that is mixed."""

BINDING = ("consensus", "unanimity")
"""Rules under which the feasible set binds."""

COUNCIL, PUBLIC = "council", "public"
"""What weights were learned on: decisions of the Council with exact positions; decisions coded from public words."""


def next_passable(allowed: Flags, agenda: Agenda) -> NDArray[np.intp]:
    """Return to what each option comes down where it is stopped: the nearest on its way back to the status quo.

    A text that lacks the votes is narrowed to one on the table that has them. So what lifts an option, and stops none
    that passed, never adds to the chance of no change.

    Parameters
    ----------
    allowed
        What nobody stops in each draw, the status quo among it; shape (D, K).
    agenda
        The options.

    Returns
    -------
    NDArray
        Indices of options, its own for one that is allowed; shape (D, K).

    Examples
    --------
    >>> agenda = Agenda(np.array([0.0, 40.0, 70.0, 100.0]), status_quo=0, proposal=3, length=100.0)
    >>> next_passable(np.array([[True, True, False, False], [True, False, False, True]]), agenda).tolist()
    [[0, 1, 1, 1], [0, 0, 0, 3]]
    """
    way = agenda.options - agenda.options[agenda.status_quo]
    on_the_way = (way[:, None] * way >= 0) & (np.abs(way) <= np.abs(way[:, None]))  # from each option to each
    reach = np.where(allowed[:, None, :] & on_the_way, np.abs(way), -1.0)
    reach[:, :, agenda.status_quo] = np.maximum(reach[:, :, agenda.status_quo], 0.0)
    nearest = reach.argmax(axis=2)
    nowhere = reach.max(axis=2) <= 0
    return np.asarray(np.where(nowhere, agenda.status_quo, nearest))


def narrowed(spread: Floats, allowed: Flags, agenda: Agenda) -> Floats:
    """Return shares after what is stopped has come down to the next option on its way that passes.

    Parameters
    ----------
    spread, allowed
        Shares of options and whether they pass, in each draw; shape (D, K).
    agenda
        The options.

    Examples
    --------
    >>> agenda = Agenda(np.array([0.0, 40.0, 100.0]), status_quo=0, proposal=2, length=100.0)
    >>> narrowed(np.array([[0.2, 0.5, 0.3]]), np.array([[True, True, False]]), agenda).round(6).tolist()
    [[0.2, 0.8, 0.0]]
    """
    p, to = np.zeros_like(spread), next_passable(allowed, agenda)
    rows = np.arange(len(spread))
    for option in range(spread.shape[1]):
        np.add.at(p, (rows, to[:, option]), spread[:, option])
    return p


def bound(spread: Floats, allowed: Flags, status_quo: int) -> Floats:
    """Return shares after what is not allowed has fallen to the status quo.

    Parameters
    ----------
    spread, allowed
        Shares of options and whether they are feasible, in each draw; shape (D, K).
    status_quo
        Index of an option.

    Examples
    --------
    >>> bound(np.array([[0.2, 0.5, 0.3]]), np.array([[True, False, True]]), 0).round(6).tolist()
    [[0.7, 0.0, 0.3]]
    """
    bounded = np.where(allowed, spread, 0.0)
    bounded[:, status_quo] += spread.sum(axis=1) - bounded.sum(axis=1)
    return bounded


def settled_shares(sitting: Sitting, place: int, allowed: Flags | None, *, narrows: bool = False) -> Floats:
    """Return how often each settlement model of the mixture ends at each option.

    Parameters
    ----------
    sitting
        D draws, with the assumptions of all of ``SETTLING``.
    place
        Index of the issue.
    allowed
        What binds; shape (D, K). ``None``: nothing does.
    narrows
        Whether what is stopped comes down to the next option that passes, rather than to the status quo.

    Returns
    -------
    Floats
        Shape (P, K), not-a-number in the row of a model that cannot work on the case.
    """
    agenda = sitting.agendas[place]
    shares = np.full((len(SETTLING), len(agenda.options)), np.nan)
    for row, name in enumerate(SETTLING):
        try:
            choice = MODELS[name].choose(sitting)[:, place]
        except FoedusError:
            continue
        if allowed is not None:
            choice = come_down(choice, allowed, agenda, narrows=narrows)
        shares[row] = np.bincount(choice, minlength=len(agenda.options)) / len(choice)
    return shares


def come_down(choice: NDArray[np.intp], allowed: Flags, agenda: Agenda, *, narrows: bool) -> NDArray[np.intp]:
    """Return what each draw ends at after what is stopped has come down; see `settled_shares`."""
    rows = np.arange(len(choice))
    if narrows:
        return np.asarray(next_passable(allowed, agenda)[rows, choice])
    return np.where(allowed[rows, choice], choice, agenda.status_quo)


def learned_shares(
    sitting: Sitting,
    place: int,
    allowed: Flags | None,
    low: float | None = None,
    carried: Flags | None = None,
    *,
    narrows: bool = False,
) -> Floats:
    """Return the share of each option under the learned distribution, bound draw by draw; shape (K,).

    Parameters
    ----------
    sitting, place, allowed, narrows
        See `settled_shares`.
    low
        Lower end of the scale; the lowest option if not given.
    carried
        See `foedus.ensembles.learned.draws_learned`.
    """
    agenda = sitting.agendas[place]
    picked, points, probability = draws_learned(sitting, place, low, carried)
    spread = on_options(points, probability, agenda, None if carried is None else carried[picked])
    if allowed is not None:
        kept = allowed[picked]
        spread = narrowed(spread, kept, agenda) if narrows else bound(spread, kept, agenda.status_quo)
        spread = spread if carried is None else passed(spread, carried[picked], agenda)
    return np.asarray(spread.mean(axis=0))


def on_options(points: Floats, probability: Floats, agenda: Agenda, carried: Flags | None = None) -> Floats:
    """Return the probability of each option, given that of points; shape (D, K).

    A point counts for the option nearest to it. Where positions carry the proposal and nothing on the table lies
    between, what is more than nothing counts for the proposal: whoever carries it prefers it to no change.

    Parameters
    ----------
    points
        On the scale of the options; shape (P,).
    probability
        Shape (D, P).
    agenda
        The options.
    carried
        In which draws the proposal has the votes; shape (D,). None if not given.

    Examples
    --------
    >>> agenda = Agenda(np.array([0.0, 100.0]), status_quo=0, proposal=1, length=100.0)
    >>> even = np.full((2, 4), 0.25)
    >>> on_options(np.array([0.0, 40.0, 60.0, 100.0]), even, agenda, np.array([False, True])).tolist()
    [[0.5, 0.5], [0.25, 0.75]]
    """
    mass = np.zeros((len(probability), len(agenda.options)))
    near = nearest_option(points, agenda)
    # several points fall to one option, and plain indexing would count only the last of them
    np.add.at(mass.T, near, probability.T)
    if carried is None or not carried.any():
        return mass
    start, goal = (np.array([agenda.options[place]]) for place in (agenda.status_quo, agenda.proposal))
    if (class_at(agenda.options, start, goal) == 1).any():
        return mass
    moved = np.where(class_at(points, start, goal)[0] == 1, agenda.proposal, near)
    carried_mass = np.zeros_like(mass[carried])
    np.add.at(carried_mass.T, moved, probability[carried].T)
    mass[carried] = carried_mass
    return mass


def passed(spread: Floats, carried: Flags, agenda: Agenda) -> Floats:
    """Return shares after a proposal that has the votes has passed, where only it and the status quo are options.

    Parameters
    ----------
    spread
        Shape (D, K).
    carried
        In which draws it has the votes; shape (D,).
    agenda
        The options.

    Examples
    --------
    >>> agenda = Agenda(np.array([0.0, 100.0]), status_quo=0, proposal=1, length=100.0)
    >>> passed(np.array([[0.25, 0.75], [0.25, 0.75]]), np.array([True, False]), agenda).tolist()
    [[0.0, 1.0], [0.25, 0.75]]
    """
    if len(agenda.options) > 2:
        return spread
    return np.where(carried[:, None], np.eye(2)[agenda.proposal], spread)


def allowed_by(rule: str, sitting: Sitting, place: int) -> Flags | None:
    """Return what the rule lets pass in each draw, shape (D, K), or ``None`` where it does not bind."""
    return feasible(sitting, place) if rule in BINDING else None


def mixed(weights: Floats, shares: Floats) -> Floats:
    """Return the mixture; parts without an answer leave their weight to the others.

    Parameters
    ----------
    weights
        Shape (P,).
    shares
        Shape (P, K), not-a-number in the row of a part without an answer.

    Examples
    --------
    >>> mixed(np.array([0.5, 0.25, 0.25]), np.array([[1.0, 0.0], [0.0, 1.0], [np.nan, np.nan]])).round(3).tolist()
    [0.667, 0.333]
    """
    there = np.asarray(~np.isnan(shares).any(axis=1))
    weight = np.where(there, weights, 0.0)
    return np.asarray((weight / weight.sum()) @ np.where(there[:, None], shares, 0.0))


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights for a rule, and what they rest on.

    Attributes
    ----------
    values
        In the order of ``PARTS``; they sum to 1; shape (P,).
    rule
        The rule on which they were learned; empty where none of the data was decided under the rule asked for.
    data
        ``council`` or ``public``.
    decisions, pooled
        How many decisions under the rule, and under all rules of the data, taught them.
    """

    values: Floats
    rule: str
    data: str
    decisions: int
    pooled: int


def weights_for(parameters: Mapping[str, Any], data: str, rule: str) -> Weights:
    """Return the weights for a rule: the rule's own where it was seen, otherwise those of all rules of the data.

    Parameters
    ----------
    parameters
        As fitted or packaged: ``sets`` by name, each with ``decisions``, ``pooled`` and ``rules``.
    data
        ``council`` or ``public``; the other where there is no such set.
    rule
        ``consensus``, ``unanimity``, ``qualified majority`` or any other word.
    """
    sets = parameters["sets"]
    name = data if data in sets else next(iter(sets))
    fitted = sets[name]
    own = fitted["rules"].get(rule)
    if own is None:
        return Weights(np.asarray(fitted["pooled"]), "", name, 0, fitted["decisions"])
    return Weights(np.asarray(own["weights"]), rule, name, own["decisions"], fitted["decisions"])


def packaged_weights(rule: str) -> Weights:
    """Return the weights that come with this version for a forecast under a rule.

    Examples
    --------
    >>> answer = packaged_weights("consensus")
    >>> answer.data, answer.decisions, round(answer.values.sum(), 6)
    ('public', 116, np.float64(1.0))
    """
    return weights_for(packaged_parameters()["models"]["ensemble"], PUBLIC if rule in BINDING else COUNCIL, rule)


def on_grid(options: Floats, shares: Floats) -> Floats:
    """Return shares of options as shares of the whole numbers 0 to 100; shapes (P, K) and (P, 101)."""
    mass = np.zeros((len(shares), len(GRID)))
    np.add.at(mass.T, np.rint(options).astype(np.intp), shares.T)
    return mass
