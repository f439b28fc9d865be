"""Renaming an issue, an option or a concept everywhere it stands: one change of several files, or none."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from foedus.base.errors import FoedusError
from foedus.base.files import read_text
from foedus.base.locks import one_writer
from foedus.base.sheets import read_sheet
from foedus.base.together import write_together
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.read import RESPONSE, read_dossier

KINDS = ("issue", "option", "concept")
"""What can be renamed."""

_PLAIN = re.compile(r"[A-Za-z][\w ’.-]*")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "nan", "inf"}

Steps = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """What was renamed, and in how many places of each file.

    Attributes
    ----------
    kind, old, new
        One of `KINDS`, and the two names.
    issue
        Id of the issue, for an option; blank otherwise.
    places
        Number of places by file.
    """

    kind: str
    old: str
    new: str
    issue: str
    places: dict[str, int]


@one_writer
def rename(folder: Path, old: str, new: str, kind: str | None = None, issue: str | None = None) -> Renamed:
    """Rename an issue, an option or a concept, and everything that refers to it.

    Parameters
    ----------
    folder
        The dossier's.
    old, new
        Ids, or labels of an option.
    kind
        One of `KINDS`; needed where the old name is that of more than one.
    issue
        Of the option, where several issues have one of that label.

    Returns
    -------
    Renamed
        With the number of places in each file. The dossier reads as before, under the new name.

    Raises
    ------
    FoedusError
        When there is no such name, more than one, or the new one is taken or no id; the files stay as they were.
    """
    dossier = read_dossier(folder)
    found_kind, found_issue = _which(dossier, old, kind, issue)
    _refuse_taken(dossier, found_kind, new, found_issue)
    changes = list(_changes(folder, found_kind, old, new, found_issue))
    names = [path.relative_to(folder).as_posix() for path, _, _ in changes]
    before = {name: (folder / name).read_bytes() for name in names}
    places = {path.name: count for path, _, count in changes}
    write_together(folder, {name: data for name, (_, data, _) in zip(names, changes, strict=True)})
    try:
        read_dossier(folder)
    except FoedusError:
        write_together(folder, before)
        raise
    return Renamed(found_kind, old, new, found_issue if found_kind == "option" else "", places)


def _which(dossier: Dossier, old: str, kind: str | None, issue: str | None) -> tuple[str, str]:
    """Return the kind of the old name, and the issue of an option."""
    meant: list[tuple[str, str]] = [("issue", listed.id) for listed in dossier.issues if listed.id == old]
    meant += [
        ("option", listed.id)
        for listed in dossier.issues
        if issue in {None, listed.id} and any(option.label == old for option in listed.options)
    ]
    meant += [("concept", "") for _ in {concept.id for concept in dossier.concepts if concept.id == old}]
    meant = [candidate for candidate in meant if kind in {None, candidate[0]}]
    if not meant:
        labels = ", ".join(repr(o.label) for listed in dossier.issues for o in listed.options)
        raise FoedusError(
            f"nothing is called {old!r}; issues: {', '.join(i.id for i in dossier.issues)}; options: {labels}; "
            f"concepts: {', '.join(dict.fromkeys(concept.id for concept in dossier.concepts)) or 'none'}"
        )
    if len(meant) > 1:
        told = ", ".join(f"the {what} of {of}" if what == "option" else f"the {what}" for what, of in meant)
        raise FoedusError(f"{old!r} is {told}: say which with --kind, and for an option --issue")
    return meant[0]


def _refuse_taken(dossier: Dossier, kind: str, new: str, issue: str) -> None:
    if kind != "option" and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", new):
        raise FoedusError(f"{new!r}: an id has letters, digits, '-', '_' and '.', such as liaison-office")
    if not new.strip():
        raise FoedusError("the new name is blank")
    taken = {
        "issue": [listed.id for listed in dossier.issues],
        "concept": [concept.id for concept in dossier.concepts],
        "option": [option.label for option in dossier.issue(issue or None).options],
    }[kind]
    if new in taken:
        raise FoedusError(f"{new!r} is taken by another {kind}")


def _changes(folder: Path, kind: str, old: str, new: str, issue: str) -> Iterator[tuple[Path, bytes, int]]:
    """Yield each file that changes, with its new bytes and the number of places."""
    text = read_text(folder / "dossier.yaml")
    replaced, count = _yaml(text, _yaml_places(kind, old, new, issue))
    if count:
        yield folder / "dossier.yaml", replaced.encode(), count
    if (folder / RESPONSE).exists():
        replaced, count = _yaml(read_text(folder / RESPONSE), _yaml_places(kind, old, new, issue))
        if count:
            yield folder / RESPONSE, replaced.encode(), count
    for name, column, only in _TABLES[kind]:
        path = folder / name
        if path.exists():
            data, count = _table(path, column, old, new, issue if only else None)
            if count:
                yield path, data, count
    if kind == "option":
        yield from _claims(folder, old, new, issue)
    for name, columns in _TWICE.get(kind, ()):
        path = folder / name
        if path.exists():
            data, count = path.read_bytes(), 0
            sheet = read_sheet(path, name=name)
            cells: dict[tuple[int, str], str] = {}
            for row in range(2, len(sheet.rows) + 1):
                here = {heading: sheet.value(row, n).strip() for n, heading in enumerate(sheet.headings)}
                if _matter_issue(sheet, row) == issue:
                    cells |= {(row, column): new for column in columns if here.get(column) == old}
            if cells:
                yield path, sheet.with_cells(cells), len(cells)


def _claims(folder: Path, old: str, new: str, issue: str) -> Iterator[tuple[Path, bytes, int]]:
    """Yield the table of concepts where claims name the option: in the text, the column or a cue."""
    path = folder / "concepts.csv"
    if not path.exists():
        return
    sheet = read_sheet(path, name=path.name)
    if not {"text", "issue"} <= set(sheet.headings):
        return
    whole = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.IGNORECASE)
    cells: dict[tuple[int, str], str] = {}
    for row in range(2, len(sheet.rows) + 1):
        here = {name: sheet.value(row, n) for n, name in enumerate(sheet.headings)}
        if here["issue"].strip() != issue:
            continue
        text = whole.sub(lambda match: _in_case(match[0], new), here["text"])
        cues = here.get("cues", "").split("; ")
        if text != here["text"] or here.get("option") == old or old.casefold() in {cue.casefold() for cue in cues}:
            cues = _cues_with(cues, old, new)
        told = {
            "text": text,
            "cues": "; ".join(cues),
            "option": new if here.get("option") == old else here.get("option"),
        }
        cells |= {(row, name): value for name, value in told.items() if value and value != here.get(name)}
    if cells:
        yield path, sheet.with_cells(cells), len(cells)


def _cues_with(cues: Iterable[str], old: str, new: str) -> list[str]:
    """Return cues with an option's new label before the others; texts may still use the old one, so it stays.

    Examples
    --------
    >>> _cues_with(["six-month extension", "half a year"], "six-month extension", "extension to January")
    ['extension to January', 'six-month extension', 'half a year']
    """
    named = [new, *(cue.strip() for cue in cues if cue.strip())]
    if old.casefold() not in {cue.casefold() for cue in named}:
        named.insert(1, old)
    return list({cue.casefold(): cue for cue in reversed(named)}.values())[::-1]


def _in_case(matched: str, new: str) -> str:
    """Return the new label with a capital where the old one began a sentence with one."""
    capital = matched[:1].isupper() and not new[:1].isupper()
    return f"{new[:1].upper()}{new[1:]}" if capital else new


_TABLES: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "issue": (
        ("concepts.csv", "issue", False),
        ("stakeholders.csv", "issue", False),
        ("preferences.csv", "issue", False),
        ("docket.csv", "issue", False),
    ),
    "option": (("preferences.csv", "option", True),),
    "concept": (("concepts.csv", "id", False), ("statements.csv", "concept", False)),
}
"""Files and columns that name each kind; with True only in rows of the option's issue."""

_TWICE = {"option": (("docket.csv", ("option", "happened")),)}


def _matter_issue(sheet: Any, row: int) -> str:
    """Return the issue of a docket's row: its own, or that of an earlier row of its matter."""
    headings = sheet.headings

    def cell(number: int, name: str) -> str:
        return str(sheet.value(number, headings.index(name))).strip() if name in headings else ""

    matter, rows = cell(row, "matter"), range(2, len(sheet.rows) + 1)
    return next((cell(n, "issue") for n in rows if cell(n, "matter") == matter and cell(n, "issue")), "")


def _table(path: Path, column: str, old: str, new: str, issue: str | None) -> tuple[bytes, int]:
    sheet = read_sheet(path, name=path.name)
    if column not in sheet.headings:
        return sheet.data, 0
    place = sheet.headings.index(column)
    rows = [row for row in range(2, len(sheet.rows) + 1) if sheet.value(row, place).strip() == old]
    if issue is not None:
        of = sheet.headings.index("issue")
        rows = [row for row in rows if sheet.value(row, of).strip() == issue]
    return sheet.with_cells({(row, column): new for row in rows}) if rows else sheet.data, len(rows)


def _yaml_places(kind: str, old: str, new: str, issue: str) -> Callable[[Steps, str, str], str | None]:
    """Return what becomes of a scalar in a dossier's YAML: its path, the issue it is in, its value."""

    def change(path: Steps, within: str, value: str) -> str | None:
        if path[0] == "packages":
            return new if value == old and _in_package(path[2:], kind, issue, within) else None
        if kind == "issue":
            if value == old and len(path) == 3 and (path[0], path[2]) in _ISSUE_PLACES:
                return new
            if path[:1] == ("scenarios",) and path[2:] == ("set", "key"):
                parts = value.rsplit(".", 2)
                return f"{parts[0]}.{new}.{parts[2]}" if len(parts) == 3 and parts[1] == old else None
            return None
        labels = path[2:] in {("status_quo",), ("proposal",)} or path[4:] == ("label",)
        named = (within == issue and labels) if kind == "option" else path[2:3] == ("provokes",)
        return new if named and value == old and path[0] == "issues" else None

    return change


def _in_package(path: Steps, kind: str, issue: str, within: str) -> bool:
    """Tell whether a place in a package names an issue, or an option of one; ``within`` is what a link needs."""
    if kind == "option":
        return path == ("options", issue) or (path[-1:] == ("option",) and within == issue)
    names = path[:1] == ("issues",) or path[-2:] == ("options", "key") or path[-1:] in {("issue",), ("needs",)}
    return kind == "issue" and names


_ISSUE_PLACES = {("issues", "id"), ("pages", "issue"), ("watch", "issue")}


def _yaml(text: str, change: Callable[[Steps, str, str], str | None]) -> tuple[str, int]:
    """Return a YAML text with scalars replaced where they stand, all else as it was."""
    root = YAML(typ="rt").compose(io.StringIO(text))
    splices: list[tuple[int, int, str]] = []
    for path, within, node in _scalars(root, (), ""):
        changed = change(path, within, node.value)
        if changed is not None:
            start, end = node.start_mark.index, node.end_mark.index
            splices.append((start, end, _written(changed, quoted=text[start] in "\"'")))
    for start, end, value in sorted(splices, reverse=True):
        text = text[:start] + value + text[end:]
    return text, len(splices)


def _written(value: str, *, quoted: bool) -> str:
    plain = _PLAIN.fullmatch(value) and value.casefold() not in _WORDS and value == value.strip()
    return value if plain and not quoted else json.dumps(value, ensure_ascii=False)


def _scalars(node: Any, path: Steps, within: str) -> Iterable[tuple[Steps, str, Any]]:
    """Yield each scalar with its path and the id of the issue around it; a mapping's key has the step ``key``."""
    if hasattr(node.value, "__iter__") and not isinstance(node.value, str):
        if node.id == "mapping":
            held = {key.value: value.value for key, value in node.value}
            if len(path) == 2 and path[0] == "issues":
                within = str(held.get("id", ""))
            if path[:1] == ("packages",) and "needs" in held:
                within = str(held["needs"])
            for key, value in node.value:
                if path[-1:] == ("set",) or (path[:1] == ("packages",) and path[-1:] == ("options",)):
                    yield (*path, "key"), within, key
                yield from _scalars(value, (*path, key.value), within)
        else:
            for number, item in enumerate(node.value):
                yield from _scalars(item, (*path, number), within)
    else:
        yield path, within, node
