"""A backtest as one self-contained HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt

from foedus.backtests import Backtest, Scored
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.reports.drawing import Artist
from foedus.reports.html import sections_page
from foedus.reports.numbers import Number
from foedus.reports.palette import PALETTE
from foedus.reports.scores import backtest_sections
from foedus.reports.vega import Chart

_MOST_LINES = 4


def leader_chart(backtest: Backtest, width: int) -> Chart:
    """Bars of the CRPS of each model that answered, in the order of the board."""
    rows = [
        {
            "model": summary["model"],
            "crps": summary["crps"],
            "kind": "marked" if summary["default"] else "other",
            "order": k,
        }
        for k, summary in enumerate(scored.summarised() for scored in backtest.scored)
        if summary["crps"] is not None
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
    marked = f"; in red {backtest.use}" if backtest.marked else ""
    title = f"CRPS of each model; lower is better{marked}"
    return Chart(spec, {"models": rows}, title, words)


def reliability_chart(backtest: Backtest, width: int) -> Chart:
    """Lines of the share of randomised transforms up to each level, beside the diagonal of a calibrated forecast."""
    picked = _smooth(backtest)
    rows: list[dict[str, Any]] = [{"model": "calibrated", "level": at / 10, "share": at / 10} for at in range(11)]
    for scored in picked:
        total = 0.0
        rows.append({"model": scored.model, "level": 0.0, "share": 0.0})
        for at, share in enumerate(scored.reliability(), start=1):
            total += float(share)
            rows.append({"model": scored.model, "level": at / 10, "share": total})
    colours = [PALETTE["muted"], PALETTE["object"], PALETTE["accept"], PALETTE["reluctant"], PALETTE["ink"]]
    names = ["calibrated", *(scored.model for scored in picked)]
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
        f"{scored.model}: tenths {' '.join(str(Number(share, 'score')) for share in scored.reliability())}"
        for scored in picked
    )
    return Chart(spec, {"levels": rows}, "Reliability: outcomes by randomised transforms", words)


def _smooth(backtest: Backtest) -> list[Scored]:
    """Return the marked model and the distributions with the lowest CRPS beside it."""
    ranked = sorted(
        (scored for scored in backtest.scored if not scored.is_point and scored.failed < len(backtest.table)),
        key=lambda scored: (not scored.default, scored.summarised()["crps"] or 0.0),
    )
    return ranked[:_MOST_LINES]


def render_backtest(backtest: Backtest, artist: Artist) -> str:
    """Return the report as the text of an HTML page that needs no other file."""
    charts = {"crps": leader_chart, "reliability": reliability_chart}
    drawn = {}
    for name, make in charts.items():
        wide = make(backtest, 690)
        drawn[name] = (wide, artist.draw(wide), artist.draw(make(backtest, 340)))
    shown = {scored.model for scored in _smooth(backtest)} | {scored.model for scored in backtest.scored[:5]}
    return sections_page(f"Backtest of {backtest.data}", backtest_sections(backtest, shown), drawn)


def save_backtest(backtest: Backtest, path: Path | str) -> None:
    """Write the report of a backtest.

    Parameters
    ----------
    backtest
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
        write_atomically(target, render_backtest(backtest, artist))


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
