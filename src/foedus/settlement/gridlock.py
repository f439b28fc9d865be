"""Pivots, core and winset of any rule, in one dimension and on a grid in two; and what the gridlock interval settles.

A place is in the core when no winning coalition prefers any other place to it. On a line the core is an interval
between two pivots, and a status quo inside it cannot be moved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Decides, Flags, Floats
from foedus.settlement.points import Members, PointModel

_CARD = ModelCard(
    name="gridlock",
    stage="settlement",
    summary="A status quo between the pivots stays; one outside moves to the nearer pivot.",
    caution="It says how far the body must move, not how far it will: any place between the pivots is as stable.",
    inputs=("private", "salience", "capability", "decides"),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "unanimity",
        "monotone",
        "respects the rule",
        "nothing without weight",
    ),
    assumptions=(),
    reference="Krehbiel (1998), Pivotal Politics",
    reading=(
        "Any rule may be plugged in; without one, more than half of the seated capability must prefer another place. "
        "Who "
        "cares for nothing prefers nothing. Outside the interval the nearest place of it is taken: the smallest change "
        "that leaves nothing more to agree on."
    ),
    oracle="brute force over a grid of rival places",
    refuted=(
        "Pareto",
        "individually rational",
        "responsive to salience",
        "responsive to capability",
    ),
)


@dataclass(frozen=True, slots=True)
class Pivots:
    """The ends of the gridlock interval.

    Attributes
    ----------
    low, high
        Shape (D,); infinite where nothing that lies so far can be moved.
    """

    low: Floats
    high: Floats


def pivots(members: Members) -> Pivots:
    """Return between which places no winning coalition can move anything.

    Parameters
    ----------
    members
        One issue as its members see it.

    Returns
    -------
    Pivots
        The lowest place from which no winning coalition wants to go up, the highest from which none wants to go down.
    """
    wanted = np.take_along_axis(members.position, np.argsort(members.position, axis=1), axis=1)
    # who stands where the pivot does is neither above nor below it, whatever the last digit says
    tolerance = 1e-12 * members.agenda.length
    everybody = members.sitting.private[:, None, :, members.place]
    cares = members.sitting.salience[:, None, :, members.place] > 0
    up = members.wins(members.present((everybody > wanted[:, :, None] + tolerance) & cares))
    down = members.wins(members.present((everybody < wanted[:, :, None] - tolerance) & cares))
    low = np.where(~up, wanted, np.inf).min(axis=1)
    high = np.where(~down, wanted, -np.inf).max(axis=1)
    anything = members.wins(members.present(cares.copy()))[:, 0]
    # where not even all who care can win, no place moves: the interval is the whole line
    return Pivots(np.where(anything, low, -np.inf), np.where(anything, high, np.inf))


def _point(members: Members) -> Floats:
    pivot = pivots(members)
    low, high = np.minimum(pivot.low, pivot.high), np.maximum(pivot.low, pivot.high)
    return np.asarray(np.clip(members.status_quo, low, high))


GRIDLOCK = PointModel(_CARD, _point)


def winset(ideals: Floats, status_quo: Floats, decides: Decides, grid: Floats) -> Flags:
    """Return which places of a grid a winning coalition strictly prefers to the status quo.

    Parameters
    ----------
    ideals
        What each actor wants; shape (A, M) in M dimensions.
    status_quo
        Shape (M,).
    decides
        Which coalitions win.
    grid
        Places; shape (G, M).

    Returns
    -------
    Flags
        Shape (G,).

    Examples
    --------
    >>> from foedus.issues.deciding import quota
    >>> ideals = np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 3.0]])
    >>> places = np.array([[2.0, 1.0], [9.0, 9.0]])
    >>> winset(ideals, np.array([8.0, 0.0]), quota([1, 1, 1], 2), places).tolist()
    [True, False]
    """
    near = np.linalg.norm(grid[:, None] - ideals, axis=2)
    return np.asarray(decides(near < np.linalg.norm(status_quo - ideals, axis=1) - 1e-12))


def core(ideals: Floats, decides: Decides, grid: Floats) -> Flags:
    """Return which places of a grid no winning coalition would leave for another place of the grid.

    Parameters
    ----------
    ideals, decides, grid
        As in `winset`.

    Returns
    -------
    Flags
        Shape (G,). In two dimensions and under majority rule it is empty as a rule.

    References
    ----------
    McKelvey (1976), Intransitivities in multidimensional voting models. doi:10.1016/0022-0531(76)90040-5

    Examples
    --------
    >>> from foedus.issues.deciding import quota, unanimity
    >>> ideals, places = np.array([[0.0], [4.0], [9.0]]), np.arange(11.0)[:, None]
    >>> np.flatnonzero(core(ideals, quota([1, 1, 1], 2), places)).tolist()
    [4]
    >>> np.flatnonzero(core(ideals, unanimity(np.ones(3)), places)).tolist()
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    return np.array([not winset(ideals, place, decides, grid).any() for place in grid])
