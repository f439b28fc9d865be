"""Packaged facts that no forecast reads yet: offices, partnerships, treaties, events, and claims that disagree.

They are checked as strictly as the tables that `World` holds, and counted by ``foedus world audit``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.tables import column
from foedus.world.world import FILES, TABLES_FOLDER, read_table_of

_FROM = "first day on which it holds; blank: not known"
_UNTIL = "first day on which it no longer holds; blank: it still holds"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sourced:
    """What every fact carries."""

    source: str = column(cells.identifier(), "id in sources.csv")
    locator: str = column(cells.text(), "where in the source", blank="")
    verified: bool = column(cells.yes_or_no(), "whether it was read in that source, rather than known from elsewhere")
    note: str = column(cells.text(), "what a reader should know", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(_Sourced):
    """A person in an office of an actor."""

    actor: str = column(cells.identifier(), "id in actors.csv")
    office: str = column(cells.text(60), "kind of office")
    title: str = column(cells.text(200), "its title")
    person: str = column(cells.text(200), "who holds it")
    aliases: str = column(cells.text(500), "other spellings, separated by semicolons", blank="")
    start: Day | None = column(cells.day(), _FROM, name="from", blank=None)
    end: Day | None = column(cells.day(), _UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership(_Sourced):
    """A partner's place in a format of an organisation."""

    organisation: str = column(cells.identifier(), "id in actors.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    format: str = column(cells.text(60), "the format, such as partnership-for-peace")
    start: Day | None = column(cells.day(), _FROM, name="from", blank=None)
    end: Day | None = column(cells.day(), _UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(_Sourced):
    """A document agreed between an organisation and a partner."""

    organisation: str = column(cells.identifier(), "id in actors.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    instrument: str = column(cells.text(60), "IPCP, ITPP and the like")
    title: str = column(cells.text(300), "its title")
    adopted: Day | None = column(cells.day(), "day of adoption", blank=None)
    expires: Day | None = column(cells.day(), "last day of the period that it covers", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(_Sourced):
    """A goal that an instrument names, in our own words."""

    organisation: str = column(cells.identifier(), "id in actors.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    instrument: str = column(cells.text(60), "the instrument")
    area: str = column(cells.text(100), "area of cooperation")
    goal: str = column(cells.text(500), "the goal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(_Sourced):
    """A summit, meeting, exercise, deployment or visit."""

    id: str = column(cells.identifier(), "short id")
    kind: str = column(cells.text(60), "what it was")
    name: str = column(cells.text(300), "what it is called")
    place: str = column(cells.text(200), "where")
    start: Day = column(cells.day(), "first day", name="from")
    end: Day = column(cells.day(), "first day after it", name="until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(_Sourced):
    """Who of an actor came to an event."""

    event: str = column(cells.identifier(), "id in events.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    level: str = column(cells.text(60), "at what level")
    person: str = column(cells.text(200), "who came", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFeature(_Sourced):
    """What an event's document mentions."""

    event: str = column(cells.identifier(), "id in events.csv")
    document: str = column(cells.text(300), "the document")
    feature: str = column(cells.text(100), "what was looked for")
    value: str = column(cells.text(200), "what was found")
    unit: str = column(cells.text(60), "count, date, boolean")


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty(_Sourced):
    """A treaty."""

    id: str = column(cells.identifier(), "short id")
    title: str = column(cells.text(300), "its title")
    signed: Day | None = column(cells.day(), "day of signature", blank=None)
    in_force: Day | None = column(cells.day(), "day of entry into force", blank=None)
    end: Day | None = column(cells.day(), _UNTIL, name="until", blank=None)
    depositary: str = column(cells.text(60), "who keeps it", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyParty(_Sourced):
    """A party to a treaty."""

    treaty: str = column(cells.identifier(), "id in treaties.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    start: Day = column(cells.day(), "first day as a party", name="from")
    end: Day | None = column(cells.day(), _UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyArticle(_Sourced):
    """What one clause of a treaty obliges to, in our own words, with ATOP's type."""

    treaty: str = column(cells.identifier(), "id in treaties.csv")
    article: str = column(cells.text(20), "the article", blank="")
    clause: str = column(cells.text(60), "the clause", blank="")
    obligation: str = column(
        cells.choice("defense", "offense", "neutrality", "nonaggression", "consultation", "other"), "ATOP's type"
    )
    summary: str = column(cells.text(500), "what it says")
    area: str = column(cells.text(300), "where it applies", blank="")
    trigger: str = column(cells.text(200), "what sets it off", blank="")
    determines: str = column(cells.text(200), "who determines that it applies", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(_Sourced):
    """One of several answers that sources give to a question, and whether it is the one used."""

    subject: str = column(cells.text(100), "what it is about")
    question: str = column(cells.text(300), "the question")
    claim: str = column(cells.text(300), "the answer")
    claimed_by: str = column(cells.text(200), "who gives it")
    said_on: str = column(cells.text(10), "day, month or year, as far as it is known", blank="")
    used: bool = column(cells.yes_or_no(), "whether it is the one used")
    why: str = column(cells.text(500), "why or why not")


FACT_FILES: dict[str, type[Any]] = {
    "offices.csv": Office,
    "partnerships.csv": Partnership,
    "instruments.csv": Instrument,
    "goals.csv": Goal,
    "events.csv": Event,
    "attendance.csv": Attendance,
    "texts.csv": TextFeature,
    "treaties.csv": Treaty,
    "treaty_parties.csv": TreatyParty,
    "treaty_articles.csv": TreatyArticle,
    "claims.csv": Claim,
}
"""The further tables and the records that define them."""


@dataclass(frozen=True, slots=True)
class Audit:
    """How much of a table was read in its source."""

    table: str
    rows: int
    verified: int


def audit() -> Iterator[Audit]:
    """Yield every packaged table whose rows say whether they were verified.

    Examples
    --------
    >>> found = {one.table: one for one in audit()}
    >>> found["treaties.csv"].rows
    20
    """
    for file, record in {**FILES, **FACT_FILES}.items():
        rows = [row for _, row in read_table_of(TABLES_FOLDER, record, file, "world/")]
        if rows and hasattr(rows[0], "verified"):
            yield Audit(file, len(rows), sum(row.verified for row in rows))
