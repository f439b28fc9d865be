"""Votes that members have declared in public, and how far a forecast for the Council keeps to them.

The Council of the European Union often ends where positions as stated give no majority, so that a stated position does
not bind it as it binds a body of which that is not known. But a forecast may not call likely what the declared votes
stop more often than such proposals came, nor unlikely what they carry. So in each draw

- an option that declared votes stop, though all others vote for it, has at most what the record of such proposals
  allows: more where one or two members would be enough by changing sides, with all others as the draw puts them, than
  where it takes three or more; all such options together have at most what came to anything; and
- where declared votes carry the proposal, though all others vote against it, no change has at most the share of such
  proposals that came to nothing, with half a decision added on either side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from foedus.ensembles.council_scores import Moves, moves_on_record
from foedus.issues.deciding import in_favour, nearer_to, on_option, taking_sides, winning, within_reach
from foedus.issues.sitting import Flags, Floats, Sitting

SURE = 0.95
"""A share on record is taken at the upper end of its 90 per cent interval: it is an average, and decisions differ."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that a forecast gives to what declared votes stop.

    Attributes
    ----------
    adopted, anything
        To one option, and to all that is stopped together.
    """

    adopted: float
    anything: float


def bounds(record: Moves, *, few: bool) -> Bounds:
    """Return the most that what declared votes stop is given.

    Parameters
    ----------
    record
        What came of proposals that lacked the votes.
    few
        Whether one or two of those who declared themselves against would be enough by changing sides.

    Examples
    --------
    >>> near, far = (bounds(moves_on_record(), few=few) for few in (True, False))
    >>> [round(share, 3) for share in (near.adopted, near.anything, far.adopted, far.anything)]
    [0.703, 0.911, 0.321, 0.732]
    """
    total, adopted, anything = record.stopped(few=few)
    return Bounds(_at_most(adopted, total), _at_most(anything, total))


@cache
def _at_most(came: int, total: int) -> float:
    """Return the upper end of the interval of a share, half a decision added on either side (Jeffreys)."""
    from scipy.special import betaincinv  # noqa: PLC0415 - a tenth of a second to import, and few cases need it

    return float(betaincinv(came + 0.5, total - came + 0.5, SURE))


def keep_to_declared(shares: Floats, sitting: Sitting, place: int) -> Floats:
    """Return the shares of the options in each draw, kept to the votes that were declared.

    Parameters
    ----------
    shares
        Rows sum to 1; shape (D, K).
    sitting, place
        The draws, and which issue. Who has committed itself in public on an option has declared its vote on that
        option and on no other: for it where its public position is nearer to it than to the status quo.

    Returns
    -------
    Floats
        Shape (D, K).
    """
    agenda = sitting.agendas[place]
    if not any(
        _declared(sitting, place, k, for_it=side).any() for k in range(shares.shape[1]) for side in (True, False)
    ):
        return shares
    record = moves_on_record()
    start, kept_shares = agenda.status_quo, shares.copy()
    stopped = np.stack([_stopped(sitting, place, option) for option in range(shares.shape[1])], axis=1)
    stopped[:, start] = False
    most, together = np.ones_like(kept_shares), np.zeros(len(kept_shares))
    for option in np.flatnonzero(stopped.any(axis=0)):
        few = few_missing_at(sitting, place, int(option))
        near, far = bounds(record, few=True), bounds(record, few=False)
        most[:, option] = np.where(few, near.adopted, far.adopted)
        together = np.maximum(together, np.where(stopped[:, option], np.where(few, near.anything, far.anything), 0.0))
    kept_shares = np.where(stopped, np.minimum(kept_shares, most), kept_shares)
    given = np.where(stopped, kept_shares, 0.0).sum(axis=1)
    scale = np.where(given > together, together / np.where(given > 0, given, 1.0), 1.0)
    kept_shares = np.where(stopped, kept_shares * scale[:, None], kept_shares)
    kept_shares[:, start] += 1 - kept_shares.sum(axis=1)
    carried = _carried(sitting, place)
    carried_none = (record.failed + 0.5) / (record.passable + 1)
    kept = np.minimum(kept_shares[:, start], carried_none)
    if shares.shape[1] == 2:  # a forecast that takes what has the votes for granted says how often that failed
        kept = np.full(len(kept_shares), carried_none)
    rest = np.where(np.arange(shares.shape[1]) == start, 0.0, kept_shares)
    rest[rest.sum(axis=1) == 0, agenda.proposal] = 1.0
    bound = rest / rest.sum(axis=1, keepdims=True) * (1 - kept)[:, None]
    bound[:, start] = kept
    return np.asarray(np.where(carried[:, None], bound, kept_shares))


def _declared(sitting: Sitting, place: int, option: int, *, for_it: bool) -> Flags:
    """Return who may have declared a vote for an option, or against it; shape (A,)."""
    said = sitting.declared_for if for_it else sitting.declared_against
    nobody = np.zeros(len(sitting.actors), dtype=np.bool_)
    return said[place].get(option, nobody) if said else sitting.committed[:, place]


def _stopped(sitting: Sitting, place: int, option: int) -> Flags:
    """Return where those declared against an option stop it though all others vote for it; shape (D,)."""
    against = ~nearer_to(sitting, place, option, sitting.public) & _declared(sitting, place, option, for_it=False)
    return ~winning(on_option(sitting, place, option), ~against)


def few_missing_at(sitting: Sitting, place: int, option: int) -> Flags:
    """Return where one or two who declared themselves against, or abstain, would carry an option; shape (D,).

    Everybody else votes as the draw puts them, as in the record, where the sides of all were known.
    """
    yes, no = (_declared(sitting, place, option, for_it=side) for side in (True, False))
    here, away = on_option(sitting, place, option), ~sitting.voting_on(place, option)
    whole, says = taking_sides(here, here.away), nearer_to(sitting, place, option, sitting.public)
    if whole.decides is None:
        return np.zeros(sitting.draws, dtype=np.bool_)
    support = np.where((yes & says) | (no & ~says), says, in_favour(sitting, place, option)) & ~away
    return within_reach(whole.decides, support, no | away)


def _carried(sitting: Sitting, place: int) -> Flags:
    """Return where those declared for the proposal carry it though all others vote against it; shape (D,)."""
    proposal = sitting.agendas[place].proposal
    favour = nearer_to(sitting, place, proposal, sitting.public) & _declared(sitting, place, proposal, for_it=True)
    return winning(on_option(sitting, place, proposal), favour)
