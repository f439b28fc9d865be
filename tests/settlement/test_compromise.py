"""The compromise model against means worked out by hand and against leaving members out one by one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.issues import Sitting
from foedus.settlement import COMPROMISE

EMISSIONS = Path(__file__).parents[2].parent / "shared" / "data" / "emissions-1994.csv"

Build = Callable[..., Sitting]


@pytest.mark.parametrize(
    ("members", "outcome", "option"),
    [
        ([{"private": 0.0, "capability": 3.0}, {"private": 100.0}], 25.0, 0.0),  # a tie of 0 and 50: the status quo
        ([{"private": 1.0, "capability": 3.0}, {"private": 100.0}], 25.75, 50.0),
        ([{"private": 20.0, "salience": 0.25}, {"private": 80.0, "salience": 0.75}], 65.0, 50.0),
        ([{"private": 20.0, "salience": 0.5, "capability": 2.0}, {"private": 90.0, "salience": 0.25}], 34.0, 50.0),
        ([{"private": 50.0}, {"private": 100.0}], 75.0, 50.0),  # a tie of 50 and 100: the one nearer the status quo
        ([{"private": 70.0}], 70.0, 50.0),
        ([{"private": 70.0, "salience": 0.0}, {"private": 90.0, "capability": 0.0}], 0.0, 0.0),
        ([{"private": 100.0}, {"private": 0.0, "seated": False, "capability": 9.0}], 100.0, 100.0),
        ([{"private": 100.0, "public": 0.0}], 100.0, 100.0),
    ],
)
def test_means_by_hand(one_draw: Build, members: list[dict[str, Any]], outcome: float, option: float) -> None:
    sitting = one_draw(members, [0.0, 50.0, 100.0])
    found = COMPROMISE.settle(sitting)
    # A mean of two or three numbers of size 100 errs by some 1e-14.
    assert found.outcome.item() == pytest.approx(outcome, abs=1e-12)
    assert sitting.agendas[0].options[found.choice.item()] == option
    assert found.objects is None
    assert found.sole is None
    assert found.reluctant is None


@pytest.mark.parametrize(("status_quo", "option"), [(0, 0.0), (1, 50.0), (2, 50.0)])
def test_a_tie_goes_to_the_option_nearer_the_status_quo(one_draw: Build, status_quo: int, option: float) -> None:
    sitting = one_draw([{"private": 25.0}], [0.0, 50.0, 100.0], status_quo=status_quo)
    assert sitting.agendas[0].options[COMPROMISE.choose(sitting).item()] == option


def test_a_tie_of_two_options_as_near_to_the_status_quo_goes_to_the_lower(one_draw: Build) -> None:
    sitting = one_draw([{"private": 50.0}], [0.0, 25.0, 75.0, 90.0], status_quo=0)
    assert COMPROMISE.choose(sitting).item() == 1
    middle = one_draw([{"private": 0.0}, {"private": 100.0}], [20.0, 50.0, 80.0], status_quo=1)
    assert COMPROMISE.choose(middle).item() == 1


def test_without_any_weight_the_status_quo_stands_wherever_it_lies(one_draw: Build) -> None:
    for status_quo in range(3):
        sitting = one_draw([{"private": 70.0, "salience": 0.0}], [0.0, 50.0, 100.0], status_quo=status_quo)
        found = COMPROMISE.settle(sitting)
        assert found.choice.item() == status_quo
        assert found.outcome.item() == 50.0 * status_quo
        assert not found.pivotal.any()


def test_car_emissions(one_draw: Build) -> None:
    if not EMISSIONS.exists():
        pytest.skip("the shared emissions data are not beside this checkout")
    with EMISSIONS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    members = [
        {"private": float(r["Position"]), "salience": float(r["Salience"]), "capability": float(r["Capability"])}
        for r in rows
    ]
    found = COMPROMISE.settle(one_draw(members, [4.0, 7.0, 10.0], status_quo=2, length=6.0))
    # Printed to five decimals in the reference values.
    assert found.outcome.item() == pytest.approx(7.38996, abs=5e-6)
    assert found.choice.item() == 1


def _nearest(point: Fraction, options: list[float], status_quo: int) -> int:
    def by_distance(x: int) -> tuple[Fraction, Fraction, float]:
        from_q = abs(Fraction(options[x]) - Fraction(options[status_quo]))
        return abs(Fraction(options[x]) - point), from_q, options[x]

    ranked = sorted(range(len(options)), key=by_distance)
    first, second = (by_distance(x)[0] for x in ranked[:2])
    # A mean of up to five numbers of size 100 may round across an exact tie; ties are tested by hand above.
    assume(abs(first - second) > Fraction(1, 10**9))
    return ranked[0]


def _mean(members: list[dict[str, float]], fallback: float) -> Fraction:
    moment, total = Fraction(0), Fraction(0)
    for member in members:
        weight = Fraction(member["capability"]) * Fraction(member["salience"])
        moment += weight * Fraction(member["private"])
        total += weight
    return moment / total if total else Fraction(fallback)


@settings(deadline=None, max_examples=100)
@given(
    members=st.lists(
        st.fixed_dictionaries(
            {
                "private": st.integers(0, 800).map(lambda k: k / 8),
                "salience": st.integers(0, 8).map(lambda k: k / 8),
                "capability": st.sampled_from([0.0, 0.1, 1.0, 2.5, 30.0]),
                "seated": st.booleans(),
            }
        ),
        min_size=1,
        max_size=5,
    ),
    places=st.sets(st.integers(0, 100), min_size=2, max_size=5),
    data=st.data(),
)
def test_agrees_with_leaving_members_out(
    one_draw: Build, members: list[dict[str, float]], places: set[int], data: st.DataObject
) -> None:
    options = [float(place) for place in sorted(places)]
    status_quo = data.draw(st.integers(0, len(options) - 1))
    seated = [m for m in members if m["seated"]]
    assume(seated)
    found = COMPROMISE.settle(one_draw(members, options, status_quo=status_quo))
    mean = _mean(seated, options[status_quo])
    choice = _nearest(mean, options, status_quo)
    assert found.outcome.item() == pytest.approx(float(mean), abs=1e-9)
    assert found.choice.item() == choice
    for place, member in enumerate(members):
        rest = [m for m in seated if m is not member]
        without = _nearest(_mean(rest, options[status_quo]), options, status_quo)
        assert found.pivotal[0, place, 0] == (bool(member["seated"]) and without != choice)


def test_who_decides_by_weight(one_draw: Build) -> None:
    # Mean (0 + 0 + 2 * 100) / 4 = 50, nearest 60. Without the heavy one 0; without a light one 200 / 3, nearest 60.
    members = [{"private": 0.0}, {"private": 0.0}, {"private": 100.0, "capability": 2.0}]
    found = COMPROMISE.settle(one_draw(members, [0.0, 60.0, 100.0]))
    assert found.pivotal[0, :, 0].tolist() == [False, False, True]
    assert np.array_equal(found.choice, [[1]])
