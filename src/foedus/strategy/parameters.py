"""From a dossier to the game's numbers: each drawn from a declared range, each with its trace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.base.traces import Trace
from foedus.dossiers import Dossier, Range
from foedus.dossiers.ranks import rank_of
from foedus.evidence import Statement
from foedus.institutions.law.judgement import parties_on
from foedus.institutions.law.treaties import packaged_law
from foedus.institutions.obligations import Attack, TreatyAnswer, obligations
from foedus.issues import Issue
from foedus.strategy.deterrence import Baseline, Shift, baseline
from foedus.strategy.games.crisis_signalling import Payoffs
from foedus.strategy.names import in_sentence
from foedus.strategy.settings import Assumptions, Option, Question, Shifts, estimate
from foedus.world import World

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Draws of declared ranges, each from a stream of its own.

    Attributes
    ----------
    seed, issue, draws
        The same three give the same numbers.
    """

    seed: int
    issue: str
    draws: int

    def of(self, name: str, declared: Range) -> Floats:
        """Return draws of one range; shape (draws,)."""
        return estimate(declared).quantiles(self.levels(name))

    def levels(self, name: str) -> Floats:
        """Return the levels between 0 and 1 at which an input is drawn; shape (draws,)."""
        return Streams(self.seed).uniforms("respond", self.issue, name, start=0, stop=self.draws)


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether an act makes anybody newly owe the target a defence; without that no effect of a pact is counted.

    Attributes
    ----------
    new
        Treaties that would newly owe it.
    reach
        What is owed today, in words.
    why
        How that was found.
    """

    KEYS = "new reach"

    new: tuple[str, ...]
    reach: str
    why: Trace


@dataclass(frozen=True, slots=True)
class Objection:
    """What the rival is on record with against an option, known by the day.

    Attributes
    ----------
    statements
        Its accepted statements against it, the latest first.
    why
        In a trace.
    """

    statements: tuple[Statement, ...]
    why: Trace


YEAR = 365
"""Days for which the chance of a challenge is declared."""


def game_without(assumptions: Assumptions, drawn: Drawn, horizon: int = YEAR) -> tuple[Baseline, Trace]:
    """Return the game before the act, its status quo solved to the declared chance of a challenge.

    Parameters
    ----------
    assumptions, drawn
        The ranges and their draws.
    horizon
        Days; the chance of a year is brought to them at a constant rate.
    """
    names = ("war_challenger", "war_defender", "backing_down")
    war_a, war_b, back = (drawn.of(name, getattr(assumptions, name)) for name in names)
    challenge = 1 - (1 - drawn.of("challenge", assumptions.challenge)) ** (horizon / YEAR)
    base = baseline(Payoffs(0.0, 1.0, 0.0, war_a, war_b, 1.0, back), challenge)
    steps = tuple(declared_trace(name, getattr(assumptions, name)) for name in ("challenge", *names))
    worth = float(np.median(base.payoffs.arrays()[0]))
    solved = Trace(
        "worth of the status quo to the rival", f"{worth:.2g} (median), solved from the chance of a challenge"
    )
    return base, Trace(
        "the game without the act", "payoffs in stakes", "response.yaml or its defaults", (*steps, solved)
    )


def declared_trace(name: str, stated: Range) -> Trace:
    """Return a declared range as a trace."""
    return Trace(name.replace("_", " "), range_in_words(stated))


def range_in_words(stated: Range) -> str:
    """Return a declared range with its note."""
    note = f" ({stated.note})" if stated.note else ""
    return f"{stated.low:g} to {stated.high:g}, likeliest {stated.mode:g}{note}"


def shifts_of(option: Option, assumptions: Assumptions) -> Shifts:
    """Return the ranges of an option's shifts: its own, or those of its class of act."""
    usual = assumptions.shifts[option.act]
    return usual.model_copy(update={name: value for name, value in option.shifts if value is not None})


def shift_of(
    option: Option, assumptions: Assumptions, drawn: Drawn, gate: Gate, objection: Objection
) -> tuple[Shift, Trace]:
    """Return what an option changes, draw by draw, with why.

    One stream serves an input for all options, so that options are compared within a draw.
    """
    ranges = shifts_of(option, assumptions)
    ranges_drawn = {name: drawn.of(name, value) for name, value in ranges if value is not None}
    steps = [declared_trace(name, value) for name, value in ranges if value is not None]
    if not objection.statements:
        ranges_drawn["discontent"] = ranges_drawn["discontent"] * drawn.of("silent", assumptions.silent)
        steps.append(declared_trace("kept of the discontent, for the rival has not objected", assumptions.silent))
    if gate.new:
        pact = drawn.of("pact", assumptions.pact)
        ranges_drawn["company"], ranges_drawn["fear"] = ranges_drawn["company"] + pact, ranges_drawn["fear"] + pact
        steps.append(declared_trace("added to company and fear, for a duty of defence is new", assumptions.pact))
    kind = f"an act of the class {option.act}" + (f" about {option.object}" if option.object != "alliance" else "")
    why = Trace("what the act changes, in stakes", kind, option.note, (*steps, objection.why, gate.why))
    return Shift(ranges_drawn["discontent"], ranges_drawn["company"], ranges_drawn["fear"]), why


def objection_of(dossier: Dossier, issue: Issue, label: str, question: Question, rival: str, as_of: Day) -> Objection:
    """Return the rival's statements against an option that were known by a day.

    A statement is against an option when it puts the rival nearer to the status quo, or holds that the act provokes.
    """
    places = {listed.id: listed for listed in dossier.concepts if listed.issue == issue.id}
    at, today = issue.option(label).at, issue.option(issue.status_quo).at
    against = []
    for statement in dossier.statements_on(issue.id, as_of):
        concept = places[statement.concept]
        place = concept.at_support if statement.stance > 0 else concept.at_oppose
        nearer = place is not None and abs(place - today) < abs(place - at)
        if (
            statement.actor == rival
            and statement.stance != 0
            and (nearer or (statement.concept in question.provokes and statement.stance > 0))
        ):
            against.append(statement)
    against.sort(key=lambda said: (dossier.known_on(said), said.id), reverse=True)
    name = in_sentence(dossier.world.name(rival))
    steps = tuple(
        Trace(
            f"statement {said.id}, known on {dossier.known_on(said)}", said.paraphrase, f"{said.source} {said.passage}"
        )
        for said in against
    )
    ranks = ", ".join(dict.fromkeys(rank_of(said, dossier.world) for said in against))
    summary = (
        f"{len(against)} statements against it (rank of the speakers: {ranks})"
        if against
        else "no statement against it"
    )
    return Objection(tuple(against), Trace(f"what {name} says, as known on {as_of}", summary, "statements.csv", steps))


def gate_of(option: Option, target: str, rival: str, as_of: Day, world: World) -> Gate:
    """Return whether an option makes anybody newly owe the target a defence.

    Only a treaty that the option names can do so, and only one whose clause on defence applies to its parties when the
    rival attacks one of them, while the target is no party yet. An office, a programme or a text names none.
    """
    reach, steps = _owed_today(target, rival, as_of, world)
    if not option.treaty:
        none = Trace("duty of defence newly owed", "none: the act brings no treaty into force", "", steps)
        return Gate((), reach, none)
    treaty = packaged_law().treaty(option.treaty)
    parties = sorted(row.actor for row in parties_on(world, treaty.treaty, as_of))
    if target in parties:
        bound = Trace(
            "duty of defence newly owed",
            f"none: {in_sentence(world.name(target))} is a party already",
            treaty.id,
            steps,
        )
        return Gate((), reach, bound)
    for party in parties:
        try:
            (answer,) = obligations(Attack(place=party, on=as_of, by=rival), treaty.id, world=world)
        except FoedusError:
            continue  # a party without a territory of its own, or the rival itself
        if answer.engaged == "yes" and answer.kind == "defence":
            words = (
                f"{answer.title}, {answer.article}: owed to each party, and then to {in_sentence(world.name(target))}"
            )
            return Gate(
                (treaty.id,), reach, Trace("duty of defence newly owed", words, treaty.id, (*steps, answer.why))
            )
        none = Trace("duty of defence newly owed", f"none: {answer.title} owes {answer.kind}", treaty.id, steps)
        return Gate((), reach, none)
    return Gate(
        (), reach, Trace("duty of defence newly owed", "none: the treaty has no parties then", treaty.id, steps)
    )


def _owed_today(target: str, rival: str, as_of: Day, world: World) -> tuple[str, tuple[Trace, ...]]:
    """Return who owes the target a defence today against the rival, in words and as steps."""
    attack = Attack(place=target, on=as_of, by=rival)
    try:
        answers = _answers(attack, target, as_of, world)
    except FoedusError as error:
        return f"not looked up: {error}", (Trace("owed today", f"not looked up: {error}"),)
    owed = [answer for answer in answers if answer.engaged != "no" and answer.kind == "defence"]
    words = []
    for answer in owed:
        by = ", ".join(sorted({in_sentence(world.name(who.actor)) for who in answer.owed_by})[:3])
        more = len({who.actor for who in answer.owed_by}) - 3
        words.append(f"{answer.title} ({by}{f' and {more} more' if more > 0 else ''})")
    steps = tuple(Trace("owed today", f"{answer.title}: {answer.engaged}", answer.article) for answer in answers)
    name = in_sentence(world.name(target))
    told = f"{name} is owed a defence by {'; '.join(words)}" if words else f"no treaty here owes {name} a defence"
    return told, steps


def _answers(attack: Attack, target: str, as_of: Day, world: World) -> tuple[TreatyAnswer, ...]:
    """Return what the treaties that bind the target say; only where none of them has its clauses here, what all say.

    Reading the files of a few treaties takes a tenth of the time of reading all.
    """
    owed: list[TreatyAnswer] = []
    for row in world.treaties_of(target, as_of):
        try:
            owed += obligations(attack, packaged_law().treaty(row.treaty).id, world=world)
        except FoedusError:
            continue  # a treaty whose clauses are not packaged
    return tuple(owed) or obligations(attack, world=world)
