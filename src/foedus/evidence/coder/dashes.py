"""Who is named after a dash: '"We do not want it." - Ana Lind, minister of Norway'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from foedus.evidence.coder.attributions import Attribution, Span, kind_of
from foedus.evidence.coder.sentences import Sentence

_SIGNED = re.compile(
    r"(?:^|(?<=[.!?\u2026\"\u201d\u2019'\u00bb])\s*)(?P<dash>[\u2014\u2013\u2015]|--|-(?=\s))\s*"
    r"(?P<source>[^\W\d_a-z\u00df-\u00ff][^.!?;:\"\u201c\u201d\u2014\u2013]{2,140})\.?\s*$"
)
_VERBS = frozenset("ALVvW")
_MOST_WORDS = 16


def dash_attributions(text: str, spans: Sequence[Span], every: Sequence[Sentence]) -> Iterator[Attribution]:
    """Yield what is signed with a name after a dash, at the end of its paragraph or in a line of its own below.

    Parameters
    ----------
    text
        The document's text, its quotation marks made plain.
    spans
        Where its paragraphs are.
    every
        Its sentences, whose paragraphs are numbered as these.

    Examples
    --------
    >>> from foedus.evidence.coder.sentences import sentences
    >>> text = '"We do not want an office." - Ana Lind, minister of Norway'
    >>> [answer] = dash_attributions(text, [(0, len(text))], list(sentences(text)))
    >>> text[slice(*answer.source)], answer.kind
    ('Ana Lind, minister of Norway', 'direct')
    """
    for number, (start, end) in enumerate(spans):
        signed = _SIGNED.search(text[start:end])
        if signed is None or len(signed["source"].split()) > _MOST_WORDS:
            continue
        dash = start + signed.start("dash")
        source = (start + signed.start("source"), start + signed.start("source") + len(signed["source"].rstrip()))
        content = (start, dash) if text[start:dash].strip() else (spans[number - 1] if number else None)
        sentence = next(
            (near_sentence for near_sentence in every if near_sentence.starts[0] <= dash < near_sentence.ends[-1]), None
        )
        if content is None or sentence is None or _tells(sentence, source):
            continue
        words = text[slice(*content)].rstrip()
        place = next(at for at, begin in enumerate(sentence.starts) if sentence.ends[at] > dash or begin >= dash)
        yield Attribution(
            source=source,
            cue=(dash, dash + len(signed["dash"])),
            content=((content[0], content[0] + len(words)),),
            kind=kind_of([words]) if '"' in words or "\u201c" in words else "direct",
            rule="after a dash",
            word=None,
            sentence=sentence,
            place=place,
            depth=0,
        )


def _tells(sentence: Sentence, source: Span) -> bool:
    """Tell whether what follows the dash has a verb, so that it goes on the sentence and signs nothing."""
    return any(
        letter in _VERBS
        for letter, start in zip(sentence.letters, sentence.starts, strict=True)
        if source[0] <= start < source[1]
    )
