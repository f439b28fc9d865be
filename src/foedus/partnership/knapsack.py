"""A programme of cooperation in whole numbers: steps into each area, their worth, and what bandwidth they take.

It is a knapsack with an order of precedence: a deeper step after a shallower one, an area after what it requires. Every
draw weighs the four criteria anew, and is solved by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.base.tables import Row
from foedus.dossiers import Dossier
from foedus.institutions.limits import limits
from foedus.partnership.inputs import ALL, PROGRAMME, WORDS, Wish
from foedus.partnership.portfolio import best_of_each, drawn_weights
from foedus.partnership.programmes import areas, areas_in, published
from foedus.partnership.tailored import CRITERIA, DEPTHS, AreaFound, Flip

Numbers = NDArray[np.float64]


Sensitivity = Callable[[str, str], str]
"""Takes a partner and an area, and returns one of `WORDS`, or blank where it has nothing to say."""


CORE, OUTSIDE = 0.95, 0.05


_STEPS = np.array([1, 1 / 2, 1 / 3, 1 / 4])
"""What each step deeper adds to an area's worth: the first the most."""


_PROVOKES = np.array([0.1, 0.2, 0.3, 0.4])
"""What part of an area's sensitivity each step deeper brings: the last the most."""


_BLANK = {
    "need": "some",
    "capacity": "some",
    "alliance_interest": "some",
    "alliance_offer": "some",
    "sensitivity": "little",
}
"""What stands for a blank word; a blank interest is taken from the former programme."""


_BY_LAW = {"no": 2, "under conditions": 3}
"""How deep an area goes that touches an act which the partner's own law bars, or allows under conditions: law bars the
act, not talk and exchange."""


_TIE = 1e-5
"""By how much draws prefer one of two areas of the same worth, so that neither is in more often than the other."""


_FLIPPED = ("need", "interest", "alliance_interest", "sensitivity")


@dataclass(frozen=True, slots=True)
class FilledWish:
    """One area that a partner or the alliance may wish for: its row, with the blanks filled."""

    wish: Wish
    words: Mapping[str, str]
    assumed: tuple[str, ...]
    former: bool
    deepest: int
    limit: str
    acceptable: float


@dataclass(frozen=True, slots=True)
class Areas:
    """What is thought of one partner's areas."""

    partner: str
    entries: tuple[FilledWish, ...]

    @classmethod
    def of(
        cls,
        dossier: Dossier,
        partner: str,
        rows: Sequence[Row[Wish]],
        day: Day,
        accepted: float,
        sensitivity: Sensitivity | None,
    ) -> Areas:
        """Return a partner's areas with blanks filled; ``accepted``: how likely one is acceptable by default."""
        before = _former(partner, dossier)
        wishes = [row.record for row in rows if row.record.partner == partner and row.record.area != ALL]
        return cls(partner, tuple(_entry(wish, before, day, accepted, sensitivity) for wish in wishes))

    @property
    def cost(self) -> float:
        """What everything would take."""
        return sum(entry.wish.cost * entry.deepest for entry in self.entries)

    @property
    def columns(self) -> list[tuple[int, int]]:
        """The place of the area and the step, from 0, of each thing that may be chosen."""
        return [(k, step) for k, entry in enumerate(self.entries) for step in range(entry.deepest)]

    def worth(self, weights: Numbers, scale: Numbers) -> Numbers:
        """Return the worth of each step under one draw.

        Parameters
        ----------
        weights
            Of the four criteria.
        scale
            What the four words are worth, from 0 to 1.
        """
        value = {name: np.array([scale[WORDS.index(entry.words[name])] for entry in self.entries]) for name in _FLIPPED}
        good = weights[0] * value["need"] + weights[1] * value["interest"] + weights[2] * value["alliance_interest"]
        area, step = np.array(self.columns).T
        worth = good[area] * _STEPS[step] - weights[3] * value["sensitivity"][area] * _PROVOKES[step]
        return np.asarray(np.where(worth == 0, -_TIE, worth))

    def ends(self) -> tuple[Numbers, Numbers]:
        """Return what each step gains at equal weights, and how much it provokes; shape (steps,) each."""
        scale = np.linspace(0, 1, len(WORDS))
        value = {name: np.array([scale[WORDS.index(entry.words[name])] for entry in self.entries]) for name in _FLIPPED}
        area, step = np.array(self.columns).T
        gains = (value["need"] + value["interest"] + value["alliance_interest"]) / 3
        return gains[area] * _STEPS[step], value["sensitivity"][area] * _PROVOKES[step]

    def found(self, depths: NDArray[np.int64]) -> list[AreaFound]:
        """Return each area, from the depth that it reached in each draw; shape (draws, areas)."""
        made = []
        for k, entry in enumerate(self.entries):
            reached = depths[:, k]
            share = float((reached > 0).mean())
            deep = tuple(float((reached > step).mean()) for step in range(len(DEPTHS)))
            usual = int(np.bincount(reached[reached > 0]).argmax()) if share else 0
            status = "core" if share > CORE else "outside" if share < OUTSIDE else "open"
            wish = entry.wish
            made.append(
                AreaFound(
                    self.partner,
                    wish.area,
                    areas()[wish.area].name,
                    status,
                    share,
                    deep,
                    DEPTHS[usual - 1] if usual else "",
                    DEPTHS[entry.deepest - 1],
                    f"needs {entry.words['need']}, wants {entry.words['interest']}",
                    entry.words["alliance_interest"],
                    entry.words["sensitivity"],
                    wish.cost,
                    entry.acceptable,
                    entry.limit,
                    entry.former,
                    wish.basis,
                    entry.assumed,
                )
            )
        return sorted(made, key=lambda area: (-area.share, -sum(area.deep), area.area))

    def flips(self, budget: float, areas_found: Sequence[AreaFound], keep: bool) -> list[Flip]:
        """Return which word, moved by one, brings an open area in or takes it out at equal weights."""
        open_ = {
            area_found.area
            for area_found in areas_found
            if area_found.partner == self.partner and area_found.status == "open"
        }
        alone = Knapsack([self], {self.partner: budget}, None, keep)
        before = alone.central([self])[0]
        tried = []
        for k, entry in enumerate(self.entries):
            for name in _FLIPPED if entry.wish.area in open_ else ():
                # what is in is tipped only by a word that makes it worth less, what is out by one that makes it more
                worse = (before[k] > 0) != (name == "sensitivity")
                at = WORDS.index(entry.words[name])
                other = at - 1 if worse else at + 1
                if 0 <= other < len(WORDS):
                    tried.append((k, name, at, other))
        if not tried:
            return []
        after = alone.central([self._moved(k, name, other) for k, name, _, other in tried])
        return [
            Flip(self.partner, self.entries[k].wish.area, name, WORDS[at], WORDS[other], "in" if depth[k] else "out")
            for (k, name, at, other), depth in zip(tried, after, strict=True)
            if (depth[k] > 0) != (before[k] > 0)
        ]

    def _moved(self, place: int, name: str, word: int) -> Areas:
        """Return the table with one word of one area moved."""
        entry = self.entries[place]
        moved = replace(entry, words={**entry.words, name: WORDS[word]})
        return replace(self, entries=(*self.entries[:place], moved, *self.entries[place + 1 :]))


def _former(partner: str, dossier: Dossier) -> frozenset[str]:
    record = published().get(partner)
    return areas_in(partner, record.former, dossier.world) if record is not None and record.former else frozenset()


def _entry(
    wish: Wish, before: frozenset[str], day: Day, accepted: float, sensitivity: Sensitivity | None
) -> FilledWish:
    former = wish.area in before
    blank = {**_BLANK, "interest": "some" if former else "little"}
    given = {name: getattr(wish, name) for name in blank}
    if sensitivity is not None and (word := sensitivity(wish.partner, wish.area)):
        if word not in WORDS:
            raise FoedusError(f"sensitivity of {wish.area!r}: {word!r}, expected one of {', '.join(WORDS)}")
        given["sensitivity"] = word
    words = {name: given[name] or blank[name] for name in blank}
    deepest = 1 + min(WORDS.index(words["capacity"]), WORDS.index(words["alliance_offer"]))
    told = ""
    if wish.limit:
        law = limits(wish.partner, wish.limit, day)
        deepest = min(deepest, _BY_LAW.get(law.permitted, deepest))
        told = f"{wish.limit}: {law.permitted}"
    assumed = tuple(name for name in blank if not given[name])
    return FilledWish(
        wish, words, assumed, former, deepest, told, accepted if wish.acceptable is None else wish.acceptable
    )


@dataclass(frozen=True, slots=True)
class Knapsack:
    """The programme in whole numbers: steps of all partners, their bandwidths, and what goes before what."""

    tables: Sequence[Areas]
    budgets: Mapping[str, float]
    shared: float | None
    keep: bool

    def check(self, asked: bool) -> None:
        """Refuse a bandwidth that buys nothing, by name."""
        cheapest = {table.partner: min(e.wish.cost for e in table.entries) for table in self.tables}
        for partner, total in self.budgets.items():
            if total < cheapest[partner]:
                where = "--budget" if asked else f"{PROGRAMME}, the row of {partner} for {ALL!r}"
                raise FoedusError(f"{where}: {total:g} buys nothing; the cheapest step costs {cheapest[partner]:g}")
        for table in self.tables if self.keep else ():
            kept = sum(entry.wish.cost for entry in table.entries if entry.former)
            if kept > self.budgets[table.partner]:
                raise FoedusError(
                    f"--keep: the former programme of {table.partner} takes {kept:g} for talk alone; its bandwidth is "
                    f"{self.budgets[table.partner]:g}"
                )
        least = min(cheapest.values())
        if self.shared is not None and self.shared < least:
            raise FoedusError(f"--budget: {self.shared:g} buys nothing; the cheapest step costs {least:g}")

    def rows(self) -> tuple[Numbers, Numbers]:
        """Return what binds the steps: ``rows @ taken <= bounds``; shapes (k, steps) and (k,)."""
        columns = [(t, k, step) for t, table in enumerate(self.tables) for k, step in table.columns]
        place = {column: n for n, column in enumerate(columns)}
        cost = np.array([self.tables[t].entries[k].wish.cost for t, k, _ in columns])
        rows, bounds = [], []
        for t, table in enumerate(self.tables):
            rows.append(np.where([column[0] == t for column in columns], cost, 0.0))
            bounds.append(self.budgets[table.partner])
        if self.shared is not None:
            rows.append(cost)
            bounds.append(self.shared)
        if (cost == np.round(cost)).all():  # half a unit left over buys nothing, and makes the search harder
            bounds = [float(np.floor(bound + 1e-9)) for bound in bounds]
        pairs = [((t, k, s), (t, k, s - 1)) for t, k, s in columns if s > 0]
        for t, table in enumerate(self.tables):
            at = {entry.wish.area: k for k, entry in enumerate(table.entries)}
            needs = [(k, name) for k, entry in enumerate(table.entries) for name in entry.wish.requires]
            pairs += [((t, k, 0), (t, at[name], 0)) for k, name in needs]
        for later, earlier in pairs:
            row = np.zeros(len(columns))
            row[place[later]], row[place[earlier]] = 1.0, -1.0
            rows.append(row)
            bounds.append(0.0)
        return np.array(rows), np.array(bounds)

    def needed(self) -> list[int]:
        """Return the places of the steps that must be taken."""
        columns = [(t, k, step) for t, table in enumerate(self.tables) for k, step in table.columns]
        return [n for n, (t, k, s) in enumerate(columns) if self.keep and s == 0 and self.tables[t].entries[k].former]

    def _depths(self, taken: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
        """Return for each partner how deep each area goes in each draw; shape (draws, areas)."""
        depths, start = [], 0
        for table in self.tables:
            depth = np.zeros((len(taken), len(table.entries)), dtype=np.int64)
            for n, (k, _) in enumerate(table.columns):
                depth[:, k] += taken[:, start + n]
            start += len(table.columns)
            depths.append(depth)
        return depths

    def solved(self, streams: Streams, draws: int, order: tuple[int, ...]) -> list[NDArray[np.int64]]:
        """Return for each partner how deep each area goes in each draw; shape (draws, areas)."""
        if self.shared is None and len(self.tables) > 1:  # nothing binds the partners together
            alone = [Knapsack([t], {t.partner: self.budgets[t.partner]}, None, self.keep) for t in self.tables]
            return [knapsack.solved(streams, draws, order)[0] for knapsack in alone]
        names = [f"weight {name}" for name in CRITERIA]
        levels = np.stack([streams.uniforms(name, start=0, stop=draws) for name in names], axis=1)
        weights = drawn_weights(levels, order)
        middle = np.sort(np.stack([streams.uniforms(f"word {k}", start=0, stop=draws) for k in (1, 2)], axis=1), axis=1)
        scales = np.column_stack([np.zeros(draws), middle, np.ones(draws)])
        blocked = np.hstack([self._blocked(table, streams, draws) for table in self.tables])
        rows, bounds = self.rows()
        needed = self.needed()
        worths = np.array(
            [np.concatenate([table.worth(weights[n], scales[n]) for table in self.tables]) for n in range(draws)]
        )
        fair = streams.generator("ties", *self.budgets).random(worths.shape) * _TIE
        return self._depths(best_of_each(np.where(worths > 0, worths + fair, worths), rows, bounds, needed, blocked))

    @staticmethod
    def _blocked(table: Areas, streams: Streams, draws: int) -> NDArray[np.bool_]:
        names = [(table.partner, entry.wish.area, "acceptable") for entry in table.entries]
        levels = [streams.uniforms(*name, start=0, stop=draws) for name in names]
        blocked = np.stack(levels, axis=1) >= np.array([entry.acceptable for entry in table.entries])
        return np.asarray(blocked[:, [k for k, _ in table.columns]])

    def central(self, variants: Sequence[Areas]) -> NDArray[np.int64]:
        """Return the programme of each variant of the one table at equal weights, with words at even steps.

        An area more likely blocked than not is out. Shape (variants, areas).
        """
        scale, weights = np.linspace(0, 1, len(WORDS)), np.full(len(CRITERIA), 1 / len(CRITERIA))
        table = self.tables[0]
        blocked = np.array([[table.entries[k].acceptable < 0.5 for k, _ in table.columns]] * len(variants))
        worths = np.array([variant.worth(weights, scale) for variant in variants])
        rows, bounds = self.rows()
        return self._depths(best_of_each(worths, rows, bounds, self.needed(), blocked))[0]
