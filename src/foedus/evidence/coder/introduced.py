"""Quotations that a sentence introduces by a colon alone: 'The minister was blunt: "We will vote no."'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from foedus.evidence.coder.attributions import Attribution, Span
from foedus.evidence.coder.sentences import Sentence

_COLON = re.compile(r":\s{1,3}(?P<quote>[\"\u201c\u201e\u00ab])")


_DESCRIBED = re.compile(
    r"(?P<quote>\"[^\"]{2,400}\"),? (?P<cue>(?:was|were|is|came|ran|runs|goes|went) (?:how|all(?: that)?|what|the \w+ "
    r"(?:of|from|in|by)|the (?:\w+ ){1,2}(?:of|from)|(?=[A-Z\u00c0-\u00dc]))|in the words of|to quote|as) ?"
    r"(?P<who>[^.;:\"]{3,90}?)"
    r"(?= (?:as|when|while|after|about|on|put|had|told|said|phrased|summed|over|to)\b|[.;,]|$)"
)
"""A quotation with what it was called: '"Never," was the answer of Malta', '"Go," was how the minister put it'."""


def described_quotations(text: str, every: Sequence[Sentence], known: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield quotations whose sentence goes on to say whose answer or plea they were.

    Parameters
    ----------
    text, every, known
        As for `introduced_quotations`.

    Examples
    --------
    >>> from foedus.evidence.coder.sentences import sentences
    >>> text = '"Send them now," was the plea of Armenia as the council met.'
    >>> [answer] = described_quotations(text, list(sentences(text)), [])
    >>> text[slice(*answer.source)]
    'Armenia'
    """
    for sentence in every:
        start, end = sentence.starts[0], sentence.ends[-1]
        for match in _DESCRIBED.finditer(text, start, end):
            quote: Span = match.span("quote")
            if any(a <= quote[0] + 1 < b and each.source for each in known for a, b in each.content):
                continue
            place = next((at for at, begin in enumerate(sentence.starts) if begin >= match.start("cue")), 0)
            yield Attribution(
                source=match.span("who"), cue=match.span("cue"), content=(quote,), kind="direct", rule="described",
                word=None, sentence=sentence, place=place, depth=1,
            )  # fmt: skip


def introduced_quotations(text: str, every: Sequence[Sentence], known: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield quotations after a colon that no other rule has given to anybody.

    Parameters
    ----------
    text
        The document's text, its quotation marks made plain.
    every
        Its sentences.
    known
        The attributions that were found.

    Examples
    --------
    >>> from foedus.evidence.coder.sentences import sentences
    >>> text = 'The envoy was blunt: "We will vote no."'
    >>> [answer] = introduced_quotations(text, list(sentences(text)), [])
    >>> text[slice(*answer.source)], text[slice(*answer.content[0])]
    ('The envoy was blunt', '"We will vote no."')
    """
    for sentence in every:
        start, end = sentence.starts[0], sentence.ends[-1]
        colon = _COLON.search(text, start, end)
        if colon is None or '"' in text[start : colon.start()] or not text[start].isupper():
            continue
        quote: Span = (colon.start("quote"), end)
        if any(a <= quote[0] + 1 < b for attribution in known for a, b in attribution.content):
            continue
        place = next((at for at, begin in enumerate(sentence.starts) if begin >= colon.start()), 0)
        yield Attribution(
            source=(start, colon.start()),
            cue=(colon.start(), colon.start() + 1),
            content=(quote,),
            kind="direct",
            rule="after a colon",
            word=None,
            sentence=sentence,
            place=place,
            depth=0,
        )
