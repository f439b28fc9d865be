"""Appointments among the decisions with known outcomes: how well it is told whether somebody is agreed on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.backtests.case import CaseTable, PastCase
from foedus.backtests.track_record import classes, fit_best, teaching
from foedus.base.files import write_atomically

PERSONS = (
    "asean-chair-2006",
    "blanco-2013",
    "claes-1994",
    "de-hoop-scheffer-2003",
    "ellemann-jensen-1995",
    "lubbers-1995",
    "manley-2003",
    "osce-chair-2024",
    "osce-heads-2020",
    "osce-kazakhstan-2006",
    "osce-kazakhstan-2007",
    "osce-leaders-2024",
    "rasmussen-2009",
    "robertson-1999",
    "rutte-2024",
    "solana-1995",
    "stoltenberg-2014",
    "wallace-2023",
    "wto-dg-1999",
    "wto-dg-2013",
    "wto-dg-2020",
    "wto-dg-2021",
)
"""Decisions of the packaged set on who gets a post: a person, or a state that takes the chair."""
NOBODY_AGAINST = 50.0
"""Where no coded member stands lower, nobody had spoken against the person."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """What was told of one appointment by a fit that had seen no decision of its dispute.

    Attributes
    ----------
    decision, dispute
        Ids in the set.
    told, came
        How likely it is as proposed on the day, and whether it came so.
    base
        The share of decisions of other disputes on posts that came so.
    lowest
        The lowest position of a coded member, 0 to 100.
    """

    decision: str
    dispute: str
    told: float
    came: bool
    base: float
    lowest: float


def appointments(cases: Sequence[PastCase]) -> tuple[Appointment, ...]:
    """Return what is told of each appointment with its whole dispute left out, penalty and floor chosen without it."""
    table = CaseTable([case for case in cases if case.scoreable])
    seen, used, kinds = teaching(table, "meeting")
    own = [place for place, row in enumerate(used) if table.issues[row] in PERSONS]
    told_of = []
    for out in sorted({table.proposals[used[place]] for place in own}):
        keep = [place for place, row in enumerate(used) if table.proposals[row] != out]
        known = [(place, decision) for place in keep if (decision := seen[used[place]]) is not None]
        disputes = [table.proposals[used[place]] for place, _ in known]
        fit, _ = fit_best([other for _, other in known], [kinds[place] for place, _ in known], disputes)
        others = [kinds[place] == 2 for place in own if table.proposals[used[place]] != out]
        for place in own:
            case, decision = table.cases[used[place]], seen[used[place]]
            if table.proposals[used[place]] == out and decision is not None:
                told = float(classes(fit, decision)[2])
                lowest = min(stand.position for stand in case.standings if stand.role == "member")
                came = kinds[place] == 2
                told_of.append(Appointment(case.issue, out, told, came, float(np.mean(others)), lowest))
    return tuple(told_of)


def scores_of(told_of: Sequence[Appointment]) -> dict[str, object]:
    """Return the mean squared errors (Brier scores) and counts of appointments, as they are packaged.

    Examples
    --------
    >>> told = Appointment("a", "d", 0.9, True, 0.5, 80.0)
    >>> scores_of([told])["score"], scores_of([told])["base_rate"], scores_of([told])["unopposed_came"]
    (0.01, 0.25, 1)
    """
    came = np.array([appointment.came for appointment in told_of])
    told, base = (
        np.array([appointment.told for appointment in told_of]),
        np.array([appointment.base for appointment in told_of]),
    )
    free = [appointment.came for appointment in told_of if appointment.lowest >= NOBODY_AGAINST]
    likely = [appointment.came for appointment in told_of if appointment.told > 0.5]
    return {
        "decisions": len(told_of),
        "disputes": len({appointment.dispute for appointment in told_of}),
        "score": round(float(((told - came) ** 2).mean()), 4),
        "base_rate": round(float(((base - came) ** 2).mean()), 4),
        "called": len(likely),
        "came": sum(likely),
        "others_came": sum(appointment.came for appointment in told_of) - sum(likely),
        "unopposed": len(free),
        "unopposed_came": sum(free),
    }


def write_persons(cases: Sequence[PastCase]) -> None:
    """Replace the packaged scores on appointments."""
    target = Path(__file__).parents[1] / "forecasts" / "persons.json"
    write_atomically(target, json.dumps(scores_of(appointments(cases)), indent=1) + "\n")
