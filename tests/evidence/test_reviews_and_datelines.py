"""Who wants a measure looked at again is against it; a dateline is nobody's word; a bid belongs to whom it names.

The oracle is the plain meaning of each text, written down before the rules ran on it.
"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest

from foedus.evidence.coder import code
from foedus.evidence.readers import document_of
from foedus.world import packaged_world

CONCEPTS = [
    SimpleNamespace(
        id="levy", text="The IMO should adopt a levy on shipping.", cues="levy on shipping; shipping levy; levy"
    ),
    SimpleNamespace(
        id="moratorium",
        text="The Authority should adopt a moratorium on mining.",
        cues="moratorium on mining; moratorium",
    ),
]
CASES = [
    ("Panama's minister said that the IMO should reconsider the levy on shipping.", {("PAN", "levy", -1)}),
    ("Chile called for a reassessment of the shipping levy.", {("CHL", "levy", -1)}),
    ("\u201cWe need to reconsider this levy,\u201d Greece's minister said.", {("GRC", "levy", -1)}),
    ("Malaysia urged the IMO to rethink the shipping levy.", {("MYS", "levy", -1)}),
    (
        "Kingston, Jamaica (Reuters) - Chile and Palau called for a moratorium on mining.",
        {("CHL", "moratorium", 1), ("PLW", "moratorium", 1)},
    ),
    (
        "SUVA, Fiji \u2014 The Pacific Islands Forum said it backs a moratorium on mining.",
        {("pif", "moratorium", 1)},
    ),
]
NEVER = [
    ("Brazil said that it would reconsider its opposition to the shipping levy.", {-1}),
    ("Brazil is reconsidering whether to support the shipping levy.", {-1, 1}),
    ("Japan is reconsidering the shipping levy.", {-1, 1}),
    ("The IMO will reconsider the levy on shipping at its next session.", {-1, 1}),
    ("Brazil's reassessment of the shipping levy is not over.", {-1, 1}),
    ("Kenya will reconsider its support for the shipping levy.", {1}),
    ("Norway rejected calls to reconsider the shipping levy.", {-1}),
]

RIVALS = [
    SimpleNamespace(id="odinga", text="Raila Odinga should be chosen.", cues="Raila Odinga; Odinga"),
    SimpleNamespace(
        id="randria",
        text="Richard Randriamandrato should be chosen.",
        cues="Richard Randriamandrato; Randriamandrato",
    ),
]


def _found(text: str, concepts: list[SimpleNamespace] = CONCEPTS) -> set[tuple[str, str, int]]:
    document = dataclasses.replace(document_of("note.txt", f"{text}\n".encode()), language="en")
    return {(found.actor, found.concept, found.stance) for found in code(document, packaged_world(), concepts)}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_it_reads_what_the_text_says(text: str, expected: set[tuple[str, str, int]]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(("text", "wrong"), NEVER)
def test_another_look_at_an_objection_is_no_objection(text: str, wrong: set[int]) -> None:
    assert not {stance for _, _, stance in _found(text)} & wrong


def test_the_bid_of_another_is_not_that_of_the_sentence_before() -> None:
    text = (
        "Madagascar put forward Richard Randriamandrato. The nations that have agreed to back Raila's bid include Togo "
        "and Rwanda."
    )
    assert {actor for actor, concept, _ in _found(text, RIVALS) if concept == "randria"} == {"MDG"}
