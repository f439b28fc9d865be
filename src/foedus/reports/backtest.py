"""A backtest as one self-contained HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt

from foedus.backtests import Backtest, Scored
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.reports.charts import Chart
from foedus.reports.drawing import Artist
from foedus.reports.html import sections_page
from foedus.reports.numbers import Number
from foedus.reports.palette import PALETTE
from foedus.reports.scores import backtest_sections

_MOST_LINES = 4


def leader_chart(found: Backtest, width: int) -> Chart:
    """Bars of the CRPS of each model that answered, in the order of the board."""
    rows = [
        {"model": one["model"], "crps": one["crps"], "kind": "marked" if one["default"] else "other", "order": k}
        for k, one in enumerate(scored.summarised() for scored in found.scored)
        if one["crps"] is not None
    ]
    spec = (
        alt.Chart(alt.NamedData("models"))
        .mark_bar()
        .encode(
            x=alt.X("crps:Q", title="CRPS"),
            y=alt.Y("model:N", sort=alt.SortField("order"), title=None, axis=alt.Axis(labelLimit=260)),
            color=alt.Color(
                "kind:N",
                legend=None,
                scale=alt.Scale(domain=["marked", "other"], range=[PALETTE["object"], PALETTE["bar"]]),
            ),
        )
        .properties(width=width - 270)
    )
    words = "; ".join(f"{row['model']} {Number(row['crps'], 'weight')}" for row in rows)
    marked = f"; in red {found.use}" if found.marked else ""
    title = f"CRPS of each model; lower is better{marked}"
    return Chart(spec, {"models": rows}, title, words)


def reliability_chart(found: Backtest, width: int) -> Chart:
    """Lines of the share of randomised transforms up to each level, beside the diagonal of a calibrated forecast."""
    picked = _smooth(found)
    rows: list[dict[str, Any]] = [{"model": "calibrated", "level": at / 10, "share": at / 10} for at in range(11)]
    for one in picked:
        total = 0.0
        rows.append({"model": one.model, "level": 0.0, "share": 0.0})
        for at, share in enumerate(one.reliability(), start=1):
            total += float(share)
            rows.append({"model": one.model, "level": at / 10, "share": total})
    colours = [PALETTE["muted"], PALETTE["object"], PALETTE["accept"], PALETTE["reluctant"], PALETTE["ink"]]
    names = ["calibrated", *(one.model for one in picked)]
    spec = (
        alt.Chart(alt.NamedData("levels"))
        .mark_line(point=True)
        .encode(
            x=alt.X("level:Q", title="level of the forecast distribution"),
            y=alt.Y("share:Q", title="share of outcomes up to it"),
            color=alt.Color("model:N", title=None, scale=alt.Scale(domain=names, range=colours[: len(names)])),
        )
        .properties(width=min(width - 220, 360), height=min(width - 220, 360))
    )
    words = "; ".join(
        f"{one.model}: tenths {' '.join(str(Number(share, 'score')) for share in one.reliability())}" for one in picked
    )
    return Chart(spec, {"levels": rows}, "Reliability: outcomes by randomised transforms", words)


def _smooth(found: Backtest) -> list[Scored]:
    """Return the marked model and the distributions with the lowest CRPS beside it."""
    ranked = sorted(
        (one for one in found.scored if not one.is_point and one.failed < len(found.table)),
        key=lambda one: (not one.default, one.summarised()["crps"] or 0.0),
    )
    return ranked[:_MOST_LINES]


def render_backtest(found: Backtest, artist: Artist) -> str:
    """Return the report as the text of an HTML page that needs no other file."""
    charts = {"crps": leader_chart, "reliability": reliability_chart}
    drawn = {}
    for name, make in charts.items():
        wide = make(found, 690)
        drawn[name] = (wide, artist.draw(wide), artist.draw(make(found, 340)))
    shown = {one.model for one in _smooth(found)} | {one.model for one in found.scored[:5]}
    return sections_page(f"Backtest of {found.data}", backtest_sections(found, shown), drawn)


def save_backtest(found: Backtest, path: Path | str) -> None:
    """Write the report of a backtest.

    Parameters
    ----------
    found
        What to report.
    path
        ``FILE.html``.

    Raises
    ------
    FoedusError
        For any other ending, or a missing folder.

    Examples
    --------
    >>> from foedus.backtests import run_consensus
    >>> save_backtest(run_consensus(["proposer"]), "report.txt")
    Traceback (most recent call last):
    ...
    foedus.base.errors.FoedusError: the report of a backtest is FILE.html; got 'report.txt'
    """
    target = page_of_backtest(path)
    with Artist() as artist:
        write_atomically(target, render_backtest(found, artist))


def page_of_backtest(path: Path | str) -> Path:
    """Return the path of a page.

    Raises
    ------
    FoedusError
        For any ending but ``.html``, or a missing folder.
    """
    target = Path(path)
    if target.suffix.lower() != ".html":
        raise FoedusError(f"the report of a backtest is FILE.html; got {str(path)!r}")
    if not target.parent.is_dir():
        raise FoedusError(f"{str(path)!r}: there is no folder {str(target.parent)!r}")
    return target
