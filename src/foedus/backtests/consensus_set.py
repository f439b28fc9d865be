"""The packaged set of decisions under consensus and unanimity, coded from public sources; read strictly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from foedus.backtests.case import PastCase, Standing
from foedus.base import cells
from foedus.base.days import Day
from foedus.base.errors import FoedusError, Problems
from foedus.base.files import read_bytes
from foedus.base.hashes import sha256
from foedus.base.locks import writing
from foedus.base.tables import Row, column, columns_of, scan_table
from foedus.base.together import write_together
from foedus.world import packaged_world

SEATS: dict[str, tuple[str, str]] = {
    "nac": ("nato", "member"),
    "european-council": ("eu", "member"),
    "eu-council": ("eu", "member"),
    "asean": ("asean", "member"),
    "csto-council": ("csto", "member"),
    "unsc": ("unsc", "permanent-member"),
}
"""Bodies whose membership is packaged: organisation and standing. Elsewhere only members that spoke are seated."""

PROPOSAL = "proposal"
"""Stands where the proposal is, as who sets the agenda."""

_POINT = cells.number(0, 100)
_SHARE = cells.number(0, 1)
_SIGNAL = cells.one_or_zero()

SIGNALS: tuple[str, ...] = ("amendable", "threat", "link", "offer", "softening", "prior_decision")
"""The columns of a decision that say what could be known before the day; blank where it could not be found out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision with its outcome."""

    id: str = column(cells.identifier(), "id of the decision")
    dispute: str = column(cells.identifier(), "what it belongs to; decisions of one dispute are left out together")
    body: str = column(cells.identifier(), "who decided")
    on: Day = column(cells.day(), "day of the decision")
    question: str = column(cells.text(), "what was asked")
    proposal: str = column(cells.text(), "what was on the table: 100 on the scale")
    rule: str = column(cells.choice("consensus", "unanimity", "consensus with host consent"), "rule")
    status_quo_at: float = column(_POINT, "where things end without agreement")
    outcome: float = column(_POINT, "what was decided")
    outcome_label: str = column(cells.text(), "the same in words")
    kind: str = column(cells.choice("adopted", "weakened", "blocked", "postponed"), "the same as a kind")
    scored: bool = column(cells.yes_or_no(), "whether it is scored: no for the packaged dossier's own case")
    coded_after: str = column(cells.choice("no", "part", "yes"), "whether positions rest on later accounts")
    amendable: bool | None = column(
        _SIGNAL, "whether it can be had in part: a text, sum or list, not a person", blank=None
    )
    threat: bool | None = column(_SIGNAL, "whether a member said before the day that it would stop it", blank=None)
    link: bool | None = column(_SIGNAL, "whether a member tied its consent to another matter", blank=None)
    offer: bool | None = column(_SIGNAL, "whether something beside the text was on offer to a resister", blank=None)
    softening: bool | None = column(_SIGNAL, "whether a resister came nearer in the last two weeks", blank=None)
    prior_decision: bool | None = column(
        _SIGNAL, "whether the body had decided on the same matter before, in either way", blank=None
    )
    outcome_12_months: float | None = column(_POINT, "where the matter stood twelve months later", blank=None)
    frame: str = column(cells.identifier(), "the list by which the decision was found", blank="")
    note: str = column(cells.text(), "what a reader should know", blank="")
    source: str = column(cells.identifier(), "where the outcome is documented")
    locator: str = column(cells.text(), "where in the source")
    verified: bool = column(cells.yes_or_no(), "whether the passage was seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedOption:
    """A place on the line and what it means."""

    decision: str = column(cells.identifier(), "id of the decision")
    label: str = column(cells.text(), "what would be decided")
    at: float = column(_POINT, "place on the scale")
    note: str = column(cells.text(), "what a reader should know", blank="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedPosition:
    """What one member wanted before the day, in public."""

    decision: str = column(cells.identifier(), "id of the decision")
    actor: str = column(cells.identifier(), "the member")
    position_words: str = column(cells.text(), "the word coded, of your own choosing; the places beside it count")
    position_low: float = column(_POINT, "lowest place that the word allows")
    position_mode: float = column(_POINT, "likeliest place")
    position_high: float = column(_POINT, "highest place")
    salience_low: float = column(_SHARE, "least salience")
    salience_mode: float = column(_SHARE, "likeliest salience")
    salience_high: float = column(_SHARE, "most salience")
    said_on: str = column(cells.text(10), "day, month or year of the statement; blank: a later account", blank="")
    coded_after: bool = column(cells.yes_or_no(), "whether it rests on a later account")
    source: str = column(cells.identifier(), "where it is documented")
    locator: str = column(cells.text(), "where in the source")
    verified: bool = column(cells.yes_or_no(), "whether the passage was seen")
    note: str = column(cells.text(), "what was said")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedSource:
    """A page that the coding rests on."""

    id: str = column(cells.identifier(), "short id")
    title: str = column(cells.text(), "title of the page")
    publisher: str = column(cells.text(), "who publishes it")
    published: str = column(cells.text(40), "day, month or year of publication", blank="")
    url: str = column(cells.text(), "address; blank where none was seen", blank="")
    note: str = column(cells.text(), "what a reader should know", blank="")


TABLES: Mapping[str, type[Any]] = {
    "decisions": Decision,
    "options": CodedOption,
    "positions": CodedPosition,
    "sources": CodedSource,
}
"""What a row of each table of a folder is."""


@dataclass(frozen=True, slots=True)
class ConsensusSet:
    """The set as read.

    Attributes
    ----------
    decisions, options, positions, sources
        The rows of the tables, in their order.
    """

    decisions: tuple[Decision, ...]
    options: tuple[CodedOption, ...]
    positions: tuple[CodedPosition, ...]
    sources: tuple[CodedSource, ...]

    @property
    def scored(self) -> tuple[Decision, ...]:
        """The decisions that are scored."""
        return tuple(decision for decision in self.decisions if decision.scored)


def write_template(folder: Path) -> tuple[Path, ...]:
    """Write the four tables of a folder of decisions with their headings alone.

    Parameters
    ----------
    folder
        Where to; made if it is not there.

    Raises
    ------
    FoedusError
        When one of the tables is there already.
    """
    paths = {name: folder / f"{name}.csv" for name in TABLES}
    if there := [path.name for path in paths.values() if path.exists()]:
        raise FoedusError(f"{folder} has {', '.join(there)} already; a template is written into a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    headings = {name: ",".join(declared.name for declared in columns_of(record)) for name, record in TABLES.items()}
    with writing(folder):
        write_together(folder, {f"{name}.csv": f"{line}\n".encode() for name, line in headings.items()})
    return tuple(paths.values())


def read_consensus_set(folder: Path) -> ConsensusSet:
    """Read the four tables of a folder and check them against each other.

    Parameters
    ----------
    folder
        Holds ``decisions.csv``, ``options.csv``, ``positions.csv`` and ``sources.csv``.

    Raises
    ------
    FoedusError
        When one of the tables is missing.
    InputError
        With everything wrong: an unknown id, an outcome or status quo that is no option, a kind that its outcome
        contradicts, an estimate out of order, a statement later than the decision.

    Examples
    --------
    >>> consensus_set = read_consensus_set(packaged_folder())
    >>> len(consensus_set.decisions), len(consensus_set.scored)
    (187, 186)
    """
    tables: dict[str, tuple[Row[Any], ...]] = {}
    if missing := [f"{name}.csv" for name in TABLES if not (folder / f"{name}.csv").is_file()]:
        raise FoedusError(
            f"{folder} is no folder of decisions: {', '.join(missing)} missing there; 'foedus backtest DIR --template' "
            "writes the four tables empty into a new folder"
        )
    problems = Problems(str(folder))
    for name, record in TABLES.items():
        tables[name], problems_of_table = scan_table(folder / f"{name}.csv", record)
        problems.extend(problems_of_table)
    problems.raise_if_any()
    checks = _Checks(tables)
    for name, wrong in checks.run().items():
        problems = Problems(str(folder / f"{name}.csv"))
        for where, field, value, expected in wrong:
            problems.add(expected, where=where, field=field, value=value)
        problems.raise_if_any()
    return ConsensusSet(*(tuple(row.record for row in tables[name]) for name in TABLES))


_Wrong = tuple[str, str, str, str]


class _Checks:
    """What holds between rows and tables."""

    def __init__(self, tables: dict[str, tuple[Row[Any], ...]]) -> None:
        self.tables = tables
        self.decisions = {row.record.id: row.record for row in tables["decisions"]}
        self.sources = {row.record.id for row in tables["sources"]}
        self.places: dict[str, set[float]] = defaultdict(set)
        for row in tables["options"]:
            self.places[row.record.decision].add(row.record.at)

    def run(self) -> dict[str, list[_Wrong]]:
        keys: dict[str, Callable[[Any], object]] = {
            "decisions": lambda record: record.id,
            "options": lambda record: (record.decision, record.at),
            "positions": lambda record: (record.decision, record.actor),
            "sources": lambda record: record.id,
        }
        checks: dict[str, Callable[[Any], Iterable[tuple[str, object, str]]]] = {
            "decisions": self._decision,
            "options": self._known,
            "positions": self._position,
            "sources": lambda _: (),
        }
        wrong: dict[str, list[_Wrong]] = {}
        for name, rows in self.tables.items():
            seen: dict[object, str] = {}
            wrong[name] = []
            for row in rows:
                key = keys[name](row.record)
                if key in seen:
                    wrong[name].append((row.where, "id", str(key), f"each once; it stands in {seen[key]} too"))
                seen.setdefault(key, row.where)
                wrong[name] += [(row.where, field, str(value), why) for field, value, why in checks[name](row.record)]
        return wrong

    def _decision(self, decision: Decision) -> Iterable[tuple[str, object, str]]:
        places = self.places[decision.id]
        for field in ("outcome", "status_quo_at"):
            if getattr(decision, field) not in places:
                yield (
                    field,
                    getattr(decision, field),
                    f"one of its options, {', '.join(f'{x:g}' for x in sorted(places))}",
                )
        low, high = {"adopted": (90, 100), "weakened": (10, 90)}.get(decision.kind, (0, 10))
        if not low <= decision.outcome <= high or (decision.kind == "weakened" and decision.outcome in {low, high}):
            yield "kind", decision.kind, f"the kind that an outcome of {decision.outcome:g} is"
        if decision.source not in self.sources:
            yield "source", decision.source, "the id of a row of sources.csv"
        voices = sum(row.record.decision == decision.id for row in self.tables["positions"])
        if voices < 2:
            yield "id", decision.id, f"at least two positions in positions.csv; there are {voices}"

    def _known(self, record: Any) -> Iterable[tuple[str, object, str]]:
        if record.decision not in self.decisions:
            yield "decision", record.decision, "the id of a row of decisions.csv"

    def _position(self, coded_position: CodedPosition) -> Iterable[tuple[str, object, str]]:
        yield from self._known(coded_position)
        if coded_position.source not in self.sources:
            yield "source", coded_position.source, "the id of a row of sources.csv"
        if not coded_position.position_low <= coded_position.position_mode <= coded_position.position_high:
            yield "position_mode", coded_position.position_mode, "a number from position_low to position_high"
        if not coded_position.salience_low <= coded_position.salience_mode <= coded_position.salience_high:
            yield "salience_mode", coded_position.salience_mode, "a number from salience_low to salience_high"
        decision = self.decisions.get(coded_position.decision)
        if decision is not None and coded_position.said_on > decision.on.isoformat()[: len(coded_position.said_on)]:
            yield "said_on", coded_position.said_on, f"a day not after the decision, {decision.on}"
        if not coded_position.said_on and not coded_position.coded_after:
            yield "said_on", "", "a day, or 'yes' under coded_after"


def packaged_folder(name: str = "consensus") -> Path:
    """Return where a packaged set lies: ``consensus``, or ``unseen``, to which nothing is fitted."""
    return Path(str(resources.files("foedus.backtests").joinpath(name)))


def packaged_hash() -> str:
    """Return the SHA-256 of the packaged set's four tables."""
    return hash_of(packaged_folder())


def hash_of(folder: Path) -> str:
    """Return the SHA-256 of a folder's four tables, one after the other by name."""
    return sha256(b"".join(read_bytes(folder / f"{name}.csv") for name in sorted(TABLES)))


@cache
def packaged_consensus_set() -> ConsensusSet:
    """Return the packaged set."""
    return read_consensus_set(packaged_folder())


def consensus_cases(consensus_set: ConsensusSet) -> tuple[PastCase, ...]:
    """Return the scored decisions as cases; decisions of one dispute share a proposal.

    Who sets the agenda stands at the proposal, 100. Members that spoke stand where they were coded; the other members
    of a body whose membership is packaged are silent.

    Parameters
    ----------
    consensus_set
        The set.

    Examples
    --------
    >>> cases = consensus_cases(packaged_consensus_set())
    >>> decision = next(case for case in cases if case.issue == "schengen-bgr-rou-2022")
    >>> decision.outcome, sorted(stand.actor for stand in decision.standings), len(decision.silent)
    (0.0, ['AUT', 'DEU', 'NLD', 'SWE', 'proposal'], 23)
    """
    positions: dict[str, list[CodedPosition]] = defaultdict(list)
    for row in consensus_set.positions:
        positions[row.decision].append(row)
    options: dict[str, list[float]] = defaultdict(list)
    for option in consensus_set.options:
        options[option.decision].append(option.at)
    return tuple(
        _case(decision, positions[decision.id], tuple(sorted(options[decision.id])))
        for decision in consensus_set.scored
    )


def _case(decision: Decision, positions: Sequence[CodedPosition], options: tuple[float, ...]) -> PastCase:
    standings = tuple(
        Standing(
            row.actor,
            "member",
            row.position_mode,
            100 * row.salience_mode,
            1.0,
            (row.position_low, row.position_high),
            (100 * row.salience_low, 100 * row.salience_high),
        )
        for row in positions
    )
    spoke = {row.actor for row in positions}
    seats: set[str] = set()
    if decision.body in SEATS:
        organisation, status = SEATS[decision.body]
        seats = {row.actor for row in packaged_world().members(organisation, decision.on, status)}
    organisation = (
        "EU" if decision.body in {"eu-council", "european-council"} else "NATO" if decision.body == "nac" else "other"
    )
    groups = (("body", organisation), ("coded after", decision.coded_after))
    return PastCase(
        decision.dispute,
        decision.id,
        (*standings, Standing(PROPOSAL, "proposer", 100.0)),
        decision.rule,
        decision.status_quo_at,
        decision.outcome,
        groups,
        tuple(sorted(seats - spoke)),
        options=options,
        signals=tuple((name, 0.0 if (said := getattr(decision, name)) is None else said - 0.5) for name in SIGNALS),
        outcome_in_a_year=decision.outcome_12_months,
    )
