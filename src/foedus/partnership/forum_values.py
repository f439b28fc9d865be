"""What a forum could come to, by its own rule and members, and what that is worth to an actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.base.tables import Row
from foedus.cases.case import Case
from foedus.dossiers import Dossier, Range
from foedus.forecasts import Forecast, forecast
from foedus.institutions import Seating, seat
from foedus.issues import Issue, Option
from foedus.partnership.allocated import Spread
from foedus.partnership.forum_choice import Forum, Mandated, Outcome
from foedus.partnership.inputs import ForumOffer, range_of
from foedus.world import World
from foedus.world.days import on_day

Numbers = NDArray[np.float64]


_PUBLICITY = ("none", "some", "much")


def members_of(rows: Sequence[ForumOffer], case: Case) -> tuple[str, ...]:
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
class Views:
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
    def of(cls, case: Case, actor: str, draws: int, seed: int) -> Views:
        """Draw where the actor stands on the issue."""
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


def forum_seen(name: str, rows: Sequence[Row[ForumOffer]], views: Views) -> Forum:
    """Return a forum with its own forecast and the actor's gain."""
    case, world = views.case, views.case.dossier.world
    records = [row.record for row in rows]
    members = members_of(records, case)
    own = decides_the_case(name, records, case)
    names = _names(name, records, case)
    mandates = tuple(
        _mandated(names, subject, world, case.meeting.on) for subject in dict.fromkeys(r.subject for r in records)
    )
    if own:
        mandates = tuple(mandate if mandate.basis else _own_matter(mandate.subject, case) for mandate in mandates)
    barred = {mandate.subject for mandate in mandates if not mandate.basis and not records[0].members}
    menu = [record for record in records if record.subject not in barred]
    seen = Forum(
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
        cost=float(np.mean([record.cost for record in menu or records])),
        days=max(record.days for record in menu or records),
        publicity=max((record.publicity for record in menu or records), key=_PUBLICITY.index),
        rank_to_act=None,
        rank_to_stop=None,
    )
    if not menu:
        subjects = ", ".join(sorted(barred))
        missing = f"no mandate on {subjects} is on record for {case.meeting.on}; one goes into world/mandates.csv"
        return replace(seen, problem=missing)
    try:
        come = _chances(menu, views, _deciding(menu, mandates))
    except FoedusError as error:
        return replace(seen, problem=str(error))
    stops = come.blocks or ()
    told = replace(
        seen,
        rule=come.rule,
        blocks_alone=stops,
        blocks_known=come.blocks is not None,
        can_block=views.actor in stops,
        known=come.known,
        prevents=Spread.of(np.max([views.of_nothing - views.of_place(record.at) for record in menu], axis=0)),
    )
    if come.known == 0 and not own:
        return replace(told, problem=f"no position of its {len(members)} members is known, so no chance is given")
    return _valued(told, menu, come, views)


def decides_the_case(forum: str, rows: Sequence[ForumOffer], case: Case) -> bool:
    """Return whether a forum is the one in which the case itself is decided: by its body, or its organisation."""
    return rows[0].body == case.body.id or (not rows[0].body and forum in {case.body.id, case.body.organisation})


def _own_matter(subject: str, case: Case) -> Mandated:
    """Return what is told of the mandate of the case's own body, where the tables know of none."""
    basis = f"this case is put to it: {case.body.name}"
    return Mandated(subject, "decides this question", basis, False, False, "", case.body.id, case.issue.procedure or "")


def _deciding(menu: Sequence[ForumOffer], mandates: Sequence[Mandated]) -> tuple[tuple[str, str], ...]:
    """Return the bodies, with their procedures, by which a forum without a body of its own in the table decides."""
    subjects = {forum_offer.subject for forum_offer in menu}
    named = ((mandate.body, mandate.procedure) for mandate in mandates if mandate.subject in subjects and mandate.body)
    return tuple(dict.fromkeys(named))


def _names(forum: str, rows: Sequence[ForumOffer], case: Case) -> tuple[str, ...]:
    """Return the ids under which a mandate may stand: the forum's, its body's, and that of the body's organisation."""
    bodies = [row.body for row in rows if row.body]
    owners = [case.dossier.institutions.body(body).organisation for body in bodies]
    return tuple(dict.fromkeys((forum, *bodies, *owners)))


def _mandated(names: Sequence[str], subject: str, world: World, on: Day) -> Mandated:
    known = on_day(world.mandates, on)
    for name in names:
        for mandate in (each for each in known if (each.organisation, each.subject) == (name, subject)):
            return Mandated(
                subject,
                mandate.decides,
                mandate.basis,
                mandate.binding,
                mandate.verified,
                mandate.source,
                mandate.body,
                mandate.procedure,
            )
    return Mandated(subject, "", "", False, False, "")


@dataclass(frozen=True, slots=True)
class _Chances:
    """What a forum may come to.

    Attributes
    ----------
    rule
        In words.
    blocks
        Who blocks alone; None where that is not known.
    by_place
        The probability of each place, the status quo's included.
    known
        How many members have a known position; None where the chances are the author's.
    otherwise
        The same by place, where all silent members want the status quo, and where all want what is furthest from it;
        none where nobody is silent.
    """

    rule: str
    blocks: tuple[str, ...] | None
    by_place: dict[float, Numbers | float]
    known: int | None = None
    otherwise: tuple[dict[float, Numbers | float], ...] = ()


def _chances(menu: Sequence[ForumOffer], views: Views, deciding: Sequence[tuple[str, str]]) -> _Chances:
    """Return what a forum may come to, by its own forecast or by the chances of the table.

    Where the table gives chances and no body, who blocks is told by the bodies that the mandates name; it is None
    where they name none and no members are listed.
    """
    case = views.case
    nothing = case.issue.option(case.issue.status_quo)
    if not menu[0].body:
        drawn: dict[float, Numbers | float] = {}
        left: Numbers = np.ones(views.draws)
        for forum_offer in menu:
            levels = Streams(views.seed).uniforms(
                forum_offer.forum, forum_offer.produces, "chance", start=0, stop=views.draws
            )
            share = np.minimum(range_of(forum_offer, "chance").quantiles(levels), left)
            drawn[forum_offer.at] = share
            left = left - share
        drawn[nothing.at] = left
        judged = "chances judged by the author"
        if menu[0].members:
            return _Chances(f"{judged}; no body decides", tuple(menu[0].members), drawn)
        if not deciding:
            return _Chances(f"{judged}; who can block it is not known, since no body is named", None, drawn)
        seats = [_seated(*part, case) for part in deciding]
        rules = "; ".join(dict.fromkeys(seating.rule.words() for seating in seats))
        return _Chances(
            f"{judged}; {rules}", tuple(sorted(set().union(*(seating.can_block_alone() for seating in seats)))), drawn
        )
    other = _elsewhere(menu, case)

    def answered(dossier: Dossier) -> Forecast:
        return forecast(dossier, case.issue.id, case.as_of, case.meeting.name, draws=views.draws, seed=views.seed)

    answer = answered(other)
    seated = answer.case
    known = len(seated.seats) - len(seated.silent)
    furthest = max((record.at for record in menu), key=lambda at: abs(at - nothing.at))
    ends = (nothing.at, furthest) if known and seated.silent else ()
    return _Chances(
        seated.rule.words(),
        tuple(sorted(seated.seating.can_block_alone())),
        _by_place(answer),
        known=known,
        otherwise=tuple(_by_place(answered(_with_silent_at(other, case.issue.id, at))) for at in ends),
    )


def _by_place(answer: Forecast) -> dict[float, Numbers | float]:
    return {option.at: option.probability for option in answer.options}


def _with_silent_at(dossier: Dossier, issue: str, at: float) -> Dossier:
    """Return the dossier with all silent members at one place."""
    there = Range(low=at, mode=at, high=at)
    moved = [
        settings.model_copy(update={"priors": settings.priors.model_copy(update={"position": there})})
        if settings.id == issue
        else settings
        for settings in dossier.settings.issues
    ]
    return replace(dossier, settings=dossier.settings.model_copy(update={"issues": moved}))


def _seated(name: str, procedure: str, case: Case) -> Seating:
    """Return the seats of a body on the day of the case's meeting."""
    return seat(case.dossier.institutions.body(name), case.dossier.world, case.meeting.on, procedure or None)


def _elsewhere(menu: Sequence[ForumOffer], case: Case) -> Dossier:
    """Return the dossier with the question before another body, whose options are what it could produce."""
    issue, dossier = case.issue, case.dossier
    body = dossier.institutions.body(menu[0].body)
    procedure = body.procedure(menu[0].procedure or None)
    rule = body.rule(case.meeting.on, procedure)
    seated = set(seat(body, dossier.world, case.meeting.on, procedure, rule).members)
    nothing = issue.option(issue.status_quo)
    options = sorted(
        {forum_offer.at: Option(forum_offer.produces, forum_offer.at) for forum_offer in menu}.values(),
        key=lambda option: option.at,
    )
    moved: Issue = replace(
        issue,
        body=menu[0].body,
        procedure=procedure,
        options=tuple(sorted((nothing, *options), key=lambda option: option.at)),
        proposal=max(options, key=lambda option: abs(option.at - nothing.at)).label,
        additions=tuple(addition for addition in issue.additions if not addition.outsiders() & seated),
    )
    same = body.id == dossier.institutions.body(issue.body).id
    settings = dossier.settings if same else dossier.settings.model_copy(update={"capability": None})
    issues = tuple(moved if listed.id == issue.id else listed for listed in dossier.issues)
    return replace(dossier, issues=issues, settings=settings)


def _valued(seen: Forum, menu: Sequence[ForumOffer], come: _Chances, views: Views) -> Forum:
    issue = views.case.issue
    nothing = issue.option(issue.status_quo)
    cost = {forum_offer.at: forum_offer.cost for forum_offer in menu}
    named = {forum_offer.at: (forum_offer.produces, forum_offer.kind) for forum_offer in menu} | {
        nothing.at: (nothing.label, "status quo")
    }

    def drawn(by_place: Mapping[float, Numbers | float]) -> dict[float, Numbers]:
        return {
            at: np.broadcast_to(np.asarray(share, dtype=np.float64), (views.draws,)) for at, share in by_place.items()
        }

    def gains(chances: Mapping[float, Numbers]) -> Numbers:
        parts = [
            share * (views.of_place(at) - cost[at] - views.of_nothing)
            for at, share in chances.items()
            if at != nothing.at
        ]
        return np.asarray(sum(parts, np.zeros(views.draws)))

    each, others = drawn(come.by_place), [drawn(other) for other in come.otherwise]
    utility = sum(share * views.of_place(at) for at, share in each.items())
    decided = sum(share for at, share in each.items() if at != nothing.at)
    done = sum(share * (views.of_place(at) - cost[at]) for at, share in each.items() if at != nothing.at)
    sure = np.asarray(decided) > 0
    acting = Spread.of(np.asarray(done)[sure] / np.asarray(decided)[sure]) if sure.any() else None
    gain = Spread.of(gains(each))
    around = [gain, *(Spread.of(gains(other)) for other in others)]
    return replace(
        seen,
        outcomes=tuple(Outcome(*(named[at][0], at, named[at][1]), *_range(at, each, others)) for at in sorted(each)),
        utility=Spread.of(np.asarray(utility)),
        acting=acting,
        gain=Spread(gain.mean, min(spread.q10 for spread in around), max(spread.q90 for spread in around)),
    )


def _range(
    at: float, each: Mapping[float, Numbers], others: Sequence[Mapping[float, Numbers]]
) -> tuple[float, float, float]:
    """Return how likely a place is, and the least and the most of it."""
    drawn = Spread.of(each[at])
    shares = [float(other[at].mean()) for other in others if at in other]
    return drawn.mean, min(drawn.mean, drawn.q10, *shares), max(drawn.mean, drawn.q90, *shares)
