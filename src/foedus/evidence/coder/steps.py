"""What a single step up a parse means: how a word is read beside the one that governs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from foedus.evidence.coder.clauses import infinitive, marked, verbal
from foedus.evidence.coder.predicates import Found
from foedus.evidence.coder.stance import State
from foedus.evidence.coder.wordlists import wordset

COPULAS = wordset("be become remain stay seem appear feel sound look prove")
_CONSIDERING = wordset("consider contemplate discuss debate mull envisage")
TEXTS = wordset(
    "resolution draft text proposal motion amendment plan treaty agreement letter statement measure bill "
    "declaration communique petition appeal note paper document charter"
)
_MERITING = wordset("deserve merit belong need require")


def through_text(child: Any, node: Any, dep: str, state: State) -> str:
    """Return how a clause is read: what a text says is held by whoever backs or blocks the text."""
    if dep != "relcl" or node.lemma_ not in TEXTS or marked(child):
        return dep
    state.taken = state.pending = False
    state.found.clear()
    return "acl"


_STOPPING = wordset("stop cease quit halt end discontinue")


def stopping(match: Found, child: Any, node: Any, below: Iterable[Found]) -> bool:
    """Tell whether an objection ends: 'stop | obstructing it' is no blockade."""
    sided = any(each.predicate.kind in ("block", "oppose", "refuse") for each in below)
    return match.predicate.kind == "block" and node.lemma_ in _STOPPING and child.tag_ == "VBG" and sided


_PREFERRING = wordset("preference prefer favour favor choose pick choice")
_VANISHING = wordset("evaporate vanish melt crumble collapse fade end cease disappear dissolve thaw wane lapse expire")
_FAILING = wordset("fail collapse founder die lapse flop")
_OVER = wordset("end cease stop expire terminate")
_GONE = wordset("gone over history past")


def vanishes(verb: Any) -> bool:
    """Tell whether an objection is said to be over: 'its reservation | is no more', 'its opposition has evaporated'."""
    if any(child.dep_ == "neg" and child.lower_ != "no" for child in verb.children):
        return False
    said = {
        token.lower_ for child in verb.children if child.dep_ in ("attr", "acomp", "advmod") for token in child.subtree
    }
    off = {"off", "table"} <= {token.lower_ for token in verb.subtree}
    return (
        off
        or verb.lemma_ in _VANISHING
        or (verb.lemma_ in ("be", "go") and (bool(said & _GONE) or said == {"no", "more"}))
    )


def fails(verb: Any) -> bool:
    """Tell whether a verb says that its subject comes to nothing, or to an end: 'see the plan | fail'."""
    governs = any(child.dep_ in ("dobj", "xcomp", "ccomp", "acomp", "prt") for child in verb.children)
    governs = governs or any(child.lower_ in ("on", "upon", "over", "against", "at") for child in verb.children)
    gone = verb.lower_ == "gone" and verb.dep_ in ("ccomp", "xcomp", "acl")  # 'wants the sanctions | gone'
    return (verb.lemma_ in _FAILING | _OVER or gone) and not governs


def instead(word: Any) -> bool:
    """Tell whether a word puts something else before a concept: 'rather than | grants', 'a lower limit than | this'."""
    before = word.doc[word.i - 1].lower_ if word.i else ""
    after = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
    lesser = (
        word.lower_ == "than"
        and word.dep_ == "prep"
        and any(
            node.tag_ in ("JJR", "RBR") and node.dep_ == "amod"
            for node in [word.head, *word.head.children, *word.head.head.children]
        )
    )
    rather = [*word.head.children, *word.head.head.children]
    to = (
        word.lower_ == "to"
        and word.dep_ in ("prep", "dative")
        and word.head.lemma_ == "prefer"
        and any(child.dep_ == "dobj" and child.i < word.i for child in word.head.children)
    )
    have = word.lower_ == "than" and word.dep_ == "prep" and any(child.lower_ == "rather" for child in rather)
    over = word.lower_ == "over" and word.dep_ == "prep" and word.head.lemma_ in _PREFERRING
    return (
        lesser
        or to
        or have
        or over
        or (word.lower_ == "than" and before == "rather")
        or (word.lower_ == "of" and before == "instead")
        or (word.lower_ == "instead" and after == "of" and word.dep_ == "prep")
    )


def weighs(child: Any, node: Any) -> bool:
    """Tell whether somebody thinks of doing something: 'is considering | lifting it'."""
    return node.lemma_ in _CONSIDERING and child.tag_ == "VBG" and child.dep_ in ("xcomp", "dobj", "ccomp")


_WANTING = wordset("want like wish have see get keep leave prefer need favour favor order demand")
_RAISING = wordset("ought need have deserve seem appear tend get be")
OBLIGING = wordset("ought need have deserve")


def wanted_done(child: Any, node: Any) -> bool:
    """Tell whether a participle says what somebody wants done to its subject: 'wants the office | scrapped'."""
    active = any(inner.dep_ == "aux" or (inner.dep_ == "dobj" and node.tag_ != "VBN") for inner in node.children)
    return (
        child.dep_ == "nsubj"
        and node.tag_ in ("VBN", "VBD")
        and node.dep_ in ("ccomp", "xcomp", "acl")
        and node.head.lemma_ in _WANTING
        and not active
    )


def raised(node: Any) -> Any | None:
    """Return the verb whose subject stands before another: 'the office ought | to be scrapped', or ``None``."""
    if node.lemma_ not in _RAISING:
        return None
    return next(
        (child for child in node.children if child.dep_ == "xcomp" and verbal(child) and infinitive(child)), None
    )


def role_of(child: Any) -> str:
    """Return how a token depends on its head; a relative clause with 'to' is what its noun governs."""
    if child.dep_ == "relcl" and child.head.lemma_ in ("day", "moment", "hour", "time"):
        return "acl"  # 'looks forward to the day | on which it opens'
    judged = child.dep_ == "advcl" and any(
        grandchild.dep_ == "mark" and grandchild.lower_ == "that" for grandchild in child.children
    )
    if judged and child.head.pos_ == "ADJ":
        return "ccomp"  # 'thinks it right | that it should open'
    why = child.dep_ in ("relcl", "advcl", "ccomp") and any(grandchild.lower_ == "why" for grandchild in child.children)
    if why and child.head.pos_ == "NOUN":
        return "acl"  # 'sees no reason | why it should open'
    infinitival = child.dep_ == "relcl" and infinitive(child)
    return "acl" if infinitival else str(child.dep_)


def judges_its_object(match: Found, node: Any, dep: str, *, subject: bool) -> bool:
    """Tell whether a verb of praise or blame governs the concept, and so does something to it."""
    felt = dep == "ccomp" and any(each.dep_ == "nsubj" and each.lower_ == "it" for each in node.children)
    judges = match.predicate.kind in ("good", "bad") and not subject and node.pos_ == "VERB"
    judges = judges and match.predicate.part != "adjective"
    return judges and dep != "nsubjpass" and not felt


def as_object(match: Found, node: Any) -> Found:
    """Return what a verb of praise or blame means for its object: 'to spoil it' blocks it."""
    if match.predicate.kind == "bad":
        return Found(replace(match.predicate, kind="block"), match.tokens)
    return match if node.lemma_ in _MERITING else Found(replace(match.predicate, kind="support"), match.tokens)


def fits_copula(match: Found, verb: Any, *, at_head: bool) -> bool:
    """Tell whether a predicate can be said of a subject by a copula or a verb of naming."""
    copula = verb.lemma_ in COPULAS
    if match.predicate.kind in ("good", "bad") or (match.predicate.part == "adjective" and copula):
        return True
    return match.predicate.part == "noun" and copula and at_head and match.predicate.kind == "reason"


def hangs(node: Any) -> bool:
    """Tell whether a decision is still to come: 'whether', 'yet to', 'before it decides'."""
    words = {token.lower_ for token in node.subtree if token.dep_ in ("mark", "advmod")}
    above = {child.lower_ for child in node.head.children} | {node.head.lower_}
    return bool(words & {"whether", "before", "until", "later"}) or "yet" in above or "neither" in words
