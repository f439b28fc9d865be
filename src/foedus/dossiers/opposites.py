"""Where an actor stands when a statement of it is taken for its opposite: beyond where it would stand without it.

Each statement moves its speaker from where it would stand without it; its opposite moves it the other way. With the
statement turned round, by the rules for what is said, an actor may all the same come to stand on the same side of
its silence as with it: whoever is for a part leaves the middle of the line when silent, and may leave it the other way
when it refuses the part. So distributions are compared level by level: an actor that is drawn at the level u stands at
its quantile of u. With Q the position as it is, S the position without the statement and R that with the statement
turned round, the position with its opposite is, where S is on average higher than Q,

    max(S, R) at the levels where S is not below Q,    S at the others

and the mirror image where S is lower. Where silence draws two far ends together, no side lies beyond it, and the
opposite is silence. For each place on the line the chance that the actor stands above it, left silent, then lies
between its chance as it is and that with the opposite. So an answer that never falls when an actor comes nearer to the
proposal, and that silence moves the way it moves the actor, is moved by leaving a statement out no further than by
reversing it.

Whoever refuses an option short of another may want less or more. As an opposite that refusal counts on the side of
silence.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.base.estimates import Estimate
from foedus.dossiers.stands import Stand

_LEVELS = 500
"""At how many levels positions are compared; a position that is put together has a value for each step."""

_SAME = 1e-9
"""Positions nearer than this, in the unit of the scale, are one."""

_NEARLY = 0.01
"""At how many levels of all a statement turned round may fall short of silence and yet be taken as it is."""


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
    if set(without.abstains_on) - set(usual.abstains_on):
        return without  # an abstention that the statement outweighed comes to the fore: it is on neither side
    up, both = without.private.mean >= usual.private.mean, bool(turned.unclear)
    private = beyond(usual.private, without.private, turned.private, up=up, either_way=both)
    was, silent, other = (stand.public or stand.private for stand in (usual, without, turned))
    public = beyond(was, silent, other, up=up, either_way=both)
    if private is without.private:
        return without
    if private is turned.private and public is other:
        return turned
    return replace(without, private=private, public=public)


def beyond(usual: Estimate, without: Estimate, turned: Estimate, *, up: bool, either_way: bool = False) -> Estimate:
    """Return a position that lies, seen from the usual one, beyond the one without a statement.

    Parameters
    ----------
    usual, without, turned
        The position as it is, without a statement, and with it turned round.
    up
        Whether silence lies higher on the line, on the average.
    either_way
        Whether the statement turned round does not tell if its speaker wants less or more.

    Returns
    -------
    Estimate
        The one turned round, or the one without the statement, where it is this at every level; else samples.

    Examples
    --------
    >>> refuses, silent, part = Estimate.exact(0), Estimate(30, 70, 100), Estimate.exact(40)
    >>> beyond(refuses, silent, part, up=True).equally_likely()[[0, 99]].round().tolist()  # a yes is no no to more
    [40.0, 97.0]
    >>> beyond(silent, refuses, part, up=False) is refuses  # without it nothing; the part is not beyond
    True
    """
    edges = np.linspace(0.0, 1.0, _LEVELS + 1)
    was, silent, other = (
        estimate.quantiles(edges) for estimate in (usual, without, _reading(turned, up) if either_way else turned)
    )
    if np.abs(silent - was).max() <= _SAME:
        return turned
    against = (silent < was - _SAME) if up else (silent > was + _SAME)[::-1]
    if against[against.argmin() :].mean() > _NEARLY:
        return without
    wanted = np.where(against if up else against[::-1], silent, (np.maximum if up else np.minimum)(silent, other))
    if not either_way and (np.abs(wanted - other) > _SAME).mean() <= _NEARLY:
        return turned
    if np.abs(wanted - silent).max() <= _SAME:
        return without
    # Each step counts at its outer end, so that it lies beyond silence as a whole.
    return Estimate.of_samples(tuple(float(place) for place in (wanted[1:] if up else wanted[:-1])), turned.rests_on)


def _reading(turned: Estimate, up: bool) -> Estimate:
    """Return the position of whoever refuses a part if that is read as wanting more, or less."""
    if not turned.parts:
        return turned
    part = turned.parts[-1 if up else 0]
    return Estimate(part.low, part.mode, part.high)
