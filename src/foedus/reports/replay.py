"""A replay as one self-contained HTML page: the chronology, and the share of histories in each state through time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import altair as alt
import jinja2
from markupsafe import Markup

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.procedures import Difference, Matter, Replay
from foedus.reports.charts import Chart, Rows
from foedus.reports.drawing import Artist
from foedus.reports.palette import PALETTE

_TEMPLATES = Path(__file__).parent / "templates"
_WIDTH = 690
_BEFORE, _AFTER = dt.timedelta(days=400), dt.timedelta(days=45)
"""How much is shown before a matter's course opens, and after the last event."""

_COLOURS = ["#9aa3b0", "#34597d", "#5f9ea0", "#c98a1b", "#b23a48", "#7b5ea7", "#6b8e4e", "#8c6d4f"]


def open_matters(replay: Replay) -> tuple[Matter, ...]:
    """Return the matters whose course differs between histories."""
    return tuple(one for one in replay.matters if any(max(point.shares.values()) < 1 for point in one.points))


def fan_chart(matter: Matter, last: Day, width: int = _WIDTH) -> Chart:
    """A fan of histories: the share in each state through time, stacked, with steps at the days of events.

    It begins some time before histories part.

    Parameters
    ----------
    matter
        One matter of a replay.
    last
        The day up to which its last state is drawn.
    width
        In pixels.
    """
    days = sorted({point.on for point in matter.points})
    latest = {day: [point for point in matter.points if point.on == day][-1].shares for day in days}
    opened = next((day for day in days if max(latest[day].values()) < 1), days[0])
    first = max(days[0], opened - _BEFORE)
    end = max(last, days[-1]) + _AFTER
    shown = [day for place, day in enumerate(days) if place + 1 == len(days) or days[place + 1] > first]
    states = [state for state in matter.states if any(state in latest[day] for day in shown)]
    rows: Rows = [
        {"on": f"{edge.isoformat()}T12:00:00", "state": state, "share": latest[day].get(state, 0.0), "rank": rank}
        for day, edge in (*((day, max(day, first)) for day in shown), (shown[-1], end))
        for rank, state in enumerate(states)
    ]
    spec = (
        alt.Chart(alt.NamedData("fan"))
        .mark_area(interpolate="step-after", opacity=0.9)
        .encode(
            x=alt.X("on:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=8)),
            y=alt.Y("share:Q", stack="zero", title="share of histories", scale=alt.Scale(domain=[0, 1]),
                    axis=alt.Axis(format="%", tickCount=5)),
            color=alt.Color("state:N", sort=states, title=None, legend=alt.Legend(orient="top"),
                            scale=alt.Scale(domain=states, range=_COLOURS[: len(states)])),
            order=alt.Order("rank:Q"),
        )
        .properties(width=width, height=170, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(background="transparent", font="Arial, Helvetica, sans-serif", padding=2)
        .configure_view(stroke=None)
        .configure_axis(labelColor=PALETTE["ink"], titleColor=PALETTE["muted"], gridColor=PALETTE["grid"])
        .configure_legend(labelColor=PALETTE["ink"])
    )  # fmt: skip
    words = "; ".join(f"{state} {share:.0%}" for state, share in matter.points[-1].shares.items())
    return Chart(spec, {"fan": rows}, f"{matter.id} ({matter.procedure})", f"At the end: {words}")


def render_replay(replay: Replay, artist: Artist, differences: tuple[Difference, ...] = ()) -> str:
    """Return the report as the text of an HTML page that needs no other file."""
    last = max(event.on for event in replay.events)
    fans = [(fan_chart(matter, last), matter) for matter in open_matters(replay)]
    drawn = [(chart, artist.draw(chart)) for chart, _ in fans]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("replay.html").render(
        replay=replay,
        css=Markup((_TEMPLATES / "page.css").read_text("utf-8")),
        charts=[
            {"title": chart.title, "alternative": chart.alternative, "svg": Markup(promise.result())}
            for chart, promise in drawn
        ],
        rows=[_row(replay, place) for place in range(len(replay.events))],
        differences=differences,
    )


def _row(replay: Replay, place: int) -> dict[str, Any]:
    event = replay.events[place]
    agrees = {True: "as in history", False: "otherwise than in history", None: ""}[event.agrees]
    return {"event": event, "agrees": agrees, "why": "\n".join(event.why.lines())}


def save_replay(replay: Replay, path: Path | str, differences: tuple[Difference, ...] = ()) -> None:
    """Write the report of a replay.

    Parameters
    ----------
    replay
        What to report.
    path
        ``FILE.html`` for the page, ``FILE.svg`` for the fan chart of the matter that is most open at its end.
    differences
        How it differs from another replay, shown on the page.

    Raises
    ------
    FoedusError
        For any other ending, a missing folder, or no events to show.
    """
    target = Path(path)
    if target.suffix.lower() not in {".html", ".svg"}:
        raise FoedusError(f"the report of a replay is FILE.html or FILE.svg; got {str(path)!r}")
    if not target.parent.is_dir():
        raise FoedusError(f"{str(path)!r}: there is no folder {str(target.parent)!r}")
    if not replay.events:
        raise FoedusError("there is no event in these days to report")
    if target.suffix.lower() == ".svg":
        write_atomically(target, _svg(replay))
        return
    with Artist() as artist:
        write_atomically(target, render_replay(replay, artist, differences))


def _svg(replay: Replay) -> str:
    import vl_convert  # noqa: PLC0415 - heavy, and needed only here

    matters = open_matters(replay) or replay.matters
    most = min(matters, key=lambda matter: max(matter.points[-1].shares.values()))
    chart = fan_chart(most, max(event.on for event in replay.events))
    svg: str = vl_convert.vegalite_to_svg(chart.specification() | {"title": {"text": chart.title, "anchor": "start"}})
    return svg
