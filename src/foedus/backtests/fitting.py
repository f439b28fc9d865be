"""Fitting every model to a whole file, and the parameters that come with the package.

``python -m foedus.backtests FILE DAY`` rewrites them; the day is noted as the day of the fit.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from foedus._version import __version__
from foedus.backtests.baselines import BaseRate, InstitutionsMean
from foedus.backtests.bootstrap import paired_difference
from foedus.backtests.case import CaseTable
from foedus.backtests.consensus_set import consensus_cases, packaged_consensus_set, packaged_hash
from foedus.backtests.layouts import read_cases
from foedus.backtests.logit import TEN_FEATURES, WHOLE_LIBRARY
from foedus.backtests.mixture import PoleMixture
from foedus.backtests.pool import LEARNED
from foedus.backtests.predictions import Model
from foedus.backtests.scoring import Scored, score
from foedus.backtests.seen import training_fingerprints
from foedus.backtests.sittings import family
from foedus.backtests.stacking import Ensemble, fit_shipped
from foedus.base.days import parse_day
from foedus.base.files import read_bytes, write_atomically
from foedus.base.hashes import sha256
from foedus.ensembles.learned import packaged_parameters, packaged_parts
from foedus.issues.sitting import Flags

FITTED: tuple[Model, ...] = (InstitutionsMean(), PoleMixture(), TEN_FEATURES, WHOLE_LIBRARY, LEARNED)
"""The models that have parameters."""

_DIGITS = 10


def fit_all(path: Path, day: str, models: Sequence[Model] = FITTED) -> dict[str, Any]:
    """Fit models to every scoreable case of a file.

    Parameters
    ----------
    path
        A file that `foedus.backtests.read_cases` reads.
    day
        The day of the fit, such as 2026-11-22.
    models
        Which.

    Returns
    -------
    dict[str, Any]
        What `foedus.ensembles.learned.packaged_parameters` holds.
    """
    cases = read_cases(path)
    table = CaseTable([case for case in cases if case.scoreable])
    everything = np.arange(len(table))
    public = CaseTable(consensus_cases(packaged_consensus_set()))
    return {
        "fitted_on": parse_day(day).isoformat(),
        "version": __version__,
        "training": {
            "file": path.name,
            "sha256": sha256(read_bytes(path)),
            "issues": len(table),
            "proposals": len(set(table.proposals)),
            "rules": sorted({case.rule for case in table.cases}),
            "fingerprints": training_fingerprints(table.cases),
        },
        "models": {model.name: dict(model.fit(table, everything)) for model in models}
        | {"ensemble": fit_shipped(table, public) | {"public_sha256": packaged_hash()}},
        "scores": cross_validated(table),
    }


def cross_validated(table: CaseTable) -> dict[str, Any]:
    """Return how the ensemble scores on a file by rule, in ten folds over whole proposals.

    Returns
    -------
    dict[str, Any]
        By model and kind of rule: ``decisions``, ``crps``, ``base_rate`` (CRPS of the base rate on the same decisions)
        ``coverage_80`` and ``difference`` (see `difference_from`).
    """
    model, base = (score(packaged_model, table, 10, 1, 1) for packaged_model in (Ensemble(), BaseRate()))
    kinds = np.array([family(case.rule) for case in table.cases])
    rules = {}
    for kind in sorted(set(kinds) - {"unknown"}):
        row = model.summarised(kinds == kind)
        rules[str(kind)] = {
            "decisions": row["issues"],
            "crps": round(row["crps"], 2),
            "base_rate": round(base.summarised(kinds == kind)["crps"], 2),
            "coverage_80": round(row["coverage"]["80"], 3),
            "difference": difference_from(base, model, table, kinds == kind),
        }
    return {model.model: rules}


def difference_from(base: Scored, model: Scored, table: CaseTable, picked: Flags | None = None) -> dict[str, Any]:
    """Return how a model's CRPS differs from that of another on some cases, as it is kept with the package.

    Returns
    -------
    dict[str, Any]
        ``mean``, and ``low`` and ``high`` of the 95 % interval over whole proposals, ``None`` where they are too few.
    """
    keep = slice(None) if picked is None else picked
    gap = paired_difference(model.crps[keep], base.crps[keep], table.proposal[keep], seed=1)
    ends = (gap.mean, gap.low, gap.high)
    return {
        name: None if np.isnan(end) else round(end, 2) for name, end in zip(("mean", "low", "high"), ends, strict=True)
    }


def render_parameters(parameters: Mapping[str, Any]) -> str:
    """Return parameters as JSON with ten significant digits, one row of numbers a line."""
    return _written(parameters, 0) + "\n"


def _written(value: Any, depth: int) -> str:
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, Mapping):
        lines = [f"{inner}{json.dumps(key)}: {_written(below, depth + 1)}" for key, below in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{outer}}}"
    if isinstance(value, list) and value and isinstance(value[0], list):
        return "[\n" + ",\n".join(f"{inner}{_written(row, depth + 1)}" for row in value) + f"\n{outer}]"
    if isinstance(value, list):
        return "[" + ", ".join(_written(item, depth) for item in value) + "]"
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.{_DIGITS}g}"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def main(arguments: Sequence[str]) -> None:
    """Fit to a file and replace the packaged parameters."""
    path, day = arguments
    target = Path(__file__).parents[1] / "ensembles" / "fitted.json"
    table = CaseTable([case for case in read_cases(Path(path)) if case.scoreable])
    # The ensemble is fitted to what the packaged learned distribution says of decisions coded from public words.
    models = packaged_parameters()["models"] | {"learned": LEARNED.fit(table, np.arange(len(table)))}
    write_atomically(target, render_parameters({**packaged_parameters(), "models": models}))
    packaged_parameters.cache_clear()
    packaged_parts.cache_clear()
    write_atomically(target, render_parameters(fit_all(Path(path), day)))
