"""The evidence guard: no statement without words that stand in its source, whoever coded it."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foedus.base.errors import Problem, Problems
from foedus.evidence.documents import Document, Passage
from foedus.evidence.folding import Folded, fold
from foedus.evidence.records import Statement

CLOSE = 85.0
"""Least similarity, 0 to 100, at which the source's own wording is proposed."""

_GAP = re.compile(r"\s*(?:\[\s*\.{3}\s*\]|\(\s*\.{3}\s*\)|(?<!\.)\.{3,4}(?!\.))\s*")
"""Dots for an omission; a longer run of them leads the eye from a name to a vote, and is the source's own."""

_MARKS = "\"' "
"""Quotation marks, folded, and blanks: not part of a wording whose quote has none at that end."""

_PLACE = re.compile(r"p(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a quote stands in a source.

    Attributes
    ----------
    status
        ``found``; ``close``, where the source says almost the same; or ``absent``.
    start, end
        Offsets in the source's text; 0 and 0 where it is absent.
    wording
        The source's own words there.
    similarity
        0 to 100.
    """

    status: str
    start: int
    end: int
    wording: str
    similarity: float

    @property
    def passes(self) -> bool:
        """Whether the quote stands in the source: a close match does not."""
        return self.status == "found"


def find_evidence(
    quote: str, text: str, *, near: tuple[int, int] | None = None, passages: Sequence[Passage] = ()
) -> Evidence:
    r"""Look for a quote in a text.

    Spaces, line ends, quotation marks, hyphens and ligatures are folded on both sides, letters are not; dots for an
    omission divide a quote into pieces, all of which must stand in one passage in their order: else words from anywhere
    could be put together to a sentence that nobody said.

    Parameters
    ----------
    quote
        The words.
    text
        The source's text.
    near
        A span to look in first, such as the passage.
    passages
        Of the text; none where it is one.

    Examples
    --------
    >>> find_evidence('no "urgent"  need', "There is no \u201curgent\u201d\u00a0need of it.").wording
    'no \u201curgent\u201d\xa0need'
    >>> find_evidence("no urgent needs", "There is no urgent need.").status
    'close'
    """
    source, wanted = _folded(text), fold(quote).text.strip()
    if not re.search(r"\w", wanted):
        return Evidence("absent", 0, 0, "", 0.0)
    ends = [passage.end for passage in passages]
    begin = source.position(near[0]) if near else 0
    places = _exact(wanted, source, begin, ends) or _exact(wanted, source, 0, ends)
    if places is not None:
        start, end = source.span(*places)
        return Evidence("found", start, end, text[start:end], 100.0)
    return _closest(wanted, source, text)


@functools.lru_cache(maxsize=4)
def _folded(text: str) -> Folded:
    """Return a source's text folded: many statements are looked for in one text after the other."""
    return fold(text)


def _exact(wanted: str, source: Folded, begin: int, ends: Sequence[int]) -> tuple[int, int] | None:
    """Return where words stand: as they are, or in pieces none of which lies beyond the passage of the first."""
    whole = source.text.find(wanted, begin)
    if whole >= 0:
        return whole, whole + len(wanted)
    pieces = [piece for piece in _GAP.split(wanted) if piece]
    if len(pieces) < 2:
        return None
    start = source.text.find(pieces[0], begin)
    while start >= 0:
        position = start + len(pieces[0])
        for piece in pieces[1:]:
            place = source.text.find(piece, position)
            if place < 0:
                return None
            position = place + len(piece)
        first, last = source.span(start, position)
        if bisect.bisect_right(ends, first) == bisect.bisect_left(ends, last):
            return start, position
        start = source.text.find(pieces[0], start + 1)
    return None


def _closest(wanted: str, source: Folded, text: str) -> Evidence:
    if not source.text.strip():
        return Evidence("absent", 0, 0, "", 0.0)
    from rapidfuzz import fuzz  # noqa: PLC0415 - it is needed only for a passage that is not in its source

    alignment = fuzz.partial_ratio_alignment(wanted, source.text, score_cutoff=CLOSE)
    if alignment is None or alignment.dest_end <= alignment.dest_start or len(wanted) > len(source.text):
        return Evidence("absent", 0, 0, "", 0.0)
    first, last = alignment.dest_start, alignment.dest_end
    while first > 0 and source.text[first - 1].isalnum() and source.text[first].isalnum():
        first -= 1
    while last < len(source.text) and source.text[last].isalnum() and source.text[last - 1].isalnum():
        last += 1
    while first < last and source.text[first] in _MARKS and not wanted.startswith(source.text[first]):
        first += 1
    while first < last and source.text[last - 1] in _MARKS and not wanted.endswith(source.text[last - 1]):
        last -= 1
    start, end = source.span(first, last)
    return Evidence("close", start, end, text[start:end], round(alignment.score, 1))


def passage_of(place: str, document: Document) -> Passage | None:
    """Return the passage that a statement names, as ``p`` and number or by the passage's id."""
    match = _PLACE.fullmatch(place.strip())
    if match:
        number = int(match.group(1))
        return document.passages[number - 1] if 1 <= number <= len(document.passages) else None
    return next((passage for passage in document.passages if passage.id == place.strip()), None)


def check_statement(statement: Statement, document: Document) -> Evidence:
    """Look for a statement's evidence in its document.

    Returns
    -------
    Evidence
        Of the quote; of the whole passage where no words are stored.
    """
    passage = passage_of(statement.passage, document)
    if passage is None:
        if not statement.quote:
            return Evidence("absent", 0, 0, "", 0.0)
        return find_evidence(statement.quote, document.text, passages=document.passages)
    if not statement.quote:
        return Evidence("found", passage.start, passage.end, document.text[passage.start : passage.end], 100.0)
    return find_evidence(statement.quote, document.text, near=(passage.start, passage.end), passages=document.passages)


def guard(statements: Iterable[Statement], documents: Mapping[str, Document], *, file: str = "statements.csv") -> None:
    """Refuse statements whose evidence does not stand in their source; those of a source without a text pass.

    Parameters
    ----------
    statements
        From any coder: a person, rules, a model, an import.
    documents
        The documents that are at hand, by the source's id.
    file
        How messages call the statements.

    Raises
    ------
    InputError
        With every statement that is refused; for a close match it proposes the source's wording.
    """
    problems = Problems(file)
    for statement in statements:
        document = documents.get(statement.source)
        if document is not None:
            problems.extend(_refused(statement, document, file))
    problems.raise_if_any()


def _refused(statement: Statement, document: Document, file: str) -> list[Problem]:
    where = f"statement {statement.id}"
    evidence = check_statement(statement, document)
    if statement.quote and not evidence.passes:
        expected = (
            f"words of {document.name}; it says: {evidence.wording!r}. Take that wording if it is what you mean, with "
            "--use-source-wording"
            if evidence.status == "close"
            else f"words that are in {document.name}"
        )
        return [Problem(file, expected, where, "quote", statement.quote)]
    passage = passage_of(statement.passage, document)
    if passage is None:
        expected = f"a passage from p1 to p{len(document.passages)} of {document.name}"
        return [Problem(file, expected, where, "passage", statement.passage)]
    if statement.quote and not passage.start <= evidence.start < passage.end:  # it may run on into the next
        actual = document.passage_at(evidence.start)
        place = actual.place if actual else "between two passages"
        return [Problem(file, f"the passage in which the quote stands: {place}", where, "passage", statement.passage)]
    return []
