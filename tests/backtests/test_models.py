from __future__ import annotations

from statistics import mean, median

import numpy as np
import pytest
from scipy.optimize import minimize
from tests.backtests.conftest import made_up

from foedus.backtests import BASELINES, LEARNED, MODELS, TEN_FEATURES, WHOLE_LIBRARY, CaseTable, PastCase, Standing
from foedus.backtests.baselines import InstitutionsMean, institutions_mean
from foedus.backtests.mixture import COMPONENTS, PRIOR, components, fit_weights
from foedus.backtests.selection import ForwardSelection

STANDINGS = (
    Standing("com", "proposer", 100.0, 90.0),
    Standing("ep", "chamber", 60.0, None),
    Standing("fr", "member", 0.0, 40.0, 10.0),
    Standing("lu", "member", 30.0, 20.0, 2.0),
)


@pytest.fixture
def one() -> CaseTable:
    return CaseTable([PastCase("p", "i", STANDINGS, "QMV", 10.0, 60.0)])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mean", mean([100, 60, 0, 30])),
        # The Parliament's unknown salience counts as the mean of the others', 50.
        ("salience-weighted mean", (100 * 90 + 60 * 50 + 0 * 40 + 30 * 20) / 200),
        ("votes-weighted mean", (0 * 10 + 30 * 2) / 12),
        ("median", median([100, 60, 0, 30])),
        ("proposer", 100.0),
        ("reference point", 10.0),
    ],
)
def test_baselines_by_hand(one: CaseTable, name: str, expected: float) -> None:
    rule = next(model for model in BASELINES if model.name == name)
    assert rule.predict(one, np.array([0]), {}).point.tolist() == pytest.approx([expected])


def test_mean_of_institutions_by_hand(one: CaseTable) -> None:
    # Twelve votes; Commission and Parliament weigh a quarter of that, 3, each.
    assert institutions_mean(one.ground, 0.25).item() == pytest.approx((100 * 3 + 60 * 3 + 30 * 2) / 18)


def test_mean_of_institutions_fits_the_share_with_the_least_error() -> None:
    table = CaseTable(made_up(proposals=30))
    share = InstitutionsMean().fit(table, np.arange(len(table)))["share"]
    errors = {
        tried: np.abs(institutions_mean(table.ground, tried) - table.outcome).mean()
        for tried in np.round(np.arange(0, 1.01, 0.05), 2)
    }
    assert share == min(errors, key=errors.__getitem__)


def test_positions_as_a_distribution(one: CaseTable) -> None:
    model = next(model for model in BASELINES if model.name == "distribution of positions")
    found = model.predict(one, np.array([0]), {}).distribution[0]
    assert {place: found[place] for place in np.flatnonzero(found)} == pytest.approx(
        {100: 0.45, 60: 0.25, 0: 0.20, 30: 0.10}
    )


def test_components_are_distributions_or_absent() -> None:
    table = CaseTable(made_up())
    total = components(table.ground).sum(axis=2)
    assert np.isclose(total, 1).any(axis=0).sum() == len(COMPONENTS) - 2  # no chamber in these cases
    assert (np.isclose(total, 1) | (total == 0)).all()


def test_mixture_weights_maximise_the_penalised_likelihood() -> None:
    rng = np.random.default_rng(3)
    likelihood, present = rng.gamma(0.5, size=(60, 4)), np.ones((60, 4))

    def loss(raw: np.ndarray) -> float:
        weights = np.exp(raw) / np.exp(raw).sum()
        return float(-np.log(likelihood @ weights).sum() - PRIOR * np.log(weights).sum())

    best = minimize(loss, np.zeros(4), method="BFGS").x
    # The other method stops at a gradient of 1e-5.
    np.testing.assert_allclose(fit_weights(likelihood, present), np.exp(best) / np.exp(best).sum(), atol=1e-4)


def test_leader_board_starts_with_the_simple_means() -> None:
    names = [model.name for model in MODELS]
    assert names[:3] == ["mean", "salience-weighted mean", "votes-weighted mean"]
    assert names[-1] == LEARNED.name == "learned"
    assert len(set(names)) == len(names)
    assert (len(TEN_FEATURES.features), len(WHOLE_LIBRARY.features)) == (10, 53)


@pytest.mark.parametrize("model", [*MODELS, ForwardSelection(most=1)], ids=lambda one: one.name)
def test_every_model_answers_with_distributions_or_points(model) -> None:
    table = CaseTable(made_up())
    rows = np.arange(0, len(table), 2)
    found = model.predict(table, rows, model.fit(table, np.arange(len(table))))
    assert found.point.shape == rows.shape
    known = found.answered
    assert ((found.point[known] >= -1e-9) & (found.point[known] <= 100 + 1e-9)).all()
    if found.distribution is not None:
        np.testing.assert_allclose(found.distribution[known].sum(axis=1), 1)


def test_the_learned_distribution_is_the_mean_of_its_parts() -> None:
    table = CaseTable(made_up())
    rows = np.arange(len(table))
    found = LEARNED.predict(table, rows, LEARNED.fit(table, rows)).distribution
    alone = [part.predict(table, rows, part.fit(table, rows)).distribution for part in LEARNED.parts]
    np.testing.assert_allclose(found, np.mean(alone, axis=0), atol=1e-12)


def test_left_out_is_close_to_a_fit_without_the_proposal() -> None:
    """One Newton step, and a few sweeps, from the fit to all stand for a new fit: within .02 of any probability."""
    table = CaseTable(made_up())
    rows = np.arange(len(table))
    quick = LEARNED.left_out(table, rows)
    held = np.flatnonzero(table.proposal == 0)
    slow = LEARNED.predict(table, held, LEARNED.fit(table, np.flatnonzero(table.proposal != 0))).distribution
    np.testing.assert_allclose(quick[held], slow, atol=0.02)


def test_forward_selection_takes_the_feature_that_made_the_outcomes() -> None:
    rng, cases = np.random.default_rng(8), []
    for number in range(80):
        places = rng.permutation(np.arange(1, 10) * 10.0)[:5] + 3
        standings = [Standing(f"m{at}", "member", place, 50.0) for at, place in enumerate(places)]
        far = float(places[np.argsort(np.abs(places - places.mean()))[-1]])
        cases.append(
            PastCase(
                f"p{number:02d}",
                f"i{number:02d}",
                (*standings, Standing("com", "proposer", 75.0)),
                outcome=75.0 if number % 2 else 25.0,
                reference=far,
            )
        )
    table = CaseTable(cases)
    chosen = ForwardSelection(most=1, penalty=1.0).fit(table, np.arange(len(table)))["features"]
    assert chosen[-1] == "quarters"
