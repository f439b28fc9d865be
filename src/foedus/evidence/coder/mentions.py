"""Where a sentence speaks of a concept: the tokens that its cues and its claim are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.evidence.coder.concepts import ConceptLike, stem
from foedus.evidence.folding import fold_same_length

ENOUGH = 0.72
"""Share of a cue's weight that a sentence and what stands before it must hold."""

BEFORE = 0.55
"""What a word of the sentences before weighs, beside one of the sentence itself."""

_NAME, _BODY = 0.9, 0.35
_OPPOSITES = (
    "end of",
    "ending",
    "giving up",
    "abolition of",
    "abandoning",
    "removal of",
    "lifting of",
    "without",
    "no ",
)
"""How a cue begins that names the concept by what it does away with: the rest of it speaks against the concept."""

_SAME = {
    one: group[0]
    for group in (
        ["20", "20th", "twentieth"],
        ["five", "5"],
        ["two", "2"],
        ["three", "3"],
        ["pct", "%", "percent", "cent", "pct."],
        ["nato", "alliance", "alliances"],
        ["member", "membership", "accession", "admit", "admission", "join", "entry", "accede", "enter"],
        ["secgen", "secretarygeneral"],
        ["chair", "chairmanship", "chairman", "presidency", "chairing"],
        ["office", "bureau", "outpost"],
        ["defence", "defense", "military"],
        ["target", "goal", "benchmark", "objective", "mark"],
        ["package", "round", "tranche"],
        ["tokyo", "japan", "japanese"],
        ["estonia", "estonian"],
        ["ukraine", "kyiv", "ukrainian"],
        ["decide", "vote", "decision", "decidion"],
        ["china", "chinese", "beijing"],
        ["asia", "indo-pacific", "asian"],
        ["europe", "european"],
        ["russia", "russian", "moscow"],
        ["invite", "invitation"],
        ["end", "abolish", "abolition"],
        ["spend", "expenditure", "spending"],
        ["oppose", "opposition"],
        ["us", "u.s", "america", "american"],
        ["island", "isle"],
        ["provoke", "provocation", "provocative"],
        ["engagement", "engage", "involvement", "role", "presence"],
        ["deepen", "strengthen", "expand", "widen", "enhance"],
    )
    for one in group
}
_SKIP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "and",
        "or",
        "but",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "it",
        "its",
        "this",
        "that",
        "should",
        "must",
        "per",
        "will",
        "would",
        "into",
        "inside",
        "his",
        "her",
        "their",
        "our",
        "not",
        "no",
        "than",
        "more",
        "have",
        "has",
        "had",
    ]
)
_ACTIONS = frozenset(
    [
        "open",
        "build",
        "built",
        "adopt",
        "establish",
        "create",
        "set",
        "admit",
        "decide",
        "take",
        "make",
        "have",
        "put",
        "give",
        "pass",
        "launch",
        "hold",
        "keep",
        "bring",
        "allow",
    ]
)
"""Words for doing what a claim wants: it is spoken of without them too."""

_PREPOSITIONS = frozenset(["in", "into", "inside", "to", "of", "for", "within"])


def term(word: str) -> str:
    """Return a word as it is compared: folded, without endings, words of one meaning made one."""
    plain = word.lower().removesuffix("'s").strip(".")
    found = _SAME.get(plain)
    if found is None:
        found = _SAME.get(stem(plain), stem(plain))
    return stem(found)


_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.'][A-Za-z0-9]+)*|%")


def _words(text: str) -> list[str]:
    return [part.group() for part in _TOKEN.finditer(fold_same_length(text))]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as terms with weights; ``sign`` is -1 where it speaks against its concept; ``given`` if not the claim."""

    concept: str
    terms: dict[str, float]
    names: bool
    phrase: tuple[str, ...]
    sign: int
    given: bool = True


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


_GENERAL = frozenset(
    term(one)
    for one in [
        "resolution",
        "proposal",
        "draft",
        "text",
        "amendment",
        "measure",
        "plan",
        "initiative",
        "decision",
        "vote",
        "treaty",
        "agreement",
        "package",
        "statement",
        "communique",
        "project",
        "declaration",
        "motion",
    ]
)
"""Words for what is decided on anywhere: by themselves they are no part of a cue that says which."""

_SHOULD = re.compile(r"\b(?:should|must|ought|needs? to|is acceptable)\b", re.IGNORECASE)


class Spotter:
    """Finds where sentences speak of concepts.

    Parameters
    ----------
    concepts
        The claims with their cues.
    kind_of
        Gives ``name`` for a term that names an actor or a place, ``body`` for an organisation, else an empty string.
    names_in
        Gives the words of a cue that belong to names of several words, such as 'United' and 'Nations'.
    """

    def __init__(
        self,
        concepts: Iterable[ConceptLike],
        kind_of: Callable[[str], str] = lambda _: "",
        names_in: Callable[[str], frozenset[str]] = lambda _: frozenset(),
    ) -> None:
        self._names_in = names_in
        self.cues: list[Cue] = []
        self.prescriptive: dict[str, bool] = {}
        self._kind_of = kind_of
        self._names: dict[str, frozenset[str]] = {}
        for concept in concepts:
            if concept.id in self.prescriptive:
                continue
            self.prescriptive[concept.id] = bool(_SHOULD.search(concept.text))
            self._names[concept.id] = frozenset(
                term(one) for one in _words(concept.text) if one[0].isupper() and kind_of(one) == "name"
            )
            self._add(concept.id, re.sub(r"\b(?:should|must|ought to)\b", "", concept.text), 1, claim=True)
            for raw in concept.cues.split(";"):
                cue = raw.strip()
                if not cue:
                    continue
                against = next((start for start in _OPPOSITES if cue.lower().startswith(start)), None)
                if against is not None:
                    self._add(concept.id, cue[len(against) :], -1)
                else:
                    self._add(concept.id, cue.removeprefix("-"), -1 if cue.startswith("-") else 1)
        if not self.prescriptive:
            raise ValueError("no concepts are given; the coder needs the claims to look for")
        self.vocabulary = frozenset(word for one in self.cues for word in one.terms)
        owners: dict[frozenset[str], set[str]] = {}
        for one in self.cues:
            owners.setdefault(frozenset(one.terms), set()).add(one.concept)
        self._shared = {terms for terms, all_ in owners.items() if len(all_) > 1}

    def _add(self, concept: str, words: str, sign: int, *, claim: bool = False) -> None:
        phrase = [one for one in _words(words) if one.lower() not in _SKIP]
        terms = {}
        long = self._names_in(words)
        for one in phrase:
            kind = ("body" if one in long else self._kind_of(one)) if one[0].isupper() else ""
            terms[term(one)] = (
                _NAME
                if kind == "name"
                else _BODY
                if kind == "body"
                else 0.3
                if claim and one.lower() in _ACTIONS
                else 1.0
            )
        if not terms:
            return
        names = all(one in long or self._kind_of(one) for one in phrase)
        if names and claim:
            return
        self.cues.append(Cue(concept, terms, names, tuple(term(one) for one in phrase), sign, not claim))

    def terms_of(self, text: str) -> list[str]:
        """Return the terms of a text that cues are made of."""
        return [one for one in map(term, _words(text)) if one in self.vocabulary]

    def likely(self, words: str) -> bool:
        """Tell whether a sentence may speak of a concept: it holds a word of a cue that names no actor, or a name."""
        here = frozenset(self.terms_of(words))
        return bool(here) and any(
            (cue.names and here >= cue.terms.keys())
            or (cue.names and cue.phrase[-1] in here and self._person(cue))
            or (
                any(one in here and weight == 1.0 for one, weight in cue.terms.items())
                and sum(cue.terms[one] for one in here & cue.terms.keys()) >= 0.4 * sum(cue.terms.values())
            )
            for cue in self.cues
        )

    def spots(self, doc: Any, before: Sequence[str] = ()) -> list[Spot]:
        """Return the concepts that a parsed sentence speaks of; ``before`` holds the terms of what stands before it."""
        by_term: dict[str, list[int]] = {}
        order: list[tuple[str, int]] = []
        for token in doc:
            for part in _words(token.text):
                if part.lower() in _SKIP:
                    continue
                key = term(part)
                order.append((key, token.i))
                if key in self.vocabulary:
                    by_term.setdefault(key, []).append(token.i)
        if not by_term:
            return []
        context = frozenset(before)
        best: dict[tuple[str, int], Spot] = {}
        for cue in self.cues:
            spot = self._spot(cue, doc, by_term, order, context)
            if spot is not None:
                kept = best.get((cue.concept, cue.sign))
                if kept is None or (spot.score, len(spot.tokens)) > (kept.score, len(kept.tokens)):
                    best[cue.concept, cue.sign] = spot
        found = _strongest([*best.values(), *self._again(best, order)])
        positive = {one.concept: one for one in found if one.sign > 0}
        return [
            one
            for one in found
            if one.sign > 0 or one.concept not in positive or not set(one.tokens) <= set(positive[one.concept].tokens)
        ]

    def _again(self, best: dict[tuple[str, int], Spot], order: list[tuple[str, int]]) -> list[Spot]:
        """Return further places where the words of a cue stand, for concepts that were found."""
        taken = {place for spot in best.values() for place in spot.tokens}
        more: list[Spot] = []
        for cue in sorted(self.cues, key=lambda one: -len(one.phrase)):
            spot = best.get((cue.concept, cue.sign))
            if spot is None or len(cue.phrase) < 2:
                continue
            rest = [one for one in order if one[1] not in taken]
            run = _run(cue.phrase, rest)
            if run is not None and run[-1] - run[0] <= 2 * len(cue.phrase) + 2:
                taken |= set(run)
                more.append(Spot(cue.concept, run, 1.0, cue.sign, spot.prescriptive))
        return more

    def _spot(
        self, cue: Cue, doc: Any, by_term: dict[str, list[int]], order: list[tuple[str, int]], context: frozenset[str]
    ) -> Spot | None:
        here = [one for one in cue.terms if one in by_term]
        if not here or self._another_meant(cue, by_term, context):
            return None
        prescriptive = self.prescriptive[cue.concept]
        run = _run(cue.phrase, order)
        if run is not None and (len(cue.phrase) > 1 or not cue.names):
            general = cue.given and all(one in _GENERAL for one in cue.terms)
            if general and doc[run[-1]].tag_ == "NNS" and not _pointed(doc[run[-1]]):
                return None
            return Spot(cue.concept, run, 1.0 + 0.1 * sum(cue.terms.values()), cue.sign, prescriptive, general)
        if cue.names:
            found = self._names_only(cue, doc, here, by_term, context)
            return None if found is None else Spot(cue.concept, found[0], found[1], cue.sign, prescriptive)
        share = self._share(cue, here, context)
        tokens = _closest(here, by_term) if share >= ENOUGH else ()
        if not tokens or max(tokens) - min(tokens) > (8 if len(cue.terms) < 3 else 26):
            return None
        return Spot(cue.concept, tokens, share, cue.sign, prescriptive)

    def _another_meant(self, cue: Cue, by_term: dict[str, list[int]], context: frozenset[str]) -> bool:
        """Tell whether a cue that several concepts share is not this one's, for its names are not near."""
        names = self._names[cue.concept]
        shared = frozenset(cue.terms) in self._shared and bool(names)
        return shared and not any(one in by_term or one in context for one in names)

    def _share(self, cue: Cue, here: list[str], context: frozenset[str]) -> float:
        """Return how much of a cue the sentence and those before it hold; 0 where only general words are left."""
        own = sum(cue.terms[one] for one in here if cue.terms[one] == 1.0)
        if own == 0 or (len(here) < len(cue.terms) and all(one in _GENERAL for one in here)):
            return 0.0
        recalled = sum(weight for one, weight in cue.terms.items() if one not in here and one in context)
        return (sum(cue.terms[one] for one in here) + BEFORE * recalled) / sum(cue.terms.values())

    def _names_only(
        self, cue: Cue, doc: Any, here: list[str], by_term: dict[str, list[int]], context: frozenset[str]
    ) -> tuple[tuple[int, ...], float] | None:
        """Return where a cue of names alone stands, and how well: two names near each other, a surname, an object."""
        last = cue.phrase[-1]
        if len(cue.terms) == 1 and cue.given:
            at = next((one for one in by_term[last] if _is_object(doc[one])), None)
            return None if at is None else ((at,), 0.8)
        if len(here) == len(cue.terms) > 1:
            for a in by_term[here[0]]:
                for b in by_term[here[-1]]:
                    low, high = sorted((a, b))
                    if 0 < high - low <= 5 and any(doc[at].lower_ in _PREPOSITIONS for at in range(low, high)):
                        return (low, high), 1.0
        rest_before = context.issuperset(one for one in cue.terms if one not in here)
        if rest_before and last in by_term and len(cue.terms) > 1 and self._person(cue):
            return (by_term[last][0],), 0.8
        return None

    def _person(self, cue: Cue) -> bool:
        return len(cue.phrase) == 2 and all(self._kind_of(one.capitalize()) != "body" for one in cue.phrase)


def _strongest(found: list[Spot]) -> list[Spot]:
    """Return the spots without those whose words are mostly another concept's, which they fit better."""
    kept: list[Spot] = []
    for spot in sorted(found, key=lambda one: (-len(one.tokens) * one.score, one.concept)):
        shared = [one for one in kept if one.concept != spot.concept and set(one.tokens) & set(spot.tokens)]
        if not any(2 * len(set(one.tokens) & set(spot.tokens)) >= len(spot.tokens) for one in shared):
            kept.append(spot)
    return kept


def _run(phrase: tuple[str, ...], order: list[tuple[str, int]]) -> tuple[int, ...] | None:
    length = len(phrase)
    for at in range(len(order) - length + 1):
        if all(order[at + step][0] == phrase[step] for step in range(length)):
            return tuple(dict.fromkeys(place for _, place in order[at : at + length]))
    return None


def _pointed(token: Any) -> bool:
    """Tell whether a noun stands with an article or a possessive."""
    return any(one.dep_ in ("det", "poss", "predet") for one in token.children)


def _is_object(token: Any) -> bool:
    """Tell whether something is done to a name, or it stands alone: 'vetoed | Albania', 'Albania was vetoed'."""
    while token.dep_ in ("conj", "appos"):
        token = token.head
    return token.dep_ in ("dobj", "nsubjpass", "ROOT") or (token.dep_ == "pobj" and token.head.lower_ in ("on", "to"))


def _closest(here: list[str], by_term: dict[str, list[int]]) -> tuple[int, ...]:
    """Return one place for each term, so that they stand close together."""
    rarest = min(here, key=lambda one: len(by_term[one]))
    best: tuple[int, ...] | None = None
    for at in by_term[rarest]:
        places = tuple(sorted({min(by_term[one], key=lambda place: abs(place - at)) for one in here}))
        if best is None or places[-1] - places[0] < best[-1] - best[0]:
            best = places
    return best or ()
