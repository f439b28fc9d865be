"""The headline of a forecast alone: how likely each option is and who objects, without what explains it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.days import Day, maybe_day
from foedus.cases.case import check_assumption_names, checked_case
from foedus.cases.options import OptionForecast
from foedus.dossiers import Dossier
from foedus.forecasts.answering import answering, asked
from foedus.forecasts.choice import CHOICE_DRAWS, choice
from foedus.forecasts.compose import all_cards
from foedus.forecasts.forecast import check_draws, options_of, settle_draws


@dataclass(frozen=True, slots=True)
class Headline(Recorded):
    """How likely each option is, and who most likely stands in the way of the proposal.

    Attributes
    ----------
    as_of, on, meeting, body, rule, model
        The day of knowledge, day and name of the meeting, who decides, by what rule, and what model answers.
    reconstruction
        Whether the day of knowledge lies after the meeting.
    proposal
        Label of what is proposed on the day.
    options
        In the order of the scale; of options without an order the place is None.
    mean, median, q10, q90
        Of the outcome's place on the scale; None of options without an order.
    objector, objects
        Id of who objects most often to the proposal, and in what share of draws; None where nobody does of whom
        anything is known, or the model knows no objections.
    draws
        How many were settled.
    note
        What to know of the answer, such as that nothing was traded.
    """

    as_of: Day
    on: Day
    meeting: str
    body: str
    rule: str
    model: str
    reconstruction: bool
    proposal: str
    options: tuple[OptionForecast | Unplaced, ...]
    mean: float | None
    median: float | None
    q10: float | None
    q90: float | None
    objector: str | None
    objects: float | None
    draws: int
    note: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """One of several options without an order, and how likely it is."""

    label: str
    at: None
    probability: float


def headline(
    dossier: Dossier,
    issue: str | None = None,
    as_of: Day | str | None = None,
    on: str | None = None,
    model: str | None = None,
    draws: int = 2_000,
    seed: int = 1,
) -> Headline:
    """Return the numbers of `foedus.forecast` with as many draws, in a fraction of its time, and nothing that explains.

    Parameters
    ----------
    dossier, issue, as_of, on, draws, seed
        As for `foedus.forecast`; of options without an order as for `foedus.forecasts.choice.choice`, with at most
        4,096 draws.
    model
        Its name; by default the one that is made for the rule.

    Raises
    ------
    FoedusError
        As `foedus.forecast`.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> found = headline(dossier, "office", "2023-07-10", draws=200)
    >>> full = foedus.forecast(dossier, "office", "2023-07-10", draws=200)
    >>> found.options == full.options, found.objector
    (True, 'FRA')
    """
    check_draws(draws)
    question = dossier.issue(issue)
    if not question.ordered:
        return _of_choice(dossier, question.id, as_of, on, min(draws, CHOICE_DRAWS), seed)
    check_assumption_names(dossier, all_cards())
    case = checked_case(dossier, question, maybe_day(as_of, "as of"), on)
    settles = answering(case) if model is None else asked(case, model)
    count, _ = settle_draws(case, [settles], draws, seed)
    places = count.tally.places()
    silent = {member.actor for member in case.silent}  # they differ by chance alone: no one of them is to be named
    against = count.objectors(case).get(case.issue.proposal, ())
    first = next((member for member in against if member.actor not in silent and member.probability > 0), None)
    return Headline(
        as_of=case.as_of,
        on=case.meeting.on,
        meeting=case.meeting.name,
        body=case.body.id,
        rule=case.rule.words(),
        model=settles.card.name,
        reconstruction=case.reconstruction,
        proposal=case.issue.proposal,
        options=options_of(case, count.tally),
        mean=places.mean,
        median=places.quantile(0.5),
        q10=places.quantile(0.1),
        q90=places.quantile(0.9),
        objector=first.actor if first is not None else None,
        objects=first.probability if first is not None else None,
        draws=draws,
        note=count.tally.note(),
    )


def _of_choice(
    dossier: Dossier, issue: str, as_of: Day | str | None, on: str | None, draws: int, seed: int
) -> Headline:
    found = choice(dossier, issue, maybe_day(as_of, "as of"), on, draws, seed)
    made = found.choosing
    return Headline(
        as_of=made.as_of,
        on=made.meeting.on,
        meeting=made.meeting.name,
        body=made.table.body.id,
        rule=made.table.rule.words(),
        model=found.model,
        reconstruction=made.reconstruction,
        proposal=made.issue.proposal,
        options=tuple(Unplaced(option.label, None, option.probability) for option in found.candidates),
        mean=None,
        median=None,
        q10=None,
        q90=None,
        objector=None,
        objects=None,
        draws=draws,
        note="",
    )
