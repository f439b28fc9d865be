"""Stances in a parsed sentence: up from the concept, predicate by predicate, to whoever holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.holders import Holder, Holders
from foedus.evidence.coder.mentions import Spot
from foedus.evidence.coder.predicates import Found, find_predicates
from foedus.evidence.coder.wordlists import wordset

_NEGATIONS = wordset(
    "not n't never no neither nor nobody none nothing hardly barely scarcely little nowhere without "
    "cannot seldom rarely few"
)
_DEONTIC = wordset("should must ought")
_COPULAS = wordset("be become remain stay seem appear feel sound look prove")
_LIGHT = wordset("have get enjoy win face meet receive find encounter gain earn lack draw command run attract")
_ISSUING = wordset("sign issue adopt publish release make endorse give send write deliver submit table")
_LABELS = wordset(
    "call regard consider deem describe brand label term dub see judge think find view characterise "
    "characterize portray denounce dismiss rate treat believe count declare hold"
)
_OPEN_MARKS = wordset("if whether unless should suppose supposing lest")
_TELLING = wordset(
    "ask tell order remind warn advise convince persuade instruct caution suggest beg challenge "
    "counsel summon request pressure lobby push press encourage urge insist"
)
ATTITUDES = frozenset({"support", "oppose", "block", "refuse", "weigh", "soften", "urge", "dissuade"})
_SIGN = {
    "support": 1,
    "soften": 1,
    "oppose": -1,
    "block": -1,
    "refuse": -1,
    "end": -1,
    "keep": 1,
    "fail": -1,
    "urge": 1,
    "dissuade": -1,
    "good": 1,
    "bad": -1,
}


@dataclass(slots=True)
class State:
    """What is known of a stance on the way up.

    Attributes
    ----------
    sign
        -1, 0 or 1, as if who comes next held it.
    taken
        Whether a word took a side yet.
    pending
        Whether the side waits for who holds it.
    open
        Whether it is only asked, supposed or foretold.
    """

    sign: int
    taken: bool = False
    pending: bool = False
    open: bool = False
    dead: bool = False
    pronoun: Any = None
    speaker: bool = False
    urged: bool = False
    signal: str = ""
    trail: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Stance:
    """A stance that a sentence holds.

    Attributes
    ----------
    concept, sign
        On what, and -1, 0 or 1.
    holder
        ``actor``, or ``speaker`` for whoever says the sentence, or ``pronoun`` for whom a pronoun means.
    mentions
        The actors.
    token
        The word at which it is taken; its pronoun where the holder is one.
    trail
        The kinds of predicates on the way, the innermost first.
    said
        Whether it comes through a verb of saying.
    told_by
        Who reports it, where another's words carry it.
    score
        How well the words fit the concept.
    spot
        The tokens of the concept.
    signal
        What the table of predicates says that its words signal.
    """

    concept: str
    sign: int
    holder: str
    mentions: tuple[Mention, ...]
    token: Any
    trail: tuple[str, ...]
    said: bool = False
    told_by: Any = None
    score: float = 1.0
    spot: tuple[int, ...] = ()
    excepted: bool = False
    signal: str = ""


class Reader:
    """Reads the stances of one parsed sentence."""

    def __init__(self, doc: Any, holders: Holders) -> None:
        self.doc, self.holders = doc, holders
        self.predicates = find_predicates(doc)
        self.excepted = self._exceptions()

    # ------------------------------------------------------------------ walking
    def stances(self, spot: Spot, anchor: Any) -> list[Stance]:
        """Return the stances on one concept, from its token up."""
        state = State(spot.sign)
        if not spot.prescriptive:
            state.taken = state.pending = True
        found: dict[str, Stance] = {}
        node, inside = anchor, set(spot.tokens)
        state.used |= inside
        said = False
        if inside:
            if node.pos_ in ("VERB", "AUX") or any(one.dep_ == "aux" for one in node.children):
                self._negate(node, state)
                self._deontic(node, state)
            else:
                self._negate_noun(node, state)
        else:  # nothing names the concept: the predicate itself takes the side
            bare = self.predicates[node.i][0]
            state.used |= set(bare.tokens)
            self._apply(bare, node, spot, state, found, "bare")
        for _ in range(40):
            if node.dep_ == "ROOT" or node.head == node:
                break
            child, node = node, node.head
            dep = child.dep_
            if dep == "relcl" and any(one.dep_ == "aux" and one.lower_ == "to" for one in child.children):
                dep = "acl"
            if dep == "conj":
                first = child
                while first.dep_ == "conj":
                    first = first.head
                if child.pos_ in ("VERB", "AUX"):
                    self._inherit(child, first, state)
                    if any(one.lower_ == "neither" for one in first.children) and self._sided(first, child):
                        state.sign = 0
                        state.trail.append("weigh")
                        for actor, held in found.items():
                            found[actor] = replace(held, sign=0, trail=tuple(state.trail))
                    if first.dep_ == "ROOT":
                        break
                    if state.dead:
                        break
                child, dep = first, first.dep_
                if dep == "ROOT":
                    node = first
                    break
                node = first.head
            if dep == "ccomp" and child.i < node.i and not self._reports(node):
                break
            if (
                dep in ("advcl", "relcl", "parataxis")
                or (dep == "ccomp" and _marked(child))
                or (dep in ("acl", "pcomp", "csubj") and _marked(child))
            ):
                if _marked(child) or _inverted(child):
                    state.open = True
                if dep == "relcl" and self._anybody(node, state):
                    continue
                if dep in ("advcl", "relcl") and not (dep == "advcl" and self._complement(child, node)):
                    break
            said |= self._step(child, node, dep, spot, state, found)
            if state.dead:
                break
        left = list(found.values())
        if (
            state.taken
            and not state.open
            and not state.dead
            and (state.pending or state.speaker or state.pronoun is not None)
        ):
            left += self._rest(spot, state, node)
        return left

    def _rest(self, spot: Spot, state: State, node: Any) -> list[Stance]:
        kind = "pronoun" if state.pronoun is not None else "speaker"
        token = state.pronoun if state.pronoun is not None else node
        return [
            Stance(
                spot.concept,
                state.sign,
                kind,
                (),
                token,
                tuple(state.trail),
                kind == "speaker",
                None,
                spot.score,
                spot.tokens,
                signal=state.signal,
            )
        ]

    def _sided(self, one: Any, other: Any) -> bool:
        """Tell whether two verbs take opposite sides: 'neither supports nor rejects'."""
        sides = [{_SIGN.get(each.predicate.kind) for each in self.predicates.get(verb.i, ())} for verb in (one, other)]
        return (1 in sides[0] and -1 in sides[1]) or (-1 in sides[0] and 1 in sides[1])

    def _reports(self, node: Any) -> bool:
        return any(one.predicate.kind in ("say", "think", "expect", "deny") for one in self.predicates.get(node.i, ()))

    def _complement(self, child: Any, node: Any) -> bool:
        """Tell whether a clause that is parsed as an adverbial is what its verb governs: 'go on blocking'."""
        if (
            child.tag_ == "VBG"
            and 0 < child.i - node.i <= 4
            and not any(one.dep_ in ("mark", "nsubj", "punct") for one in child.children)
        ) and (self.predicates.get(node.i) or node.lemma_ in ("go", "keep")):
            return True
        return child.i > node.i and any(one.lower_ == "to" and one.dep_ == "aux" for one in child.children)

    def _anybody(self, node: Any, state: State) -> bool:
        if node.lower_ in ("those", "whoever", "anyone", "anybody", "everyone", "all") and state.taken:
            state.pending = True
            state.trail.append("anybody")
            return True
        return False

    def _step(self, child: Any, node: Any, dep: str, spot: Spot, state: State, found: dict[str, Stance]) -> bool:
        """Take one step up, from a child to its head; return whether the head is a verb of saying that was used."""
        told = False
        subject_role = dep in ("nsubj", "csubj")
        if (
            dep == "xcomp"
            and node.lemma_ in ("ought", "need", "have")
            and not any(one.dep_ == "dobj" for one in node.children)
        ):
            state.taken = state.pending = True
            state.pronoun, state.speaker = None, False
            state.trail.append("should")
            self._negate(node, state)
            for actor in [actor for actor, held in found.items() if held.token.dep_ == "xcomp" or held.token == child]:
                del found[actor]
            return False
        one = self._pick(node, state, subject_role)
        # a noun that the verb governs and that really governs the concept: 'drop its veto | on the package'
        giving = dep in ("dobj", "dative", "nsubj") and node.lemma_ in (
            "give",
            "lend",
            "deny",
            "offer",
            "pledge",
            "grant",
        )
        if (giving or dep in ("prep", "xcomp", "acl", "dative", "agent", "advcl", "ccomp")) and node.pos_ in (
            "VERB",
            "AUX",
        ):
            noun = self._governed_noun(node, child, state)
            if noun is not None:
                self._apply(noun, noun_token := self.doc[noun.tokens[0]], spot, state, found, "prep")
                self._negate_noun(noun_token, state)
        if (
            one is not None
            and one.predicate.kind in ("good", "bad")
            and not subject_role
            and node.pos_ == "VERB"
            and dep != "nsubjpass"
        ):
            one = self._as_object(one, node)
        if (one is None and node.lemma_ in _COPULAS) or (
            one is not None and one.predicate.kind in ("say", "think") and node.lemma_ in _LABELS
        ):
            small = dep != "ccomp" or child.pos_ not in ("VERB", "AUX")
            complement = self._complement_of(node, child, state) if small else None
            if complement is not None:
                if one is not None and node.lemma_ in _LABELS:
                    self._apply(complement, node, spot, state, found, "label")
                    self._negate(node, state)
                    self._hold(node, state, spot, found, "label")
                    state.used |= set(complement.tokens)
                    return False
                one = complement
                token = self.doc[complement.tokens[0]]
                self._negate_noun(token, state)
                self._apply(complement, token, spot, state, found, "subject" if subject_role else dep)
                self._negate(node, state)
                self._deontic(node, state)
                state.used |= set(complement.tokens)
                return False
        if subject_role and node.lemma_ in _LIGHT:
            noun = self._governed_noun(node, child, state)
            if noun is not None and noun.predicate.kind in (
                "support",
                "oppose",
                "block",
                "refuse",
                "weigh",
                "good",
                "bad",
            ):
                self._apply(noun, self.doc[noun.tokens[0]], spot, state, found, "have")
                self._negate(node, state)
                self._flip(found, node)
                return False
        if one is not None:
            told = self._apply(one, node, spot, state, found, "subject" if subject_role else dep)
            state.used |= set(one.tokens)
        verbal = node.pos_ in ("VERB", "AUX") or any(each.dep_ in ("aux", "nsubj") for each in node.children)
        if not verbal and node.pos_ in ("NOUN", "PROPN", "ADJ") and one is None and node.i not in state.used:
            self._negate_noun(node, state)
        if one is None and verbal:
            if self._flips(node, state) % 2:
                state.sign = -state.sign
                if dep in ("xcomp", "prep", "acomp", "attr") and not any(
                    each.dep_ == "nsubj" for each in child.children
                ):
                    for actor, held in found.items():
                        found[actor] = replace(held, sign=-held.sign)
            self._deontic(node, state)
        return told

    def _pick(self, node: Any, state: State, subject: bool) -> Found | None:
        for one in self.predicates.get(node.i, ()):
            if set(one.tokens) & state.used:
                continue
            kind = one.predicate.kind
            if one.predicate.negated == "only" and not (self._flips(node) or self._hangs(node)):
                continue
            if kind == "urge" and not self._urges(one, node):
                continue
            if subject and kind not in ("good", "bad", "reason") and node.pos_ in ("VERB", "AUX"):
                continue
            if not subject and kind == "bad" and one.predicate.part == "verb" and node.pos_ == "VERB":
                return one
            return one
        return None

    def _hangs(self, node: Any) -> bool:
        """Tell whether a decision is still to come: 'whether', 'yet to', 'before it decides'."""
        words = {one.lower_ for one in node.subtree if one.dep_ in ("mark", "advmod")}
        above = {one.lower_ for one in node.head.children} | {node.head.lower_}
        return bool(words & {"whether", "before", "until", "later"}) or "yet" in above or "neither" in words

    def _urges(self, one: Found, node: Any) -> bool:
        """Tell whether a verb that may also report asks for something here: 'told Spain to accept'."""
        if len(one.predicate.words) > 1 or one.predicate.part != "verb":
            return True
        infinitive = any(
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and any(inner.lower_ == "to" and inner.dep_ == "aux" for inner in child.children)
            for child in node.children
        )
        if node.lemma_ in _TELLING:
            return infinitive
        return infinitive or any(child.dep_ in ("ccomp", "dobj") for child in node.children)

    def _as_object(self, one: Found, node: Any) -> Found:
        if one.predicate.kind == "bad":
            return Found(replace(one.predicate, kind="block"), one.tokens)
        return (
            one
            if node.lemma_ in ("deserve", "merit", "belong", "need", "require")
            else Found(replace(one.predicate, kind="support"), one.tokens)
        )

    def _governed_noun(self, verb: Any, child: Any, state: State) -> Found | None:
        for token in verb.children:
            if token.dep_ in ("dobj", "attr", "oprd") and token != child and token.i not in state.used:
                for one in self.predicates.get(token.i, ()):
                    if (
                        one.predicate.part == "noun"
                        and not set(one.tokens) & state.used
                        and one.predicate.kind not in ("good", "bad", "say")
                    ):
                        if set(one.tokens) & {verb.i}:
                            continue
                        state.used |= set(one.tokens)
                        return one
        return None

    def _complement_of(self, verb: Any, child: Any, state: State) -> Found | None:
        """Return the predicate that a copula or a verb of naming puts on its subject or object."""
        for token in verb.children:
            if token == child or token.dep_ in ("nsubj", "nsubjpass", "aux", "neg", "punct", "advcl", "csubj", "mark"):
                continue
            for inner in token.subtree:
                if inner.i in state.used or inner.head.dep_ == "relcl":
                    continue
                for one in self.predicates.get(inner.i, ()):
                    if set(one.tokens) & state.used:
                        continue
                    if one.predicate.kind in ("good", "bad") or (
                        one.predicate.part == "adjective" and verb.lemma_ in _COPULAS
                    ):
                        return one
                    if (
                        one.predicate.part == "noun"
                        and verb.lemma_ in _COPULAS
                        and inner == token
                        and one.predicate.kind in ("reason",)
                    ):
                        return one
        if verb.lemma_ in _COPULAS:
            for token in verb.children:
                for inner in token.children if token.dep_ == "attr" else ():
                    if inner.dep_ == "relcl":
                        for one in self.predicates.get(inner.i, ()):
                            if one.predicate.kind in ATTITUDES:
                                return one
        if verb.lemma_ in _LABELS:
            span = [one for one in verb.subtree if one.i > verb.i and one.i not in state.used]
            for inner in span:
                for one in self.predicates.get(inner.i, ()):
                    if (
                        one.predicate.kind in ("good", "bad")
                        and one.predicate.part != "verb"
                        and not set(one.tokens) & state.used
                    ):
                        return one
        return None

    # ------------------------------------------------------------------ applying
    def _apply(self, one: Found, token: Any, spot: Spot, state: State, found: dict[str, Stance], role: str) -> bool:
        predicate = one.predicate
        kind = predicate.kind
        top = self._top(one, token)
        for at in one.tokens:
            part = self.doc[at]
            if part != top and part.i not in state.counted and any(child.dep_ == "neg" for child in part.children):
                state.counted.add(part.i)
                state.sign = -state.sign
        if predicate.negated == "none" and self._flips(top) % 2:
            state.dead = True
            found.clear()
            return False
        if kind == "say":
            return self._say(top, spot, state, found)
        if kind == "think":
            if not state.taken:
                self._negate(top, state)
                return False
            self._negate(top, state)
            if state.pending:
                self._hold(top, state, spot, found, role)
            return False
        if kind == "deny":
            if not spot.prescriptive:
                state.sign = -state.sign
                self._negate(top, state)
                self._hold(top, state, spot, found, role)
                return False
            state.sign = 0
            found.clear()
            self._hold(top, state, spot, found, role, always=True)
            state.dead = True
            return False
        if kind == "expect":
            if not spot.prescriptive and self._subject(top) is not None:
                self._hold(top, state, spot, found, role)
                return False
            state.open = True
            state.dead = not found
            return False
        if kind == "reason":
            flips = self._flips(top, state)
            if flips % 2 or any(self._flips(up, state) % 2 for up in list(top.ancestors)[:1]):
                state.sign, state.taken, state.pending = -state.sign, True, True
                state.trail.append("reason")
                state.used |= set(one.tokens)
            return False
        if kind in ("good", "bad"):
            state.trail.append(kind)
            if state.taken and state.open:
                return False
            state.sign *= _SIGN[kind]
            state.taken, state.pending = True, True
            state.pronoun, state.speaker = None, False
            self._negate(top, state)
            self._on_behalf(top, state, spot, found)
            return False
        if (
            one.predicate.words == ("doubt",)
            and any(child.lower_ == "no" for child in top.children)
            and role in ("acl", "ccomp")
        ):
            return False
        if one.predicate.words == ("doubt",) and role == "ccomp" and found:  # who doubts it foretells another's stance
            found.clear()
            state.dead = True
            return False
        if kind == "fail" and not state.taken:
            state.sign = -state.sign
            self._negate(top, state)
            self._deontic(top, state)
            return False
        if kind == "keep" and not state.taken:
            if state.sign < 0 and spot.sign < 0:
                state.taken = True
            else:
                self._negate(top, state)
                self._deontic(top, state)
                return False
        state.trail.append(kind)
        state.signal = predicate.signal or state.signal
        if kind == "weigh":
            negated = self._flips(top) % 2
            state.sign, state.taken, state.open = 0, True, False
            del negated
        elif kind == "end" and predicate.part == "noun" and found:
            for actor, held in found.items():
                found[actor] = replace(held, sign=-held.sign)
            state.sign = -state.sign
            return False
        elif kind == "end" and not state.taken:
            state.sign, state.taken = -state.sign, True
            self._negate(top, state)
        else:
            state.sign *= _SIGN[kind]
            state.taken = state.taken or kind not in ("keep", "fail", "end")
            self._negate(top, state)
        if kind in ("urge", "dissuade"):
            state.urged = True
        if state.taken:
            self._hold(top, state, spot, found, role)
        if kind in ("urge", "dissuade"):
            state.urged = False
        return False

    def _say(self, top: Any, spot: Spot, state: State, found: dict[str, Stance]) -> bool:
        if self._flips(top) % 2:
            state.dead = True
            return False
        holder = self._subject(top)
        if state.open or not state.taken or holder is None:
            return True
        if not (state.pending or state.speaker or state.pronoun is not None):
            return True
        if holder.kind == "actor":
            for mention in holder.mentions:
                found[mention.actor] = replace(self._stance(spot, state, mention, top, state.sign), said=True)
            state.pending, state.speaker, state.pronoun = False, False, None
        elif holder.kind == "pronoun":
            state.pronoun, state.pending, state.speaker = holder.token, False, False
        elif holder.kind == "speaker":
            state.speaker, state.pending = True, False
        else:
            state.pending = state.speaker = False
            state.pronoun = None
            state.dead = True
        return True

    def _hold(
        self, top: Any, state: State, spot: Spot, found: dict[str, Stance], role: str, *, always: bool = False
    ) -> None:
        """Give the side that was taken to whoever holds it here."""
        if self._deontic(top, state):
            if state.trail[-2:-1] == ["end"] and "block" in state.trail:
                holder = self._subject(top, role)
                for mention in holder.mentions if holder is not None and holder.kind == "actor" else ():
                    found[mention.actor] = self._stance(spot, state, mention, top, -state.sign)
            return
        if (state.open or (_supposed(top) and 0 not in (state.sign,))) and not always:
            return
        holder = self._subject(top, role)
        if holder is None:
            state.pending = role not in ("nsubjpass",) and not self._unagented(top)
            return
        state.pending = state.speaker = False
        state.pronoun = None
        if self._commanded(top) and not (state.trail[-1:] in (["block"], ["oppose"]) and self._given_up(top)):
            return
        if self.excepted and (holder.kind == "group" or any(one.start in self.excepted for one in holder.mentions)):
            for mention in self.excepted.values():
                found[mention.actor] = self._stance(spot, state, mention, top, -state.sign)
            return
        if holder.kind == "actor":
            for mention in holder.mentions:
                found[mention.actor] = self._stance(spot, state, mention, top, state.sign)
            for mention, same in self._compared(top):
                if mention.actor not in found:
                    found[mention.actor] = self._stance(spot, state, mention, top, state.sign if same else -state.sign)
        elif holder.kind == "speaker":
            state.speaker = True
        elif holder.kind == "pronoun":
            state.pronoun = holder.token
        elif holder.kind == "anybody":
            state.pending = True
        elif holder.kind == "group":
            for mention in self.holders.at_large(holder.token):
                found[mention.actor] = self._stance(spot, state, mention, top, state.sign)

    def _on_behalf(self, top: Any, state: State, spot: Spot, found: dict[str, Stance]) -> bool:
        """Give praise or blame to whom 'for' or 'to' names: 'unacceptable to Spain', 'for Paris, ... is'."""
        verb = top if top.pos_ in ("VERB", "AUX") else top.head
        places = [*top.children, *verb.children]
        for child in places:
            if child.dep_ == "prep" and child.lower_ in ("for", "to"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.i not in state.used:
                        holder = self.holders.read(inner)
                        if holder.kind == "actor":
                            for mention in holder.mentions:
                                found[mention.actor] = self._stance(spot, state, mention, top, state.sign)
                            state.pending = False
                            return True
        return False

    # ------------------------------------------------------------------ looking around
    def _top(self, one: Found, token: Any) -> Any:
        """Return the token of a predicate that stands highest."""
        tokens = [self.doc[at] for at in one.tokens]
        inside = set(one.tokens)
        for each in tokens:
            if each.head.i not in inside or each.head == each:
                if each.pos_ in ("VERB", "AUX", "NOUN", "ADJ") or len(tokens) == 1 or each.dep_ == "prep":
                    return each
        return token

    def _verb(self, token: Any) -> Any:
        """Return the verb of which a noun, adjective or preposition is the complement, or the token itself."""
        for _ in range(5):
            if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("acomp", "amod"):
                return token
            if token.dep_ in (
                "acomp",
                "attr",
                "prep",
                "oprd",
                "pobj",
                "dobj",
                "advmod",
                "conj",
                "pcomp",
                "prt",
                "acl",
                "xcomp",
                "npadvmod",
                "amod",
                "compound",
            ):
                token = token.head
            else:
                return token
        return token

    def _subject(self, token: Any, role: str = "") -> Holder | None:
        """Return who is the subject of a predicate, or whose noun it is."""
        if token.pos_ in ("NOUN", "PROPN") or token.tag_ in ("NN", "NNS"):
            own = self._owner(token, role)
            if own is not None:
                return own
            if role == "have":
                return None
        verb = self._verb(token)
        for _ in range(6):
            passive = any(one.dep_ in ("nsubjpass", "auxpass") for one in verb.children)
            if passive and token == verb and token.pos_ in ("VERB", "AUX"):
                agent = next((one for one in verb.children if one.dep_ == "agent"), None)
                if agent is not None:
                    inner = next((one for one in agent.children if one.dep_ == "pobj"), None)
                    return self.holders.read(inner) if inner is not None else None
                subject = next((one for one in verb.children if one.dep_ == "nsubjpass"), None)
                if (subject is None or role in ("nsubjpass", "prep", "")) and role == "nsubjpass":
                    return None
            subjects = [one for one in verb.children if one.dep_ in ("nsubj", "nsubjpass")]
            subject = next(
                (one for one in subjects if len(subjects) > 1 and self.holders.read(one).kind == "actor"), None
            ) or next(iter(subjects), None)
            if subject is not None:
                if subject.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                    antecedent = self.holders.read(verb.head)
                    if antecedent.kind == "other" and verb.head.dep_ == "dobj" and verb.head.head.lemma_ in _ISSUING:
                        return self._subject(verb.head.head)
                    return antecedent
                if (
                    subject.lower_ == "it"
                    and any(one.dep_ in ("acomp", "attr") for one in verb.children)
                    and verb.lemma_ == "be"
                    and token.pos_ != "VERB"
                ):
                    return self.holders.read(subject)
                return self.holders.read(subject)
            if verb.dep_ in {"acl", "relcl"}:
                head = verb.head
                if verb.tag_ == "VBG" and head.dep_ not in ("dobj", "pobj"):
                    return self.holders.read(head)
                return (
                    self._subject(head)
                    if head.pos_ in ("NOUN", "PROPN") and verb.tag_ != "VBN"
                    else self.holders.read(head)
                )
            if verb.dep_ in ("xcomp", "ccomp", "advcl", "conj", "pcomp", "acomp", "prep", "dep") and verb.head != verb:
                up = verb.head
                if verb.dep_ in ("xcomp", "ccomp"):
                    controlled = next((one for one in up.children if one.dep_ in ("dobj", "dative")), None)
                    if (
                        controlled is not None
                        and verb.dep_ == "xcomp"
                        and up.i in self.predicates
                        and any(one.predicate.kind in ("urge", "dissuade") for one in self.predicates[up.i])
                    ):
                        return self.holders.read(controlled)
                    asked = self._asked(up)
                    if asked is not None and verb.dep_ == "xcomp":
                        return self.holders.read(asked)
                    of = next(
                        (
                            one
                            for acomp in up.children
                            if acomp.dep_ == "acomp"
                            for one in acomp.children
                            if one.dep_ == "prep" and one.lower_ in ("of", "for")
                        ),
                        None,
                    )
                    if of is not None:
                        inner = next((one for one in of.children if one.dep_ == "pobj"), None)
                        if inner is not None:
                            return self.holders.read(inner)
                    expletive = next(
                        (
                            one
                            for one in up.children
                            if one.dep_ in ("nsubj", "expl") and one.lower_ in ("it", "there", "that")
                        ),
                        None,
                    )
                    if expletive is not None and any(one.dep_ in ("acomp", "attr") for one in up.children):
                        return Holder("anybody", (), expletive)
                if verb.dep_ == "pcomp" and up.lower_ == "for":
                    blamed = next((one for one in up.head.children if one.dep_ == "dobj"), None)
                    if blamed is not None:
                        return self.holders.read(blamed)
                verb = self._verb(up)
                continue
            return self._nearest(verb) if verb.dep_ == "ROOT" and verb.pos_ in ("VERB", "AUX") else None
        return None

    def _nearest(self, verb: Any) -> Holder | None:
        """Return the actor before a verb without a subject, where the parse has lost it."""
        for token in reversed(self.doc[: verb.i]):
            if token.text in (";", ":", ".", '"'):
                return None
            if token.i in self.holders.by_token and not self.holders.taken(token.i):
                holder = self.holders.read(token)
                return holder if holder.kind == "actor" else None
        return None

    def _asked(self, verb: Any) -> Any | None:
        """Return who is asked: 'called on | Slovakia to stop'."""
        if not any(
            one.predicate.kind in ("urge", "dissuade") and self._urges(one, verb)
            for one in self.predicates.get(verb.i, ())
        ):
            return None
        for child in verb.children:
            if child.dep_ in ("prep", "prt", "dative") and child.lower_ in ("to", "on", "upon", "with", "at"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        return inner
        return None

    def _owner(self, noun: Any, role: str) -> Holder | None:
        """Return whose noun it is: 'French objections', 'the support of Finland', 'opposition from Budapest'."""
        for child in noun.children:
            if child.dep_ in ("poss", "amod", "compound", "nmod"):
                if child.lower_ in ("our", "my"):
                    return self.holders.read(child)
                if child.dep_ == "poss" and child.lower_ in ("its", "his", "her", "their"):
                    return self._possessor(noun, child)
                holder = self.holders.read(child)
                if holder.kind == "actor":
                    return holder
        verb = noun.head if noun.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "pobj") else noun
        for child in [*noun.children, *(verb.children if verb != noun and noun.dep_ in ("dobj", "nsubj") else ())]:
            if child.dep_ in ("prep", "conj", "agent") and child.lower_ in (
                "from",
                "of",
                "by",
                "in",
                "among",
                "within",
            ):
                if child.head != noun and child.lower_ not in ("from", "in"):
                    continue
                for inner in child.children:
                    if inner.dep_ == "pobj" and not self.holders.taken(inner.i):
                        holder = self.holders.read(inner)
                        if holder.kind == "group" and child.head == noun:
                            return holder
                        if holder.kind == "actor" and not (
                            child.head != noun and child.lower_ == "in" and role != "have"
                        ):
                            return holder
        return None

    def _possessor(self, noun: Any, pronoun: Any) -> Holder | None:
        """Return whom 'its' means before a noun: the subject of the clause, or who is urged."""
        verb = self._verb(noun)
        if verb != noun:
            found = self._subject(verb)
            if found is not None and found.kind != "other":
                return found
        return self.holders.read(pronoun)

    def _compared(self, top: Any) -> Iterator[tuple[Mention, bool]]:
        """Yield with whom a holder is compared, and whether they are of one mind: 'like', 'unlike', 'with'."""
        for node in {top.i: top, self._verb(top).i: self._verb(top)}.values():
            for child in node.children:
                if child.dep_ in ("prep", "mark") and child.lower_ in (
                    "like",
                    "unlike",
                    "alongside",
                    "with",
                    "as",
                    "than",
                ):
                    before = self.doc[child.i - 1].lower_ if child.i else ""
                    if child.lower_ == "with" and before not in ("together", "along", "like", "and", ""):
                        continue
                    if child.lower_ in ("as", "than") and not {"as", "more", "less"} & {
                        one.lower_ for one in self.doc[max(0, child.i - 12) : child.i]
                    }:
                        continue
                    if child.lower_ == "than":
                        continue
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            holder = self.holders.read(inner)
                            if holder.kind == "actor":
                                for mention in holder.mentions:
                                    yield mention, child.lower_ != "unlike"

    @staticmethod
    def _stance(spot: Spot, state: State, mention: Mention, top: Any, sign: int) -> Stance:
        return Stance(
            spot.concept,
            sign,
            "actor",
            (mention,),
            top,
            tuple(state.trail),
            score=spot.score,
            spot=spot.tokens,
            signal=state.signal,
        )

    def _exceptions(self) -> dict[int, Mention]:
        """Return the actors that the sentence leaves out, by where they are named: 'all but France'."""
        words = [one.lower_ for one in self.doc]
        found: dict[int, Mention] = {}
        for at, word in enumerate(words):
            if not _excepting(words, at, word):
                continue
            for token in self.doc[at + 1 : at + 14]:
                if token.pos_ in ("VERB", "AUX") and found and token.lower_ != "is":
                    break
                mentions = self.holders.actors_in([token])
                if mentions and mentions[0].actor not in {one.actor for one in found.values()}:
                    found[mentions[0].start] = mentions[0]
                elif found and not (
                    token.lower_ in ("and", "or", "nor", ",", "the", "'s", "both") or token.i in self.holders.by_token
                ):
                    break
        return found

    def _given_up(self, token: Any) -> bool:
        """Tell whether an objection is what somebody is urged to give up, and so one that he has."""
        above = self._verb(token).head
        return any(one.predicate.kind == "end" for one in self.predicates.get(above.i, ()))

    def _commanded(self, token: Any) -> bool:
        """Tell whether a verb is what somebody is urged to do: it is not known that he does."""
        verb = self._verb(token)
        if token.pos_ in ("NOUN", "PROPN"):
            return False
        if verb.dep_ in ("xcomp", "ccomp", "conj", "advcl"):
            head = verb.head
            while head.dep_ == "conj":
                head = head.head
            urged = any(
                one.predicate.kind in ("urge", "dissuade") and self._urges(one, head)
                for one in self.predicates.get(head.i, ())
            )
            finite = (
                verb.dep_ == "ccomp"
                and not any(one.dep_ == "aux" and one.lower_ == "to" for one in verb.children)
                and head.lemma_ in _TELLING
            )
            if urged and verb != head and not finite:
                return any(one.dep_ in ("dobj", "prep", "dative") for one in head.children) or any(
                    one.dep_ == "nsubj" for one in verb.children
                )
        return False

    def _unagented(self, token: Any) -> bool:
        return token.pos_ == "VERB" and any(one.dep_ == "auxpass" for one in token.children)

    def _deontic(self, token: Any, state: State) -> bool:
        """Note that something should be done: then who should do it holds nothing, and who says so does."""
        verb = token if any(one.dep_ == "aux" for one in token.children) else self._verb(token)
        modal = any(one.dep_ == "aux" and one.lower_ in _DEONTIC for one in verb.children)
        if modal:
            state.taken = state.pending = True
            state.pronoun, state.speaker = None, False
            state.trail.append("should")
        return modal

    def _inherit(self, child: Any, first: Any, state: State) -> None:
        """Take over the modal of the first of several verbs: 'must resist pressure and open its office'."""
        if any(one.dep_ in ("aux", "nsubj") for one in child.children):
            return
        if any(one.dep_ == "aux" and one.lower_ in _DEONTIC for one in first.children):
            state.taken = state.pending = True
            state.trail.append("should")

    # ------------------------------------------------------------------ negation
    def _flips(self, token: Any, state: State | None = None) -> int:
        count = 0
        verb = self._verb(token)
        places = {token.i: token, verb.i: verb}
        if verb != token:
            places |= {
                one.i: one for one in token.ancestors if verb in list(one.ancestors) and one.pos_ in ("ADJ", "VERB")
            }
        for each in places.values():
            if state is not None:
                if each.i in state.counted:
                    continue
                state.counted.add(each.i)
            for child in each.children:
                lower = child.lower_
                after = self.doc[child.i + 1].lower_ if child.i + 1 < len(self.doc) else ""
                if lower in ("not", "never", "n't") and (
                    after in ("only", "just", "merely")
                    or (
                        lower == "never"
                        and any(one.lower_ in ("more", "so") for one in self.doc[child.i + 1 : child.i + 4])
                    )
                ):
                    continue
                if (
                    child.dep_ == "neg"
                    or (child.dep_ in ("advmod", "preconj") and lower in _NEGATIONS)
                    or (
                        child.dep_ == "advmod"
                        and lower == "longer"
                        and any(one.lower_ == "no" for one in child.children)
                    )
                    or (
                        child.dep_ in ("nsubj", "nsubjpass")
                        and (
                            lower in ("nobody", "none", "nothing")
                            or any(
                                one.lower_ in ("no", "neither") and one.dep_ in ("det", "preconj", "cc")
                                for one in child.children
                            )
                        )
                    )
                    or (
                        (
                            child.dep_ == "prep"
                            and any(
                                one.dep_ == "pobj"
                                and one.lemma_
                                in ("circumstance", "way", "condition", "account", "event", "means", "mean", "moment")
                                and any(inner.lower_ == "no" for inner in one.children)
                                for one in child.children
                            )
                        )
                        or (
                            child.dep_ == "prep"
                            and any(one.dep_ == "neg" for one in child.children)
                            and any(one.lemma_ == "moment" for one in child.children)
                        )
                    )
                ):
                    count += 1
        if token.pos_ == "NOUN" and any(
            one.dep_ in ("det", "amod") and one.lower_ in ("no", "little") for one in token.children
        ):
            count += 1
        return count

    def _negate(self, token: Any, state: State) -> None:
        if self._flips(token, state) % 2:
            state.sign = -state.sign

    def _flip(self, found: dict[str, Stance], verb: Any) -> None:
        if self._flips(verb) % 2:
            for actor, one in found.items():
                found[actor] = replace(one, sign=-one.sign)

    def _negate_noun(self, token: Any, state: State) -> None:
        if token.i in state.counted:
            return
        state.counted.add(token.i)
        if any(one.dep_ == "det" and one.lower_ in ("no", "neither") for one in token.children):
            state.sign = -state.sign


def _excepting(words: list[str], at: int, word: str) -> bool:
    """Tell whether a word makes what follows an exception."""
    before = words[max(0, at - 9) : at]
    if word in ("except", "excepting", "barring", "excluding"):
        return True
    if word in ("but", "save", "bar"):
        return any(
            one in ("all", "every", "no", "none", "nobody", "everyone", "everybody", "each", "nothing", "any")
            for one in before
        )
    if word == "than":
        return words[at - 1] == "other"
    if word == "from":
        return words[at - 1] in ("apart", "aside")
    if word in ("of", "is", "are", "being", "was", "were"):
        return words[at - 1] in ("exception", "exceptions")
    return word == "for" and words[at - 1] in ("except", "save")


def _supposed(token: Any) -> bool:
    """Tell whether a token stands in a question, a supposition or a report of what is not known."""
    for one in [token, *token.ancestors]:
        if one.pos_ in ("VERB", "AUX", "ADJ") and (_marked(one) or _inverted(one)):
            return True
        if (
            one.lemma_ in ("suppose", "assume", "imagine", "say")
            and one.dep_ == "ROOT"
            and one.tag_ in ("VB", "VBP")
            and not any(each.dep_ == "nsubj" and each.i < one.i for each in one.children)
        ):
            return True
    for one in token.doc[token.i :]:
        if one.text in (".", "!", "?"):
            return bool(one.text == "?")
    return False


def _marked(verb: Any) -> bool:
    """Tell whether a clause is a question or a supposition: 'if', 'whether', 'unless'."""
    return any(one.dep_ == "mark" and one.lower_ in _OPEN_MARKS for one in verb.children) or any(
        one.dep_ in ("advmod",) and one.lower_ in ("whether",) for one in verb.children
    )


def _inverted(verb: Any) -> bool:
    return any(
        one.dep_ == "aux" and one.lower_ in ("should", "were", "had") and one.i == min(each.i for each in verb.subtree)
        for one in verb.children
    )


def anchors(doc: Any, spot: Spot) -> Iterator[Any]:
    """Yield the tokens of a concept that others of its tokens do not govern, the highest first."""
    inside = set(spot.tokens)
    highest = [doc[at] for at in spot.tokens if not any(one.i in inside for one in doc[at].ancestors)]
    yield from [one for one in highest if one.pos_ != "PROPN"] or highest[:1]
