"""Whose verb it is: the subject of a finite verb, an infinitive, a participle or a coordinated verb."""

from __future__ import annotations

from foedus.evidence.coder.lexicon import speaks
from foedus.evidence.coder.phrases import (
    main_subject,
    noun_phrase_after,
    noun_phrase_before,
    subject_before,
    verb_group,
)
from foedus.evidence.coder.sentences import Sentence

Range = tuple[int, int]


def subject_of(sentence: Sentence, place: int) -> Range | None:
    """Return the subject of the verb at ``place``.

    Examples
    --------
    >>> from foedus.evidence.coder.sentences import sentences
    >>> sentence = next(sentences("The envoy smiled, adding that it was late."))
    >>> sentence.words[slice(*subject_of(sentence, sentence.lowers.index("adding")))]
    ['The', 'envoy']
    """
    letters = sentence.letters
    start = verb_group(sentence, place)
    before = letters[start - 1] if start else ""
    if before == "E":
        return start - 1, start
    if before == "t":
        return _of_infinitive(sentence, start - 1)
    if before == "C":
        return main_subject(sentence, start - 1)
    if letters[place] == "G" or (before and before in "IaS"):
        return _of_participle(sentence, place, start)
    subject = subject_before(sentence, start)
    if subject is None and before and before in ",-)" and letters[place] in "VvWAL":
        subject = main_subject(sentence, start - 1)
    return subject


def _of_infinitive(sentence: Sentence, to: int) -> Range | None:
    letters = sentence.letters
    if to and letters[to - 1] in "OP":
        return noun_phrase_before(sentence, to)
    place = to - 1
    while place > 0 and to - place < 8 and letters[place] not in "VvWGAE":
        place -= 1
    if place > 0 and letters[place] in "VvWGAE":
        return (place, place + 1) if letters[place] == "E" else subject_of(sentence, place)
    return None


def _of_participle(sentence: Sentence, place: int, start: int) -> Range | None:
    letters = sentence.letters
    if start > 2 and letters[start - 1] == "," and letters[start - 2] in "Vv" and speaks(sentence.lowers[start - 2]):
        said = subject_before(sentence, verb_group(sentence, start - 2))
        if said is not None:
            return said
    if start and letters[start - 1] in "NPRXMK)EOD" and letters[place] == "G":
        near = noun_phrase_before(sentence, start)
        if near is not None and (near[0] == 0 or letters[near[0] - 1] in "IS,Cb" or letters[place - 1] in "AE"):
            return near
    return main_subject(sentence, start) or _after_opening(sentence, place)


def _after_opening(sentence: Sentence, place: int) -> Range | None:
    """Return the subject that follows an opening participle: 'Citing costs, the minister ...'."""
    comma = sentence.letters.find(",", place)
    if not 0 < comma < len(sentence.letters) - 1:
        return None
    end = noun_phrase_after(sentence, comma + 1)
    return (comma + 1, end) if end else None
