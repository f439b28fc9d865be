"""The commands on the world: what each is asked, in options; `foedus.reports.world` answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import OnDay
from foedus.cli.world.runner import about_the_world, days_between, maybe_day, require_known, the_day

if TYPE_CHECKING:
    from foedus.reports.world import Page
    from foedus.world import World
else:
    World = Page = object  # signatures are read when the program starts; the world is loaded when a command runs

Organisation = Annotated[str, typer.Argument(metavar="ORGANISATION", help="Such as nato, eu or quad.")]
OneActor = Annotated[str | None, typer.Argument(metavar="[ACTOR]", help="One actor; by default all.")]
FromDay = Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day (YYYY-MM-DD).")]
UntilDay = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to this day, included.")]


@about_the_world
def members(
    world: World,
    organisation: Organisation,
    on: OnDay = None,
    status: Annotated[
        str,
        typer.Option("--status", metavar="STATUS", help="Another standing, such as outside-military-structure."),
    ] = "member",
) -> Page:
    """List who belongs to an organisation on a day."""
    from foedus.reports.world import members
    from foedus.world.ties import STATUSES

    require_known("--status", "standing", status, STATUSES)
    return members(world, organisation, the_day(on), status)


@about_the_world
def partners(
    world: World,
    organisation: Organisation,
    on: OnDay = None,
    format: Annotated[  # noqa: A002 - the field's word
        str | None, typer.Option("--format", metavar="FORMAT", help="One format, such as indo-pacific-four.")
    ] = None,
) -> Page:
    """List an organisation's partners on a day, by format."""
    from foedus.reports.world import partners

    return partners(world, organisation, the_day(on), format)


@about_the_world
def instruments(
    world: World,
    partner: Annotated[str | None, typer.Argument(metavar="[PARTNER]", help="One partner, such as JPN.")] = None,
    on: OnDay = None,
) -> Page:
    """List partnership documents with adoption and expiry, and the goals that they name.

    Without --on those of all times; with it those adopted by the day and not expired.
    """
    from foedus.reports.world import instruments

    return instruments(world, partner, maybe_day(on))


@about_the_world
def presences(
    world: World,
    organisation: Organisation,
    on: OnDay = None,
    all_times: Annotated[bool, typer.Option("--all", help="Of all times, not only of the day.")] = False,
) -> Page:
    """List an organisation's offices abroad, and the missions to it, on a day."""
    from foedus.reports.world import presences

    day = the_day(on)
    return presences(world, organisation, None if all_times else day)


@about_the_world
def treaties(
    world: World,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A treaty, such as anzus, or an actor; by default all.")
    ] = None,
    on: OnDay = None,
) -> Page:
    """List the treaties in force on a day, those of one actor, or one treaty with its parties and clauses."""
    from foedus.reports.world import treaties

    return treaties(world, name, the_day(on))


@about_the_world
def groupings(
    world: World,
    actors: Annotated[
        list[str] | None, typer.Argument(metavar="[ACTOR]...", help="Actors to compare; by default all.")
    ] = None,
    on: OnDay = None,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="FILE", help="Write a chart of who is in what: FILE.html, .svg or .png."),
    ] = None,
) -> Page:
    """Tell which organisations, partnerships and treaties exist on a day, and what actors share."""
    from foedus.reports.world import groupings

    day = the_day(on)
    ids = list(dict.fromkeys(world.find(actor, day) for actor in actors or ()))
    if chart is not None:
        from foedus.reports.groupings import save_groupings_chart

        save_groupings_chart(world, day, ids, chart)
    return groupings(world, ids, day)


@about_the_world
def events(
    world: World,
    event: Annotated[str | None, typer.Argument(metavar="[EVENT]", help="The id of one event; by default all.")] = None,
    start: FromDay = None,
    end: UntilDay = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="On this day only.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="One kind, such as summit.")] = None,
) -> Page:
    """List what happened, or tell of one event who came and what its texts say."""
    from foedus.reports import world as told

    if event is not None:
        return told.event(world, event)
    first, last = days_between(start, end, on)
    require_known("--kind", "kind of event", kind, sorted(happening.kind for happening in world.events.values()))
    return told.events(world, first, last, kind)


@about_the_world
def places(
    world: World,
    actor: Annotated[
        str | None, typer.Argument(metavar="[ACTOR]", help="Only places that it holds, administers or claims.")
    ] = None,
    on: OnDay = None,
) -> Page:
    """List places below the states, and who holds, administers or claims them on a day."""
    from foedus.reports.world import places

    return places(world, actor, the_day(on))


@about_the_world
def amounts(world: World, actor: OneActor = None) -> Page:
    """List stated amounts: aid, spending, exercises, deployments, with who states them."""
    from foedus.reports.world import amounts

    return amounts(world, actor)


@about_the_world
def claims(
    world: World,
    about: Annotated[str | None, typer.Argument(metavar="[SUBJECT]", help="One subject; by default all.")] = None,
) -> Page:
    """List questions on which sources disagree: every claim, which is used, and why."""
    from foedus.reports.world import claims

    return claims(world, about)


@about_the_world
def show(
    world: World,
    name: Annotated[str, typer.Argument(metavar="NAME", help="An actor or a place, such as Japan or Guam.")],
    on: OnDay = None,
) -> Page:
    """Tell what is known of an actor or a place on a day."""
    from foedus.reports.world import show

    return show(world, name, the_day(on))


@about_the_world
def timeline(
    world: World,
    name: Annotated[str, typer.Argument(metavar="NAME", help="An actor, an organisation, a treaty or a place.")],
    start: FromDay = None,
    end: UntilDay = None,
) -> Page:
    """Tell what changed for an actor, an organisation or a treaty, day by day."""
    from foedus.reports.world import timeline

    return timeline(world, name, *days_between(start, end))


@about_the_world
def resolve(
    world: World,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as Paris, Macron or the French president.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day (YYYY-MM-DD); by default today's usage.")
    ] = None,
) -> Page:
    """Tell who goes by a name on a day, or every candidate with the reason."""
    from foedus.reports.world import resolve

    return resolve(world, name, maybe_day(on))


@about_the_world
def audit(world: World) -> Page:
    """Print of each table how many rows were read in their source, checked by a second reader, and left open."""
    from foedus.reports.world import audit

    return audit(world)


@about_the_world
def offices(
    world: World,
    actor: Annotated[
        str | None,
        typer.Argument(
            metavar="[ACTOR]", help="A state or an organisation, or 'the French foreign minister'; by default all."
        ),
    ] = None,
    office: Annotated[
        str | None,
        typer.Option("--office", metavar="OFFICE", help="Such as 'foreign minister', president or SACEUR."),
    ] = None,
    on: OnDay = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Instead: all holders from this day (YYYY-MM-DD).")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="With --from or instead of it: up to this day.")
    ] = None,
) -> Page:
    """List who held which office on a day, or one after the other between two days."""
    from foedus.reports.world import offices

    first, last = days_between(start, end, on)
    if start or end:
        return offices(world, actor, office, None, first, last)
    return offices(world, actor, office, the_day(on), None, None)


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
    from foedus.reports import world as told

    day = maybe_day(end, "--until")
    if act is not None:
        return told.act(world, act, day)
    require_known(
        "--class", "class of act", act_class, sorted(rival_act.act_class for rival_act in world.acts.values())
    )
    require_known("--object", "object of an act", about, sorted(rival_act.object for rival_act in world.acts.values()))
    actor, rival = (world.find(party) if party is not None else None for party in (by, to))
    return told.acts(world, told.Wanted(actor, rival, act_class, about, day))


@about_the_world
def bodies(
    world: World,
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD]", help="Those that have it in their names, such as nuclear.")
    ] = None,
    on: OnDay = None,
) -> Page:
    """List the bodies whose rules are known, with their names, seats and usual rule on a day."""
    from foedus.reports.world import bodies

    return bodies(world, word, the_day(on))


COMMANDS = (
    members,
    partners,
    instruments,
    presences,
    treaties,
    groupings,
    bodies,
    events,
    places,
    amounts,
    claims,
    show,
    timeline,
    resolve,
    audit,
    offices,
    acts,
)
"""In the order in which the help lists them."""
