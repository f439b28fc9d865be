"""Records of what happened and was said: events, who came, what texts mention, amounts, claims that disagree."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.tables import column
from foedus.world.records import Dated, Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Sourced, Dated):
    """A summit, meeting, exercise, deployment or visit."""

    id: str = column(cells.identifier(), "short id")
    kind: str = column(cells.text(60), "what it was")
    name: str = column(cells.text(300), "what it is called")
    place: str = column(cells.text(200), "where")
    start: Day = column(cells.day(), "first day", name="from")
    end: Day = column(cells.day(), "first day after it", name="until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Sourced):
    """Who of an actor came to an event."""

    event: str = column(cells.identifier(), "id in events.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    level: str = column(cells.text(60), "at what level")
    person: str = column(cells.text(200), "who came", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFeature(Sourced):
    """What an event's document mentions."""

    event: str = column(cells.identifier(), "id in events.csv")
    document: str = column(cells.text(300), "the document")
    feature: str = column(cells.text(100), "what was looked for")
    value: str = column(cells.text(200), "what was found")
    unit: str = column(cells.text(60), "count, date, boolean")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Sourced, Dated):
    """An amount that somebody states: aid pledged, money spent, forces sent."""

    id: str = column(cells.identifier(), "short id")
    actor: str = column(cells.identifier(), "id in actors.csv: who gives, spends or sends")
    counterpart: str = column(cells.text(64), "id in actors.csv: to whom", blank="")
    event: str = column(cells.text(64), "id in events.csv: on what occasion", blank="")
    measure: str = column(cells.identifier(), "what is counted")
    value: float = column(cells.number(), "the amount")
    unit: str = column(cells.text(60), "its unit")
    currency: str = column(cells.text(8), "ISO 4217, where it is money", blank="")
    start: Day | None = column(cells.day(), "first day of the period that it covers", name="from", blank=None)
    end: Day | None = column(cells.day(), "first day after that period", name="until", blank=None)
    said_on: str = column(cells.text(10), "day, month or year on which it was stated", blank="")
    claimed_by: str = column(cells.text(200), "who states it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Sourced, Dated):
    """A measured amount for an actor over a period, with the day on which it became known."""

    actor: str = column(cells.identifier(), "id in actors.csv")
    measure: str = column(cells.identifier(), "what was measured")
    value: float = column(cells.number(), "the amount")
    unit: str = column(cells.text(60), "its unit")
    start: Day = column(cells.day(), "first day of the period", name="from")
    end: Day = column(cells.day(), "first day after the period", name="until")
    known: Day = column(cells.day(), "day of publication: earlier forecasts do not use it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Sourced):
    """One of several answers that sources give to a question, and whether it is the one used."""

    subject: str = column(cells.text(100), "what it is about")
    question: str = column(cells.text(300), "the question")
    claim: str = column(cells.text(300), "the answer")
    claimed_by: str = column(cells.text(200), "who gives it")
    said_on: str = column(cells.text(10), "day, month or year, as far as it is known", blank="")
    used: bool = column(cells.yes_or_no(), "whether it is the one used")
    why: str = column(cells.text(500), "why or why not")
