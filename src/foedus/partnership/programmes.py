"""Published programmes of partnership: which areas each names, and how well simple rules foresee them."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from foedus.base import cells
from foedus.base.tables import column, read_table
from foedus.partnership.enablers import FOLDER
from foedus.world import World, packaged_world
from foedus.world.acts import CLASSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area of cooperation, with other names that programmes give it."""

    id: str = column(cells.identifier(), "short id")
    name: str = column(cells.text(100), "its name")
    aliases: str = column(cells.text(300), "other names, separated by semicolons", blank="")
    act: str = column(
        cells.choice(*CLASSES), "what kind of act it is in the eyes of a rival, as in acts.csv", name="class"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Which of a partner's instruments is scored, and which went before it."""

    partner: str = column(cells.identifier(), "id in actors.csv")
    current: str = column(cells.text(60), "instrument in goals.csv whose areas are to be foreseen")
    former: str = column(cells.text(60), "instrument that went before; blank: none on record", blank="")
    stated: int | None = column(cells.whole_number(1, 100), "how many areas it is said to have", blank=None)
    complete: bool = column(cells.yes_or_no(), "whether all its areas are on record")
    note: str = column(cells.text(500), "what is missing", blank="")


@dataclass(frozen=True, slots=True)
class Score:
    """How a list of areas compares with one that was published.

    Attributes
    ----------
    precision, recall, jaccard
        Share of the list that was published, share of the published that is in the list, and what both share of all
        that either names.
    """

    rule: str
    areas: int
    precision: float
    recall: float
    jaccard: float

    @classmethod
    def of(cls, rule: str, listed: Collection[str], published: Collection[str]) -> Score:
        """Compare a list with what was published.

        Examples
        --------
        >>> Score.of("two", {"cyber", "space"}, {"cyber", "climate", "maritime"})
        Score(rule='two', areas=2, precision=0.5, recall=0.3333333333333333, jaccard=0.25)
        """
        both, either = len(set(listed) & set(published)), len(set(listed) | set(published))
        precision = both / len(listed) if listed else 0.0
        return cls(rule, len(listed), precision, both / len(published), both / either)


EVERYTHING, FORMER, MOST, TAILORED = "everything", "the former programme", "what most others have", "this programme"


@functools.cache
def areas() -> dict[str, Area]:
    """Return the areas on the menu, by id."""
    return {row.record.id: row.record for row in read_table(FOLDER / "areas.csv", Area, name="areas.csv")}


@functools.cache
def published() -> dict[str, Published]:
    """Return which programmes are on record, by partner."""
    rows = read_table(FOLDER / "published.csv", Published, name="published.csv")
    return {row.record.partner: row.record for row in rows}


@functools.cache
def _ids() -> Mapping[str, str]:
    named = {area.name: area.id for area in areas().values()} | {area.id: area.id for area in areas().values()}
    for area in areas().values():
        named |= {alias.strip(): area.id for alias in area.aliases.split(";") if alias.strip()}
    return named


def area_of(name: str) -> str | None:
    """Return the id of an area by a name that programmes give it; None for what is no area.

    Examples
    --------
    >>> area_of("emerging technologies"), area_of("strategic goals")
    ('technologies', None)
    """
    return _ids().get(name)


def areas_in(partner: str, instrument: str, world: World | None = None) -> frozenset[str]:
    """Return the areas that goals of an instrument are on.

    Examples
    --------
    >>> len(areas_in("KOR", "ITPP"))
    11
    """
    goals = (world or packaged_world()).goals
    areas_of_goals = {area_of(goal.area) for goal in goals if (goal.actor, goal.instrument) == (partner, instrument)}
    return frozenset(area for area in areas_of_goals if area is not None)


def baselines(partner: str, world: World | None = None) -> dict[str, frozenset[str]]:
    """Return what simple rules say of a partner's programme, without looking at it.

    Returns
    -------
    dict
        All areas on the menu; those of its former programme, if one is on record; and those that at least half of the
        other partners' programmes name.
    """
    record = published()
    others = [areas_in(other, programme_.current, world) for other, programme_ in record.items() if other != partner]
    most = frozenset(area for area in areas() if 2 * sum(area in other for other in others) >= len(others))
    rules = {EVERYTHING: frozenset(areas()), MOST: most}
    if partner in record and record[partner].former:
        rules[FORMER] = areas_in(partner, record[partner].former, world)
    return rules


@dataclass(frozen=True, slots=True)
class Against:
    """One partner's published programme, and how each rule compares with it."""

    partner: str
    instrument: str
    stated: int | None
    complete: bool
    published: tuple[str, ...]
    scores: tuple[Score, ...]
    note: str


def against(partner: str, tailored: Collection[str] | None = None, world: World | None = None) -> Against | None:
    """Score the rules, and a tailored programme, on one partner; None where no programme is on record."""
    record = published().get(partner)
    if record is None:
        return None
    told = areas_in(partner, record.current, world)
    rules: dict[str, Collection[str]] = {} if tailored is None else {TAILORED: tailored}
    rules |= baselines(partner, world)
    scores = tuple(Score.of(rule, listed, told) for rule, listed in rules.items())
    return Against(partner, record.current, record.stated, record.complete, tuple(sorted(told)), scores, record.note)


def mean_scores(world: World | None = None) -> tuple[Score, ...]:
    """Return the mean of each simple rule over the partners of whom it says something, each left out in turn."""
    by_rule: dict[str, list[Score]] = {}
    for partner in published():
        compared = against(partner, world=world)
        for score in compared.scores if compared is not None else ():
            by_rule.setdefault(score.rule, []).append(score)
    return tuple(
        Score(
            rule,
            len(scores),
            sum(score.precision for score in scores) / len(scores),
            sum(score.recall for score in scores) / len(scores),
            sum(score.jaccard for score in scores) / len(scores),
        )
        for rule, scores in by_rule.items()
    )
