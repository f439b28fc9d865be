"""The packaged law of treaties: one file a treaty, read strictly."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from foedus.base.errors import FoedusError, refuse
from foedus.base.strict import read_model
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

    treaties: dict[str, TreatyFile]

    def treaty(self, name: str) -> TreatyFile:
        """Return a treaty by id, by its id in the world's tables, by alias, or by words that one of them alone has.

        Raises
        ------
        FoedusError
            When there is none, with the nearest or all, or when the words are in several.
        """
        wanted = _plainly(name)
        spelt = {
            _plainly(word): one.id for one in self.treaties.values() for word in (one.id, one.treaty, *one.aliases)
        }
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
    """Return the treaties that come with Foedus, read once."""
    return read_law([(_TREATIES, "institutions/treaties/")])


@functools.cache
def law_of(treaty: str) -> Law:
    """Return the law in which a treaty is found: that treaty alone where a file's head names it, or else all of it.

    Reading one file and not all of them is what makes a question on one treaty quick.

    Parameters
    ----------
    treaty
        Any name that `Law.treaty` knows.

    Examples
    --------
    >>> list(law_of("Washington Treaty").treaties), law_of("us-jpn-1960").treaty("us-jpn-1960").id
    (['nato'], 'us-japan')
    """
    wanted = _plainly(treaty)
    for path in _TREATIES.glob("*.yaml"):
        if wanted in _head(path):
            one = read_model(path, TreatyFile, f"institutions/treaties/{path.name}")
            return Law({one.id: one})
    return packaged_law()


def _head(path: Path) -> set[str]:
    """Return the names in a treaty's first lines, without reading the rest."""
    names = set()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            key, _, value = line.strip().partition(": ")
            if key in {"id", "treaty", "aliases"} and not line.startswith(" "):
                names |= {_plainly(one.strip().strip("'\"")) for one in value.strip("[]").split(",")}
            elif key not in {"id", "treaty"}:
                break
    return names


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
    found: dict[str, TreatyFile] = {}
    taken: dict[str, str] = {}
    for folder, label in folders:
        for path in sorted(folder.glob("*.yaml")):
            file = f"{label}{path.name}"
            one = read_model(path, TreatyFile, file)
            for word in dict.fromkeys(word.casefold() for word in (one.id, one.treaty, *one.aliases)):
                if word in taken:
                    raise refuse(file, f"names that no other treaty has; {taken[word]} has it", value=word)
                taken[word] = one.id
            found[one.id] = one
    return Law(found)
