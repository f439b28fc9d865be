"""What ``forum`` answers: each forum as the actor sees it, where it would act, and where it would stop others."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.tables import Row
from foedus.base.traces import Trace
from foedus.cases.case import Case
from foedus.partnership.allocated import Spread
from foedus.partnership.choices import Tested
from foedus.partnership.inputs import ForumOffer
from foedus.partnership.search_rule import Choice

OPEN = 0.5
"""A chance that silent members may move by more than this is told as a range and not as one number."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a forum could come to: the status quo, an option or a substitute.

    Attributes
    ----------
    probability
        By the forum's own forecast, with silent members as the dossier assumes them, or as the author judges.
    low, high
        The least and the most of it: from silent members who all want the status quo to silent members who all want
        what is furthest from it; of an author's chances, the values between which 80 % of the draws lie.
    """

    label: str
    at: float
    kind: str
    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mandated:
    """What a forum may decide on a subject, by what basis, and which body does; blank where the tables know of none."""

    KEYS = "subject decides? basis? binding verified source?"
    subject: str
    decides: str
    basis: str
    binding: bool
    verified: bool
    source: str
    body: str = ""
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Forum:
    """One forum, as the actor sees it.

    Attributes
    ----------
    inside
        Whether the actor is a member on the day.
    rule
        In words; of a forum without a body, that the chances are the author's.
    blocks_alone
        Members, and outsiders whose consent is asked, who can stop a proposal alone.
    blocks_known
        Whether that is known: not where chances are given and no body is named, in the table or by the mandate.
    known
        How many members have a position that is known; None where the chances are the author's.
    told
        Whether one number may be given for the chance of a decision: not where it rests on what is assumed of silent
        members, that is where it moves by more than `OPEN` between the least and the most that they may want.
    outcomes
        By place; probabilities sum to 1. Empty where nothing could be decided; ``problem`` says why.
    utility
        What the actor expects over all that may come of it, 1 at its own place on the scale, 0 at a scale's length.
    acting
        The same if something is decided: the menu without the status quo, less cost.
    gain
        ``utility`` less cost where something is decided, over that of the status quo; its range also covers what silent
        members may want.
    prevents
        What the actor would lose, beside the status quo, by the worst that the forum can produce: what a veto is worth.
    rank_to_act, rank_to_stop
        Among the forums in which the actor sits; None for others.
    """

    KEYS = (
        "forum name way members known inside rule can_block can_decide=mandates blocks_alone "
        "options=outcomes(label at kind probability low high) told utility acting gain prevents cost days "
        "publicity rank_to_act rank_to_stop problem?"
    )
    forum: str
    name: str
    way: str
    members: tuple[str, ...]
    inside: bool
    rule: str
    can_block: bool
    mandates: tuple[Mandated, ...]
    blocks_alone: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    utility: Spread | None
    acting: Spread | None
    gain: Spread | None
    prevents: Spread | None
    cost: float
    days: int
    publicity: str
    rank_to_act: int | None
    rank_to_stop: int | None
    problem: str = ""
    blocks_known: bool = True
    known: int | None = None

    @property
    def told(self) -> bool:
        """Whether one number may be given for the chance that something is decided."""
        low, high = self.decided
        return self.known is None or high - low <= OPEN

    @property
    def decided(self) -> tuple[float, float]:
        """The least and the most likely that it is that something is decided there."""
        nothing = [outcome for outcome in self.outcomes if outcome.kind == "status quo"]
        return 1 - sum(outcome.high for outcome in nothing), 1 - sum(outcome.low for outcome in nothing)

    @property
    def stays(self) -> float:
        """How likely it is that nothing is decided there."""
        return sum(outcome.probability for outcome in self.outcomes if outcome.kind == "status quo")


@dataclass(frozen=True, slots=True)
class Mover:
    """An actor that could use its seats: which, and how."""

    actor: str
    forums: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ForumChoice(Recorded):
    """Where an actor would put a question.

    Attributes
    ----------
    wants
        Whether the actor gains by a decision in any forum where it sits.
    strategy
        By use, select, change or create; with the aspiration that it was held to.
    hostage, shopping, brokers
        Who could do what by membership in one forum or several.
    tested
        How the rule did on historical choices, beside two simple ones.
    """

    KEYS = (
        "dossier actor issue question on as_of wants act=to_act stop=to_stop forums strategy(way forum because) "
        "aspiration "
        "hostage shopping brokers tested to_fill_in draws seed inputs_sha256"
    )
    dossier: str
    actor: str
    issue: str
    question: str
    on: Day
    as_of: Day
    wants: bool
    forums: tuple[Forum, ...]
    strategy: Choice | None
    aspiration: float | None
    hostage: tuple[Mover, ...]
    shopping: tuple[Mover, ...]
    brokers: tuple[Mover, ...]
    tested: Tested
    to_fill_in: tuple[str, ...]
    draws: int
    seed: int
    inputs_sha256: str
    marking: str
    case: Case
    offers: tuple[Row[ForumOffer], ...]

    @property
    def to_act(self) -> str | None:
        """Id of the forum in which the actor would act; None: there is none."""
        return next((forum.forum for forum in self.forums if forum.rank_to_act == 1), None)

    @property
    def to_stop(self) -> str | None:
        """Id of the forum in which it would stop others."""
        return next((forum.forum for forum in self.forums if forum.rank_to_stop == 1), None)

    def forum(self, name: str) -> Forum:
        """Return a forum by id."""
        return next(forum for forum in self.forums if forum.forum == name)

    def why(self) -> Trace:
        """Return for each forum its rule, its mandates and its offers with their sources."""
        stand = self.case.member(self.actor).stand
        return Trace(
            f"{self.actor} on {self.issue}",
            f"at {stand.private}, {stand.basis}",
            "",
            tuple(self._why(forum) for forum in self.forums),
        )

    def _why(self, forum: Forum) -> Trace:
        mandates = tuple(
            Trace(
                f"may decide on {m.subject}",
                f"{m.decides} ({m.basis})" if m.basis else "no mandate on record",
                m.source,
            )
            for m in forum.mandates
        )
        offers = tuple(
            Trace(
                f"{row.where}: {row.record.produces}",
                f"at {row.record.at:g}, cost {row.record.cost:g}, {row.record.days} days, {row.record.publicity} "
                "publicity",
                row.record.source,
            )
            for row in self.offers
            if row.record.forum == forum.forum
        )
        return Trace(forum.name, forum.problem or forum.rule, "", (*mandates, *offers))
