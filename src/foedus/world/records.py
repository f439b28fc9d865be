"""The facts of the world as records: each dated, each with a source and a place in it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base import cells
from foedus.base.days import Day, Interval
from foedus.base.tables import column

_FROM = "first day on which it holds; blank: not known"
_UNTIL = "first day on which it no longer holds; blank: it still holds"
_SOURCE = "id in sources.csv"
_LOCATOR = "where in the source"
_VERIFIED = "whether the fact was read in that source, rather than known from elsewhere"


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
class Actor:
    """A state, an organisation, or another party that can hold a position."""

    id: str = column(cells.identifier(), "ISO 3166-1 alpha-3 for a state, a short word for others")
    kind: str = column(cells.choice("state", "organisation", "territory", "institute", "group"), "what it is")
    name: str = column(cells.text(200), "usual English name")
    iso3: str = column(cells.text(8), "ISO 3166-1 alpha-3", blank="")
    iso2: str = column(cells.text(4), "ISO 3166-1 alpha-2", blank="")
    cow: str = column(cells.text(8), "Correlates of War number", blank="")
    gw: str = column(cells.text(8), "Gleditsch and Ward number", blank="")
    start: Day | None = column(cells.day(), _FROM, name="from", blank=None)
    end: Day | None = column(cells.day(), _UNTIL, name="until", blank=None)
    source: str = column(cells.identifier(), _SOURCE)
    locator: str = column(cells.text(), _LOCATOR, blank="")
    verified: bool = column(cells.yes_or_no(), _VERIFIED)
    note: str = column(cells.text(), "what a reader should know", blank="")

    @property
    def existence(self) -> Interval:
        """The days on which the actor exists."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name by which an actor goes, for as long as it does."""

    actor: str = column(cells.identifier(), "id in actors.csv")
    name: str = column(cells.text(200), "the name")
    kind: str = column(
        cells.choice("name", "alias", "demonym", "adjective", "former", "capital", "abbreviation"),
        "what kind of name",
    )
    language: str = column(cells.text(8), "ISO 639-1", blank="en")
    start: Day | None = column(cells.day(), _FROM, name="from", blank=None)
    end: Day | None = column(cells.day(), _UNTIL, name="until", blank=None)
    source: str = column(cells.identifier(), _SOURCE)
    locator: str = column(cells.text(), _LOCATOR, blank="")
    verified: bool = column(cells.yes_or_no(), _VERIFIED)
    note: str = column(cells.text(), "what a reader should know", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An actor's standing in an organisation."""

    organisation: str = column(cells.identifier(), "id in actors.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    status: str = column(
        cells.choice("member", "permanent-member", "suspended", "outside-military-structure", "observer", "invitee"),
        "in what standing",
    )
    start: Day = column(cells.day(), "first day of it", name="from")
    end: Day | None = column(cells.day(), _UNTIL, name="until", blank=None)
    source: str = column(cells.identifier(), _SOURCE)
    locator: str = column(cells.text(), _LOCATOR)
    verified: bool = column(cells.yes_or_no(), _VERIFIED)
    note: str = column(cells.text(), "what a reader should know", blank="")

    @property
    def interval(self) -> Interval:
        """The days on which it holds."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """An office, mission or contact point of an organisation abroad."""

    organisation: str = column(cells.identifier(), "whose presence it is")
    host: str = column(cells.identifier(), "the state in which it is")
    place: str = column(cells.text(200), "town")
    kind: str = column(cells.text(60), "liaison-office, mission, contact-point-embassy and the like")
    name: str = column(cells.text(300), "what it is called")
    sender: str = column(cells.text(60), "whose embassy, for a contact point", blank="")
    start: Day | None = column(cells.day(), _FROM, name="from", blank=None)
    end: Day | None = column(cells.day(), _UNTIL, name="until", blank=None)
    source: str = column(cells.identifier(), _SOURCE)
    locator: str = column(cells.text(), _LOCATOR, blank="")
    verified: bool = column(cells.yes_or_no(), _VERIFIED)
    note: str = column(cells.text(), "what a reader should know", blank="")

    @property
    def interval(self) -> Interval:
        """The days on which it holds."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A measured amount for an actor over a period, with the day on which it became known."""

    actor: str = column(cells.identifier(), "id in actors.csv")
    measure: str = column(cells.identifier(), "what was measured")
    value: float = column(cells.number(), "the amount")
    unit: str = column(cells.text(60), "its unit")
    start: Day = column(cells.day(), "first day of the period", name="from")
    end: Day = column(cells.day(), "first day after the period", name="until")
    known: Day = column(cells.day(), "day of publication: earlier forecasts do not use it")
    source: str = column(cells.identifier(), _SOURCE)
    locator: str = column(cells.text(), _LOCATOR)
    verified: bool = column(cells.yes_or_no(), _VERIFIED)
    note: str = column(cells.text(), "what a reader should know", blank="")
