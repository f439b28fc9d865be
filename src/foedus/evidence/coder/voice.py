"""Who says 'we' in a document: the government or the body that its author speaks for."""

from __future__ import annotations

import re

from foedus.base.days import Day
from foedus.evidence.coder.actors import Cast, Mention
from foedus.world import World

_OFFICE = re.compile(
    r"\b(?:delegation|mission|embassy|legation|consulate|high commission|ministry|department of|government|cabinet|"
    r"prime minister|minister|president|chancellor|premier|ambassador|representative|charg[e\u00e9]|secretary|envoy|"
    r"spokes(?:person|man|woman)|secretariat)\b",
    re.IGNORECASE,
)
_OBSERVER = re.compile(
    r"\b(?:institute|university|college|school|fellow|professor|centre|center|foundation|think tank|news|times|post|"
    r"journal|agency|correspondent|reporter|editor|former|ex|research|association|society)\b",
    re.IGNORECASE,
)


def author_voice(author: str, world: World, on: Day | None) -> Mention | None:
    """Return the actor for whom a document's author speaks, or ``None`` for journalists, scholars and unknown names.

    Parameters
    ----------
    author
        As the document names its author.
    world
        Who exists.
    on
        The day of the document.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> world = read_dossier(packaged_dossiers()["tokyo-office"]).world
    >>> author_voice("Norwegian Ministry of Foreign Affairs", world, None).actor
    'NOR'
    >>> author_voice("A. Lind, Norwegian Institute for Defence Studies", world, None)
    """
    if not _OFFICE.search(author) or _OBSERVER.search(author):
        return None
    mentions = [one for one in Cast(author, world, on).mentions if not one.person]
    states = [one for one in mentions if world.actors[one.actor].kind == "state"]
    chosen = next(iter(states or mentions), None)
    return None if chosen is None else Mention(0, 0, chosen.actor, how="author")
