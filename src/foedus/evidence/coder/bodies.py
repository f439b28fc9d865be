"""The body that each claim asks to act: when its members decide as one, it has decided."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foedus.base.days import Day
from foedus.evidence.coder.actors import Cast, Mention
from foedus.evidence.coder.concepts import ConceptLike
from foedus.world import World

_SHOULD = re.compile(r"\b(?:should|must|ought to|needs? to)\b", re.IGNORECASE)
_ENTERED = re.compile(r"\b(?:to|into|from|by|join|rejoin|leave)(?: the)?\s*$", re.IGNORECASE)


def acting_bodies(concepts: Iterable[ConceptLike], world: World, on: Day | None) -> dict[str, Mention]:
    """Return by the id of a claim which body is to act by it: its subject, or what somebody is to enter or leave.

    Parameters
    ----------
    concepts
        The claims.
    world, on
        Who exists, and the day of the document.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from foedus.world import packaged_world
    >>> claims = {"ban": "The European Union should ban coal.", "peru": "Peru should be admitted to Mercosur."}
    >>> made = [SimpleNamespace(id=key, text=text, cues="") for key, text in claims.items()]
    >>> {key: mention.actor for key, mention in acting_bodies(made, packaged_world(), None).items()}
    {'ban': 'eu', 'peru': 'mercosur'}
    """
    by_claim: dict[str, Mention] = {}
    for concept in concepts:
        should = _SHOULD.search(concept.text)
        if should is None:
            continue
        bodies = [
            mention for mention in Cast(concept.text, world, on).mentions
            if mention.actor in world.actors and world.actors[mention.actor].kind == "organisation"
            and (mention.end <= should.start() or _ENTERED.search(concept.text[: mention.start]))
        ]  # fmt: skip
        if bodies and len({body.actor for body in bodies}) == 1:
            by_claim[concept.id] = Mention(0, 0, bodies[0].actor, how="name", doubt="its members decide as one")
    return by_claim
