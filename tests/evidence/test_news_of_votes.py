"""How news tells of votes, vetoes and bids: abstentions in lists, another's bid, more than what is offered.

The oracle is the plain meaning of each text, written down before the rules ran on it.
"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest

from foedus.evidence.coder import code
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.readers import document_of
from foedus.world import packaged_world

CONCEPTS = {
    "nature": SimpleNamespace(
        id="nature", text="The Council should adopt the nature restoration law.", cues="restoration law"
    ),
    "year": SimpleNamespace(id="year", text="The mandate should be extended by a year.", cues="one-year extension"),
    "sixm": SimpleNamespace(
        id="sixm", text="The mandate should be extended by six months.", cues="six-month extension"
    ),
    "riyadh": SimpleNamespace(
        id="riyadh",
        text="The Expo should go to Riyadh.",
        cues="Riyadh; Saudi bid; Saudi Arabia's bid; Saudi Arabia host",
    ),
    "busan": SimpleNamespace(
        id="busan", text="The Expo should go to Busan.", cues="Busan; South Korea's bid; Korean bid; South Korea host"
    ),
}


def _found(text: str, concepts: str) -> list[Candidate]:
    document = dataclasses.replace(document_of("note.txt", f"{text}\n".encode()), language="en")
    return list(code(document, packaged_world(), [CONCEPTS[one] for one in concepts.split()]))


CASES = [
    ("Planned abstentions from Belgium, Austria and Finland would sink the nature restoration law.", "nature",
     {("BEL", "nature", 0), ("AUT", "nature", 0), ("FIN", "nature", 0)}),
    (("The vote on the nature restoration law was put off after Belgium, Austria and Finland signalled that they would "
     "abstain."), "nature", {("BEL", "nature", 0), ("AUT", "nature", 0), ("FIN", "nature", 0)}),
    (("The nature restoration law lacks a majority. Apart from Poland, which had called for changes, Austria, Latvia, "
     "Malta and Romania joined the abstainers, while Sweden announced it would vote against."), "nature",
     {("AUT", "nature", 0), ("LVA", "nature", 0), ("MLT", "nature", 0), ("ROU", "nature", 0), ("SWE", "nature", -1)}),
    ("A text on a one-year extension fell, with China abstaining and Russia using its veto to defeat the measure.",
     "year", {("CHN", "year", 0), ("RUS", "year", -1)}),
    ("Ireland wants more than a six-month extension.", "sixm", set()),
    ("Ireland wants no more than a six-month extension.", "sixm", {("IRL", "sixm", 1)}),
    (("Russia's envoy said that unless the council settles for the Russian six-month extension, there would be no "
     "agreement."), "sixm", {("RUS", "sixm", 1)}),
    ("South Korea's minister said his country was fighting hard to beat a rival bid from Saudi Arabia.", "riyadh busan",
     {("KOR", "riyadh", -1)}),
    ("France has backed Riyadh. Italy and South Korea are battling it out for the right to host the fair.",
     "riyadh busan", {("FRA", "riyadh", 1), ("KOR", "busan", 1)}),
    ("Japan and South Korea both want to host the fair.", "busan riyadh", {("KOR", "busan", 1)}),
    ("Italy has supported the nature restoration law from the outset but has also raised concerns.", "nature",
     {("ITA", "nature", 1)}),
    ("Italy supported the nature restoration law but now rejects it.", "nature", {("ITA", "nature", -1)}),
    ("The Expo will go to Riyadh.\n\nItaly's minister said: \"We are all unhappy.\"", "riyadh", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "concepts", "expected"), CASES, ids=[text[:60] for text, _, _ in CASES])
def test_news_of_votes_and_bids_is_read_as_it_is_meant(
    text: str, concepts: str, expected: set[tuple[str, str, int]]
) -> None:
    assert {(one.actor, one.concept, one.stance) for one in _found(text, concepts)} == expected


def test_doubts_beside_support_are_left_to_the_reader() -> None:
    found = _found("Italy has supported the nature restoration law but has also raised concerns.", "nature")
    assert [one.doubts for one in found] == [("has raised doubts too",)]


def test_a_denied_abstention_is_none() -> None:
    found = _found("Germany denied that it would join the abstainers on the nature restoration law.", "nature")
    assert [one.signal for one in found if one.signal] == []


@pytest.mark.parametrize(
    "text",
    [
        "Norway proposed a one-year extension of aid provided to Syrians.",
        "Norway supports a one-year extension, meaning that if it fails, the mission ends.",
    ],
)
def test_an_account_of_a_rule_is_no_condition(text: str) -> None:
    assert [(one.actor, one.condition, one.signal) for one in _found(text, "year")] == [("NOR", "", "")]
