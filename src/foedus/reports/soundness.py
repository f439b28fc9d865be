"""Whether a dossier is sound, in every one of its files, and what is still open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.wording import and_, counted
from foedus.coding.journal import journal_of
from foedus.dossiers import SCHEMA, Dossier
from foedus.dossiers.evidence import guard_dossier
from foedus.dossiers.formats import how_to_migrate
from foedus.dossiers.silence import silence_changed, silence_leans
from foedus.forecasts import find_gaps
from foedus.forecasts.gaps_of_words import Gap
from foedus.partnership.inputs import read_offers, read_programme, read_supply
from foedus.partnership.programmes import areas
from foedus.procedures.docket import check_replayed
from foedus.reports.sections import Section, table, text
from foedus.strategy.settings import absent_statements, read_response
from foedus.world.days import as_day


@dataclass(frozen=True, slots=True)
class Soundness(Recorded):
    """A dossier that is sound, and its gaps.

    Attributes
    ----------
    dossier
        The dossier.
    gaps
        What an analyst should close.
    day
        The day of knowledge.
    """

    KEYS = "dossier=dossier.title gaps"

    dossier: Dossier
    gaps: tuple[Gap, ...]
    day: Day


def soundness(dossier: Dossier, as_of: Day | str | None = None) -> Soundness:
    """Read all that belongs to a dossier and return its gaps.

    Parameters
    ----------
    dossier
        As read.
    as_of
        The day of knowledge for which gaps are sought; by default as for a forecast.

    Raises
    ------
    FoedusError, InputError
        When evidence, journal, docket, or a table or file that other answers need is not sound.

    Examples
    --------
    >>> import foedus
    >>> sorted({gap.kind for gap in soundness(foedus.read_dossier("three-trades")).gaps})
    ['assumption', 'red line']
    """
    guard_dossier(dossier)
    check_replayed(dossier)
    response = read_response(dossier)
    journal_of(dossier)
    read_supply(dossier)
    read_offers(dossier)
    read_programme(dossier, areas())
    gaps = list(find_gaps(dossier, as_of))
    if response is not None and (absent := absent_statements(dossier, response)):
        what = f"names {', '.join(absent)}, which the dossier does not have; what rests on them is left out"
        gaps.append(Gap("response", what, "response.yaml"))
    return Soundness(dossier, tuple(gaps), as_day(as_of) if as_of else dossier.latest_known())


def _statements(dossier: Dossier) -> str:
    """Return how many statements count, and how many are undecided or rejected where any are.

    Examples
    --------
    >>> import foedus
    >>> _statements(foedus.read_dossier("three-trades"))
    '0 statements'
    """
    numbers = Counter(statement.status for statement in dossier.statements)
    accepted = counted(numbers.pop("accepted", 0), "statement")
    beside = [f"{number} more {_STATES.get(status, status)}" for status, number in sorted(numbers.items())]
    return f"{accepted} ({and_(beside)})" if beside else accepted


_STATES = {"candidate": "undecided", "rejected": "rejected"}


def soundness_sections(checked: Soundness) -> tuple[Section, ...]:
    """Return how much a dossier holds, what is assumed of silent members, and each gap."""
    dossier = checked.dossier
    holds = (
        f"{dossier.title}: sound. {_statements(dossier)} from "
        f"{counted(len(dossier.sources), 'source')} on {counted(len(dossier.issues), 'issue')}."
    )
    leans = [
        text(f"Assumed on {issue.id}: {silence_leans(issue, dossier.prior(issue.id))}; {silence_changed(issue)}.")
        for issue in (issue.proposing(issue.proposed_on(checked.day)) for issue in dossier.issues)
    ]
    listed = table(
        ("kind", "what", "where"), [(gap.kind, gap.what, gap.where) for gap in checked.gaps], widths=(2, 6, 4)
    )
    gaps = Section("gaps", counted(len(checked.gaps), "gap"), (listed,))
    if not checked.gaps:
        gaps = Section("gaps", "", (text("no gaps found"),))
    older = text(f"This dossier is {how_to_migrate(dossier.folder, dossier.version)}")
    return (
        Section("sound", "", (text(holds),)),
        Section("assumed", "", tuple(leans)),
        gaps,
        *([Section("older", "", (older,))] if dossier.version < SCHEMA else []),
    )
