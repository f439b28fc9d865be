"""What an answer rests on, as sections: positions with their statements, assumptions, the rule, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from foedus.base.days import Day, on_day
from foedus.base.wording import and_, as_declared, at_the_start, percent, ranged
from foedus.cases import Member
from foedus.cases.case import declared
from foedus.dossiers import Contribution, Range
from foedus.dossiers.said import clause, of_whoever, side_of, what_was_said, where_said, who_said
from foedus.dossiers.silence import silence_changed, silence_leans
from foedus.dossiers.stands import WEAK, Branch, Stand
from foedus.ensembles.model import NAME as ENSEMBLE
from foedus.evidence import OWN_NOTE, Source
from foedus.forecasts import Forecast
from foedus.reports import ensemble
from foedus.reports.charts import ranked_members
from foedus.reports.content import (
    basis_in_words,
    capability_words,
    citation,
    command,
    placing_words,
    presence_rows,
    rule_parts,
    span,
)
from foedus.reports.numbers import Number, count
from foedus.reports.sections import (
    CODE,
    MUTED,
    ON_PAPER,
    PAGE,
    WORD,
    Block,
    Bullets,
    Cell,
    Figure,
    Fold,
    Link,
    Part,
    Section,
    Table,
    Tag,
    Text,
    bullets,
    cell,
    muted,
    table,
    text,
)
from foedus.settlement import MODELS

_TAGS = {
    "accepts": "accepts",
    "in favour": "accepts",
    "reluctant": "reluctant",
    "objects": "objects",
    "against": "objects",
}
"""The colour of a stance on the page; others are grey."""


_LISTED = 40
"""Seats that are named; those of a larger body would fill a page."""


def ground_sections(forecast: Forecast) -> tuple[Section, ...]:
    """Return what the numbers rest on, down to the sources, for a page or a Word file."""
    return (
        positions_section(forecast),
        positions_section(forecast, on_paper=True),
        assumptions_section(forecast),
        rule_section(forecast),
        sources_section(forecast),
        tested_section(forecast),
        cite_section(forecast),
    )


def positions_section(forecast: Forecast, *, on_paper: bool = False) -> Section:
    """Return everyone at the table with the statements that their positions rest on.

    Parameters
    ----------
    forecast
        The answer.
    on_paper
        Whether those of whom the same is known are told together, and statements without their ids, which lead nowhere.
    """
    silent = set(forecast.case.silent)
    ranked = ranked_members(forecast)
    spoken = [(member, stance) for member, stance in ranked if member not in silent]
    folds = _folds(forecast, spoken, on_paper=on_paper)
    placed = [(member, stance) for member, stance in ranked if member in silent and member.stand.measured is not None]
    alike = [(member, stance) for member, stance in ranked if member in silent and member.stand.measured is None]
    if placed:
        folds.append(_placed(forecast, placed))
    if alike:
        names = ", ".join(sorted(member.name for member, _ in alike))
        together = _fold(forecast, *alike[0], name=f"{len(alike)} members with no known position")
        words = muted("They all stand at the same prior: {}.", names)
        folds.append(Fold("members-silent", together.who, together.what, (*together.blocks, words)))
    prior = forecast.case.dossier.prior(forecast.case.issue.id).note
    told = muted(
        "A position set by hand comes first; then accepted statements, weighed against the prior; then the "
        "prior alone: {}",
        prior,
    )
    votes = placing_words(forecast.case)
    return Section(
        "inputs-on-paper" if on_paper else "inputs",
        "What the positions rest on",
        (told, *([muted(votes)] if votes else []), *folds),
        media=(WORD,) if on_paper else (PAGE,),
    )


def _folds(forecast: Forecast, spoken: list[tuple[Member, str]], *, on_paper: bool) -> list[Fold]:
    """Return each member that has spoken; on paper those of whom the same is known are told together."""
    if not on_paper:
        return [_fold(forecast, member, stance) for member, stance in spoken]
    alike: dict[tuple[str, ...], list[tuple[Member, Fold]]] = {}
    for member, stance in spoken:
        fold = _fold(forecast, member, stance, on_paper=True)
        known = (*map(str, fold.what), *(words for block in fold.blocks for words in _words(block)))
        alike.setdefault(known, []).append((member, fold))
    return [replace(same[0][1], who=and_([member.name for member, _ in same])) for same in alike.values()]


def _words(block: Block) -> Iterator[str]:
    """Yield the words of a paragraph or of the cells of a table."""
    if isinstance(block, Table):
        yield from (str(cell_) for row in block.rows for cell_ in row)
    else:
        yield str(block)


def _placed(forecast: Forecast, placed: list[tuple[Member, str]]) -> Fold:
    """Return where votes place the silent members, the least in favour first."""
    name = forecast.case.dossier.world.name
    rows = [
        (
            member.name,
            span(member.stand.private),
            Number(lean.to_backers, "exact"),
            name(lean.backers[0]),
            Number(lean.to_objectors, "exact"),
            name(lean.objectors[0]),
        )
        for member, _ in sorted(placed, key=lambda pair: (pair[0].stand.private.mean, pair[0].name))
        if (lean := member.stand.measured) is not None
    ]
    headings = ("member", "position", "to the nearest backer", "who", "to the nearest objector", "who")
    places = sorted(member.stand.private.mean for member, _ in placed)
    first, last = Number(places[0], "order"), Number(places[-1], "order")
    what = f" on average from {first} to {last}, {basis_in_words(forecast.case, placed[0][0])}"
    return Fold(
        "members-placed",
        f"{len(placed)} silent members, placed by their votes",
        (what,),
        (table(headings, rows, (2, 4), (2.2, 2.2, 1.3, 2, 1.3, 2)),),
    )


def _fold(forecast: Forecast, member: Member, stance: str, name: str = "", *, on_paper: bool = False) -> Fold:
    stand = member.stand
    kind = _TAGS.get(stance, "voice")
    what: list[Part] = [Tag(stance, kind), f", position {span(stand.private)}, {basis_in_words(forecast.case, member)}"]
    if stand.basis == WEAK:
        what += [" ", Tag("a guess, weak", "weak")]
    capability = "not counted" if not member.seated else "each its own" if name else span(member.capability)
    numbers = [
        f"private {span(stand.private)}",
        _in_public(stand),
        f"salience {span(stand.salience)}",
        f"capability {capability}",
    ]
    if stand.red_line is not None:
        numbers.append(f"red line: nothing {stand.red_side} {stand.red_line:g}")
    if stand.committed:
        numbers.append("has committed itself in public")
    note = " ".join([stand.note, *(_branch_in_words(branch) for branch in stand.branches)]).strip()
    notes = (text(note),) if note else ()
    return Fold(
        "members-silent" if name else f"member-{member.actor}",
        name or member.name,
        tuple(what),
        (muted("; ".join(numbers)), *notes, _statements(forecast, member, on_paper=on_paper)),
    )


def _in_public(stand: Stand) -> str:
    """Return the public position, or that what was said in private alone is taken to be held in public too."""
    if stand.public is not None:
        return f"public {span(stand.public)}"
    moving = [contribution.statement for contribution in stand.contributions if contribution.target is not None]
    if moving and all(statement.venue == "private" for statement in moving):
        return "public not known, taken to be the same"
    return "public the same"


def _statements(forecast: Forecast, member: Member, *, on_paper: bool) -> Text | Table:
    """Return the statements that move a position, or that there is none."""
    rows = [_statement(forecast, contribution, on_paper=on_paper) for contribution in member.stand.contributions]
    if not rows:
        return muted("Nothing known by {} says where it stands.", str(forecast.case.as_of))
    headings = ("how known" if on_paper else "statement", "what was said", "points to", "weight", "source")
    return table(headings, rows, (2, 3), (1.4, 6.4, 1.5, 1.1, 2.2))


def _statement(forecast: Forecast, contribution: Contribution, *, on_paper: bool) -> tuple[Part | Cell, ...]:
    statement, dossier = contribution.statement, forecast.case.dossier
    speaker = who_said(dossier, statement)
    if statement.paraphrase:  # which need not say on which side of what it is
        claim = next(c for c in dossier.concepts if c.id == statement.concept).text
        told = [speaker, f"{side_of(statement)} \u2018{claim}\u2019"]
    else:
        told = [] if speaker == dossier.world.name(statement.actor) else [speaker]
    known = dossier.known_on(statement)
    when = "known that day" if known == statement.said_on else f"known on {known}"
    told.append(f"said {on_day(statement.said_on)} at the latest, {when}")
    kind = statement.kind + (", in private" if statement.venue == "private" else "")
    words = of_whoever(dossier, statement) if on_paper else what_was_said(dossier, statement)
    source = Link(statement.source, f"source-{statement.source}")
    return (
        kind if on_paper else cell(statement.id, below=(kind,), place=f"statement-{statement.id}"),
        cell(at_the_start(words), below=("; ".join(told),)),
        _target(contribution),
        "" if contribution.target is None else Number(contribution.weight, "pull"),
        where_said(dossier, statement) if on_paper else cell(source, f" {statement.passage}"),
    )


def _target(contribution: Contribution) -> Part | Cell:
    """Say where a statement points, or why it moves nothing."""
    if contribution.superseded_by:
        return Link("replaced by what it said later", f"statement-{contribution.superseded_by}")
    if contribution.target is None:
        return "moves nothing"
    target = Number(contribution.target, "exact")
    left = f" (the speaker left office on {contribution.left}; counts for less)"
    return target if contribution.left is None else cell(target, left)


def _branch_in_words(branch: Branch) -> str:
    likely = "" if branch.probability is None else f", taken to be {percent(branch.probability)} likely"
    begun = clause(branch.condition)
    return f"{begun[:1].upper()}{begun[1:]}{likely}: would stand at {span(branch.estimate)}."


def assumptions_section(forecast: Forecast) -> Section:
    """Return the declared assumptions of the model, but for those of parts of the ensemble that weigh nothing."""
    ranges, idle = declared(forecast.case.dossier, forecast.explainer), idle_assumptions(forecast)
    rows: list[tuple[Part | Cell, ...]] = []
    for needed in (needed for needed in forecast.explainer.card.assumptions if needed.name not in idle):
        value = ranges[needed.name]
        if isinstance(value, Range):
            rows.append(
                (
                    needed.name,
                    as_declared(value.mode, value.low, value.high),
                    cell(f"{needed.meaning}.", below=(value.note,)),
                )
            )
            continue
        total = sum(value.values())
        drawn = ", ".join(f"{name} {percent(weight / total)}" for name, weight in value.items())
        rows.append((needed.name, drawn, f"{needed.meaning}."))
    case = forecast.case
    if case.silent:
        prior = case.dossier.prior(case.issue.id)
        leans = silence_leans(case.issue, prior)
        meaning = f"Where silent members stand: {leans}; {silence_changed(case.issue)}."
        rows.append(
            (
                "position of silent members",
                ranged(prior.position.mode, prior.position.low, prior.position.high),
                cell(meaning, below=(prior.note,)),
            )
        )
    kept = table(("name", "drawn from", "meaning"), rows, (), (1.7, 1.8, 4.0))
    return Section("assumptions", "Declared assumptions", (kept,) if rows else (), 3, ON_PAPER)


_IDLE = 0.005
"""A part of the ensemble that weighs less is printed with a weight of 0.00."""


def idle_assumptions(forecast: Forecast) -> frozenset[str]:
    """Return the assumptions that move nothing in an answer of the ensemble: none but idle parts of it use them.

    Where members object, whatever counts objections uses them beside; then none is idle.
    """
    if forecast.model != ENSEMBLE or forecast.arithmetic_in_draws is None:
        return frozenset()
    at_work: set[str] = set()
    idle: set[str] = set()
    for component in forecast.ensemble.components:
        if component.model in MODELS:
            names = {needed.name for needed in MODELS[component.model].card.assumptions}
            (idle if component.weight < _IDLE else at_work).update(names)
    return frozenset(idle - at_work)


def rule_section(forecast: Forecast) -> Section:
    """Return the rule with its references, the seats, what stands for capability, and presences that are there."""
    case = forecast.case
    items = [text("{}: {}", words, reference) for words, reference in rule_parts(forecast)]
    names = ", ".join(sorted(member.name for member in case.seats))
    listed = f": {names}" if len(case.seats) <= _LISTED else ""
    items.append(text("{} seats on {}{}.", count(len(case.seats)), str(case.meeting.on), listed))
    items.append(text("Capability: {}", capability_words(forecast)))
    items += bullets(presence_rows(forecast)).items
    return Section("rule", "Rule, seats and facts", (Bullets(tuple(items)),), 3, ON_PAPER)


def sources_section(forecast: Forecast) -> Section:
    """Return the sources, and whether each was known in time to be used."""
    case = forecast.case
    weighed = [contribution for member in case.members for contribution in member.stand.contributions]
    moving = {
        contribution.statement.source
        for contribution in weighed
        if contribution.target is not None and contribution.weight > 0
    }
    early = dict.fromkeys((contribution.statement.source for contribution in weighed), 0)
    for source, _ in {(contribution.statement.source, contribution.statement.id) for contribution in weighed}:
        early[source] += 1
    told = [
        _source(source, _use(source.known, case.as_of, source.id in moving, early.get(source.id, 0)))
        for source in case.dossier.sources.values()
    ]
    return Section("known", "What was known when", (Figure("timeline"), *told), media=ON_PAPER)


def _source(source: Source, use: str) -> Text:
    author = f"{source.author}, " if source.author else ""
    republished = " (coded from a republication)" if source.republished_from else ""
    undated = "" if source.published else ", day of publication not established"
    note = f" {source.note}" if source.note else ""
    stored = "" if source.outlet == OWN_NOTE else f" SHA-256 {source.sha256 or 'not recorded'}."  # a note has no file
    told = (
        f"{source.id}: {author}{source.title}, {source.outlet}{republished}. Known {source.known}{undated}: {use}."
        f"{note}{stored}"
    )
    return Text((told,), MUTED, f"source-{source.id}")


def _use(known: Day, as_of: Day, moves: bool, statements: int) -> str:
    """Return how a source counts: an article that came later may report words that were public before."""
    if known <= as_of:
        return "used" if moves else "known, moves no number"
    if not statements:
        return "not yet known, not used"
    words = f"published later; {statements} of the statements that it reports were public by {as_of}"
    return words if moves else f"{words}, and move no number"


def tested_section(forecast: Forecast) -> Section:
    """Return how this kind of forecast has been tested."""
    label = "Tested" if ensemble.is_tested(forecast) else "Not tested"
    told = text("{}: {}", label, f"{ensemble.tested_words(forecast)} {ensemble.called_words(forecast)}".rstrip())
    ranges = muted(
        "The ranges of the assumptions and the priors were chosen by judgement. For past meetings the "
        "outcome was known when they were chosen, so agreement with what happened is no test."
    )
    return Section("tested", "How this kind of forecast has been tested", (told, ranges))


def cite_section(forecast: Forecast) -> Section:
    """Return how to cite the answer, and the command that repeats it."""
    same = muted(
        "The same command gives the same numbers on any machine. SHA-256 of the inputs: {}", forecast.inputs_sha256
    )
    typed = text("{}", command(forecast), tone=CODE)
    return Section("cite", "How to cite and reproduce", (text(citation(forecast)), typed, same), media=ON_PAPER)
