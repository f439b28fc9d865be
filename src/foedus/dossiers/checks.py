"""What must hold within and between the tables of a dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.errors import Problem, Problems
from foedus.base.hashes import sha256
from foedus.base.tables import Row
from foedus.base.wording import the
from foedus.dossiers.places import misplaced
from foedus.evidence import Source
from foedus.institutions import Institutions
from foedus.issues import Issue
from foedus.world import World


@dataclass(frozen=True, slots=True)
class TableChecks:
    """What holds between the tables of a dossier.

    ``unsound`` names files of which some rows could not be read: what refers to them is not checked.
    """

    issues: tuple[Issue, ...]
    world: World
    institutions: Institutions
    tables: dict[str, tuple[Row[Any], ...]]
    unsound: frozenset[str]

    def concepts(self) -> tuple[Problem, ...]:
        """Issues exist, and places lie on their scales."""
        problems = Problems("concepts.csv")
        for row in self.tables["concepts.csv"]:
            concept = row.record
            if not concept.issue:
                continue
            issue = self._issue(row, problems)
            if issue is None:
                continue
            if not issue.ordered:
                if concept.option not in [option.label for option in issue.options]:
                    problems.add(_an_option(issue), where=row.where, field="option", value=concept.option or None)
                continue
            if concept.option:
                problems.add(
                    f"is blank: the options of {issue.id!r} have an order",
                    where=row.where,
                    field="option",
                    value=concept.option,
                )
            for field in ("at_support", "at_oppose"):
                value = getattr(concept, field)
                if value is None:
                    which = issue.status_quo if field == "at_oppose" else issue.proposal
                    whose = "an opponent" if field == "at_oppose" else "a supporter"
                    problems.add(
                        f"is blank: where does {whose} stand? 'foedus check DIR --fill' writes "
                        f"{issue.option(which).at:g}, the place of {which!r}",
                        where=row.where,
                        field=field,
                    )
                elif not issue.scale.low <= value <= issue.scale.high:
                    problems.add(_on_scale(issue), where=row.where, field=field, value=f"{value:g}")
        _refuse_repeats(
            self.tables["concepts.csv"], lambda c: (c.id, c.issue, c.option), "id, issue and option", problems
        )
        return problems.found

    def stakeholders(self) -> tuple[Problem, ...]:
        """Actors and issues exist, values are in order and on the scale, nobody stands twice."""
        problems = Problems("stakeholders.csv")
        for row in self.tables["stakeholders.csv"]:
            holder = row.record
            self._actor(row, problems)
            issue = self._issue(row, problems)
            if issue is None:
                continue
            for field in ("position", "salience", "capability"):
                _check_triple(row, field, problems)
            if not issue.ordered and (holder.position_mode is not None or holder.words or holder.red_line is not None):
                problems.add(
                    f"is blank: the options of {issue.id!r} have no order; approvals stand in preferences.csv",
                    where=row.where,
                    field="position_mode",
                )
            for field in ("position_low", "position_mode", "position_high", "red_line"):
                value = getattr(holder, field)
                if value is not None and not issue.scale.low <= value <= issue.scale.high:
                    problems.add(_on_scale(issue), where=row.where, field=field, value=f"{value:g}")
            if holder.venue == "public":
                for field in ("salience_mode", "capability_mode", "red_line"):
                    if getattr(holder, field) is not None:
                        problems.add(
                            "it in the actor's private row: what is said aloud has a position alone",
                            where=row.where,
                            field=field,
                            value=f"{getattr(holder, field):g}",
                        )
            if holder.red_line is not None:
                self._red_line(row, issue, problems)
            if holder.words and holder.position_mode is not None:
                problems.add("a word or a position, not both", where=row.where, field="words", value=holder.words)
        _refuse_repeats(
            self.tables["stakeholders.csv"],
            lambda s: (s.actor, s.issue, s.venue),
            "actor, issue and venue",
            problems,
        )
        return problems.found

    def preferences(self) -> tuple[Problem, ...]:
        """Actors, issues and options exist; an approval or a rank, not both; nobody stands twice."""
        problems = Problems("preferences.csv")
        by_id = {issue.id: issue for issue in self.issues}
        unordered = [issue.id for issue in self.issues if not issue.ordered]
        for row in self.tables["preferences.csv"]:
            preference = row.record
            self._actor(row, problems)
            if preference.issue not in unordered:
                problems.add(
                    f"the id of an issue whose options have no order: {', '.join(unordered) or 'there is none'}",
                    where=row.where,
                    field="issue",
                    value=preference.issue,
                )
                continue
            issue = by_id[preference.issue]
            if (
                preference.option not in [option.label for option in issue.options]
                or preference.option == issue.status_quo
            ):
                problems.add(_an_option(issue), where=row.where, field="option", value=preference.option)
            _check_triple(row, "approval", problems)
            if (preference.rank is None) == (preference.approval_mode is None):
                problems.add("an approval or a rank, one of them", where=row.where, field="rank")
        _refuse_repeats(
            self.tables["preferences.csv"], lambda p: (p.actor, p.issue, p.option), "actor, issue and option", problems
        )
        return problems.found

    def sources(self, folder: Path) -> tuple[Problem, ...]:
        """Ids are unique, dates agree, stored files are the bytes that were coded."""
        problems = Problems("sources.csv")
        rows = self.tables["sources.csv"]
        _refuse_repeats(rows, lambda s: s.id, "id", problems)
        for row in rows:
            source = row.record
            if source.published is not None and source.known < source.published:
                problems.add(
                    f"a day from {source.published}, the day of publication, on",
                    where=row.where,
                    field="known",
                    value=str(source.known),
                )
            if source.file:
                _check_document(folder, row, problems)
        return problems.found

    def statements(self) -> tuple[Problem, ...]:
        """What a statement names exists, and it was known no earlier than it was said."""
        problems = Problems("statements.csv")
        rows = self.tables["statements.csv"]
        sources = {row.record.id: row.record for row in self.tables["sources.csv"]}
        concepts = {row.record.id for row in self.tables["concepts.csv"]}
        _refuse_repeats(rows, lambda s: s.id, "id", problems)
        for row in rows:
            statement = row.record
            self._actor(row, problems)
            if statement.concept not in concepts and "concepts.csv" not in self.unsound:
                problems.add(
                    "the id of a row of concepts.csv",
                    where=row.where,
                    field="concept",
                    value=statement.concept,
                )
            if statement.source not in sources:
                if "sources.csv" in self.unsound:
                    continue
                problems.add("the id of a row of sources.csv", where=row.where, field="source", value=statement.source)
                continue
            known = statement.known_on or sources[statement.source].known
            if known < statement.said_on:
                problems.add(
                    f"a day up to {known}, when it became known",
                    where=row.where,
                    field="said_on",
                    value=str(statement.said_on),
                )
            if statement.until is not None and statement.until <= statement.said_on:
                problems.add(
                    f"a day after {statement.said_on}",
                    where=row.where,
                    field="until",
                    value=str(statement.until),
                )
        return problems.found

    def _issue(self, row: Row[Any], problems: Problems) -> Issue | None:
        """Return the issue that a row names; None, with a problem, where there is none."""
        by_id = {issue.id: issue for issue in self.issues}
        named = row.record.issue
        if named not in by_id:
            problems.add(f"the id of an issue: {', '.join(by_id)}", where=row.where, field="issue", value=named)
        return by_id.get(named)

    def _actor(self, row: Row[Any], problems: Problems) -> None:
        actor = row.record.actor
        if actor not in self.world.actors:
            problems.add(
                f"the id of an actor of the world{self.world.nearest_ids(actor)}",
                where=row.where,
                field="actor",
                value=actor,
            )

    def _red_line(self, row: Row[Any], issue: Issue, problems: Problems) -> None:
        """A red line stops a decision only where its actor has a seat, or is asked for its consent."""
        actor = row.record.actor
        if any(actor in rule.outsiders() for rule in issue.additions):
            return
        body = self.institutions.body(issue.body)
        if not any(actor in {seat.actor for seat in body.seats(self.world, m.on)} for m in issue.meetings):
            problems.add(
                f"no red line: {actor} has a voice and no seat in {the(body.name)} at any of the issue's meetings",
                where=row.where,
                field="red_line",
                value=f"{row.record.red_line:g}",
            )


def _an_option(issue: Issue) -> str:
    labels = ", ".join(option.label for option in issue.options if option.label != issue.status_quo)
    return f"the label of an option of {issue.id!r} that changes something: {labels}"


def _on_scale(issue: Issue) -> str:
    return f"a place on the scale of {issue.id!r}, from {issue.scale.low:g} to {issue.scale.high:g}"


def _check_triple(row: Row[Any], field: str, problems: Problems) -> None:
    low, mode, high = (getattr(row.record, f"{field}_{part}") for part in ("low", "mode", "high"))
    if mode is None and (low is not None or high is not None):
        problems.add("is blank; a low or high value needs a mode", where=row.where, field=f"{field}_mode")
    elif mode is not None and low is not None and low > mode:
        problems.add(f"at most the mode, {mode:g}", where=row.where, field=f"{field}_low", value=f"{low:g}")
    if mode is not None and high is not None and high < mode:
        problems.add(f"at least the mode, {mode:g}", where=row.where, field=f"{field}_high", value=f"{high:g}")


def _check_document(folder: Path, row: Row[Source], problems: Problems) -> None:
    source = row.record
    path = folder / "documents" / source.file
    for place in (path, path.with_name(f"{path.name}.txt")):  # the text that stands beside
        wrong = misplaced(folder / "documents", place)
        if wrong == "it is missing":
            continue  # not everybody has every text
        if wrong:
            problems.add(f"a file inside documents/: {wrong}", where=row.where, field="file", value=source.file)
            return
    if path.is_file() and source.sha256 and sha256(path.read_bytes()) != source.sha256:
        problems.add(
            f"a file with the SHA-256 {source.sha256}; its bytes have changed",
            where=row.where,
            field="file",
            value=source.file,
        )


def _refuse_repeats(rows: Iterable[Row[Any]], key: Callable[[Any], Any], what: str, problems: Problems) -> None:
    first: dict[Any, int] = {}
    for row in rows:
        value = key(row.record)
        if value in first:
            shown = ", ".join(value) if isinstance(value, tuple) else str(value)
            problems.add(f"each {what} once; it stands in row {first[value]} already", where=row.where, value=shown)
        else:
            first[value] = row.number
