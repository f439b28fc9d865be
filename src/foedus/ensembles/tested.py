"""How forecasts of a kind have been scored: on which body, under which rule, on how many decisions, with what score."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from foedus.cases.case import Case
from foedus.ensembles.learned import packaged_parameters
from foedus.institutions import is_consensus

COUNCIL = "eu-council"
"""The body on whose decisions under other rules the fitted models were cross-validated."""


@cache
def packaged_scores() -> Mapping[str, Any]:
    """Return the scores on the packaged consensus set that come with this version.

    Examples
    --------
    >>> packaged_scores()["bodies"]["nac"]["consensus"]["decisions"]
    38
    """
    return dict(json.loads(resources.files("foedus.ensembles").joinpath("tested.json").read_text("utf-8")))


def tested_on(case: Case, model: str, kind: str) -> dict[str, object]:
    """Return what a forecast says of its own testing.

    Parameters
    ----------
    case
        Body and rule.
    model
        The name of the model.
    kind
        The kind of rule, for a model that was cross-validated on the Council's decisions.

    Returns
    -------
    dict[str, object]
        ``body``, ``rule``, ``decisions``, ``score`` (CRPS on 0 to 100, ``None`` without decisions), ``base_rate`` and
        ``difference`` from it (``mean``, ``low``, ``high``; only with decisions), ``scope`` (whose decisions, under
        which rule, in words) and ``note``.
    """
    told: dict[str, object] = {"body": case.body.id, "rule": case.rule.words()}
    scores = packaged_scores()["bodies"]
    own = case.body.id if case.body.id in scores else "all"
    row = scores[own].get(model) if is_consensus(case.rule) else _council_scores(model, kind)
    if row is None:
        note = (
            f"{case.body.name}, {case.rule.words()}: 0 decisions scored for the {model} model, no score. Its "
            "percentages follow from the declared assumptions and have not been calibrated."
        )
        scope = f"of the {case.body.name} under {case.rule.words()}"
        return told | {"decisions": 0, "score": None, "scope": scope, "note": note}
    if is_consensus(case.rule):
        whose, rule = (f"of the {case.body.name}" if own != "all" else "of other bodies"), "consensus or unanimity"
        picked = "They were picked because they were disputed in public. "
    else:
        whose, rule = "of the Council of the European Union", kind
        picked = "They are single issues of legislative proposals, coded by experts. "
    none = ", none of this body," if own == "all" and case.body.id != COUNCIL else ""
    note = (
        f"The {model} model was scored on {row['decisions']} decisions {whose}{none} under {rule}: CRPS "
        f"{row['crps']:.1f} on a scale of 100, {_beside(row)}; its 80 % interval held {100 * row['coverage_80']:.0f} % "
        f"of the outcomes. {picked}The percentages follow from the declared assumptions and have not been calibrated."
    )
    return told | {
        "decisions": row["decisions"],
        "score": row["crps"],
        "base_rate": row["base_rate"],
        "difference": dict(row["difference"]),
        "scope": f"{whose} under {rule}",
        "note": note,
    }


def _beside(row: Mapping[str, Any]) -> str:
    """Say how a score compares with the base rate: better or worse only where the interval is clear of zero."""
    gap, base = row["difference"], f"the outcomes of the other decisions alone ({row['base_rate']:.1f}"
    if gap["low"] is None:
        return f"beside {base}; too few disputes to tell the two apart)"
    ends = f"difference {gap['mean']:.2f}, 95 % interval {gap['low']:.2f} to {gap['high']:.2f})"
    if gap["low"] <= 0 <= gap["high"]:
        return f"not distinguishable from {base}; {ends}"
    return f"{'better' if gap['high'] < 0 else 'worse'} than {base}; {ends}"


def _council_scores(model: str, kind: str) -> Mapping[str, Any] | None:
    """Return cross-validated scores on the Council's decisions, kept with the parameters."""
    found: Mapping[str, Any] = packaged_parameters()["scores"].get(model, {})
    return found.get(kind)
