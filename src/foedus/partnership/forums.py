"""``forum``: where an actor would act on an issue, where it would stop others, and who blocks where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.base.tables import Row
from foedus.cases.case import Case, checked_case
from foedus.dossiers import Dossier
from foedus.dossiers.stands import SILENT
from foedus.evidence import highest
from foedus.partnership.choices import score_choices
from foedus.partnership.forum_choice import Forum, ForumChoice, Mover
from foedus.partnership.forum_values import Views, decides_the_case, forum_seen, members_of
from foedus.partnership.inputs import FORUMS, ForumOffer, read_offers, sha256_of
from foedus.partnership.search_rule import Choice, search

DRAWS = 1_000


SHOPS = 0.05
"""What an actor must gain, as a share of the scale, for it to be said to take a question elsewhere."""


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
    views = Views.of(case, who, draws, seed)
    seen = [forum_seen(name, [row for row in kept if row.record.forum == name], views) for name in chosen]
    placed = ranked(seen)
    inside = [place for place in placed if place.gain is not None and place.inside]
    level = _aspiration(views, kept, aspiration)
    return ForumChoice(
        dossier=dossier.title,
        actor=who,
        issue=question.id,
        question=question.question,
        on=case.meeting.on,
        as_of=case.as_of,
        wants=any(place.gain.mean > 0 for place in inside if place.gain is not None),
        forums=tuple(placed),
        strategy=_strategy(inside, kept, case, level, views) if inside else None,
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
        members = members_of(rows, case)
        if actor not in members:
            raise FoedusError(
                f"--forum: {world.name(actor)} is no member of {world.name(name)} on {case.meeting.on}; "
                "it can neither act nor block there"
            )


def ranked(forums: Sequence[Forum]) -> list[Forum]:
    """Rank the forums in which the actor sits.

    To act: by gain, or, where it gains nowhere, by what is decided if something is. To stop others: where it can block,
    by what that prevents, then by all that it expects; no rank where there is nothing to prevent.
    """
    inside = [place for place in forums if place.inside and place.gain is not None and place.acting is not None]
    wants = any(place.gain.mean > 0 for place in inside if place.gain is not None)

    def worth(place: Forum) -> float:
        value = place.gain if wants else place.acting
        return -np.inf if value is None else value.mean

    act = sorted(inside, key=lambda place: (-worth(place), place.forum))
    stop = sorted(
        (place for place in forums if place.inside and place.can_block and place.prevents and place.prevents.mean > 0),
        key=lambda place: (
            -round(place.prevents.mean if place.prevents else 0.0, 9),
            -(place.utility.mean if place.utility else 0.0),
            place.forum,
        ),
    )
    return [
        replace(
            place,
            rank_to_act=1 + act.index(place) if place in act else None,
            rank_to_stop=1 + stop.index(place) if place in stop else None,
        )
        for place in forums
    ]


def _aspiration(views: Views, offers: Sequence[Row[ForumOffer]], asked: float | None) -> float:
    if asked is not None:
        return asked
    nothing = float(views.of_nothing.mean())
    best = max((float(views.of_place(row.record.at).mean()) for row in offers), default=nothing)
    return nothing + max(best - nothing, 0.0) / 2


def _strategy(
    inside: Sequence[Forum], offers: Sequence[Row[ForumOffer]], case: Case, aspiration: float, views: Views
) -> Choice:
    """Search with what each forum is worth in all: the utility of nothing and the gain over it.

    The usual forum is the one in which the case is decided, or else one that seats its body.
    """
    seats = case.dossier.institutions.body(case.issue.body).seated_by.memberships
    rows = {forum.forum: [row.record for row in offers if row.record.forum == forum.forum] for forum in inside}
    usual = [name for name in rows if decides_the_case(name, rows[name], case)] or list(seats)
    nothing = float(views.of_nothing.mean())
    worth = {place.forum: nothing + place.gain.mean for place in inside if place.gain is not None}
    by = {
        way: {place.forum: worth[place.forum] for place in inside if place.way == way}
        for way in ("use", "change", "create")
    }
    home = next((name for name in by["use"] if name in usual), None)
    others = {name: value for name, value in by["use"].items() if name != home}
    first = None if home is None else (home, by["use"][home])
    return search(first, others, by["change"], by["create"], aspiration)


def _movers(forums: Sequence[Forum], case: Case) -> dict[str, tuple[Mover, ...]]:
    """Return who could hold hostage, shop or broker, of those of whom something is known."""
    issue, length = case.issue, case.issue.scale.length
    nothing, wanted = issue.option(issue.status_quo), issue.option(issue.proposal)
    open_ = [seat for seat in forums if seat.outcomes]
    hostage, shopping, brokers = [], [], []
    for member in case.members:
        if member.stand.basis in SILENT:
            continue
        place, actor = member.stand.private.mode, member.actor
        at = [seat for seat in open_ if actor in seat.members]

        def gain(place_: Forum, place: float = place) -> float:
            values = [(o.probability, abs(nothing.at - place) - abs(o.at - place)) for o in place_.outcomes]
            return sum(share * value for share, value in values) / length

        loses = abs(wanted.at - place) > abs(nothing.at - place)
        if len(at) == 1 and len(open_) > 1 and loses and actor in at[0].blocks_alone:
            why = f"sits only there, blocks alone, and would rather have {nothing.label} than {wanted.label}"
            hostage.append(Mover(actor, (at[0].forum,), why))
        if len(at) < 2:
            continue
        ordered = sorted(at, key=gain)
        if gain(ordered[-1]) - gain(ordered[0]) > SHOPS:
            why = f"gains {gain(ordered[-1]) - gain(ordered[0]):.2f} of the scale by going to the first"
            shopping.append(Mover(actor, (ordered[-1].forum, ordered[0].forum), why))
        menu = {o.at for seat in open_ for o in seat.outcomes}
        best = min(menu, key=lambda spot: abs(spot - place))
        if min(nothing.at, wanted.at) < best < max(nothing.at, wanted.at):
            why = f"sits in each and would rather have something between {nothing.label} and {wanted.label}"
            brokers.append(Mover(actor, tuple(seat.forum for seat in at), why))
    return {"hostage": tuple(hostage), "shopping": tuple(shopping), "brokers": tuple(brokers)}
