from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.backtests.conftest import made_up

from foedus.backtests import CaseTable
from foedus.backtests.consensus_set import consensus_cases, packaged_consensus_set, packaged_hash
from foedus.backtests.stacking import STRENGTH, Ensemble, family, fit_set, fit_weights, likelihood_of, said_of
from foedus.ensembles.learned import packaged_parameters
from foedus.ensembles.mixing import PARTS

EVEN = np.full(len(PARTS), 1 / len(PARTS))


@pytest.fixture(scope="module")
def public() -> CaseTable:
    return CaseTable(consensus_cases(packaged_consensus_set()))


def test_weights_are_those_of_the_shrinkage_formula() -> None:
    likelihood = np.random.default_rng(2).uniform(size=(30, 3))
    towards, strength = np.array([0.5, 0.3, 0.2]), 7.0
    weights = fit_weights(likelihood, towards, strength)
    share = weights * likelihood
    mean = (share / share.sum(axis=1, keepdims=True)).mean(axis=0)
    assert weights == pytest.approx((30 * mean + 7 * towards) / 37, abs=1e-6)


def test_weights_maximise_the_posterior_by_brute_force() -> None:
    likelihood = np.random.default_rng(3).uniform(size=(12, 2))
    towards, strength = np.array([0.4, 0.6]), 5.0
    lattice = np.linspace(0.0005, 0.9995, 1_000)
    score = [
        np.log(likelihood @ np.array([w, 1 - w])).sum() + strength * (towards @ np.log([w, 1 - w])) for w in lattice
    ]
    assert fit_weights(likelihood, towards, strength)[0] == pytest.approx(lattice[int(np.argmax(score))], abs=2e-3)


@given(st.integers(0, 8), st.floats(0.1, 100))
def test_few_decisions_lean_on_what_is_given(count: int, strength: float) -> None:
    likelihood = np.tile([1.0, 0.0], (count, 1))
    towards = np.array([0.25, 0.75])
    found = fit_weights(likelihood, towards, strength)
    assert found == pytest.approx((count * np.array([1.0, 0.0]) + strength * towards) / (count + strength), abs=1e-6)


def test_a_decision_that_nobody_allowed_teaches_nothing() -> None:
    likelihood = np.random.default_rng(4).uniform(size=(10, 2))
    towards = np.array([0.5, 0.5])
    more = np.vstack([likelihood, np.zeros((5, 2))])
    assert fit_weights(more, towards) == pytest.approx(fit_weights(likelihood, towards))


def test_a_part_that_never_answers_keeps_what_it_was_given() -> None:
    likelihood = np.array([[0.5, np.nan], [0.2, np.nan]])
    assert fit_weights(likelihood, np.array([0.5, 0.5]), 2.0) == pytest.approx([0.5, 0.5])


def test_labels_of_rules() -> None:
    assert [family(one) for one in ("Unan", "consensus minus one", "simple")] == [
        "unanimity",
        "unknown",
        "simple majority",
    ]


def test_packaged_weights_are_those_of_a_new_fit_to_the_packaged_set(public: CaseTable) -> None:
    shipped = packaged_parameters()["models"]["ensemble"]
    assert shipped["public_sha256"] == packaged_hash()
    assert shipped["strength"] == STRENGTH
    likelihood = likelihood_of(said_of(public), np.arange(len(public)), np.full((len(public), 101), np.nan))
    towards = np.asarray(shipped["sets"]["council"]["pooled"])
    found = fit_set(likelihood, [family(case.rule) for case in public.cases], towards)
    given = shipped["sets"]["public"]
    assert found["decisions"] == given["decisions"] == 186
    assert found["pooled"] == pytest.approx(given["pooled"], rel=1e-6)
    assert {rule: one["decisions"] for rule, one in found["rules"].items()} == {"consensus": 116, "unanimity": 70}
    for rule, one in found["rules"].items():
        assert one["weights"] == pytest.approx(given["rules"][rule]["weights"], rel=1e-6)
    assert int((likelihood.max(axis=1) == 0).sum()) == given["impossible"]


def test_a_left_out_dispute_teaches_nothing_about_itself(public: CaseTable) -> None:
    model, held = Ensemble(), np.flatnonzero(public.proposal == 3)
    rest = np.flatnonzero(public.proposal != 3)
    changed = CaseTable(
        [
            dataclasses.replace(case, outcome=100.0 - case.outcome) if row in held else case
            for row, case in enumerate(public.cases)
            if case.outcome is not None
        ]
    )
    one, other = (model.predict(table, held, model.fit(table, rest)).distribution for table in (public, changed))
    assert one is not None
    assert other is not None
    np.testing.assert_array_equal(one, other)
    assert one.sum(axis=1) == pytest.approx(np.ones(len(held)))


def test_what_binds_and_what_does_not() -> None:
    cases = [dataclasses.replace(case, rule="unanimity", reference=0.0) for case in made_up(4)]
    bound, free = (
        said_of(CaseTable([dataclasses.replace(case, whole=whole) for case in cases])) for whole in (True, False)
    )
    assert (free.allowed == 1).all()
    assert bound.allowed.min() == 0.0
    even = np.full((len(cases), 101), 1 / 101)
    mixed = bound.shares(even)
    assert mixed.sum(axis=2) == pytest.approx(np.ones(mixed.shape[:2]))
    assert (mixed[:, -1][bound.allowed == 0] == 0).all()


def test_exact_decisions_fit_the_learned_distribution_anew() -> None:
    table = CaseTable(made_up())
    rows = np.arange(len(table))
    parameters = Ensemble().fit(table, rows[3:])
    assert len(parameters["learned"]["parts"]) == 3
    assert sum(parameters["sets"]["council"]["pooled"]) == pytest.approx(1.0)
    found = Ensemble().predict(table, rows[:3], parameters)
    assert found.distribution is not None
    assert found.distribution.sum(axis=1) == pytest.approx(np.ones(3))
