"""A document as it was read: text, passages, page furniture, and what it says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.evidence.folding import fold


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph: a line of the text that is not blank.

    Attributes
    ----------
    number
        Its place among the paragraphs, from 1.
    id
        Twelve hexadecimal digits of its folded words' hash: the same wherever and whenever they are read.
    start, end
        Offsets in the document's text, blanks at the ends left out.
    furniture
        Why it is not part of what the author wrote, such as ``reply form``; empty for what is coded.
    """

    number: int
    id: str
    start: int
    end: int
    furniture: str = ""

    @property
    def place(self) -> str:
        """The passage as `statements.csv` names it: ``p`` and its number."""
        return f"p{self.number}"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    Attributes
    ----------
    id
        ``d`` and twelve digits of the SHA-256 of its bytes: the same file has the same id.
    name
        The file it came from, with the path inside an archive.
    text
        The stored text, to which every offset refers.
    title, author, outlet
        As far as the document says; else empty.
    published
        The day of publication that it gives, or ``None``.
    language
        ISO 639-1, or ``und`` where it cannot be told.
    sha256
        Of the bytes.
    passages
        Every paragraph, page furniture included.
    latest
        The last day that its day of publication can mean, where that can be read in two ways; else ``None``.
    doubts
        What is not sure about the reading, such as an encoding that was guessed.
    """

    id: str
    name: str
    text: str
    title: str
    author: str
    published: Day | None
    outlet: str
    language: str
    sha256: str
    passages: tuple[Passage, ...]
    latest: Day | None = None
    doubts: tuple[str, ...] = ()

    @property
    def furniture(self) -> tuple[Passage, ...]:
        """The passages that are set aside and never coded."""
        return tuple(passage for passage in self.passages if passage.furniture)

    @property
    def body(self) -> tuple[Passage, ...]:
        """The passages that are coded."""
        return tuple(passage for passage in self.passages if not passage.furniture)

    def passage_at(self, offset: int) -> Passage | None:
        """Return the passage that holds an offset, or ``None`` for a blank between passages."""
        return next((passage for passage in self.passages if passage.start <= offset < passage.end), None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not read, and why.

    Attributes
    ----------
    name
        The file, with the path inside an archive.
    reason
        What is wrong with it and what to do.
    """

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


def paragraph_spans(text: str) -> Iterable[tuple[int, int]]:
    """Yield where each line that is not blank begins and ends, blanks at its ends left out."""
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped[0])
            yield start, start + len(stripped)
        position += len(line) + 1


def passage_id(words: str) -> str:
    r"""Return the id of a passage from its words, whatever their spaces and quotation marks.

    Examples
    --------
    >>> passage_id("No \u201coffice\u201d") == passage_id('No  "office"')
    True
    """
    return text_id(words)[:12]


def text_id(text: str) -> str:
    r"""Return one hash for the same words, whatever their spaces, line ends and quotation marks.

    Examples
    --------
    >>> text_id("One\ntext.") == text_id("One text.")
    True
    """
    return hashlib.sha256(" ".join(fold(text).text.split()).encode()).hexdigest()
