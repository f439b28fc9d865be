"""What a new dossier or issue begins with, as sections: what was assumed, what was made, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foedus.base.wording import the
from foedus.dossiers import Dossier
from foedus.dossiers.draft import Draft
from foedus.dossiers.proposing import like_names
from foedus.dossiers.silence import silence_changed, silence_leans
from foedus.institutions.own_case import own_case
from foedus.reports.sections import CODE, Section, Text, text

_FEW = 6
"""Procedures that are named."""


def begun_section(folder: Path, members: int, draft: Draft | None, made: Dossier, docket: int | None) -> Section:
    """Return what a new dossier assumes, that it was made, and what to do next.

    Parameters
    ----------
    folder, members
        Where it is, and how many members it has.
    draft
        The question as it was written; None where only body and day were given.
    made
        The dossier as it is read back.
    docket
        How many steps its docket has; None without one.
    """
    lines = _docket(folder, docket)
    if draft is None:
        lines.append(
            f"made {folder} with {members} members; write your question into dossier.yaml, then: foedus check {folder}"
        )
        return _as_typed(lines)
    lines += [*_status_quo(draft), *_silence(made, None)]
    lines += [
        f"made {folder} with {members} members; the claims proposed stand in concepts.csv",
        "next:",
        f"  foedus read FILE... --into {folder}                    documents, coded",
        f'  foedus statements {folder} add ACTOR for|against WHAT "what was said" --source TITLE --on DAY',
        f"  foedus position {folder} ACTOR                         what a position rests on, and setting it",
        f"  foedus forecast {folder} --report brief.docx           the answer, and a brief",
    ]
    return _as_typed(lines)


def added_section(folder: Path, members: int, draft: Draft, made: Dossier, docket: int | None) -> Section:
    """Return what another issue of a dossier assumes, that it was added, and what to do next; as `begun_section`."""
    return _as_typed(
        [
            *_docket(folder, docket),
            *_status_quo(draft),
            *_silence(made, draft.issue),
            f"added the issue {draft.issue} to {folder}, with {members} members; its claims stand in concepts.csv",
            "next:",
            f'  foedus statements {folder} add ACTOR for|against WHAT "what was said" --source TITLE --on DAY',
            f"  foedus forecast {folder} --issue {draft.issue}",
            f"  foedus package {folder}    several issues that are decided together",
        ]
    )


def copied_section(folder: Path, name: str) -> Section:
    """Return that a packaged dossier was copied, and what to do next."""
    return _as_typed(
        [
            f"copied {name} to {folder}, with its statements and all else; what you change there is yours",
            "next:",
            f"  foedus check {folder}                            what is in it, and what is open",
            f"  foedus forecast {folder}",
            f"  foedus position {folder} ACTOR                   what a position rests on, and setting it",
        ]
    )


def docket_section(folder: Path, steps: int) -> Section:
    """Return that a docket was written, and how to run it."""
    return _as_typed(_docket(folder, steps))


def notes_on_line(draft: Draft) -> Iterator[str]:
    """Yield a warning where the status quo lies at neither end of the line."""
    places = dict(draft.options)
    if draft.ordered and min(places.values()) < places[draft.status_quo] < max(places.values()):
        yield (
            f"the status quo, {draft.status_quo!r}, lies at neither end of the line; whoever is "
            "against a claim is taken to want it: check at_oppose in concepts.csv"
        )


def notes_on_body(made: Dossier, procedure: str | None) -> Iterator[str]:
    """Yield by which procedure a body is to decide where nobody chose one, and what to know of it on that day."""
    issue = made.issue()
    body, on = made.institutions.body(issue.body), issue.meetings[0].on
    if procedure is None and len(body.procedures) > 1:
        name = body.procedure(None)
        rest = [other for other in body.procedures if other != name]
        more = f" and {len(rest) - _FEW} more (foedus power {body.id})" if len(rest) > _FEW else ""
        yield (
            f"{the(body.name)} decides by its procedure {name!r} ({body.rule(on).words()}); it also has "
            f"{', '.join(rest[:_FEW])}{more}; choose with --procedure NAME, or procedure in dossier.yaml"
        )
    words = ". ".join((issue.question, *(option.label for option in issue.options)))
    yield from (*body.notes_on(on), *own_case(body, made.world, on, words))


def notes_on_names(draft: Draft) -> Iterator[str]:
    """Yield a warning where options that look like names stand on a line."""
    if draft.ordered and (names := like_names([label for label, _ in draft.options])):
        yield (
            f"{' and '.join(names[:2])} look like names, which have no order, and stand on a line here; "
            "with --method consensus they are a choice among persons or places"
        )


def _status_quo(draft: Draft) -> list[str]:
    """Return what holds if nothing is decided, and what is proposed."""
    told = f" (by {draft.told_by})" if draft.told_by else ""
    if not draft.ordered:
        return [f"status quo: {draft.status_quo}{told}; change with --status-quo OPTION, or in dossier.yaml"]
    return [
        f"status quo: {draft.status_quo}{told}; proposal: {draft.proposal}",
        "  change with --status-quo OPTION and --proposal OPTION, or in dossier.yaml",
    ]


def _silence(made: Dossier, issue: str | None) -> list[str]:
    """Return which way members lean that have said nothing: with little known that decides the answer."""
    asked = made.issue(issue)
    return [
        f"assumed: {silence_leans(asked, made.prior(asked.id))}",
        f"  until enough have spoken this decides the answer; {silence_changed(asked)}",
    ]


def _docket(folder: Path, steps: int | None) -> list[str]:
    if steps is None:
        return []
    return [f"{folder}/docket.csv was written with {steps} steps; run it: foedus replay {folder}"]


def _as_typed(lines: list[str]) -> Section:
    blocks: tuple[Text, ...] = tuple(text(line, tone=CODE) for line in lines)
    return Section("begun", "", blocks)
