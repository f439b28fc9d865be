"""What a choice among options without an order says, as sections, and as a page or a Word file of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from foedus._version import __version__
from foedus.base.days import Day, day_in_words
from foedus.base.wording import and_, percent, rounding_words, the
from foedus.cases.choices import FROM_RIVAL, Choosing, backers
from foedus.dossiers.approvals import of_two_minds
from foedus.dossiers.at_large import tells_number
from foedus.dossiers.changes import ASSUMPTIONS, FIELDS
from foedus.dossiers.leaving import leaving
from foedus.dossiers.said import (
    in_a_line,
    in_marks,
    side_of,
    told_together,
    under_condition,
    what_was_said,
    where_said,
    who_said,
)
from foedus.dossiers.silence import silence_leans
from foedus.dossiers.stands import FROM_PRIOR, PRIOR_AND_GROUP
from foedus.dossiers.supposed_silence import SILENCE
from foedus.evidence import highest
from foedus.explain import first_indices, scenarios
from foedus.explain.choice import ChoiceEvidence
from foedus.forecasts.choice import (
    ENOUGH_HEARD,
    UNSEEN,
    Against,
    Choice,
    Withdrawal,
    known_of,
    persons_tested,
)
from foedus.forecasts.choice_line import ChoicePoint
from foedus.reports.brief import QUOTED
from foedus.reports.charts import shares_chart
from foedus.reports.choice_evidence import (
    evidence_of_choice,
    of_the_silent,
    weighed_evidence,
    with_whom_it_turns,
    without_it,
)
from foedus.reports.content import annexes_section, no_longer_options, waiting_words
from foedus.reports.contradictions import contradictions
from foedus.reports.earlier import Earlier, changed_sides, what_changed
from foedus.reports.explained import INDEX_DRAWS, INDICES
from foedus.reports.explanations import indices_section, scenarios_section
from foedus.reports.judgement import confident, meeting_ahead
from foedus.reports.likelihood import likelihood_word
from foedus.reports.marking import marking_text
from foedus.reports.numbers import count, share
from foedus.reports.save import save_sections
from foedus.reports.sections import (
    HEADLINE,
    WORD,
    Bar,
    Bullets,
    Figure,
    Part,
    Section,
    Terms,
    Text,
    bullets,
    muted,
    table,
    text,
)
from foedus.reports.turned import turned_words
from foedus.reports.vega import Chart
from foedus.settlement.choosing import ACCEPTABLE, METHODS, RIVALS, SOUNDED, STOPPED

_FEW = 12
_NAMED, _GLANCE = 3, 6
"""Objectors of one option, and objections in all, that the first page names."""
_ASSUMED = "assumed: "
_ASSUMPTIONS = {
    FROM_PRIOR: "it has said nothing",
    PRIOR_AND_GROUP: "it has said nothing, but members at large or a group of its own have spoken",
    FROM_RIVAL: "it backs another option",
}
_STOPS = 0.5
"""Who objects to the front-runner in at least this share of draws is said to object."""
_RARELY = 0.10
"""Members of whom something is only assumed are named from this share of draws on."""


def choice_sections(
    choice: Choice,
    without: Choice | None = None,
    earlier: Earlier | None = None,
    evidence: ChoiceEvidence | None = None,
) -> tuple[Section | None, ...]:
    """Return what a choice says, the judgement first; None for what there is not.

    Parameters
    ----------
    choice
        The answer.
    without
        Where something is supposed: the answer without it.
    earlier
        An earlier answer to compare with.
    evidence
        What each statement does to the answer, where that was worked out.
    """
    return (
        _question(choice),
        _brief(choice, earlier, evidence),
        _candidates(choice, without),
        Section("options-chart", "", (Figure("options"),), media=(WORD,)),
        annexes_section(),
        _blockers(choice),
        _levers(choice),
        _said(choice),
        _grounds(choice),
    )


def judgement_words(choice: Choice) -> str:
    """Return the judgement in a sentence."""
    best, made = choice.likeliest, choice.choosing
    body = the(made.table.body.name_on(made.meeting.on))
    word = likelihood_word(best.probability)
    begin = f"{'There' if word == 'almost no chance' else 'It'} is {word} ({percent(best.probability)}) that"
    likeliest_of = f"No outcome is likely by itself; the likeliest of {len(choice.candidates)} is that {body}"
    open_ = word in {"unlikely", "very unlikely"}
    if best.label != made.issue.status_quo and open_:
        return f"{likeliest_of} chooses {best.label} at {made.meeting.name} ({percent(best.probability)})."
    if best.label == made.issue.status_quo:
        second = max(
            (o for o in choice.candidates if o.approve is not None), key=lambda candidate: candidate.probability
        )
        told = likeliest_of if open_ else f"{begin} {body}"
        return (
            f"{told} chooses none of them at {made.meeting.name} ({best.label!r}"
            f"{f', {percent(best.probability)}' if open_ else ''}). Of the candidates {second.label} has the best "
            f"chance ({percent(second.probability)})."
        )
    return f"{begin} {body} chooses {best.label} at {made.meeting.name}."


def _question(choice: Choice) -> Section:
    """Return what was asked, of whom, under which rule, and what was known."""
    made, case = choice.choosing, choice.choosing.table
    kind = "Reconstruction, uses what was known after the meeting" if made.reconstruction else "Forecast"
    if made.dossier.supposed:
        kind = f"SUPPOSITION, not a forecast: {_supposed(choice)}"
    asked = text(
        "{}. {}, {} ({}); {} seats; rule: {}; how it chooses: {}, {}.",
        kind,
        case.body.name_on(made.meeting.on),
        made.meeting.name,
        str(made.meeting.on),
        count(len(case.seats)),
        f"{case.rule.words()}{_own_rules(made)}",
        made.issue.method,
        METHODS[made.issue.method],
    )
    known = muted("What was known by {}; {} draws, seed {}.", str(made.as_of), count(choice.draws), str(choice.seed))
    return Section("question", made.issue.question, (marking_text(_highest_marking(choice)), asked, known), 1)


def _brief(choice: Choice, earlier: Earlier | None, evidence: ChoiceEvidence | None) -> Section:
    """Return the judgement, who is against whom and why, what is asked, what would change our mind, what comes next."""
    made = choice.choosing
    told = [
        contradictions(made.dossier, made.issue, made.as_of, {seat.actor for seat in made.table.seats}),
        *_may_have_left(choice),
        _standing(choice),
        waiting_words(made.dossier, made.issue, made.as_of),
        no_longer_options(made.dossier.issue(made.issue.id), made.as_of),
    ]
    lines = [Text((words,)) for words in told if words]
    return Section(
        "brief",
        "",
        (text(judgement_words(choice), tone=HEADLINE), *lines, Terms(tuple(_at_a_glance(choice, earlier, evidence)))),
    )


def _own_rules(made: Choosing) -> str:
    """Return the rules of options that are decided by another than the others; empty where there are none."""
    own = [(label, case.rule.words()) for label, case in made.cases.items() if case.rule != made.table.rule]
    return "".join(f"; for {label} {words}" for label, words in own)


def _may_have_left(choice: Choice) -> Iterator[str]:
    """Yield a sentence for each candidate who has left the race by what a source says, and is on the table here."""
    made = choice.choosing
    for exit_ in leaving(made.dossier, made.issue, made.as_of):
        when = f" ({exit_.day})" if exit_.day else ""
        told = (
            f"{exit_.option} may have left the race: {exit_.title}{when} says {in_marks(exit_.words)}. This forecast "
            f"still counts {exit_.option} as a candidate; 'foedus check' names the command that ends it."
        )
        yield told.replace("{", "(").replace("}", ")")


def _standing(choice: Choice) -> str:
    """Tell who leads by what was said, and what it means that the front-runner is stopped, and who backs several."""
    made, first = choice.choosing, choice.front_runner
    world, every = made.dossier.world, backers(made)
    both = of_two_minds(made.dossier, made.issue, made.as_of)
    aside = ", and is not counted here" if first else ""
    several = "".join(
        f" {world.name(who)} backs {'both ' if len(named) == 2 else ''}{and_(named)}{aside}."
        for who, named in both.items()
        if who != made.at_large
    )
    if not first:
        return several.strip()
    backed = {label: sum(who != made.at_large and who not in both for who in who_) for label, who_ in every.items()}
    rest = [f"{backed[label]} {label}" for label in made.labels if label != first and backed[label]]
    others = f", {and_(rest)}" if rest else ""
    voices = "voice backs" if backed[first] == 1 else "voices back"
    grouped = any(world.actors[who].kind != "state" for named in every.values() for who in named)
    told = f"{backed[first]} {voices} {first}{others}{'; a group counts as one' if grouped else ''}."
    if not any(backed.values()):
        told = ""
    told += several
    large = [label for label, supporters in every.items() if made.at_large in supporters]
    if large:
        told += f" {and_([f'{_how_many(made, label)} are said to back {label}' for label in large])}."
    known = [
        objection
        for objection in choice.against
        if objection.option == first and known_of(made, first, objection.actor)
    ]
    stops = [objection for objection in known if objection.probability >= _STOPS]
    if stops and len(made.labels) > 1 and not choice.votes and made.issue.method in SOUNDED:
        who = and_([_name(choice, stop.actor) for stop in stops[:_NAMED]])
        told += (
            f" {who} {'objects' if len(stops) == 1 else 'object'} to the front-runner. Of {STOPPED} "
            f"front-runners stopped in this way, {RIVALS} lost to a declared rival on the day; mostly the "
            f"choice was postponed. So more voices for {first} make it likelier both that {first} is chosen and that "
            "nobody is, at the cost of the others, until that objection falls."
        )
    return told.strip()


def _at_a_glance(
    choice: Choice, earlier: Earlier | None, evidence: ChoiceEvidence | None
) -> Iterator[tuple[str, Text | Bullets]]:
    """Yield what a brief tells on its first page, in the order of a brief on a line."""
    made, against = choice.choosing, []
    silent, seats = len(_silent(choice)), len(made.table.seats)
    have = "has" if silent == 1 else "have"
    unheard = f"; {silent} of {seats} members {have} said nothing about any option" if silent else ""
    chance = choice.likeliest.probability
    why = f"{_tested(choice)}{unheard}"
    yield "Confidence", text(confident(likelihood_word(chance), choice.confidence, why))
    for label in made.labels:
        known = [
            objection
            for objection in choice.against
            if objection.option == label and known_of(made, label, objection.actor)
        ]
        for objection in known[:_NAMED]:
            words = f"{_name(choice, objection.actor)} is against {label} ({{}}): {_in_its_words(choice, objection)}"
            against.append(text(words, share(objection.probability)))
    if against:
        yield "Who is against", Bullets(tuple(against[:_GLANCE]))
    cases = tuple(made.cases.values())
    if earlier is None and (turned := changed_sides(cases, made.dossier)):
        yield "Who has changed sides", text(turned_words(made.dossier, turned))
    if asked := _conditions(choice):
        yield "What they ask", bullets(asked)
    turns = [
        text(
            f"if {_act(choice, withdrawal)}, it would be at {{}} instead of {{}}",
            share(withdrawal.probability_after), share(withdrawal.probability_before),
        )
        for withdrawal in choice.withdrawals[:_NAMED]
    ]  # fmt: skip
    turns += without_it(evidence) if evidence else []
    if turns:
        yield "What would change our mind", Bullets(tuple(turns))
    watched = [
        text(f"{watch_entry.what}{f' (until {watch_entry.until})' if watch_entry.until else ''}")
        for watch_entry in made.dossier.settings.watch
        if watch_entry.issue == made.issue.id
        and (watch_entry.known_on is None or watch_entry.known_on <= made.as_of)
        and (watch_entry.until is None or made.as_of <= watch_entry.until <= made.meeting.on)
    ]
    if earlier is not None:
        now = {candidate.label: candidate.probability for candidate in choice.candidates}
        changed = what_changed(now, cases, made.dossier, earlier)
        yield f"Changed since {earlier.as_of}", changed
    meeting = text(meeting_ahead(made.meeting, made.as_of))
    yield "What comes next", Bullets((*watched, meeting))


def _highest_marking(choice: Choice) -> str:
    """Return the highest marking of what the choice rests on: statements, their sources, approvals by hand."""
    made = choice.choosing
    used = {
        contribution.statement
        for case in made.cases.values()
        for m in case.members
        for contribution in m.stand.contributions
    }
    by_hand = [preference.marking for preference in made.dossier.preferences if preference.issue == made.issue.id]
    return highest([*made.dossier.markings_of(used), *by_hand])


def _tested(choice: Choice) -> str:
    if choice.votes:
        return "forecasts of a choice among persons or places by vote have not been tested"
    tested = persons_tested()
    return (
        "of {decisions} past appointments, each forecast without its own dispute, the track-record model called "
        "{called} more likely than not, and {came} of these were made"
    ).format(**tested)


def _supposed(choice: Choice) -> str:
    """Return what is supposed, such as "Hungary approves of Mark Rutte at 80"."""
    told = []
    for change in choice.choosing.dossier.supposed:
        if change.actor == ASSUMPTIONS:
            told.append(f"the assumption {change.field} is {change.numbers.mode:g}")
            continue
        if change.actor == SILENCE:
            what = "approves of an option at" if change.field == "position" else f"has its {change.field} at"
            told.append(f"a silent member {what} {change.numbers.mode:g}")
            continue
        what = f"approves of {change.field} at" if change.field not in FIELDS else f"has its {change.field} at"
        since = f" from {change.since} on" if change.since else ""
        told.append(f"{choice.choosing.dossier.world.name(change.actor)} {what} {change.numbers.mode:g}{since}")
    return "; ".join(told)


def _candidates(choice: Choice, without: Choice | None) -> Section:
    rows: list[list[Part]] = [
        [
            candidate.label,
            share(candidate.probability),
            Bar(candidate.probability),
            *([] if without is None else [share(without.probability(candidate.label))]),
            "" if candidate.approve is None else share(candidate.approve),
            "" if candidate.first is None else share(candidate.first),
        ]
        for candidate in choice.candidates
    ]
    beside = [] if without is None else ["without the supposition"]
    heading = ["option", "is chosen", "", *beside, "could live with", "first choice of"]
    widths = (3.2, 1.4, 0.1, *(1.8 for _ in beside), 1.8, 1.8)
    kept = table(heading, rows, [1, *range(3, len(heading))], widths)
    rounded = rounding_words([candidate.probability for candidate in choice.candidates])
    note = muted(
        "'Could live with' and 'first choice of' are mean shares of the seats. A member that backs one "
        "candidate, or none, is assumed to be able to live with the others unless it says otherwise.{}",
        f" {rounded}" if rounded else "",
    )
    return Section("options", "Who could be chosen", (kept, note))


def _blockers(choice: Choice) -> Section | None:
    if not choice.against:
        return None
    does = "votes against" if choice.votes else "objects"
    spoken: list[list[Part]] = []
    assumed: dict[tuple[str, str], list[Against]] = {}
    for objection in choice.against:
        why = _why(choice, objection)
        if why.startswith(_ASSUMED) and objection.probability < _RARELY:
            continue
        if why.startswith(_ASSUMED):
            assumed.setdefault((objection.option, why), []).append(objection)
        else:
            spoken.append(
                [
                    objection.option,
                    _name(choice, objection.actor),
                    share(objection.probability),
                    share(objection.sole),
                    why,
                ]
            )
    for (option, why), alike in assumed.items():
        names = tuple(_name(choice, objection.actor) for objection in alike)
        each = sum(objection.probability for objection in alike) / len(alike)
        alone = sum(objection.sole for objection in alike) / len(alike)
        who = in_a_line(names, "").removesuffix(": ") + (", each" if len(alike) > 1 else "")
        spoken.append([option, who, share(each), share(alone), why])
    if not spoken:
        return None
    kept = table(["option", "who", does, "alone", "because"], spoken, numbers=[2, 3], widths=[3, 4, 2, 2, 6])
    return Section("blockers", "Who stands in whose way", (kept,))


def _in_its_words(choice: Choice, objection: Against) -> str:
    """Return what an objection rests on, in the words of the source where they are there."""
    for contribution in choice.choosing.cases[objection.option].member(objection.actor).stand.contributions:
        statement = contribution.statement
        if contribution.target is not None and contribution.target < ACCEPTABLE and statement.quote:
            where = where_said(choice.choosing.dossier, statement)
            quoted = f"{in_marks(statement.quote, QUOTED)} ({where}, {day_in_words(statement.said_on)})"
            return quoted.replace("{", "(").replace("}", ")")
    return _why(choice, objection)


def _why(choice: Choice, objection: Against) -> str:
    """Return in words what an objection rests on: the weightiest statement against, or what is assumed."""
    member = choice.choosing.cases[objection.option].member(objection.actor)
    dossier = choice.choosing.dossier
    for contribution in member.stand.contributions:
        if contribution.target is not None and contribution.target < 50:
            statement = contribution.statement
            return f"{what_was_said(dossier, statement)} ({day_in_words(statement.said_on)})"
    if member.stand.note:
        return member.stand.note
    return _ASSUMED + _ASSUMPTIONS.get(member.stand.basis, member.stand.basis)


def _conditions(choice: Choice) -> list[str]:
    """Return what is asked: the conditions that statements name, with the passage."""
    made, rows, seen = choice.choosing, [], set()
    for label, case in made.cases.items():
        for member in case.members:
            for contribution in member.stand.contributions:
                statement = contribution.statement
                if statement.condition and not contribution.superseded_by and statement.id not in seen:
                    seen.add(statement.id)
                    where = f"{where_said(made.dossier, statement)}, {day_in_words(statement.said_on)}"
                    rows.append(f"{member.name} {side_of(statement)} {label} {under_condition(statement)} ({where})")
    return rows


def _levers(choice: Choice) -> Section | None:
    if len(choice.withdrawals) <= _NAMED:  # the brief has them all
        return None
    rows: list[list[Part]] = [
        [
            _act(choice, withdrawal),
            share(withdrawal.probability_before),
            share(withdrawal.probability_after),
        ]
        for withdrawal in choice.withdrawals[:_FEW]
    ]
    heading = ["if", "chosen now", "chosen then"]
    return Section("levers", "What would change it", (table(heading, rows, numbers=[1, 2], widths=[10, 3, 3]),))


def _act(choice: Choice, withdrawal: Withdrawal) -> str:
    """Return who would have to give up what, such as ``France and Italy no longer object to Brodin``."""
    who, alone = and_([_name(choice, actor) for actor in withdrawal.actors]), len(withdrawal.actors) == 1
    if choice.votes:
        return f"{who} {'comes' if alone else 'come'} round to {withdrawal.option}"
    return f"{who} no longer {'objects' if alone else 'object'} to {withdrawal.option}"


def _said(choice: Choice) -> Section | None:
    """Tell who approves of whom and on what that rests, statement by statement."""
    made = choice.choosing
    told: dict[tuple[Day, str, str], list[str]] = {}
    seen: set[str] = set()
    for case in made.cases.values():
        for member in case.members:
            for contribution in member.stand.contributions:
                statement = contribution.statement
                if statement.id not in seen:
                    seen.add(statement.id)
                    words = what_was_said(made.dossier, statement)
                    words += " (replaced by what it said later)" if contribution.superseded_by else ""
                    key = statement.said_on, words, where_said(made.dossier, statement)
                    told.setdefault(key, []).append(who_said(made.dossier, statement))
    of = {concept.id: concept.option for concept in made.dossier.concepts}
    for statement in made.dossier.statements_on(made.issue.id, made.as_of):
        if statement.id not in seen and of[statement.concept] and of[statement.concept] not in made.labels:
            words = f"{what_was_said(made.dossier, statement)} (about {of[statement.concept]}, no longer on the table)"
            key = statement.said_on, words, where_said(made.dossier, statement)
            told.setdefault(key, []).append(who_said(made.dossier, statement))
    if not told:
        return None
    by_day = sorted(told.items(), key=lambda item: item[0][0])
    rows = [[day_in_words(day), in_a_line(tuple(who), words), source] for (day, words, source), who in by_day]
    return Section("said", "What was said", (table(["day", "what", "source"], rows, widths=[2, 10, 4]),))


def _grounds(choice: Choice) -> Section:
    made = choice.choosing
    silent = _silent(choice)
    note = made.dossier.prior(made.issue.id).note.rstrip(".")
    leans = silence_leans(made.dossier.issue(made.issue.id), made.dossier.prior(made.issue.id))
    blocks = [text(f"Assumed for members that have not spoken: {note}. In numbers: {leans}.")]
    if silent:
        names = f": {', '.join(sorted(silent))}" if len(silent) <= _FEW else ""
        have = "member has" if len(silent) == 1 else "members have"
        blocks.append(text("{} {} said nothing about any option{}.", count(len(silent)), have, names))
    if not choice.votes and made.heard_share < ENOUGH_HEARD:
        blocks.append(
            text(
                "Fewer than half of the members were heard ({}). So each option passes less often than the "
                "track record alone suggests: of seven persons against whom nobody had spoken, five were "
                "appointed on the day.",
                share(made.heard_share),
            )
        )
    if silent and len(made.labels) > 1:
        blocks.append(
            text(
                "One draw decides how all silent members split: like those who have spoken, with a margin "
                "of error that is wide where few have{}.",
                ", and where votes are counted wider still" if choice.votes else "",
            )
        )
    if choice.votes:
        blocks.append(
            text(
                "A vote ends otherwise than voices and silent members say in {} of the draws: no vote on persons has "
                "been scored, and of twelve persons called more likely than not where bodies decide by consensus, two "
                "were not appointed. What is intended is not yet a vote cast.",
                share(UNSEEN),
            )
        )
    blocks.append(
        muted(
            f"Made by Foedus {__version__} from {choice.draws:,} draws, seed {choice.seed}; inputs "
            f"{made.dossier.inputs_sha256[:12]}. The percentages follow from declared assumptions; they are not "
            "calibrated."
        )
    )
    return Section("grounds", "On what this rests", tuple(blocks))


def _silent(choice: Choice) -> list[str]:
    """Return the names of the members of whom there is no statement on any option, and no approval set by hand."""
    made = choice.choosing
    return [seat.name for seat in made.table.seats if not made.heard(seat.actor)]


def _name(choice: Choice, actor: str) -> str:
    return choice.choosing.table.member(actor).name


def _how_many(made: Choosing, label: str) -> str:
    """Return how many members at large are said to back an option, as the latest statement tells it."""
    claims = {
        concept.id for concept in made.dossier.concepts if concept.issue == made.issue.id and concept.option == label
    }
    told = [
        statement
        for statement in made.dossier.statements_on(made.issue.id, made.as_of)
        if statement.actor == made.at_large and statement.concept in claims and statement.stance > 0
    ]
    latest = max(told, key=lambda statement: (statement.said_on, statement.id), default=None)
    return latest.person if latest is not None and tells_number(latest) else "Members at large"


def timeline_section(points: Sequence[ChoicePoint]) -> Section:
    """Return how likely each option was as of each day of news, and what the news was."""
    dossier = points[0].choice.choosing.dossier
    issue = dossier.issue(points[0].choice.choosing.issue.id)
    labels = [option.label for option in issue.options]
    rows = []
    for point in points:
        news = [
            *(f"{label} is on the table" for label in point.entered),
            *(f"{label} withdraws" for label in point.withdrawn),
        ]
        news += [in_a_line(names, words) for names, words in told_together(dossier, point.statements)]
        on = {candidate.label for candidate in point.choice.candidates}
        cells: list[Part] = [share(point.choice.probability(label)) if label in on else "-" for label in labels]
        rows.append([str(point.day), *cells, "; ".join(news)])
    blocks = (
        table(["day", *labels, "news"], rows, numbers=range(1, 1 + len(labels))),
        muted(
            "A dash marks an option that was not on the table. Between days with news, only the age of "
            "statements moves the forecast."
        ),
    )
    made = points[-1].choice.choosing
    told = text(f"{made.table.body.name_on(made.meeting.on)}, {made.meeting.name} ({made.meeting.on})")
    return Section("timeline", issue.question, (told, *blocks))


def _explained(choice: Choice, evidence: ChoiceEvidence) -> tuple[Section | None, ...]:
    """Return what a page and a Word file tell beside the brief: evidence, the dossier's scenarios, the uncertain."""
    draws = min(choice.draws, INDEX_DRAWS)
    told = [index for index in first_indices(choice, draws, INDICES) if not of_the_silent(choice, index.name)]
    uncertain = indices_section(choice, told, draws)
    named = choice.choosing.dossier.settings.scenarios
    return (
        evidence_of_choice(evidence),
        scenarios_section(scenarios(choice)) if named else None,
        with_whom_it_turns(uncertain, evidence),
    )


def save_choice(
    choice: Choice, path: Path | str, *, by: str = "", without: Choice | None = None, earlier: Earlier | None = None
) -> None:
    """Write the brief of a choice: ``FILE.html``, ``FILE.docx`` or ``FILE.pdf``, signed by somebody.

    Raises
    ------
    FoedusError
        For any other ending, a missing folder, or a file that cannot be written.
    """
    made = choice.choosing
    evidence = weighed_evidence(choice)
    sections = (*choice_sections(choice, without, earlier, evidence), *_explained(choice, evidence))
    shares = [(candidate.label, candidate.probability) for candidate in choice.candidates]

    def draw(width: int) -> Chart:
        return shares_chart(shares, width)

    save_sections(
        made.issue.question,
        sections,
        path,
        made.as_of,
        _highest_marking(choice),
        by=by,
        charts={"options": draw},
        shares=shares,
    )
