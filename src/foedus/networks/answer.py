"""What ``foedus network`` says of who stands with whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.evidence.dna import DnaProject
from foedus.networks.camps import Camps, backbone, camps, communities, core
from foedus.networks.matrices import Network, one_mode, two_mode
from foedus.networks.said import Said, counted, said_in, said_in_project
from foedus.networks.windows import Window, windows


@dataclass(frozen=True, slots=True)
class Asked:
    """How a network is to be made.

    Attributes
    ----------
    relation
        Of one mode, one of `foedus.networks.RELATIONS`; of two modes, of `foedus.networks.TWO_MODE`.
    of
        ``actors``, ``concepts``, or ``both`` for the network of two modes.
    normalisation
        As of `foedus.networks.one_mode`; of two modes, as of `foedus.networks.two_mode`.
    duplicates
        Which repetitions count: one of `foedus.networks.said.DUPLICATES`.
    without
        Ids of actors and claims to leave out.
    since, until
        The first day, and the first day after the last.
    window
        Days of a window of time; None for no windows.
    """

    relation: str = "congruence"
    of: str = "actors"
    normalisation: str = "average"
    duplicates: str = "all"
    without: tuple[str, ...] = ()
    since: Day | None = None
    until: Day | None = None
    window: int | None = None


@dataclass(frozen=True, slots=True)
class NetworkAnswer(Recorded):
    """Who stands with whom.

    Attributes
    ----------
    source
        The dossier or project.
    asked
        How the network was made.
    first, last
        The days of the first and the last statement that counts.
    statements
        How many count.
    network
        The network that was asked for.
    spoken, congruence, conflict
        Who speaks of what, for less against; who agrees with whom; who contradicts whom.
    camps, communities
        The best split in two, and communities of any number, of those who agree with each other more than they
        contradict each other.
    backbone
        Claims, the one that carries most of the structure first, each with the distance from the whole that is left
        when it and all below it are gone.
    windows
        The same through time, where windows were asked for.
    names
        Of actors and claims, by id.
    """

    KEYS: ClassVar[str] = (
        "source of=asked.of relation=asked.relation normalisation=asked.normalisation duplicates=asked.duplicates "
        "without=asked.without first last statements network spoken congruence conflict camps communities "
        "backbone=claims{claim distance} core windows names"
    )

    source: str
    asked: Asked
    first: Day
    last: Day
    statements: int
    network: Network
    spoken: Network
    congruence: Network
    conflict: Network
    camps: Camps
    communities: Camps
    backbone: tuple[tuple[str, float], ...]
    windows: tuple[Window, ...]
    names: Mapping[str, str]

    @property
    def core(self) -> tuple[str, ...]:
        """The claims of the backbone that hold most of the structure."""
        return core(self.backbone)

    @property
    def claims(self) -> dict[str, float]:
        """The backbone by claim."""
        return dict(self.backbone)

    def name(self, id_: str) -> str:
        """Return what an actor or a claim is called."""
        return self.names.get(id_, id_)


def network_of(source: Dossier | DnaProject, title: str, asked: Asked, as_of: Day | None, holder: str) -> NetworkAnswer:
    """Return who stands with whom in a dossier, or in a project of Discourse Network Analyzer.

    Parameters
    ----------
    source, title
        The statements, and what they are from.
    asked
        How the network is to be made.
    as_of
        Of a dossier, leave out what was not known by this day; None leaves out nothing.
    holder
        Of a project, whose a statement is: ``organization`` or ``person``.

    Raises
    ------
    FoedusError
        As `draw_network` does.
    """
    if isinstance(source, DnaProject):
        return draw_network(title, said_in_project(source, holder), asked, {})
    said = said_in(source, as_of)
    names = {statement.actor: source.world.name(statement.actor) for statement in said}
    return draw_network(title, said, asked, names | {concept.id: concept.text for concept in source.concepts})


def draw_network(source: str, said: Iterable[Said], asked: Asked, names: Mapping[str, str]) -> NetworkAnswer:
    """Return who stands with whom.

    Parameters
    ----------
    source
        What the statements are from, for readers.
    said
        Statements.
    asked
        How the network is to be made.
    names
        Of actors and claims, by id; what has none is called by its id.

    Raises
    ------
    FoedusError
        When no statement is left, or what is to be left out is neither an actor nor a claim.
    """
    rows = tuple(said)
    known = {name for row in rows for name in (row.actor, row.concept)}
    if strange := [name for name in asked.without if name not in known]:
        raise FoedusError(
            f"no statement has {', '.join(strange)}, which is to be left out; there are {', '.join(sorted(known))}"
        )
    kept = counted(rows, asked.duplicates, asked.without, asked.since, asked.until)
    if not kept:
        raise FoedusError(
            f"{source}: no accepted statement is left to draw a network from; read documents and accept some, or widen "
            "the days"
        )
    if asked.of == "both":
        between = "average"
        network = two_mode(kept, asked.relation, asked.normalisation)
    else:
        between = asked.normalisation
        network = one_mode(kept, asked.relation, between, of=asked.of)
    balance = one_mode(kept, "subtract", between)
    return NetworkAnswer(
        source,
        asked,
        min(statement.day for statement in kept),
        max(statement.day for statement in kept),
        len(kept),
        network,
        two_mode(kept, "subtract"),
        one_mode(kept, "congruence", between),
        one_mode(kept, "conflict", between),
        camps(balance),
        communities(balance),
        backbone(kept, between),
        windows(kept, asked.window, between) if asked.window is not None else (),
        dict(names),
    )
