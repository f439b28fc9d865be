"""Kinds of real prose that the coder reads: lists, votes, titles, proposals, the author's own voice."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.dossiers import Dossier
from foedus.evidence.coder import code
from foedus.evidence.readers import document_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some members, like Spain and Norway, oppose the liaison office in Tokyo.", {("ESP", -1), ("NOR", -1)}),
        ("Supporters of the liaison office in Tokyo include Norway and Spain.", {("ESP", 1), ("NOR", 1)}),
        ("The plan for a liaison office in Tokyo was vetoed by Spain.", {("ESP", -1)}),
        ("Spain cast a veto against the liaison office in Tokyo.", {("ESP", -1)}),
        ("Norway will not agree to the liaison office in Tokyo.", {("NOR", -1)}),
        ("The ministers of Norway and Spain welcomed the liaison office in Tokyo.", {("ESP", 1), ("NOR", 1)}),
        ("Norway is confident that Spain will support the liaison office in Tokyo.", set()),
        ("Thus it transpires that the liaison office in Tokyo has been approved by nobody.", set()),
        ("Norway visited Spain a day after the talks on the liaison office in Tokyo ended.", set()),
        ("Norway declined to say whether it supported the liaison office in Tokyo.", set()),
        ("Norway said that the liaison office in Tokyo is not just useful.", {("NOR", 1)}),
    ],
)
def test_a_kind_of_prose(text: str, expected: set[tuple[str, int]], tokyo: Dossier) -> None:
    document = document_of("note.txt", f"{text}\n".encode())
    found = code(document, tokyo.world, tokyo.concepts, on=dt.date(2023, 7, 1), least=0.0)
    assert {(one.actor, one.stance) for one in found if one.concept == "office"} == expected, text
