"""Running a docket: questions come out one at a time, answers go in, and every history moves on."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foedus.dossiers import Dossier
from foedus.procedures.docket import Docket, DocketEntry
from foedus.procedures.machines import RECORD, Machine
from foedus.procedures.questions import Decider, Flags, Indices, Question, StepAnswer

NOT_ARISEN = -1
"""What stands for an answer in the histories in which a step does not arise."""


@dataclass(slots=True)
class Course:
    """Where a matter is in each of H histories.

    Attributes
    ----------
    machine
        Its procedure.
    names
        Its states, in order.
    state
        Index into ``names``; shape (H,).
    option, proposed
        Indices of options: adopted, -1 where none was; on the table, -1 where there is no issue; shape (H,).
    agreed
        Who has agreed where each is asked by itself; shape (H,) by actor.
    """

    machine: Machine
    names: tuple[str, ...]
    state: Indices
    option: Indices
    proposed: Indices
    agreed: dict[str, Flags] = field(default_factory=dict)

    def shares(self) -> dict[str, float]:
        """Return the share of histories in each state in which any is."""
        counts = np.bincount(self.state, minlength=len(self.names)) / len(self.state)
        return {name: float(share) for name, share in zip(self.names, counts, strict=True) if share > 0}

    def among(self, states: tuple[str, ...]) -> Flags:
        """Return in which histories the matter is in one of some states; shape (H,)."""
        return np.isin(self.state, [self.names.index(state) for state in states])


@dataclass(frozen=True, slots=True)
class Taken:
    """A step and what came of it.

    Attributes
    ----------
    question, answer
        What was asked and answered.
    chosen
        Index into the choices, -1 where the step did not arise; shape (H,).
    after
        The share of histories in each state of the matter.
    """

    question: Question
    answer: StepAnswer
    chosen: NDArray[np.intp]
    after: Mapping[str, float]

    @property
    def entry(self) -> DocketEntry:
        """The row of the docket."""
        return self.question.entry


Watch = Callable[[Taken], None]
"""Told of each step once it was taken."""


def unwatched(_: Taken) -> None:
    """Tell nobody."""


def proceed(
    docket: Docket, dossier: Dossier, histories: int, watch: Watch = unwatched
) -> Generator[Question, StepAnswer, tuple[Taken, ...]]:
    """Yield each question in order of date; take its answer; return all that was taken.

    Parameters
    ----------
    docket, dossier
        The events, and where their issues stand.
    histories
        H, how many run side by side.
    watch
        Told of each step once it was taken.

    Yields
    ------
    Question
        One for each row of the docket, also where it arises in no history.

    Returns
    -------
    tuple
        One `Taken` for each row.
    """
    courses = {matter: _begin(docket, dossier, matter, histories) for matter in docket.matters}
    taken: list[Taken] = []
    tabled: dict[str, int] = {}
    for entry in docket.entries:
        course = courses[entry.item.matter]
        arises = course.among(entry.step.sources)
        for matter, states in entry.item.conditions:
            arises &= courses[matter].among(states)
        if entry.issue:
            before, now = tabled.get(entry.item.matter), _tabled(dossier, entry)
            if now != before:
                course.proposed[:] = now
            tabled[entry.item.matter] = now
        if entry.item.option:
            labels = [option.label.casefold() for option in dossier.issue(entry.issue).options]
            course.proposed[arises] = labels.index(entry.item.option.strip().casefold())
        answered = courses[entry.item.conditions[0][0]] if entry.step.decided == RECORD else course
        question = Question(
            entry, arises, answered.option.copy(), course.proposed.copy(), dict(course.agreed), course.shares()
        )
        answer = yield question
        taken.append(_move(course, question, answer))
        watch(taken[-1])
    return tuple(taken)


def _tabled(dossier: Dossier, entry: DocketEntry) -> int:
    """Return the place of what is proposed on the day of a step."""
    issue = dossier.issue(entry.issue)
    return [option.label for option in issue.options].index(issue.proposed_on(entry.item.on))


def _begin(docket: Docket, dossier: Dossier, matter: str, histories: int) -> Course:
    machine = docket.matters[matter]
    names = tuple(machine.states)
    issue = next((entry.issue for entry in docket.entries if entry.item.matter == matter), "")
    proposal = -1
    if issue:
        asked = dossier.issue(issue)
        proposal = [option.label for option in asked.options].index(asked.proposal)
    return Course(
        machine,
        names,
        np.full(histories, names.index(machine.start), dtype=np.intp),
        np.full(histories, -1, dtype=np.intp),
        np.full(histories, proposal, dtype=np.intp),
    )


def _move(course: Course, question: Question, answer: StepAnswer) -> Taken:
    """Move a matter on in the histories in which a step arises."""
    step, arises = question.entry.step, question.arises
    chosen = np.where(arises, answer.chosen, NOT_ARISEN)
    targets = np.array([course.names.index(step.target(choice)) for choice in step.choices])
    course.state = np.where(arises, targets[answer.chosen], course.state)
    if answer.option is not None:
        course.option = np.where(arises, answer.option, course.option)
    for actor, flags in answer.agreed.items():
        course.agreed[actor] = flags
    return Taken(question, answer, chosen, course.shares())


def run(
    docket: Docket, dossier: Dossier, decider: Decider, histories: int, watch: Watch = unwatched
) -> tuple[Taken, ...]:
    """Run a docket with one decider for all questions."""
    running = proceed(docket, dossier, histories, watch)
    try:
        question = next(running)
        while True:
            question = running.send(decider.answer(question))
    except StopIteration as end:
        taken: tuple[Taken, ...] = end.value
        return taken
