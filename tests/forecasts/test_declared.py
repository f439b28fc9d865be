"""In the Council a forecast keeps to votes that were declared, as often as they held on record."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from foedus.dossiers import packaged_dossiers, read_dossier, suppose
from foedus.ensembles.declared import keep_to_declared
from foedus.issues.deciding import quota
from foedus.reports.votes import expects
from foedus.testing import sitting_of

STOPPED, ANYTHING, FAILED = 26.5 / 79, 54.5 / 79, 0.5 / 35


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
        assert found[0, agenda.proposal] == pytest.approx(min(share, STOPPED))
    elif favour >= 5:
        assert found[0, agenda.proposal] == pytest.approx(1 - FAILED)
    else:
        assert found[0, agenda.proposal] == pytest.approx(share)


def test_all_that_is_stopped_together_leaves_no_change_the_likeliest() -> None:
    sitting = dataclasses.replace(
        sitting_of(position=[0.0] * 3 + [100.0] * 4, options=[0.0, 40.0, 70.0, 100.0]),
        committed=np.ones((7, 1), dtype=np.bool_),
        decides=quota([1] * 7, 5),
    )
    found = keep_to_declared(np.array([[0.01, 0.33, 0.33, 0.33]]), sitting, 0)
    assert found[0].tolist() == pytest.approx([1 - ANYTHING, *[ANYTHING / 3] * 3])


def test_the_headline_does_not_contradict_the_declared_votes() -> None:
    dossier = read_dossier(packaged_dossiers()["nature-law-2024"])
    eve = foedus.forecast(dossier, as_of="2024-06-16", draws=300)
    assert eve.likeliest.label == "not adopted"
    assert eve.probability("adopted") == pytest.approx(STOPPED)
    assert (
        "Members that have declared their vote block 'adopted', whatever the others do. On record 26 of 78"
        in expects(eve)
    )
    turned = [f"{actor}.position=100" for actor in eve.arithmetic.against]
    free = foedus.forecast(suppose(dossier, turned), as_of="2024-06-16", draws=300)
    assert free.probability("adopted") > 0.9
    assert "carry 'adopted', whatever the others do. On record 0 of 34" in expects(free)
