"""The network model against its own iteration and the closed form for two actors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.influence import find_influence
from foedus.influence.friedkin_johnsen import listening, settled
from foedus.testing import sitting_of

MODEL = find_influence("friedkin-johnsen")


@given(seed=st.integers(0, 1000))
def test_the_limit_is_where_the_iteration_goes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first, openness = rng.random((2, 5)), rng.random((2, 5)) * 0.9
    weights = listening(rng.integers(0, 3, (5, 5)).astype(float), rng.random((2, 5)))
    place = first.copy()
    for _ in range(400):
        place = openness * (weights @ place[:, :, None])[:, :, 0] + (1 - openness) * first
    assert settled(first, openness, weights) == pytest.approx(place, abs=1e-12)


def test_two_actors_in_closed_form() -> None:
    # x1 = l x2 + (1 - l) a, x2 = l x1 + (1 - l) b, so x1 = (a + l b) / (1 + l).
    sitting = sitting_of([0.0, 90.0], 0.5, ties=[[0, 1], [1, 0]], assumptions={"openness": 0.5})
    assert MODEL.move(sitting).private[0, :, 0] == pytest.approx([0.25 * 90 / 1.25, 90 / 1.25])


def test_who_is_tied_to_nobody_stays() -> None:
    ties = [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    sitting = sitting_of([0.0, 50.0, 100.0], 0.2, ties=ties, assumptions={"openness": 0.8})
    found = MODEL.move(sitting).private[0, :, 0]
    assert found[2] == 100.0
    assert 0 < found[0] < found[1] < 50
    untied = sitting_of([0.0, 50.0], 0.2, assumptions={"openness": 0.8})
    assert (MODEL.move(untied).private == untied.private).all()


def test_who_cares_most_does_not_move() -> None:
    sitting = sitting_of([0.0, 90.0], [1.0, 0.0], ties=np.ones((2, 2)), assumptions={"openness": 0.8})
    assert MODEL.move(sitting).private[0, :, 0] == pytest.approx([0.0, 18.0])


def test_the_steps_lead_to_the_limit() -> None:
    sitting = sitting_of([0.0, 90.0], 0.5, ties=np.ones((2, 2)), assumptions={"openness": 0.5})
    path = MODEL.move(sitting, record=True).trajectory
    assert path is not None
    assert np.abs(np.diff(path.positions[:, 0, :, 0], axis=0)).max(axis=1)[-1] < 1e-4
