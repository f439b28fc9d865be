"""What comes before a game begins: each step as history had it where that is known, and else as the model has it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.base.traces import Trace
from foedus.procedures.items import NOT_ARISEN
from foedus.procedures.machines import FORECAST
from foedus.procedures.model import Model, answers_of
from foedus.procedures.questions import Indices, Question, StepAnswer


def subject_of(question: Question) -> int:
    """Return the option that is to be agreed to: what was adopted, or else what is on the table."""
    adopted = question.option[question.arises] if question.arises.any() else question.option[:1]
    return int(adopted[0]) if len(adopted) and adopted[0] >= 0 else question.proposal


def as_in_history(model: Model, question: Question) -> StepAnswer:
    """Return what history made of a step; the model's answer where that is not known or could not arise.

    Parameters
    ----------
    model
        Answers where the docket does not say what happened, and tells what was expected.
    question
        A step before the first day of a game.
    """
    answered = model.answer(question)
    happened = question.entry.item.happened.strip().casefold()
    decided = question.entry.step.decided
    if decided not in FORECAST or happened in {"", NOT_ARISEN} or not question.arises.any():
        return answered
    answered = replace(answered, why=(Trace("before the game", "taken from history"), *answered.why))
    if decided == "body":
        return _settled(model, question, answered, happened)
    place = question.choices.index(happened)
    chosen = np.full(question.histories, place, dtype=np.intp)
    if decided == "each":
        return _agreed(model, question, answered, chosen)
    option = answered.option
    if decided == "silence":
        start = model.heard(question, question.proposal).case.agenda.status_quo
        option = np.asarray(np.where(chosen == 1, start, question.proposed), dtype=np.intp)
    elif decided == "consent":
        option = np.full(question.histories, -1 if place else subject_of(question), dtype=np.intp)
    return replace(answered, chosen=chosen, option=option)


def _settled(model: Model, question: Question, answered: StepAnswer, happened: str) -> StepAnswer:
    """Put the option on which the body settled; of several, the model's own or the nearest to the proposal."""
    case = model.heard(question, question.proposal).case
    labels = [option.label.casefold() for option in case.issue.options]
    answers = answers_of(case)
    if happened in labels:
        places = [labels.index(happened)]
    else:
        wanted = question.choices.index(happened)
        proposal = case.agenda.options[case.agenda.proposal]
        fit = [place for place in range(len(labels)) if answers[place] == wanted]
        places = sorted(fit, key=lambda place: abs(float(case.agenda.options[place] - proposal)))
    if not places:
        return answered
    own = np.full(question.histories, places[0], dtype=np.intp) if answered.option is None else answered.option
    option = np.where(np.isin(own, places), own, places[0])
    return replace(answered, chosen=answers[option], option=option)


def _agreed(model: Model, question: Question, answered: StepAnswer, chosen: Indices) -> StepAnswer:
    """Put who had agreed: everybody, or not all of those who were asked."""
    seats = [member.actor for member in model.heard(question, question.proposal).case.seats]
    agreed = dict(answered.agreed)
    if not chosen[0]:
        agreed |= dict.fromkeys(seats, np.ones(question.histories, dtype=np.bool_))
    elif not answered.chosen.all():
        open_still = question.entry.item.by or seats
        agreed |= dict.fromkeys(open_still, np.zeros(question.histories, dtype=np.bool_))
    return replace(answered, chosen=chosen, agreed=agreed)
