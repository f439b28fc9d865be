"""Quotation marks of all kinds, quotations over paragraphs, and names after a dash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.dossiers import Dossier
from foedus.evidence.coder import code
from foedus.evidence.coder.marks import plain_marks
from foedus.evidence.readers import document_of

SAID = "We oppose the liaison office in Tokyo"


@pytest.fixture
def found(tokyo: Dossier):
    def of(text: str) -> list[tuple[str, int, str, str]]:
        document = document_of("note.txt", f"The council met on Monday in Brussels.\n{text}\n".encode())
        coded = code(document, tokyo.world, tokyo.concepts)
        return [(one.actor, one.stance, one.kind, one.person) for one in coded if one.concept == "office"]

    return of


@pytest.mark.parametrize(
    "marks",
    ["“{},”", "»{}«,", "„{}“,", "«{}»,", "« {} »,", "‘{},’", "'{},'", "‹{}›,", "``{},''", "「{}」,", "‚{}‘,", "”{}”,"],
)
def test_marks_of_all_kinds_make_a_quotation(found, marks: str) -> None:
    text = f"{marks.format(SAID)} French foreign minister Catherine Colonna said."
    assert found(text) == [("FRA", -1, "direct", "Catherine Colonna")]


@pytest.mark.parametrize(
    "text",
    [
        f"“{SAID}.” — Catherine Colonna, French foreign minister",
        f'"{SAID}." -- French Foreign Minister Catherine Colonna',
        f"«{SAID}.»\n– Catherine Colonna, French foreign minister",
        f"{SAID}. – Catherine Colonna, French foreign minister",
        f"French foreign minister Catherine Colonna said: “It is for us.\n\n“It never was for Asia.\n\n“{SAID}.”",
        f"“It is for us,” French foreign minister Catherine Colonna said. “It never was for Asia.\n\n“{SAID}.”",
    ],
)
def test_names_after_a_dash_and_quotations_over_paragraphs(found, text: str) -> None:
    assert found(text) == [("FRA", -1, "direct", "Catherine Colonna")]


def test_a_dash_within_a_sentence_signs_nothing(found) -> None:
    assert found("France – a founding member – opposes the liaison office in Tokyo.") == [("FRA", -1, "narrated", "")]


@pytest.mark.parametrize(
    "text",
    [
        "The allies’ officials said that France’s ‘no’ to the plan was final.",
        "It's the ministers' plan, and nobody's else's.",
        "A 5' pole and a 6' one; rock 'n' roll.",
        "Plain words.",
    ],
)
def test_apostrophes_and_single_words_are_no_speech(text: str) -> None:
    assert plain_marks(text) == text


@given(st.text("ab .,'’‘“”„«»‹›\"「」\n-", max_size=60))
def test_every_character_but_a_mark_stays_in_its_place(text: str) -> None:
    plain = plain_marks(text)
    assert len(plain) == len(text)
    assert all(one == other for one, other in zip(text, plain, strict=True) if one in "ab .,\n-")
