"""Two dossiers on one question: whose inputs explain the difference between their forecasts.

Inputs are swapped from the second dossier into the first, one group at a time, and in every combination: the mean
effect of a group over all orders in which groups could be swapped is its Shapley value, and these sum to the whole.

References
----------
Shapley (1953), A value for n-person games. doi:10.1515/9781400881970-018
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

import numpy as np

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.cases.case import Case, case_of, day_and_meeting
from foedus.dossiers import Change, Dossier
from foedus.dossiers.changes import applied
from foedus.dossiers.differences import assumptions_between, changes_between
from foedus.dossiers.settings import Prior, Settings
from foedus.evidence import Statement
from foedus.explain.question import Question
from foedus.forecasts.answering import answering, asked
from foedus.forecasts.choice import CHOICE_DRAWS, NO_MODEL
from foedus.issues import Issue, SettlementModel
from foedus.issues.sitting import Floats

GROUPS = ("positions", "approvals", "saliences", "capabilities", "priors", "assumptions", "statements")
"""Inputs that are swapped together: cells set by hand for positions with red lines, for approvals of options without
an order, for saliences, for capabilities with their measure; what is assumed of silent members; the models'
assumptions; statements with their sources, concepts and the rule that weighs them."""

_PLACES = {"position", "public_position", "red_line"}
_FIELDS = {"salience": "saliences", "capability": "capabilities"}


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """What one group of inputs does to the probability of an option.

    Attributes
    ----------
    group
        One of ``GROUPS``.
    alone
        The change when only this group is swapped into the first dossier.
    shapley
        Its mean effect over all orders of swapping.
    error
        Standard error of ``shapley`` over draws.
    """

    group: str
    alone: float
    shapley: float
    error: float


@dataclass(frozen=True, slots=True)
class Sides:
    """An option and its probability in two dossiers."""

    label: str
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class Comparison(Recorded):
    """Two forecasts, and what explains the difference.

    Attributes
    ----------
    option
        The option asked about.
    options
        Labels.
    first, second
        Probabilities of each option by either dossier.
    groups
        Those that differ, the strongest first; their Shapley values and ``rest`` sum to the difference.
    rest
        What no group explains: another meeting, other rules or facts.
    only_first, only_second
        Ids of the statements that count in one dossier alone, or otherwise than in the other; the latest first.
    renamed
        Options that were renamed, each with its label here and what the first dossier calls it.
    """

    KEYS = (
        "issue want=option model draws seed options=sides(label first second) difference groups rest only_first "
        "only_second"
    )

    issue: str
    option: str
    model: str
    draws: int
    seed: int
    options: tuple[str, ...]
    first: tuple[float, ...]
    second: tuple[float, ...]
    groups: tuple[GroupEffect, ...]
    rest: float
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def same(self) -> bool:
        """Whether no input that was compared differs, nor any answer."""
        return not self.groups and not self.rest and self.first == self.second

    @property
    def difference(self) -> float:
        """The second dossier's probability of the option less the first's."""
        place = self.options.index(self.option)
        return self.second[place] - self.first[place]

    @property
    def sides(self) -> tuple[Sides, ...]:
        """Each option with its probability in the first dossier and in the second."""
        return tuple(Sides(*side) for side in zip(self.options, self.first, self.second, strict=True))


def compare(
    first: Dossier,
    second: Dossier,
    issue: str | None = None,
    as_of: Day | str | None = None,
    on: str | None = None,
    want: str | None = None,
    model: str | None = None,
    draws: int = 10_000,
    seed: int = 1,
) -> Comparison:
    """Forecast one question by two dossiers and share out the difference among groups of inputs.

    Parameters
    ----------
    first, second
        Two analysts' dossiers.
    issue, as_of, on
        The question; an issue of this id, with the same scale and options, stands in both. By default the later of
        the days on which either dossier's latest source became known.
    want
        The option asked about; by default the one whose probability differs most.
    model, draws, seed
        By default the model made for the rule; all forecasts share their random numbers. Where options have no order
        no model is named, and there are at most 4,096 draws.

    Raises
    ------
    FoedusError
        When the dossiers do not ask the same question.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import apply_scenario, packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> other = apply_scenario(dossier, "no-pressure")
    >>> [part.group for part in compare(dossier, other, issue="office", draws=200).groups]
    ['assumptions']
    """
    before = first.issue(issue)
    first, renamed = with_names_of(first, second, before)
    question, of_second = _questions(first, second, issue, as_of, on, model, seed, draws)
    labels, end = question.labels, of_second.chances(second)
    swaps = _swaps(first, second, question)
    differing = [group for group in GROUPS if group in swaps]
    flags = {held: question.chances(_swapped(first, swaps, held)) for held in _subsets(differing)}
    moved = end.mean(axis=0) - flags[frozenset()].mean(axis=0)
    option = question.issue.option(want or labels[int(np.abs(moved).argmax())]).label
    place = labels.index(option)
    values = {held: chosen[:, place] for held, chosen in flags.items()}
    shares, base = shapley(differing, values), values[frozenset()]
    effects = [
        GroupEffect(
            group,
            float((values[frozenset({group})] - base).mean()),
            float(shares[group].mean()),
            float(shares[group].std(ddof=1) / math.sqrt(question.draws)) if question.draws > 1 else math.nan,
        )
        for group in differing
    ]
    rest = float((end[:, place] - values[frozenset(differing)]).mean())
    return Comparison(
        issue=question.issue.id,
        option=option,
        model=question.answers_by,
        draws=question.draws,
        seed=seed,
        options=labels,
        first=tuple(float(probability) for probability in flags[frozenset()].mean(axis=0)),
        second=tuple(float(probability) for probability in end.mean(axis=0)),
        groups=tuple(sorted(effects, key=lambda effect: (-abs(effect.shapley), effect.group))),
        rest=rest,
        only_first=_only(first, second, question),
        only_second=_only(second, first, question),
        renamed=tuple(renamed.items()),
    )


def with_names_of(first: Dossier, second: Dossier, issue: Issue) -> tuple[Dossier, dict[str, str]]:
    """Return a dossier with the labels that options have in another where they were renamed, and old labels by new.

    An option was renamed where the same claim is about it in both, by its id, and the labels differ.
    """
    theirs = next((listed for listed in second.issues if listed.id == issue.id), None)
    if theirs is None:
        return first, {}
    here, there = _by_claim(first, issue), _by_claim(second, theirs)
    kept = {option.label for option in theirs.options} & {option.label for option in issue.options}
    new = {here[id_]: there[id_] for id_ in here.keys() & there.keys()}
    new = {old: label for old, label in new.items() if old != label and not {old, label} & kept}
    if not new or len(set(new.values())) < len(new):
        return first, {}

    def called(label: str) -> str:
        return new.get(label, label)

    options = tuple(replace(option, label=called(option.label)) for option in issue.options)
    asked = replace(issue, options=options, status_quo=called(issue.status_quo), proposal=called(issue.proposal))
    written = [
        each.model_copy(
            update={
                "options": [option.model_copy(update={"label": called(option.label)}) for option in each.options],
                "status_quo": called(each.status_quo),
                "proposal": called(each.proposal),
            }
        )
        if each.id == issue.id
        else each
        for each in first.settings.issues
    ]
    changed = replace(
        first,
        issues=tuple(asked if listed.id == issue.id else listed for listed in first.issues),
        settings=first.settings.model_copy(update={"issues": written}),
        concepts=tuple(
            replace(concept, option=called(concept.option)) if concept.issue == issue.id else concept
            for concept in first.concepts
        ),
        preferences=tuple(
            replace(preference, option=called(preference.option)) if preference.issue == issue.id else preference
            for preference in first.preferences
        ),
    )
    return changed, {label: old for old, label in new.items()}


def _by_claim(dossier: Dossier, issue: Issue) -> dict[str, str]:
    """Return by the id of each claim the label of the option that it is about."""
    places = {option.at: option.label for option in issue.options}
    about = [concept for concept in dossier.concepts if concept.issue == issue.id]
    if not issue.ordered:
        return {concept.id: concept.option for concept in about if concept.option}
    return {concept.id: places[concept.at_support] for concept in about if concept.at_support in places}


def _only(here: Dossier, there: Dossier, question: Question) -> tuple[str, ...]:
    """Return the statements on a question that count in one dossier and not, or not so, in the other."""
    issue, day = question.issue.id, question.as_of
    others = {_content(statement) for statement in there.statements_on(issue, day)}
    differing = [statement for statement in here.statements_on(issue, day) if _content(statement) not in others]
    return tuple(
        said.id for said in sorted(differing, key=lambda statement: (statement.said_on, statement.id), reverse=True)
    )


def _content(statement: Statement) -> tuple[object, ...]:
    """Return what of a statement can move a forecast; its id and what its coder noted cannot."""
    return (
        statement.actor, statement.concept, statement.stance, statement.condition, statement.kind, statement.venue,
        statement.said_on, statement.until, statement.known_on,
        statement.certainty, statement.signal, statement.quote, statement.source,
    )  # fmt: skip


def _questions(
    first: Dossier,
    second: Dossier,
    issue: str | None,
    as_of: Day | str | None,
    on: str | None,
    model: str | None,
    seed: int,
    draws: int,
) -> tuple[Question, Question]:
    """Return what is asked of either dossier: the same, but for its meeting and what its body decides by."""
    later = max(first, second, key=lambda dossier: dossier.latest_known())
    name = first.issue(issue).id
    day, _ = day_and_meeting(later, later.issue(name), as_of, on)
    _check_same_question(first.issue(name), second.issue(name), day)

    def asked_of(dossier: Dossier) -> Question:
        mine = dossier.issue(name)
        meeting = mine.meeting(on) if on else mine.next_meeting(day) if as_of else mine.default_meeting(day)
        if not mine.ordered:
            if model is not None:
                raise FoedusError(NO_MODEL)
            return Question(mine.on_the_table(day), meeting, day, None, seed, min(draws, CHOICE_DRAWS))
        case = case_of(dossier, name, day, meeting.name)
        return Question(case.issue, case.meeting, day, models.get(name) or chosen(case), seed, draws)

    def chosen(case: Case) -> SettlementModel:
        models[name] = answering(case) if model is None else asked(case, model)
        return models[name]

    models: dict[str, SettlementModel] = {}
    return asked_of(first), asked_of(second)


def _check_same_question(mine: Issue, theirs: Issue, day: Day) -> None:
    ours, two = mine.on_the_table(day), theirs.on_the_table(day)
    same = (ours.scale, ours.status_quo, ours.proposal) == (two.scale, two.status_quo, two.proposal)
    places = [[(o.label, o.at) for o in issue.options] for issue in (ours, two)]
    if not same or places[0] != places[1]:
        here, there = ([option.label for option in issue.options] for issue in (ours, two))
        apart = [
            f"{'; '.join(only)} only in the {which}"
            for which, only in (
                ("first", [label for label in here if label not in there]),
                ("second", [label for label in there if label not in here]),
            )
            if only
        ]
        listed = {option.label for option in (*mine.options, *theirs.options)}
        both = {option.label for option in mine.options} & {option.label for option in theirs.options}
        mend = "'foedus rename' gives an option the same name in both"
        if {*here, *there} <= listed and {*here} ^ {*there} <= both:
            mend = f"in the other it is not on the table on {day}: compare as of a day before it left, with --as-of"
        told = f" ({', '.join(apart)}; {mend})" if apart else ""
        raise FoedusError(
            f"issue {ours.id!r} has another scale or other options in the second dossier{told}; compare what asks the "
            "same"
        )


def _subsets(groups: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset(held) for size in range(len(groups) + 1) for held in combinations(groups, size)]


def shapley(players: Sequence[str], values: Mapping[frozenset[str], Floats]) -> dict[str, Floats]:
    """Return the Shapley value of each player, of every game at once.

    Parameters
    ----------
    players
        P names.
    values
        Of each of the 2 ** P coalitions; each of shape (D,).

    Returns
    -------
    dict
        For each player, shape (D,); they sum to the value of all less that of none.

    Examples
    --------
    >>> worth = {frozenset(): [0.0], frozenset("a"): [1.0], frozenset("b"): [0.0], frozenset("ab"): [2.0]}
    >>> {name: value.tolist() for name, value in shapley("ab", {k: np.array(v) for k, v in worth.items()}).items()}
    {'a': [1.5], 'b': [0.5]}
    """
    count = len(players)
    values_found = {}
    for player in players:
        total = np.zeros_like(values[frozenset()])
        for held in _subsets([other for other in players if other != player]):
            weight = math.factorial(len(held)) * math.factorial(count - len(held) - 1) / math.factorial(count)
            total = total + weight * (values[held | {player}] - values[held])
        values_found[player] = total
    return values_found


Swap = Callable[[Dossier], Dossier]


def _swapped(first: Dossier, swaps: Mapping[str, Swap], groups: Collection[str]) -> Dossier:
    for group in GROUPS:
        first = swaps[group](first) if group in groups else first
    return first


def _swaps(first: Dossier, second: Dossier, question: Question) -> dict[str, Swap]:
    """Return what takes the inputs of one group over from the second dossier, for each group that differs."""
    changes: dict[str, list[Change]] = {}
    for change in changes_between(first, second, question.issue, question.as_of):
        changes.setdefault(_group_of(change), []).append(change)
    assumed = assumptions_between(first, second)
    if assumed:
        changes["assumptions"] = list(assumed)
    swaps: dict[str, Swap] = {group: partial(applied, changes=listed) for group, listed in changes.items()}
    mine, theirs = first.settings, second.settings
    if mine.capability != theirs.capability:
        listed = changes.get("capabilities", [])
        swaps["capabilities"] = lambda dossier: _settings(applied(dossier, listed), capability=theirs.capability)
    issue = question.issue.id
    if first.prior(issue) != second.prior(issue):
        swaps["priors"] = lambda dossier: _with_priors(dossier, issue, second.prior(issue))
    if _evidence(first) != _evidence(second):
        swaps["statements"] = lambda dossier: _with_statements(dossier, second)
    return swaps


def _group_of(change: Change) -> str:
    return "positions" if change.field in _PLACES else _FIELDS.get(change.field, "approvals")


def _settings(dossier: Dossier, **update: object) -> Dossier:
    settings: Settings = dossier.settings.model_copy(update=update)
    return replace(dossier, settings=settings)


def _with_priors(dossier: Dossier, issue: str, priors: Prior) -> Dossier:
    issues = [
        listed.model_copy(update={"priors": priors}) if listed.id == issue else listed
        for listed in dossier.settings.issues
    ]
    return _settings(dossier, issues=issues)


def _evidence(dossier: Dossier) -> tuple[object, ...]:
    return dossier.statements, dossier.sources, dossier.concepts, dossier.settings.evidence


def _with_statements(dossier: Dossier, other: Dossier) -> Dossier:
    taken = replace(dossier, statements=other.statements, sources=other.sources, concepts=other.concepts)
    return _settings(taken, evidence=other.settings.evidence)
