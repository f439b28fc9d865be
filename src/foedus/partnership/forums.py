"""``forum``: where an actor would act on an issue, where it would stop others, and who blocks where."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.base.tables import Row
from foedus.base.traces import Trace
from foedus.cases.case import Case, checked_case
from foedus.dossiers import Dossier
from foedus.dossiers.positions import FROM_PRIOR, PRIOR_AND_GROUP
from foedus.forecasts import forecast
from foedus.institutions import seat
from foedus.issues import Issue, Option
from foedus.partnership.allocation import Spread
from foedus.partnership.choices import Tested, score_choices
from foedus.partnership.search_rule import Choice, search
from foedus.partnership.tables import FORUMS, ForumOffer, highest, range_of, read_offers, sha256_of
from foedus.world import World
from foedus.world.world import on_day

Numbers = NDArray[np.float64]

DRAWS = 1_000
SHOPS = 0.05
"""What an actor must gain, as a share of the scale, for it to be said to take a question elsewhere."""

_PUBLICITY = ("none", "some", "much")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a forum could come to: the status quo, an option or a substitute."""

    label: str
    at: float
    kind: str
    probability: float


@dataclass(frozen=True, slots=True)
class Mandated:
    """What a forum may decide on a subject, and by what basis; blank where the tables know of none."""

    KEYS = "subject decides? basis? binding verified source?"
    subject: str
    decides: str
    basis: str
    binding: bool
    verified: bool
    source: str


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
    outcomes
        By place; probabilities sum to 1. Empty where nothing could be decided; ``problem`` says why.
    utility
        What the actor expects over all that may come of it, 1 at its own place on the scale, 0 at a scale's length.
    acting
        The same if something is decided: the menu without the status quo, less cost.
    gain
        ``utility`` less cost where something is decided, over that of the status quo.
    prevents
        What the actor would lose, beside the status quo, by the worst that the forum can produce: what a veto is worth.
    rank_to_act, rank_to_stop
        Among the forums in which the actor sits; None for others.
    """

    KEYS = (
        "forum name way members inside rule can_block can_decide=mandates blocks_alone "
        "options=outcomes(label at kind probability) utility acting gain prevents cost days "
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

    @property
    def stays(self) -> float:
        """How likely it is that nothing is decided there."""
        return sum(one.probability for one in self.outcomes if one.kind == "status quo")


@dataclass(frozen=True, slots=True)
class Mover:
    """An actor that could use its seats: which, and how."""

    actor: str
    forums: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ForumChoice:
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
        return next((one.forum for one in self.forums if one.rank_to_act == 1), None)

    @property
    def to_stop(self) -> str | None:
        """Id of the forum in which it would stop others."""
        return next((one.forum for one in self.forums if one.rank_to_stop == 1), None)

    def forum(self, name: str) -> Forum:
        """Return a forum by id."""
        return next(one for one in self.forums if one.forum == name)

    def why(self) -> Trace:
        """Return for each forum its rule, its mandates and its offers with their sources."""
        stand = self.case.member(self.actor).stand
        return Trace(
            f"{self.actor} on {self.issue}",
            f"at {stand.private}, {stand.basis}",
            "",
            tuple(self._why(one) for one in self.forums),
        )

    def _why(self, one: Forum) -> Trace:
        mandates = tuple(
            Trace(
                f"may decide on {m.subject}",
                f"{m.decides} ({m.basis})" if m.basis else "no mandate on record",
                m.source,
            )
            for m in one.mandates
        )
        offers = tuple(
            Trace(
                f"{row.where}: {row.record.produces}",
                f"at {row.record.at:g}, cost {row.record.cost:g}, {row.record.days} days, {row.record.publicity} "
                "publicity",
                row.record.source,
            )
            for row in self.offers
            if row.record.forum == one.forum
        )
        return Trace(one.name, one.problem or one.rule, "", (*mandates, *offers))


def forum(
    dossier: Dossier,
    actor: str,
    issue: str | None = None,
    as_of: Day | str | None = None,
    on: str | None = None,
    only: Collection[str] = (),
    aspiration: float | None = None,
    draws: int = DRAWS,
    seed: int = 1,
) -> ForumChoice:
    """Return where an actor would act on an issue, and where it would stop others.

    Parameters
    ----------
    dossier
        With ``forums.csv``: what each forum could produce.
    actor
        Id or name.
    issue, as_of, on
        As for `foedus.forecast`.
    only
        Ids of forums to look at; by default all in the table. The actor must be a member of each.
    aspiration
        From 0 to 1, what is good enough in the search; by default halfway from the status quo to the best on the menu.
    draws, seed
        The same seed gives the same answer.

    Raises
    ------
    FoedusError
        When the actor stands nowhere on the issue, or is no member of a forum that was asked for, or a forum is not in
        the table.
    InputError
        With every problem of the table.
    """
    offers = read_offers(dossier)
    question = dossier.issue(issue)
    day = parse_day(as_of) if isinstance(as_of, str) else as_of
    case = checked_case(dossier, question, day, on)
    who = dossier.world.find(actor, case.meeting.on)
    if not any(member.actor == who for member in case.members):
        raise FoedusError(
            f"--for: {dossier.world.name(who)} has no seat and no voice on {question.id!r}; add it to the issue's "
            "voices"
        )
    kept = tuple(row for row in offers if row.record.issue == question.id)
    names = tuple(dict.fromkeys(row.record.forum for row in kept))
    _refuse_strangers(only, names, kept, case, who)
    chosen = [name for name in names if not only or name in only]
    views = _Views.of(case, who, draws, seed)
    found = [_seen(name, [row for row in kept if row.record.forum == name], views) for name in chosen]
    placed = ranked(found)
    inside = [one for one in placed if one.gain is not None and one.inside]
    level = _aspiration(views, kept, aspiration)
    return ForumChoice(
        dossier=dossier.title,
        actor=who,
        issue=question.id,
        question=question.question,
        on=case.meeting.on,
        as_of=case.as_of,
        wants=any(one.gain.mean > 0 for one in inside if one.gain is not None),
        forums=tuple(placed),
        strategy=_strategy(inside, case, level, views) if inside else None,
        aspiration=level if inside else None,
        **_movers(placed, case),
        tested=score_choices(),
        to_fill_in=() if kept else (FORUMS,),
        draws=draws,
        seed=seed,
        inputs_sha256=sha256_of(((FORUMS, ForumOffer, kept),)),
        marking=highest(row.record.marking for row in kept),
        case=case,
        offers=kept,
    )


def _refuse_strangers(
    only: Collection[str], names: Sequence[str], offers: Sequence[Row[ForumOffer]], case: Case, actor: str
) -> None:
    world = case.dossier.world
    for name in only:
        if name not in names:
            raise FoedusError(f"--forum: no forum {name!r} in {FORUMS} on this issue; there are {', '.join(names)}")
        rows = [row.record for row in offers if row.record.forum == name]
        members = _members(rows, case)
        if actor not in members:
            raise FoedusError(
                f"--forum: {world.name(actor)} is no member of {world.name(name)} on {case.meeting.on}; "
                "it can neither act nor block there"
            )


def _members(rows: Sequence[ForumOffer], case: Case) -> tuple[str, ...]:
    """Return who has a seat: in the body that decides, or else in the tie as listed, or in the organisation."""
    world, on = case.dossier.world, case.meeting.on
    listed = tuple(dict.fromkeys(actor for row in rows for actor in row.members))
    try:
        if rows[0].body:
            return seat(case.dossier.institutions.body(rows[0].body), world, on, rows[0].procedure or None).members
        return listed or tuple(row.actor for row in world.members(rows[0].forum, on))
    except FoedusError:
        return listed


@dataclass(frozen=True, slots=True)
class _Views:
    """What the actor thinks of places on the scale.

    Attributes
    ----------
    positions
        Draws of where it stands; shape (draws,).
    """

    case: Case
    actor: str
    positions: Numbers
    draws: int
    seed: int

    @classmethod
    def of(cls, case: Case, actor: str, draws: int, seed: int) -> _Views:
        levels = Streams(seed).uniforms(case.issue.id, actor, "position", start=0, stop=draws)
        return cls(case, actor, case.member(actor).stand.private.quantiles(levels), draws, seed)

    def of_place(self, at: float) -> Numbers:
        """Return the utility of a place: 1 at the actor's own, falling to 0 over the scale's length; shape (draws,)."""
        return 1 - np.abs(at - self.positions) / self.case.issue.scale.length

    @property
    def of_nothing(self) -> Numbers:
        """The utility of the status quo."""
        issue = self.case.issue
        return self.of_place(issue.option(issue.status_quo).at)


def _seen(name: str, rows: Sequence[Row[ForumOffer]], views: _Views) -> Forum:
    """Return a forum with its own forecast and the actor's gain."""
    case, world = views.case, views.case.dossier.world
    records = [row.record for row in rows]
    members = _members(records, case)
    mandates = tuple(
        _mandated(name, subject, world, case.meeting.on) for subject in dict.fromkeys(r.subject for r in records)
    )
    barred = {one.subject for one in mandates if not one.basis and not records[0].members}
    menu = [one for one in records if one.subject not in barred]
    found = Forum(
        forum=name,
        name=world.name(name),
        way=records[0].way,
        members=members,
        inside=views.actor in members,
        rule="",
        can_block=False,
        mandates=mandates,
        blocks_alone=(),
        outcomes=(),
        utility=None,
        acting=None,
        gain=None,
        prevents=None,
        cost=float(np.mean([one.cost for one in menu or records])),
        days=max(one.days for one in menu or records),
        publicity=max((one.publicity for one in menu or records), key=_PUBLICITY.index),
        rank_to_act=None,
        rank_to_stop=None,
    )
    if not menu:
        subjects = ", ".join(sorted(barred))
        missing = f"no mandate on {subjects} is on record for {case.meeting.on}; one goes into world/mandates.csv"
        return replace(found, problem=missing)
    try:
        rule, blocks, chances = _chances(menu, views)
    except FoedusError as error:
        return replace(found, problem=str(error))
    return _valued(
        replace(found, rule=rule, blocks_alone=blocks, can_block=views.actor in blocks), menu, chances, views
    )


def _mandated(name: str, subject: str, world: World, on: Day) -> Mandated:
    for one in on_day(world.mandates, on):
        if (one.organisation, one.subject) == (name, subject):
            return Mandated(subject, one.decides, one.basis, one.binding, one.verified, one.source)
    return Mandated(subject, "", "", False, False, "")


def _chances(menu: Sequence[ForumOffer], views: _Views) -> tuple[str, tuple[str, ...], dict[float, Numbers | float]]:
    """Return the rule in words, who blocks alone, and the probability of each place, the status quo's included."""
    case = views.case
    nothing = case.issue.option(case.issue.status_quo)
    if not menu[0].body:
        drawn: dict[float, Numbers | float] = {}
        left: Numbers = np.ones(views.draws)
        for one in menu:
            levels = Streams(views.seed).uniforms(one.forum, one.produces, "chance", start=0, stop=views.draws)
            share = np.minimum(range_of(one, "chance").quantiles(levels), left)
            drawn[one.at] = share
            left = left - share
        drawn[nothing.at] = left
        return "chances judged by the author; no body decides", tuple(menu[0].members), drawn
    other = _elsewhere(menu, case)
    answer = forecast(other, case.issue.id, case.as_of, case.meeting.name, draws=views.draws, seed=views.seed)
    return (
        answer.case.rule.words(),
        tuple(sorted(answer.case.seating.can_block_alone())),
        {option.at: option.probability for option in answer.options},
    )


def _elsewhere(menu: Sequence[ForumOffer], case: Case) -> Dossier:
    """Return the dossier with the question before another body, whose options are what it could produce."""
    issue, dossier = case.issue, case.dossier
    body = dossier.institutions.body(menu[0].body)
    procedure = body.procedure(menu[0].procedure or None)
    rule = body.rule(case.meeting.on, procedure)
    seated = set(seat(body, dossier.world, case.meeting.on, procedure, rule).members)
    nothing = issue.option(issue.status_quo)
    options = sorted({one.at: Option(one.produces, one.at) for one in menu}.values(), key=lambda one: one.at)
    moved: Issue = replace(
        issue,
        body=menu[0].body,
        procedure=procedure,
        options=tuple(sorted((nothing, *options), key=lambda one: one.at)),
        proposal=max(options, key=lambda one: abs(one.at - nothing.at)).label,
        additions=tuple(one for one in issue.additions if not one.outsiders() & seated),
    )
    same = body.id == dossier.institutions.body(issue.body).id
    settings = dossier.settings if same else dossier.settings.model_copy(update={"capability": None})
    issues = tuple(moved if one.id == issue.id else one for one in dossier.issues)
    return replace(dossier, issues=issues, settings=settings)


def _valued(found: Forum, menu: Sequence[ForumOffer], chances: Mapping[float, Numbers | float], views: _Views) -> Forum:
    issue = views.case.issue
    nothing = issue.option(issue.status_quo)
    cost = {one.at: one.cost for one in menu}
    named = {one.at: (one.produces, one.kind) for one in menu} | {nothing.at: (nothing.label, "status quo")}
    each = {at: np.broadcast_to(np.asarray(share, dtype=np.float64), (views.draws,)) for at, share in chances.items()}
    utility = sum(share * views.of_place(at) for at, share in each.items())
    decided = sum(share for at, share in each.items() if at != nothing.at)
    done = sum(share * (views.of_place(at) - cost[at]) for at, share in each.items() if at != nothing.at)
    gain = sum(
        share * (views.of_place(at) - cost[at] - views.of_nothing) for at, share in each.items() if at != nothing.at
    )
    outcomes = tuple(Outcome(*(named[at][0], at, named[at][1]), float(each[at].mean())) for at in sorted(each))
    sure = np.asarray(decided) > 0
    acting = Spread.of(np.asarray(done)[sure] / np.asarray(decided)[sure]) if sure.any() else None
    return replace(
        found,
        outcomes=outcomes,
        utility=Spread.of(np.asarray(utility)),
        acting=acting,
        gain=Spread.of(np.asarray(gain)),
        prevents=Spread.of(np.max([views.of_nothing - views.of_place(one.at) for one in menu], axis=0)),
    )


def ranked(found: Sequence[Forum]) -> list[Forum]:
    """Rank the forums in which the actor sits.

    To act: by gain, or, where it gains nowhere, by what is decided if something is. To stop others: where it can block,
    by what that prevents, then by all that it expects; no rank where there is nothing to prevent.
    """
    inside = [one for one in found if one.inside and one.gain is not None and one.acting is not None]
    wants = any(one.gain.mean > 0 for one in inside if one.gain is not None)

    def worth(one: Forum) -> float:
        value = one.gain if wants else one.acting
        return -np.inf if value is None else value.mean

    act = sorted(inside, key=lambda one: (-worth(one), one.forum))
    stop = sorted(
        (one for one in inside if one.can_block and one.prevents is not None and one.prevents.mean > 0),
        key=lambda one: (
            -round(one.prevents.mean if one.prevents else 0.0, 9),
            -(one.utility.mean if one.utility else 0.0),
            one.forum,
        ),
    )
    return [
        replace(
            one,
            rank_to_act=1 + act.index(one) if one in act else None,
            rank_to_stop=1 + stop.index(one) if one in stop else None,
        )
        for one in found
    ]


def _aspiration(views: _Views, offers: Sequence[Row[ForumOffer]], asked: float | None) -> float:
    if asked is not None:
        return asked
    nothing = float(views.of_nothing.mean())
    best = max((float(views.of_place(row.record.at).mean()) for row in offers), default=nothing)
    return nothing + max(best - nothing, 0.0) / 2


def _strategy(inside: Sequence[Forum], case: Case, aspiration: float, views: _Views) -> Choice:
    """Search with what each forum is worth in all: the utility of nothing and the gain over it."""
    usual = case.dossier.institutions.body(case.issue.body).seated_by.memberships
    nothing = float(views.of_nothing.mean())
    worth = {one.forum: nothing + one.gain.mean for one in inside if one.gain is not None}
    by = {way: {one.forum: worth[one.forum] for one in inside if one.way == way} for way in ("use", "change", "create")}
    home = next((name for name in by["use"] if name in usual), None)
    others = {name: value for name, value in by["use"].items() if name != home}
    first = None if home is None else (home, by["use"][home])
    return search(first, others, by["change"], by["create"], aspiration)


def _movers(forums: Sequence[Forum], case: Case) -> dict[str, tuple[Mover, ...]]:
    """Return who could hold hostage, shop or broker, of those of whom something is known."""
    issue, length = case.issue, case.issue.scale.length
    nothing, wanted = issue.option(issue.status_quo), issue.option(issue.proposal)
    open_ = [one for one in forums if one.outcomes]
    hostage, shopping, brokers = [], [], []
    for member in case.members:
        if member.stand.basis in {FROM_PRIOR, PRIOR_AND_GROUP}:
            continue
        place, actor = member.stand.private.mode, member.actor
        at = [one for one in open_ if actor in one.members]

        def gain(one: Forum, place: float = place) -> float:
            values = [(o.probability, abs(nothing.at - place) - abs(o.at - place)) for o in one.outcomes]
            return sum(share * value for share, value in values) / length

        loses = abs(wanted.at - place) > abs(nothing.at - place)
        if len(at) == 1 and len(open_) > 1 and loses and actor in at[0].blocks_alone:
            why = f"sits only there, blocks alone, and would rather have {nothing.label}"
            hostage.append(Mover(actor, (at[0].forum,), why))
        if len(at) < 2:
            continue
        ordered = sorted(at, key=gain)
        if gain(ordered[-1]) - gain(ordered[0]) > SHOPS:
            why = f"gains {gain(ordered[-1]) - gain(ordered[0]):.2f} of the scale by going to the first"
            shopping.append(Mover(actor, (ordered[-1].forum, ordered[0].forum), why))
        menu = {o.at for one in open_ for o in one.outcomes}
        best = min(menu, key=lambda spot: abs(spot - place))
        if min(nothing.at, wanted.at) < best < max(nothing.at, wanted.at):
            why = f"sits in each and would rather have something between {nothing.label} and {wanted.label}"
            brokers.append(Mover(actor, tuple(one.forum for one in at), why))
    return {"hostage": tuple(hostage), "shopping": tuple(shopping), "brokers": tuple(brokers)}
