"""What is refused, and what is answered beyond exact reach: with the method and the error stated."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.institutions.power import (
    INDICES,
    Compound,
    Game,
    Weighted,
    all_of,
    dummies,
    minimal_blocking,
    minimal_winning,
    power,
    quota_for_share,
)
from foedus.institutions.power import indices as indices_module
from foedus.institutions.power.exact import count, count_by_size
from foedus.institutions.power.extension import shapley_shubik_by_quadrature
from foedus.institutions.power.forms import form_of
from foedus.institutions.power.indices import shapley_shubik_of
from foedus.institutions.power.sampling import shapley_shubik_by_sampling, swings_by_sampling
from foedus.institutions.power.swings import all_swings, swings_by_sums

DISTINCT = (*range(1, 193), 20_000 - sum(range(1, 193)))


def many_votes(members: int = 190, votes: int = 5_000_000) -> tuple[int, ...]:
    """Votes as unequal as those of the large lenders: basic votes and a heavy tail."""
    shares = np.exp(np.random.default_rng(1).normal(0, 1.8, members))
    return tuple(int(share) + 1451 for share in shares / shares.sum() * (votes - 1451 * members))


@pytest.mark.parametrize(
    ("weights", "quota", "members", "message"),
    [
        ((), 1, (), "without members"),
        ((1, 2.5), 2, (), "the weight of 2 is 2.5; expected a whole number: multiply"),
        ((1, 2), 1.5, (), "the quota is 1.5; expected a whole number"),
        ((1, True), 1, (), "the weight of 2 is True"),
        ((1, -2), 1, ("A", "B"), "the weight of B is -2; weights are at least 0"),
        ((1, 2), 0, (), "the quota is 0; a quota is above 0"),
        ((1, 2), 4, (), "the quota of 4 is above the sum of the weights, 3"),
        ((0, 0), 1, (), "above the sum of the weights, 0"),
        ((1, 2), 2, ("A", "A"), "'A' appears twice"),
        ((1, 2), 2, ("A",), "1 members and 2 weights"),
        ((2**62, 1), 2, (), "use larger units"),
    ],
)
def test_a_game_that_makes_no_sense_is_refused(weights, quota, members, message: str) -> None:
    with pytest.raises(FoedusError, match=message):
        Weighted(weights, quota, members)


def test_other_refusals() -> None:
    game = Weighted((1, 1), 2)
    with pytest.raises(FoedusError, match="no member 'X'"):
        game.wins(["X"])
    with pytest.raises(FoedusError, match="no parts"):
        Compound((), every=True)
    with pytest.raises(FoedusError, match="differ in their members"):
        all_of(game, Weighted((1, 1), 2, ("A", "B")))
    with pytest.raises(FoedusError, match="not exact"):
        quota_for_share(100, 0.65)  # type: ignore[arg-type]
    with pytest.raises(FoedusError, match="out of range"):
        quota_for_share(100, Fraction(3, 2))
    with pytest.raises(FoedusError, match="seed is -1"):
        power(game, seed=-1)
    with pytest.raises(FoedusError, match="at least 2"):
        power(game, draws=1)


def test_whole_numbers_of_numpy_are_taken() -> None:
    game = Weighted(tuple(np.array([4, 2, 1])), np.int64(5))
    assert game.weights == (4, 2, 1)
    assert type(game.weights[0]) is type(game.quota) is int


def test_a_quota_for_a_share_is_exact_where_floats_are_not() -> None:
    assert quota_for_share(10**17 + 1, Fraction(65, 100)) == 65 * 10**15 + 1
    assert quota_for_share(20, Fraction(55, 100)) == 11
    assert quota_for_share(7, Fraction(1)) == 7


def test_193_members_of_distinct_weights_are_counted_exactly() -> None:
    game = Weighted(DISTINCT, 10_001)
    found = power(game)
    assert all(found.exact.values())
    assert sum(found.fractions["shapley_shubik"]) == sum(found.fractions["banzhaf"]) == 1
    swings, winning = all_swings(DISTINCT, 10_001)  # another table, of other moduli
    assert found.fractions["banzhaf_absolute"] == tuple(Fraction(number, 2**192) for number in swings)
    assert found.fractions["coleman_act"] == (Fraction(winning, 2**193),)
    integral = shapley_shubik_by_quadrature(DISTINCT, 10_001)
    # Rounding of 193 products each; the smallest index is 5e-5.
    np.testing.assert_allclose(integral.values, found.shapley_shubik, atol=1e-14, rtol=0)
    assert (np.abs(integral.values - found.shapley_shubik) <= integral.error).all()


def test_193_members_in_python_integers() -> None:
    """The swings of the heaviest and of the lightest member, by lists of Python integers that cannot overflow."""
    found = dict(zip(DISTINCT, swings_by_sums(DISTINCT, (19_990,) * 194), strict=True))
    for weight in (1, DISTINCT[-1]):
        # In the dual game the quota is 11: only coalitions of a few light members matter.
        table = {(0, 0): 1}
        for other in DISTINCT:
            if other != weight and other <= 10:
                for (size, total), number in list(table.items()):
                    key = (size + 1, total + other)
                    table[key] = table.get(key, 0) + number
        expected = [0] * 193
        for (size, total), number in table.items():
            if 11 - weight <= total <= 10:
                expected[192 - size] += number
        assert found[weight] == expected


def test_millions_of_votes_are_answered_with_their_error() -> None:
    votes = many_votes(60, 4_000_000)
    game = Weighted(votes, quota_for_share(sum(votes), Fraction(70, 100)))
    form = form_of(game)
    assert count_by_size(form) is None
    found = power(game)
    assert [name for name in INDICES if not found.exact[name]] == ["shapley_shubik"]
    assert found.method["shapley_shubik"].startswith("multilinear extension by quadrature; the error is")
    assert found.method["banzhaf"] == "dynamic programming over sums"
    assert 0 < found.error["shapley_shubik"].max() < 1e-7
    assert abs(found.shapley_shubik.sum() - 1) < 1e-10
    assert "shapley_shubik" not in found.fractions
    assert sum(found.fractions["banzhaf"]) == 1
    assert found.error["banzhaf"].max() == 0
    sampled = shapley_shubik_by_sampling(form, Streams(3), 4_000)
    # Four standard errors are passed once in 16,000 times.
    assert (np.abs(sampled.value - found.shapley_shubik) < 4 * sampled.error).all()


def test_quadrature_lies_within_its_error_of_the_exact_index() -> None:
    votes = many_votes(40, 100_000)
    for share in (Fraction(1, 2), Fraction(85, 100)):
        quota = quota_for_share(sum(votes), share)
        exact = [float(number) for number in shapley_shubik_of(swings_by_sums(votes, (quota,) * 41))]
        integral = shapley_shubik_by_quadrature(votes, quota)
        assert (np.abs(integral.values - exact) <= integral.error + 1e-14).all()
        assert integral.error.max() < 1e-8


def beyond_reach() -> Game:
    votes = many_votes(60, 4_000_000)
    return all_of(Weighted((1,) * 60, 36), Weighted(votes, quota_for_share(sum(votes), Fraction(85, 100))))


def test_a_large_compound_game_is_sampled_and_says_so() -> None:
    found = power(beyond_reach(), seed=1, draws=2_000)
    assert not any(found.exact.values())
    assert found.fractions == {}
    for name in INDICES:
        assert found.method[name] == "Monte Carlo, 2000 draws; the error is one standard error"
        assert (found.error[name] > 0).all()
        assert found.error[name].shape == ((1,) if name == "coleman_act" else (60,))
    np.testing.assert_allclose(found.shapley_shubik.sum(), 1, atol=0.05)


def test_a_seed_repeats_and_another_does_not() -> None:
    first, again, other = (power(beyond_reach(), seed=seed, draws=300) for seed in (1, 1, 2))
    assert first.shapley_shubik.tolist() == again.shapley_shubik.tolist()
    assert first.banzhaf.tolist() == again.banzhaf.tolist()
    assert first.shapley_shubik.tolist() != other.shapley_shubik.tolist()


def test_sampling_does_not_depend_on_how_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = power(beyond_reach(), draws=500)
    monkeypatch.setattr("foedus.institutions.power.sampling._CELLS", 60 * 7)
    pieces = power(beyond_reach(), draws=500)
    # The draws are the same; sums of floating-point numbers differ in their order.
    np.testing.assert_allclose(whole.shapley_shubik, pieces.shapley_shubik, rtol=1e-12)
    np.testing.assert_allclose(whole.error["banzhaf"], pieces.error["banzhaf"], rtol=1e-9)


@pytest.mark.parametrize("share", [Fraction(1, 2), Fraction(3, 4)])
def test_standard_errors_are_honest(share: Fraction) -> None:
    """Over many seeds the distance from the exact index is about one standard error."""
    votes = many_votes(12, 100_000)
    game = all_of(Weighted((1,) * 12, 7), Weighted(votes, quota_for_share(sum(votes), share)))
    exact, form = power(game), form_of(game)
    distances: dict[str, list[float]] = {name: [] for name in INDICES}
    for seed in range(60):
        sampled = {"shapley_shubik": shapley_shubik_by_sampling(form, Streams(seed), 400)}
        members, act = swings_by_sampling(form, Streams(seed), 400)
        for name, estimate in (sampled | members | {"coleman_act": act}).items():
            distances[name] += ((estimate.value - getattr(exact, name)) / estimate.error).tolist()
    for name in INDICES:
        root_mean_square = np.sqrt(np.mean(np.square(distances[name])))
        # Errors are a little too wide for members that hardly ever swing, never too narrow.
        assert 0.7 < root_mean_square < 1.15, name


def test_weights_too_large_for_any_table_are_sampled() -> None:
    votes = many_votes(60, 4 * 10**12)
    game = Weighted(votes, quota_for_share(sum(votes), Fraction(1, 2)))
    assert count(form_of(game)) is None
    found = power(game, draws=200)
    assert found.method["banzhaf"].startswith("Monte Carlo")
    with pytest.raises(FoedusError, match="dummies cannot be told exactly among 60 members"):
        dummies(game)
    with pytest.raises(FoedusError, match="cannot be counted exactly"):
        minimal_winning(game)


def test_convolution_is_refused_where_it_would_take_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = many_votes(60, 4_000_000)
    monkeypatch.setattr(indices_module, "MOST_CONVOLVED", 10)
    found = power(Weighted(votes, sum(votes) // 2 + 1), draws=100)
    assert found.method["shapley_shubik"].startswith("Monte Carlo")
    assert found.exact["banzhaf"]


def test_many_minimal_coalitions_are_counted() -> None:
    nice = (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,)
    game = Weighted(nice, 255)
    found = minimal_winning(game)
    assert (found.count, found.listed, found.complete) == (561_645, (), False)
    assert len(minimal_winning(game, limit=600_000).listed) == 561_645  # listed by another method than counted
    assert minimal_blocking(game).count == 705_906
    with pytest.raises(FoedusError, match="a higher limit lists more"):
        minimal_winning(beyond_reach())


def test_the_command_line_does_not_load_the_kernels() -> None:
    code = "import sys, foedus.cli, foedus.institutions.power; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
