"""What a reader of one format gives: a text and what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.days import Day


@dataclass(frozen=True, slots=True)
class Raw:
    """A text with whatever the format records of title, author, day and outlet."""

    text: str
    title: str = ""
    author: str = ""
    published: Day | None = None
    outlet: str = ""
