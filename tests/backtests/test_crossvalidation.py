from __future__ import annotations

import itertools

import numpy as np
import pytest
from tests.backtests.conftest import made_up

from foedus.backtests import CaseTable, PoleMixture, backtest
from foedus.backtests.bootstrap import paired_difference
from foedus.backtests.crossvalidation import cross_validate, folds


def test_no_proposal_is_on_both_sides_and_folds_are_even() -> None:
    table = CaseTable(made_up(proposals=23))
    for repeat in range(5):
        deal = folds(table, 10, repeat, seed=1)
        by_proposal = {
            name: set(deal[[one == name for one in table.proposals]].tolist()) for name in set(table.proposals)
        }
        assert all(len(found) == 1 for found in by_proposal.values())
        sizes = np.bincount([found.pop() for found in by_proposal.values()], minlength=10)
        assert sizes.max() - sizes.min() <= 1


def test_repeats_and_seeds_deal_differently() -> None:
    table = CaseTable(made_up(proposals=23))
    deals = [folds(table, 10, repeat, seed).tolist() for repeat, seed in ((0, 1), (1, 1), (0, 2))]
    assert len({tuple(deal) for deal in deals}) == 3
    assert folds(table, 10, 0, 1).tolist() == deals[0]


@pytest.mark.parametrize("count", [1, 13])
def test_wrong_number_of_folds(count: int) -> None:
    with pytest.raises(ValueError, match="from 2 to 12 folds"):
        folds(CaseTable(made_up()), count, 0, 1)


def test_the_order_of_a_file_plays_no_part() -> None:
    cases = made_up()
    one, other = (backtest(given, [PoleMixture()], folds=4, repeats=2) for given in (cases, cases[::-1]))
    assert one.as_answer() == other.as_answer()


def test_each_case_is_predicted_without_its_proposal() -> None:
    """A model that remembers the proposals it was fitted to never meets one of them again."""

    class Memory:
        name, summary, fitted = "memory", "Remembers.", True

        def fit(self, table, rows):
            return {"seen": {table.proposals[row] for row in rows}}

        def predict(self, table, rows, parameters):
            assert not {table.proposals[row] for row in rows} & parameters["seen"]
            return PoleMixture().predict(table, rows, PoleMixture().fit(table, rows))

    table = CaseTable(made_up())
    assert cross_validate(Memory(), table, 5, 0, 1).answered.all()


def test_bootstrap_equals_every_possible_sample() -> None:
    """With three proposals there are 27 equally likely samples; their exact quantiles are known."""
    one, other = np.array([1.0, 4.0, 2.0, 7.0]), np.array([2.0, 2.0, 2.5, 3.0])
    group = np.array([0, 1, 1, 2])
    exact = [
        np.concatenate([(one - other)[group == which] for which in sample]).mean()
        for sample in itertools.product(range(3), repeat=3)
    ]
    found = paired_difference(one, other, group, seed=4, samples=50_000, fewest=3)
    assert found.mean == pytest.approx((one - other).mean())
    # Three standard errors of a share of 50,000.
    assert found.better == pytest.approx(np.mean(np.array(exact) < 0), abs=0.007)
    assert found.low == pytest.approx(min(exact))
    assert found.high == pytest.approx(max(exact))


def test_bootstrap_leaves_out_unanswered_issues() -> None:
    found = paired_difference(np.array([1.0, np.nan]), np.array([2.0, 0.0]), np.array([0, 1]), seed=1)
    assert (found.mean, found.issues) == (-1.0, 1)
    assert paired_difference(np.array([np.nan]), np.array([1.0]), np.array([0]), seed=1).issues == 0
