"""One step of a replay as it is told: what came before whom, what the rule asked, what was expected, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.base.days import Day
from foedus.base.traces import Trace
from foedus.base.wording import counted, tenth
from foedus.dossiers import Dossier
from foedus.procedures.engine import Taken
from foedus.procedures.items import NOT_ARISEN
from foedus.procedures.machines import HOW
from foedus.procedures.questions import Beforehand

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer to a step.

    Attributes
    ----------
    answer, to
        The answer, and the state to which it leads.
    share
        Of all histories.
    """

    answer: str
    to: str
    share: float


@dataclass(frozen=True, slots=True)
class Happening:
    """One step and what came of it.

    Attributes
    ----------
    on, matter, procedure, step, decided
        The step, and how it is decided; see `foedus.procedures.machines.HOW`.
    by
        Who takes it or is asked.
    arises
        The share of histories in which it comes up.
    outcomes
        Every answer with its share of all histories.
    result, result_share
        What comes of it in most histories, ``not-arisen`` among the possibilities, and in what share of all.
    to
        The state to which the result leads; blank where the step does not arise.
    option, options
        The option that the body settles on in most of the histories in which the step arises, and how often each.
    beforehand
        The forecast of the eve, where one was made.
    proposed
        Label of the option that is on the table in most histories; blank where the matter has no issue.
    players, against
        In a game: the seats that persons played at the step, and who stood in the way of what was on the table.
    unheard
        Those of ``against`` of whom nothing is known: a draw placed them.
    happened, happened_share
        What history did, as an answer, and in what share of the histories the model has it so; None where not known.
    agrees
        Whether the result is what happened; None where that is not known.
    why
        The reasons.
    source, locator, verified, note
        Where the event comes from.
    says
        What the step is, in words.
    """

    KEYS = (
        "on matter procedure step actor=everybody? decided arises result probability=result_share to? option "
        "answers=outcomes(answer to probability=share) options{label share} forecast=beforehand(body seats "
        "asked rule reference model statements answers{answer probability} options{label probability} "
        "chances{label probability} "
        "objectors=objections(actor probability known)) happened probability_of_what_happened=happened_share "
        "agrees source locator? verified note? why"
    )

    on: Day
    matter: str
    procedure: str
    step: str
    decided: str
    by: tuple[str, ...]
    arises: float
    outcomes: tuple[Outcome, ...]
    result: str
    result_share: float
    to: str
    option: str | None
    options: Mapping[str, float]
    beforehand: Beforehand | None
    happened: str | None
    happened_share: float | None
    agrees: bool | None
    why: Trace
    source: str
    locator: str
    verified: bool
    note: str
    proposed: str = ""
    players: tuple[str, ...] = ()
    against: tuple[str, ...] | None = None
    unheard: tuple[str, ...] = ()
    says: str = ""

    @property
    def everybody(self) -> str:
        """Who took the step, as one text."""
        return " ".join(self.by)


def told(taken: Taken, dossier: Dossier) -> Happening:
    """Return a step as it is told."""
    item, step = taken.entry.item, taken.entry.step
    counts = [float((taken.chosen == place).mean()) for place in range(len(step.choices))]
    outcomes = tuple(
        Outcome(answer, step.target(answer), share) for answer, share in zip(step.choices, counts, strict=True)
    )
    arises = float(taken.question.arises.mean())
    best = max(outcomes, key=lambda outcome: outcome.share)
    common = arises > 0 and best.share >= 1 - arises
    result, share = (best.answer, best.share) if common else (NOT_ARISEN, 1 - arises)
    options = _options(taken, dossier)
    happened = _happened(taken, dossier)
    known = {outcome.answer: outcome.share for outcome in outcomes} | {NOT_ARISEN: 1 - arises}
    return Happening(
        on=item.on,
        matter=item.matter,
        procedure=item.procedure,
        step=item.step,
        decided=step.decided,
        by=item.by,
        arises=arises,
        outcomes=outcomes,
        result=result,
        result_share=share,
        to=best.to if common else "",
        option=max(options, key=lambda label: options[label]) if options else None,
        options=options,
        beforehand=taken.answer.beforehand,
        happened=happened,
        happened_share=None if happened is None else known[happened],
        agrees=None if happened is None else happened == result,
        why=_why(taken, dossier, f"{result}, {tenth(share)} of histories", happened),
        source=item.source,
        locator=item.locator,
        verified=item.verified,
        note=item.note,
        proposed=_proposed(taken, dossier),
        players=taken.answer.players,
        against=taken.answer.against,
        unheard=taken.answer.unheard,
        says=step.says,
    )


def _proposed(taken: Taken, dossier: Dossier) -> str:
    """Return what is on the table in most of the histories in which the step arises."""
    arises, proposed = taken.question.arises, taken.question.proposed
    place = int(np.bincount((proposed[arises] if arises.any() else proposed) + 1).argmax()) - 1
    return dossier.issue(taken.entry.issue).options[place].label if place >= 0 and taken.entry.issue else ""


def _options(taken: Taken, dossier: Dossier) -> dict[str, float]:
    """Return how often each option is settled on, among the histories in which the step arises."""
    arises, option = taken.question.arises, taken.answer.option
    if option is None or not arises.any() or taken.entry.step.decided != "body":
        return {}
    labels = [listed.label for listed in dossier.issue(taken.entry.issue).options]
    counts = np.bincount(option[arises], minlength=len(labels)) / arises.sum()
    return {label: float(share) for label, share in zip(labels, counts, strict=True)}


def _happened(taken: Taken, dossier: Dossier) -> str | None:
    """Return history's answer: the one written down, or that of the option written down."""
    entry = taken.entry
    wrote = entry.item.happened.strip().casefold()
    if not wrote:
        return None
    for answer in (*entry.step.choices, NOT_ARISEN):
        if wrote == answer.casefold():
            return answer
    issue = dossier.issue(entry.issue)
    at, start = issue.option(wrote).at, issue.option(issue.status_quo).at
    end = issue.options[int(np.bincount(taken.question.proposed).argmax())].at
    if at in {start, end}:
        return "nothing" if at == start else "as-proposed"
    return "something-less" if min(start, end) < at < max(start, end) else "something-else"


def _why(taken: Taken, dossier: Dossier, result: str, happened: str | None) -> Trace:
    item, step = taken.entry.item, taken.entry.step
    name = dossier.world.name
    before = ", ".join(f"{state} {tenth(share)}" for state, share in taken.question.states.items())
    steps = [Trace("decided", HOW[step.decided], step.reference), Trace(f"{item.matter} before", before)]
    if item.by:
        steps.insert(0, Trace("by", ", ".join(name(actor) for actor in item.by)))
    if item.conditions:
        steps.append(Trace("arises where", item.when))
    arises = float(taken.question.arises.mean())
    if arises < 1:
        steps.append(Trace("arises in", f"{tenth(arises)} of histories"))
    if taken.answer.beforehand is not None:
        steps += _forecast(taken, taken.answer.beforehand, dossier)
    steps += taken.answer.why
    if step.decided != "given":
        shares = [(taken.chosen == place).mean() for place in range(len(step.choices))]
        words = ", ".join(f"{answer} {tenth(share)}" for answer, share in zip(step.choices, shares, strict=True))
        steps.append(Trace("histories", words))
    if happened is not None:
        steps.append(Trace("what happened", happened))
    if item.note:
        steps.append(Trace("note", item.note))
    read = "" if item.verified else ", not read there"
    steps.append(Trace("event known from", f"{item.source}{', ' + item.locator if item.locator else ''}{read}"))
    return Trace(f"{item.on}, {item.matter}: {step.says}", result, step.reference, tuple(steps))


def _forecast(taken: Taken, forecast: Beforehand, dossier: Dossier) -> list[Trace]:
    """Return who was asked, by which rule, what was known and what was expected; each kind of step its own."""
    decided, on = taken.entry.step.decided, taken.entry.item.on
    known = Trace("known by the eve", f"{taken.question.as_of}: {_statements(forecast)} on {taken.entry.issue}")
    rule = Trace("the rule asks", forecast.rule, forecast.reference)
    own = ", ".join(f"{answer} {tenth(share)}" for answer, share in forecast.answers.items())
    if decided in {"consent", "each"}:
        who = ", ".join(dossier.world.name(actor) for actor in forecast.asked)
        if decided == "each" and not taken.entry.item.by:
            who = f"each of the {forecast.seats} members on {on}"
        return [Trace("asked", who), rule, known, Trace("forecast beforehand, where it arises", own)]
    body = dossier.institutions.body(forecast.body).name_on(on)
    options = ", ".join(f"{label} {tenth(share)}" for label, share in forecast.options.items())
    lines = _in_the_way(forecast, dossier)
    came = Trace("put to", f"{body}, {forecast.seats} seats on {on}")
    if decided == "body":
        chances = ", ".join(f"{label} {tenth(share)}" for label, share in forecast.chances.items())
        stepped = Trace(f"in the histories, by the {forecast.model} model", options, "", lines)
        return [came, rule, known, *([Trace("forecast beforehand", chances)] if chances else []), stepped]
    return [came, rule, known, Trace("forecast beforehand", own, "", lines)]


def _statements(forecast: Beforehand) -> str:
    return counted(forecast.statements, "statement")


def _in_the_way(forecast: Beforehand, dossier: Dossier) -> tuple[Trace, ...]:
    objecting = [objection for objection in forecast.objections if objection.known][:_NAMED]
    silent = [objection for objection in forecast.objections if not objection.known]
    name = dossier.world.name
    lines = tuple(
        Trace(name(objection.actor), f"stands in the way in {tenth(objection.probability)}") for objection in objecting
    )
    if silent:
        most = max(objection.probability for objection in silent)
        lines += (Trace(f"{len(silent)} of whom nothing is known", f"each in at most {tenth(most)}"),)
    return lines
