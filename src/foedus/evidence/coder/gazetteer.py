"""Every name that the world knows, laid out for scanning a text."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.days import Interval
from foedus.evidence.coder.wordlists import wordset
from foedus.world import World
from foedus.world.resolver import fold

_COMMON = wordset("may will union march mark")
"""Words that begin a sentence more often than they name an actor."""


_PEOPLES = {
    "Britons": "GBR", "Croats": "HRV", "Czechs": "CZE", "Danes": "DNK", "Finns": "FIN", "Frenchmen": "FRA",
    "Greeks": "GRC",
    "Icelanders": "ISL", "Kazakhs": "KAZ", "Kiwis": "NZL", "Luxembourgers": "LUX", "Poles": "POL", "Serbs": "SRB",
    "Slovaks": "SVK", "Slovenes": "SVN", "Spaniards": "ESP", "Swedes": "SWE", "Turks": "TUR",
}  # fmt: skip
"""Peoples whose name is not the adjective with an ending."""


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that a run of words may name."""

    actor: str
    kind: str
    person: str
    office: str
    interval: Interval
    exact: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every name that the world knows, by its first word."""

    by_first: dict[str, list[tuple[tuple[str, ...], Named]]]
    surnames: dict[str, tuple[Named, ...]]


def gazetteer(world: World) -> Gazetteer:
    """Return the world's names for scanning a text; made once for a world."""
    if "gazetteer" not in world.cache:
        world.cache["gazetteer"] = _build(world)
    kept: Gazetteer = world.cache["gazetteer"]
    return kept


def _build(world: World) -> Gazetteer:  # noqa: PLR0912  (one branch for each kind of name)
    by_first: dict[str, list[tuple[tuple[str, ...], Named]]] = {}
    surnames: dict[str, list[Named]] = {}

    def add(name: str, entry: Named) -> None:
        words = tuple(fold(name).split())
        if words and words[0] not in _COMMON and not (len(words) == 1 and len(words[0]) < 2):
            by_first.setdefault(words[0], []).append((words, entry))

    for actor in world.actors.values():
        if actor.kind == "institute" and ", " in actor.name:
            add(actor.name.split(", ")[0], Named(actor.id, "name", "", "", actor.interval, False))
        if actor.kind != "territory" or len(actor.name) > 3:
            add(actor.name, Named(actor.id, "name", "", "", actor.interval, False))
    for row in world.names:
        if row.language == "en" or row.kind == "abbreviation":
            short = row.name.isupper() or "." in row.name
            add(row.name, Named(row.actor, row.kind, "", "", row.interval, short))
    for row in world.names:
        if (
            row.language == "en"
            and row.kind in ("adjective", "demonym")
            and row.name.endswith(("an", "ian", "ese", "i"))
        ):
            add(f"{row.name}s", Named(row.actor, "demonym", "", "", row.interval, False))
    for name, key in _PEOPLES.items():
        if key in world.actors:
            add(name, Named(key, "demonym", "", "", world.actors[key].interval, False))
    for office in world.offices:
        if office.start is None and office.end is None:
            continue  # nothing tells when it was held: the text's own introduction of the person counts
        entry = Named(office.actor, "person", office.person, office.title, office.interval, True)
        for name in {office.person, *filter(None, (alias.strip() for alias in office.aliases.split(";")))}:
            add(name, entry)
        for surname in _surnames(office.person):
            surnames.setdefault(surname, []).append(entry)
            if not any(words == (surname,) and named == entry for words, named in by_first.get(surname, [])):
                add(surname, entry)
    for entries in by_first.values():
        entries.sort(key=lambda words_and_named: -len(words_and_named[0]))
    return Gazetteer(by_first, {name: tuple(entries) for name, entries in surnames.items()})


def _surnames(person: str) -> set[str]:
    parts = fold(person).split()
    return {parts[-1]} if len(parts) > 1 and len(parts[-1]) > 3 else set()
