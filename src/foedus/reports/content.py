"""What a report says, gathered from a forecast as plain rows for a page or a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foedus.base.days import Day
from foedus.base.estimates import Estimate
from foedus.cases import Case, Member
from foedus.cases.case import declared
from foedus.dossiers import Change, Contribution, Range
from foedus.dossiers.changes import ASSUMPTIONS
from foedus.dossiers.positions import BY_HAND, WEAK, Branch
from foedus.forecasts import BreakEven, Forecast
from foedus.forecasts.sweeps import POSITION
from foedus.issues import Issue
from foedus.reports.charts import STANCES, ranked_members
from foedus.reports.judgement import name_of_input, paraphrase_of
from foedus.reports.numbers import percent, short_number
from foedus.reports.sections import Section, text

_PIVOTAL_AT_LEAST = 0.01

Rows = list[dict[str, Any]]


def span(estimate: Estimate | None) -> str:
    """Return an estimate as its mode and range."""
    if estimate is None:
        return "same"
    if estimate.parts:
        return "; or ".join(
            f"{short_number(p.mode)} ({short_number(p.low)} to {short_number(p.high)}) at {percent(p.share)}"
            for p in estimate.parts
        )
    if estimate.is_exact:
        return short_number(estimate.mode)
    return f"{short_number(estimate.mode)} ({short_number(estimate.low)} to {short_number(estimate.high)})"


def heading(forecast: Forecast) -> Section:
    """Return what was asked: the question, the meeting and the day whose knowledge was used."""
    case = forecast.case
    when = f"{case.body.name}, {case.meeting.name} ({case.meeting.on}), by what was known on {case.as_of}"
    return Section("question", case.issue.question, (text("{}", when),))


def brief_bars(forecast: Forecast) -> Rows:
    """Return the options with bars, and the chance of the proposal within a year."""
    return [
        {"label": o.label, "width": f"{100 * o.probability:.1f}", "share": percent(o.probability)}
        for o in forecast.options
    ]


def year_rows(forecast: Forecast) -> list[list[str]]:
    """Return the row that tells the chance of the proposal within a year; none where nothing was fitted to that."""
    proposal = forecast.case.issue.proposal
    return [
        [f"{one.label}, within a year", f"{one.at:g}", percent(one.probability), "not part of the sum above"]
        for one in forecast.within_a_year
        if one.label == proposal
    ]


def year_share(forecast: Forecast | None) -> list[str]:
    """Return the chance of the proposal within a year by another forecast, as a cell; none without one."""
    if forecast is None:
        return []
    return [row[2] for row in year_rows(forecast)] or [""]


def option_rows(forecast: Forecast) -> Rows:
    """Return the options with their probability, role and what they mean."""
    issue = forecast.case.issue
    roles = {issue.status_quo: "status quo", issue.proposal: "proposal"}
    return [
        {
            "label": option.label,
            "role": roles.get(option.label, ""),
            "at": f"{option.at:g}",
            "share": percent(option.probability),
            "note": issue.option(option.label).note,
        }
        for option in forecast.options
    ]


def objection_rows(forecast: Forecast) -> dict[str, Any] | None:
    """Return who stands in the way of each option: shares of objecting, alone, and reluctant but silent."""
    if not forecast.objections:
        return None
    labels = list(forecast.objections)
    rows: Rows = []
    for objector in forecast.known_objectors:
        member = forecast.case.member(objector.actor)
        cells = []
        for label in labels:
            one = forecast.objector(objector.actor, label)
            cells.append(_shares(one.probability, one.sole, one.reluctant_but_silent))
        role = "" if member.seated else " (consent needed)"
        rows.append({"anchor": f"member-{objector.actor}", "name": f"{member.name}{role}", "cells": cells})
    if forecast.silent is not None:
        rows.append({"anchor": "members-silent", "name": silent_name(forecast), "cells": _silent_cells(forecast)})
    return {"labels": labels, "rows": rows}


def _silent_cells(forecast: Forecast) -> list[str]:
    """Return the mean shares of a member of whom nothing is known, for each option."""
    members = set(forecast.silent.members) if forecast.silent else set()
    cells = []
    for found in forecast.objections.values():
        alike = [o for o in found if o.actor in members]
        cells.append(
            _shares(
                *(
                    sum(getattr(o, share) for o in alike) / len(alike)
                    for share in ("probability", "sole", "reluctant_but_silent")
                )
            )
        )
    return cells


def _shares(*shares: float) -> str:
    return " / ".join(percent(share) for share in shares)


def silent_name(forecast: Forecast) -> str:
    """Return what to call the members of whom nothing is known, taken together."""
    return f"any one of {len(forecast.case.silent)} members of whom nothing is known"


def break_even_rows(forecast: Forecast) -> Rows:
    """Return each input with what is declared or estimated, where the answer turns, and to what."""
    ranges = declared(forecast.case.dossier, forecast.explainer)
    return [
        {
            "name": name_of_input(forecast, one.assumption),
            "stated": _stated(forecast, one, ranges),
            "value": break_even_words(one),
            "after": f" to {one.after!r}" if one.after else "",
        }
        for one in forecast.break_even
    ]


def break_even_words(one: BreakEven) -> str:
    """Return a break-even value, or where it was looked for in vain."""
    if one.value is None:
        return "nowhere" if one.low is None else f"nowhere from {one.low:g} to {one.high:g}"
    return one.value if isinstance(one.value, str) else short_number(one.value)


def _stated(forecast: Forecast, one: BreakEven, ranges: dict[str, Range | dict[str, float]]) -> str:
    value = ranges.get(one.assumption)
    if isinstance(value, Range):
        return f"{value.mode:g} ({value.low:g} to {value.high:g})"
    if value is not None:
        return "drawn"
    actor, _, field = one.assumption.rpartition(".")
    stand = forecast.case.member(actor).stand
    return span(stand.private if field == POSITION else stand.salience)


def assumption_rows(forecast: Forecast) -> Rows:
    """Return the declared assumptions of the model."""
    card = forecast.explainer.card
    ranges = declared(forecast.case.dossier, forecast.explainer)
    rows: Rows = []
    for needed in card.assumptions:
        value = ranges[needed.name]
        if isinstance(value, Range):
            words, note = f"{value.mode:g} ({value.low:g} to {value.high:g})", value.note
        else:
            total = sum(value.values())
            words, note = ", ".join(f"{name} {percent(share / total)}" for name, share in value.items()), ""
        rows.append({"name": needed.name, "value": words, "meaning": needed.meaning, "note": note})
    return rows


def member_rows(forecast: Forecast) -> Rows:
    """Return everyone at the table with the statements that their positions rest on."""
    silent = set(forecast.case.silent)
    rows = [_member_row(forecast, m, stance) for m, stance in ranked_members(forecast) if m not in silent]
    alike = [(m, stance) for m, stance in ranked_members(forecast) if m in silent]
    if alike:
        together = _member_row(forecast, *alike[0])
        names = ", ".join(sorted(member.name for member, _ in alike))
        together |= {
            "anchor": "members-silent",
            "name": f"{len(alike)} members of whom nothing is known",
            "note": f"They all stand at the same prior: {names}.",
            "capability": "each its own",
        }
        rows.append(together)
    return rows


def _member_row(forecast: Forecast, member: Member, stance: str) -> dict[str, Any]:
    stand = member.stand
    return {
        "anchor": f"member-{member.actor}",
        "name": member.name,
        "stance": stance,
        "stance_class": "voice" if stance == STANCES[3] else stance,
        "private": span(stand.private),
        "public": span(stand.public),
        "salience": span(stand.salience),
        "capability": span(member.capability) if member.seated else "not counted",
        "committed": stand.committed,
        "red_line": "" if stand.red_line is None else f"nothing {stand.red_side} {stand.red_line:g}",
        "basis": basis_in_words(member),
        "weak": stand.basis == WEAK,
        "note": " ".join([stand.note, *(_branch_in_words(branch) for branch in stand.branches)]).strip(),
        "statements": [_statement_row(forecast, contribution) for contribution in stand.contributions],
    }


def _branch_in_words(branch: Branch) -> str:
    likely = "" if branch.probability is None else f", taken to be {percent(branch.probability)} likely"
    return f"Would stand at {span(branch.estimate)} on a condition{likely}: {branch.condition}."


def basis_in_words(member: Member) -> str:
    """Return what a position rests on, and whether public words still bind where the private one is set by hand."""
    stand = member.stand
    if stand.basis == BY_HAND and stand.committed and stand.public is not None:
        return f"{stand.basis}; its public words count as well"
    return stand.basis


def _statement_row(forecast: Forecast, contribution: Contribution) -> dict[str, Any]:
    statement, dossier = contribution.statement, forecast.case.dossier
    concept = next(c for c in dossier.concepts if c.id == statement.concept)
    stance = {-1: "against", 0: "neither for nor against", 1: "for"}[statement.stance]
    person = f"{statement.person}, {statement.office}" if statement.office else statement.person
    return {
        "id": statement.id,
        "kind": statement.kind,
        "private": statement.venue == "private",
        "paraphrase": statement.paraphrase,
        "who": f"{person or dossier.world.name(statement.actor)}, as reported by {statement.reporter}",
        "concept": f"{stance}: {concept.text}",
        "said": statement.said_on,
        "known": dossier.known_on(statement),
        "target": _target_words(contribution),
        "weight": "" if contribution.target is None else f"{contribution.weight:.2g}",
        "source": statement.source,
        "passage": statement.passage,
    }


def source_rows(forecast: Forecast) -> Rows:
    """Return the sources, and whether each was known in time to be used."""
    case = forecast.case
    weighed = [c for m in case.members for c in m.stand.contributions]
    moving = {c.statement.source for c in weighed if c.target is not None and c.weight > 0}
    early = {c.statement.source: 0 for c in weighed}
    for source, _ in {(c.statement.source, c.statement.id) for c in weighed}:
        early[source] += 1
    return [
        {
            "id": s.id,
            "author": s.author,
            "title": s.title,
            "outlet": s.outlet,
            "published": s.published,
            "known": s.known,
            "republished": s.republished_from,
            "note": s.note,
            "sha256": s.sha256 or "not recorded",
            "used": s.id in moving,
            "use": _use(s.known, case.as_of, s.id in moving, early.get(s.id, 0)),
        }
        for s in case.dossier.sources.values()
    ]


def _use(known: Day, as_of: Day, moves: bool, statements: int) -> str:
    """Return how a source counts: an article that came later may report words that were public before."""
    if known <= as_of:
        return "used" if moves else "known, moves no number"
    if not statements:
        return "not yet known, not used"
    words = f"published later; {statements} of the statements that it reports were public by {as_of}"
    return words if moves else f"{words}, and move no number"


def rule_rows(forecast: Forecast) -> Rows:
    """Return the parts of the rule with their references."""
    rule = forecast.case.rule
    words = _named(forecast)
    return [{"words": words(part.words()), "reference": part.reference} for part in (rule.parts or (rule,))]


def rule_words(forecast: Forecast) -> str:
    """Return the rule in words, actors by name."""
    return _named(forecast)(forecast.case.rule.words())


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
        "The options, the scale and the priors were laid out later than the day of this forecast, and their notes may "
        "cite later sources. These notes move no number; the choice of the options and ranges itself is hindsight."
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
        value = shown_value(change, case.dossier.issue(change.issue) if change.issue else None)
        since = f" from {change.since} on" if change.since else ""
        if change.actor == ASSUMPTIONS:
            told.append(f"the assumption {change.field} is {value}")
            continue
        field = (change.field or "position").replace("_", " ")
        on = "" if change.issue == case.issue.id else f" on {change.issue}"
        told.append(f"{case.dossier.world.name(change.actor)}'s {field}{on} is {value}{since}")
    return "; ".join(told)


def shown_value(change: Change, issue: Issue | None) -> str:
    """Return a value with the option that stands there, where one does."""
    low, mode, high = change.value.low, change.value.mode, change.value.high
    if low != high:
        return f"{mode:g} ({low:g} to {high:g})"
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


def decisive_rows(forecast: Forecast) -> Rows:
    """Return the statements on each of which alone the answer hangs."""
    return [
        {
            "id": one.statement,
            "words": paraphrase_of(forecast, one.statement),
            "after": one.after,
            "share": percent(one.probability),
        }
        for one in forecast.hangs_on
    ]


def other_models(forecast: Forecast) -> str:
    """Return what the other models say of themselves, and what to know of all answers."""
    cautions = [f"{other.name}: {other.caution}" for other in forecast.others if other.caution]
    return " ".join([*cautions, *(f"{note}." for note in forecast.notes)])


def pivot_words(forecast: Forecast) -> str:
    """Return on whom the decision turns, and how often."""
    found = [p for p in forecast.pivots if p.probability >= _PIVOTAL_AT_LEAST]
    return ", ".join(f"{forecast.case.member(p.actor).name} in {percent(p.probability)} of draws" for p in found)


def _target_words(contribution: Contribution) -> str:
    """Say where a statement points, or why it moves nothing."""
    if contribution.superseded_by:
        return f"superseded by {contribution.superseded_by}"
    return "moves nothing" if contribution.target is None else f"{contribution.target:g}"
