"""What may be wrong in a study beside its form: names, models, dossiers, days and changes that nobody knows."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from foedus.base.errors import FoedusError, FoedusWarning, Problems
from foedus.base.yaml import Lines
from foedus.cases.case import check_assumption_names, day_and_meeting
from foedus.dossiers import Dossier, packaged_dossiers, read_dossier, suppose
from foedus.ensembles.model import NAME as ENSEMBLE
from foedus.forecasts.compose import all_cards, find
from foedus.forecasts.entered import anything_entered
from foedus.issues import Issue
from foedus.studies.columns import COLUMNS
from foedus.studies.settings import DossierOfStudy, Factor, StudyFile

DEFAULT = "default"
"""The model made for the rule of the body."""

Steps = tuple[str | int, ...]
"""Where in the file something stands."""


def name_of(said: StudyFile, place: int) -> str:
    """Return what a dossier is called in the results: its folder's name, or more where several have the same.

    Examples
    --------
    >>> two = [{"dossier": "tokyo-office", "issue": issue} for issue in ("office", "text")]
    >>> name_of(StudyFile.model_validate({"foedus": 1, "title": "two", "dossiers": two}), 1)
    'tokyo-office/text'
    """
    entry = said.dossiers[place]
    short = _folder(entry)
    alike = [other for other in said.dossiers if _folder(other) == short]
    if len({other.dossier for other in alike}) > 1:
        short = entry.dossier
    return f"{short}/{entry.issue}" if entry.issue and any(other.issue != entry.issue for other in alike) else short


def _folder(entry: DossierOfStudy) -> str:
    return Path(entry.dossier).name or entry.dossier


def meeting_of(entry: DossierOfStudy) -> str | None:
    """Return the meeting that is asked about, by name or day."""
    return None if entry.meeting is None else str(entry.meeting)


def check_names(said: StudyFile, lines: Lines, problems: Problems) -> None:
    """Note factors called as a column or one another, models that nobody knows, and dossiers that stand there twice."""
    own = [(("dossiers", n, "vary"), entry.vary) for n, entry in enumerate(said.dossiers)]
    common = {factor.name for factor in said.vary}
    for path, factors in ((("vary",), said.vary), *own):
        before = set(common) if len(path) > 1 else set()
        for place, factor in enumerate(factors):
            at = lines.of((*path, place, "name"))
            if factor.name in COLUMNS:
                wanted = f"a name that is no column of the results: {', '.join(COLUMNS)}"
                problems.add(wanted, where=at, field="name", value=factor.name)
            if factor.name in before:
                problems.add("another name; it is varied already", where=at, field="name", value=factor.name)
            before.add(factor.name)
    for place, model in enumerate(said.models):
        if model not in {DEFAULT, ENSEMBLE}:
            try:
                find(model)
            except FoedusError as error:
                wanted = f"{DEFAULT!r} or the name of a model: {error}"
                problems.add(wanted, where=lines.of(("models", place)), field="models", value=model)
    named = [name_of(said, place) for place in range(len(said.dossiers))]
    for place, name in enumerate(named):
        if name in named[:place]:
            wanted = "another dossier or issue; what is asked of one issue stands here once, with all its days"
            problems.add(wanted, where=lines.of(("dossiers", place)), field="dossier", value=name)


def checked_dossiers(
    said: StudyFile, home: Path, lines: Lines, problems: Problems, max_marking: str | None
) -> list[Dossier]:
    """Read all dossiers of a study; note what cannot be read, and what a dossier does not know.

    Parameters
    ----------
    said, lines
        What the file says, and where.
    home
        The folder of the file, from which folders of dossiers are seen.
    problems
        Takes what is wrong.
    max_marking
        What is marked above this is left out.
    """
    found = []
    for place, entry in enumerate(said.dossiers):
        path: Steps = ("dossiers", place)
        try:
            dossier = read_dossier(_place(entry, home), max_marking)
        except FoedusError as error:
            wanted = f"a dossier that can be read: {error}"
            problems.add(wanted, where=lines.of((*path, "dossier")), field="dossier", value=entry.dossier)
            continue
        found.append(dossier)
        for steps, value, wanted in _wrong(said, entry, dossier):
            whole = steps if steps[0] == "vary" else (*path, *(steps[1:] if steps[0] == "own" else steps))
            field = ".".join(str(step) for step in steps if step != "own")
            problems.add(wanted, where=lines.of(whole), field=field, value=value)
    return found


def _place(entry: DossierOfStudy, home: Path) -> Path | str:
    folder = home / entry.dossier
    return entry.dossier if not folder.exists() and entry.dossier in packaged_dossiers() else folder


_Wrong = Iterator[tuple[Steps, str | None, str]]
"""Where something is wrong, seen from the dossier's entry; the value; and what was expected."""


def _wrong(said: StudyFile, entry: DossierOfStudy, dossier: Dossier) -> _Wrong:
    try:
        issue = dossier.issue(entry.issue)
    except FoedusError as error:
        yield ("issue",), entry.issue, f"an issue of the dossier: {error}"
        return
    if not anything_entered(dossier, issue.id):
        help_ = f"'foedus check {entry.dossier}' tells what to do"
        yield ("dossier",), entry.dossier, f"a dossier in which something has been entered on {issue.id!r}; {help_}"
    named = [model for model in said.models if model != DEFAULT]
    if not issue.ordered and named:
        wanted = f"no models but {DEFAULT!r}, for {issue.id!r} has options without an order"
        yield ("issue",), issue.id, f"{wanted}; found {', '.join(named)}"
    yield from _wrong_option(entry, issue)
    with warnings.catch_warnings(action="ignore", category=FoedusWarning):
        yield from _wrong_days(entry, dossier, issue)
    yield from _wrong_changes("vary", said.vary, entry, dossier, issue)
    yield from _wrong_changes("own", entry.vary, entry, dossier, issue)


def _wrong_option(entry: DossierOfStudy, issue: Issue) -> _Wrong:
    if entry.want is None and not issue.ordered:
        labels = ", ".join(repr(option.label) for option in issue.options if option.label != issue.status_quo)
        yield ("dossier",), entry.dossier, f"'want' beside it, the option to compare by: {labels}"
    if entry.want is not None:
        try:
            issue.option(entry.want)
        except FoedusError as error:
            yield ("want",), entry.want, f"an option: {error}"


def _wrong_days(entry: DossierOfStudy, dossier: Dossier, issue: Issue) -> _Wrong:
    for place, day in enumerate(entry.days or (None,)):
        try:
            day_and_meeting(dossier, issue, day, meeting_of(entry))
        except FoedusError as error:
            at: Steps = ("days", place) if entry.days else ("meeting",)
            yield at, str(day or entry.meeting), f"a day and a meeting that go together: {error}"


def _wrong_changes(
    where: str, factors: tuple[Factor, ...], entry: DossierOfStudy, dossier: Dossier, issue: Issue
) -> _Wrong:
    steps: Steps = ("own", "vary") if where == "own" else ("vary",)
    for place, factor in enumerate(factors):
        for label, changes in factor.settings.items():
            try:
                check_assumption_names(suppose(dossier, changes, issue.id), all_cards())
            except FoedusError as error:
                told = (
                    str(error).removeprefix("--set ").rpartition(", assumptions: ")[2]
                )  # this file is wrong, not that
                yield (*steps, place, "settings", label), None, f"what can be supposed of {entry.dossier}: {told}"
