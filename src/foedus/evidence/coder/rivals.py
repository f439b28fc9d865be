"""Candidates that speak of what each of them wants for itself: 'Japan wants to host it', 'both want the summit'."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from foedus.evidence.coder.clauses import subjects_of
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.mentions import Spotter
from foedus.evidence.coder.stance import Stance

_TAKING_TURNS = frozenset(["host", "co-host", "stage", "chair", "preside"])
"""What somebody does himself who wants to do it."""

_BIDS = frozenset(["bid", "candidacy", "candidature", "campaign", "nomination"])
"""What is somebody's own: with his name before it, it points to him and to nobody spoken of before."""

_NEAR = 6
"""Words after a verb among which its object stands: 'back | the late Raila Odinga's bid'."""


def own_bids(stances: Iterable[Stance], spotter: Spotter) -> Iterator[Stance]:
    """Yield stances, those of a candidate on its own bid where the words name nobody's.

    Parameters
    ----------
    stances
        Those that one place of a sentence gives.
    spotter
        Knows whose name the cues of a concept hold.
    """
    for stance in stances:
        keys = spotter.owners_of(stance.concept)
        if not keys or stance.holder != "actor" or not stance.spot or _named(stance, spotter):
            yield stance
            continue
        kept = tuple(each for each in stance.mentions if f"@{each.actor}" in keys)
        others = tuple(each for each in stance.mentions if each not in kept)
        turn = _its_turn(stance.token.doc[stance.spot[0]]) and len(stance.spot) == 1
        rival = {each: spotter.own_bid(f"@{each.actor}", stance.concept) if stance.sign > 0 else "" for each in others}
        left = kept + (() if turn else tuple(each for each in others if not rival[each]))
        if left or not others:
            yield replace(stance, mentions=left)
        yield from (replace(stance, concept=rival[each], mentions=(each,)) for each in others if rival[each])


def bid_of_another(pointing: Any, names: Collection[str], holders: Holders) -> bool:
    """Tell whether a word speaks of the bid of a person whom a concept does not name: 'back | Raila's bid'.

    A state's is not, for it may stand behind the one who was spoken of before: 'Kenya's bid'.

    Parameters
    ----------
    pointing
        The token that seems to point back to the concept, or its verb.
    names
        Words of the concept and its cues, in small letters.
    holders
        Knows which tokens of the sentence are actors.
    """
    doc, start = pointing.doc, pointing.i if pointing.lemma_ in _BIDS else pointing.i + 1
    bid = next((at for at in range(start, min(start + _NEAR, len(doc))) if doc[at].lemma_ in _BIDS), None)
    if bid is None or not (owner := next((each for each in doc[bid].lefts if each.dep_ == "poss"), None)):
        return False
    known = owner.i in holders.by_token or any(owner.lower_.startswith(name) for name in names)
    return owner.pos_ == "PROPN" and not known


def _named(stance: Stance, spotter: Spotter) -> bool:
    """Tell whether the words of a place name a candidate."""
    return any(spotter.names_actor(stance.token.doc[at].text) for at in stance.spot)


def _its_turn(verb: Any) -> bool:
    """Tell whether a verb is what somebody wants to do: 'wants to | host it'."""
    doing = verb.pos_ == "VERB" and verb.lemma_ in _TAKING_TURNS and verb.dep_ in ("xcomp", "acl")
    return doing and not subjects_of(verb)
