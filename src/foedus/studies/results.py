"""The results of a study as tables: one row for each option of each cell, in Parquet and in CSV."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.base.days import parse_day
from foedus.base.together import write_together
from foedus.studies.columns import COLUMNS
from foedus.studies.effects import best_of, wanted_of
from foedus.studies.plan import Cell, Study

if TYPE_CHECKING:
    import polars as pl

PARQUET, CSV, CODEBOOK, COPY = "results.parquet", "results.csv", "columns.csv", "study.yaml"

_VARIED = "the value of what the study varies, in its words; blank: not varied in this dossier"
_ID = 16
"""Letters of a cell's hash by which the results call it."""
_NUMBERS = ("at", "probability", "wanted", "mean", "median", "q10", "q90", "objects")
_WHOLE = ("draws", "seed")
_DAYS = ("as_of", "on")
_FLAGS = ("reconstruction", "likeliest")


def write_results(study: Study, pairs: Sequence[tuple[Cell, Mapping[str, Any]]], folder: Path) -> tuple[str, ...]:
    """Write the results of a study into its folder, and return the files' names.

    They are ``results.parquet`` and ``results.csv`` (the same), ``columns.csv`` (what stands in each column) and a copy
    of the study.

    Parameters
    ----------
    study
        It names the columns of what is varied.
    pairs
        The cells and their answers.
    folder
        Under whose lock this runs.
    """
    import polars as pl  # noqa: PLC0415 - slow to load

    frame = frame_of(study, pairs)
    parquet = io.BytesIO()
    frame.write_parquet(parquet)
    meanings = [COLUMNS.get(name, _VARIED) for name in frame.columns]
    files = {
        PARQUET: parquet.getvalue(),
        CSV: frame.write_csv().encode(),
        CODEBOOK: pl.DataFrame({"column": frame.columns, "meaning": meanings}).write_csv().encode(),
        COPY: study.text,
    }
    write_together(folder, files)
    return tuple(files)


def frame_of(study: Study, pairs: Sequence[tuple[Cell, Mapping[str, Any]]]) -> pl.DataFrame:
    """Return the results as a frame: one row for each option of each cell, one for a cell without an answer.

    Columns are those of `foedus.studies.columns.COLUMNS`, with one for each factor after ``model``.
    """
    import polars as pl  # noqa: PLC0415 - slow to load

    schema: dict[str, Any] = dict.fromkeys(_names(study.factors), pl.String)
    schema |= dict.fromkeys(_NUMBERS, pl.Float64) | dict.fromkeys(_WHOLE, pl.Int64)
    schema |= dict.fromkeys(_DAYS, pl.Date) | dict.fromkeys(_FLAGS, pl.Boolean)
    rows = [row for cell, answer in pairs for row in _rows(cell, answer)]
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)


def _names(factors: Sequence[str]) -> list[str]:
    names = list(COLUMNS)
    after = names.index("model") + 1
    return [*names[:after], *factors, *names[after:]]


def _rows(cell: Cell, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    kept = {name: answer.get(name) for name in COLUMNS if name in answer}
    whole = {
        "as_of": None if cell.as_of is None else str(cell.as_of),
        "meeting": cell.meeting,
        "model": cell.model,
        **kept,
        **dict(cell.settings),
        "cell": cell.key[:_ID],
        "dossier": cell.dossier,
        "issue": cell.issue,
        "changes": "; ".join(cell.changes),
        "draws": answer.get("draws", cell.draws),
        "seed": cell.seed,
    }
    whole |= {name: parse_day(whole[name]) for name in _DAYS if whole.get(name) is not None}
    best = best_of(answer)
    if best is None:
        yield whole
        return
    want = cell.want or answer["proposal"]
    whole |= {"want": want, "wanted": wanted_of(answer, want)}
    for option in answer["options"]:
        yield whole | {
            "option": option["label"],
            "at": option["at"],
            "probability": option["probability"],
            "likeliest": option is best,
        }
