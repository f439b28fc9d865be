"""Scores of recorded forecasts once outcomes are known.

Forecasts, entries recorded after the meeting, and entries made with later knowledge are never averaged together. Of
several entries of one forecaster on one question the last counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from foedus.base import cells
from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import Problems
from foedus.base.lines import START
from foedus.base.tables import column, scan_table
from foedus.ledgers.chain import STANDINGS, Entry, Share, read_ledger
from foedus.ledgers.signing import can_sign

FLOOR = 1e-12
"""The least probability that the logarithmic score takes."""

NONE_OF_THESE = "none of these"
"""The outcome of a choice among persons or places that nobody had on its list."""

MEASURES = ("log_score", "brier", "crps")
"""Names of the scores."""

Question = tuple[str, Day]
"""An issue and the day of the meeting."""

_SAME = 1e-9  # how near two places on a scale are the same


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
    named
        Whether one of the forecaster's options is what was decided.
    log_score
        Minus the logarithm of the probability of exactly what was decided, floor 1e-12.
    brier
        Sum over options of squared differences from what happened, 0 to 2; an outcome that is none of the options is
        one more, with the probability 0.
    crps
        Integral over the scale of squared differences of distribution functions, in the scale's unit; None where
        options have no order.
    """

    KEYS = (
        "n=entry.n by=entry.by kind=entry.kind issue=entry.issue on=entry.on as_of=entry.as_of "
        "recorded_on=entry.recorded_on standing=entry.standing outcome named log_score brier crps"
    )

    entry: Entry
    outcome: str
    named: bool
    log_score: float
    brier: float
    crps: float | None


@dataclass(frozen=True, slots=True)
class Scores(Recorded):
    """A scored ledger.

    Attributes
    ----------
    head
        Hash of the last entry.
    scores
        Of the entries whose outcome is known, in order; of a forecaster's several entries on a question the last.
    waiting
        Numbers of the entries whose outcome is not.
    superseded
        Numbers of the entries that a later one replaces, and of that one.
    unmatched
        Questions of the table of outcomes on which there is no entry.
    backwards
        Numbers of the entries that are said to have been recorded before one that stands before them.
    signed, unchecked
        Numbers of the entries with a signature, and whether nobody could check them here.
    """

    KEYS = (
        "head scored=scores forecasters=means recorded_late=late hindsight comparable "
        "common=(questions=shared forecasters=compared) waiting superseded{n by_n} unmatched_outcomes=without_entry "
        "backwards signed signatures_checked=checked"
    )

    head: str
    scores: tuple[Score, ...]
    waiting: tuple[int, ...]
    superseded: Mapping[int, int]
    unmatched: tuple[Question, ...]
    backwards: tuple[int, ...] = ()
    signed: tuple[int, ...] = ()
    unchecked: bool = False

    def of(self, standing: str) -> tuple[Score, ...]:
        """Return the scores of entries of one of `foedus.ledgers.chain.STANDINGS`."""
        return tuple(scored for scored in self.scores if scored.entry.standing == standing)

    def means(self, standing: str = STANDINGS[0]) -> list[dict[str, object]]:
        """Return the mean scores of each forecaster over its own questions.

        The smallest logarithmic score comes first where all answered the same questions with the same options;
        otherwise the means cannot be compared, and the order is that of the names.
        """
        means = _means(self.of(standing))
        return means if self.comparable(standing) else sorted(means, key=lambda row: str(row["by"]))

    def comparable(self, standing: str = STANDINGS[0]) -> bool:
        """Return whether all forecasters answered the same questions with the same options."""
        scores = self.of(standing)
        return len(self.common(standing)) == len({_question(scored.entry) for scored in scores})

    def common(self, standing: str = STANDINGS[0]) -> tuple[Question, ...]:
        """Return the questions that every forecaster answered, all with the same options."""
        asked: dict[Question, list[Score]] = {}
        for scored in self.of(standing):
            asked.setdefault(_question(scored.entry), []).append(scored)
        everybody = {(scored.entry.kind, scored.entry.by) for scored in self.of(standing)}
        return tuple(
            question
            for question, answers in sorted(asked.items())
            if {(answer.entry.kind, answer.entry.by) for answer in answers} == everybody
            and len({_options(answer.entry) for answer in answers}) == 1
        )

    def compared(self, standing: str = STANDINGS[0]) -> list[dict[str, object]]:
        """Return mean scores over the common questions only, the smallest logarithmic score first."""
        common = set(self.common(standing))
        return _means([scored for scored in self.of(standing) if _question(scored.entry) in common])

    @property
    def late(self) -> list[dict[str, object]]:
        """The means over entries that were recorded after the meeting."""
        return self.means(STANDINGS[1])

    @property
    def hindsight(self) -> list[dict[str, object]]:
        """The means over entries that were made with knowledge from after the meeting."""
        return self.means(STANDINGS[2])

    @property
    def shared(self) -> list[dict[str, object]]:
        """The questions that every forecaster answered, each with its issue and day."""
        return [{"issue": issue, "on": on} for issue, on in self.common()]

    @property
    def without_entry(self) -> list[dict[str, object]]:
        """The questions with an outcome and no entry, each with its issue and day."""
        return [{"issue": issue, "on": on} for issue, on in self.unmatched]

    @property
    def checked(self) -> bool:
        """Whether the signatures, if any, could be checked."""
        return not self.unchecked


def _question(entry: Entry) -> Question:
    return entry.issue, entry.on


def _options(entry: Entry) -> tuple[str, ...]:
    """Return where the options stand: two options at one place are one, whatever they are called; else their names."""
    return tuple(sorted(option.label.casefold() if option.at is None else f"{option.at!r}" for option in entry.options))


def _means(scores: Sequence[Score]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for kind, by in sorted({(scored.entry.kind, scored.entry.by) for scored in scores}):
        mine = [scored for scored in scores if (scored.entry.kind, scored.entry.by) == (kind, by)]
        mean = {name: _mean([getattr(scored, name) for scored in mine]) for name in MEASURES}
        rows.append({"by": by, "kind": kind, "forecasts": len(mine), **mean})
    return sorted(rows, key=lambda row: (float(str(row["log_score"])), str(row["by"])))


def _mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of the scores that there are; None where there is none."""
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def score_ledger(
    path: Path | str, outcomes: Path | str, head: str | None = None, authors: Mapping[str, str] | None = None
) -> Scores:
    """Score every recorded forecast whose outcome is known.

    Parameters
    ----------
    path
        The ledger; its chain is checked first.
    outcomes
        A table with columns ``issue``, ``on``, ``outcome``.
    head, authors
        As for `read_ledger`.

    Raises
    ------
    InputError
        When the ledger was tampered with, or an outcome is neither an option of a forecast on the question nor a
        place between the ends of their options.
    """
    entries = read_ledger(path, head, authors)
    known, problems = _read_outcomes(outcomes)
    counted, superseded = _last(entries)
    asked: dict[Question, list[Entry]] = {}
    for entry in entries:
        asked.setdefault(_question(entry), []).append(entry)
    scores = []
    for question, outcome in known.items():
        told = _refused(asked.get(question, ()), outcome)
        if told is not None:
            problems.add(told, field="outcome", value=outcome)
            continue
        for entry in asked.get(question, ()):
            if entry.n in counted:
                scores.append(_score_of(entry, asked[question], outcome))
    problems.raise_if_any()
    return Scores(
        entries[-1].sha256 if entries else START,
        tuple(sorted(scores, key=lambda scored: scored.entry.n)),
        tuple(entry.n for entry in entries if _question(entry) not in known),
        superseded,
        tuple(question for question in known if question not in asked),
        tuple(entry.n for entry in entries if entry.backwards),
        tuple(entry.n for entry in entries if entry.key),
        not can_sign() and any(entry.key for entry in entries),
    )


def _read_outcomes(path: Path | str) -> tuple[dict[Question, str], Problems]:
    rows, wrong = scan_table(Path(path), Outcome, name=str(path))
    problems = Problems(str(path))
    problems.extend(wrong)
    known: dict[Question, str] = {}
    for row in rows:
        key = (row.record.issue, row.record.on)
        if key in known:
            problems.add("one outcome for an issue and a day", where=row.where, value=row.record.outcome)
        known[key] = row.record.outcome
    return known, problems


def _last(entries: Sequence[Entry]) -> tuple[set[int], dict[int, int]]:
    """Return the entries that count, the last of each forecaster, question and standing, and what replaces others."""
    last: dict[tuple[object, ...], int] = {}
    keys = {entry.n: (entry.kind, entry.by, *_question(entry), entry.standing) for entry in entries}
    for n, key in keys.items():
        last[key] = n
    return set(last.values()), {n: last[key] for n, key in keys.items() if last[key] != n}


def _refused(entries: Sequence[Entry], outcome: str) -> str | None:
    """Return what an outcome should be, or None where it is that."""
    places = [option.at for entry in entries for option in entry.options if option.at is not None]
    if not places:
        return _refused_name(entries, outcome) if entries else None
    at = _number(outcome)
    called = {
        option.at for entry in entries for option in entry.options if option.at is not None and _called(option, outcome)
    }
    if called:
        if len(called) > 1 and not all(any(_called(option, outcome) for option in entry.options) for entry in entries):
            return (
                f"a place on the scale: forecasters put that option at {' and '.join(f'{x:g}' for x in sorted(called))}"
            )
        return None
    if at is None:
        labels = ", ".join(dict.fromkeys(repr(option.label) for entry in entries for option in entry.options))
        return f"one of {labels}, or a place on the scale"
    if not min(places) <= at <= max(places):
        return f"a place from {min(places):g} to {max(places):g}, the ends of the recorded options"
    return None


def _refused_name(entries: Sequence[Entry], outcome: str) -> str | None:
    """Return what the outcome of a choice without an order should be, or None where it is that."""
    named = dict.fromkeys(option.label for entry in entries for option in entry.options)
    if outcome.strip().casefold() in {NONE_OF_THESE, *(label.casefold() for label in named)}:
        return None
    return f"one of {', '.join(map(repr, named))}, or {NONE_OF_THESE!r}"


def _called(share: Share, outcome: str) -> bool:
    return share.label.strip().casefold() == outcome.strip().casefold()


def _number(outcome: str) -> float | None:
    try:
        at = float(outcome)
    except ValueError:
        return None
    return at if math.isfinite(at) else None


def _place(entry: Entry, entries: Sequence[Entry], outcome: str) -> float:
    """Return where an outcome lies: by the entry's own label, another's, or as a number."""
    for share in (*entry.options, *(share for other in entries for share in other.options)):
        if share.at is not None and _called(share, outcome):
            return share.at
    return float(outcome)


def _score_of(entry: Entry, entries: Sequence[Entry], outcome: str) -> Score:
    """Return the scores of an entry: by place where its options have one, else by name."""
    if entry.options[0].at is None:
        named = any(_called(option, outcome) for option in entry.options)
        return Score(entry, outcome, named, *score_by_name(entry.options, outcome), None)
    at = _place(entry, entries, outcome)
    exact = any(option.at is not None and abs(option.at - at) <= _SAME for option in entry.options)
    return Score(entry, outcome, exact, *score(entry.options, at))


def score_by_name(options: Sequence[Share], outcome: str) -> tuple[float, float]:
    """Return the logarithmic score and the Brier score of a distribution over options without an order.

    Parameters
    ----------
    options
        Their probabilities sum to 1.
    outcome
        Which of them happened; any other had the probability 0.

    Examples
    --------
    >>> log_score, brier = score_by_name([Share("Ada", None, 0.75), Share("Ben", None, 0.25)], "ada")
    >>> round(log_score, 4), brier
    (0.2877, 0.125)
    """
    happened = math.fsum(option.probability for option in options if _called(option, outcome))
    missed = math.fsum(option.probability**2 for option in options if not _called(option, outcome))
    return -math.log(max(happened, FLOOR)), missed + (1 - happened) ** 2


def score(options: Sequence[Share], at: float) -> tuple[float, float, float]:
    """Return the logarithmic score, the Brier score and the CRPS of a distribution over options.

    Parameters
    ----------
    options
        Any order; their probabilities sum to 1.
    at
        Where on the scale the outcome lies. Where no option stands there, what happened had the probability 0.

    References
    ----------
    Gneiting and Raftery (2007), Strictly proper scoring rules, prediction, and estimation.
    doi:10.1198/016214506000001437

    Examples
    --------
    >>> log_score, brier, crps = score([Share("no", 0, 0.75), Share("yes", 100, 0.25)], 0)
    >>> round(log_score, 4), brier, crps
    (0.2877, 0.125, 6.25)
    >>> log_score, brier, crps = score([Share("no", 0, 0.75), Share("yes", 100, 0.25)], 50)
    >>> round(log_score, 4), brier
    (27.631, 1.625)
    """
    ordered = sorted((option.at or 0.0, option.probability) for option in options)
    happened = math.fsum(probability for place, probability in ordered if abs(place - at) <= _SAME)
    missed = math.fsum(probability**2 for place, probability in ordered if abs(place - at) > _SAME)
    log_score = -math.log(max(happened, FLOOR))
    brier = missed + (1 - happened) ** 2
    edges = sorted({*(place for place, _ in ordered), at})
    crps = 0.0
    for left, right in pairwise(edges):
        below = math.fsum(probability for place, probability in ordered if place <= left)
        crps += (right - left) * (below - (at <= left)) ** 2
    return log_score, brier, crps
