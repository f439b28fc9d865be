"""Running a study: cells that have no answer yet, side by side; each is kept as it is done."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus._version import __version__
from foedus.base.answers import Recorded, as_json, recorded
from foedus.base.errors import FoedusError, FoedusWarning, refuse
from foedus.base.files import read_text, write_atomically
from foedus.base.locks import writing
from foedus.base.workers import ALONE, Workers, as_done
from foedus.dossiers import Dossier, suppose
from foedus.forecasts.headline import headline
from foedus.studies.effects import CellAnswer, Effect, Span, answer_of, effects, spans
from foedus.studies.plan import Cell, Study
from foedus.studies.results import write_results

CELLS = "cells"
"""The folder in which a study keeps the answer of each cell."""

Progress = Callable[[str, int, int], None]
"""Says what is being done, how many cells are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class StudyAnswer(Recorded):
    """What a study found.

    Attributes
    ----------
    title, factors
        As in the study.
    kept, computed
        Cells whose answer was there already, and cells forecast now.
    files
        What was written into the folder, beside the cells.
    effects
        How far each thing that is varied moves the wanted option, with all else as it is; the strongest first.
    spans
        For each dossier how low and how high the wanted option gets, and where.
    cells
        The answers, in the study's order.
    names
        Of those who object, by id.
    """

    KEYS = (
        "title factors cell_count=count kept computed refused files effects spans cells(cell=key dossier issue as_of "
        "on meeting model settings{factor setting} changes likeliest? likeliest_probability want wanted objector? "
        "objects problem?)"
    )

    title: str
    factors: tuple[str, ...]
    kept: int
    computed: int
    files: tuple[str, ...]
    effects: tuple[Effect, ...]
    spans: tuple[Span, ...]
    cells: tuple[CellAnswer, ...]
    names: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.cells)

    @property
    def refused(self) -> int:
        """How many have no answer, since the model cannot work on them."""
        return sum(bool(cell.problem) for cell in self.cells)


def run_study(
    study: Study, folder: Path | str, workers: Workers = ALONE, progress: Progress | None = None
) -> StudyAnswer:
    """Answer every cell of a study that has no answer yet, and write the results.

    Parameters
    ----------
    study
        What `foedus.studies.read_study` returned.
    folder
        Where to; made if missing. ``cells/`` keeps each answer under a hash of all that it depends on, so that the same
        study goes on where it was broken off, and a study that has grown only answers what is new.
    workers
        Where cells are answered; it changes no byte of the results.
    progress
        Told before the first cell and after each.

    Raises
    ------
    InputError
        When the folder holds something else, or cannot be written.
    KeyboardInterrupt
        With a note that says how many cells are kept.

    Examples
    --------
    >>> import tempfile
    >>> from dataclasses import replace
    >>> from foedus.studies import read_study
    >>> study = read_study("silence")
    >>> few = replace(study, cells=tuple(replace(cell, draws=50) for cell in study.cells[:2]))
    >>> found = run_study(few, tempfile.mkdtemp())
    >>> found.kept, found.computed, found.cells[0].meeting
    (0, 2, 'Vilnius 2023')
    """
    folder = Path(folder)
    _refuse_other(folder)
    answers: dict[str, Mapping[str, Any]] = {}
    wanted = {cell.key: cell for cell in study.cells}
    for key in wanted:
        found = _kept(folder, key)
        if found is not None:
            answers[key] = found
    left, kept = [cell for key, cell in wanted.items() if key not in answers], len(answers)
    try:
        if progress is not None:
            progress("forecasts", len(answers), len(wanted))
        for place, text in as_done(answer_cell, study.dossiers, left, workers):
            write_atomically(_file(folder, left[place].key), text)
            answers[left[place].key] = json.loads(text)
            if progress is not None:
                progress("forecasts", len(answers), len(wanted))
    except KeyboardInterrupt as stop:
        stop.add_note(
            f"{len(answers)} of {len(wanted)} cells are kept in {folder}; the same command goes on with the rest"
        )
        raise
    pairs = [(cell, answers[cell.key]) for cell in study.cells]
    with writing(folder):
        files = write_results(study, pairs, folder)
    told = tuple(answer_of(cell, answer) for cell, answer in pairs)
    return StudyAnswer(
        title=study.title,
        factors=study.factors,
        kept=kept,
        computed=len(left),
        files=files,
        effects=effects(told, study.factors),
        spans=spans(told),
        cells=told,
        names={
            answer.objector: study.dossiers[cell.place].world.name(answer.objector)
            for cell, answer in zip(study.cells, told, strict=True)
            if answer.objector is not None
        },
    )


def answer_cell(dossiers: tuple[Dossier, ...], cell: Cell) -> str:
    """Return the answer of one cell as the JSON document in which it is kept.

    What a model cannot do on a case is an answer, too: ``problem`` says why.
    """
    dossier = dossiers[cell.place]
    told: dict[str, Any] = {"key": cell.key, "version": __version__, "inputs_sha256": dossier.inputs_sha256}
    try:
        with warnings.catch_warnings(action="ignore", category=FoedusWarning):
            if cell.changes:
                dossier = suppose(dossier, cell.changes, cell.issue)
            found = headline(dossier, cell.issue, cell.as_of, cell.meeting, cell.model, cell.draws, cell.seed)
    except FoedusError as error:
        return as_json({**told, "problem": str(error)})
    return as_json({**told, "problem": "", **recorded(found)})


def _refuse_other(folder: Path) -> None:
    """Refuse a folder that holds something else than a study; a dossier must not be written over."""
    if folder.exists() and not folder.is_dir():
        raise refuse(str(folder), "is a file; name a folder for the results (--out)")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / CELLS).is_dir():
        raise refuse(str(folder), "holds something else than a study; name another folder (--out)")


def _file(folder: Path, key: str) -> Path:
    return folder / CELLS / f"{key}.json"


def _kept(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return the answer of a cell where a sound one is kept."""
    file = _file(folder, key)
    if not file.is_file():
        return None
    try:
        found = json.loads(read_text(file))
    except (FoedusError, ValueError):
        return None
    sound = isinstance(found, dict) and found.get("key") == key and ("options" in found or found.get("problem"))
    return found if sound else None
