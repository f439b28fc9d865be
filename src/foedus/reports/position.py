"""Where one actor stands and what that rests on, as sections."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.base.days import day_in_words
from foedus.base.wording import and_
from foedus.cases.asking import what_it_asks_for
from foedus.dossiers.said import clause, in_a_line, what_was_said, who_said
from foedus.explain.position import Approvals, Standing
from foedus.reports import content
from foedus.reports.numbers import Number, share
from foedus.reports.sections import CODE, Block, Section, Text, table, text


def position_sections(standing: Standing, option: str = "") -> list[Section]:
    """Return where an actor stands, or how far it approves of an option, what that rests on and how to change it."""
    parts = [Section("stands", option, tuple(_stands(standing, option)))]
    if not option:
        parts.insert(0, _who(standing))
    if standing.member.stand.contributions:
        parts.append(_said(standing))
    if not option:
        parts.append(Section("next", "", (_next(standing),)))
    return parts


def approvals_sections(approvals: Approvals) -> list[Section]:
    """Return how far an actor approves of each option, one after the other."""
    each = approvals.options
    first = next(iter(each.values()))
    return [_who(first), *(part for label, standing in each.items() for part in position_sections(standing, label))]


def _who(standing: Standing) -> Section:
    case, member = standing.case, standing.member
    seat = "a seat" if member.seated else "a voice, no seat"
    who = f"{member.name} ({member.actor}), {seat}; {case.meeting.name} ({case.meeting.on})"
    return Section("who", case.issue.question, (text(f"{who}, from what was known on {case.as_of}"),), level=1)


def _stands(standing: Standing, option: str) -> Iterator[Block]:
    case, member, stand = standing.case, standing.member, standing.member.stand
    if stand.abstains:
        others = len(case.issue.options) - 1 - len(standing.abstains_on)
        on = f" on {and_([repr(label) for label in standing.abstains_on])}" if others else ""
        yield text(f"Abstains{on}: its vote{' there' if on else ''} is on neither side, wherever it stands.")
    if option:
        yield text(f"Approves of {option}: {content.span(stand.private)}, from 0 to 100; below 50 it would rather not.")
    else:
        yield text(
            f"Wants {content.span(stand.private)}, nearest to {standing.option_near(stand.private.mode)!r}; "
            "the line runs from {} to {}.",
            Number(case.issue.scale.low, "exact"),
            Number(case.issue.scale.high, "exact"),
        )
    if standing.says is not None:
        near = "" if option else f", nearest to {standing.option_near(standing.says.mode)!r}"
        yield text(f"Says {content.span(standing.says)}{near}.")
    elif not stand.abstains:
        public = " in public" if standing.spoke else ""
        yield text(f"{member.name} has said nothing{public}{f' on {option}' if option else ''}.")
    yield text(f"Cares {content.span(stand.salience)}, from 0 (not at all) to 1 (more than anything).")
    if stand.red_line is not None:
        yield text(f"Red line: nothing {stand.red_side} {{}}.", Number(stand.red_line, "exact"))
    if not option:
        for asked in what_it_asks_for(case, member):
            another = f" for another option, {asked.option!r}" if asked.option else ""
            yield text(f"Asks{another}: {asked.words}.")
    note = f" Note: {stand.note}" if stand.note else ""
    yield text(f"This rests on: {content.basis_in_words(case, member)}.{note}")
    if content.rests_on_prior(member):
        placed = content.placed_in_words(case, member)
        yield text(placed or f"Assumed where nothing is known: {case.dossier.prior(case.issue.id).note}")
    for branch in stand.branches:
        begun = clause(branch.condition)
        yield text(f"{begun[:1].upper()}{begun[1:]}: would stand at {content.span(branch.estimate)}.")


def _said(standing: Standing) -> Section:
    """Return what the actor said, what each statement does to its position, and where it stands."""
    dossier, stand = standing.case.dossier, standing.member.stand
    rows = [
        (
            day_in_words(contribution.statement.said_on),
            in_a_line((who_said(dossier, contribution.statement),), what_was_said(dossier, contribution.statement)),
            standing.effect(contribution),
            "" if contribution.target is None else share(standing.share(contribution)),
            f"{dossier.sources[contribution.statement.source].title}, {contribution.statement.passage}",
        )
        for contribution in stand.contributions
    ]
    blocks: list[Block] = [table(("said on", "what", "effect", "share", "source"), rows, numbers=(3,))]
    if stand.basis == "set by hand":
        blocks.append(text("The position set by hand overrides these; --clear removes it."))
    return Section("said", "What was said", tuple(blocks))


def _next(standing: Standing) -> Text:
    folder, actor = standing.case.dossier.folder, standing.member.actor
    return text(
        f"next: foedus position {folder} {actor} --set VALUE --note WHY    "
        f"or try a value: foedus forecast {folder} --set {actor}.position=VALUE",
        tone=CODE,
    )
