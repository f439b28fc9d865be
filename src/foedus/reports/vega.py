"""A chart as a Vega-Lite specification: its data and caption, encodings, axes of names and days, type and colours.

A plain dictionary: loading a plotting library would take a tenth of the time of a report. Tests check it against the
schema. Colours are names of `foedus.reports.palette`, so that one drawing serves light, dark and paper.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foedus.base.days import Day
from foedus.reports.palette import PALETTE

Rows = list[dict[str, Any]]
Spec = dict[str, Any]

NARROW = 400
"""Widths below this, in pixels, are drawn for a phone."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its caption for readers, and the same data in words for those who cannot see it.

    Attributes
    ----------
    spec
        The Vega-Lite specification as a dictionary, or an Altair chart; it names its data and does not hold them.
    data
        Rows by the name of the data.
    title, alternative
        The caption, and the chart in words, for those who cannot see it.
    key
        What a reader needs beside the title to read it; by default the chart in words, which is too much where a table
        beside it has the same numbers.
    """

    spec: Any
    data: dict[str, Rows]
    title: str
    alternative: str
    key: str | None = None

    @property
    def caption(self) -> str:
        """What stands below it."""
        key = self.alternative if self.key is None else self.key
        return f"{self.title}. {key}" if key else self.title

    def specification(self) -> dict[str, Any]:
        """Return the whole as one Vega-Lite specification, data and all."""
        # tests check the whole against the schema
        spec = self.spec if isinstance(self.spec, dict) else self.spec.to_dict(validate=False)
        return {**spec, "datasets": self.data}


def day_rules(kinds: list[str]) -> Spec:
    """Return upright lines at the days of the data ``days``, solid for the first of one or two kinds."""
    return {
        "data": {"name": "days"},
        "mark": {"type": "rule", "strokeWidth": 1.5},
        "encoding": {
            "color": {"value": PALETTE["ink"]},
            "strokeDash": nominal(
                "what",
                scale={"domain": kinds, "range": [[1, 0], [4, 3]][: len(kinds)]},
                legend={"orient": "bottom", "symbolStrokeColor": PALETTE["ink"], "title": None},
            ),
            "x": moment("day"),
        },
    }


_LETTERS, _FEW_LETTERS = 28, 18
"""Letters of a name beside a bar, on a wide drawing and on a narrow one."""


def name_axis(width: int) -> Spec:
    """Return an axis of names, long ones cut by letters: cutting them by width takes half of a drawing's time."""
    return {"labelExpr": f"truncate(datum.label, {_LETTERS if width >= NARROW else _FEW_LETTERS})", "labelLimit": 0}


def whole_name_axis(names: Sequence[str], width: int) -> tuple[Spec, int]:
    """Return an axis of a few names, none cut, and how many lines the longest takes.

    Examples
    --------
    >>> whole_name_axis(["no invitation", "invitation put off until the statute is sent"], 600)[1]
    2
    """
    letters = _LETTERS if width >= NARROW else _FEW_LETTERS
    wrapped = [textwrap.wrap(name, letters, break_long_words=False, break_on_hyphens=False) for name in names]
    lines = max((len(parts) for parts in wrapped), default=1)
    broken = f"replace(datum.label, /(.{{1,{letters}}})(?: |$)/g, '$1\\n')"
    return {"labelExpr": f"split(trim({broken}), '\\n')", "labelLimit": 0}, lines


def nominal(field: str, **rest: Any) -> Spec:
    """Return the encoding of a field of names."""
    return {"field": field, "type": "nominal", **rest}


def quantity(field: str, **rest: Any) -> Spec:
    """Return the encoding of a field of numbers."""
    return {"field": field, "type": "quantitative", **rest}


def moment(field: str, **rest: Any) -> Spec:
    """Return the encoding of a field of days."""
    return {"field": field, "type": "temporal", **rest}


def ticks(first: Day, last: Day, most: int) -> tuple[tuple[Day, ...], str]:
    """Return days for the marks of an axis, none after the last day, and the format in which no two look alike.

    Parameters
    ----------
    first, last
        The days between which they lie.
    most
        How many there may be, at least 2.

    Examples
    --------
    >>> days, form = ticks(dt.date(2022, 5, 18), dt.date(2024, 3, 7), 4)
    >>> [day.strftime(form) for day in days]
    ['Jul 2022', 'Jan 2023', 'Jul 2023', 'Jan 2024']
    """
    months = 12 * (last.year - first.year) + last.month - first.month
    for step in (1, 3, 6, 12, 24, 60, 120):
        starts = [divmod(n, 12) for n in range(12 * first.year + first.month - 1, 12 * last.year + last.month)]
        days = [dt.date(year, month + 1, 1) for year, month in starts if (12 * year + month) % step == 0]
        marks = tuple(day for day in days if first <= day <= last)
        if months >= 3 and 2 <= len(marks) <= most:
            return marks, "%b %Y" if step < 12 else "%Y"
    span = (last - first).days
    apart = max(1, -(-span // (most - 1)))
    return tuple(last - dt.timedelta(days=n) for n in range(span, -1, -apart))[-most:], "%-d %b %Y"


def day_axis(first: Day, last: Day, most: int, **rest: Any) -> Spec:
    """Return an axis of days with marks that all look different, see `ticks`; marks and data stand at noon."""
    days, form = ticks(first, last, most)
    values = [{"year": day.year, "month": day.month, "date": day.day, "hours": 12} for day in days]
    return {"format": form, "values": values, **rest}


def as_time(day: Day) -> str:
    """Return noon of a day, which is the same day in every time zone that a drawing could be made in."""
    return f"{day.isoformat()}T12:00:00"


def styled(spec: Spec, width: int | None = None, height: int | None = None) -> Spec:
    """Return a specification with the page's type and colours, and a size where one is given."""
    sized = {} if width is None else {"width": width, "height": height, "autosize": _FIT}
    axis = {**_AXIS, "labelLimit": 170 if width is None or width >= NARROW else 110}
    return {"$schema": _SCHEMA, **spec, **sized, "config": {**_CONFIG, "axis": axis}}


_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
_FIT = {"contains": "padding", "type": "fit-x"}
_AXIS = {
    "domainColor": PALETTE["grid"],
    "gridColor": PALETTE["grid"],
    "labelColor": PALETTE["ink"],
    "labelFontSize": 12,
    "tickColor": PALETTE["grid"],
    "titleColor": PALETTE["muted"],
    "titleFontSize": 12,
    "titleFontWeight": "normal",
}
_CONFIG = {
    "background": "transparent",
    "font": "Arial, Helvetica, sans-serif",
    "legend": {"labelColor": PALETTE["ink"], "labelFontSize": 12, "symbolOpacity": 1},
    "padding": 2,
    "title": {"color": PALETTE["ink"], "fontWeight": "normal"},
    "view": {"continuousHeight": 300, "continuousWidth": 300, "stroke": None},
}
