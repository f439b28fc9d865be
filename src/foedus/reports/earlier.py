"""An earlier answer to the same question, and what has changed since: chances, options, sides, what is new."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus.base.days import Day, day_in_words, parse_day
from foedus.base.errors import FoedusError, refuse
from foedus.base.files import read_text
from foedus.base.wording import and_, counted
from foedus.cases import Case
from foedus.dossiers import Dossier
from foedus.dossiers.said import in_a_line, in_marks
from foedus.evidence import Statement
from foedus.reports.content import proposals
from foedus.reports.judgement import words_of
from foedus.reports.numbers import change, share
from foedus.reports.sections import Bullets, Part, Text, text
from foedus.reports.turned import Turn, turned_words, turns

_MOST = 3
"""News told one by one; what is left is counted."""

_IN_A_LINE = 120
"""Characters of a quotation among the news."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier answer to the same question.

    Attributes
    ----------
    as_of
        Its day, as written.
    shares
        Probability of each option, by its label.
    places
        Where each option stood on the scale, by its label; empty where options have no order.
    """

    as_of: str
    shares: Mapping[str, float]
    places: Mapping[str, float] = field(default_factory=dict)


def read_earlier(path: Path | str, issue: str) -> Earlier:
    """Return the answer that a file holds: a forecast's JSON document, or the last entry on the issue in a ledger.

    Raises
    ------
    FoedusError
        When the file cannot be read or holds no answer on the issue.
    """
    document = latest_in(path, lambda plain: plain.get("issue") == issue and bool(_shares_in(plain)))
    if document is None:
        raise refuse(
            str(path), f"holds no answer on {issue!r}; give the output of 'foedus forecast --json', or a ledger"
        )
    try:
        shares = {str(row["label"]): float(row["probability"]) for row in _shares_in(document)}
        places = {str(row["label"]): float(row["at"]) for row in _shares_in(document) if row.get("at") is not None}
        return Earlier(str(document["as_of"]), shares, places)
    except (KeyError, TypeError, ValueError):
        raise FoedusError(f"{path}: the answer on {issue!r} has no options with probabilities, or no day") from None


def latest_in(path: Path | str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
    """Return the last object of a file, as one document or one a line, that is wanted; None where there is none.

    Raises
    ------
    InputError
        When the file cannot be read.
    """
    latest = None
    words = read_text(Path(path))
    for line in [words, *words.splitlines()]:
        try:
            plain = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(plain, dict) and wanted(plain):
            latest = plain
    return latest


def _shares_in(plain: Mapping[str, Any]) -> list[Any]:
    """Return the options of an answer: those on a line, or the candidates of a choice."""
    listed = plain.get("options", plain.get("candidates"))
    return listed if isinstance(listed, list) else []


def what_changed(
    now: Mapping[str, float],
    cases: Sequence[Case],
    dossier: Dossier,
    earlier: Earlier,
    moved_by: Mapping[str, float] | None = None,
) -> Bullets:
    """Return by how much each option has moved since an earlier answer, and what has become known.

    Parameters
    ----------
    now
        How likely each option is, by its label.
    cases, dossier
        What the answer is made from.
    earlier
        The answer to compare with.
    moved_by
        How far each new statement moves the forecast, by its id: what moves it most is told first. Without it, whoever
        changed sides comes first.
    """
    items, renamed = [], _renamed(now, cases, earlier)
    for label, probability in now.items():
        before = earlier.shares.get(renamed.get(label, label))
        if before is None:
            items.append(
                text("{} was not among the options under this name; it is now at {}.", label, share(probability))
            )
            continue
        moved = change(probability - before)
        if label not in renamed and str(moved) == str(change(0.0)):
            continue  # what stands where it stood is no news
        items.append(
            text("{}: {} now, {} then ({} points).", _named(label, renamed), share(probability), share(before), moved)
        )
    if not items:
        items.append(text("No chance has moved."))
    items = [_in_a_row(items)]
    items[:0] = [text(words) for words in _proposed_since(cases, dossier, earlier)]
    kept = {*now, *renamed.values()}
    gone = [label for label, before in earlier.shares.items() if label not in kept and before > 0]
    if gone:
        items.append(text(f"No longer an option under this name: {and_([repr(label) for label in gone])}."))
    used = {
        contribution.statement.id: contribution.statement
        for case in cases
        for member in case.members
        for contribution in member.stand.contributions
    }
    new = [statement for statement in used.values() if str(dossier.known_on(statement)) > earlier.as_of]
    turned = [turn for turn in changed_sides(cases, dossier) if str(dossier.known_on(turn.after)) > earlier.as_of]
    if turned:
        items.insert(0, text("Changed: {}", turned_words(dossier, turned)))
    new = _in_order(new, {turn.after.id for turn in turned}, used.values(), dossier, earlier)
    new.sort(key=lambda statement: -round((moved_by or {}).get(statement.id, 0.0), 3))
    told: dict[tuple[str, bool, Day], list[str]] = {}
    for statement in new:
        name, words = dossier.world.name(statement.actor), _in_brief(dossier, statement)
        rest = words.removeprefix(f"{name} ")
        told.setdefault((rest, rest != words, statement.said_on), []).append(name)
    for (words, of_it, day), names in list(told.items())[:_MOST]:
        line = f"{names[0]} {words}" if of_it and len(names) == 1 else in_a_line(tuple(names), words)
        items.append(text(f"New since {earlier.as_of}: {line} ({day_in_words(day)})."))
    if left := [name for names in list(told.values())[_MOST:] for name in names]:
        items.append(text(f"And {counted(len(left), 'more new statement')}, of {and_(list(dict.fromkeys(left)))}."))
    return Bullets(tuple(items))


def _in_a_row(items: Sequence[Text]) -> Text:
    """Return sentences as one, so that they take few lines."""
    parts: list[Part] = []
    for place, item in enumerate(items, 1):
        *begin, end = item.parts
        closed = end.rstrip(".") if isinstance(end, str) else end
        parts += [*begin, closed, "." if place == len(items) else "; "]
    return Text(tuple(parts))


def _in_brief(dossier: Dossier, statement: Statement) -> str:
    """Return what a statement says in a line: the coder's words, or the source's own cut between sentences."""
    if statement.paraphrase or not statement.quote:
        return words_of(dossier, statement.id).rstrip(".")
    whole, short = in_marks(statement.quote), in_marks(statement.quote, _IN_A_LINE)
    return words_of(dossier, statement.id).replace(whole, short).rstrip(".")


def _proposed_since(cases: Sequence[Case], dossier: Dossier, earlier: Earlier) -> Iterator[str]:
    """Yield that what is proposed has changed since an earlier answer: its chance then is that of another text."""
    for case in cases[:1]:
        issue = dossier.issue(case.issue.id)
        before, now = issue.proposed_on(parse_day(earlier.as_of)), issue.proposed_on(case.as_of)
        if issue.ordered and before != now:
            yield from proposals(issue, case.as_of)


def changed_sides(cases: Sequence[Case], dossier: Dossier) -> list[Turn]:
    """Return which members and outsiders that are asked have changed sides, the latest first."""
    if not cases:
        return []
    actors = {member.actor for case in cases for member in case.members}
    first = cases[0]
    issue = dossier.issue(first.issue.id)
    return turns(dossier, issue, first.as_of, actors)


def _in_order(
    new: Sequence[Statement], turned: Collection[str], used: Iterable[Statement], dossier: Dossier, earlier: Earlier
) -> list[Statement]:
    """Return news by what changes a side or a vote.

    First who changed sides, then who spoke for the first time, then who spoke again; what one adds to its own news, and
    what happened before the earlier answer and only became known since, comes last. Within each the latest first.
    """
    spoke = {statement.actor for statement in used if str(dossier.known_on(statement)) <= earlier.as_of}
    latest = sorted(
        new,
        key=lambda statement: (statement.said_on, dossier.known_on(statement), statement.stance != 0, statement.id),
        reverse=True,
    )
    seen: set[str] = set()
    ranks: dict[str, int] = {}
    for statement in sorted(latest, key=lambda each: each.id not in turned):
        old = statement.said_on <= parse_day(earlier.as_of)
        ranks[statement.id] = (
            0
            if statement.id in turned
            else 3
            if statement.actor in seen or old
            else 2
            if statement.actor in spoke
            else 1
        )
        seen.add(statement.actor)
    return sorted(latest, key=lambda statement: ranks[statement.id])


def _renamed(now: Mapping[str, float], cases: Sequence[Case], earlier: Earlier) -> dict[str, str]:
    """Return what options that are new by name were called in an earlier answer: what stood at the same place."""
    before = {at: label for label, at in earlier.places.items() if label not in now}
    here = {
        option.label: option.at
        for case in cases
        if case.dossier.issue(case.issue.id).ordered
        for option in case.issue.options
    }
    return {
        label: before[here[label]]
        for label in now
        if label not in earlier.shares and label in here and here[label] in before
    }


def _named(label: str, renamed: Mapping[str, str]) -> str:
    return f"{label} (then called {renamed[label]!r})" if label in renamed else label
