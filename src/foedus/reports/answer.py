"""The answer of a forecast as sections: question, brief, options, who stands in the way, what would turn it."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.base.days import parse_day
from foedus.base.errors import FoedusError
from foedus.base.wording import and_, as_declared, rounding_words
from foedus.cases import Case, Member
from foedus.cases.case import declared
from foedus.cases.leaning import TOGETHER, lean_together
from foedus.dossiers import Range
from foedus.dossiers.silence import silence_leans
from foedus.ensembles.mixing import PUBLIC
from foedus.ensembles.tested import ANSWERS, later_words
from foedus.explain.timeline import news_since
from foedus.forecasts import BreakEven, Forecast, Objector, Silent
from foedus.forecasts.entered import Unanswered
from foedus.forecasts.sweeps import POSITION
from foedus.forecasts.terms import overtaken
from foedus.reports import ensemble
from foedus.reports.brief import gave_way_words, highest_marking, what_they_ask, who_blocks
from foedus.reports.content import (
    basis_in_words,
    hindsight,
    kind_words,
    known_later,
    no_longer_options,
    other_models,
    pivot_words,
    rule_words,
    span,
    waiting_words,
)
from foedus.reports.contradictions import contradictions
from foedus.reports.earlier import Earlier, changed_sides, what_changed
from foedus.reports.judgement import (
    balanced_words,
    confidence_words,
    evenly_balanced,
    judge,
    name_of_input,
    paraphrase_of,
)
from foedus.reports.marking import marking_text
from foedus.reports.numbers import Number, count, share
from foedus.reports.sections import (
    HEADLINE,
    ON_PAPER,
    STRONG,
    Bar,
    Block,
    Bullets,
    Cell,
    Figure,
    Hint,
    Link,
    Part,
    Section,
    Terms,
    Text,
    bullets,
    cell,
    muted,
    table,
    text,
)
from foedus.reports.silence import no_side_words, rests_on_silence
from foedus.reports.turned import turned_words
from foedus.reports.votes import own_rules, votes
from foedus.settlement.track_record import packaged_numbers

INFERRED_FROM = 0.05
"""From this chance on an objection is said to be assumed where the member has said nothing of the option."""


def unanswered_sections(unanswered: Unanswered) -> list[Section]:
    """Return that nothing has been entered, and what to do."""
    nothing = (
        f"Nothing has been entered yet in {unanswered.case.dossier.folder.name}: no member's position and no accepted "
        "statement. What to do:"
    )
    lines = tuple(text(f"{number}. {step}") for number, step in enumerate(unanswered.steps, 1))
    return [
        Section("question", unanswered.case.issue.question, (text(nothing),), level=1),
        Section("steps", "", lines),
    ]


def question_section(forecast: Forecast, marking: str | None = None) -> Section:
    """Return what was asked, of whom, under which rule, and what was known.

    Parameters
    ----------
    forecast
        The answer.
    marking
        The highest of whatever stands beside it; by default that of what the answer rests on.
    """
    case = forecast.case
    asked = text(
        "{}. {}, {} ({}); {} seats; rule: {}.",
        kind_words(case),
        case.body.name,
        case.meeting.name,
        str(case.meeting.on),
        count(len(case.seats)),
        rule_words(forecast),
    )
    made = muted(
        "What was known by {}; {} model, {} {}, seed {}.",
        str(case.as_of),
        forecast.model,
        count(forecast.draws),
        "draw" if forecast.draws == 1 else "draws",
        str(forecast.seed),
    )
    marking = marking or highest_marking([forecast.case])
    return Section("question", case.issue.question, (marking_text(marking), asked, made), 1)


def brief_section(forecast: Forecast, earlier: Earlier | None = None) -> Section:
    """Return the brief: judgement, who blocks and why, what they ask, what would change our mind, what comes next.

    Parameters
    ----------
    forecast
        The answer.
    earlier
        An answer to the same question, to be compared.
    """
    judgement, voted = judge(forecast), votes(forecast)
    resting = rests_on_silence(forecast)
    told = [
        contradictions(forecast.case.dossier, forecast.case.issue, forecast.as_of, _seated(forecast)),
        known_later(forecast),
        waiting_words(forecast.case.dossier, forecast.case.issue, forecast.as_of),
        *_overtaken(forecast),
        resting,
        gave_way_words(forecast),
        *((voted.expects, voted.reconciled) if voted else ()),
    ]
    told += [own_rules(forecast)]
    told += [ensemble.answer_words(forecast), ensemble.year_words(forecast)]
    asked = what_they_ask(forecast)
    terms: list[tuple[str, Text | Bullets]] = [
        ("Confidence", text(confidence_words(judgement, even=evenly_balanced(forecast) is not None))),
        ("Who is against" if voted else "Who blocks", who_blocks(forecast)),
    ]
    if earlier is None and (turned := changed_sides([forecast.case], forecast.case.dossier)):
        terms.append(("Who has changed sides", text(turned_words(forecast.case.dossier, turned))))
    if asked is not None:
        terms.append(("What they ask and signal", asked))
    if judgement.turns:
        terms.append(("What would change our mind", bullets(judgement.turns)))
    terms.append(("What comes next", bullets(judgement.watch)))
    if earlier is not None:
        now, case = {option.label: option.probability for option in forecast.options}, forecast.case
        terms.append(
            (
                f"Changed since {earlier.as_of}",
                what_changed(now, [case], case.dossier, earlier, _moved(forecast, earlier)),
            )
        )
    lines = [text(line) for line in told if line]
    return Section("brief", "", (text(judgement.sentence, tone=HEADLINE), *lines, Terms(tuple(terms))))


def _overtaken(forecast: Forecast) -> list[str]:
    """Return which likely options name a time that has come by the meeting."""
    issue = forecast.case.dossier.issue(forecast.case.issue.id)
    terms = overtaken(issue, forecast.case.meeting, forecast.as_of)
    return [
        term.words for term in terms if forecast.probability(term.option) >= 0.05
    ]  # what has hardly a chance is not worth a line


def _moved(forecast: Forecast, earlier: Earlier) -> dict[str, float]:
    """Return how far what is new since an earlier answer moves the forecast; empty where that is not to be told."""
    if forecast.explainer.card.stage != "settlement":
        return {}
    try:
        return news_since(forecast.case, parse_day(earlier.as_of), forecast.explainer, forecast.seed)
    except FoedusError:  # the earlier answer is of other options, or of a day that the dossier does not reach
        return {}


def _seated(forecast: Forecast) -> set[str]:
    return {member.actor for member in forecast.case.seats}


def options_section(forecast: Forecast, without: Forecast | None = None) -> Section:
    """Return the options with their probabilities, and the chance of the proposal within a year.

    Parameters
    ----------
    forecast
        The answer.
    without
        Where something is supposed: the forecast without it, to stand beside.
    """
    issue = forecast.case.issue
    roles = {issue.status_quo: ("status quo",), issue.proposal: ("proposal",)}
    rows: list[list[Part | Cell]] = []
    for place, option in enumerate(forecast.options):
        rows.append(
            [
                cell(option.label, below=(*roles.get(option.label, ()), *_own_rule(forecast.case, option.label))),
                Number(option.at, "place"),
                share(option.probability),
                Bar(option.probability),
                *([] if without is None else [share(without.options[place].probability)]),
                issue.option(option.label).note,
            ]
        )
    for later in forecast.within_a_year:
        if later.label != issue.proposal:
            continue
        before: list[Part | Cell] = [] if without is None else [_within_a_year(without)]
        told = cell(later.label, below=("within a year",))
        rows.append(
            [told, Number(later.at, "place"), share(later.probability), "", *before, "not part of the total above"]
        )
    beside = [] if without is None else ["without the supposition"]
    headings = ["option", "at", "probability", "", *beside, "what it means"]
    widths: tuple[float, ...] = (2.4, 0.9, 2.0, 0.1, *(1.8 for _ in beside), 5.0)
    if not any(row[-1] for row in rows):
        headings, rows, widths = headings[:-1], [row[:-1] for row in rows], widths[:-1]
    blocks: list[Block] = [table(headings, rows, (1, 2, *([4] if beside else [])), widths), Figure("options")]
    if rounded := rounding_words([option.probability for option in forecast.options]):
        blocks.append(muted("{}", rounded))
    if gone := no_longer_options(forecast.case.dossier.issue(issue.id), forecast.as_of):
        blocks.append(text("{}", gone))
    if hindsight(forecast):
        blocks.append(muted(hindsight(forecast)))
    if silent := len(forecast.case.silent):
        leans = silence_leans(issue, forecast.case.dossier.prior(issue.id))
        waver = no_side_words(forecast.case)
        words = f"{silent} of {len(forecast.case.seats)} members have said nothing; {leans}."
        words += f" {waver}; the same is assumed of each." if waver else ""
        if lean_together(forecast.case):
            words += (
                " If this is wrong for one of them, it is probably wrong for others too: silent members are "
                "assumed to lean to the same side as often as any two members vote alike in the General Assembly of "
                f"the United Nations, the largest record of votes (correlation {TOGETHER:g}). They also follow, in "
                "part, the members that have named a side."
            )
        blocks.append(muted(words))
    return Section("options", "What could be decided", tuple(blocks))


def _own_rule(case: Case, label: str) -> tuple[str, ...]:
    own = case.apart.get(label)
    return () if own is None else (f"its rule: {own.rule.words()}",)


def _within_a_year(forecast: Forecast) -> Part:
    chances = [
        option_forecast
        for option_forecast in forecast.within_a_year
        if option_forecast.label == forecast.case.issue.proposal
    ]
    return share(chances[0].probability) if chances else ""


def votes_section(forecast: Forecast) -> Section | None:
    """Return the rule's own count of votes; None under consensus and unanimity, where members object."""
    voted = votes(forecast)
    if voted is None:
        return None
    kept = table(voted.headings, voted.rows, range(1, len(voted.headings)), (2.0, *(1.2 for _ in voted.headings[1:])))
    counted = (kept, Figure("votes")) if voted.rows else ()  # some rules ask for no number of those in favour
    return Section("votes", voted.title, (*counted, bullets(voted.lines)), 3)


def models_section(forecast: Forecast, *, worse: bool = False) -> Section:
    """Return what other models make of the same inputs, each with its score.

    Parameters
    ----------
    worse
        Whether to return, in place of all others, those whose own score speaks against them.
    """
    labels = [option.label for option in forecast.options]
    rows: list[list[Part | Cell]] = [
        [row["model"], *(share(chance) for chance in row["shares"]), row["score"]]
        for row in ensemble.rows(forecast, worse=worse)
    ]
    blocks: list[Block] = []
    if rows:
        headings = ["model", *labels, "its own score"]
        widths = (2.0, *(1.8 for _ in labels), 3.6)
        blocks.append(table(headings, rows, range(1, len(labels) + 1), widths))
    if rows and not worse and forecast.model == ANSWERS:
        blocks.append(
            muted(
                "These models use positions alone. The answer is the consensus model, corrected by how {} "
                "decisions with similar signs ended{}. Where the two disagree, such decisions have ended "
                "differently from what positions alone suggest.",
                count(taught := int(packaged_numbers()["meeting"]["decisions"])),
                _of_all(forecast, taught),
            )
        )
    if not worse:
        told = [ensemble.left_out(forecast), other_models(forecast)]
        blocks += [muted(line) for line in told if line]
    title = "What other models say on the same inputs"
    if worse:
        title = "Models that score worse than the benchmark, and so do not answer"
    return Section("ensemble", title if rows else "", tuple(blocks), 3)


def _of_all(forecast: Forecast, taught: int) -> str:
    """Return of how many decisions those are that taught the correction, where the ensemble was taught by more."""
    pooled = forecast.ensemble.weights.pooled
    if forecast.ensemble.weights.data != PUBLIC or pooled <= taught:
        return ""
    return f" (of {pooled}, those with a known proposal that departs from a known status quo)"


def members_section(forecast: Forecast) -> Section:
    """Return a picture of who stands where."""
    voted = forecast.arithmetic_in_draws is not None
    tells = "on which side the member stands" if voted else "what the member does most often"
    words = muted(
        "A dot is the likeliest private position, a line its range. The colour shows {} when {} is put.",
        tells,
        forecast.case.issue.proposal,
    )
    return Section("members", "Who stands where", (Figure("members"), words), media=ON_PAPER)


def objections_section(forecast: Forecast) -> Section | None:
    """Return who stands in the way of the proposal, and how often of other options; None where nobody can object."""
    if not forecast.objectors:
        return None
    case, proposal = forecast.case, forecast.case.issue.proposal
    rows: list[list[Part | Cell]] = [
        [
            _named(case, objector),
            share(objector.probability),
            share(objector.sole),
            share(objector.reluctant_but_silent),
            basis_in_words(case, case.member(objector.actor)),
        ]
        for objector in forecast.known_objectors
    ]
    silent = forecast.silent
    if silent is not None:
        whose = _silent(silent)
        basis = case.silent[0].stand.basis
        each = [objector.sole for objector in forecast.objectors if objector.actor in silent.members]
        sole = min(sum(each) / max(len(silent.members), 1), silent.each_objects)
        rows.append([whose, share(silent.each_objects), share(sole), share(silent.each_reluctant), basis])
        rows.append(["at least one of them", share(silent.any_objects), "", "", ""])
    pivots = pivot_words(forecast)
    blocks: list[Block] = [
        table(
            ("member", "objects", "alone", "reluctant but silent", "position rests on"),
            rows,
            (1, 2, 3),
            (3.0, 1.5, 1.2, 1.7, 3.0),
        ),
        muted(
            "Shares of draws in which it objects or refuses its consent, is the only one in the way, or "
            "prefers the status quo but stays silent."
        ),
        text("The decision turns on {}.", pivots or "nobody alone"),
    ]
    return Section("objections", f"Who stands in the way of {proposal!r}", tuple(blocks), 3)


def _named(case: Case, objector: Objector) -> Cell:
    member = case.member(objector.actor)
    return cell(Link(member.name, f"member-{objector.actor}"), below=() if member.seated else ("consent needed",))


def _silent(silent: Silent) -> Cell:
    if len(silent.members) == 1:
        return cell(Link("the one member with no known position", "members-silent"))
    return cell(Link(f"any one of {len(silent.members)} members with no known position", "members-silent"))


def other_options_section(forecast: Forecast) -> Section | None:
    """Return how often each known objector stands in the way of each option; None where there are not several."""
    labels = list(forecast.objections)
    if len(labels) < 2:
        return None
    rows: list[list[Part | Cell]] = [
        [_named(forecast.case, objector), *(share(chance) for chance in chances)]
        for objector in forecast.known_objectors
        if max(chances := [forecast.objector(objector.actor, label).probability for label in labels]) > 0
    ]
    if not rows:
        return None
    words = muted(
        "Shares of draws in which each objects to each option, or refuses its consent to it.{}",
        _inferred_words(forecast, labels),
    )
    kept = table(("objects to", *labels), rows, range(1, len(labels) + 1))
    return Section("other-options", "Who stands in the way of which option", (kept, words), 3)


def _inferred_words(forecast: Forecast, labels: Sequence[str]) -> str:
    """Return which objections follow from a place on the line, with no word of the member's own on that option."""
    case, names_by_label = forecast.case, dict[str, list[str]]()
    for label in labels:
        at = case.issue.option(label).at
        names = [
            case.member(objector.actor).name
            for objector in forecast.known_objectors
            if forecast.objector(objector.actor, label).probability >= INFERRED_FROM
            and not _spoke_of(case.member(objector.actor), at)
        ]
        if names:
            names_by_label.setdefault(and_(names), []).append(repr(label))
    if not names_by_label:
        return ""
    told = "; ".join(f"{names} on {and_(options)}" for names, options in names_by_label.items())
    return f" Assumed from a position, without a word of its own on that option: {told}."


def _spoke_of(member: Member, at: float) -> bool:
    """Return whether something a member said bears on this option itself; true of one placed by hand alone."""
    said = [
        each for each in member.stand.contributions if not each.superseded_by and each.statement.kind != "conjecture"
    ]
    return not said or any(at in (each.about, each.wants, each.refuses) for each in said)


def change_section(forecast: Forecast) -> Section | None:
    """Return where the most likely answer changes, each input moved alone; None where nothing was moved."""
    if not forecast.break_even and not forecast.hangs_on:
        return None
    ranges = declared(forecast.case.dossier, forecast.explainer)
    turning = [break_even for break_even in forecast.break_even if break_even.value is not None]
    rows = [
        (
            name_of_input(forecast.case, break_even.assumption),
            _stated(forecast, break_even, ranges),
            turning_words(break_even),
        )
        for break_even in turning
    ]
    blocks: list[Block] = []
    if rows:
        blocks.append(table(("input, moved alone", "declared or estimated", "the answer changes at"), rows))
        blocks.append(
            muted(
                "A single outcome cannot tell these apart: pressure, its threshold and the cost of a red "
                "line can each explain the same silence. So the table shows for each alone where the most "
                "likely answer changes."
            )
        )
    if balanced := balanced_words(forecast):
        blocks.insert(0, text(f"{balanced}."))
    still = [
        name_of_input(forecast.case, break_even.assumption)
        for break_even in forecast.break_even
        if break_even.value is None
    ]
    if still:
        each = "this does not change" if len(still) == 1 else "none of these changes"
        blocks.append(text(f"Moved alone over its whole range, {each} the most likely answer: {'; '.join(still)}."))
    if (rows or still) and forecast.arithmetic_in_draws is not None:
        told = (
            "A position is moved here by itself: that silent members lean with whoever moves is left out, and counted "
            "where a position is supposed ({}the sliders of the page)."
        )
        blocks.append(muted(told, Hint("'foedus forecast --set', ")))
    for decisive in forecast.hangs_on:
        blocks.append(
            text(
                "{}: if this were wrong, {} would be the most likely answer ({}).",
                Link(paraphrase_of(forecast, decisive.statement), f"statement-{decisive.statement}"),
                repr(decisive.after),
                share(decisive.probability),
                tone=STRONG,
            )
        )
    return Section("change", "What would change the answer", tuple(blocks))


def turning_words(threshold: BreakEven) -> str:
    """Return a break-even value with what the answer turns to, or where it was looked for in vain."""
    if threshold.value is None:
        return "nowhere" if threshold.low is None else f"nowhere from {threshold.low:g} to {threshold.high:g}"
    value = threshold.value if isinstance(threshold.value, str) else str(Number(threshold.value, "place"))
    return f"{value} to {threshold.after!r}" if threshold.after else value


def _stated(forecast: Forecast, threshold: BreakEven, ranges: dict[str, Range | dict[str, float]]) -> str:
    value = ranges.get(threshold.assumption)
    if isinstance(value, Range):
        return as_declared(value.mode, value.low, value.high)
    if value is not None:
        return "drawn"
    actor, _, field = threshold.assumption.rpartition(".")
    stand = forecast.case.member(actor).stand
    return span(stand.private if field == POSITION else stand.salience)


def why_sections(forecast: Forecast) -> tuple[Section, ...]:
    """Return what stands behind the answer: calibration, models that scored badly, and what taught the ensemble."""
    return called_section(forecast), models_section(forecast, worse=True), learned_section(forecast)


def called_section(forecast: Forecast) -> Section:
    """Return how often what was called so likely came, step by step, and what came later; empty if not known."""
    rows = [
        (f"{round(100 * row['from'])} to {round(100 * row['to'])} %", count(row["called"]), count(row["came"]))
        for row in ensemble.called_rows(forecast)
    ]
    blocks: list[Block] = [table(("called", "decisions", "came so"), rows, (1, 2), (2, 1.2, 1.2))] if rows else []
    if rows:
        blocks.append(text(later_words()))
    return Section("called", "How often such forecasts came true", tuple(blocks), 3)


def learned_section(forecast: Forecast) -> Section:
    """Return what taught the ensemble, and how far the case lies from that."""
    learned = f"{ensemble.learned_words(forecast)} {ensemble.weights_words(forecast)}"
    return Section(
        "learned", "What the ensemble learned from", (text(learned), text(ensemble.distance_words(forecast))), 3
    )
