"""The model as decider: each question answered by the rooms below, as of the eve of its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.base.days import Day
from foedus.base.errors import FoedusError, InputError, refuse
from foedus.base.randomness import Streams
from foedus.base.traces import Trace
from foedus.base.wording import tenth
from foedus.cases import Case, prepare
from foedus.cases.case import agenda_of, declared
from foedus.cases.draws import draw
from foedus.dossiers import Dossier
from foedus.forecasts.answering import answering, stepping
from foedus.forecasts.sweeps import option_shares, sample
from foedus.institutions.accession import accession
from foedus.institutions.law.treaties import packaged_law
from foedus.institutions.obligations import Attack, consultation, obligations
from foedus.issues import Issue, Meeting, Settlement, Sitting
from foedus.issues.sitting import with_options
from foedus.procedures.questions import Beforehand, Flags, Indices, Objection, Question, StepAnswer
from foedus.settlement.consensus import crossings, net_disutility, public_preference

FORECAST_DRAWS = 10_000
"""Draws behind the chance of each step: those of a forecast, so that the two are one number."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A body's sitting on one proposal as forecast on an eve: its case, its draws, and what it settles on.

    The case has all options of the issue, so that their numbers are the same on every day; ``table`` has those that are
    on the table. An option that is not is chosen in no draw, and everybody stands in its way.
    """

    case: Case
    sitting: Sitting
    settlement: Settlement
    model: str
    table: Case

    def consents(self, actor: str, option: int) -> Flags:
        """Return in which draws an actor lets an option pass; shape (D,).

        A member of a body that decides by consensus lets pass what it does not object to, peer pressure included.
        Nobody presses an outsider, or a member of a body that can outvote it: it lets pass what does not hurt it.
        """
        place = self.sitting.actors.index(actor)
        if self.settlement.objects is not None and (self.sitting.seated[place] or place in self.sitting.outsiders[0]):
            return ~self.settlement.objects[0][:, place, option]
        sitting, agenda, here = self.sitting, self.case.agenda, [place]
        given = sitting.assumptions
        cost = net_disutility(sitting.private[:, here, 0].T, sitting.salience[:, here, 0].T, agenda)
        crossed = crossings(
            public_preference(sitting.public[:, here, 0].T, agenda),
            sitting.committed[here, 0],
            sitting.red_low[here, 0],
            sitting.red_high[here, 0],
            given.get("red_line_slack", np.zeros(sitting.draws)) * agenda.length,
            agenda,
        )
        cost += crossed * given.get("red_line_cost", np.ones(sitting.draws))
        return np.asarray(cost[option, 0] <= 0.0)

    def objects(self, option: int) -> Flags:
        """Return in which draws anybody stands in the way of exactly one option; shape (D,)."""
        if self.settlement.objects is None:
            return np.asarray(self.settlement.choice[:, 0] != option)
        return np.asarray(self.settlement.objects[0][:, :, option].any(axis=1))


class Model:
    """Answers every question from what was known on the eve.

    One history is one draw: what is not known of an actor on an issue is drawn once, and stands at the same level of
    its distribution on every day. Whoever holds out goes on holding out until what is known of it changes.

    Parameters
    ----------
    dossier
        Issues, positions, facts and rules.
    histories, seed
        How many draws, and of which streams; those of a forecast with the same seed.
    """

    def __init__(self, dossier: Dossier, histories: int, seed: int) -> None:
        self._dossier, self._histories, self._seed, self._streams = dossier, histories, seed, Streams(seed)
        self._heard: dict[tuple[str, Day, int], Heard] = {}

    def answer(self, question: Question) -> StepAnswer:
        """Return what comes of a step in every history.

        Raises
        ------
        InputError
            When a room below cannot answer on that day; the row of the docket is named.
        """
        try:
            return self._answer(question)
        except InputError:
            raise
        except FoedusError as error:
            entry = question.entry
            where, asked = f"row {entry.number}", f"a step that can be answered on {entry.item.on}: {error}"
            raise refuse("docket.csv", asked, where=where, field="step", value=entry.item.step) from None

    def _answer(self, question: Question) -> StepAnswer:
        decided = question.entry.step.decided
        match decided:
            case "given":
                return StepAnswer(self._everywhere(0))
            case "body" | "silence" | "agenda":
                return self._of_the_body(question)
            case "consent" | "each":
                return self._of_each(question)
            case "due":
                return self._due(question)
            case _:
                return self._by_law(question)

    def _everywhere(self, answer: int) -> Indices:
        return np.full(self._histories, answer, dtype=np.intp)

    def heard(self, question: Question, proposal: int) -> Heard:
        """Return the body's sitting on a proposal, as forecast on the eve of a question's day."""
        entry = question.entry
        key = (entry.issue, entry.item.on, proposal)
        if key not in self._heard:
            issue = self._dossier.issue(entry.issue)
            label = issue.options[proposal].label
            asked = issue.proposing(label)
            self._heard[key] = self._sit(asked, entry.item.on, question.as_of)
        return self._heard[key]

    def _sit(self, issue: Issue, on: Day, as_of: Day) -> Heard:
        case = prepare(self._dossier, issue, as_of, Meeting(on, on.isoformat()))
        model = stepping(case)
        sitting = draw(case, declared(self._dossier, model), self._streams, 0, self._histories)
        settlement = model.settle(sitting)
        if len(case.issue.options) == len(issue.options):
            return Heard(case, sitting, settlement, model.card.name, case)
        whole = replace(case, issue=replace(issue, proposal=case.issue.proposal), agenda=agenda_of(issue))
        places = [[listed.label for listed in issue.options].index(option.label) for option in case.issue.options]
        sitting = with_options(sitting, whole.agenda, {new: old for old, new in enumerate(places)})
        return Heard(whole, sitting, _on_all_options(settlement, places, len(issue.options)), model.card.name, case)

    def _of_the_body(self, question: Question) -> StepAnswer:
        chosen, option = self._everywhere(0), np.full(self._histories, -1, dtype=np.intp)
        for proposal in _distinct(question.proposed, question.arises):
            here = question.proposed == proposal
            heard = self.heard(question, proposal)
            picked = heard.settlement.choice[:, 0]
            match question.entry.step.decided:
                case "body":
                    option[here] = picked[here]
                    chosen[here] = answers_of(heard.case)[picked][here]
                case "silence":
                    broken = heard.objects(proposal)
                    option[here] = np.where(broken, heard.case.agenda.status_quo, proposal)[here]
                    chosen[here] = broken[here]
                case _:
                    chosen[here] = (picked == heard.case.agenda.status_quo)[here]
        told = self.heard(question, question.proposal)
        adopted = None if question.entry.step.decided == "agenda" else option
        expected = _of_step(question, told, question.proposal)
        if question.entry.step.decided == "body" and self._histories > 1:
            expected = replace(expected, chances=self._chances(told.table))
        return StepAnswer(chosen, (), adopted, beforehand=expected)

    def _chances(self, case: Case) -> Mapping[str, float]:
        """Return how likely each option is by the forecast of an eve: what `foedus.forecast` answers as of that day."""
        model = answering(case)
        shares = option_shares(model, sample(case, model, self._seed, FORECAST_DRAWS))
        return {option.label: float(share) for option, share in zip(case.issue.options, shares, strict=True)}

    def _of_each(self, question: Question) -> StepAnswer:
        entry = question.entry
        heard = self.heard(question, question.proposal)
        seats = [member.actor for member in heard.case.seats]
        each = entry.step.decided == "each"
        asked = entry.item.by or tuple(seats)
        subject = np.where(question.option >= 0, question.option, question.proposed)
        agreed = dict(question.agreed) if each else {}
        lines = []
        for actor in asked:
            self._require_place(heard, actor)
            lets = np.zeros(self._histories, dtype=np.bool_)
            for option in _distinct(subject, question.arises):
                here = subject == option
                lets[here] = heard.consents(actor, option)[here]
            so_far = agreed.get(actor, np.zeros(self._histories, dtype=np.bool_))
            agreed[actor] = so_far | (lets & question.arises)
            if question.arises.any():
                share = float(agreed[actor][question.arises].mean())
                if not each or entry.item.by or share < 1:
                    lines.append((share, actor))
        needed = seats if each else asked
        nobody = np.zeros(self._histories, dtype=np.bool_)
        everybody = np.all([agreed.get(actor, nobody) for actor in needed], axis=0)
        name = self._dossier.world.name
        where = "of histories" if question.arises.all() else "of the histories in which it arises"
        why = tuple(Trace(f"{name(actor)} agrees", f"{tenth(share)} {where}") for share, actor in sorted(lines))
        chosen = np.asarray(~everybody, dtype=np.intp)
        settled = None if each else np.asarray(np.where(everybody, subject, -1), dtype=np.intp)
        counted = chosen[question.arises] if question.arises.any() else chosen
        told = _of_asked(question, heard, asked, counted, lines)
        return StepAnswer(chosen, why, settled, agreed if each else {}, told)

    def _require_place(self, heard: Heard, actor: str) -> None:
        if actor not in heard.sitting.actors:
            raise FoedusError(
                f"{actor} is asked on {heard.case.meeting.on} and has neither seat nor voice on "
                f"{heard.case.issue.id!r}; name it among the issue's voices in dossier.yaml"
            )

    def _due(self, question: Question) -> StepAnswer:
        item, step = question.entry.item, question.entry.step
        organisation = self._dossier.institutions.body(question.entry.body).organisation
        rows = [
            row
            for row in self._dossier.world.instruments
            if row.organisation == organisation
            and row.actor in item.by
            and row.instrument in step.period_years
            and row.adopted is not None
            and row.adopted < item.on
        ]
        if not rows:
            return StepAnswer(self._everywhere(1), (Trace("latest programme", "none is known by then"),))
        latest = max(rows, key=lambda row: (row.adopted or dt.date.min, row.instrument))
        ends = _years_later(latest.adopted or item.on, step.period_years[latest.instrument])
        why = (
            Trace("latest programme", f"{latest.instrument} of {latest.adopted}", latest.source),
            Trace("its period", f"{step.period_years[latest.instrument]} years, up to {ends}", step.reference),
        )
        return StepAnswer(self._everywhere(0 if ends <= item.on else 1), why)

    def _by_law(self, question: Question) -> StepAnswer:
        item, step, world = question.entry.item, question.entry.step, self._dossier.world
        law, value = packaged_law(), ""
        if step.decided == "covers":
            (treaty_answer,) = obligations(Attack(place=item.place, on=item.on), item.treaty, world=world, law=law)
            value, why = treaty_answer.engaged, treaty_answer.why
        elif step.decided == "consults":
            consulted, why = consultation(item.treaty, item.by[0], item.on, world=world, law=law)
            value = consulted.engaged
        else:
            allowed = accession(item.treaty, item.by[0], item.on, world=world, law=law)
            value, why = allowed.open, allowed.why
        return StepAnswer(self._everywhere(step.choices.index(value)), (why,))


def _on_all_options(settled: Settlement, places: Sequence[int], options: int) -> Settlement:
    """Return what is settled among the options on the table, by their places among all of an issue."""

    def spread(flags: tuple[Flags, ...] | None, *, elsewhere: bool) -> tuple[Flags, ...] | None:
        if flags is None:
            return None
        wide = np.full((*flags[0].shape[:2], options), elsewhere)
        wide[:, :, places] = flags[0]
        return (wide,)

    return replace(
        settled,
        choice=np.asarray(places, dtype=np.intp)[settled.choice],
        objects=spread(settled.objects, elsewhere=True),
        reluctant=spread(settled.reluctant, elsewhere=False),
        sole=spread(settled.sole, elsewhere=False),
    )


def _distinct(values: Indices, where: Flags) -> Iterable[int]:
    """Return the values of the histories that matter; at least one, so that a forecast is there to be told."""
    return [int(value) for value in np.unique(values[where] if where.any() else values[:1])]


def _years_later(day: Day, years: int) -> Day:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def answers_of(case: Case) -> Indices:
    """Return, for each option, the index of a body's answer: as proposed, something less, something else, nothing."""
    options = case.agenda.options
    status_quo, proposal = options[case.agenda.status_quo], options[case.agenda.proposal]
    low, high = sorted((float(status_quo), float(proposal)))
    answers = np.full(len(options), 2, dtype=np.intp)
    answers[(options > low) & (options < high)] = 1
    answers[case.agenda.proposal] = 0
    answers[case.agenda.status_quo] = 3
    return answers


def beforehand(heard: Heard) -> Beforehand:
    """Return the forecast of an eve, over all draws."""
    case, settlement = heard.case, heard.settlement
    counts = np.bincount(settlement.choice[:, 0], minlength=len(case.issue.options)) / heard.sitting.draws
    options: Mapping[str, float] = {
        option.label: float(share) for option, share in zip(case.issue.options, counts, strict=True)
    }
    objections: list[Objection] = []
    if settlement.objects is not None:
        shares = settlement.objects[0][:, :, case.agenda.proposal].mean(axis=0)
        silent = {member.actor for member in case.silent}
        objections = [
            Objection(member.actor, float(share), member.actor not in silent)
            for member, share in zip(case.members, shares, strict=True)
            if share > 0
        ]
    rule = case.body.rule(case.meeting.on, case.issue.procedure)
    return Beforehand(
        options=options,
        objections=tuple(
            sorted(objections, key=lambda objection: (not objection.known, -objection.probability, objection.actor))
        ),
        model=heard.model,
        rule=case.rule.words(),
        reference=rule.reference,
        body=case.body.id,
        seats=len(case.seats),
        statements=len(case.dossier.statements_on(case.issue.id, case.as_of)),
    )


def _shares(chosen: Indices, choices: Sequence[str]) -> dict[str, float]:
    counts = np.bincount(chosen, minlength=len(choices)) / len(chosen)
    return {name: float(share) for name, share in zip(choices, counts, strict=True)}


def _of_step(question: Question, heard: Heard, proposal: int) -> Beforehand:
    """Return the forecast of an eve with the shares of the step's own answers, over all draws."""
    forecast, picked = beforehand(heard), heard.settlement.choice[:, 0]
    match question.entry.step.decided:
        case "silence":
            chosen = heard.objects(proposal).astype(np.intp)
            rule = f"silence is assent, and one objection breaks it; the body decides by {forecast.rule}"
        case "agenda":
            chosen = (picked == heard.case.agenda.status_quo).astype(np.intp)
            rule = f"tabled where the body would agree on anything but the status quo; it decides by {forecast.rule}"
        case _:
            chosen, rule = answers_of(heard.case)[picked], forecast.rule
    return replace(forecast, answers=_shares(chosen, question.choices), rule=rule)


def _of_asked(
    question: Question, heard: Heard, asked: Sequence[str], chosen: Indices, lines: Sequence[tuple[float, str]]
) -> Beforehand:
    """Return what is expected of those who are asked one by one: their own answers, and nobody else's."""
    step, name = question.entry.step, heard.case.dossier.world.name
    silent = {member.actor for member in heard.case.silent}
    if step.decided == "each":
        rule = f"each of the {len(heard.case.seats)} members agrees by itself, and none can be outvoted"
    else:
        rule = f"the consent of {', '.join(name(actor) for actor in asked)}"
    refusing = [Objection(actor, 1 - share, actor not in silent) for share, actor in lines if share < 1]
    return replace(
        beforehand(heard),
        options={},
        objections=tuple(
            sorted(refusing, key=lambda objection: (not objection.known, -objection.probability, objection.actor))
        ),
        rule=rule,
        reference=step.reference,
        answers=_shares(chosen, question.choices),
        asked=tuple(asked),
    )
