"""Records of who and what exists: sources, actors and their names, offices held, places and who holds them."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base import cells
from foedus.base.days import Day, Interval
from foedus.base.tables import column

FROM = "first day on which it holds; of a month or a year the last day counts, none earlier; blank: not known"
BEGAN = (
    "founding, or a state's independence, or its entry into a list of states where the note says so; blank: not known"
)
UNTIL = "first day on which it no longer holds; of a month or a year the first day counts; blank: it still holds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from."""

    id: str = column(cells.identifier(), "short id")
    title: str = column(cells.text(), "title of the page, treaty or table")
    publisher: str = column(cells.text(), "who publishes it")
    published: str = column(cells.text(40), "day or year of publication, as the source gives it", blank="")
    url: str = column(cells.text(), "address", blank="")
    note: str = column(cells.text(), "what a reader should know", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A row of an earlier table that an overlay takes away, to put another in its place or none."""

    table: str = column(cells.text(40), "the table, such as memberships.csv")
    row: str = column(cells.text(500), "cells that pick one row, such as organisation=nato; actor=FRA; from=1949-08-24")
    why: str = column(cells.text(500), "why it is taken away")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A row that a second reader compared with a source, without the first one's notes."""

    table: str = column(cells.text(40), "the table, such as memberships.csv")
    row: str = column(cells.text(500), "cells that pick one row, as in withdrawn.csv")
    on: Day = column(cells.day(), "day of the check")
    reader: str = column(cells.text(100), "who checked it; says so where it was a program")
    found: str = column(cells.choice("right", "imprecise", "mended"), "what the check found")
    note: str = column(cells.text(), "what a reader should know", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """What every fact carries."""

    source: str = column(cells.identifier(), "id in sources.csv")
    locator: str = column(cells.text(), "where in the source", blank="")
    verified: bool = column(cells.yes_or_no(), "whether it was read in that source, rather than known from elsewhere")
    note: str = column(cells.text(), "what a reader should know", blank="")


class Dated:
    """A fact that holds from a first day until another; either may be open."""

    __slots__ = ()

    @property
    def interval(self) -> Interval:
        """The days on which it holds."""
        return Interval(self.start, self.end)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Sourced, Dated):
    """A state, an organisation, or another party that can hold a position."""

    id: str = column(cells.identifier(), "ISO 3166-1 alpha-3 for a state, a short word for others")
    kind: str = column(cells.choice("state", "organisation", "territory", "institute", "group"), "what it is")
    name: str = column(cells.text(200), "usual English name")
    iso3: str = column(cells.text(8), "ISO 3166-1 alpha-3", blank="")
    iso2: str = column(cells.text(4), "ISO 3166-1 alpha-2", blank="")
    cow: str = column(cells.text(8), "Correlates of War number", blank="")
    gw: str = column(cells.text(8), "Gleditsch and Ward number", blank="")
    start: Day | None = column(cells.from_day(), BEGAN, name="from", blank=None)
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Sourced, Dated):
    """A name by which an actor goes, for as long as it does; blank days mean the actor's own."""

    actor: str = column(cells.identifier(), "id in actors.csv")
    name: str = column(cells.text(200), "the name")
    kind: str = column(
        cells.choice("name", "alias", "demonym", "adjective", "former", "capital", "abbreviation", "metonym"),
        "what kind of name",
    )
    language: str = column(cells.text(8), "ISO 639-1", blank="en")
    start: Day | None = column(cells.from_day(), FROM, name="from", blank=None)
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Sourced, Dated):
    """A person in an office of an actor."""

    actor: str = column(cells.identifier(), "id in actors.csv")
    office: str = column(
        cells.choice(
            "head-of-state",
            "head-of-government",
            "foreign-minister",
            "defence-minister",
            "ambassador",
            "secretary-general",
            "spokesperson",
            "other",
        ),
        "kind of office",
    )
    title: str = column(cells.text(200), "its title")
    person: str = column(cells.text(200), "who holds it")
    aliases: str = column(cells.text(500), "other spellings, also wrong ones, separated by semicolons", blank="")
    start: Day | None = column(cells.from_day(), FROM, name="from", blank=None)
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)
    term_ends: Day | None = column(
        cells.day(), "first day after the term that law or appointment fixes; blank: none, or not known", blank=None
    )
    seen: Day | None = column(
        cells.day(), "last day seen in it, where nobody looked for the end; blank: up to the last revision", blank=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Sourced):
    """A place below the states: a federal state, a territory, an island, a town, a sea."""

    id: str = column(cells.identifier(), "short id")
    name: str = column(cells.text(200), "usual English name")
    aliases: str = column(
        cells.text(500), "other names, and places in it that stand for it, separated by semicolons", blank=""
    )
    kind: str = column(
        cells.choice("federal-state", "department", "territory", "island", "city", "base", "region", "sea", "space"),
        "what it is",
    )
    within: str = column(cells.text(64), "id of the place in which it lies", blank="")
    latitude: float = column(cells.number(-90, 90), "degrees, north positive, of one point in it")
    longitude: float = column(cells.number(-180, 180), "degrees, east positive, of the same point")
    continent: str = column(
        cells.choice("Europe", "North America", "South America", "Asia", "Africa", "Oceania", "Antarctica"),
        "continent; blank for a sea and for space",
        blank="",
    )
    ocean: str = column(cells.text(40), "the sea around an island or off a coast", blank="")
    insular: bool = column(cells.yes_or_no(), "whether it is an island, or lies on islands", blank=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sovereignty(Sourced, Dated):
    """Who holds a place, administers it, occupies it or claims it."""

    place: str = column(cells.identifier(), "id in places.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    standing: str = column(cells.choice("sovereign", "administering", "occupied", "claimed"), "in what standing")
    start: Day | None = column(cells.from_day(), FROM, name="from", blank=None)
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)
