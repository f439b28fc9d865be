"""A chart of ideal points over the years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt

from foedus.measure import Profile, packaged_measures
from foedus.reports.charts import Chart, Rows
from foedus.reports.palette import PALETTE
from foedus.reports.saving import save_chart
from foedus.world import packaged_world

_LINES = 6
"""Lines beside the state's own; more cannot be told apart."""


def points_chart(found: Profile) -> Chart:
    """Draw the state's ideal points by year with a band of two standard errors, beside those compared."""
    measures, world = packaged_measures(), packaged_world()
    own: Rows = [
        {"year": p.year, "point": p.point, "low": p.point - 2 * p.error, "high": p.point + 2 * p.error}
        for p in found.path
    ]
    others: Rows = [
        {"year": year, "point": point.point, "state": world.name(near.actor)}
        for near in found.others[:_LINES]
        for year in sorted(measures.points)
        if (point := measures.point(near.actor, year))
    ]
    name = world.name(found.actor)
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
        f"Ideal points by year: {name} with a band of two standard errors, and {len(found.others[:_LINES])} others.",
    )


def save_points_chart(found: Profile, path: Path | str) -> None:
    """Write the chart as a page, SVG or PNG by the ending of the path."""
    save_chart(points_chart(found), path)
