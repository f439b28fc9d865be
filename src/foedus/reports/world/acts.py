"""What was done that a rival may answer, and what it answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.reports.world.happenings import no_such
from foedus.reports.world.page import Page, columns, listing, remark, row_of, rows_of
from foedus.world import Act, World
from foedus.world.acts import Answer


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts are asked for; None is all.

    Attributes
    ----------
    by, to
        The actor, and the rival to whom they are addressed.
    act_class, about
        Their class and their object.
    until
        As far as it was known on this day.
    """

    by: str | None = None
    to: str | None = None
    act_class: str | None = None
    about: str | None = None
    until: Day | None = None

    def has(self, act: Act) -> bool:
        """Tell whether an act is asked for."""
        return (
            (self.until is None or act.known_on <= self.until)
            and self.by in {None, act.actor}
            and self.act_class in {None, act.act_class}
            and self.about in {None, act.object}
            and (self.to is None or self.to in act.addressed_to)
        )


def acts(world: World, wanted: Wanted) -> Page:
    """Return acts that rivals may answer, with their answers."""
    day = wanted.until
    chosen = [row for row in sorted(world.acts.values(), key=lambda row: (row.start, row.id)) if wanted.has(row)]
    shown = columns(
        "day=start id by=actor class=act_class about=object what=name answers note",
        answers=lambda row: _answers_in_words(world, row, day),
    )
    listed = rows_of(chosen, answers=lambda row: rows_of(_answers(world, row, day), "act"), searched=_searchers(world))
    answer = {
        "until": day,
        "by": wanted.by,
        "class": wanted.act_class,
        "object": wanted.about,
        "to": wanted.to,
        "acts": listed,
    }
    return Page(answer, [listing("acts", f"Acts: {len(chosen)}", shown, chosen)], day)


def _answers(world: World, act: Act, day: Day | None) -> list[Answer]:
    rows = [answer for answer in world.answers if answer.act == act.id and (day is None or answer.known_on <= day)]
    return sorted(rows, key=lambda row: (row.on, row.kind))


def _answers_in_words(world: World, act: Act, day: Day | None) -> str:
    """Return answers by kind and day; tells a search that found none from no search at all."""
    rows = _answers(world, act, day)
    told = [
        f"{'' if (row.actor,) == act.addressed_to else row.actor + ' '}{row.kind} {row.on}"
        + ("" if row.attribution == "stated" else f" ({row.attribution})")
        + ("" if row.verified else " UNVERIFIED")
        for row in rows
    ]
    for rival in act.addressed_to:
        if not any(row.actor == rival for row in rows):
            searched = any((search.act, search.actor) == (act.id, rival) for search in world.searches)
            whose = f"{rival} " if len(act.addressed_to) > 1 else ""
            told.append(f"{whose}{'none found' if searched else 'nobody looked'}")
    return "; ".join(told)


def _searchers(world: World) -> Callable[[Act], bool]:
    searched = {search.act for search in world.searches}
    return lambda act: act.id in searched


def act(world: World, name: str, day: Day | None) -> Page:
    """Return all that is known of one act: its source, the answers to it, and the searches that found none."""
    if name not in world.acts:
        raise no_such("act", name, "foedus world acts", world.acts)
    record = world.acts[name]
    if day is not None and record.known_on > day:
        raise FoedusError(f"{name} was not known before {record.known_on}")
    answers = _answers(world, record, day)
    searches = [search for search in world.searches if search.act == name]
    who = ", ".join(world.name(id_) for id_ in record.addressed_to)
    title = f"{record.start}: {record.name} (by {world.name(record.actor)}; {record.act_class}, {record.object})"
    source = f"{world.sources[record.source].title}, {world.sources[record.source].url}".rstrip(", ")
    note = f"{remark(record).rstrip('. ')}. ".lstrip(". ")
    shown = columns(
        "day=on until by=actor kind tied=attribution what=measure source note",
        world,
        until=lambda row: row.end or ("" if row.seen is None else f"seen until {row.seen}"),
    )
    above = f"{note}Source: {source}. Answers of {who} and others: {len(answers)}"
    unsought = "" if answers or searches else "nobody has looked for an answer"
    parts = [listing("act", title, shown, answers, unsought, above=above)]
    if searches:
        looked = columns("day=on by where note=note")
        parts.append(listing("searches", "Searches that found none", looked, searches))
    answer = {
        "until": day,
        "act": row_of(record),
        "answers": rows_of(answers, "act"),
        "searches": rows_of(searches, "act"),
    }
    return Page(answer, parts, day)
