"""``foedus measure``: where a state stands by its votes, and whom it votes with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import OnDay

if TYPE_CHECKING:
    from foedus.reports.sections import Section


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
    from foedus.measure import measure_all

    day = asked_day(on, "--on") if on else dt.datetime.now(dt.UTC).date()
    if actor is None:
        if beside or chart:
            raise FoedusError("--with and --chart need a state to begin with: foedus measure ACTOR --with OTHER")
        everybody = measure_all(day)

        def points() -> list[Section]:
            from foedus.reports.measured import points_section

            return [points_section(everybody)]

        return Reply(everybody, sections=points)
    profile = profile_of(actor, day, beside or (), subject, nearest)
    if chart is not None:
        from foedus.reports.measured import save_points_chart

        save_points_chart(profile, chart)

    def sections() -> tuple[Section, ...]:
        from foedus.reports.measured import profile_sections

        return profile_sections(profile)

    return Reply(profile, sections=sections)
