"""Versions of the dossier's format: what each brought, and how an older dossier is read and rewritten.

A dossier of an older version is read as if it had been rewritten; the files change only when `migrate` is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from foedus.base.errors import refuse
from foedus.base.files import read_text, write_atomically
from foedus.base.locks import one_writer
from foedus.base.yaml import plain_yaml
from foedus.dossiers.settings import SCHEMA

SETTINGS = "dossier.yaml"

_VERSION = re.compile(r"^foedus:[ \t]*(\d+)", re.MULTILINE)


def _as_it_is(text: str) -> str:
    return text


def _table_as_it_is(file: str, text: str) -> str:
    del file
    return text


@dataclass(frozen=True, slots=True)
class Step:
    """What one version of the format changed.

    Parameters
    ----------
    since
        The version that brought it.
    says
        What it brought, in words.
    settings
        Rewrites the text of ``dossier.yaml`` of the version before, comments and all; the version itself is seen to.
    table
        Rewrites the text of a table, by the file's name. Like the settings, a text that has been rewritten already
        stays as it is: a migration that is broken off is begun anew.
    """

    since: int
    says: str
    settings: Callable[[str], str] = _as_it_is
    table: Callable[[str, str], str] = _table_as_it_is

    @property
    def rewrites(self) -> bool:
        """Whether it changes anything that was there before."""
        return self.settings is not _as_it_is or self.table is not _table_as_it_is


STEPS: tuple[Step, ...] = (Step(2, "options without an order, options with days, and packages"),)
"""In the order of their versions; a version that only added keys and columns needs no rewriting of what there was."""


def version_of(text: str) -> int:
    """Return the version in which the settings of a dossier are written; today's where they do not say it.

    Raises
    ------
    InputError
        When the text is not YAML, or was written by a newer Foedus.
    """
    version = plain_yaml(text, SETTINGS).get("foedus")
    if not isinstance(version, int) or isinstance(version, bool):
        return SCHEMA  # the schema of the settings says what is wrong with it
    if version > SCHEMA:
        match = _VERSION.search(text)
        raise refuse(
            SETTINGS,
            f"{SCHEMA}: this dossier was written by a newer Foedus; update Foedus to read it",
            where=f"line {text.count(chr(10), 0, match.start()) + 1}" if match else "",
            field="foedus",
            value=str(version),
        )
    return version


def settings_today(text: str, version: int) -> str:
    """Return the text of the settings as today's format has it; where nothing had to be rewritten, as it is."""
    steps = [step for step in STEPS if step.since > version and step.rewrites]
    for step in steps:
        text = step.settings(text)
    return _with_version(text) if steps else text


def _with_version(text: str) -> str:
    return _VERSION.sub(f"foedus: {SCHEMA}", text, count=1)


def table_today(file: str, text: str, version: int) -> str:
    """Return the text of a table as today's format has it."""
    for step in STEPS:
        text = step.table(file, text) if step.since > version else text
    return text


def how_to_migrate(folder: Path, version: int) -> str:
    """Return what to know of an older dossier: what came since, and the command that rewrites it."""
    came = "; ".join(f"{step.since} brought {step.says}" for step in STEPS if step.since > version)
    return (
        f"written in version {version} of the format, and read as such; today's is {SCHEMA}"
        f"{f' ({came})' if came else ''}. To rewrite it: foedus check {folder} --migrate"
    )


@one_writer
def migrate(folder: Path) -> list[str]:
    """Rewrite a dossier in today's format: each file whole, the settings and their version last.

    Parameters
    ----------
    folder
        The dossier's.

    Returns
    -------
    list of str
        The files that were rewritten; none where it is in today's format.

    Raises
    ------
    InputError
        When the settings cannot be read, or a file cannot be written.
    """
    text = read_text(folder / SETTINGS, name=SETTINGS)
    version = version_of(text)
    if version == SCHEMA:
        return []
    rewritten = []
    for path in sorted(folder.glob("*.csv")):
        table = read_text(path, name=path.name)
        if (today := table_today(path.name, table, version)) != table:
            write_atomically(path, today)
            rewritten.append(path.name)
    write_atomically(folder / SETTINGS, _with_version(settings_today(text, version)))
    return [*rewritten, SETTINGS]
