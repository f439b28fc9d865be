"""Paragraphs out of PDF pages and out of lines that were cut at a column."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.pages import column, pdf_of

from foedus.evidence.readers import document_of
from foedus.evidence.readers.grid import Fragment
from foedus.evidence.readers.hyphens import join_lines
from foedus.evidence.readers.layout import paragraphs_of
from foedus.evidence.readers.wrapped import join_wrapped

LEFT = [
    "Norway said on Monday that the liaison office",
    "in Tokyo should not open, since nobody had ever",
    "asked its parliament. France has long been of the",
    "same mind, and does not think that the alliance",
]
RIGHT = [
    "should be drawn into the Indo-Pacific. Its long-",
    "term plan is another one, say those who know the",
    "govern-",
    "ment well. Germany waits for the others to speak.",
]
READ = (
    "Norway said on Monday that the liaison office in Tokyo should not open, since nobody had ever asked its "
    "parliament. France has long been of the same mind, and does not think that the alliance should be drawn into the "
    "Indo-Pacific. Its long-term plan is another one, say those who know the government well. Germany waits for the "
    "others to speak."
)


def read(*pages: list[tuple[float, float, float, str]]) -> list[str]:
    document = document_of("x.pdf", pdf_of(pages))
    return [document.text[one.start : one.end] for one in document.passages]


def letters(text: str) -> list[str]:
    return [letter for letter in text if letter.isalnum()]


@pytest.mark.parametrize("row_by_row", [False, True])
def test_columns_are_read_one_after_the_other_in_whatever_order_they_are_drawn(row_by_row: bool) -> None:
    words = [*column(LEFT, 50), *column(RIGHT, 320)]
    if row_by_row:
        words.sort(key=lambda one: (-one[1], one[0]))
    assert read([(50, 740, 18, "Who wants the office in Tokyo to open at all?"), *words]) == [
        *("Who wants the office in Tokyo to open at all?", READ)
    ]


def test_heads_and_page_numbers_are_no_part_of_a_sentence_and_notes_come_last() -> None:
    first = [
        (50, 770, 9, "Northern Review, June 2023"),
        *column(LEFT, 50),
        (50, 60, 7, "1 France told us so in an interview."),
    ]
    second = [(50, 770, 9, "Northern Review, June 2023"), *column(RIGHT, 50), (300, 30, 9, "Page 2 of 2")]
    first.append((300, 30, 9, "Page 1 of 2"))
    assert read(first, second) == ["Northern Review, June 2023", READ, "1 France told us so in an interview."]


def test_the_rows_of_a_table_are_lines_and_a_cell_may_have_several() -> None:
    words = [
        *((50, 700, 10, "Croatia"), (200, 700, 10, "It will block the accession unless the election")),
        *((200, 688, 10, "law is changed."), (50, 670, 10, "Hungary"), (200, 670, 10, "Its parliament has not voted.")),
    ]
    assert read(words) == [
        "Croatia | It will block the accession unless the election law is changed.",
        "Hungary | Its parliament has not voted.",
    ]


def test_a_raised_figure_points_to_a_note_and_is_no_part_of_the_word() -> None:
    words = [(50, 700, 10, "The office should open."), (154.5, 704, 6, "3"), (162, 700, 10, "France said no.")]
    assert read(words) == ["The office should open. France said no."]


def test_control_characters_and_names_of_programs_are_no_title() -> None:
    page = [column(["Norway said that the office in Tokyo should open."], 50)]
    assert document_of("x.pdf", pdf_of(page, rb"A\000 Harbour\007", b"Ana Lind")).title == "A Harbour"
    made = document_of("x.pdf", pdf_of(page, b"Microsoft Word - draft.docx", b"Administrator"))
    assert (made.title, made.author) == ("", "")


@given(
    st.lists(
        st.builds(
            Fragment,
            st.text("abcdefgh .-\u00e9\u00df\u0416", min_size=1, max_size=30).filter(
                lambda text: any(map(str.isalpha, text))
            ),
            st.floats(0, 500),
            st.floats(500, 600),
            st.floats(0, 800),
            st.sampled_from([6.0, 10.0, 18.0]),
        ),
        max_size=40,
    )
)
def test_no_letter_of_a_page_is_lost(fragments: list[Fragment]) -> None:
    found = letters(" ".join(paragraphs_of([fragments])))
    assert sorted(found) == sorted(letters(" ".join(one.text for one in fragments)))


LETTER = """From: Ana Lind <ana@x.org>
To: Bo Berg
Date: Mon, 10 Jul 2023

Dear Bo,

France has told us again that it does not think that the liaison office in
Tokyo should open. Germany and the Netherlands do not agree, and they would
not block a decision.

> Norway is not going to oppose this, as far as I can see, and it has never
> said that it would.

Points:
- Germany supports the office and has said so in every meeting that was held
  since January;
- Italy waits.

Ana
--
Ministry of Foreign Affairs
Oslo
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_letter_is_read_by_its_paragraphs(end: str) -> None:
    document = document_of("letter.txt", LETTER.replace("\n", end).encode())
    assert [document.text[one.start : one.end] for one in document.passages] == [
        "From: Ana Lind <ana@x.org>",
        "To: Bo Berg",
        "Date: Mon, 10 Jul 2023",
        "Dear Bo,",
        (
            "France has told us again that it does not think that the liaison office in Tokyo should open. Germany and "
            "the Netherlands do not agree, and they would not block a decision."
        ),
        "Norway is not going to oppose this, as far as I can see, and it has never said that it would.",
        "Points:",
        "- Germany supports the office and has said so in every meeting that was held since January;",
        "- Italy waits.",
        "Ana",
        "--",
        "Ministry of Foreign Affairs",
        "Oslo",
    ]


def test_a_sentence_goes_on_over_a_page_of_a_plain_text() -> None:
    text = "\n".join(textwrap.wrap(READ, 70))
    lines = text.split("\n")
    paged = "\n".join([*lines[:3], "", "7", "\f" + lines[3], *lines[4:]])
    assert READ in join_wrapped(paged).split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "Norway: in favour of the office\nFrance: against the office\nItaly: undecided on the office\n",
        f"A first paragraph that stands on one line, {'as an editor writes it, ' * 5}and so on.\nNo.\n",
        "We met.\nWe talked.\nNothing was decided.\n",
        "country | position\nNorway | in favour\n",
        "The minister met the press on Monday and said that nothing had been decided\n\nNorway is in favour\n",
    ],
)
def test_a_text_that_was_not_cut_stays_as_it_is(text: str) -> None:
    assert join_wrapped(text) == text


WORDS = st.lists(st.text("abcdefghij\u00e9\u00df\u0436", min_size=1, max_size=9), min_size=12, max_size=60)


@given(WORDS, st.integers(40, 100))
def test_a_paragraph_that_was_cut_is_whole_again(words: list[str], width: int) -> None:
    paragraph = " ".join(words)
    assert join_wrapped("\n".join(textwrap.wrap(paragraph, width))) == paragraph


@given(st.lists(st.text("abcdef GHI.,:;>-*0123 \u00e9\u65e5\t\f", max_size=60), max_size=20))
def test_joining_loses_no_letter_and_adds_none(lines: list[str]) -> None:
    text = "\n".join(lines)
    once = join_wrapped(text)
    assert sorted(letters(once)) == sorted(letters(text))


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the govern-", "ment"], "the government"),
        (["die R\u00e9publi-", "que"], "die R\u00e9publique"),
        (
            ["\u041f\u0440\u0430\u0432\u0438-", "\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u043e"],
            "\u041f\u0440\u0430\u0432\u0438\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u043e",
        ),
        (["GOVERN-", "MENT"], "GOVERNMENT"),
        (["a long-", "term plan"], "a long-term plan"),
        (["the Indo-", "Pacific"], "the Indo-Pacific"),
        (["a NATO-", "led force"], "a NATO-led force"),
        (
            ["a US-", "Japan treaty, with the co-", "operation that cooperation is"],
            "a US-Japan treaty, with the cooperation that cooperation is",
        ),
        (["state-of-the-", "art"], "state-of-the-art"),
        (["an F-", "16 and 2022-", "2024"], "an F-16 and 2022-2024"),
        (["soft hy\u00ad", "phens"], "soft hyphens"),
        (["a dash -", "and more"], "a dash - and more"),
        (
            ["\u6771\u4eac\u306b\u4e8b\u52d9\u6240\u3092", "\u958b\u8a2d"],
            "\u6771\u4eac\u306b\u4e8b\u52d9\u6240\u3092\u958b\u8a2d",
        ),
    ],
)
def test_words_that_were_broken_at_the_end_of_a_line(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined
