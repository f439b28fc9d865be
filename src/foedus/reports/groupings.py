"""Who is in which grouping on a day: a chart, and the same in rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.reports.numbers import count
from foedus.reports.palette import PALETTE
from foedus.reports.saving import save_chart
from foedus.reports.sections import Section, table
from foedus.reports.vega import Chart, Rows
from foedus.world import World
from foedus.world.groupings import KINDS, groupings

_COLOURS = [PALETTE["bar"], PALETTE["reluctant"], PALETTE["object"]]


def groupings_chart(world: World, on: Day, actors: Sequence[str] = ()) -> Chart:
    """Dots for who is in what: one row for each actor, one column for each grouping, grey where unverified.

    Parameters
    ----------
    world, on
        The facts, and the day.
    actors
        Ids, in the order of the rows; by default all that are in any grouping, those in most of them first.

    Raises
    ------
    FoedusError
        When none of the actors is in any grouping on the day.
    """
    shared = groupings(world, on, actors)
    counts: dict[str, int] = {}
    for grouping in shared:
        for actor in grouping.actors:
            counts[actor] = counts.get(actor, 0) + 1
    if not counts:
        raise FoedusError(f"no grouping of these actors is known on {on}")
    shown = list(actors) or sorted(counts, key=lambda a: (-counts[a], a))
    rows: Rows = [
        {
            "actor": world.name(actor),
            "grouping": _short(grouping.id, grouping.name, grouping.kind),
            "what": grouping.name,
            "kind": grouping.kind,
            "verified": "yes" if actor not in grouping.unverified else "no",
        }
        for grouping in shared
        for actor in grouping.actors
        if actor in shown
    ]
    columns = list(dict.fromkeys(row["grouping"] for row in rows))
    return Chart(
        _spec([world.name(actor) for actor in shown], columns),
        {"groupings": rows},
        f"Who is in what on {on}",
        f"A grid of {len(shown)} actors and {len(columns)} groupings; a dot says that the actor is in the grouping.",
    )


def members_section(world: World, on: Day, actors: Sequence[str] = ()) -> Section:
    """Return each grouping with whoever is in it, those that are not verified in their source apart.

    Parameters
    ----------
    world, on, actors
        As for `groupings_chart`.
    """
    rows = []
    for grouping in groupings(world, on, actors):
        sure = [world.name(actor) for actor in grouping.actors if actor not in grouping.unverified]
        unsure = [world.name(actor) for actor in grouping.actors if actor in grouping.unverified]
        rows.append((grouping.name, grouping.kind, count(len(grouping.actors)), ", ".join(sure), ", ".join(unsure)))
    headings = ("grouping", "kind", "members", "who", "not verified in its source")
    return Section("members", "Grouping by grouping", (table(headings, rows, (2,)),))


def _short(grouping_id: str, name: str, kind: str) -> str:
    if kind == "partnership":
        organisation, _, format_name = grouping_id.partition(":")
        return f"{organisation.upper()}: {format_name.replace('-', ' ').replace('indo pacific', 'Indo-Pacific')}"
    return grouping_id if kind == "treaty" else name


def _spec(actors: list[str], columns: list[str]) -> Any:
    grid = alt.Axis(grid=True, gridColor=PALETTE["grid"], domain=False, ticks=False, labelColor=PALETTE["ink"])
    return (
        alt.Chart(alt.NamedData("groupings"))
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=alt.X("grouping:N", sort=columns, title=None, axis=alt.Axis(
                orient="top", labelAngle=-55, labelLimit=260, grid=True, gridColor=PALETTE["grid"], domain=False,
                ticks=False, labelColor=PALETTE["ink"],
            )),
            y=alt.Y("actor:N", sort=actors, title=None, axis=grid, scale=alt.Scale(domain=actors)),
            color=alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=_COLOURS), title=None),
            fillOpacity=alt.condition("datum.verified == 'yes'", alt.value(1), alt.value(0.25)),
            tooltip=["actor:N", "what:N", "kind:N", "verified:N"],
        )
        .properties(width=alt.Step(22), height=alt.Step(18))
    )  # fmt: skip


def save_groupings_chart(world: World, on: Day, actors: Sequence[str], path: Path | str) -> None:
    """Write the chart of `groupings_chart` to a file, without any need of a network to look at it.

    Parameters
    ----------
    world, on, actors
        As for `groupings_chart`.
    path
        ``FILE.html``, ``FILE.svg`` or ``FILE.png``.

    Raises
    ------
    FoedusError
        For any other ending, or a missing folder.
    """
    told = "A pale dot: not verified in its source."
    save_chart(groupings_chart(world, on, actors), path, told, (members_section(world, on, actors),))
