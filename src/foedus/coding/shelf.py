"""The texts that a dossier has, compared with those that come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus.base.errors import FoedusError
from foedus.dossiers.texts import stored_document
from foedus.evidence import Source, Statement
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.documents import Document, text_id
from foedus.evidence.duplicates import BINS, LEAST, linked_pairs, signature_of
from foedus.evidence.guard import passage_of
from foedus.evidence.reading import Read

SAME_PASSAGE = 85.0
"""Similarity, 0 to 100, from which a passage of a republication counts as one of the original."""

_SLACK = 0.1


def repeated(candidate: Candidate, document: Document, original: Document, there: list[Statement]) -> bool:
    """Tell whether the original has a candidate as a statement.

    It has where a statement of it has the same actor and concept and its passage is the same word for word, whatever
    stance a person gave it since; or nearly the same and the stance is.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - it is needed only where a document is read again

    here = next(passage for passage in document.passages if passage.place == candidate.passage)
    words = document.text[here.start : here.end]
    for statement in there:
        if (statement.actor, statement.concept) == (candidate.actor, candidate.concept):
            place = passage_of(statement.passage, original)
            if place is not None and place.id == here.id:
                return True
            if (
                place is not None
                and statement.stance == candidate.stance
                and fuzz.ratio(words, original.text[place.start : place.end]) >= SAME_PASSAGE
            ):
                return True
    return False


def _stored(folder: Path, sources: Iterable[Source]) -> Iterator[tuple[str, str, NDArray[np.uint64]]]:
    """Yield SHA-256, hash of the words and signature of the documents that a dossier has."""
    for source in sources:
        try:
            document = stored_document(folder, source)
        except FoedusError:
            continue
        if document is not None:
            yield source.sha256 or source.id, text_id(document.text), signature_of(document)


class Shelf:
    """The signatures of all texts, in the order in which they came."""

    def __init__(self, folder: Path, sources: Iterable[Source]) -> None:
        self.keys: list[str] = []
        self.first_with: dict[str, str] = {}
        self.signatures: NDArray[np.uint64] = np.empty((0, BINS), dtype=np.uint64)
        rows = []
        for key, words, signature in _stored(folder, sources):
            self.keys.append(key)
            self.first_with.setdefault(words, key)
            rows.append(signature)
        if rows:
            self.signatures = np.stack(rows)

    def same_text(self, read: Read) -> str:
        """Return the SHA-256 of the first text with the same words; the text's own where it is the first."""
        return self.first_with[read.text_id]

    def extend(self, news: list[Read]) -> dict[str, list[str]]:
        """Add texts; return for each the earlier ones that it may resemble, the earliest first."""
        before = len(self.keys)
        for text in news:
            self.keys.append(text.sha256)
            self.first_with.setdefault(text.text_id, text.sha256)
        rows = [text.signature for text in news if text.signature is not None]
        self.signatures = np.concatenate([self.signatures, np.stack(rows)])
        alike: dict[str, list[str]] = {}
        for earlier, later, _ in linked_pairs(self.signatures, LEAST - _SLACK):
            if later >= before and self.keys[earlier] != self.keys[later]:
                alike.setdefault(self.keys[later], []).append(self.keys[earlier])
        return alike
