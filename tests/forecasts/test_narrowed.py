"""Under a majority what lacks the votes comes down to what has them: meeting an objector never adds to no change."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.ensembles.mixing import SETTLING, narrowed, next_passable
from foedus.ensembles.model import EnsembleModel
from foedus.issues.deciding import quota
from foedus.issues.sitting import Agenda, Sitting
from foedus.settlement import MODELS
from foedus.testing import sitting_of

OPTIONS = [0.0, 40.0, 100.0]
SHARE = 0.001
"""What the learned distribution may add by its own shape; shares are told in whole percentages."""


def ruled(places: list[float], cares: list[float]) -> Sitting:
    sitting = sitting_of(position=places, salience=cares, options=OPTIONS)
    cards = [one for name in SETTLING for one in MODELS[name].card.assumptions]
    held = {one.name: np.full(sitting.draws, 0.0 if one.choices else one.mode) for one in cards}
    rule = quota([1.0] * len(places), 2 * len(places) / 3)
    return dataclasses.replace(sitting, decides=rule, assumptions={**held, **sitting.assumptions})


@settings(max_examples=60)
@given(data=st.data(), size=st.integers(4, 7))
def test_winning_an_objector_over_never_lowers_the_chance_of_adopting_something(data: st.DataObject, size: int) -> None:
    others = st.lists(st.sampled_from([0.0, 15.0, 35.0, 60.0, 100.0]), min_size=size - 1, max_size=size - 1)
    places = [data.draw(st.sampled_from([0.0, 15.0, 35.0])), *data.draw(others)]
    cares = data.draw(st.lists(st.sampled_from([0.2, 0.6, 1.0]), min_size=size, max_size=size))
    won = [100.0, *places[1:]]
    model = EnsembleModel("another rule", 0.0, counted=True)
    before, after = (model.chances(ruled(at, cares))[0].mean(axis=0)[0] for at in (places, won))
    assert after <= before + SHARE


@given(
    spread=st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda one: sum(one) > 0),
    allowed=st.lists(st.booleans(), min_size=5, max_size=5),
    still=st.integers(0, 4),
)
def test_what_is_stopped_comes_down_to_the_nearest_that_passes(
    spread: list[float], allowed: list[bool], still: int
) -> None:
    at = [0.0, 20.0, 50.0, 80.0, 100.0]
    agenda = Agenda(np.array(at), status_quo=still, proposal=0 if still else 4, length=100.0)
    passing = np.array([[one or n == still for n, one in enumerate(allowed)]])
    found = narrowed(np.array([spread]), passing, agenda)[0]
    expected = np.zeros(5)
    for option, share in enumerate(spread):
        step = 1 if still > option else -1
        place = option
        while not passing[0, place]:
            place += step
        expected[place] += share
    assert found == pytest.approx(expected)
    assert next_passable(passing, agenda)[0, still] == still


def test_meeting_elands_condition_lifts_the_port_and_takes_nothing_from_the_store_to_no_change() -> None:
    forecast = foedus.forecast(foedus.read_dossier("harbour-compact"), issue="port", draws=400)
    for one in foedus.scenarios(forecast, 400).scenarios:
        assert one.differences[0] <= 0
        assert one.differences[2] > 0.05
