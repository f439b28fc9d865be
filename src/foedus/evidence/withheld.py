"""What must not leave this machine: text above a marking is kept back from every coder that sends what it reads."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.evidence.documents import Document
from foedus.evidence.folding import fold

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FEWEST = 5
"""Words from which a sentence can be told from any other."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is kept back.

    Attributes
    ----------
    limit
        The highest marking that is sent.
    documents
        SHA-256 of documents of which nothing is sent.
    pieces
        Folded sentences and quotations that are not sent, wherever they stand.
    """

    limit: str
    documents: frozenset[str] = frozenset()
    pieces: frozenset[str] = frozenset()

    def sendable(self, document: Document) -> Document | None:
        """Return a document whose withheld passages are set aside, or None where nothing of it is sent."""
        if document.sha256 in self.documents:
            return None
        passages = tuple(
            dataclasses.replace(passage, furniture=passage.furniture or f"marked above {self.limit}")
            if self._holds(document.text[passage.start : passage.end])
            else passage
            for passage in document.passages
        )
        kept = dataclasses.replace(document, passages=passages)
        return kept if kept.body or not document.body else None

    def _holds(self, words: str) -> bool:
        plain = _plain(words)
        return any(piece in plain for piece in self.pieces)


def withheld(
    limit: str, documents: Iterable[Document], quotations: Iterable[str], sha256: Iterable[str] = ()
) -> Withheld:
    r"""Return what is kept back.

    Parameters
    ----------
    limit
        The highest marking that is sent.
    documents
        Marked above it, so far as their text is at hand: neither they nor any of their sentences is sent.
    quotations
        Of statements above it.
    sha256
        Of marked documents whose text is not at hand.

    Examples
    --------
    >>> from foedus.evidence.readers import document_of
    >>> cable = document_of("cable.txt", b"The envoy will yield in the end, as the king told us.")
    >>> kept_back = withheld("public", [cable], [])
    >>> news = b"The council meets.\n\nThe  envoy will yield in the end, as the king told us. So it goes."
    >>> [passage.place for passage in kept_back.sendable(document_of("news.txt", news)).body]
    ['p1']
    """
    listed = list(documents)
    pieces = {
        _plain(sentence)
        for document in listed
        for passage in document.passages
        for sentence in _SENTENCE.split(document.text[passage.start : passage.end])
        if len(sentence.split()) >= _FEWEST
    }
    pieces |= {_plain(quotation) for quotation in quotations if quotation.strip()}
    return Withheld(limit, frozenset({*sha256, *(document.sha256 for document in listed)}), frozenset(pieces - {""}))


def _plain(words: str) -> str:
    return " ".join(fold(words).text.casefold().split()).strip(" .")
