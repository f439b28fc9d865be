"""With whom the holder of a side is compared: 'like Spain', 'as did Italy', 'backed by Malta', 'unlike Chad'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.clauses import object_of, subjects_of, verb_of
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.lists import run_of_actors
from foedus.evidence.coder.wordlists import wordset

_ALIKE = wordset("as so nor neither")
_DOES = wordset("do does did have has had is are was were will would can could may might must should")
_BACKING = wordset("back support join second follow accompany echo")
_COMPARING = ("like", "unlike", "alongside", "with", "as")


def compared(top: Any, holders: Holders) -> Iterator[tuple[Mention, bool]]:
    """Yield with whom a holder is compared, and whether they are of one mind: 'like', 'unlike', 'with'."""
    verb = verb_of(top)
    yield from ((mention, True) for mention in _joined_in(top, holders))
    for node in {top.i: top, verb.i: verb}.values():
        yield from ((mention, True) for mention in _joining(node, holders))
    yield from ((mention, True) for mention in _doing_so(top, holders))
    named = {each.i: each for each in subjects_of(verb) if each.i in holders.by_token}  # 'Spain, | unlike Italy'
    for node in ({top.i: top, verb.i: verb} | named).values():
        for child in node.children:
            if node.i in named and child.lower_ not in ("like", "unlike"):
                continue
            if child.dep_ not in ("prep", "mark") or not _compares(child):
                continue
            for inner in child.children:
                holder = holders.read(inner) if inner.dep_ == "pobj" else None
                for mention in holder.mentions if holder is not None and holder.kind == "actor" else ():
                    yield mention, child.lower_ != "unlike"


def _doing_so(top: Any, holders: Holders) -> Iterator[Mention]:
    """Yield who is said to do the same: 'as did | Spain', 'and so would | Italy', 'nor does | Malta'."""
    doc = top.doc
    for token in doc[top.i + 1 : len(doc) - 2]:
        if token.text in (";", ":"):
            return
        does = _does(doc, token.i) if token.lower_ in _ALIKE else None
        if does is not None:
            for head in doc[does + 1 : does + 8]:
                if head.is_punct or head.pos_ in ("VERB", "PRON"):
                    break
                holder = holders.read(head)
                if holder.kind == "actor":
                    yield from holder.mentions
                    break


def _does(doc: Any, at: int) -> int | None:
    """Return where 'did' stands after 'so', at once or after words between commas: 'and so, in the end, | did'."""
    if doc[at + 1].lower_ in _DOES:
        return at + 1
    if doc[at].lower_ != "so" or doc[at + 1].text != ",":
        return None
    end = next((token.i for token in doc[at + 2 : at + 16] if token.text == ","), None)
    return end + 1 if end is not None and doc[end + 1 : end + 2].text.lower() in _DOES else None


def _joined_in(top: Any, holders: Holders) -> Iterator[Mention]:
    """Yield whom somebody joins in a side: 'joined | France in opposing it', 'in its opposition to it'."""
    word = (
        next((child for child in top.children if child.lower_ == "in"), top.head) if top.lemma_ == "join" else top.head
    )
    if top.lemma_ == "join" and word.head == top:
        joined = next((child for child in top.children if child.dep_ == "dobj"), None)
        holder = holders.read(joined) if joined is not None else None
        yield from holder.mentions if holder is not None and holder.kind == "actor" else ()
        return
    if word.lower_ != "in" or word.dep_ != "prep" or top.dep_ not in ("pcomp", "pobj"):
        return
    joined = next((child for child in word.head.children if child.dep_ == "dobj"), None)
    if word.head.lemma_ in ("join", "follow") and joined is not None:
        holder = holders.read(joined)
        yield from holder.mentions if holder.kind == "actor" else ()


def backs_actor(verb: Any, holders: Holders) -> bool:
    """Tell whether an actor is said to be backed, not what is decided on: 'Germany, | backed by Italy'."""
    doc = verb.doc
    at = verb.i - 1 if verb.i and doc[verb.i - 1].text in (",", "-", "--", "(") else verb.i
    return verb.lemma_ in _BACKING and verb.tag_ == "VBN" and at > 0 and at - 1 in holders.by_token


def _joining(verb: Any, holders: Holders) -> Iterator[Mention]:
    """Yield by whom the subject of a verb is backed in it: 'France, backed by | Spain, vetoed'."""
    doc = verb.doc
    for node in [*verb.children, *(inner for subject in subjects_of(verb) for inner in subject.children)]:
        agent = next((each for each in node.children if each.dep_ == "agent"), None)
        if agent is None or node.dep_ not in ("advcl", "acl") or not backs_actor(node, holders):
            continue
        inner = object_of(agent)
        holder = holders.read(inner) if inner is not None else None
        if holder is not None and holder.kind == "actor":
            yield from run_of_actors(doc, agent.i + 1, holders.by_token)[0] or holder.mentions


def _compares(word: Any) -> bool:
    """Tell whether a preposition compares here: 'together | with', 'as much | as'."""
    doc = word.doc
    if word.lower_ not in _COMPARING:
        return False
    if word.lower_ == "with":
        return (doc[word.i - 1].lower_ if word.i else "") in ("together", "along", "like", "and", "")
    if word.lower_ == "as":
        return bool({"as", "more", "less"} & {token.lower_ for token in doc[max(0, word.i - 12) : word.i]})
    return True
