"""Records of what binds actors: memberships, partnerships, presences, treaties and their clauses."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.tables import column
from foedus.world.records import FROM, UNTIL, Dated, Sourced

STATUSES = (
    "member",
    "permanent-member",
    "elected-member",
    "suspended",
    "outside-military-structure",
    "associate",
    "observer",
    "invitee",
    "non-participant",
    "institution",
)
"""In what standing an actor can be to an organisation."""

BESIDE_MEMBERSHIP = ("outside-military-structure", "suspended", "non-participant")
"""Standings that go beside membership."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Sourced, Dated):
    """An actor's standing in an organisation."""

    organisation: str = column(cells.identifier(), "id in actors.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    status: str = column(
        cells.choice(*STATUSES),
        "in what standing",
    )
    start: Day = column(cells.from_day(), "first day of it", name="from")
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence(Sourced, Dated):
    """An office, mission or contact point of an organisation abroad, or a mission to it."""

    organisation: str = column(cells.identifier(), "whose presence it is, or to whom")
    host: str = column(cells.identifier(), "the state in which it is")
    place: str = column(cells.text(200), "town")
    kind: str = column(cells.text(60), "liaison-office, mission, contact-point-embassy and the like")
    name: str = column(cells.text(300), "what it is called")
    sender: str = column(cells.identifiers(), "whose office, mission or embassy it is", blank=())
    start: Day | None = column(cells.from_day(), FROM, name="from", blank=None)
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership(Sourced, Dated):
    """A partner's place in a format of an organisation."""

    organisation: str = column(cells.identifier(), "id in actors.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    format: str = column(cells.text(60), "the format, such as partnership-for-peace")
    start: Day | None = column(cells.from_day(), FROM, name="from", blank=None)
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Sourced):
    """A document agreed between an organisation and a partner."""

    organisation: str = column(cells.identifier(), "id in actors.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    instrument: str = column(cells.text(60), "IPCP, ITPP and the like")
    title: str = column(cells.text(300), "its title")
    adopted: Day | None = column(cells.from_day(), "day of adoption", blank=None)
    expires: Day | None = column(
        cells.day(), "last day of the period that it covers, or before a successor", blank=None
    )
    seen: Day | None = column(cells.day(), "last day seen in force, where nobody looked for the end", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Sourced):
    """A goal that an instrument names, in our own words."""

    organisation: str = column(cells.identifier(), "id in actors.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    instrument: str = column(cells.text(60), "the instrument")
    area: str = column(cells.text(100), "area of cooperation")
    goal: str = column(cells.text(500), "the goal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty(Sourced):
    """A treaty."""

    id: str = column(cells.identifier(), "short id")
    title: str = column(cells.text(300), "its title")
    signed: Day | None = column(cells.from_day(), "day of signature", blank=None)
    in_force: Day | None = column(cells.from_day(), "day of entry into force", blank=None)
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)
    depositary: str = column(cells.text(60), "who keeps it", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyParty(Sourced, Dated):
    """A party to a treaty."""

    treaty: str = column(cells.identifier(), "id in treaties.csv")
    actor: str = column(cells.identifier(), "id in actors.csv")
    start: Day = column(
        cells.from_day(), "first day as a party; of a treaty not yet in force, the day of signature", name="from"
    )
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension(Sourced, Dated):
    """A party's obligations under a treaty towards another, suspended for a time."""

    treaty: str = column(cells.identifier(), "id in treaties.csv")
    actor: str = column(cells.identifier(), "id in actors.csv: whose obligations")
    towards: str = column(cells.identifier(), "id in actors.csv: towards whom")
    start: Day = column(cells.from_day(), "first day of it", name="from")
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyArticle(Sourced):
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
class Mandate(Sourced, Dated):
    """What an organisation or a grouping may decide on a subject, and what gives it that power."""

    organisation: str = column(cells.identifier(), "id in actors.csv")
    subject: str = column(
        cells.choice(
            "presence", "partnership", "operation", "monitoring", "capability", "aid", "sanctions", "economic", "text"
        ),
        "what the decision is about",
    )
    decides: str = column(cells.text(300), "what it can decide, in our own words")
    basis: str = column(cells.text(300), "article or practice that it rests on")
    binding: bool = column(cells.yes_or_no(), "whether its decision binds in law")
    start: Day | None = column(cells.from_day(), FROM, name="from", blank=None)
    end: Day | None = column(cells.until_day(), UNTIL, name="until", blank=None)
    body: str = column(cells.identifier(), "id of the body that decides it; blank: none that is described", blank="")
    procedure: str = column(cells.text(60), "one of the body's procedures; blank: its usual one", blank="")
