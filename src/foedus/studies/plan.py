"""The cells of a study: what each is, and the key under which its answer is kept."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus._version import __version__
from foedus.base.days import Day
from foedus.base.errors import Problems, refuse
from foedus.base.files import read_bytes
from foedus.base.hashes import fingerprint
from foedus.base.strict import fitted
from foedus.base.yaml import read_yaml
from foedus.dossiers import Dossier
from foedus.studies.checking import DEFAULT, check_names, checked_dossiers, meeting_of, name_of
from foedus.studies.settings import SCHEMA, Factor, StudyFile

MOST_CELLS = 100_000

_PACKAGED = Path(__file__).parent / "packaged"


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination: a forecast to be made.

    Attributes
    ----------
    key
        A hash of all that the answer depends on: the dossier's inputs, the packaged facts, what is asked and supposed,
        and the version of Foedus.
    dossier
        Its name in the study.
    place
        Which of the study's dossiers it is.
    issue, as_of, meeting, model, want
        What is asked; None for what the dossier or the rule decides.
    settings
        The words of each factor's value, by the factor's name.
    changes
        What is supposed.
    draws, seed
        Of the forecast.
    """

    key: str
    dossier: str
    place: int
    issue: str
    as_of: Day | None
    meeting: str | None
    model: str | None
    want: str | None
    settings: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Study:
    """A study that holds together: every change, day, model and option in it is known.

    Attributes
    ----------
    title, text
        Its title, and the bytes of its file.
    dossiers
        As read; cells name them by their place.
    factors
        Names of what is varied, in order; each is a column of the results.
    cells
        In order: dossiers, days, models, then the factors, the last the fastest.
    """

    title: str
    text: bytes
    dossiers: tuple[Dossier, ...]
    factors: tuple[str, ...]
    cells: tuple[Cell, ...]


def packaged_studies() -> dict[str, Path]:
    """Return the packaged studies by name.

    Examples
    --------
    >>> list(packaged_studies())
    ['silence']
    """
    return {path.stem: path for path in sorted(_PACKAGED.glob("*.yaml"))}


def read_study(path: Path | str, max_marking: str | None = None) -> Study:
    """Read a study, with all dossiers that it names.

    Parameters
    ----------
    path
        Its file, or the name of a packaged study where there is no such file.
    max_marking
        What is marked above this is left out of every dossier.

    Raises
    ------
    InputError
        With all that is wrong in it: line, field, value and what was expected.

    Examples
    --------
    >>> study = read_study("silence")
    >>> len(study.cells), study.factors
    (24, ('silent', 'pressure'))
    """
    file = Path(path)
    if not file.exists() and str(path) in packaged_studies():
        file = packaged_studies()[str(path)]
    if not file.exists():
        listed = ", ".join(packaged_studies())
        raise refuse(str(path), f"is no file and no packaged study; packaged: {listed}. 'foedus schema study.yaml' "
                                "lists the keys of a study file")  # fmt: skip
    name = file.name
    data, lines = read_yaml(file, name=name)
    said = fitted(StudyFile, data, lines, name)
    problems = Problems(name)
    check_names(said, lines, problems)
    dossiers = checked_dossiers(said, file.parent, lines, problems, max_marking)
    problems.raise_if_any()
    many = sum(
        math.prod(
            (len(entry.days) or 1, len(said.models), *(len(factor.settings) for factor in (*said.vary, *entry.vary)))
        )
        for entry in said.dossiers
    )
    if many > MOST_CELLS:
        raise refuse(name, f"has {many:,} cells, at most {MOST_CELLS:,} are taken; leave out days, models or settings")
    factors = dict.fromkeys(factor.name for factor in (*said.vary, *(f for entry in said.dossiers for f in entry.vary)))
    return Study(said.title, read_bytes(file), tuple(dossiers), tuple(factors), tuple(_cells(said, dossiers)))


def _cells(said: StudyFile, dossiers: Sequence[Dossier]) -> Iterator[Cell]:
    for place, (entry, dossier) in enumerate(zip(said.dossiers, dossiers, strict=True)):
        issue = dossier.issue(entry.issue).id
        values = [_values(factor) for factor in (*said.vary, *entry.vary)]
        for day, model, chosen in itertools.product(entry.days or (None,), said.models, itertools.product(*values)):
            changes = tuple(change for _, _, some in chosen for change in some)
            asked = None if model == DEFAULT else model
            asked_for = (issue, str(day), meeting_of(entry), asked, entry.want, changes, said.draws, said.seed)
            what = (__version__, SCHEMA, dossier.inputs_sha256, dossier.max_marking, *asked_for)
            yield Cell(
                key=fingerprint([("cell", json.dumps(what).encode())]),
                dossier=name_of(said, place),
                place=place,
                issue=issue,
                as_of=day,
                meeting=meeting_of(entry),
                model=asked,
                want=entry.want,
                settings=tuple((name, label) for name, label, _ in chosen),
                changes=changes,
                draws=said.draws,
                seed=said.seed,
            )


def _values(factor: Factor) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(factor.name, label, changes) for label, changes in factor.settings.items()]
