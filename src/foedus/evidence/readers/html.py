"""HTML: main text, title, author, day and outlet of a page, by trafilatura."""

from __future__ import annotations

import bisect
import datetime as dt
import logging
import re
from typing import Any

from foedus.base.days import Day, parse_day
from foedus.evidence.readers.dates import NumericDay, numeric_day
from foedus.evidence.readers.encodings import Decoded, decode
from foedus.evidence.readers.raw import Raw

_DEEPEST = 2_000
_STRUCK = re.compile(r"<(del|s|strike)(?:\s[^<>]{0,500})?>", re.IGNORECASE)
"""What begins words that are struck out; they are no part of the text."""

_STRUCK_END = re.compile(r"</(del|s|strike)\s*>", re.IGNORECASE)
_LONGEST_STRUCK = 20_000

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})[\"']")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_AS_BROWSERS_DO = {
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
}
"""Names under which pages keep a larger encoding."""

_LANGUAGE = re.compile(r"<html[^>]{0,300}?\slang\s*=\s*[\"']?([A-Za-z]{2}(?:[-_][A-Za-z]{2})?)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def read_html(data: bytes) -> Raw:
    """Read the article of a web page; the rows of its tables are lines, words struck out are left out.

    Raises
    ------
    ValueError
        When the page holds no article, or is nested beyond reason.
    """
    if _nesting(data) > _DEEPEST:
        raise ValueError(f"nests elements deeper than {_DEEPEST:,}; it is no article")
    decoded = decode_page(data)
    return read_page(decoded.text, (decoded.doubt,) if decoded.doubt else ())


def read_page(page: str, doubts: tuple[str, ...] = ()) -> Raw:
    """Read a page from its text; see `read_html`."""
    import trafilatura  # noqa: PLC0415  (slow to load)

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = _without_struck(_DECLARATION.sub("", page))
    extracted: Any = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_day_rules()
    )
    if extracted is None or not (extracted.text or "").strip():
        text: str = trafilatura.html2txt(page)  # a fragment, or a page of a few sentences
        if not text.strip():
            raise ValueError("holds no article: there is no main text in the page")
        return Raw(text, doubts=doubts)
    published, unsure = _day(extracted.date), None
    if published:
        unsure = _in_figures(page, published)
        if unsure:
            published = unsure.sure
    return Raw(
        _rows(extracted.text),
        extracted.title or "",
        extracted.author or "",
        published,
        extracted.sitename or "",
        latest=unsure.readings[-1] if unsure and not unsure.sure else None,
        doubts=(*doubts, unsure.doubt) if unsure and unsure.doubt else doubts,
    )


def _without_struck(page: str) -> str:
    """Return a page without the words that are struck out, markup within them included."""
    closings: dict[str, list[tuple[int, int]]] = {}
    for match in _STRUCK_END.finditer(page):
        closings.setdefault(match.group(1).lower(), []).append(match.span())
    kept, position = [], 0
    for begin in _STRUCK.finditer(page):
        ends = closings.get(begin.group(1).lower(), [])
        place = bisect.bisect(ends, (begin.end(), 0))
        if begin.start() >= position and place < len(ends) and ends[place][0] - begin.end() < _LONGEST_STRUCK:
            kept.append(page[position : begin.start()])
            position = ends[place][1]
    return "".join([*kept, page[position:]])


def decode_page(data: bytes) -> Decoded:
    """Return a page's text: by its mark, as UTF-8, as it declares, or as it reads best."""
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096]) or _XML.search(data[:300])
    if declared:
        name = declared.group(1).decode("ascii").lower()
        try:
            return Decoded(data.decode(_AS_BROWSERS_DO.get(name, name)))
        except (LookupError, ValueError):
            pass  # it is not what it says that it is
    return decode(data)


def _rows(text: str) -> str:
    """Return a text in which the rows of tables have no bar before and after them."""
    lines = (line.strip(" |") if line.lstrip().startswith("|") else line for line in text.split("\n"))
    return "\n".join(line for line in lines if not re.fullmatch(r"[\s|:-]+", line))


def _in_figures(page: str, day: Day) -> NumericDay | None:
    """Return how a page writes its day, where it does so in figures of two readings and in no other way."""
    if day.day > 12 or day.day == day.month:
        return None
    names = "|".join((f"{day:%B}", f"{day:%b}"))
    plain = (
        rf"{day.year}\W?0?{day.month}\W?0?{day.day}\b"
        rf"|\b0?{day.day}\W{{1,3}}(?:{names})|(?:{names})\W{{1,3}}0?{day.day}\b"
    )
    if re.search(plain, page, re.IGNORECASE):
        return None
    pairs = {(day.day, day.month), (day.month, day.day)}
    written = re.search(
        "|".join(rf"(?<![\d/-])0?{first}([/-])0?{second}[/-]{day.year}(?!\d)" for first, second in sorted(pairs)), page
    )
    if not written:
        return None
    language = _LANGUAGE.search(page[:5000])
    before = page[max(0, written.start() - 40) : written.start()].rpartition(">")[2]
    line = before + page[written.start() : written.end() + 40].partition("<")[0]
    american = {"en-us": True, "en-gb": False, "en-au": False, "en-ie": False}
    order = american.get(language.group(1).lower().replace("_", "-")) if language else None
    if order is None and language and not language.group(1).lower().startswith("en"):
        order = False
    return numeric_day(line, _TAG.sub(" ", page), month_first=order)


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
