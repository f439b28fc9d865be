"""Who held an office: from words such as "the French foreign minister" to the persons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.world.horizon import held
from foedus.world.records import Office
from foedus.world.resolver import fold

if TYPE_CHECKING:
    from foedus.world.world import World

KINDS = (
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "defence-minister",
    "ambassador",
    "secretary-general",
    "spokesperson",
    "other",
)
"""The kinds of offices, in the order in which a state's are listed."""

_WORDS: dict[str, tuple[str, ...]] = {
    "president": ("head-of-state", "head-of-government", "other"),
    "vice president": ("other",),
    "deputy secretary general": ("other",),
    "king": ("head-of-state",),
    "queen": ("head-of-state",),
    "monarch": ("head-of-state",),
    "emperor": ("head-of-state",),
    "head of state": ("head-of-state",),
    "head of government": ("head-of-government",),
    "prime minister": ("head-of-government",),
    "premier": ("head-of-government",),
    "chancellor": ("head-of-government",),
    "taoiseach": ("head-of-government",),
    "foreign minister": ("foreign-minister",),
    "minister of foreign affairs": ("foreign-minister",),
    "minister for foreign affairs": ("foreign-minister",),
    "foreign secretary": ("foreign-minister",),
    "secretary of state": ("foreign-minister",),
    "defence minister": ("defence-minister",),
    "defense minister": ("defence-minister",),
    "minister of defence": ("defence-minister",),
    "minister of defense": ("defence-minister",),
    "secretary of defense": ("defence-minister",),
    "defence secretary": ("defence-minister",),
    "defense secretary": ("defence-minister",),
    "secretary general": ("secretary-general",),
    "high representative": ("other",),
    "supreme allied commander europe": ("other",),
    "saceur": ("other",),
}
"""What people call an office, and the kinds under which it is kept."""

_LONGEST_FIRST = "|".join(sorted((re.escape(one) for one in _WORDS), key=len, reverse=True))
_AFTER = re.compile(rf"^(.*?)\s*\b({_LONGEST_FIRST})$")
_BEFORE = re.compile(rf"^({_LONGEST_FIRST})\s+(?:of|for)?\s*(?:the\s+)?(.+)$")


def office_named(world: World, words: str, on: Day | None = None) -> tuple[str, str, tuple[str, ...]] | None:
    """Return whose office some words name, what they call it and its kinds; None where they name none.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> office_named(packaged_world(), "the French foreign minister")
    ('FRA', 'foreign minister', ('foreign-minister',))
    >>> office_named(packaged_world(), "Secretary General of NATO")[0]
    'nato'
    """
    folded = fold(words)
    if folded in {"saceur", "supreme allied commander europe"}:
        return "nato", folded, _WORDS[folded]
    for pattern, whose, what in ((_AFTER, 1, 2), (_BEFORE, 2, 1)):
        match = pattern.match(folded)
        if match and match[whose]:
            try:
                return world.find(match[whose], on), match[what], _WORDS[match[what]]
            except FoedusError:
                continue
    return None


def holders(
    world: World, actors: Iterable[str], kinds: Iterable[str] = KINDS, called: str = "", on: Day | None = None
) -> tuple[Office, ...]:
    """Return who held offices of some actors, by kind and first day; on a day only who is known to hold one then.

    Parameters
    ----------
    world
        The facts.
    actors
        Whose offices.
    kinds
        Of which kinds.
    called
        What the office is called: "president" leaves out a prime minister.
    on
        The day; None for all times.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> [one.person for one in holders(packaged_world(), ["GBR"], ["head-of-government"], on=parse_day("2022-10-25"))]
    ['Rishi Sunak']
    """
    whose, wanted = set(actors), set(kinds)
    found = [
        row
        for row in world.offices
        if row.actor in whose and row.office in wanted and (on is None or held(row, on)) and is_called(row, called)
    ]
    return each_once(sorted(found, key=lambda row: (row.actor, KINDS.index(row.office), row.start or Day.min)))


def each_once(rows: Iterable[Office]) -> tuple[Office, ...]:
    """Return offices in their order, each once: a president may be kept as head of state and of government."""
    return tuple({(row.actor, row.person, row.title, row.start): row for row in reversed(list(rows))}.values())[::-1]


def is_called(row: Office, called: str) -> bool:
    """Tell whether a title is what the words call it, where kinds alone do not tell: presidents and other offices."""
    kinds = _WORDS.get(called, ())
    if called == "saceur":
        return "supreme allied commander" in fold(row.title)
    title = fold(row.title)
    below = title.startswith(("vice ", "deputy ")) and not called.startswith(("vice ", "deputy "))
    return not called or (len(kinds) == 1 and kinds != ("other",)) or (called in title and not below)


def with_institutions(world: World, actor: str, on: Day | None) -> tuple[str, ...]:
    """Return an actor and the institutions of which it is made up on a day, such as the Commission of the Union."""
    rows = (row for row in world.memberships if row.organisation == actor and row.status == "institution")
    return (actor, *(row.actor for row in rows if on is None or on in row.interval))
