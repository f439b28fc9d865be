"""Whom a likely option rests on: the same figure that supposing a member's position gives."""

from __future__ import annotations

import pytest

import foedus
from foedus.explain.keeping import keeping

DRAWS = 300


def test_each_figure_is_that_of_supposing_it() -> None:
    dossier = foedus.read_dossier("nature-law-2024")
    answer = foedus.forecast(dossier, as_of="2024-06-16", draws=DRAWS)
    issue = answer.case.issue
    holds = keeping(answer, draws=DRAWS)
    assert holds
    assert [hold.if_against for hold in holds] == sorted(hold.if_against for hold in holds)
    first = holds[0]
    for at, told in (
        (issue.option(issue.status_quo).at, first.if_against),
        (issue.option(issue.proposal).at, first.if_for),
    ):
        there = foedus.dossiers.suppose(dossier, [f"{first.actor}.position={at:g}"])
        supposed = foedus.forecast(there, as_of="2024-06-16", draws=DRAWS)
        assert told == pytest.approx(supposed.probability(issue.proposal), abs=1e-9)
    assert keeping(answer, issue.status_quo, DRAWS) == ()
