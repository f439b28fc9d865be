"""What a person waits for in the strategic rooms, on made-up dossiers of the size asked for. Run by ``make bench``."""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

import foedus
from foedus.base.days import parse_day
from foedus.base.tables import render_table
from foedus.dossiers import Dossier, copy_packaged
from foedus.partnership.inputs import (
    CONTINGENCIES,
    DEMANDS,
    MEANS,
    PROGRAMME,
    WORDS,
    Coming,
    Demand,
    Means,
    Wish,
)
from foedus.partnership.programmes import areas

PARTNERS = ("JPN", "KOR", "AUS", "NZL")
OWNERS = ("USA", "GBR", "FRA", "DEU", "ITA", "POL", "NLD", "NOR", "JPN", "AUS", "KOR", "CAN")
KINDS = ("tanker", "airlift", "maritime-patrol", "air-defence")
THEATRES = ("baltic", "black-sea", "strait", "peninsula")
AREAS, SCENARIOS, SEED = 30, 1000, 3


def partners(folder: Path) -> Dossier:
    """Return a dossier on thirty areas for each of four partners, ratings drawn at random."""
    rng = np.random.default_rng(SEED)
    rated = ("need", "interest", "capacity", "alliance_interest", "alliance_offer", "sensitivity")
    rows = [
        Wish(
            partner=partner,
            area=f"area-{number}",
            basis="made up",
            cost=float(rng.integers(1, 3)),
            **{score: WORDS[rng.integers(4)] for score in rated},
        )
        for partner in PARTNERS
        for number in range(AREAS)
    ]
    copy_packaged("tokyo-office", folder)
    (folder / PROGRAMME).write_text(render_table(Wish, rows), "utf-8")
    return foedus.read_dossier(folder)


def means(folder: Path) -> Dossier:
    """Return a dossier on four kinds of means of twelve owners, for four theatres and every pair of contingencies."""
    rng = np.random.default_rng(SEED)
    judged, day = "made up", parse_day("2026-01-01")

    def three(low: float, high: float) -> list[float]:
        return sorted(round(float(share), 2) for share in rng.uniform(low, high, 3))

    owned = []
    for owner, kind in itertools.product(OWNERS, KINDS):
        low, mode, high = three(0.2, 0.9)
        ready = {"ready_low": low, "ready_mode": mode, "ready_high": high}
        number = float(rng.integers(4, 60))
        owned.append(Means(owner=owner, kind=kind, number=number, late=0.3, source=judged, as_of=day, **ready))
    needed = []
    for theatre, kind in itertools.product(THEATRES, KINDS):
        low, mode, high = three(40, 200)
        need = {"need_low": low, "need_mode": mode, "need_high": high}
        needed.append(Demand(theatre=theatre, contingency=f"in-{theatre}", kind=kind, source=judged, **need))
    named = [f"in-{theatre}" for theatre in THEATRES]
    together = [*((name,) for name in named), *itertools.combinations(named, 2)]
    chance = {"probability_low": 0.02, "probability_mode": 0.05, "probability_high": 0.09}
    coming = [Coming(comes=comes, source=judged, **chance) for comes in together]
    copy_packaged("harbour-compact", folder)
    for name, record, rows in ((MEANS, Means, owned), (DEMANDS, Demand, needed), (CONTINGENCIES, Coming, coming)):
        (folder / name).write_text(render_table(record, rows), "utf-8")
    return foedus.read_dossier(folder)


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds of processor time that it takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def waits() -> dict[str, dict[str, float]]:
    """Return seconds of processor time, and how long the issue allows."""
    menu = {f"area-{number}": areas()["cyber"] for number in range(AREAS)}
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch("foedus.partnership.tailoring.areas", return_value=menu),
        mock.patch("foedus.partnership.knapsack.areas", return_value=menu),
    ):
        four, theatres = partners(Path(folder) / "partners"), means(Path(folder) / "means")
        return {
            "tailoring": {"seconds": timed(lambda: foedus.tailor(four)), "allowed": 5},
            "allocation": {"seconds": timed(lambda: foedus.allocate(theatres, draws=SCENARIOS)), "allowed": 10},
            "allocation without the largest owner": {
                "seconds": timed(lambda: foedus.allocate(theatres, ["USA"], SCENARIOS)),
                "allowed": 10,
            },
        }
