"""Reading a dossier folder, strictly and all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from foedus.base.at_hand import once
from foedus.base.errors import InputError, Problem, refuse
from foedus.base.files import as_text, read_text
from foedus.base.tables import Row, render_table, scan_text
from foedus.base.yaml import plain_yaml, render_yaml
from foedus.dossiers.checks import TableChecks
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.formats import SETTINGS, settings_today, table_today
from foedus.dossiers.packaged import packaged_dossiers
from foedus.dossiers.places import wrong_places
from foedus.dossiers.reading_settings import issues_of, settings_of, wrong_conditions
from foedus.dossiers.records import Concept, Preference, Stakeholder
from foedus.dossiers.redaction import STATEMENTS, Screen, screen_of, without_values
from foedus.evidence import Source, Statement, check_marking, marking_rank
from foedus.institutions import read_institutions
from foedus.world import packaged_world, read_world

Record = TypeVar("Record")

TABLES: dict[str, type[Any]] = {
    "concepts.csv": Concept,
    "stakeholders.csv": Stakeholder,
    "sources.csv": Source,
    STATEMENTS: Statement,
    "preferences.csv": Preference,
}
"""The tables of a dossier and the records that define them."""


CARRIED = ("docket.csv", "means.csv", "demands.csv", "contingencies.csv", "programme.csv", "forums.csv")
"""The tables that no forecast reads: dated events for replays, and what partnerships, forums and means rest on."""

RESPONSE = "response.yaml"
"""What is declared of others' answers."""


def read_dossier(path: Path | str, max_marking: str | None = None) -> Dossier:
    """Read a dossier.

    Parameters
    ----------
    path
        Its folder, or the name of a packaged dossier where there is no such folder.
    max_marking
        What is marked above this is left out, with all that names it; see `foedus.dossiers.redaction`.

    Returns
    -------
    Dossier
        Everything in it, checked.

    Raises
    ------
    FoedusError
        When there is no such marking.
    InputError
        With every problem of the settings, or else of an overlay, or else of all tables: file, row or line, field,
        value, and what was expected.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> [issue.id for issue in dossier.issues]
    ['office', 'text', 'invitation', 'programme']
    """
    return once(("dossier", str(path), max_marking), lambda: _checked(path, max_marking))


def _checked(path: Path | str, max_marking: str | None) -> Dossier:
    folder = Path(path)
    if not folder.exists() and str(path) in packaged_dossiers():
        folder = packaged_dossiers()[str(path)]
    if not folder.is_dir():
        raise refuse(str(path), _no_folder(folder))
    if folder not in packaged_dossiers().values() and (wrong := wrong_places(folder)):
        raise InputError(wrong)
    try:
        return _read(folder, max_marking)
    except InputError as error:
        if max_marking is None:
            raise
        raise without_values(error.problems) from None


def _no_folder(path: Path) -> str:
    if path.exists():
        return "is a file; name the folder that holds dossier.yaml"
    packaged = sorted(packaged_dossiers())
    begun = [name for name in packaged if name.startswith(f"{path.name}-")] if path.name else []
    near = begun or get_close_matches(path.name, packaged, n=1, cutoff=0.6)
    if near:
        return f"no such folder; did you mean the packaged dossier {' or '.join(near)}?"
    return f"no such folder; 'foedus new {path}' makes a dossier"


def _read(folder: Path, max_marking: str | None) -> Dossier:
    settings, lines, version = settings_of(folder / SETTINGS)
    world = read_world(folder / "world") if (folder / "world").is_dir() else packaged_world()
    institutions = read_institutions(folder / "institutions")
    issues = issues_of(settings, lines, world, institutions)
    texts = {file: table_today(file, text, version) for file, text in _texts(folder, [*TABLES, *CARRIED])}
    screen = None
    if max_marking is not None:
        screen = screen_of(texts, max_marking)
        texts = {file: screen.table(file, text) for file, text in texts.items()}
    scanned = {file: _scanned(file, record, texts.get(file)) for file, record in TABLES.items()}
    tables = {file: rows for file, (rows, _) in scanned.items()}
    unsound = frozenset(file for file, (_, wrong) in scanned.items() if wrong)
    check = TableChecks(issues, world, institutions, tables, unsound)
    problems = [problem for _, wrong in scanned.values() for problem in wrong]
    problems += [*check.concepts(), *check.stakeholders(), *check.sources(folder), *check.statements()]
    problems += check.preferences()
    hidden = frozenset[str]() if screen is None else screen.statements
    problems += wrong_conditions(settings, lines, tables[STATEMENTS], hidden)
    if problems:
        raise InputError(problems)
    return Dossier(
        folder=folder,
        settings=settings if screen is None else screen.settings(settings),
        lines=lines,
        settings_text=_settings_text(folder, version, screen),
        issues=issues,
        concepts=_records(tables["concepts.csv"]),
        stakeholders=_records(tables["stakeholders.csv"]),
        sources={row.record.id: row.record for row in tables["sources.csv"]},
        statements=_records(tables[STATEMENTS]),
        world=world,
        institutions=institutions,
        overlays=tuple(_overlays(folder)),
        carried=tuple(_carried(folder, texts if screen else {})),
        max_marking=max_marking,
        version=version,
        preferences=_records(tables["preferences.csv"]),
    )


def redacted(dossier: Dossier, max_marking: str) -> Dossier:
    """Return a dossier without what is marked above a limit: as it would have been read with that limit.

    Parameters
    ----------
    dossier
        Perhaps altered since it was read.
    max_marking
        A marking; where the dossier was read with a lower one, that one stands.

    Raises
    ------
    FoedusError
        When there is no such marking.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> redacted(dossier, "public").inputs_sha256 == dossier.inputs_sha256
    True
    """
    limit = check_marking(max_marking)
    if dossier.max_marking is not None and marking_rank(dossier.max_marking) <= marking_rank(limit):
        return dossier
    carried = dict(dossier.carried)
    held = {file: as_text(carried[file], file) for file in CARRIED if file in carried}
    texts = {file: render_table(record, records_of(dossier, file)) for file, record in TABLES.items()} | held
    screen = screen_of(texts, limit)
    texts = {file: screen.table(file, text) for file, text in texts.items()}
    rows = {file: _records(_scanned(file, record, texts[file])[0]) for file, record in TABLES.items()}
    carried |= {file: texts[file].encode() for file in held}
    return replace(
        dossier,
        settings=screen.settings(dossier.settings),
        settings_text=_without_comments(dossier.settings_text, screen),
        concepts=rows["concepts.csv"],
        stakeholders=rows["stakeholders.csv"],
        sources={row.id: row for row in rows["sources.csv"]},
        statements=rows[STATEMENTS],
        preferences=rows["preferences.csv"],
        carried=tuple(carried.items()),
        max_marking=limit,
    )


def records_of(dossier: Dossier, file: str) -> Iterable[Any]:
    """Return the records of one of a dossier's tables."""
    table = getattr(dossier, file.removesuffix(".csv"))
    return table.values() if isinstance(table, dict) else table


def _records(rows: Iterable[Row[Any]]) -> tuple[Any, ...]:
    return tuple(row.record for row in rows)


def _texts(folder: Path, files: Iterable[str]) -> Iterator[tuple[str, str]]:
    for file in files:
        if (folder / file).exists():
            yield file, read_text(folder / file, name=file)


def _scanned(file: str, record: type[Record], text: str | None) -> tuple[tuple[Row[Record], ...], tuple[Problem, ...]]:
    return ((), ()) if text is None else scan_text(text, record, file)


def _settings_text(folder: Path, version: int, screen: Screen | None) -> str:
    text = settings_today(read_text(folder / SETTINGS), version)
    return text if screen is None else _without_comments(text, screen)


def _without_comments(text: str, screen: Screen) -> str:
    """Return the text of settings without comments, which nobody has marked, and without what is above a limit."""
    data = plain_yaml(text, SETTINGS)
    for condition in data.get("conditions") or ():
        condition["statements"] = [id_ for id_ in condition["statements"] if id_ not in screen.statements]
    if data.get("conditions"):
        data["conditions"] = [condition for condition in data["conditions"] if condition["statements"]]
    if not data.get("conditions"):
        data.pop("conditions", None)
    return render_yaml(data)


def _overlays(folder: Path) -> Iterable[tuple[str, bytes]]:
    for overlay in ("world", "institutions"):
        for path in sorted((folder / overlay).rglob("*")):
            if path.suffix in {".csv", ".yaml"} and path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def _carried(folder: Path, screened: Mapping[str, str]) -> Iterable[tuple[str, bytes]]:
    """Yield the files that no forecast reads; a table that was screened, as the screen left it."""
    for path in [*(folder / file for file in (*CARRIED, RESPONSE)), *sorted((folder / "procedures").glob("*.yaml"))]:
        if path.name in screened and path.parent == folder:
            yield path.name, screened[path.name].encode()
        elif path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
