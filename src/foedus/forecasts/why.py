"""The reasons behind a forecast as a tree: rule, seats, consents, positions, statements, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.base.traces import Trace
from foedus.base.wording import as_declared, percent, ranged, short_number, the
from foedus.cases.case import Case, Member, declared
from foedus.dossiers import Contribution, Range
from foedus.dossiers.bearing import conditional
from foedus.dossiers.said import clause
from foedus.forecasts.choice import Choice
from foedus.measure.leaning import COUNCIL, Lean

if TYPE_CHECKING:
    from foedus.forecasts.result import Forecast


def explain(forecast: Forecast) -> Trace:
    """Return the tree of reasons behind a forecast, from the answer down to passages of documents."""
    case = forecast.case
    best = forecast.likeliest
    return Trace(
        case.issue.question,
        f"{best.label}, probability {best.probability:.3f}",
        f"{forecast.model} model, {forecast.draws} draws, seed {forecast.seed}",
        (
            _rule(case),
            Trace(
                "knowledge",
                f"what was known by {case.as_of}" + (", a reconstruction" if case.reconstruction else ""),
            ),
            *(Trace("supposed", str(change)) for change in case.dossier.supposed),
            *(Trace("note", note) for note in forecast.notes),
            _objections(forecast),
            _assumptions(forecast),
            Trace(
                "positions",
                f"{len(case.members)} actors",
                "",
                tuple(member_trace(case, m) for m in case.members),
            ),
        ),
    )


def explain_choice(choice: Choice) -> Trace:
    """Return the tree of reasons behind a choice without an order: option by option, down to passages of documents."""
    made, best = choice.choosing, choice.likeliest
    gone = ", ".join(choice.off_the_table) or "none"
    options = []
    for label, case in made.cases.items():
        stands = tuple(
            Trace(
                case.member(objection.actor).name,
                f"stands in its way in {objection.probability:.3f} of draws, alone in {objection.sole:.3f}",
            )
            for objection in choice.against
            if objection.option == label
        )
        heard = tuple(member_trace(case, member) for member in case.members if member not in case.silent)
        told = (
            Trace("who stands in its way", f"{len(stands)} actors", "", stands),
            Trace("approvals", f"{len(heard)} actors of whom something is known", "from 0 to 100", heard),
        )
        options.append(Trace(label, f"probability {choice.probability(label):.3f}", "", told))
    return Trace(
        made.issue.question,
        f"{best.label}, probability {best.probability:.3f}",
        f"{choice.draws} draws, seed {choice.seed}",
        (
            _rule(made.table),
            Trace("way to one option", made.issue.method, "dossier.yaml"),
            Trace(
                "knowledge", f"what was known by {made.as_of}" + (", a reconstruction" if made.reconstruction else "")
            ),
            Trace("off the table", gone),
            *(Trace("supposed", str(change)) for change in made.dossier.supposed),
            *options,
        ),
    )


def _rule(case: Case) -> Trace:
    rule = case.rule
    parts = [Trace(part.words(), "in force", part.reference) for part in (rule.parts or (rule,))]
    seats = case.body.seats(case.dossier.world, case.meeting.on)
    seated = tuple(
        Trace(
            case.dossier.world.name(seat.actor),
            f"member since {seat.start}",
            f"{seat.source}, {seat.locator}",
        )
        for seat in seats
    )
    own = tuple(
        Trace(f"for {label!r}", one.rule.words(), one.rule.reference or "dossier.yaml")
        for label, one in case.apart.items()
    )
    seating = Trace(f"seats on {case.meeting.on}", str(len(seats)), "", seated)
    return Trace(f"rule of {the(case.body.name)} on {case.meeting.on}", rule.words(), "", (*parts, *own, seating))


def _objections(forecast: Forecast) -> Trace:
    children = []
    for objector in forecast.known_objectors:
        member = forecast.case.member(objector.actor)
        does = "objects" if member.seated else "refuses its consent"
        told = f"{does} in {objector.probability:.3f} of draws, alone in {objector.sole:.3f}"
        children.append(Trace(member.name, told))
    if forecast.silent is not None:
        each, any_of_them = forecast.silent.each_objects, forecast.silent.any_objects
        told = f"any one objects in {each:.3f} of draws, at least one in {any_of_them:.3f}"
        children.append(Trace(f"{len(forecast.silent.members)} members with no known position", told))
    if children:
        value = "in the order of how often"
    elif forecast.arithmetic_in_draws is not None:
        value = "nobody by an objection of its own: votes are counted"
    else:
        value = f"the {forecast.model} model has no objections in it"
    return Trace(f"who stands in the way of {forecast.case.issue.proposal!r}", value, "", tuple(children))


def _assumptions(forecast: Forecast) -> Trace:
    ranges = declared(forecast.case.dossier, forecast.explainer)
    children = []
    for name, value in ranges.items():
        source = (
            "dossier.yaml" if name in forecast.case.dossier.assumptions else f"default of the {forecast.model} model"
        )
        if isinstance(value, Range):
            children.append(Trace(name, as_declared(value.mode, value.low, value.high), value.note or source))
        else:
            total = sum(value.values())
            children.append(
                Trace(name, ", ".join(f"{key} {share / total:.2g}" for key, share in value.items()), source)
            )
    if forecast.case.silent:
        prior = forecast.case.dossier.prior(forecast.issue)
        place = prior.position
        stands = ranged(place.mode, place.low, place.high)
        children.append(Trace("position of silent members", stands, prior.note or "priors in dossier.yaml"))
    return Trace("declared assumptions", str(len(children)), "", tuple(children))


def member_trace(case: Case, member: Member) -> Trace:
    """Return what a member's position rests on."""
    stand = member.stand
    sources = case.dossier.sources
    statements = tuple(
        Trace(
            f"{c.statement.id}, {c.statement.kind}, stance {c.statement.stance:+d} on {c.statement.concept}",
            _moves(c),
            f"{sources[c.statement.source].title}, {c.statement.passage}",
        )
        for c in stand.contributions
    )
    camps = tuple(
        Trace(f"points to {short_number(camp.at)}", f"{percent(camp.share)} of the weight", ", ".join(camp.statements))
        for camp in stand.camps
    )
    branches = tuple(
        Trace(
            clause(branch.condition),
            f"would stand at {branch.estimate}",
            f"{', '.join(branch.statements)}; "
            + ("no probability declared" if branch.probability is None else f"probability {branch.probability:g}"),
        )
        for branch in stand.branches
    )
    if stand.measured is not None:
        statements += (_votes(case, stand.measured),)
    if len(camps) > 1:
        statements += (Trace("conflict", f"{len(camps)} places, not averaged", "", camps),)
    statements += branches
    details = [
        Trace("private position", str(stand.private), stand.basis, statements),
        Trace("public position", str(stand.public) if stand.public else "same as private"),
        Trace("salience", str(stand.salience)),
        Trace("capability", str(member.capability), "; ".join(member.capability.rests_on)),
    ]
    if stand.red_line is not None:
        details.append(Trace("red line", f"nothing {stand.red_side} {stand.red_line:g}", "set by hand"))
    return Trace(member.name, "seat" if member.seated else "voice", stand.note, tuple(details))


def _votes(case: Case, lean: Lean) -> Trace:
    """Return how votes place a silent member."""
    name = case.dossier.world.name
    way = f"on the way from {case.issue.status_quo!r} (0) to {case.issue.proposal!r} (100)"
    return Trace(
        "placed by votes in the UN General Assembly",
        f"{lean.position:.0f} give or take {lean.spread:.0f} {way}",
        f"votes of {lean.year}, fitted to {'the Council' if lean.data == COUNCIL else 'public disputes'}",
        (
            Trace("nearest that backs", f"{name(lean.backers[0])}, {lean.to_backers:.2f} away"),
            Trace("nearest that objects", f"{name(lean.objectors[0])}, {lean.to_objectors:.2f} away"),
        ),
    )


def _moves(contribution: Contribution) -> str:
    if contribution.target is None:
        if contribution.superseded_by:
            return f"superseded by {contribution.superseded_by}"
        return "a branch, see below" if conditional(contribution.statement) else "moves nothing"
    speaker = "" if contribution.rank == "none" else f", said by: {contribution.rank}"
    left = "" if contribution.left is None else f", whose speaker left office on {contribution.left}: counts for less"
    return f"points to {contribution.target:g}, weight {contribution.weight:.3g}{speaker}{left}"
