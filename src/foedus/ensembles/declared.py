"""Votes that members have declared in public, and how far a forecast for the Council keeps to them.

The Council of the European Union often ends where positions as stated give no majority, so that a stated position does
not bind it as it binds a body of which that is not known. But a forecast may not call likely what the declared votes
stop, nor unlikely what they carry. So in each draw, as often as the Council's decisions ended otherwise,

- an option that declared votes stop, though all others vote for it, has at most the share of such proposals that were
  adopted, and all such options together at most the share of such proposals that came to anything; and
- where declared votes carry the proposal, though all others vote against it, no change has at most the share of such
  proposals that came to nothing.

Shares count half a decision more of what is asked, and half of what is not, so that none is 0 or 1.
"""

from __future__ import annotations

import numpy as np

from foedus.ensembles.council_scores import Moves, moves_on_record
from foedus.issues.deciding import on_option, winning
from foedus.issues.sitting import Flags, Floats, Sitting


def changed(record: Moves) -> tuple[float, float, float]:
    """Return the shares on record: stopped and adopted all the same, stopped and come to anything, carried and failed.

    Examples
    --------
    >>> [round(share, 3) for share in changed(moves_on_record())]
    [0.335, 0.69, 0.014]
    """
    stopped, carried = record.blocked + 1, record.passable + 1
    return (
        (record.adopted + 0.5) / stopped,
        (record.blocked - record.halted + 0.5) / stopped,
        (record.failed + 0.5) / carried,
    )


def keep_to_declared(shares: Floats, sitting: Sitting, place: int) -> Floats:
    """Return the shares of the options in each draw, kept to the votes that were declared.

    Parameters
    ----------
    shares
        Rows sum to 1; shape (D, K).
    sitting, place
        The draws, and which issue. Who has committed itself in public has declared its vote: for what its public
        position is nearer to than to the status quo.

    Returns
    -------
    Floats
        Shape (D, K).
    """
    agenda, declared = sitting.agendas[place], sitting.committed[:, place]
    if not declared.any():
        return shares
    stopped_one, stopped_all, carried_none = changed(moves_on_record())
    start, found = agenda.status_quo, shares.copy()
    stopped = np.stack([_stopped(sitting, place, option) for option in range(shares.shape[1])], axis=1)
    stopped[:, start] = False
    found = np.where(stopped, np.minimum(found, stopped_one), found)
    together = np.where(stopped, found, 0.0).sum(axis=1, keepdims=True)
    found = np.where(stopped, found * np.minimum(1.0, stopped_all / np.maximum(together, stopped_all)), found)
    found[:, start] += 1 - found.sum(axis=1)
    carried = _carried(sitting, place)
    kept = np.minimum(found[:, start], carried_none)
    if shares.shape[1] == 2:  # a forecast that takes what has the votes for granted says how often that failed
        kept = np.full(len(found), carried_none)
    rest = np.where(np.arange(shares.shape[1]) == start, 0.0, found)
    rest[rest.sum(axis=1) == 0, agenda.proposal] = 1.0
    bound = rest / rest.sum(axis=1, keepdims=True) * (1 - kept)[:, None]
    bound[:, start] = kept
    return np.asarray(np.where(carried[:, None], bound, found))


def _for(sitting: Sitting, place: int, option: int) -> Flags:
    """Return whose public position is nearer to an option than to the status quo in each draw; shape (D, A)."""
    agenda, said = sitting.agendas[place], sitting.public[:, :, place]
    nearer = np.abs(agenda.options[option] - said) < np.abs(agenda.options[agenda.status_quo] - said)
    return np.asarray(nearer)


def _stopped(sitting: Sitting, place: int, option: int) -> Flags:
    """Return where those declared against an option stop it though all others vote for it; shape (D,)."""
    return ~winning(on_option(sitting, place, option), _for(sitting, place, option) | ~sitting.committed[:, place])


def _carried(sitting: Sitting, place: int) -> Flags:
    """Return where those declared for the proposal carry it though all others vote against it; shape (D,)."""
    proposal = sitting.agendas[place].proposal
    return winning(on_option(sitting, place, proposal), _for(sitting, place, proposal) & sitting.committed[:, place])
