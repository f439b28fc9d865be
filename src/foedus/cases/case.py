"""A case: one issue before one meeting, with everyone seated under that day's rule, by what was known on a day."""

from __future__ import annotations

import contextlib
import datetime as dt
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError, FoedusWarning, InputError, Problems, refuse
from foedus.base.estimates import Estimate
from foedus.cases.measured import with_measured_priors
from foedus.dossiers import Dossier, Range, Stand, stand_of
from foedus.dossiers.rule_words import seated_for
from foedus.dossiers.silence import reports_silence
from foedus.dossiers.spoken import members_on
from foedus.dossiers.stands import SILENT
from foedus.institutions import AllOf, Body, Rule, Seating, seat
from foedus.issues import Agenda, Assumption, InfluenceModel, Issue, Meeting, ModelCard, SettlementModel

USUAL_ROLES: dict[str, tuple[str, ...]] = {
    "commission": ("commission", "european-commission", "eu-commission"),
    "parliament": ("parliament", "european-parliament"),
}
"""By which ids an actor at the table has a part in a procedure, where ``dossier.yaml`` names nobody for it."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone at the table.

    Attributes
    ----------
    actor, name
        Id and usual name.
    seated
        Whether it has a seat, rather than a voice or a consent to give.
    stand
        Where it stands.
    capability
        What weight it carries, with what that rests on.
    """

    actor: str
    name: str
    seated: bool
    stand: Stand
    capability: Estimate


@dataclass(frozen=True, slots=True)
class Case:
    """What a forecast is made from.

    Attributes
    ----------
    dossier, issue, meeting
        The question and the day of decision.
    as_of
        The day up to which knowledge counts.
    seating
        The body as it sits on the day of the meeting, under its rule with additions.
    members
        Seats first, then voices, each by id.
    agenda
        The issue as numbers.
    apart
        The body under another rule, by the label of an option that has a procedure of its own.
    put
        Label of the option that alone is put to the body; empty where all are on the table.
    """

    dossier: Dossier
    issue: Issue
    meeting: Meeting
    as_of: Day
    seating: Seating
    members: tuple[Member, ...]
    agenda: Agenda
    apart: Mapping[str, Seating] = field(default_factory=dict)
    put: str = ""

    def seating_for(self, option: str) -> Seating:
        """Return the body under the rule by which it decides on an option, given by its label."""
        return self.apart.get(option, self.seating)

    def deciding_on(self, option: str) -> Case:
        """Return the case as it is where one option alone is put to the body, by the rule that holds for it."""
        return replace(self, seating=self.seating_for(option), apart={}, put=option)

    @property
    def body(self) -> Body:
        """Who decides."""
        return self.seating.body

    @property
    def rule(self) -> Rule:
        """By what rule on the day of the meeting, additions included."""
        return self.seating.rule

    @property
    def reconstruction(self) -> bool:
        """Whether it uses knowledge from after the meeting."""
        return self.as_of > self.meeting.on

    @property
    def kind(self) -> str:
        """What an answer from it is: a forecast, a reconstruction or a supposition."""
        if self.dossier.supposed:
            return "supposition"
        return "reconstruction" if self.reconstruction else "forecast"

    @property
    def seats(self) -> tuple[Member, ...]:
        """Those with a seat."""
        return tuple(member for member in self.members if member.seated)

    @property
    def silent(self) -> tuple[Member, ...]:
        """Members about whom nothing was known: they all stand at the same prior, or where their votes place them.

        Who has spoken, though neither for nor against, stands at the prior as well, but cares as one that has spoken.
        """
        return tuple(m for m in self.seats if m.stand.basis in SILENT and not _spoke(m))

    @property
    def abstaining(self) -> frozenset[str]:
        """Ids of those with a vote that abstain: on the option that is put, or else whatever is put."""
        if self.put:
            return self.abstaining_on(self.put)
        labels = [option.label for option in self.issue.options if option.label != self.issue.status_quo]
        return frozenset.intersection(*(self.abstaining_on(label) for label in labels))

    def abstaining_on(self, option: str) -> frozenset[str]:
        """Return the ids of those with a vote that abstain on an option, given by its label."""
        at, voters = self.issue.option(option).at, self.seating_for(option).voters
        return frozenset(m.actor for m in self.members if at in m.stand.abstains_on and m.actor in voters)

    @property
    def outsiders(self) -> tuple[int, ...]:
        """Indices of members whose consent is needed from outside the body."""
        asked = self.rule.outsiders()
        return tuple(place for place, member in enumerate(self.members) if member.actor in asked)

    @property
    def roles(self) -> dict[str, int]:
        """Index of who has each part in a procedure: as the dossier names it, or else by its usual id."""
        places = {member.actor: place for place, member in enumerate(self.members)}
        named = {str(role): actor for role, actor in self.dossier.settings.roles.items()}
        by_role = {}
        for role, usual in USUAL_ROLES.items():
            present = [actor for actor in ((named[role],) if role in named else usual) if actor in places]
            if present:
                by_role[role] = places[present[0]]
        return by_role

    def member(self, actor: str) -> Member:
        """Return someone at the table by id.

        Raises
        ------
        FoedusError
            When nobody there has that id.
        """
        for member in self.members:
            if member.actor == actor:
                return member
        raise FoedusError(f"{actor!r} is not at the table; there are {', '.join(m.actor for m in self.members)}")


def prepare(dossier: Dossier, issue: Issue, as_of: Day, meeting: Meeting) -> Case:
    """Seat everyone for a meeting by what was known on a day.

    Parameters
    ----------
    dossier, issue, meeting
        The question and the day of decision, which picks the members and the rule.
    as_of
        Statements, dated rows and quantities published later are left out.

    Raises
    ------
    FoedusError
        When the body did not exist on the day, or a member's capability is not known.
    """
    if not issue.ordered:
        raise FoedusError(
            f"the options of {issue.id!r} have no order: 'foedus forecast', 'timeline', 'levers' and 'evidence' answer "
            "such a choice, and 'foedus position' shows who approves of whom"
        )
    issue = issue.on_the_table(as_of)
    body = dossier.institutions.body(issue.body)
    seating, apart = _seatings(dossier, issue, body, meeting.on)
    rule = seating.rule
    seated = list(seating.members)
    asked = rule.outsiders().union(*seating.chambers.values())
    voices = sorted({*dossier.voices(issue.id), *asked, *dossier.settings.roles.values()} - set(seated))
    unknown: list[str] = []
    weighed = {row.issue for row in dossier.stakeholders if row.capability_mode is not None}
    members = []
    told_of = {statement.actor for statement in dossier.statements_on(issue.id, as_of)}
    for statement in dossier.statements_on(
        issue.id, as_of
    ):  # members of a group that was heard stand apart from the rest
        told_of |= members_on(dossier.world, statement.actor, statement.said_on)
    told_of |= {row.actor for row in dossier.stakeholders if row.issue == issue.id}
    silent: dict[bool, Stand] = {}
    for actor in [*seated, *voices]:
        has_seat = actor in seated
        if actor in told_of or has_seat not in silent:
            stand = stand_of(dossier, issue, actor, as_of, seated=has_seat)
            if actor not in told_of:
                silent[has_seat] = stand
        else:  # all of whom nothing is known stand alike
            stand = replace(silent[has_seat], actor=actor)
        by_hand_alone = dossier.settings.capability is None and actor in seated and issue.id in weighed
        if by_hand_alone and stand.capability is None:
            raise refuse(
                "stakeholders.csv",
                f"is blank for {actor}; other actors have one, on a scale of their own, and no measure is declared",
                field="capability_mode",
            )
        capability = _capability(dossier, stand, as_of, actor in seated, unknown)
        members.append(Member(actor, dossier.world.name(actor), actor in seated, stand, capability))
    if unknown:
        raise refuse(
            "dossier.yaml",
            f"none was known by {as_of} for {', '.join(unknown)}; give their capability in stakeholders.csv, "
            "or another measure",
            field="capability.measure",
        )
    case = Case(dossier, issue, meeting, as_of, seating, tuple(members), agenda_of(issue), apart)
    return with_measured_priors(case)


def agenda_of(issue: Issue) -> Agenda:
    """Return an issue as numbers."""
    options = np.array([option.at for option in issue.options])
    labels = [option.label for option in issue.options]
    return Agenda(options, labels.index(issue.status_quo), labels.index(issue.proposal), issue.scale.length)


def _seatings(dossier: Dossier, issue: Issue, body: Body, on: Day) -> tuple[Seating, dict[str, Seating]]:
    """Return the body under the rule by which it decides on the proposal, and by label under that of other options."""
    rule = body.rule(on, issue.procedure)
    if issue.additions:
        rule = AllOf((rule, *issue.additions))
    usual = seat(body, dossier.world, on, issue.procedure, rule)
    seatings = {
        option.label: usual
        if option.procedure is None
        else seated_for(body, dossier.world, on, option.procedure, issue.additions)
        for option in issue.options
        if option.label != issue.status_quo
    }
    seating = seatings[issue.proposal]
    return seating, {label: own for label, own in seatings.items() if own.rule != seating.rule}


def case_of(dossier: Dossier, issue: str | None, as_of: Day | str | None, on: str | None) -> Case:
    """Return the case that a user names: an issue, a day of knowledge, and a meeting; each has a default.

    Raises
    ------
    FoedusError
        When the issue or the meeting is unknown, or a day cannot be read.
    """
    return checked_case(dossier, dossier.issue(issue), as_of, on)


def checked_case(dossier: Dossier, issue: Issue, as_of: Day | str | None, on: str | None) -> Case:
    """Return the case before a meeting, once the evidence that it rests on stands in its sources.

    Parameters
    ----------
    dossier, issue
        As in `prepare`.
    as_of
        By default the day by which all that counts was known.
    on
        A meeting by name or day; by default as `day_and_meeting` says.

    Raises
    ------
    InputError
        When an accepted statement does not stand in its source, or as in `prepare`.
    FoedusError
        When there is no such meeting; where the day is a default, the message says what it is the day of.
    """
    _ = dossier.evidence_stands  # raises where a quote does not stand in its source
    day, meeting = day_and_meeting(dossier, issue, as_of, on)
    with naming_the_default(dossier, as_of):
        return prepare(dossier, issue, day, meeting)


def day_and_meeting(dossier: Dossier, issue: Issue, as_of: Day | str | None, on: str | None) -> tuple[Day, Meeting]:
    """Return the day of knowledge and the meeting that a user names; each has a default.

    Parameters
    ----------
    dossier, issue
        The question.
    as_of
        By default the day by which all that counts was known.
    on
        A meeting by name or day; by default the next on or after ``as_of``. Where no day is named either and the last
        meeting is past on the default one, it is that meeting: a reconstruction, of which `FoedusWarning` tells.

    Raises
    ------
    FoedusError
        When there is no such meeting, or a day cannot be read.
    """
    if isinstance(as_of, str):
        try:
            as_of = parse_day(as_of)
        except ValueError as error:
            raise FoedusError(f"as of: {error}") from None
    day = as_of or dossier.latest_known()
    if on:
        return day, issue.meeting(on)
    if as_of is not None:
        return day, issue.next_meeting(day)
    with naming_the_default(dossier, as_of):
        meeting = issue.default_meeting(day)
    if past := past_by_default(dossier, issue, as_of):
        warnings.warn(past, FoedusWarning, stacklevel=2)
    return day, meeting


def past_by_default(dossier: Dossier, issue: Issue, as_of: Day | None) -> str:
    """Return what to tell where, by default, a meeting is asked about that is past; blank where it is not."""
    day, source = dossier.latest_known_from()
    if as_of is not None or day <= (last := issue.default_meeting(day)).on:
        return ""
    eve = last.on - dt.timedelta(days=1)
    return (
        f"the evidence runs to {day} ({source}; correct it there if that day is wrong), after the last "
        f"meeting, {last.name!r} of {last.on}: this is a reconstruction of that meeting; to forecast it "
        f"from the day before, add --as-of {eve}; add a later meeting with foedus meeting"
    )


@contextlib.contextmanager
def naming_the_default(dossier: Dossier, as_of: Day | str | None) -> Iterator[None]:
    """Add to an error about a day that the user did not name what it is the day of, and how to name another."""
    try:
        yield
    except FoedusError as error:
        day, source = dossier.latest_known_from()
        if as_of is not None or str(day) not in str(error):
            raise
        told = (
            f"{day} is the latest day that counts, that of {source}: correct it there, or name a day with --as-of DAY"
        )
        if not isinstance(error, InputError):
            raise FoedusError(f"{error}. {told}") from None
        raise InputError(
            [replace(problem, expected=f"{problem.expected}. {told}") for problem in error.problems]
        ) from None


def _capability(dossier: Dossier, stand: Stand, as_of: Day, seated: bool, unknown: list[str]) -> Estimate:
    """Set by hand, or the world's latest published amount, or one for everybody where no measure is declared.

    Who has none is noted in ``unknown``.
    """
    if stand.capability is not None:
        return stand.capability
    if dossier.settings.capability is None or not seated:
        return Estimate.exact(1.0 if dossier.settings.capability is None else 0.0)
    measure = dossier.settings.capability.measure
    quantity = dossier.world.latest_quantity(stand.actor, measure, as_of)
    if quantity is None:
        unknown.append(stand.actor)
        return Estimate.exact(0.0)
    return Estimate.exact(quantity.value, rests_on=(f"{quantity.source}, {quantity.locator}",))


def declared(dossier: Dossier, model: SettlementModel | InfluenceModel) -> dict[str, Range | dict[str, float]]:
    """Return the range of each assumption that a model needs: the dossier's, or else the model's own.

    The weights of a choice come in the order of the model's card, whatever order the dossier writes them in.

    Raises
    ------
    InputError
        When the dossier declares a value that makes no sense for the model, or a name that no model has.
    """
    problems = Problems("dossier.yaml")
    ranges: dict[str, Range | dict[str, float]] = {}
    for needed in model.card.assumptions:
        value = dossier.assumptions.get(needed.name)
        if value is not None:
            _check_range(needed, value, dossier.lines.of(("assumptions", needed.name)), problems)
        if isinstance(value, dict):
            ranges[needed.name] = {choice: value.get(choice, 0.0) for choice in needed.choices}
        else:
            ranges[needed.name] = _own_range(needed) if value is None else value
    problems.raise_if_any()
    return ranges


def check_assumption_names(dossier: Dossier, cards: tuple[ModelCard, ...]) -> None:
    """Raise `InputError` when a dossier declares an assumption that no model has."""
    known = {assumption.name for card in cards for assumption in card.assumptions}
    problems = Problems("dossier.yaml")
    for name in sorted(dossier.assumptions.keys() - known):
        where = dossier.lines.of(("assumptions", name))
        problems.add(f"one of {', '.join(sorted(known))}", where=where, field="assumptions", value=name)
    problems.raise_if_any()


def _own_range(needed: Assumption) -> Range | dict[str, float]:
    if needed.choices:
        return dict.fromkeys(needed.choices, 1.0)
    return Range(low=needed.low, mode=needed.mode, high=needed.high)


def _check_range(needed: Assumption, value: Range | dict[str, float], where: str, problems: Problems) -> None:
    field = f"assumptions.{needed.name}"
    if needed.choices:
        if isinstance(value, Range) or not value.keys() <= set(needed.choices) or sum(value.values()) <= 0:
            problems.add(f"weights for some of {', '.join(needed.choices)}", where=where, field=field, value=str(value))
    elif not isinstance(value, Range):
        problems.add(f"low, mode and high: {needed.domain_in_words}", where=where, field=field, value=str(value))
    elif not (needed.admits(value.low) and needed.admits(value.high)):
        problems.add(needed.domain_in_words, where=where, field=field, value=f"{value.low:g} to {value.high:g}")


def _spoke(member: Member) -> bool:
    """Tell whether anything that somebody said itself is known, whatever it moves."""
    said = (
        contribution.statement
        for contribution in member.stand.contributions
        if contribution.statement.actor == member.actor
    )
    return any(not reports_silence(statement) for statement in said)
