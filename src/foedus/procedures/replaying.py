"""Replaying a dossier's dated events: what the model makes of each step, beside what happened."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus._version import __version__
from foedus.base.answers import Recorded
from foedus.base.days import Day, asked_day, parse_day
from foedus.base.errors import FoedusError
from foedus.base.hashes import fingerprint, folder_contents
from foedus.base.traces import Trace
from foedus.dossiers import Dossier
from foedus.dossiers.changes import Change, change_of, changed
from foedus.procedures.docket import Docket, read_docket, with_answers, without_answers
from foedus.procedures.engine import Taken, Watch, run, unwatched
from foedus.procedures.events import Happening, told
from foedus.procedures.idle import idle_changes
from foedus.procedures.items import NOT_ARISEN
from foedus.procedures.machines import FORECAST, RECORD, machines_contents
from foedus.procedures.model import Model
from foedus.procedures.questions import Decider, Question, Rivals, StepAnswer

HISTORIES = 1_000
"""How many histories run where nobody says otherwise: a standard error of at most 1.6 percentage points."""

MOST_HISTORIES = 20_000
"""More would take gigabytes: all histories of a step are held at once."""

SCORED = 100
"""With fewer histories no score is given: it would tell of their number more than of the model."""

_SHOWN_HISTORIES = 10


@dataclass(frozen=True, slots=True)
class Point:
    """The share of histories in which a matter is in each of its states, from a day on."""

    on: Day
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter through time.

    Attributes
    ----------
    id, procedure
        The matter, and the id of its procedure.
    states
        All states of the procedure, in order.
    points
        By day; the first is the state before the first step.
    """

    id: str
    procedure: str
    states: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A course of events that some of the histories share: what came of each step that was decided."""

    share: float
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the model's answers stand to what happened, over the steps that it decided by a forecast.

    Attributes
    ----------
    compared, alike
        Steps of which history's answer is known, and those of which it was the model's likeliest.
    log_score
        The mean of minus the logarithm of the smoothed share of histories in which the step came out as it did:
        (k + 1/2) / (n + 1) where k of n histories have it so. None where nothing is compared, or with fewer than
        `SCORED` histories.
    floor
        The smoothed share of a course that no history takes, 1 / (2 (n + 1)): none counts for less.
    """

    compared: int
    alike: int
    log_score: float | None
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Replay(Recorded):
    """What a replay found.

    Attributes
    ----------
    title, seed, histories, version, inputs_sha256
        What makes it repeatable; the hash covers the dossier, its docket and the procedures.
    changes
        What was supposed to have been otherwise.
    idle
        Which of the changes no step can feel, and why.
    events
        By date.
    matters
        Through time.
    likeliest
        The commonest courses of events, the commonest first.
    comparison
        With what happened.
    """

    KEYS = (
        "title seed runs=histories version inputs_sha256 changes=changed without_effect=idle events "
        "matters(matter=id procedure states points(on shares)) histories=likeliest(share answers) "
        "comparison(compared alike log_score floor)"
    )

    title: str
    seed: int
    histories: int
    version: str
    inputs_sha256: str
    changes: tuple[Change, ...]
    events: tuple[Happening, ...]
    matters: tuple[Matter, ...]
    likeliest: tuple[History, ...]
    comparison: Comparison
    idle: tuple[str, ...] = ()

    def event(self, matter: str, on: Day | str, step: str | None = None) -> Happening:
        """Return one event of a matter by its day, and by its step where the day has several.

        Raises
        ------
        FoedusError
            When there is none.
        """
        day = parse_day(on) if isinstance(on, str) else on
        for event in self.events:
            if (event.matter, event.on) == (matter, day) and step in {None, event.step}:
                return event
        raise FoedusError(f"no step of {matter!r} on {day}")

    def why(self) -> Trace:
        """Return the reasons of all steps as one tree."""
        steps = tuple(event.why for event in self.events)
        return Trace(f"replay of {self.title}", f"{self.histories} histories, seed {self.seed}", "", steps)

    @property
    def changed(self) -> list[str]:
        """What was changed, as it is written on the command line."""
        return [str(change) for change in self.changes]


def replay(
    dossier: Dossier,
    *,
    start: Day | str | None = None,
    end: Day | str | None = None,
    changes: Sequence[Change | str] = (),
    histories: int = HISTORIES,
    seed: int = 1,
    decider: Decider | None = None,
    watch: Watch = unwatched,
    answers: Rivals | None = None,
) -> Replay:
    """Run a dossier's dated events through their procedures.

    Parameters
    ----------
    dossier
        With a table ``docket.csv`` in its folder.
    start, end
        The first and last day shown; what came before ``start`` is run all the same, what comes after ``end`` is not.
    changes
        What is supposed to have been otherwise, such as ``FRA.office=60@2023-05-01``.
    histories
        How many run side by side; each is one draw of what is not known.
    seed
        The same seed gives the same answer.
    decider
        Who answers; by default the model.
    watch
        Told of each step once it was taken.
    answers
        Who draws how a rival answers what a body adopts, such as `foedus.strategy.RecordOfRivals`; by default nobody:
        rows of the docket that are drawn from a record, and what hangs on them, are left out.

    Returns
    -------
    Replay
        One event for each row of the docket.

    Raises
    ------
    FoedusError
        When a number, a day or a change makes no sense.
    InputError
        When the docket is missing or does not hold together.

    Examples
    --------
    >>> import foedus
    >>> answer = replay(foedus.read_dossier("tokyo-office"), end="2023-07-12", histories=500)
    >>> decided = answer.event("tokyo-office", "2023-07-11")
    >>> decided.result, decided.to
    ('nothing', 'on-hold')
    """
    if not 1 <= histories <= MOST_HISTORIES:
        raise FoedusError(f"histories must be from 1 to {MOST_HISTORIES:,}; got {histories}")
    if seed < 0:
        raise FoedusError(f"a seed is a whole number of at least 0; got {seed}")
    first = None if start is None else asked_day(start, "from")
    last = None if end is None else asked_day(end, "to")
    docket = _up_to(_asked(dossier, answers), first, last)
    told_changes = tuple(change_of(change) if isinstance(change, str) else change for change in changes)
    supposed = changed(dossier, told_changes) if told_changes else dossier
    decides = decider or Model(supposed, histories, seed)
    taken = run(docket, supposed, decides if answers is None else _Branching(decides, answers), histories, watch)
    events = tuple(told(step, supposed) for step in taken)
    return Replay(
        title=dossier.title,
        seed=seed,
        histories=histories,
        version=__version__,
        inputs_sha256=inputs_of(dossier, docket),
        changes=told_changes,
        events=tuple(event for event in events if first is None or event.on >= first),
        matters=_matters(docket, taken),
        likeliest=_likeliest(taken, histories),
        comparison=_compare([event for event in events if first is None or event.on >= first], histories),
        idle=idle_changes(docket, supposed, told_changes),
    )


@dataclass(frozen=True, slots=True)
class _Branching:
    """Asks one who knows the record for what is drawn from it, and another for all else."""

    decider: Decider
    rivals: Rivals

    def answer(self, question: Question) -> StepAnswer:
        """Return what comes of a step in every history."""
        drawn = question.entry.step.decided == RECORD
        return self.rivals.answer(question) if drawn else self.decider.answer(question)


def _asked(dossier: Dossier, answers: Rivals | None) -> Docket:
    """Return the docket with the answers that were asked for, or without any.

    Raises
    ------
    FoedusError
        When answers are asked for and there is nothing that a rival may answer.
    """
    docket = read_docket(dossier)
    if answers is None:
        return without_answers(docket)
    answered = with_answers(docket, answers.rival_of)
    if not any(entry.step.decided == RECORD for entry in answered.entries):
        raise FoedusError(
            "no answer to draw: response.yaml names nobody who may answer an issue that a body decides in docket.csv "
            "('foedus schema response.yaml' lists its keys)"
        )
    return answered


def inputs_of(dossier: Dossier, docket: Docket) -> str:
    """Return one hash over a dossier, its docket, and the procedures, its own among them."""
    own = [("dossier", dossier.inputs_sha256.encode()), ("docket.csv", docket.sha256.encode())]
    own += [(f"own/{name}", data) for name, data in folder_contents(dossier.folder / "procedures", (".yaml",))]
    drawn = any(entry.step.decided == RECORD for entry in docket.entries)
    return fingerprint([*own, *machines_contents(answers=drawn)])


def _up_to(docket: Docket, first: Day | None, last: Day | None) -> Docket:
    """Return the docket up to a day; refuse days between which nothing stands in it."""
    days = [entry.item.on for entry in docket.entries]
    if first is not None and last is not None and first > last:
        raise FoedusError(f"--from {first} is after --to {last}; expected the earlier day first")
    entries = tuple(entry for entry in docket.entries if last is None or entry.item.on <= last)
    if not entries:
        raise FoedusError(f"nothing in the docket happens up to {last}; the first event is of {days[0]}")
    if first is not None and first > days[-1]:
        raise FoedusError(f"nothing in the docket happens from {first} on; the last event is of {days[-1]}")
    if first is not None and first > entries[-1].item.on:
        after = min(day for day in days if day >= first)
        raise FoedusError(
            f"nothing in the docket happens from {first} to {last}; the event before is of {entries[-1].item.on}, "
            f"the next of {after}"
        )
    return Docket(entries, {entry.item.matter: entry.machine for entry in entries}, docket.sha256)


def _matters(docket: Docket, taken: Sequence[Taken]) -> tuple[Matter, ...]:
    matters = []
    for matter, machine in docket.matters.items():
        own = [step for step in taken if step.entry.item.matter == matter]
        points = [Point(own[0].entry.item.on, own[0].question.states)]
        points += [Point(step.entry.item.on, step.after) for step in own]
        matters.append(Matter(matter, machine.id, tuple(machine.states), tuple(points)))
    return tuple(matters)


def _likeliest(taken: Sequence[Taken], histories: int) -> tuple[History, ...]:
    """Group the histories by what came of every step that was decided by a forecast."""
    decided = [step for step in taken if step.entry.step.decided in FORECAST]
    if not decided:
        return (History(1.0, {}),)
    rows, counts = np.unique(np.stack([step.chosen for step in decided], axis=1), axis=0, return_counts=True)
    order = np.lexsort((np.arange(len(counts)), -counts))[:_SHOWN_HISTORIES]
    return tuple(
        History(
            float(counts[place] / histories),
            {
                step.entry.key: NOT_ARISEN if answer < 0 else step.entry.step.choices[answer]
                for step, answer in zip(decided, rows[place].tolist(), strict=True)
            },
        )
        for place in order
    )


def _compare(events: Sequence[Happening], histories: int) -> Comparison:
    forecast = [event for event in events if event.agrees is not None and event.decided in FORECAST]
    if not forecast:
        return Comparison(0, 0, None)
    alike = sum(bool(event.agrees) for event in forecast)
    if histories < SCORED:
        return Comparison(len(forecast), alike, None)
    counts = [round((event.happened_share or 0.0) * histories) for event in forecast]
    scores = [-math.log((count + 0.5) / (histories + 1)) for count in counts]
    return Comparison(len(forecast), alike, math.fsum(scores) / len(scores), 0.5 / (histories + 1))
