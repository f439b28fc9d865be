"""How often the Council ended where positions as coded gave no qualified majority: somebody must have moved."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.backtests.case import Case
from foedus.backtests.sittings import RULES, decides_of, everybody, rule_of
from foedus.ensembles.council_scores import Moves

_NEAR = 0.25
"""Within a quarter of the way an outcome counts as the proposal, or as nothing."""


def moves(cases: Sequence[Case]) -> Moves:
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
    >>> found = moves([Case("p", "i", tuple(stand), "QMV", reference=0.0, outcome=100.0)])
    >>> found.beyond, found.blocked, found.adopted
    (1, 1, 1)
    """
    rows = [row for case in cases if (row := _row(case)) is not None]
    return Moves(
        decisions=len(rows),
        beyond=sum(not carried and way != 0 for carried, _, way in rows),
        blocked=sum(not passable for _, passable, _ in rows),
        adopted=sum(not passable and way >= 1 - _NEAR for _, passable, way in rows),
        halted=sum(not passable and way <= _NEAR for _, passable, way in rows),
        passable=sum(passable for _, passable, _ in rows),
        failed=sum(passable and way <= _NEAR for _, passable, way in rows),
        changed=sum(passable and abs(way - 1) > _NEAR for _, passable, way in rows),
    )


def _row(case: Case) -> tuple[bool, bool, float] | None:
    """Return whether a majority stood for the outcome, and for the proposal, and how far on the way to it it ended."""
    known, decides = decides_of(case)
    proposer = next((one.position for one in case.standings if one.role == "proposer"), None)
    if rule_of(case.rule) != RULES[1] or not known or decides is None:
        return None
    if case.reference is None or case.outcome is None or proposer is None or proposer == case.reference:
        return None
    wanted = np.array([one.position for one in everybody(case)])
    distance = np.abs(wanted - case.reference)
    carried, passable = (bool(decides(np.abs(wanted - place) < distance)) for place in (case.outcome, proposer))
    return carried, passable, (case.outcome - case.reference) / (proposer - case.reference)
