"""The bodies that come with Foedus, and those that a dossier brings."""

from __future__ import annotations

import functools
from collections import ChainMap
from collections.abc import Iterator, Mapping
from pathlib import Path

from foedus.base.errors import refuse
from foedus.base.hashes import folder_contents
from foedus.base.yaml import read_yaml
from foedus.institutions.bodies import Body, Institutions
from foedus.institutions.reading import read_body

EU_COUNCIL = "eu-council"
"""The body on whose decisions by a majority models were fitted and cross-validated."""

_ORGANISATIONS = Path(__file__).parent / "organisations"


class _Packaged(Mapping[str, Body]):
    """The bodies that come with Foedus, each read when it is first asked for; a file is named by its body's id."""

    def __init__(self) -> None:
        self._paths = {path.stem: path for path in sorted(_ORGANISATIONS.rglob("*.yaml"))}
        self._read: dict[str, Body] = {}

    def __getitem__(self, body: str) -> Body:
        if body not in self._read:
            self._read[body] = read_body(self._paths[body], _name_of(self._paths[body], _ORGANISATIONS))
        return self._read[body]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@functools.cache
def packaged_institutions() -> Institutions:
    """Return the bodies that come with Foedus."""
    return Institutions(_Packaged())


def bodies_beside(body: str) -> tuple[str, ...]:
    """Return the ids of the packaged bodies written down in the same folder as one of them, itself among them.

    All bodies of an organisation lie in one folder; beside them may lie those of its near relations.

    Examples
    --------
    >>> bodies_beside("nac")
    ('nac', 'nato-dpc', 'nato-mc', 'nato-npg')
    """
    [home] = (path.parent for path in _ORGANISATIONS.rglob(f"{body}.yaml"))
    return tuple(sorted(path.stem for path in home.glob("*.yaml")))


def read_institutions(overlay: Path | None) -> Institutions:
    """Return the packaged bodies with those of a folder added.

    Raises
    ------
    InputError
        When a file is malformed or repeats a body that exists.
    """
    packaged = packaged_institutions()
    if overlay is None or not overlay.is_dir():
        return packaged
    own: dict[str, Body] = {}
    for path in sorted(overlay.rglob("*.yaml")):
        body = read_body(path, _name_of(path, overlay))
        if body.id in own or body.id in packaged.bodies:
            where = read_yaml(path)[1].of(("id",))
            raise refuse(
                _name_of(path, overlay), "an id that no other body has", where=where, field="id", value=body.id
            )
        own[body.id] = body
    return Institutions(ChainMap(own, packaged.bodies)) if own else packaged  # type: ignore[arg-type]


def institutions_contents() -> list[tuple[str, bytes]]:
    """Return the packaged rules as named bytes, for a fingerprint."""
    return [(f"institutions/{name}", data) for name, data in folder_contents(_ORGANISATIONS, (".yaml", ".csv"))]


def _name_of(path: Path, folder: Path) -> str:
    return f"institutions/{path.relative_to(folder).as_posix()}"
