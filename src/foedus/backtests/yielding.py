"""Whether firm objectors yield: how well the track-record model tells, on disputes that taught it nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.backtests.case import CaseTable, PastCase
from foedus.backtests.track_record import Seen, classes, fit_best, teaching
from foedus.issues.sitting import Flags, Floats

FIRM = 15.0
"""A member that stands no further than this on the way to the proposal, from 0 to 100, objects firmly."""


@dataclass(frozen=True, slots=True)
class Yielding:
    """How well it is told who yields.

    Attributes
    ----------
    decisions, yielded
        With a firm objector, and how many of them ended with a change all the same.
    nested
        Area under the curve (AUC): how often, of one decision in which firm objectors yielded and one in which they did
        not, the model gives the former more; fitted to other disputes.
    ceiling
        The same of a fit to these very decisions: more than these signs can tell of new ones.
    lone, several
        AUC of the nested answer where one member objects firmly, and where several do.
    """

    decisions: int
    yielded: int
    nested: float
    ceiling: float
    lone: float
    several: float


def yielding(cases: Sequence[PastCase], parts: int = 10) -> Yielding:
    """Return how well it is told whether firm objectors yield.

    Parameters
    ----------
    cases
        Of the packaged set.
    parts
        Into how many the disputes are dealt; penalty and floor are chosen anew without each.
    """
    table = CaseTable([case for case in cases if case.scoreable])
    seen, used, kinds = teaching(table, "meeting")
    firm = [
        sum(standing.role == "member" and standing.position <= FIRM for standing in table.cases[row].standings)
        for row in used
    ]
    names = sorted(set(table.proposals))
    part = np.array([names.index(table.proposals[row]) % parts for row in used])
    ask = [place for place, count in enumerate(firm) if count]
    told = np.zeros(len(used))
    for out in range(parts):
        keep = [int(place) for place in np.flatnonzero(part != out)]
        told[part == out] = _changes(table, seen, used, kinds, keep, np.flatnonzero(part == out).tolist())
    inside = _changes(table, seen, used, kinds, list(range(len(used))), list(range(len(used))))
    changed = np.array([kind > 0 for kind in kinds])
    alone = np.array([count == 1 for count in firm])
    chosen = np.isin(np.arange(len(used)), ask)
    return Yielding(
        decisions=len(ask),
        yielded=int(changed[chosen].sum()),
        nested=auc(told[chosen], changed[chosen]),
        ceiling=auc(np.asarray(inside)[chosen], changed[chosen]),
        lone=auc(told[chosen & alone], changed[chosen & alone]),
        several=auc(told[chosen & ~alone], changed[chosen & ~alone]),
    )


def _changes(
    table: CaseTable,
    seen: Sequence[Seen | None],
    used: Sequence[int],
    kinds: Sequence[int],
    keep: Sequence[int],
    ask: Sequence[int],
) -> list[float]:
    """Return how likely a change is in some cases, fitted to others."""
    chosen = [decision for place in keep if (decision := seen[used[place]]) is not None]
    fit, _ = fit_best(chosen, [kinds[place] for place in keep], [table.proposals[used[place]] for place in keep])
    return [float(1 - classes(fit, decision)[0]) for place in ask if (decision := seen[used[place]]) is not None]


def auc(score: Floats, came: Flags) -> float:
    """Return how often a case that came scores above one that did not, ties counting for half.

    Examples
    --------
    >>> auc(np.array([0.9, 0.4, 0.6]), np.array([True, False, True])), auc(np.zeros(2), np.array([True, False]))
    (1.0, 0.5)
    """
    pairs = score[came][:, None] - score[~came][None, :]
    return float((np.sign(pairs) + 1).mean() / 2)
