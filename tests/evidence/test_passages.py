"""The rule coder on invented passages of several styles, beside the public and the hand-coded gold."""

from __future__ import annotations

import csv
from pathlib import Path

from foedus.base.days import parse_day
from foedus.dossiers import Dossier
from foedus.evidence.coder import code
from foedus.evidence.evaluate import LEAST_CERTAINTY
from foedus.evidence.readers import document_of

DAY = parse_day("2023-07-01")


def _passages() -> list[tuple[str, str, set[tuple[str, str, int]]]]:
    """Return style, text and codings; they were written before the rules were tried on them, and state no fact."""
    with Path(__file__).with_name("passages.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["style"], row["text"], {_coding(one) for one in row["codings"].split("; ") if one})
            for row in csv.DictReader(file)
        ]


def _coding(words: str) -> tuple[str, str, int]:
    actor, concept, stance = words.split()
    return actor, concept, int(stance)


def _found(text: str, tokyo: Dossier) -> set[tuple[str, str, int]]:
    document = document_of("passage.txt", f"{text}\n".encode())
    coded = code(document, tokyo.world, tokyo.concepts, on=DAY, least=LEAST_CERTAINTY)
    return {(one.actor, one.concept, one.stance) for one in coded}


def test_most_of_what_invented_passages_say_is_found_and_little_else(tokyo: Dossier) -> None:
    # 44 of 46 codings are found and nothing else; a change may cost one or two of them, and must be noticed beyond.
    results = [(_found(text, tokyo), expected) for _, text, expected in _passages()]
    right = sum(len(found & expected) for found, expected in results)
    assert right >= 42
    assert sum(len(found) for found, _ in results) - right <= 2


def test_nothing_is_found_where_nothing_is_said(tokyo: Dossier) -> None:
    for style, text, _ in _passages():
        if style == "nothing":
            assert _found(text, tokyo) == set(), text


def test_what_should_be_done_by_somebody_is_not_what_that_somebody_wants(tokyo: Dossier) -> None:
    text = "Many Allies doubt that NATO should deepen its engagement in the Indo-Pacific."
    assert _found(text, tokyo) == {("nato-members", "asia-role", -1)}


def test_the_doer_of_a_passive_is_whom_by_names(tokyo: Dossier) -> None:
    assert _found("The liaison office in Tokyo was vetoed by Hungary.", tokyo) == {("HUN", "office", -1)}


def test_the_move_means_what_was_spoken_of_last(tokyo: Dossier) -> None:
    text = "Canada supports a liaison office in Tokyo.\n\nBelgium opposes the move."
    assert _found(text, tokyo) == {("CAN", "office", 1), ("BEL", "office", -1)}


def test_us_in_capitals_is_a_state(tokyo: Dossier) -> None:
    assert ("USA", "office", 1) in _found("The US wants to open a liaison office in Tokyo.", tokyo)


def test_a_name_without_a_day_means_what_it_means_now(tokyo: Dossier) -> None:
    document = document_of("passage.txt", b"Germany supports a liaison office in Tokyo.\n")
    assert [one.actor for one in code(document, tokyo.world, tokyo.concepts)] == ["DEU"]
