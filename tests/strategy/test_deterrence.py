"""Deterring against provoking: the closed break-even, the branch that is followed, and words for shares of draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from foedus.strategy.deterrence import (
    DETERS,
    EITHER,
    HARDLY,
    NOTHING,
    PROVOKES,
    Baseline,
    Shift,
    baseline,
    break_even,
    effect,
    summed_up,
    verdict,
)
from foedus.strategy.games.crisis_signalling import Payoffs, solve
from foedus.strategy.parameters import Drawn, game_without
from foedus.strategy.perception import beliefs, defender_regret, rival_regret
from foedus.strategy.settings import defaults


def followed(war_b: float, place: int = 0) -> Baseline:
    game = Payoffs(0.0, 1.0, 0.0, -1.9, war_b, 1.0, -1.2)
    found = solve(game)
    return Baseline(game, found.probit[:, place], found.challenge[:, place], found.fight[:, place], found)


def act(discontent: float = 0.0, company: float = 0.0, fear: float = 0.0) -> Shift:
    return Shift(np.array([discontent]), np.array([company]), np.array([fear]))


@pytest.mark.parametrize(
    ("company", "discontent"),
    [(0.02, 0.0017752), (0.05, 0.0043229), (0.1, 0.0082743), (0.2, 0.0151541), (0.4, 0.0254331)],
)
def test_more_company_buys_off_so_much_discontent(company: float, discontent: float) -> None:
    found = break_even(followed(-2.4), company=company)
    assert found[0] == pytest.approx(discontent, abs=5.1e-8)
    assert effect(followed(-2.4), act(float(found[0]), company)).change[0] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("fear", "discontent"), [(0.05, 0.0398942), (0.1, 0.0613546), (0.2, 0.0835779)])
def test_more_fear_buys_off_so_much_discontent(fear: float, discontent: float) -> None:
    found = break_even(followed(-2.4), fear=fear)
    assert found[0] == pytest.approx(discontent, abs=5.1e-8)
    assert effect(followed(-2.4), act(float(found[0]), 0.0, fear)).change[0] == pytest.approx(0, abs=1e-12)


def test_an_act_may_make_the_peaceful_equilibria_vanish() -> None:
    base = followed(-2.9, place=2)
    mild, sharp = effect(base, act(0.02)), effect(base, act(0.05))
    assert (round(float(mild.after[0]), 4), bool(mild.tips[0])) == (0.2505, False)
    assert (round(float(sharp.after[0]), 4), bool(sharp.tips[0])) == (0.9978, True)
    assert solve(act(0.02).on(base.payoffs)).challenge[0, :3].round(4).tolist() == [0.9963, 0.3077, 0.2505]


def test_an_option_without_shifts_changes_nothing() -> None:
    rng = np.random.default_rng(3)
    game = Payoffs(0.0, 1.0, 0.0, rng.uniform(-2.4, -1.4, 50), rng.uniform(-2.9, -1.9, 50), 1.0, -1.2)
    base = baseline(game, rng.uniform(0.02, 0.25, 50))
    none = np.zeros(50)
    found = effect(base, Shift(none, none, none))
    assert np.abs(found.change).max() == 0
    assert summed_up(found).verdict == HARDLY


@given(st.floats(0.02, 0.3), st.floats(-2.4, -1.6), st.floats(-2.8, -2.0), st.floats(0.001, 0.02))
@settings(max_examples=20, deadline=None)
def test_a_worse_status_quo_makes_a_challenge_likelier_on_the_branch(p: float, wa: float, wb: float, s: float) -> None:
    base = baseline(Payoffs(0.0, 1.0, 0.0, wa, wb, 1.0, -1.2), np.array([p]))
    assert base.challenge[0] == pytest.approx(p, abs=1e-9)
    stable = base.found.count[0] == 1
    found = effect(base, act(s))
    if stable and not found.tips[0]:
        assert found.change[0] > 0


def test_words_keep_size_and_sign_apart() -> None:
    assert verdict(1.0, 0.0, -0.0099, -0.002) == HARDLY
    assert verdict(0.67, 0.33, -0.2, 0.05) == DETERS
    assert verdict(0.1, 0.7, -0.01, 0.05) == PROVOKES
    assert verdict(0.66, 0.34, -0.2, 0.05) == EITHER


@pytest.mark.parametrize(
    ("company", "shared", "unseen"),
    [(0.0, 0.028175, 0.028175), (0.2, 0.027599, 0.028665), (0.5, 0.027162, 0.029054), (1.0, 0.026906, 0.029290)],
)
def test_an_overrated_coalition_needs_an_unshared_mistake(company: float, shared: float, unseen: float) -> None:
    found = beliefs(followed(-2.4), act(), np.zeros(1), np.array([company]))
    by = {(one.who, one.shared): one.war for one in found}
    assert (round(by["defender", True], 6), round(by["defender", False], 6)) == (shared, unseen)


def test_regret_by_simulated_types() -> None:
    """What errors cost, against two million types who play by what they believe."""
    rng, n = np.random.default_rng(1), 2_000_000
    e, f = rng.standard_normal(n), rng.standard_normal(n)
    base = followed(-2.4)
    truth, wrong = effect(base, act()), effect(base, act(fear=0.5))

    def earns(expected: float, bias: float, resist: float) -> float:
        war, back = -1.9 + e, -1.2 + f
        cut = -(1 - expected) / expected
        dares = np.maximum(war - bias, back) > cut
        crisis = (1 - resist) + resist * np.where(war - bias > back, war, back)
        return float(np.where(dares, crisis, 0.0).mean())

    p_r, seen = float(truth.resist[0]), float(wrong.resist[0])
    told = rival_regret(act(fear=0.5).on(base.payoffs), np.array([0.5]), wrong.resist, truth.resist)
    assert earns(p_r, 0, p_r) - earns(seen, 0.5, p_r) == pytest.approx(told[0], abs=4 * 1.5 / np.sqrt(n))

    def stands(expected: float, bias: float, fight: float) -> float:
        war = -2.4 + e
        return float(np.where(expected * (war + bias) + 1 - expected > 0, fight * war + 1 - fight, 0.0).mean())

    p_f, believed = float(truth.fight[0]), effect(base, act(company=1.0))
    told = defender_regret(act(company=1.0).on(base.payoffs), np.array([1.0]), believed.fight, truth.fight)
    costs = stands(p_f, 0, p_f) - stands(float(believed.fight[0]), 1.0, p_f)
    assert costs == pytest.approx(told[0], abs=4 * 0.5 / np.sqrt(n))


def test_nobody_gains_by_an_error_of_its_own() -> None:
    rng, n = np.random.default_rng(5), 300
    game = Payoffs(0.0, 1.0, 0.0, rng.uniform(-2.4, -1.4, n), rng.uniform(-2.9, -1.9, n), 1.0, -1.2)
    base, none = baseline(game, rng.uniform(0.02, 0.25, n)), np.zeros(n)
    opposition, company = rng.uniform(0, 0.5, n), rng.uniform(0, 1, n)
    truth = effect(base, Shift(none, none, none))
    fearful, hopeful = effect(base, Shift(none, none, opposition)), effect(base, Shift(none, company, none))
    seen_by_rival = Shift(none, none, opposition).on(base.payoffs)
    assert rival_regret(seen_by_rival, opposition, fearful.resist, truth.resist).min() >= -1e-12
    seen_by_defender = Shift(none, company, none).on(base.payoffs)
    assert defender_regret(seen_by_defender, company, hopeful.fight, truth.fight).min() >= -1e-12


@settings(max_examples=4)
@given(st.integers(0, 10_000))
def test_a_pact_may_deter_or_provoke_as_was_published(seed: int) -> None:
    """Kenwick, Vasquez and Powers 2015 (Journal of Politics, issue 4, pages 943 to 954), abstract read.

    Forming defensive alliances went with more disputes before nuclear weapons, and with fewer after; where disputes
    became fewer, whether war came did not change. So neither sign may be built in: both lie within the declared
    ranges, on either side of the break-even, and company alone lowers disputes while it hardly moves war.
    """
    drawn, declared = Drawn(seed, "pact", 60), defaults()
    base, _ = game_without(declared, drawn)
    pact, none = drawn.of("pact", declared.pact), np.zeros(60)
    line = break_even(base, pact, pact)
    assert np.mean(line < 0.15) > 0.5, "the discontent declared for an accession reaches beyond the line"
    fewer, more = effect(base, Shift(none, pact, pact)), effect(base, Shift(1.5 * line, pact, pact))
    assert (fewer.after <= fewer.before + 1e-9)[fewer.solved & ~fewer.tips].all()
    assert (more.after >= more.before - 1e-9)[more.solved & ~more.tips].all()
    company = effect(base, Shift(none, pact, none))
    war = company.after * company.resist * company.fight - base.challenge * ndtr(base.probit) * base.fight
    assert abs(float(np.median(war[company.solved]))) < NOTHING
