"""Writing one chart to a file of its own."""

from __future__ import annotations

from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.reports.charts import Chart
from foedus.reports.policy import chart_policy


def save_chart(chart: Chart, path: Path | str, subtitle: str = "") -> None:
    """Write a chart with its title, without any need of a network to look at it.

    Parameters
    ----------
    chart
        The chart.
    path
        ``FILE.html``, ``FILE.svg`` or ``FILE.png``.
    subtitle
        A line under the title.

    Raises
    ------
    FoedusError
        For any other ending, or a missing folder.
    """
    import vl_convert  # noqa: PLC0415 - heavy, and needed only here

    target = Path(path)
    if not target.parent.is_dir():
        raise FoedusError(f"{str(path)!r}: there is no folder {str(target.parent)!r}")
    title = {"text": chart.title, "subtitle": subtitle, "anchor": "start"}
    specification = {**chart.specification(), "title": title}
    match target.suffix.lower():
        case ".svg":
            write_atomically(target, vl_convert.vegalite_to_svg(specification))
        case ".png":
            write_atomically(target, vl_convert.vegalite_to_png(specification, scale=2))
        case ".html":
            page = vl_convert.vegalite_to_html(specification, bundle=True)
            allowed = f'<head><meta http-equiv="Content-Security-Policy" content="{chart_policy()}">'
            write_atomically(target, page.replace("<head>", allowed, 1))
        case _:
            raise FoedusError(f"a chart is FILE.html, FILE.svg or FILE.png; got {str(path)!r}")
