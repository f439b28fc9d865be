"""Writing a dossier back as a folder of plain files."""

from __future__ import annotations

from pathlib import Path

from foedus.base.files import write_atomically
from foedus.base.locks import writing
from foedus.base.tables import render_table
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.packaged import made_here
from foedus.dossiers.records import Concept, Preference, Stakeholder
from foedus.evidence import Source, Statement


def write_dossier(dossier: Dossier, path: Path | str) -> None:
    """Write a dossier's settings, tables, overlays, docket and procedures; each file whole or not at all.

    Parameters
    ----------
    dossier
        What `read_dossier` returned, perhaps with other rows put in by `dataclasses.replace`.
    path
        A folder; files in it that a dossier does not have are left alone.

    Raises
    ------
    InputError
        When a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_dossier(dossier, folder)
    ...     read_dossier(folder).statements == dossier.statements
    True
    """
    folder = Path(path)
    files = {
        "dossier.yaml": dossier.settings_text,
        "concepts.csv": render_table(Concept, dossier.concepts),
        "stakeholders.csv": render_table(Stakeholder, dossier.stakeholders),
        "sources.csv": render_table(Source, dossier.sources.values()),
        "statements.csv": render_table(Statement, dossier.statements),
    }
    if dossier.preferences:
        files["preferences.csv"] = render_table(Preference, dossier.preferences)
    made_here(folder)
    with writing(folder):
        for name, text in files.items():
            write_atomically(folder / name, text)
        for name, data in (*dossier.overlays, *dossier.carried):
            write_atomically(folder / name, data)
