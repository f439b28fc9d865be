"""What must hold in a docket: order, steps that the procedure allows, actors and seats that exist on the day."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence

from foedus.base.days import Day
from foedus.base.errors import FoedusError, Problems
from foedus.base.tables import Row
from foedus.dossiers import Dossier
from foedus.institutions.law.treaties import packaged_law
from foedus.procedures.items import Item
from foedus.procedures.machines import FORECAST, LAW, RECORD, Machine, Step


class DocketChecks:
    """Checks the rows of a docket one after the other; what is wrong is noted with its row and field.

    Parameters
    ----------
    dossier, machines
        What rows refer to.
    rows
        The sound rows.
    problems
        Takes what is wrong.
    """

    def __init__(
        self, dossier: Dossier, machines: Mapping[str, Machine], rows: tuple[Row[Item], ...], problems: Problems
    ) -> None:
        self._dossier, self._machines, self._rows, self._problems = dossier, machines, rows, problems
        self._issues: dict[str, str] = {}
        self._bodies: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._states: dict[str, set[str]] = {}
        self._deadlines: dict[str, Day] = {}
        self._partners: dict[str, str] = {}

    def issue_of(self, matter: str) -> str:
        """Return the id of a matter's issue, blank where it has none."""
        return self._issues.get(matter, "")

    def body_of(self, item: Item) -> str:
        """Return the id of the body whose members act in a row, blank where none is named."""
        name = item.body or self._bodies.get(item.matter, "")
        return self._dossier.institutions.body(name).id if name else ""

    def run(self) -> None:
        """Check all rows."""
        for row in self._rows:
            self._subject(row)
        for row in self._rows:
            self._partner(row)
        self._dates()
        for row in self._rows:
            self._row(row)

    def _dates(self) -> None:
        """Note the rows that are out of order: the fewest whose removal leaves the others in order."""
        days = [row.record.on for row in self._rows]
        kept = in_order(days)
        for place, row in enumerate(self._rows):
            if place in kept:
                continue
            before = max((days[other] for other in kept if other < place), default=None)
            after = min((days[other] for other in kept if other > place), default=None)
            if before is None:
                expected = f"a day up to {after}, as in the row below"
            elif after is None:
                expected = f"a day from {before} on, as in the row above"
            else:
                expected = f"a day from {before} to {after}, as in the rows around it"
            self._say(row, "on", str(row.record.on), f"{expected}: events in order")

    def _partner(self, row: Row[Item]) -> None:
        """Note the partner of each matter: the first outsider at a step that no member takes."""
        item = row.record
        machine = self._machines.get(item.procedure)
        step = machine.steps.get(item.step) if machine is not None else None
        if step is None or "partner" not in step.taken_by or "member" in step.taken_by:
            return
        for actor in item.by:
            if actor in self._dossier.world.actors and self._without_seat(item, actor):
                self._partners.setdefault(item.matter, actor)

    def _without_seat(self, item: Item, actor: str) -> bool:
        try:
            eve = item.on - dt.timedelta(days=1)  # whoever enters on the day has its seat by the evening
            return actor not in self._seated(item, eve) | self._organisation(item)
        except FoedusError:
            return False

    def _say(self, row: Row[Item], field: str, value: str | None, expected: str) -> None:
        self._problems.add(expected, where=row.where, field=field, value=value)

    def _subject(self, row: Row[Item]) -> None:
        """Note the issue, the body and the procedure of each matter; one each."""
        item = row.record
        if item.issue:
            known = {issue.id: issue for issue in self._dossier.issues}
            if item.issue not in known:
                self._say(row, "issue", item.issue, f"the id of an issue: {', '.join(known)}")
            else:
                held = self._issues.setdefault(item.matter, item.issue)
                if held != item.issue:
                    self._say(row, "issue", item.issue, f"{held}, the issue of {item.matter} in a row above")
                self._bodies.setdefault(item.matter, known[item.issue].body)
        if item.body:
            try:
                self._dossier.institutions.body(item.body)
            except FoedusError as error:
                self._say(row, "body", item.body, f"a body that is known: {error}")
            else:
                self._bodies.setdefault(item.matter, item.body)
        kind = self._kinds.setdefault(item.matter, item.procedure)
        if kind != item.procedure:
            self._say(row, "procedure", item.procedure, f"{kind}, the procedure of {item.matter} in a row above")

    def _row(self, row: Row[Item]) -> None:
        item = row.record
        machine = self._machines.get(item.procedure)
        if machine is None:
            self._say(row, "procedure", item.procedure, f"a procedure: {', '.join(sorted(self._machines))}")
            return
        self._source(row)
        if item.known_on is not None and item.known_on < item.on:
            self._say(row, "known_on", str(item.known_on), f"a day from {item.on} on: it cannot be known before")
        try:
            step = machine.step(item.step)
        except FoedusError as error:
            self._say(row, "step", item.step, str(error))
            return
        self._order(row, machine, step)
        self._inputs(row, step)
        self._actors(row, step)
        self._conditions(row)
        self._silence(row, step)
        self._happened(row, step)

    def _source(self, row: Row[Item]) -> None:
        source = row.record.source
        if source not in self._dossier.sources and source not in self._dossier.world.sources:
            self._say(row, "source", source, "the id of a row of sources.csv, or of world/sources.csv")

    def _order(self, row: Row[Item], machine: Machine, step: Step) -> None:
        item = row.record
        states = self._states.setdefault(item.matter, {machine.start})
        if not states & set(step.sources):
            can = ", ".join(machine.open_to(states)) or "none: the matter has come to its end"
            self._say(
                row,
                "step",
                item.step,
                f"a step that {machine.id} allows for {item.matter}, which by then is {' or '.join(sorted(states))}: "
                f"{can}",
            )
            states |= set(step.answers.values())
            return
        self._states[item.matter] = machine.reachable(states, item.step)

    def _inputs(self, row: Row[Item], step: Step) -> None:
        item = row.record
        issue = self.issue_of(item.matter)
        if step.decided in FORECAST and not issue:
            self._say(
                row, "issue", None, f"is blank; a step decided by {step.decided} needs an issue to forecast it by"
            )
        if step.decided == RECORD and not (issue and item.conditions):
            expected = (
                "the issue that is answered, and 'when' with the matter and the states in which there is an answer"
            )
            self._say(row, "issue", issue or None, expected)
        if item.option:
            try:
                if not issue:
                    raise FoedusError("the matter has no issue")
                self._dossier.issue(issue).option(item.option)
            except FoedusError as error:
                self._say(row, "option", item.option, f"the label of an option: {error}")
        if step.decided in LAW:
            self._law(row, step)
        elif step.decided == "due" and not item.body and not self._bodies.get(item.matter):
            self._say(row, "body", None, "is blank; a programme is an organisation's: name its body, or an issue")

    def _law(self, row: Row[Item], step: Step) -> None:
        item = row.record
        try:
            packaged_law().treaty(item.treaty)
        except FoedusError as error:
            self._say(row, "treaty", item.treaty or None, f"the id of a treaty: {error}")
        if step.decided == "covers" and not item.place:
            self._say(row, "place", None, "is blank; say where the attack would be")

    def _actors(self, row: Row[Item], step: Step) -> None:
        item, world = row.record, self._dossier.world
        needs = step.decided in {"given", "consent", "due", "consults", "may-accede", RECORD}
        if needs and not item.by:
            self._say(row, "by", None, f"is blank; say who takes the step {item.step!r}")
        if item.by and step.decided in {"body", "silence", "agenda"} and set(item.by) != self._organisation(item):
            self._say(row, "by", " ".join(item.by), "a blank cell, or the organisation: the body as a whole decides")
        for actor in item.by:
            if actor not in world.actors:
                self._say(row, "by", actor, f"the id of an actor of the world{world.nearest_ids(actor)}")
            elif item.on not in world.actors[actor].interval:
                life = world.actors[actor].interval
                self._say(row, "by", actor, f"an actor that exists on {item.on}; {world.name(actor)}: {life}")
            else:
                self._role(row, step, actor)

    def _organisation(self, item: Item) -> set[str]:
        name = item.body or self._bodies.get(item.matter, "")
        return {self._dossier.institutions.body(name).organisation} if name else set()

    def _role(self, row: Row[Item], step: Step, actor: str) -> None:
        item = row.record
        if step.decided == "each":
            allowed: tuple[str, ...] = ("member",)
        elif "anyone" in step.taken_by:
            return
        else:
            allowed = step.taken_by
        parts: list[str] = []
        try:
            if "member" in allowed and actor in self._seated(item, item.on):
                parts.append("member")
            eve = item.on - dt.timedelta(days=1)  # whoever enters on the day has its seat by the evening
            if "outsider" in allowed and actor not in self._seated(item, eve):
                parts.append("outsider")
            if "partner" in allowed and actor == self._partners.get(item.matter):
                parts.append("partner")
            if "organisation" in allowed and actor in self._organisation(item):
                parts.append("organisation")
            if "party" in allowed:
                parties = {party.actor for party in self._dossier.world.parties(item.treaty, item.on)}
                parts += ["party"] if actor in parties else []
        except FoedusError as error:
            self._say(row, "by", actor, f"somebody who may take {item.step!r}: {error}")
            return
        if not set(parts) & set(allowed):
            words = {
                "member": f"a member with a seat in {self.body_of(item)} on {item.on}",
                "outsider": f"an actor that had no seat in {self.body_of(item)} on the eve of {item.on}",
                "organisation": f"the organisation, {' '.join(sorted(self._organisation(item))) or 'by a body'}",
                "partner": self._partner_in_words(item),
                "party": f"a party to {item.treaty} on {item.on}",
            }
            self._say(row, "by", actor, " or ".join(words[part] for part in allowed))

    def _partner_in_words(self, item: Item) -> str:
        known = self._partners.get(item.matter)
        if known is None:
            return "the matter's partner, which has no seat and which no row names yet"
        return f"{known}, the partner in {item.matter}"

    def _seated(self, item: Item, on: Day) -> set[str]:
        name = self.body_of(item)
        if not name:
            raise FoedusError("no body is named; fill the column body, or issue")
        body = self._dossier.institutions.body(name)
        return {seat.actor for seat in body.seats(self._dossier.world, on)}

    def _conditions(self, row: Row[Item]) -> None:
        for matter, states in row.record.conditions:
            kind = self._kinds.get(matter)
            machine = self._machines.get(kind or "")
            if machine is None:
                self._say(row, "when", matter, f"matter=state with a matter of the docket: {', '.join(self._kinds)}")
            elif strangers := sorted(set(states) - machine.states.keys()):
                self._say(row, "when", "|".join(strangers), f"states of {machine.id}: {', '.join(machine.states)}")

    def _silence(self, row: Row[Item], step: Step) -> None:
        item = row.record
        if item.deadline is not None:
            if item.deadline < item.on:
                self._say(row, "deadline", str(item.deadline), f"a day from {item.on} on")
            self._deadlines[item.matter] = item.deadline
        ends = self._deadlines.get(item.matter)
        if step.decided == "silence":
            if ends is not None and item.on > ends:
                self._say(row, "on", str(item.on), f"a day up to {ends}, when the silence ended")
            self._deadlines.pop(item.matter, None)

    def _happened(self, row: Row[Item], step: Step) -> None:
        item = row.record
        allowed = [*step.choices, "not-arisen"]
        if step.decided == "body" and self.issue_of(item.matter):
            allowed += [option.label for option in self._dossier.issue(self.issue_of(item.matter)).options]
        if item.happened and item.happened.casefold() not in {choice.casefold() for choice in allowed}:
            self._say(row, "happened", item.happened, f"one of {', '.join(allowed)}, or a blank cell")


def in_order(days: Sequence[Day]) -> set[int]:
    """Return the places of the longest run of days that stand in order, one after the other but not side by side.

    Examples
    --------
    >>> first, second, third = (dt.date(2020, 3, day) for day in (1, 2, 3))
    >>> sorted(in_order([first, third, second, second, third]))
    [0, 2, 3, 4]
    """
    if all(day <= other for day, other in itertools.pairwise(days)):
        return set(range(len(days)))
    length, before = [1] * len(days), [-1] * len(days)
    for place, day in enumerate(days):
        for other in range(place):
            if days[other] <= day and length[other] >= length[place]:
                length[place], before[place] = length[other] + 1, other
    place, kept = length.index(max(length)), set()
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept
