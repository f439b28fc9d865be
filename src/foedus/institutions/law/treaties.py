"""The packaged law of treaties: one file a treaty, read strictly."""

from __future__ import annotations

import difflib
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.base.errors import FoedusError, refuse
from foedus.base.strict import read_model
from foedus.base.yaml import packaged_yaml
from foedus.institutions.law.schema import TreatyFile

_TREATIES = Path(__file__).parents[1] / "treaties"


@dataclass(frozen=True, slots=True)
class Law:
    """The treaties whose clauses are written down, by id.

    Examples
    --------
    >>> packaged_law().treaty("Washington Treaty").id, packaged_law().treaty("liptako").id
    ('nato', 'liptako-gourma')
    """

    treaties: Mapping[str, TreatyFile]
    names: Mapping[str, str]
    """A treaty's id by each of its names, in small letters and with spaces for hyphens."""

    def treaty(self, name: str) -> TreatyFile:
        """Return a treaty by id, by its id in the world's tables, by alias, or by words that one of them alone has.

        Raises
        ------
        FoedusError
            When there is none, with the nearest or all, or when the words are in several.
        """
        wanted = _plainly(name)
        spelt = self.names
        if wanted in spelt:
            return self.treaties[spelt[wanted]]
        part = {id_ for word, id_ in spelt.items() if wanted and set(wanted.split()) <= set(word.split())}
        if len(part) == 1:
            return self.treaties[part.pop()]
        if part:
            raise FoedusError(f"{name!r} may be {' or '.join(sorted(part))}; give one of these ids")
        near = dict.fromkeys(spelt[word] for word in difflib.get_close_matches(wanted, spelt, n=3))
        hint = f"; did you mean {' or '.join(near)}?" if near else f"; known are {', '.join(sorted(self.treaties))}"
        raise FoedusError(f"no treaty {name!r}{hint}")


def _plainly(name: str) -> str:
    """Return a name in small letters, with hyphens and underscores as spaces."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


@functools.cache
def packaged_law() -> Law:
    """Return the treaties that come with Foedus; each is read when it is first asked for."""
    files = _Files({path: _head(path) for path in sorted(_TREATIES.glob("*.yaml"))})
    return Law(files, {_plainly(word): called for called, words in files.names.items() for word in words})


class _Files(Mapping[str, TreatyFile]):
    """The packaged treaties by id, none read before it is asked for: a question on one treaty is quick."""

    def __init__(self, heads: Mapping[Path, tuple[str, ...]]) -> None:
        self.names = {words[0]: words for words in heads.values()}
        self._paths = {words[0]: path for path, words in heads.items()}
        self._read: dict[str, TreatyFile] = {}

    def __getitem__(self, treaty: str) -> TreatyFile:
        if treaty not in self._read:
            path = self._paths[treaty]
            self._read[treaty] = read_model(path, TreatyFile, f"institutions/treaties/{path.name}")
        return self._read[treaty]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _head(path: Path) -> tuple[str, ...]:
    """Return the names in a treaty's first lines, its id first, without reading the rest."""
    with path.open(encoding="utf-8") as lines:
        head = "".join(itertools.takewhile(lambda line: line.startswith(("id:", "treaty:", "aliases:", " ")), lines))
    named = packaged_yaml(head, path.name)
    return (named["id"], named["treaty"], *named.get("aliases", ()))


def read_law(folders: Iterable[tuple[Path, str]]) -> Law:
    """Return the treaties of some folders.

    Parameters
    ----------
    folders
        Each folder, and how messages call it.

    Raises
    ------
    InputError
        When a file is malformed, or its id or an alias is that of another treaty.
    """
    by_id: dict[str, TreatyFile] = {}
    taken: dict[str, str] = {}
    for folder, label in folders:
        for path in sorted(folder.glob("*.yaml")):
            file = f"{label}{path.name}"
            treaty_file = read_model(path, TreatyFile, file)
            for word in dict.fromkeys(
                word.casefold() for word in (treaty_file.id, treaty_file.treaty, *treaty_file.aliases)
            ):
                if word in taken:
                    raise refuse(file, f"names that no other treaty has; {taken[word]} has it", value=word)
                taken[word] = treaty_file.id
            by_id[treaty_file.id] = treaty_file
    return Law(by_id, {_plainly(word): named_file for word, named_file in taken.items()})
