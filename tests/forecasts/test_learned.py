"""The learned distribution as forecasts use it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.ensembles.features import GRID, LIBRARY, Ground, Situation, features
from foedus.ensembles.learned import learned_answer, learned_distribution, packaged_parameters
from foedus.issues import Agenda, Sitting

NAN = float("nan")


def situation(
    position: list[float],
    salience: list[float] | None = None,
    proposer: float = NAN,
    chamber: float = NAN,
    reference: float = NAN,
    unanimous: float = 0.0,
) -> Situation:
    size = len(position)
    return Situation(
        np.array([position]),
        np.array([salience or [50.0] * size]),
        np.ones((1, size), dtype=bool),
        np.arange(1.0, size + 1)[None],
        np.array([proposer]),
        np.array([chamber]),
        np.array([reference]),
        np.array([unanimous]),
        np.array([1.0]),
    )


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    places = st.integers(0, 100).map(float)
    maybe = st.one_of(st.just(NAN), places)
    position = draw(st.lists(places, min_size=1, max_size=6))
    salience = draw(st.lists(maybe, min_size=len(position), max_size=len(position)))
    return situation(position, salience, draw(maybe), draw(maybe), draw(maybe), draw(st.sampled_from([0.0, 1.0])))


def changed(one: Situation, **values: np.ndarray) -> Situation:
    return dataclasses.replace(one, **values)


@given(situations())
def test_distribution_sums_to_one_and_is_nowhere_zero(one: Situation) -> None:
    found = learned_distribution(one)
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()


@given(situations())
def test_mirrored_inputs_give_mirrored_features(one: Situation) -> None:
    mirror = changed(
        one,
        position=100 - one.position,
        proposer=100 - one.proposer,
        chamber=100 - one.chamber,
        reference=100 - one.reference,
    )
    there, back = features(one, list(LIBRARY)), features(mirror, list(LIBRARY))[:, ::-1]
    # Sums taken in another order.
    np.testing.assert_allclose(back, there, atol=1e-9)


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_actors_plays_no_part(one: Situation, random) -> None:
    order = list(range(one.position.shape[1]))
    random.shuffle(order)
    turned = changed(one, position=one.position[:, order], salience=one.salience[:, order], weight=one.weight[:, order])
    np.testing.assert_allclose(learned_distribution(turned), learned_distribution(one), atol=1e-9)


@given(situations())
def test_the_unit_of_salience_plays_no_part(one: Situation) -> None:
    np.testing.assert_allclose(
        learned_distribution(changed(one, salience=one.salience / 100)), learned_distribution(one), atol=1e-9
    )


def test_an_absent_actor_changes_nothing() -> None:
    alone = situation([0.0, 40.0, 100.0], [10.0, 20.0, 70.0], proposer=100.0)
    beside = situation([0.0, NAN, 40.0, 100.0], [10.0, 99.0, 20.0, 70.0], proposer=100.0)
    beside = changed(beside, weight=np.array([[1.0, 99.0, 2.0, 3.0]]))
    np.testing.assert_allclose(learned_distribution(beside), learned_distribution(alone), atol=1e-12)


@pytest.mark.parametrize("name", list(LIBRARY))
def test_what_an_issue_lacks_says_nothing(name: str) -> None:
    needs = {"proposer", "chamber", "reference", "change"} & set(name.replace("squared", "").split())
    found = features(situation([20.0, 70.0]), [name])
    assert np.isfinite(found).all()
    if needs:
        assert not found.any()


def test_missing_saliences_count_as_the_mean_of_the_known_and_equal_where_none_is() -> None:
    assert Ground(situation([0.0, 50.0, 100.0], [10.0, NAN, 30.0])).salience.tolist() == [[10.0, 20.0, 30.0]]
    assert Ground(situation([0.0, 100.0], [NAN, NAN])).salience.tolist() == [[1.0, 1.0]]
    assert Ground(situation([0.0, 100.0], [0.0, 0.0])).mean.tolist() == [50.0]


def brute_force(name: str, g: int) -> float:
    """Return a feature of one made-up issue at one point, worked out by hand."""
    position, salience = [0.0, 20.0, 100.0], [10.0, 20.0, 30.0]
    proposer, chamber, reference, mean = 100.0, 60.0, 0.0, (0 * 10 + 20 * 20 + 100 * 30) / 60
    share = sum(s for x, s in zip(position, salience, strict=True) if x == g) / 60
    below = sum(s for x, s in zip(position, salience, strict=True) if x < g) / 60
    stands = g in position
    return {
        "share": np.log(share + 0.01),
        "distance": abs(g - mean) / 100,
        "distance squared": ((g - mean) / 100) ** 2,
        "anyone": stands,
        "proposer": g == proposer,
        "chamber": g == chamber,
        "reference": g == reference,
        "tens": g % 10 == 0,
        "middle": g == 50,
        "ends": g in (0, 100),
        "reference to proposer": reference <= g <= proposer,
        "reference to members": reference <= g <= mean,
        "beyond proposer and chamber": max(0, chamber - g) / 100,
        "proposer with member": g == 100,
        "chamber with member": 0.0,
        "reference with anyone": g == 0,
        "fives": g % 5 == 0,
        "fives with anyone": g % 5 == 0 and stands,
        "off the median": (below + share / 2 - 0.5) ** 2,
        "thirds": g in (33, 34, 66, 67),
        "anyone by poles": 0.0,
        "votes for change": _for_change(position, [1.0, 2.0, 3.0], g),
        "salience for change": _for_change(position, salience, g),
        "proposer to chamber": 60 <= g <= 100,
        "to midrange": abs(g - 50) / 100,
    }[name]


def _for_change(position: list[float], weight: list[float], g: int) -> float:
    gain = [np.sign(abs(x - 0) - abs(x - g)) for x in position]
    return sum(w * (1 + one) / 2 for w, one in zip(weight, gain, strict=True)) / sum(weight)


@pytest.mark.parametrize(
    "name",
    [
        *packaged_parameters()["models"]["learned"]["parts"]["ten-feature logit"]["features"],
        "votes for change",
        "salience for change",
        "proposer to chamber",
        "to midrange",
    ],
)
def test_features_by_brute_force(name: str) -> None:
    one = situation([0.0, 20.0, 100.0], [10.0, 20.0, 30.0], proposer=100.0, chamber=60.0, reference=0.0)
    expected = np.array([float(brute_force(name, g)) for g in range(101)])
    np.testing.assert_allclose(features(one, [name])[0, :, 0], expected - expected.mean(), atol=1e-12)


def test_unknown_feature_and_bad_shapes() -> None:
    with pytest.raises(ValueError, match="no feature 'colour'"):
        features(situation([0.0]), ["colour"])
    with pytest.raises(ValueError, match="from 0 to 100"):
        situation([101.0])
    with pytest.raises(ValueError, match="at least one position"):
        situation([NAN])
    with pytest.raises(ValueError, match="agree in shape"):
        changed(situation([0.0]), proposer=np.zeros(2))


def sitting(draws: int = 3, status_quo: int = 0) -> Sitting:
    shape = (draws, 3, 1)
    private = np.broadcast_to(np.array([0.0, 2.0, 4.0])[None, :, None], shape)
    return Sitting(
        actors=("a", "b", "voice"),
        agendas=(Agenda(np.array([0.0, 2.0, 4.0]), status_quo, 2, 4.0),),
        seated=np.array([True, True, False]),
        private=private,
        public=private,
        salience=np.full(shape, 0.5),
        capability=np.ones(shape[:2]),
        committed=np.zeros((3, 1), dtype=bool),
        red_low=np.full((3, 1), -np.inf),
        red_high=np.full((3, 1), np.inf),
        outsiders=((),),
        setter=np.full((draws, 1), 4.0),
        assumptions={},
    )


def test_a_sitting_is_the_situation_that_it_describes() -> None:
    found = learned_answer(sitting(), 0)
    alone = changed(
        situation([0.0, 50.0], proposer=100.0, reference=0.0), weight=np.ones((1, 2)), chamber_decides=np.array([NAN])
    )
    expected = learned_distribution(alone)[0]
    np.testing.assert_allclose(found.probability, expected, atol=1e-12)
    np.testing.assert_allclose(found.points, GRID / 25)
    # Ties at 1 and 3 go to the option nearer the status quo.
    np.testing.assert_allclose(found.options, [expected[:26].sum(), expected[26:76].sum(), expected[76:].sum()])


def test_draws_of_a_sitting_are_averaged() -> None:
    one = sitting(draws=2)
    apart = dataclasses.replace(one, private=one.private + np.array([0.0, 1.0])[:, None, None])
    alone = [
        learned_answer(dataclasses.replace(sitting(draws=1), private=apart.private[[which]]), 0).probability
        for which in (0, 1)
    ]
    np.testing.assert_allclose(learned_answer(apart, 0).probability, np.mean(alone, axis=0), atol=1e-12)
