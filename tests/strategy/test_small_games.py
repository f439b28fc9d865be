"""The three small games against the values of the design's oracles, brute force, and published findings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.strategy.deterrence import HARDLY, Shift, effect, summed_up
from foedus.strategy.games import conflict_spiral, crisis_signalling, preventive_shift, trust, unilateral_deterrence
from foedus.strategy.games.unilateral_deterrence import ATTACK, BLUFF, CERTAIN, SEPARATING, Preferences, thresholds
from foedus.strategy.parameters import Drawn, game_without
from foedus.strategy.settings import defaults
from foedus.strategy.verdicts import readings

WORTH = Preferences(c_sq=0.6, c_dc=1, c_cd=0, c_dd=0.3, d_cd=0.8, d_dc=0.2, d_dd=-0.4)


@pytest.mark.parametrize(
    ("p_ch", "p_def", "name", "hard", "soft", "resists"),
    [
        (0.3, 0.6, CERTAIN, 0, 0, None),
        (0.3, 0.5, SEPARATING, 1, 0, 0),
        (0.3, 0.3, BLUFF, 1, 0.428571429, 0.142857143),
        (0.7, 0.3, ATTACK, 1, 1, 0),
    ],
)
def test_the_four_regions(
    p_ch: float, p_def: float, name: str, hard: float, soft: float, resists: float | None
) -> None:
    found = unilateral_deterrence.solve(p_ch, p_def, WORTH)
    assert (found.equilibrium, found.hard_attacks) == (name, hard)
    assert found.soft_attacks == pytest.approx(soft, abs=5e-10)
    assert found.soft_resists == (None if resists is None else pytest.approx(resists, abs=5e-10))
    assert found.residual <= 1e-15


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
@settings(max_examples=100, deadline=None)
def test_nobody_gains_by_deviating(p_ch: float, p_def: float) -> None:
    assert unilateral_deterrence.solve(p_ch, p_def, WORTH).residual <= 1e-12


def test_a_better_status_quo_deters_with_the_threat_unchanged() -> None:
    better = Preferences(0.8, 1, 0, 0.3, 0.8, 0.2, -0.4)
    assert thresholds(better)[0] < thresholds(WORTH)[0]
    assert thresholds(better)[1] < thresholds(WORTH)[1]
    assert unilateral_deterrence.solve(0.3, 0.3, WORTH).equilibrium == BLUFF
    assert unilateral_deterrence.solve(0.3, 0.3, better).equilibrium == CERTAIN


def test_preferences_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="rank a concession first"):
        Preferences(1.1, 1, 0, 0.3, 0.8, 0.2, -0.4)


@pytest.mark.parametrize(("mu", "d", "hawkish"), [(0.2, 0.5, 0.285714286), (0.2, 0.2, 0.2), (0.5, 0.2, 0.384615385)])
def test_the_spiral_has_its_published_cut_off(mu: float, d: float, hawkish: float) -> None:
    found = conflict_spiral.solve(mu, d)
    assert float(found.hawkish) == pytest.approx(hawkish, abs=5e-10)
    assert float(found.residual) <= 6e-17
    assert np.sign(found.slope) == np.sign(d - mu)


@given(st.floats(0.05, 0.9), st.floats(0.0, 0.9), st.floats(0.0, 1.0))
@settings(max_examples=60, deadline=None)
def test_a_more_hawkish_other_side_moves_the_reply_as_the_slope_says(mu: float, d: float, other: float) -> None:
    """Brute force: the best reply to a probability, from the payoffs themselves."""

    def cut(hawkish: float) -> float:
        against_dove, against_hawk = mu - 0.0, 0.0 - (-d)
        return (1 - hawkish) * against_dove + hawkish * against_hawk

    found = conflict_spiral.solve(mu, d)
    moved = cut(min(1.0, other + 0.01)) - cut(other)
    assert moved == pytest.approx(float(found.slope) * (min(1.0, other + 0.01) - other), abs=1e-12)


def test_preventive_war_by_the_values_given() -> None:
    assert float(preventive_shift.pays(0.6, 0.2, 0.15, 0.9)) == pytest.approx(0.42 - 0.115, abs=1e-15)
    assert float(preventive_shift.pays(0.6, 0.538888889, 0.15, 0.9)) == pytest.approx(0, abs=5e-10)
    assert float(preventive_shift.pays(0.6, 0.2, 3.2, 0.9)) == pytest.approx(0, abs=1e-12)


@given(st.floats(0.2, 0.8), st.floats(0.01, 0.15), st.floats(0.05, 0.5), st.floats(0.8, 0.98))
@settings(max_examples=60, deadline=None)
def test_at_the_bias_of_break_even_war_neither_pays_nor_costs(p: float, fall: float, cost: float, delta: float) -> None:
    bias = float(preventive_shift.break_even_bias(p, fall, cost, delta))
    assert float(preventive_shift.pays(p, p - fall * (1 + bias), cost, delta)) == pytest.approx(0, abs=1e-12)


def test_no_card_names_a_country() -> None:
    modules = (crisis_signalling, unilateral_deterrence, conflict_spiral, preventive_shift)
    for card in (one.CARD for one in modules):
        words = " ".join((card.question, card.players, card.decides, card.caution))
        assert not any(name in words for name in ("China", "Beijing", "Russia", "Moscow", "Japan", "United States"))


@given(st.floats(0.01, 2), st.floats(0, 2), st.floats(0, 1), st.floats(-1, 1), st.floats(-1, 1))
def test_trust_is_enough_where_holding_back_pays(
    gain: float, loss: float, belief: float, tempted: float, punished: float
) -> None:
    """Oracle: the two expected payoffs, for any temptation T and punishment P."""
    holding = belief * (tempted + gain) + (1 - belief) * (punished - loss)
    acting = belief * tempted + (1 - belief) * punished
    if abs(holding - acting) > 1e-9:
        assert (belief >= trust.threshold(gain, loss)) == (holding > acting)


def test_an_act_without_discontent_costs_no_trust() -> None:
    drawn, declared = Drawn(1, "trust", 200), defaults()
    base, _ = game_without(declared, drawn)
    none = np.zeros(200)
    found = [
        readings(base, shift, summed_up(effect(base, shift)), declared, drawn, ("trust",))[0]
        for shift in (Shift(none, none, none), Shift(none + 1.0, none, none))
    ]
    assert found[0].reading.startswith("the act ends holding back in 0 % of draws; in ")
    assert found[0].verdict == HARDLY
    absent = int(found[0].reading.split(" in ")[-1].split(" %")[0])
    ends = int(found[1].reading.split(" in ")[1].split(" %")[0])
    assert ends > 20
    assert ends + absent <= 100
