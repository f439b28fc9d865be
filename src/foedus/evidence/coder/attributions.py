"""Who said what: sources, cues and contents of reported speech, thought and stance, by rules over tagged sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from foedus.evidence.coder.frames import hits
from foedus.evidence.coder.hits import Hit
from foedus.evidence.coder.lexicon import Cue
from foedus.evidence.coder.sentences import Sentence, quotations, sentences

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Something attributed to somebody.

    Attributes
    ----------
    source
        Offsets of the words for who speaks, thinks or wants; ``None`` where the sentence does not say.
    cue
        Offsets of the word that attributes.
    content
        Offsets of what is attributed, in one piece or several.
    kind
        ``direct``, ``mixed`` or ``indirect``.
    rule
        The rule that fired.
    word
        The cue as a record of the lexicon; ``None`` for a colon or 'according to'.
    sentence
        The sentence that holds the cue.
    place
        The cue's token in it.
    depth
        0 for an attribution of the document itself, 1 for one inside another's content, and so on.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    kind: str
    rule: str
    word: Cue | None
    sentence: Sentence
    place: int
    depth: int


def kind_of(pieces: list[str]) -> str:
    """Return the kind of an attribution from the quotation marks in its content.

    Parameters
    ----------
    pieces
        The content, piece by piece.

    Returns
    -------
    str
        ``direct`` where every letter and digit stands inside quotation marks, ``mixed`` where some do,
        ``indirect`` where none does.

    Examples
    --------
    >>> kind_of(['"No office is planned."']), kind_of(['it is "not urgent"']), kind_of(["it is not urgent"])
    ('direct', 'mixed', 'indirect')
    """
    kinds = {_kind(pieces), _kind([" ".join(pieces)])}
    return "direct" if "direct" in kinds else "mixed" if "mixed" in kinds else "indirect"


def _kind(pieces: list[str]) -> str:
    outside = inside = False
    for piece in pieces:
        position = 0
        for quote in quotations(piece):
            outside = outside or any(map(str.isalnum, piece[position : quote.start]))
            inside = inside or any(map(str.isalnum, piece[quote.start : quote.end]))
            position = quote.end
        outside = outside or any(map(str.isalnum, piece[position:]))
    return "direct" if inside and not outside else "mixed" if inside else "indirect"


def attributions(text: str, spans: list[Span] | None = None) -> Iterator[Attribution]:
    """Yield the attributions of a text in the order of their cues.

    Parameters
    ----------
    text
        The document's text.
    spans
        Where its paragraphs are; all lines that are not blank if not given.

    Examples
    --------
    >>> text = "The plan is sound, the envoy said."
    >>> [answer] = attributions(text)
    >>> text[slice(*answer.source)], text[slice(*answer.cue)], text[slice(*answer.content[0])]
    ('the envoy', 'said', 'The plan is sound')
    """
    yield from attributions_in(text, list(sentences(text, spans)))


def attributions_in(
    text: str, every: list[Sentence], failed: Callable[[Sentence, Exception], None] | None = None
) -> Iterator[Attribution]:
    """Yield the attributions of sentences that were tagged before; see `attributions`.

    Parameters
    ----------
    text, every
        The document's text and its sentences.
    failed
        Told of a sentence on which a rule breaks off, which is then passed over; without it the error is raised.
    """
    for number, sentence in enumerate(every):
        try:
            hits_here = hits(sentence)
        except (TimeoutError, MemoryError):
            raise
        except Exception as error:
            if failed is None:
                raise
            failed(sentence, error)
            continue
        for hit in hits_here:
            content = _offsets(sentence, hit)
            if hit.rule in QUOTING and content:
                content += _continued(every, number, whole=hit.content[-1][1] >= len(sentence.letters) - 1)
            elif not content and hit.rule == "block":
                content = _continued(every, number, whole=True, block=True)
            elif hit.rule in CLOSING and content and hit.source:
                content = (*_unmarked(every, number), *content)
            if content:
                pieces = [text[start:end] for start, end in content]
                yield Attribution(
                    source=(sentence.starts[hit.source[0]], sentence.ends[hit.source[1] - 1]) if hit.source else None,
                    cue=(sentence.starts[hit.cue[0]], sentence.ends[hit.cue[1] - 1]),
                    content=content,
                    kind=kind_of(pieces),
                    rule=hit.rule,
                    word=hit.word,
                    sentence=sentence,
                    place=hit.cue[0],
                    depth=sum(_holds(other, hit) for other in hits_here if other is not hit),
                )


def _holds(outer: Hit, inner: Hit) -> bool:
    """Tell whether one attribution stands in another's content; of two that hold each other, a closing one is outer."""
    if not any(first <= inner.cue[0] < last for first, last in outer.content):
        return False
    mutual = any(first <= outer.cue[0] < last for first, last in inner.content)
    return not mutual or outer.rule in CLOSING


CLOSING = frozenset({"closing", "inverted", "according to", "closing quotation", "inverted quotation"})
"""Rules whose content stands before the cue."""


_OWN = frozenset({"we", "us", "our", "i", "my", "ours"})

QUOTING = frozenset({"quotation", "closing quotation", "inverted quotation"})
"""Rules whose content is a quotation that may go on in the sentences that follow."""


def _offsets(sentence: Sentence, hit: Hit) -> tuple[Span, ...]:
    spans = []
    for start, end in hit.content:
        first, last = start, end
        while first < last and sentence.letters[first] in ",;-.":
            first += 1
        while last > first and sentence.letters[last - 1] in ",;-":
            last -= 1
        if last > first:
            spans.append((sentence.starts[first], sentence.ends[last - 1]))
    return tuple(spans)


def _continued(every: list[Sentence], number: int, *, whole: bool, block: bool = False) -> tuple[Span, ...]:
    """Return the quotations that go on after a sentence: in its paragraph, and in the next where a mark stays open."""
    spans: list[Span] = []
    paragraph = every[number].paragraph
    open_mark = block or (whole and _unclosed(every[number]))
    for sentence in every[number + 1 :]:
        if sentence.paragraph != paragraph:
            if not open_mark or sentence.paragraph > paragraph + 1 or sentence.letters[0] != "Q":
                break
            paragraph = sentence.paragraph
        if sentence.letters[0] != "Q" or sentence.letters.strip("Q.") or (not open_mark and len(spans) > 3):
            break
        spans.append((sentence.starts[0], sentence.ends[-1]))
        open_mark = _unclosed(sentence)
    return tuple(spans)


def _unmarked(every: list[Sentence], number: int) -> tuple[Span, ...]:
    """Return the sentences before one that ends a paragraph in 'he added', where all of it is speech without marks.

    That it is speech shows in its 'we' and 'our', which a report does not use of itself.
    """
    paragraph = every[number].paragraph
    last = number + 1 == len(every) or every[number + 1].paragraph != paragraph
    first = number
    while first and every[first - 1].paragraph == paragraph:
        first -= 1
    whole = every[first : number + 1]
    marked = any("Q" in sentence.letters for sentence in whole)
    speech = any(word.strip().lower() in _OWN for sentence in whole for word in sentence.words)
    if (
        not last
        or first == number
        or marked
        or not speech
        or any(hit.rule in CLOSING for each in whole[:-1] for hit in hits(each))
    ):
        return ()
    return tuple((sentence.starts[0], sentence.ends[-1]) for sentence in whole[:-1])


def _unclosed(sentence: Sentence) -> bool:
    last = sentence.letters.rstrip(".")
    if not last.endswith("Q"):
        return False
    word = sentence.words[len(last) - 1].rstrip()
    return len(word) > 1 and not word.endswith(('"', "''", "``"))
