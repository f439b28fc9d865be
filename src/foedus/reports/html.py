"""Sections as an HTML page that needs no other file."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path

import jinja2
from markupsafe import Markup

from foedus.base.wording import percent, short_number
from foedus.reports.drawing import Artist
from foedus.reports.numbers import Number, share
from foedus.reports.policy import policy
from foedus.reports.sections import PAGE, Section
from foedus.reports.vega import Chart

_TEMPLATES = Path(__file__).parent / "templates"

WIDE, SMALL = 690, 340
"""Widths of charts on a screen and on a phone, in pixels."""

Drawings = Mapping[str, tuple[Chart, Future[str], Future[str]]]
"""By the name that a figure gives: the chart, and its drawings for wide and for narrow screens."""


def sections_page(
    title: str,
    sections: Sequence[Section | None],
    drawn: Drawings | None = None,
    shares: Sequence[tuple[str, float]] = (),
) -> str:
    """Return sections as a page.

    Parameters
    ----------
    title
        Of the window.
    sections
        In order; None is nothing.
    drawn
        The charts that figures name.
    shares
        How likely each option is, for the bars of a brief.
    """
    shown = [section for section in sections if section is not None and PAGE in section.media]
    css = Markup(asset("page.css"))
    template = environment().get_template("sections.html")
    bars = bars_of(shares)
    return template.render(
        title=title, css=css, policy=policy(), sections=shown, shares=bars, charts=finished(drawn or {})
    )


def bars_of(shares: Sequence[tuple[str, float]]) -> list[tuple[str, float, Number]]:
    """Return the bars of a brief: a name, how long, and what is printed beside it."""
    return [(label, chance, share(chance)) for label, chance in shares]


def finished(drawn: Drawings) -> dict[str, dict[str, str]]:
    """Return charts as templates set them, once each is drawn."""
    return {
        name: {
            "caption": chart.caption,
            "alternative": chart.alternative,
            "wide": Markup(wide.result()),
            "narrow": Markup(narrow.result()),
        }
        for name, (chart, wide, narrow) in drawn.items()
    }


def begun(charts: Mapping[str, Callable[[int], Chart]], artist: Artist) -> Drawings:
    """Return charts that are being drawn, for wide and for narrow screens."""
    return {name: (wide := draw(WIDE), artist.draw(wide), artist.draw(draw(SMALL))) for name, draw in charts.items()}


@functools.cache
def asset(name: str) -> str:
    """Return the text of a file that pages carry within them."""
    return (_TEMPLATES / name).read_text("utf-8")


@functools.cache
def environment() -> jinja2.Environment:
    """Return the templates."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["kind"] = lambda part: type(part).__name__.lower()
    templates.filters |= {"percent": percent, "place": short_number}
    return templates
