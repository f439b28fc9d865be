"""Who held an office on a day: offices by the words that people use for them, and who came before and after."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.world import horizon
from foedus.world.records import Office
from foedus.world.resolver import fold, is_known
from foedus.world.world import World

KINDS = {
    "head of state": "head-of-state",
    "president": "head-of-state",
    "king": "head-of-state",
    "queen": "head-of-state",
    "monarch": "head-of-state",
    "emperor": "head-of-state",
    "head of government": "head-of-government",
    "prime minister": "head-of-government",
    "premier": "head-of-government",
    "pm": "head-of-government",
    "chancellor": "head-of-government",
    "taoiseach": "head-of-government",
    "pope": "head-of-state",
    "emir": "head-of-state",
    "sultan": "head-of-state",
    "foreign minister": "foreign-minister",
    "foreign secretary": "foreign-minister",
    "minister of foreign affairs": "foreign-minister",
    "minister for foreign affairs": "foreign-minister",
    "external affairs minister": "foreign-minister",
    "secretary of state": "foreign-minister",
    "defence minister": "defence-minister",
    "defense minister": "defence-minister",
    "minister of defence": "defence-minister",
    "minister for defence": "defence-minister",
    "defence secretary": "defence-minister",
    "defense secretary": "defence-minister",
    "secretary of defence": "defence-minister",
    "secretary of defense": "defence-minister",
    "secretary general": "secretary-general",
    "general secretary": "secretary-general",
    "sg": "secretary-general",
}
"""The kind of office that words mean where no title has them."""

SHORT = {
    "saceur": "supreme allied commander europe",
    "hrvp": "high representative",
    "hr vp": "high representative",
    "cmc": "chair of the military committee",
    "dsg": "deputy secretary general",
    "cio": "chairperson in office",
    "vp": "vice president",
    "national security adviser": "national security",
    "ayatollah": "supreme leader",
}
"""Titles by what they are called in short."""

CHAIR = ("chair", "chairman", "chairperson", "chairwoman")
"""One word by the usage of different days."""

BESIDE = ("deputy", "vice", "assistant")
"""Words of a title that make it another office."""


@dataclass(frozen=True, slots=True)
class Held:
    """Who held an office on a day or between two days.

    Attributes
    ----------
    rows
        The holders, by actor and first day.
    last_known
        On a day after the last revision: who was in office when the tables were last revised.
    before, after
        Where ``rows`` is empty: the last holder before the day and the first after it; None where none is known.
    """

    rows: tuple[Office, ...]
    last_known: tuple[Office, ...] = ()
    before: Office | None = None
    after: Office | None = None


def called(offices: Iterable[Office], words: str, whose: str = "") -> tuple[Office, ...]:
    """Return the offices that go by some words: by their title, or else by their kind.

    Parameters
    ----------
    offices
        Those among which to look.
    words
        Such as ``foreign minister``, ``SACEUR`` or ``head-of-state``.
    whose
        How the message names whose offices they are.

    Raises
    ------
    FoedusError
        When none goes by the words; the message names those that are known, or the nearest.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> of_germany = [office for office in packaged_world().offices if office.actor == "DEU"]
    >>> {office.office for office in called(of_germany, "prime minister")}
    {'head-of-government'}
    """
    rows = tuple(offices)
    wanted = fold(words)
    wanted = SHORT.get(wanted, wanted)
    kind = KINDS.get(wanted, wanted.replace(" ", "-"))
    by_kind = tuple(row for row in rows if row.office == kind)
    titled = tuple(row for row in rows if _titled(row, wanted))
    wanted_offices = by_kind if wanted == kind.replace("-", " ") and by_kind else titled or by_kind
    if wanted_offices:
        return tuple(
            row for row in rows if row in set(wanted_offices) | set(titled if wanted_offices is by_kind else ())
        )
    of = f" of {whose}" if whose else ""
    raise FoedusError(f"--office: no office {words!r}{of} is known{_hint(rows, wanted)}")


def _hint(rows: Iterable[Office], wanted: str) -> str:
    """Return the nearest words for an office that somebody holds, or else which are known."""
    known = sorted({row.office.replace("-", " ") if row.office != "other" else row.title for row in rows})
    used = [word for word, kind in KINDS.items() if kind.replace("-", " ") in known]
    near = () if wanted in KINDS else difflib.get_close_matches(wanted, dict.fromkeys((*used, *map(fold, known))), n=2)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; known are {', '.join(known[:12])}{' and more' if len(known) > 12 else ''}" if known else ""


def _titled(office: Office, wanted: str) -> bool:
    """Tell whether a title has all the words, and none that makes it a deputy's unless that was asked for."""
    title = _one_chair(fold(office.title).replace("(", " ").replace(")", " "))
    words = _one_chair(wanted)
    return bool(words) and set(words) <= set(title) and not any(w in title and w not in words for w in BESIDE)


def _one_chair(text: str) -> list[str]:
    """Return the words of a text, those for a chair as one."""
    return [CHAIR[0] if word in CHAIR else word for word in text.split()]


def held_on(offices: Iterable[Office], day: Day) -> Held:
    """Return who is known to hold some offices on a day.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> rows = called([office for office in packaged_world().offices if office.actor == "nato"], "secretary general")
    >>> [office.person for office in held_on(rows, parse_day("2001-09-12")).rows]
    ['George Robertson']
    """
    rows = tuple(offices)
    in_office = tuple(row for row in rows if horizon.held(row, day))
    last = tuple(row for row in rows if row.end is None and day > horizon.AS_OF and day in row.interval)
    if in_office or last:
        return Held(_ordered(in_office), _ordered(last))
    ended = [row for row in rows if row.end is not None and row.end <= day]
    begun = [row for row in rows if row.start is not None and row.start > day]
    return Held(
        (),
        (),
        max(ended, key=lambda row: row.end or Day.min, default=None),
        min(begun, key=lambda row: row.start or Day.max, default=None),
    )


def held_between(offices: Iterable[Office], start: Day | None, end: Day | None) -> Held:
    """Return who held some offices at any time from a day to a day, both included; None leaves a side open."""
    return Held(
        _ordered(
            office
            for office in offices
            if (end is None or office.start is None or office.start <= end)
            and (start is None or office.end is None or office.end > start)
        )
    )


def offices_of(world: World, actor: str | None) -> tuple[Office, ...]:
    """Return the offices of an actor and its institutions, or all; those of staff in research are left in."""
    whose = None if actor is None else set(with_institutions(world, actor))
    return tuple(office for office in world.offices if whose is None or office.actor in whose)


def with_institutions(world: World, actor: str, on: Day | None = None) -> tuple[str, ...]:
    """Return an actor and the institutions that make it up, on a day or ever, such as the Commission of the Union."""
    rows = (row for row in world.memberships if row.organisation == actor and row.status == "institution")
    return (actor, *(row.actor for row in rows if on is None or on in row.interval))


def is_title(world: World, words: str) -> bool:
    """Tell whether some words begin the title of an office that somebody holds, and name no actor.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> is_title(packaged_world(), "High Representative"), is_title(packaged_world(), "France")
    (True, False)
    """
    wanted = fold(words)
    return any(fold(office.title).startswith(wanted) for office in world.offices) and not is_known(words, world)


def once(rows: Iterable[Office]) -> list[Office]:
    """Return rows without those that say the same of somebody who is head of state and of government in one."""
    return list({(row.actor, row.title, row.person, row.start): row for row in rows}.values())


_SAID = sorted((*KINDS, *SHORT, *SHORT.values(), "vice president"), key=len, reverse=True)
_OFFICE = "|".join(re.escape(word) for word in _SAID)
_AFTER = re.compile(rf"^(.+?)\s+({_OFFICE})$")
_BEFORE = re.compile(rf"^({_OFFICE})\s+(?:of|to|for)\s+(?:the\s+)?(.+)$")
_OF_NATO = ("saceur", "supreme allied commander europe")


def named(world: World, words: str, on: Day | None = None) -> tuple[str, str] | None:
    """Return whose office some words name, and what they call it; None where they name none.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> named(packaged_world(), "the French foreign minister"), named(packaged_world(), "Secretary General of NATO")
    (('FRA', 'foreign minister'), ('nato', 'secretary general'))
    >>> named(packaged_world(), "Queen Elizabeth II") is None
    True
    """
    folded = fold(words)
    if folded in _OF_NATO:
        return "nato", folded
    for pattern, whose, what in ((_AFTER, 1, 2), (_BEFORE, 2, 1)):
        if match := pattern.match(folded):
            for holder in (match[whose], folded):  # the whole may be a name too, as the Commission president is
                with contextlib.suppress(FoedusError):
                    return world.find(holder, on), match[what]
    return None


def _ordered(rows: Iterable[Office]) -> tuple[Office, ...]:
    return tuple(sorted(rows, key=lambda row: (row.actor, _RANK.get(row.office, len(_RANK)), row.start or Day.min)))


_RANK = {kind: place for place, kind in enumerate(dict.fromkeys(KINDS.values()))}
"""Heads of state and of government before their ministers."""


def between_holders(offices: Iterable[Office], day: Day) -> tuple[tuple[Office, Office], ...]:
    """Return the last and the next holder of each office that had both and nobody known on a day.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> rows = [office for office in packaged_world().offices if office.actor == "nato"]
    >>> [(last.person, after.person) for last, after in between_holders(rows, parse_day("2024-10-01"))]
    [('Mircea Geoană', 'Radmila Shekerinska')]
    """
    between = []
    by_office: dict[tuple[str, str], list[Office]] = {}
    for office in offices:
        named = office.title if office.office == "other" else office.office
        by_office.setdefault((office.actor, named), []).append(office)
    for rows in by_office.values():
        held = held_on(rows, day)
        if not held.rows and not held.last_known and held.before is not None and held.after is not None:
            between.append((held.before, held.after))
    return tuple(between)
