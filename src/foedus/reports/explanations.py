"""What explains a forecast and what would change it, as sections."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.base.days import day_in_words, on_day
from foedus.base.wording import and_, at_the_start, counted
from foedus.dossiers import Dossier
from foedus.dossiers.said import of_whoever, what_was_said, where_said
from foedus.evidence import Statement
from foedus.explain import EvidenceInfluence, Index, Lever, Scenarios, Sensitivity
from foedus.explain.evidence import Effect, Together
from foedus.explain.experiments import BODY, SILENT
from foedus.explain.keeping import Hold
from foedus.explain.levers import most_pivotal, narrowing_helps, searched_draws
from foedus.explain.paths import next_less
from foedus.forecasts import Forecast
from foedus.forecasts.choice import Choice
from foedus.reports.acts import acts_section, lever_in_words
from foedus.reports.beside import line_section
from foedus.reports.charts import moves_anything
from foedus.reports.explained import EVIDENCE_CHANGES, INDEX_DRAWS, INDICES, Explanation
from foedus.reports.judgement import balanced_words, name_of_input
from foedus.reports.numbers import Number, change, count, error_of, share
from foedus.reports.sections import (
    ON_PAPER,
    STRONG,
    Block,
    Cell,
    Figure,
    Link,
    Part,
    Section,
    cell,
    muted,
    table,
    text,
)

_LEVERS = _STATEMENTS = _LEARNING = 6
LISTED = 12
"""How many rows a terminal shows of a long table."""

_CERTAIN = 0.95
_LEAST_HITS = 0.0005
"""What is printed as 0.0 points is not worth asking for."""

_LEAST_SHARE = 0.005


def explanation_sections(forecast: Forecast, explained: Explanation) -> tuple[Section | None, ...]:
    """Return what a report tells beside the forecast, in order; None for what there is not."""
    case, want = forecast.case, forecast.case.issue.proposal
    mover = explained.mover
    levers = None
    if mover is not None and explained.levers:
        whose = f"one input of {case.member(mover).name} or of an option"
        levers = levers_section(forecast, want, 0.5, explained.levers, searched_draws(forecast), whose, _LEVERS)
    return (
        acts_section(case, want, explained.acts),
        levers,
        Section("sweeps", "", (Figure("sweeps"),) if moves_anything(forecast) else (), media=ON_PAPER),
        None if explained.scenarios is None else scenarios_section(explained.scenarios, 3),
        None if explained.evidence is None else evidence_section(explained.evidence),
        None if explained.evidence is None or case.reconstruction else learning_section(explained.evidence),
        indices_section(forecast, explained.indices, min(INDEX_DRAWS, forecast.draws)),
        line_section(explained.line, case.dossier) if explained.line and len(explained.line.points) > 1 else None,
    )


def levers_section(
    forecast: Forecast,
    want: str,
    threshold: float,
    levers: Sequence[Lever],
    draws: int,
    whose: str = "one input",
    most: int = LISTED,
) -> Section:
    """Return the smallest changes that lift an option past a threshold, those that reach it first.

    Parameters
    ----------
    forecast, want, threshold, found
        What `foedus.levers` was asked and what it returned.
    draws
        Behind each probability.
    whose
        What was moved, in words.
    most
        How many changes are listed.
    """
    title = f"What would raise {want!r} past {share(threshold)}"
    if not levers and forecast.probability(want) >= threshold:
        return Section(
            "levers", title, (text("{} is at {} already.", repr(want), share(forecast.probability(want))),), 3
        )
    rows = [
        (
            cell(*lever_in_words(forecast, lever)),
            lever.option,
            cell(share(lever.probability_before), " to ", share(lever.probability_after)),
            Number(lever.size, "weight"),
            "yes" if lever.reached else "no",
        )
        for lever in levers[:most]
    ]
    headings = ("act", "option raised", "probability", "size", "reached")
    words = muted(
        "The smallest changes, each of {} ({} draws, the same before and after; a standard error of at most "
        "{} points). Where the table names another option than {}, that option lies on the way there and "
        "is raised instead. Size is a share of the input's range, or of the line that is given up by settling "
        "for another option, whichever is more.",
        whose,
        count(draws),
        error_of(draws),
        repr(want),
    )
    blocks: list[Block] = []
    if not rows:
        blocks.append(text(f"No change of {whose} raises it: {share(forecast.probability(want))} is what there is."))
    else:
        blocks.append(table(headings, rows, (2, 3), (5.2, 2.6, 2.4, 1.0, 1.4)))
    lesser, moved = next_less(forecast.case, want), most_pivotal(forecast, want)
    if lesser is not None and not narrowing_helps(forecast, want):
        blocks.append(
            text(f"A text between {lesser!r} and {want!r} wins nobody: those who object to one object to both.")
        )
    if whose == "one input" and len(moved) < len(forecast.case.members):
        voices = len(forecast.case.members) - len(forecast.case.seats)
        blocks.append(
            muted(
                "Of {}{}, the {} that matter most were moved one after the other; --for ACTOR moves another.",
                counted(len(forecast.case.seats), "member"),
                f" and {counted(voices, 'voice')} without a vote" if voices else "",
                count(len(moved)),
            )
        )
    if len(levers) > most:
        blocks.append(
            muted("{} weaker changes are left out; the command's --json lists all.", count(len(levers) - most))
        )
    return Section("levers", title, (*blocks, *((words,) if rows else ())), 3)


def holds_section(forecast: Forecast, want: str, holds: Sequence[Hold], draws: int) -> Section | None:
    """Return whom a likely option rests on: whom to hold, and who is still needed; None where nobody is listed."""
    if not holds:
        return None
    case = forecast.case
    rows = [
        (
            case.member(hold.actor).name,
            {"for": "for: hold it", "against": "against", "no side named": "no side named: ask it"}.get(
                hold.side, hold.side
            ),
            share(hold.if_against),
            share(hold.if_for),
        )
        for hold in holds
    ]
    words = muted(
        "How likely {} is where one of them wants no change and says so, or wants the option and says so; it is {} as "
        "things are ({} draws, the same in each; a standard error of at most {} points). No model here says what would "
        "bring that about.",
        repr(want),
        share(forecast.probability(want)),
        count(draws),
        error_of(draws),
    )
    kept = table(("member", "now", "if against", "if for"), rows, (2, 3), (4, 4, 2, 2))
    return Section("holds", f"Whom {want!r} rests on", (kept, words), 3)


def scenarios_section(scenarios: Scenarios, level: int = 2) -> Section:
    """Return the scenarios side by side, each option with its difference from the forecast and that one's error."""
    rows: list[list[Part | Cell]] = [["the forecast", *(share(chance) for chance in scenarios.base)]]
    for scenario in scenarios.scenarios:
        cells = [
            cell(share(chance), below=(change(apart), " ± ", Number(error, "error")))
            for chance, apart, error in zip(scenario.probabilities, scenario.differences, scenario.errors, strict=True)
        ]
        rows.append([scenario.title, *cells])
    options = scenarios.options
    words = muted(
        "Below each probability the difference from the forecast in percentage points and its standard error over {} "
        "pairs of draws.",
        count(scenarios.question.draws),
    )
    kept = table(("scenario", *options), rows, range(1, len(options) + 1), (2.0, *(1.2 for _ in options)))
    if not scenarios.scenarios:
        words = text(f"The dossier has no scenario to set beside the forecast. {how_to_write(scenarios)}")
    title = "Scenarios that the dossier names" if scenarios.scenarios else "The forecast, and no scenario beside it"
    return Section("scenarios", title, (kept, words), level)


def how_to_write(scenarios: Scenarios) -> str:
    """Return how to name a scenario in a dossier: a line that fits the issue."""
    answer = scenarios.forecast
    case = answer.choosing.table if isinstance(answer, Choice) else answer.case
    issue = case.dossier.issue(scenarios.question.issue.id).on_the_table(scenarios.question.as_of)
    member = next((seat for seat in case.seats if seat.stand.contributions), case.seats[0])
    change = next(option for option in issue.options if option.label != issue.status_quo)
    field, value = ("position", issue.option(issue.proposal).at) if issue.ordered else (change.label, 80.0)
    return (
        "To add one, write this into dossier.yaml with your own names and values: scenarios: [{id: "
        f'comes-round, title: "{member.name} comes round", set: {{"{member.actor}.{issue.id}.{field}": '
        f"{value:g}}}}}]"
    )


def evidence_section(
    influence: EvidenceInfluence, changes: Sequence[str] = EVIDENCE_CHANGES, most: int | None = None
) -> Section:
    """Return each statement with what each change of it does, the strongest first.

    Parameters
    ----------
    influence
        What `foedus.influence_of_evidence` returned.
    changes
        Which of its changes are shown, a column each.
    most
        How many statements are listed; by default all.
    """
    dossier, balanced = influence.forecast.case.dossier, balanced_words(influence.forecast)
    together = [passage for passage in influence.together if passage.change in changes]
    return effects_section(
        dossier, influence.effects, influence.option, influence.draws, changes, most, balanced, together
    )


def effects_section(
    dossier: Dossier,
    listed_effects: Sequence[Effect],
    option: str,
    draws: int,
    changes: Sequence[str] = EVIDENCE_CHANGES,
    most: int | None = None,
    balanced: str = "",
    together: Sequence[Together] = (),
) -> Section:
    """Return what each change of each statement does to the chance of an option.

    Parameters
    ----------
    dossier
        It has the statements.
    found, option, draws
        The strongest first; the option asked about; how many draws each takes.
    changes, most
        As in `evidence_section`.
    balanced
        That the two likeliest answers are evenly balanced, in words, where they are.
    together
        What changes of all statements of one passage at once do.
    """
    effects = {(effect.statement, effect.change): effect for effect in listed_effects}
    said = {statement.id: statement for statement in dossier.statements}
    alike: dict[tuple[str, ...], list[str]] = {}
    turning: list[str] = []
    flipping = {effect.statement for effect in listed_effects if effect.flips and effect.change in changes}
    ranked = dict.fromkeys(effect.statement for effect in listed_effects)
    for statement in sorted(ranked, key=lambda statement: statement not in flipping):
        each = [effects[statement, kind] for kind in changes]
        day = day_in_words(said[statement].said_on)
        turns = _turns({effect.change: effect.likeliest for effect in each if effect.flips}, len(changes))
        if turns:
            turning.append(f"{dossier.world.name(each[0].actor)} {on_day(said[statement].said_on)}")
        shares = (str(share(effect.after)) for effect in each)
        alike.setdefault((turns, day, of_whoever(dossier, said[statement]), *shares), []).append(statement)
    rows: list[tuple[Part | Cell, ...]] = [
        (
            cell(*_linked(dossier, [said[id_] for id_ in same]), below=(day,)),
            at_the_start(words) if len(same) > 1 else what_was_said(dossier, said[same[0]]),
            *(share(effects[same[0], kind].after) for kind in changes),
            *((turns,) if flipping else ()),
        )
        for (turns, day, words, *_), same in alike.items()
    ]
    shown = max(_STATEMENTS, sum(bool(turns) for turns, *_ in alike))
    folded = sum(len(same) for same in list(alike.values())[shown:])
    headings = (
        "who and when",
        "what was said",
        *(_CHANGES[kind] for kind in changes),
        *(("changes the answer to",) if flipping else ()),
    )
    kept = table(
        headings,
        rows[:most],
        range(2, 2 + len(changes)),
        (1.9, 6.4, *(1.2 for _ in changes), *((1.8,) if flipping else ())),
        shown,
        f"{counted(folded, 'more statement')}, which change{'s' if folded == 1 else ''} no answer and "
        f"move{'s' if folded == 1 else ''} the forecast less",
    )
    title = "Which evidence carries the answer"
    if not rows:
        return Section("evidence", title, (text("No statement moves a number."),))
    words = muted(
        "Probability of {}, {} as it stands, when one statement is left out or taken for its opposite ({} "
        "draws, the same before and after; a standard error of at most {} points). Statements that change "
        "the answer come first, then those that move it most.",
        option,
        share(listed_effects[0].before),
        count(draws),
        error_of(draws),
    )
    blocks: list[Block] = [text("{}", _verdict(turning, balanced), tone=STRONG)]
    if together and not (turning and not any(each.flips for each in together)):
        blocks.append(text("{}", _of_one_passage(dossier, together), tone=STRONG))
    blocks.append(kept)
    if most is not None and len(rows) > most:
        blocks.append(
            muted(
                "{} weaker statements are left out; the command's --json lists all.",
                count(sum(len(same) for same in list(alike.values())[most:])),
            )
        )
    return Section("evidence", title, (*blocks, words))


def _linked(dossier: Dossier, same: Sequence[Statement]) -> list[Part]:
    """Return who made statements of the same words, each name leading to its own statement."""
    parts: list[Part] = []
    for place, statement in enumerate(same):
        between = "" if not place else " and " if place == len(same) - 1 else ", "
        parts += [between, Link(dossier.world.name(statement.actor), f"statement-{statement.id}")]
    return parts[1:]


_CHANGES = {"dropped": "left out", "reversed": "opposite", "aged": "one half-life older"}
_WRONG = {"dropped": "left out", "reversed": "the opposite holds", "aged": "one half-life older"}


def _turns(after: dict[str, str], changes: int) -> str:
    """Return what the answer turns to, and by which changes where not by each of them."""
    answers = set(after.values())
    if len(after) == changes and len(answers) == 1:
        return answers.pop()
    return "; ".join(f"{answer} if {_WRONG[kind]}" for kind, answer in after.items())


def _verdict(turning: Sequence[str], balanced: str) -> str:
    """Return in a sentence which single statement, if wrong, turns the answer."""
    if balanced and len(turning) == 1:
        return f"{balanced}. A single statement is enough, if it is wrong: {turning[0]}."
    if balanced and turning:
        return f"{balanced}. Each of {len(turning)} statements is enough, if it alone is wrong: {', '.join(turning)}."
    if not turning:
        return "No single statement changes the most likely answer, whether left out or reversed."
    if len(turning) == 1:
        return f"One statement, if it is wrong, changes the most likely answer: {turning[0]}."
    return (
        f"Each of {len(turning)} statements, if it alone is wrong, changes the most likely answer: "
        f"{', '.join(turning)}."
    )


def _of_one_passage(dossier: Dossier, passages: Sequence[Together]) -> str:
    """Return what happens where all statements of one passage are wrong together; that it turns nothing, if so."""
    told: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for passage in (passage for passage in passages if passage.flips):
        told.setdefault((passage.statements, passage.likeliest), []).append(_WRONG[passage.change])
    if not told:
        return "Statements that rest on one passage, changed together, do not change it either."
    said = {statement.id: statement for statement in dossier.statements}
    lines = []
    for (ids, likeliest), changes in list(told.items())[:_PASSAGES]:
        first = said[ids[0]]
        names = list(dict.fromkeys(dossier.world.name(said[id_].actor) for id_ in ids))
        who = and_(names) if len(names) <= _STATEMENTS else f"{and_(names[:3])} and {len(names) - 3} more"
        where = f"{where_said(dossier, first)}, {day_in_words(first.said_on)}"
        lines.append(f"{likeliest!r} if {' or '.join(changes)} for {who} together ({where})")
    return f"Several statements rest on one passage. The most likely answer would be {'; '.join(lines)}."


_PASSAGES = 3
"""Passages that are named."""


def learning_section(influence: EvidenceInfluence) -> Section:
    """Return whose position or salience is most worth learning."""
    names = {member.actor: member.name for member in influence.forecast.case.members}
    rows = [
        (f"{names[learning.actor]}'s {learning.input}", cell(Number(learning.hits, "error"), " points"))
        for learning in influence.learning
        if learning.brier > influence.noise and learning.hits >= _LEAST_HITS
    ][:_LEARNING]
    title = "Whose position is most worth learning"
    if not rows:
        told = muted(
            "Learning any one actor's position for certain would help little: the forecast would name the "
            "right outcome no more often than chance explains.",
        )
        return Section("learning", title, (told,), 3)
    words = muted(
        "By how many percentage points the forecast would name the right outcome more often, averaged over "
        "what one might learn. Inputs whose effect cannot be told from chance are left out.",
    )
    headings = ("known for certain", "right more often by")
    return Section("learning", title, (table(headings, rows, (1,)), words), 3)


def indices_section(forecast: Forecast | Choice, indices: Sequence[Index], draws: int) -> Section | None:
    """Return which inputs explain the most of the outcome's variance by themselves; None if none explains any."""
    rows = _index_rows(forecast, indices)
    if not rows:
        return None
    words = muted(
        "First-order Sobol indices: the share of the variance that each input explains by itself, from {} "
        "of the forecast's own draws, the largest first. What cannot be told from chance is left out; "
        "intervals are bootstrapped.",
        count(draws),
    )
    title = "Where the uncertainty comes from"
    return Section("uncertainty", title, (table(_INDEX, rows, (1, 2)), words), 3)


_INDEX = ("input", "share of the outcome's variance", "90 % interval")


def _index_rows(forecast: Forecast | Choice, indices: Sequence[Index]) -> list[tuple[Part | Cell, ...]]:
    return [
        (_input(forecast, index.name), share(index.value), cell(share(index.low), " to ", share(index.high)))
        for index in indices
        if index.value >= _LEAST_SHARE
    ]


def _input(forecast: Forecast | Choice, name: str) -> str:
    """Return the name for people of an input, an actor or a group of inputs."""
    case = forecast.choosing.table if isinstance(forecast, Choice) else forecast.case
    names = {member.actor: member.name for member in case.members}
    if name in names:
        return names[name]
    actor, _, label = name.partition(".")
    if isinstance(forecast, Choice) and label in forecast.choosing.labels:
        return f"{case.dossier.world.name(actor)}'s approval of {label}"
    return name if name in {SILENT, BODY} else name_of_input(case, name)


def sensitivity_sections(sensitivity: Sensitivity) -> tuple[Section | None, ...]:
    """Return first-order and total indices."""
    felt = [index for index in sensitivity.first if index.value > sensitivity.noise]
    first = indices_section(sensitivity.forecast, felt[: INDICES + 2], sensitivity.first_draws)
    rows = _index_rows(sensitivity.forecast, sensitivity.total[: INDICES + 2])
    words = muted(
        "Total Sobol indices: what each actor, or all assumptions, explain together with whatever they interact with "
        "({} base draws, {} runs). A first-order index below {} % cannot be told from chance; {} of {} inputs are "
        "below it.",
        count(sensitivity.base_draws),
        count(sensitivity.runs),
        Number(sensitivity.noise, "error"),
        count(len(sensitivity.first) - len(felt)),
        count(len(sensitivity.first)),
    )
    certain = _certain_objectors(sensitivity.forecast)
    blocks: list[Block] = [table(_INDEX, rows, (1, 2)), words]
    if certain:
        blocks.append(
            text(
                f"{and_(certain)} object{'s' if len(certain) == 1 else ''} in nearly every draw. What is "
                "uncertain is how far each stands from the options, and so what is decided instead of the "
                "proposal. 'foedus evidence' shows whose position is worth finding out."
            )
        )
    total = Section("total", "Shares with all interactions counted", tuple(blocks), 3)
    return first, total


def _certain_objectors(forecast: Forecast | Choice) -> list[str]:
    """Return the names of those whose objection to the proposal is all but certain."""
    if isinstance(forecast, Choice):
        return []
    return [
        forecast.case.member(objector.actor).name
        for objector in forecast.known_objectors
        if objector.probability >= _CERTAIN
    ]
