"""Which bodies a name that none has may mean: a slip of the pen, or a name that shares what is particular to theirs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.institutions.bodies import Body

_SHORT = 8
"""Letters up to which a slip or two make another word."""

_LETTERS = 4
"""Letters from which one of them may be a slip: among three it makes another abbreviation."""

_MOST = 3
"""How many bodies are offered."""

_COMMON = frozenset(
    {
        "the",
        "and",
        "for",
        "council",
        "board",
        "committee",
        "conference",
        "assembly",
        "meeting",
        "summit",
        "commission",
        "congress",
        "parliament",
        "organisation",
        "organization",
        "community",
        "union",
        "association",
        "league",
        "forum",
        "general",
        "executive",
        "governing",
        "united",
        "nations",
        "international",
        "world",
        "states",
        "state",
        "heads",
        "government",
        "leaders",
        "members",
        "ministers",
        "parties",
        "treaty",
        "convention",
        "agreement",
        "plenary",
    }
)
"""Words that half of all bodies have in their names, so that to share one says nothing."""


def near_by_name(bodies: Mapping[str, Body], name: str) -> tuple[Body, ...]:
    """Return the bodies that a name may mean, the likeliest first.

    A slip of the pen comes alone. Otherwise those come whose names share most of the words that are not in half of all
    names: ``opec`` is no slip for ``oecd``, and *Whaling Commission* shares with others only a common word.

    Examples
    --------
    >>> from foedus.institutions import packaged_institutions
    >>> bodies = packaged_institutions().bodies
    >>> [body.id for body in near_by_name(bodies, "unscc")]
    ['unsc']
    >>> [body.id for body in near_by_name(bodies, "Arctic Forum of Ministers")]
    ['arctic-council']
    >>> near_by_name(bodies, "Whaling Commission")
    ()
    """
    wanted = _folded(name)
    called = {_folded(own_name): body for body in bodies.values() for own_name in _names(body)}
    if slip := _slip(wanted, called):
        return (called[slip],)
    words = _particular([wanted])
    shared = {body.id: len(words & _particular(_names(body))) for body in bodies.values()}
    ranked = sorted((word for word in shared if shared[word]), key=lambda known: (-shared[known], known))
    return tuple(bodies[body_id] for body_id in ranked[:_MOST])


def _slip(wanted: str, called: Iterable[str]) -> str | None:
    """Return the name of which the wanted one is a slip: of a short name by one letter, of three by their order."""
    if len(wanted) > _SHORT:
        return next(iter(difflib.get_close_matches(wanted, list(called), n=1, cutoff=0.85)), None)
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - it is needed only for a name that is wrong

    short = len(wanted) < _LETTERS
    near = (name for name in sorted(called) if OSA.distance(wanted, name) == 1)
    return next((close for close in near if not short or sorted(close) == sorted(wanted)), None)


def _names(body: Body) -> Iterable[str]:
    return (body.id, body.name, *body.aliases, body.organisation)


def _folded(name: str) -> str:
    return name.strip().casefold().replace("-", " ")


def _particular(names: Iterable[str]) -> set[str]:
    """Return the words of names that are not in half of all names, plurals and endings cut off."""
    words = {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name.casefold())}
    return {word[:6] for word in words - _COMMON}
