"""Lists of actors that stand beside a noun: 'states such as', 'five members (...)', 'the opponents are ...'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.clauses import verbal
from foedus.evidence.coder.wordlists import wordset

_MARKERS = wordset("like including particularly especially notably chiefly namely mainly primarily such")
_JOINING = wordset("and or , & the both as well also itself 's including represented by led headed ( chiefly")
_MEMBERS = wordset("member members states countries nations")
_OPENING = ("(", "-", "--", "\u2013", "\u2014", ":")
_MANY = wordset("those others all some many several most countries members states nations governments economies powers")
_FAR = 12
_GROUPS = wordset("group coalition bloc camp alliance number majority minority handful")
AGENTS = wordset(
    "supporter opponent backer objector sponsor co-sponsor advocate champion holdout proponent defender detractor "
    "critic skeptic sceptic promoter cheerleader naysayer dissenter signatory spoiler suitor "
    "booster"
)
"""Nouns for whoever takes a side."""


def run_of_actors(doc: Any, start: int, by_token: Mapping[int, Mention]) -> tuple[tuple[Mention, ...], int]:
    """Return the actors that a list names from a place on, and where it ends.

    Parameters
    ----------
    doc
        The parse.
    start
        The place.
    by_token
        The actors by token.
    """
    by_actor: dict[str, Mention] = {}
    at = start
    while at < len(doc):
        mention = by_token.get(at)
        if mention is not None and mention.actor:
            by_actor.setdefault(mention.actor, mention)
        elif doc[at].pos_ == "PROPN" and doc[at + 1 : at + 2].text in (",", "and", "or"):
            if at - 1 in by_token:  # 'Soviet | Bloc' is not the Soviet Union
                by_actor.pop(by_token[at - 1].actor, None)
        elif doc[at].lower_ in _MEMBERS and at - 1 in by_token:
            members = doc[at + 1 : at + 2].text.lower() in _MEMBERS  # 'the European Union's | member states, Japan'
            at += 1 if members else 0
        elif doc[at].lower_ not in _JOINING and not doc[at].is_space:
            break
        at += 1
    return tuple(by_actor.values()), at


def listed_beside(noun: Any, by_token: Mapping[int, Mention]) -> tuple[Mention, ...]:
    """Return the actors that a plural noun is said to be: by examples, in brackets, or after 'are'.

    Parameters
    ----------
    noun
        The head of a phrase that names no actor itself.
    by_token
        The actors by token.
    """
    plural = noun.tag_ in ("NNS", "NNPS") or noun.lower_ in _MANY
    if not plural:
        if noun.lower_ not in _GROUPS:
            return ()
        return _led(noun, by_token) or _within(noun, by_token) or _examples(noun, by_token)
    if noun.dep_ == "nsubj" and noun.head.lemma_ in ("be", "include") and noun.head.i > noun.i:
        mentions, _ = run_of_actors(noun.doc, noun.head.i + 1, by_token)
        if mentions:
            return mentions
    return (
        _examples(noun, by_token)
        or _led(noun, by_token)
        or _named_later(noun, by_token)
        or _behind_relative(noun, by_token)
    )


def _behind_relative(noun: Any, by_token: Mapping[int, Mention]) -> tuple[Mention, ...]:
    """Return who a group is beyond its relative clause: 'some of the states that back the bid | include Togo, ...'."""
    doc = noun.doc
    if noun.i + 1 >= len(doc) or doc[noun.i + 1].lower_ not in ("that", "which", "who"):
        return ()
    for token in doc[noun.i + 2 : noun.i + 2 * _FAR]:
        if token.lower_ in ("include", "are", "were"):
            mentions, _ = run_of_actors(doc, token.i + 1, by_token)
            if len(mentions) > 1:
                return mentions
    return ()


def _within(noun: Any, by_token: Mapping[int, Mention]) -> tuple[Mention, ...]:
    """Return whom the members of a group are said to be: 'a coalition of states including | Spain'."""
    members = object_of(noun)
    return _examples(members, by_token) if members is not None and members.tag_ == "NNS" else ()


def object_of(noun: Any) -> Any | None:
    """Return the noun behind the 'of' of another: of 'members of | parliament'; None where there is none."""
    of = next((child for child in noun.children if child.dep_ == "prep" and child.lower_ == "of"), None)
    return next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None


def _led(noun: Any, by_token: Mapping[int, Mention]) -> tuple[Mention, ...]:
    """Return who leads a group: 'a group of five, led by | Germany'."""
    ahead = [
        child for child in noun.head.children if child.dep_ == "advcl" and child.i < noun.i and noun.dep_ == "nsubj"
    ]
    for child in [*noun.subtree, *ahead]:  # 'led by | Norway, the northern states blocked it'
        agent = next((grandchild for grandchild in child.children if grandchild.dep_ == "agent"), None)
        if child.lemma_ in ("lead", "head", "spearhead") and child.tag_ == "VBN" and agent is not None:
            return run_of_actors(noun.doc, agent.i + 1, by_token)[0]
    return ()


def _named_later(noun: Any, by_token: Mapping[int, Mention]) -> tuple[Mention, ...]:
    """Return the actors that stand after the clause of a plural subject: 'others backed it, including Spain'."""
    if noun.dep_ not in ("nsubj", "nsubjpass"):
        return ()
    doc = noun.doc
    for at in range(noun.head.i + 1, len(doc) - 1):
        if doc[at].text in (";", ":", ".") or (doc[at].dep_ in ("nsubj", "nsubjpass") and doc[at].head != noun.head):
            return ()
        among = doc[at].lower_ == "them" and doc[at - 1].lower_ == "among"
        first = at - 1 if among else at
        if (among or doc[at].lower_ in ("including", "notably", "namely")) and doc[first - 1].text in (",", "-", "("):
            return run_of_actors(doc, at + 1, by_token)[0]
    return ()


def _examples(noun: Any, by_token: Mapping[int, Mention]) -> tuple[Mention, ...]:
    doc = noun.doc
    last = noun.i + _FAR
    for at in range(noun.i + 1, min(noun.i + 2 * _FAR, len(doc))):
        if at >= last:
            break
        token = doc[at]
        if verbal(token) and token.lower_ not in _MARKERS:
            if token.dep_ == "acl" and token.tag_ == "VBN" and token.head == noun and noun.lower_ in _MANY:
                last = at + _FAR  # 'countries | led by soldiers such as Mali'
                continue
            break
        among = token.lower_ in ("them", "which", "whom") and doc[at - 1].lower_ in ("among", "amongst")
        if token.lower_ in _MARKERS or token.text in _OPENING or among:
            mentions, end = run_of_actors(doc, at + 1, by_token)
            closed = token.text != "(" or (end < len(doc) and doc[end].text == ")")
            if mentions and closed:
                return mentions
    return ()
