"""``allocate``: what is lacking in each theatre when one or several contingencies come, under the best placing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.base.tables import Row
from foedus.dossiers import Dossier
from foedus.evidence import highest
from foedus.partnership.allocated import (
    Adversary,
    Allocation,
    Chance,
    Following,
    Kind,
    Numbers,
    Regret,
    Share,
    Shortfall,
    Spread,
)
from foedus.partnership.inputs import (
    CONTINGENCIES,
    DEMANDS,
    MEANS,
    Coming,
    Demand,
    Means,
    range_of,
    read_supply,
    sha256_of,
)
from foedus.partnership.placing import Group, Layout, Placed, against_an_enemy, least_regret, place

DRAWS = 1_000


def allocate(dossier: Dossier, without: Sequence[str] = (), draws: int = DRAWS, seed: int = 1) -> Allocation:
    """Return what is lacking in each theatre, kind by kind, under the best placing of each draw.

    Parameters
    ----------
    dossier
        With ``means.csv``, ``demands.csv`` and ``contingencies.csv``.
    without
        Whose units are taken away beside: an owner, or ``OWNER@THEATRE`` where they only stay out of that theatre.
    draws, seed
        How many draws of needs, readiness and probabilities; the same seed gives the same answer.

    Raises
    ------
    FoedusError
        When ``without`` names nobody who owns means, or there are no draws.
    InputError
        With every problem of the tables.
    """
    if draws < 1:
        raise FoedusError(f"draws: {draws}, expected at least 1")
    means, demands, coming = read_supply(dossier)
    empty = [file for file, rows in ((MEANS, means), (DEMANDS, demands), (CONTINGENCIES, coming)) if not rows]
    theatres = tuple(dict.fromkeys(row.record.theatre for row in demands))
    kinds = tuple(dict.fromkeys(row.record.kind for row in demands))
    gone = tuple(_gone(actor, means, theatres, dossier) for actor in without) if not empty else ()
    made = _Inputs.drawn(means, demands, coming, theatres, draws, Streams(seed)) if not empty else None
    kinds_found = [] if made is None else [_Found.of(made, kind, gone) for kind in kinds]
    return Allocation(
        dossier=dossier.title,
        theatres=theatres,
        kinds=kinds,
        chances=() if made is None else made.chances(),
        following=() if made is None else made.following(),
        shares=tuple(share for kind_found in kinds_found for share in kind_found.shares()),
        shortfalls=tuple(short for kind_found in kinds_found for short in kind_found.shortfalls()),
        kinds_found=tuple(kind_found.kind_found() for kind_found in kinds_found),
        adversary=tuple(kind_found.adversary() for kind_found in kinds_found),
        regrets=tuple(kind_found.regret() for kind_found in kinds_found),
        gone=tuple(without) if not empty else (),
        to_fill_in=tuple(empty),
        draws=draws,
        seed=seed,
        inputs_sha256=sha256_of(((MEANS, Means, means), (DEMANDS, Demand, demands), (CONTINGENCIES, Coming, coming))),
        marking=highest(row.record.marking for rows in (means, demands, coming) for row in rows),
        means=means,
        demands=demands,
        coming=coming,
    )


def _gone(words: str, means: Sequence[Row[Means]], theatres: Sequence[str], dossier: Dossier) -> tuple[str, str]:
    """Return the owner and the theatre of ``OWNER`` or ``OWNER@THEATRE``; blank for everywhere."""
    name, _, theatre = words.partition("@")
    owners = sorted({row.record.owner for row in means})
    owner = name if name in owners else dossier.world.find(name, max(row.record.as_of for row in means))
    if owner not in owners:
        raise FoedusError(f"--without: {name!r} owns nothing in {MEANS}; owners are {', '.join(owners)}")
    if theatre and theatre not in theatres:
        raise FoedusError(f"--without: no theatre {theatre!r}; theatres are {', '.join(theatres)}")
    return owner, theatre


@dataclass(frozen=True, slots=True)
class _Inputs:
    """Everything drawn: ready units by row (draws, rows), needs by row, probabilities (draws, scenarios)."""

    means: tuple[Row[Means], ...]
    demands: tuple[Row[Demand], ...]
    theatres: tuple[str, ...]
    comes: tuple[tuple[str, ...], ...]
    ready: Numbers
    needs: Numbers
    shares: Numbers

    @classmethod
    def drawn(
        cls,
        means: tuple[Row[Means], ...],
        demands: tuple[Row[Demand], ...],
        coming: tuple[Row[Coming], ...],
        theatres: tuple[str, ...],
        draws: int,
        streams: Streams,
    ) -> _Inputs:
        def drawn(rows: Sequence[Row[Any]], what: str, key: Sequence[str]) -> Numbers:
            quantiles = [
                range_of(row.record, what).quantiles(streams.uniforms(what, stream, start=0, stop=draws))
                for row, stream in zip(rows, key, strict=True)
            ]
            return np.stack(quantiles, axis=1)

        numbers = np.array([row.record.number for row in means])
        ready = numbers * drawn(means, "ready", [f"{row.record.owner}/{row.record.kind}/{row.number}" for row in means])
        needs = drawn(demands, "need", [f"{r.record.theatre}/{r.record.contingency}/{r.record.kind}" for r in demands])
        shares = drawn(coming, "probability", ["+".join(sorted(row.record.comes)) for row in coming])
        shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1.0)
        return cls(means, demands, theatres, tuple(row.record.comes for row in coming), ready, needs, shares)

    def need(self, kind: str) -> Numbers:
        """Return the units needed; shape (draws, scenarios, theatres)."""
        need = np.zeros((len(self.shares), len(self.comes), len(self.theatres)))
        for k, row in enumerate(self.demands):
            demand = row.record
            for s, comes in enumerate(self.comes):
                if demand.kind == kind and demand.contingency in comes:
                    need[:, s, self.theatres.index(demand.theatre)] += self.needs[:, k]
        return need

    def chances(self) -> tuple[Chance, ...]:
        return tuple(Chance(comes, Spread.of(self.shares[:, s])) for s, comes in enumerate(self.comes))

    def following(self) -> tuple[Following, ...]:
        names = tuple(dict.fromkeys(contingency for comes in self.comes for contingency in comes))
        mean = self.shares.mean(axis=0)
        total = {name: sum(p for p, comes in zip(mean, self.comes, strict=True) if name in comes) for name in names}
        both = {
            (a, b): sum(p for p, comes in zip(mean, self.comes, strict=True) if a in comes and b in comes)
            for a in names
            for b in names
            if a != b
        }
        return tuple(
            Following(a, b, float(share / total[b]), float(total[a])) for (a, b), share in both.items() if total[b] > 0
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """One kind, placed."""

    inputs: _Inputs
    kind: str
    layout: Layout
    members: tuple[tuple[int, ...], ...]
    supply: Numbers
    need: Numbers
    placed: Placed
    left: Placed | None

    @classmethod
    def of(cls, inputs: _Inputs, kind: str, gone: Sequence[tuple[str, str]]) -> _Found:
        layout, members, supply = _grouped(inputs, kind, ())
        need = inputs.need(kind)
        left = None
        if gone:
            fewer, _, less = _grouped(inputs, kind, gone)
            left = place(fewer, less, need, inputs.shares, compare=False)
        return cls(inputs, kind, layout, members, supply, need, place(layout, supply, need, inputs.shares), left)

    def shares(self) -> list[Share]:
        """Return who stands where: each owner's part of its group's units."""
        shares = []
        total = np.maximum(self.supply, 1e-12)
        for place_, (group, theatre) in enumerate(self.layout.placed):
            for row in self.members[group]:
                part = self.placed.placed[:, place_] * self.inputs.ready[:, row] / total[:, group]
                owner = self.inputs.means[row].record.owner
                shares.append(Share(owner, self.kind, self.inputs.theatres[theatre], Spread.of(part)))
        return shares

    def shortfalls(self) -> list[Shortfall]:
        shortfalls = []
        for s, comes in enumerate(self.inputs.comes):
            for t, theatre in enumerate(self.inputs.theatres):
                if self.need[:, s, t].any():
                    short = self.placed.short[:, s, t]
                    left = None if self.left is None else Spread.of(self.left.short[:, s, t])
                    need = Spread.of(self.need[:, s, t])
                    share = float((short > 0.05).mean())
                    shortfalls.append(Shortfall(comes, theatre, self.kind, need, Spread.of(short), share, left))
        return shortfalls

    def kind_found(self) -> Kind:
        placed = self.placed
        means = placed.worth.mean(axis=0)
        best = means.max()
        groups = [g for g in range(len(means)) if means[g] >= best - 1e-9]
        owners = [self.inputs.means[row].record.owner for g in groups for row in self.members[g]]
        return Kind(
            self.kind,
            Spread.of(self.supply.sum(axis=1)),
            Spread.of(placed.expected),
            Spread.of(placed.worth.max(axis=1)),
            tuple(dict.fromkeys(owners)) if best > 0 else (),
            Spread.of(placed.expected - placed.foreseen),
            Spread.of(placed.average - placed.expected),
            None if self.left is None else Spread.of(self.left.expected),
        )

    def adversary(self) -> Adversary:
        """Compare both plans by the theatre where the enemy finds most lacking, at mean needs and readiness."""
        supply, need = self.supply.mean(axis=0), self.need.mean(axis=0)
        single = [s for s, comes in enumerate(self.inputs.comes) if len(comes) == 1] or list(range(len(need)))
        worst, placed = against_an_enemy(self.layout, supply, need[single])
        enemy = place(self.layout, supply[None], need[None], self.inputs.shares.mean(axis=0)[None], compare=False)
        where = self._by_theatre(placed)
        return Adversary(self.kind, where, worst + 0.0, float(enemy.short[0, single].sum(axis=1).max()))

    def regret(self) -> Regret:
        """Compare the plan with the one that is least regretted whatever comes, at mean needs and readiness."""
        supply, need = self.supply.mean(axis=0), self.need.mean(axis=0)
        regret, placed, known = least_regret(self.layout, supply, need)
        known_need = place(self.layout, supply[None], need[None], self.inputs.shares.mean(axis=0)[None], compare=False)
        beyond = known_need.short[0].sum(axis=1) - known
        worst = self.inputs.comes[int(beyond.argmax())]
        return Regret(self.kind, self._by_theatre(placed), regret + 0.0, max(float(beyond.max()), 0.0), worst)

    def _by_theatre(self, placed: Numbers) -> dict[str, float]:
        return {
            theatre: float(sum(n for n, (_, t) in zip(placed, self.layout.placed, strict=True) if t == k))
            for k, theatre in enumerate(self.inputs.theatres)
        }


def _grouped(
    inputs: _Inputs, kind: str, gone: Sequence[tuple[str, str]]
) -> tuple[Layout, tuple[tuple[int, ...], ...], Numbers]:
    """Return the groups of one kind, the rows of means in each, and their ready units (draws, groups)."""
    rows: dict[Group, list[int]] = {}
    for k, row in enumerate(inputs.means):
        means = row.record
        barred = {theatre for owner, theatre in gone if owner == means.owner}
        allowed = tuple(
            t
            for t, theatre in enumerate(inputs.theatres)
            if (not means.theatres or theatre in means.theatres) and not barred & {"", theatre}
        )
        if means.kind == kind and allowed:
            rows.setdefault(Group(allowed, means.late), []).append(k)
    if not rows:  # nobody has any: a group of none, so that what is lacking and what one unit is worth can be told
        rows[Group(tuple(range(len(inputs.theatres))), 1.0)] = []
    supply = np.stack([inputs.ready[:, members].sum(axis=1) for members in rows.values()], axis=1)
    return Layout.of(tuple(rows), len(inputs.theatres)), tuple(map(tuple, rows.values())), supply
