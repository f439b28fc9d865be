"""The record as of a day: acts that a rival was asked about, with what it answered, as far as it was known then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from foedus.base.days import Day
from foedus.strategy.record.reference_class import ReferenceClasses, Wanted, reference_classes
from foedus.world import Act, Answer, World

KINDS = ("none", "diplomatic", "economic", "military", "force")
"""Kinds of answer as users ask for them, from the mildest to the gravest."""

BROAD = {"words": "diplomatic", "diplomatic": "diplomatic", "persons": "diplomatic"} | {
    kind: kind for kind in ("economic", "military", "force")
}
"""The kind that users ask for, of each kind that is coded."""

TIED = ("stated", "denied", "inferred")
"""Attributions that make an answer one to the act; coincident and disputed ones are counted apart."""

HORIZON = 365
"""Days after an act in which an answer counts, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class ActOnRecord:
    """One act with the answers that count.

    Attributes
    ----------
    act, group
        The act, and the group of comparable acts to which it belongs.
    answers
        Those of the rival that were known, by day; those that are coincident or disputed only where they count.
    kind
        The gravest kind of these, or ``none``.
    """

    act: Act
    group: str
    answers: tuple[Answer, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the record holds about one rival as of a day.

    Attributes
    ----------
    rival, as_of, horizon, coincident
        What was asked.
    cases
        Acts with an answer, or with a logged search that found none, by day.
    unsearched
        Acts for whose answer nobody has looked: they count nowhere.
    recent
        Acts without an answer so young that it may still come.
    """

    rival: str
    as_of: Day
    horizon: int
    coincident: bool
    cases: tuple[ActOnRecord, ...]
    unsearched: tuple[Act, ...]
    recent: tuple[Act, ...]


def read_record(
    world: World,
    rival: str,
    as_of: Day,
    *,
    coincident: bool = False,
    horizon: int = HORIZON,
    classes: ReferenceClasses | None = None,
) -> Record:
    """Return the acts that a rival was asked about and its answers, as far as both were known on a day.

    Parameters
    ----------
    world
        The facts, a dossier's own among them.
    rival
        Id of the actor that answers.
    as_of
        Rows that became known later are left out.
    coincident
        Whether answers count that are not `tied` to the act.
    horizon
        Days after the act in which an answer counts.
    classes
        The groups; by default those that are packaged.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> answer = read_record(packaged_world(), "CHN", parse_day("2023-07-10"))
    >>> max(case.act.known_on for case in answer.cases) <= answer.as_of
    True
    """
    declared = classes or reference_classes()
    answers = _answers(world.answers, rival, as_of)
    searched = {search.act for search in world.searches if search.actor == rival}
    cases, unsearched, recent = [], [], []
    acts = (act for act in world.acts.values() if rival in act.addressed_to and act.known_on <= as_of)
    for act in sorted(acts, key=lambda act: (act.start, act.id)):
        within = [answer for answer in answers.get(act.id, ()) if (answer.earliest - act.start).days <= horizon]
        counted = tuple(answer for answer in within if coincident or tied(answer, act))
        if not counted and act.id not in searched:
            unsearched.append(act)
        elif not counted and as_of - act.start < timedelta(days=declared.unanswered_after):
            recent.append(act)
        else:
            cases.append(ActOnRecord(act, declared.group_of(act.act_class, act.object), counted, gravest(counted)))
    return Record(rival, as_of, horizon, coincident, tuple(cases), tuple(unsearched), tuple(recent))


def tied(answer: Answer, act: Act) -> bool:
    """Tell whether an answer counts as one to the act: by its author's word, or by others' after the act was public.

    What others alone hold to be an answer, and what came before the act was public, may have had any other cause.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> world = packaged_world()
    >>> act = world.acts["nato-montenegro-2017"]
    >>> [(a.kind, a.on, tied(a, act)) for a in world.answers if a.act == act.id and a.actor == "RUS"]
    [('economic', '2017-04-26', False), ('words', '2017-06-05', True)]
    """
    ahead = answer.day is not None and answer.day < min(act.start, act.known_on)
    return answer.attribution == "stated" or (answer.attribution in TIED and not ahead)


def _answers(rows: Iterable[Answer], rival: str, as_of: Day) -> dict[str, list[Answer]]:
    by_act: dict[str, list[Answer]] = {}
    for row in sorted(rows, key=lambda row: (row.earliest, row.kind)):
        if row.actor == rival and row.known_on <= as_of:
            by_act.setdefault(row.act, []).append(row)
    return by_act


def gravest(answers: Iterable[Answer]) -> str:
    """Return the gravest kind among answers, in the words of `KINDS`; ``none`` where there is none."""
    return max((BROAD[answer.kind] for answer in answers), key=KINDS.index, default="none")


def nearest(
    cases: Sequence[ActOnRecord],
    wanted: Wanted,
    as_of: Day,
    *,
    like: Act | None = None,
    most: int = 10,
    classes: ReferenceClasses | None = None,
) -> tuple[ActOnRecord, ...]:
    """Return the acts of the wanted group that are nearest to what is asked about, the nearest first.

    How much each difference counts is declared with the groups; later acts are nearer than earlier ones.

    Parameters
    ----------
    cases
        Acts of the record.
    wanted
        The group, and the class and object where they are known.
    as_of
        The day from which years are counted.
    like
        An act whose number of states and physical weight are compared too.
    most
        How many are returned.
    classes
        What is declared; by default what is packaged.
    """
    weights = (classes or reference_classes()).distance

    def distance(case: ActOnRecord) -> tuple[float, str]:
        act = case.act
        far = weights.year * abs((as_of - act.start).days) / 365.25
        far += weights.act_class * bool(wanted.act_class and act.act_class != wanted.act_class)
        far += weights.object * bool(wanted.about and act.object != wanted.about)
        if like is not None:
            far += weights.collective * ((act.collective > 1) != (like.collective > 1))
            far += weights.physical * abs(act.physical - like.physical)
        return far, act.id

    return tuple(sorted((case for case in cases if case.group == wanted.group), key=distance)[:most])
