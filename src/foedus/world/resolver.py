"""From a name in a text to the actor that goes by it on a day, or to every candidate with the reason."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from foedus.base.answers import Recorded
from foedus.base.days import Day, Interval
from foedus.base.errors import FoedusError
from foedus.base.nearest import nearest
from foedus.world.horizon import beyond, held, may_hold, remark_on
from foedus.world.records import Actor, Name, Office

if TYPE_CHECKING:
    from foedus.world.world import World


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a name may mean.

    Parameters
    ----------
    actor
        Its id.
    kind
        What the name is to it: ``id``, a kind of `Name`, or ``person``.
    reason
        Why it may be meant, in a few words.
    interval
        The days on which it goes by the name.
    verified
        Whether the row behind it was read in its source.
    office
        The office, where the name is a person's.
    """

    actor: str
    kind: str
    reason: str
    interval: Interval
    verified: bool
    office: Office | None = None


@dataclass(frozen=True, slots=True)
class Resolution(Recorded):
    """What a name means on a day: one actor, or several candidates.

    Parameters
    ----------
    name, on
        What was asked; ``on`` is None for today's usage.
    candidates
        One for each actor that may be meant, by id; never empty.
    actors
        The actors of the candidates, in the same order.

    Examples
    --------
    >>> import foedus
    >>> foedus.resolve("Paris", on="2023-07-10").id
    'FRA'
    >>> [candidate.actor for candidate in foedus.resolve("Brussels", on="2023-07-10").candidates]
    ['BEL', 'eu', 'nato']
    """

    KEYS: ClassVar[str] = "name on ambiguous candidates(actor kind reason verified)"

    name: str
    on: Day | None
    candidates: tuple[Candidate, ...]
    actors: tuple[Actor, ...]

    @property
    def ambiguous(self) -> bool:
        """Whether several actors may be meant, none of which the name means when it stands alone."""
        return len(self.candidates) > 1 and self.alone is None

    @property
    def alone(self) -> str | None:
        """The id of the actor that the name means when it stands alone; None where the tables name none.

        Examples
        --------
        >>> import foedus
        >>> foedus.resolve("Guinea").alone, foedus.resolve("Brussels", on="2023-07-10").alone
        ('GIN', None)
        """
        named = {match[1] for candidate in self.candidates if (match := _ALONE.search(candidate.reason))}
        meant = named & {candidate.actor for candidate in self.candidates}
        return meant.pop() if len(meant) == 1 else None

    @property
    def actor(self) -> Actor:
        """The one actor that is meant.

        Raises
        ------
        FoedusError
            When several may be; the message gives each with its reason.
        """
        if self.ambiguous:
            listed = "; ".join(f"{c.actor} ({c.reason})" for c in self.candidates)
            day = f" on {self.on}" if self.on else ""
            raise FoedusError(f"{self.name!r}{day} may be {listed}. Give the id of the one you mean")
        alone = self.alone
        return self.actors[0] if alone is None else next(actor for actor in self.actors if actor.id == alone)

    @property
    def id(self) -> str:
        """The id of the one actor that is meant; raises as `actor` does."""
        return self.actor.id


def resolved(world: World, name: str, on: Day | None, *, last_known: bool = False) -> Resolution:
    """Return who goes by a name in a world; see `foedus.resolve`."""
    if not isinstance(name, str) or not fold(name):
        raise FoedusError(f"{name!r} is no name; expected text such as Paris")
    if name in world.actors:
        actor = world.actors[name]
        return Resolution(name, on, (Candidate(actor.id, "id", "its id", actor.interval, actor.verified),), (actor,))
    index = _index_of(world)
    candidates = _by_code(world, name) or _first_known(index, name)
    meant = _usual(candidates) if on is None else [c for c in candidates if _goes_by(c, on, last_known)]
    if not meant:
        raise FoedusError(_why_nobody(world, index, name, on, candidates))
    best: dict[str, Candidate] = {}
    for candidate in meant:
        best.setdefault(candidate.actor, candidate)
    ids = sorted(best, key=lambda bearer: (bearer.islower(), bearer))
    return Resolution(name, on, tuple(best[bearer] for bearer in ids), tuple(world.actors[bearer] for bearer in ids))


def bearers(world: World, name: str) -> tuple[Candidate, ...]:
    """Return the persons in offices who bore a name on any day, by the first day.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> [bearer.office.title for bearer in bearers(packaged_world(), "Lecornu") if bearer.office]
    ['Minister of the Armed Forces', 'Prime Minister']
    """
    by_words = {
        candidate.reason: candidate for candidate in _first_known(_index_of(world), name) if candidate.kind == "person"
    }
    return tuple(sorted(by_words.values(), key=lambda candidate: candidate.interval.start or Day.min))


def is_known(name: str, world: World) -> bool:
    """Tell whether anybody goes by a name on any day; a name that nobody has costs no search for the nearest.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> is_known("Paris", packaged_world()), is_known("missile defence", packaged_world())
    (True, False)
    """
    return name in world.actors or bool(_by_code(world, name) or _first_known(_index_of(world), name))


def _goes_by(candidate: Candidate, on: Day, last_known: bool) -> bool:
    if candidate.office is None:
        return candidate.kind == "id" or on in candidate.interval
    return held(candidate.office, on) or (last_known and may_hold(candidate.office, on))


@functools.lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return a name without what does not tell names apart: case, accents, punctuation, a leading article.

    Examples
    --------
    >>> fold("the  U.S."), fold("Türkiye"), fold("Støre’s")
    ('us', 'turkiye', 'store')
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    plain = re.sub(r"['’]s\b", "", plain)
    plain = re.sub(r"[.'’]", "", plain)
    words = re.sub(r"[\s\-‐-―]+", " ", plain).strip()
    return words.removeprefix("the ")


_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss"})

_OFFICES = (
    "president|prime minister|premier|chancellor|taoiseach|king|queen|emperor|secretary general|chair|"
    "foreign minister|foreign secretary|secretary of state|minister of foreign affairs|minister for foreign affairs|"
    "defence minister|defense minister|defence secretary|defense secretary|secretary of defense|minister of defence|"
    "finance minister|trade minister|minister|ambassador|envoy|spokesman|spokeswoman|spokesperson|government|"
    "authorities|officials|leader|leadership|foreign ministry|ministry of foreign affairs|defence ministry|embassy|"
    "crown prince|supreme leader|ayatollah|sultan|emir|grand duke|pope|tanaiste|federal chancellor|vice president|"
    "pm|secretary|chief|foreign policy chief|high representative|top diplomat|acting president|interim president"
)
_OFFICES_ABROAD = (
    "bundeskanzler|bundeskanzlerin|kanzler|kanzlerin|bundesprasident|ministerprasident|ministerprasidentin|"
    "premierminister|premierministerin|prasident|prasidentin|aussenminister|aussenministerin|verteidigungsminister|"
    "verteidigungsministerin|statsminister|president de la republique|premier ministre|premiere ministre|"
    "ministre des affaires etrangeres|ministre des armees|ministre de la defense|presidente|primer ministro|"
    "presidente del consiglio"
)
"""How texts in other languages name the same offices, folded; they stand before a person only."""
_HONOURS = "mr|mrs|ms|dr|sir|lord|dame|professor|prof|general|gen|admiral|adm|former"
_BEFORE_A_PERSON = re.compile(rf"^(?:(?:{_OFFICES}|{_OFFICES_ABROAD}|{_HONOURS})\s+)+")
_OFFICE_AFTER = re.compile(rf"^(.+?)\s+(?:{_OFFICES})$")
_OFFICE_BEFORE = re.compile(rf"^(?:{_OFFICES})\s+of\s+(.+)$")
_FAMILY_NAME_FIRST = {"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HKG", "MAC"}

_ALONE = re.compile(r"\balone it means (\w+)")
"""How the note on a name that several actors go by tells which of them it means without another word beside it."""

_WORDS = {
    "name": "a name",
    "alias": "another name",
    "abbreviation": "an abbreviation",
    "adjective": "the adjective",
    "demonym": "the people",
    "former": "a former name",
    "capital": "the capital",
    "metonym": "a seat",
}

_Index = dict[str, tuple[Candidate, ...]]


def _index_of(world: World) -> _Index:
    if "names" not in world.cache:
        index: dict[str, list[Candidate]] = {}
        for key, candidate in _all_names(world):
            index.setdefault(key, []).append(candidate)
        world.cache["names"] = {key: tuple(candidates) for key, candidates in index.items()}
    kept: _Index = world.cache["names"]
    return kept


def _all_names(world: World) -> Iterator[tuple[str, Candidate]]:
    for actor in world.actors.values():
        yield fold(actor.id), Candidate(actor.id, "id", "its id", actor.interval, actor.verified)
        lives = f", which existed {actor.interval}" if actor.end else ""
        yield (
            fold(actor.name),
            Candidate(actor.id, "name", f"a name of {actor.name}{lives}", actor.interval, actor.verified),
        )
    for row in world.names:
        yield fold(row.name), _candidate_of_name(row, world.actors[row.actor])
    for office in world.offices:
        if office.start is None:
            continue  # nobody can say on which days the office was held
        candidate = _candidate_of_office(office, world.actors[office.actor])
        for key in sorted(_names_of_person(office)):
            yield key, candidate


def _candidate_of_name(row: Name, actor: Actor) -> Candidate:
    start, end = row.start or actor.start, row.end or actor.end
    interval = Interval(row.start, row.end) if start and end and end <= start else Interval(start, end)
    days = row.interval if row.start or row.end else interval if interval.end else None
    dates = f", {days}" if days else ""
    note = f"; {row.note}" if row.note else ""
    word = "a seat" if row.kind == "capital" and actor.kind == "organisation" else _WORDS[row.kind]
    reason = f"{word} of {actor.name}{dates}{note}"
    return Candidate(actor.id, row.kind, reason, interval, row.verified)


def _end_of(candidate: Candidate, on: Day | None) -> str:
    remark = remark_on(candidate.office, on) if candidate.office is not None else ""
    return f" ({remark})" if remark else ""


def _candidate_of_office(office: Office, actor: Actor) -> Candidate:
    reason = f"{office.person}, {office.title} of {actor.name}, {office.interval}"
    return Candidate(actor.id, "person", reason, office.interval, office.verified, office)


def _names_of_person(office: Office) -> set[str]:
    """Return the full name, other spellings, and the family name, which may be of several words."""
    spelt = [office.person, *(alias for alias in office.aliases.split(";") if alias.strip())]
    parts = office.person.split()
    spelt += [" ".join(parts[place:]) for place in range(1, len(parts))]
    if office.actor in _FAMILY_NAME_FIRST:
        spelt.append(parts[0])
    return {fold(spelling) for name in spelt for spelling in (name, name.translate(_TWO_LETTERS))}


_TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
"""How letters are written in a text without them, as in Loefven and Soereide."""


def _by_code(world: World, name: str) -> tuple[Candidate, ...]:
    """Return the states with a two-letter code, which counts only in capitals: 'no' and 'in' are words.

    Whoever else goes by the same letters is a candidate too, as the African Union is beside Australia.
    """
    if len(name) != 2 or not name.isupper():
        return ()
    coded = {
        actor.id: Candidate(actor.id, "abbreviation", "its ISO 3166-1 code", actor.interval, actor.verified)
        for actor in world.actors.values()
        if actor.iso2 == name
    }
    others = _index_of(world).get(fold(name), ()) if coded else ()
    return (*coded.values(), *(other for other in others if other.kind == "abbreviation" and other.actor not in coded))


def _first_known(index: _Index, name: str) -> tuple[Candidate, ...]:
    """Return the candidates of the first reading of a name that anybody goes by; names come before persons."""
    folded = fold(name)
    readings = [folded, _BEFORE_A_PERSON.sub("", folded)]
    for pattern in (_OFFICE_AFTER, _OFFICE_BEFORE):
        match = pattern.match(folded)
        if match:
            readings.append(fold(match[1]))
    for reading in dict.fromkeys(readings):
        candidates = index.get(reading, ())
        named = tuple(candidate for candidate in candidates if candidate.kind != "person")
        if named or candidates:
            return named or candidates
    return _person_with_actor(index, folded)


def _person_with_actor(index: _Index, folded: str) -> tuple[Candidate, ...]:
    """Return who is meant where an actor and one of its persons stand side by side, as in ``US President Biden``."""
    words = folded.split()
    for place in range(1, len(words)):
        actors = {candidate.actor for candidate in index.get(" ".join(words[:place]), ()) if candidate.kind != "person"}
        person = _BEFORE_A_PERSON.sub("", " ".join(words[place:])) if actors else ""
        persons = tuple(
            candidate for candidate in index.get(person, ()) if candidate.kind == "person" and candidate.actor in actors
        )
        if persons:
            return persons
    return ()


def _usual(candidates: tuple[Candidate, ...]) -> list[Candidate]:
    """Return today's usage of a name, or the latest where today has none."""
    current = [candidate for candidate in candidates if candidate.interval.end is None]
    if current or not candidates:
        return current
    latest = max(candidate.interval.end or Day.min for candidate in candidates)
    return [candidate for candidate in candidates if candidate.interval.end == latest]


def _why_nobody(world: World, index: _Index, name: str, on: Day | None, candidates: tuple[Candidate, ...]) -> str:
    if candidates:
        listed = "; ".join(
            dict.fromkeys(f"{candidate.actor}: {candidate.reason}{_end_of(candidate, on)}" for candidate in candidates)
        )
        late = beyond(on)
        nobody = "nobody is known to go" if late else "nobody goes"
        return f"{nobody} by {name!r} on {on}; on other days: {listed}" + (f"; {late}" if late else "")
    folded = fold(name)
    for place in world.places.values():
        if folded in {fold(spelling) for spelling in (place.id, place.name, *place.aliases.split(";"))}:
            return f"{name!r} is a place and no actor; 'foedus world show {place.id}' tells whose it is"
    near: dict[str, str] = {}
    for match in nearest(folded, index, n=8):
        near.setdefault(index[match][0].actor, match)
    listed = " or ".join(f"{actor} ({match})" for actor, match in list(near.items())[:3])
    return f"no actor {name!r}" + (f"; did you mean {listed}?" if listed else "")
