"""What a predicate does to a stance on the way up: it turns it, gives it a holder, leaves it open or ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.clauses import infinitive, object_of, subjects_of, supposed, verb_of, verbal
from foedus.evidence.coder.comparing import compared
from foedus.evidence.coder.exceptions import excepted, unrivalled
from foedus.evidence.coder.holders import Holder, Holders
from foedus.evidence.coder.negation import both_ways, flips, negate, none_of, turn_found, unable
from foedus.evidence.coder.nouns import as_one
from foedus.evidence.coder.predicates import Found
from foedus.evidence.coder.spots import Spot
from foedus.evidence.coder.stance import SIGN, Stance, State
from foedus.evidence.coder.turning import HOPING, WANTING, by_the_way, fails_to_persuade, leaves_open, reviews_itself
from foedus.evidence.coder.whose import EMERGING, VOICES, Whose, unagented
from foedus.evidence.coder.wordlists import wordset

_PONDERING = wordset("contemplate consider entertain countenance envisage")
_READING = wordset("study examine review analyse analyze read consider")
_SEEKING = wordset("buy seek court solicit request need await lack want")
_ASKING = wordset("seek solicit request enlist rally")
_WINNING = wordset("win secure gain obtain get enlist earn attract")
_AGREEING = wordset("agree reach find settle resolve decide")
_DECIDING = wordset("agree decide adopt approve endorse vote sign pass ratify reject take reach clear renew give")
_LIGHTS = wordset("eye view opinion judgement judgment perspective standpoint book reading mind viewpoint estimation")
_CHANCES = wordset("question chance prospect danger risk fear possibility way")
"""What there may be none of: 'there is no question of Spain | blocking it'."""

_GROUNDS = wordset("reason ground argument case")
"""What speaks for what it governs where 'there is' one."""

_FELT = ("anathema", "abomination", "nightmare")
_LIMITS = wordset("line breaker must priority starter non-starter no-go taboo dealbreaker deal-breaker necessity")
"""What a thing is for whoever insists on it or rules it out: 'a red line | for Hungary'."""
_CHOSEN = ("choice", "favourite", "favorite", "pick", "preference", "candidate", "man", "woman")
"""What somebody is for whoever wants him: 'is his first choice'."""

_WHOLE = ("whole", "entire", "rest")
_MAYBE = wordset("would might may could can")
_NEVER = ("no", "none", "nobody", "neither", "nothing")
_NO = ("no", "few", "hardly")
_DEONTIC = wordset("should must ought")


class Applier:
    """Applies the predicates of one sentence to stances.

    Parameters
    ----------
    doc
        The parse.
    holders, whose
        Who is meant by its noun phrases, and whose its predicates are.
    """

    def __init__(self, doc: Any, holders: Holders, whose: Whose) -> None:
        self.doc, self.holders, self.whose = doc, holders, whose
        self.excepted = excepted(doc, holders)
        self.unrivalled = unrivalled(doc, holders)
        self.groups: list[tuple[str, int, float, int, tuple[int, ...]]] = []
        self._kinds: dict[str, Callable[[Any, Spot, State, str], bool]] = {
            "say": self._say,
            "think": self._think,
            "deny": self._deny,
            "expect": self._expect,
            "reason": self._reason,
            "share": self._share,
        }

    def apply(self, match: Found, token: Any, spot: Spot, state: State, role: str) -> bool:
        """Apply a predicate; return whether it is a verb of saying.

        Parameters
        ----------
        one, token
            The predicate, and the token at which it was met.
        spot, state
            The concept, and what is known of the stance; changed in place.
        role
            How the predicate is met from below: the dependency of the child, ``subject``, ``have`` or ``label``.
        """
        kind = match.predicate.kind
        top = self._top(match, token)
        self._inner_negation(match, top, state)
        if (match.predicate.negated == "none" and flips(top) % 2) or (kind == "end" and reviews_itself(top)):
            state.end()
            return False
        if kind in self._kinds:
            return self._kinds[kind](top, spot, state, role)
        if kind in ("good", "bad"):
            self._judge(kind, top, spot, state)
        elif (
            role != "npadvmod"
            and not self._doubted(match, top, state, role)
            and not self._governs_only(kind, top, spot, state)
        ):
            self._attitude(match, top, spot, state, role)
        return False

    def _inner_negation(self, match: Found, top: Any, state: State) -> None:
        for at in match.tokens:
            part = self.doc[at]
            if part != top and part.i not in state.counted and none_of(part, match.tokens):
                state.counted.add(part.i)
                state.sign = -state.sign

    def _top(self, match: Found, token: Any) -> Any:
        """Return the token of a predicate that stands highest."""
        inside = set(match.tokens)
        for each in (self.doc[at] for at in match.tokens):
            if each.head.i in inside and each.head != each:
                continue
            if each.pos_ in ("VERB", "AUX", "NOUN", "ADJ") or len(match.tokens) == 1 or each.dep_ == "prep":
                return each
        return token

    # ------------------------------------------------------------------ by kind
    def _say(self, top: Any, spot: Spot, state: State, role: str) -> bool:
        del role
        if flips(top) % 2:
            if self.excepted and state.taken and (state.pending or state.pronoun is not None):
                self._give(self.excepted.values(), spot, state, top, state.sign)  # 'no state but Spain | has said'
                state.settle()
            state.dead = True
            return False
        holder = self.whose.subject(top)
        if holder is not None and holder.token.lower_ == "it" and top.lemma_ in EMERGING:
            state.dead = True
            return False
        if state.trail[-1:] == ["anybody"]:
            state.end()  # 'anyone who blocks it does Beijing a favour' is for nobody to guess
            return True
        waits = state.pending or state.speaker or state.pronoun is not None
        if state.open or not state.taken or holder is None or not waits:
            return True
        if holder.kind == "actor":
            for mention in holder.mentions:
                state.found[mention.actor] = replace(stance_of(spot, state, mention, top, state.sign), said=True)
        if holder.kind == "speaker":
            state.speaker, state.pending = True, False
            return True
        state.settle()
        if holder.kind == "pronoun":
            state.pronoun = holder.token
        elif holder.kind != "actor":
            state.dead = True
        return True

    def _think(self, top: Any, spot: Spot, state: State, role: str) -> bool:
        negate(top, state)
        if state.taken and state.pending:
            self.hold(top, state, spot, role)
        return False

    def _deny(self, top: Any, spot: Spot, state: State, role: str) -> bool:
        if not spot.prescriptive:
            state.sign = -state.sign
            negate(top, state)
            self.hold(top, state, spot, role)
            return False
        state.sign = 0
        state.found.clear()
        self.hold(top, state, spot, role, always=True)
        state.dead = True
        return False

    def _expect(self, top: Any, spot: Spot, state: State, role: str) -> bool:
        if not spot.prescriptive and self.whose.subject(top) is not None:
            self.hold(top, state, spot, role)
            return False
        state.open = True
        if any(child.dep_ in ("ccomp", "xcomp") and infinitive(child) for child in top.children):
            state.found.clear()  # 'analysts expect Spain | to veto it'
        state.dead = not state.found
        return False

    def _reason(self, top: Any, spot: Spot, state: State, role: str) -> bool:
        del spot, role
        none = flips(top, state)
        if none % 2 or any(flips(up, state) % 2 for up in list(top.ancestors)[:1]):
            state.sign, state.taken, state.pending = -state.sign, True, True
            state.trail.append("reason")
            if top.lemma_ in _CHANCES:
                turn_found(state)
            state.used.add(top.i)
        elif top.lemma_ in _GROUNDS and any(child.dep_ == "expl" for child in top.head.children) and not both_ways(top):
            state.taken, state.pending = True, True  # 'there are good | reasons to oppose it'
            state.trail.append("reason")
            state.used.add(top.i)
        return False

    def _share(self, top: Any, spot: Spot, state: State, role: str) -> bool:
        """Read who is of another's mind: 'shares Turkey's objections'; 'does not share' leaves Turkey what it holds."""
        attitude = state.trail and role in ("dobj", "prep", "pobj")
        if state.trail[-1:] == ["anybody"] and state.pending:
            state.trail.pop()
            negate(top, state)
            self.hold(top, state, spot, role)
        elif not attitude or not state.found:
            negate(top, state)
        elif flips(top, state) % 2:
            holder = self.whose.subject(top, role)
            own = {mention.actor for mention in holder.mentions} if holder is not None else set()
            if own and own == set(state.found):
                turn_found(state)  # 'does not share the view that'
            else:
                state.dead = True
        else:
            self.hold(top, state, spot, role)
        return False

    def _judge(self, kind: str, top: Any, spot: Spot, state: State) -> None:
        """Apply praise or blame: whoever says so holds it, or whom 'for' names."""
        state.trail.append(kind)
        if state.taken and state.open:
            return
        state.sign *= SIGN[kind]
        state.wait()
        negate(top, state)
        self._on_behalf(top, state, spot)

    def _doubted(self, match: Found, top: Any, state: State, role: str) -> bool:
        """Tell whether a doubt is none: 'no doubt that', or a doubt about what another will do."""
        if match.predicate.words != ("doubt",):
            return False
        if role in ("acl", "ccomp") and any(child.lower_ == "no" for child in top.children):
            return True
        inner = [child for child in top.children if child.dep_ == "ccomp"]
        when = any(child.lower_ in ("will", "would", "can", "could") for each in inner for child in each.children)
        if role == "ccomp" and (state.found or when):
            state.end()
            return True
        return False

    def _governs_only(self, kind: str, top: Any, spot: Spot, state: State) -> bool:
        """Tell whether failing or keeping only turns what it governs, because no side is taken yet."""
        if state.taken or kind not in ("fail", "keep"):
            return False
        if kind == "keep" and state.sign < 0 and spot.sign < 0:
            state.taken = True
            return False
        if kind == "fail":
            state.sign = -state.sign
        negate(top, state)
        self.deontic(top, state)
        return True

    def _attitude(self, match: Found, top: Any, spot: Spot, state: State, role: str) -> None:
        kind, noun = match.predicate.kind, match.predicate.part == "noun"
        if self._says_nothing(match, top, spot, state):
            return
        if noun and kind == "support" and _sought(top):
            top = top.head  # 'sought the Senate's support for it': who seeks it is for it
        state.trail.append(kind)
        state.signal = match.predicate.signal or state.signal
        if (kind == "fail" and self._at_odds(top, role)) or (kind == "refuse" and state.taken and state.sign == 0):
            state.end()
            return
        if kind == "block" and unable(top):
            state.end()  # 'will not be able to block it' says not that they are for it
            return
        if kind == "weigh" and noun and not state.taken and self._nobodys(top, role):
            return  # 'decisions on it should be taken' says of nobody that he is undecided
        if kind == "end" and noun and state.found:
            turn_found(state)
            state.sign = -state.sign
            return
        self._turn("weigh" if self._either(top) else kind, top, spot, state)
        if state.taken:
            self.hold(top, state, spot, role)

    def _says_nothing(self, match: Found, top: Any, spot: Spot, state: State) -> bool:
        """Tell whether a word says nothing of its holder here, or leaves what stands below it as it is."""
        kind, noun = match.predicate.kind, match.predicate.part == "noun"
        if kind == "fail" and state.trail[-1:] in (["urge"], ["dissuade"]):
            flips(top, state)
            return True  # 'failed | to persuade Egypt to oppose it'
        if match.predicate.words == ("unclear",) and not any(
            each.lemma_ in VOICES for each in subjects_of(verb_of(top))
        ):
            return True  # 'its position is unclear', not 'the text is unclear'
        if kind == "weigh" and top.lemma_ in _READING and any(child.lemma_ == "have" for child in top.children):
            return True  # 'has studied the draft with care' has come to a view, and does not say which
        bought = noun and kind == "support" and _sought(top) and top.head.lemma_ not in _ASKING
        if bought or (match.predicate.words[:1] in (("clear",), ("pave",)) and by_the_way(top)):
            state.end()
            return True  # 'withdrew, | clearing the way for her rival'
        if noun and _cause(top) and self.whose.owner(top) is None:
            state.end()
            return True  # 'barred due to a | lack of progress on it'
        trying = (
            noun and match.predicate.words[-1] == "to"
        )  # 'an effort to meet the challenge' says of no fact it is so
        return trying and (not spot.prescriptive or self._verbs_between(spot, top) > 1)

    def _either(self, top: Any) -> bool:
        """Tell whether several are said to be of one of some minds: 'are either | sceptical or undecided'."""
        if top.i == 0 or self.doc[top.i - 1].lower_ != "either":
            return False
        later = [token.i for token in self.doc[top.i + 1 :]]
        open_ = any(
            predicate.predicate.kind == "weigh" for at in later for predicate in self.whose.predicates.get(at, ())
        )
        return open_ and any(self.doc[at].lower_ == "or" for at in later)

    @staticmethod
    def _turn(kind: str, top: Any, spot: Spot, state: State) -> None:
        """Turn the side by a word of a kind, and by its negation."""
        if kind == "weigh" and top.lemma_ in _PONDERING and _unwilling(top, state):
            state.sign, state.taken = -spot.sign, True  # 'is not willing to | contemplate it'
        elif kind == "weigh" or leaves_open(kind, top):
            state.sign, state.taken, state.open = 0, True, False
            state.trail[-1] = "weigh"
        else:
            state.sign *= SIGN[kind]
            state.taken = state.taken or kind not in ("keep", "fail")
            if fails_to_persuade(top, state.trail):
                flips(top, state)  # 'could not | persuade Egypt', whose wish stays
            else:
                negate(top, state)

    def _nobodys(self, noun: Any, role: str) -> bool:
        """Tell whether a noun is nobody's: neither has somebody it nor does it belong to him."""
        holder = self.whose.subject(noun, role)
        return _inside_subject(noun) and (holder is None or holder.kind == "other")

    def _verbs_between(self, spot: Spot, top: Any) -> int:
        """Return how many verbs stand on the way up from a concept to a word."""
        if not spot.tokens:
            return 0
        way = list(self.doc[spot.tokens[0]].ancestors)
        below = way[: way.index(top)] if top in way else []
        return sum(verbal(ancestor) and ancestor.i not in spot.tokens for ancestor in below)

    def _at_odds(self, top: Any, role: str) -> bool:
        """Tell whether several fail to agree with each other, which says of none what it wants."""
        agreeing = any(child.lemma_ in _AGREEING for child in top.children if child.dep_ in ("xcomp", "ccomp", "acl"))
        holder = self.whose.subject(top, role) if agreeing else None
        if holder is None:
            return agreeing
        world = self.holders.cast.world
        state = [
            mention
            for mention in holder.mentions
            if mention.actor in world.actors and world.actors[mention.actor].kind == "state"
        ]
        return len(state) != 1

    # ------------------------------------------------------------------ holding
    def hold(self, top: Any, state: State, spot: Spot, role: str, *, always: bool = False) -> None:
        """Give the side that was taken to whoever holds it here."""
        if self.deontic(top, state):
            self._asked_to_give_up(top, state, spot, role)
            return
        sided = state.sign != 0 or top.lemma_ == "abstain"
        if (state.open or (sided and supposed(top)) or self._foretold(top)) and not always:
            return
        holder = self.whose.subject(top, role)
        if self._unlike_others(holder, top, state, spot):
            return
        if holder is None:
            nobody = top.pos_ == "NOUN" and (_inside_subject(top) or _there_is(top))
            state.pending = role != "nsubjpass" and not unagented(top) and not nobody
            return
        state.settle()
        wanted_only = self.whose.commanded(top)
        if wanted_only and not (state.trail[-1:] in (["block"], ["oppose"]) and self.whose.given_up(top)):
            return
        if not self._except(holder, top, state, spot):
            self._to(holder, top, state, spot)

    def _unlike_others(self, holder: Holder | None, top: Any, state: State, spot: Spot) -> bool:
        """Give a side to whoever nobody equals in it, or to whom nobody's side leaves out; return whether it did."""
        if self.unrivalled and (holder is None or holder.kind in ("group", "anybody", "other")):
            plain = -state.sign if flips(top) % 2 else state.sign
            self._give(self.unrivalled, spot, state, top, plain)
            state.settle()
            return True
        would = any(child.lower_ in ("would", "could", "might") for child in top.children)
        none = any(child.lower_ in _NO for child in top.children)
        if holder is None and self.excepted and (would or none):  # 'found no enemy but Spain'
            self._give(self.excepted.values(), spot, state, top, -state.sign)
            return True
        return False

    def _except(self, holder: Holder, top: Any, state: State, spot: Spot) -> bool:
        """Give the opposite side to who is left out of a whole; return whether somebody is."""
        if not self.excepted:
            return False
        if holder.kind == "actor" and self._merged(top):
            negative = any(token.lower_ in _NEVER for token in self.doc[: top.i])
            self._give(holder.mentions, spot, state, top, state.sign if negative else -state.sign)
            return True
        whole = holder.kind == "actor" and any(child.lower_ in _WHOLE for child in holder.token.children)
        if whole or holder.kind == "group" or self._left_out(holder, top):  # 'Spain aside, the whole league is for it'
            self._give(self.excepted.values(), spot, state, top, -state.sign)
            return True
        return False

    @staticmethod
    def _merged(top: Any) -> bool:
        """Tell whether the parse makes an exception the subject: 'no ally other | than Spain objected'."""
        return any(child.dep_ == "mark" and child.lower_ in ("than", "but", "save", "except") for child in top.children)

    def _left_out(self, holder: Holder, top: Any) -> bool:
        """Tell whether a holder is the exception itself, though its own clause does not say what it does."""
        clause = next((node for node in [top, *top.ancestors] if node.dep_ == "relcl"), None)
        named = self.holders.by_token.get(clause.head.i) if clause is not None else None
        own = named is not None and named.start in self.excepted  # 'save for Spain, which | objected'
        own = own or (clause is not None and any(
            each.i in self.holders.by_token and self.holders.by_token[each.i].start in self.excepted
            for each in clause.head.subtree if each.i < clause.i
        ))  # fmt: skip
        return not own and any(mention.start in self.excepted for mention in holder.mentions)

    def _to(self, holder: Holder, top: Any, state: State, spot: Spot) -> None:
        if holder.kind == "actor":
            self._give(holder.mentions, spot, state, top, state.sign)
            for mention, same in compared(top, self.holders):
                if mention.actor not in state.found or mention.actor in state.beside:
                    state.beside.add(mention.actor)
                    self._give([mention], spot, state, top, state.sign if same else -state.sign)
        elif holder.kind == "speaker":
            state.speaker = True
        elif holder.kind == "pronoun":
            state.pronoun = holder.token
        elif holder.kind == "anybody":
            self._note_group(top, state, spot)
            state.pending = True
            if holder.token.lower_ in ("whoever", "anyone", "anybody"):
                state.trail.append("anybody")
        elif holder.kind == "group":
            self._note_group(top, state, spot)
            given = self.holders.at_large(holder.token) or self._as_body(holder.token, top, spot)
            self._give(given, spot, state, top, state.sign)

    def _as_body(self, group: Any, top: Any, spot: Spot) -> Sequence[Mention]:
        """Return the body whose claim it is where its members decide as one: 'the ministers | agreed to admit it'."""
        body = self.holders.bodies.get(spot.concept)
        verb = verb_of(top)
        done = verb.lemma_ in _DECIDING and verb.tag_ in ("VBD", "VBN")
        return (body,) if body is not None and done and as_one(group) and not self.excepted else ()

    def _note_group(self, top: Any, state: State, spot: Spot) -> None:
        """Note what a group holds, of one place of a concept the last that is read on the way up."""
        self.groups[:] = [group for group in self.groups if group[0] != spot.concept or group[4] != spot.tokens]
        self.groups.append((spot.concept, state.sign, spot.score, top.i, spot.tokens))

    def _foretold(self, top: Any) -> bool:
        """Tell whether somebody only believes that another will do it: 'is confident that | Spain will accept'."""
        verb = verb_of(top)
        above = self.whose.predicates.get(verb.head.i, ()) if verb.dep_ == "ccomp" else ()
        will = any(child.dep_ == "aux" and child.lemma_ == "will" for child in verb.children)
        modal = will or any(child.dep_ == "aux" and child.lower_ in _MAYBE for child in verb.children)
        kinds = {predicate.predicate.kind for predicate in above}
        if modal and verb.dep_ == "ccomp" and verb.head.lemma_ in ("pray", "trust", "fear", "dream"):
            return True
        hoped = verb.head.lower_ in HOPING or (verb.head.lemma_ in WANTING and infinitive(verb))
        if verb.dep_ == "ccomp" and hoped and any(child.dep_ == "nsubj" for child in verb.children):
            return True  # 'hopes that Spain will accept', 'wants Spain to | accept'
        return ("expect" in kinds and modal) or ("think" in kinds and will)

    def _asked_to_give_up(self, top: Any, state: State, spot: Spot, role: str) -> None:
        """Note the objection of whoever should drop it."""
        if state.trail[-2:-1] == ["end"] and "block" in state.trail:
            holder = self.whose.subject(top, role)
            if holder is not None and holder.kind == "actor":
                self._give(holder.mentions, spot, state, top, -state.sign)

    def _on_behalf(self, top: Any, state: State, spot: Spot) -> None:
        """Give praise or blame to whom 'for' or 'to' names: 'unacceptable to Spain', 'for Paris, ... is'."""
        verb = top if verbal(top) else top.head
        noun = top.pos_ == "NOUN" and not verbal(top)
        owner = next((child for child in top.children if child.dep_ == "poss"), None) if top.lemma_ in _CHOSEN else None
        if owner is not None:
            self._to(self.holders.read(owner), top, state, spot)
            state.pending = False
            return
        seen = self._seen_by(verb)
        if seen is not None:
            self._give(seen.mentions, spot, state, top, state.sign)
            state.pending = False
            return
        for child in [*top.children, *verb.children, *(verb.head.children if verb.dep_ == "conj" else ())]:
            if child.dep_ != "prep" or child.lower_ not in ("for", "to"):
                continue
            felt = child.lower_ == "to" if top.lemma_ in _FELT else child.lower_ == "for" and top.lemma_ in _LIMITS
            if noun and not felt and child.i > top.i and (child.lower_ == "to" or child.head == top):
                continue  # 'a gift to | the Kremlin' is not what the Kremlin thinks
            inner = object_of(child)
            holder = self.holders.read(inner) if inner is not None and inner.i not in state.used else None
            if holder is not None and holder.kind == "actor":
                self._give(holder.mentions, spot, state, top, state.sign)
                state.pending = False
                return
            if holder is not None and holder.kind == "pronoun" and child.lower_ == "to":
                state.pronoun, state.pending = holder.token, False
                return

    def _seen_by(self, verb: Any) -> Holder | None:
        """Return by whose lights something is judged: 'seen from Warsaw', 'in the eyes of Paris', 'in Malta's view'."""
        for child in verb.children:
            inner = None
            if child.dep_ == "advcl" and child.lemma_ in ("see", "view", "judge") and child.tag_ == "VBN":
                place = next(
                    (
                        grandchild
                        for grandchild in child.children
                        if grandchild.dep_ == "prep" and grandchild.lower_ == "from"
                    ),
                    None,
                )
                inner = object_of(place) if place is not None else None
            elif child.dep_ == "prep" and child.lower_ in ("in", "from", "to"):
                noun = object_of(child)
                mention = self.holders.by_token.get(noun.i) if noun is not None and child.lower_ == "in" else None
                passive = any(below.dep_ == "auxpass" for below in verb.children)
                if (
                    mention is not None
                    and mention.how == "capital"
                    and passive
                    and not self.holders.taken(mention.start)
                ):
                    inner = noun  # 'in Paris it is seen as a mistake'
                if noun is not None and noun.lemma_ in _LIGHTS:
                    owner = self.whose.owner(noun)
                    if owner is not None and owner.kind == "actor":
                        return owner
            holder = self.holders.read(inner) if inner is not None else None
            if holder is not None and holder.kind == "actor":
                return holder
        return None

    @staticmethod
    def give(mentions: Iterable[Mention], top: Any, state: State, spot: Spot) -> None:
        """Give the side to actors as it stands."""
        for mention in mentions:
            state.found[mention.actor] = stance_of(spot, state, mention, top, state.sign)

    @staticmethod
    def _give(mentions: Iterable[Mention], spot: Spot, state: State, top: Any, sign: int) -> None:
        for mention in mentions:
            state.found[mention.actor] = stance_of(spot, state, mention, top, sign)

    @staticmethod
    def deontic(token: Any, state: State) -> bool:
        """Note that something should be done: then who should do it holds nothing, and who says so does."""
        verb = token if any(child.dep_ == "aux" for child in token.children) else verb_of(token)
        modals = [child for child in verb.children if child.dep_ == "aux" and child.tag_ == "MD"]
        supposing = len(modals) > 1 and modals[0].i == verb.left_edge.i  # 'should it fail, Spain would | agree'
        it = any(child.lower_ in ("it", "that") and child.dep_ == "nsubj" for child in verb.head.children)
        judged = any(child.dep_ in ("acomp", "attr") for child in verb.head.children)
        felt = verb.dep_ in ("ccomp", "csubj") and verb.head.lemma_ == "be" and it and judged
        deontic = any(child.dep_ == "aux" and child.lower_ in _DEONTIC for child in verb.children)
        modal = deontic and not supposing and not felt  # 'it was shameful that one state | should block it'
        if modal:
            state.wait()
            state.trail.append("should")
        return modal

    @staticmethod
    def inherit(child: Any, first: Any, state: State) -> None:
        """Take over the modal of the first of several verbs: 'must resist pressure and open its office'."""
        if any(grandchild.dep_ in ("aux", "nsubj") for grandchild in child.children):
            return
        if any(inner.dep_ == "aux" and inner.lower_ in _DEONTIC for inner in first.children):
            state.taken = state.pending = True
            state.trail.append("should")


def stance_of(spot: Spot, state: State, mention: Mention, top: Any, sign: int) -> Stance:
    """Return a stance of one actor as it stands now."""
    return Stance(
        spot.concept, sign, "actor", (mention,), top, tuple(state.trail), score=spot.score, spot=spot.tokens,
        signal=state.signal,
    )  # fmt: skip


def _unwilling(verb: Any, state: State) -> bool:
    """Tell whether a verb is negated, itself or through what leads to it: 'is not willing to | contemplate it'."""
    count = flips(verb, state)
    while verb.dep_ in ("xcomp", "acomp") and verb.head != verb:
        verb = verb.head
        if verb.dep_ != "acomp":
            count += flips(verb, state)
    return count % 2 == 1


def _sought(noun: Any) -> bool:
    """Tell whether somebody's support is only looked for: 'meant to buy Dutch | consent', 'hopes to win support'."""
    verb = noun.head
    owned = any(child.dep_ in ("poss", "amod", "prep", "compound") for child in noun.children)
    if noun.dep_ != "dobj" or not owned:
        return False
    return verb.lemma_ in _SEEKING or (verb.lemma_ in _WINNING and infinitive(verb))


def _inside_subject(noun: Any) -> bool:
    """Tell whether a noun stands in a subject: 'the extent of | opposition is small' says not whose it is."""
    while noun.dep_ in ("pobj", "prep"):
        noun = noun.head
    return noun.dep_ in ("nsubj", "nsubjpass")


def _cause(noun: Any) -> bool:
    """Tell whether a noun only says why something is so: 'due to a | lack of progress'."""
    word = noun.head
    return noun.dep_ == "pobj" and {word.lower_, word.head.lower_} & {"due", "because", "owing", "thanks"} != set()


def _there_is(noun: Any) -> bool:
    """Tell whether a sentence only says that there is such a thing: 'there was | opposition'."""
    return noun.dep_ == "attr" and any(child.dep_ == "expl" for child in noun.head.children)
