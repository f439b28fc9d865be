"""A statement belongs to its speaker: what a predecessor said counts for less once another holds the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

import foedus
from foedus.dossiers import Dossier, Stand, stand_of
from foedus.dossiers.succession import left_on
from foedus.evidence import Statement

BEFORE, AFTER = dt.date(2023, 5, 31), dt.date(2023, 6, 30)
ENDS = dt.date(2023, 6, 1)


@pytest.fixture(scope="module")
def changed(tokyo: Dossier) -> Dossier:
    """Turkey's president gives way to another on the first of June."""
    [president] = [
        one for one in tokyo.world.offices if one.actor == "TUR" and one.office == "head-of-state" and one.end is None
    ]
    old = replace(president, end=ENDS, term_ends=None, seen=None)
    new = replace(president, person="Ada Yilmaz", aliases="", start=ENDS, term_ends=None)
    others = [one for one in tokyo.world.offices if one.actor != "TUR"]
    return replace(tokyo, world=replace(tokyo.world, offices=(*others, old, new)))


def said(**more: Any) -> Statement:
    plain: dict[str, Any] = {
        "id": "one", "source": "jt", "passage": "p1", "actor": "TUR", "concept": "office", "stance": -1,
        "kind": "indirect", "venue": "private", "said_on": dt.date(2023, 5, 2), "person": "Recep Tayyip Erdogan",
        "office": "President",
    }  # fmt: skip
    return Statement(**(plain | more))


def stand(dossier: Dossier, day: dt.date, *statements: Statement) -> Stand:
    every = replace(dossier, statements=(*dossier.statements, *statements))
    return stand_of(every, every.issue("office"), "TUR", day, seated=True)


def test_a_predecessors_statement_counts_for_half_and_the_position_widens(changed: Dossier, tokyo: Dossier) -> None:
    stayed, gone = stand(tokyo, AFTER, said()), stand(changed, AFTER, said())
    [kept], [halved] = stayed.contributions, gone.contributions
    assert (kept.left, halved.left) == (None, ENDS)
    assert halved.weight == pytest.approx(0.5 * kept.weight)
    prior = changed.prior("office").position
    assert stayed.private.mode < gone.private.mode < prior.mode
    assert gone.private.high - gone.private.low > stayed.private.high - stayed.private.low
    assert left_on(said(), changed.world, BEFORE) is None


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({}, ENDS),
        ({"person": "", "office": ""}, None),  # Turkey's own
        ({"kind": "act"}, None),  # what was done binds the next government
        ({"signal": "withdrawal", "stance": 1}, None),
        ({"person": "Ada Yilmaz", "said_on": dt.date(2023, 6, 10)}, None),
        ({"person": "Somebody Unknown"}, None),
    ],
)
def test_whose_statement_a_succession_touches(changed: Dossier, more: dict[str, Any], left: dt.date | None) -> None:
    assert left_on(said(**more), changed.world, AFTER) == left


def test_an_end_without_a_successor_is_none(changed: Dossier) -> None:
    offices = tuple(one for one in changed.world.offices if one.person != "Ada Yilmaz")
    assert left_on(said(), replace(changed.world, offices=offices), AFTER) is None


def test_the_pages_say_who_left(changed: Dossier) -> None:
    every = replace(changed, statements=(*changed.statements, said()))
    forecast = foedus.forecast(every, issue="office", as_of="2023-06-30", on="2023-07-11", draws=50)
    assert "whose speaker left office on 2023-06-01: counts for less" in str(forecast.why())


def test_a_lower_office_that_differs_is_a_conflict(tokyo: Dossier) -> None:
    spokesman = said(id="two", stance=1, person="", office="spokesperson", said_on=dt.date(2023, 5, 20))
    found = stand(tokyo, AFTER, said(), spokesman)
    assert [one.superseded_by for one in found.contributions] == ["", ""]
    assert len(found.camps) == 2
    himself = replace(spokesman, person="Recep Tayyip Erdogan", office="President")
    changed_mind = stand(tokyo, AFTER, said(), himself).contributions
    assert {one.statement.id: one.superseded_by for one in changed_mind} == {"one": "two", "two": ""}
