"""A ledger of forecasts: JSON Lines, each line chained to the one before by its hash, scored once outcomes are known.

Every entry holds the hash of the entry before it and its own, over all its other fields in a fixed spelling. Whoever
changes, removes, inserts or reorders entries breaks the chain at a line that can be named. The last entries can be cut
off unseen, unless the hash of the last is kept elsewhere: compare it with ``head``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from foedus.base import cells
from foedus.base.answers import as_json
from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError, Problems, refuse
from foedus.base.files import read_text, write_atomically
from foedus.base.hashes import sha256
from foedus.base.tables import column, scan_table
from foedus.forecasts.result import Forecast

START = "0" * 64
"""What the first entry names as the hash before it."""

FLOOR = 1e-12
"""The least probability that the logarithmic score takes."""

_SUM = 1e-6
_FIELDS = ("n", "kind", "by", "recorded_on", "issue", "on", "as_of", "options", "about", "previous", "sha256")


@dataclass(frozen=True, slots=True)
class Share:
    """One option of a recorded forecast."""

    label: str
    at: float
    probability: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded forecast.

    Attributes
    ----------
    n
        1 for the first.
    kind, by
        ``model`` or ``human``, and which or who.
    recorded_on, issue, on, as_of
        The day of recording, the issue, the day of the meeting, the day up to which knowledge counts.
    options
        By place; their probabilities sum to 1.
    about
        What makes a model's forecast repeatable: version, seed, draws, hash of the inputs; a note for a human's.
    previous, sha256
        The hash before, and its own.
    """

    n: int
    kind: str
    by: str
    recorded_on: Day
    issue: str
    on: Day
    as_of: Day
    options: tuple[Share, ...]
    about: Mapping[str, object]
    previous: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided: a row of the table of outcomes."""

    issue: str = column(cells.identifier(), "id of the issue")
    on: Day = column(cells.day(), "day of the meeting")
    outcome: str = column(cells.text(500), "label of the option, or a place on the scale")


@dataclass(frozen=True, slots=True)
class Score:
    """How one recorded forecast did; smaller is better in all three.

    Attributes
    ----------
    entry
        What was scored.
    outcome
        What was decided, as the table writes it.
    log_score
        Minus the logarithm of the probability of the option nearest to the outcome, floor 1e-12.
    brier
        Sum over options of squared differences from what happened, 0 to 2.
    crps
        Integral over the scale of squared differences of distribution functions, in the scale's unit.
    """

    entry: Entry
    outcome: str
    log_score: float
    brier: float
    crps: float


@dataclass(frozen=True, slots=True)
class Scores:
    """A scored ledger.

    Attributes
    ----------
    head
        Hash of the last entry.
    scores
        Of the entries whose outcome is known, in order.
    waiting
        Numbers of the entries whose outcome is not.
    """

    head: str
    scores: tuple[Score, ...]
    waiting: tuple[int, ...]

    def means(self) -> list[dict[str, object]]:
        """Return the mean scores of each forecaster, the smallest logarithmic score first."""
        found = []
        for by in sorted({one.entry.by for one in self.scores}):
            mine = [one for one in self.scores if one.entry.by == by]
            mean = {
                name: math.fsum(getattr(one, name) for one in mine) / len(mine)
                for name in ("log_score", "brier", "crps")
            }
            found.append({"by": by, "kind": mine[0].entry.kind, "forecasts": len(mine), **mean})
        return sorted(found, key=lambda row: (float(str(row["log_score"])), str(row["by"])))

    def as_answer(self) -> dict[str, object]:
        """Return the JSON document."""
        return {
            "head": self.head,
            "scored": [
                {
                    "n": one.entry.n,
                    "by": one.entry.by,
                    "kind": one.entry.kind,
                    "issue": one.entry.issue,
                    "on": one.entry.on,
                    "as_of": one.entry.as_of,
                    "outcome": one.outcome,
                    "log_score": one.log_score,
                    "brier": one.brier,
                    "crps": one.crps,
                }
                for one in self.scores
            ],
            "forecasters": self.means(),
            "waiting": list(self.waiting),
        }


def record_forecast(path: Path | str, forecast: Forecast, recorded_on: Day) -> Entry:
    """Append a forecast to a ledger, which is checked first and made where there is none.

    Parameters
    ----------
    path
        The ledger.
    forecast
        What `foedus.forecast` returned.
    recorded_on
        The day of recording.

    Raises
    ------
    InputError
        When the ledger has been tampered with, or cannot be written; it stays as it was.
    """
    about = {
        "model": forecast.answered_by,
        "version": forecast.version,
        "seed": forecast.seed,
        "draws": forecast.draws,
        "inputs_sha256": forecast.inputs_sha256,
        "rule": forecast.case.rule.words(),
    }
    options = [Share(one.label, one.at, one.probability) for one in forecast.options]
    day = forecast.case.meeting.on
    return _append(
        Path(path),
        "model",
        f"foedus {forecast.answered_by}",
        recorded_on,
        forecast.issue,
        day,
        forecast.as_of,
        options,
        about,
    )


def record_human(
    path: Path | str,
    by: str,
    issue: str,
    on: Day,
    options: Sequence[Share],
    recorded_on: Day,
    as_of: Day | None = None,
    note: str = "",
) -> Entry:
    """Append a person's forecast to a ledger.

    Parameters
    ----------
    by
        Who forecasts.
    issue, on
        Id of the issue and day of the meeting.
    options
        Their probabilities sum to 1.
    recorded_on, as_of
        The day of recording, and the day up to which knowledge counts, by default the same.
    note
        Why.

    Raises
    ------
    FoedusError
        When the probabilities are none, or the ledger has been tampered with.

    Examples
    --------
    >>> import tempfile
    >>> from foedus.base.days import parse_day
    >>> shares = [Share("no office", 0, 0.9), Share("liaison office", 100, 0.1)]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ledger = Path(folder, "ledger.jsonl")
    ...     entry = record_human(ledger, "A. N.", "office", parse_day("2023-07-11"), shares, parse_day("2023-07-01"))
    ...     read_ledger(ledger)[0].sha256 == entry.sha256
    True
    """
    return _append(Path(path), "human", by, recorded_on, issue, on, as_of or recorded_on, options, {"note": note})


def _append(
    path: Path,
    kind: str,
    by: str,
    recorded_on: Day,
    issue: str,
    on: Day,
    as_of: Day,
    options: Sequence[Share],
    about: Mapping[str, object],
) -> Entry:
    _check_shares(options)
    if not by.strip():
        raise FoedusError("say who forecasts")
    entries = read_ledger(path) if path.exists() else ()
    previous = entries[-1].sha256 if entries else START
    plain: dict[str, object] = {
        "n": len(entries) + 1,
        "kind": kind,
        "by": by,
        "recorded_on": recorded_on,
        "issue": issue,
        "on": on,
        "as_of": as_of,
        "options": [{"label": one.label, "at": one.at, "probability": one.probability} for one in options],
        "about": about,
        "previous": previous,
    }
    # through the spelling of answers and back: nine digits, days as text, no NaN
    spelt = {name: value for name, value in json.loads(as_json(plain)).items() if name != "schema"}
    spelt["sha256"] = _hash(spelt)
    text = read_text(path) if entries else ""
    whole = text if text.endswith("\n") or not text else text + "\n"
    write_atomically(path, whole + _spell(spelt) + "\n")
    return _entry(spelt)


def _check_shares(options: Sequence[Share]) -> None:
    labels = [one.label.strip().casefold() for one in options]
    if len(options) < 2 or len(set(labels)) < len(labels):
        raise FoedusError("a forecast has at least two options, each named once")
    if any(not (math.isfinite(one.probability) and 0 <= one.probability <= 1) for one in options):
        raise FoedusError("probabilities lie between 0 and 1")
    total = math.fsum(one.probability for one in options)
    if abs(total - 1) > _SUM:
        raise FoedusError(f"the probabilities sum to {total:g}; they must sum to 1")
    if any(not math.isfinite(one.at) for one in options):
        raise FoedusError("an option stands at a finite place")


def _spell(plain: Mapping[str, object]) -> str:
    return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _hash(plain: Mapping[str, object]) -> str:
    return sha256(_spell({name: value for name, value in plain.items() if name != "sha256"}).encode())


def share_of(words: str) -> Share:
    """Return an option from ``LABEL@PLACE=PROBABILITY``.

    Raises
    ------
    FoedusError
        When it is not spelt so.

    Examples
    --------
    >>> share_of("liaison office@100=0.2")
    Share(label='liaison office', at=100.0, probability=0.2)
    """
    label, _, rest = words.rpartition("@")
    at, _, probability = rest.partition("=")
    try:
        return Share(label.strip(), float(at), float(probability))
    except ValueError:
        raise FoedusError(f"{words!r}, expected LABEL@PLACE=PROBABILITY such as 'liaison office@100=0.2'") from None


def day_of(words: str, name: str) -> Day:
    """Return a day from text; the message of the error names it."""
    try:
        return parse_day(words)
    except ValueError as error:
        raise FoedusError(f"{name}: {error}") from None


def read_ledger(path: Path | str, head: str | None = None) -> tuple[Entry, ...]:
    """Read a ledger and check its chain.

    Parameters
    ----------
    path
        The file.
    head
        The hash that the last entry had when it was last seen, or one of an earlier entry.

    Raises
    ------
    InputError
        When a line is no entry, or was changed, or an entry before it was removed, inserted or moved; the line is
        named. Also when no entry has the hash ``head``: the end was cut off.
    """
    name = str(path)
    problems = Problems(name)
    previous, entries = START, []
    for number, line in enumerate(read_text(Path(path)).removesuffix("\n").split("\n"), 1):
        where = f"line {number}"
        plain = _plain(line)
        if plain is None:
            problems.add("one whole entry; it is damaged, or was not written by Foedus", where=where)
            break
        if plain["sha256"] != _hash(plain):
            problems.add("the hash of its content; the entry was changed after it was recorded", where=where)
            break
        if plain["previous"] != previous or plain["n"] != number:
            problems.add("the hash of the line before; an entry was removed, inserted or moved here", where=where)
            break
        entries.append(_entry(plain))
        previous = entries[-1].sha256
    problems.raise_if_any()
    if head is not None and head not in {one.sha256 for one in entries}:
        raise refuse(name, f"an entry with the hash {head}; entries at its end were removed or written anew")
    return tuple(entries)


def _plain(line: str) -> dict[str, object] | None:
    try:
        plain = json.loads(line)
    except ValueError:
        return None
    return plain if isinstance(plain, dict) and plain.keys() == set(_FIELDS) else None


def _entry(plain: Mapping[str, object]) -> Entry:
    options = plain["options"]
    assert isinstance(options, list)
    about = plain["about"]
    assert isinstance(about, dict)
    return Entry(
        n=int(str(plain["n"])),
        kind=str(plain["kind"]),
        by=str(plain["by"]),
        recorded_on=parse_day(str(plain["recorded_on"])),
        issue=str(plain["issue"]),
        on=parse_day(str(plain["on"])),
        as_of=parse_day(str(plain["as_of"])),
        options=tuple(Share(str(o["label"]), float(o["at"]), float(o["probability"])) for o in options),
        about=about,
        previous=str(plain["previous"]),
        sha256=str(plain["sha256"]),
    )


def score_ledger(path: Path | str, outcomes: Path | str, head: str | None = None) -> Scores:
    """Score every recorded forecast whose outcome is known.

    Parameters
    ----------
    path
        The ledger; its chain is checked first.
    outcomes
        A table with columns ``issue``, ``on``, ``outcome``.
    head
        As for `read_ledger`.

    Raises
    ------
    InputError
        When the ledger was tampered with, or an outcome is neither an option of the forecast nor a number.
    """
    entries = read_ledger(path, head)
    rows, wrong = scan_table(Path(outcomes), Outcome, name=str(outcomes))
    problems = Problems(str(outcomes))
    problems.extend(wrong)
    known: dict[tuple[str, Day], str] = {}
    for row in rows:
        key = (row.record.issue, row.record.on)
        if key in known:
            problems.add("one outcome for an issue and a day", where=row.where, value=row.record.outcome)
        known[key] = row.record.outcome
    found, waiting = [], []
    for entry in entries:
        outcome = known.get((entry.issue, entry.on))
        if outcome is None:
            waiting.append(entry.n)
            continue
        at = _place(entry, outcome)
        if at is None:
            labels = ", ".join(repr(one.label) for one in entry.options)
            problems.add(f"one of {labels}, or a place on the scale", field="outcome", value=outcome)
            continue
        found.append(Score(entry, outcome, *score(entry.options, at)))
    problems.raise_if_any()
    return Scores(entries[-1].sha256 if entries else START, tuple(found), tuple(waiting))


def _place(entry: Entry, outcome: str) -> float | None:
    for one in entry.options:
        if one.label.strip().casefold() == outcome.strip().casefold():
            return one.at
    try:
        at = float(outcome)
    except ValueError:
        return None
    return at if math.isfinite(at) else None


def score(options: Sequence[Share], at: float) -> tuple[float, float, float]:
    """Return the logarithmic score, the Brier score and the CRPS of a distribution over options.

    Parameters
    ----------
    options
        Any order; their probabilities sum to 1.
    at
        Where on the scale the outcome lies; the option nearest to it counts as what happened, the lower of two.

    References
    ----------
    Gneiting and Raftery (2007), Strictly proper scoring rules, prediction, and estimation.
    doi:10.1198/016214506000001437

    Examples
    --------
    >>> log_score, brier, crps = score([Share("no", 0, 0.75), Share("yes", 100, 0.25)], 0)
    >>> round(log_score, 4), brier, crps
    (0.2877, 0.125, 6.25)
    """
    ordered = sorted(options, key=lambda one: one.at)
    happened = min(ordered, key=lambda one: (abs(one.at - at), one.at))
    log_score = -math.log(max(happened.probability, FLOOR))
    brier = math.fsum((one.probability - (one is happened)) ** 2 for one in ordered)
    edges = sorted({*(one.at for one in ordered), at})
    crps = 0.0
    for left, right in pairwise(edges):
        below = math.fsum(one.probability for one in ordered if one.at <= left)
        crps += (right - left) * (below - (at <= left)) ** 2
    return log_score, brier, crps
