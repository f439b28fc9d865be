"""``foedus measure``: where a state stands by its votes, and whom it votes with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import OnDay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.measure import Profile
    from foedus.measure.packaged import Point


@answering()
def measure(
    actor: Annotated[str | None, typer.Argument(metavar="[ACTOR]", help="A state; without one, all states.")] = None,
    beside: Annotated[
        list[str] | None, typer.Option("--with", metavar="ACTOR", help="Compare with this state; may be repeated.")
    ] = None,
    on: OnDay = None,
    subject: Annotated[
        str, typer.Option("--subject", metavar="WORDS", help="Count agreement on this subject only; by default all.")
    ] = "all",
    nearest: Annotated[int, typer.Option("--nearest", metavar="N", min=1, help="How many of the nearest.")] = 10,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="FILE", help="Write a chart of the points by year: FILE.html, .svg or .png."),
    ] = None,
) -> Reply:
    """Tell where a state stands by its votes in the UN General Assembly, and who votes with it."""
    import datetime as dt

    from foedus.base.days import asked_day
    from foedus.base.errors import FoedusError
    from foedus.measure import measure as profile_of
    from foedus.measure import packaged_measures
    from foedus.world.horizon import beyond

    day = asked_day(on, "--on") if on else dt.datetime.now(dt.UTC).date()
    if actor is None:
        if beside or chart:
            raise FoedusError("--with and --chart need a state to begin with: foedus measure ACTOR --with OTHER")
        measures = packaged_measures()
        year = min(max(day.year, measures.first), measures.last)
        points = sorted(measures.points[year].values(), key=lambda point: -point.point)
        rows = [{"actor": p.actor, "point": p.point, "error": p.error} for p in points]
        warning = beyond(day) or None
        everybody = {
            "on": day,
            "year": year,
            "votes_end": measures.last,
            "points": rows,
            "source": measures.source,
            "warning": warning,
        }
        return Reply(everybody, lambda: _show_all(points, _title(year, measures.last)))
    found = profile_of(actor, day, beside or (), subject, nearest)
    if chart is not None:
        from foedus.reports.measured import save_points_chart

        save_points_chart(found, chart)
    return Reply(found, lambda: _show(found))


def _show_all(points: Sequence[Point], title: str) -> None:
    from foedus.cli.tables import console, show

    rows = [[p.actor, f"{p.point:+.2f}", f"{p.error:.2f}"] for p in points]
    show(console(), title, ["actor", "point", "error"], rows, numbers=[1, 2])


def _title(year: int, last: int) -> str:
    return f"Ideal points from votes in the UN General Assembly in {year} (the votes end in {last})"


def _show(found: Profile) -> None:
    from foedus.cli.tables import console, show
    from foedus.world import packaged_world

    world = packaged_world()
    rows = [
        [
            near.actor,
            world.name(near.actor),
            f"{near.point:+.2f}",
            "" if near.agreement is None else f"{near.agreement:.0%}",
            "" if near.corrected is None else f"{near.corrected:.2f}",
            f"{len(near.shared.treaties)} and {len(near.shared.organisations)}",
        ]
        for near in found.others
    ]
    on = "" if found.subject == "all" else f" on {found.subject.lower()}"
    typer.echo(
        f"{world.name(found.actor)} stands at {found.point:+.2f} (standard error {found.error:.2f}), "
        f"number {found.rank} of {found.of}, counted from the end at which the United States stands."
    )
    typer.echo(f"{_title(found.year, found.last)}. The average state-year is 0, the spread 1.\n")
    show(
        console(),
        "Beside it",
        ["id", "state", "point", f"voted alike{on}", "beyond chance", "treaties and organisations shared"],
        rows,
        numbers=[2, 3, 4, 5],
    )
    typer.echo(
        "\nVoted alike: the share of common roll calls answered alike. Beyond chance: the same for all subjects; 0 is "
        f"what their habits alone would give, 1 is always. Treaties and organisations: as of {found.on}."
    )
    if found.warning:
        typer.echo(f"beyond what is known: {found.warning}")
