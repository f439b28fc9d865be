"""Who shares what on a day: the overlapping groupings as a graph."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.world.days import as_day, on_day
from foedus.world.records import Sourced
from foedus.world.world import MEMBERS, World

if TYPE_CHECKING:
    import networkx

KINDS = ("membership", "partnership", "treaty")
"""What can bring actors together."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """An organisation, a partnership format or a treaty, with those in it on a day.

    Parameters
    ----------
    id, name, kind
        What it is; ``kind`` is one of `KINDS`.
    actors
        Ids of those in it, in order.
    unverified
        Those of them whose place in it was not read in its source.
    suspended
        Pairs of them of whom the first has suspended its obligations towards the second.
    """

    id: str
    name: str
    kind: str
    actors: tuple[str, ...]
    unverified: frozenset[str]
    suspended: frozenset[tuple[str, str]] = frozenset()

    def joins(self, first: str, other: str) -> bool:
        """Tell whether both are in it and neither has suspended its obligations towards the other."""
        pairs = {(first, other), (other, first)}
        return first in self.actors and other in self.actors and not pairs & self.suspended


def groupings(world: World, on: Day | str, actors: Collection[str] = ()) -> tuple[Grouping, ...]:
    """Return the groupings of a day, by kind and id.

    Parameters
    ----------
    world, on
        The facts, and the day.
    actors
        Only groupings with one of these in them, and of each only these; empty for all.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> answer = groupings(packaged_world(), parse_day("2023-07-11"), ["JPN", "AUS"])
    >>> [grouping.id for grouping in answer if grouping.actors == ("AUS", "JPN") and grouping.kind == "membership"][-6:]
    ['nsg', 'oecd', 'quad', 'un', 'wassenaar', 'wto']
    """
    actors_of: dict[tuple[str, str, str], dict[str, bool]] = {}
    day = as_day(on)
    suspended: dict[str, set[tuple[str, str]]] = {}
    for suspension in on_day(world.suspensions, day):
        suspended.setdefault(suspension.treaty, set()).add((suspension.actor, suspension.towards))
    for key, actor, row in _places(world, day):
        if not actors or actor in actors:
            actors_of.setdefault(key, {})[actor] = row.verified
    made = [
        Grouping(
            key[1],
            key[2],
            key[0],
            tuple(sorted(rows)),
            frozenset(a for a, sure in rows.items() if not sure),
            frozenset(pair for pair in suspended.get(key[1], ()) if rows.keys() >= set(pair)),
        )
        for key, rows in actors_of.items()
    ]
    return tuple(sorted(made, key=lambda grouping: (KINDS.index(grouping.kind), grouping.id)))


def _places(world: World, on: Day) -> Iterator[tuple[tuple[str, str, str], str, Sourced]]:
    for member in on_day(world.memberships, on):
        if member.status in MEMBERS:
            yield ("membership", member.organisation, world.name(member.organisation)), member.actor, member
    for partner in on_day(world.partnerships, on):
        name = f"{world.name(partner.organisation)}: {partner.format.replace('-', ' ')}"
        yield ("partnership", f"{partner.organisation}:{partner.format}", name), partner.actor, partner
    for party in on_day(world.treaty_parties, on):
        treaty = world.treaties[party.treaty]
        if treaty.end is None or on < treaty.end:
            yield ("treaty", treaty.id, treaty.title), party.actor, party


def graph(world: World, on: Day | str, actors: Collection[str] = ()) -> networkx.Graph[str]:
    """Return the groupings of a day as a graph with two kinds of nodes.

    An actor's node has ``bipartite=0`` and its ``name``; a grouping's has ``bipartite=1``, ``name`` and ``kind``. An
    edge says that the actor is in the grouping, with ``verified``. The graph itself carries ``on``. An organisation
    that is itself a member, as the European Union of the G20, stands only as a grouping.

    Parameters
    ----------
    world, on, actors
        As for `groupings`.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> answer = graph(packaged_world(), parse_day("2023-07-11"))
    >>> answer.has_edge("JPN", "quad"), answer.degree("nato")
    (True, 31)
    """
    import networkx  # noqa: PLC0415 - loaded when a graph is asked for

    made: networkx.Graph[str] = networkx.Graph(on=as_day(on))
    listed = groupings(world, on, actors)
    ids = {grouping.id for grouping in listed}
    for grouping in listed:
        made.add_node(grouping.id, bipartite=1, name=grouping.name, kind=grouping.kind)
        for actor in grouping.actors:
            if actor in ids:
                continue  # a node of both kinds would make the graph bipartite no more
            made.add_node(actor, bipartite=0, name=world.name(actor))
            made.add_edge(actor, grouping.id, verified=actor not in grouping.unverified)
    return made


def shared(world: World, on: Day | str, actors: Collection[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return for each pair of actors the ids of the groupings that bind both on a day.

    A treaty under which one has suspended its obligations towards the other binds them no more.

    Raises
    ------
    FoedusError
        When fewer than two actors are named, or one does not exist.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> shared(packaged_world(), parse_day("2007-06-01"), ["JPN", "IND"])[("IND", "JPN")]
    ('antarctic-treaty', 'conference-on-disarmament', 'g20', 'imf', 'quad', 'un', 'wto')
    """
    if len(set(actors)) < 2:
        raise FoedusError("name two actors or more to see what they share")
    ids = sorted({world.actor(actor).id for actor in actors})
    listed = groupings(world, on, ids)
    return {
        (first, other): tuple(g.id for g in listed if g.joins(first, other))
        for first, other in itertools.combinations(ids, 2)
    }
