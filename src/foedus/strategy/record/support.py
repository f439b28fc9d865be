"""Who helps whom, with what: shares from earlier wars, duties that treaties bind to, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy.special import betaincinv

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.institutions.law.grounds import actor_called
from foedus.institutions.obligations import Attack, obligations
from foedus.strategy.record.posterior import HIGH, LOW, Share, exact_upper_bound, never_seen
from foedus.strategy.record.reference_class import reference_classes
from foedus.world import Support, World
from foedus.world.acts import PROVIDES
from foedus.world.days import as_day
from foedus.world.horizon import AS_OF

JEFFREYS = (0.5, 0.5)
"""What is added to those that gave and to those that did not, where nothing else is known."""

LEADER = "USA"
"""Whose example and pressure the declared pull stands for."""

ALLIANCES = ("nat-1949", "us-jpn-1960", "us-kor-1953", "anzus-1951", "us-phl-1951")
"""Treaties whose parties, with the members of the European Union, are compared with each other and no one else."""


@dataclass(frozen=True, slots=True)
class Pull:
    """How far Washington moves an ally that would not give of itself: a declared input, a judgement and no finding.

    Attributes
    ----------
    low, high
        Chances between 0 and 1 that such an ally gives after all, where Washington itself gives that kind.
    """

    low: float = 0.0
    high: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1:
            raise FoedusError(f"the pull of Washington: {self.low:g} to {self.high:g}; expected 0 to 1, in order")


@dataclass(frozen=True, slots=True)
class Given:
    """What an actor gave, or did not, in one earlier war.

    Attributes
    ----------
    contingency, kind, given, on, measure, source, verified
        As coded; ``source`` is an id of ``sources.csv``.
    """

    KEYS = "contingency kind given on? measure? source verified"

    contingency: str
    kind: str
    given: bool
    on: str
    measure: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely an actor is to give one kind of help.

    Attributes
    ----------
    share
        From the record: its own wars with others' as prior, of allies those of allies and of the rest those of the
        rest; a bound where none of them ever gave that kind, and nothing where only those that gave are on record. It
        counts wars, and not how alike they are to the one in question.
    pulled_low, pulled_high
        The same with the declared pull of Washington; None where there is none, or no share.
    """

    KEYS = "record=share pulled_low pulled_high"

    share: Share
    pulled_low: float | None
    pulled_high: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a dossier.

    Attributes
    ----------
    statement, concept, stance, said_on, passage
        Its id, on what, for (1) or against (-1), when, and where in which source.
    """

    statement: str
    concept: str
    stance: int
    said_on: Day
    passage: str


@dataclass(frozen=True, slots=True)
class Helper:
    """One actor that may help.

    Attributes
    ----------
    actor, name
        Who.
    owes
        Treaties that bind it to defend the attacked, each with its article; empty where none does.
    likely
        One for each kind of help of which the record knows anything.
    earlier
        What it gave or did not in earlier wars.
    said
        What it said in the dossier, the latest last.
    """

    KEYS = "actor name owes likely earlier said"

    actor: str
    name: str
    owes: tuple[str, ...]
    likely: tuple[Likely, ...]
    earlier: tuple[Given, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Helping(Recorded):
    """Who would help somebody attacked.

    Attributes
    ----------
    attack, pull
        The question, and the declared pull of Washington; None where there is none.
    helpers
        Those that were asked about, in order.
    """

    KEYS = "on=attack.on attack_on=attack.place by=attack.by pull helpers known_up_to"

    attack: Attack
    pull: Pull | None
    helpers: tuple[Helper, ...]

    @property
    def known_up_to(self) -> Day:
        """The day up to which the packaged facts were looked up."""
        return AS_OF


def helping(
    world: World,
    attack: Attack,
    actors: Iterable[str],
    pull: Pull | None = None,
    dossier: Dossier | None = None,
) -> Helping:
    """Return who would help somebody attacked, by what is known on the day of the attack.

    Parameters
    ----------
    world, attack, pull, dossier
        As for `who_helps`.
    actors
        Ids or names of those who may help.

    Raises
    ------
    FoedusError
        When an actor is not known.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> answer = helping(packaged_world(), Attack(place="Japan", by="PRK", on=parse_day("2023-07-10")), ["France"])
    >>> [helper.actor for helper in answer.helpers]
    ['FRA']
    """
    called = [actor_called(world, actor, attack.on) for actor in actors]
    return Helping(attack, pull, who_helps(world, attack, called, attack.on, pull=pull, dossier=dossier))


def who_helps(
    world: World,
    attack: Attack,
    actors: Iterable[str],
    as_of: Day | str,
    *,
    pull: Pull | None = None,
    dossier: Dossier | None = None,
) -> tuple[Helper, ...]:
    """Return what actors owe, gave in earlier wars, are likely to give, and said, when somebody is attacked.

    Parameters
    ----------
    world
        The facts; a dossier's own rows of ``support.csv`` are among them.
    attack
        The contingency: where, by whom, on which day.
    actors
        Ids of those who may help.
    as_of
        Rows and statements that became known later are left out.
    pull
        The pull of Washington on those that would not give of themselves; by default none.
    dossier
        Whose accepted statements tell what was said.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> attack = Attack(place="Japan", by="PRK", on=parse_day("2023-07-10"))
    >>> usa, fra = who_helps(packaged_world(), attack, ("USA", "FRA"), "2023-07-10")
    >>> [helper.owes for helper in (usa, fra)]
    [('Treaty of Mutual Cooperation and Security, Article V',), ()]
    """
    day = as_day(as_of)
    rows = [row for row in world.support if row.known_on <= day]
    owed = _owed(world, attack)
    pulled = pull or Pull()
    allies = _allies(world, day)
    return tuple(
        Helper(
            actor,
            world.name(actor),
            owed.get(actor, ()),
            _likely(rows, actor, allies, day, pulled),
            tuple(_given(row) for row in rows if row.actor == actor),
            _said(dossier, actor, day),
        )
        for actor in actors
    )


def _share(kind: str, seen: int, of: int, prior: tuple[float, float], words: str, day: Day) -> Share:
    """Return a share with its interval, from what was seen and a prior of so many that gave and did not."""
    a, b = seen + prior[0], of - seen + prior[1]
    low, high = (float(betaincinv(a, b, q)) for q in (LOW, HIGH))
    return Share(kind, seen, of, a / (a + b), low, high, None, f"{words} known by {day}")


def _never(kind: str, of: int, day: Day) -> Share:
    bound = exact_upper_bound(0, of)
    return Share(kind, 0, of, None, None, None, bound, never_seen(of, bound, day.isoformat()))


def _allies(world: World, day: Day) -> frozenset[str]:
    """Return the parties to Washington's alliances and the members of the European Union on a day."""
    parties = (row.actor for row in world.treaty_parties if row.treaty in ALLIANCES and day in row.interval)
    members = (row.actor for row in world.memberships if row.organisation == "eu" and day in row.interval)
    return frozenset((*parties, *members))


def _likely(rows: Sequence[Support], actor: str, allies: frozenset[str], day: Day, pull: Pull) -> tuple[Likely, ...]:
    likely = []
    for kind in PROVIDES:
        known = [row for row in rows if row.kind == kind]
        if not known:
            continue
        if all(row.given for row in known):
            words = f"{len(known)} gave; who did not was not looked up"
            likely.append(Likely(Share(kind, len(known), len(known), None, None, None, None, words), None, None))
            continue
        own = [row.given for row in known if row.actor == actor]
        alike = [row for row in known if row.actor != actor and (row.actor in allies) == (actor in allies)]
        others = [row.given for row in alike]
        if not own and not others:
            continue
        if not any(own) and not any(others):
            likely.append(Likely(_never(kind, len(own) + len(others), day), None, None))
            continue
        weight = reference_classes().prior_weight
        rate = (sum(others) + JEFFREYS[0]) / (len(others) + sum(JEFFREYS))
        whose = "other allies" if actor in allies else "others that are no allies"
        words = f"{sum(own)} of {len(own)} of its own and {sum(others)} of {len(others)} of {whose}"
        share = _share(kind, sum(own), len(own), (weight * rate, weight * (1 - rate)), words, day)
        moved = pull.high > 0 and actor != LEADER and _leader_gives(rows, kind)
        low, high = (_pulled(share, by) if moved else None for by in (pull.low, pull.high))
        likely.append(Likely(share, low, high))
    return tuple(likely)


def _pulled(share: Share, by: float) -> float | None:
    """Return a share once so large a part of those that would not give is moved to."""
    return None if share.share is None else share.share + (1 - share.share) * by


def _leader_gives(rows: Sequence[Support], kind: str) -> bool:
    return any(row.given for row in rows if row.actor == LEADER and row.kind == kind)


def _given(row: Support) -> Given:
    return Given(row.contingency, row.kind, row.given, row.on, row.measure, row.source, row.verified)


def _owed(world: World, attack: Attack) -> dict[str, tuple[str, ...]]:
    """Return by actor the treaties that bind it to defend those attacked."""
    by_actor: dict[str, tuple[str, ...]] = {}
    for answer in obligations(attack, world=world):
        if answer.engaged == "yes" and answer.kind == "defence":
            for duty in answer.owed_by:
                by_actor[duty.actor] = (*by_actor.get(duty.actor, ()), duty.reference)
    return {actor: tuple(dict.fromkeys(owed)) for actor, owed in by_actor.items()}


def _said(dossier: Dossier | None, actor: str, day: Day) -> tuple[Said, ...]:
    if dossier is None:
        return ()
    rows = [
        statement
        for statement in dossier.statements
        if statement.actor == actor
        and statement.status == "accepted"
        and (statement.known_on or dossier.sources[statement.source].known) <= day
    ]
    rows.sort(key=lambda row: (row.said_on, row.id))
    return tuple(Said(row.id, row.concept, row.stance, row.said_on, f"{row.source} {row.passage}") for row in rows)
