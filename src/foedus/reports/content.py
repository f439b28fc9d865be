"""Words about a forecast that several sections use: what it is, its rule, what is supposed, how to cite it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from foedus.base.days import Day
from foedus.base.estimates import Estimate
from foedus.base.wording import and_, as_declared, percent
from foedus.cases import Case, Member
from foedus.cases.choices import FROM_RIVAL
from foedus.dossiers import Change, Dossier
from foedus.dossiers.changes import ASSUMPTIONS
from foedus.dossiers.stands import BY_HAND, PRIOR_AND_GROUP, SPOKEN_FOR
from foedus.dossiers.supposed_silence import SILENCE
from foedus.forecasts import Forecast
from foedus.forecasts.choice import Choice
from foedus.issues import Issue
from foedus.measure import packaged_measures
from foedus.reports.numbers import Number
from foedus.reports.sections import WORD, Section, text

_PIVOTAL_AT_LEAST = 0.01
_NAMED = 4
"""Actors that are named."""

Rows = list[dict[str, Any]]


def span(estimate: Estimate | None) -> str:
    """Return an estimate as its mode and range."""
    return "the same" if estimate is None else str(estimate)


def heading(answer: Forecast | Choice) -> Section:
    """Return what was asked: the question, the meeting and the day whose knowledge was used."""
    case = answer.choosing.table if isinstance(answer, Choice) else answer.case
    meeting = case.meeting
    when = f"{case.body.name_on(meeting.on)}, {meeting.name} ({meeting.on}), from what was known on {case.as_of}"
    return Section("question", case.issue.question, (text(when),))


def basis_in_words(case: Case, member: Member) -> str:
    """Return what a position rests on, who was heard for it, and whether public words bind where it is set by hand."""
    stand = member.stand
    if stand.unclear:
        refused = [repr(option.label) for option in case.issue.options if option.at in stand.unclear]
        return f"statements that only refuse {and_(refused)}, which may mean less or more; it is put on both sides"
    if stand.basis == BY_HAND and stand.committed and stand.public is not None:
        return f"{stand.basis}; its public words count as well"
    if stand.measured is not None:
        return f"{stand.basis}, from its votes in the UN General Assembly of {stand.measured.year}"
    world = case.dossier.world
    if stand.basis == SPOKEN_FOR:
        return (
            f"spoken for by the {and_([world.name(group) for group in stand.groups])}, whose position binds it by law"
        )
    at_large = f"{case.body.organisation}-members"
    heard = ["members at large" if group == at_large else f"the {world.name(group)}" for group in stand.groups]
    if stand.basis == PRIOR_AND_GROUP or (stand.basis == FROM_RIVAL and heard):
        return f"{FROM_RIVAL if stand.basis == FROM_RIVAL else 'prior'}, and what {and_(heard)} said"
    return stand.basis


def placed_in_words(case: Case, member: Member) -> str:
    """Return how votes place a silent member, in full sentences; blank where they do not."""
    measured, name = member.stand.measured, case.dossier.world.name
    if measured is None:
        return ""
    start, goal = case.issue.option(case.issue.status_quo), case.issue.option(case.issue.proposal)
    place = start.at + (goal.at - start.at) * measured.position / 100
    return (
        f"Placed by its votes in the UN General Assembly of {measured.year}{_where_votes_end(measured.year)}: its "
        f"votes lie {Number(measured.to_backers, 'weight')} from the nearest that backs {goal.label!r} "
        f"({name(measured.backers[0])}) and {Number(measured.to_objectors, 'weight')} from the nearest that objects "
        f"({name(measured.objectors[0])}). At such distances members that spoke stood at {Number(place, 'order')} on "
        f"average, give or take {Number(abs(goal.at - start.at) * measured.spread / 100, 'order')}."
    )


def placing_words(case: Case) -> str:
    """Return how many silent members votes place, and where they cannot; blank where the dossier does not ask."""
    if not case.dossier.measures_prior(case.issue.id):
        return ""
    silent = case.silent
    placed = [member for member in silent if member.stand.measured is not None]
    if not placed:
        return (
            "Votes cannot place silent members yet: that needs one member that backs the proposal and one "
            "that objects, both with votes in the UN General Assembly. Until then the stated prior holds."
        )
    year = max(member.stand.measured.year for member in placed if member.stand.measured is not None)
    rest = sorted(member.name for member in silent if member.stand.measured is None)
    told = f" Without votes, and therefore at the stated prior: {', '.join(rest)}." if rest else ""
    return (
        f"{len(placed)} of {len(silent)} silent members are placed by their votes in the UN General Assembly of "
        f"{year}{_where_votes_end(year)}: the farther from the nearest objector and the nearer to the nearest backer, "
        f"the more in favour.{told}"
    )


def _where_votes_end(year: int) -> str:
    return ", where the data end" if year == packaged_measures().last else ""


def rests_on_prior(member: Member) -> bool:
    """Tell whether a position is mixed with, or is nothing but, what is assumed before anything is known."""
    return member.stand.basis != BY_HAND


def rule_parts(forecast: Forecast) -> list[tuple[str, str]]:
    """Return the parts of the rule in words, each with its reference."""
    rule, words = forecast.case.rule, _named(forecast)
    parts = [(words(part.words()), part.reference) for part in (rule.parts or (rule,))]
    for label, own in forecast.case.apart.items():
        for part in own.rule.parts or (own.rule,):
            parts.append((f"for {label!r} {words(part.words())}", part.reference))
    return parts


def known_later(forecast: Forecast) -> str:
    """Return that all that was accepted on the issue became known after the day of the forecast; else empty."""
    case = forecast.case
    if any(member.stand.contributions for member in case.members):
        return ""
    about = {concept.id for concept in case.dossier.concepts if concept.issue == case.issue.id}
    later = [
        statement
        for statement in case.dossier.statements
        if statement.concept in about and statement.status == "accepted"
    ]
    days = [day for statement in later if (day := case.dossier.known_on(statement)) > case.as_of]
    if not later or len(days) < len(later):
        return ""
    what = "The one accepted statement" if len(later) == 1 else f"All {len(later)} accepted statements"
    return (
        f"{what} became known after {case.as_of}, from {min(days)} on, and none of them counts. If a text was public "
        "earlier, read it again with --known DAY."
    )


def waiting_words(dossier: Dossier, issue: Issue, as_of: Day) -> str:
    """Return how many candidates on an issue, known by a day, nobody has read, and of whom; empty for none."""
    about = {concept.id for concept in dossier.concepts if concept.issue == issue.id}
    waiting = [
        statement
        for statement in dossier.statements
        if statement.status == "candidate" and statement.concept in about and dossier.known_on(statement) <= as_of
    ]
    if not waiting:
        return ""
    names = list(dict.fromkeys(dossier.world.name(statement.actor) for statement in waiting))
    whose = and_(names) if len(names) <= _NAMED else f"{', '.join(names[:_NAMED])} and others"
    wait = "statement waits" if len(waiting) == 1 else "statements wait"
    return f"{len(waiting)} proposed {wait} to be accepted or rejected, of {whose}; until then none of them counts."


def no_longer_options(issue: Issue, as_of: Day) -> str:
    """Return the options that are off the table on a day, each with the day on which it went and what says so."""
    gone = [option for option in issue.options if option.until is not None and option.until <= as_of]
    told = [f"{option.label} (since {option.until}{f'; {option.source}' if option.source else ''})" for option in gone]
    return " ".join([*proposals(issue, as_of), *([f"No longer on the table: {'; '.join(told)}."] if told else [])])


def proposals(issue: Issue, as_of: Day) -> list[str]:
    """Return that what is proposed has changed by a day, with what says so; nothing where it has not."""
    now = issue.option(issue.proposed_on(as_of))
    if now.proposed_from is None or now.proposed_from > as_of:
        return []
    before = issue.proposed_on(now.proposed_from - dt.timedelta(days=1))
    why = f" ({now.source})" if now.source else ""
    return [f"Since {now.proposed_from} the proposal is {now.label!r}{why}; before, it was {before!r}."]


def rule_words(forecast: Forecast) -> str:
    """Return the rule in words, actors by name; and that of options with a procedure of their own."""
    words = _named(forecast)
    own = [f"for {label!r} {words(seating.rule.words())}" for label, seating in forecast.case.apart.items()]
    return "; ".join([words(forecast.case.rule.words()), *own])


def _named(forecast: Forecast) -> Callable[[str], str]:
    """Return what puts names for ids in the words of a rule."""
    names = {actor: forecast.case.dossier.world.name(actor) for actor in forecast.case.rule.outsiders()}

    def name(words: str) -> str:
        for actor, called in names.items():
            words = words.replace(f"consent of {actor}", f"consent of {called}")
        return words

    return name


def hindsight(forecast: Forecast) -> str:
    """Return a warning where the dossier knows more than the forecast may, and an empty text otherwise."""
    case = forecast.case
    if case.dossier.latest_known() <= case.as_of:
        return ""
    return (
        "The options, the scale and the priors were written down after the day of this forecast, and their "
        "notes may cite later sources. The notes move no number, but the options and ranges were chosen "
        "with hindsight."
    )


def capability_words(forecast: Forecast) -> str:
    """Return what stands for capability, who has one set by hand, and which amounts are not verified."""
    settings, seats = forecast.case.dossier.settings.capability, forecast.case.seats
    others = [member for member in seats if member.stand.capability is None]
    given = len(seats) - len(others)
    by_hand = f"set by hand for {given} of {len(seats)} members"
    if given and (settings is None or not others):
        return f"{by_hand}{'; the others count 1 each' if others else ''}."
    if settings is None:
        return "all members count the same."
    world, day = forecast.case.dossier.world, forecast.case.as_of
    quantities = [world.latest_quantity(m.actor, settings.measure, day) for m in others]
    unverified = [world.name(q.actor) for q in quantities if q is not None and not q.verified]
    words = settings.note or settings.measure
    told = f"{by_hand}; for the others {words}." if given else f"{words}."
    return told + (f" Not verified in the source: {', '.join(unverified)}." if unverified else "")


def presence_rows(forecast: Forecast) -> list[str]:
    """Return the organisation's known presences in the countries whose consent is asked."""
    case = forecast.case
    world = case.dossier.world
    hosts = case.rule.outsiders()
    return [
        f"Already in {p.place}: {p.name} ({world.sources[p.source].title}; {p.note})."
        for p in world.presences
        if p.host in hosts and p.organisation == case.body.organisation and case.meeting.on in p.interval
    ]


def kind_words(case: Case) -> str:
    """Return what an answer is; what is supposed stands in words."""
    if case.dossier.supposed:
        return f"SUPPOSITION, not a forecast: {supposed_words(case)}"
    return "RECONSTRUCTION, uses what was known after the meeting" if case.reconstruction else "Forecast"


def supposed_words(case: Case) -> str:
    """Return what is supposed, such as "France's position is 67 (programme office)"."""
    told = []
    for change in case.dossier.supposed:
        if change.actor == SILENCE and change.words:
            told.append(silence_from(change))
            continue
        value = shown_value(change, case.dossier.issue(change.issue) if change.issue else None)
        since = f" from {change.since} on" if change.since else ""
        if change.actor == ASSUMPTIONS:
            told.append(f"the assumption {change.field} is {value}")
            continue
        field = (change.field or "position").replace("_", " ")
        on = "" if change.issue == case.issue.id else f" on {change.issue}"
        who = "a silent member" if change.actor == SILENCE else case.dossier.world.name(change.actor)
        told.append(f"{who}'s {field}{on} is {value}{since}")
    return "; ".join(told)


def silence_from(change: Change) -> str:
    """Return in words by what silent members are placed."""
    return "silent members stand where " + ("their UN votes place them" if change.words == "measure" else "is stated")


def shown_value(change: Change, issue: Issue | None) -> str:
    """Return a value with the option that stands there, where one does."""
    low, mode, high = change.numbers.low, change.numbers.mode, change.numbers.high
    if low != high:
        return as_declared(mode, low, high)
    on_the_line = change.field in {"", "position", "public_position", "red_line"}
    here = [o.label for o in issue.options if o.at == mode] if issue is not None and on_the_line else []
    return f"{mode:g}" + (f" ({here[0]})" if here else "")


def citation(forecast: Forecast) -> str:
    """Return how to cite the forecast."""
    case = forecast.case
    kind = case.kind.capitalize()
    return (
        f"{kind} by Foedus {forecast.version}: {case.issue.question} {case.body.name}, {case.meeting.name} "
        f"({case.meeting.on}), as of {case.as_of}; {forecast.model} model, {forecast.draws} draws, "
        f"seed {forecast.seed}; inputs {forecast.inputs_sha256[:12]}."
    )


def command(forecast: Forecast) -> str:
    """Return the command that repeats the forecast."""
    case = forecast.case
    marking = ""
    if case.dossier.max_marking is not None:
        marking = f" --max-marking {case.dossier.max_marking}"
    return (
        f"foedus forecast {case.dossier.folder.name} --issue {case.issue.id} --as-of {case.as_of} "
        f'--on "{case.meeting.name}" --model {forecast.model} --draws {forecast.draws} --seed {forecast.seed}'
        f"{marking}"
    )


def annexes_section() -> Section:
    """Return the heading under which a Word file shows all but the brief."""
    words = "What the brief rests on, statement by statement, and how it was worked out."
    return Section("annexes", "Annexes", (text(words),), 1, (WORD,), new_page=True)


def other_models(forecast: Forecast) -> str:
    """Return what the other models say of themselves, and what to know of all answers."""
    cautions = [f"{other.name}: {other.caution}" for other in forecast.others if other.caution]
    return " ".join([*cautions, *(f"{note}." for note in forecast.notes)])


def pivot_words(forecast: Forecast) -> str:
    """Return on whom the decision turns, and how often."""
    pivots = [p for p in forecast.pivots if p.probability >= _PIVOTAL_AT_LEAST]
    return ", ".join(f"{forecast.case.member(p.actor).name} in {percent(p.probability)} of draws" for p in pivots)
