"""Issues decided together: a package that is taken as a whole, trades across its issues, consents linked to others.

`foedus.explain.package_sitting` makes one proposal of the parts. Under consensus and unanimity the model that answers
tells how likely it is; under a rule of votes whoever gains by it votes for it, and the rule counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.cases import Case
from foedus.cases.case import case_of, declared
from foedus.cases.draws import draw
from foedus.cases.signals import signals_of
from foedus.dossiers import Change, Dossier, Range
from foedus.dossiers.settings import Link, PackageSettings
from foedus.explain.package_sitting import composite, stake
from foedus.forecasts.answering import answering
from foedus.forecasts.compose import moved
from foedus.forecasts.sweeps import held
from foedus.influence import find_influence
from foedus.institutions import is_consensus
from foedus.issues import SettlementModel, Sitting, chances_of
from foedus.issues.deciding import at_table, released, winning
from foedus.issues.one_table import at_one_table
from foedus.issues.sitting import Floats, part_of
from foedus.rounds.movement import Move, joined, likeliest_moves
from foedus.settlement import CONSENSUS

TRADES = "exchange"
"""The influence model that trades across issues."""

PACKAGE_DRAWS = 4_096
_TRADING_DRAWS = 1_000
_LEAST = 0.05
"""Who stands in the way in fewer draws than this share is not named."""


@dataclass(frozen=True, slots=True)
class PackagePart:
    """One issue of a package.

    Attributes
    ----------
    issue, option
        Its id, and what the package brings on it.
    alone, traded
        That the option is adopted if the issue is decided by itself, and if concessions are traded across the issues
        first.
    """

    KEYS = "issue option alone traded"

    issue: str
    option: str
    alone: float
    traded: float


@dataclass(frozen=True, slots=True)
class PackageStand:
    """Where an actor stands on a package.

    Attributes
    ----------
    actor
        Who.
    gains
        What it gains on each part, in order, in units of the strongest interest (the whole of a scale at salience 1);
        a loss is negative. Means over the draws.
    alone, together
        How often it stands in the way of the part that it stops most often, and of the package as a whole.
    """

    KEYS = "actor gains alone together"

    actor: str
    gains: tuple[float, ...]
    alone: float
    together: float


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """A consent linked to another matter.

    Attributes
    ----------
    link
        Who agrees on what, if what is decided.
    met
        How likely the other matter comes to that option or further, by itself.
    if_met, if_not
        How likely the issue is decided as in the package, if the other matter is, and if not.
    probability
        Over both: the issue's chance where the other matter is decided first.
    """

    KEYS = (
        "actor=link.actor issue=link.issue needs=link.needs option=link.option note=link.note met if_met if_not "
        "probability"
    )

    link: Link
    met: float
    if_met: float
    if_not: float
    probability: float


@dataclass(frozen=True, slots=True)
class PackageAnswer(Recorded):
    """What becomes of a package.

    Attributes
    ----------
    package, cases
        As declared, and the case of each issue.
    together
        That it is adopted as a whole: all of it, or nothing.
    each
        That all its parts are adopted, each decided by itself, if nothing links them.
    parts, stands, trades, links
        Its issues; who gains, who loses, whoever stands in the way most often first; what is traded; linked consents.
    seed, draws
        What makes it repeatable.
    """

    KEYS = (
        "package=package.id title=package.title as_of=case.as_of on=case.meeting.on meeting=case.meeting.name "
        "body=case.body.id rule max_marking=case.dossier.max_marking seed draws together each parts stands trades links"
    )

    package: PackageSettings
    cases: tuple[Case, ...]
    together: float
    each: float
    parts: tuple[PackagePart, ...]
    stands: tuple[PackageStand, ...]
    trades: tuple[Move, ...]
    links: tuple[LinkAnswer, ...]
    seed: int
    draws: int

    @property
    def case(self) -> Case:
        """The first issue's."""
        return self.cases[0]

    @property
    def rule(self) -> str:
        """The rules under which it is decided, in words."""
        return "; ".join(dict.fromkeys(case.rule.words() for case in self.cases))


def package(
    dossier: Dossier,
    asked: PackageSettings,
    as_of: Day | str | None = None,
    on: str | None = None,
    draws: int = PACKAGE_DRAWS,
    seed: int = 1,
) -> PackageAnswer:
    """Forecast a package: as a whole, part by part, with trades across the parts, and with linked consents.

    Parameters
    ----------
    dossier
        With the issues.
    asked
        One of its packages, or what `foedus.dossiers.packages.package_of` made.
    as_of, on, draws, seed
        As in `foedus.forecast`; the meeting is one of each issue.

    Raises
    ------
    FoedusError
        When a meeting is unknown, or one meeting does not decide all issues.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> from foedus.dossiers.packages import package_of
    >>> three = read_dossier(packaged_dossiers()["three-trades"])
    >>> answer = package(three, package_of(three, ["fleet", "budget"], []), draws=200)
    >>> [(part.issue, part.option) for part in answer.parts]
    [('fleet', 'all'), ('budget', 'all')]
    """
    if draws < 1 or seed < 0:
        raise FoedusError(f"draws are at least 1 and a seed at least 0; got {draws} and {seed}")
    cases = tuple(case_of(dossier, name, as_of, on) for name in asked.issues)
    _refuse_days(cases)
    labels = [asked.options.get(case.issue.id, case.issue.proposal) for case in cases]
    cases = tuple(case.deciding_on(label) for case, label in zip(cases, labels, strict=True))
    targets = [
        [option.label for option in case.issue.options].index(label) for case, label in zip(cases, labels, strict=True)
    ]
    models = [answering(case) for case in cases]
    streams = Streams(seed)
    drawn = [draw(case, declared(dossier, model), streams, 0, draws) for case, model in zip(cases, models, strict=True)]
    sittings = at_one_table(drawn)
    alone = [
        _adopted(case, model, sitting, at)
        for case, model, sitting, at in zip(cases, models, sittings, targets, strict=True)
    ]
    bound = [_linked(asked.links, *part) for part in zip(cases, sittings, targets, strict=True)]
    whole = composite(bound, targets)
    chance = _whole(cases, models, whole)
    return PackageAnswer(
        package=asked,
        cases=cases,
        together=float(chance.mean()),
        each=float(np.prod(alone, axis=0).mean()),
        parts=tuple(
            PackagePart(case.issue.id, label, float(before.mean()), after)
            for case, label, before, after in zip(
                cases, labels, alone, _traded(cases, models, sittings, targets), strict=True
            )
        ),
        stands=_stands(cases, sittings, targets, whole),
        trades=likeliest_moves(cases, find_influence(TRADES)).moves,
        links=tuple(_link(link, cases, models, sittings, targets) for link in asked.links),
        seed=seed,
        draws=draws,
    )


def _refuse_days(cases: Sequence[Case]) -> None:
    """Refuse issues that the same meeting does not decide."""
    days = {case.meeting.on for case in cases}
    if len(days) > 1:
        told = "; ".join(f"{case.issue.id}: {case.meeting.name} ({case.meeting.on})" for case in cases)
        raise FoedusError(f"a package is decided at one meeting; here are {told}. Name one that all have with --on")


def _linked(links: Sequence[Link], case: Case, sitting: Sitting, target: int) -> Sitting:
    """Return an issue's draws in which those whose consent is linked to another part give it: the package has it."""
    who = [link.actor for link in links if link.issue == case.issue.id and link.actor in sitting.actors]
    return _consenting(case, sitting, who, case.issue.options[target].at) if who else sitting


def _consenting(case: Case, sitting: Sitting, actors: Sequence[str], at: float) -> Sitting:
    """Return a sitting in which some actors want and say an option, and their threats no longer stand.

    Parameters
    ----------
    case, sitting
        One issue, and draws of it.
    actors
        Ids of those who come round.
    at
        Place of the option.
    """
    there = Range(low=at, mode=at, high=at)
    for actor in actors:
        sitting = held(sitting, Change(actor, case.issue.id, "", there))
    left = tuple(
        statement
        for statement in case.dossier.statements
        if statement.actor not in actors or statement.signal not in {"threat", "link"}
    )
    told = sitting.signals[0] if sitting.signals else {}
    signals = signals_of(replace(case, dossier=replace(case.dossier, statements=left)))
    kept = (signals or dict.fromkeys(told, -0.5),) if told else sitting.signals
    return replace(released(sitting, actors), signals=kept)


def _link(
    link: Link,
    cases: Sequence[Case],
    models: Sequence[SettlementModel],
    sittings: Sequence[Sitting],
    targets: Sequence[int],
) -> LinkAnswer:
    """Return what a linked consent does where the other matter is decided first."""
    ids = [case.issue.id for case in cases]
    here, there = ids.index(link.issue), ids.index(link.needs)
    met = _reached(cases[there], models[there], sittings[there], link.option)
    given = _linked([link], cases[here], sittings[here], targets[here])
    if_met = _adopted(cases[here], models[here], given, targets[here])
    if_not = _adopted(cases[here], models[here], sittings[here], targets[here])
    return LinkAnswer(
        link,
        float(met.mean()),
        float(if_met.mean()),
        float(if_not.mean()),
        float((met * if_met + (1 - met) * if_not).mean()),
    )


def _reached(case: Case, model: SettlementModel, sitting: Sitting, label: str) -> Floats:
    """Return how likely the matter comes to an option, or further from the status quo on the same side; shape (D,)."""
    options = case.issue.options
    still, goal = case.issue.option(case.issue.status_quo).at, case.issue.option(label).at
    enough = [k for k, option in enumerate(options) if (option.at - still) / (goal - still) >= 1]
    if is_consensus(case.rule):
        return np.asarray(chances_of(model, sitting)[0][:, enough].sum(axis=1))
    return np.asarray(np.max([_adopted(case, model, sitting, k) for k in enough], axis=0))


def _stands(
    cases: Sequence[Case], sittings: Sequence[Sitting], targets: Sequence[int], whole: Sitting
) -> tuple[PackageStand, ...]:
    """Return who gains and who loses, whoever most often stands in the way of the whole or of a part first."""
    gains = []
    for sitting, k in zip(sittings, targets, strict=True):
        at_stake, nearer = stake(sitting, k, sitting.private)
        gains.append((at_stake * nearer).mean(axis=0))
    apart = np.max([_in_the_way(c, sitting, k) for c, sitting, k in zip(cases, sittings, targets, strict=True)], axis=0)
    together = np.max([_in_the_way(case, _before(case, whole), 1) for case in cases], axis=0)
    known = {m.actor for case in cases for m in case.members if m not in case.silent}
    stands = [
        PackageStand(actor, tuple(float(each[place]) for each in gains), float(apart[place]), float(together[place]))
        for place, actor in enumerate(whole.actors)
        if actor in known and max(apart[place], together[place]) >= _LEAST
    ]
    return tuple(
        sorted(
            stands, key=lambda package_stand: (-max(package_stand.together, package_stand.alone), package_stand.actor)
        )
    )


def _in_the_way(case: Case, sitting: Sitting, target: int) -> Floats:
    """Return how often each actor objects to an option, refuses its consent, or would vote against it; shape (A,)."""
    if is_consensus(case.rule):
        objects = CONSENSUS.settle(sitting).objects
        if objects is None:
            raise FoedusError("only the consensus model says who objects")
        return np.asarray(objects[0][:, :, target].mean(axis=0))
    agenda = sitting.agendas[0]
    still, goal = agenda.options[agenda.status_quo], agenda.options[target]
    place, asked = sitting.private[:, :, 0], sitting.seated.copy()
    asked[list(sitting.outsiders[0])] = True
    return np.asarray(((np.abs(place - goal) > np.abs(place - still)) & asked).mean(axis=0))


def _adopted(case: Case, model: SettlementModel, sitting: Sitting, target: int) -> Floats:
    """Return how likely an option is in each draw; under votes whether those whom it serves are enough; shape (D,)."""
    if is_consensus(case.rule):
        return np.asarray(chances_of(model, sitting)[0][:, target])
    agenda = sitting.agendas[0]
    still, goal = agenda.options[agenda.status_quo], agenda.options[target]
    place = sitting.private[:, :, 0]
    return winning(sitting, np.abs(place - goal) <= np.abs(place - still)).astype(np.float64)


def _whole(cases: Sequence[Case], models: Sequence[SettlementModel], whole: Sitting) -> Floats:
    """Return how likely the package is in each draw: under the rule of every part; shape (D,)."""
    chances = []
    for case, model in zip(cases, models, strict=True):
        sitting = _before(case, whole)
        chances.append(_adopted(case, model, sitting, 1))
    return np.asarray(np.min(chances, axis=0))


def _before(case: Case, whole: Sitting) -> Sitting:
    """Return the package as the body of one of its issues has it, under its rule."""
    seated = {member.actor for member in case.seats}
    return replace(
        whole,
        decides=at_table(case.seating, whole.actors, whole.away),
        seated=np.array([actor in seated for actor in whole.actors]),
    )


def _traded(
    cases: Sequence[Case],
    models: Sequence[SettlementModel],
    sittings: Sequence[Sitting],
    targets: Sequence[int],
) -> list[float]:
    """Return how likely each part is once concessions were traded across the parts."""
    few = [part_of(sitting, slice(0, _TRADING_DRAWS)) for sitting in sittings]
    influence = find_influence(TRADES)
    after = moved(joined(few), influence.move(joined(few)))
    chances = []
    for k, (case, model, before, whole, target) in enumerate(zip(cases, models, few, sittings, targets, strict=True)):
        own = replace(
            before, private=after.private[:, :, k : k + 1], public=after.public[:, :, k : k + 1],
            setter=after.setter[:, k : k + 1],
        )  # fmt: skip
        shift = _adopted(case, model, own, target).mean() - _adopted(case, model, before, target).mean()
        chances.append(float(np.clip(_adopted(case, model, whole, target).mean() + shift, 0.0, 1.0)))
    return chances
