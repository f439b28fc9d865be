"""The compiled challenge model against the plain one, which is its oracle. Skipped without the extra."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from foedus.base.errors import FoedusError
from foedus.influence import find_influence
from foedus.influence.challenge import play
from foedus.testing import random_sitting, sitting_of

HAS_NUMBA = importlib.util.find_spec("numba") is not None
needs_numba = pytest.mark.skipif(not HAS_NUMBA, reason="needs the extra 'fast'")


@pytest.mark.skipif(HAS_NUMBA, reason="the extra is there")
def test_without_the_extra_the_message_says_what_to_do() -> None:
    with pytest.raises(FoedusError, match=r"pip install 'foedus\[fast\]'"):
        find_influence("challenge/compiled").move(sitting_of([0.0, 100.0]))


def test_only_the_challenge_model_has_a_compiled_form() -> None:
    with pytest.raises(FoedusError, match="no influence model 'exchange/compiled'"):
        find_influence("exchange/compiled")


@needs_numba
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


@needs_numba
@pytest.mark.parametrize("reading", ["scholz", "dyadic"])
def test_trajectories_part_from_the_plain_form_only_by_amplifying_the_last_digit(reading: str) -> None:
    plain, fast = find_influence(f"challenge:{reading}"), find_influence(f"challenge:{reading}/compiled")
    same = []
    for seed in range(40):
        sitting = random_sitting(seed)
        one, other = plain.move(sitting), fast.move(sitting)
        same.append((np.abs(one.private - other.private).max(axis=1) < 1e-6) & (one.ended == other.ended))
        quick = one.rounds <= 3
        assert np.allclose(one.private.transpose(0, 2, 1)[quick], other.private.transpose(0, 2, 1)[quick], atol=1e-6)
    assert np.mean(same) > 0.9


@needs_numba
def test_the_polynomial_that_saves_powers_keeps_within_its_margin() -> None:
    from foedus.influence.compiled.offers import coefficients, estimate, margin

    for r in np.linspace(0.5, 2.0, 151):
        known = coefficients(float(r))
        for d in np.concatenate([np.linspace(1e-4, 0.9699, 300), np.linspace(0.97, 1.0, 60)]):
            won, lost = (0.5 - 0.5 * d) ** r, (0.5 + 0.5 * d) ** r
            assert abs(estimate(float(d), *known) - (0.5**r - won) / (lost - won)) <= margin(float(d))


@needs_numba
def test_votes_for_one_place_over_another_are_no_more_than_the_bound() -> None:
    from foedus.influence.compiled.offers import _most

    for seed in range(50):
        rng = np.random.default_rng(seed)
        x, w, r = np.sort(rng.random(9)), rng.random(9), rng.uniform(0.5, 2.0, 9)
        cost = np.abs(x[:, None] - x) ** r[:, None]
        leaning = w[:, None, None] * (cost[:, None, :] - cost[:, :, None])  # of each voter, for a over b
        low, high = np.maximum(leaning, 0.0).sum(axis=0), np.maximum(-leaning, 0.0).sum(axis=0)
        assert _most(low.ravel(), high.ravel(), 9) >= max(low.max(), high.max()) - 1e-12
