"""Which side is taken at one step up a parse: what a word says of the concept below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from foedus.evidence.coder.applying import Applier
from foedus.evidence.coder.clauses import infinitive, subjects_of, verbal
from foedus.evidence.coder.negation import flips, negate, negate_noun, turn_found
from foedus.evidence.coder.picking import Picker
from foedus.evidence.coder.predicates import Found
from foedus.evidence.coder.spots import Spot
from foedus.evidence.coder.stance import State
from foedus.evidence.coder.steps import (
    COPULAS,
    OBLIGING,
    as_object,
    fails,
    judges_its_object,
    raised,
    stopping,
    vanishes,
    wanted_done,
    weighs,
)
from foedus.evidence.coder.turning import (
    DELAYING,
    bows_out,
    delays_on_request,
    fails_to_persuade,
    not_ruled_out,
    quarrelled_over,
    set_out_in,
    sorry_for_itself,
    switched,
    thanked_for,
)
from foedus.evidence.coder.whose import Whose
from foedus.evidence.coder.wordlists import wordset

_LIGHT = wordset(
    "have get enjoy win face meet receive find encounter gain earn lack draw command run attract garner secure obtain "
    "muster collect"
)
_LABELS = wordset(
    "call regard consider deem describe brand label term dub see judge think find view characterise "
    "characterize portray denounce dismiss rate treat believe count declare hold"
)
_GIVING = wordset("give lend deny offer pledge grant")
_CIRCUMSTANCES = wordset("by after before during despite without since as until through")
_AIMS = wordset("aim goal priority objective task thing point key answer choice wish ambition purpose challenge duty")
_HELD = ("oppose", "block", "refuse")
_RESTING = wordset("count rely bank depend founder fail run stumble break shatter come fall collide crash stall hit")
"""Verbs whose preposition says on whose side a concept rests or breaks: 'can count | on Malta's vote'."""

_DELAYED = DELAYING | wordset("freeze stall hold")
_CARRYING = wordset("bring get go dare care move deign rush hurry manage prevail")
"""Verbs whose negation is that of what they lead to: 'could not bring itself | to support it'."""

_SOUGHT = wordset(
    "proposal attempt bid push effort motion plan request call initiative drive campaign application draft amendment"
)
"""What somebody wants all the same where others defeat it."""
CANDIDATES = wordset("candidate candidacy candidature nominee contender hopeful bid")

_STRUGGLING = (("fight",), ("battle",))

_NOUN_OF = frozenset(["prep", "xcomp", "acl", "dative", "agent", "advcl", "ccomp"])


class Siding:
    """Decides the side at each step up one parse.

    Parameters
    ----------
    doc
        The parse.
    predicates
        Its predicates by token.
    whose, applier
        Whose they are, and what applies them.
    """

    def __init__(self, doc: Any, predicates: Mapping[int, Sequence[Found]], whose: Whose, applier: Applier) -> None:
        self.doc, self.predicates, self.whose, self._applier = doc, predicates, whose, applier
        self._picker = Picker(doc, predicates, whose)

    def step(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> None:
        """Take one step up, from a child to its head."""
        subject = dep in ("nsubj", "csubj") and not wanted_done(child, node)
        if self._read_otherwise(child, node, dep, spot, state) or self._ought(child, node, dep, spot, state):
            return
        if subject and (self._raised(child, node, spot, state) or self._fails(node, state)):
            return
        if dep == "nsubj" and not state.taken and self._part_changed(child, node, spot, state):
            return
        match = self._as_read(self._picker.pick(node, state, subject=subject), child, node, dep)
        if match is not None and sorry_for_itself(child, node, dep, spot.tokens) and state.trail:
            match = Found(replace(match.predicate, kind="say"), match.tokens)
        if self._undone(match, child, node, dep, state):
            return
        if match is None or match.predicate.words[-1:] != ("veto",):  # 'uses its veto' holds the noun already
            self._governing_noun(child, node, dep, spot, state)
        if match is not None and judges_its_object(match, node, dep, subject=subject):
            match = as_object(match, node)
        if self._predicated(match, child, node, dep, spot, state):
            return
        if subject and node.lemma_ in _LIGHT | _RESTING and self._had(child, node, spot, state):
            return
        if match is not None:
            self._applier.apply(match, node, spot, state, "subject" if subject else dep)
            state.used |= set(match.tokens)
        else:
            self._pass(child, node, dep, state)

    def _read_otherwise(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> bool:
        """Read candidates who go, a change from one to another, and what a text only holds; return whether it did."""
        if thanked_for(child, node, dep) or (not state.taken and (set_out_in(node, dep) or quarrelled_over(node, dep))):
            state.end()
            return True
        if state.taken:
            return False
        if dep == "nsubj" and not wanted_done(child, node) and self._bows_out(child, node, spot, state):
            return True
        way = switched(child, node)
        if not way:
            return False
        state.sign *= way
        state.taken = True
        state.trail.append("support" if way > 0 else "oppose")
        negate(node, state)
        self._applier.hold(node, state, spot, dep)
        return True

    def _as_read(self, match: Found | None, child: Any, node: Any, dep: str) -> Found | None:
        """Return a predicate as it is meant beside the word that it governs."""
        if match is None:
            return None
        kind = match.predicate.kind
        below = {each.predicate.kind for each in self.predicates.get(child.i, ())}
        backed, stopped = "support" in below, bool(below & {"block", "oppose", "end", "fail"})
        if match.predicate.words == ("make", "~", "conditional") and child.pos_ == "NOUN" and backed:
            return None  # 'made its support for it | conditional on a review'
        if kind == "end" and node.lemma_ == "lift" and child.lower_ == "to":
            return None  # 'lifting the floor | to five per cent'
        if match.predicate.words[-1:] == ("veto",) and infinitive(child) and stopped:
            return Found(replace(match.predicate, kind="keep"), match.tokens)  # 'uses its veto | to defeat it'
        if match.predicate.words in _STRUGGLING and infinitive(child):
            return Found(replace(match.predicate, kind="keep"), match.tokens)  # 'is fighting | to beat it'
        subject = any(each.dep_ in ("nsubj", "nsubjpass") for each in child.children)
        if kind == "keep" and dep == "ccomp" and subject and not infinitive(child):
            kind = "say"  # 'confirmed | that the others had accepted it'
        if kind == "think" and weighs(child, node):
            kind = "weigh"
        elif kind == "weigh" and self._delayed(child, node, dep):
            kind = "fail"
        elif kind in ("block", "oppose") and node.lemma_ == "deny" and dep in ("xcomp", "ccomp") and verbal(child):
            kind = "deny"  # 'denied | having pledged its support'
        elif not_ruled_out(kind, child, node):
            kind = "weigh"
        elif stopping(match, child, node, self.predicates.get(child.i, ())):
            kind = "end"
        return Found(replace(match.predicate, kind=kind), match.tokens)

    def _delayed(self, child: Any, node: Any, dep: str) -> bool:
        """Tell whether a decision was put off, or a delay is what somebody asks for or warns against."""
        if dep == "nsubjpass" and node.lemma_ in _DELAYED:
            return True
        above = node.head.head if node.dep_ == "pcomp" else node.head
        own = [predicate for up in (node.head, above) for predicate in self.predicates.get(up.i, ())]
        return delays_on_request(child, node, own)

    def _part_changed(self, child: Any, node: Any, spot: Spot, state: State) -> bool:
        """Leave open what somebody wants a part of changed: 'wants the mandate of the office | clarified'."""
        known = self._picker.pick(node, state, subject=False) is not None
        if known or not spot.tokens or child.i in spot.tokens or not wanted_done(child, node):
            return False
        self.still_open(state)
        state.taken = state.pending = True
        return True

    @staticmethod
    def _undone(match: Found | None, child: Any, node: Any, dep: str, state: State) -> bool:
        """Turn an attitude to which something is done: 'its objection | has evaporated', 'its vote is withheld'."""
        last = state.trail[-1] if state.trail else ""
        gone = dep in ("nsubj", "csubj") and state.taken and last in _HELD and vanishes(node)
        stopped = match is not None and match.predicate.kind in ("end", "block", "fail", "refuse") and verbal(node)
        beaten = match is not None and match.predicate.kind in ("block", "fail") and child.lemma_ in _SOUGHT
        agent = beaten or any(each.dep_ == "agent" for each in node.children)  # 'its proposal | was defeated'
        held = dep == "nsubjpass" and bool(state.found) and last in (*_HELD, "support") and child.pos_ == "NOUN"
        if not gone and not (held and stopped and not agent):
            return False
        state.trail.append("end")
        if gone or not flips(node) % 2:
            state.sign = -state.sign
            turn_found(state)
        return True

    def _bows_out(self, child: Any, node: Any, spot: Spot, state: State) -> bool:
        """Turn what is said of a candidate who goes, and give it to the state that takes him out of the field."""
        if not bows_out(node) or not (child.pos_ == "PROPN" or child.lemma_ in CANDIDATES):
            return False
        state.sign = -state.sign
        state.trail.append("fail")
        negate(node, state)
        if self._applier.deontic(node, state):
            return True
        owners = self.whose.holders.actors_in([token for token in child.subtree if token.i not in spot.tokens])
        seat = self.whose.holders.by_token.get(child.i)
        if not owners and seat is not None and seat.how == "capital":
            owners = [seat]  # '| Oslo has pulled out'
        if owners and node.tag_ in ("VBD", "VBZ", "VBN") and node.dep_ in ("ROOT", "ccomp", "conj"):
            state.taken = True
            self._applier.give(owners[:1], node, state, spot)
        return True

    def _fails(self, verb: Any, state: State) -> bool:
        """Turn what comes to nothing before anybody takes a side: 'would rather see it | fail', 'it must | end'."""
        if state.taken or not fails(verb):
            return False
        state.sign = -state.sign
        state.trail.append("fail")
        negate(verb, state)
        self._applier.deontic(verb, state)
        return True

    def _raised(self, child: Any, node: Any, spot: Spot, state: State) -> bool:
        """Read what is said of a concept before 'ought to', 'needs to', 'has to': 'it ought | to be scrapped'."""
        inner = raised(node)
        if inner is None:
            return False
        passive = any(below.dep_ == "auxpass" for below in inner.children)
        self.step(child, inner, "nsubjpass" if passive else "nsubj", spot, state)
        if state.dead:
            return True
        if node.lemma_ in OBLIGING:
            if (
                not passive
                and inner.lemma_ == "go"
                and not any(below.dep_ in ("prt", "prep", "advmod", "dobj") for below in inner.children)
            ):
                state.sign = -state.sign  # 'it has to go'
            state.wait()
            state.trail.append("should")
        negate(node, state)
        return True

    def shared_subject(self, child: Any, node: Any, spot: Spot, state: State) -> None:
        """Read further verbs of which a concept is the subject: 'is a folly | and ought to be scrapped'."""
        for verb in node.conjuncts:
            if state.dead:
                return
            if verb.i > node.i and verbal(verb) and not subjects_of(verb):
                passive = any(inner.dep_ == "auxpass" for inner in verb.children)
                if not state.taken:
                    self.step(child, verb, "nsubjpass" if passive else "nsubj", spot, state)
                elif verb.lemma_ in _LIGHT | _RESTING:
                    other = State(spot.sign, used=set(spot.tokens))
                    self._had(child, verb, spot, other)  # 'has the support of Spain but | faces resistance from Italy'
                    state.found = other.found | state.found

    def _ought(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> bool:
        """Read 'ought to', 'need to' and 'have to': whoever says so holds it."""
        modal = node.lemma_ in ("ought", "need", "have") and not any(inner.dep_ == "dobj" for inner in node.children)
        advised = node.lemma_ in ("do", "be") and any(inner.lower_ in ("well", "better") for inner in node.children)
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
        if dep == "xcomp" and modal and any(inner.lower_ == "yet" for inner in node.children):
            self.still_open(state)  # 'has yet to | endorse it'
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
    def still_open(state: State) -> None:
        """Leave a side open that somebody has not taken yet."""
        state.sign = 0
        state.trail.append("weigh")
        for actor, held in state.found.items():
            state.found[actor] = replace(held, sign=0, trail=tuple(state.trail))

    @staticmethod
    def _aim(verb: Any) -> Any | None:
        """Return the noun of 'the aim is to': whoever says so, or whose aim it is, wants it."""
        return next((child for child in verb.children if child.dep_ == "nsubj" and child.lemma_ in _AIMS), None)

    def _governing_noun(self, child: Any, node: Any, dep: str, spot: Spot, state: State) -> None:
        """Apply a noun that the verb governs and that really governs the concept: 'drop its veto | on the package'."""
        giving = dep in ("dobj", "dative", "nsubj") and node.lemma_ in _GIVING
        governed = dep in _NOUN_OF and not (dep == "prep" and child.lower_ in _CIRCUMSTANCES)
        noun = self._picker.governed_noun(node, child, state) if (giving or governed) and verbal(node) else None
        if noun is not None:
            token = self.doc[noun.tokens[0]]
            self._applier.apply(noun, token, spot, state, "prep")
            negate_noun(token, state)

    def _predicated(self, match: Found | None, child: Any, node: Any, dep: str, spot: Spot, state: State) -> bool:
        """Read what a copula or a verb of naming says of the concept; return whether it did."""
        naming = match is not None and match.predicate.kind in ("say", "think") and node.lemma_ in _LABELS
        if not naming and (match is not None or node.lemma_ not in COPULAS):
            return False
        complement = self._picker.complement_of(node, child, state)
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
        extraposed = any(child.dep_ == "nsubj" and child.lower_ == "it" for child in verb.children)
        kind = complement.predicate.kind
        sided = bool(set(state.trail) & {"block", "oppose", "refuse", "dissuade", "fail", "end", "weigh"})
        return extraposed and (kind == "deny" or (kind in ("good", "bad") and sided))

    def _had(self, child: Any, node: Any, spot: Spot, state: State) -> bool:
        """Read 'the plan | has the support of Finland', where the concept is the subject."""
        noun = self._picker.governed_noun(node, child, state)
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
        if fails_to_persuade(node, state.trail):
            flips(node, state)
            return  # 'did not manage | to talk Tanzania into it'
        if flips(node, state) % 2:
            state.sign = -state.sign
            carried = dep == "advcl" and node.lemma_ in _CARRYING
            shared = dep in ("xcomp", "prep", "acomp", "attr") or carried
            if shared and not any(
                each.dep_ == "nsubj" and not each.lower_.endswith(("self", "selves")) for each in child.children
            ):
                turn_found(state)
        self._applier.deontic(node, state)
