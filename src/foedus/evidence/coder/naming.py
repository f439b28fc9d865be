"""What the names in a text are to the cues of concepts: whether of an actor or a place, and under which key."""

from __future__ import annotations

from typing import Any

from foedus.base.days import Day
from foedus.evidence.coder.actors import Cast
from foedus.evidence.coder.gazetteer import gazetteer

_OWN_NAMES = ("name", "alias", "abbreviation", "adjective", "demonym", "capital", "former")
_JOINTS = frozenset(" -")
"""What stands within names of several words, such as 'United Nations' and 'Timor-Leste'."""


class Naming:
    """Tells what words name.

    Parameters
    ----------
    cast
        The actors of the document.
    on
        The day of the document.
    """

    def __init__(self, cast: Cast, on: Day | None) -> None:
        self.cast, self.on = cast, on
        self.keys: dict[str, str] = {}

    def kind_of(self, word: str) -> str:
        """Return what a word names: ``name`` for an actor or a place, ``body`` for an organisation, else nothing."""
        world = self.cast.world
        entries = [named for words, named in gazetteer(world).by_first.get(word.lower(), ()) if len(words) == 1]
        if not entries:
            return ""
        actor = world.actors.get(entries[0].actor)
        return "body" if actor is not None and actor.kind == "organisation" else "name"

    def key_of(self, word: str) -> str:
        """Return the key of the one actor that a word names by itself: as its name, adjective, people or capital."""
        if word not in self.keys:
            world = self.cast.world
            actors = {
                named.actor
                for words, named in gazetteer(world).by_first.get(word.lower(), ())
                if len(words) == 1 and named.kind in _OWN_NAMES and (not named.exact or word.isupper())
                if named.actor in world.actors and world.actors[named.actor].kind in ("state", "organisation")
                if self.on is None or self.on in named.interval
            }
            self.keys[word] = key_of_actor(actors.pop()) if len(actors) == 1 else ""
        return self.keys[word]

    def long_names(self, words: str) -> list[tuple[int, int, str, str]]:
        """Return the names of several words in a cue, such as 'United Nations'."""
        world = self.cast.world
        return [
            (
                mention.start,
                mention.end,
                key_of_actor(mention.actor),
                "body" if world.actors[mention.actor].kind == "organisation" else "name",
            )
            for mention in Cast(words, world, self.on).mentions
            if not mention.person
            and mention.actor in world.actors
            and set(words[mention.start : mention.end]) & _JOINTS
        ]

    def tokens(self, doc: Any, start: int) -> dict[int, str]:
        """Return the tokens of names of several words: the key at the last one, nothing at the others."""
        keys_at: dict[int, str] = {}
        for mention in self.cast.inside_loosely(start, start + len(doc.text)):
            if mention.person or not set(self.cast.text[mention.start : mention.end]) & _JOINTS:
                continue
            places = [
                token.i for token in doc if mention.start <= start + token.idx < mention.end and token.tag_ != "POS"
            ]
            keys_at |= dict.fromkeys(places, "")
            if places:
                keys_at[places[-1]] = key_of_actor(mention.actor)
        return keys_at


def key_of_actor(actor: str) -> str:
    """Return the term of an actor; NATO's is that of 'the alliance'."""
    return actor if actor == "nato" else f"@{actor}"
