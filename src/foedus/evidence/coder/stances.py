"""Stances in a parsed sentence: up from the concept, predicate by predicate, to whoever holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
    urges,
    verb_of,
    verbal,
    verbless,
)
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.lists import run_of_actors
from foedus.evidence.coder.negation import flips, negate, negate_noun, negated_inside, turn_found
from foedus.evidence.coder.predicates import Found, find_predicates
from foedus.evidence.coder.spots import Spot
from foedus.evidence.coder.stance import ATTITUDES, SIGN, Stance, State
from foedus.evidence.coder.steps import (
    COPULAS,
    OBLIGING,
    TEXTS,
    as_object,
    fits_copula,
    hangs,
    instead,
    judges_its_object,
    raised,
    role_of,
    stopping,
    through_text,
    vanishes,
    wanted_done,
    weighs,
)
from foedus.evidence.coder.whose import Whose
from foedus.evidence.coder.wordlists import wordset

_LIGHT = wordset("have get enjoy win face meet receive find encounter gain earn lack draw command run attract")
_LABELS = wordset(
    "call regard consider deem describe brand label term dub see judge think find view characterise "
    "characterize portray denounce dismiss rate treat believe count declare hold"
)
_BACKED = wordset("back sponsor propose draft support author table")
_GIVING = wordset("give lend deny offer pledge grant")
_ANYBODY = wordset("those whoever anyone anybody everyone all")
_CIRCUMSTANCES = wordset("by after before during despite without since as until through")
_AIMS = wordset("aim goal priority objective task thing point key answer choice wish ambition purpose challenge duty")
_AT = ("in", "after", "before", "at", "during", "until")
_HELD = ("oppose", "block", "refuse")
_STORIES = wordset("story report claim rumour rumor allegation suggestion notion talk tale account gossip speculation")
_RESTING = wordset("count rely bank depend founder fail run stumble break shatter come fall collide crash stall hit")
"""Verbs whose preposition says on whose side a concept rests or breaks: 'can count | on Malta's vote'."""

_DELAYING = wordset("put postpone delay defer shelve freeze stall suspend adjourn hold")
_GOING = wordset("go lie rest belong")
"""What a vote or a sympathy does with its object: 'its vote | goes to him', 'its sympathies lie with it'."""

_CARRYING = wordset("bring get go dare care move deign rush hurry manage prevail")
"""Verbs whose negation is that of what they lead to: 'could not bring itself | to support it'."""

_MOST_STEPS = 40
_NEAR = 7
"""How many words before a concept the predicate may stand that the parse has cut off from it."""

_BRIDGES = TEXTS | wordset("deal pact accord law package scheme project idea move decision effort attempt bid")
_BRIDGING = ("DET", "ADP", "PART", "ADJ", "NUM", "ADV", "CCONJ", "PROPN")
_NOT_COMPLEMENTS = frozenset(["nsubj", "nsubjpass", "aux", "neg", "punct", "advcl", "csubj", "mark"])
_NOUN_OF = frozenset(["prep", "xcomp", "acl", "dative", "agent", "advcl", "ccomp"])


class Reader:
    """Reads the stances of one parsed sentence."""

    def __init__(self, doc: Any, holders: Holders) -> None:
        self.doc = doc
        self.predicates = find_predicates(doc)
        self.whose = Whose(doc, holders, self.predicates)
        self._applier = Applier(doc, holders, self.whose)
        self.groups = self._applier.groups

    def stances(self, spot: Spot, anchor: Any) -> list[Stance]:
        """Return the stances on one concept, from its token up."""
        left = self._read(spot, anchor, None)
        if not left and spot.tokens:
            cut = self._cut_off(spot, anchor)
            left = self._read(spot, anchor, cut) if cut is not None else []
        return left

    def _cut_off(self, spot: Spot, anchor: Any) -> Found | None:
        """Return the predicate right before a concept that the parse has put elsewhere: 'opposed to | X joining'."""
        above = {anchor.i, *(one.i for one in anchor.ancestors)}
        for at in range(min(spot.tokens) - 1, max(-1, min(spot.tokens) - _NEAR), -1):
            token = self.doc[at]
            for one in self.predicates.get(at, ()):
                sided = one.predicate.kind in ("support", "oppose", "block") and not set(one.tokens) & above
                if sided and (one.predicate.part != "adjective" or self.doc[one.tokens[0]].dep_ in ("acomp", "attr")):
                    return one
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
            said = [one for one in self.predicates.get(child.i, ()) if one.predicate.kind == "say"]
            if child.dep_ == "parataxis" and said:
                self._applier.apply(said[0], child, spot, state, "parataxis")
                return

    def _begin(self, spot: Spot, anchor: Any, state: State) -> None:
        """Read what stands at the concept itself."""
        if not spot.tokens:  # nothing names the concept: the predicate itself takes the side
            bare = self.predicates[anchor.i][0]
            state.used |= set(bare.tokens)
            self._applier.apply(bare, anchor, spot, state, "bare")
            state.dead = anchor.pos_ == "NOUN" and bool(state.found) and not self.whose.obstructs(anchor)
        elif verbal(anchor) or any(one.dep_ == "aux" for one in anchor.children):
            if self._attitude_in_claim(spot, anchor, state):
                return
            wills = ("will", "would") if anchor.dep_ == "ccomp" and self._reports(anchor.head) else ("will",)
            refused = flips(anchor) % 2 and any(one.dep_ == "aux" and one.lower_ in wills for one in anchor.children)
            negate(anchor, state)
            self._applier.deontic(anchor, state)
            if refused and not state.taken:
                state.taken = True
                state.trail.append("refuse")
                self._applier.hold(anchor, state, spot, "ccomp")
        else:
            before = state.sign
            negate_noun(anchor, state)
            if state.sign != before and spot.prescriptive and verbless(anchor):
                state.wait()
                state.closed = True
                state.trail.append("refuse")

    def _attitude_in_claim(self, spot: Spot, anchor: Any, state: State) -> bool:
        """Read a verb that the claim itself names: of 'members should support it', whoever supports it is for it."""
        found = next(
            (one for one in self.predicates.get(anchor.i, ()) if one.predicate.kind in ("support", "oppose")), None
        )
        if found is None or not spot.prescriptive:
            return False
        negate(anchor, state)
        state.taken = True
        state.trail.append(found.predicate.kind)
        self._applier.hold(anchor, state, spot, "claim")
        return True

    def proposers(self, spot: Spot, anchor: Any) -> list[Stance]:
        """Return who proposes what a concept names: 'the text | tabled by Norway', 'the | Dutch proposal'."""
        state = State(1, taken=True, trail=["support"])
        for child in anchor.children:
            kinds = {one.predicate.kind for one in self.predicates.get(child.i, ())}
            agent = next((one for one in child.children if one.dep_ == "agent"), None)
            inner = object_of(agent) if agent is not None else None
            listed, _ = (
                run_of_actors(self.doc, agent.i + 1, self.whose.holders.by_token) if agent is not None else ((), 0)
            )
            leading = next((one for one in child.children if one.dep_ == "npadvmod"), None)
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
                    if first.dep_ == "ROOT" or state.dead:
                        break
                child, dep = first, first.dep_
                if dep == "ROOT":
                    return first
                node = first.head
            if self._ends_way(child, node, dep, state) or self._denied(node, dep, state):
                break
            dep = through_text(child, node, dep, state)
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

    def _upwards(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> None:
        """Take one step up, and read what its verb shares with others or asks for by its form."""
        if instead(child):
            state.sign = -state.sign
        self._step(child, node, dep, spot, state)
        if dep in ("nsubj", "nsubjpass", "csubj") and verbal(node):
            self._shared_subject(child, node, spot, state)
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
        return dep == "pcomp" and node.lower_ in _CIRCUMSTANCES and (state.taken or node.lower_ == "without")

    @staticmethod
    def _subordinate(child: Any, dep: str) -> bool:
        return dep in ("advcl", "relcl", "parataxis") or (dep in ("ccomp", "acl", "pcomp", "csubj") and marked(child))

    def _coordinated(self, child: Any, first: Any, state: State) -> None:
        """Read the second of two verbs: it shares the first one's modal, and 'neither ... nor' leaves it open."""
        self._applier.inherit(child, first, state)
        if any(one.lower_ == "neither" for one in first.children) and self._sided(first, child):
            self._still_open(state)

    def _sided(self, one: Any, other: Any) -> bool:
        """Tell whether two verbs take opposite sides: 'neither supports nor rejects'."""
        sides = [{SIGN.get(each.predicate.kind) for each in self.predicates.get(verb.i, ())} for verb in (one, other)]
        return (1 in sides[0] and -1 in sides[1]) or (-1 in sides[0] and 1 in sides[1])

    def _reports(self, node: Any) -> bool:
        return any(one.predicate.kind in ("say", "think", "expect", "deny") for one in self.predicates.get(node.i, ()))

    def _complement(self, child: Any, node: Any) -> bool:
        """Tell whether a clause that is parsed as an adverbial is what its verb governs: 'go on blocking'."""
        near = child.tag_ == "VBG" and 0 < child.i - node.i <= 4
        first = child.left_edge.i
        apart = first > 0 and self.doc[first - 1].text in (",", "-", "(")
        bare = not apart and not any(one.dep_ in ("mark", "nsubj", "punct") for one in child.children)
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
        sides = [one for one in self.predicates.get(noun.i, ()) if one.predicate.kind in ("block", "oppose", "support")]
        if sides and noun.dep_ in ("dobj", "nsubjpass") and self.whose.ends(verb_of(noun)):
            state.sign = -state.sign
            state.trail.append("end")
            turn_found(state)

    def _denied(self, noun: Any, dep: str, state: State) -> bool:
        """End where a story is waved away: 'brushed aside a report | which had it that Spain was against it'."""
        if dep not in ("acl", "ccomp", "relcl") or noun.lemma_ not in _STORIES:
            return False
        kinds = {one.predicate.kind for one in self.predicates.get(verb_of(noun).i, ())}
        if kinds & {"deny", "oppose", "block", "bad"} or "no truth" in self.doc.text.lower():
            state.end()
        return state.dead

    # ------------------------------------------------------------------ one step
    def _step(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> None:
        """Take one step up, from a child to its head."""
        subject = dep in ("nsubj", "csubj") and not wanted_done(child, node)
        if subject and self._raised(child, node, spot, state):
            return
        if self._ought(child, node, dep, spot, state):
            return
        if dep == "nsubj" and not state.taken and self._part_changed(child, node, spot, state):
            return
        one = self._as_read(self._pick(node, state, subject=subject), child, node, dep)
        if self._undone(one, child, node, dep, state):
            return
        self._governing_noun(child, node, dep, spot, state)
        if one is not None and judges_its_object(one, node, dep, subject=subject):
            one = as_object(one, node)
        if self._predicated(one, child, node, dep, spot, state):
            return
        if subject and node.lemma_ in _LIGHT | _RESTING and self._had(child, node, spot, state):
            return
        if one is not None:
            self._applier.apply(one, node, spot, state, "subject" if subject else dep)
            state.used |= set(one.tokens)
        else:
            self._pass(child, node, dep, state)

    def _as_read(self, one: Found | None, child: Any, node: Any, dep: str) -> Found | None:
        """Return a predicate as it is meant beside the word that it governs."""
        if one is None:
            return None
        kind = one.predicate.kind
        if kind == "end" and node.lemma_ == "lift" and child.lower_ == "to":
            return None  # 'lifting the floor | to five per cent'
        if kind == "think" and weighs(child, node):
            kind = "weigh"
        elif kind == "weigh" and dep == "nsubjpass" and node.lemma_ in _DELAYING:
            kind = "fail"
        elif stopping(one, child, node, self.predicates.get(child.i, ())):
            kind = "end"
        return Found(replace(one.predicate, kind=kind), one.tokens)

    def _part_changed(self, child: Any, node: Any, spot: Spot, state: State) -> bool:
        """Leave open what somebody wants a part of changed: 'wants the mandate of the office | clarified'."""
        known = self._pick(node, state, subject=False) is not None
        if known or not spot.tokens or child.i in spot.tokens or not wanted_done(child, node):
            return False
        self._still_open(state)
        state.taken = state.pending = True
        return True

    @staticmethod
    def _undone(one: Found | None, child: Any, node: Any, dep: str, state: State) -> bool:
        """Turn an attitude to which something is done: 'its objection | has evaporated', 'its vote is withheld'."""
        last = state.trail[-1] if state.trail else ""
        gone = dep in ("nsubj", "csubj") and state.taken and last in _HELD and vanishes(node)
        stopped = one is not None and one.predicate.kind in ("end", "block", "fail", "refuse") and verbal(node)
        agent = any(each.dep_ == "agent" for each in node.children)
        held = dep == "nsubjpass" and bool(state.found) and last in (*_HELD, "support") and child.pos_ == "NOUN"
        if not gone and not (held and stopped and not agent):
            return False
        state.trail.append("end")
        if gone or not flips(node) % 2:
            state.sign = -state.sign
            turn_found(state)
        return True

    def _raised(self, child: Any, node: Any, spot: Spot, state: State) -> bool:
        """Read what is said of a concept before 'ought to', 'needs to', 'has to': 'it ought | to be scrapped'."""
        inner = raised(node)
        if inner is None:
            return False
        passive = any(one.dep_ == "auxpass" for one in inner.children)
        self._step(child, inner, "nsubjpass" if passive else "nsubj", spot, state)
        if state.dead:
            return True
        if node.lemma_ in OBLIGING:
            if (
                not passive
                and inner.lemma_ == "go"
                and not any(one.dep_ in ("prt", "prep", "advmod", "dobj") for one in inner.children)
            ):
                state.sign = -state.sign  # 'it has to go'
            state.wait()
            state.trail.append("should")
        negate(node, state)
        return True

    def _shared_subject(self, child: Any, node: Any, spot: Spot, state: State) -> None:
        """Read further verbs of which a concept is the subject: 'is a folly | and ought to be scrapped'."""
        for verb in node.conjuncts:
            if state.taken or state.dead:
                return
            if verb.i > node.i and verbal(verb) and not subjects_of(verb):
                passive = any(one.dep_ == "auxpass" for one in verb.children)
                self._step(child, verb, "nsubjpass" if passive else "nsubj", spot, state)

    def _ought(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> bool:
        """Read 'ought to', 'need to' and 'have to': whoever says so holds it."""
        modal = node.lemma_ in ("ought", "need", "have") and not any(one.dep_ == "dobj" for one in node.children)
        advised = node.lemma_ in ("do", "be") and any(one.lower_ in ("well", "better") for one in node.children)
        aimed = node.lemma_ == "be" and dep in ("xcomp", "ccomp") and infinitive(child) and self._aim(node) is not None
        if aimed:
            state.wait()
            state.trail.append("should")
            negate(node, state)
            owner = self.whose.owner(self._aim(node))
            if owner is not None and owner.kind == "actor":
                self._applier.give(owner.mentions, node, state, spot)
                state.pending = False
            return True
        if dep == "xcomp" and modal and any(one.lower_ == "yet" for one in node.children):
            self._still_open(state)  # 'has yet to | endorse it'
            return True
        if not (dep == "xcomp" and modal) and not (dep in ("xcomp", "advcl") and advised and infinitive(child)):
            return False
        state.wait()
        state.trail.append("should")
        negate(node, state)
        for actor in [
            actor for actor, held in state.found.items() if held.token.dep_ in ("xcomp", "advcl") or held.token == child
        ]:
            del state.found[actor]
        return True

    @staticmethod
    def _still_open(state: State) -> None:
        """Leave a side open that somebody has not taken yet."""
        state.sign = 0
        state.trail.append("weigh")
        for actor, held in state.found.items():
            state.found[actor] = replace(held, sign=0, trail=tuple(state.trail))

    @staticmethod
    def _aim(verb: Any) -> Any | None:
        """Return the noun of 'the aim is to': whoever says so, or whose aim it is, wants it."""
        return next((one for one in verb.children if one.dep_ == "nsubj" and one.lemma_ in _AIMS), None)

    def _governing_noun(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> None:
        """Apply a noun that the verb governs and that really governs the concept: 'drop its veto | on the package'."""
        giving = dep in ("dobj", "dative", "nsubj") and node.lemma_ in _GIVING
        governed = dep in _NOUN_OF and not (dep == "prep" and child.lower_ in _CIRCUMSTANCES)
        noun = self._governed_noun(node, child, state) if (giving or governed) and verbal(node) else None
        if noun is not None:
            token = self.doc[noun.tokens[0]]
            self._applier.apply(noun, token, spot, state, "prep")
            negate_noun(token, state)

    def _predicated(self, one: Found | None, child: Any, node: Any, dep: str, spot: Spot, state: State) -> bool:
        """Read what a copula or a verb of naming says of the concept; return whether it did."""
        naming = one is not None and one.predicate.kind in ("say", "think") and node.lemma_ in _LABELS
        if not naming and (one is not None or node.lemma_ not in COPULAS):
            return False
        complement = self._complement_of(node, child, state)
        clause = dep == "ccomp" and verbal(child)
        if complement is None or (clause and not self._judged(complement, node, state)):
            return False
        if naming:
            self._applier.apply(complement, node, spot, state, "label")
            negate(node, state)
            self._applier.hold(node, state, spot, "label")
        else:
            token = self.doc[complement.tokens[0]]
            negate_noun(token, state)
            role = "subject" if dep in ("nsubj", "csubj") else dep
            self._applier.apply(complement, token, spot, state, role)
            negate(node, state)
            self._applier.deontic(node, state)
        state.used |= set(complement.tokens)
        return True

    @staticmethod
    def _judged(complement: Found, verb: Any, state: State) -> bool:
        """Tell whether a side that a clause takes is denied or judged: 'it is shameful | that Spain blocks it'."""
        extraposed = any(one.dep_ == "nsubj" and one.lower_ == "it" for one in verb.children)
        kind = complement.predicate.kind
        sided = bool(set(state.trail) & {"block", "oppose", "refuse", "dissuade", "fail", "end", "weigh"})
        return extraposed and (kind == "deny" or (kind in ("good", "bad") and sided))

    def _had(self, child: Any, node: Any, spot: Spot, state: State) -> bool:
        """Read 'the plan | has the support of Finland', where the concept is the subject."""
        noun = self._governed_noun(node, child, state)
        kinds = ("support", "oppose", "block", "refuse", "weigh", "good", "bad")
        if noun is None or noun.predicate.kind not in kinds:
            return False
        self._applier.apply(noun, self.doc[noun.tokens[0]], spot, state, "have")
        if noun.predicate.kind not in ("good", "bad"):
            state.pending = False  # 'has hit a roadblock' is nobody's objection
        negate(node, state)
        if flips(node) % 2:
            turn_found(state)
        return True

    def _pass(self, child: Any, node: Any, dep: str, state: State) -> None:
        """Pass a word that is no predicate; its negation counts all the same."""
        verb = verbal(node) or any(each.dep_ in ("aux", "nsubj") for each in node.children)
        if not verb:
            if node.pos_ in ("NOUN", "PROPN", "ADJ", "ADP") and node.i not in state.used:
                negate_noun(node, state)
            return
        if flips(node, state) % 2:
            state.sign = -state.sign
            carried = dep == "advcl" and node.lemma_ in _CARRYING
            shared = dep in ("xcomp", "prep", "acomp", "attr") or carried
            if shared and not any(
                each.dep_ == "nsubj" and not each.lower_.endswith(("self", "selves")) for each in child.children
            ):
                turn_found(state)
        self._applier.deontic(node, state)

    # ------------------------------------------------------------------ choosing
    def _pick(self, node: Any, state: State, *, subject: bool) -> Found | None:
        """Return the predicate at a token that counts here."""
        for one in self.predicates.get(node.i, ()):
            predicate = one.predicate
            if set(one.tokens) & state.used:
                continue
            if predicate.negated == "only" and not (flips(node) or hangs(node) or negated_inside(self.doc, one)):
                continue
            if predicate.kind == "urge" and not urges(one, node):
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
            return one
        return None

    def _governed_noun(self, verb: Any, child: Any, state: State) -> Found | None:
        for token in verb.children:
            if token.dep_ == "prep" and verb.lemma_ in _RESTING and token != child:
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
            for one in self.predicates.get(token.i, ()):
                taken = set(one.tokens) & (state.used | {verb.i})
                if one.predicate.part == "noun" and not taken and one.predicate.kind not in ("good", "bad", "say"):
                    state.used |= set(one.tokens)
                    return one
        return None

    def _complement_of(self, verb: Any, child: Any, state: State) -> Found | None:
        """Return the predicate that a copula or a verb of naming puts on its subject or object."""
        found = self._said_of(verb, child, state)
        if found is None and verb.lemma_ in COPULAS:
            found = self._cleft(verb, state.used)
        if found is None and verb.lemma_ in _LABELS:
            found = self._label(verb, state)
        return found

    def _said_of(self, verb: Any, child: Any, state: State) -> Found | None:
        for token in verb.children:
            if token == child or token.dep_ in _NOT_COMPLEMENTS or (token.dep_ == "ccomp" and token.i < verb.i):
                continue
            for inner in token.subtree:
                if inner.i in state.used or inner.head.dep_ == "relcl":
                    continue
                for one in self.predicates.get(inner.i, ()):
                    if not set(one.tokens) & state.used and fits_copula(one, verb, at_head=inner == token):
                        return one
        return None

    def _cleft(self, verb: Any, used: set[int]) -> Found | None:
        """Return the attitude of 'it is a plan | that France opposes'."""
        for token in verb.children:
            wanted = (
                token.dep_ in ("attr", "ccomp")
                and verbal(token)
                and any(one.lower_ in ("what", "whom") for one in token.children)
            )
            for one in self.predicates.get(token.i, ()) if wanted else ():
                if one.predicate.kind in ATTITUDES and not set(one.tokens) & used:
                    return one  # 'an office is what Denmark | wants'
            for inner in token.children if token.dep_ == "attr" else ():
                for one in self.predicates.get(inner.i, ()) if inner.dep_ == "relcl" else ():
                    if one.predicate.kind in ATTITUDES and not set(one.tokens) & used:
                        return one
        return None

    def _label(self, verb: Any, state: State) -> Found | None:
        inside = sorted(
            verb.subtree, key=lambda one: one.dep_ in ("amod", "advmod")
        )  # 'a historic | error' is an error
        for inner in inside:
            if inner.i <= verb.i or inner.i in state.used:
                continue
            for one in self.predicates.get(inner.i, ()):
                judges = one.predicate.kind in ("good", "bad") and one.predicate.part != "verb"
                if judges and not set(one.tokens) & state.used:
                    return one
        return None


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
    highest = [doc[at] for at in spot.tokens if not any(one.i in inside for one in doc[at].ancestors)]
    yield from [one for one in highest if one.pos_ != "PROPN"] or highest[:1]
