"""The claims and cues of a dossier as terms with weights: what a sentence is compared with."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence

from foedus.evidence.coder.concepts import ConceptLike
from foedus.evidence.coder.prose import AGAIN
from foedus.evidence.coder.spots import Cue
from foedus.evidence.coder.terms import term
from foedus.evidence.coder.wordlists import wordset
from foedus.evidence.folding import fold_same_length

NAME, BODY = 0.9, 0.35
"""What the name of a state or place, and that of an organisation, weigh in a cue."""

CHAIR = term("chair")
_ENTERING = frozenset(map(term, ["admit", "readmit", "invite", "join", "member"]))

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

_NEGATED = re.compile(r"\b(?:not(?! (?:only|just|merely))|never|cannot|no longer)\b|n['\u2019]t\b", re.IGNORECASE)
"""A negation in a cue or a claim. The sentence's own is read in its parse, so the cue's turns the concept once more."""

ENDING = frozenset(map(term, wordset("lift end abolish repeal scrap remove revoke rescind terminate cancel drop")))
"""Words for acts that end a thing which stands: whoever is for the thing is against its end."""

SKIP = wordset(
    "the a an of to in on at by for with from and or but as is are was were be been being it its this that "
    "should must per will would into inside his her their our not no than more have has had"
)
_ACTIONS = wordset(
    "open build built adopt establish create set admit decide take make have put give pass launch hold keep bring allow"
)
"""Words for doing what a claim wants: it is spoken of without them too."""

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.'][A-Za-z0-9]+)*|%")


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared with cues."""
    return [part.group() for part in _TOKEN.finditer(AGAIN.sub(r"\1\2", fold_same_length(text)))]


def _without_negation(words: str) -> tuple[str, int]:
    """Return words without their negations, and -1 where these turn what the rest says."""
    plain, negations = _NEGATED.subn("", words)
    return plain.strip(), -1 if negations % 2 else 1


_LANDS = wordset("island islands sea strait bay river valley mountains city port lake canal atoll reef missiles")
"""Words that only say what kind of place or thing a name means."""

_PREPOSITION = re.compile(
    r"\s+(?:of|on|for|to|in|into|with|from|by|at|that|against|between|over|[a-z]{3,20}ing)\s+", re.IGNORECASE
)
_SHOULD = re.compile(r"\b(?:should|must|ought|needs? to|is acceptable)\b", re.IGNORECASE)


_EXCEPTING = re.compile(r"\b(?:without|excluding|except|minus)\b", re.IGNORECASE)
_CHOOSING = re.compile(r"\b(?:should|must|ought to) (?:become|chair|lead|head|preside|be (?:the )?(?:next )?[A-Z])")
"""How a claim begins that asks for somebody in a post."""


class Cues:
    """The claims and cues of a dossier.

    Parameters
    ----------
    concepts
        The claims with their cues.
    kind_of
        Gives ``name`` for a term that names an actor or a place, ``body`` for an organisation, else an empty string.
    long_names
        Gives the names of several words in a cue: where each begins and ends, its key, and its kind as above.
    key_of
        Gives the key of the actor that a word names by itself, as its name, adjective, people or capital, else an
        empty string. Names with one key are one term.

    Attributes
    ----------
    every
        All cues, a claim as one of them.
    entries
        Who is to enter which body, by concept.
    leading
        The concepts that want somebody in a chair.
    heads
        The concepts of which a term is the head noun.
    prescriptive
        Whether a claim says what should be done, by concept.
    names
        The keys of the places and states that a claim names, by concept.
    wanted
        The term of the noun that a claim asks for, by concept: 'ban' of 'The Union should adopt a ban on coal'.
    choosing
        The concepts that ask for somebody in a post.
    """

    def __init__(
        self,
        concepts: Iterable[ConceptLike],
        kind_of: Callable[[str], str] = lambda _: "",
        long_names: Callable[[str], Sequence[tuple[int, int, str, str]]] = lambda _: (),
        key_of: Callable[[str], str] = lambda _: "",
    ) -> None:
        self._long_names, self._key_of = long_names, key_of
        self._terms: dict[str, str] = {}
        self.every: list[Cue] = []
        self.entries: dict[str, tuple[str, str]] = {}
        self.leading: set[str] = set()
        self.heads: dict[str, set[str]] = {}
        self.prescriptive: dict[str, bool] = {}
        self.kind_of = kind_of
        self.names: dict[str, frozenset[str]] = {}
        self.wanted: dict[str, str] = {}
        self.choosing: set[str] = set()
        for concept in concepts:
            if concept.id in self.prescriptive:
                continue
            self.prescriptive[concept.id] = bool(_SHOULD.search(concept.text))
            self.names[concept.id] = frozenset(key for key, _, kind in self._parts(concept.text) if kind == "name")
            self.wanted[concept.id] = self._wanted(concept.text)
            if _CHOOSING.search(concept.text):
                self.choosing.add(concept.id)
            said = re.sub(r"\b(?:should|must|ought to)\b", "", concept.text)
            said, turned = _without_negation(said)
            self._add(concept.id, said, turned, claim=True)
            for raw in concept.cues.split(";"):
                cue, turned = _without_negation(raw.strip())
                if not cue:
                    continue
                against = next((start for start in _OPPOSITES if cue.lower().startswith(start)), None)
                if against is not None:
                    self._add(concept.id, cue[len(against) :], -turned)
                else:
                    self._add(concept.id, cue.removeprefix("-"), -turned if cue.startswith("-") else turned)
        if not self.prescriptive:
            raise ValueError("no concepts are given; the coder needs the claims to look for")

    def _parts(self, words: str) -> list[tuple[str, str, str]]:
        """Return the terms of a cue in their order, each with its word and what the word names."""
        parts: list[tuple[str, str, str]] = []
        at = 0
        for start, end, key, kind in [*self._long_names(words), (len(words), len(words), "", "")]:
            for word in words_of(words[at:start]):
                if word.lower() not in SKIP:
                    own = self.term_of(word)
                    named = self.kind_of(word) if word[0].isupper() else ""
                    parts.append((own, word, "body" if own == "nato" else named))
            if key:
                parts.append((key, words[start:end], kind))
            at = end
        return parts

    def _add(self, concept: str, words: str, sign: int, *, claim: bool = False) -> None:
        parts = self._parts(words)
        if not parts:
            return
        weights = {"name": NAME, "body": BODY}
        terms = {
            key: weights.get(kind, 0.3 if claim and word.lower() in _ACTIONS else 1.0) for key, word, kind in parts
        }
        names = all(kind for _, _, kind in parts)
        if not claim:
            self._lighten(parts, terms)
        if claim and any(key in _ENTERING or key == CHAIR for key, _, _ in parts):
            self._note_entry(concept, parts)
        if names and claim:
            return
        head = "" if claim else self._head(words)
        if head and sign > 0:
            self.heads.setdefault(head, set()).add(concept)
        excepting = _EXCEPTING.search(words) is not None
        self.every.append(
            Cue(concept, terms, names, tuple(key for key, _, _ in parts), sign, not claim, head, excepting)
        )

    @staticmethod
    def _lighten(parts: list[tuple[str, str, str]], terms: dict[str, float]) -> None:
        """Give the later words of a name less weight: 'Manus' alone is 'Manus Island'."""
        for (_, first, kind), (key, second, other) in itertools.pairwise(parts):
            capital = first[:1].isupper() and second[:1].isupper() and not first.isupper()
            if capital and not kind and not other and second.lower() in _LANDS and terms[key] == 1.0:
                terms[key] = BODY

    def _note_entry(self, concept: str, parts: list[tuple[str, str, str]]) -> None:
        """Note who is to enter which body, where a claim wants that: 'Sweden in NATO' then speaks of it."""
        if any(key == CHAIR for key, _, _ in parts):
            self.leading.add(concept)
        states = [key for key, _, kind in parts if kind == "name"]
        bodies = [key for key, _, kind in parts if kind == "body"]
        if len(states) == len(bodies) == 1:
            self.entries[concept] = (states[0], bodies[0])

    def _wanted(self, claim: str) -> str:
        """Return the term of the noun that a claim asks for, or an empty string."""
        asked = _SHOULD.split(claim, maxsplit=1)[1:]
        rest = asked[0].strip().partition(" ")[2] if asked else ""
        return self._head(rest) if rest else ""

    def _head(self, words: str) -> str:
        """Return the term of the noun that a cue is about: 'ban' of 'ban on sales', 'deal' of 'Mercosur deal'."""
        first = [word for word in words_of(_PREPOSITION.split(words, maxsplit=1)[0]) if word.lower() not in SKIP]
        kind = self.kind_of(first[-1]) if first else ""
        name = kind == "body" or (kind and first[-1][0].isupper())  # a levy is no Mr Levy
        named = not first or name or first[-1].lower() in _ACTIONS
        return "" if named else self.term_of(first[-1])

    def term_of(self, word: str) -> str:
        """Return a word as it is compared: the name and the adjective of an actor are one."""
        known = self._terms.get(word)
        if known is None:
            key = self._key_of(word.removesuffix("'s")) if word[0].isupper() else ""
            known = self._terms[word] = key or term(word)
        return known
