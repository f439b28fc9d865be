"""Where a sentence speaks of a concept: the tokens that its cues and its claim are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from foedus.evidence.coder.cues import BODY, ENDING, NAME, SKIP, Cues, words_of
from foedus.evidence.coder.qualifiers import another
from foedus.evidence.coder.spots import (
    Cue,
    Spot,
    apart,
    closest,
    denied,
    follows,
    is_object,
    pointed,
    run_of,
    strongest,
    together,
)
from foedus.evidence.coder.terms import term
from foedus.evidence.coder.turning import bows_out
from foedus.evidence.coder.wordlists import wordset

ENOUGH = 0.72
"""Share of a cue's weight that a sentence and what stands before it must hold."""

BEFORE = 0.55
"""What a word of the sentences before weighs, beside one of the sentence itself."""

_BESIDE = 4
"""How many words apart the words of a cue may stand whose names are left out."""

_ENTRY = 12
"""How many words a state may stand before the body into which it is to come."""

_LEADS = frozenset(["lead", "run", "steer", "head", "guide"])

_PREPOSITIONS = frozenset(["in", "into", "inside", "to", "of", "for", "within"])


_GENERAL = frozenset(
    term(word)
    for word in wordset(
        "resolution proposal draft text amendment measure plan initiative decision "
        "vote treaty agreement package statement communique project declaration motion"
    )
)
"""Words for what is decided on anywhere: by themselves they are no part of a cue that says which."""

_POSTS = frozenset(map(term, ["head", "chair", "chief", "top", "post", "job", "next", "member", "leader"]))
"""Words for a post or a membership, which say nothing without the body."""


def _leaves(name: Any) -> bool:
    """Tell whether a candidate is said to leave the race: '| Oslo has pulled out'."""
    return bool(name.dep_ == "nsubj" and bows_out(name.head))


def own_alone(here: Sequence[str]) -> bool:
    """Tell whether nothing but a word for a post stands here, which any body has."""
    return all(word in _POSTS for word in here)


def own_one(cue: Cue) -> bool:
    """Tell whether but one word of a cue names no actor."""
    return sum(weight == 1.0 for weight in cue.terms.values()) == 1


def _states(cue: Cue) -> frozenset[str]:
    """Return the keys of the states that a cue names."""
    return frozenset(key for key in cue.terms if key[:1] == "@" and key[1:].isupper())


class Spotter:
    """Finds where sentences speak of concepts.

    Parameters
    ----------
    cues
        The claims and cues of a dossier.

    Attributes
    ----------
    general
        The concepts that a word for anything decided on may name: 'the resolution'.
    """

    def __init__(self, cues: Cues) -> None:
        self.cues = cues
        self._present: frozenset[str] = frozenset()
        self.vocabulary = frozenset(word for cue in cues.every for word in cue.terms)
        owners: dict[frozenset[str], set[str]] = {}
        for cue in cues.every:
            owners.setdefault(frozenset(cue.terms), set()).add(cue.concept)
        self._words = {
            concept: {key for cue in cues.every if cue.concept == concept for key, weight in cue.terms.items()
                      if weight == 1.0}
            for concept in cues.prescriptive
        }  # fmt: skip
        self._every = {
            concept: {key for cue in cues.every if cue.concept == concept for key in cue.terms}
            for concept in cues.prescriptive
        }
        self.general = frozenset(cue.concept for cue in cues.every if not _GENERAL.isdisjoint(cue.terms))
        self._shared = {terms for terms, all_ in owners.items() if len(all_) > 1}

    def _entering(self, concept: str, doc: Any, by_term: dict[str, list[int]]) -> Spot | None:
        """Return where a sentence speaks of somebody in or into a body: 'Sudan should be let back into the Union'."""
        state, body = self.cues.entries[concept]
        for at in by_term.get(body, ()):
            word = doc[at].head
            state_at = next((place for place in by_term.get(state, ()) if 0 < at - place <= _ENTRY), None)
            if concept in self.cues.leading:
                led = state_at is not None and any(token.lemma_ in _LEADS for token in doc[state_at:at])
                if led and state_at is not None:
                    return Spot(concept, (state_at, at), ENOUGH, 1, self.cues.prescriptive[concept])
                continue
            at_table = word.lower_ in ("table", "door", "fold") and word.head.lower_ in ("at", "to", "through", "into")
            if at_table and state_at is not None:
                return Spot(concept, (state_at, at), ENOUGH, 1, self.cues.prescriptive[concept])
            if word.lower_ in ("in", "into", "inside") and word.dep_ in ("prep", "advmod") and state_at is not None:
                return Spot(concept, (state_at, at), ENOUGH, 1, self.cues.prescriptive[concept])
        return None

    def names_of(self, concept: str) -> frozenset[str]:
        """Return the keys of the places and states that a claim names."""
        return self.cues.names[concept]

    def words_of(self, concept: str) -> frozenset[str]:
        """Return the words of a claim and its cues."""
        return frozenset(term for cue in self.cues.every if cue.concept == concept for term in cue.terms)

    def owners_of(self, concept: str) -> frozenset[str]:
        """Return the keys of the states that the cues of a concept name: 'Spain's bid', 'host in Spain'."""
        own = (cue for cue in self.cues.every if cue.concept == concept and cue.sign > 0)
        return frozenset(key for cue in own for key in _states(cue))

    def own_bid(self, key: str, concept: str) -> str:
        """Return the rival of a concept that is a state's own bid: one with a cue of the same noun that names it."""
        heads = {cue.head for cue in self.cues.every if cue.concept == concept and cue.head and _states(cue)}
        rivals = {
            cue.concept for cue in self.cues.every
            if cue.concept != concept and cue.sign > 0 and cue.head in heads and key in _states(cue)
        }  # fmt: skip
        return rivals.pop() if len(rivals) == 1 else ""

    def names_actor(self, word: str) -> bool:
        """Tell whether a word is the name, the adjective or the capital of an actor."""
        return self.cues.term_of(word).startswith("@")

    def headed(self, word: str) -> frozenset[str]:
        """Return the concepts of which a word is the head noun, or names what is done in them: 'the exclusion'."""
        return frozenset(self.cues.heads.get(self.cues.term_of(word), ()))

    def terms_of(self, text: str) -> list[str]:
        """Return the terms of a text that cues are made of."""
        return [key for key in map(self.cues.term_of, words_of(text)) if key in self.vocabulary]

    def likely(self, words: str) -> bool:
        """Tell whether a sentence may speak of a concept: it holds a word of a cue that names no actor, or a name."""
        here = frozenset(self.terms_of(words))
        if any(state in here and body in here for state, body in self.cues.entries.values()):
            return True
        return bool(here) and any(
            (cue.names and here >= cue.terms.keys())
            or (cue.names and cue.phrase[-1] in here and self._person(cue))
            or (
                any(key in here and weight == 1.0 for key, weight in cue.terms.items())
                and sum(cue.terms[key] for key in here & cue.terms.keys()) >= 0.4 * sum(cue.terms.values())
            )
            for cue in self.cues.every
        )

    def _both(self, spots: Sequence[Spot], every: Iterable[Spot], by_term: Mapping[str, list[int]]) -> list[Spot]:
        """Return where a second concept has the same words and both are named: 'talks with Peru and Chile'."""
        kept = {spot.tokens: spot for spot in spots}
        return [
            spot for spot in every
            if spot.tokens in kept and kept[spot.tokens].concept != spot.concept and spot not in spots
            and all(self.cues.names[side.concept] & by_term.keys() for side in (spot, kept[spot.tokens]))
        ]  # fmt: skip

    def _ordered(self, doc: Any, named: Mapping[int, str]) -> list[tuple[str, int]]:
        """Return the terms of a sentence in their order, each with its token."""
        order: list[tuple[str, int]] = []
        for token in doc:
            if token.i in named:
                order += [(named[token.i], token.i)] if named[token.i] else []
            elif token.tag_ != "POS":
                order += [
                    (self.cues.term_of(part), token.i) for part in words_of(token.text) if part.lower() not in SKIP
                ]
        return order

    def spots(
        self,
        doc: Any,
        before: Sequence[str] = (),
        named: Mapping[int, str] | None = None,
        present: Collection[str] = (),
    ) -> list[Spot]:
        """Return the concepts that a parsed sentence speaks of.

        Parameters
        ----------
        doc
            The parse.
        before
            Terms of what stands before it.
        named
            The tokens of names of several words: the key at the last one, and nothing at the others.
        present
            The keys of the actors that it names in whatever way, a state also by who leads it.
        """
        self._present = frozenset(present)
        order = self._ordered(doc, named or {})
        by_term: dict[str, list[int]] = {}
        for key, place in order:
            if key in self.vocabulary and not (key in _GENERAL and doc[place].pos_ in ("VERB", "AUX")):
                by_term.setdefault(key, []).append(place)
        if not by_term:
            return []
        context = frozenset(before)
        best: dict[tuple[str, int], Spot] = {}
        for cue in self.cues.every:
            spot = self._spot(cue, doc, by_term, order, context)
            if spot is not None:
                kept = best.get((cue.concept, cue.sign))
                if kept is None or (spot.score, len(spot.tokens)) > (kept.score, len(kept.tokens)):
                    best[cue.concept, cue.sign] = spot
        for concept in self.cues.entries:
            entering = self._entering(concept, doc, by_term) if (concept, 1) not in best else None
            if entering is not None:
                best[concept, 1] = entering
        strong = strongest([*best.values(), *self._again(best, order, by_term, doc)], doc)
        strong += self._both(strong, best.values(), by_term)
        strong = [replace(hit, sign=-hit.sign) if denied(doc, hit.tokens) else hit for hit in strong]
        better = {
            (hit.concept, frozenset(hit.tokens)): hit.score for hit in strong if hit.sign < 0
        }  # 'the import of gas' fits '-import of gas' better than 'ban the import of gas'
        strong = [
            hit for hit in strong if hit.sign < 0 or hit.score >= better.get((hit.concept, frozenset(hit.tokens)), 0.0)
        ]
        positive = {hit.concept: hit for hit in strong if hit.sign > 0}
        return [
            hit
            for hit in strong
            if hit.sign > 0 or hit.concept not in positive or not set(hit.tokens) <= set(positive[hit.concept].tokens)
        ]

    def _rest(
        self, best: dict[tuple[str, int], Spot], taken: set[int], by_term: dict[str, list[int]], doc: Any
    ) -> Iterator[Spot]:
        """Yield further places where only the word stands that a concept's first place turns on: 'expansion'."""
        for (concept, sign), spot in best.items():
            words = {key for key, places in by_term.items() if set(places) & set(spot.tokens) and key[:1] != "@"}
            heads = [word for word in words if self.cues.heads.get(word) == {concept}]
            for place in (at for head in heads for at in by_term[head]):
                if place not in taken and doc[place].pos_ in ("NOUN", "VERB"):
                    taken.add(place)
                    yield Spot(concept, (place,), ENOUGH, sign, spot.prescriptive)

    def _again(
        self, best: dict[tuple[str, int], Spot], order: list[tuple[str, int]], by_term: dict[str, list[int]], doc: Any
    ) -> list[Spot]:
        """Return further places where the words of a cue stand, for concepts that were found."""
        taken = {place for spot in best.values() for place in spot.tokens}
        more: list[Spot] = []
        for cue in sorted(self.cues.every, key=lambda cue: -len(cue.phrase)):
            spot = best.get((cue.concept, cue.sign))
            if spot is None or len(cue.phrase) < 2:
                continue
            rest = [entry for entry in order if entry[1] not in taken]
            run = run_of(cue.phrase, rest)
            if run is not None and run[-1] - run[0] <= 2 * len(cue.phrase) + 2:
                taken |= set(run)
                more.append(Spot(cue.concept, run, 1.0, cue.sign, spot.prescriptive))
        return [*more, *self._rest(best, taken, by_term, doc)]

    def _spot(
        self, cue: Cue, doc: Any, by_term: dict[str, list[int]], order: list[tuple[str, int]], context: frozenset[str]
    ) -> Spot | None:
        here = [key for key in cue.terms if key in by_term]
        if not here or self._another_meant(cue, by_term, context):
            return None
        prescriptive = self.cues.prescriptive[cue.concept]
        run = run_of(cue.phrase, order)
        if run is not None and (len(cue.phrase) > 1 or not cue.names):
            general = cue.given and all(key in _GENERAL for key in cue.terms)
            several = general and doc[run[-1]].tag_ == "NNS" and not pointed(doc[run[-1]])
            return (
                None
                if several
                else Spot(cue.concept, run, 1.0 + 0.1 * sum(cue.terms.values()), cue.sign, prescriptive, general)
            )
        if cue.names:
            by_names = self._names_only(cue, doc, here, by_term, context)
            return None if by_names is None else Spot(cue.concept, by_names[0], by_names[1], cue.sign, prescriptive)
        tokens, share = self._fitted(cue, doc, by_term, order, context)
        if share < ENOUGH or not tokens or max(tokens) - min(tokens) > (8 if len(cue.terms) < 3 else 26):
            return None
        ending = [word for word in cue.phrase if word in ENDING]
        turned = bool(ending) and not any(set(by_term.get(word, ())) & set(tokens) for word in ending)
        return Spot(cue.concept, tokens, share, -cue.sign if turned else cue.sign, prescriptive)

    def _fitted(
        self, cue: Cue, doc: Any, by_term: dict[str, list[int]], order: list[tuple[str, int]], context: frozenset[str]
    ) -> tuple[tuple[int, ...], float]:
        """Return the words of a sentence that are a cue's, and how well they fit: those that only stand by go out."""
        here = [key for key in cue.terms if key in by_term]
        share = max(self._share(cue, here, context), self._without_names(cue, here, by_term, doc))
        tokens = closest(here, by_term) if share >= ENOUGH else ()
        beside = context | (cue.terms.keys() & by_term.keys())

        def places(weight: float) -> set[int]:
            return {place for key in here if cue.terms[key] == weight for place in by_term[key]}

        def kept_of(left: Sequence[int]) -> list[str]:
            return [key for key in here if any(place in left for place in by_term[key])]

        if tokens and max(tokens) - min(tokens) > _BESIDE + len(tokens):
            near = together(doc, tokens, places(1.0))
            kept = kept_of(near)
            counted = any(key.isdigit() for key in here if key not in kept)
            if not counted and (cue.head in kept or cue.head not in here):
                tokens, here, share = near, kept, self._share(cue, kept, beside)
        above = self._governing_head(cue, doc, tokens, by_term)
        if above:
            tokens = tuple(token for token in tokens if token not in above)
            here = kept_of(tokens)
            share = self._share(cue, here, context)
        acting = {token for token in tokens if token in places(BODY) and doc[token].dep_ == "nsubj"}
        if len(acting) < len(tokens):
            tokens = tuple(token for token in tokens if token not in acting)  # a body that acts is an actor here
        aside = apart(doc, tokens, places(NAME))
        if aside:
            tokens = tuple(token for token in tokens if token not in aside)
            share = self._share(cue, kept_of(tokens), beside)
        kept = kept_of(tokens)
        if self._another_body(cue, doc, order, tokens, kept):
            return (), 0.0
        if self._another_thing(cue, doc, by_term, tokens, kept):
            return (), 0.0
        unnamed = any(weight == NAME and key not in kept for key, weight in cue.terms.items())
        if unnamed and self._another_named(cue, doc, order, tokens):
            return (), 0.0
        return tokens, share

    def _another_meant(self, cue: Cue, by_term: dict[str, list[int]], context: frozenset[str]) -> bool:
        """Tell whether a cue is another concept's: its own names are not near, and it is shared or the other's are."""
        if self._of_rival(cue, by_term):
            return True
        names = self.cues.names[cue.concept]
        if not names or any(name in by_term or name in self._present for name in names):
            return False
        rivals = (other for other, own in self._words.items() if other != cue.concept and own & cue.terms.keys())
        if any(name in by_term for other in rivals for name in self.cues.names[other]):
            return True
        return frozenset(cue.terms) in self._shared and not any(name in context for name in names)

    def _of_rival(self, cue: Cue, by_term: dict[str, list[int]]) -> bool:
        """Tell whether a sentence leaves out whose a thing is, and names whose another is: 'Australia ..., | a bid'."""
        own = _states(cue)
        if not own or any(state in by_term for state in own):
            return False
        others = (other for other in self.cues.every if other.concept != cue.concept and other.head == cue.head != "")
        return any(key in by_term for other in others for key in _states(other) - own)

    def _share(self, cue: Cue, here: list[str], context: frozenset[str]) -> float:
        """Return how much of a cue the sentence and those before it hold; 0 where only general words are left."""
        own = sum(cue.terms[key] for key in here if cue.terms[key] == 1.0)
        if own == 0 or (len(here) < len(cue.terms) and all(key in _GENERAL for key in here)):
            return 0.0
        every = sum(weight for weight in cue.terms.values() if weight == 1.0)
        if not cue.given and 2 * own < every:
            return 0.0
        named = [key for key, weight in cue.terms.items() if weight in (NAME, BODY)]
        if every == 1.0 and named and not any(key in here or key in context for key in named) and own_alone(here):
            return 0.0  # 'the head' is not 'the head of NATO'
        counted = any(key.isdigit() for key in here)
        if cue.head and not counted and cue.head not in here and cue.head in cue.terms and 2 * own <= every:
            return 0.0  # 'Myanmar's junta' by itself is not its exclusion
        recalled = sum(weight for key, weight in cue.terms.items() if key not in here and key in context)
        return (sum(cue.terms[key] for key in here) + BEFORE * recalled) / sum(cue.terms.values())

    def _without_names(self, cue: Cue, here: list[str], by_term: dict[str, list[int]], doc: Any) -> float:
        """Return how well a cue fits whose every word but its names stands here: 'the frozen assets'."""
        own = [key for key, weight in cue.terms.items() if weight == 1.0]
        if len(own) < 2 or not cue.given or any(key not in here for key in own) or len(own) == len(cue.terms):
            return 0.0
        tokens = closest(own, by_term)
        beside = [child for at in tokens for child in doc[at].children if child.i not in tokens]
        other = any(self.cues.term_of(child.text).startswith("@") for child in beside if child.text[:1].isupper())
        return 0.0 if other or tokens[-1] - tokens[0] > _BESIDE else ENOUGH

    def _another_thing(
        self, cue: Cue, doc: Any, by_term: dict[str, list[int]], tokens: Sequence[int], kept: Sequence[str]
    ) -> bool:
        """Tell whether a cue's noun stands without the body it should name, and is another: 'the deal | with Japan'."""
        unnamed = any(weight == BODY and key not in kept for key, weight in cue.terms.items())
        heads = [at for at in tokens if at in by_term.get(cue.head, ())] if unnamed and own_one(cue) else []

        def own(token: Any) -> bool:
            return self.cues.term_of(token.text) in self._every[cue.concept]

        return any(doc[at].pos_ in ("NOUN", "PROPN") and another(doc[at], own) for at in heads)

    @staticmethod
    def _another_body(
        cue: Cue, doc: Any, order: list[tuple[str, int]], tokens: Sequence[int], kept: Sequence[str]
    ) -> bool:
        """Tell whether another body stands where the cue's should: 'accession to | the European Union', not to NATO."""
        if all(key in kept for key, weight in cue.terms.items() if weight == BODY) or not tokens:
            return False
        return any(
            key[:1] == "@" and not key[1:].isupper() and key not in cue.terms
            for key, place in order
            if any(follows(doc, at, place) for at in tokens)
        )

    def _another_named(self, cue: Cue, doc: Any, order: list[tuple[str, int]], tokens: Sequence[int]) -> bool:
        """Tell whether the words of a cue stand with another name than the cue's: 'threats from North Korea'."""
        beside = [node for at in tokens for child in doc[at].children if child.i not in tokens
                  for node in [child, *(child.children if child.dep_ == "prep" else ())]]  # fmt: skip
        places = {node.i for node in beside} | {
            place for key, place in order if key[:1] == "@" and any(follows(doc, at, place) for at in tokens)
        }
        keys = {key for key, place in order if place in places}
        own = {key for other in self.cues.every if other.concept == cue.concept for key in other.terms}
        return any(key.startswith("@") and key[1:].isupper() and key not in own for key in keys)

    @staticmethod
    def _governing_head(cue: Cue, doc: Any, tokens: Sequence[int], by_term: dict[str, list[int]]) -> set[int]:
        """Return verbs that only describe a cue's noun in the cue, but govern it here: 'condemned the | resolution'."""
        heads = [at for at in tokens if cue.head in by_term and at in by_term[cue.head]]
        order = list(cue.phrase)
        after = set(order[order.index(cue.head) + 1 :]) if cue.head in order else set()
        return {
            at
            for at in tokens
            if heads and doc[at].pos_ == "VERB" and any(at in by_term.get(key, ()) for key in after)
            and any(doc[at] in list(doc[head].ancestors) for head in heads)
        }  # fmt: skip

    def _names_only(
        self, cue: Cue, doc: Any, here: list[str], by_term: dict[str, list[int]], context: frozenset[str]
    ) -> tuple[tuple[int, ...], float] | None:
        """Return where a cue of names alone stands, and how well: two names near each other, a surname, an object."""
        last = cue.phrase[-1]
        if len(cue.terms) == 1 and cue.given:
            at = next((place for place in by_term[last] if is_object(doc[place]) or _leaves(doc[place])), None)
            return None if at is None else ((at,), 0.8)
        if len(here) == len(cue.terms) > 1:
            for a in by_term[here[0]]:
                for b in by_term[here[-1]]:
                    low, high = sorted((a, b))
                    if 0 < high - low <= 5 and any(doc[at].lower_ in _PREPOSITIONS for at in range(low, high)):
                        return (low, high), 1.0
        rest_before = context.issuperset(key for key in cue.terms if key not in here)
        if rest_before and last in by_term and len(cue.terms) > 1 and self._person(cue):
            return (by_term[last][0],), 0.8
        return None

    def _person(self, cue: Cue) -> bool:
        return (
            len(cue.phrase) == 2
            and all(word[:1] != "@" and word != "nato" for word in cue.phrase)
            and all(self.cues.kind_of(word.capitalize()) != "body" for word in cue.phrase)
        )
