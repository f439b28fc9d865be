"""How forecasts of a kind have been scored: on which body, under which rule, on how many decisions, with what score."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from foedus.forecasts.case import Case
from foedus.institutions import is_consensus


@cache
def packaged_scores() -> Mapping[str, Any]:
    """Return the scores on the packaged consensus set that come with this version.

    Examples
    --------
    >>> packaged_scores()["bodies"]["nac"]["consensus"]["decisions"]
    14
    """
    return dict(json.loads(resources.files("foedus.forecasts").joinpath("tested.json").read_text("utf-8")))


def tested_on(case: Case, model: str) -> dict[str, object]:
    """Return what a forecast says of its own testing.

    Parameters
    ----------
    case
        Body and rule.
    model
        The name of the model.
    """
    told: dict[str, object] = {"body": case.body.id, "rule": case.rule.words()}
    bodies = packaged_scores()["bodies"]
    body = case.body.id if case.body.id in bodies else "all"
    row = bodies[body].get(model) if is_consensus(case.rule) else None
    if row is None:
        note = (
            f"No decision of the {case.body.name} has been scored against this model: its percentages follow "
            "from the declared assumptions and have not been calibrated."
        )
        return told | {"decisions": 0, "score": None, "note": note}
    whose = f"of the {case.body.name}" if body != "all" else "of other bodies, none of this one,"
    better = "better" if row["crps"] < row["base_rate"] else "no better"
    note = (
        f"The {model} model was scored on {row['decisions']} decisions {whose} under consensus or unanimity: CRPS "
        f"{row['crps']:.1f} on a scale of 100, {better} than the outcomes of the other disputes alone "
        f"({row['base_rate']:.1f}); its 80 % interval held {row['coverage_80']:.0%} of the outcomes. They were "
        "picked because they were disputed in public. The percentages follow from the declared assumptions and "
        "have not been calibrated."
    )
    return told | {"decisions": row["decisions"], "score": row["crps"], "note": note}
