"""Writing one chart to a file of its own: a picture, or a page with what there is to tell beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.reports.drawing import Artist
from foedus.reports.html import sections_page
from foedus.reports.sections import Figure, Section, muted
from foedus.reports.vega import Chart


def save_chart(chart: Chart, path: Path | str, subtitle: str = "", sections: Sequence[Section] = ()) -> None:
    """Write a chart with its title, without any need of a network to look at it.

    Parameters
    ----------
    chart
        The chart.
    path
        ``FILE.html``, ``FILE.svg`` or ``FILE.png``.
    subtitle
        A remark on the chart.
    sections
        What the page tells below it.

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
            remark = (muted(subtitle),) if subtitle else ()
            told = Section("chart", chart.title, (Figure("chart"), *remark), 1)
            with Artist() as artist:
                drawn = artist.draw(chart)
                page = sections_page(chart.title, (told, *sections), {"chart": (chart, drawn, drawn)})
            write_atomically(target, page)
        case _:
            raise FoedusError(f"a chart is FILE.html, FILE.svg or FILE.png; got {str(path)!r}")
