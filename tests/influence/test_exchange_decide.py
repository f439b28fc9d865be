"""The exchange model as decide runs it, against what decide itself prints on its two sample data sets.

Printed by release 2022.1.28 of decide-exchange-model, without its coin between equal gains, on the files that the tests
read; the same numbers follow from its tests, as far as those assert any.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.influence import find_influence
from foedus.influence.exchange import expected_outcomes
from foedus.influence.exchange_book import play_round
from foedus.influence.exchange_decide import DECIDE, DECIDE_RANDOM, DECIDE_ROUNDS
from foedus.influence.exchange_externalities import externalities_of
from foedus.rounds import TableRounds, read_actor_table, rounds_of_table
from foedus.testing import random_sitting, sitting_of

# Gains of all exchanges of the first round, in order.
GAINS = """
1.973684211 1.792636309 1.534365325 1.157621005 0.947016021 0.906057946 0.797479805 0.789473684 0.631038278 0.596870574
0.404715660 0.402650784 0.355713651 0.332728373 0.267518650 0.264239577 0.261163123 0.235818690 0.231213873 0.223880597
0.219298246 0.218905473 0.173684211 0.157840026 0.114820342 0.098883573 0.091963780 0.080410319 0.073873430 0.046476084
0.036672326 0.034449611 0.024366472 0.023258905 0.010414369 0.006319437 0.004236720 0.001161153 0.000631397
"""
# Possible, made, and the outcomes expected of the six issues before and after the exchanges, from 0 to 100.
ROUNDS = [
    (240, 39, "49.353234 27.246036 50.578947 52.485549 49.488304 56.600832"),
    (152, 37, "52.293770 32.218047 51.371849 45.128457 56.869883 56.476930"),
    (133, 36, "54.924784 37.222218 51.199592 36.912315 64.490315 54.475194"),
]
VOTED = [
    "67.177856 48.600509 50.682797 16.234703 75.146199 46.772734",
    "69.759598 54.359239 50.448818 10.761765 80.913904 40.510337",
    "60.240426 58.269720 66.754881 5.701452 87.761126 46.022952",
]
# Own, inner positive and negative, outer positive and negative, over the first round.
TOTALS = {
    "Willems": (5.626703, 3.347996, -20.239254, 2.988674, -31.238138),
    "PvdA": (3.212582, 2.318926, -59.145287, 12.636999, -23.556497),
    "GL": (5.037428, 2.907101, -5.660753, 10.349718, -27.415520),
}
COPENHAGEN = [3.278817734, 1.853389831, 1.666316861, 1.584507042, 0.861415753, 0.787142208, 0.759707805, 0.712141408]
COPENHAGEN_TOTALS = {
    "USA": (10.547476, 0.825250, -5.301428, 0.326737, -15.409913),
    "EU (incl Norway)": (4.267515, 1.227553, -19.710614, 22.203343, -19.424094),
    "Australia": (0.488939, 2.475431, -24.865223, 0.036394, -9.922841),
}
KINDS = ("own", "inner_positive", "inner_negative", "outer_positive", "outer_negative")


def played(shared: Path, name: str, model: str | None = None) -> TableRounds:
    return rounds_of_table(read_actor_table(shared / "data" / "exchange" / name), model)


def numbers(text: str) -> list[float]:
    return [float(one) for one in text.split()]


def shares(found: TableRounds, values: tuple[float, ...]) -> list[float]:
    low, high = found.table.scales.T
    return [float(one) for one in 100 * (np.array(values) - low) / (high - low)]


def check_totals(found: TableRounds, expected: dict[str, tuple[float, ...]]) -> None:
    for actor, totals in expected.items():
        place = found.table.actors.index(actor)
        assert [found.played[0].externalities[kind][place] for kind in KINDS] == pytest.approx(totals, abs=6e-7)


def test_all_exchanges_of_the_first_round_on_sample_data(shared: Path) -> None:
    found = played(shared, "sample_data.txt")
    assert (found.model, found.potential, len(found.trades)) == ("exchange:decide", 240, 39)
    for side in (0, 1):
        gains = [one.sides[side].gain for one in found.trades]
        assert gains == pytest.approx(numbers(GAINS), abs=6e-10)
    # Those that show the rules: the second time that Willems gives way; a gain that stops at the middle of its scale.
    sixth = found.trades[5].sides
    assert [(one.actor, one.gives_on) for one in sixth] == [
        ("Willems", "woonwerkverkeer"),
        ("KvK", "tolheffing-binnenstad"),
    ]
    assert (sixth[0].start, sixth[0].end) == (pytest.approx(71.3638, abs=5e-5), pytest.approx(31.4933, abs=5e-5))
    assert (sixth[0].outcome_before, sixth[0].outcome_after) == pytest.approx((38.6066, 31.2317), abs=5e-5)
    stopped = found.trades[33].sides
    assert [(one.actor, one.gives_on) for one in stopped] == [("CDA", "extra-investering"), ("CU", "tol-hoogte")]
    assert (stopped[0].end, stopped[0].outcome_after) == (pytest.approx(32.0, abs=5e-5), pytest.approx(50.0, abs=1e-9))
    check_totals(found, TOTALS)


def test_rounds_on_sample_data(shared: Path) -> None:
    found = played(shared, "sample_data.txt", "exchange:decide-rounds")
    for one, (potential, made, before), voted in zip(found.played, ROUNDS, VOTED, strict=False):
        assert (one.potential, one.made) == (potential, made)
        assert shares(found, one.before) == pytest.approx(numbers(before), abs=6e-7)
        assert shares(found, one.voted) == pytest.approx(numbers(voted), abs=6e-7)
    assert found.played[3].made == 42
    assert len(found.played) == 10
    assert found.trades[39].played_in == 2


def test_the_first_round_on_copenhagen(shared: Path) -> None:
    found = played(shared, "copenhagen.csv")
    assert (found.potential, len(found.trades)) == (437, 48)
    assert [one.sides[0].gain for one in found.trades[:8]] == pytest.approx(COPENHAGEN, abs=6e-10)
    assert found.trades[-1].sides[1].gain == pytest.approx(0.005714553, abs=6e-10)
    before = "61.576271 58.144654 30.707395 52.235915 51.949891 57.621448 64.620690"
    after = "54.261793 67.015753 36.919307 47.427892 19.063181 68.541209 95.477833"
    assert found.played[0].before == pytest.approx(numbers(before), abs=6e-7)
    assert found.played[0].voted == pytest.approx(numbers(after), abs=6e-7)
    check_totals(found, COPENHAGEN_TOTALS)


def test_an_issue_that_is_not_scaled_gives_what_a_later_test_of_decide_asserts(shared: Path) -> None:
    # That version took places from .5 to 7 as they were, on a scale of 0 to 100: it makes 37 exchanges.
    table = read_actor_table(shared / "data" / "exchange" / "sample_data.txt")
    raw = replace(table, scales=np.tile([0.0, 100.0], (len(table.issues), 1)))
    found = rounds_of_table(raw)
    assert (found.potential, len(found.trades)) == (240, 37)
    assert [one.sides[0].gain for one in found.trades[:2]] == pytest.approx([1.973684210526, 1.792636308765], abs=5e-13)


def test_each_trades_once(shared: Path) -> None:
    # The tests of decide note 16 exchanges, in a remark; the list worked off without a second look has as many.
    found = played(shared, "sample_data.txt", "exchange:once")
    assert (found.potential, len(found.trades)) == (240, 16)
    parts = [
        (side.actor, issue, part)
        for one in found.trades
        for side, other in (one.sides, one.sides[::-1])
        for issue, part in ((side.gives_on, "gives"), (other.gives_on, "gains"))
    ]
    assert len(parts) == len(set(parts)) == 64


def test_two_actors_as_in_a_test_of_decide() -> None:
    two = sitting_of([[0.0, 0.0], [100.0, 100.0]], [[0.1, 0.9], [0.6, 0.5]])
    (account,) = DECIDE.play(two)
    assert account.gain[:, 0].tolist() == pytest.approx([0.05])
    # What each could gain at most, where the other gains nothing: 1400 and 777.78, in saliences of 0 to 100.
    for rate, gains in ((0.0, (7.0 / 9.0 * 10.0, 0.0)), (1.0, (0.0, 14.0))):
        rated = replace(two, assumptions={**two.assumptions, "exchange_rate": np.array([rate])})
        (account,) = DECIDE_RANDOM.play(rated)
        first = 100 * (account.given_after - account.given_before)[0, 0]
        second = 100 * (account.taken_before - account.taken_after)[0, 0]
        assert first == pytest.approx(100 / 7)
        assert (0.6 * first - 0.5 * second, 0.9 * second - 0.1 * first) == pytest.approx(gains, abs=1e-9)


def test_the_next_round_starts_part_of_the_way() -> None:
    # As decide asserts: with salience 1 a tenth of the way; with salience 0 half of it.
    account = play_round(np.array([[[0.0, 0.0], [1.0, 1.0]]]), np.array([[[0.2, 1.0], [1.0, 0.2]]]), np.ones((1, 2)))
    assert account.voting[0].tolist() == pytest.approx(np.array([[1.0, 0.0], [1.0, 0.0]]))
    assert account.following[0] == pytest.approx(np.array([[0.42, 0.0], [1.0, 1.0 - 0.42]]))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_both_gain_and_externalities_add_up(seed: int) -> None:
    sitting = random_sitting(seed)
    (account,) = DECIDE.play(sitting)
    made = account.giver >= 0
    assert (account.gain[made] > 0).all()
    worth = externalities_of(account, sitting.salience, sitting.capability)
    assert (worth.own.sum(axis=2)[made] == 2).all()
    total = sum(worth.totals().values())
    assert np.allclose(total, worth.value.sum(axis=0), atol=1e-12)


def test_a_long_run_ends_when_nothing_is_left() -> None:
    agreed = sitting_of([[10.0, 20.0], [10.0, 20.0]], [[0.1, 0.9], [0.6, 0.5]])
    movement = DECIDE_ROUNDS.move(agreed, record=True)
    assert movement.rounds.tolist() == [[0, 0]]
    assert (movement.private == agreed.private).all()
    assert (DECIDE.move(sitting_of([0.0, 60.0], [0.2, 0.5])).rounds == 0).all()


def test_positions_after_the_exchanges_give_the_outcome_voted(shared: Path) -> None:
    table = read_actor_table(shared / "data" / "exchange" / "sample_data.txt")
    sitting = table.sitting()
    moved = find_influence("exchange:decide").move(sitting).private
    outcome = expected_outcomes(moved, sitting.salience, sitting.capability)[0]
    low, high = table.scales.T
    assert 100 * (outcome - low) / (high - low) == pytest.approx(numbers(VOTED[0]), abs=6e-7)
