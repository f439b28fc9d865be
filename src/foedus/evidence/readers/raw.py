"""What a reader of one format gives: a text and what the file says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.base.days import Day, parse_day


@dataclass(frozen=True, slots=True)
class Raw:
    """A text with whatever the format records of title, author, day and outlet.

    Attributes
    ----------
    text
        One paragraph a line.
    title, author, outlet
        As far as the file says; else empty.
    published
        The day of publication that it gives for certain, or ``None``.
    latest
        The last day that its day can mean, where that can be read in two ways.
    doubts
        What is not sure, in words for a reader: an encoding that was guessed, a day of two readings, what is unread.
    articles
        Where the file is a batch that holds several articles: these, in their order; the text is then theirs together.
    """

    text: str
    title: str = ""
    author: str = ""
    published: Day | None = None
    outlet: str = ""
    latest: Day | None = None
    doubts: tuple[str, ...] = ()
    articles: tuple[Raw, ...] = ()


def as_plain(raw: Raw) -> dict[str, Any]:
    """Return a text and what is known of it as values of JSON, to be sent from one process to another.

    Examples
    --------
    >>> raw = Raw("Norway agrees.", published=parse_day("2023-07-03"), doubts=("an encoding that was guessed",))
    >>> from_plain(as_plain(raw)) == raw
    True
    """
    return {
        "text": raw.text,
        "title": raw.title,
        "author": raw.author,
        "published": raw.published.isoformat() if raw.published else None,
        "outlet": raw.outlet,
        "latest": raw.latest.isoformat() if raw.latest else None,
        "doubts": list(raw.doubts),
        "articles": [as_plain(article) for article in raw.articles],
    }


def from_plain(plain: Mapping[str, Any]) -> Raw:
    """Return what `as_plain` was made of."""
    return Raw(
        text=str(plain["text"]),
        title=str(plain["title"]),
        author=str(plain["author"]),
        published=parse_day(plain["published"]) if plain["published"] else None,
        outlet=str(plain["outlet"]),
        latest=parse_day(plain["latest"]) if plain["latest"] else None,
        doubts=tuple(map(str, plain["doubts"])),
        articles=tuple(from_plain(article) for article in plain["articles"]),
    )


Reader = Callable[[bytes], Raw]
"""Reads the bytes of one file; raises `ValueError` with what is wrong with it where it cannot."""
