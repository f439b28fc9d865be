"""How often the Council ended where positions as coded gave no qualified majority: somebody must have moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.backtests.case import PastCase
from foedus.backtests.sittings import RULES, decides_of, everybody, rule_of
from foedus.ensembles.council_scores import Moves
from foedus.issues.deciding import within_reach

_NEAR = 0.25
"""Within a quarter of the way an outcome counts as the proposal, or as nothing."""


def moves(cases: Sequence[PastCase]) -> Moves:
    """Count decisions under qualified majority by whether a majority stood nearer to the outcome than to no change.

    Parameters
    ----------
    cases
        Those without a known reference point, a proposer or an outcome are left out.

    Examples
    --------
    >>> from foedus.backtests.case import Standing
    >>> seats = [("de", 0.0), ("fr", 0.0), ("it", 100.0)]
    >>> stand = [Standing(name, "member", at, None, 10) for name, at in seats] + [Standing("com", "proposer", 100.0)]
    >>> answer = moves([PastCase("p", "i", tuple(stand), "QMV", reference=0.0, outcome=100.0)])
    >>> answer.beyond, answer.blocked, answer.adopted, answer.few
    (1, 1, 1, 1)
    """
    rows = [row for case in cases if (row := row_of(case)) is not None]
    passable, stopped = ([row for row in rows if row.passable is has] for has in (True, False))
    few = [row for row in stopped if row.few]
    return Moves(
        decisions=len(rows),
        beyond=sum(not row.carried and row.way != 0 for row in rows),
        blocked=len(stopped),
        adopted=sum(row.way >= 1 - _NEAR for row in stopped),
        halted=sum(row.way <= _NEAR for row in stopped),
        passable=len(passable),
        failed=sum(row.way <= _NEAR for row in passable),
        changed=sum(abs(row.way - 1) > _NEAR for row in passable),
        few=len(few),
        few_adopted=sum(row.way >= 1 - _NEAR for row in few),
        few_halted=sum(row.way <= _NEAR for row in few),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: whether a majority stood for the outcome, and for the proposal, or would by one or two moves more.

    Attributes
    ----------
    carried, passable, few
        By whether a majority stands nearer to the outcome, and to the proposal, than to the reference point; and
        whether it would stand nearer to the proposal if one or two members changed sides.
    way
        How far on the way to the proposal it ended: 0 at the reference point, 1 at the proposal.
    """

    carried: bool
    passable: bool
    few: bool
    way: float


def row_of(case: PastCase) -> Row | None:
    """Return how a decision stood and ended; None where something is unknown or no qualified majority is asked for."""
    known, decides = decides_of(case)
    proposer = next((standing.position for standing in case.standings if standing.role == "proposer"), None)
    if rule_of(case.rule) != RULES[1] or not known or decides is None:
        return None
    if case.reference is None or case.outcome is None or proposer is None or proposer == case.reference:
        return None
    wanted = np.array([standing.position for standing in everybody(case)])
    distance = np.abs(wanted - case.reference)
    seated = np.array([standing.role == "member" for standing in everybody(case)])
    for_outcome, for_proposal = (np.abs(wanted - place) < distance for place in (case.outcome, proposer))
    return Row(
        carried=bool(decides(for_outcome)),
        passable=bool(decides(for_proposal)),
        few=bool(within_reach(decides, for_proposal[None], seated)[0]),
        way=(case.outcome - case.reference) / (proposer - case.reference),
    )
