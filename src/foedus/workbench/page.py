"""What a request is answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foedus.base.days import Day, asked_day
from foedus.base.errors import FoedusError


@dataclass(frozen=True, slots=True)
class Page:
    """A page: a template and what it shows."""

    template: str
    values: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Json:
    """An answer to a script of the pages."""

    data: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Go on to another page of the workbench."""

    path: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to look at or to save, with what a browser may do with it."""

    name: str
    kind: str
    data: bytes
    save: bool = False
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was done."""

    words: str
    status: int = 422


Answer = Page | Json | Elsewhere | File | Refused

Asked = Mapping[str, list[Any]]
"""What was asked, each name with its values."""


def one(asked: Asked, name: str, otherwise: str = "") -> str:
    """Return a single value, without the blanks around it."""
    values = asked.get(name) or [otherwise]
    return str(values[0]).strip()


def needed(asked: Asked, name: str, what: str) -> str:
    """Return a value that has to be there.

    Raises
    ------
    FoedusError
        When it is blank.
    """
    value = one(asked, name)
    if not value:
        raise FoedusError(f"{what} is missing")
    return value


def day_asked(asked: Asked) -> Day | None:
    """Return the day of knowledge that a page is asked for; None for the latest."""
    day = one(asked, "as_of")
    return asked_day(day, "as of") if day else None
