"""Measured distance from backers and objectors: what is hidden, and that a made-up relation is found."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.backtests.leaning import _hidden, _scores, leaning


def test_a_hidden_member_is_placed_between_backers_and_objectors() -> None:
    at = np.array([[100.0, 0.5, 2.0], [0.0, 0.7, -1.0], [80.0, 0.3, 1.0]])
    rows = list(_hidden(("public", "d", at)))
    # The first: the backer left stands 1 away, the objector 3. The second has no objector beside it.
    assert [name for _, name, _ in rows] == ["d", "d"]
    assert rows[0][2].tolist() == pytest.approx([100.0, 0.5, 40.0, 0.5, 2.0, 1.0])
    assert rows[1][2].tolist() == pytest.approx([80.0, 0.3, 50.0, 0.6, 1.0, 1.0])


def test_a_relation_is_found_where_there_is_one_and_not_where_there_is_none() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(size=(400, 6))
    values[:, 0] = 50 + 20 * values[:, 4] + rng.normal(size=400)
    public, groups = np.arange(400) % 2 == 0, np.arange(400) // 4
    without, measured = (_scores(values, 0, columns, public, groups).mean() for columns in ([2], [2, 4, 5]))
    # The spread falls from about 20 to about 1 and what the penalty leaves: by more than two in logarithms of it.
    assert without - measured > 2
    idle = [_scores(values, 1, columns, public, groups).mean() for columns in ([3], [3, 4, 5])]
    assert idle[1] - idle[0] > -0.01


def test_the_figures_without_the_councils_data() -> None:
    """Those of docs/measure.md, where the Council's decisions teach the common slopes as well, lie within .003."""
    position, salience = leaning()
    assert (position.members, position.without, position.measured) == pytest.approx((447, 4.918, 4.865), abs=0.0006)
    assert position.gain.high < 0
    assert (salience.gain.mean, salience.gain.low < 0 < salience.gain.high) == pytest.approx((-0.002, True), abs=0.0006)
