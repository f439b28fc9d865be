"""Titles and headings: which lines they are, and which of their statements the text does not make itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.documents import Document, Passage

_LONGEST = 24
"""Words of a heading at most."""

_FINITE = frozenset(["VBZ", "VBP", "VBD", "MD", "VB"])
_ENDS = (".", "!", "?", ";", ":", ",", '"', "\u201d")


def titles(document: Document) -> tuple[Passage, ...]:
    """Return the passages at the head of a document that hold its title."""
    heads = [passage for passage in document.furniture if passage.furniture in ("title", "head") and document.title]
    heads_with_title = [head for head in heads if document.title in document.text[head.start : head.end]]
    return tuple(heads_with_title[:1])


def words_of_title(document: Document, title: Passage) -> tuple[int, int]:
    """Return where the words of a title stand, without a label such as ``Title:`` before them."""
    start = document.text.index(document.title, title.start, title.end)
    return start, start + len(document.title)


def is_heading(document: Document, passage: Passage) -> bool:
    """Tell whether a passage is a title or a heading: a line of few words that no mark ends."""
    words = document.text[passage.start : passage.end]
    return bool(passage.furniture) or (len(words.split()) <= _LONGEST and not words.rstrip().endswith(_ENDS))


def asserts(doc: Any) -> bool:
    """Tell whether a heading asserts something; 'French objections to the levy' is a topic."""
    first = doc[0] if len(doc) else None
    asked = first is not None and first.tag_ == "MD"  # 'Will Malta veto it' asks
    return not asked and any(token.tag_ in _FINITE for token in doc)


def without_repeats(candidates: Iterable[Candidate], headings: Sequence[str]) -> list[Candidate]:
    """Return candidates without those of headings that another passage, or a heading before, says as well.

    Parameters
    ----------
    candidates
        The candidates, in the order of the text.
    headings
        The places of the passages that are headings.
    """
    every = list(candidates)

    def said(candidate: Candidate) -> tuple[str, str, str, int]:
        return candidate.actor, "" if candidate.actor else candidate.person, candidate.concept, candidate.stance

    seen = {said(candidate) for candidate in every if candidate.passage not in headings}
    kept: list[Candidate] = []
    for candidate in every:
        if candidate.passage in headings:
            if said(candidate) in seen:
                continue
            seen.add(said(candidate))
        kept.append(candidate)
    return kept
