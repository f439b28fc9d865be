"""Concepts and stakeholders as records of a dossier's tables."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.tables import column
from foedus.dossiers.words import WORDS
from foedus.evidence import MARKINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A claim that actors are for or against, and where that puts them on an issue's scale."""

    id: str = column(cells.identifier(), "short id; one row for each issue that it bears on")
    text: str = column(cells.text(500), "the claim, as a sentence one can be for or against")
    cues: str = column(
        cells.text(1000),
        "words that point to it, separated by semicolons; a leading minus marks those that speak against it",
        blank="",
    )
    issue: str = column(cells.identifier(), "id of the issue that it bears on; blank: none", blank="")
    at_support: float | None = column(cells.number(), "where a supporter stands on the issue's scale", blank=None)
    at_oppose: float | None = column(cells.number(), "where an opponent stands", blank=None)
    marking: str = column(cells.choice(*MARKINGS), "who may see that it is asked", blank="public")
    option: str = column(
        cells.text(500), "label of the option that it is about, where the issue's options have no order", blank=""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """What the analyst sets by hand for one actor, issue and venue; blank cells are left to statements and priors."""

    actor: str = column(cells.identifier(), "id of an actor of the world")
    issue: str = column(cells.identifier(), "id of an issue")
    venue: str = column(cells.choice("private", "public"), "what it wants, or what it says it wants", blank="private")
    position_low: float | None = column(cells.number(), "lowest position on the issue's scale", blank=None)
    position_mode: float | None = column(cells.number(), "likeliest position; alone, an exact one", blank=None)
    position_high: float | None = column(cells.number(), "highest position", blank=None)
    salience_low: float | None = column(cells.number(0, 1), "how much it cares, 0 to 1, at least", blank=None)
    salience_mode: float | None = column(cells.number(0, 1), "likeliest; alone, an exact one", blank=None)
    salience_high: float | None = column(cells.number(0, 1), "at most", blank=None)
    capability_low: float | None = column(cells.number(0), "weight it carries, in any one unit, at least", blank=None)
    capability_mode: float | None = column(cells.number(0), "likeliest; alone, an exact one", blank=None)
    capability_high: float | None = column(cells.number(0), "at most", blank=None)
    red_line: float | None = column(cells.number(), "place on the scale beyond which it does not go", blank=None)
    words: str = column(cells.choice(*WORDS), "a word in place of a position", blank="")
    note: str = column(cells.text(2000), "why", blank="")
    known_on: Day | None = column(cells.day(), "day from which this row may be used; blank: always", blank=None)
    marking: str = column(cells.choice(*MARKINGS), "who may read a report that uses it", blank="public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """What the analyst sets by hand for one actor on one option of a choice without an order."""

    actor: str = column(cells.identifier(), "id of an actor of the world")
    issue: str = column(cells.identifier(), "id of an issue with 'ordered: false'")
    option: str = column(cells.text(500), "label of an option")
    approval_low: float | None = column(cells.number(0, 100), "approval, 0 to 100, at least", blank=None)
    approval_mode: float | None = column(
        cells.number(0, 100),
        "likeliest approval: below 50 it would rather have the status quo; alone, exact",
        blank=None,
    )
    approval_high: float | None = column(cells.number(0, 100), "at most", blank=None)
    rank: int | None = column(
        cells.whole_number(1, 100),
        "in place of an approval: 1 for the first choice; the last one ranked is still acceptable",
        blank=None,
    )
    note: str = column(cells.text(2000), "why", blank="")
    known_on: Day | None = column(cells.day(), "day from which this row may be used; blank: always", blank=None)
    marking: str = column(cells.choice(*MARKINGS), "who may read a report that uses it", blank="public")
