"""Changing cells of a source or a claim, by one command and with the line that takes it back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.errors import FoedusError, Problems
from foedus.base.locks import one_writer
from foedus.base.sheets import read_sheet
from foedus.base.tables import columns_of, render_cell
from foedus.coding.rows import read_cells, with_cells
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.extending import write_checked
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Concept
from foedus.evidence import Source

_KEPT = {"sources.csv": ("id", "sha256", "file", "coded"), "concepts.csv": ("id",)}
"""Columns that other commands write: ``rename`` the id of a claim, ``read`` what was taken from the document."""


@dataclass(frozen=True, slots=True)
class RowChanged:
    """What became of a source or a claim.

    Attributes
    ----------
    id
        Of the source or the claim.
    file
        The table in which it stands.
    before, after
        Cells by column, as text: as they stood, and as they stand now. Empty where nothing had to change.
    """

    KEYS = "id file before after"

    id: str
    file: str
    before: dict[str, str]
    after: dict[str, str]


def named(dossier: Dossier, id_: str) -> Source | Concept | None:
    """Return the source or the claim of that id, unless a statement has it.

    Raises
    ------
    FoedusError
        When a source and a claim have it both.
    """
    if id_ in {statement.id for statement in dossier.statements}:
        return None
    claims = [concept for concept in dossier.concepts if concept.id == id_]
    source = dossier.sources.get(id_)
    if source is not None and claims:
        raise FoedusError(
            f"{id_!r} is a source and a claim; give the claim another id first: "
            f"foedus rename {dossier.folder} {id_} NEW --kind concept"
        )
    return source or (claims[0] if claims else None)


@one_writer
def change_row(folder: Path, id_: str, values: Mapping[str, str]) -> RowChanged:
    """Change cells of a source or a claim; every other byte of the table stays as it is.

    Parameters
    ----------
    folder
        The dossier's.
    id_
        Of the source or the claim; a claim that bears on several issues has a row for each, and all are changed.
    values
        Text by column, as one would type it into the table; empty text blanks a cell.

    Returns
    -------
    RowChanged
        Without cells where all have these values already.

    Raises
    ------
    FoedusError
        When there is neither such a source nor such a claim.
    InputError
        When a value makes no sense there, or the dossier would not be read any more; nothing is changed then.
    """
    dossier = read_dossier(folder)
    named_record = named(dossier, id_)
    if named_record is None:
        raise FoedusError(f"{id_!r} is neither a source nor a claim of the dossier")
    record: type[Any] = type(named_record)
    file = "sources.csv" if isinstance(named_record, Source) else "concepts.csv"
    problems = Problems(file)
    read = read_cells(record, values, _KEPT[file], problems)
    problems.raise_if_any()
    new = dataclasses.replace(named_record, **read)
    cells = [
        (column.name, render_cell(named_record, column), render_cell(new, column)) for column in columns_of(record)
    ]
    before = {name: old for name, old, now in cells if old != now}
    after = {name: now for name, old, now in cells if old != now}
    if isinstance(named_record, Concept):
        _refuse_differing(dossier, named_record, after)
    if after:
        write_checked(folder, {file: with_cells(read_sheet(folder / file, name=file), {id_: after})})
    return RowChanged(id_, file, before, after)


def _refuse_differing(dossier: Dossier, claim: Concept, after: Mapping[str, str]) -> None:
    """Refuse to level cells that differ between the rows of a claim on several issues."""
    rows = [concept for concept in dossier.concepts if concept.id == claim.id]
    for column in columns_of(Concept):
        if column.name in after and len({render_cell(row, column) for row in rows}) > 1:
            raise FoedusError(
                f"{claim.id!r} bears on several issues, with another {column.name!r} for each; "
                "change it in concepts.csv"
            )
