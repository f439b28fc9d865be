"""Which predicate counts at one step up a parse: at a word, on a noun that a verb governs, in what a copula says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.evidence.coder.clauses import object_of, subjects_of, urges, verbal
from foedus.evidence.coder.negation import flips, negated_inside
from foedus.evidence.coder.predicates import Found
from foedus.evidence.coder.stance import ATTITUDES, State
from foedus.evidence.coder.steps import COPULAS, fits_copula, hangs
from foedus.evidence.coder.whose import Whose
from foedus.evidence.coder.wordlists import wordset

_LABELS = wordset(
    "call regard consider deem describe brand label term dub see judge think find view characterise "
    "characterize portray denounce dismiss rate treat believe count declare hold"
)
_AT = ("in", "after", "before", "at", "during", "until")
_RESTING = wordset("count rely bank depend founder fail run stumble break shatter come fall collide crash stall hit")
"""Verbs whose preposition says on whose side a concept rests or breaks: 'can count | on Malta's vote'."""

_GOING = wordset("go lie rest belong")
"""What a vote or a sympathy does with its object: 'its vote | goes to him', 'its sympathies lie with it'."""

_NOT_COMPLEMENTS = frozenset(["nsubj", "nsubjpass", "aux", "neg", "punct", "advcl", "csubj", "mark"])


class Picker:
    """Picks the predicates of one sentence that count.

    Parameters
    ----------
    doc
        The parse.
    predicates
        Its predicates by token.
    whose
        Whose they are.
    """

    def __init__(self, doc: Any, predicates: Mapping[int, Sequence[Found]], whose: Whose) -> None:
        self.doc, self.predicates, self.whose = doc, predicates, whose

    def pick(self, node: Any, state: State, *, subject: bool) -> Found | None:
        """Return the predicate at a token that counts here."""
        for match in self.predicates.get(node.i, ()):
            predicate = match.predicate
            if set(match.tokens) & state.used:
                continue
            if predicate.negated == "only" and not (flips(node) or hangs(node) or negated_inside(self.doc, match)):
                continue
            if predicate.kind == "urge" and not urges(match, node):
                continue
            if (
                predicate.words == ("vote",)
                and node.dep_ == "pobj"
                and node.head.lower_ in _AT
                and not self.whose.owner(node)
            ):
                continue  # 'in the | vote on it, Kiribati ...'
            if subject and predicate.kind not in ("good", "bad", "reason") and verbal(node):
                continue
            return match
        return None

    def governed_noun(self, verb: Any, child: Any, state: State) -> Found | None:
        """Return the noun that a verb governs beside the concept: 'drop its | veto on it', 'founder on resistance'."""
        for token in verb.children:
            if token.dep_ == "prep" and verb.lemma_ in _RESTING and token != child and token.lower_ != "to":
                inner = object_of(token)
                if inner is None or inner.i in state.used:
                    continue
                token = inner  # noqa: PLW2901  (the noun that the preposition governs)
                resting = True
            else:
                resting = False
            going = resting or (token.dep_ == "nsubj" and verb.lemma_ in _GOING and child.dep_ == "prep")
            if not (going or token.dep_ in ("dobj", "attr", "oprd")) or token == child or token.i in state.used:
                continue
            for predicate in self.predicates.get(token.i, ()):
                taken = set(predicate.tokens) & (state.used | {verb.i})
                if (
                    predicate.predicate.part == "noun"
                    and not taken
                    and predicate.predicate.kind not in ("good", "bad", "say")
                ):
                    state.used |= set(predicate.tokens)
                    return predicate
        return None

    def complement_of(self, verb: Any, child: Any, state: State) -> Found | None:
        """Return the predicate that a copula or a verb of naming puts on its subject or object."""
        match = self._said_of(verb, child, state)
        if match is None and verb.lemma_ in COPULAS:
            match = self._cleft(verb, state.used)
        if match is None and verb.lemma_ in _LABELS:
            match = self._label(verb, state)
        return match

    def _said_of(self, verb: Any, child: Any, state: State) -> Found | None:
        for token in verb.children:
            if token == child or token.dep_ in _NOT_COMPLEMENTS or (token.dep_ == "ccomp" and token.i < verb.i):
                continue
            if token.dep_ == "conj" and verbal(token) and subjects_of(token):
                continue  # 'is lukewarm about it, and Italy | is hostile'

            for inner in sorted(token.subtree, key=lambda word: word.dep_ == "amod" and word.head == token):
                if inner.i in state.used or inner.head.dep_ == "relcl":
                    continue
                for predicate in self.predicates.get(inner.i, ()):
                    if not set(predicate.tokens) & state.used and (
                        fits_copula(predicate, verb, at_head=inner == token)
                        or self._owned(predicate, verb, inner, token)
                    ):
                        return predicate
        return None

    def _owned(self, match: Found, verb: Any, inner: Any, head: Any) -> bool:
        """Tell whether a subject is called somebody's proposal or red line: 'the fund is a German | proposal'."""
        sided = match.predicate.part == "noun" and match.predicate.kind in ("support", "oppose")
        if not sided or inner != head or verb.lemma_ not in COPULAS or flips(verb):
            return False
        owner = self.whose.owner(inner)
        return owner is not None and owner.kind == "actor"

    def _cleft(self, verb: Any, used: set[int]) -> Found | None:
        """Return the attitude of 'it is a plan | that France opposes'."""
        for token in verb.children:
            wanted = (
                token.dep_ in ("attr", "ccomp")
                and verbal(token)
                and any(child.lower_ in ("what", "whom") for child in token.children)
            )
            for predicate in self.predicates.get(token.i, ()) if wanted else ():
                if predicate.predicate.kind in ATTITUDES and not set(predicate.tokens) & used:
                    return predicate  # 'an office is what Denmark | wants'
            for inner in token.children if token.dep_ == "attr" else ():
                for predicate in self.predicates.get(inner.i, ()) if inner.dep_ == "relcl" else ():
                    if predicate.predicate.kind in ATTITUDES and not set(predicate.tokens) & used:
                        return predicate
        return None

    def _label(self, verb: Any, state: State) -> Found | None:
        inside = sorted(
            verb.subtree, key=lambda token: token.dep_ in ("amod", "advmod")
        )  # 'a historic | error' is an error
        for inner in inside:
            if inner.i <= verb.i or inner.i in state.used:
                continue
            for predicate in self.predicates.get(inner.i, ()):
                judges = predicate.predicate.kind in ("good", "bad") and predicate.predicate.part != "verb"
                if judges and not set(predicate.tokens) & state.used:
                    return predicate
        return None
