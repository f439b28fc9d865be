"""What is said beside a stance counts only from those at the table, and only where it lifts something."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools

import foedus
from foedus.cases.signals import NO, YES, signals_of
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


def test_nobody_withdraws_an_objection_that_it_never_had(tokyo: Dossier) -> None:
    told = said(tokyo, "FRA", "withdrawal")
    neutral = [
        dataclasses.replace(row, quote="", paraphrase="could no longer afford to take a neutral stance")
        if row.id == "x1"
        else row
        for row in told.statements
        if row.actor != "FRA" or row.id == "x1"
    ]
    drops = [dataclasses.replace(row, paraphrase="drops its veto") if row.id == "x1" else row for row in neutral]
    unheard, named = (dataclasses.replace(tokyo, statements=tuple(rows)) for rows in (neutral, drops))
    assert (signals(unheard)["softening"], signals(named)["softening"]) == (NO, YES)


def test_silence_tells_alike_however_many_at_the_table_were_heard(tokyo: Dossier) -> None:
    kept = {"CHN": [], "FRA": ["FRA"], "two": ["FRA", "JPN"], "three": ["FRA", "JPN", "USA"]}
    first = next(one for one in tokyo.statements if one.id == "jt01")
    for actors in kept.values():
        rows = [
            dataclasses.replace(first, id=f"x{n}", actor=actor, signal="") for n, actor in enumerate(["CHN", *actors])
        ]
        found = signals(dataclasses.replace(tokyo, statements=tuple(rows)))
        assert found.get("offer") == (NO if actors else None)


def test_a_word_in_favour_never_makes_adoption_less_likely(tokyo: Dossier) -> None:
    first = next(one for one in tokyo.statements if one.id == "jt01")
    rows = [dataclasses.replace(first, id="x0")]
    chances = []
    for n, actor in enumerate(["", "NOR", "POL", "CAN"]):
        if actor:
            rows.append(dataclasses.replace(first, id=f"x{n}", actor=actor, stance=1, signal="", condition=""))
        found = foedus.forecast(dataclasses.replace(tokyo, statements=tuple(rows)), "office", "2023-07-10", draws=500)
        chances.append(found.probability("liaison office"))
    assert all(later >= earlier - 0.002 for earlier, later in itertools.pairwise(chances))
