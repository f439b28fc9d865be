"""A replay as one self-contained HTML page: the chronology, and the share of histories in each state through time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import altair as alt

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.base.wording import percent
from foedus.procedures import Difference, Matter, Replay
from foedus.reports.drawing import Artist
from foedus.reports.histories import of_one_step, open_matters, replay_sections
from foedus.reports.html import Drawings, sections_page
from foedus.reports.palette import PALETTE
from foedus.reports.vega import NARROW, Chart, Rows, day_axis

_WIDTH = 690
_SMALL = 340
"""The width on a phone."""
_BEFORE, _TAIL = dt.timedelta(days=400), 0.03
"""How much is shown before a matter's course opens, and the share of the time shown that is added after the end."""

_COLOURS = ["#9aa3b0", "#34597d", "#5f9ea0", "#c98a1b", "#b23a48", "#7b5ea7", "#6b8e4e", "#8c6d4f"]


def fan_chart(matter: Matter, last: Day, width: int = _WIDTH) -> Chart:
    """A fan of histories: the share in each state through time, stacked, with steps at the days of events.

    It begins some time before histories part. Its marks end with the replay; beyond the last a sliver is drawn, so
    that what came of a step on the last day can be seen.

    Parameters
    ----------
    matter
        One matter of a replay.
    last
        The last day of the replay.
    width
        In pixels.
    """
    days = sorted({point.on for point in matter.points})
    latest = {day: [point for point in matter.points if point.on == day][-1].shares for day in days}
    opened = next((day for day in days if max(latest[day].values()) < 1), days[0])
    first = max(days[0], opened - _BEFORE)
    stop = max(last, days[-1])
    end = stop + max(dt.timedelta(days=1), (stop - first) * _TAIL)
    small = width < NARROW
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
            x=alt.X("on:T", title=None, scale=alt.Scale(nice=False), axis=day_axis(first, stop, max(2, width // 90))),
            y=alt.Y("share:Q", stack="zero", title="share of histories", scale=alt.Scale(domain=[0, 1]),
                    axis=alt.Axis(format="%", tickCount=5)),
            color=alt.Color("state:N", sort=states, title=None,
                            legend=alt.Legend(orient="top", columns=2 if small else 0),
                            scale=alt.Scale(domain=states, range=_COLOURS[: len(states)])),
            order=alt.Order("rank:Q"),
        )
        .properties(width=width, height=170, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(background="transparent", font="Arial, Helvetica, sans-serif", padding=2)
        .configure_view(stroke=None)
        .configure_axis(labelColor=PALETTE["ink"], titleColor=PALETTE["muted"], gridColor=PALETTE["grid"])
        .configure_legend(labelColor=PALETTE["ink"])
    )  # fmt: skip
    words = "; ".join(f"{state} {percent(share)}" for state, share in matter.points[-1].shares.items())
    return Chart(spec, {"fan": rows}, f"{matter.id} ({matter.procedure})", f"At the end: {words}")


def render_replay(replay: Replay, artist: Artist, differences: Sequence[Difference] = ()) -> str:
    """Return the report as the text of an HTML page that needs no other file."""
    drawn = drawn_fans(replay, artist)
    titles = {name: chart.title for name, (chart, _, _) in drawn.items()}
    return sections_page(f"Replay of {replay.title}", replay_sections(replay, differences, titles), drawn)


def drawn_fans(replay: Replay, artist: Artist) -> Drawings:
    """Return the fans of the matters whose course is open, as they are being drawn, for wide and for narrow screens."""
    last = max((event.on for event in replay.events), default=None)
    shown = [matter for matter in open_matters(replay) if not of_one_step(matter)] if last is not None else []
    fans = [[fan_chart(matter, last, width) for width in (_WIDTH, _SMALL)] for matter in shown if last is not None]
    return {f"fan-{k}": (wide, artist.draw(wide), artist.draw(narrow)) for k, (wide, narrow) in enumerate(fans)}


def save_replay(
    replay: Replay, path: Path | str, differences: tuple[Difference, ...] = (), matter: str | None = None
) -> None:
    """Write the report of a replay.

    Parameters
    ----------
    replay
        What to report.
    path
        ``FILE.html`` for the page, ``FILE.svg`` for the fan chart of the matter that is most open at its end.
    differences
        How it differs from another replay, shown on the page.
    matter
        Id of the matter that an SVG draws; by default the most open.

    Raises
    ------
    FoedusError
        For any other ending, a missing folder, no events to show, or a matter that is none of the replay's.
    """
    target = Path(path)
    if target.suffix.lower() not in {".html", ".svg"}:
        raise FoedusError(f"the report of a replay is FILE.html or FILE.svg; got {str(path)!r}")
    if not target.parent.is_dir():
        raise FoedusError(f"{str(path)!r}: there is no folder {str(target.parent)!r}")
    if not replay.events:
        raise FoedusError("there is no event in these days to report")
    if target.suffix.lower() == ".svg":
        write_atomically(target, _svg(replay, matter))
        return
    with Artist() as artist:
        write_atomically(target, render_replay(replay, artist, differences))


def _svg(replay: Replay, matter: str | None) -> str:
    import vl_convert  # noqa: PLC0415 - heavy, and needed only here

    chart = fan_chart(_picked(replay, matter), max(event.on for event in replay.events))
    svg: str = vl_convert.vegalite_to_svg(chart.specification() | {"title": {"text": chart.title, "anchor": "start"}})
    return svg


def _picked(replay: Replay, matter: str | None) -> Matter:
    """Return the matter of an id, or of which it is a part alone; without one the matter that is most open."""
    if matter is None:
        matters = open_matters(replay) or replay.matters
        return min(matters, key=lambda matter_: max(matter_.points[-1].shares.values()))
    known = {known_matter.id: known_matter for known_matter in replay.matters}
    near = [matter] if matter in known else [id_ for id_ in known if matter in id_]
    if len(near) != 1:
        raise FoedusError(f"--matter {matter}: expected one of {', '.join(near or known)}")
    return known[near[0]]
