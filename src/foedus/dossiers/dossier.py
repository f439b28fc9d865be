"""A dossier: a folder of plain files as one frozen object."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.hashes import fingerprint
from foedus.base.tables import render_table
from foedus.base.yaml import Lines
from foedus.dossiers.evidence import guard_dossier
from foedus.dossiers.records import Concept, Preference, Stakeholder
from foedus.dossiers.settings import SCHEMA, EvidenceRule, Prior, Range, Settings
from foedus.evidence import Source, Statement
from foedus.institutions import Institutions, institutions_contents
from foedus.issues import Issue
from foedus.measure.leaning import measure_contents
from foedus.world import World, world_contents

if TYPE_CHECKING:
    from foedus.dossiers.changes import Change


@dataclass(frozen=True, slots=True)
class Page:
    """A forecast that the dossier's author wants shown."""

    id: str
    title: str
    issue: str
    as_of: Day
    on: str


@dataclass(frozen=True)
class Dossier:
    """Everything known and assumed about a decision.

    Attributes
    ----------
    folder
        Where it was read from.
    settings
        What ``dossier.yaml`` says; ``settings_text`` is its text, comments and all; ``lines`` tells where what stands.
    issues
        The questions, in order.
    concepts, stakeholders, sources, statements
        The rows of its tables, in order; sources by id.
    world, institutions
        The packaged facts and rules with the dossier's own laid over them.
    overlays
        The files of its own ``world/`` and ``institutions/``, by name.
    carried
        The files that no forecast reads, by name: its docket and its own procedures, for replays, the tables of means,
        programmes and forums, and what it declares of others' answers.
    preferences
        The rows of its table of approvals, for options without an order.
    supposed
        What is set otherwise than its files say; see `foedus.dossiers.suppose`.
    max_marking
        The marking above which everything was left out on reading; None where all of it is here.
    version
        The version of the format in which it is written; see `foedus.dossiers.formats`.
    entered
        Its stakeholders as they stand in its files, where something is supposed of them; else None.
    backing_others
        Where one option of several without an order is asked about: who has come out for another.
    left_for_another
        The same: ids of words for an option that later words for another replace, with the id of these.
    """

    folder: Path
    settings: Settings
    settings_text: str
    lines: Lines = field(compare=False, repr=False)
    issues: tuple[Issue, ...]
    concepts: tuple[Concept, ...]
    stakeholders: tuple[Stakeholder, ...]
    sources: dict[str, Source]
    statements: tuple[Statement, ...]
    world: World
    institutions: Institutions
    overlays: tuple[tuple[str, bytes], ...]
    carried: tuple[tuple[str, bytes], ...] = ()
    preferences: tuple[Preference, ...] = ()
    supposed: tuple[Change, ...] = ()
    max_marking: str | None = None
    version: int = SCHEMA
    entered: tuple[Stakeholder, ...] | None = None
    backing_others: frozenset[str] = frozenset()
    left_for_another: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Its title."""
        return self.settings.title

    @property
    def language(self) -> str:
        """The language in which most of its documents are, ISO 639-1: that of a text too short to tell."""
        return self.settings.language

    @property
    def evidence_rule(self) -> EvidenceRule:
        """How statements become positions."""
        return self.settings.evidence

    @property
    def assumptions(self) -> dict[str, Range | dict[str, float]]:
        """Declared ranges of the models' assumptions, by name."""
        return self.settings.assumptions

    @property
    def pages(self) -> tuple[Page, ...]:
        """The forecasts that its author wants shown, the main one first."""
        return tuple(Page(page.id, page.title, page.issue, page.as_of, page.on) for page in self.settings.pages)

    def issue(self, issue_id: str | None = None) -> Issue:
        """Return an issue by id; without one the only issue, or that of the first page, or the first.

        Raises
        ------
        FoedusError
            When there is none; the message lists those there are.
        """
        if issue_id is None:
            issue_id = self.pages[0].issue if self.pages else self.issues[0].id
        for issue in self.issues:
            if issue.id == issue_id:
                return issue
        raise FoedusError(
            f"no issue {issue_id!r}; the dossier's issues are {', '.join(issue.id for issue in self.issues)}"
        )

    def prior(self, issue_id: str) -> Prior:
        """Return what is assumed of silent members on an issue."""
        return next(issue.priors for issue in self.settings.issues if issue.id == issue_id)

    def measures_prior(self, issue_id: str) -> bool:
        """Tell whether silent members are placed by their votes, as the issue says, or else the dossier as a whole."""
        said = next(issue for issue in self.settings.issues if issue.id == issue_id)
        prior = said.prior or self.settings.prior
        return said.ordered and prior is not None and prior.from_ == "measure"

    def voices(self, issue_id: str) -> tuple[str, ...]:
        """Return actors declared to have a voice on an issue, or entered by hand, or asked for consent."""
        issue = self.issue(issue_id)
        declared = next(listed.voices for listed in self.settings.issues if listed.id == issue_id)
        by_hand = [row.actor for row in self.stakeholders if row.issue == issue_id]
        asked = sorted(actor for rule in issue.additions for actor in rule.outsiders())
        return tuple(dict.fromkeys([*asked, *declared, *by_hand]))

    def at_the_table(self, actor: str, issue_id: str) -> bool:
        """Tell whether an actor has a voice on an issue, or a seat in its body at any of its meetings."""
        issue = self.issue(issue_id)
        if actor in self.voices(issue_id) or actor == f"{self.institutions.body(issue.body).organisation}-members":
            return True
        body = self.institutions.body(issue.body)
        return any(actor in {seat.actor for seat in body.seats(self.world, meeting.on)} for meeting in issue.meetings)

    def markings_of(self, statements: Iterable[Statement]) -> list[str]:
        """Return the markings of statements and of their sources."""
        return [
            mark for statement in statements for mark in (statement.marking, self.sources[statement.source].marking)
        ]

    def known_on(self, statement: Statement) -> Day:
        """Return the day on which a statement became known."""
        return statement.known_on or self.sources[statement.source].known

    def statements_on(self, issue_id: str, as_of: Day) -> tuple[Statement, ...]:
        """Return accepted statements that bear on an issue and were known by a day."""
        key = issue_id, as_of
        if key not in self._found:
            bearing = {concept.id for concept in self.concepts if concept.issue == issue_id}
            self._found[key] = tuple(
                statement
                for statement in self.statements
                if statement.status == "accepted" and statement.concept in bearing and self.known_on(statement) <= as_of
            )
        return self._found[key]

    def heard_on(self, issue_id: str, as_of: Day) -> frozenset[str]:
        """Return whose statements on an issue, known by a day, somebody has accepted or rejected."""
        bearing = {concept.id for concept in self.concepts if concept.issue == issue_id}
        return frozenset(
            statement.actor
            for statement in self.statements
            if statement.status in {"accepted", "rejected"}
            and statement.concept in bearing
            and self.known_on(statement) <= as_of
        )

    @functools.cached_property
    def _found(self) -> dict[tuple[str, Day], tuple[Statement, ...]]:
        """Answers of `statements_on`, which is asked for every actor at a table."""
        return {}

    def latest_known(self) -> Day:
        """Return the day by which all that counts was known: accepted statements and dated rows of stakeholders.

        Without either, the day of the first meeting. Candidates, rejected statements and sources without a statement
        count for nothing and move no day.
        """
        return self.latest_known_from()[0]

    def latest_known_from(self) -> tuple[Day, str]:
        """Return the day of `latest_known` and in words what it is the day of."""
        days = [
            (self.known_on(statement), f"statement {statement.id} from source {statement.source}, in sources.csv")
            if statement.known_on is None
            else (statement.known_on, f"statement {statement.id}, in statements.csv")
            for statement in self.statements
            if statement.status == "accepted"
        ]
        days += [(r.known_on, f"{r.actor}, in stakeholders.csv") for r in self.stakeholders if r.known_on is not None]
        if days:
            return max(days, key=lambda day: day[0])
        return min(meeting.on for issue in self.issues for meeting in issue.meetings), "the first meeting"

    @functools.cached_property
    def evidence_stands(self) -> bool:
        """True where no accepted statement is contradicted by its source; only texts at hand are compared.

        Raises
        ------
        InputError
            With every accepted statement whose evidence does not stand in its source.
        """
        at_hand = {
            id_
            for id_, source in self.sources.items()
            if source.file and (self.folder / "documents" / source.file).exists()
        }
        named = [
            statement for statement in self.statements if statement.status == "accepted" and statement.source in at_hand
        ]
        if named:
            guard_dossier(self, named)
        return True

    @functools.cached_property
    def inputs_sha256(self) -> str:
        """One hash over what the dossier says, however it is spelt, the packaged facts and the packaged rules."""
        own = {
            "dossier.yaml": self.settings.model_dump_json(),
            "concepts.csv": render_table(Concept, self.concepts),
            "stakeholders.csv": render_table(Stakeholder, self.stakeholders),
            "sources.csv": render_table(Source, self.sources.values()),
            "statements.csv": render_table(Statement, self.statements),
        }
        if self.preferences:
            own["preferences.csv"] = render_table(Preference, self.preferences)
        named = [(name, text.encode()) for name, text in own.items()]
        measured = any(self.measures_prior(issue.id) for issue in self.issues)
        return fingerprint([*named, *self.overlays, *_packaged_contents(), *(measure_contents() if measured else ())])


@functools.cache
def _packaged_contents() -> tuple[tuple[str, bytes], ...]:
    named = [*world_contents(), *institutions_contents()]
    return tuple((f"foedus/{name}", data) for name, data in named)
