"""Silent members placed by how far their votes lie from those who back and those who object."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.dossiers.positions import stand_of
from foedus.dossiers.stands import SILENT
from foedus.institutions import EU_COUNCIL, is_consensus
from foedus.measure.leaning import COUNCIL, PUBLIC, lean, year_of
from foedus.measure.packaged import packaged_measures

if TYPE_CHECKING:
    from foedus.cases.case import Case, Member


def with_measured_priors(case: Case) -> Case:
    """Return a case in which silent members stand where their votes place them, if its dossier asks for that.

    What is supposed of others moves no silent member: they do not answer it. Where nobody backs or nobody objects, and
    for members that cast no votes, the stated prior holds.
    """
    if not case.dossier.measures_prior(case.issue.id):
        return case
    spoken, measures = _spoken(case), packaged_measures()
    year = year_of(min(case.as_of, case.meeting.on).year, measures)
    data = COUNCIL if case.body.id == EU_COUNCIL and not is_consensus(case.rule) else PUBLIC
    silent = set(case.silent)

    def placed(member: Member) -> Member:
        if member not in silent:
            return member
        leaning = lean(measures, member.actor, spoken, year, data)
        return replace(
            member,
            stand=stand_of(case.dossier, case.issue, member.actor, case.as_of, seated=True, measured=leaning),
        )

    return replace(case, members=tuple(placed(member) for member in case.members))


def _spoken(case: Case) -> list[tuple[str, float]]:
    """Return which members have a known position, and where it is: 0 at the status quo, 100 at the proposal."""
    start, goal = (case.agenda.options[place] for place in (case.agenda.status_quo, case.agenda.proposal))
    dossier = case.dossier
    entered = dossier if dossier.entered is None else replace(dossier, stakeholders=dossier.entered)
    known = []
    for member in case.seats:
        stand = member.stand
        if entered is not dossier:
            stand = stand_of(entered, case.issue, member.actor, case.as_of, seated=True)
        if stand.basis not in SILENT:
            way = 100 * (stand.private.mode - start) / (goal - start)
            known.append((member.actor, float(min(max(way, 0.0), 100.0))))
    return known
