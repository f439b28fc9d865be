"""A new dossier: the question as a person states it, the roster filled in, claims proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from foedus.base.days import Day
from foedus.base.errors import FoedusError, refuse
from foedus.base.files import part_of, write_atomically
from foedus.base.locks import writing
from foedus.base.tables import render_table
from foedus.base.together import write_together
from foedus.dossiers.claims import proposed_claims
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.draft import Draft, assumptions_yaml, issue_yaml, text
from foedus.dossiers.packaged import made_here
from foedus.dossiers.records import Concept, Stakeholder
from foedus.dossiers.rule_words import seated_for
from foedus.dossiers.settings import SCHEMA, Settings
from foedus.evidence import Source, Statement
from foedus.institutions import read_institutions
from foedus.world import World, packaged_world, read_world

_OVERLAYS = {"world", "institutions"}
_FILES = ("concepts.csv", "stakeholders.csv", "sources.csv", "statements.csv", "dossier.yaml")
"""The settings last of all, so that they tell a whole dossier."""

_TO_BE_WRITTEN = Draft(
    question="What is to be decided?",
    options=(("nothing", 0.0), ("something less", 50.0), ("the proposal", 100.0)),
    status_quo="nothing",
    proposal="the proposal",
    meetings=(),
    issue="issue-1",
)

_SETTINGS = """\
# A dossier binds evidence to a decision. This file holds the question, the rule and what is assumed.
# Lines that start with # are comments. 'foedus check' says what is wrong and what is still open.
foedus: {version}
title: {title}
# The language in which most of its documents are; a text too short to tell is taken to be in it.
language: en

issues:
{issue}
# What standing alone costs, and when pressure sets in ('foedus models consensus' explains each).
assumptions:
{assumptions}
# How members are weighted; without it all count the same.
{capability}

# What was said comes in by command:
#   foedus read FILE... --into {folder}
#   foedus statements {folder} add ACTOR for|against WHAT "what was said" --source "Telegram 12" --on 2026-05-03
# Where a member stands, what that rests on, and how to set it: foedus position {folder} ACTOR
"""


def new_dossier(
    folder: Path | str, body: str, on: Day, draft: Draft | None = None, other: Dossier | None = None
) -> list[str]:
    """Make a dossier to start from.

    Parameters
    ----------
    folder
        Where to. It must be new or empty, save for folders ``world`` and ``institutions`` with facts and bodies of
        its own.
    body
        A body by id or alias; one of the folder's own, where it has any.
    on
        The day on which it meets.
    draft
        The question with its options and meetings, from `foedus.dossiers.draft.drafted`; by default one to be
        written over. Claims that one can be for or against are proposed from it.
    other
        A dossier whose priors, assumptions, measure of capability, own facts and own bodies are taken over.

    Returns
    -------
    list of str
        The ids of the members that have a seat on the day; each has a row in ``stakeholders.csv``.

    Raises
    ------
    FoedusError
        When the body is unknown, did not exist on the day, or the folder holds anything.
    """
    target = Path(folder)
    refuse_others(target)
    if other is not None and other.overlays:
        made_here(target)
        with writing(target):
            write_together(target, dict(other.overlays))
    world = read_world(target / "world") if (target / "world").is_dir() else packaged_world()
    body_called = read_institutions(target / "institutions").called(body, world)
    asked = draft or replace(_TO_BE_WRITTEN, meetings=((on, "first meeting"),))
    body_called.procedure(asked.procedure)
    if not any(row.organisation in body_called.seated_by.memberships for row in world.memberships):
        raise FoedusError(
            f'the members of the {body_called.name} are not packaged: give them, such as --members "FRA, IND, Brazil", '
            "or an organisation's members: --members un"
        )
    for own in asked.procedures.values():
        seated_for(body_called, world, on, own)
    members = [seat.actor for seat in body_called.seats(world, on)]
    asked = replace(asked, consents=tuple((world.find(actor, on), why) for actor, why in asked.consents))
    roster = [Stakeholder(actor=actor, issue=asked.issue) for actor in members]
    theirs = None if other is None else other.settings
    settings = _SETTINGS.format(
        title=f"A decision before the {body_called.name}" if draft is None else text(draft.question),
        issue=issue_yaml(asked, body_called.id, theirs),
        assumptions=assumptions_yaml(theirs),
        capability=_capability(world, members, on, theirs),
        folder=target,
        version=SCHEMA,
    )
    concepts = []
    if draft is not None:
        concepts = proposed_claims(
            world, asked.issue, asked.question, asked.options, asked.status_quo, asked.proposal, ordered=asked.ordered
        )
    files = dict(
        zip(
            _FILES,
            (
                render_table(Concept, concepts),
                render_table(Stakeholder, roster),
                render_table(Source, []),
                render_table(Statement, []),
                settings,
            ),
            strict=True,
        )
    )
    made_here(target)
    with writing(target):
        _check_empty(target, files)
        for name, written in files.items():
            write_atomically(target / name, written)
    return members


def _capability(world: World, members: Sequence[str], on: Day, other: Settings | None) -> str:
    """Return the entry of ``capability``: a measure that is known for all members, or a comment."""
    measure = "gdp" if other is None or other.capability is None else other.capability.measure
    if all(world.latest_quantity(member, measure, on) is not None for member in members):
        return f"capability: {{measure: {measure}}}"
    return f"# capability: {{measure: {measure}}}   (not known here for all members)"


def refuse_others(folder: Path) -> None:
    """Refuse a folder with a dossier or with files of somebody else's; what a killed command began may stand in it.

    Raises
    ------
    InputError
        When the folder is not free for a new dossier.
    """
    _check_empty(folder, dict.fromkeys(_FILES[:-1]))


def _check_empty(folder: Path, files: Mapping[str, str | None]) -> None:
    """Refuse a folder that holds anything; what the same command began before it was killed is finished."""
    if not folder.exists():
        return
    if folder.is_dir():
        parts = {part_of(folder / name).name for name in _FILES}
        there = [path for path in folder.iterdir() if path.name not in {*_OVERLAYS, *parts, ".foedus.lock"}]
        begun = [path for path in there if path.name in files and path.is_file()]
        if there == begun and all(_ours(path, files[path.name]) for path in begun):
            return
    raise refuse(str(folder), "is not empty; a new dossier needs a new folder, or one with world/ and institutions/")


def _ours(path: Path, text: str | None) -> bool:
    """Tell whether a file holds what this command writes, or would have to be known first."""
    return text is None or path.read_bytes() == text.encode()
