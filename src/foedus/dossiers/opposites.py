"""Where an actor stands when a statement of it is taken for its opposite: beyond where it would stand without it.

Each statement moves its speaker from where it would stand without it. Its opposite moves it the other way, or not at
all. Distributions are compared level by level: an actor that is drawn at the level u stands at its quantile of u. With
Q the position as it is, S the position without the statement and R the position with the statement turned round, the
position with its opposite is, at each level,

    max(S, R) where S > Q,    min(S, R) where S < Q

so that the position without the statement lies between the two at every level. Of an answer that never falls when an
actor comes nearer to the proposal it follows that leaving a statement out moves it no further than reversing it.

Whoever refuses an option short of another may want less or more. As an opposite this refusal counts, at each level, on
the side that lies beyond silence: a yes to a part draws its speaker towards the part from both sides, and its opposite
drives it away to both.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.base.estimates import Estimate
from foedus.dossiers.stands import Stand
from foedus.issues.sitting import Flags, Floats

_LEVELS = 500
"""At how many levels positions are compared; a position that is put together has a value for each step."""

_SAME = 1e-9
"""Positions nearer than this, in the unit of the scale, are one."""


def stand_of_opposite(usual: Stand, without: Stand, turned: Stand) -> Stand:
    """Return where an actor stands when one of its statements is taken for its opposite.

    Parameters
    ----------
    usual, without
        Where it stands, and where it would without the statement.
    turned
        Where it would stand with the statement turned round.

    Returns
    -------
    Stand
        The last of these, where it lies beyond silence at every level; else that of silence, with the positions moved
        as far as the statement turned round moves them.
    """
    if without.abstains and not usual.abstains:
        return without  # an abstention that the statement outweighed comes to the fore: it is on neither side
    both = bool(turned.unclear)
    private = beyond(usual.private, without.private, turned.private, either_way=both)
    was, silent, other = (one.public or one.private for one in (usual, without, turned))
    public = beyond(was, silent, other, either_way=both)
    if private is turned.private and public is other:
        return turned
    return replace(without, private=private, public=public)


def beyond(usual: Estimate, without: Estimate, turned: Estimate, *, either_way: bool = False) -> Estimate:
    """Return a position from which the usual one is, at each level, at least as far as from the one without a statement.

    Parameters
    ----------
    usual, without, turned
        The position as it is, without a statement, and with it turned round.
    either_way
        Whether the statement turned round does not tell if its speaker wants less or more.

    Returns
    -------
    Estimate
        The one turned round, or the one without the statement, where it is this at every level; else samples.

    Examples
    --------
    >>> refuses, silent, part = Estimate.exact(0), Estimate(30, 70, 100), Estimate.exact(40)
    >>> beyond(refuses, silent, part).equally_likely()[[0, 99]].round().tolist()  # its yes says nothing against more
    [40.0, 96.0]
    >>> beyond(silent, refuses, part) is refuses  # without it nothing, with its opposite the part: not beyond
    True
    """
    edges = np.linspace(0.0, 1.0, _LEVELS + 1)
    was, silent, other = (one.quantiles(edges) for one in (usual, without, turned))
    least, most = _readings(turned, edges) if either_way else (other, other)
    up, floor, ceiling = _ways(silent - was, silent)
    wanted = np.where(up, np.minimum(np.maximum(silent, most), ceiling), np.maximum(np.minimum(silent, least), floor))
    if np.abs(wanted - other).max() <= _SAME:
        return turned
    if np.abs(wanted - silent).max() <= _SAME:
        return without
    # Each step counts at its outer end, so that it lies beyond silence as a whole.
    steps = np.where(up[1:] & up[:-1], wanted[1:], wanted[:-1])
    return Estimate.of_samples(tuple(float(one) for one in steps), turned.rests_on)


def _ways(moved: Floats, silent: Floats) -> tuple[Flags, Floats, Floats]:
    """Return at which levels silence lies higher, and between which values each level may be moved further.

    Where lower levels move up and higher ones down, both come nearer to one value: to pass it would undo what silence
    does to an option beyond.
    """
    told = np.flatnonzero(np.abs(moved) > _SAME)
    nearest = told[np.minimum(np.searchsorted(told, np.arange(len(moved))), len(told) - 1)] if len(told) else 0
    up = np.broadcast_to(np.asarray(moved > 0)[nearest], moved.shape)
    floor, ceiling = np.full(moved.shape, -np.inf), np.full(moved.shape, np.inf)
    for turn in np.flatnonzero(up[:-1] & ~up[1:]) + 1:
        ceiling[:turn] = np.minimum(ceiling[:turn], silent[turn])
        floor[turn:] = silent[turn]
    return up, floor, ceiling


def _readings(turned: Estimate, levels: Floats) -> tuple[Floats, Floats]:
    """Return the position of whoever refuses a part if it wants less, and if it wants more, at each level."""
    ends = [Estimate(part.low, part.mode, part.high) for part in (turned.parts or (turned,))[:: max(len(turned.parts) - 1, 1)]]
    return ends[0].quantiles(levels), ends[-1].quantiles(levels)
