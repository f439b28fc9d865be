"""The settlement models with a closed form, a printed value or a brute force behind them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.errors import FoedusError
from foedus.institutions import AllOf, Ballot, Consensus, ConsentOf
from foedus.institutions.rules import game_of
from foedus.issues.deciding import by_game, quota, unanimity
from foedus.settlement import MODELS
from foedus.settlement.condorcet import coalition_strengths, election, victory, votes
from foedus.settlement.gridlock import core, pivots, winset
from foedus.settlement.nash import nash_point
from foedus.settlement.points import Members
from foedus.settlement.strongest_position import strongest
from foedus.settlement.weighted_median import weighted_median
from foedus.testing import random_sitting, sitting_of

PRINTED = np.array([[0.0, 12.099, 54.921], [10.333, 0.0, 27.079], [5.007, 55.047, 0.0]])


@pytest.mark.parametrize(
    ("process", "probabilities"),
    [("markov-uniform", [0.6351, 0.2148, 0.1501]), ("conditional", [0.8659, 0.1241, 0.0100])],
)
def test_elections_as_printed_by_another_implementation(process: str, probabilities: list[float]) -> None:
    assert election(PRINTED, process, "square").round(4).tolist() == probabilities  # type: ignore[arg-type]


@given(seed=st.integers(0, 200))
def test_markov_elections_are_fixed_points_of_their_processes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    strengths = rng.random((4, 4))
    beats = victory(strengths * (1 - np.eye(4)))
    uniform = election(strengths, "markov-uniform")
    again = [sum(beats[i, j] * (uniform[i] + uniform[j]) for j in range(4)) / 4 for i in range(4)]
    assert uniform == pytest.approx(again, abs=1e-12)
    incentive = election(strengths, "markov-incentive")
    weight = strengths * beats * (1 - np.eye(4))
    challenge = weight / weight.sum(axis=0)
    again = [
        sum(beats[i, j] * (incentive[i] * challenge[j, i] + incentive[j] * challenge[i, j]) for j in range(4))
        for i in range(4)
    ]
    assert incentive == pytest.approx(again, abs=1e-7)  # a standing option challenges itself with a chance of 1e-10


def test_two_options_win_by_their_strength_in_every_process() -> None:
    strengths = np.array([[0.0, 3.0], [1.0, 0.0]])
    for process in ("conditional", "markov-uniform"):
        assert election(strengths, process) == pytest.approx([0.75, 0.25])  # type: ignore[arg-type]


def test_voting_rules_and_victory_models() -> None:
    d = np.array([-0.5, 0.25])
    assert votes(d, "binary").tolist() == [-1.0, 1.0]
    assert votes(d, "cubic") == pytest.approx([-0.125, 0.015625])
    assert votes(d, "proportional-binary") == pytest.approx([-0.6, 0.4])
    assert votes(d, "proportional-cubic") == pytest.approx([-0.3125, 0.1328125])
    pair = np.array([[0.0, 1.2], [1.0, 0.0]])
    for model, power in (("linear", 1), ("square", 2), ("quartic", 4), ("octic", 8)):
        assert victory(pair, model)[0, 1] == pytest.approx(1.2**power / (1.2**power + 1))  # type: ignore[arg-type]
    assert victory(pair, "binary")[0, 1] == 1.0
    assert victory(np.array([[0.0, 1.05], [1.0, 0.0]]), "binary")[0, 1] == pytest.approx((1.05 / 2.05 * 2.1 - 1) / 0.1)
    utility = np.array([[1.0, 0.2], [0.0, 0.4]])
    assert coalition_strengths(utility, np.array([2.0, 3.0])) == pytest.approx(np.array([[0, 1.6], [1.2, 0]]))


@given(seed=st.integers(0, 500))
def test_the_weighted_median_wins_every_vote(seed: int) -> None:
    rng = np.random.default_rng(seed)
    place, weight = rng.integers(0, 9, 5).astype(float), rng.integers(0, 4, 5).astype(float)
    if not weight.any():
        weight[0] = 1.0
    found = weighted_median(place[None], weight[None], toward=4.0).item()
    for rival in np.arange(0, 8.5, 0.5):
        for_it = weight[np.abs(place - found) < np.abs(place - rival)].sum()
        against = weight[np.abs(place - found) > np.abs(place - rival)].sum()
        assert for_it >= against
    cost = [(weight * np.abs(place - x)).sum() for x in (found, *place)]
    assert cost[0] == pytest.approx(min(cost))


@given(seed=st.integers(0, 300))
def test_the_strongest_position_by_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    place, weight = rng.integers(0, 5, 6).astype(float), rng.integers(0, 4, 6).astype(float)
    found = strongest(place[None], weight[None], 4.0, toward=0.0).item()
    strength = {x: weight[place == x].sum() for x in place.tolist()}
    best = [x for x, w in strength.items() if w == max(strength.values())]
    assert found == (min(best) if weight.any() else 0.0)


def test_nash_in_closed_form() -> None:
    # With q = 0 the gains are x (2a - x) and x (2b - x): 2 / x = 1 / (2a - x) + 1 / (2b - x).
    a, b = 40.0, 70.0
    found = nash_point(np.array([[a, b]]), np.ones((1, 2)), 0.0).item()
    assert 2 / found == pytest.approx(1 / (2 * a - found) + 1 / (2 * b - found))
    roots = np.roots([4.0, -6 * (a + b), 8 * a * b])
    assert found == pytest.approx(min(roots))


@given(seed=st.integers(0, 200))
def test_nash_by_brute_force_and_in_its_limit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    place, weight = rng.uniform(0, 100, 4), rng.random(4)
    q, failure = float(rng.uniform(-50, 150)), float(rng.choice([0.0, 500.0]))
    found = nash_point(place[None], weight[None], q, failure).item()
    grid = np.linspace(-50, 150, 20_001)
    gain = failure + (q - place[:, None]) ** 2 - (grid - place[:, None]) ** 2
    fine = (gain > 0).all(axis=0)
    if fine.sum() > 3:
        product_ = (weight[:, None] * np.log(np.where(gain > 0, gain, 1))).sum(axis=0)
        best = grid[np.where(fine, product_, -np.inf).argmax()]
        assert found == pytest.approx(best, abs=0.011)  # the grid's step is 0.01
    mean = (weight * place).sum() / weight.sum()
    # The mean is met up to terms of the order of squared distances over the cost of failure.
    assert nash_point(place[None], weight[None], q, failure=1e9).item() == pytest.approx(mean, abs=1e-2)


def test_egalitarian_by_hand() -> None:
    # Gains over 0: of 50, 20 - 30 = ... the member at 30 gains 10, that at 90 gains 50; of 30, 30 and 30; of 90, worse.
    sitting = sitting_of([30.0, 90.0], options=[0.0, 30.0, 50.0, 90.0])
    assert MODELS["egalitarian"].settle(sitting).outcome.item() == 30.0
    blocked = sitting_of([0.0, 90.0], options=[0.0, 30.0, 50.0, 90.0])
    assert MODELS["egalitarian"].settle(blocked).outcome.item() == 0.0


def test_side_payments_by_hand() -> None:
    sitting = sitting_of([0.0, 100.0, 100.0], [0.9, 0.5, 0.5], options=[0.0, 50.0, 100.0])
    assert MODELS["side-payments"].settle(sitting).outcome.item() == 100.0
    alone = sitting_of([0.0, 100.0], [0.9, 0.5], options=[0.0, 50.0, 100.0])
    assert MODELS["side-payments"].settle(alone).outcome.item() == 0.0


@given(seed=st.integers(0, 300))
def test_pivots_by_brute_force(seed: int) -> None:
    sitting = random_sitting(seed, 1)
    members = Members.of(sitting, 0)
    found = pivots(members)
    wanted, cares = sitting.private[0, :, 0], sitting.salience[0, :, 0] > 0
    power = np.where(sitting.seated, sitting.capability[0], 0.0)

    def wins(support: np.ndarray) -> bool:
        return bool(power[support & cares].sum() > power.sum() / 2)

    for place in np.arange(0.0625, 64, 1.0):  # positions are multiples of an eighth: none is met
        stable = not wins(wanted > place) and not wins(wanted < place)
        assert stable == (found.low.item() <= place <= found.high.item())


def test_the_core_of_rules_on_a_line_and_in_the_plane() -> None:
    line, grid = np.array([[1.0], [4.0], [5.0], [6.0], [9.0]]), np.arange(11.0)[:, None]
    assert np.flatnonzero(core(line, quota([1] * 5, 3), grid)).tolist() == [5]
    assert np.flatnonzero(core(line, quota([1] * 5, 4), grid)).tolist() == [4, 5, 6]
    assert np.flatnonzero(core(line, unanimity(np.ones(5)), grid)).tolist() == list(range(1, 10))
    plane = np.array(list(product(np.arange(0.0, 4.1, 0.5), repeat=2)))
    corners = np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 4.0]])
    assert not core(corners, quota([1, 1, 1], 2), plane).any()
    # Plott's condition: opposite pairs around one member leave that member's place as the core.
    cross = np.array([[2.0, 2.0], [0.0, 2.0], [4.0, 2.0], [2.0, 0.0], [2.0, 4.0]])
    assert plane[core(cross, quota([1] * 5, 3), plane)].tolist() == [[2.0, 2.0]]
    beats = winset(corners, np.array([2.0, 1.0]), quota([1, 1, 1], 3), plane)
    assert not beats.any()


def test_gridlock_and_the_setter_by_hand() -> None:
    wants, half = [0.0, 40.0, 60.0, 80.0, 100.0], quota([1] * 5, 3)
    outside = sitting_of(wants, options=[10.0, 50.0, 90.0], status_quo=0, decides=half, setter=100.0)
    assert MODELS["gridlock"].settle(outside).outcome.item() == 60.0
    # From 10 the median at 60 accepts up to 110: the setter gets 90.
    assert MODELS["agenda-setter"].settle(outside).outcome.item() == 90.0
    # Under unanimity the member at 0 accepts nothing above 10.
    all_of_them = sitting_of(wants, options=[10.0, 50.0, 90.0], decides=unanimity(np.ones(5)), setter=100.0)
    assert MODELS["gridlock"].settle(all_of_them).outcome.item() == 10.0
    assert MODELS["agenda-setter"].settle(all_of_them).outcome.item() == 10.0
    costs = MODELS["costly-reference"]
    for cost, outcome in ((0.0, 10.0), (0.3, 10.0), (0.4, 50.0), (0.8, 90.0)):
        changed = sitting_of(
            wants,
            options=[10.0, 50.0, 90.0],
            decides=unanimity(np.ones(5)),
            setter=100.0,
            assumptions={"failure_cost": cost},
        )
        assert costs.settle(changed).outcome.item() == outcome


@pytest.mark.parametrize("seed", range(30))
def test_procedures_by_brute_force(seed: int) -> None:
    sitting = random_sitting(seed, 4)
    for name, agrees in (("consultation", False), ("co-decision", True)):
        found = MODELS[name].settle(sitting)
        for draw, issue in product(range(4), range(2)):
            expected = _procedure(sitting, draw, issue, agrees)
            assert sitting.agendas[issue].options[found.choice[draw, issue]] == expected


def _procedure(sitting, draw: int, issue: int, agrees: bool) -> float:
    agenda, wanted = sitting.agendas[issue], sitting.private[draw, :, issue]
    cares, seated = sitting.salience[draw, :, issue] > 0, sitting.seated
    power = np.where(seated, sitting.capability[draw], 0.0)
    q, parliament, commission = (
        agenda.options[agenda.status_quo],
        sitting.roles["parliament"],
        sitting.roles["commission"],
    )

    def majority(support: np.ndarray) -> bool:
        return bool(power[support].sum() > power.sum() / 2) and (not agrees or bool(support[parliament]))

    def stands(x: float) -> bool:
        if not majority((np.abs(x - wanted) <= np.abs(q - wanted)) | ~cares):
            return False
        better = [(np.abs(y - wanted) < np.abs(x - wanted)) & cares for y in agenda.options]
        return not any(majority(one) if agrees else bool(one[seated].all()) for one in better)

    passing = [x for x in agenda.options if x == q or stands(x)]
    return min(passing, key=lambda x: (abs(x - wanted[commission]), x != q, abs(x - q), x))


def test_co_decision_needs_a_parliament() -> None:
    with pytest.raises(FoedusError, match="role 'parliament'"):
        MODELS["co-decision"].settle(sitting_of([0.0, 100.0]))


def test_any_rule_of_the_institutions_can_be_plugged_in() -> None:
    rule = AllOf((Consensus(), ConsentOf("JPN")))
    decides = by_game(game_of(rule, Ballot(frozenset({"FRA", "USA"}))), ["FRA", "USA", "JPN"])
    support = np.array(list(product([False, True], repeat=3)))
    assert decides(support).tolist() == [row.all() for row in support]
    assert decides(support.reshape(2, 2, 2, 3)).shape == (2, 2, 2)
