"""In the Council a forecast keeps to votes that were declared, by how many would have to change sides."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

import foedus
from foedus.base.wording import percent
from foedus.dossiers import packaged_dossiers, read_dossier, suppose
from foedus.ensembles.council_scores import moves_on_record
from foedus.ensembles.declared import bounds, keep_to_declared
from foedus.issues.deciding import quota, within_reach
from foedus.reports.judgement import judge
from foedus.reports.votes import expects
from foedus.testing import sitting_of


def most(came: int, total: int) -> float:
    """Return the upper end of the 90 per cent interval after Jeffreys: half a decision is added on either side."""
    return float(beta.ppf(0.95, came + 0.5, total - came + 0.5))


FEW, MANY = (most(15, 27), most(22, 27)), (most(11, 51), most(32, 51))
"""At most for one option, and for all that is stopped: with one or two to win over, and with three or more."""
FAILED = 0.5 / 35


@given(
    votes=st.lists(st.sampled_from([0.0, 100.0]), min_size=7, max_size=7),
    declared=st.lists(st.booleans(), min_size=7, max_size=7),
    share=st.floats(0, 1),
)
def test_what_declared_votes_stop_or_carry_bounds_the_shares(
    votes: list[float], declared: list[bool], share: float
) -> None:
    sitting = dataclasses.replace(
        sitting_of(position=votes, options=[0.0, 100.0]),
        committed=np.array(declared)[:, None],
        decides=quota([1] * 7, 5),
    )
    agenda = sitting.agendas[0]
    given_ = np.full((sitting.draws, 2), 1 - share)
    given_[:, agenda.proposal] = share
    found = keep_to_declared(given_, sitting, 0)
    assert found.sum(axis=1) == pytest.approx(1)
    against = sum(told and at == 0 for at, told in zip(votes, declared, strict=True))
    favour = sum(told and at == 100 for at, told in zip(votes, declared, strict=True))
    if against >= 3:  # five of seven are needed
        bound = FEW if votes.count(100.0) >= 3 else MANY  # with two of those declared against five would be in favour
        assert found[0, agenda.proposal] == pytest.approx(min(share, bound[0]))
    elif favour >= 5:
        assert found[0, agenda.proposal] == pytest.approx(1 - FAILED)
    else:
        assert found[0, agenda.proposal] == pytest.approx(share)


@pytest.mark.parametrize(("against", "bound"), [(3, FEW), (4, FEW), (5, MANY), (7, MANY)])
def test_all_that_is_stopped_together_is_bound_by_what_came_of_such_proposals(
    against: int, bound: tuple[float, float]
) -> None:
    sitting = dataclasses.replace(
        sitting_of(position=[0.0] * against + [100.0] * (7 - against), options=[0.0, 40.0, 70.0, 100.0]),
        committed=np.ones((7, 1), dtype=np.bool_),
        decides=quota([1] * 7, 5),
    )
    found = keep_to_declared(np.array([[0.01, 0.33, 0.33, 0.33]]), sitting, 0)
    one = min(0.33, bound[0], bound[1] / 3)
    assert found[0].tolist() == pytest.approx([1 - 3 * one, *[one] * 3])
    assert (keep_to_declared(np.array([[0.01, 0.0, 0.0, 0.99]]), sitting, 0)[0, 3]) == pytest.approx(bound[0])


@given(
    weights=st.lists(st.integers(1, 9), min_size=6, max_size=6),
    needed=st.integers(1, 40),
    favour=st.lists(st.booleans(), min_size=6, max_size=6),
    movable=st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_one_or_two_who_are_enough_are_found_as_by_trying_all(
    weights: list[int], needed: int, favour: list[bool], movable: list[bool]
) -> None:
    have = sum(weight for weight, there in zip(weights, favour, strict=True) if there)
    open_ = [weight for weight, may, there in zip(weights, movable, favour, strict=True) if may and not there]
    groups = [(), *itertools.combinations(open_, 1), *itertools.combinations(open_, 2)]
    expected = any(have + sum(group) >= needed for group in groups)
    assert within_reach(quota(weights, needed), np.array([favour]), np.array(movable))[0] == expected


def test_more_that_declare_themselves_against_never_lift_the_bound() -> None:
    near, far = (bounds(moves_on_record(), few=few) for few in (True, False))
    assert far.adopted < near.adopted < 1
    assert far.anything < near.anything < 1
    assert far.adopted < far.anything


def test_the_headline_says_which_declared_votes_it_needs_and_how_often_that_happened() -> None:
    dossier = read_dossier(packaged_dossiers()["nature-law-2024"])
    eve = foedus.forecast(dossier, as_of="2024-06-16", draws=300)
    assert 0.05 < eve.probability("adopted") <= FEW[0] + 1e-9
    assert "members that have declared their vote stop it unless one or two of them change sides" in expects(eve)
    assert "On record 15 of 27 proposals before the EU Council that lacked one or two members" in expects(eve)
    assert "needs members to change sides that have declared their vote" in judge(eve).confidence_reason
    assert judge(eve).confidence == "low"

    against = foedus.forecast(
        suppose(dossier, [f"{actor}.position=0" for actor in ("DEU", "FRA", "CZE")]), as_of="2024-06-16", draws=300
    )
    assert against.likeliest.label == "not adopted"
    assert against.probability("adopted") <= MANY[0] + 1e-9
    assert "stop 'adopted' unless three or more of them change sides. On record 11 of 51" in expects(against)
    assert f"at most {percent(MANY[0])}" in expects(against)

    turned = [f"{actor}.position=100" for actor in eve.arithmetic.against]
    free = foedus.forecast(suppose(dossier, turned), as_of="2024-06-16", draws=300)
    assert free.probability("adopted") > 0.9
    assert "carry 'adopted', whatever the others do. On record 0 of 34" in expects(free)
    assert "declared their vote" not in judge(free).confidence_reason
