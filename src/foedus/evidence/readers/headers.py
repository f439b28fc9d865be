"""What the head and the foot of a text say of its title, author, day and outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.evidence.calendar import find_days

_BY = re.compile(
    r"[Bb]y:? ([A-Z][\w.'\u2019-]+(?: (?:[A-Z][\w.'\u2019-]+|de|van|von|and|&),?){1,9})\s*(?:[|,\u2022-].*)?"
)
_NAME = re.compile(
    r"(?:(?:Prof|Dr|Amb|Gen|Col|Lt|Sir|Ms|Mrs"
    r"|Mr)\.? )?[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]+){1,3}"
)
_TITLES = re.compile(r"^(?:Prof|Dr|Amb|Ms|Mrs|Mr)\.? ")
_CREDIT = re.compile(r"Source: (.{1,100}?) for (.{2,100})")
_PUBLISHED_BY = re.compile(
    r"(?:Source: )?(?:This|The) article was (?:first |originally )?published (?:by|in|at) (?:the )?(.{3,120}?)[.,]?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"\u201c\u201d\u2018\u2019\u00ab\u00bb\u2039\u203a\u300d\u300f')\]]*$")
_DATELINE = re.compile(
    r"[A-Z][A-Z' .-]{2,40}(?:, ?[A-Z][\w. ]{1,30}){0,2},? ?\(?[\w., ]{6,30}\)?"
    r"(?: ?\([A-Z][\w ]{1,20}\))? ?[-\u2013\u2014:]"
)
_HEAD = 6
_LONGEST_TITLE = 200
_LONGEST_LINE = 300


_FIELD = re.compile(
    r"(?P<name>title|headline|by-?line|authors?|source|outlet|newspaper|publication|date|published|publication date"
    r"|language|section|url|link)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
RECORD = re.compile(
    r"[^\w\n]*(?:votes? |voting |voted )?"
    r"(?:in favou?r|for|yes|ayes|against|no|noes|abstain\w*|abstentions?)\b[^:.]{0,12}:",
    re.IGNORECASE,
)
"""How a line of a record of votes begins: 'In favour (27): ...', 'Against: ...'."""

_TITLE, _AUTHOR = ("title", "headline"), ("author", "authors", "byline", "by-line")
_OUTLET = ("outlet", "newspaper", "publication", "source")


@dataclass(frozen=True, slots=True)
class Head:
    """What fields at the head of a text say, and on how many of its lines."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    lines: int = 0


def head_of(lines: list[str]) -> Head:
    """Return what fields such as ``Title:`` say that stand before a text; two of them, or a title, and text after them.

    Examples
    --------
    >>> head_of(["Title: Ministers meet", "Source: BenarNews", "Author: Ana Lind", "Date: 2021-10-14", "They met."])
    Head(title='Ministers meet', author='Ana Lind', outlet='BenarNews', lines=4)
    >>> head_of(["Source: a diplomat said so", "They met."])
    Head(title='', author='', outlet='', lines=0)
    """
    fields: dict[str, str] = {}
    count = 0
    for line in lines:
        match = _FIELD.fullmatch(line.strip()) if len(line) <= _LONGEST_LINE else None
        if match is None:
            break
        fields.setdefault(match["name"].lower(), match["value"].strip())
        count += 1
    if count == len(lines) or (len(fields) < 2 and not fields.keys() & set(_TITLE)):
        return Head()

    def first(names: tuple[str, ...]) -> str:
        return next((fields[name] for name in names if name in fields), "")

    return Head(first(_TITLE), re.sub(r"^[Bb]y ", "", first(_AUTHOR)), first(_OUTLET), count)


def author_of(lines: list[str]) -> str:
    """Return who signs a text, several names separated by semicolons; empty where nobody does.

    Examples
    --------
    >>> author_of(["A Plan for an Office", "By Ana Lind and Bo Berg", "The text begins."])
    'Ana Lind; Bo Berg'
    """
    lines = [line[:_LONGEST_LINE] for line in lines]
    for line in lines[:_HEAD]:
        signed = _BY.fullmatch(line.strip())
        if signed:
            return "; ".join(
                part.strip(" ,") for part in re.split(r",? and |, | & ", signed.group(1)) if part.strip(" ,")
            )
    for line in lines[-_HEAD:]:
        credit = _CREDIT.fullmatch(line.strip())
        if credit:
            return credit.group(1)
    title = title_of(lines)
    begin = [line.strip() for line in lines].index(title) + 1 if title else 0
    for line in lines[begin : begin + 2]:
        if _NAME.fullmatch(line.strip()) and len(line.split()) <= 5:
            return _TITLES.sub("", line.strip())
    return ""


def outlet_of(lines: list[str]) -> str:
    """Return the outlet that a text credits with its first publication, or an empty string."""
    for line in (line[:_LONGEST_LINE] for line in lines[-12:]):
        credit = _CREDIT.fullmatch(line.strip())
        if credit:
            return credit.group(2).strip()
        published = _PUBLISHED_BY.fullmatch(line.strip())
        if published:
            return published.group(1).strip()
    return ""


def title_of(lines: list[str]) -> str:
    """Return the heading of a text: an early line with text after it, short and without a full stop, that is no name.

    Examples
    --------
    >>> title_of(["A Plan for an Office", "The text begins."]), title_of(["A plan that stands alone"])
    ('A Plan for an Office', '')
    >>> title_of(["Who will vote for the plan?", "8 January 2026", "The text begins."])  # the first line may ask
    'Who will vote for the plan?'
    """
    written = sum(bool(line.strip()) for line in lines)
    first = next((line.strip() for line in lines if line.strip()), "")
    for line in lines[: min(4, written - 1)]:
        text = line.strip()
        if (
            len(text.split()) >= 4
            and not find_days(text)
            and len(text) <= _LONGEST_TITLE
            and (not _SENTENCE_END.search(text) or (text == first and text.endswith("?")))
            and not _BY.fullmatch(text)
            and " | " not in text  # a table's row
            and not RECORD.match(text)
        ):
            return text
    return ""


def day_of(lines: list[str]) -> Day | None:
    """Return the day that stands by itself or in a dateline at the head of a text, or ``None``.

    Examples
    --------
    >>> str(day_of(["Ministers meet", "BRUSSELS, 19 September 2025 - Ministers met."]))
    '2025-09-19'
    """
    for line in lines[:_HEAD]:
        if len(line) <= 80:
            named_days = find_days(line)
            if len(named_days) == 1 and named_days[0].end - named_days[0].start >= 0.3 * len(line.strip()):
                return named_days[0].day
        dateline = _DATELINE.match(line[:_LONGEST_LINE])
        named = find_days(dateline.group()) if dateline else ()
        if len(named) == 1:
            return named[0].day
    return None
