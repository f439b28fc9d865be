"""Words that mean one of two matters by its place: 'the former', 'the second', 'both'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from foedus.evidence.coder.pointing import NOUNS, RECALLED
from foedus.evidence.coder.spots import Spot
from foedus.evidence.coder.wordlists import wordset

_FIRST, _SECOND = wordset("former first"), wordset("latter second")
_PLACES = ("dobj", "pobj", "nsubjpass", "nsubj", "conj", "attr", "dative", "ROOT")
_TAKEN = ("dobj", "pobj", "nsubjpass", "dative")
_BOTH = wordset("both two")


def pair_of(spots: Sequence[Spot]) -> tuple[Spot, Spot] | None:
    """Return the two concepts that a sentence names, in its order; ``None`` where it names fewer or more."""
    seen: dict[str, Spot] = {}
    for spot in sorted(spots, key=lambda spot: min(spot.tokens)):
        seen.setdefault(spot.concept, spot)
    first, *rest = seen.values() or (None,)
    return (first, rest[0]) if first is not None and len(rest) == 1 else None


def listed(doc: Any, here: Sequence[Spot], before: tuple[Spot, Spot] | None) -> Iterator[tuple[Spot, Any]]:
    """Yield words that mean one of two matters by its place, each with the matter.

    Parameters
    ----------
    doc
        The parse.
    here
        The concepts that the sentence names.
    before
        The two that a sentence shortly before named.
    """
    for token in doc:
        earlier = [spot for spot in here if min(spot.tokens) < token.i]
        pair = pair_of(earlier) or (before if not here else None)
        for spot in _meant(token, pair) if pair is not None else ():
            yield replace(spot, tokens=(token.i,), score=RECALLED * spot.score, sign=1, general=False), token


def _meant(token: Any, pair: tuple[Spot, Spot]) -> tuple[Spot, ...]:
    """Return which of two matters a word means."""
    pointed = token.i > 0 and token.nbor(-1).lower_ == "the"
    if pointed and token.lower_ in _FIRST | _SECOND and token.dep_ in _PLACES:
        return (pair[0] if token.lower_ in _FIRST else pair[1],)
    if token.lower_ == "both" and token.dep_ in _TAKEN and not list(token.children):
        return pair
    two = token.tag_ == "NNS" and any(child.lower_ in _BOTH for child in token.children)
    others = any(
        child.dep_ in ("amod", "compound", "prep", "poss") for child in token.children if child.lower_ not in _BOTH
    )
    return pair if two and not others and token.lemma_ in NOUNS else ()
