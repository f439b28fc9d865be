"""Taking the decisions of a seat while the model takes all others: what is known, what may be done, where it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.dossiers import Dossier
from foedus.dossiers.said import in_a_line, what_was_said
from foedus.evidence import Statement
from foedus.forecasts.compose import find
from foedus.forecasts.sweeps import hold
from foedus.issues import Agenda, Sitting
from foedus.issues.sitting import with_options
from foedus.procedures.earlier import as_in_history, subject_of
from foedus.procedures.model import Heard, Model, answers_of
from foedus.procedures.questions import Beforehand, Flags, Indices, Question, StepAnswer
from foedus.settlement.consensus import CONSENSUS

SCOUTS = 400
"""Draws by which a choice's consequences are estimated: a standard error of at most 2.5 percentage points."""

_NEVER_HURT = 10.0
"""What a person's seat is paid so that the model never objects for it: far more than the strongest interest, 1."""

_OF_THE_BODY = ("body", "silence", "agenda")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a seat may do.

    Attributes
    ----------
    id
        A short name, as written in a record.
    words
        In words.
    objects
        Labels of the options that it does not let pass.
    """

    id: str
    words: str
    objects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Call:
    """A decision that a seat has to take.

    Attributes
    ----------
    seat, question
        Whose decision, and on what.
    as_of
        The eve: nothing later is known.
    beforehand
        The forecast of the eve, by the model for everybody.
    known
        The accepted statements on the issue that were known: the seat's own first, each part by date, the latest last.
    choices
        What the rules allow.
    leads_to
        For each choice how likely each outcome is, others being played by the model: each option where a body decides,
        or else each answer.
    subject
        Label of the option that is on the table, or was agreed and is to be consented to.
    said
        Each of the known statements in words, by id.
    """

    seat: str
    question: Question
    as_of: Day
    beforehand: Beforehand
    known: tuple[Statement, ...]
    choices: tuple[Choice, ...]
    leads_to: Mapping[str, Mapping[str, float]]
    subject: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def expected(self) -> Mapping[str, float]:
        """What the forecast expects: each option where a body decides, or else each answer to the step."""
        decided = self.question.entry.step.decided
        return self.beforehand.options if decided == "body" else self.beforehand.answers

    @property
    def state(self) -> str:
        """Where the matter stands, with what that means."""
        (state,) = self.question.states
        return f"{state} ({self.question.entry.machine.states[state]})"


Ask = Callable[[Call], Choice]
"""A person: asked for one decision, it returns one of the choices."""


class Players:
    """A decider in which persons hold some seats, and the model the others.

    An objection takes an option off the table; whatever a person lets pass, its seat does not stop. Where the body can
    outvote a member, what its person wants counts as the member's position.

    Parameters
    ----------
    dossier, histories, seed
        As for `Model`; a game for people has one history.
    seats
        Ids of the actors that persons play.
    ask
        Answers for them.
    start
        The first day on which persons are asked; see `foedus.procedures.earlier`.

    Raises
    ------
    FoedusError
        When an actor of the seats is unknown.
    """

    def __init__(
        self, dossier: Dossier, histories: int, seed: int, seats: Sequence[str], ask: Ask, start: Day | None = None
    ) -> None:
        for seat in seats:
            if seat not in dossier.world.actors:
                raise FoedusError(f"--seat {seat}: no such actor{dossier.world.nearest_ids(seat)}")
        self._dossier, self._seats, self._ask, self._start = dossier, tuple(dict.fromkeys(seats)), ask, start
        self._model = Model(dossier, histories, seed)
        self._scout = Model(dossier, SCOUTS, seed + 1)

    def answer(self, question: Question) -> StepAnswer:
        """Ask those who have a part in a step, and the model for the rest."""
        if self._start is not None and question.entry.item.on < self._start:
            return as_in_history(self._model, question)
        chosen = {seat: self._ask(self.call(seat, question)) for seat in self.called(question)}
        answered = play(self._model, question, chosen) if chosen else self._model.answer(question)
        lines = tuple(Trace(f"{seat}, played by a person", choice.words) for seat, choice in chosen.items())
        against = stood_against(self._model, question, chosen, answered)
        return replace(
            answered,
            why=(*lines, *answered.why),
            players=tuple(chosen),
            against=against,
            unheard=tuple(
                actor for actor in against or () if actor in _unheard(self._model, question) and actor not in chosen
            ),
        )

    def called(self, question: Question) -> tuple[str, ...]:
        """Return the seats that have a part in a step that arises."""
        if not question.arises.any():
            return ()
        return tuple(seat for seat in self._seats if has_part(self._model, question, seat))

    def call(self, seat: str, question: Question) -> Call:
        """Return what a person is told before it decides."""
        heard = self._model.heard(question, question.proposal)
        wide = widened(question, SCOUTS)
        choices = choices_of(heard, question)
        leads_to = {choice.id: _leads(heard, question, play(self._scout, wide, {seat: choice})) for choice in choices}
        told = self._scout.answer(wide).beforehand
        if told is None:
            raise AssertionError("a step with a part for a seat has a forecast")
        statements = self._dossier.statements_on(question.entry.issue, question.as_of)
        known = tuple(
            sorted(statements, key=lambda statement: (statement.actor != seat, statement.said_on, statement.id))
        )
        subject = heard.case.issue.options[subject_of(question)].label
        said = {statement.id: _line_of(self._dossier, statement) for statement in known}
        return Call(seat, question, question.as_of, told, known, choices, leads_to, subject, said)


def _line_of(dossier: Dossier, statement: Statement) -> str:
    """Return who said what, in a line."""
    return in_a_line((dossier.world.name(statement.actor),), what_was_said(dossier, statement))


def _unheard(model: Model, question: Question) -> frozenset[str]:
    """Return those at the table of whom nothing is known on the eve of a step: a draw places them."""
    return frozenset(member.actor for member in model.heard(question, question.proposal).case.silent)


def _leads(heard: Heard, question: Question, answered: StepAnswer) -> dict[str, float]:
    """Return how often each option is settled on where a body decides, or else each answer given."""
    if question.entry.step.decided == "body" and answered.option is not None:
        names, picked = tuple(option.label for option in heard.case.issue.options), answered.option
    else:
        names, picked = question.choices, answered.chosen
    counts = np.bincount(picked, minlength=len(names)) / len(picked)
    return {name: float(share) for name, share in zip(names, counts, strict=True)}


def has_part(model: Model, question: Question, actor: str) -> bool:
    """Tell whether an actor takes part in deciding a step on its day."""
    decided, item = question.entry.step.decided, question.entry.item
    if decided == "consent":
        return actor in item.by
    if decided not in {*_OF_THE_BODY, "each"}:
        return False
    heard = model.heard(question, question.proposal)
    seated = {member.actor for member in heard.case.seats}
    if decided == "each":
        agreed = question.agreed.get(actor)
        waiting = agreed is None or not bool(agreed[question.arises].all())
        return waiting and actor in (set(item.by) or seated)
    return actor in seated | {heard.case.members[place].actor for place in heard.case.outsiders}


def choices_of(heard: Heard, question: Question) -> tuple[Choice, ...]:
    """Return what a seat may do at a step under the body's rule."""
    issue = heard.case.issue
    others = [option.label for option in heard.table.issue.options if option.label != issue.status_quo]
    subject = issue.options[subject_of(question)].label
    match question.entry.step.decided:
        case "silence":
            return (
                Choice("pass", "keep silent", frozenset()),
                Choice("object", f"break the silence: object to {subject!r}", frozenset({subject})),
            )
        case "consent" | "each":
            return (
                Choice("pass", f"agree to {subject!r}", frozenset()),
                Choice("object", f"do not agree to {subject!r}", frozenset({subject})),
            )
    if heard.settlement.objects is None:
        return tuple(
            Choice(f"want:{place}", f"want {label!r}", frozenset(set(others) - {label}))
            for place, label in enumerate(option.label for option in issue.options)
        )
    choices = [Choice("pass", "let anything pass", frozenset())]
    choices += [Choice(f"not:{n}", f"object to {other!r}", frozenset({other})) for n, other in enumerate(others, 1)]
    choices += [
        Choice(f"only:{n}", f"let nothing pass but {other!r}", frozenset(others) - {other})
        for n, other in enumerate(others, 1)
    ]
    choices.append(Choice("none", f"object to everything: keep {issue.status_quo!r}", frozenset(others)))
    unique: dict[frozenset[str], Choice] = {}
    for choice in choices[:1] + choices[-1:] + choices[1:-1]:
        unique.setdefault(choice.objects, choice)
    return tuple(choice for choice in choices if unique[choice.objects] is choice)


def play(model: Model, question: Question, chosen: Mapping[str, Choice]) -> StepAnswer:
    """Return what comes of a step when persons have chosen for some seats and the model decides for the others."""
    decided = question.entry.step.decided
    answered = model.answer(question)
    if decided in {"consent", "each"}:
        return _agree(model, question, chosen, answered)
    heard = model.heard(question, question.proposal)
    picked = _settled(heard, chosen)
    status_quo = heard.case.agenda.status_quo
    if decided == "body":
        return replace(answered, chosen=answers_of(heard.case)[picked], option=picked)
    if decided == "agenda":
        return replace(answered, chosen=np.asarray(picked == status_quo, dtype=np.intp))
    proposal = question.proposal
    label = heard.case.issue.options[proposal].label
    broken = _others_object(heard, chosen, proposal)
    broken |= any(label in choice.objects for choice in chosen.values())
    option = np.asarray(np.where(broken, status_quo, proposal), dtype=np.intp)
    return replace(answered, chosen=np.asarray(broken, dtype=np.intp), option=option)


def _settled(heard: Heard, chosen: Mapping[str, Choice]) -> Indices:
    """Return what the body settles on once the options that persons do not let pass are off the table."""
    case, sitting = heard.case, heard.sitting
    labels = [option.label for option in case.issue.options]
    on_table = {option.label for option in heard.table.issue.options}
    refused = frozenset(labels).difference(on_table).union(*(choice.objects for choice in chosen.values()))
    if heard.settlement.objects is None:
        return _outvoted(heard, chosen)
    kept = [k for k, label in enumerate(labels) if label not in refused]
    status_quo = case.agenda.status_quo
    if kept == [status_quo]:
        return np.full(sitting.draws, status_quo, dtype=np.intp)
    proposal = kept.index(case.agenda.proposal) if case.agenda.proposal in kept else len(kept) - 1
    agenda = Agenda(case.agenda.options[kept], kept.index(status_quo), proposal, case.agenda.length)
    table = with_options(_pleased(heard, chosen), agenda, dict(enumerate(kept)))
    return np.asarray(np.array(kept)[CONSENSUS.choose(table)[:, 0]], dtype=np.intp)


def stood_against(
    model: Model, question: Question, chosen: Mapping[str, Choice], answered: StepAnswer
) -> tuple[str, ...] | None:
    """Return who stood in the way of what was on the table in a game, or has not agreed to it.

    Parameters
    ----------
    model, question
        Of one history.
    chosen
        What persons chose, by seat.
    answered
        What came of the step.

    Returns
    -------
    tuple or None
        None where nobody is asked, several histories run, or the body can outvote its members.
    """
    decided = question.entry.step.decided
    if question.histories > 1 or not question.arises.any() or decided not in {"body", "silence", "consent", "each"}:
        return None
    heard = model.heard(question, question.proposal)
    if decided == "each":
        seats = (member.actor for member in heard.case.seats)
        return tuple(actor for actor in seats if actor not in answered.agreed or not answered.agreed[actor].all())
    option = subject_of(question) if decided == "consent" else question.proposal
    label = heard.case.issue.options[option].label
    persons = {seat for seat, choice in chosen.items() if label in choice.objects}
    if decided == "consent":
        asked = question.entry.item.by
        others = {actor for actor in asked if actor not in chosen and not heard.consents(actor, option).all()}
        return tuple(actor for actor in asked if actor in persons | others)
    if heard.settlement.objects is None:
        return None
    objects = heard.settlement.objects if not chosen else find(heard.model).settle(_pleased(heard, chosen)).objects
    flags = np.zeros(len(heard.sitting.actors)) if objects is None else objects[0][0, :, option]
    actors = zip(heard.sitting.actors, flags, strict=True)
    return tuple(actor for actor, stands in actors if actor in persons or (stands and actor not in chosen))


def _pleased(heard: Heard, chosen: Mapping[str, Choice]) -> Sitting:
    """Return the sitting in which the model objects for none of the seats that persons play."""
    sitting = heard.sitting
    places = [sitting.actors.index(seat) for seat in chosen]
    paid = np.zeros(sitting.private.shape)
    paid[:, places, :] = _NEVER_HURT
    # An outsider that is played is not asked by the model: its person has answered.
    asked = tuple(place for place in sitting.outsiders[0] if place not in places)
    return replace(sitting, paid=paid, outsiders=(asked,))


def _outvoted(heard: Heard, chosen: Mapping[str, Choice]) -> Indices:
    """Return what a body that votes settles on when persons want one option each."""
    sitting, issue = heard.sitting, heard.case.issue
    for seat, choice in chosen.items():
        wanted = next(
            (o.at for o in issue.options if o.label not in choice.objects and o.label != issue.status_quo),
            issue.option(issue.status_quo).at,
        )
        sitting = hold(sitting, f"{seat}.position", wanted)
    return np.asarray(find(heard.model).choose(sitting)[:, 0], dtype=np.intp)


def _others_object(heard: Heard, chosen: Mapping[str, Choice], option: int) -> Flags:
    if heard.settlement.objects is None:
        return np.asarray(_outvoted(heard, chosen) != option)
    flags = heard.settlement.objects[0][:, :, option].copy()
    flags[:, [heard.sitting.actors.index(seat) for seat in chosen]] = False
    return np.asarray(flags.any(axis=1))


def _agree(model: Model, question: Question, chosen: Mapping[str, Choice], answered: StepAnswer) -> StepAnswer:
    """Put persons' consent in the place of the model's."""
    heard = model.heard(question, question.proposal)
    item = question.entry.item
    seats = tuple(member.actor for member in heard.case.seats)
    nobody = np.zeros(question.histories, dtype=np.bool_)
    if question.entry.step.decided == "each":
        agreed = dict(answered.agreed)
        for seat, choice in chosen.items():
            before = question.agreed.get(seat, nobody)
            agreed[seat] = before | (question.arises & (not choice.objects))
        everybody = np.all([agreed.get(actor, nobody) for actor in seats], axis=0)
        return replace(answered, chosen=np.asarray(~everybody, dtype=np.intp), agreed=agreed)
    subject = subject_of(question)
    lets = [
        np.full(question.histories, not chosen[actor].objects) if actor in chosen else heard.consents(actor, subject)
        for actor in item.by
    ]
    everybody = np.all(lets, axis=0)
    option = np.asarray(np.where(everybody, subject, -1), dtype=np.intp)
    return replace(answered, chosen=np.asarray(~everybody, dtype=np.intp), option=option)


def widened(question: Question, histories: int) -> Question:
    """Return a question of one history as one of many that stand where it does."""
    ask = np.repeat(question.arises[:1], histories)
    return Question(
        question.entry,
        ask,
        np.repeat(question.option[:1], histories),
        np.repeat(question.proposed[:1], histories),
        {actor: np.repeat(flags[:1], histories) for actor, flags in question.agreed.items()},
        question.states,
    )
