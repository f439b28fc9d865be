"""Every model of either stage keeps what its card claims, and what the protocol asks of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.base.errors import FoedusError, InputError
from foedus.forecasts.compose import all_cards, find, find_card
from foedus.influence import INFLUENCES, find_influence
from foedus.issues import Settlement, Sitting, chances_of
from foedus.issues.checking import check_movement, check_settlement
from foedus.settlement import MODELS, find_model
from foedus.settlement.points import LotteryModel, OptionModel, PointModel
from foedus.testing import (
    PROPERTIES,
    check_model,
    check_property,
    checks_of,
    counterexample,
    duplicates,
    find_counterexample,
    random_sitting,
    sitting_of,
    some_draws,
)
from foedus.testing.counterexamples import as_plain, from_plain
from foedus.testing.suite import arrays, edge_cases

EVERY: dict[str, Any] = {**MODELS, **INFLUENCES}
BY_MODEL = pytest.mark.parametrize("name", sorted(EVERY))
SEEDS = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("name", "check"), [(name, check) for name, model in sorted(EVERY.items()) for check in checks_of(model)]
)
@settings(max_examples=10)
@given(seed=SEEDS)
def test_passes_the_suite(name: str, check: str, seed: int) -> None:
    checks_of(EVERY[name])[check](seed)


@pytest.mark.parametrize(
    ("name", "refuted"), [(name, one) for name, model in sorted(EVERY.items()) for one in model.card.refuted]
)
def test_what_a_card_does_not_claim_has_a_counterexample(name: str, refuted: str) -> None:
    with pytest.raises(AssertionError):
        check_property(EVERY[name], refuted, counterexample(name, refuted))


def test_every_property_is_claimed_or_refuted_by_some_model_and_no_other_is() -> None:
    told = {one for model in EVERY.values() for one in (*model.card.properties, *model.card.refuted)}
    assert told == PROPERTIES.keys()


@pytest.mark.parametrize("models", [MODELS, INFLUENCES], ids=["settlement", "influence"])
def test_no_two_models_give_the_same_outcomes(models: dict[str, Any]) -> None:
    assert duplicates(models) == []
    name = next(iter(models))
    assert duplicates({name: models[name], "a twin": models[name]}) == [(name, "a twin")]


def test_the_approximation_of_nash_is_the_compromise_and_counts_once() -> None:
    assert "compromise" in MODELS["nash"].card.reading


def test_models_are_found_by_name_and_composed() -> None:
    assert find("consensus") is MODELS["consensus"]
    assert find_card("challenge").name == "challenge:scholz"
    assert find("exchange+nash").card.name == "exchange:equal-gain+nash"
    assert [card.name for card in all_cards()] == [*MODELS, *INFLUENCES]
    with pytest.raises(FoedusError, match=r"no model 'median'; did you mean 'mean'"):
        find_model("median")
    with pytest.raises(FoedusError, match=r"no influence model 'pressure'; there are challenge:scholz"):
        find_influence("pressure")
    with pytest.raises(FoedusError, match=r"moves positions and settles nothing; add a settlement model"):
        find("challenge")
    with pytest.raises(FoedusError, match="no model 'challange'"):
        find("challange")


@pytest.mark.parametrize("influence", sorted(INFLUENCES))
@pytest.mark.parametrize("settlement", sorted(MODELS))
def test_any_influence_composes_with_any_settlement(influence: str, settlement: str) -> None:
    model = find(f"{influence}+{settlement}")
    sitting = random_sitting(7, 6, model.card.assumptions)
    found = model.settle(sitting)
    assert np.array_equal(found.choice, model.choose(sitting))
    parts = [arrays(model.settle(some_draws(sitting, k, k + 1))) for k in range(6)]
    for place, expected in enumerate(arrays(found)):
        assert np.array_equal(np.concatenate([part[place] for part in parts]), expected)


def test_a_stored_sitting_survives_the_round_trip() -> None:
    one = some_draws(random_sitting(5), 3, 4)
    assert as_plain(from_plain(as_plain(one))) == as_plain(one)


def test_the_suite_can_fail() -> None:
    class Moody:
        card = MODELS["mean"].card

        def __init__(self) -> None:
            self.calls = 0

        def settle(self, sitting: Sitting) -> Settlement:
            self.calls += 1
            found = MODELS["mean"].settle(sitting)
            return Settlement(found.choice, found.outcome + self.calls, None, None, None, found.pivotal)

        def choose(self, sitting: Sitting) -> Any:
            return MODELS["mean"].choose(sitting)

    with pytest.raises(AssertionError, match=r"mean, .*, seed"):
        check_model(Moody(), seeds=range(2))


def test_a_claim_can_fail() -> None:
    assert find_counterexample(MODELS["mean"], "respects the rule", range(20)) is not None
    with pytest.raises(FoedusError, match="no counterexample to 'anonymous' is stored"):
        counterexample("mean", "anonymous")


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"salience": [0.8, 60.0]}, r"actor 1, salience: .*60.*from 0 to 1, all on one scale"),
        ({"salience": [0.8, np.nan]}, "none missing"),
        ({"capability": [1.0, -1.0]}, "actor 1, capability"),
        ({"scale": (0.0, 50.0)}, "actor 1, position: .*from 0 to 50"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(numbers: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        sitting_of([10.0, 90.0], **numbers)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        sitting_of([10.0, np.nan], [80.0, 0.5], [-1.0, 1.0])
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"options": [0.0, 150.0]}, "options: '150', expected an option from 0 to 100"),
        ({"options": [0.0, np.nan]}, "options: 'nan', expected an option from 0 to 100"),
        ({"options": [50.0, 50.0]}, "places of their own"),
        ({"options": []}, "at least one option"),
        ({"status_quo": 3}, "status_quo: '3', expected an index into 3 options"),
        ({"proposal": -4}, "proposal: '-4', expected an index"),
        ({"setter": 101.0}, "setter: '101', expected from 0 to 100"),
        ({"salience": [0.1, 0.2, 0.3]}, r"salience: 'shape \(3, 1\)', expected one for all, or shape \(2, 1\)"),
        ({"capability": [1.0, 1.0, 1.0]}, "capability: 'shape"),
        ({"seated": [True] * 3}, "seated: 'shape"),
        ({"ties": [1.0, 2.0, 3.0]}, "ties: 'shape"),
        ({"salience": ["much", "little"]}, "salience: .* expected numbers"),
    ],
)
def test_a_sitting_that_makes_no_sense_is_refused(numbers: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        sitting_of([10.0, 90.0], **numbers)


def test_an_index_below_nought_counts_from_the_end() -> None:
    agenda = sitting_of([10.0, 90.0], status_quo=-1, proposal=-2).agendas[0]
    assert (agenda.status_quo, agenda.proposal) == (2, 1)


def test_a_refuted_property_needs_a_case_that_refutes_it() -> None:
    card = replace(MODELS["mean"].card, name="my mean")
    mine = PointModel(card, MODELS["mean"].point)
    with pytest.raises(AssertionError, match=r"my mean, refutes: .*no counterexample is stored or given"):
        check_model(mine, seeds=range(1))
    cases = {name: counterexample("mean", name) for name in card.refuted}
    assert check_model(mine, seeds=range(1), counterexamples=cases) == 7 + len(card.properties) + len(card.refuted)
    harmless = cases | {card.refuted[0]: sitting_of([50.0, 50.0])}
    with pytest.raises(AssertionError, match=f"the counterexample to {card.refuted[0]!r} does not refute it"):
        check_model(mine, seeds=range(1), counterexamples=harmless)


def _wrong(kind: Any, form: Callable[..., Any]) -> Any:
    stem = {PointModel: "mean", OptionModel: "egalitarian", LotteryModel: "condorcet:conditional"}[kind]
    return kind(replace(MODELS[stem].card, name="mine"), form)


@pytest.mark.parametrize(
    ("model", "told"),
    [
        (_wrong(PointModel, lambda m: m.position), r"mine, .*: point has shape \(12, \d\), expected \(12,\)"),
        (_wrong(PointModel, lambda m: m.position[:, 0] * np.nan), "point holds nan in draw 0"),
        (_wrong(PointModel, lambda m: "half"), "point is str; expected an array"),
        (_wrong(PointModel, lambda m: m.position @ m.salience), "the model raised ValueError"),
        (_wrong(OptionModel, lambda m: m.agenda.options), "score has shape"),
        (_wrong(OptionModel, lambda m: np.full((12, len(m.agenda.options)), np.nan)), "score holds nan"),
        (_wrong(LotteryModel, lambda m: np.ones((12, len(m.agenda.options)))), "do not sum to 1"),
        (_wrong(LotteryModel, lambda m: np.ones(12)), "probabilities has shape"),
    ],
)
def test_what_a_model_of_ones_own_returns_is_checked(model: Any, told: str) -> None:
    with pytest.raises(FoedusError, match=told):
        check_model(model, seeds=range(1))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"choice": np.array([[7]])}, "a choice that is no option"),
        ({"choice": np.array([0])}, r"choice has shape \(1,\), expected \(1, 1\)"),
        ({"outcome": np.array([[np.inf]])}, "outcome holds inf in draw 0"),
        ({"pivotal": np.zeros((1, 1), dtype=bool)}, "pivotal has shape"),
        ({"objects": (np.zeros((1, 1, 1), dtype=bool),)}, "objects has shapes"),
        (None, "settle returned NoneType, expected foedus.issues.Settlement"),
    ],
)
def test_what_settle_returns_is_checked(change: dict[str, Any] | None, told: str) -> None:
    sitting = sitting_of([10.0, 90.0])
    good = MODELS["mean"].settle(sitting)
    assert check_settlement("mine", sitting, good) is good
    with pytest.raises(FoedusError, match=f"mine: {told}"):
        check_settlement("mine", sitting, None if change is None else replace(good, **change))


def test_what_move_returns_is_checked() -> None:
    sitting = sitting_of([10.0, 90.0])
    good = find_influence("challenge").move(sitting)
    assert check_movement("mine", sitting, good) is good
    for change, told in (
        ({"private": good.private[0]}, "private has shape"),
        ({"private": good.private * np.nan}, "private holds nan"),
        ({"rounds": np.zeros(3)}, "rounds has shape"),
    ):
        with pytest.raises(FoedusError, match=told):
            check_movement("mine", sitting, replace(good, **change))
    with pytest.raises(FoedusError, match="move returned tuple"):
        check_movement("mine", sitting, ())


def test_a_lottery_counts_by_its_probabilities_also_after_an_influence() -> None:
    sitting = sitting_of([0.0, 0.0, 100.0], [1.0, 1.0, 0.1], options=[0.0, 100.0])
    for name in ("condorcet:conditional", "friedkin-johnsen+condorcet:conditional"):
        model = find(name)
        one = replace(sitting, assumptions={**sitting.assumptions, "openness": np.array([0.0])})
        (chances,) = chances_of(model, one)
        # Nobody moves. Strengths are 2 against 0.1, and of two options each wins by its strength.
        assert chances == pytest.approx(np.array([[2 / 2.1, 0.1 / 2.1]]))
    assert chances_of(find("friedkin-johnsen+mean"), one)[0].tolist() == [[1.0, 0.0]]


@BY_MODEL
def test_edges_have_names(name: str) -> None:
    assert {"one actor", "all equal", "zero salience", "zero capability", "ties everywhere"} <= edge_cases(
        EVERY[name]
    ).keys()


@pytest.mark.parametrize("selection", [0, 1, 2])
@pytest.mark.parametrize("name", ["consensus", "compromise"])
def test_one_actor_decides_for_itself(name: str, one_draw: Callable[..., Sitting], selection: int) -> None:
    for private, expected in ((0.0, 0.0), (10.0, 0.0), (45.0, 50.0), (100.0, 100.0)):
        sitting = one_draw([{"private": private}], [0.0, 50.0, 100.0], selection=selection, setter=private)
        assert sitting.agendas[0].options[MODELS[name].settle(sitting).choice.item()] == expected


@pytest.mark.parametrize("name", ["consensus", "compromise"])
def test_one_member_without_weight_among_others(name: str, one_draw: Callable[..., Sitting]) -> None:
    for nothing in ("salience", "capability"):
        members = [{"private": 100.0, nothing: 0.0}, {"private": 100.0}]
        for selection in (0, 1, 2):
            found = MODELS[name].settle(one_draw(members, [0.0, 50.0, 100.0], selection=selection, kappa=0.5))
            assert found.outcome.item() == 100.0
