"""The record put to the test: each rival's answers foretold from the others, and later ones from earlier ones."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.strategy.record.acts import KINDS, read_record
from foedus.strategy.record.reference_class import reference_classes
from foedus.strategy.record.scoring import TRAINED_TO, Tested, by_time, leave_one_out
from foedus.world import World
from foedus.world.days import as_day
from foedus.world.horizon import AS_OF

ENOUGH = 20
"""Rivals with fewer acts are not scored."""


@dataclass(frozen=True, slots=True)
class RivalTested:
    """How the record of one rival foretold its own acts.

    Attributes
    ----------
    rival, name, coincident
        Whose answers, and whether those count that only the days tie to the act.
    acts, verified, unsearched
        Acts that are scored, those of them whose row was read in its source, and acts for whose answer nobody has
        looked, which are not.
    counts
        After how many acts each kind was the gravest answer.
    tests
        Leave-one-out, and by time.
    """

    KEYS = "rival name coincident acts verified unsearched counts tests"

    rival: str
    name: str
    coincident: bool
    acts: int
    verified: int
    unsearched: int
    counts: dict[str, int]
    tests: tuple[Tested, ...]


@dataclass(frozen=True, slots=True)
class AnswersTested:
    """The record of every rival, tested.

    Attributes
    ----------
    data, version, known_by
        ``answers``; the version of the declared groups; the day up to which rows were known.
    rivals
        Each twice: without and with answers that only the days tie to the act.
    """

    KEYS = "data version known_by rivals"

    data: str
    version: int
    known_by: Day
    rivals: tuple[RivalTested, ...]


def backtest_answers(world: World, known_by: Day | str = AS_OF, trained_to: Day | str = TRAINED_TO) -> AnswersTested:
    """Return how well the record foretells its own acts, for each rival with acts enough.

    Parameters
    ----------
    world
        The facts.
    known_by
        Rows that became known later are left out.
    trained_to
        By time, acts up to this day foretell those after it.

    Raises
    ------
    FoedusError
        When no rival has acts enough.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> answers_tested = backtest_answers(packaged_world())
    >>> [(rival.rival, rival.coincident) for rival in answers_tested.rivals]
    [('CHN', False), ('CHN', True), ('RUS', False), ('RUS', True)]
    """
    day, until = as_day(known_by), as_day(trained_to)
    rivals = sorted({rival for act in world.acts.values() for rival in act.addressed_to})
    scores = tuple(
        tested
        for rival in rivals
        for coincident in (False, True)
        if (tested := _tested(world, rival, day, until, coincident)).acts >= ENOUGH
    )
    if not scores:
        raise FoedusError(f"no rival has {ENOUGH} acts with answers by {day}; 'foedus world acts' lists what there is")
    return AnswersTested("answers", reference_classes().version, day, scores)


def _tested(world: World, rival: str, day: Day, until: Day, coincident: bool) -> RivalTested:
    record = read_record(world, rival, day, coincident=coincident)
    kinds = [case.kind for case in record.cases]
    return RivalTested(
        rival=rival,
        name=world.name(rival),
        coincident=coincident,
        acts=len(record.cases),
        verified=sum(case.act.verified for case in record.cases),
        unsearched=len(record.unsearched),
        counts={kind: kinds.count(kind) for kind in KINDS},
        tests=(leave_one_out(record.cases), by_time(record.cases, until)),
    )
