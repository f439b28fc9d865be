"""What becomes of what was said aloud when positions move."""

from __future__ import annotations

import dataclasses

import numpy as np

from foedus.forecasts.compose import moved
from foedus.influence import find_influence
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
