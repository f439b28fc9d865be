"""A backtest as one self-contained HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import jinja2
from markupsafe import Markup

from foedus._version import __version__
from foedus.backtests import Backtest, Scored
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.reports.charts import Chart
from foedus.reports.drawing import Artist
from foedus.reports.palette import PALETTE
from foedus.reports.policy import policy

_TEMPLATES = Path(__file__).parent / "templates"
_MOST_LINES = 4

_NOTE = "Scores in points of the scale 0 to 100; lower is better."


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
    words = "; ".join(f"{row['model']} {row['crps']:.2f}" for row in rows)
    marked = f"; in red {found.use}" if found.marked else ""
    title = f"CRPS of each model; lower is better{marked}"
    return Chart(spec, {"models": rows}, title, words)


def reliability_chart(found: Backtest, width: int) -> Chart:
    """Lines of the share of randomised transforms up to each level, beside the diagonal of a calibrated forecast."""
    picked = _smooth(found)
    rows: list[dict[str, Any]] = [{"model": "track-record", "level": at / 10, "share": at / 10} for at in range(11)]
    for one in picked:
        total = 0.0
        rows.append({"model": one.model, "level": 0.0, "share": 0.0})
        for at, share in enumerate(one.reliability(), start=1):
            total += float(share)
            rows.append({"model": one.model, "level": at / 10, "share": total})
    colours = [PALETTE["muted"], PALETTE["object"], PALETTE["accept"], PALETTE["reluctant"], PALETTE["ink"]]
    names = ["track-record", *(one.model for one in picked)]
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
        f"{one.model}: tenths {' '.join(f'{share:.3f}' for share in one.reliability())}" for one in picked
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
    charts = [(chart, artist.draw(chart)) for chart in (leader_chart(found, 690), reliability_chart(found, 690))]
    shown = {one.model for one in _smooth(found)} | {one.model for one in found.scored[:5]}
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("backtest.html").render(
        found=found,
        version=__version__,
        css=Markup((_TEMPLATES / "page.css").read_text("utf-8")),
        policy=policy(),
        rows=[one.summarised() | {"summary": one.summary} for one in found.scored],
        differences=[(name, one) for name, one in found.differences().items() if one.issues],
        groups=_groups(found, shown),
        compared=[one.model for one in found.scored if one.model in shown],
        charts=[
            {"title": chart.title, "alternative": chart.alternative, "svg": Markup(drawn.result())}
            for chart, drawn in charts
        ],
        proposals=len(set(found.table.proposals)),
        note=_NOTE,
        number=_number,
    )


def _groups(found: Backtest, shown: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "by": by,
            "label": label,
            "issues": int(picked.sum()),
            "crps": [one.summarised(picked)["crps"] for one in found.scored if one.model in shown],
        }
        for by, label, picked in found.breakdowns()
    ]


def _number(value: float | None, digits: int = 2) -> str:
    return "" if value is None else f"{value:.{digits}f}"


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
    target = Path(path)
    if target.suffix.lower() != ".html":
        raise FoedusError(f"the report of a backtest is FILE.html; got {str(path)!r}")
    if not target.parent.is_dir():
        raise FoedusError(f"{str(path)!r}: there is no folder {str(target.parent)!r}")
    with Artist() as artist:
        write_atomically(target, render_backtest(found, artist))
