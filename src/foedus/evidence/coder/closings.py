"""Cues that follow their content: 'content, she said', 'content, said the minister'."""

from __future__ import annotations

import re

from foedus.evidence.coder.complements import skip_time
from foedus.evidence.coder.hits import Hit, Range
from foedus.evidence.coder.lexicon import Cue
from foedus.evidence.coder.phrases import clause_end, subject_after, subject_before
from foedus.evidence.coder.sentences import Sentence

_QUOTE_DONE = re.compile(r"[,?!][\"'`]+\s*$")
_VERB = re.compile("[ALVvWE]")
_VERB_OR_QUOTE = re.compile("[ALVvWEQ]")


def content_start(sentence: Sentence, end: int) -> int:
    """Return where the clause that ends at ``end`` begins."""
    letters = sentence.letters
    start = letters.rfind(";", 0, end) + 1
    while start < end and letters[start] in ",-":
        start += 1
    if start == 0 and letters[0] == "C" and end > 1:
        start = 2 if letters[1] == "," else 1
    return start


def closing(sentence: Sentence, place: int, group: int, cue: Cue, *, quoted_only: bool = False) -> Hit | None:
    """Find 'content, subject cue', and a content that goes on after it.

    Parameters
    ----------
    sentence, place
        The sentence and the cue's token.
    group
        Where the verb's auxiliaries begin.
    cue
        The verb.
    quoted_only
        Whether only a quotation that ends with a comma, a question or an exclamation mark counts as content.
    """
    letters = sentence.letters
    pronoun = group > 0 and letters[group - 1] in "RE"
    subject = (group - 1, group) if pronoun else subject_before(sentence, group) if group else None
    if subject is None or subject[0] == 0:
        return None
    end = subject[0]
    if letters[end - 1] == "a":
        if end == 1:
            return _as_said(sentence, place, subject, cue)
        end -= 1
    if letters[end - 1] == "Q":
        if quoted_only and not _QUOTE_DONE.search(sentence.words[end - 1]):
            return None
        start = quotation_start(sentence, end)
        content = ((start, end), *_rest(sentence, place, start, end))
        return Hit(subject, (place, place + 1), content, "closing quotation", cue)
    clause = not quoted_only and letters[end - 1] in ",-"
    return _closing_clause(sentence, place, subject, end - 1, cue) if clause else None


def _as_said(sentence: Sentence, place: int, subject: Range, cue: Cue) -> Hit | None:
    """Find 'As subject cue, content'."""
    letters = sentence.letters
    comma = skip_time(sentence, place + 1)
    if comma >= len(letters) - 1 or letters[comma] != ",":
        return None
    span = (comma + 1, clause_end(sentence, comma + 1, limit=len(letters), phrase=False))
    return Hit(subject, (place, place + 1), (span,), "as said", cue) if span[1] > span[0] else None


def _closing_clause(sentence: Sentence, place: int, subject: Range, end: int, cue: Cue) -> Hit | None:
    letters = sentence.letters
    start = content_start(sentence, end)
    if letters[end - 1] == "Q" and start >= end - 1:
        start = end - 1
    if start >= end:
        return None
    at = (place, place + 1)
    rest = _rest(sentence, place, start, end)
    subordinate = letters[start] == "S" and "," not in letters[start:end]
    fragment = not _VERB_OR_QUOTE.search(letters, start, end)
    if subordinate or (fragment and letters[start] in "ISBYt"):
        return Hit(subject, at, rest, "closing", cue) if rest else None
    if fragment and not rest:
        return None
    rule = "closing quotation" if not letters[start:end].strip(",Q") else "closing"
    return Hit(subject, at, ((start, end), *rest), rule, cue)


def quotation_start(sentence: Sentence, end: int) -> int:
    """Return where a content that ends with a quotation begins: with the clause that leads to it, or with its mark."""
    letters = sentence.letters
    start = content_start(sentence, end)
    first = sentence.words[end - 1].lstrip("\"'` ")[:1]
    if letters[start] != "Q" and end - start > 2 and letters[end - 2] in ",:" and first.isupper():
        return end - 1
    return start


def _rest(sentence: Sentence, place: int, start: int, end: int) -> tuple[Range, ...]:
    """Return what of the content follows a parenthetical cue: '..., she said, ...'."""
    letters = sentence.letters
    comma = skip_time(sentence, place + 1)
    while comma < len(letters) and letters[comma] in "INDPJMOYtB" and comma - place < 10:
        comma += 1
    if comma >= len(letters) - 1 or letters[comma] not in ",-":
        return ()
    following = letters[comma + 1]
    if following == "Q":
        return ((comma + 1, comma + 2),)
    interrupted = not _VERB.search(letters, start, end) and letters[start:end].strip(",Q") != ""
    going_on = following not in "GVvSHW" and comma == place + 1 and letters[end - 1] != "Q"
    if interrupted or going_on:
        return ((comma + 1, clause_end(sentence, comma + 1, limit=len(letters), phrase=False)),)
    return ()


def inverted(sentence: Sentence, place: int, cue: Cue) -> Hit | None:
    """Find 'content, said subject'."""
    letters = sentence.letters
    if not place or letters[place] not in "Vv" or letters[place - 1] not in "Q,-":
        return None
    before, following = letters[place - 1], letters[place + 1 : place + 2]
    if not following or following not in "PDNRJXMO" or (following in "RO" and before != "Q"):
        return None
    source = subject_after(sentence, place + 1)
    if source is None or letters[source[1] : source[1] + 1] in tuple("VvALWT"):
        return None
    end = place if before == "Q" else place - 1
    if before != "Q" and (
        (end < 3 and letters[:end] != "Q")
        or (before == "," and letters[end - 1] != "Q" and subject_before(sentence, place) is not None)
    ):
        return None
    quoted = end > 0 and letters[end - 1] == "Q"
    start = quotation_start(sentence, end) if quoted else content_start(sentence, end)
    if end <= start:
        return None
    rule = "inverted quotation" if not letters[start:end].strip(",Q") else "inverted"
    return Hit(source, (place, place + 1), ((start, end), *_after_source(sentence, source[1])), rule, cue)


def _after_source(sentence: Sentence, end: int) -> tuple[Range, ...]:
    letters = sentence.letters
    if letters[end : end + 1] != "," or letters[end + 1 : end + 2] not in ("Q", "C"):
        return ()
    return ((end + 1, clause_end(sentence, end + 1, limit=len(letters), phrase=False)),)
