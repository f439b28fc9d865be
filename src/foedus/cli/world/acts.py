"""``foedus world acts``: what was done that a rival may answer, and what it answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.world.runner import Page, Table, about_the_world, columns, maybe_day, remark, row_of, rows_of

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.world import Act, World
else:
    World = object  # signatures are read when the program starts; the world is loaded when a command runs


@about_the_world
def acts(
    world: World,
    act: Annotated[str | None, typer.Argument(metavar="[ACT]", help="The id of one act; by default all.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="ACTOR", help="Done by this actor, such as nato.")] = None,
    act_class: Annotated[
        str | None, typer.Option("--class", metavar="CLASS", help="One class, such as office or transit.")
    ] = None,
    about: Annotated[
        str | None, typer.Option("--object", metavar="OBJECT", help="About this, such as alliance or taiwan.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="RIVAL", help="Addressed to this rival, such as CHN or RUS.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="As far as it was known on this day (YYYY-MM-DD).")
    ] = None,
) -> Page:
    """List acts that rivals may answer, with their answers, or tell of one act all that is known."""
    day = maybe_day(end)
    if act is not None:
        return _one(world, act, day)
    _known_word("--class", act_class, sorted({one.act_class for one in world.acts.values()}))
    _known_word("--object", about, sorted({one.object for one in world.acts.values()}))
    actor, rival = (world.find(one) if one is not None else None for one in (by, to))
    found = [
        one
        for one in sorted(world.acts.values(), key=lambda one: (one.start, one.id))
        if (day is None or one.known_on <= day)
        and actor in {None, one.actor}
        and act_class in {None, one.act_class}
        and about in {None, one.object}
        and (rival is None or rival in one.addressed_to)
    ]
    shown = columns(
        "day=start id by class about what answers note",
        by=lambda one: one.actor,
        **{"class": lambda one: one.act_class},
        about=lambda one: one.object,
        what=lambda one: one.name,
        answers=lambda one: _answers_in_words(world, one, day),
    )
    listed = rows_of(found, answers=lambda one: rows_of(_answers(world, one, day), "act"), searched=_searchers(world))
    answer = {"until": day, "by": actor, "class": act_class, "object": about, "to": rival, "acts": listed}
    return Page(answer, [Table(f"Acts: {len(found)}", shown, found)], day)


def _known_word(option: str, word: str | None, known: list[str]) -> None:
    from foedus.base.errors import FoedusError

    if word is not None and word not in known:
        raise FoedusError(f"{option}: no {word!r} on record; known are {', '.join(known)}")


def _answers(world: World, act: Act, day: Day | None) -> list[Any]:
    rows = [one for one in world.answers if one.act == act.id and (day is None or one.known_on <= day)]
    return sorted(rows, key=lambda one: (one.on, one.kind))


def _answers_in_words(world: World, act: Act, day: Day | None) -> str:
    """Return answers by kind and day; tells a search that found none from no search at all."""
    rows = _answers(world, act, day)
    told = [
        f"{'' if (one.actor,) == act.addressed_to else one.actor + ' '}{one.kind} {one.on}"
        + ("" if one.attribution == "stated" else f" ({one.attribution})")
        + ("" if one.verified else " UNVERIFIED")
        for one in rows
    ]
    for rival in act.addressed_to:
        if not any(one.actor == rival for one in rows):
            searched = any((one.act, one.actor) == (act.id, rival) for one in world.searches)
            whose = f"{rival} " if len(act.addressed_to) > 1 else ""
            told.append(f"{whose}{'none found' if searched else 'nobody looked'}")
    return "; ".join(told)


def _searchers(world: World) -> Any:
    searched = {one.act for one in world.searches}
    return lambda act: act.id in searched


def _one(world: World, act: str, day: Day | None) -> Page:
    import difflib

    from foedus.base.errors import FoedusError

    if act not in world.acts:
        near = difflib.get_close_matches(act, world.acts, n=4, cutoff=0.4)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; 'foedus world acts' lists them"
        raise FoedusError(f"no act {act!r}{hint}")
    found = world.acts[act]
    if day is not None and found.known_on > day:
        raise FoedusError(f"{act} was not known before {found.known_on}")
    answers = _answers(world, found, day)
    searches = [one for one in world.searches if one.act == act]
    who = ", ".join(world.name(one) for one in found.addressed_to)
    what = f"by {world.name(found.actor)}; {found.act_class}, {found.object}"
    title = f"{found.start}: {found.name} ({what}). {remark(found)}"
    source = f"{world.sources[found.source].title}, {world.sources[found.source].url}".rstrip(", ")
    shown = columns(
        "day=on until by kind tied what source note",
        until=lambda one: one.end or ("" if one.seen is None else f"seen until {one.seen}"),
        by=lambda one: one.actor,
        tied=lambda one: one.attribution,
        what=lambda one: one.measure,
        source=lambda one: world.sources[one.source].title,
    )
    parts: list[Table | str] = [
        Table(f"{title.rstrip('. ')}. Source: {source}. Answers of {who} and others: {len(answers)}", shown, answers)
    ]
    if searches:
        parts.append(
            Table("\nSearches that found none", columns("day=on by where note", note=lambda one: one.note), searches)
        )
    elif not answers:
        parts.append("nobody has looked for an answer")
    answer = {
        "until": day,
        "act": row_of(found),
        "answers": rows_of(answers, "act"),
        "searches": rows_of(searches, "act"),
    }
    return Page(answer, parts, day)
