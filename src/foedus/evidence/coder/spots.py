"""Places of a sentence where a concept stands: which of its words belong together, and which of two concepts fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foedus.evidence.coder.qualifiers import fallen_short_of

_ENDING = frozenset(
    [
        "end",
        "abolish",
        "abolition",
        "scrap",
        "drop",
        "lift",
        "removal",
        "remove",
        "abandon",
        "abandonment",
        "give",
        "giving",
    ]
)
_REACH = 4
"""Steps in the parse over which a word of a concept may govern a name in it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as terms with weights; ``sign`` is -1 where it speaks against its concept; ``given`` if not the claim.

    ``head`` is the term of the noun that it is about; ``apart`` where it excepts something: 'without the cap'.
    """

    concept: str
    terms: dict[str, float]
    names: bool
    phrase: tuple[str, ...]
    sign: int
    given: bool = True
    head: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A concept in a sentence: its tokens, how well it fits, and -1 where the words speak against it.

    ``general`` where only a word such as 'resolution' names it.
    """

    concept: str
    tokens: tuple[int, ...]
    score: float
    sign: int
    prescriptive: bool
    general: bool = False


def denied(doc: Any, tokens: Sequence[int]) -> bool:
    """Tell whether a word beside a concept turns it: 'a nuclear-free | taxonomy', 'the anti-sanctions | camp'."""
    return fallen_short_of(doc, tokens) or any(
        (doc[at + 1 : at + 3].text in ("-free", "-less") and at + 2 not in tokens)
        or (at > 1 and doc[at - 2 : at].text.lower() == "anti-")
        for at in tokens
    )


def ended(doc: Any, spot: Spot) -> bool:
    """Tell whether what speaks against a concept is done away with here: 'the end of | unanimity'."""
    first = doc[min(spot.tokens)]
    return any(node.lemma_ in _ENDING for node in [first.head, first.head.head])


def together(doc: Any, tokens: Sequence[int], own: set[int]) -> tuple[int, ...]:
    """Return those words of a concept that belong together in the parse: the most of them."""
    best: tuple[int, ...] = ()
    for top in tokens:
        near = tuple(token for token in tokens if _governs(doc[top], doc[token]))
        if (len(own & set(near)), len(near)) > (len(own & set(best)), len(best)):
            best = near
    return best


def apart(doc: Any, tokens: Sequence[int], names: set[int]) -> set[int]:
    """Return the names of a concept that other words of it neither govern nor are governed by: only named beside it."""
    apart = set()
    for at in names & set(tokens):
        others = [doc[token] for token in tokens if token not in names]
        joined = any(
            _governs(other, doc[at]) or _governs(doc[at], other) or follows(doc, other.i, at) for other in others
        )
        if others and not joined:
            apart.add(at)
    return apart


def follows(doc: Any, word: int, name: int) -> bool:
    """Tell whether a name comes right after a word, with a preposition between: 'a bridge to | Iceland'."""
    between = doc[word + 1 : name]
    return (
        0 < len(between) <= _REACH
        and between[0].pos_ == "ADP"
        and all(token.pos_ in ("ADP", "DET", "ADJ", "PROPN") for token in between)
    )


def _governs(word: Any, inner: Any) -> bool:
    """Tell whether a word governs another over few steps that lead out of no clause."""
    for _ in range(_REACH):
        if inner == word:
            return True
        if inner.dep_ in ("relcl", "advcl", "ccomp", "parataxis"):
            return False
        inner = inner.head
    return bool(inner == word)


def strongest(spots: list[Spot], doc: Any) -> list[Spot]:
    """Return the spots without those whose words are mostly another concept's, which they fit better."""
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda spot: (-len(spot.tokens) * spot.score, spot.concept)):
        shared = [spot_ for spot_ in kept if spot_.concept != spot.concept and set(spot_.tokens) & set(spot.tokens)]
        own = [
            token_place
            for token_place in shared
            if 2 * len(set(token_place.tokens) & set(spot.tokens)) >= len(spot.tokens)
        ]
        if all(_coordinated(doc, token_place.tokens, spot.tokens) for token_place in own):
            kept.append(spot)
    return kept


def _coordinated(doc: Any, first: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether two concepts share a noun of which each has its own name: 'Romanian and Bulgarian | membership'."""
    own, others = set(first) - set(other), set(other) - set(first)
    return any(b in {conjunct.i for conjunct in doc[a].conjuncts} for a in own for b in others)


def run_of(phrase: tuple[str, ...], order: list[tuple[str, int]]) -> tuple[int, ...] | None:
    """Return where the terms of a phrase stand one after the other, or ``None``."""
    length = len(phrase)
    for at in range(len(order) - length + 1):
        if all(order[at + step][0] == phrase[step] for step in range(length)):
            return tuple(dict.fromkeys(place for _, place in order[at : at + length]))
    return None


def pointed(token: Any) -> bool:
    """Tell whether a noun stands with an article or a possessive."""
    return any(child.dep_ in ("det", "poss", "predet") for child in token.children)


_SIDES_OF = ("favour", "favor", "support")
_LEAVING_FOR = ("leave", "head", "depart", "make", "embark", "bind", "sail", "fly", "set", "train", "plane", "flight")
"""Words after which 'for' and a name say where somebody goes."""


def is_object(token: Any) -> bool:
    """Tell whether something is done to a name, or it stands alone: 'vetoed | Albania', 'Albania was vetoed'."""
    while token.dep_ in ("conj", "appos"):
        token = token.head
    if token.dep_ != "pobj":
        return token.dep_ in ("dobj", "nsubjpass", "ROOT")
    word, above = token.head, token.head.head
    if word.lower_ == "of":
        return above.lower_ in _SIDES_OF
    sided = word.lower_ in ("for", "behind") and above.i < word.i
    return word.lower_ in ("on", "to") or (sided and above.lemma_ not in _LEAVING_FOR)


def closest(here: list[str], by_term: dict[str, list[int]]) -> tuple[int, ...]:
    """Return one place for each term, so that they stand close together."""
    rarest = min(here, key=lambda term_: len(by_term[term_]))
    best: tuple[int, ...] | None = None
    for at in by_term[rarest]:
        places = tuple(sorted({min(by_term[term_], key=lambda place: abs(place - at)) for term_ in here}))
        if best is None or places[-1] - places[0] < best[-1] - best[0]:
            best = places
    return best or ()
