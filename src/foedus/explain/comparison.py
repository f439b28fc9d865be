"""Two dossiers on one question: whose inputs explain the difference between their forecasts.

Inputs are swapped from the second dossier into the first, one group at a time, and in every combination: the mean
effect of a group over all orders in which groups could be swapped is its Shapley value, and these sum to the whole.

References
----------
Shapley (1953), A value for n-person games. doi:10.1515/9781400881970-018
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations

import numpy as np

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.cases.case import Case, case_of, day_and_meeting, prepare
from foedus.dossiers import Dossier, Stakeholder
from foedus.dossiers.settings import Settings
from foedus.forecasts.answering import answering, asked
from foedus.forecasts.sweeps import sample
from foedus.issues import SettlementModel, chances_of
from foedus.issues.sitting import Floats

GROUPS = ("positions", "saliences", "capabilities", "priors", "assumptions", "statements")
"""Inputs that are swapped together: cells set by hand for positions with red lines, for saliences, for capabilities
with their measure; what is assumed of silent members; the models' assumptions; statements with their sources,
concepts and the rule that weighs them."""

_CELLS = {
    "positions": ("position_low", "position_mode", "position_high", "red_line", "words"),
    "saliences": ("salience_low", "salience_mode", "salience_high"),
    "capabilities": ("capability_low", "capability_mode", "capability_high"),
}


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
class Comparison:
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
    """

    KEYS = "issue want=option model draws seed options=sides(label first second) difference groups rest"

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

    @property
    def difference(self) -> float:
        """The second dossier's probability of the option less the first's."""
        place = self.options.index(self.option)
        return self.second[place] - self.first[place]

    @property
    def sides(self) -> tuple[Sides, ...]:
        """Each option with its probability in the first dossier and in the second."""
        return tuple(Sides(*one) for one in zip(self.options, self.first, self.second, strict=True))


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
        The option asked about; by default the proposal.
    model, draws, seed
        By default the model made for the rule; all forecasts share their random numbers.

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
    >>> [one.group for one in compare(dossier, other, issue="office", draws=200).groups]
    ['assumptions']
    """
    later = max(first, second, key=lambda one: one.latest_known())
    question = first.issue(issue).id
    day, _ = day_and_meeting(later, later.issue(question), as_of, on)

    def before(dossier: Dossier) -> Case:
        meeting = on if on or as_of else dossier.issue(question).default_meeting(day).name
        return case_of(dossier, question, day, meeting)

    case, other = before(first), before(second)
    _check_same_question(case, other)
    chosen = answering(case) if model is None else asked(case, model)
    labels = tuple(option.label for option in case.issue.options)
    option = case.issue.option(want or case.issue.proposal).label
    place = labels.index(option)
    run = _Runs(case, second, chosen, seed, draws)
    differing = [group for group in GROUPS if _swapped(first, second, (group,)) != first]
    flags = {held: run.chosen(held) for held in _subsets(differing)}
    values = {held: chosen[:, place] for held, chosen in flags.items()}
    shares, base = shapley(differing, values), values[frozenset()]
    effects = [
        GroupEffect(
            group,
            float((values[frozenset({group})] - base).mean()),
            float(shares[group].mean()),
            float(shares[group].std(ddof=1) / math.sqrt(draws)) if draws > 1 else math.nan,
        )
        for group in differing
    ]
    end = run.of(other)
    rest = float((end[:, place] - values[frozenset(differing)]).mean())
    return Comparison(
        issue=case.issue.id,
        option=option,
        model=chosen.card.name,
        draws=draws,
        seed=seed,
        options=labels,
        first=tuple(float(one) for one in flags[frozenset()].mean(axis=0)),
        second=tuple(float(one) for one in end.mean(axis=0)),
        groups=tuple(sorted(effects, key=lambda one: (-abs(one.shapley), one.group))),
        rest=rest,
    )


def _check_same_question(case: Case, other: Case) -> None:
    one, two = case.issue, other.issue
    same = (one.scale, one.status_quo, one.proposal) == (two.scale, two.status_quo, two.proposal)
    places = [[(o.label, o.at) for o in issue.options] for issue in (one, two)]
    if not same or places[0] != places[1]:
        raise FoedusError(
            f"issue {one.id!r} has another scale or other options in the second dossier; compare what asks the same"
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
    >>> one = {frozenset(): [0.0], frozenset("a"): [1.0], frozenset("b"): [0.0], frozenset("ab"): [2.0]}
    >>> {name: value.tolist() for name, value in shapley("ab", {k: np.array(v) for k, v in one.items()}).items()}
    {'a': [1.5], 'b': [0.5]}
    """
    count = len(players)
    found = {}
    for player in players:
        total = np.zeros_like(values[frozenset()])
        for held in _subsets([one for one in players if one != player]):
            weight = math.factorial(len(held)) * math.factorial(count - len(held) - 1) / math.factorial(count)
            total = total + weight * (values[held | {player}] - values[held])
        found[player] = total
    return found


@dataclass(frozen=True, slots=True)
class _Runs:
    case: Case
    second: Dossier
    model: SettlementModel
    seed: int
    draws: int

    def chosen(self, held: frozenset[str]) -> Floats:
        dossier = _swapped(self.case.dossier, self.second, tuple(held))
        return self.of(prepare(dossier, self.case.issue, self.case.as_of, self.case.meeting))

    def of(self, case: Case) -> Floats:
        return chances_of(self.model, sample(case, self.model, self.seed, self.draws))[0]


def _swapped(first: Dossier, second: Dossier, groups: Sequence[str]) -> Dossier:
    for group in groups:
        first = _SWAPS[group](first, second)
    return first


def _cells(group: str) -> Callable[[Dossier, Dossier], Dossier]:
    def swap(first: Dossier, second: Dossier) -> Dossier:
        rows = {(row.actor, row.issue, row.venue): row for row in first.stakeholders}
        others = {(row.actor, row.issue, row.venue): row for row in second.stakeholders}
        merged = []
        for key in dict.fromkeys([*rows, *others]):
            mine, theirs = (where.get(key, _blank(*key)) for where in (rows, others))
            merged.append(replace(mine, **{name: getattr(theirs, name) for name in _CELLS[group]}))
        kept = tuple(row for row in merged if (row.actor, row.issue, row.venue) in rows or _says(row))
        changed = replace(first, stakeholders=kept)
        if group == "capabilities":
            return _settings(changed, capability=second.settings.capability)
        return changed

    return swap


def _blank(actor: str, issue: str, venue: str) -> Stakeholder:
    return Stakeholder(actor=actor, issue=issue, venue=venue)


def _says(row: Stakeholder) -> bool:
    blank = _blank(row.actor, row.issue, row.venue)
    return any(getattr(row, one.name) != getattr(blank, one.name) for one in fields(row))


def _settings(dossier: Dossier, **update: object) -> Dossier:
    settings: Settings = dossier.settings.model_copy(update=update)
    return replace(dossier, settings=settings)


def _priors(first: Dossier, second: Dossier) -> Dossier:
    theirs = {one.id: one.priors for one in second.settings.issues}
    issues = [
        one.model_copy(update={"priors": theirs.get(one.id, one.priors)}) if one.id in theirs else one
        for one in first.settings.issues
    ]
    return _settings(first, issues=issues)


def _statements(first: Dossier, second: Dossier) -> Dossier:
    taken = replace(first, statements=second.statements, sources=second.sources, concepts=second.concepts)
    return _settings(taken, evidence=second.settings.evidence)


_SWAPS: dict[str, Callable[[Dossier, Dossier], Dossier]] = {
    "positions": _cells("positions"),
    "saliences": _cells("saliences"),
    "capabilities": _cells("capabilities"),
    "priors": _priors,
    "assumptions": lambda first, second: _settings(first, assumptions=second.settings.assumptions),
    "statements": _statements,
}
