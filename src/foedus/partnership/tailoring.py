"""``tailor``: a programme of cooperation fitted to one partner, or to several that share the alliance's bandwidth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.base.tables import Row
from foedus.base.traces import Trace
from foedus.dossiers import Dossier
from foedus.forecasts import forecast
from foedus.institutions.limits import limits
from foedus.partnership.portfolio import best_of_each, drawn_weights
from foedus.partnership.programmes import Against, Score, against, areas, areas_in, mean_scores, published
from foedus.partnership.tables import ALL, PROGRAMME, WORDS, Wish, highest, read_programme, sha256_of

Numbers = NDArray[np.float64]
Sensitivity = Callable[[str, str], str]
"""Takes a partner and an area, and returns one of `WORDS`, or blank where it has nothing to say."""

DRAWS = 200
DEPTHS = ("talk", "exchange", "join exercises", "common standards")
CRITERIA = ("need", "interest", "alliance", "restraint")
"""What is weighed: the partner's need and interest, the alliance's interest, and how little it provokes."""

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
class AreaFound:
    """One area of one partner's programme.

    Attributes
    ----------
    share
        Share of the draws in which it is in the programme; ``deep`` the same for each depth, from talk on.
    depth
        The depth that it most often reaches, where it is in.
    status
        ``core`` above 95 %, ``outside`` below 5 %, else ``open``.
    deepest
        As far as capacity, offer and law allow.
    partner_gain, alliance_gain, sensitivity
        Words as used; ``assumed`` names those that were blank.
    """

    KEYS = (
        "partner area name status share deep depth deepest partner_gain alliance_gain sensitivity cost "
        "acceptable limit? "
        "former rests_on assumed"
    )
    partner: str
    area: str
    name: str
    status: str
    share: float
    deep: tuple[float, ...]
    depth: str
    deepest: str
    partner_gain: str
    alliance_gain: str
    sensitivity: str
    cost: float
    acceptable: float
    limit: str
    former: bool
    rests_on: str
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bought:
    """What one more unit of bandwidth buys: an area at a depth, before and after, as shares of draws."""

    partner: str
    area: str
    depth: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Flip:
    """A score that, moved by one word, brings an area in or takes it out, at equal weights."""

    KEYS = "partner area score from=start to=end becomes"
    partner: str
    area: str
    score: str
    start: str
    end: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Tailored:
    """A programme, or several.

    Attributes
    ----------
    budgets
        Bandwidth of each partner; ``shared`` that of the alliance, None where nothing binds them together.
    to_fill_in
        The table that is not there.
    """

    KEYS = (
        "dossier partners as_of budgets{partner bandwidth} shared acceptability areas=found next_unit=bought flips "
        "against baselines to_fill_in draws seed inputs_sha256"
    )
    dossier: str
    partners: tuple[str, ...]
    as_of: Day
    budgets: Mapping[str, float]
    shared: float | None
    acceptability: str
    found: tuple[AreaFound, ...]
    bought: tuple[Bought, ...]
    flips: tuple[Flip, ...]
    against: tuple[Against, ...]
    baselines: tuple[Score, ...]
    to_fill_in: tuple[str, ...]
    draws: int
    seed: int
    inputs_sha256: str
    marking: str
    rows: tuple[Row[Wish], ...]

    def why(self) -> Trace:
        """Return for each area the words, what they rest on, and what bounds its depth."""
        return Trace(
            "Areas and depths",
            f"the best programme for each of {self.draws} drawn weights over {', '.join(CRITERIA)}",
            "Lahdelma, Hokkanen and Salminen (1998)",
            tuple(
                Trace(
                    f"{one.partner}, {one.area}",
                    f"{one.status}: in {one.share:.0%} of draws, at most {one.deepest}; the partner "
                    f"{one.partner_gain}, the "
                    f"alliance {one.alliance_gain}, sensitivity {one.sensitivity}"
                    + (f"; assumed: {', '.join(one.assumed)}" if one.assumed else ""),
                    one.rests_on,
                    () if not one.limit else (Trace("its own law", one.limit),),
                )
                for one in self.found
            ),
        )


def tailor(
    dossier: Dossier,
    partners: Sequence[str] = (),
    as_of: Day | str | None = None,
    budget: float | None = None,
    priorities: Sequence[str] = (),
    keep: bool = False,
    acceptability: str | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    sensitivity: Sensitivity | None = None,
) -> Tailored:
    """Return a programme fitted to partners, robust over the weights of what is wanted.

    Parameters
    ----------
    dossier
        With ``programme.csv``.
    partners
        Ids or names; by default all in the table. Several share the alliance's bandwidth.
    as_of
        Only rows known by this day count; by default by the latest day that counts in the dossier.
    budget
        Bandwidth: of one partner its own, of several what they share. By default that of the table, or else half of
        what everything would take.
    priorities
        Criteria that weigh most, the first the most; see `CRITERIA`.
    keep
        Whether all areas of the former programme that have a row must stay.
    acceptability
        Id of an issue of the dossier whose forecast, that something is decided, counts for areas without a chance of
        their own.
    sensitivity
        Another's answer on how much an area would provoke, in place of the table's word.

    Raises
    ------
    FoedusError
        When a partner has no row, the budget buys nothing, or no portfolio keeps what must stay.
    InputError
        With every problem of the table.
    """
    day = parse_day(as_of) if isinstance(as_of, str) else as_of or dossier.latest_known()
    rows = tuple(
        row for row in read_programme(dossier, areas()) if row.record.known_on is None or row.record.known_on <= day
    )
    named = tuple(dict.fromkeys(row.record.partner for row in rows if row.record.area != ALL))
    chosen = _chosen(partners, named, dossier, day)
    order = _ordered(priorities)
    if not named:
        return _nothing(dossier, day, draws, seed)
    accepted, told = _shared(dossier, acceptability, day)
    tables = [_Table.of(dossier, one, rows, day, accepted, sensitivity) for one in chosen]
    budgets, shared = _budgets(tables, rows, budget)
    problem = _Problem(tables, budgets, shared, keep)
    problem.check(budget is not None)
    streams = Streams(seed)
    base = problem.solved(streams, draws, order)
    wider = {one: total + 1 for one, total in budgets.items()}
    more = _Problem(tables, wider, None if shared is None else shared + 1, keep)
    after = more.solved(streams, draws, order)
    found = tuple(area for k, table in enumerate(tables) for area in table.found(base[k]))
    return Tailored(
        dossier=dossier.title,
        partners=tuple(chosen),
        as_of=day,
        budgets=budgets,
        shared=shared,
        acceptability=told,
        found=found,
        bought=_bought(tables, base, after),
        flips=tuple(flip for table in tables for flip in table.flips(budgets[table.partner], found, keep)),
        against=tuple(
            one
            for table in tables
            if (one := against(table.partner, {a.area for a in found if a.partner == table.partner and a.share > 0.5}))
        ),
        baselines=mean_scores(),
        to_fill_in=(),
        draws=draws,
        seed=seed,
        inputs_sha256=sha256_of(((PROGRAMME, Wish, rows),)),
        marking=highest(row.record.marking for row in rows),
        rows=rows,
    )


def _nothing(dossier: Dossier, day: Day, draws: int, seed: int) -> Tailored:
    return Tailored(
        dossier.title, (), day, {}, None, "", (), (), (), (), mean_scores(), (PROGRAMME,), draws, seed,
        sha256_of(((PROGRAMME, Wish, ()),)), highest(()), (),
    )  # fmt: skip


def _chosen(partners: Sequence[str], named: Sequence[str], dossier: Dossier, day: Day) -> list[str]:
    found = []
    for name in partners or named:
        partner = name if name in named else dossier.world.find(name, day)
        if named and partner not in named:
            raise FoedusError(f"--partner: {name!r} has no row in {PROGRAMME}; partners are {', '.join(named)}")
        found.append(partner)
    return list(dict.fromkeys(found))


def _ordered(priorities: Sequence[str]) -> tuple[int, ...]:
    for name in priorities:
        if name not in CRITERIA:
            raise FoedusError(f"--priority: {name!r}, expected one of {', '.join(CRITERIA)}")
    return tuple(dict.fromkeys(CRITERIA.index(name) for name in priorities))


def _shared(dossier: Dossier, issue: str | None, day: Day) -> tuple[float, str]:
    """Return how likely an area is acceptable where it does not say itself, and where that comes from."""
    if issue is None:
        return 1.0, "areas without a chance of their own are taken as acceptable"
    answer = forecast(dossier, issue, day, draws=1_000)
    nothing = answer.probability(answer.case.issue.status_quo)
    return 1 - nothing, f"from the forecast of {issue!r}: something is decided with {1 - nothing:.0%}"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row with its blanks filled."""

    wish: Wish
    words: Mapping[str, str]
    assumed: tuple[str, ...]
    former: bool
    deepest: int
    limit: str
    acceptable: float


@dataclass(frozen=True, slots=True)
class _Table:
    """What is thought of one partner's areas."""

    partner: str
    entries: tuple[_Entry, ...]

    @classmethod
    def of(
        cls,
        dossier: Dossier,
        partner: str,
        rows: Sequence[Row[Wish]],
        day: Day,
        accepted: float,
        sensitivity: Sensitivity | None,
    ) -> _Table:
        before = _former(partner, dossier)
        wishes = [row.record for row in rows if row.record.partner == partner and row.record.area != ALL]
        return cls(partner, tuple(_entry(one, before, day, accepted, sensitivity) for one in wishes))

    @property
    def cost(self) -> float:
        """What everything would take."""
        return sum(one.wish.cost * one.deepest for one in self.entries)

    @property
    def columns(self) -> list[tuple[int, int]]:
        """The place of the area and the step, from 0, of each thing that may be chosen."""
        return [(k, step) for k, one in enumerate(self.entries) for step in range(one.deepest)]

    def worth(self, weights: Numbers, scale: Numbers) -> Numbers:
        """Return the worth of each step under one draw.

        Parameters
        ----------
        weights
            Of the four criteria.
        scale
            What the four words are worth, from 0 to 1.
        """
        value = {name: np.array([scale[WORDS.index(one.words[name])] for one in self.entries]) for name in _FLIPPED}
        good = weights[0] * value["need"] + weights[1] * value["interest"] + weights[2] * value["alliance_interest"]
        area, step = np.array(self.columns).T
        found = good[area] * _STEPS[step] - weights[3] * value["sensitivity"][area] * _PROVOKES[step]
        return np.asarray(np.where(found == 0, -_TIE, found))

    def found(self, depths: NDArray[np.int64]) -> list[AreaFound]:
        """Return each area, from the depth that it reached in each draw; shape (draws, areas)."""
        made = []
        for k, one in enumerate(self.entries):
            reached = depths[:, k]
            share = float((reached > 0).mean())
            deep = tuple(float((reached > step).mean()) for step in range(len(DEPTHS)))
            usual = int(np.bincount(reached[reached > 0]).argmax()) if share else 0
            status = "core" if share > CORE else "outside" if share < OUTSIDE else "open"
            wish = one.wish
            made.append(
                AreaFound(
                    self.partner,
                    wish.area,
                    areas()[wish.area].name,
                    status,
                    share,
                    deep,
                    DEPTHS[usual - 1] if usual else "",
                    DEPTHS[one.deepest - 1],
                    f"needs {one.words['need']}, wants {one.words['interest']}",
                    one.words["alliance_interest"],
                    one.words["sensitivity"],
                    wish.cost,
                    one.acceptable,
                    one.limit,
                    one.former,
                    wish.basis,
                    one.assumed,
                )
            )
        return sorted(made, key=lambda area: (-area.share, -sum(area.deep), area.area))

    def flips(self, budget: float, found: Sequence[AreaFound], keep: bool) -> list[Flip]:
        """Return which word, moved by one, brings an open area in or takes it out at equal weights."""
        open_ = {one.area for one in found if one.partner == self.partner and one.status == "open"}
        alone = _Problem([self], {self.partner: budget}, None, keep)
        before = alone.central([self])[0]
        tried = []
        for k, one in enumerate(self.entries):
            for name in _FLIPPED if one.wish.area in open_ else ():
                # what is in is tipped only by a word that makes it worth less, what is out by one that makes it more
                worse = (before[k] > 0) != (name == "sensitivity")
                at = WORDS.index(one.words[name])
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

    def _moved(self, place: int, name: str, word: int) -> _Table:
        """Return the table with one word of one area moved."""
        one = self.entries[place]
        moved = replace(one, words={**one.words, name: WORDS[word]})
        return replace(self, entries=(*self.entries[:place], moved, *self.entries[place + 1 :]))


def _former(partner: str, dossier: Dossier) -> frozenset[str]:
    record = published().get(partner)
    return areas_in(partner, record.former, dossier.world) if record is not None and record.former else frozenset()


def _entry(wish: Wish, before: frozenset[str], day: Day, accepted: float, sensitivity: Sensitivity | None) -> _Entry:
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
    return _Entry(wish, words, assumed, former, deepest, told, accepted if wish.acceptable is None else wish.acceptable)


def _budgets(
    tables: Sequence[_Table], rows: Sequence[Row[Wish]], asked: float | None
) -> tuple[dict[str, float], float | None]:
    """Return the bandwidth of each partner and what they share."""
    given = {row.record.partner: row.record.cost for row in rows if row.record.area == ALL}
    own = {one.partner: given.get(one.partner, one.cost / 2) for one in tables}
    if len(tables) == 1:
        return ({tables[0].partner: asked} if asked is not None else own), None
    return own, asked if asked is not None else given.get(ALL)


@dataclass(frozen=True, slots=True)
class _Problem:
    """The programme in whole numbers: steps of all partners, their bandwidths, and what goes before what."""

    tables: Sequence[_Table]
    budgets: Mapping[str, float]
    shared: float | None
    keep: bool

    def check(self, asked: bool) -> None:
        """Refuse a bandwidth that buys nothing, by name."""
        cheapest = {one.partner: min(e.wish.cost for e in one.entries) for one in self.tables}
        for partner, total in self.budgets.items():
            if total < cheapest[partner]:
                where = "--budget" if asked else f"{PROGRAMME}, the row of {partner} for {ALL!r}"
                raise FoedusError(f"{where}: {total:g} buys nothing; the cheapest step costs {cheapest[partner]:g}")
        for table in self.tables if self.keep else ():
            kept = sum(one.wish.cost for one in table.entries if one.former)
            if kept > self.budgets[table.partner]:
                raise FoedusError(
                    f"--keep: the former programme of {table.partner} takes {kept:g} for talk alone; its bandwidth is "
                    f"{self.budgets[table.partner]:g}"
                )
        least = min(cheapest.values())
        if self.shared is not None and self.shared < least:
            raise FoedusError(f"--budget: {self.shared:g} buys nothing; the cheapest step costs {least:g}")

    def _rows(self) -> tuple[Numbers, Numbers]:
        columns = [(t, k, step) for t, table in enumerate(self.tables) for k, step in table.columns]
        place = {one: n for n, one in enumerate(columns)}
        cost = np.array([self.tables[t].entries[k].wish.cost for t, k, _ in columns])
        rows, bounds = [], []
        for t, table in enumerate(self.tables):
            rows.append(np.where([one[0] == t for one in columns], cost, 0.0))
            bounds.append(self.budgets[table.partner])
        if self.shared is not None:
            rows.append(cost)
            bounds.append(self.shared)
        if (cost == np.round(cost)).all():  # half a unit left over buys nothing, and makes the search harder
            bounds = [float(np.floor(one + 1e-9)) for one in bounds]
        pairs = [((t, k, s), (t, k, s - 1)) for t, k, s in columns if s > 0]
        for t, table in enumerate(self.tables):
            at = {one.wish.area: k for k, one in enumerate(table.entries)}
            needs = [(k, name) for k, one in enumerate(table.entries) for name in one.wish.requires]
            pairs += [((t, k, 0), (t, at[name], 0)) for k, name in needs]
        for later, earlier in pairs:
            row = np.zeros(len(columns))
            row[place[later]], row[place[earlier]] = 1.0, -1.0
            rows.append(row)
            bounds.append(0.0)
        return np.array(rows), np.array(bounds)

    def _needed(self) -> list[int]:
        columns = [(t, k, step) for t, table in enumerate(self.tables) for k, step in table.columns]
        return [n for n, (t, k, s) in enumerate(columns) if self.keep and s == 0 and self.tables[t].entries[k].former]

    def _depths(self, taken: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
        """Return for each partner how deep each area goes in each draw; shape (draws, areas)."""
        found, start = [], 0
        for table in self.tables:
            depth = np.zeros((len(taken), len(table.entries)), dtype=np.int64)
            for n, (k, _) in enumerate(table.columns):
                depth[:, k] += taken[:, start + n]
            start += len(table.columns)
            found.append(depth)
        return found

    def solved(self, streams: Streams, draws: int, order: tuple[int, ...]) -> list[NDArray[np.int64]]:
        """Return for each partner how deep each area goes in each draw; shape (draws, areas)."""
        if self.shared is None and len(self.tables) > 1:  # nothing binds the partners together
            alone = [_Problem([t], {t.partner: self.budgets[t.partner]}, None, self.keep) for t in self.tables]
            return [one.solved(streams, draws, order)[0] for one in alone]
        names = [f"weight {name}" for name in CRITERIA]
        levels = np.stack([streams.uniforms(name, start=0, stop=draws) for name in names], axis=1)
        weights = drawn_weights(levels, order)
        middle = np.sort(np.stack([streams.uniforms(f"word {k}", start=0, stop=draws) for k in (1, 2)], axis=1), axis=1)
        scales = np.column_stack([np.zeros(draws), middle, np.ones(draws)])
        blocked = np.hstack([self._blocked(table, streams, draws) for table in self.tables])
        rows, bounds = self._rows()
        needed = self._needed()
        worths = np.array(
            [np.concatenate([table.worth(weights[n], scales[n]) for table in self.tables]) for n in range(draws)]
        )
        fair = streams.generator("ties", *self.budgets).random(worths.shape) * _TIE
        return self._depths(best_of_each(np.where(worths > 0, worths + fair, worths), rows, bounds, needed, blocked))

    @staticmethod
    def _blocked(table: _Table, streams: Streams, draws: int) -> NDArray[np.bool_]:
        names = [(table.partner, one.wish.area, "acceptable") for one in table.entries]
        levels = [streams.uniforms(*name, start=0, stop=draws) for name in names]
        blocked = np.stack(levels, axis=1) >= np.array([one.acceptable for one in table.entries])
        return np.asarray(blocked[:, [k for k, _ in table.columns]])

    def central(self, variants: Sequence[_Table]) -> NDArray[np.int64]:
        """Return the programme of each variant of the one table at equal weights, with words at even steps.

        An area more likely blocked than not is out. Shape (variants, areas).
        """
        scale, weights = np.linspace(0, 1, len(WORDS)), np.full(len(CRITERIA), 1 / len(CRITERIA))
        table = self.tables[0]
        blocked = np.array([[table.entries[k].acceptable < 0.5 for k, _ in table.columns]] * len(variants))
        worths = np.array([one.worth(weights, scale) for one in variants])
        rows, bounds = self._rows()
        return self._depths(best_of_each(worths, rows, bounds, self._needed(), blocked))[0]


def _bought(
    tables: Sequence[_Table], base: Sequence[NDArray[np.int64]], after: Sequence[NDArray[np.int64]]
) -> tuple[Bought, ...]:
    """Return what one more unit buys most often, at most five."""
    made = [
        Bought(
            table.partner,
            one.wish.area,
            depth,
            float((base[t][:, k] > step).mean()),
            float((after[t][:, k] > step).mean()),
        )
        for t, table in enumerate(tables)
        for k, one in enumerate(table.entries)
        for step, depth in enumerate(DEPTHS[: one.deepest])
    ]
    gained = [one for one in made if one.after - one.before > 0.005]
    return tuple(sorted(gained, key=lambda one: (one.before - one.after, one.partner, one.area))[:5])
