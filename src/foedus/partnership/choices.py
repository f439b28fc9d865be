"""Historical choices of a forum, and how often simple rules name the one that was chosen."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.tables import column, read_table
from foedus.partnership.enablers import FOLDER
from foedus.world import World, packaged_world
from foedus.world.days import on_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One forum to which a question could have gone."""

    case: str = column(cells.identifier(), "id of the choice")
    actor: str = column(cells.identifier(), "who chose")
    on: Day = column(cells.day(), "the day")
    subject: str = column(cells.text(40), "what was to be decided, as in mandates.csv")
    forum: str = column(cells.identifier(), "id of an organisation; else 'alone' or the name of a coalition")
    way: str = column(cells.choice("use", "create"), "whether it existed")
    chosen: bool = column(cells.yes_or_no(), "whether the question went there")
    last: bool = column(cells.yes_or_no(), "whether the actor had used it last for such a question")
    opposed: tuple[str, ...] = column(cells.identifiers(), "who was known to be against acting there", blank=())
    source: str = column(cells.text(300), "title and publisher", blank="")
    url: str = column(cells.text(300), "address", blank="")
    verified: bool = column(cells.yes_or_no(), "whether it was read there that the question went there")
    note: str = column(cells.text(500), "what a reader should know", blank="")


@dataclass(frozen=True, slots=True)
class Scored:
    """One choice: what was chosen, and the place at which each rule put it, the first being 1."""

    case: str
    actor: str
    on: Day
    chosen: str
    named: str
    rank: int
    largest: str
    last: str
    verified: bool
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Tested:
    """How often a rule named the forum that was chosen.

    Attributes
    ----------
    right
        By the rule of this tool: what exists before what has to be created, with a mandate, where nobody known to be
        against can block; of these the largest.
    largest, last
        By 'the largest body with the actor inside', and by 'the one used last'.
    mean_rank
        Of the forum that was chosen, by the rule of this tool.
    """

    KEYS = "choices right largest last mean_rank cases note"
    choices: int
    right: int
    largest: int
    last: int
    mean_rank: float
    cases: tuple[Scored, ...]
    note: str


NOTE = (
    "Few choices, coded by one reader who knew the outcome, with opponents as the sources name them: reported, nothing "
    "was fitted to them, and no share follows for a new choice."
)


@functools.cache
def candidates() -> tuple[Candidate, ...]:
    """Return the packaged candidates, choice by choice."""
    return tuple(row.record for row in read_table(FOLDER / "choices.csv", Candidate, name="choices.csv"))


@functools.cache
def score_choices() -> Tested:
    """Return how the rule and two simple ones did on the packaged choices.

    Examples
    --------
    >>> score_choices().choices >= 15
    True
    """
    world = packaged_world()
    cases = dict.fromkeys(candidate.case for candidate in candidates())
    scored = tuple(_score([candidate for candidate in candidates() if candidate.case == case], world) for case in cases)
    return Tested(
        len(scored),
        sum(scored_choice.named == scored_choice.chosen for scored_choice in scored),
        sum(scored_choice.largest == scored_choice.chosen for scored_choice in scored),
        sum(scored_choice.last == scored_choice.chosen for scored_choice in scored),
        sum(scored_choice.rank for scored_choice in scored) / len(scored),
        scored,
        NOTE,
    )


def _score(choices: Sequence[Candidate], world: World) -> Scored:
    size = {candidate.forum: len(_members(candidate, world)) for candidate in choices}
    inside = {candidate.forum: candidate.actor in _members(candidate, world) for candidate in choices}

    def by_rule(candidate: Candidate) -> tuple[object, ...]:
        outside = candidate.forum in world.actors and not inside[candidate.forum]
        return (
            outside or not _mandated(candidate, world),
            _blocked(candidate, world),
            candidate.way == "create",
            -size[candidate.forum],
            candidate.forum,
        )

    order = sorted(choices, key=by_rule)
    chosen = next(candidate for candidate in choices if candidate.chosen)
    return Scored(
        chosen.case,
        chosen.actor,
        chosen.on,
        chosen.forum,
        order[0].forum,
        1 + order.index(chosen),
        _first(choices, lambda candidate: inside[candidate.forum], lambda candidate: size[candidate.forum]),
        _first(choices, lambda candidate: candidate.last, lambda candidate: size[candidate.forum]),
        chosen.verified,
        chosen.source,
        chosen.url,
    )


def _first(choices: Sequence[Candidate], fits: Callable[[Candidate], bool], worth: Callable[[Candidate], int]) -> str:
    kept = [candidate for candidate in choices if fits(candidate)]
    return max(kept, key=worth).forum if kept else ""


def _members(candidate: Candidate, world: World) -> frozenset[str]:
    if candidate.forum not in world.actors:
        return frozenset({candidate.actor})
    try:
        return frozenset(row.actor for row in world.members(candidate.forum, candidate.on))
    except FoedusError:
        return frozenset()


def _mandated(candidate: Candidate, world: World) -> bool:
    """Tell whether a forum may decide; a coalition decides what its members do."""
    if candidate.forum not in world.actors:
        return True
    return any(
        (m.organisation, m.subject) == (candidate.forum, candidate.subject)
        for m in on_day(world.mandates, candidate.on)
    )


def _blocked(candidate: Candidate, world: World) -> bool:
    """Tell whether somebody known to be against sits there: all forums listed decide by consensus or with vetoes."""
    return bool(set(candidate.opposed) & _members(candidate, world))
