"""How each settlement model scored on the packaged consensus set: what a forecast says of its own testing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from foedus.backtests.board import Backtest
from foedus.backtests.case import CaseTable, PastCase
from foedus.backtests.consensus_set import packaged_consensus_set
from foedus.backtests.fitting import difference_from
from foedus.backtests.running import run_consensus
from foedus.backtests.scores import kind_of
from foedus.backtests.track_record import teaching
from foedus.backtests.yielding import FIRM
from foedus.base.files import write_atomically
from foedus.settlement import MODELS
from foedus.settlement.track_record import TRACK_RECORD

BODIES = {"nac": "NATO"}
"""Bodies that have a score of their own, and how the set's breakdown calls them."""

_BOARD = {name: "mean (settlement)" if name == "mean" else name for name in (*MODELS, "learned", "ensemble")}


def settlement_scores() -> dict[str, Any]:
    """Return the scores of settlement models on the packaged set, for its bodies and for all of it.

    Returns
    -------
    dict[str, Any]
        ``set`` with its hash, and under ``bodies`` (``all`` among them) for each model ``decisions``, ``crps``,
        ``base_rate`` (CRPS of the base rate on the same decisions), ``coverage_80`` and ``difference``
        (`foedus.backtests.fitting.difference_from`); ``calibration`` of the model that answers, as
        `foedus.backtests.board.calibration` has it; ``decisions``, how many were scored of each body; and
        ``later``, what became of those that were not adopted as proposed, within a year; and ``firm``, what became of
        those that a member firmly opposed.
    """
    tested = run_consensus([*_BOARD.values(), "base rate"])
    groups = {label: picked for by, label, picked in tested.breakdowns() if by == "body"}
    scored = {scored_model.model: scored_model for scored_model in tested.scored}
    bodies: dict[str, Any] = {}
    for body, label in {**BODIES, "all": None}.items():
        picked = None if label is None else groups[label]
        base = scored["base rate"].summarised(picked)["crps"]
        bodies[body] = {}
        for name, row in _BOARD.items():
            summary = scored[row].summarised(picked)
            if summary["issues"]:
                bodies[body][name] = {
                    "decisions": summary["issues"],
                    "crps": round(summary["crps"], 2),
                    "base_rate": round(base, 2),
                    "coverage_80": round(summary["coverage"]["80"], 3),
                    "difference": difference_from(scored["base rate"], scored[row], tested.table, picked),
                }
    return {
        "set": {"name": tested.data, "sha256": tested.data_sha256},
        "bodies": bodies,
        "calibration": scored[TRACK_RECORD.card.name].summarised()["calibration"],
        "decisions": dict(sorted(Counter(_scored_bodies(tested)).items())),
        "later": later(tested.table.cases),
        "firm": firmly_opposed(tested.table.cases),
    }


def _scored_bodies(tested: Backtest) -> list[str]:
    body = {row.id: row.body for row in packaged_consensus_set().decisions}
    return [body[case.issue] for case in tested.table.cases]


def later(cases: Sequence[PastCase]) -> dict[str, int]:
    """Return how many decisions not adopted as proposed went further within a year, and how many fell back.

    Returns
    -------
    dict[str, int]
        ``open``: not adopted as proposed, with a known outcome twelve months later; ``further``: of these, how many
        were taken further; ``adopted``: of these, as proposed; ``back``: how many decisions of all fell back.
    """
    known = [case for case in cases if case.outcome is not None and case.outcome_in_a_year is not None]
    pairs = [tuple(kind_of(np.array([case.outcome, case.outcome_in_a_year], np.float64)).tolist()) for case in known]
    return {
        "open": sum(first < 2 for first, _ in pairs),
        "further": sum(second > first for first, second in pairs),
        "adopted": sum(first < 2 == second for first, second in pairs),
        "back": sum(second < first for first, second in pairs),
    }


def firmly_opposed(cases: Sequence[PastCase]) -> dict[str, int]:
    """Return how many decisions with a proposal a member firmly opposed, and how many of them brought a change.

    Returns
    -------
    dict[str, int]
        ``decisions``: some member stood at most `foedus.backtests.yielding.FIRM` of the way to the proposal;
        ``changed``: of these, how many ended elsewhere than at the status quo; ``adopted``: of these, as proposed.
    """
    table = CaseTable([case for case in cases if case.scoreable])
    _, used, kinds = teaching(table, "meeting")
    firm = [
        kind
        for row, kind in zip(used, kinds, strict=True)
        if any(standing.role == "member" and standing.position <= FIRM for standing in table.cases[row].standings)
    ]
    return {"decisions": len(firm), "changed": sum(kind > 0 for kind in firm), "adopted": sum(k == 2 for k in firm)}


def write_tested() -> None:
    """Replace the packaged scores."""
    target = Path(__file__).parents[1] / "ensembles" / "tested.json"
    write_atomically(target, json.dumps(settlement_scores(), indent=1) + "\n")
