"""Whether anybody holds what is attributed, and what stands around a cue and its content."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.evidence.coder.attributions import CLOSING, Attribution
from foedus.evidence.coder.leaning import OBLIGED
from foedus.evidence.coder.narration import nobodys
from foedus.evidence.coder.phrases import noun_phrase_before, verb_group
from foedus.evidence.coder.sentences import Sentence


def of_nobody(sentence: Sentence, one: Attribution) -> bool:
    """Tell whether nobody holds what is attributed: 'whether it supported', 'NATO should support'."""
    if one.rule in CLOSING or one.word is None:
        return False
    source = next((at for at, start in enumerate(sentence.starts) if one.source and start >= one.source[0]), 0)
    if source and source < one.place and nobodys(sentence, source):
        return True
    held = one.word.force != "speech" and one.word.part == "verb"
    near = sentence.lowers[max(0, one.place - 4) : one.place]
    if near[-2:] == ["rule", "out"] and any(word in ("not", "never") or word.endswith("n't") for word in near):
        return True  # not to rule something out is not to want it
    if held and commanded(sentence, one.place):
        return True
    return held and any(sentence.lowers[at] in OBLIGED for at in range(verb_group(sentence, one.place), one.place))


def denied_before(sentence: Sentence, one: Attribution) -> bool:
    """Tell whether a negation stands right before a content: 'asked them not | to open it'."""
    first = next((at for at, start in enumerate(sentence.starts) if one.content and start >= one.content[0][0]), 0)
    return first > one.place and sentence.letters[first - 1] == "Z"


def commanded(sentence: Sentence, place: int) -> bool:
    """Tell whether a verb is what somebody is told or asked to do: 'urged the allies to support'."""
    letters = sentence.letters
    if place < 3 or letters[place - 1] != "t" or letters[place - 2] not in "NPXK":
        return False
    subject = noun_phrase_before(sentence, place - 1)
    return subject is not None and subject[0] > 0 and letters[subject[0] - 1] in "VvG"


def unquoted(text: str, content: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """Yield the spans of a content without the quotation marks at their ends."""
    for first, last in content:
        start, end = first, last
        while start < end and text[start] in _QUOTATION_MARKS:
            start += 1
        while end > start and text[end - 1] in _QUOTATION_MARKS:
            end -= 1
        if end > start:
            yield start, end


_QUOTATION_MARKS = "\u201c\u201d\u201e\u00ab\u00bb\"'\u2018\u2019`, "


def modal(sentence: Sentence, place: int) -> bool:
    """Tell whether a modal stands close before a token."""
    return any(sentence.letters[at] == "L" for at in range(max(0, place - 4), place))


def holds(outer: Attribution, inner: Attribution) -> bool:
    """Tell whether one attribution's cue stands in another's content."""
    return any(start <= inner.cue[0] < end for start, end in outer.content)
