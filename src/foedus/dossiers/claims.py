"""The claims that a new issue begins with: proposed from its words, for a person to look over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.base.errors import FoedusError
from foedus.dossiers.proposing import proposed_concepts, proposed_names
from foedus.dossiers.records import Concept
from foedus.world import World

_OFFICE = re.compile(r"\b(chair|presid|host|seat)", re.IGNORECASE)
_OF_OFFICES = {
    "chair": ("{}'s chairmanship", "{} as chair"),
    "presid": ("{}'s presidency", "{} as president"),
    "host": ("{} as host", "hosted by {}"),
    "seat": ("{}'s seat", "seat for {}"),
}
_OF_CANDIDATES = (
    "{}'s candidacy", "{}'s bid", "candidacy of {}", "choice of {}", "support {}", "back {}", "accept {}",
    "opposition to {}",
)  # fmt: skip


def proposed_claims(
    world: World,
    issue: str,
    question: str,
    options: Sequence[tuple[str, float]],
    status_quo: str,
    proposal: str,
    *,
    ordered: bool,
) -> list[Concept]:
    """Return a claim for each option that changes something, with words that point to it.

    Parameters
    ----------
    world
        Tells which labels are states: their bare name points to whatever they do, so their candidacy is named.
    issue, question, options, status_quo, proposal
        As in `foedus.dossiers.proposing.proposed_concepts`.
    ordered
        Whether the options stand on a line.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> options = [("nobody", 0.0), ("Malta", 50.0), ("Ada Lovelace", 100.0)]
    >>> asked = "Who would chair the OSCE?"
    >>> claims = proposed_claims(packaged_world(), "chair", asked, options, "nobody", "Malta", ordered=False)
    >>> [claim.cues.split("; ")[:2] for claim in claims]
    [["Malta's chairmanship", 'Malta as chair'], ['Ada Lovelace', 'Lovelace']]
    """
    if ordered:
        return proposed_concepts(issue, question, options, status_quo, proposal)
    concepts = proposed_names(issue, question, options, status_quo, proposal)
    return [
        replace(name, cues="; ".join(_of_state(name.option, question))) if _is_state(world, name.option) else name
        for name in concepts
    ]


def _is_state(world: World, label: str) -> bool:
    try:
        return world.actor(world.find(label)).kind == "state"
    except FoedusError:
        return False


def _of_state(name: str, question: str) -> list[str]:
    office = _OFFICE.search(question)
    patterns = (*(_OF_OFFICES[office[1].casefold()] if office else ()), *_OF_CANDIDATES)
    return [pattern.format(name) for pattern in patterns]
