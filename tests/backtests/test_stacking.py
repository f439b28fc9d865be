from __future__ import annotations

import numpy as np
import pytest
from tests.backtests.conftest import made_up

from foedus.backtests import BASELINES, CaseTable
from foedus.backtests.scores import crps
from foedus.backtests.stacking import STEPS, Ensemble, best_weights

PARTS = tuple(one for one in BASELINES if one.name in {"mean", "proposer", "distribution of positions"})


def test_weights_are_the_best_of_the_lattice_by_brute_force() -> None:
    table = CaseTable(made_up())
    model, rows = Ensemble(PARTS), np.arange(len(table))
    found = model.fit(table, rows)
    spread = model._spread(table)
    lattice = [
        (one / STEPS, two / STEPS, (STEPS - one - two) / STEPS)
        for one in range(STEPS + 1)
        for two in range(STEPS + 1 - one)
    ]
    scores = [crps(np.einsum("k,nkg->ng", weights, spread), table.outcome).mean() for weights in lattice]
    assert found["pooled"] == pytest.approx(lattice[int(np.argmin(scores))])
    # One rule only: shrinking the best weights towards themselves changes nothing.
    assert found["by_rule"]["qualified majority"] == pytest.approx(found["pooled"])


def test_a_part_that_is_always_right_gets_all_the_weight() -> None:
    gaps = np.stack([np.zeros((3, 101)), np.ones((3, 101))], axis=1)
    assert best_weights(gaps).tolist() == [1.0, 0.0]
