"""The rules that find cues with their sources and contents in one tagged sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foedus.evidence.coder.closings import closing, content_start, inverted
from foedus.evidence.coder.complements import complement_of, skip_time
from foedus.evidence.coder.hits import Hit, Range
from foedus.evidence.coder.lexicon import ADJECTIVES, NOUNS, VERB_FORMS, Cue
from foedus.evidence.coder.phrases import (
    clause_end,
    noun_phrase_before,
    subject_after,
    subject_before,
    verb_group,
)
from foedus.evidence.coder.sentences import Sentence
from foedus.evidence.coder.subjects import subject_of
from foedus.evidence.coder.wordlists import wordset

_CUES = re.compile("[VvGKk]")
_BE = wordset("am is are was were be been being get got gets")
_LIGHT = wordset(
    "express expresses expressed expressing voice voices voiced voicing raise raises raised raising have has "
    "had having "
    "make makes made making issue issues issued share shares shared give gives gave reiterate reiterated declare "
    "lend offer offered offers announce announced pledge pledged signal signaled signalled state stated show showed"
)


def hits(sentence: Sentence) -> list[Hit]:
    """Return every attribution that a rule finds in a sentence, at most one a cue.

    Examples
    --------
    >>> from foedus.evidence.coder.sentences import sentences
    >>> sentence = next(sentences("According to the envoy, the plan is sound."))
    >>> [hit.rule for hit in hits(sentence)]
    ['according to']
    """
    hits_here: list[Hit] = []
    letters = sentence.letters
    taken = -1
    for match in _CUES.finditer(letters):
        place = match.start()
        if place < taken or (sentence.lowers[place] in _LIGHT and _carries_noun(sentence, place)):
            continue
        letter = letters[place]
        if letter == "K":
            hit = _noun(sentence, place)
        elif letter == "k":
            hit = _adjective(sentence, place)
        else:
            hit = _verb(sentence, place)
        if hit is not None:
            hits_here.append(hit)
            taken = hit.cue[1]
    if "according" in sentence.lowers:
        hits_here.extend(_according(sentence))
    if ":" in letters[:8]:
        hits_here.extend(_speaker(sentence, hits_here))
    return hits_here


_CARRIED = re.compile("[DJMNB]{0,4}K")


def _carries_noun(sentence: Sentence, place: int) -> bool:
    """Tell whether a light verb only carries a noun of attribution with its complement: 'voiced concern that'."""
    match = _CARRIED.match(sentence.letters, place + 1)
    return match is not None and _noun(sentence, match.end() - 1) is not None


def _according(sentence: Sentence) -> Iterator[Hit]:
    letters, lowers = sentence.letters, sentence.lowers
    place = lowers.index("according")
    if place + 1 >= len(lowers) or lowers[place + 1] != "to":
        return
    source = subject_after(sentence, place + 2)
    if source is None:
        return
    if place == 0 or (place == 1 and letters[0] in "CB"):
        start = letters.find(",", source[1] - 1)
        if start < 0:
            start = source[1]
        span = (start + 1, clause_end(sentence, start + 1, limit=len(letters), phrase=False))
    else:
        end = place - 1 if letters[place - 1] in ",-" else place
        span = (content_start(sentence, end), end)
    if span[1] > span[0]:
        yield Hit(source, (place, place + 2), (span,), "according to", None)


def _speaker(sentence: Sentence, hits_here: list[Hit]) -> Iterator[Hit]:
    """Yield 'Name: what it says' at the head of a paragraph or title."""
    letters = sentence.letters
    colon = letters.index(":")
    if (
        any(hit.cue[0] < colon for hit in hits_here)
        or not re.fullmatch("D?[PNJ]{1,5}", letters[:colon])
        or "P" not in letters[:colon]
    ):
        return
    end = clause_end(sentence, colon + 1, limit=len(letters), phrase=False)
    if end - colon > 3:
        yield Hit((0, colon), (colon, colon + 1), ((colon + 1, end),), "speaker and colon", None)


def _noun(sentence: Sentence, place: int) -> Hit | None:
    letters, lowers = sentence.letters, sentence.lowers
    cue = NOUNS.get(lowers[place])
    if cue is None:
        return None
    owner = place
    while owner and letters[owner - 1] in "JNMKW" and place - owner < 3:
        owner -= 1
    source: Range | None = None
    if owner and (letters[owner - 1] == "X" or (letters[owner - 1] == "D" and lowers[owner - 1] in _OWNERS)):
        first = owner - 1
        phrase = noun_phrase_before(sentence, owner - 1) if letters[first] == "X" and first else None
        if phrase and letters[phrase[1] - 1] in "PNJ":
            first = phrase[0]
        elif letters[first] == "X" and first and letters[first - 1] == "D":
            first -= 1
        source = (first, owner)
    after = place + 1
    if after < len(letters) and letters[after] == "b":
        by = subject_after(sentence, after + 1)
        if by is not None:
            source, after = source or by, by[1]
    span, cue_end = _complement(sentence, after, cue, place)
    if span is None:
        return None
    if source is None:
        light = place - 1
        while light and letters[light] in "DJMB" and place - light < 5:
            light -= 1
        if lowers[light] in _LIGHT:
            source = subject_of(sentence, light)
            if source is None:
                return None
            return Hit(source, (light, cue_end), (span,), "noun after a light verb", cue)
        return None
    return Hit(source, (place, cue_end), (span,), "noun", cue)


_OWNERS = wordset("my your his her its our their whose")


def _complement(sentence: Sentence, after: int, cue: Cue, place: int) -> tuple[Range | None, int]:
    """Return what a noun or an adjective of attribution governs, and where its particle ends."""
    letters, lowers = sentence.letters, sentence.lowers
    count = len(letters)
    if after >= count:
        return None, after
    if letters[after] == "T" and "that" in cue.frames:
        return (after, clause_end(sentence, after, limit=count, phrase=False)), place + 1
    if letters[after] == "t" and "to" in cue.frames and after + 1 < count and letters[after + 1] in "vVWNABJu":
        return _before_finite(sentence, after, clause_end(sentence, after, limit=count, phrase=True)), place + 1
    if lowers[after] in cue.particles and after + 1 < count and letters[after + 1] not in ".,;":
        return (after + 1, clause_end(sentence, after + 1, limit=count, phrase=True)), (
            after + 1 if after == place + 1 else place + 1
        )
    return None, after


_OTHER_CLAUSE = re.compile("[HTSEVvWGA]")


def _before_finite(sentence: Sentence, start: int, end: int) -> Range:
    """Return a phrase without the verb that it is the subject of: 'her refusal to sell | was clear'."""
    letters = sentence.letters
    for place in range(start + 2, end):
        if (
            letters[place] in "AL"
            and letters[place - 1] in "NPMK)"
            and not _OTHER_CLAUSE.search(letters, start + 2, place)
        ):
            return start, place
    return start, end


def _adjective(sentence: Sentence, place: int) -> Hit | None:
    letters, lowers = sentence.letters, sentence.lowers
    cue = ADJECTIVES.get(lowers[place])
    if cue is None or not place:
        return None
    start = place
    while start and letters[start - 1] in "BZ":
        start -= 1
    if not start or (letters[start - 1] not in "AE" and lowers[start - 1] not in _COPULAS):
        return None
    span, cue_end = _complement(sentence, place + 1, cue, place)
    if span is None and "that" in cue.frames and place + 1 < len(letters) and letters[place + 1] in "RE":
        span, cue_end = (place + 1, clause_end(sentence, place + 1, limit=len(letters), phrase=False)), place + 1
    if span is None:
        return None
    source = subject_of(sentence, start - 1) if letters[start - 1] != "E" else (start - 1, start)
    return (
        Hit(source, (start - 1 if letters[start - 1] == "A" else place, cue_end), (span,), "adjective", cue)
        if source
        else None
    )


_COPULAS = wordset(
    "feel feels felt seem seems seemed remain remains remained become becomes became sounded appears appeared"
)


def _verb(sentence: Sentence, place: int) -> Hit | None:
    form = VERB_FORMS.get(sentence.lowers[place])
    if form is None:
        return None
    cue, letter = form.cue, sentence.letters[place]
    group = verb_group(sentence, place)
    if letter == "V" and any(word in _BE for word in sentence.lowers[group:place]):
        return _passive(sentence, place, group, cue)
    speaking = "say" in cue.frames and letter in "Vv"
    if speaking:
        hit = inverted(sentence, place, cue) or closing(sentence, place, group, cue, quoted_only=True)
        if hit is not None:
            return hit
    complement = complement_of(sentence, place, cue)
    if complement.span is not None:
        return _governed(sentence, place, cue, complement.rule, complement.span, complement.cue_end)
    return closing(sentence, place, group, cue) if speaking else None


def _governed(sentence: Sentence, place: int, cue: Cue, rule: str, span: Range, cue_end: int) -> Hit | None:
    """Return a verb with its subject and what it governs."""
    letters = sentence.letters
    source = subject_of(sentence, place)
    if source is None or source[0] >= span[0]:
        return None
    at = (place, cue_end)
    if rule == "block":
        return Hit(source, at, (), rule, cue)
    if letters[source[1] - 1] in "HT" or (source[0] and letters[source[0] - 1] == "S"):
        span = (span[0], clause_end(sentence, span[0], limit=span[1], phrase=rule == "object", relative=True))
    if span[1] <= span[0]:
        return None
    if rule == "extracted":
        head = source[0] - (2 if letters[source[0] - 1] == "," else 1)
        return Hit(source, at, ((head, head + 1), span), rule, cue)
    return Hit(source, at, (span,), rule, cue)


_SUPPOSED = wordset(
    "expected believed thought said reported seen viewed considered known regarded perceived described rumored "
    "estimated projected"
)


def _passive(sentence: Sentence, place: int, group: int, cue: Cue) -> Hit | None:
    letters = sentence.letters
    count, at = len(letters), (place, place + 1)
    after = skip_time(sentence, place + 1)
    if after >= count:
        return None
    by = letters.find("b", after, min(after + 8, count))
    source = subject_after(sentence, by + 1) if by >= 0 and not re.search("[.,;VvLA]", letters[after:by]) else None
    told = source is None and cue.frames >= {"hearer", "say"} and letters[after] in "RED"
    felt = ADJECTIVES.get(sentence.lowers[place])
    if letters[after] == "T" and source is None and felt is not None and "that" in felt.frames:
        subject = _passive_subject(sentence, group)
        span = (after, clause_end(sentence, after, limit=count, phrase=False))
        return Hit(subject, at, (span,), "adjective", felt) if subject else None
    if letters[after] == "T" or told:
        span = (after, clause_end(sentence, after, limit=count, phrase=False))
        return Hit(source, at, (span,), "passive", cue)
    subject = _passive_subject(sentence, group)
    if subject is None:
        return None
    if letters[after] in "ta" and sentence.lowers[place] in _SUPPOSED:
        rest = (after, clause_end(sentence, after, limit=count, phrase=True))
        return Hit(source, at, (subject, rest), "passive", cue)
    return Hit(source, at, (subject,), "passive", cue) if source is not None and "object" in cue.frames else None


def _passive_subject(sentence: Sentence, group: int) -> Range | None:
    letters = sentence.letters
    subject = (group - 1, group) if group and letters[group - 1] == "E" else subject_before(sentence, group)
    if subject is not None and letters[subject[1] - 1] in "HT" and subject[1] - subject[0] > 1:
        return subject[0], subject[1] - 1
    return subject
