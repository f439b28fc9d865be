"""Bids, datelines, lists and conditions as reports of a contest have them: whose statement, on whom, on what terms."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest

from foedus.evidence.coder import code
from foedus.evidence.readers import document_of
from foedus.world import packaged_world

CONCEPTS = [
    SimpleNamespace(id="ito", text="Aiko Ito should lead the agency.", cues="Aiko Ito; Ito"),
    SimpleNamespace(id="berg", text="Jonas Berg should lead the agency.", cues="Jonas Berg; Berg"),
    SimpleNamespace(id="levy", text="The levy on shipping should pass.", cues="levy on shipping; shipping levy"),
]


def _found(text: str) -> list[tuple[str, str, int, str, str]]:
    document = dataclasses.replace(document_of("note.txt", f"{text}\n".encode()), language="en", title="")
    return [
        (one.actor, one.concept, one.stance, one.condition, one.reporter)
        for one in code(document, packaged_world(), CONCEPTS)
    ]


def _sides(text: str) -> set[tuple[str, str, int]]:
    return {one[:3] for one in _found(text)}


def test_the_bid_of_somebody_else_is_not_the_last_candidates() -> None:
    text = (
        "The second candidate is Jonas Berg.\n\nThe nations that have agreed to back Aiko's bid include Chile and Peru."
    )
    assert _sides(text) == set()


@pytest.mark.parametrize("head", ["VIENNA (AP) -- ", "NAIROBI, Kenya - ", "LIMA, Peru \u2014 "])
def test_a_dateline_says_nothing(head: str) -> None:
    assert _sides(f"{head}Chile has announced its intention to back Jonas Berg.") == {("CHL", "berg", 1)}


@pytest.mark.parametrize(
    "text",
    [
        "Some of the countries that have indicated they are supporting Aiko Ito's bid include Chile, Peru and Kenya.",
        "Others are Chile, Peru, and the Republic of Kenya have also pledged to support Aiko Ito.",
    ],
)
def test_a_list_behind_a_relative_clause_is_read_whole_and_reported_by_nobody(text: str) -> None:
    assert _found(text) == [(actor, "ito", 1, "", "") for actor in ("CHL", "KEN", "PER")]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Peru's minister said that the agency should reconsider the shipping levy.", {("PER", "levy", -1)}),
        ("Peru urged the agency to rethink the levy on shipping.", {("PER", "levy", -1)}),
        ("Chile called for a reassessment of the shipping levy.", {("CHL", "levy", -1)}),
        (
            "Peru asked Chile to reconsider its opposition to the shipping levy.",
            {("CHL", "levy", -1), ("PER", "levy", 1)},
        ),
    ],
)
def test_who_wants_a_thing_reconsidered_is_against_it(text: str, side: set[tuple[str, str, int]]) -> None:
    assert _sides(text) == side


def test_nobody_is_left_out_by_a_pronoun() -> None:
    text = "Peru opposes it. All of the leaders except him have supported starting Chilean talks on the shipping levy."
    assert ("CHL", "levy", -1) not in _sides(text)


def test_a_condition_of_somebody_else_is_not_the_speakers() -> None:
    text = "Peru opposes the shipping levy of the agency, which asked for talks on condition that ports are repaired."
    assert _found(text) == [("PER", "levy", -1, "", "")]
    own = "Peru will oppose the shipping levy unless ports are repaired."
    assert _found(own) == [("PER", "levy", -1, "unless ports are repaired", "")]
