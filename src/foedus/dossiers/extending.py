"""Adding to a dossier that exists: an issue with its claims and roster, an entry of a list, the days of an option."""

from __future__ import annotations

import datetime as dt
import io
import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.files import read_text
from foedus.base.locks import one_writer
from foedus.base.sheets import read_sheet
from foedus.base.together import write_together
from foedus.dossiers.claims import proposed_claims
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.draft import Draft, issue_yaml, text
from foedus.dossiers.formats import SETTINGS, migrate
from foedus.dossiers.proposing import slug
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Concept
from foedus.dossiers.rule_words import seated_for
from foedus.issues import Issue

_TOP = re.compile(r"[A-Za-z_]")


@one_writer
def add_issue(folder: Path, body: str, draft: Draft) -> list[str]:
    """Add an issue to a dossier, with a row for each member and claims that one can be for or against.

    Parameters
    ----------
    folder
        The dossier's.
    body
        Who decides, by id or name.
    draft
        The question with its options and meetings.

    Returns
    -------
    list of str
        The ids of the members.

    Raises
    ------
    FoedusError
        When the body is unknown, or an issue has that id already; the files stay as they were.
    """
    dossier = read_dossier(folder)
    if draft.issue in {issue.id for issue in dossier.issues}:
        raise FoedusError(f"the dossier has an issue {draft.issue!r} already; give another id: --issue ID")
    body_called = dossier.institutions.called(body, dossier.world)
    body_called.procedure(draft.procedure)
    day = draft.meetings[0][0]
    for own in draft.procedures.values():
        seated_for(body_called, dossier.world, day, own)
    members = [seat.actor for seat in body_called.seats(dossier.world, day)]
    asked = replace(draft, consents=tuple((dossier.world.find(who, day), why) for who, why in draft.consents))
    concepts = proposed_claims(
        dossier.world, asked.issue, asked.question, asked.options, asked.status_quo, asked.proposal,
        ordered=asked.ordered,
    )  # fmt: skip
    rows = _rows(concepts, {concept.id for concept in dossier.concepts}, ordered=asked.ordered)
    roster = [{"actor": actor, "issue": asked.issue, "venue": "private", "marking": "public"} for actor in members]
    migrate(folder)
    written = appended(read_text(folder / SETTINGS), "issues", issue_yaml(asked, body_called.id))
    files = {SETTINGS: written.encode()}
    for name, added in (("concepts.csv", rows), ("stakeholders.csv", roster)):
        if (folder / name).exists():
            files[name] = read_sheet(folder / name, name=name).with_rows(added)
    write_checked(folder, files)
    return members


@dataclass(frozen=True, slots=True)
class OptionDays:
    """An option with the days on which it is on the table: from ``since`` on, and no longer from ``until`` on.

    ``source`` tells what the days rest on, empty for nothing; ``procedure`` by what the body decides on it, None for
    that of the issue; from ``proposed_from`` on it is what is proposed.
    """

    KEYS = "issue label since until source procedure added proposed_from"

    issue: str
    label: str
    since: Day | None
    until: Day | None
    source: str
    procedure: str | None
    added: bool
    proposed_from: Day | None = None


@one_writer
def set_option(
    folder: Path,
    option: str,
    since: Day | str | None = None,
    until: Day | str | None = None,
    at: float | None = None,
    issue: str | None = None,
    source: str | None = None,
    procedure: str | None = None,
    proposed_from: Day | str | None = None,
) -> OptionDays:
    """Write the first day on which an option is on the table, or no longer is; add the option where there is none.

    Parameters
    ----------
    folder
        The dossier's.
    option
        Its label.
    since, until
        A day; an empty text takes away what is written; None leaves it.
    at
        Where a new option stands; for a choice without an order nothing.
    issue
        Of the option; by default the only one that has such an option, or else the first.
    source
        What the days rest on: the id or title of a source of the dossier, or words of one's own; empty takes it away.
    procedure
        By what the body decides on it: one of its procedures or a rule in words; empty for that of the issue.
    proposed_from
        The day from which it is what is proposed; a new option is on the table from that day on. An empty text takes
        it away; None leaves it.

    Raises
    ------
    FoedusError
        When an option to be withdrawn is the status quo, or what would still be proposed on a line, or a new one has no
        place on it; the files stay as they were.
    """
    dossier = read_dossier(folder)
    asked = _issue_of(dossier, option, issue)
    listed = {option_.label.casefold(): option_.label for option_ in asked.options}
    label, added = listed.get(option.strip().casefold(), ""), option.strip().casefold() not in listed
    files: dict[str, bytes] = {}
    _refuse_option(asked, label, at, added=added)
    _refuse_withdrawal(asked, label, until, proposed_from, folder)
    if added and since is None and proposed_from:
        since = proposed_from
    migrate(folder)
    text_ = read_text(folder / SETTINGS)
    if added:
        label = option.strip()
        text_ = _with_option(dossier, asked, label, at, text_)
        files["concepts.csv"] = _with_claim(dossier, asked, label, at, folder)
    place = [other.id for other in dossier.issues].index(asked.id)
    number = len(asked.options)
    if not added:
        number = [setting.label for setting in dossier.settings.issues[place].options].index(label)
    given = {"since": since, "until": until, "proposed_from": proposed_from}
    given |= {"source": _cited(dossier, source), "procedure": procedure}
    for key, value in given.items():
        if value is not None:
            written = str(value) if isinstance(value, dt.date) else text(value) if value.strip() else None
            text_ = with_key(text_, ("issues", place, "options", number), key, written)
    write_checked(folder, {SETTINGS: text_.encode(), **files})
    made = read_dossier(folder).issue(asked.id).option(label)
    return OptionDays(asked.id, label, made.since, made.until, made.source, made.procedure, added, made.proposed_from)


@one_writer
def add_meeting(folder: Path, on: Day, name: str, known: Day | None = None, issue: str | None = None) -> Issue:
    """Add a meeting of an issue, in its place among the others.

    Parameters
    ----------
    folder
        The dossier's.
    on, name
        Its day, and how it is called.
    known
        The day since which its date has been public; None for always.
    issue
        By default the first.

    Raises
    ------
    FoedusError
        When the issue has a meeting on that day or of that name; the file stays as it was.
    """
    dossier = read_dossier(folder)
    asked = dossier.issue(issue)
    for there in asked.meetings:
        if there.on == on or there.name.casefold() == name.strip().casefold():
            raise FoedusError(f"{asked.id!r} has a meeting {there.name!r} on {there.on} already")
    migrate(folder)
    before = read_text(folder / SETTINGS)
    place = [other.id for other in dossier.issues].index(asked.id)
    listed = _at(_at(_at(YAML(typ="rt").compose(io.StringIO(before)), "issues"), place), "meetings")
    entry = f"{{on: {on}, name: {text(name.strip())}" + (f", known_on: {known}" if known else "") + "}"
    later = next((node for node, there in zip(listed.value, asked.meetings, strict=True) if there.on > on), None)
    if listed.flow_style:
        at = listed.end_mark.index - 1 if later is None else later.start_mark.index
        written = f"{before[:at]}, {entry}{before[at:]}" if later is None else f"{before[:at]}{entry}, {before[at:]}"
    else:
        lead = before.rindex("- ", 0, listed.value[0].start_mark.index + 1)
        indent = " " * (lead - before.rindex("\n", 0, lead) - 1)
        start = listed.value[-1] if later is None else later
        at = start.start_mark.index
        if later is None:
            at = len(before[: _end_of(start)].rstrip())
            written = f"{before[:at]}\n{indent}- {entry}{before[at:]}"
        else:
            at = before.rindex("\n", 0, at) + 1
            written = f"{before[:at]}{indent}- {entry}\n{before[at:]}"
    write_checked(folder, {SETTINGS: written.encode()})
    return read_dossier(folder).issue(asked.id)


def _end_of(node: Any) -> int:
    """Return where what a node holds ends: what stands line by line ends with its last entry."""
    while not isinstance(node.value, str) and node.value and not node.flow_style:
        node = node.value[-1][1] if isinstance(node.value[-1], tuple) else node.value[-1]
    return int(node.end_mark.index)


def _cited(dossier: Dossier, source: str | None) -> str | None:
    """Return a source as it is written beside an option: by its title where the dossier has it."""
    if source is None or source not in dossier.sources:
        return source
    cited = dossier.sources[source]
    return ", ".join(part for part in (cited.title, cited.outlet, str(cited.published or "")) if part)


def _refuse_withdrawal(
    issue: Issue, label: str, until: Day | str | None, proposed: Day | str | None, folder: Path
) -> None:
    """Refuse to withdraw what has to stay, which is what holds without a decision and what is proposed then.

    Refused too is a proposal among options without an order: each is put forward by whoever is for it.
    """
    if proposed is not None and not issue.ordered:
        raise FoedusError(
            f"{issue.id!r} is a choice among options without an order, in which none is the one proposed, so "
            "--proposed-from does not apply; --since says from which day a candidate stands"
        )
    if not isinstance(until, dt.date) or not label:
        return
    if label == issue.status_quo:
        raise FoedusError(
            f"{label!r} is what holds if nothing is decided on {issue.id!r}, which stays on the table; "
            "name another option"
        )
    if issue.ordered and issue.proposed_on(until) == label and not proposed:
        others = [option.label for option in issue.options if option.label not in {label, issue.status_quo}]
        other = shlex.quote(others[-1]) if others else '"THE NEW TEXT" --at PLACE'
        raise FoedusError(
            f"{label!r} is what is proposed on {issue.id!r} on {until}. Say first what is proposed from then on, "
            f"such as: foedus option {folder} {other} --proposed-from {until}"
        )


def _refuse_option(issue: Issue, label: str, at: float | None, *, added: bool) -> None:
    """Refuse a new option without a place, and an old one with one."""
    if not added and at is not None:
        raise FoedusError(
            f"{label!r} is an option already: change its place in dossier.yaml, or add one of another name"
        )
    if added and issue.ordered and at is None:
        labels = ", ".join(repr(option.label) for option in issue.options)
        raise FoedusError(
            f"{issue.id!r} has no such option; its options are {labels}. To add one, say where it stands on the "
            f"line from {issue.scale.low:g} to {issue.scale.high:g}: --at PLACE"
        )


def _with_option(dossier: Dossier, issue: Issue, label: str, at: float | None, before: str) -> str:
    """Return the settings with an option at the end of an issue's."""
    root = YAML(typ="rt").compose(io.StringIO(before))
    place = [listed.id for listed in dossier.issues].index(issue.id)
    last = _at(_at(_at(root, "issues"), place), "options").value[-1]
    entry = f"{{label: {text(label)}" + ("" if at is None else f", at: {at:g}") + "}"
    if before[last.start_mark.index] == "{" and before.rfind("- ", 0, last.start_mark.index) >= before.rfind(
        "\n", 0, last.start_mark.index
    ):
        end = last.end_mark.index
    else:
        end = last.value[-1][1].end_mark.index
    lead = before.rindex("- ", 0, last.start_mark.index + 1)
    column = lead - (before.rindex("\n", 0, lead) + 1)
    stop = before.find("\n", end)
    stop = len(before) if stop < 0 else stop
    return f"{before[:stop]}\n{' ' * column}- {entry}{before[stop:]}"


def _with_claim(dossier: Dossier, issue: Issue, label: str, at: float | None, folder: Path) -> bytes:
    """Return the table of concepts with the claim that a new option be decided."""
    still = issue.option(issue.status_quo)
    options = [(still.label, still.at), (label, 0.0 if at is None else at)]
    made = proposed_claims(dossier.world, issue.id, label, options, still.label, label, ordered=issue.ordered)
    sheet = read_sheet(folder / "concepts.csv", name="concepts.csv")
    return sheet.with_rows(_rows(made, {concept.id for concept in dossier.concepts}, ordered=issue.ordered))


def _rows(concepts: Iterable[Concept], taken: set[str], *, ordered: bool) -> list[dict[str, str]]:
    """Return claims as rows of the table, each with an id that is not taken."""
    rows = []
    for concept in concepts:
        id_ = slug(concept.id, taken)
        taken = {*taken, id_}
        at = {"at_support": _plain(concept.at_support), "at_oppose": _plain(concept.at_oppose)} if ordered else {}
        named = {
            "id": id_,
            "text": concept.text,
            "cues": concept.cues,
            "issue": concept.issue,
            "option": concept.option,
        }
        rows.append(named | {"marking": "public"} | at)
    return rows


def _issue_of(dossier: Dossier, option: str, issue: str | None) -> Issue:
    if issue is not None:
        return dossier.issue(issue)
    wanted = option.strip().casefold()
    having = [listed for listed in dossier.issues if any(o.label.casefold() == wanted for o in listed.options)]
    if len(having) > 1:
        raise FoedusError(
            f"{option!r} is an option of {', '.join(listed.id for listed in having)}: say which with --issue"
        )
    return having[0] if having else dossier.issue(None)


def with_key(before: str, path: Sequence[str | int], key: str, value: str | None) -> str:
    """Return the settings with a value in the mapping at a path, written in the style in which the mapping stands.

    None takes away what is written.
    """
    node = YAML(typ="rt").compose(io.StringIO(before))
    for step in path:
        node = _at(node, step)
    old = next(((k, v) for k, v in node.value if k.value == key), None)
    if old is not None:
        start, end = old[1].start_mark.index, old[1].end_mark.index
        if value is not None:
            end = start + len(before[start:end].rstrip())  # a list, line by line, ends only where the next key begins
            return f"{before[:start]}{value}{before[end:]}"
        start = old[0].start_mark.index
        if node.flow_style:
            lead = before[:start].rstrip()
            return (lead[:-1] if lead.endswith(",") else lead) + before[end:]
        return before[: before.rindex("\n", 0, start) + 1] + before[before.index("\n", end) + 1 :]
    if value is None:
        return before
    if node.flow_style:
        last = node.value[-1][1].end_mark.index
        return f"{before[:last]}, {key}: {value}{before[last:]}"
    column = node.value[0][0].start_mark.column
    end = before.find("\n", len(before[: _end_of(node)].rstrip()))  # a folded text ends at the next entry
    end = len(before) if end < 0 else end
    return f"{before[:end]}\n{' ' * column}{key}: {value}{before[end:]}"


def _at(node: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return node.value[step]
    return next(value for key, value in node.value if key.value == step)


def appended(before: str, key: str, entry: str) -> str:
    r"""Return the text of settings with an entry added to a list at the top level, which is made where there is none.

    Parameters
    ----------
    before
        The text; its comments and all else stay.
    key
        Of the list.
    entry
        As it stands under the key with items indented by two spaces.

    Raises
    ------
    FoedusError
        When the list is written in brackets, where nothing can be added line by line.

    Examples
    --------
    >>> print(appended("issues:\n- id: a\n  x: 1\n\nabout: b\n", "issues", "  - id: c\n    x: 2\n"))
    issues:
    - id: a
      x: 1
    - id: c
      x: 2
    <BLANKLINE>
    about: b
    <BLANKLINE>
    """
    lines = before.splitlines(keepends=True)
    head = next((n for n, line in enumerate(lines) if re.match(rf"{key}\s*:", line)), None)
    if head is None:
        end = "" if before.endswith("\n") else "\n"
        return f"{before}{end}\n{key}:\n{entry}"
    if re.match(rf"{key}\s*:\s*\[\s*\]", lines[head]):
        return "".join([*lines[:head], f"{key}:\n", entry, *lines[head + 1 :]])
    if re.match(rf"{key}\s*:\s*\[", lines[head]):
        raise FoedusError(f"{key} in dossier.yaml stands in brackets: write one entry a line, with '- id:'")
    stop = next((n for n in range(head + 1, len(lines)) if _TOP.match(lines[n])), len(lines))
    while stop > head + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
        stop -= 1
    first = next((line for line in lines[head + 1 : stop] if line.lstrip().startswith("- ")), "  - ")
    indent = len(first) - len(first.lstrip())
    moved = "".join(
        " " * indent + line[2:] if line.startswith("  ") else line for line in entry.splitlines(keepends=True)
    )
    if not lines[stop - 1].endswith("\n"):
        lines[stop - 1] += "\n"
    return "".join([*lines[:stop], moved, *lines[stop:]])


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def write_checked(folder: Path, files: dict[str, bytes]) -> None:
    """Write files together; what cannot be read back afterwards is undone."""
    before = {name: (folder / name).read_bytes() for name in files if (folder / name).exists()}
    write_together(folder, files)
    try:
        read_dossier(folder)
    except FoedusError:
        for name in files.keys() - before.keys():
            (folder / name).unlink()
        write_together(folder, before)
        raise
