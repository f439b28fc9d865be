"""The tables of a dossier that this room reads: means, demands, contingencies, what forums offer, and programmes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from foedus.base import cells
from foedus.base.days import Day
from foedus.base.errors import FoedusError, InputError, Problem, Problems
from foedus.base.estimates import Estimate
from foedus.base.files import as_text
from foedus.base.hashes import fingerprint
from foedus.base.tables import Row, column, render_table, scan_text
from foedus.dossiers import Dossier
from foedus.dossiers.redaction import without_values
from foedus.evidence import MARKINGS
from foedus.institutions.limits import packaged_limits
from foedus.issues import Issue
from foedus.world import World

Record = TypeVar("Record")

MEANS, DEMANDS, CONTINGENCIES, FORUMS = "means.csv", "demands.csv", "contingencies.csv", "forums.csv"
PROGRAMME = "programme.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """So many units of one kind that an owner has, how many of them are ready, and where they may go."""

    owner: str = column(cells.identifier(), "id of an actor of the world")
    kind: str = column(cells.identifier(), "what it is, such as tanker, airlift, maritime-patrol, air-defence")
    number: float = column(cells.number(0), "how many there are")
    ready_low: float = column(cells.number(0, 1), "share of them that is ready, at least")
    ready_mode: float = column(cells.number(0, 1), "likeliest share")
    ready_high: float = column(cells.number(0, 1), "at most")
    late: float = column(cells.number(0, 1), "share of a unit's use that is lost when it is moved after a crisis began")
    theatres: tuple[str, ...] = column(cells.identifiers(), "theatres to which it may go; blank: all", blank=())
    source: str = column(cells.text(300), "where the number comes from")
    as_of: Day = column(cells.day(), "the day for which the source gives it")
    note: str = column(cells.text(2000), "what a reader should know", blank="")
    marking: str = column(cells.choice(*MARKINGS), "who may read a report that uses it", blank="public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How many units of one kind a contingency needs in one theatre."""

    theatre: str = column(cells.identifier(), "id of the theatre, any word")
    contingency: str = column(cells.identifier(), "id of what may come, any word")
    kind: str = column(cells.identifier(), "as in means.csv")
    need_low: float = column(cells.number(0), "ready units needed, at least")
    need_mode: float = column(cells.number(0), "likeliest")
    need_high: float = column(cells.number(0), "at most")
    source: str = column(cells.text(300), "whose judgement it is, or where it stands")
    note: str = column(cells.text(2000), "why", blank="")
    marking: str = column(cells.choice(*MARKINGS), "who may read a report that uses it", blank="public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What may come, alone or together, and how likely: one row a combination; the rest is that nothing comes."""

    comes: tuple[str, ...] = column(cells.identifiers(), "the contingencies that come together, and no other")
    probability_low: float = column(cells.number(0, 1), "how likely, at least")
    probability_mode: float = column(cells.number(0, 1), "likeliest")
    probability_high: float = column(cells.number(0, 1), "at most")
    source: str = column(cells.text(300), "whose judgement it is")
    note: str = column(cells.text(2000), "why", blank="")
    marking: str = column(cells.choice(*MARKINGS), "who may read a report that uses it", blank="public")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumOffer:
    """What one forum could produce on an issue: an option of it, or something that would stand in for one."""

    forum: str = column(cells.identifier(), "id of an organisation or grouping; for a tie without one, any word")
    issue: str = column(cells.identifier(), "id of an issue")
    produces: str = column(cells.text(300), "label of an option of the issue, or of what would stand in for it")
    at: float = column(
        cells.number(), "its place on the issue's scale: of a substitute, what it is worth beside options"
    )
    kind: str = column(cells.choice("option", "substitute"), "which of the two")
    subject: str = column(
        cells.choice(
            "presence", "partnership", "operation", "monitoring", "capability", "aid", "sanctions", "economic", "text"
        ),
        "what the decision is about, as in mandates.csv",
    )
    body: str = column(cells.identifier(), "id of the body that decides there; blank: give chances", blank="")
    procedure: str = column(cells.text(60), "one of the body's procedures; blank: its usual one", blank="")
    way: str = column(
        cells.choice("use", "change", "create"),
        "whether the forum serves as it is, must be changed, or created",
        blank="use",
    )
    members: tuple[str, ...] = column(cells.identifiers(), "who is in a tie that is no organisation", blank=())
    chance_low: float | None = column(cells.number(0, 1), "without a body: how likely it comes, at least", blank=None)
    chance_mode: float | None = column(cells.number(0, 1), "likeliest", blank=None)
    chance_high: float | None = column(cells.number(0, 1), "at most", blank=None)
    cost: float = column(cells.number(0, 1), "what it costs to bring it about there, as a share of the scale")
    days: int = column(cells.whole_number(0, 100_000), "how long it takes")
    publicity: str = column(cells.choice("none", "some", "much"), "how much of the world would watch")
    source: str = column(cells.text(300), "where it stands, or whose judgement it is")
    note: str = column(cells.text(2000), "why", blank="")
    marking: str = column(cells.choice(*MARKINGS), "who may read a report that uses it", blank="public")


WORDS = ("none", "little", "some", "much")
"""Ordinal scores, the lowest first."""

ALL = "all"
"""Stands for a partner's whole bandwidth in the column of areas, and for the alliance's in that of partners."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a partner and the alliance think of one area of cooperation; blank words are left to assumptions."""

    partner: str = column(cells.identifier(), "id of an actor of the world; 'all' with area 'all': the alliance")
    area: str = column(cells.identifier(), "id of an area; 'all': the row gives the whole bandwidth in 'cost'")
    need: str = column(cells.choice(*WORDS), "how much the partner needs it", blank="")
    interest: str = column(cells.choice(*WORDS), "how much it wants it", blank="")
    capacity: str = column(cells.choice(*WORDS), "how deep it can go", blank="")
    alliance_interest: str = column(cells.choice(*WORDS), "how much the alliance wants it", blank="")
    alliance_offer: str = column(cells.choice(*WORDS), "how deep the alliance would go", blank="")
    sensitivity: str = column(cells.choice(*WORDS), "how much it would provoke somebody outside", blank="")
    cost: float = column(cells.number(0, above=True), "bandwidth that one step deeper takes", blank=1.0)
    acceptable: float | None = column(
        cells.number(0, 1), "how likely it is that no ally blocks it; blank: a shared forecast, or certain", blank=None
    )
    limit: str = column(cells.identifier(), "act in the state's own law that it touches, as in its limits", blank="")
    requires: tuple[str, ...] = column(cells.identifiers(), "areas without which it cannot be", blank=())
    basis: str = column(cells.text(500), "statements, sources or whose judgement the words rest on")
    known_on: Day | None = column(cells.day(), "day from which the row may be used; blank: always", blank=None)
    note: str = column(cells.text(2000), "why", blank="")
    marking: str = column(cells.choice(*MARKINGS), "who may read a report that uses it", blank="public")


TABLES: dict[str, type[Any]] = {
    MEANS: Means,
    DEMANDS: Demand,
    CONTINGENCIES: Coming,
    FORUMS: ForumOffer,
    PROGRAMME: Wish,
}


def rows_of(dossier: Dossier, file: str, record: type[Record]) -> tuple[Row[Record], ...]:
    """Return the rows of one of a dossier's tables; none where it has no such table.

    Raises
    ------
    InputError
        With every wrong cell; read with a limit, no cell is quoted.
    """
    data = dict(dossier.carried).get(file)
    if data is None:
        return ()
    rows, problems = scan_text(as_text(data, file), record, file)
    if problems:
        raise refused(dossier, InputError(problems))
    return rows


def refused(dossier: Dossier, error: InputError) -> InputError:
    """Return an error as a reader with the dossier's limit may see it."""
    return error if dossier.max_marking is None else without_values(error.problems)


def sha256_of(tables: Iterable[tuple[str, type[Any], Iterable[Row[Any]]]]) -> str:
    """Return one hash over what tables say, however they are spelt."""
    return fingerprint(
        (file, render_table(record, (row.record for row in rows)).encode()) for file, record, rows in tables
    )


def range_of(record: object, name: str) -> Estimate:
    """Return the range of a record's three columns, such as ``need_low``, ``need_mode`` and ``need_high``."""
    return Estimate(*(getattr(record, f"{name}_{which}") for which in ("low", "mode", "high")))


def check_range(row: Row[Record], name: str, problems: Problems) -> None:
    """Note a range whose three values are out of order."""
    low, mode, high = (getattr(row.record, f"{name}_{which}") for which in ("low", "mode", "high"))
    if not low <= mode <= high:
        expected = f"{name}_low at most {name}_mode, and that at most {name}_high"
        problems.add(expected, where=row.where, field=name, value=f"{low:g}, {mode:g}, {high:g}")


def read_supply(
    dossier: Dossier,
) -> tuple[tuple[Row[Means], ...], tuple[Row[Demand], ...], tuple[Row[Coming], ...]]:
    """Return a dossier's means, demands and contingencies, checked against each other.

    Raises
    ------
    InputError
        With every problem: ranges out of order, an owner that is no actor, a theatre or contingency that no other row
        names, a combination or need given twice, probabilities that sum to more than 1.
    """
    means = rows_of(dossier, MEANS, Means)
    demands = rows_of(dossier, DEMANDS, Demand)
    coming = rows_of(dossier, CONTINGENCIES, Coming)
    wrong = [
        *_wrong_means(means, {row.record.theatre for row in demands}, dossier.world),
        *_wrong_demands(
            demands, {contingency for row in coming for contingency in row.record.comes} if coming else None
        ),
        *_wrong_coming(coming, {row.record.contingency for row in demands} if demands else None),
    ]
    if wrong:
        raise refused(dossier, InputError(wrong))
    return means, demands, coming


def _wrong_means(rows: Iterable[Row[Means]], theatres: set[str], world: World) -> Iterable[Problem]:
    problems = Problems(MEANS)
    for row in rows:
        check_range(row, "ready", problems)
        owner = row.record.owner
        if owner not in world.actors:
            expected = f"the id of an actor of the world{world.nearest_ids(owner)}"
            problems.add(expected, where=row.where, field="owner", value=owner)
        for theatre in row.record.theatres:
            if theatres and theatre not in theatres:
                expected = f"a theatre of {DEMANDS}: {', '.join(sorted(theatres))}"
                problems.add(expected, where=row.where, field="theatres", value=theatre)
    return problems.found


def _wrong_demands(rows: Iterable[Row[Demand]], known: set[str] | None) -> Iterable[Problem]:
    problems, seen = Problems(DEMANDS), set()
    for row in rows:
        demand = row.record
        check_range(row, "need", problems)
        if known is not None and demand.contingency not in known:
            expected = f"a contingency of {CONTINGENCIES}: {', '.join(sorted(known))}"
            problems.add(expected, where=row.where, field="contingency", value=demand.contingency)
        key = demand.theatre, demand.contingency, demand.kind
        if key in seen:
            problems.add("theatre, contingency and kind once", where=row.where, value=", ".join(key))
        seen.add(key)
    return problems.found


def _wrong_coming(rows: tuple[Row[Coming], ...], known: set[str] | None) -> Iterable[Problem]:
    problems, seen = Problems(CONTINGENCIES), set()
    for row in rows:
        coming = row.record
        check_range(row, "probability", problems)
        for name in coming.comes:
            if known is not None and name not in known:
                expected = f"a contingency of {DEMANDS}: {', '.join(sorted(known))}"
                problems.add(expected, where=row.where, field="comes", value=name)
        if frozenset(coming.comes) in seen:
            problems.add("each combination once", where=row.where, field="comes", value=" ".join(coming.comes))
        seen.add(frozenset(coming.comes))
    total = sum(row.record.probability_mode for row in rows)
    if total > 1 + 1e-9:
        problems.add("probabilities that sum to 1 or less", field="probability_mode", value=f"{total:g}")
    return problems.found


def read_offers(dossier: Dossier) -> tuple[Row[ForumOffer], ...]:
    """Return what the forums of a dossier could produce, checked against its issues, bodies and the world.

    Raises
    ------
    InputError
        With every problem: an issue, organisation, member or body that does not exist, a place off the scale, an option
        that stands elsewhere, chances where a body decides or neither, one product twice.
    """
    rows, problems, seen = rows_of(dossier, FORUMS, ForumOffer), Problems(FORUMS), set()
    issues = {listed.id: listed for listed in dossier.issues}
    for row in rows:
        offer = row.record
        issue = issues.get(offer.issue)
        if issue is None or not issue.ordered:
            expected = f"an issue with a scale: {', '.join(name for name, it in issues.items() if it.ordered)}"
            problems.add(expected, where=row.where, field="issue", value=offer.issue)
            continue
        _check_offer(row, issue, dossier, problems)
        key = offer.forum, offer.issue, offer.produces
        if key in seen:
            problems.add("forum, issue and product once", where=row.where, value=", ".join(key))
        seen.add(key)
    if problems.found:
        raise refused(dossier, InputError(problems.found))
    return rows


def _check_offer(row: Row[ForumOffer], issue: Issue, dossier: Dossier, problems: Problems) -> None:
    offer, world = row.record, dossier.world
    places = {option.label: option.at for option in issue.options}
    if not issue.scale.low <= offer.at <= issue.scale.high:
        expected = f"a place on the scale from {issue.scale.low:g} to {issue.scale.high:g}"
        problems.add(expected, where=row.where, field="at", value=f"{offer.at:g}")
    if offer.kind == "option" and places.get(offer.produces) != offer.at:
        expected = "label and place of an option: " + ", ".join(f"{name} at {at:g}" for name, at in places.items())
        problems.add(expected, where=row.where, field="produces", value=f"{offer.produces} at {offer.at:g}")
    if offer.at == places[issue.status_quo]:
        problems.add("a place other than the status quo's", where=row.where, field="at", value=f"{offer.at:g}")
    if not offer.members and offer.forum not in world.actors:
        expected = f"the id of an organisation, or members in their column{world.nearest_ids(offer.forum)}"
        problems.add(expected, where=row.where, field="forum", value=offer.forum)
    for actor in offer.members:
        if actor not in world.actors:
            expected = f"ids of actors of the world{world.nearest_ids(actor)}"
            problems.add(expected, where=row.where, field="members", value=actor)
    if offer.body:
        try:
            dossier.institutions.body(offer.body).procedure(offer.procedure or None)
        except FoedusError as error:
            problems.add(str(error), where=row.where, field="body")
    chances = offer.chance_low, offer.chance_mode, offer.chance_high
    if offer.body and chances != (None, None, None):
        problems.add("no chances: the body's own forecast gives them", where=row.where, field="chance_mode")
    elif not offer.body and None in chances:
        problems.add("a body, or chance_low, chance_mode and chance_high", where=row.where, field="body")
    elif not offer.body:
        check_range(row, "chance", problems)


def read_programme(dossier: Dossier, known: Mapping[str, object]) -> tuple[Row[Wish], ...]:
    """Return what partners and the alliance think of areas, checked against the menu of areas and the world.

    Raises
    ------
    InputError
        With every problem: an area that is not on the menu, a partner that is no actor, a limit that is not described,
        an area that needs itself or one without a row, a row given twice.
    """
    rows, problems, seen = rows_of(dossier, PROGRAMME, Wish), Problems(PROGRAMME), set()
    named = {(row.record.partner, row.record.area) for row in rows}
    for row in rows:
        wish = row.record
        if wish.partner not in dossier.world.actors and (wish.partner, wish.area) != (ALL, ALL):
            expected = f"the id of an actor of the world{dossier.world.nearest_ids(wish.partner)}"
            problems.add(expected, where=row.where, field="partner", value=wish.partner)
        if wish.area not in known and wish.area != ALL:
            near = difflib.get_close_matches(wish.area, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f": {', '.join(known)}"
            problems.add(f"an area on the menu{hint}", where=row.where, field="area", value=wish.area)
        if wish.limit and wish.limit not in _acts_of(wish.partner):
            acts = ", ".join(_acts_of(wish.partner)) or "none, leave it blank"
            problems.add(f"an act whose limits are described: {acts}", where=row.where, field="limit", value=wish.limit)
        for other in wish.requires:
            if other == wish.area or (wish.partner, other) not in named:
                expected = "other areas of the same partner that have a row"
                problems.add(expected, where=row.where, field="requires", value=other)
        if (wish.partner, wish.area) in seen:
            problems.add("partner and area once", where=row.where, value=f"{wish.partner}, {wish.area}")
        seen.add((wish.partner, wish.area))
    if problems.found:
        raise refused(dossier, InputError(problems.found))
    return rows


def _acts_of(actor: str) -> tuple[str, ...]:
    known = packaged_limits().get(actor)
    return () if known is None else tuple(known.acts)
