"""How each settlement model scored on the packaged consensus set: what a forecast says of its own testing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from foedus.backtests.fitting import difference_from
from foedus.backtests.running import run_consensus
from foedus.base.files import write_atomically
from foedus.settlement import MODELS

BODIES = {"nac": "NATO"}
"""Bodies that have a score of their own, and how the set's breakdown calls them."""

_BOARD = {name: "mean (settlement)" if name == "mean" else name for name in (*MODELS, "ensemble")}


def settlement_scores() -> dict[str, Any]:
    """Return the scores of settlement models on the packaged set, for its bodies and for all of it.

    Returns
    -------
    dict[str, Any]
        ``set`` with its hash, and under ``bodies`` (``all`` among them) for each model ``decisions``, ``crps``,
        ``base_rate`` (CRPS of the base rate on the same decisions), ``coverage_80`` and ``difference``
        (`foedus.backtests.fitting.difference_from`).
    """
    found = run_consensus([*_BOARD.values(), "base rate"])
    groups = {label: picked for by, label, picked in found.breakdowns() if by == "body"}
    scored = {one.model: one for one in found.scored}
    bodies: dict[str, Any] = {}
    for body, label in {**BODIES, "all": None}.items():
        picked = None if label is None else groups[label]
        base = scored["base rate"].summarised(picked)["crps"]
        bodies[body] = {}
        for name, row in _BOARD.items():
            one = scored[row].summarised(picked)
            if one["issues"]:
                bodies[body][name] = {
                    "decisions": one["issues"],
                    "crps": round(one["crps"], 2),
                    "base_rate": round(base, 2),
                    "coverage_80": round(one["coverage"]["80"], 3),
                    "difference": difference_from(scored["base rate"], scored[row], found.table, picked),
                }
    return {"set": {"name": found.data, "sha256": found.data_sha256}, "bodies": bodies}


def write_tested() -> None:
    """Replace the packaged scores."""
    target = Path(__file__).parents[1] / "ensembles" / "tested.json"
    write_atomically(target, json.dumps(settlement_scores(), indent=1) + "\n")
