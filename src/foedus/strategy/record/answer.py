"""What a rival did after comparable acts: counts, shares with intervals, bounds, the nearest acts, lags and scores."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day
from foedus.strategy.record.acts import HORIZON, KINDS, ActOnRecord, nearest, read_record
from foedus.strategy.record.lags import COERCIVE, Days, lags, lengths
from foedus.strategy.record.posterior import Share, concentrations, counted, kinds_of, shares
from foedus.strategy.record.reference_class import reference_classes, wanted
from foedus.strategy.record.scoring import TRAINED_TO, Tested, by_time, leave_one_out
from foedus.world import Act, Answer, World
from foedus.world.days import as_day


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """One answer as people see it.

    Attributes
    ----------
    kind, on, until, attribution, measure
        As coded; ``kind`` in the words of the table.
    lag_days, duration_days
        From the act to the answer, and how long it held; None where a day is not known.
    ended
        Whether ``duration_days`` is its end; False where it was only last seen then, or goes on.
    source, verified
        Its title and address, and whether it was read there.
    """

    KEYS = "kind on until? attribution measure lag_days duration_days ended source verified"

    kind: str
    on: str
    until: str
    attribution: str
    measure: str
    lag_days: int | None
    duration_days: int | None
    ended: bool
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Comparable:
    """One comparable act with what was answered.

    Attributes
    ----------
    act, on, actor, name, act_class, object
        Its id, day, who did it, in words, and how it was coded.
    kind
        The gravest answer that counts, in the words of `KINDS`.
    answers
        All that count, by day; none where a logged search found none.
    source, verified
        Of the act.
    """

    KEYS = "act on by=actor name class=act_class object kind answer=answers source verified"

    act: str
    on: Day
    actor: str
    name: str
    act_class: str
    object: str
    kind: str
    answers: tuple[SeenAnswer, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """What changes if a share of the acts whose answer was not found was answered by words all the same.

    Attributes
    ----------
    missed
        The assumed share of them.
    none, diplomatic
        Shares of acts without an answer and with words or diplomatic ones, under it.
    """

    missed: float
    none: float
    diplomatic: float


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """What a rival did after comparable acts, as it was known on a day.

    Attributes
    ----------
    rival, group, words, version
        Whose answers; the group of comparable acts, its words, and the version of the declared groups.
    known_by, horizon_days, coincident
        Rows known by this day; answers within so many days; whether those count that only the days tie to the act.
    acts, alike
        How many comparable acts there are, and how many of them are of the class of act that is asked about; None where
        only a group or an object was named.
    counts
        After how many of them each kind was the gravest answer, by the words of `KINDS`.
    shares
        One for each kind, with interval or bound.
    posterior
        The Dirichlet's parameters by kind, for draws only: a kind without a case has a parameter from the pool, and
        that is never to be shown as a percentage. Force has 0 where the rival never used it in the whole record.
    missed
        What the shares were if none, half or all of the acts without a found answer had one.
    lag, coercion_lag, length
        Days to the first answer, days to the first that costs something, and how long those lasted.
    nearest
        The ten nearest acts, the nearest first.
    unsearched, recent
        Ids of comparable acts for whose answer nobody has looked, and of those too young to count as unanswered.
    basis
        What the shares rest on: ``comparable acts``, with all acts as prior; or ``all acts``, where the comparable ones
        foretold later acts no better than all acts of the rival did. What was never seen after a comparable act has
        no share all the same.
    tested, tested_by_time
        Over the rival's whole record as known then: leave-one-out; acts after `TRAINED_TO` from those before.
    reconstruction
        Whether the day lies before the rows were coded, by somebody who knew what came after.
    """

    KEYS = (
        "rival class=group words version known_by horizon_days coincident acts alike counts answer=shares"
        " missed lag_days=lag coercion_lag_days=coercion_lag length_days=length comparable=nearest"
        " unsearched recent basis tested tested_by_time reconstruction"
    )

    rival: str
    group: str
    words: str
    version: int
    known_by: Day
    horizon_days: int
    coincident: bool
    acts: int
    alike: int | None
    counts: dict[str, int]
    shares: tuple[Share, ...]
    posterior: dict[str, float]
    missed: tuple[Missed, ...]
    lag: Days
    coercion_lag: Days
    length: Days
    nearest: tuple[Comparable, ...]
    unsearched: tuple[str, ...]
    recent: tuple[str, ...]
    basis: str
    tested: Tested
    tested_by_time: Tested
    reconstruction: bool

    def share(self, kind: str) -> Share:
        """Return the share, or the bound, of one kind."""
        return next(share for share in self.shares if share.kind == kind)

    def draw(self, rng: np.random.Generator, draws: int) -> NDArray[np.float64]:
        """Return draws of the shares of all kinds from the posterior; shape (draws, kinds), in the order of `KINDS`.

        For simulations: what they make of a kind that was never seen in the class rests on the pool alone.
        """
        alphas = np.array([self.posterior[kind] for kind in KINDS])
        p = np.zeros((draws, len(KINDS)))
        p[:, alphas > 0] = rng.dirichlet(alphas[alphas > 0], size=draws)
        return p


def answer_of_record(
    world: World,
    rival: str,
    class_or_object: str | Act,
    as_of: Day | str,
    coincident: bool = False,
    *,
    horizon: int = HORIZON,
) -> RecordAnswer:
    """Return what a rival did after comparable acts.

    Parameters
    ----------
    world
        The facts; a dossier's own acts, answers and searches are among them.
    rival
        Id of the actor that answers, such as CHN or RUS.
    class_or_object
        What is comparable: a group, a class of act, an object, or an act; see `foedus.strategy.record.wanted`.
    as_of
        Rows that became known later are left out.
    coincident
        Whether answers count that are not `foedus.strategy.record.acts.tied` to the act.
    horizon
        Days after an act in which an answer counts.

    Raises
    ------
    FoedusError
        When nothing is comparable to what is asked about, or the day is none.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> china = answer_of_record(packaged_world(), "CHN", "office", "2023-07-10")
    >>> china.group, china.share("force").share, china.share("force").words.split(" known")[0].split(" of ")[0]
    ('alliance-institutional', None, '0')
    """
    declared, day = reference_classes(), as_day(as_of)
    asked = wanted(class_or_object, declared)
    record = read_record(world, rival, day, coincident=coincident, horizon=horizon)
    cases = [case for case in record.cases if case.group == asked.group]
    kinds = kinds_of(record.cases)
    in_class = counted(cases, kinds)
    pool = counted(record.cases, kinds)
    later = by_time(record.cases, TRAINED_TO)
    rests_on = pool if later.no_better else in_class
    posterior = concentrations(rests_on, pool, declared.prior_weight, declared.smoothing)
    like = class_or_object if isinstance(class_or_object, Act) else None
    near = nearest(cases, asked, day, like=like)
    return RecordAnswer(
        rival=rival,
        group=asked.group,
        words=declared.words(asked.group),
        version=declared.version,
        known_by=day,
        horizon_days=horizon,
        coincident=coincident,
        acts=len(cases),
        alike=sum(case.act.act_class == asked.act_class for case in cases) if asked.act_class else None,
        counts={kind: sum(case.kind == kind for case in cases) for kind in KINDS},
        shares=shares(in_class, posterior, day.isoformat()),
        posterior={kind: float(posterior[kinds.index(kind)]) if kind in kinds else 0.0 for kind in KINDS},
        missed=_if_missed(rests_on, posterior),
        lag=lags(cases, day, horizon),
        coercion_lag=lags(cases, day, horizon, COERCIVE),
        length=lengths(cases, day),
        nearest=tuple(comparable(world, case, day) for case in near),
        unsearched=tuple(act.id for act in record.unsearched if _in(act, asked.group)),
        recent=tuple(act.id for act in record.recent if _in(act, asked.group)),
        basis="all acts" if later.no_better else "comparable acts",
        tested=leave_one_out(record.cases),
        tested_by_time=later,
        reconstruction=day < declared.frozen_on,
    )


def _in(act: Act, group: str) -> bool:
    return reference_classes().group_of(act.act_class, act.object) == group


def _if_missed(counts: NDArray[np.float64], posterior: NDArray[np.float64]) -> tuple[Missed, ...]:
    none, words, total = float(posterior[0]), float(posterior[1]), float(posterior.sum())
    return tuple(
        Missed(part, (none - part * float(counts[0])) / total, (words + part * float(counts[0])) / total)
        for part in (0.0, 0.5, 1.0)
        if not math.isclose(total, 0)
    )


def comparable(world: World, case: ActOnRecord, as_of: Day) -> Comparable:
    """Return a case of the record as people see it on a day."""
    act = case.act
    return Comparable(
        act=act.id,
        on=act.start,
        actor=act.actor,
        name=act.name,
        act_class=act.act_class,
        object=act.object,
        kind=case.kind,
        answers=tuple(_seen(world, act, answer, as_of) for answer in case.answers),
        source=source_words(world, act.source),
        verified=act.verified,
    )


def _seen(world: World, act: Act, answer: Answer, as_of: Day) -> SeenAnswer:
    lag = None if answer.day is None else (answer.day - act.start).days
    duration, ended = answer.days_in_force or (None, False)
    if duration is not None and answer.day is not None and duration > (as_of - answer.day).days:
        duration, ended = (as_of - answer.day).days, False
    return SeenAnswer(
        kind=answer.kind,
        on=answer.on,
        until=answer.end if ended else "",
        attribution=answer.attribution,
        measure=answer.measure,
        lag_days=lag,
        duration_days=duration,
        ended=ended,
        source=source_words(world, answer.source),
        verified=answer.verified,
    )


def source_words(world: World, source: str) -> str:
    """Return a source's publisher, day, title and address, as far as they are known."""
    origin = world.sources[source]
    return ", ".join(filter(None, (origin.publisher, origin.published, origin.title, origin.url)))
