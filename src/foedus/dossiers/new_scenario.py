"""Saving what was supposed as a scenario of a dossier, under a name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.files import read_text
from foedus.base.locks import one_writer
from foedus.dossiers.changes import Change
from foedus.dossiers.draft import text
from foedus.dossiers.extending import appended, write_checked
from foedus.dossiers.formats import SETTINGS, migrate
from foedus.dossiers.proposing import slug
from foedus.dossiers.read import read_dossier


@one_writer
def add_scenario(folder: Path, title: str, changes: Sequence[Change]) -> str:
    """Add a scenario to ``dossier.yaml``, whose comments and all else stay, and return its id.

    Parameters
    ----------
    folder
        The dossier's.
    title
        Its name, as people read it.
    changes
        What it sets: fields of actors that hold always.

    Raises
    ------
    FoedusError
        When it has no name or sets nothing, or one of that name is there; the file stays as it was.

    Examples
    --------
    >>> import tempfile
    >>> from foedus.dossiers import copy_packaged
    >>> from foedus.dossiers.changes import supposition
    >>> folder = Path(tempfile.mkdtemp()) / "a"
    >>> _ = copy_packaged("tokyo-office", folder)
    >>> add_scenario(folder, "Paris gives way", [supposition(read_dossier(folder), "FRA.position=60")])
    'paris-gives-way'
    >>> read_dossier(folder).settings.scenarios[-1].set["FRA.office.public_position"].mode
    60.0
    """
    dossier = read_dossier(folder)
    named = title.strip()
    if not named:
        raise FoedusError("a scenario needs a name")
    if not changes:
        raise FoedusError("nothing is supposed: move somebody first")
    if named.casefold() in {scenario.title.casefold() for scenario in dossier.settings.scenarios}:
        raise FoedusError(f"there is a scenario {named!r} already; give another name")
    id_ = slug(named, {scenario.id for scenario in dossier.settings.scenarios})
    sets = ", ".join(f"{key}: {_number(change)}" for change in changes for key in _keys(change))
    migrate(folder)
    entry = f"  - id: {id_}\n    title: {text(named)}\n    set: {{{sets}}}\n"
    write_checked(folder, {SETTINGS: appended(read_text(folder / SETTINGS), "scenarios", entry).encode()})
    return id_


def _keys(change: Change) -> tuple[str, ...]:
    """Return what a scenario sets for a change: a position without more is what is wanted and what is said."""
    if change.since is not None:
        raise FoedusError("a scenario holds always; leave out the day")
    fields = (change.field,) if change.field else ("position", "public_position")
    return tuple(f"{change.actor}.{change.issue}.{field}" for field in fields)


def _number(change: Change) -> str:
    """Return a value as YAML."""
    number = change.numbers
    if number.low == number.high:
        return f"{number.mode:g}"
    return f"{{low: {number.low:g}, mode: {number.mode:g}, high: {number.high:g}}}"
