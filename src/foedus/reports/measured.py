"""Where states stand by their votes: as sections, and as a chart of ideal points over the years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt

from foedus.measure import AllStates, Profile, packaged_measures
from foedus.reports.numbers import Number, count, share
from foedus.reports.palette import PALETTE
from foedus.reports.saving import save_chart
from foedus.reports.sections import Section, table, text
from foedus.reports.vega import Chart, Rows
from foedus.world import packaged_world

_LINES = 6
"""Lines beside the state's own; more cannot be told apart."""


def points_section(all_states: AllStates) -> Section:
    """Return where every state stood in a year."""
    rows = [(point.actor, Number(point.point, "point"), Number(point.error, "weight")) for point in all_states.points]
    return Section("points", _title(all_states), (table(("actor", "point", "error"), rows, (1, 2)),))


def profile_sections(profile: Profile) -> tuple[Section, ...]:
    """Return where a state stood, who stood beside it, and how to read the columns."""
    world = packaged_world()
    stands = text(
        "{} stands at {} (standard error {}), number {} of {}, counted from the end at which the United States stands.",
        world.name(profile.actor),
        Number(profile.point, "point"),
        Number(profile.error, "weight"),
        count(profile.rank),
        count(profile.of),
    )
    rows = [
        (
            near.actor,
            world.name(near.actor),
            Number(near.point, "point"),
            "" if near.agreement is None else share(near.agreement),
            "" if near.corrected is None else Number(near.corrected, "weight"),
            f"{len(near.shared.treaties)} and {len(near.shared.organisations)}",
        )
        for near in profile.others
    ]
    on = "" if profile.subject == "all" else f" on {profile.subject.lower()}"
    headings = ("id", "state", "point", f"voted alike{on}", "beyond chance", "treaties and organisations shared")
    reading = text(
        "Voted alike: the share of common roll calls answered alike. Beyond chance: the same for all subjects; 0 is "
        "what their habits alone would give, 1 is always. Treaties and organisations: as of {}.",
        str(profile.on),
    )
    warning = [text(f"beyond what is known: {profile.warning}")] if profile.warning else []
    return (
        Section("stands", "", (stands, text(f"{_title(profile)}. The average state-year is 0, the spread 1."))),
        Section("beside", "Beside it", (table(headings, rows, (2, 3, 4, 5)),)),
        Section("reading", "", (reading, *warning)),
    )


def _title(answer: AllStates | Profile) -> str:
    votes = f"Ideal points from votes in the UN General Assembly in {answer.year}"
    return f"{votes} (the votes end in {answer.last})"


def points_chart(profile: Profile) -> Chart:
    """Draw the state's ideal points by year with a band of two standard errors, beside those compared."""
    measures, world = packaged_measures(), packaged_world()
    own: Rows = [
        {"year": p.year, "point": p.point, "low": p.point - 2 * p.error, "high": p.point + 2 * p.error}
        for p in profile.path
    ]
    others: Rows = [
        {"year": year, "point": point.point, "state": world.name(near.actor)}
        for near in profile.others[:_LINES]
        for year in sorted(measures.points)
        if (point := measures.point(near.actor, year))
    ]
    name = world.name(profile.actor)
    x = alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(format="d", labelColor=PALETTE["ink"], grid=False),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y("point:Q", title="ideal point", axis=alt.Axis(labelColor=PALETTE["ink"], gridColor=PALETTE["grid"]))
    spec: Any = (
        alt.Chart(alt.NamedData("others"))
        .mark_line(opacity=0.7)
        .encode(x=x, y=y, color=alt.Color("state:N", title=None))
        + alt.Chart(alt.NamedData("own"))
        .mark_area(opacity=0.25, color=PALETTE["bar"])
        .encode(x=x, y="low:Q", y2="high:Q")
        + alt.Chart(alt.NamedData("own")).mark_line(strokeWidth=3, color=PALETTE["bar"]).encode(x=x, y=y)
    ).properties(width=640, height=320)
    return Chart(
        spec,
        {"own": own, "others": others},
        f"{name} by its votes in the UN General Assembly",
        f"Ideal points by year: {name} with a band of two standard errors, and {len(profile.others[:_LINES])} others.",
    )


def save_points_chart(profile: Profile, path: Path | str) -> None:
    """Write the chart as a page, SVG or PNG by the ending of the path."""
    save_chart(points_chart(profile), path)
