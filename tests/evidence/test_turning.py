"""Sentences that say the opposite of their commonest word, and those that only seem to take a side."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace

import pytest

from foedus.evidence.coder import Candidate, code
from foedus.evidence.readers import document_of
from foedus.world import packaged_world


def _concept(id_: str, text: str, cues: str) -> SimpleNamespace:
    return SimpleNamespace(id=id_, text=text, cues=cues)


CONCEPTS = [
    _concept("bolivia", "Mercosur should admit Bolivia.", "admit Bolivia; Bolivia's accession"),
    _concept("odinga", "Raila Odinga should be Chairperson of the Commission.", "Raila Odinga; Odinga's candidacy"),
    _concept("youssouf", "Mahmoud Ali Youssouf should be Chairperson of the Commission.", "Mahmoud Ali Youssouf"),
    _concept("sanctuary", "The Commission should create a whale sanctuary.", "whale sanctuary; create sanctuary"),
    _concept("kosovo", "The Council of Europe should admit Kosovo.", "admit Kosovo; Kosovo's accession"),
]


def _found(text: str, on: dt.date | None = None) -> tuple[Candidate, ...]:
    document = dataclasses.replace(document_of("note.txt", f"{text}\n".encode()), language="en", published=on)
    return code(document, packaged_world(), CONCEPTS)


EXCEPTING = (
    '"All countries except those that hunt (Japan and Iceland) and one small country (Palau) are determined" to create '
    "the whale sanctuary, the chair said."
)
SIDES = [
    (EXCEPTING, {("JPN", "sanctuary", -1), ("ISL", "sanctuary", -1), ("PLW", "sanctuary", -1)}),
    ("Ethiopia called on Raila Odinga to withdraw.", {("ETH", "odinga", -1)}),
    ("Kenyan minister Raila Odinga withdrew his candidacy, clearing the way for Mahmoud Ali Youssouf.",
     {("KEN", "odinga", -1)}),
    ("Ghana denied that it had promised its vote to Raila Odinga.", set()),
    ("Belgrade claims that Greece will vote against Kosovo's accession, which Athens denies.", set()),
    ("Serbia failed to persuade Hungary to vote against Kosovo's accession.", {("SRB", "kosovo", -1)}),
    ("Kenya did not manage to talk Tanzania into supporting Raila Odinga.", {("KEN", "odinga", 1)}),
    ("Morocco said it preferred Mahmoud Ali Youssouf to Raila Odinga.",
     {("MAR", "youssouf", 1), ("MAR", "odinga", -1)}),
    ("Uganda would rather have Raila Odinga than Mahmoud Ali Youssouf.",
     {("UGA", "odinga", 1), ("UGA", "youssouf", -1)}),
    ("Chile said it shared the concerns set out in the whale sanctuary.", set()),
    ("Norway proposed to adjourn the debate on the whale sanctuary.", {("NOR", "sanctuary", -1)}),
    ("Greece asked for the vote on Kosovo's accession to be put off until the spring.", {("GRC", "kosovo", -1)}),
    ("The Council spoke of Kosovo's accession. China called on the sponsors to think again.", set()),
    ("Germany warned against postponing Kosovo's accession.", {("DEU", "kosovo", 1)}),
    ("Zambia switched from Raila Odinga to Mahmoud Ali Youssouf.", {("ZMB", "youssouf", 1), ("ZMB", "odinga", -1)}),
    ("No country other than Spain and Cyprus has announced that it would vote against Kosovo's accession.",
     {("ESP", "kosovo", -1), ("CYP", "kosovo", -1)}),
    ("Poland, long sceptical, now says that Kosovo has met the conditions for admission.", {("POL", "kosovo", 1)}),
    ("EU governments backed Kosovo's accession.", {("eu", "kosovo", 1)}),
    ("20 states voted for the whale sanctuary, 2 [Japan and Iceland] against.",
     {("JPN", "sanctuary", -1), ("ISL", "sanctuary", -1)}),
    ("Russia blocked Kosovo's accession. Sweden supports Bolivia's accession and rejected Russia's veto.",
     {("RUS", "kosovo", -1), ("SWE", "bolivia", 1), ("SWE", "kosovo", 1)}),
    ("Sponsors are Japan and Korea. Korea supports the whale sanctuary.", {("KOR", "sanctuary", 1)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SIDES, ids=[text[:40] for text, _ in SIDES])
def test_the_sense_is_not_turned_round(text: str, expected: set[tuple[str, str, int]]) -> None:
    """Each side as a person reads it; who takes none is told as neither, or not at all."""
    assert {(one.actor, one.concept, one.stance) for one in _found(text) if one.stance} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Uruguay stopped short of endorsing Bolivia's accession.",
        "South Africa has not endorsed Raila Odinga.",
        "India refused to rule out supporting the whale sanctuary.",
        "Brazil and Argentina sent their leaders to Montevideo, which was taken as support for Bolivia's accession.",
    ],
)
def test_who_takes_no_side_is_given_none(text: str) -> None:
    assert all(one.stance == 0 for one in _found(text))


@pytest.mark.parametrize(
    ("text", "stance", "condition"),
    [
        ("Brazil would support Bolivia's accession only under certain conditions.", 1, "only under certain conditions"),
        ("Without a pledge on beef, Paraguay would veto Bolivia's accession.", -1, "a pledge on beef"),
        ("Spain has linked its consent to Kosovo's accession to the rights of Serbs in the north.", -1,
         "the rights of Serbs in the north"),
    ],
)  # fmt: skip
def test_a_condition_without_a_conjunction_is_recorded(text: str, stance: int, condition: str) -> None:
    assert [(one.stance, one.condition) for one in _found(text)] == [(stance, condition)]


def test_what_is_said_now_has_the_day_of_the_document() -> None:
    """The abstention was in April, the support is of the day on which the text came out."""
    day = dt.date(2025, 10, 15)
    text = "Peru abstained in April because the whale sanctuary was too small, but now says that it will vote for it."
    assert [(one.actor, one.stance, one.said_on) for one in _found(text, day)] == [("PER", 1, day)]


@pytest.mark.parametrize(
    "text",
    [
        "If Argentina is persuaded, it might drop its opposition to Bolivia's accession.",
        "Uruguay could one day lift its veto on Bolivia's accession.",
        "Chile urged Paraguay to drop its veto on Bolivia's accession.",
        "Chile hopes that Paraguay will drop its veto on Bolivia's accession.",
    ],
)
def test_nobody_has_withdrawn_who_only_might(text: str) -> None:
    assert "withdrawal" not in {one.signal for one in _found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Paraguay has dropped its veto on Bolivia's accession.",
        "Paraguay said that it had dropped its veto on Bolivia's accession.",
        "Chile welcomed that Paraguay had dropped its veto on Bolivia's accession.",
    ],
)
def test_a_withdrawal_is_of_whoever_objected(text: str) -> None:
    assert {one.actor for one in _found(text) if one.signal == "withdrawal"} == {"PRY"}


@pytest.mark.parametrize(
    "text",
    [
        "Chile hopes that Paraguay will drop its veto on Bolivia's accession.",
        "Chile hopes that Paraguay will support Bolivia's accession.",
        "Chile hoped that Paraguay would not block Bolivia's accession.",
    ],
)
def test_what_is_hoped_of_another_is_not_its_word(text: str) -> None:
    assert {(one.actor, one.stance) for one in _found(text)} == {("CHL", 1)}
