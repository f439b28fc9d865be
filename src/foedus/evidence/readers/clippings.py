"""Batches of clippings: one file that holds several articles, as press services and archives deliver them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from foedus.base.days import Day
from foedus.evidence.calendar import find_days
from foedus.evidence.readers.dates import NumericDay, numeric_day
from foedus.evidence.readers.raw import Raw

_NUMBERED = re.compile(r"(?:Document )?\d{1,5} of \d{1,5}(?: DOCUMENTS?)?", re.IGNORECASE)
_END = re.compile(r"End of Document", re.IGNORECASE)
_FACTIVA = re.compile(r"Document [A-Z]{2,}\w{0,12}\d{8}\w{4,14}")
_RULE = re.compile(r"([=*_#~-])\1{4,}")
_TITLED = re.compile(r"(?:Title|Headline)\s*:\s*\S", re.IGNORECASE)
_FIELD = re.compile(
    r"(?P<name>headline|title|by-?line|authors?|published|publication date|publication|date|load-date|source|outlet"
    r"|newspaper|section|length|language|dateline|graphic|copyright|word count|url|link|type|subject|body|text)"
    r"\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:copyright|\u00a9|\(c\)) ?(?:\d{4}|.{0,80}\d{4}).*|all rights reserved\.?", re.IGNORECASE)
_WORDS = re.compile(r"[\d,.]+ words", re.IGNORECASE)
_BODY = re.compile(r"(?:Body|Full text):?", re.IGNORECASE)
_HEAD, _FOOT = 16, 4
_LEAST_WORDS = 15
_OUTLET = ("source", "outlet", "newspaper", "publication")
_DAY = ("date", "published", "publication date")


def with_articles(raw: Raw) -> Raw:
    r"""Return what was read, its articles told apart where it is a batch.

    Batches are known by the marks that press services put between articles (``3 of 25 DOCUMENTS``, ``End of
    Document``, ``Document REUTER0020230711...``); or, where each article carries a day of its own, by ``Title:`` or
    ``Headline:`` before each, or by lines of signs between them.

    Parameters
    ----------
    raw
        One paragraph a line.

    Examples
    --------
    >>> said = "{0} speaks\nDate: 10 July 2023\n{0} said so" + " and said so again" * 9
    >>> first, two = ("Title: " + said.format(name) for name in ("Oslo", "Rome"))
    >>> [(first.title, str(first.published)) for first in with_articles(Raw(f"{first}\n\n{two}")).articles]
    [('Oslo speaks', '2023-07-10'), ('Rome speaks', '2023-07-10')]
    """
    if raw.articles:
        return raw
    lines = [line.strip() for line in raw.text.split("\n")]
    for split in (_at(_NUMBERED.fullmatch), _after(_END.fullmatch), _after(_FACTIVA.fullmatch)):
        pieces = [piece for piece in split(lines) if _is_text(piece)]
        if len(pieces) > 1:
            return replace(raw, articles=tuple(map(_article, pieces)))
    for split in (_before(_TITLED.match), _at(_RULE.fullmatch)):
        pieces = [piece for piece in split(lines) if any(piece)]
        if len(pieces) > 1 and all(_is_text(piece) and _dated(piece) for piece in pieces):
            return replace(raw, articles=tuple(map(_article, pieces)))
    return raw


_Lines = Sequence[str]
_Split = Callable[[_Lines], list[list[str]]]


def _split(lines: _Lines, mark: Callable[[str], object], *, before: bool, kept: bool) -> list[list[str]]:
    """Cut lines before or after those that bear a mark; without any, there is one piece."""
    pieces: list[list[str]] = [[]]
    for line in lines:
        marked = bool(mark(line))
        if marked and before:
            pieces.append([])
        if not marked or kept:
            pieces[-1].append(line)
        if marked and not before:
            pieces.append([])
    return pieces


def _at(mark: Callable[[str], object]) -> _Split:
    return lambda lines: _split(lines, mark, before=True, kept=False)


def _after(mark: Callable[[str], object]) -> _Split:
    return lambda lines: _split(lines, mark, before=False, kept=False)


def _before(mark: Callable[[str], object]) -> _Split:
    return lambda lines: _split(lines, mark, before=True, kept=True)


def _is_text(piece: _Lines) -> bool:
    return sum(len(line.split()) for line in piece) >= _LEAST_WORDS


def _dated(piece: _Lines) -> bool:
    head = [line for line in piece if line][:8]
    return any(len(line) <= 80 and (_sure_day(line) or numeric_day(line)) for line in head)


def _sure_day(line: str) -> Day | None:
    days = find_days(line)
    return days[0].day if len(days) == 1 and days[0].day == days[0].first else None


def _article(piece: _Lines) -> Raw:
    """Return one article of a batch: what stands before its text tells title, author, outlet and day."""
    lines = [line for line in piece if line]
    fields: dict[str, str] = {}
    start = _begin(lines)
    head = list(_unnamed(lines[:start], fields))
    foot = max(start, len(lines) - _FOOT)
    body = [*lines[start:foot], *_unnamed(lines[foot:], fields)]
    day, unsure = _day(head, fields, "\n".join(lines))
    named = next(
        (place for place, line in enumerate(head) if len(line) <= 80 and (_sure_day(line) or numeric_day(line))), None
    )
    plain = [line for place, line in enumerate(head) if place != named]
    title = fields.get("headline") or fields.get("title") or ""
    outlet = next((fields[name] for name in _OUTLET if fields.get(name)), "")
    if named is not None and not (title and outlet):
        above, below = head[:named], list(head[named + 1 :])
        if len(above) > 1:
            title, outlet = title or above[0], outlet or above[1]
        elif above and below and not title:
            title, outlet = below[0], outlet or above[0]
        elif above:
            title = title or above[0]
    elif not title and plain:
        title = plain[0]
    author = fields.get("byline") or fields.get("by-line") or fields.get("author") or fields.get("authors") or ""
    text = "\n".join([title, *body] if title and (not body or body[0] != title) else body)
    return Raw(
        text,
        title,
        re.sub(r"^[Bb]y ", "", author),
        day,
        outlet,
        latest=unsure.readings[-1] if unsure else None,
        doubts=(unsure.doubt,) if unsure else (),
    )


def _begin(lines: _Lines) -> int:
    """Return where an article's text begins: after ``Body``, or the last line of its head that names something."""
    stop = next((place for place, line in enumerate(lines[:_HEAD]) if _is_paragraph(line)), _HEAD)
    head = lines[:stop]
    body = next((place for place, line in enumerate(lines[: 2 * _HEAD]) if _BODY.fullmatch(line)), None)
    if body is not None:
        return body + 1
    named = [place for place, line in enumerate(head) if _named(line)]
    dated = [place for place, line in enumerate(head[:6]) if len(line) <= 80 and (_sure_day(line) or numeric_day(line))]
    last = max([*named, *dated], default=-1)
    return last + 1 if last + 1 < len(lines) else 0


def _is_paragraph(line: str) -> bool:
    """Tell whether a line is a sentence of some length, and nothing that stands at an article's head."""
    return len(line.split()) >= _LEAST_WORDS and line[-1:] in '.?!"\u201d\u2019' and not _named(line)


def _named(line: str) -> bool:
    return bool(_FIELD.fullmatch(line) or _COPYRIGHT.fullmatch(line) or _WORDS.fullmatch(line)) and len(line) <= 300


def _unnamed(lines: _Lines, fields: dict[str, str]) -> Iterator[str]:
    """Yield the lines that name nothing; what the others name goes into the fields."""
    for line in lines:
        field = _FIELD.fullmatch(line)
        if field and len(line) <= 300:
            fields.setdefault(field["name"].lower(), field["value"].strip())
        elif not (_named(line) or _BODY.fullmatch(line) or _END.fullmatch(line)):
            yield line


def _day(head: _Lines, fields: dict[str, str], text: str) -> tuple[Day | None, NumericDay | None]:
    """Return the day that an article's head gives: sure, or in figures that can be read in two ways."""
    loaded = _sure_day(fields.get("load-date", ""))
    for line in (*(fields[name] for name in _DAY if name in fields), *head, fields.get("load-date", "")):
        if len(line) <= 80:
            sure = _sure_day(line)
            numeric = None if sure else numeric_day(line, text)
            if numeric and not numeric.sure and loaded in numeric.readings:
                return loaded, None
            if sure or numeric:
                return sure or (numeric.sure if numeric else None), None if sure or (
                    numeric and numeric.sure
                ) else numeric
    return None, None
