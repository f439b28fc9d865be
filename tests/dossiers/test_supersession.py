"""A change of mind: which later statement replaces an earlier one; and a refusal until something is done."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

import foedus
from foedus.dossiers import packaged_dossiers, stand_of
from foedus.dossiers.bearing import conditional, superseded
from foedus.evidence import Statement

DAY = dt.date(2023, 7, 1)


@pytest.fixture(scope="module")
def dossier() -> foedus.Dossier:
    return foedus.read_dossier(packaged_dossiers()["tokyo-office"])


def said(id_: str, day: int, stance: int, **more: Any) -> Statement:
    plain: dict[str, Any] = {
        "id": id_,
        "source": "jt",
        "passage": "p1",
        "actor": "TUR",
        "concept": "office",
        "stance": stance,
        "kind": "indirect",
        "venue": "public",
        "said_on": dt.date(2023, 5, day),
    }
    return Statement(**(plain | more))


PRESIDENT = {"person": "Recep Tayyip Erdogan", "office": "President"}
SPOKESMAN = {"office": "spokesperson"}


@pytest.mark.parametrize(
    ("earlier", "later", "replaced"),
    [
        (PRESIDENT, PRESIDENT, True),
        (SPOKESMAN, PRESIDENT, True),
        (PRESIDENT, SPOKESMAN, False),
        (PRESIDENT, {"kind": "act"}, True),
        (PRESIDENT, {"signal": "withdrawal"}, True),
        (PRESIDENT, PRESIDENT | {"venue": "private"}, False),
        (PRESIDENT, PRESIDENT | {"concept": "provocation"}, False),
        (PRESIDENT, PRESIDENT | {"kind": "conjecture"}, False),
        (PRESIDENT, PRESIDENT | {"condition": "if the office is small"}, False),
        (PRESIDENT | {"kind": "narrated"}, SPOKESMAN | {"kind": "narrated"}, False),
    ],
)
def test_a_later_statement_of_the_same_or_a_higher_office_replaces_an_earlier_one(
    dossier: foedus.Dossier, earlier: dict[str, Any], later: dict[str, Any], replaced: bool
) -> None:
    both = [said("one", 2, -1, **earlier), said("two", 20, 1, **later)]
    assert superseded(both, dossier.world) == ({"one": "two"} if replaced else {})
    assert superseded([both[0], replace(both[1], stance=-1)], dossier.world) == {}


@pytest.mark.parametrize(
    ("earlier", "later", "replaced"),
    [
        ({}, {"kind": "narrated"}, True),  # as Germany on Kosovo in 2024: a telegram, then the papers
        ({"kind": "direct"}, {"kind": "narrated"}, False),  # its own words stand against a journalist's
        ({"kind": "mixed"}, {"kind": "narrated"}, False),
        (PRESIDENT, {"kind": "narrated"}, False),
        ({}, {"kind": "conjecture"}, False),
        ({}, {"kind": "narrated", "condition": "if the office is small"}, False),
        ({"stance": -1}, {"kind": "narrated", "stance": 1}, False),  # a no is not taken for given up on hearsay
    ],
)
def test_a_refusal_that_is_told_ends_a_yes_that_was_only_passed_on(
    dossier: foedus.Dossier, earlier: dict[str, Any], later: dict[str, Any], replaced: bool
) -> None:
    both = [said("one", 2, **({"stance": 1} | earlier)), said("two", 20, **({"stance": -1} | later))]
    assert superseded(both, dossier.world) == ({"one": "two"} if replaced else {})


ABSTAINS = {"stance": 0, "signal": "abstention"}


@pytest.mark.parametrize(
    ("earlier", "later", "replaced"),
    [
        ({"kind": "act"}, ABSTAINS, True),  # it voted against in one vote, and says that it will abstain in the next
        (ABSTAINS | {"kind": "act"}, {"stance": 1}, True),
        ({"kind": "act"}, {"stance": 1}, False),  # no vote, but words: it may be both
        ({"kind": "act"} | PRESIDENT, ABSTAINS | SPOKESMAN, False),
        ({"kind": "act"}, ABSTAINS | {"kind": "conjecture"}, False),
        ({"kind": "act"}, ABSTAINS | {"concept": "provocation"}, False),
    ],
)
def test_a_later_abstention_replaces_an_earlier_vote_as_it_replaces_words(
    dossier: foedus.Dossier, earlier: dict[str, Any], later: dict[str, Any], replaced: bool
) -> None:
    both = [said("one", 2, **({"stance": -1} | earlier)), said("two", 20, **later)]
    assert superseded(both, dossier.world) == ({"one": "two"} if replaced else {})


def test_a_withdrawn_refusal_no_longer_weighs(dossier: foedus.Dossier) -> None:
    issue = dossier.issue("office")
    both = (said("one", 2, -1, **PRESIDENT), said("two", 20, 1, **PRESIDENT))
    changed = replace(dossier, statements=(*dossier.statements, *both))
    alone = replace(dossier, statements=(*dossier.statements, both[1]))
    stand = stand_of(changed, issue, "TUR", DAY, seated=True)
    assert stand.private.mode == pytest.approx(stand_of(alone, issue, "TUR", DAY, seated=True).private.mode)
    assert stand.camps == stand_of(alone, issue, "TUR", DAY, seated=True).camps
    assert {one.statement.id: one.superseded_by for one in stand.contributions} == {"one": "two", "two": ""}


def test_a_refusal_until_something_is_done_is_opposition(dossier: foedus.Dossier) -> None:
    issue = dossier.issue("office")
    refusal = said("one", 2, -1, condition="unless the aid is paid", signal="threat")
    offer = replace(refusal, stance=1, condition="if the aid is paid", signal="")
    assert (conditional(refusal), conditional(offer)) == (False, True)
    stands = [
        stand_of(replace(dossier, statements=(*dossier.statements, one)), issue, "TUR", DAY, seated=True)
        for one in (refusal, offer)
    ]
    prior = dossier.prior("office").position
    assert stands[0].private.mode < prior.mode
    assert stands[1].private.mode == prior.mode
    assert [branch.condition for branch in stands[1].branches] == ["if the aid is paid"]
