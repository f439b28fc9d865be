"""The schema of a study file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from foedus.base.strict import Identifier, OneOrMore, PlainDay, Strict

SCHEMA = 1
"""Version of the format, written as ``foedus: 1``."""

Words = Annotated[str, Field(min_length=1, max_length=300)]


class Factor(Strict):
    """One thing that a study varies.

    ``name`` becomes a column of the results. ``settings`` are its values, by the words that stand in that column; each
    is what is then supposed, as after ``--set``: a change, or several together, or ``[]`` for the dossier as it is.
    """

    name: Identifier
    settings: Annotated[dict[Words, Annotated[tuple[Words, ...], OneOrMore()]], Field(min_length=1)]


class DossierOfStudy(Strict):
    """One dossier of a study.

    ``dossier`` is its folder, seen from the study file, or the name of a packaged one. ``days`` are those up to which
    knowledge counts, and ``want`` is the option whose probability the tables compare; by default the proposal.
    ``vary`` comes after what the whole study varies.
    """

    dossier: Words
    issue: Identifier | None = None
    meeting: Words | PlainDay | None = None
    days: Annotated[tuple[PlainDay, ...], OneOrMore()] = ()
    want: Words | None = None
    vary: tuple[Factor, ...] = ()


class StudyFile(Strict):
    """A study: every combination of its dossiers, their days, its models and what it varies is one cell.

    ``models`` are names as in ``foedus models``; ``default`` is the model made for the rule. ``draws`` and ``seed``
    hold for every cell.
    """

    foedus: Literal[1]
    title: Words
    dossiers: Annotated[tuple[DossierOfStudy, ...], Field(min_length=1, max_length=500)]
    models: Annotated[tuple[Words, ...], Field(min_length=1), OneOrMore()] = ("default",)
    vary: tuple[Factor, ...] = ()
    draws: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] = 2_000
    seed: Annotated[int, Field(strict=True, ge=0)] = 1
