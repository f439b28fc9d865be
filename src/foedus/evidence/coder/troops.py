"""Who will take part in a mission, and so is for it: 'Senegalese soldiers will go', 'Kenya will not send troops'."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.clauses import subjects_of
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.negation import flips
from foedus.evidence.coder.wordlists import wordset

_SOLDIERS = wordset(
    "soldier troop force contingent battalion brigade army military peacekeeper police warship regiment"
)
_GOING = wordset("go deploy participate join take serve fight contribute")
_SENT = wordset("send deploy dispatch commit contribute")
_ELSEWHERE = wordset("on for at against during")
_SENDING = wordset("send provide contribute commit deploy dispatch pledge offer supply field")


def contributions(doc: Any, holders: Holders, named: Collection[int]) -> Iterator[tuple[tuple[Mention, ...], int, Any]]:
    """Yield who will send soldiers or will not, with 1 or -1 and the verb that says so.

    Parameters
    ----------
    doc, holders
        The parse, and what reads its noun phrases.
    named
        The tokens that name the mission, where the sentence does.
    """
    for verb in doc:
        if not any(child.lower_ in ("will", "wo", "shall") and child.dep_ == "aux" for child in verb.children):
            continue
        subject = next(iter(subjects_of(verb)), None)
        if subject is None:
            continue
        soldiers = subject.lemma_.lower() in _SOLDIERS
        passive = subject.dep_ == "nsubjpass"
        if soldiers and verb.lemma_ in (_SENT if passive else _GOING):
            owners = [child for child in subject.children if child.dep_ in ("amod", "poss", "compound", "nmod")]
            mentions = tuple(holders.by_token[owner.i] for owner in owners if owner.i in holders.by_token)
        elif not passive and verb.lemma_ in _SENDING and _sends(verb):
            holder = holders.read(subject)
            mentions = holder.mentions if holder.kind == "actor" else ()
        else:
            continue
        beside = [child for child in verb.children if child.dep_ == "prep" and child.lower_ in _ELSEWHERE]
        if any(named_by.isdisjoint(named) for named_by in ({each.i for each in child.subtree} for child in beside)):
            continue  # 'will send aircraft | on a tour of Asia'
        if mentions and all(mention.actor for mention in mentions):
            yield mentions, -1 if flips(verb) % 2 else 1, verb


def _sends(verb: Any) -> bool:
    """Tell whether soldiers are what a verb sends."""
    return any(
        child.dep_ == "dobj" and any(
            each.lemma_.lower() in _SOLDIERS
            for each in [inner for of in child.children if of.lower_ == "of" for inner in of.children] or [child]
        )
        for child in verb.children
    )  # fmt: skip
