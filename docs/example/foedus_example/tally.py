"""A coder: lists of votes such as 'Norway: for', of which the rule coder makes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coder.concepts import ConceptLike
from foedus.evidence.coders import Coded
from foedus.evidence.documents import Document
from foedus.world import World

_VOTE = re.compile(r"(?P<who>[^:]{2,60}):\s*(?P<vote>for|against|abstained)\.?", re.IGNORECASE)
_STANCES = {"for": 1, "against": -1, "abstained": 0}


@dataclass(frozen=True, slots=True)
class Tally:
    """Reads lines of a roll call on the one concept of the dossier that the text names by its cue."""

    name: str = "tally"
    languages: tuple[str, ...] = ("en",)
    sends: bool = False

    def code(
        self,
        document: Document,
        world: World,
        concepts: Iterable[ConceptLike],
        *,
        on: Day | None = None,
        least: float = 0.0,
    ) -> Coded:
        """Propose a statement for each line of a roll call."""
        low = document.text.casefold()
        named = [concept for concept in concepts if any(cue in low for cue in _cues(concept))]
        if len(named) != 1 or least > 0.9:
            return Coded(())
        found, refused = [], []
        for passage in document.body:
            words = document.text[passage.start : passage.end]
            vote = _VOTE.fullmatch(words)
            if vote is None:
                continue
            try:
                meant = world.resolve(vote["who"], on or Day.today(), last_known=True).candidates
            except FoedusError as error:
                refused.append(f"{words!r}: {error}")
                continue
            actors = {candidate.actor for candidate in meant}
            if len(actors) != 1:
                refused.append(f"{words!r}: {vote['who']} may be {' or '.join(sorted(actors))}")
                continue
            found.append(
                Candidate(
                    document=document.id,
                    passage=passage.place,
                    passage_id=passage.id,
                    start=passage.start,
                    end=passage.end,
                    quote=words,
                    actor=actors.pop(),
                    person="",
                    office="",
                    concept=named[0].id,
                    stance=_STANCES[vote["vote"].lower()],
                    condition="",
                    kind="act",
                    venue="public",
                    said_on=on,
                    known_on=on,
                    reporter=document.author,
                    certainty=0.9,
                    rule="roll call",
                    hedged=False,
                    prediction=False,
                    doubts=(),
                )
            )
        return Coded(tuple(found), tuple(refused))


def _cues(concept: ConceptLike) -> list[str]:
    cues = (cue.strip().casefold() for cue in concept.cues.split(";"))
    return [cue for cue in cues if cue and not cue.startswith("-")]
