"""Sentences as tagged tokens in which a whole quotation is one token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foedus.evidence.coder.tags import letter_of, settle
from foedus.evidence.folding import fold_same_length

_MARK = re.compile(r"[\u201c\u201d\u201e\u00ab\u00bb\"]|''|``")
_OPENING = frozenset("\u201c\u201e\u00ab") | {"``"}
_CLOSING = frozenset("\u201d\u00bb")
_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Messrs|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev|Hon|Prof|Pres|St|Jr|Sr|vs|No|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Inc|Corp|Co|Ltd|Ave|Mt|Ft|Calif|Mass|Conn|Penn|Ariz|Fla|Va|Tenn"
)
_TOKEN = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}(?:'s)?|(?:{_ABBREVIATIONS})\.|[A-Z]\.(?= ?[A-Z])"
    r"|[$\u00a3\u20ac]?\d[\d,.]*\d%?|[$\u00a3\u20ac]?\d%?"
    r"|\w+(?:['&/.]\w+|-(?=\w))*(?:\w+)?'?(?<![.])"
    r"|\.{3,}|[.!?]+|--+|[^\w\s]"
)
_PUNCTUATION = {
    ",": ",",
    ";": ";",
    ":": ":",
    "-": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "(": "(",
    "[": "(",
    ")": ")",
    "]": ")",
    "\u2026": "-",
}
LONGEST = 400
"""Tokens after which a sentence is broken off, so that no text without full stops stalls the coder."""

_LETTERS: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; ``open`` where no mark closes it in its paragraph."""

    start: int
    end: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A tagged sentence.

    Attributes
    ----------
    words, lowers
        Tokens as folded, and in lower case; a quotation is one token.
    letters
        One letter of `tags.LETTERS` a token.
    starts, ends
        Offsets of the tokens in the text.
    paragraph
        Number of the paragraph, from 0.
    """

    words: list[str]
    lowers: list[str]
    letters: str
    starts: list[int]
    ends: list[int]
    paragraph: int


def quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Return the quotations of one paragraph: curly, straight or doubled single marks, or guillemets.

    Parameters
    ----------
    text
        The document's text.
    start, end
        Where the paragraph begins and ends.

    Examples
    --------
    >>> text = 'The office, she said, is "not urgent".'
    >>> [text[q.start : q.end] for q in quotations(text)]
    ['"not urgent"']
    """
    end = len(text) if end is None else end
    quoted: list[Quotation] = []
    opened = -1
    for match in _MARK.finditer(text, start, end):
        mark, place = match.group(), match.start()
        if opened < 0:
            if mark in _CLOSING and not _opens(text, place, match.end(), start, end):
                continue
            if mark in _OPENING or mark in _CLOSING or _opens(text, place, match.end(), start, end):
                opened = place
        elif mark not in _OPENING:
            if match.end() > opened + 2:
                quoted.append(Quotation(opened, match.end()))
            opened = -1
    if opened >= 0 and end - opened > 2:
        quoted.append(Quotation(opened, end, open=True))
    return quoted


def _opens(text: str, place: int, after: int, start: int, end: int) -> bool:
    before_free = place == start or not (text[place - 1].isalnum() or text[place - 1] in ".,!?")
    return before_free and after < end and not text[after].isspace()


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield where each line that is not blank begins and ends, blanks at its ends left out.

    Examples
    --------
    >>> list(paragraphs("one\n\n  two \n"))
    [(0, 3), (7, 10)]
    """
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped[0])
            yield start, start + len(stripped)
        position += len(line)


def sentences(text: str, spans: list[tuple[int, int]] | None = None) -> Iterator[Sentence]:
    """Yield the tagged sentences of a text, paragraph by paragraph.

    Parameters
    ----------
    text
        The document's text.
    spans
        Where its paragraphs are; all lines that are not blank if not given.

    Examples
    --------
    >>> [sentence.letters for sentence in sentences("France opposed it. Others said no.")]
    ['PVR.', 'RVD.']
    """
    plain = fold_same_length(text)
    for number, (start, end) in enumerate(paragraphs(text) if spans is None else spans):
        yield from _split(plain, quotations(text, start, end), start, end, number)


def _split(plain: str, quoted: list[Quotation], start: int, end: int, number: int) -> Iterator[Sentence]:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    letters: list[str] = []
    position = start
    for quote in [*quoted, None]:
        for match in _TOKEN.finditer(plain, position, quote.start if quote else end):
            word = match.group()
            letter = _LETTERS.get(word)
            if letter is None:
                letter = _first_letter(word)
                if len(_LETTERS) < 200_000:
                    _LETTERS[word] = letter
            words.append(word)
            letters.append(letter)
            starts.append(match.start())
            ends.append(match.end())
        if quote:
            words.append(plain[quote.start : quote.end])
            letters.append("Q")
            starts.append(quote.start)
            ends.append(quote.end)
            position = quote.end
    lowers = [word.lower() if letter != "Q" else word for word, letter in zip(words, letters, strict=True)]
    settle(letters, lowers, words)
    first = 0
    for place in range(len(words)):
        joined = place + 1 < len(words) and starts[place + 1] == ends[place] and letters[place] == "."
        if place - first >= LONGEST or (not joined and _ends_sentence(place, words, letters)):
            yield _sentence(words, lowers, letters, starts, ends, first, place + 1, number)
            first = place + 1
    if first < len(words):
        yield _sentence(words, lowers, letters, starts, ends, first, len(words), number)


def _sentence(
    words: list[str], lowers: list[str], letters: list[str], starts: list[int], ends: list[int],
    first: int, last: int, number: int,
) -> Sentence:  # fmt: skip
    return Sentence(
        words[first:last],
        lowers[first:last],
        "".join(letters[first:last]),
        starts[first:last],
        ends[first:last],
        number,
    )


def _first_letter(word: str) -> str:
    mark = _PUNCTUATION.get(word)
    if mark:
        return mark
    if word[0] in ".!?":
        return "-" if len(word) > 2 and word[0] == "." else "."
    if word.startswith("--"):
        return "-"
    if not (word[0].isalnum() or word[0] in "$\u00a3\u20ac" or word[0] == "'"):
        return "-" if not word.isalnum() and len(word) == 1 and word not in "'*#@%&" else "N"
    return letter_of(word, word.lower())


_SPEAKS = frozenset("Vv")


def _ends_sentence(place: int, words: list[str], letters: list[str]) -> bool:
    letter = letters[place]
    following = place + 1
    if letter == ".":
        return following >= len(words) or not (letters[following] in ",;:)" or words[following][0].islower())
    if letter != "Q" or following >= len(words):
        return False
    last = words[place].rstrip("\"'` ")[-1:]
    if last not in ".!?" or not last:
        return False
    if words[following][0].islower() or letters[following] in ",;:-.)":
        return False
    return last == "." or not any(letters[at] in _SPEAKS for at in range(following, min(following + 5, len(words))))
