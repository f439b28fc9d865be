"""What is said beside a stance counts only from those at the table, and only where it lifts something."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

import foedus
from foedus.cases.signals import HEARD, NO, YES, signals_of
from foedus.dossiers import Dossier


def signals(dossier: Dossier, as_of: str = "2023-07-10") -> dict[str, float]:
    return dict(signals_of(foedus.forecast(dossier, "office", as_of, draws=20).case))


def said(dossier: Dossier, actor: str, signal: str, stance: int = 1) -> Dossier:
    first = next(one for one in dossier.statements if one.id == "jt01")
    one = dataclasses.replace(
        first,
        id="x1",
        actor=actor,
        stance=stance,
        signal=signal,
        said_on=dt.date(2023, 7, 5),
        known_on=dt.date(2023, 7, 5),
    )
    return dataclasses.replace(dossier, statements=(*dossier.statements, one))


def test_a_bystanders_withdrawal_lifts_no_blockade(tokyo: Dossier) -> None:
    assert signals(said(tokyo, "NOR", "withdrawal"))["softening"] == NO
    assert signals(said(tokyo, "FRA", "withdrawal"))["softening"] == YES


def test_silence_tells_by_how_many_at_the_table_were_heard(tokyo: Dossier) -> None:
    kept = {"CHN": [], "FRA": ["FRA"], "two": ["FRA", "JPN"], "three": ["FRA", "JPN", "USA"]}
    first = next(one for one in tokyo.statements if one.id == "jt01")
    for actors in kept.values():
        rows = [
            dataclasses.replace(first, id=f"x{n}", actor=actor, signal="") for n, actor in enumerate(["CHN", *actors])
        ]
        found = signals(dataclasses.replace(tokyo, statements=tuple(rows)))
        assert found.get("offer", 0.0) == pytest.approx(NO * min(1.0, len(actors) / HEARD))
