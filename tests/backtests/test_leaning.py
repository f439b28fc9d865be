"""Measured distance from backers and objectors: what is hidden, that a made-up relation is found, what is packaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.backtests.consensus_set import packaged_hash
from foedus.backtests.leaning import _forecasts, _hidden, fit_leaning, leaning, normal_log_score
from foedus.measure.leaning import packaged_leaning


def test_a_hidden_member_is_placed_between_backers_and_objectors() -> None:
    at = np.array([[100.0, 0.5, 2.0], [0.0, 0.7, -1.0], [80.0, 0.3, 1.0], [90.0, 0.3, 5.0]])
    rows = list(_hidden(("public", "d", at)))
    # The first: the nearest backer left stands 1 away, the objector 3. The second has no objector beside it.
    assert [name for _, name, _ in rows] == ["d", "d", "d"]
    assert rows[0][2].tolist() == pytest.approx([100.0, 0.5, 170 / 3, 1.3 / 3, 2.0])
    assert rows[1][2].tolist() == pytest.approx([80.0, 0.3, 190 / 3, 0.5, 1.0])


def test_a_relation_is_found_where_there_is_one_and_not_where_there_is_none_or_the_wrong_one() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(size=(400, 5))
    values[:, 0] = 50 + 20 * values[:, 4] + rng.normal(size=400)
    public, groups = np.arange(400) % 2 == 0, np.arange(400) // 4

    def gain(target: int) -> float:
        scores = [
            normal_log_score(values[:, target], *_forecasts(values, target, columns, public, groups)).mean()
            for columns in ([2 + target], [2 + target, 4])
        ]
        return float(scores[1] - scores[0])

    # The spread falls from about 20 to about 1 and what the penalty leaves: by more than two in logarithms of it.
    assert gain(0) < -2
    assert gain(1) > -0.01
    values[:, 4] *= -1  # who votes with the objectors backs: the slope may not say so
    assert gain(0) == pytest.approx(0.0, abs=0.01)


def test_the_figures_without_the_councils_data() -> None:
    """Those of docs/measure.md, where the Council's decisions teach the common slopes as well."""
    position, salience = leaning()
    assert (position.members, position.gain.high < 0) == (447, True)
    assert position.used is not None
    assert position.used.high < 0
    assert (salience.gain.low < 0 < salience.gain.high, salience.used) == (True, None)


def test_the_packaged_numbers_are_those_of_a_refit(shared: Path) -> None:
    packaged = packaged_leaning()
    if packaged["read"]["public"] != packaged_hash():
        pytest.fail("the packaged decisions changed: python -m foedus.backtests leaning FILE")
    again = fit_leaning(shared / "data" / "deu3-development.tsv")
    assert again["read"] == packaged["read"]
    for what in ("position", "salience"):
        for data, numbers in packaged[what].items():
            assert again[what][data] == pytest.approx(numbers, abs=2e-4)
            assert what == "salience" or min(numbers["others"], numbers["farther"]) >= 0
