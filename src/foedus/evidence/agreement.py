"""How far coders agree: Krippendorff's alpha and Cohen's kappa, variable by variable.

A unit is what coders have coded alike or not: statements of one passage of one source, one of each coder at most, that
share their actor or their concept. Within a passage those that agree most are paired first: in actor and concept, then
in one of them, with the same stance before another. A statement without a partner is a unit that only one coder has
seen: it counts among the units, and in no coefficient, which all compare values in pairs.

References
----------
Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania, working paper.
Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46.
doi:10.1177/001316446002000104
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.base.answers import Recorded
from foedus.evidence.records import Statement

LEVELS: dict[str, str] = {
    "actor": "nominal",
    "concept": "nominal",
    "stance": "ordinal",
    "kind": "nominal",
    "venue": "nominal",
}
"""The variables that are compared, and the level of measurement of each."""

_ACTOR, _CONCEPT, _STANCE = 4, 4, 1


@dataclass(frozen=True, slots=True)
class VariableAgreement:
    """Agreement on one variable.

    Attributes
    ----------
    variable, level
        Its name, and ``nominal`` or ``ordinal``.
    units
        With values of two coders or more.
    agreed
        In which all of these are equal.
    alpha
        Krippendorff's; None where nothing varies, so that chance cannot be told from skill.
    kappa
        Cohen's, by pair of coders; None likewise.
    """

    variable: str
    level: str
    units: int
    agreed: int
    alpha: float | None
    kappa: dict[tuple[str, str], float | None]

    @property
    def share(self) -> float | None:
        """Share of the units that agree."""
        return self.agreed / self.units if self.units else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one coder made of a unit: the id of the statement, and its variables."""

    coder: str
    statement: str
    actor: str
    concept: str
    stance: int
    kind: str
    venue: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit on which coders differ: where it stands, on which variables, and what each made of it."""

    source: str
    passage: str
    differs: tuple[str, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Agreement(Recorded):
    """Agreement of some coders.

    Attributes
    ----------
    coders
        Their names, with how many statements each coded.
    units
        How many units at least one of them has seen.
    shared
        How many all of them have.
    variables
        One `VariableAgreement` for each variable.
    differences
        The units on which coders that share them differ.
    """

    KEYS = (
        "coders{coder statements} units shared variables(variable level units agreed share alpha kappa{coders kappa}) "
        "differences"
    )

    coders: dict[str, int]
    units: int
    shared: int
    variables: tuple[VariableAgreement, ...]
    differences: tuple[Difference, ...]


def agreement(coded: Mapping[str, Sequence[Statement]]) -> Agreement:
    """Compare what coders made of the same passages.

    Parameters
    ----------
    coded
        The statements of each coder, two or more; sources go by the same ids.

    Returns
    -------
    Agreement
        Over the variables of `LEVELS`.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> statements = read_dossier(packaged_dossiers()["tokyo-office"]).statements
    >>> same = agreement({"one": statements, "other": statements})
    >>> same.units == same.shared == len(statements), same.variables[0].alpha
    (True, 1.0)
    """
    units = units_of(coded)
    coders = list(coded)
    units_by_variable = []
    for variable, level in LEVELS.items():
        table = [[getattr(unit[name], variable) if name in unit else None for unit in units] for name in coders]
        pairable = [[v for v in column if v is not None] for column in zip(*table, strict=True)]
        pairable = [column for column in pairable if len(column) > 1]
        kappa = {
            (coders[a], coders[b]): cohens_kappa(
                [(x, y) for x, y in zip(table[a], table[b], strict=True) if x is not None and y is not None]
            )
            for a, b in itertools.combinations(range(len(coders)), 2)
        }
        agreed = sum(len(set(column)) == 1 for column in pairable)
        units_by_variable.append(
            VariableAgreement(variable, level, len(pairable), agreed, krippendorffs_alpha(table, level), kappa)
        )
    shared = sum(len(unit) == len(coders) for unit in units)
    numbers = {name: len(coded[name]) for name in coders}
    return Agreement(numbers, len(units), shared, tuple(units_by_variable), tuple(_differences(units)))


def _differences(units: Sequence[Mapping[str, Statement]]) -> Iterator[Difference]:
    for unit in units:
        differs = tuple(name for name in LEVELS if len({getattr(statement, name) for statement in unit.values()}) > 1)
        if differs:
            readings = tuple(
                Reading(
                    coder,
                    statement.id,
                    statement.actor,
                    statement.concept,
                    statement.stance,
                    statement.kind,
                    statement.venue,
                )
                for coder, statement in unit.items()
            )
            first = next(iter(unit.values()))
            yield Difference(first.source, first.passage, differs, readings)


def units_of(coded: Mapping[str, Sequence[Statement]]) -> list[dict[str, Statement]]:
    """Return the units: for each the statement of every coder who has one there."""
    units: list[dict[str, Statement]] = []
    places: dict[tuple[str, str], list[int]] = {}
    for coder, statements in coded.items():
        by_place: dict[tuple[str, str], list[Statement]] = {}
        for statement in statements:
            by_place.setdefault((statement.source, statement.passage), []).append(statement)
        for place, here in by_place.items():
            known = places.setdefault(place, [])
            partners = _paired(here, [units[at] for at in known])
            for statement, partner in zip(here, partners, strict=True):
                if partner is None:
                    known.append(len(units))
                    units.append({coder: statement})
                else:
                    units[known[partner]][coder] = statement
    return units


def _paired(here: Sequence[Statement], units: Sequence[Mapping[str, Statement]]) -> list[int | None]:
    """Return for each statement the unit to which it belongs, the most alike first; None where it has none."""
    if not units:
        return [None] * len(here)
    scored = [
        (-max(_alike(statement, other) for other in unit.values()), row, column)
        for row, statement in enumerate(here)
        for column, unit in enumerate(units)
    ]
    partners: list[int | None] = [None] * len(here)
    taken: set[int] = set()
    for score, row, column in sorted(scored):
        if score < 0 and partners[row] is None and column not in taken:
            partners[row] = column
            taken.add(column)
    return partners


def _alike(statement: Statement, other: Statement) -> int:
    same = _ACTOR * (statement.actor == other.actor) + _CONCEPT * (statement.concept == other.concept)
    return same + _STANCE * (statement.stance == other.stance) if same else 0


def krippendorffs_alpha(table: Sequence[Sequence[Hashable | None]], level: str = "nominal") -> float | None:
    """Return Krippendorff's alpha.

    Parameters
    ----------
    table
        One row for each coder, one column for each unit; None where a coder has no value.
    level
        ``nominal``, ``ordinal`` or ``interval``: how far apart two values are. The last two need numbers.

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for what chance would bring; None where no two values can be compared or all are
        the same.

    Raises
    ------
    ValueError
        When the level is none of these.

    Examples
    --------
    >>> krippendorffs_alpha([[1, 2, 3], [1, 2, 3]])
    1.0
    """
    columns = [[value for value in column if value is not None] for column in zip(*table, strict=True)]
    columns = [column for column in columns if len(column) > 1]
    values = sorted({value for column in columns for value in column}, key=lambda v: (str(type(v)), v))
    if len(values) < 2:
        return None
    places = {value: place for place, value in enumerate(values)}
    coincidences = np.zeros((len(values), len(values)))
    for column in columns:
        counts = Counter(places[value] for value in column)
        for a, b in itertools.product(counts, repeat=2):
            coincidences[a, b] += counts[a] * (counts[b] - (a == b)) / (len(column) - 1)
    totals = coincidences.sum(axis=0)
    distance = _distances(values, totals, level)
    expected = float((np.outer(totals, totals) * distance).sum()) / (float(totals.sum()) - 1)
    observed = float((coincidences * distance).sum())
    return 1.0 - observed / expected


def _distances(values: Sequence[Hashable], totals: NDArray[np.float64], level: str) -> NDArray[np.float64]:
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        numbers = np.array(values, dtype=np.float64)
        return np.square(numbers[:, None] - numbers[None, :])
    if level == "ordinal":
        middles = np.cumsum(totals) - totals / 2  # the ranks in between, half of both ends
        return np.square(middles[:, None] - middles[None, :])
    raise ValueError(f"{level!r}: expected nominal, ordinal or interval")


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Return Cohen's kappa of two coders.

    Parameters
    ----------
    pairs
        The two values of each unit.

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for what chance would bring; None without units, or where both coders gave every
        unit the same value.

    Examples
    --------
    >>> round(cohens_kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]), 3)
    0.5
    """
    if not pairs:
        return None
    observed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[value] * second[value] for value in first) / len(pairs) ** 2
    return None if chance == 1 else float((observed - chance) / (1 - chance))
