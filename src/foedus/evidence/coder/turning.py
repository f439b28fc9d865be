"""Words that turn what stands below them in another way than their kind says: candidates that go, wishes that fail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.clauses import infinitive, object_of, subjects_of, verb_of, verbal
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.predicates import Found
from foedus.evidence.coder.stance import Stance
from foedus.evidence.coder.wordlists import wordset

_LEAVING = wordset("withdraw resign")
_LEAVING_BY = {"step": "aside down", "stand": "aside down", "bow": "out", "drop": "out", "pull": "out", "give": "way"}
_NAMING = wordset("candidacy candidature bid name nomination application run race contest")
_ASKING = wordset("ask propose seek demand request want call urge move suggest favour favor plead press push like")
DELAYING = wordset("put postpone delay defer shelve suspend adjourn")
"""Verbs that put a decision off: whoever asks for that is against deciding now."""

_REVIEWING = wordset("reconsider rethink reassess reassessment reconsideration")
_DUE = wordset("should must ought shall have need")
"""What says that a thing ought to be done, and not that it is."""

HOPING = wordset("hope hopes hoped hoping wish wishes wished wishing")
"""What somebody only hopes for another has not done; in their forms, since a parse takes 'hopes' for 'hop'."""

WANTING = wordset("want need like prefer desire love hate prepare rely count expect")
"""Verbs whose object with an infinitive has done nothing yet: 'wants Spain to accept'."""

_SORRY = wordset("regret sorry afraid lament regretful apologise apologize sad saddened disappointed")

_PERSUADING = wordset("persuade convince talk win coax induce bring sway cajole get prevail")
_MANAGING = wordset("manage succeed able unable")
_ENDORSING = wordset("endorse back approve pledge commit declare announce embrace")
_FEW = 4
_VOICING = wordset("raise voice express have air register note")
_WORRIES = wordset("concern doubt reservation worry question misgiving qualm")
_COURTESIES = wordset(
    "circulate convene present introduce prepare organise organize provide share brief chair draft table "
    "briefing presentation introduction preparation"
)
_QUARRELS = wordset("dispute feud quarrel row rivalry standoff stand-off deadlock stalemate")
_STATED = wordset("set express outline contain raise reflect describe voice list state mention lay spell")
_SWITCHING = wordset("switch shift move swing defect transfer")


def bows_out(verb: Any) -> bool:
    """Tell whether a verb says that a candidate leaves the field: 'step aside', 'withdrew her bid'."""
    away = {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod")}
    away |= {token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 2]}
    if verb.lemma_ in _LEAVING_BY:
        return bool(away & set(_LEAVING_BY[verb.lemma_].split()))
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    return verb.lemma_ in _LEAVING and all(token.lemma_ in _NAMING for token in objects)


def asked_to_go(anchor: Any) -> Any | None:
    """Return the verb by which a candidate is asked to leave: 'called on her | to withdraw'; else ``None``."""
    if anchor.dep_ not in ("pobj", "dobj", "dep"):
        return None
    places = [*anchor.children, *verb_of(anchor).children, *verb_of(anchor.head).children]
    return next(
        (place for place in places if place.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl") and infinitive(place)
         and bows_out(place) and not subjects_of(place)),
        None,
    )  # fmt: skip


def put_off(anchor: Any) -> bool:
    """Tell whether a vote on a concept is to be put off: 'asked for the vote on it | to be put off'."""
    for up in [anchor, *list(anchor.ancestors)[:_FEW]]:
        for child in up.children:
            passive = any(each.dep_ == "auxpass" for each in child.children)
            if (
                child.dep_ in ("acl", "relcl", "xcomp", "ccomp")
                and passive
                and infinitive(child)
                and child.lemma_ in DELAYING
            ):
                return True
        if verbal(up):
            return False
    return False


def delays_on_request(child: Any, node: Any, predicates: Iterable[Found]) -> bool:
    """Tell whether somebody asks for a delay, or warns of one: 'proposed to | adjourn the debate'."""
    if node.lemma_ not in DELAYING or not verbal(node):
        return False
    above = node.head.head if node.dep_ == "pcomp" else node.head
    kinds = {predicate.predicate.kind for predicate in predicates}
    sided = bool(kinds & {"urge", "dissuade", "oppose", "block", "bad"})
    asked = sided or (above.lemma_ in _ASKING and not subjects_of(node))
    return asked and node.dep_ in ("xcomp", "pcomp", "ccomp", "advcl", "dobj") and child != above


def reviews_itself(word: Any) -> bool:
    """Tell whether somebody looks again at a thing and asks nobody to: 'Japan | is reconsidering the levy'."""
    if word.lemma_ not in _REVIEWING:
        return False
    if not verbal(word):
        return any(child.dep_ == "poss" for child in word.children)
    asked = any(child.dep_ in ("aux", "neg") and child.lemma_ in _DUE | {"to"} for child in word.children)
    return bool(subjects_of(word)) and not asked


def fails_to_persuade(verb: Any, trail: list[str]) -> bool:
    """Tell whether only persuading another fails, which leaves the wish: 'failed to | persuade Egypt to oppose it'."""
    return trail[-1:] in (["urge"], ["dissuade"]) and (
        verb.lemma_ in _PERSUADING | _MANAGING or any(child.lemma_ in _PERSUADING for child in verb.children)
    )


def leaves_open(kind: str, top: Any) -> bool:
    """Tell whether a negation only says that a side has not been taken yet: 'has not | endorsed her'."""
    aids = [child for child in top.children if child.dep_ == "aux"]
    return (
        kind == "support"
        and top.lemma_ in _ENDORSING
        and any(aid.lower_ in ("has", "have", "'s", "'ve") for aid in aids)
        and any(child.dep_ == "neg" and child.lower_ != "never" for child in top.children)
    )


def not_ruled_out(kind: str, child: Any, node: Any) -> bool:
    """Tell whether somebody only keeps a way open: 'refused to | rule out backing it'."""
    ruling = child.lemma_ == "rule" and any(grandchild.lower_ == "out" for grandchild in child.children)
    return bool(kind == "refuse" and verbal(node) and (ruling or child.lemma_ == "exclude"))


def by_the_way(verb: Any) -> bool:
    """Tell whether a verb only tells what comes of the sentence: 'she withdrew, | clearing the way for him'."""
    return bool(verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i > 0 and verb.doc[verb.i - 1].text == ",")


def set_out_in(node: Any, dep: str) -> bool:
    """Tell whether a text only holds what its noun names: 'shares the concerns | set out in the resolution'."""
    return dep == "prep" and node.dep_ == "acl" and node.tag_ in ("VBN", "VBD") and node.lemma_ in _STATED


def thanked_for(child: Any, node: Any, dep: str) -> bool:
    """Tell whether somebody is only thanked for the work: 'thanked the chair for | circulating the text'."""
    thanks = node.lower_ == "for" and node.head.lemma_ in ("thank", "grateful", "gratitude", "thanks", "appreciation")
    return dep in ("pcomp", "pobj") and thanks and child.lemma_ in _COURTESIES


def quarrelled_over(node: Any, dep: str) -> bool:
    """Tell whether a concept is only what a quarrel is over: 'to settle its dispute with Spain | over the seat'."""
    if dep == "compound" and node.lemma_ in _QUARRELS:
        return True
    if dep not in ("pobj", "pcomp") or node.lower_ not in ("over", "about"):
        return False
    objects = [child for child in node.head.children if child.dep_ == "dobj" and child.i < node.i]
    return any(governor.lemma_ in _QUARRELS for governor in (node.head, *objects))


def only_worried(token: Any) -> bool:
    """Tell whether somebody has doubts beside the side it takes: 'supports it but has | raised concerns'."""
    objects = {child.lemma_ for child in token.children if child.dep_ == "dobj"}
    first = token.head if token.dep_ == "conj" else None
    but = first is not None and any(child.dep_ == "cc" and child.lower_ in ("but", "yet") for child in first.children)
    return but and token.lemma_ in _VOICING and bool(objects & _WORRIES)


def switched(child: Any, node: Any) -> int:
    """Return 1 for what somebody changes over to, -1 for what he leaves, else 0: 'switched from one | to another'."""
    ways = {inner.lower_ for inner in node.children if inner.dep_ == "prep"}
    ways |= {inner.lower_ for below in node.children for inner in below.children if inner.dep_ == "prep"}
    if node.lemma_ not in _SWITCHING or not verbal(node) or not {"from", "to"} <= ways:
        return 0
    return {"to": 1, "from": -1}.get(child.lower_, 0)


def denying(doc: Any, holders: Holders, predicates: Any) -> tuple[Mention, ...]:
    """Return who denies what the sentence says of him: 'will vote against it, | which Brazil denies'."""
    mentions: list[Mention] = []
    for verb in doc:
        which = any(child.lower_ == "which" and child.dep_ in ("dobj", "nsubj", "mark") for child in verb.children)
        kinds = {predicate.predicate.kind for predicate in predicates.get(verb.i, ())}
        if not (which and verbal(verb)) or not (verb.lemma_ in ("deny", "dispute", "contest") or "deny" in kinds):
            continue
        subject = next(iter(noun for noun in subjects_of(verb) if noun.lower_ != "which"), None)
        holder = holders.read(subject) if subject is not None else None
        mentions.extend(holder.mentions if holder is not None and holder.kind == "actor" else ())
    return tuple(mentions)


def never_by(anchor: Any) -> bool:
    """Tell whether a way of doing things is ruled out without a verb: 'but under no circumstances | by force'."""
    word = anchor.head
    if word.pos_ != "ADP" or object_of(word) != anchor:
        return False
    before = " ".join(token.lower_ for token in anchor.doc[max(0, word.i - 3) : word.i])
    return before.endswith(("under no circumstances", "in no case", "in no way", "on no account", "certainly not"))


def sorry_for_itself(child: Any, node: Any, dep: str, taken: tuple[int, ...]) -> bool:
    """Tell whether somebody only regrets what it has to do itself: 'regrets that it cannot | support the text'.

    Parameters
    ----------
    child, node, dep
        The verb of what is regretted, the word of regret, and how the one depends on the other.
    taken
        The tokens of the concept: 'regrets that it is weak' is on the text.
    """
    if node.lemma_ not in _SORRY or dep not in ("ccomp", "xcomp", "advcl") or not (
        child.pos_ in ("VERB", "AUX") or child.dep_ in ("ccomp", "xcomp")
    ):  # fmt: skip
        return False
    if any(grandchild.lower_ == "having" for grandchild in child.children):
        return False  # 'regrets having supported it'
    subjects = [grandchild for grandchild in child.children if grandchild.dep_ in ("nsubj", "nsubjpass")]
    return not any(subject.dep_ == "nsubjpass" or subject.pos_ != "PRON" or subject.i in taken for subject in subjects)


_TURNING_FROM = wordset("shift departure retreat reversal change turnaround turn break move depart deviate climb")
_HELD_BEFORE = wordset("position stance support backing opposition policy line view resistance preference insistence")


def left_behind(token: Any, spot: Sequence[int]) -> bool:
    """Tell whether a side is the one that somebody leaves: 'in a shift from its earlier position to | support it'."""
    word = token.doc[spot[0]] if spot else token
    for node in [word, *word.ancestors]:
        if node.lemma_ in _HELD_BEFORE and node.dep_ == "pobj" and node.head.lower_ == "from":
            return bool(node.head.head.lemma_ in _TURNING_FROM)
    return False


_TALKING = wordset("discuss debate talk negotiate deliberate confer meet examine review address")


def only_talked(stance: Stance) -> bool:
    """Tell whether somebody only talks of doing a thing: 'ASEAN discusses | excluding the general'."""
    if stance.token.i not in stance.spot or stance.sign <= 0:
        return False
    node = stance.token
    while node.dep_ in ("xcomp", "pcomp", "prep", "dobj", "pobj", "ccomp"):
        node = node.head
        if node.lemma_ in _TALKING:
            return True
    return False
