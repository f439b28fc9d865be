"""What a member asks for before it agrees: one answer for the forecast, the levers and its own page."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.cases.case import Case, Member
from foedus.dossiers.proposing import content_words
from foedus.dossiers.said import what_it_asks

_MEANT = 0.6
"""Share of the words of an option from which on a condition is taken to ask for that option."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a member asks for.

    Attributes
    ----------
    words
        As stated, without the conjunction.
    option
        Label of the option that it asks for in place of the wanted one; blank where it asks for none.
    statement
        Id of the first of its statements that says so, the heaviest.
    """

    words: str
    option: str
    statement: str


def what_it_asks_for(case: Case, member: Member, wanted: str = "") -> tuple[Asked, ...]:
    """Return what a member asks for in words of its own that still stand, each once.

    Parameters
    ----------
    case, member
        The table, and somebody at it.
    wanted
        Label of the option that others want; by default the proposal. Nothing is asked for no change.

    Examples
    --------
    >>> import foedus
    >>> from foedus.cases.case import case_of
    >>> case = case_of(foedus.read_dossier("harbour-compact"), "port", "2031-05-01", None)
    >>> [asked.words for asked in what_it_asks_for(case, case.member("ELN"))]
    ['shares follow trade']
    """
    label = case.issue.option(wanted or case.issue.proposal).label
    if label == case.issue.status_quo:
        return ()
    found: dict[str, Asked] = {}
    for contribution in member.stand.contributions:
        statement = contribution.statement
        words = what_it_asks(statement)
        if words and statement.actor == member.actor and not contribution.superseded_by:
            found.setdefault(words, Asked(words, _another(case, member, label, words), statement.id))
    return tuple(found.values())


def _another(case: Case, member: Member, wanted: str, words: str) -> str:
    """Return the option that a condition asks for in place of the wanted one; empty where it asks for none.

    Whoever refuses an option unless it is cut down to another one, and is for that one or describes it, will not have
    the first by any means.
    """
    still, asked = case.issue.option(case.issue.status_quo).at, content_words(words)
    place = case.issue.option(wanted).at
    wants = {contribution.wants for contribution in member.stand.contributions if contribution.target is not None}

    def shared(label: str, other: str) -> float:
        """Return how many of the words that tell one option from another stand in the condition."""
        own = content_words(label) - content_words(other)
        return len(own & asked) / len(own) if own else 0.0

    short = [option for option in case.issue.options if (option.at - still) * (place - option.at) > 0]
    meant = [
        option
        for option in short
        if option.at in wants or shared(option.label, wanted) >= max(_MEANT, shared(wanted, option.label) + 1e-9)
    ]
    if not meant:
        return ""
    return max(meant, key=lambda option: (option.at in wants, shared(option.label, wanted), option.label)).label
