"""Whose own proposal others are to accept: 'unless they settle for the Russian text, there will be no agreement'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.spots import Spot
from foedus.evidence.coder.stance import Stance
from foedus.evidence.coder.wordlists import wordset

_ACCEPTING = wordset("accept adopt agree approve back choose endorse go settle support take")
_NEAR = 12
"""How many words after 'unless' the proposal may stand."""


def own_terms(doc: Any, spot: Spot, stances: list[Stance], holders: Holders) -> Sequence[Stance]:
    """Return the stance of whoever names its own proposal as the one way out, and take its others out of ``found``.

    Parameters
    ----------
    doc
        The parse.
    spot
        The concept, which an adjective or a possessive says is somebody's.
    stances
        The stances on it that the sentence gives; changed in place.
    holders
        Who is meant by which words.
    """
    first = min(spot.tokens, default=0)
    since = next((token.i for token in reversed(doc[max(0, first - _NEAR) : first]) if token.lower_ == "unless"), None)
    if since is None or not any(token.lemma_ in _ACCEPTING for token in doc[since:first]):
        return ()
    at = first - 1
    while at > since and (doc[at].pos_ in ("NOUN", "NUM", "PART") or doc[at].is_punct):
        at -= 1
    mention = holders.by_token.get(at)
    if mention is None or not mention.actor or doc[at].dep_ not in ("amod", "poss", "compound", "nmod"):
        return ()
    stances[:] = [stance for stance in stances if mention.actor not in {each.actor for each in stance.mentions}]
    return [Stance(spot.concept, 1, "actor", (mention,), doc[at], ("support",), score=spot.score, spot=spot.tokens)]
