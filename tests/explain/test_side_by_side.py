"""What explains a forecast, and what scores models, is the same wherever its units run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import foedus
from foedus.backtests import run_consensus
from foedus.base.answers import recorded
from foedus.base.workers import Workers
from foedus.dossiers import packaged_dossiers, read_dossier


@pytest.fixture(autouse=True)
def _threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let threads stand for processes: units are pickled as for these, and no process has to start."""
    monkeypatch.setattr("foedus.base.workers.processes", ThreadPoolExecutor)


def tokyo(model: str | None = None) -> Any:
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    return foedus.forecast(dossier, "office", "2023-07-10", models=() if model is None else (model,), draws=60)


ANSWERS: dict[str, Callable[[Workers], Any]] = {
    "evidence": lambda workers: foedus.influence_of_evidence(tokyo(), draws=60, learning=False, workers=workers),
    "evidence of two stages": lambda workers: foedus.influence_of_evidence(
        tokyo("friedkin-johnsen+consensus"), draws=20, learning=False, workers=workers
    ),
    "levers": lambda workers: foedus.levers(tokyo(), for_actor="FRA", draws=60, workers=workers),
    "sensitivity": lambda workers: foedus.sensitivity(tokyo(), workers=workers),
    "backtest": lambda workers: run_consensus(
        ["mean", "consensus", "condorcet:conditional"], fit=False, workers=workers
    ),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_are_the_same_side_by_side(answer: str) -> None:
    ask = ANSWERS[answer]
    assert recorded(ask(Workers(2))) == recorded(ask(Workers()))
