"""The compiled challenge model against the plain one, which is its oracle."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from foedus.base.errors import FoedusError, FoedusWarning
from foedus.influence import find_influence
from foedus.influence.challenge import CHALLENGE, CHALLENGE_DYADIC, Challenge, Reading, play
from foedus.influence.compiling import _is_kept, compiled_form
from foedus.testing import random_sitting


@pytest.mark.parametrize(
    ("name", "module", "told"),
    [
        ("challenge", "run", "challenge model runs in its plain form, some twenty"),
        ("spatial-politics", "spatial", "spatial model of politics runs in its plain form, some twelve"),
        ("spatial-politics:ktab", "spatial_ktab", "spatial model of politics of KTAB runs in its plain form"),
    ],
)
def test_without_numba_the_plain_form_runs_and_says_so(
    name: str, module: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting, model = random_sitting(3), find_influence(name)
    fast = model.move(sitting)
    monkeypatch.setitem(sys.modules, f"foedus.influence.compiled.{module}", None)
    compiled_form.cache_clear()
    with pytest.warns(FoedusWarning, match=f"Numba cannot be imported, so the {told}"):
        plain = model.move(sitting)
    compiled_form.cache_clear()
    assert plain.private == pytest.approx(fast.private, abs=1e-9)
    if isinstance(model, Challenge):
        assert np.array_equal(plain.private, model.move_plainly(sitting).private)
    else:
        assert np.array_equal(plain.private, fast.private)


def test_a_name_from_an_old_ledger_means_the_same_model() -> None:
    assert find_influence("challenge/compiled") is CHALLENGE
    assert find_influence("challenge:dyadic/compiled") is CHALLENGE_DYADIC
    with pytest.raises(FoedusError, match="no influence model 'exchange/compiled'"):
        find_influence("exchange/compiled")


def test_the_first_compilation_is_told(tmp_path: Path) -> None:
    class Made:
        __name__ = "run_all"
        _cache = SimpleNamespace(cache_path=str(tmp_path))

    assert not _is_kept(Made(), "run")
    (tmp_path / "run.run_all-101.py311.nbi").touch()
    assert _is_kept(Made(), "run")


@pytest.mark.parametrize("reading", ["scholz", "dyadic"])
def test_a_round_is_that_of_the_plain_form(reading: str) -> None:
    from foedus.influence.compiled.run import play_one, room_for

    for seed in range(300):
        rng = np.random.default_rng(seed)
        count = int(rng.integers(2, 12 if seed < 200 else 40))
        x = np.sort(rng.integers(0, 9, count) / 8 if seed % 2 else rng.random(count))
        x[0], x[-1] = 0.0, 1.0
        s = rng.random(count)
        w, new, risk = rng.random(count) * s, np.empty(count), np.empty(count)
        plain = play(x[:, None], w[:, None], s[:, None], reading)  # type: ignore[arg-type]
        play_one(x, w, s, reading == "scholz", 1e-9, new, risk, room_for(count))
        # Both add up some ten numbers of size 1 in another order; ratios of small differences amplify that.
        assert new == pytest.approx(plain.position[:, 0], abs=1e-9)
        assert risk == pytest.approx(plain.risk[:, 0], abs=1e-9)


@pytest.mark.parametrize("width", [1e-3, 1e-6, 1e-12])
def test_a_round_among_neighbours_far_from_the_lowest_first_position_ends(width: float) -> None:
    from foedus.influence.compiled.run import play_one, room_for

    x, s, new, risk = 0.9 + width * np.array([0.0, 0.5, 1.0]), np.array([0.9, 0.5, 0.7]), np.empty(3), np.empty(3)
    plain = play(x[:, None], s[:, None], s[:, None], "dyadic")
    play_one(x, s, s, False, 1e-9, new, risk, room_for(3))
    assert new == pytest.approx(plain.position[:, 0], abs=width * 1e-2)
    assert (new >= x[0]).all()
    assert (new <= x[-1]).all()


@pytest.mark.parametrize("reading", ["scholz", "dyadic"])
def test_trajectories_part_from_the_plain_form_only_by_amplifying_the_last_digit(reading: Reading) -> None:
    model = Challenge(reading)
    same = []
    for seed in range(40):
        sitting = random_sitting(seed)
        one, other = model.move_plainly(sitting), model.move(sitting)
        same.append((np.abs(one.private - other.private).max(axis=1) < 1e-6) & (one.ended == other.ended))
        quick = one.rounds <= 3
        assert np.allclose(one.private.transpose(0, 2, 1)[quick], other.private.transpose(0, 2, 1)[quick], atol=1e-6)
    assert np.mean(same) > 0.9


@pytest.mark.parametrize("reading", ["scholz", "dyadic"])
def test_where_the_forms_agree_they_tell_the_same_of_every_round(reading: Reading) -> None:
    model, told, labels = Challenge(reading), 0, []
    for seed in range(20):
        sitting = random_sitting(seed)
        plain, fast = (move(sitting, record=True) for move in (model.move_plainly, model.move))
        one, other = plain.trajectory, fast.trajectory
        assert one is not None
        assert other is not None
        turns = min(len(one.kind), len(other.kind))
        same = (np.abs(one.positions[: turns + 1] - other.positions[: turns + 1]) < 1e-6).all(axis=(0, 2))
        same &= plain.rounds == fast.rounds
        told += int(same.sum())
        for name in ("kind", "other"):
            both = [getattr(each, name)[:turns].transpose(1, 3, 0, 2)[same] for each in (one, other)]
            labels.append(both[0] == both[1])  # of two offers that are equal but for the last digit, either
    assert told > 500
    assert np.mean(np.concatenate([one.ravel() for one in labels])) > 0.99


def test_the_polynomial_that_saves_powers_keeps_within_its_margin() -> None:
    from foedus.influence.compiled.offers import coefficients, estimate, margin

    for r in np.linspace(0.5, 2.0, 151):
        known = coefficients(float(r))
        for d in np.concatenate([np.linspace(1e-4, 0.9699, 300), np.linspace(0.97, 1.0, 60)]):
            won, lost = (0.5 - 0.5 * d) ** r, (0.5 + 0.5 * d) ** r
            assert abs(estimate(float(d), *known) - (0.5**r - won) / (lost - won)) <= margin(float(d))


def test_votes_for_one_place_over_another_are_no_more_than_the_bound() -> None:
    from foedus.influence.compiled.offers import _most

    for seed in range(50):
        rng = np.random.default_rng(seed)
        x, w, r = np.sort(rng.random(9)), rng.random(9), rng.uniform(0.5, 2.0, 9)
        cost = np.abs(x[:, None] - x) ** r[:, None]
        leaning = w[:, None, None] * (cost[:, None, :] - cost[:, :, None])  # of each voter, for a over b
        low, high = np.maximum(leaning, 0.0).sum(axis=0), np.maximum(-leaning, 0.0).sum(axis=0)
        assert _most(low.ravel(), high.ravel(), 9) >= max(low.max(), high.max()) - 1e-12


def test_what_is_guessed_of_an_offer_is_within_its_factor() -> None:
    from foedus.influence.compiled.offers import LOOSE, SURE

    r = np.linspace(0.5, 2.0, 301)[:, None]
    d = np.concatenate([np.linspace(1e-6, 0.99, 500), 1.0 - np.logspace(-2, -9, 100)])
    spread = ((0.5 + d / 2) ** r - (0.5 - d / 2) ** r) / d
    assert (SURE + 1) / (SURE - 1) * spread.max() / spread.min() < LOOSE


def test_no_offer_is_passed_over_that_moves_an_actor_least() -> None:
    from foedus.influence.compiled.run import play_one, room_for

    for count in (96, 120, 193):
        rng = np.random.default_rng(count)
        x, s = np.sort(rng.random(count)), rng.random(count)
        x[0], x[-1] = 0.0, 1.0
        w, new, risk = rng.random(count) * s, np.empty(count), np.empty(count)
        play_one(x, w, s, False, 1e-9, new, risk, room_for(count))
        plain = play(x[:, None], w[:, None], s[:, None], "dyadic")
        assert new == pytest.approx(plain.position[:, 0], abs=1e-9)
