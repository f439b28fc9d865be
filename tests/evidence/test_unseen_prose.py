"""Kinds of sentences that prose of other debates is full of: who is meant, what is meant, who joins in."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest

from foedus.evidence.coder import code
from foedus.evidence.coder.terms import term
from foedus.evidence.readers import document_of
from foedus.world import packaged_world


def _concept(id_: str, text: str, cues: str) -> SimpleNamespace:
    return SimpleNamespace(id=id_, text=text, cues=cues)


CONCEPTS = {
    "levy": _concept("levy", "The EU should impose a levy on flights.", "levy on flights; flight levy"),
    "ban": _concept("ban", "The EU should ban the sale of coal.", "ban on coal sales; sales ban"),
    "syria": _concept("syria", "The Arab League should readmit Syria.", "readmission of Syria; Syria's return"),
    "fund": _concept("fund", "The EU should pay out grants.", "grants"),
    "finland": _concept("finland", "NATO should admit Finland.", "Finland's membership; accession of Finland"),
    "sweden": _concept("sweden", "NATO should admit Sweden.", "Sweden's membership; accession of Sweden"),
}


def _coded(text: str, *concepts: str) -> set[tuple[str, str, int]]:
    document = dataclasses.replace(document_of("note.txt", f"{text}\n".encode()), language="en")
    found = code(document, packaged_world(), [CONCEPTS[one] for one in concepts])
    return {(one.actor, one.concept, one.stance) for one in found}


MEANT = [
    ("Poland opposed banning the sale of coal.", "ban", {("POL", "ban", -1)}),
    ("Poland opposed a prohibition on coal sales.", "ban", {("POL", "ban", -1)}),
    ("Spain backed the ban on coal sales. Weeks went by. Italy, too, welcomed the ban.", "ban",
     {("ESP", "ban", 1), ("ITA", "ban", 1)}),
    ("Spain wants a coal-free market; Poland backs the ban on coal sales.", "ban", {("POL", "ban", 1)}),
    ("Qatar opposed Syrian readmission.", "syria", {("QAT", "syria", -1)}),
    ("Qatar opposed the reinstatement of Syria.", "syria", {("QAT", "syria", -1)}),
    ("Jordan said that Syria should be let back into the Arab League.", "syria", {("JOR", "syria", 1)}),
    ("Spain supports Finnish and Swedish membership.", "finland sweden",
     {("ESP", "finland", 1), ("ESP", "sweden", 1)}),
    ("Hungary blocked Sweden's membership.", "finland sweden", {("HUN", "sweden", -1)}),
    ("Austria remains firmly opposed to Finland and Sweden joining the alliance.", "sweden", {("AUT", "sweden", -1)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "concepts", "expected"), MEANT, ids=[text for text, _, _ in MEANT])
def test_a_concept_is_known_by_other_words(text: str, concepts: str, expected: set[tuple[str, str, int]]) -> None:
    assert _coded(text, *concepts.split()) == expected


WHO = [
    ("Malta voted against the flight levy, as did Cyprus.", {("MLT", -1), ("CYP", -1)}),
    ("Malta backs the flight levy, and so does Cyprus.", {("MLT", 1), ("CYP", 1)}),
    ("Malta, backed by Cyprus and Greece, blocked the flight levy.", {("MLT", -1), ("CYP", -1), ("GRC", -1)}),
    ("Denmark has joined the Maltese veto on the flight levy.", {("DNK", -1), ("MLT", -1)}),
    ("Greece does not share Malta's objections to the flight levy.", {("MLT", -1)}),
    ("Malta and Cyprus are the two countries that oppose the flight levy.", {("MLT", -1), ("CYP", -1)}),
    ("Malta and Cyprus were among the countries against the flight levy.", {("MLT", -1), ("CYP", -1)}),
    ("Malta is among the main opponents of the flight levy.", {("MLT", -1)}),
    ("A source named Malta and Cyprus as opposing the flight levy.", {("MLT", -1), ("CYP", -1)}),
    ("Other states defended the flight levy, including Spain and Italy.", {("ESP", 1), ("ITA", 1)}),
    ("A group of states led by Spain is pushing for the flight levy.", {("ESP", 1)}),
    ("A Spanish-led push for the flight levy has stalled.", {("ESP", 1)}),
    ("The three Baltic states support the flight levy.", {("EST", 1), ("LVA", 1), ("LTU", 1)}),
    ("Members of parliament rejected the flight levy.", set()),
    ("The EU's seafaring nations oppose the flight levy.", set()),
    ("The flight levy was put to a vote. Malta and Cyprus abstained from the vote.", {("MLT", 0), ("CYP", 0)}),
    ("On the flight levy, two (Malta and Cyprus) voted against.", {("MLT", -1), ("CYP", -1)}),
    ('Malta\'s transport minister was blunt about the flight levy: "We will vote no."', {("MLT", -1)}),
    ("As for Malta, it seems that it will not object to the flight levy.", {("MLT", 1)}),
    ("This leaves Malta as the only opponent of the flight levy.", {("MLT", -1)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WHO, ids=[text for text, _ in WHO])
def test_who_takes_a_side(text: str, expected: set[tuple[str, int]]) -> None:
    assert _coded(text, "levy") == {(actor, "levy", stance) for actor, stance in expected}


SIDES = [
    ("Malta ended weeks of doubt by opposing the flight levy.", {("MLT", -1)}),
    ("Ambassadors of the EU failed to agree on the flight levy.", set()),
    ("Malta has not taken sides on the flight levy.", {("MLT", 0)}),
    ("Malta has never hidden its distaste for the flight levy.", {("MLT", -1)}),
    ("Seen from Valletta, the flight levy is an assault on tourism.", {("MLT", -1)}),
    ("Malta would do well to accept the flight levy.", set()),
    ("The first aim of Malta is to block the flight levy.", {("MLT", -1)}),
    ("Malta is holding the whole of the flight levy to ransom.", {("MLT", -1)}),
    ("With the backing of Spain, the flight levy passed.", {("ESP", 1)}),
    ("Should the fee fall, Malta would vote for the flight levy.", {("MLT", 1)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SIDES, ids=[text for text, _ in SIDES])
def test_which_side(text: str, expected: set[tuple[str, int]]) -> None:
    assert _coded(text, "levy") == {(actor, "levy", stance) for actor, stance in expected}


def test_what_is_put_second_is_not_wanted() -> None:
    assert _coded("Finland prefers loans rather than grants.", "fund") == {("FIN", "fund", -1)}


def test_words_of_one_meaning_are_one_term() -> None:
    same = [("exclusion", "exclude"), ("normalization", "normalise"), ("bans", "banned"), ("accord", "pact"),
            ("imposition", "impose"), ("ratified", "ratify"), ("expansion", "enlargement")]  # fmt: skip
    assert [pair for pair in same if term(pair[0]) != term(pair[1])] == []
    other = [("mission", "missile"), ("position", "impose"), ("nation", "national"), ("commission", "commit")]
    assert [pair for pair in other if term(pair[0]) == term(pair[1])] == []
