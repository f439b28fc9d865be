"""The sign that tells whether nobody stands nearer to a lesser option, worked by hand, and what it may never do."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.issues import Agenda, Sitting
from foedus.settlement.consensus import CONSENSUS
from foedus.settlement.track_record import SIGNS, TRACK_RECORD, TrackRecord, packaged_fit, signs_of, spread

Build = Callable[..., Sitting]
PLACES = st.lists(st.integers(0, 20), min_size=2, max_size=5)


def _agreed(sitting: Sitting) -> bool:
    return bool(signs_of(sitting, 0, CONSENSUS.choose(sitting)[:, 0])[0, SIGNS.index("agreed")] > 0)


@pytest.mark.parametrize(
    ("places", "options", "agreed"),
    [
        ((80, 100), (0, 50, 100), True),
        ((70, 100), (0, 50, 100), False),
        ((75, 100), (0, 50, 100), False),
        ((70, 100), (0, 100), True),
        ((40, 100), (0, 100), False),
    ],
)
def test_the_lowest_voice_agrees_where_no_lesser_option_is_nearer(
    one_draw: Build, places: tuple[int, ...], options: tuple[int, ...], agreed: bool
) -> None:
    assert _agreed(one_draw([{"private": float(place)} for place in places], options)) is agreed
    turned = one_draw(
        [{"private": 100.0 - place} for place in places], sorted(100 - x for x in options), status_quo=-1, proposal=0
    )
    assert _agreed(turned) is agreed


@settings(deadline=None, max_examples=60)
@given(PLACES, st.integers(0, 4), st.integers(1, 20))
def test_a_member_further_from_the_proposal_never_makes_it_likelier(
    one_draw: Build, places: list[int], who: int, by: int
) -> None:
    who %= len(places)
    further = [max(place - by, 0) if at == who else place for at, place in enumerate(places)]
    before, after = (
        TRACK_RECORD.chances(one_draw([{"private": 5.0 * place} for place in row], (0, 50, 100)))[0][0, 2]
        for row in (places, further)
    )
    assert after <= before + 1e-9


@pytest.mark.parametrize("horizon", ["meeting", "year"])
@settings(deadline=None, max_examples=40)
@given(places=PLACES, unknown=st.booleans())
def test_a_consent_withheld_over_another_matter_never_helps_the_proposal(
    one_draw: Build, horizon: str, places: list[int], unknown: bool
) -> None:
    """A reader found three objections likelier to pass than one: the third withheld its consent over another matter."""
    sitting = one_draw([{"private": 5.0 * place} for place in places], (0, 50, 100))
    model = TrackRecord(horizon=horizon)
    before, after = (
        model.chances(dataclasses.replace(sitting, signals=({"link": link},)))[0][0]
        for link in (0.0 if unknown else -0.5, 0.5)
    )
    assert after[2] <= before[2] + 1e-9
    assert after[0] >= before[0] - 1e-9


def test_nothing_goes_further_than_what_is_proposed_unless_the_table_settles_on_it() -> None:
    """No decision on record went beyond its proposal: only the consensus model gives such an option a chance."""
    agenda = Agenda(np.array([0.0, 40.0, 70.0, 100.0]), status_quo=0, proposal=2, length=100.0)
    signs = np.zeros((2, len(SIGNS)))
    found = spread(packaged_fit(), agenda, signs, np.array([0, 3]))
    assert found[0, 3] == 0
    assert found[1, 3] > 0
    assert found.sum(axis=1) == pytest.approx([1, 1])
    lesser = Agenda(agenda.options[:3], status_quo=0, proposal=2, length=100.0)
    assert found[0, :3] == pytest.approx(spread(packaged_fit(), lesser, signs[:1], np.array([0]))[0])
