"""The docket: a dossier's dated events, each a step of a matter through its procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from foedus.base.errors import InputError, Problems, refuse
from foedus.base.files import as_text
from foedus.base.hashes import sha256
from foedus.base.tables import Row, render_table, scan_text
from foedus.dossiers import Dossier
from foedus.dossiers.redaction import without_values
from foedus.procedures.checks import DocketChecks
from foedus.procedures.items import Item
from foedus.procedures.machines import ANSWER, RECORD, Machine, Step, packaged_machines, read_machines

FILE = "docket.csv"
"""The table's name in a dossier."""


@dataclass(frozen=True, slots=True)
class DocketEntry:
    """A row of the docket with all that it refers to.

    Attributes
    ----------
    number
        The row in the file, the heading being 1.
    item
        What stands there.
    machine, step
        The procedure and its step.
    issue, body
        Ids of the matter's issue and of the body whose members act; blank where there is none.
    """

    number: int
    item: Item
    machine: Machine
    step: Step
    issue: str
    body: str

    @property
    def key(self) -> str:
        """What names the row in a choice or a record."""
        return f"{self.item.on}/{self.item.matter}/{self.item.step}/{self.number}"


@dataclass(frozen=True, slots=True)
class Docket:
    """The dated events of a dossier.

    Attributes
    ----------
    entries
        In order of date.
    matters
        The procedure of each matter, in order of first appearance.
    sha256
        Of what it says, however it is spelt.
    """

    entries: tuple[DocketEntry, ...]
    matters: Mapping[str, Machine]
    sha256: str


def read_docket(dossier: Dossier) -> Docket:
    """Read a dossier's docket and check that its procedures allow every step.

    Parameters
    ----------
    dossier
        With ``docket.csv`` in its folder, and perhaps procedures of its own in ``procedures/``.

    Raises
    ------
    InputError
        With every problem: file, row, field, value, what was expected.

    Examples
    --------
    >>> import foedus
    >>> docket = read_docket(foedus.read_dossier("tokyo-office"))
    >>> docket.matters["tokyo-office"].id
    'office'
    """
    held = dict(dossier.carried).get(FILE)
    if held is None:
        raise refuse(
            str(dossier.folder / FILE),
            "the file is missing; a replay needs a table of dated events: "
            f"foedus new {dossier.folder} --docket makes one from the meetings",
        )
    try:
        return _checked(dossier, held)
    except InputError as error:
        if dossier.max_marking is None:
            raise
        raise without_values(error.problems) from None


def _checked(dossier: Dossier, held: bytes) -> Docket:
    machines = read_machines(dossier.folder / "procedures")
    rows, wrong = scan_text(as_text(held, FILE), Item, FILE)
    problems = Problems(FILE)
    problems.extend(wrong)
    checks = DocketChecks(dossier, machines, rows, problems)
    checks.run()
    if problems.found:
        raise InputError(problems.found)
    if not rows:
        raise refuse(FILE, "holds no rows; expected at least one event")
    return _assembled(rows, machines, checks)


def check_replayed(dossier: Dossier) -> None:
    """Refuse a docket or procedures of a dossier's own that do not hold together; a dossier may have neither.

    Raises
    ------
    InputError
        As in `read_docket`.
    """
    read_machines(dossier.folder / "procedures")
    if FILE in dict(dossier.carried):
        read_docket(dossier)


def _assembled(rows: tuple[Row[Item], ...], machines: Mapping[str, Machine], checks: DocketChecks) -> Docket:
    entries = []
    for row in rows:
        item = row.record
        machine = machines[item.procedure]
        issue = checks.issue_of(item.matter)
        entries.append(DocketEntry(row.number, item, machine, machine.steps[item.step], issue, checks.body_of(item)))
    return _of(entries)


def without_answers(docket: Docket) -> Docket:
    """Return a docket without the rows that are drawn from a rival's record, and without what hangs on them.

    A docket that has no such row is returned as it is.
    """
    drawn = {entry.item.matter for entry in docket.entries if entry.step.decided == RECORD}
    if not drawn:
        return docket
    kept: list[DocketEntry] = []
    for entry in docket.entries:
        if entry.item.matter in drawn or drawn & {matter for matter, _ in entry.item.conditions}:
            drawn.add(entry.item.matter)
        else:
            kept.append(entry)
    return _of(kept)


def with_answers(docket: Docket, rival_of: Callable[[str], str]) -> Docket:
    """Return a docket with a row for the rival's answer after each decision of a body that it may answer.

    Parameters
    ----------
    docket
        Rows of its own that are drawn from the record stay, and no other is added for the same decision.
    rival_of
        Who may answer an issue, by id; empty where nobody is declared.
    """
    machine = packaged_machines()[ANSWER]
    asked = {matter for entry in docket.entries if entry.step.decided == RECORD for matter, _ in entry.item.conditions}
    entries: list[DocketEntry] = []
    for entry in docket.entries:
        entries.append(entry)
        reached = _adopted(entry)
        rival = rival_of(entry.issue) if reached and entry.issue and entry.item.matter not in asked else ""
        if rival:
            item = Item(
                on=entry.item.on,
                matter=f"{entry.item.matter}-{ANSWER}",
                procedure=ANSWER,
                step=ANSWER,
                by=(rival,),
                issue=entry.issue,
                when=f"{entry.item.matter}={'|'.join(reached)}",
                source=entry.item.source,
                verified=False,
                note="a branch that was asked for, and no event of the docket",
            )
            entries.append(DocketEntry(entry.number, item, machine, machine.steps[ANSWER], entry.issue, entry.body))
    return _of(entries)


def _adopted(entry: DocketEntry) -> tuple[str, ...]:
    """Return the states to which a decision of a body leads that adopts something."""
    if entry.step.decided not in {"body", "silence"}:
        return ()
    nothing = "nothing" if entry.step.decided == "body" else "broken"
    reached = dict.fromkeys(entry.step.target(choice) for choice in entry.step.choices if choice != nothing)
    return tuple(state for state in reached if state != entry.step.target(nothing))


def _of(entries: Iterable[DocketEntry]) -> Docket:
    """Return rows as a docket."""
    kept = tuple(entries)
    content = render_table(Item, (entry.item for entry in kept))
    return Docket(kept, {entry.item.matter: entry.machine for entry in kept}, sha256(content.encode()))
