"""Whether anything beside priors has been entered, and what to do where nothing has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.wording import counted
from foedus.cases.case import Case
from foedus.dossiers import Dossier

NOTHING = "nothing has been entered yet"


@dataclass(frozen=True, slots=True)
class Unanswered(Recorded):
    """What is told in place of a forecast where nothing but priors has been entered.

    Attributes
    ----------
    case
        The issue before its meeting.
    """

    KEYS = (
        "issue=case.issue.id question=case.issue.question as_of=case.as_of on=case.meeting.on "
        "meeting=case.meeting.name body=case.body.id rule=case.rule.words answered message steps"
    )

    case: Case

    @property
    def answered(self) -> bool:
        """Never."""
        return False

    @property
    def message(self) -> str:
        """What is the matter."""
        return NOTHING

    @property
    def steps(self) -> tuple[str, ...]:
        """What to do to get an answer, the quickest first."""
        return steps(self.case)


def anything_entered(dossier: Dossier, issue: str) -> bool:
    """Tell whether a dossier holds anything beside priors on an issue, known yet or not.

    That is an accepted statement, a position or an approval by hand, or something supposed.

    Parameters
    ----------
    dossier, issue
        A dossier, and the id of one of its issues, with or without an order of its options.
    """
    by_hand = any(row.issue == issue and (row.words or row.position_mode is not None) for row in dossier.stakeholders)
    approved = any(row.issue == issue for row in dossier.preferences)
    return by_hand or approved or bool(dossier.supposed) or bool(dossier.statements_on(issue, dt.date.max))


def steps(case: Case) -> tuple[str, ...]:
    """Return what to do to get an answer, the quickest first."""
    name = case.dossier.folder.name
    waiting = sum(statement.status == "candidate" for statement in case.dossier.statements)
    decide = (
        f"decide on what was read ({counted(waiting, 'candidate')}): foedus statements {name} "
        f"--status candidate; foedus statements {name} accept ID..., or accept --above P for those at least P certain"
    )
    return (
        *((decide,) if waiting else ()),
        f'enter what you know: foedus statements {name} add ACTOR for|against WHAT "what was said" --source TITLE',
        f"or say where a member stands: foedus position {name} ACTOR --set VALUE --note WHY",
        f"or read documents: foedus read FILE --into {name}, then accept statements: foedus statements {name} list",
        f"see what is still open: foedus check {name}",
        f"ask again: foedus forecast {name}",
    )
