"""What the break-even chart shows: the line at which nothing changes, a cloud of draws, and voices as points."""

from __future__ import annotations

import numpy as np

from foedus.base.days import Day
from foedus.dossiers import Dossier
from foedus.dossiers.ranks import rank_of
from foedus.strategy.asking import Asked
from foedus.strategy.deterrence import DETERS, HARDLY, NOTHING, PROVOKES, Baseline, Effect, Shift, break_even, effect
from foedus.strategy.parameters import shifts_of
from foedus.strategy.result import Picture, VoicePoint

_CLOUD = 250
"""Draws that are kept for a picture."""
_LINE = 9


def picture_of(
    dossier: Dossier, case: Asked, label: str, base: Baseline, shift: Shift, solution: Effect, as_of: Day
) -> Picture:
    """Return the chart of one option, by what was known on a day."""
    ranges = shifts_of(case.acts[label], case.assumptions)
    highest = max(float(shift.company.max()), 1e-6)
    line = []
    for company in np.linspace(0.0, highest, _LINE):
        low, middle, high = np.quantile(break_even(base, float(company), shift.fear), [0.1, 0.5, 0.9])
        line.append((float(company), float(low), float(middle), float(high)))
    kept = np.flatnonzero(solution.solved)[:_CLOUD]
    change = solution.after - solution.before
    cloud = tuple((float(shift.discontent[k]), float(shift.company[k]), float(change[k])) for k in kept)
    known = {
        statement.id: statement
        for statement in dossier.statements
        if statement.status == "accepted" and dossier.known_on(statement) <= as_of
    }
    voices = []
    for voice in case.voices:
        said = known.get(voice.statement)
        if said is None or ranges.discontent is None or ranges.company is None:
            continue
        discontent, company = getattr(ranges.discontent, voice.discontent), getattr(ranges.company, voice.company)
        fear = 0.0 if ranges.fear is None else getattr(ranges.fear, voice.company)
        person = f" ({said.person})" if said.person else ""
        voices.append(
            VoicePoint(
                voice.actor,
                f"{dossier.world.name(voice.actor)}{person}",
                said.id,
                f"{said.source} {said.passage}",
                said.paraphrase,
                float(discontent),
                float(company),
                _side(base, discontent, company, fear),
                rank_of(said, dossier.world),
            )
        )
    return Picture(tuple(line), cloud, tuple(voices))


def _side(base: Baseline, discontent: float, company: float, fear: float) -> str:
    """Return the sign of an act of given size in the median draw."""
    ones = np.ones_like(base.challenge)
    change = float(np.median(effect(base, Shift(discontent * ones, company * ones, fear * ones)).change))
    if abs(change) < NOTHING:
        return HARDLY
    return PROVOKES if change > 0 else DETERS
