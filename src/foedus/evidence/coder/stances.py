"""Stances in a parsed sentence: up from the concept, predicate by predicate, to whoever holds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foedus.evidence.coder.applying import Applier
from foedus.evidence.coder.clauses import (
    first_conjunct,
    imperative,
    infinitive,
    inverted,
    marked,
    object_of,
    subjects_of,
    verb_of,
    verbal,
    verbless,
)
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.lists import AGENTS, run_of_actors
from foedus.evidence.coder.negation import flips, negate, negate_noun, turn_found
from foedus.evidence.coder.predicates import Found, find_predicates
from foedus.evidence.coder.siding import Siding
from foedus.evidence.coder.spots import Spot
from foedus.evidence.coder.stance import SIGN, Stance, State
from foedus.evidence.coder.steps import TEXTS, instead, role_of, through_text
from foedus.evidence.coder.turning import asked_to_go, denying, never_by, put_off
from foedus.evidence.coder.whose import Whose
from foedus.evidence.coder.wordlists import wordset

_BACKED = wordset("back sponsor propose draft support author table")
_PROPOSED = wordset("proposal motion draft amendment initiative petition")
_ANYBODY = wordset("those whoever anyone anybody everyone all")
_CIRCUMSTANCES = wordset("by after before during despite without since as until through")
_STORIES = wordset("story report claim rumour rumor allegation suggestion notion talk tale account gossip speculation")
_MOST_STEPS = 40
_NEAR = 7
"""How many words before a concept the predicate may stand that the parse has cut off from it."""

_BRIDGES = TEXTS | wordset("deal pact accord law package scheme project idea move decision effort attempt bid")
_BRIDGING = ("DET", "ADP", "PART", "ADJ", "NUM", "ADV", "CCONJ", "PROPN")


class Reader:
    """Reads the stances of one parsed sentence."""

    def __init__(self, doc: Any, holders: Holders) -> None:
        self.doc = doc
        self.predicates = find_predicates(doc)
        self.whose = Whose(doc, holders, self.predicates)
        self._applier = Applier(doc, holders, self.whose)
        self._siding = Siding(doc, self.predicates, self.whose, self._applier)
        self.groups = self._applier.groups

    def stances(self, spot: Spot, anchor: Any) -> list[Stance]:
        """Return the stances on one concept, from its token up."""
        left = self._read(spot, anchor, None)
        if not left and spot.tokens:
            cut = self._cut_off(spot, anchor)
            left = self._read(spot, anchor, cut) if cut is not None else []
        if not left:
            return left
        denied = {mention.actor for mention in denying(self.doc, self.whose.holders, self.predicates)}
        return [stance for stance in left if not any(each.actor in denied for each in stance.mentions)]

    def _cut_off(self, spot: Spot, anchor: Any) -> Found | None:
        """Return the predicate right before a concept that the parse has put elsewhere: 'opposed to | X joining'."""
        above = {anchor.i, *(ancestor.i for ancestor in anchor.ancestors)}
        for at in range(min(spot.tokens) - 1, max(-1, min(spot.tokens) - _NEAR), -1):
            token = self.doc[at]
            for predicate in self.predicates.get(at, ()):
                sided = predicate.predicate.kind in ("support", "oppose", "block") and not set(predicate.tokens) & above
                if sided and (
                    predicate.predicate.part != "adjective" or self.doc[predicate.tokens[0]].dep_ in ("acomp", "attr")
                ):
                    return predicate
            if (
                token.pos_ not in _BRIDGING
                and token.lemma_ not in _BRIDGES
                and token.i not in self.whose.holders.by_token
            ):
                return None
        return None

    def _read(self, spot: Spot, anchor: Any, cut: Found | None) -> list[Stance]:
        """Return the stances on one concept; ``cut`` is the predicate under which it belongs, where the parse errs."""
        state = State(spot.sign)
        if not spot.prescriptive:
            state.taken = state.pending = True
        state.used |= set(spot.tokens)
        if cut is None:
            self._begin(spot, anchor, state)
        else:
            anchor = self.doc[cut.tokens[0]]
            state.used |= set(cut.tokens)
            self._applier.apply(cut, anchor, spot, state, "prep")
        top = anchor if state.dead or state.closed else self._climb(spot, anchor, state)
        self._told_aside(top, spot, state)
        left = list(state.found.values())
        waits = state.pending or state.speaker or state.pronoun is not None
        if state.taken and not state.open and not state.dead and waits:
            left.append(_rest(spot, state, top))
        return left

    def _told_aside(self, top: Any, spot: Spot, state: State) -> None:
        """Read who says a sentence in the middle of it: 'the office, | he told reporters, is a mistake'."""
        if state.dead or not (state.pending or state.speaker):
            return
        for child in top.children:
            said = [predicate for predicate in self.predicates.get(child.i, ()) if predicate.predicate.kind == "say"]
            if child.dep_ == "parataxis" and said:
                self._applier.apply(said[0], child, spot, state, "parataxis")
                return

    def _begin(self, spot: Spot, anchor: Any, state: State) -> None:
        """Read what stands at the concept itself."""
        if not spot.tokens:  # nothing names the concept: the predicate itself takes the side
            bare = self.predicates[anchor.i][0]
            state.used |= set(bare.tokens)
            self._applier.apply(bare, anchor, spot, state, "bare")
            state.closed = anchor.dep_ == "pobj" and anchor.head.lower_ == "to"  # 'to the | dismay of its neighbours'
            urged = any(predicate.predicate.kind == "urge" for predicate in self.predicates.get(verb_of(anchor).i, ()))
            if urged and anchor.lemma_.lower() in AGENTS and anchor.dep_ in ("pobj", "dobj"):
                state.end()  # 'called on the | sponsors to withdraw it' makes nobody one of them
                return
            given_up = anchor.dep_ == "dobj" and self.whose.ends(anchor.head)  # 'withdrew the | veto it had cast'
            state.dead = anchor.pos_ == "NOUN" and bool(state.found) and not given_up
            state.dead = state.dead and not self.whose.obstructs(anchor)
        elif verbal(anchor) or any(child.dep_ == "aux" for child in anchor.children):
            if self._attitude_in_claim(spot, anchor, state):
                return
            wills = ("will", "would") if anchor.dep_ == "ccomp" and self._reports(anchor.head) else ("will", "wo")
            refused = flips(anchor) % 2 and any(
                child.dep_ == "aux" and child.lower_ in wills for child in anchor.children
            )
            negate(anchor, state)
            self._applier.deontic(anchor, state)
            if not state.taken and (refused or self._done_by_body(spot, anchor)):
                state.taken = True
                state.trail.append("refuse" if refused else "support")
                self._applier.hold(anchor, state, spot, "ccomp")
        else:
            before = state.sign
            inner = next((child for child in anchor.children if child.dep_ == "xcomp" and infinitive(child)), None)
            if inner is not None and any(child.dep_ == "auxpass" for child in inner.children):
                self._siding.step(anchor, inner, "nsubjpass", spot, state)  # 'calls for the agreement | to be dropped'
            if asked_to_go(anchor) is not None or put_off(anchor):
                state.sign = -state.sign
                state.trail.append("fail")
                before = state.sign
            negate_noun(anchor, state)
            if never_by(anchor):
                state.sign = -state.sign
            if state.sign != before and spot.prescriptive and (verbless(anchor) or never_by(anchor)):
                state.wait()
                state.closed = True
                state.trail.append("refuse")

    def _done_by_body(self, spot: Spot, anchor: Any) -> bool:
        """Tell whether the body of a claim does what it asks for: 'the African Union | suspended Mali'."""
        body = self.whose.holders.bodies.get(spot.concept)
        if body is None or not spot.prescriptive or anchor.tag_ not in ("VBD", "VBZ", "VBN") or flips(anchor) % 2:
            return False
        subject = next((child for child in anchor.children if child.dep_ == "nsubj"), None)
        holder = self.whose.holders.read(subject) if subject is not None else None
        return holder is not None and [mention.actor for mention in holder.mentions] == [body.actor]

    def _attitude_in_claim(self, spot: Spot, anchor: Any, state: State) -> bool:
        """Read a verb that the claim itself names: of 'members should support it', whoever supports it is for it."""
        match = next(
            (
                predicate
                for predicate in self.predicates.get(anchor.i, ())
                if predicate.predicate.kind in ("support", "oppose")
            ),
            None,
        )
        if match is None or not spot.prescriptive:
            return False
        negate(anchor, state)
        state.taken = True
        state.trail.append(match.predicate.kind)
        self._applier.hold(anchor, state, spot, "claim")
        return True

    def proposers(self, spot: Spot, anchor: Any) -> list[Stance]:
        """Return who proposes what a concept names: 'the text | tabled by Norway', 'the | Dutch proposal'."""
        state = State(1, taken=True, trail=["support"])
        if anchor.lemma_ in _PROPOSED:
            owner = self.whose.owner(anchor)
            self._applier.give(owner.mentions if owner is not None else (), anchor, state, spot)
        for child in anchor.children:
            kinds = {predicate.predicate.kind for predicate in self.predicates.get(child.i, ())}
            agent = next((grandchild for grandchild in child.children if grandchild.dep_ == "agent"), None)
            inner = object_of(agent) if agent is not None else None
            listed, _ = (
                run_of_actors(self.doc, agent.i + 1, self.whose.holders.by_token) if agent is not None else ((), 0)
            )
            leading = next((grandchild for grandchild in child.children if grandchild.dep_ == "npadvmod"), None)
            if child.dep_ == "amod" and leading is not None and child.lemma_ in _BACKED:  # 'a US-backed | text'
                mention = self.whose.holders.by_token.get(leading.i)
                self._applier.give((mention,) if mention is not None and mention.actor else (), child, state, spot)
            if child.dep_ == "acl" and "support" in kinds and inner is not None:
                self._applier.give(listed, child, state, spot)
        return list(state.found.values())

    def _climb(self, spot: Spot, anchor: Any, state: State) -> Any:
        """Go up from the concept, step by step; return where the way ends."""
        node = anchor
        for _ in range(_MOST_STEPS):
            if node.dep_ == "ROOT" or node.head == node:
                break
            child, node = node, node.head
            dep = role_of(child)
            if dep == "conj":
                first = first_conjunct(child)
                if verbal(child):
                    self._coordinated(child, first, state)
                    if state.dead or self._apart(child, first):
                        break
                first = self._alike(child, first)
                child, dep = first, first.dep_
                if dep == "ROOT":
                    return first
                node = first.head
            if self._ends_way(child, node, dep, state) or self._denied(node, dep, state):
                break
            dep = self._through(child, node, dep, spot, state)
            if self._subordinate(child, dep):
                state.open = state.open or marked(child) or inverted(child)
                if dep == "relcl" and self._anybody(node, state):
                    continue
                if dep == "relcl":
                    self._given_up(node, state)
                if dep == "relcl" or (dep == "advcl" and not self._complement(child, node)):
                    break
            self._upwards(child, node, dep, spot, state)
            if state.dead:
                break
        return node

    @staticmethod
    def _apart(verb: Any, first: Any) -> bool:
        """Tell whether a second verb is a clause of its own: 'it fell, she said, and Spain | will resist it'."""
        return bool(first.dep_ == "ROOT" or (first.dep_ == "parataxis" and subjects_of(verb)))

    def _through(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> str:
        """Return how a clause is read; 'the resolution, | which was tabled by France' says who is for the text."""
        itself = any(self.doc[at].tag_ in ("WDT", "WP") and self.doc[at].head == child for at in spot.tokens)
        return dep if itself and state.found else through_text(child, node, dep, state)

    @staticmethod
    def _alike(child: Any, first: Any) -> Any:
        """Return the preposition that a second one repeats: 'argued | for an end to the veto and for a majority'."""
        if child.pos_ != "ADP" or first.pos_ != "ADP" or child.lower_ == first.lower_:
            return first
        return next(
            (ancestor for ancestor in first.ancestors if ancestor.pos_ == "ADP" and ancestor.lower_ == child.lower_),
            first,
        )

    def _upwards(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> None:
        """Take one step up, and read what its verb shares with others or asks for by its form."""
        if instead(child):
            state.sign = -state.sign
        self._siding.step(child, node, dep, spot, state)
        if dep in ("nsubj", "nsubjpass", "csubj") and verbal(node):
            self._siding.shared_subject(child, node, spot, state)
        if not state.taken and not state.dead and spot.prescriptive and imperative(node):
            negate(node, state)
            state.wait()
            state.trail.append("should")

    def _ends_way(self, child: Any, node: Any, dep: str, state: State) -> bool:
        """Tell whether what stands above says nothing more of a concept: 'by opposing it, | Spain ended the doubt'."""
        if dep == "ccomp" and child.i < node.i:
            return not self._reports(node)
        if dep == "pcomp" and node.lower_ == "with" and state.taken and subjects_of(child):
            return True  # 'has complicated the move, with Paris | saying that it should wait'
        aside = state.taken or node.lower_ in ("without", "after")  # 'after realising that it would fail, | decided to'
        return dep == "pcomp" and node.lower_ in _CIRCUMSTANCES and aside

    @staticmethod
    def _subordinate(child: Any, dep: str) -> bool:
        return dep in ("advcl", "relcl", "parataxis") or (dep in ("ccomp", "acl", "pcomp", "csubj") and marked(child))

    def _coordinated(self, child: Any, first: Any, state: State) -> None:
        """Read the second of two verbs: it shares the first one's modal, and 'neither ... nor' leaves it open."""
        self._applier.inherit(child, first, state)
        if [token.lower_ for token in self.doc[max(0, child.left_edge.i - 2) : child.left_edge.i]] == [
            "rather",
            "than",
        ]:
            state.sign = -state.sign  # 'would walk out rather than | accept it'
            turn_found(state)
        if any(inner.lower_ == "neither" for inner in first.children) and self._sided(first, child):
            self._siding.still_open(state)

    def _sided(self, first: Any, other: Any) -> bool:
        """Tell whether two verbs take opposite sides: 'neither supports nor rejects'."""
        sides = [{SIGN.get(each.predicate.kind) for each in self.predicates.get(verb.i, ())} for verb in (first, other)]
        return (1 in sides[0] and -1 in sides[1]) or (-1 in sides[0] and 1 in sides[1])

    def _reports(self, node: Any) -> bool:
        return any(
            predicate.predicate.kind in ("say", "think", "expect", "deny")
            for predicate in self.predicates.get(node.i, ())
        )

    def _complement(self, child: Any, node: Any) -> bool:
        """Tell whether a clause that is parsed as an adverbial is what its verb governs: 'go on blocking'."""
        near = child.tag_ == "VBG" and 0 < child.i - node.i <= 4
        first = child.left_edge.i
        apart = first > 0 and self.doc[first - 1].text in (",", "-", "(")
        bare = not apart and not any(grandchild.dep_ in ("mark", "nsubj", "punct") for grandchild in child.children)
        if near and bare and (self.predicates.get(node.i) or node.lemma_ in ("go", "keep")):
            return True
        return child.i > node.i and infinitive(child)

    @staticmethod
    def _anybody(node: Any, state: State) -> bool:
        if node.lower_ in _ANYBODY and state.taken:
            state.pending = True
            state.trail.append("anybody")
            return True
        return False

    def _given_up(self, noun: Any, state: State) -> None:
        """Turn what a clause says of an objection that is given up: 'dropped the veto | by which it blocked it'."""
        sides = [
            predicate
            for predicate in self.predicates.get(noun.i, ())
            if predicate.predicate.kind in ("block", "oppose", "support")
        ]
        if sides and noun.dep_ in ("dobj", "nsubjpass") and self.whose.ends(verb_of(noun)):
            state.sign = -state.sign
            state.trail.append("end")
            turn_found(state)

    def _denied(self, noun: Any, dep: str, state: State) -> bool:
        """End where a story is waved away: 'brushed aside a report | which had it that Spain was against it'."""
        if dep not in ("acl", "ccomp", "relcl") or noun.lemma_ not in _STORIES:
            return False
        kinds = {predicate.predicate.kind for predicate in self.predicates.get(verb_of(noun).i, ())}
        if kinds & {"deny", "oppose", "block", "bad"} or "no truth" in self.doc.text.lower():
            state.end()
        return state.dead


def _rest(spot: Spot, state: State, top: Any) -> Stance:
    """Return the stance that nobody in the sentence holds: a pronoun's, or the speaker's."""
    pronoun = state.pronoun is not None
    return Stance(
        spot.concept, state.sign, "pronoun" if pronoun else "speaker", (), state.pronoun if pronoun else top,
        tuple(state.trail), not pronoun, spot.score, spot.tokens, state.signal, state.speaker,
    )  # fmt: skip


def anchors(doc: Any, spot: Spot) -> Iterator[Any]:
    """Yield the tokens of a concept that others of its tokens do not govern, the highest first."""
    inside = set(spot.tokens)
    highest = [doc[at] for at in spot.tokens if not any(ancestor.i in inside for ancestor in doc[at].ancestors)]
    yield from [token for token in highest if token.pos_ != "PROPN"] or highest[:1]
