"""``tailor``: a programme of cooperation fitted to one partner, or to several that share the alliance's bandwidth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.base.tables import Row
from foedus.base.wording import percent
from foedus.dossiers import Dossier
from foedus.evidence import highest
from foedus.forecasts import forecast
from foedus.partnership.front import front
from foedus.partnership.inputs import ALL, PROGRAMME, Wish, read_programme, sha256_of
from foedus.partnership.knapsack import Areas, Knapsack, Sensitivity
from foedus.partnership.programmes import against, areas, mean_scores
from foedus.partnership.tailored import CRITERIA, DEPTHS, Bought, Tailored

DRAWS = 200


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
        Another's answer on how much an area would provoke, in place of the table's word, such as
        `foedus.partnership.provoking.AnsweredBefore`; what it has in ``told`` says where it comes from.

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
    tables = [Areas.of(dossier, partner, rows, day, accepted, sensitivity) for partner in chosen]
    budgets, shared = _budgets(tables, rows, budget)
    problem = Knapsack(tables, budgets, shared, keep)
    problem.check(budget is not None)
    streams = Streams(seed)
    base = problem.solved(streams, draws, order)
    wider = {partner: total + 1 for partner, total in budgets.items()}
    more = Knapsack(tables, wider, None if shared is None else shared + 1, keep)
    after = more.solved(streams, draws, order)
    areas_found = tuple(area for k, table in enumerate(tables) for area in table.found(base[k]))
    return Tailored(
        dossier=dossier.title,
        partners=tuple(chosen),
        as_of=day,
        budgets=budgets,
        shared=shared,
        acceptability=told,
        found=areas_found,
        bought=_bought(tables, base, after),
        flips=tuple(flip for table in tables for flip in table.flips(budgets[table.partner], areas_found, keep)),
        against=tuple(
            compared
            for table in tables
            if (
                compared := against(
                    table.partner, {a.area for a in areas_found if a.partner == table.partner and a.share > 0.5}
                )
            )
        ),
        baselines=mean_scores(),
        to_fill_in=(),
        draws=draws,
        seed=seed,
        inputs_sha256=sha256_of(((PROGRAMME, Wish, rows),)),
        marking=highest(row.record.marking for row in rows),
        rows=rows,
        front=tuple(programme for table in tables for programme in front(table, budgets[table.partner], keep)),
        sensitivity="" if sensitivity is None else str(getattr(sensitivity, "told", "as another answers")),
    )


def _nothing(dossier: Dossier, day: Day, draws: int, seed: int) -> Tailored:
    return Tailored(
        dossier.title, (), day, {}, None, "", (), (), (), (), mean_scores(), (PROGRAMME,), draws, seed,
        sha256_of(((PROGRAMME, Wish, ()),)), highest(()), (),
    )  # fmt: skip


def _chosen(partners: Sequence[str], named: Sequence[str], dossier: Dossier, day: Day) -> list[str]:
    chosen = []
    for name in partners or named:
        partner = name if name in named else dossier.world.find(name, day)
        if named and partner not in named:
            raise FoedusError(f"--partner: {name!r} has no row in {PROGRAMME}; partners are {', '.join(named)}")
        chosen.append(partner)
    return list(dict.fromkeys(chosen))


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
    return 1 - nothing, f"from the forecast of {issue!r}: something is decided with {percent(1 - nothing)}"


def _budgets(
    tables: Sequence[Areas], rows: Sequence[Row[Wish]], asked: float | None
) -> tuple[dict[str, float], float | None]:
    """Return the bandwidth of each partner and what they share."""
    given = {row.record.partner: row.record.cost for row in rows if row.record.area == ALL}
    own = {table.partner: given.get(table.partner, table.cost / 2) for table in tables}
    if len(tables) == 1:
        return ({tables[0].partner: asked} if asked is not None else own), None
    return own, asked if asked is not None else given.get(ALL)


def _bought(
    tables: Sequence[Areas], base: Sequence[NDArray[np.int64]], after: Sequence[NDArray[np.int64]]
) -> tuple[Bought, ...]:
    """Return what one more unit buys most often, at most five."""
    made = [
        Bought(
            table.partner,
            entry.wish.area,
            depth,
            float((base[t][:, k] > step).mean()),
            float((after[t][:, k] > step).mean()),
        )
        for t, table in enumerate(tables)
        for k, entry in enumerate(table.entries)
        for step, depth in enumerate(DEPTHS[: entry.deepest])
    ]
    gained = [bought for bought in made if bought.after - bought.before > 0.005]
    return tuple(
        sorted(gained, key=lambda purchase: (purchase.before - purchase.after, purchase.partner, purchase.area))[:5]
    )
