"""The brief on one page: who blocks and why, who gave way, what members ask and who is in favour."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from foedus.base.days import Day, day_in_words
from foedus.base.wording import and_, percent
from foedus.cases import Case, Member
from foedus.cases.asking import what_it_asks_for
from foedus.dossiers import Contribution
from foedus.dossiers.bearing import gives_up
from foedus.dossiers.said import in_marks, side_of, under_condition, what_it_asks, where_said
from foedus.ensembles.tested import ANSWERS, packaged_scores
from foedus.evidence import OWN_WORDS, Statement, highest
from foedus.forecasts import Forecast, Objector
from foedus.forecasts.arithmetic import heaviest_against
from foedus.issues import Issue
from foedus.reports.content import basis_in_words
from foedus.reports.judgement import in_words, place_in_words, words_of
from foedus.reports.likelihood import likelihood_word
from foedus.reports.numbers import share
from foedus.reports.sections import Bullets, Part, Text, text

_BLOCKS = 0.10
"""From which share of draws on an objection is worth telling."""

_HARDLY = ("almost no chance", "very unlikely")
"""Who is so likely to object is not named among those who block."""

_NEARLY_ALWAYS = 0.95
"""Who objects in this share of the draws stands in the way in nearly every one."""

_SPOKEN = ("direct", "mixed")
_MUCH_LESS = 4
"""How many times lighter than the heaviest statement one on the proposal's own claim may be, to be shown before it."""

_MOST, _FEW = 5, 3
QUOTED = 240
"""Characters of a quotation on the first page, cut between sentences; the annex has all of it."""
_SIGNALS = {
    "threat": "threatens to block",
    "link": "ties its consent to another matter",
    "offer": "has been offered something",
    "softening": "has softened",
    "withdrawal": "has withdrawn its objection",
    "abstention": "would abstain",
    "consent": "would not stand in the way",
}


def highest_marking(cases: Iterable[Case]) -> str:
    """Return the highest marking of whatever an answer rests on: statements, their sources, positions set by hand."""
    markings: list[str] = []
    for case in cases:
        used = [contribution.statement for member in case.members for contribution in member.stand.contributions]
        markings += case.dossier.markings_of(used)
        markings += [
            stakeholder.marking for stakeholder in case.dossier.stakeholders if stakeholder.issue == case.issue.id
        ]
    return highest(markings)


def who_blocks(forecast: Forecast) -> Bullets:
    """Return who stands in the way, how often, and why in their own words; under a majority rule who is against."""
    if forecast.arithmetic_in_draws is None:
        blockers = [
            objector for objector in forecast.known_objectors if likelihood_word(objector.probability) not in _HARDLY
        ]
        items = [_blocker(forecast, forecast.case.member(objector.actor), objector) for objector in blockers[:_MOST]]
        named = {objector.actor for objector in blockers}
        left = [forecast.case.member(objector.actor).name for objector in blockers[_MOST:]]
    else:
        together: dict[str, list[str]] = {}
        named = set(forecast.arithmetic.against)
        placed = set(forecast.arithmetic.by_position)
        for member in map(forecast.case.member, heaviest_against(forecast.case, forecast.arithmetic)):
            if member.actor not in placed:
                together.setdefault(_reason(forecast, member), []).append(member.name)
        told = list(together.items())
        items = [text(f"{and_(names)}{reason}") for reason, names in told[:_MOST]]
        left = [name for _, names in told[_MOST:] for name in names]
    if left:
        items.append(text(f"Also {and_(left)}."))
    items += _against_by_position(forecast)
    items += _refused_more(forecast, named)
    if not items and not forecast.objections and forecast.arithmetic_in_draws is None:
        return Bullets((text(f"The {forecast.model} model has no objections in it."),))
    if not items:
        items.append(text(f"Nobody whose position is known is expected to stop {forecast.case.issue.proposal!r}."))
    silent = forecast.silent
    if silent is not None and silent.any_objects > 0:
        some = f"At least one of the {len(silent.members)} members with no known position"
        if len(silent.members) == 1:
            some = f"{forecast.case.member(silent.members[0]).name}, whose position is not known,"
        items.append(text(f"{some} could object too ({{}}).", share(silent.any_objects)))
    return Bullets((*items, *_either_side(forecast)))


def _against_by_position(forecast: Forecast) -> list[Text]:
    """Return who is counted against the proposal without a word on it, under a majority rule."""
    if forecast.arithmetic_in_draws is None:
        return []
    count = forecast.arithmetic
    names = [forecast.case.member(actor).name for actor in count.against if actor in count.by_position]
    if not names:
        return []
    have = "has" if len(names) == 1 else "have"
    return [text(f"By position alone, {and_(names)}: {have} said nothing of {count.option!r} itself.")]


def _refused_more(forecast: Forecast, named: Collection[str]) -> Iterator[Text]:
    """Yield who has refused an option that goes further than the proposal, and is not named already.

    Whoever refused more has said nothing of a new and lesser text; on the page it must not vanish.
    """
    for member in forecast.case.members:
        if member.actor not in named and (words := _former_refusal(forecast, member)):
            yield text(f"{member.name} {words}")


def _former_refusal(forecast: Forecast, member: Member) -> str:
    """Return that a member has refused more than the proposal and said nothing of that itself; empty where not so."""
    issue = forecast.case.issue
    still, proposed = issue.option(issue.status_quo).at, issue.option(issue.proposal).at
    further = {option.at: option.label for option in issue.options if abs(option.at - still) > abs(proposed - still)}
    said = [c for c in member.stand.contributions if not c.superseded_by and c.statement.kind != "conjecture"]
    more = [c for c in said if c.refuses in further and (proposed - still) * ((c.refuses or 0.0) - still) > 0]
    if any(c.about == proposed or c.wants in further for c in said) or not more:
        return ""
    last = max(more, key=_by_day)
    return (
        f"has refused more than this, {further[last.refuses or 0.0]!r}, and said nothing of {issue.proposal!r} itself: "
        f"{_quoted(forecast, last.statement)}"
    )


def _either_side(forecast: Forecast) -> Iterator[Text]:
    """Yield who is only known to refuse an option short of another, by what they refuse."""
    issue = forecast.case.issue
    names_by_camps: dict[tuple[float, ...], list[str]] = {}
    for member in forecast.case.members:
        if member.stand.unclear:
            names_by_camps.setdefault(member.stand.unclear, []).append(member.name)
    for places, names in names_by_camps.items():
        refused = [repr(option.label) for option in issue.options if option.at in places]
        verb, does = ("is", "does it") if len(names) == 1 else ("are", "do they")
        yield text(
            f"{and_(names)} {verb} only known to refuse {and_(refused)}: {does} want less or more? "
            "Half is assumed on each side."
        )
    if forecast.arithmetic_in_draws is not None:
        yield from _holding_out(forecast)


def _holding_out(forecast: Forecast) -> Iterator[Text]:
    """Yield who is against an option though it wants one that goes further, where votes are counted."""
    issue = forecast.case.issue
    names_by_camps: dict[tuple[float, ...], list[str]] = {}
    for member in forecast.case.members:
        if member.stand.holds_out:
            names_by_camps.setdefault(member.stand.holds_out, []).append(member.name)
    for places, names in names_by_camps.items():
        refused = and_([repr(option.label) for option in issue.options if option.at in places])
        alone = len(names) == 1
        verb, stays = ("is", "its vote stays") if alone else ("are", "a vote of theirs stays")
        yield text(
            f"{and_(names)} {verb} against {refused} and for more, and {'has' if alone else 'have'} not said whether "
            f"nothing would be better than {refused}: in half of the draws {stays} against."
        )


def _said(forecast: Forecast, member: Member) -> str:
    """Return what shows that a member is against, and on which option where it is not the proposal; empty without."""
    why = _why(forecast, member)
    if why is None:
        return ""
    other = _other_option(forecast, why)
    side = f", {side_of(why).removeprefix('is ').removeprefix('are ')} {other!r}" if other else ""
    return f"{side}: {_quoted(forecast, why)}"


def _reason(forecast: Forecast, member: Member) -> str:
    """Return why a member counts as against under a majority rule: its words, or where it is put."""
    at = place_in_words(forecast.case.issue, member.stand.private.mode)
    silent = f", without words against it: put {at} ({basis_in_words(forecast.case, member)})"
    return _said(forecast, member) or silent


def _other_option(forecast: Forecast, statement: Statement) -> str:
    """Return the option that a statement is on, where it is neither the proposal nor the status quo; else empty."""
    issue = forecast.case.issue
    claim = next(c for c in forecast.case.dossier.concepts if c.id == statement.concept)
    for option in issue.options:
        if option.at == claim.at_support and option.label not in {issue.proposal, issue.status_quo}:
            return option.label
    return ""


def _blocker(forecast: Forecast, member: Member, objector: Objector) -> Text:
    former = _former_refusal(forecast, member)
    said = f" by its position; it {former}" if former else _said(forecast, member)
    does = "object" if member.seated else "refuse its consent"
    alone = () if objector.sole < _BLOCKS else ("; alone ", share(objector.sole))
    if objector.probability == 1:
        does = "objects" if member.seated else "refuses its consent"
        by_itself: tuple[Part, ...] = () if objector.sole < _BLOCKS else (" (alone ", share(objector.sole), ")")
        return Text((f"{member.name} {does} in every draw", *by_itself, said))
    word = likelihood_word(objector.probability)
    return Text((f"{member.name} is {word} to {does} (", share(objector.probability), *alone, ")", said))


def gave_way_words(forecast: Forecast) -> str:
    """Return why something may be adopted though somebody is all but certain to object; empty where that needs no word.

    Only the model that learned from the record gives a blocked proposal a chance, and it tells how often on record a
    decision with a firm objector ended with a change all the same.
    """
    firm = [objector for objector in forecast.known_objectors if objector.probability >= _NEARLY_ALWAYS]
    moved = 1 - forecast.probability(forecast.case.issue.status_quo)
    if forecast.model != ANSWERS or not firm or moved < _BLOCKS:
        return ""
    names = [forecast.case.member(objector.actor).name for objector in firm]
    who = and_(names) if len(names) <= _FEW else f"{in_words(len(names))} members"
    scores = packaged_scores()["firm"]
    return (
        f"{who[:1].upper()}{who[1:]} {'is' if len(names) == 1 else 'are'} all but certain to object, yet "
        f"the chance of some change is put at {percent(moved)}. In part the forecast follows the record, on which "
        f"{scores['changed']} of {scores['decisions']} decisions that somebody firmly opposed still ended with a "
        f"change ({percent(scores['changed'] / scores['decisions'])}), {scores['adopted']} of them as proposed; in "
        "part where members stand and how much they care."
    )


def _why(forecast: Forecast, member: Member) -> Statement | None:
    """Return the statement that shows best that a member is against the proposal.

    One on the proposal's own claim comes before one on another option, and own words before another's, where they
    weigh not much less than the heaviest; then the one that weighs most, or, where the member has since refused the
    same again, its newest refusal.
    """
    issue = forecast.case.issue
    against = [
        contribution
        for contribution in member.stand.contributions
        if contribution.target is not None
        and contribution.weight > 0
        and not contribution.superseded_by
        and _speaks_against(issue, contribution)
    ]
    if not against:
        return None
    heaviest = max(contribution.weight for contribution in against)
    proposed = issue.option(issue.proposal).at
    its_own = {concept.id for concept in forecast.case.dossier.concepts if concept.at_support == proposed}
    bearing = [
        contribution
        for contribution in against
        if contribution.statement.concept in its_own and contribution.weight >= heaviest / _MUCH_LESS
    ]
    best = bearing or against
    heaviest = max(contribution.weight for contribution in best)
    spoken = [
        contribution
        for contribution in best
        if contribution.statement.kind in _SPOKEN and contribution.weight >= heaviest / 2
    ]
    shown = max(spoken or best, key=lambda contribution: (contribution.weight, bool(contribution.statement.quote)))
    newer = [
        contribution
        for contribution in best
        if contribution.statement.said_on > shown.statement.said_on
        and contribution.statement.concept == shown.statement.concept
        and contribution.statement.kind in OWN_WORDS
        and contribution.refuses is not None
        and contribution.weight >= heaviest / 2
    ]
    return max(newer, key=_by_day, default=shown).statement


def _by_day(contribution: Contribution) -> tuple[Day, bool, float]:
    return contribution.statement.said_on, contribution.statement.kind in _SPOKEN, contribution.weight


def _speaks_against(issue: Issue, contribution: Contribution) -> bool:
    """Tell whether a statement speaks against the proposal: it refuses an option for less, or points away from it."""
    still, proposed, target = issue.option(issue.status_quo).at, issue.option(issue.proposal).at, contribution.target
    nearer = target is not None and abs(target - still) < abs(target - proposed)
    return nearer and contribution.wants is None


def _quoted(forecast: Forecast, statement: Statement) -> str:
    dossier = forecast.case.dossier
    words = in_marks(statement.quote, QUOTED) if statement.quote else words_of(dossier, statement.id).rstrip(".")
    return f"{words} ({where_said(dossier, statement)}, {day_in_words(statement.said_on)})"


def what_they_ask(forecast: Forecast) -> Bullets | None:
    """Return the conditions that statements name and the signals that they send, the latest first; None without any."""
    dossier = forecast.case.dossier
    said = list(dossier.statements_on(forecast.case.issue.id, forecast.case.as_of))
    conditions = [
        (contribution.statement, member)
        for member in forecast.case.members
        for contribution in member.stand.contributions
        if not contribution.superseded_by and (contribution.statement.condition or contribution.statement.signal)
        if contribution.statement.condition
        or contribution.statement.signal != "withdrawal"
        or gives_up(contribution.statement, said)
    ]
    conditions.sort(key=lambda pair: pair[0].said_on, reverse=True)
    latest: dict[tuple[str, str], Statement] = {}
    told: dict[tuple[bool, str], list[str]] = {}
    for statement, member in conditions:
        abstains = statement.signal == "abstention" and not statement.condition
        if abstains and latest.setdefault((member.actor, statement.concept), statement) is not statement:
            continue
        signal = _SIGNALS.get(statement.signal, statement.signal)
        if statement.signal == "threat" and statement.stance >= 0:
            signal = "threatens to act on it"
        asked = _asked(forecast, member, statement) if statement.condition else signal
        besides = statement.condition and statement.signal not in {
            "",
            "threat",
        }  # who names a condition refuses until then
        where = (
            f" ({where_said(dossier, statement)}, {day_in_words(statement.said_on)})"
            if statement.condition
            else f": {_quoted(forecast, statement)}"
        )
        other = _other_option(forecast, statement) if abstains else ""
        on = f" on {other!r}" if other else ""
        words = f"{asked}{on}{f'; {signal}' if besides else ''}{where}"
        alone = "" if words.startswith("would ") else member.name  # "would abstain" is said of one and of several
        told.setdefault((abstains, f"{alone}\0{words}"), []).append(member.name)
    lines = sorted(told.items(), key=lambda pair: pair[0][0])  # abstentions last, the latest first within each
    items = [text(f"{and_(names)} {key.partition(chr(0))[2]}") for (_, key), names in lines[:_MOST]]
    if left := list(dict.fromkeys(name for _, names in lines[_MOST:] for name in names)):
        items.append(text(f"More conditions and signals, of {and_(left)}, stand in the annexes."))
    return Bullets(tuple(items)) if items else None


def _asked(forecast: Forecast, member: Member, statement: Statement) -> str:
    """Return what somebody asks for, or, where it asks for nothing or is for the proposal already, on what it says so.

    Who is for something unless this or that happens wants nothing from anybody who would have it adopted.
    """
    asks = what_it_asks(statement)
    if asks and not in_favour(forecast, member):
        words = in_marks(asks) if asks in statement.quote else asks
        asked = next((ask for ask in what_it_asks_for(forecast.case, member) if ask.words == asks), None)
        return f"asks for another option, {asked.option!r}: {words}" if asked and asked.option else f"asks: {words}"
    claim = next(c.text for c in forecast.case.dossier.concepts if c.id == statement.concept)
    return f"{side_of(statement)} \u2018{claim}\u2019 {under_condition(statement)}"


def in_favour(forecast: Forecast, member: Member) -> bool:
    """Tell whether somebody is for the proposal by words without a condition, and hardly ever stands in its way."""
    issue = forecast.case.issue
    at, still = issue.option(issue.proposal).at, issue.option(issue.status_quo).at
    spoke = any(
        c.target is not None and c.weight > 0 and not c.superseded_by and not c.statement.condition
        for c in member.stand.contributions
    )
    mode = member.stand.private.mode
    often = next((objector.probability for objector in forecast.objectors if objector.actor == member.actor), 0.0)
    return spoke and abs(mode - at) < abs(mode - still) and often < _BLOCKS
