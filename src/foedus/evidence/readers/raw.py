"""What a reader of one format gives: a text and what the file says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foedus.base.days import Day


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


Reader = Callable[[bytes], Raw]
"""Reads the bytes of one file; raises `ValueError` with what is wrong with it where it cannot."""
