"""The brief on one page: who blocks and why, what they ask, what would change our mind, what has changed since."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus.base.days import Day, day_in_words, parse_day
from foedus.base.errors import FoedusError, refuse
from foedus.base.files import read_text
from foedus.base.wording import and_, counted, percent
from foedus.cases import Case, Member
from foedus.cases.asking import what_it_asks_for
from foedus.dossiers import Contribution, Dossier
from foedus.dossiers.approvals import ONE_VOTE
from foedus.dossiers.said import in_a_line, in_marks, side_of, under_condition, what_it_asks, where_said
from foedus.ensembles.tested import ANSWERS, packaged_scores
from foedus.evidence import OWN_WORDS, Statement, highest
from foedus.forecasts import Forecast, Objector
from foedus.forecasts.arithmetic import heaviest_against
from foedus.issues import Issue
from foedus.reports.content import basis_in_words, proposals
from foedus.reports.judgement import in_words, place_in_words, words_of
from foedus.reports.likelihood import likelihood_word
from foedus.reports.numbers import change, share
from foedus.reports.sections import Bullets, Part, Text, text
from foedus.reports.turned import Turn, turned_words, turns

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
_IN_A_LINE = 120
"""Characters of a quotation among the news since an earlier answer."""
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


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier answer to the same question.

    Attributes
    ----------
    as_of
        Its day, as written.
    shares
        Probability of each option, by its label.
    places
        Where each option stood on the scale, by its label; empty where options have no order.
    """

    as_of: str
    shares: Mapping[str, float]
    places: Mapping[str, float] = field(default_factory=dict)


def read_earlier(path: Path | str, issue: str) -> Earlier:
    """Return the answer that a file holds: a forecast's JSON document, or the last entry on the issue in a ledger.

    Raises
    ------
    FoedusError
        When the file cannot be read or holds no answer on the issue.
    """
    document = latest_in(path, lambda plain: plain.get("issue") == issue and bool(_shares_in(plain)))
    if document is None:
        raise refuse(
            str(path), f"holds no answer on {issue!r}; give the output of 'foedus forecast --json', or a ledger"
        )
    try:
        shares = {str(row["label"]): float(row["probability"]) for row in _shares_in(document)}
        places = {str(row["label"]): float(row["at"]) for row in _shares_in(document) if row.get("at") is not None}
        return Earlier(str(document["as_of"]), shares, places)
    except (KeyError, TypeError, ValueError):
        raise FoedusError(f"{path}: the answer on {issue!r} has no options with probabilities, or no day") from None


def latest_in(path: Path | str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
    """Return the last object of a file, as one document or one a line, that is wanted; None where there is none.

    Raises
    ------
    InputError
        When the file cannot be read.
    """
    latest = None
    words = read_text(Path(path))
    for line in [words, *words.splitlines()]:
        try:
            plain = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(plain, dict) and wanted(plain):
            latest = plain
    return latest


def _shares_in(plain: Mapping[str, Any]) -> list[Any]:
    """Return the options of an answer: those on a line, or the candidates of a choice."""
    listed = plain.get("options", plain.get("candidates"))
    return listed if isinstance(listed, list) else []


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
    side = f", {side_of(why).removeprefix('is ')} {other!r}" if other else ""
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
        f"the chance of some change is put at {percent(moved)}: of {scores['decisions']} recorded decisions "
        f"that somebody firmly opposed, {scores['changed']} still ended with a change, {scores['adopted']} of "
        "them as proposed."
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
    conditions = [
        (contribution.statement, member)
        for member in forecast.case.members
        for contribution in member.stand.contributions
        if not contribution.superseded_by and (contribution.statement.condition or contribution.statement.signal)
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


def what_changed(
    now: Mapping[str, float],
    cases: Sequence[Case],
    dossier: Dossier,
    earlier: Earlier,
    moved_by: Mapping[str, float] | None = None,
) -> Bullets:
    """Return by how much each option has moved since an earlier answer, and what has become known.

    Parameters
    ----------
    now
        How likely each option is, by its label.
    cases, dossier
        What the answer is made from.
    earlier
        The answer to compare with.
    moved_by
        How far each new statement moves the forecast, by its id: what moves it most is told first. Without it, whoever
        changed sides comes first.
    """
    items, renamed = [], _renamed(now, cases, earlier)
    for label, probability in now.items():
        before = earlier.shares.get(renamed.get(label, label))
        if before is None:
            items.append(
                text("{} was not among the options under this name; it is now at {}.", label, share(probability))
            )
            continue
        moved = change(probability - before)
        if label not in renamed and str(moved) == str(change(0.0)):
            continue  # what stands where it stood is no news
        items.append(
            text("{}: {} now, {} then ({} points).", _named(label, renamed), share(probability), share(before), moved)
        )
    if not items:
        items.append(text("No chance has moved."))
    items = [_in_a_row(items)]
    items[:0] = [text(words) for words in _proposed_since(cases, dossier, earlier)]
    kept = {*now, *renamed.values()}
    gone = [label for label, before in earlier.shares.items() if label not in kept and before > 0]
    if gone:
        items.append(text(f"No longer an option under this name: {and_([repr(label) for label in gone])}."))
    used = {
        contribution.statement.id: contribution.statement
        for case in cases
        for member in case.members
        for contribution in member.stand.contributions
    }
    new = [statement for statement in used.values() if str(dossier.known_on(statement)) > earlier.as_of]
    turned = [turn for turn in changed_sides(cases, dossier) if str(dossier.known_on(turn.after)) > earlier.as_of]
    if turned:
        items.insert(0, text("Changed: {}", turned_words(dossier, turned)))
    new = _in_order(new, {turn.after.id for turn in turned}, used.values(), dossier, earlier)
    new.sort(key=lambda statement: -round((moved_by or {}).get(statement.id, 0.0), 3))
    told: dict[tuple[str, bool, Day], list[str]] = {}
    for statement in new:
        name, words = dossier.world.name(statement.actor), _in_brief(dossier, statement)
        rest = words.removeprefix(f"{name} ")
        told.setdefault((rest, rest != words, statement.said_on), []).append(name)
    for (words, of_it, day), names in list(told.items())[:_FEW]:
        line = f"{names[0]} {words}" if of_it and len(names) == 1 else in_a_line(tuple(names), words)
        items.append(text(f"New since {earlier.as_of}: {line} ({day_in_words(day)})."))
    if left := [name for names in list(told.values())[_FEW:] for name in names]:
        items.append(text(f"And {counted(len(left), 'more new statement')}, of {and_(list(dict.fromkeys(left)))}."))
    return Bullets(tuple(items))


def _in_a_row(items: Sequence[Text]) -> Text:
    """Return sentences as one, so that they take few lines."""
    parts: list[Part] = []
    for place, item in enumerate(items, 1):
        *begin, end = item.parts
        closed = end.rstrip(".") if isinstance(end, str) else end
        parts += [*begin, closed, "." if place == len(items) else "; "]
    return Text(tuple(parts))


def _in_brief(dossier: Dossier, statement: Statement) -> str:
    """Return what a statement says in a line: the coder's words, or the source's own cut between sentences."""
    if statement.paraphrase or not statement.quote:
        return words_of(dossier, statement.id).rstrip(".")
    whole, short = in_marks(statement.quote), in_marks(statement.quote, _IN_A_LINE)
    return words_of(dossier, statement.id).replace(whole, short).rstrip(".")


def _proposed_since(cases: Sequence[Case], dossier: Dossier, earlier: Earlier) -> Iterator[str]:
    """Yield that what is proposed has changed since an earlier answer: its chance then is that of another text."""
    for case in cases[:1]:
        issue = dossier.issue(case.issue.id)
        before, now = issue.proposed_on(parse_day(earlier.as_of)), issue.proposed_on(case.as_of)
        if issue.ordered and before != now:
            yield from proposals(issue, case.as_of)


def changed_sides(cases: Sequence[Case], dossier: Dossier) -> list[Turn]:
    """Return which members and outsiders that are asked have changed sides, the latest first."""
    if not cases:
        return []
    actors = {member.actor for case in cases for member in case.members}
    first = cases[0]
    issue = dossier.issue(first.issue.id)
    return turns(dossier, issue, first.as_of, actors, one_vote=issue.method in ONE_VOTE)


def _in_order(
    new: Sequence[Statement], turned: Collection[str], used: Iterable[Statement], dossier: Dossier, earlier: Earlier
) -> list[Statement]:
    """Return news by what changes a side or a vote.

    First who changed sides, then who spoke for the first time, then who spoke again; what one adds to its own news, and
    what happened before the earlier answer and only became known since, comes last. Within each the latest first.
    """
    spoke = {statement.actor for statement in used if str(dossier.known_on(statement)) <= earlier.as_of}
    latest = sorted(
        new,
        key=lambda statement: (statement.said_on, dossier.known_on(statement), statement.stance != 0, statement.id),
        reverse=True,
    )
    seen: set[str] = set()
    ranks: dict[str, int] = {}
    for statement in sorted(latest, key=lambda each: each.id not in turned):
        old = statement.said_on <= parse_day(earlier.as_of)
        ranks[statement.id] = (
            0
            if statement.id in turned
            else 3
            if statement.actor in seen or old
            else 2
            if statement.actor in spoke
            else 1
        )
        seen.add(statement.actor)
    return sorted(latest, key=lambda statement: ranks[statement.id])


def _renamed(now: Mapping[str, float], cases: Sequence[Case], earlier: Earlier) -> dict[str, str]:
    """Return what options that are new by name were called in an earlier answer: what stood at the same place."""
    before = {at: label for label, at in earlier.places.items() if label not in now}
    here = {
        option.label: option.at
        for case in cases
        if case.dossier.issue(case.issue.id).ordered
        for option in case.issue.options
    }
    return {
        label: before[here[label]]
        for label in now
        if label not in earlier.shares and label in here and here[label] in before
    }


def _named(label: str, renamed: Mapping[str, str]) -> str:
    return f"{label} (then called {renamed[label]!r})" if label in renamed else label
