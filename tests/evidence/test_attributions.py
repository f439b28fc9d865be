"""Attributions in invented sentences: who, by which word, what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence.coder.attributions import Attribution, attributions, kind_of
from foedus.evidence.coder.lexicon import ADJECTIVES, FRAMES, NOUNS, VERB_FORMS, inflections
from foedus.evidence.coder.sentences import LONGEST, quotations, sentences
from foedus.evidence.coder.tags import LETTERS


def shown(text: str, one: Attribution) -> tuple[str, str, tuple[str, ...]]:
    source = text[slice(*one.source)] if one.source else ""
    return source, text[slice(*one.cue)], tuple(text[start:end] for start, end in one.content)


def first(text: str) -> tuple[str, str, tuple[str, ...]]:
    return shown(text, next(one for one in attributions(text) if one.depth == 0))


DIRECT = [
    ("\u201cThe port stays shut,\u201d said Ana Lind, a harbour pilot.", "Ana Lind, a harbour pilot", "said"),
    ('"The port stays shut," Lind said on Friday.', "Lind", "said"),
    ("''The port stays shut,'' she added.", "she", "added"),
    ('The mayor told reporters: "The port stays shut."', "The mayor", "told"),
    ('Lind, who runs the docks, replied, "The port stays shut."', "Lind, who runs the docks", "replied"),
    ('"Will the port stay shut?" asked the mayor.', "the mayor", "asked"),
    ("\u00abThe port stays shut,\u00bb the envoy wrote.", "the envoy", "wrote"),
]


@pytest.mark.parametrize(("text", "source", "cue"), DIRECT)
def test_direct_speech(text: str, source: str, cue: str) -> None:
    found = next(attributions(text))
    assert shown(text, found)[:2] == (source, cue)
    assert found.kind == "direct"


INDIRECT = [
    ("The mayor said the port would stay shut.", "The mayor", "the port would stay shut"),
    ("The mayor said on Friday that the port would stay shut.", "The mayor", "that the port would stay shut"),
    ("The port will stay shut, the mayor said.", "the mayor", "The port will stay shut"),
    ("The port will stay shut, said Ana Lind.", "Ana Lind", "The port will stay shut"),
    ("According to the mayor, the port will stay shut.", "the mayor", "the port will stay shut"),
    ("The port will stay shut, according to two pilots.", "two pilots", "The port will stay shut"),
    ("Pilots want to reopen the port.", "Pilots", "to reopen the port"),
    ("The mayor, a former pilot, urged the council to wait.", "The mayor, a former pilot", "the council to wait"),
    ("Pilots have never opposed the plan.", "Pilots", "the plan"),
    ("She asked whether the port would open.", "She", "whether the port would open"),
    ("Pilots called for a new pier.", "Pilots", "a new pier"),
    ("The mayor denied that the pier was sold.", "The mayor", "that the pier was sold"),
    ("As the mayor noted, the pier was sold.", "the mayor", "the pier was sold"),
    ("The mayor\u2019s refusal to sell the pier was clear.", "The mayor\u2019s", "to sell the pier"),
    ("The mayor is confident that the pier will last.", "The mayor", "that the pier will last"),
    ("The pier was praised by both pilots.", "both pilots", "The pier"),
    ("The crew left, saying the pier was cold.", "The crew", "the pier was cold"),
    ("The crew arrived late but said that the pier was cold.", "The crew", "that the pier was cold"),
    ("Pilots voiced concern that the pier was cold.", "Pilots", "that the pier was cold"),
]


@pytest.mark.parametrize(("text", "source", "content"), INDIRECT)
def test_reported_speech_thought_and_wish(text: str, source: str, content: str) -> None:
    found = first(text)
    assert (found[0], found[2]) == (source, (content,))
    assert next(attributions(text)).kind == "indirect"


def test_a_quotation_in_part_is_mixed() -> None:
    text = "The mayor called the pier \u201ca gift\u201d and said it was \u201cnot for sale.\u201d"
    kinds = [one.kind for one in attributions(text)]
    assert kinds == ["mixed", "mixed"]


def test_speech_inside_speech_is_nested() -> None:
    text = "The scholar said that the mayor wants to sell the pier."
    outer, inner = attributions(text)
    assert (outer.depth, inner.depth) == (0, 1)
    assert shown(text, inner) == ("the mayor", "wants", ("to sell the pier",))


def test_two_speakers_of_opposite_mind_are_two_attributions() -> None:
    text = "Pilots support the pier, but fishermen oppose the pier."
    found = [shown(text, one) for one in attributions(text)]
    assert found == [("Pilots", "support", ("the pier",)), ("fishermen", "oppose", ("the pier",))]


def test_a_quotation_goes_on_after_the_cue_and_in_the_next_paragraph() -> None:
    text = '"The port is shut," said Lind. "It stays so."\n\nShe went home.'
    assert first(text)[2] == ('"The port is shut,"', '"It stays so."')
    text = 'Lind said: "The port is shut.\n\n"It stays so."\n\nShe went home.'
    assert first(text)[2] == ('"The port is shut.', '"It stays so."')
    text = 'Lind put it so in her letter and wrote:\n\n"It stays so."\n\n"This too is hers," said Berg.'
    assert first(text)[2] == ('"It stays so."',)


def test_a_content_that_is_interrupted_keeps_both_parts() -> None:
    text = "The pier, she said, is for sale."
    assert first(text)[2] == ("The pier", "is for sale")


def test_a_name_is_no_quotation_and_nobody_speaks_without_a_cue() -> None:
    assert list(attributions('They run a club called "The Pier."')) == []
    assert list(attributions("The pier is long and the water is cold.")) == []


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        (["\u201cThe pier is shut.\u201d"], "direct"),
        (['"The pier', 'is shut."'], "direct"),
        (["''The pier is shut,''", "''for good.''"], "direct"),
        (["the pier is \u201cshut\u201d"], "mixed"),
        (["the pier is shut"], "indirect"),
        (["\u201cThe pier is shut"], "direct"),
    ],
)
def test_the_kind_is_read_from_the_quotation_marks(pieces: list[str], kind: str) -> None:
    assert kind_of(pieces) == kind


def test_quotations_pair_their_marks() -> None:
    text = 'He said "yes", she "no" and 5\' 10" is tall.'
    assert [text[one.start : one.end] for one in quotations(text)] == ['"yes"', '"no"']
    text = "\u201cIt is shut. And \u201cso it stays.\u201d"
    assert [text[one.start : one.end] for one in quotations(text)] == [text]


@given(st.text(alphabet="aA sd.,;:\"'\u201c\u201d()-\n\u00a0tohe0", max_size=300))
def test_no_text_breaks_the_rules_and_every_offset_is_in_it(text: str) -> None:
    for one in attributions(text):
        for start, end in (one.cue, *one.content, *((one.source,) if one.source else ())):
            assert 0 <= start < end <= len(text)


@given(
    st.lists(
        st.sampled_from(
            ["the", "mayor", "said", "that", "she", "wants", "to", ",", '"', "and", "who", "pier", ".", "told", "him"]
        ),
        max_size=60,
    )
)
def test_no_run_of_words_breaks_the_rules(words: list[str]) -> None:
    text = " ".join(words)
    for one in attributions(text):
        assert all(text[start:end].strip() for start, end in one.content)


def test_a_text_without_full_stops_is_broken_off() -> None:
    assert max(len(one.letters) for one in sentences("word " * 5_000)) <= LONGEST + 1


@given(st.text(alphabet='ab .\n,\u201c\u201d"', max_size=200))
def test_tokens_stand_where_they_say(text: str) -> None:
    for one in sentences(text):
        assert len(one.letters) == len(one.words) == len(one.starts) == len(one.ends)
        assert set(one.letters) <= set(LETTERS)
        assert all(start < end for start, end in zip(one.starts, one.ends, strict=True))


def test_the_lexicon_is_sound() -> None:
    assert len(VERB_FORMS) > 1_500
    for form in VERB_FORMS.values():
        assert form.cue.frames <= set(FRAMES)
        assert form.cue.frames or form.cue.particles
    assert {cue.polarity for cue in (*NOUNS.values(), *ADJECTIVES.values())} == {-1, 0, 1}
    assert inflections("deny") == {"deny": "v", "denies": "v", "denying": "G", "denied": "V"}
    assert inflections("agree")["agreed"] == inflections("say")["said"] == "V"
