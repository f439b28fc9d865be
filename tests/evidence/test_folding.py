"""Folding keeps every offset true to the stored text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence.folding import fold, fold_same_length

TYPOGRAPHY = "\u2018\u2019\u201c\u201d\u00ab\u00bb\u00a0\u202f\u00ad\u200b\ufb01\ufb02\u2026\u2011\n\t ab.,'\""


@given(st.text(alphabet=TYPOGRAPHY + "xyzé", max_size=80))
def test_every_span_maps_to_the_text_that_it_was_folded_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[place] in fold(text[start:end]).text


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_and_the_short_way_keeps_the_length(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
    assert len(fold_same_length(text)) == len(text)


@given(st.text(alphabet=TYPOGRAPHY, max_size=40), st.text(alphabet="abc", min_size=1, max_size=5))
def test_a_word_is_found_at_its_own_place(before: str, word: str) -> None:
    text = f"{before}|{word}|"
    folded = fold(text)
    start = folded.text.index(f"|{word}|") + 1
    assert folded.span(start, start + len(word)) == (len(before) + 1, len(before) + 1 + len(word))


def test_what_is_folded() -> None:
    assert fold("\u201cof\ufb01ce\u201d\u00a0in  a\u00adlliance\u2026").text == '"office" in alliance...'
    assert fold("ÉLYSÉE", case=True).text == "élysée"


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError, match="no span from 2 to 2"):
        fold("abc").span(2, 2)
