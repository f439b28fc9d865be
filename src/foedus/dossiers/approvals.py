"""Approvals on a choice without an order: each option is a question of its own, from 0 (rejected) to 100.

For each option the rule that turns statements into positions is applied to a line that runs from the status quo at 0 to
the option at 100. Below 50 an actor would rather have the status quo. A ranking gives 100 to the first choice and goes
down in equal steps to 50 for the last one ranked, for a ranking tells an order and no refusal. A member that has come
out for an option and said nothing of another has the prior ``rival`` there, where one is declared. Who will not stand
in an option's way consents to it, at 60, and has not come out for it; who abstains stands at 50. Who does not want the
status quo would rather have any option of which it has not spoken, at 50 or above; who wants it refuses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from foedus.base.days import Day
from foedus.base.estimates import Estimate
from foedus.dossiers.bearing import conditional
from foedus.dossiers.by_hand import triple
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.records import Preference, Stakeholder
from foedus.dossiers.settings import Range
from foedus.evidence import CONSENT, Statement
from foedus.issues import Issue, Option, Scale

FIRST, ACCEPTABLE = 100.0, 50.0
"""The approval of a first choice, and the least at which an option is preferred to the status quo."""

SEVERAL = re.compile(
    r"\b(?:also|both|either|as well|too|no less than|auch|beide|sowohl|aussi|tambi[eé]n|ambos|anche)\b", re.I
)
"""Words by which who comes out for another option keeps the first."""


def question_of(issue: Issue, label: str) -> Issue:
    """Return whether one option is chosen, as an issue of its own on a line from the status quo to the option."""
    return replace(
        issue,
        scale=Scale(0.0, FIRST, "approval"),
        options=(
            Option(issue.status_quo, 0.0),
            Option(label, FIRST, issue.option(label).note, procedure=issue.option(label).procedure),
        ),
        proposal=label,
        ordered=True,
        method="",
    )


def dossier_on(dossier: Dossier, issue: Issue, label: str, as_of: Day, *, rival: bool = False) -> Dossier:
    """Return the dossier that answers whether one option is chosen.

    Parameters
    ----------
    dossier, issue, label
        The option of an issue without an order.
    as_of
        Rows that became known later are left out.
    rival
        Whether a member that has said nothing of the option stands at the prior of one that has come out for another.
    """
    concepts = tuple(
        replace(concept, at_support=FIRST, at_oppose=0.0, option="")
        if concept.option == label
        else replace(concept, at_support=0.0, at_oppose=ACCEPTABLE, option="")
        for concept in dossier.concepts
        if concept.issue == issue.id and concept.option in {label, issue.status_quo}
    )
    given = {
        preference.actor: preference
        for preference in _usable(dossier.preferences, issue, as_of)
        if preference.option == label
    }
    ranked = _ranked(dossier.preferences, issue, as_of)
    rows = []
    for row in dossier.stakeholders:
        if row.issue == issue.id and row.venue == "private":
            rows.append(replace(row, **_cells(given.pop(row.actor, None), ranked)))
    rows += [
        replace(Stakeholder(actor=actor, issue=issue.id), **_cells(preference, ranked))
        for actor, preference in given.items()
    ]
    settings = dossier.settings
    if rival:
        issues = [_with_rival(listed) if listed.id == issue.id else listed for listed in settings.issues]
        settings = settings.model_copy(update={"issues": issues})
    backing = came_out_for(dossier, issue, as_of)
    others = frozenset(actor for actor, options in backing.items() if label not in options)
    return replace(
        dossier,
        concepts=concepts,
        stakeholders=tuple(rows),
        settings=settings,
        preferences=(),
        backing_others=others,
        left_for_another=left_for_another(dossier, issue, as_of),
        statements=_of_the_option(dossier, issue, label, as_of),
    )


def _of_the_option(dossier: Dossier, issue: Issue, label: str, as_of: Day) -> tuple[Statement, ...]:
    """Return the statements without those against the status quo, and for it of whoever speaks of the option."""
    about = {concept.id: concept.option for concept in dossier.concepts if concept.issue == issue.id}
    if issue.status_quo not in about.values():
        return dossier.statements
    spoke = {said.actor for said in dossier.statements_on(issue.id, as_of) if about[said.concept] == label}
    return tuple(
        said
        for said in dossier.statements
        if about.get(said.concept) != issue.status_quo or (said.stance > 0 and said.actor not in spoke)
    )


def unwilling(dossier: Dossier, issue: Issue, as_of: Day) -> dict[str, Statement]:
    """Return who does not want the status quo of a choice, with what it said last, by what was known on a day."""
    about = {concept.id for concept in dossier.concepts if concept.issue == issue.id}
    still = {concept.id for concept in dossier.concepts if concept.id in about and concept.option == issue.status_quo}
    said = [
        statement
        for statement in dossier.statements_on(issue.id, as_of)
        if statement.concept in still
        and statement.kind != "conjecture"
        and (statement.until is None or as_of < statement.until)
    ]
    last = {word_.actor: word_ for word_ in sorted(said, key=lambda statement: (statement.said_on, statement.id))}
    return {
        actor: statement for actor, statement in last.items() if statement.stance < 0 and not conditional(statement)
    }


def rather_than_nothing(approval: Estimate) -> Estimate:
    """Return the approval of who would rather have an option than the status quo: nothing below `ACCEPTABLE`.

    Examples
    --------
    >>> estimate = rather_than_nothing(Estimate(40, 65, 100))
    >>> estimate.low, estimate.mode, estimate.high
    (50.0, 65, 100)
    """
    if approval.samples:
        return approval
    whole = [(part.share, Estimate(part.low, part.mode, part.high)) for part in approval.parts] or [(1.0, approval)]
    lifted = [
        (share, Estimate(max(estimate.low, ACCEPTABLE), max(estimate.mode, ACCEPTABLE), max(estimate.high, ACCEPTABLE)))
        for share, estimate in whole
    ]
    return Estimate.mixture(lifted, approval.rests_on)


def came_out_for(dossier: Dossier, issue: Issue, as_of: Day) -> dict[str, set[str]]:
    """Return the options for which each actor has come out, by what was known on a day: said, or set by hand."""
    about = {concept.id: concept.option for concept in dossier.concepts if concept.issue == issue.id}
    labels = {option.label for option in issue.options}
    options_of: dict[str, set[str]] = {}
    left = left_for_another(dossier, issue, as_of)
    for statement in dossier.statements_on(issue.id, as_of):
        if (
            statement.stance > 0
            and statement.id not in left
            and statement.signal != CONSENT
            and statement.kind != "conjecture"
            and (statement.until is None or as_of < statement.until)
        ):
            options_of.setdefault(statement.actor, set()).add(about[statement.concept])
    for row in _usable(dossier.preferences, issue, as_of):
        if row.rank == 1 or (row.approval_mode or 0.0) >= FIRST:
            options_of.setdefault(row.actor, set()).add(row.option)
    return {actor: here for actor, options in options_of.items() if (here := options & labels)}


def left_for_another(dossier: Dossier, issue: Issue, as_of: Day) -> dict[str, str]:
    """Return which words for one option a later word for another replaces, with the later one's id.

    Both must be of the actor itself; a guess, a condition and a mere consent replace nothing. Who backs both says so:
    on one day, or in words such as ``also`` and ``both``; a quotation besides names the first option.
    """
    about = {concept.id: concept.option for concept in dossier.concepts if concept.issue == issue.id}
    backed: dict[str, list[Statement]] = {}
    for statement in dossier.statements_on(issue.id, as_of):
        firm = statement.kind != "conjecture" and statement.signal != CONSENT and not conditional(statement)
        if (
            statement.stance > 0
            and firm
            and about[statement.concept]
            and (statement.until is None or as_of < statement.until)
        ):
            backed.setdefault(statement.actor, []).append(statement)
    replaced: dict[str, str] = {}
    for own in backed.values():
        standing: list[Statement] = []
        for later in sorted(own, key=lambda statement: (statement.said_on, statement.id)):
            left = [earlier for earlier in standing if _leaves(later, earlier, about)]
            replaced.update((earlier.id, later.id) for earlier in left)
            standing = [earlier for earlier in standing if earlier not in left] + [later]
    return replaced


def _leaves(later: Statement, earlier: Statement, about: Mapping[str, str]) -> bool:
    """Tell whether who comes out for an option leaves the one for which it was on an earlier day."""
    first = about[earlier.concept]
    return about[later.concept] != first and earlier.said_on < later.said_on and not _keeps(later, first)


def _keeps(statement: Statement, first: str) -> bool:
    """Tell whether who comes out for another option says that it keeps the first."""
    if SEVERAL.search(statement.paraphrase):
        return True
    name = first.rsplit(maxsplit=1)[-1].casefold()
    return bool(SEVERAL.search(statement.quote)) and name in statement.quote.casefold()


def of_two_minds(dossier: Dossier, issue: Issue, as_of: Day) -> dict[str, tuple[str, ...]]:
    """Return who backs several options that are on the table, and which, as the issue lists them."""
    labels = [option.label for option in issue.options]
    backed = came_out_for(dossier, issue, as_of)
    return {who: tuple(filter(here.__contains__, labels)) for who, here in backed.items() if len(here) > 1}


def approvals_by_hand(preferences: Iterable[Preference], issue: Issue, as_of: Day) -> dict[tuple[str, str], Range]:
    """Return the approvals that are set by hand, a rank as the approval it stands for; by actor and option."""
    used = _usable(preferences, issue, as_of)
    ranked, by_hand = _ranked(used, issue, as_of), {}
    for preference in used:
        estimate = triple(Stakeholder(actor=preference.actor, issue=issue.id, **_cells(preference, ranked)), "position")
        if estimate is not None:
            by_hand[preference.actor, preference.option] = Range(
                low=estimate.low, mode=estimate.mode, high=estimate.high
            )
    return by_hand


def rank_approval(rank: int, ranked: int) -> float:
    """Return the approval of an option that is ranked among some.

    Examples
    --------
    >>> [rank_approval(rank, 3) for rank in (1, 2, 3)], rank_approval(1, 1)
    ([100.0, 75.0, 50.0], 100.0)
    """
    return FIRST if ranked < 2 else FIRST - (FIRST - ACCEPTABLE) * (rank - 1) / (ranked - 1)


def _usable(preferences: Iterable[Preference], issue: Issue, as_of: Day) -> list[Preference]:
    return [
        preference
        for preference in preferences
        if preference.issue == issue.id and (preference.known_on is None or preference.known_on <= as_of)
    ]


def _ranked(preferences: Iterable[Preference], issue: Issue, as_of: Day) -> dict[str, int]:
    """Return the lowest rank that each actor gives, whether or not the option is still on the table."""
    lowest: dict[str, int] = {}
    for preference in _usable(preferences, issue, as_of):
        if preference.rank is not None:
            lowest[preference.actor] = max(lowest.get(preference.actor, 1), preference.rank)
    return lowest


def _cells(given: Preference | None, ranked: dict[str, int]) -> dict[str, Any]:
    if given is None:
        return {}
    if given.rank is not None:
        at = rank_approval(given.rank, ranked[given.actor])
        return {"position_mode": at, "note": given.note or f"ranked {given.rank}"}
    cells: dict[str, Any] = {f"position_{part}": getattr(given, f"approval_{part}") for part in ("low", "mode", "high")}
    return cells | ({"note": given.note} if given.note else {})


def _with_rival(issue: Any) -> Any:
    rival = issue.priors.rival
    if rival is None:
        return issue
    return issue.model_copy(update={"priors": issue.priors.model_copy(update={"position": rival})})
