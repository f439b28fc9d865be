"""Records of what states and alliances did that a rival may answer, what it answered, and who looked for answers."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.tables import column
from foedus.world.records import Dated, Sourced

CLASSES = (
    "office",
    "text",
    "programme",
    "meeting",
    "agreement",
    "access",
    "weapons",
    "arms",
    "exercise",
    "transit",
    "visit",
    "statement",
    "policy",
    "sanction",
    "enforcement",
    "accession",
)
"""What kind of thing was done."""

OBJECTS = ("alliance", "accession", "taiwan", "territory", "regime", "technology", "environment")
"""What the act is about, in the eyes of whoever may answer."""

KINDS = ("words", "diplomatic", "persons", "economic", "military", "force")
"""Kinds of answer, from the mildest to the gravest."""

ATTRIBUTIONS = ("stated", "denied", "inferred", "coincident", "disputed")
"""How an answer is tied to the act: by its author (stated), by others while its author denies it (denied) or is silent
(inferred), by nothing but the days (coincident), by some and not by others (disputed)."""

PROVIDES = ("fighting", "arming", "paying", "sanctions", "speaking")
"""What a state gives to the one that it helps in a war."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Sourced, Dated):
    """Something done that a rival may answer, whether or not anybody answered."""

    id: str = column(cells.identifier(), "short id")
    start: Day = column(cells.day(), "day on which it was done, decided or announced", name="on")
    known_on: Day = column(cells.day(), "a day by which it was public")
    end: Day | None = column(
        cells.day(), "first day after it; blank: a day's act, or it goes on", name="until", blank=None
    )
    actor: str = column(cells.identifier(), "id in actors.csv: who did it")
    name: str = column(cells.text(300), "the act, in words")
    act_class: str = column(cells.choice(*CLASSES), "what kind of act", name="class")
    object: str = column(cells.choice(*OBJECTS), "what it is about, in the eyes of whoever may answer")
    place: str = column(cells.text(64), "where: id in actors.csv, or a word such as sea")
    physical: int = column(
        cells.whole_number(0, 3), "0 paper, 1 persons, 2 forces that pass, 3 forces or arms that stay"
    )
    binding: str = column(
        cells.choice("defense", "offense", "neutrality", "nonaggression", "consultation"),
        "ATOP's type of a duty newly owed; blank: none",
        blank="",
    )
    collective: int = column(cells.whole_number(1, 200), "how many states did it together")
    addressed_to: tuple[str, ...] = column(cells.identifiers(), "ids in actors.csv: whose answers are looked for")
    frame: str = column(
        cells.identifier(), "the list that was gone through, whatever came of it; see frames in the docs"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Sourced):
    """One answer to an act, by its kind and by how it is tied to the act."""

    act: str = column(cells.identifier(), "id in acts.csv")
    actor: str = column(cells.identifier(), "id in actors.csv: who answered")
    kind: str = column(cells.choice(*KINDS), "kind of answer")
    on: str = column(cells.partial_day(), "first day, month or year, as far as it is known")
    end: str = column(
        cells.partial_day(),
        "first day, month or year in which it no longer held; blank: not known",
        name="until",
        blank="",
    )
    seen: Day | None = column(cells.day(), "last day seen in force, where the end is not known", blank=None)
    known_on: Day = column(cells.day(), "a day by which it was public")
    attribution: str = column(cells.choice(*ATTRIBUTIONS), "how it is tied to the act")
    measure: str = column(cells.text(300), "what was done or said, in our own words")
    withdrawn: str = column(cells.text(200), "how it ended, where it was taken back", blank="")

    @property
    def earliest(self) -> Day:
        """The first day on which it can have begun."""
        return first_day(self.on)

    @property
    def day(self) -> Day | None:
        """The day on which it began; None where only a month or a year is known."""
        return first_day(self.on) if len(self.on) == 10 else None

    @property
    def days_in_force(self) -> tuple[int, bool] | None:
        """How many days it held, and whether that is its end (True) or only the last that was seen (False).

        None where its first day, or both its end and a last sighting, are not known.
        """
        if self.day is None:
            return None
        if len(self.end) == 10:
            return (first_day(self.end) - self.day).days, True
        return None if self.seen is None else ((self.seen - self.day).days, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Somebody looked for an answer to an act and found none."""

    act: str = column(cells.identifier(), "id in acts.csv")
    actor: str = column(cells.identifier(), "id in actors.csv: whose answer was looked for")
    by: str = column(cells.text(100), "who looked; says so where it was a program")
    on: Day = column(cells.day(), "when")
    where: str = column(cells.text(300), "in what, and by which words")
    note: str = column(cells.text(), "what a reader should know", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure(Sourced):
    """How much of a flow of one actor depends on another."""

    actor: str = column(cells.identifier(), "id in actors.csv: who depends")
    counterpart: str = column(cells.identifier(), "id in actors.csv: on whom")
    flow: str = column(cells.text(60), "exports, imports, tourists or a named input")
    share: float = column(cells.number(0, 100), "per cent")
    of: str = column(cells.text(120), "of what")
    year: int = column(cells.whole_number(1900, 2200), "calendar year")
    known_on: Day = column(cells.day(), "a day by which it was public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Support(Sourced):
    """What one state did, or did not, for another that was attacked or went to war."""

    contingency: str = column(cells.identifier(), "short id of the war, such as ukraine-2022")
    actor: str = column(cells.identifier(), "id in actors.csv: who gave or did not")
    counterpart: str = column(cells.identifier(), "id in actors.csv: to whom")
    kind: str = column(cells.choice(*PROVIDES), "what was given")
    given: bool = column(cells.yes_or_no(), "whether it was; no only where a source or a logged search says so")
    on: str = column(cells.partial_day(), "first day, month or year, as far as it is known; blank: not given", blank="")
    known_on: Day = column(cells.day(), "a day by which it was public")
    ally: bool = column(cells.yes_or_no(), "whether a treaty bound it to defend the one attacked on that day")
    measure: str = column(cells.text(300), "what, in our own words", blank="")


def first_day(written: str) -> Day:
    """Return the first day of a day, a month or a year.

    Examples
    --------
    >>> first_day("2011-01").isoformat(), last_day("2011-02").isoformat()
    ('2011-01-01', '2011-02-28')
    """
    parts = [int(part) for part in written.split("-")]
    return Day(*(*parts, 1, 1)[:3])


def last_day(written: str) -> Day:
    """Return the last day of a day, a month or a year."""
    year, month, day = (*(int(part) for part in written.split("-")), 0, 0)[:3]
    month = month or 12
    return Day(year, month, day or calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostility(Sourced, Dated):
    """An armed attack of one actor on another, or a war that one began, whether or not any land was taken."""

    attacker: str = column(cells.identifier(), "id in actors.csv: who attacked or began it")
    attacked: str = column(cells.identifier(), "id in actors.csv: whom")
    start: Day = column(cells.day(), "first day", name="from")
    end: Day | None = column(cells.day(), "first day after it; blank: it goes on", name="until", blank=None)
    name: str = column(cells.text(200), "what it is called, such as war of 2020 over Nagorno-Karabakh")
