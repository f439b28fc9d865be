"""The evidence guard: what does not stand in the source is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.days import parse_day
from foedus.base.errors import InputError
from foedus.evidence.guard import check_statement, find_evidence, guard
from foedus.evidence.readers import document_of
from foedus.evidence.records import Statement

TEXT = "The chair spoke first.\n\nShe said the harbour is \u201cnot\u00a0urgent\u201d and that no vote is planned.\n"
DOCUMENT = document_of("story.txt", TEXT.encode())


def statement(quote: str, passage: str = "p2") -> Statement:
    day = parse_day("2021-03-12")
    return Statement(
        id="s1", source="post", passage=passage, quote=quote, actor="SWE", concept="harbour", stance=-1,
        kind="indirect", venue="public", said_on=day,
    )  # fmt: skip


def test_folded_words_are_found_and_given_as_stored() -> None:
    found = check_statement(statement('harbour is "not  urgent"'), DOCUMENT)
    assert found.passes
    assert found.wording == "harbour is \u201cnot\u00a0urgent\u201d"
    assert TEXT[found.start : found.end] == found.wording


def test_an_omission_is_allowed_where_the_pieces_stand_in_order() -> None:
    assert find_evidence("She said [...] no vote is planned", TEXT).passes
    assert not find_evidence("no vote is planned [...] She said", TEXT).passes


ROLL_CALL = """Roll call on the text

Norway ..... yes

France ..... no

Norway said much. France said ... less, and voted no.

Ruritania .... yes
"""


@pytest.mark.parametrize(
    ("quote", "passage", "stands"),
    [
        ("Norway ..... yes", "p2", True),  # the dots are the source's own
        ("France ..... yes", "p3", False),
        ("France ... yes", "p3", False),  # of two passages: nobody said so
        ("France [...] yes", "p3", False),
        ("Roll call [...] yes", "p1", False),
        ("Norway [...] voted no", "p4", True),  # the first passage that names it has no such words, a later one has
        ("France said ... less", "p4", True),
        ("said much [...] less", "p4", True),
    ],
)
def test_an_omission_stays_within_one_passage(quote: str, passage: str, stands: bool) -> None:
    document = document_of("roll.txt", ROLL_CALL.encode())
    assert [one.place for one in document.passages] == ["p1", "p2", "p3", "p4", "p5"]
    assert check_statement(statement(quote, passage), document).passes is stands
    assert find_evidence(quote, document.text, passages=document.passages).passes is stands


def test_a_close_match_proposes_the_source_and_does_not_pass() -> None:
    found = find_evidence("the harbor is not urgent and that no vote is planed", TEXT)
    assert (found.status, found.passes) == ("close", False)
    assert "no vote is planned" in found.wording
    with pytest.raises(InputError, match=r"it says: .*no vote is planned.*Take that wording"):
        guard([statement("that no vote is planed")], {"post": DOCUMENT})


@pytest.mark.parametrize(
    ("quote", "passage", "reason"),
    [
        ("Sweden refuses every harbour in the north.", "p2", "words that are in story.txt"),
        ("no vote is planned", "p9", "a passage from p1 to p2"),
        ("no vote is planned", "p1", "the passage in which the quote stands: p2"),
        ("", "p7", "a passage from p1 to p2"),
        ("...", "p2", "words that are in story.txt"),
    ],
)
def test_what_does_not_stand_in_the_source_is_refused(quote: str, passage: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason.replace("(", r"\(")):
        guard([statement(quote, passage)], {"post": DOCUMENT})


def test_all_refusals_are_told_at_once_and_other_sources_pass() -> None:
    with pytest.raises(InputError) as caught:
        guard([statement("nothing of the kind at all"), statement("nor anything like this")], {"post": DOCUMENT})
    assert len(caught.value.problems) == 2
    guard([statement("not here")], {"another": DOCUMENT})
    guard([statement("no vote is planned"), statement("", DOCUMENT.passages[1].id)], {"post": DOCUMENT})


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40))
def test_every_piece_of_the_text_passes(start: int, length: int) -> None:
    piece = TEXT[start : start + length]
    if any(map(str.isalnum, piece)):
        assert find_evidence(piece, TEXT).passes


@given(st.text(max_size=50), st.text(max_size=100))
def test_what_passes_stands_in_the_text(quote: str, text: str) -> None:
    found = find_evidence(quote, text)
    if found.status != "absent":
        assert text[found.start : found.end] == found.wording
