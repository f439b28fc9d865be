"""A study as sections: how far the answer moves, what moves it, and the answer of each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from foedus.base.wording import and_, counted
from foedus.reports.numbers import Number, count, share
from foedus.reports.sections import CODE, Block, Cell, Part, Section, bullets, muted, table, text
from foedus.studies import StudyAnswer
from foedus.studies.effects import DAY, MODEL, CellAnswer, Effect, Span
from foedus.studies.results import CODEBOOK, CSV, PARQUET

_MOST = 24
"""Cells of a dossier that are shown."""

_IN_WORDS = {DAY: "day of knowledge", MODEL: "model"}


def study_sections(found: StudyAnswer, folder: Path) -> list[Section | None]:
    """Return what a study found: the whole in a line, each dossier, what moves the answer, the cells, the files.

    Parameters
    ----------
    found
        The answer.
    folder
        Where its files are.
    """
    dossiers = list(dict.fromkeys(cell.dossier for cell in found.cells))
    several = len(dossiers) > 1
    cells = [_cells(found, dossier, several) for dossier in dossiers]
    return [_about(found), _spans(found), _effects(found, several), *cells, _files(folder)]


def _about(found: StudyAnswer) -> Section:
    refused = f" {counted(found.refused, 'cell')} could not be answered; see below." if found.refused else ""
    kept = f", {found.kept:,} of them kept from an earlier run" if found.kept else ""
    told = text("{} cells, each a forecast of its own{}.{}", count(found.count), kept, refused)
    return Section("study", found.title, (told,))


def _spans(found: StudyAnswer) -> Section | None:
    if not found.spans:
        return None
    return Section("spans", "How far the answer moves", tuple(_span(span, found) for span in found.spans), 2)


def _span(span: Span, found: StudyAnswer) -> Block:
    cells = {cell.key: cell for cell in found.cells}
    alike = len({cell.likeliest for cell in found.cells if cell.dossier == span.dossier}) == 1
    best = and_([f"{label!r} in {counted(many, 'cell')}" for label, many in span.likeliest.items()])
    label = next(iter(span.likeliest))
    told = f"The most likely option is {label!r} in every cell." if alike else f"The most likely option: {best}."
    return text(
        "{}: {} is at {} ({}) to {} ({}). {}",
        span.dossier,
        repr(span.want),
        share(span.low),
        _where(cells[span.at_low]),
        share(span.high),
        _where(cells[span.at_high]),
        told,
    )


def _where(cell: CellAnswer) -> str:
    """Return in words which cell it is."""
    supposed = [f"{name}: {value}" for name, value in cell.settings.items()]
    return "; ".join([f"known by {cell.as_of}", cell.model or "", *supposed])


def _effects(found: StudyAnswer, several: bool) -> Section | None:
    if not found.effects:
        return None
    rows = [_effect(effect, several) for effect in found.effects]
    headings = ["what is varied", "values", "moves it by", "at most", "the most likely option changes"]
    what = "In percentage points: how far apart the chances of the compared option are as one thing varies alone."
    first = ["dossier"] if several else []
    shift = len(first)
    return Section(
        "effects",
        "What moves the answer",
        (table([*first, *headings], rows, numbers=(1 + shift, 2 + shift, 3 + shift)), muted(what)),
        2,
    )


def _effect(effect: Effect, several: bool) -> list[Part]:
    name = _IN_WORDS.get(effect.factor, effect.factor)
    turns = f"in {effect.turns} of {effect.combinations}" if effect.turns else "never"
    return [
        *([effect.dossier] if several else []),
        name,
        count(effect.values),
        Number(effect.mean, "error"),
        Number(effect.largest, "error"),
        turns,
    ]


def _cells(found: StudyAnswer, dossier: str, several: bool) -> Section:
    """Return the cells of one dossier, in the study's order."""
    cells = [cell for cell in found.cells if cell.dossier == dossier]
    factors = [name for name in found.factors if any(name in cell.settings for cell in cells)]
    meetings = len({cell.meeting for cell in cells}) > 1
    want = next((cell.want for cell in cells if cell.want is not None), "")
    headings = [
        "known by",
        *(["meeting"] if meetings else []),
        "model",
        *factors,
        "most likely",
        "chance",
        repr(want),
        *(["who objects"] if any(cell.objector for cell in cells) else []),
    ]
    rows = [_cell(cell, found, factors, meetings)[: len(headings)] for cell in cells[:_MOST]]
    places = (headings.index("chance"), headings.index("chance") + 1)
    left = len(cells) - len(rows)
    rest = [muted("{} more cells stand in {}.", count(left), CSV)] if left > 0 else []
    title = f"The cells of {dossier}" if several else "The cells"
    return Section("cells", title, (table(headings, rows, numbers=places), *rest, *_problems(cells)), 2)


def _cell(cell: CellAnswer, found: StudyAnswer, factors: Sequence[str], meetings: bool) -> list[Part | Cell]:
    own: list[Part | Cell] = [
        str(cell.as_of or ""),
        *([cell.meeting or ""] if meetings else []),
        cell.model or "default",
        *(cell.settings.get(name, "") for name in factors),
    ]
    if cell.likeliest_probability is None or cell.wanted is None:
        return [*own, "no answer", "", "", ""]
    who = found.names.get(cell.objector or "", "")
    objects: tuple[Part, ...] = () if cell.objects is None else (f"{who} in ", share(cell.objects))
    return [*own, cell.likeliest or "", share(cell.likeliest_probability), share(cell.wanted), Cell(objects)]


def _problems(cells: Sequence[CellAnswer]) -> list[Block]:
    """Return why cells have no answer, each reason once."""
    reasons = Counter(f"{cell.model or 'default'}: {cell.problem}" for cell in cells if cell.problem)
    if not reasons:
        return []
    return [bullets(f"no answer in {counted(many, 'cell')}, {told}" for told, many in reasons.items())]


def _files(folder: Path) -> Section:
    return Section(
        "files",
        "The whole table",
        (
            text(f"In R: read.csv({str(folder / CSV)!r})", tone=CODE),
            text(f"In Python: polars.read_parquet({str(folder / PARQUET)!r})", tone=CODE),
            muted(f"One row for each option of each cell; {CODEBOOK} says what stands in each column."),
        ),
        2,
    )
