"""HTML: main text, title, author, day and outlet of a page, by trafilatura."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import Any

from foedus.base.days import Day, parse_day
from foedus.evidence.readers.raw import Raw

_DEEPEST = 2_000
_STRUCK = re.compile(rb"<(del|s|strike)(?:\s[^<>]{0,500})?>[^<]{0,5000}</\1\s*>", re.IGNORECASE)
"""Words struck out are no part of the text."""


def read_html(data: bytes) -> Raw:
    """Read the article of a web page.

    Raises
    ------
    ValueError
        When the page holds no article, or is nested beyond reason.
    """
    import trafilatura  # noqa: PLC0415  (slow to load)

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if _nesting(data) > _DEEPEST:
        raise ValueError(f"nests elements deeper than {_DEEPEST:,}; it is no article")
    data = _STRUCK.sub(b"", data)
    found: Any = trafilatura.bare_extraction(
        data, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_day_rules()
    )
    if found is None or not (found.text or "").strip():
        text: str = trafilatura.html2txt(data)  # a fragment, or a page of a few sentences
        if not text.strip():
            raise ValueError("holds no article: there is no main text in the page")
        return Raw(text)
    return Raw(found.text, found.title or "", found.author or "", _day(found.date), found.sitename or "")


def _day_rules() -> dict[str, Any]:
    return {"original_date": True, "extensive_search": False, "max_date": dt.date.max.isoformat()}


def _day(text: str | None) -> Day | None:
    try:
        return parse_day((text or "")[:10])
    except ValueError:
        return None


def _nesting(data: bytes) -> int:
    """Return the deepest run of 'div' and the like that are opened and not closed."""
    deepest = depth = 0
    for piece in data.lower().split(b"<")[1:]:
        if piece.startswith((b"/div", b"/span", b"/table", b"/ul", b"/b", b"/i", b"/section")):
            depth = max(0, depth - 1)
        elif piece.startswith((b"div", b"span", b"table", b"ul", b"b>", b"i>", b"section")):
            depth += 1
            deepest = max(deepest, depth)
    return deepest
