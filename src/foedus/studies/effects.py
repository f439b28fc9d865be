"""What a study shows: the wanted option in each cell, how far each factor moves it, and how low and high it gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.base.days import Day, parse_day
from foedus.studies.plan import Cell

DAY, MODEL = "as_of", "model"
"""What every study may vary, beside its own factors."""


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """What one cell says.

    Attributes
    ----------
    key, dossier, issue, settings, changes
        As of the cell.
    as_of, on, meeting, model
        As answered, defaults filled in.
    likeliest, likeliest_probability
        The most likely option; None where there is a problem.
    want, wanted
        The option by which cells are compared, and its probability.
    objector, objects
        Who most often objects to the proposal, and in what share of the draws.
    problem
        Why there is no answer; blank: there is one.
    """

    key: str
    dossier: str
    issue: str
    as_of: Day | None
    on: Day | None
    meeting: str | None
    model: str | None
    settings: Mapping[str, str]
    changes: tuple[str, ...]
    likeliest: str | None
    likeliest_probability: float | None
    want: str | None
    wanted: float | None
    objector: str | None
    objects: float | None
    problem: str

    @property
    def place(self) -> tuple[tuple[str, str], ...]:
        """What the cell is, as pairs of a factor and its value, days and models among them."""
        return ((DAY, str(self.as_of or "")), (MODEL, self.model or ""), *self.settings.items())


@dataclass(frozen=True, slots=True)
class Effect:
    """How far one factor moves the wanted option of a dossier, all else as it is.

    Attributes
    ----------
    dossier, factor
        Of which, and what is varied.
    values
        How many values it takes.
    mean, largest
        Over all combinations of the other factors, how far apart the lowest and the highest probability of the wanted
        option are.
    turns, combinations
        In how many of these combinations the most likely option changes with it.
    """

    dossier: str
    factor: str
    values: int
    mean: float
    largest: float
    turns: int
    combinations: int


@dataclass(frozen=True, slots=True)
class Span:
    """How low and how high the wanted option of a dossier gets, and in which cells.

    Attributes
    ----------
    dossier, want
        Of which, and the option.
    low, high
        Its probability.
    at_low, at_high
        Ids of the first cells where it is so.
    likeliest
        The most likely options of all cells, and in how many.
    """

    KEYS = "dossier want low high at_low at_high likeliest{option cells}"

    dossier: str
    want: str
    low: float
    high: float
    at_low: str
    at_high: str
    likeliest: Mapping[str, int]


def answer_of(cell: Cell, kept: Mapping[str, Any]) -> CellAnswer:
    """Return what a cell says, from the document in which its answer is kept."""
    best = best_of(kept)
    want = None if best is None else (cell.want or kept["proposal"])
    return CellAnswer(
        key=cell.key,
        dossier=cell.dossier,
        issue=cell.issue,
        as_of=_day(kept.get("as_of")) or cell.as_of,
        on=_day(kept.get("on")),
        meeting=kept.get("meeting", cell.meeting),
        model=kept.get("model", cell.model),
        settings=dict(cell.settings),
        changes=cell.changes,
        likeliest=None if best is None else best["label"],
        likeliest_probability=None if best is None else best["probability"],
        want=want,
        wanted=None if want is None else wanted_of(kept, want),
        objector=kept.get("objector"),
        objects=kept.get("objects"),
        problem=kept["problem"],
    )


def best_of(kept: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the most likely option of an answer, the first of equals; None where there is a problem."""
    if kept["problem"]:
        return None
    found: Mapping[str, Any] = max(kept["options"], key=lambda option: option["probability"])
    return found


def wanted_of(kept: Mapping[str, Any], want: str) -> float:
    """Return the probability of an option; 0 where it is not on the table on the day."""
    return float(next((option["probability"] for option in kept["options"] if option["label"] == want), 0.0))


def _day(text: str | None) -> Day | None:
    return None if text is None else parse_day(text)


def effects(cells: Sequence[CellAnswer], factors: Sequence[str]) -> tuple[Effect, ...]:
    """Return how far each factor moves the wanted option of each dossier, in the dossiers' order, the strongest first.

    Cells without an answer are left out.

    Parameters
    ----------
    cells
        What they say.
    factors
        Names of the study's own factors.
    """
    found = []
    for dossier, own in _by_dossier(cells):
        some = [effect for factor in (DAY, MODEL, *factors) if (effect := _effect(dossier, factor, own)) is not None]
        found += sorted(some, key=lambda effect: (-effect.mean, -effect.largest, effect.factor))
    return tuple(found)


def _effect(dossier: str, factor: str, cells: Sequence[CellAnswer]) -> Effect | None:
    groups: dict[tuple[tuple[str, str], ...], list[CellAnswer]] = {}
    for cell in cells:
        groups.setdefault(tuple(pair for pair in cell.place if pair[0] != factor), []).append(cell)
    values = {dict(cell.place).get(factor) for cell in cells}
    several = [group for group in groups.values() if len(group) > 1]
    if len(values) < 2 or not several:
        return None
    apart = [max(_wanted(group)) - min(_wanted(group)) for group in several]
    turns = sum(len({cell.likeliest for cell in group}) > 1 for group in several)
    return Effect(dossier, factor, len(values), sum(apart) / len(apart), max(apart), turns, len(several))


def _wanted(cells: Sequence[CellAnswer]) -> list[float]:
    return [cell.wanted for cell in cells if cell.wanted is not None]


def spans(cells: Sequence[CellAnswer]) -> tuple[Span, ...]:
    """Return how low and how high the wanted option of each dossier gets; of one wanted option after the other."""
    found = []
    for dossier, own in _by_dossier(cells):
        for want in dict.fromkeys(cell.want for cell in own if cell.want is not None):
            some = [cell for cell in own if cell.want == want]
            low, high = min(some, key=_by_wanted), max(some, key=_by_wanted)
            best: dict[str, int] = {}
            for cell in some:
                best[cell.likeliest or ""] = best.get(cell.likeliest or "", 0) + 1
            ranked = dict(sorted(best.items(), key=lambda pair: (-pair[1], pair[0])))
            found.append(Span(dossier, want, _by_wanted(low), _by_wanted(high), low.key, high.key, ranked))
    return tuple(found)


def _by_wanted(cell: CellAnswer) -> float:
    return cell.wanted or 0.0


def _by_dossier(cells: Sequence[CellAnswer]) -> Iterator[tuple[str, list[CellAnswer]]]:
    answered = [cell for cell in cells if not cell.problem]
    for dossier in dict.fromkeys(cell.dossier for cell in answered):
        yield dossier, [cell for cell in answered if cell.dossier == dossier]
