"""What networks are made of: one row for each statement, from a dossier or from a project of another program."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.evidence.dna import DnaProject

DUPLICATES = ("all", "document", "month", "once")
"""Which repetitions of an actor's stance on a claim count: all, or one a document, a month, or once and for all."""


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One statement.

    Attributes
    ----------
    day
        When it was made.
    actor, concept
        Whose it is, and on what.
    stance
        1 for, -1 against, 0 neither.
    document
        Where it was found.
    """

    day: Day
    actor: str
    concept: str
    stance: int
    document: str


def said_in(dossier: Dossier, as_of: Day | None = None) -> tuple[Said, ...]:
    """Return the accepted statements of a dossier, in the order of their days.

    Parameters
    ----------
    dossier
        The dossier; what its limit of marking hides is not in it.
    as_of
        Leave out what was not known by this day.
    """
    return tuple(
        sorted(
            Said(statement.said_on, statement.actor, statement.concept, statement.stance, statement.source)
            for statement in dossier.statements
            if statement.status == "accepted" and (as_of is None or dossier.known_on(statement) <= as_of)
        )
    )


def said_in_project(project: DnaProject, holder: str = "organization") -> tuple[Said, ...]:
    """Return the statements of a project of Discourse Network Analyzer.

    Parameters
    ----------
    project
        The project.
    holder
        Whose a statement is: ``organization`` or ``person``.

    Raises
    ------
    ValueError
        For another holder.
    FoedusError
        Where agreement is a number that no stance is.
    """
    wide = next((statement for statement in project.statements if statement.agreement not in {-1, 0, 1}), None)
    if wide is not None:
        raise FoedusError(
            f"agreement is a number, such as {wide.agreement} of statement {wide.id}: import the project into a "
            f'dossier and say what each means: foedus statements DIR import FILE.dna --stance "{wide.agreement}=for"'
        )
    stances = {1: 1, 0: -1} if project.yes_or_no else {1: 1, 0: 0, -1: -1}
    if holder not in ("organization", "person"):
        raise ValueError(f"expected organization or person, got {holder!r}")
    days = {document.id: document.published for document in project.documents}
    return tuple(
        sorted(
            Said(
                days[statement.document],
                getattr(statement, holder),
                statement.concept,
                stances[statement.agreement],
                str(statement.document),
            )
            for statement in project.statements
        )
    )


def counted(
    said: Iterable[Said],
    duplicates: str = "all",
    without: Collection[str] = (),
    since: Day | None = None,
    until: Day | None = None,
) -> tuple[Said, ...]:
    """Return the statements that count.

    Parameters
    ----------
    said
        Statements.
    duplicates
        One of `DUPLICATES`; of those that say the same the first counts.
    without
        Actors and concepts that are left out.
    since, until
        The first day, and the first day after the last.

    Raises
    ------
    ValueError
        For another word for duplicates.
    """
    if duplicates not in DUPLICATES:
        raise ValueError(f"expected one of {', '.join(DUPLICATES)}, got {duplicates!r}")
    kept: dict[object, Said] = {}
    for number, statement in enumerate(sorted(said)):
        if (
            (since and statement.day < since)
            or (until and statement.day >= until)
            or {statement.actor, statement.concept} & set(without)
        ):
            continue
        place = {
            "all": number,
            "document": statement.document,
            "month": (statement.day.year, statement.day.month),
            "once": None,
        }[duplicates]
        kept.setdefault((statement.actor, statement.concept, statement.stance, place), statement)
    return tuple(kept.values())
