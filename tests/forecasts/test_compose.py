"""What becomes of what was said aloud when positions move."""

from __future__ import annotations

import dataclasses

import numpy as np

from foedus.dossiers import Change, Range
from foedus.forecasts.compose import Composed, moved
from foedus.forecasts.sweeps import held
from foedus.influence import find_influence
from foedus.issues import Movement, Sitting
from foedus.settlement import find_model
from foedus.testing import sitting_of


def test_words_follow_only_where_they_were_the_position_and_bind_nobody() -> None:
    before = sitting_of(position=[20.0, 30.0, 80.0], salience=[1.0, 1.0, 1.0])
    public = before.public.copy()
    public[:, 1] = 50.0  # says something else than it wants
    committed = before.committed.copy()
    committed[..., 2, :] = True
    before = dataclasses.replace(before, public=public, committed=committed)
    movement = find_influence("exchange").move(before)
    movement = dataclasses.replace(movement, private=np.full_like(movement.private, 44.0))
    after = moved(before, movement)
    assert after.private[0, :, 0].tolist() == [44.0, 44.0, 44.0]
    assert after.public[0, :, 0].tolist() == [44.0, 50.0, 80.0]


def test_a_movement_that_comes_back_is_not_computed_again() -> None:
    class Counting:
        card = find_influence("exchange").card

        def __init__(self) -> None:
            self.moved = 0

        def move(self, sitting: Sitting, *, record: bool = False) -> Movement:
            self.moved += 1
            return find_influence("exchange").move(sitting, record=record)

    influence = Counting()
    model = Composed(influence, find_model("consensus"))
    usual = sitting_of(position=[20.0, 30.0, 80.0], salience=[1.0, 1.0, 1.0])
    first = model.choose(usual)
    for place in (40.0, 60.0):
        changed = held(usual, Change("a0", "", "position", Range(low=place, mode=place, high=place)))
        fresh = Composed(find_influence("exchange"), find_model("consensus"))
        assert (model.choose(changed) == fresh.choose(changed)).all()
        assert (model.choose(usual) == first).all()
    assert influence.moved == 3
