"""The spatial model of politics of KTAB: bargains over all issues at once, each seen through its proposer's eyes.

For actors k at x_k, with capability c, salience s of each issue (its sum over issues, at most 1, is S) and risk R:

- distance of k to a place:      d = sqrt(sum((s_k delta)^2) / sum(s_k^2)), over issues
- utility of a place to k:       u = (1 - d) (1 + d R_k)
- risk attitude:                 from -1/2 to 1, by the probability of each position in an election without risk
- i sees k's attitude:           (2 R_i + R_k) / 3
- third party n between i, j:    votes c_n S_n (p (1 - u_ni) - q (1 - u_nj)), where p and q = 1 - p are the chances of i
                                 and j when n alone joins the side that it favours
- i expects of challenging j:    2 (1 - S_j) + S_j (2 P + 2 (1 - P) u_ij) - (1 + u_ij)
- the bargain on each issue:     both go to (w_i x_i + w_j x_j) / (w_i + w_j), rounded to a ten-thousandth of the scale,
                                 with w_i = (s_i P)^2 and w_j = (s_j (1 - P))^2

Every actor challenges the target that it expects most of. All vote by capability on the bargains that concern each
actor, or no change, and it does what is the likeliest winner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.influence.compiling import compiled_form
from foedus.influence.spatial_politics import risk_attitudes, utility
from foedus.issues.models import CYCLES, SETTLED, UNFINISHED, ModelCard, Movement, Trajectory
from foedus.issues.sitting import Flags, Floats, Sitting
from foedus.issues.sums import total as summed
from foedus.settlement.condorcet import VictoryModel, VotingRule, coalition_strengths, election, victory, votes

MOST_ROUNDS = 100
KINDS = ("own bargain", "other's bargain")

QUIET = 0.02
"""A run ends when a round moves all actors together by less than this share of what the first round did."""

_CELLS = 400_000
_BLOCK = 65_536  # cells of an array over some proposers, so that it fits the cache
_WORTH = 1e-5
_STRENGTH = 1e-10  # of a coalition that nobody joins, where the largest capability is 1
_ALONE = 1e-12  # the same in a contest of two
_WEIGHT = 1e-6
_STEPS = 1e4
_OTHERS = 1 / 3
_SAME = 1e-9

_CARD = ModelCard(
    name="spatial-politics:ktab",
    stage="influence",
    summary="Actors challenge their best target over all issues at once, and all vote on the bargains that result.",
    caution="A reading of public source code with many switches; other settings of them give other answers.",
    inputs=("private", "salience", "capability"),
    stochastic=False,
    properties=("within range", "neutral to the unit", "unanimity"),
    assumptions=(),
    reference=(
        "Wise, Lester and Efird (2015), An introduction to the KAPSARC Toolkit for Behavioral Analysis; the spatial "
        "model of politics of its public source"
    ),
    reading=(
        "As the program smpc of 2017 by default: linear victory, proportional votes, conditional election, one third "
        "of the others' risk attitude, third parties half committed, squares of salience and chance, the initiator's "
        "bargain, the likeliest carried out. An actor's saliences add up over issues, and a sum beyond 1 counts as 1. "
        "Everybody counts, with a seat or without. Of equal bargains no change comes first, then the proposer given "
        "first. Rounding starts from the lowest first position. Ends when a round moves less than a fiftieth of the "
        "first, or positions recur, at the latest after 100 rounds."
    ),
    oracle="every position of 13 actors on two issues in 27 rounds, as printed by the program itself, and a plain loop",
    refuted=("anonymous", "neutral to direction", "issue by issue", "keeps order"),
)


@dataclass(frozen=True, slots=True)
class SpatialPoliticsKtab:
    """The spatial model of politics over all issues; see its card and the module's text.

    Parameters
    ----------
    voting, victory
        How votes are cast, and how strength becomes probability.
    """

    card: ModelCard = _CARD
    voting: VotingRule = "proportional"
    victory: VictoryModel = "linear"

    def move(self, sitting: Sitting, *, record: bool = False) -> Movement:
        """Return where the bargains leave everyone.

        Examples
        --------
        >>> from foedus.testing import sitting_of
        >>> two = sitting_of([[0.0, 50.0], [100.0, 50.0]], [[0.2, 0.5], [0.4, 0.5]], [1.0, 3.0])
        >>> SPATIAL_POLITICS_KTAB.move(two).private[0].tolist()
        [[99.29, 50.0], [99.29, 50.0]]
        """
        draws, actors = sitting.capability.shape
        chunk = max(1, _CELLS // actors**3)
        parts = [
            _Run.of(sitting, slice(start, min(start + chunk, draws))).to_the_end(self.voting, self.victory, record)
            for start in range(0, draws, chunk)
        ]
        rounds, ended, period = (
            np.repeat(np.concatenate([getattr(part, name) for part in parts])[:, None], len(sitting.agendas), axis=1)
            for name in ("rounds", "ended", "period")
        )
        private = np.concatenate([part.back(part.place) for part in parts])
        return Movement(private, rounds, ended, period, _trajectory(parts) if record else None)


@dataclass(frozen=True, slots=True)
class Bargains:
    """What one round did.

    Attributes
    ----------
    place
        Where everyone stands afterwards; shape (D, A, I).
    kind, other
        What moved each actor, and who did, or -1; shape (D, A).
    attitude
        Risk attitudes; shape (D, A).
    target, chance, worth
        Whom each actor finds it best to challenge, its probability of success, and what it expects; shape (D, A).
    """

    place: Floats
    kind: NDArray[np.int8]
    other: NDArray[np.intp]
    attitude: Floats
    target: NDArray[np.intp]
    chance: Floats
    worth: Floats


def bargain_over_issues(
    place: Floats,
    capability: Floats,
    salience: Floats,
    voting: VotingRule = "proportional",
    model: VictoryModel = "linear",
) -> Bargains:
    """Play one round.

    Parameters
    ----------
    place, salience
        Positions as shares of each scale, and saliences from 0 to 1; shape (D, A, I).
    capability
        As shares of the largest; shape (D, A).
    voting, model
        How votes are cast, and how strength becomes probability.
    """
    apart = _distances(place, place, salience)
    first = coalition_strengths(1.0 - apart, capability, voting) + _STRENGTH
    attitude = risk_attitudes(election(first, "conditional", model))
    target, chance, worth = best_targets(apart, attitude, capability, np.minimum(summed(salience, 2), 1.0), voting)
    challenges = worth > _WORTH
    own_to, other_to = _meeting_points(place, salience, target, chance)
    values = _values(place, salience, apart, attitude, target, own_to, other_to)
    beats = victory(coalition_strengths(values, capability, voting) + _STRENGTH, model)
    chosen = _carried_out(beats, challenges, target)
    rows, actors = np.arange(len(place))[:, None], np.arange(place.shape[1])
    proposer = chosen - 1
    own = proposer == actors
    new = np.where(own[:, :, None], own_to, other_to[rows, np.maximum(proposer, 0)])
    new = np.where((proposer >= 0)[:, :, None], new, place)
    kind = np.where(proposer < 0, -1, np.where(own, 0, 1)).astype(np.int8)
    return Bargains(new, kind, np.where(own, target, proposer), attitude, target, chance, worth)


def _played(place: Floats, capability: Floats, salience: Floats, voting: VotingRule, model: VictoryModel) -> Bargains:
    """Play one round, in the compiled form where there is one for these rules."""
    fast = compiled_form("spatial_ktab", "bargain_in_all", "spatial model of politics of KTAB", "twenty times", 5)
    if fast is None or (voting, model) != ("proportional", "linear"):
        return bargain_over_issues(place, capability, salience, voting, model)
    return Bargains(*fast(place, capability, salience, _WORTH))


def _distances(place: Floats, other: Floats, salience: Floats) -> Floats:
    """Return how far each actor (row) sees each other place from its own, added up issue by issue; shape (D, A, A)."""
    squares, total = np.zeros((*place.shape[:2], place.shape[1])), np.zeros(place.shape[:2])
    for k in range(place.shape[2]):
        squares += (salience[:, :, None, k] * (place[:, :, None, k] - other[:, None, :, k])) ** 2
        total += salience[:, :, k] ** 2
    return np.asarray(np.sqrt(squares / np.where(total > 0, total, 1.0)[:, :, None]))


def best_targets(
    apart: Floats, attitude: Floats, capability: Floats, stake: Floats, voting: VotingRule = "proportional"
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Return whom each actor finds it best to challenge, its chance as it sees it, and what it expects.

    Parameters
    ----------
    apart
        Distance of each actor (row) to each position, with the actor's own saliences; shape (D, A, A).
    attitude, capability, stake
        Risk attitude, capability, and salience of all issues together; shape (D, A).
    voting
        How votes are cast.

    Returns
    -------
    tuple
        Each of shape (D, A).
    """
    draws, actors = capability.shape
    block = max(1, _BLOCK // (draws * actors**2))
    blocks = [
        _targets_of(np.arange(start, min(start + block, actors)), apart, attitude, capability * stake, stake, voting)
        for start in range(0, actors, block)
    ]
    target, chance, worth = (np.concatenate(parts, axis=1) for parts in zip(*blocks, strict=True))
    return target, chance, worth


def _targets_of(
    some: NDArray[np.intp], apart: Floats, attitude: Floats, weight: Floats, stake: Floats, voting: VotingRule
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Return the same for B of the actors; arrays inside are of shape (D, B, A third parties, A targets)."""
    block, line = np.arange(len(some)), np.arange(apart.shape[1])
    seen = (1.0 - _OTHERS) * attitude[:, some, None] + _OTHERS * attitude[:, None]
    worth_of = utility(apart[:, None], seen[..., None])
    own = worth_of[:, block, :, some].swapaxes(0, 1)[..., None]
    heavy = weight[:, None, :, None]
    vote = heavy * votes(own - worth_of, voting)
    mine = _ALONE + np.maximum(vote[:, block, some], 0.0)
    theirs = _ALONE + np.maximum(-vote[:, :, line, line], 0.0)
    with_me = mine[:, :, None] + np.maximum(vote, 0.0)
    with_them = theirs[:, :, None] + np.maximum(-vote, 0.0)
    p = with_me / (with_me + with_them)
    joins = heavy * votes(p * (1.0 - own) - (1.0 - p) * (1.0 - worth_of), voting)
    joins[:, block, some] = 0.0
    joins[:, :, line, line] = 0.0
    mine += summed(np.maximum(joins, 0.0), 2)
    theirs += summed(np.maximum(-joins, 0.0), 2)
    wins = mine / (mine + theirs)
    keeps = worth_of[:, block, some]
    care = stake[:, None]
    gain = 2.0 * (1.0 - care) + care * (2.0 * (wins + (1.0 - wins) * keeps)) - (1.0 + keeps)
    gain[:, block, some] = -np.inf
    # Worths that differ in the last digit, by the order of the sums, are equal.
    best = gain.round(12).argmax(axis=2)[..., None]
    chance, worth = (np.take_along_axis(values, best, axis=2)[..., 0] for values in (wins, gain))
    return best[..., 0], chance, worth


def _meeting_points(place: Floats, salience: Floats, target: NDArray[np.intp], chance: Floats) -> tuple[Floats, Floats]:
    """Return where each actor's bargain would have itself stand, and its target; shape (D, A, I)."""
    rows = np.arange(len(place))[:, None]
    there = place[rows, target]
    mine = (salience * chance[:, :, None]) ** 2
    theirs = (salience[rows, target] * (1.0 - chance)[:, :, None]) ** 2
    both = mine + theirs + _WEIGHT
    own = ((mine + _WEIGHT) * place + theirs * there) / both
    other = (mine * place + (theirs + _WEIGHT) * there) / both
    return _rounded(own), _rounded(other)


def _rounded(place: Floats) -> Floats:
    # First to a millionth of a step, so that a half is a half however it was added up.
    return np.asarray(np.floor(0.5 + (place * _STEPS).round(6)) / _STEPS)


def _values(
    place: Floats,
    salience: Floats,
    apart: Floats,
    attitude: Floats,
    target: NDArray[np.intp],
    own_to: Floats,
    other_to: Floats,
) -> Floats:
    """Return what each actor thinks of no change, and of each actor's bargain carried out; shape (D, A, 1 + A)."""
    rows, actors = np.arange(len(place))[:, None], place.shape[1]
    now = utility(apart, attitude[:, :, None])
    after = -now - now[rows[:, :, None], np.arange(actors)[:, None], target[:, None]]
    for goes_to in (own_to, other_to):
        after += utility(_distances(place, goes_to, salience), attitude[:, :, None])
    total = summed(now, 2)[:, :, None]
    return np.asarray(np.concatenate([total, total + after], axis=2).round(12) / actors)


def _carried_out(beats: Floats, challenges: Flags, target: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which bargain wins among those that concern each actor, from 1; 0 means no change; shape (D, A)."""
    draws, actors = target.shape
    concerned = np.zeros((draws, actors, actors + 1), dtype=np.bool_)
    rows, proposers = np.nonzero(challenges)
    concerned[rows, proposers, proposers + 1] = True
    concerned[rows, target[rows, proposers], proposers + 1] = True
    concerned[:, :, 0] = True
    log = np.log(np.maximum(beats, 1e-300))
    log[:, np.arange(actors + 1), np.arange(actors + 1)] = 0.0
    score = summed(concerned[:, :, None, :] * log[:, None, :, :], 3).round(10)
    return np.asarray(np.where(concerned, score, -np.inf).argmax(axis=2))


@dataclass(slots=True)
class _Run:
    """A chunk of draws on its way: positions as shares of each scale, from the lowest first position up."""

    first: Floats
    start: Floats
    low: Floats
    length: Floats
    capability: Floats
    salience: Floats
    place: Floats
    rounds: NDArray[np.intp]
    ended: NDArray[np.int8]
    period: NDArray[np.intp]
    log: list[tuple[Floats, NDArray[np.int8], NDArray[np.intp], Floats]]

    @classmethod
    def of(cls, sitting: Sitting, part: slice) -> _Run:
        first = sitting.private[part]
        length = np.array([agenda.length for agenda in sitting.agendas])
        low = first.min(axis=1, keepdims=True)
        # To a billionth of a step, so that another unit or origin gives the same shares.
        shares = ((first - low) / length).round(13)
        most = sitting.capability[part].max(axis=1, keepdims=True)
        draws = len(first)
        return cls(
            first,
            shares,
            low,
            length,
            sitting.capability[part] / np.where(most > 0, most, 1.0),
            np.ascontiguousarray(sitting.salience[part]),
            shares.copy(),
            np.zeros(draws, dtype=np.intp),
            np.full(draws, UNFINISHED, dtype=np.int8),
            np.zeros(draws, dtype=np.intp),
            [],
        )

    def to_the_end(self, voting: VotingRule, model: VictoryModel, record: bool) -> _Run:
        """Play rounds until each draw is quiet or recurs; draws that have ended leave."""
        active, seen = np.arange(len(self.first)), [self.place.copy()]
        at_first = np.zeros(len(self.first))
        # Where the first actor stands on the first issue after each round: it tells most rounds apart.
        firsts = np.empty((MOST_ROUNDS + 1, len(self.first)))
        firsts[0] = self.place[:, 0, 0]
        for turn in range(1, MOST_ROUNDS + 1):
            done = _played(seen[-1][active], self.capability[active], self.salience[active], voting, model)
            moved = _moved(seen[-1][active], done.place)
            if turn == 1:
                at_first = moved
            still, quiet = moved == 0, moved < QUIET * at_first[active]
            back = _recurred(seen, firsts[: turn - 1, active], active, done.place)
            firsts[turn] = self.place[:, 0, 0]
            firsts[turn, active] = done.place[:, 0, 0]
            self.place[active] = done.place
            self.rounds[active] = np.where(still, turn - 1, turn)
            cycles = ~still & ~quiet & (back > 0)
            self.ended[active[still | quiet]] = SETTLED
            self.ended[active[cycles]], self.period[active[cycles]] = CYCLES, back[cycles]
            if record:
                self._note(active, done)
            seen.append(self.place.copy())
            active = active[~(still | quiet | cycles)]
            if not len(active):
                break
        return self

    def _note(self, active: NDArray[np.intp], done: Bargains) -> None:
        shape = self.place.shape[:2]
        kind, other, risk = np.full(shape, -1, dtype=np.int8), np.full(shape, -1, dtype=np.intp), np.full(shape, np.nan)
        kind[active], other[active], risk[active] = done.kind, done.other, done.attitude
        self.log.append((self.back(self.place), kind, other, risk))

    def back(self, place: Floats) -> Floats:
        """Return positions in each scale's unit; who has not moved is exactly where it was."""
        high = self.first.max(axis=1, keepdims=True)
        moved = np.clip(self.low + place * self.length, self.low, high)
        return np.where(place == self.start, self.first, moved)


def _recurred(seen: list[Floats], firsts: Floats, active: NDArray[np.intp], place: Floats) -> NDArray[np.intp]:
    """Return how many rounds ago positions were the same, at least two, or 0; shape of ``active``."""
    back = np.zeros(len(active), dtype=np.intp)
    near = np.abs(firsts - place[:, 0, 0]) < _SAME
    for turn in np.flatnonzero(near.any(axis=1)):
        draws = np.flatnonzero(near[turn])
        same = (np.abs(seen[turn][active[draws]] - place[draws]) < _SAME).all(axis=(1, 2))
        back[draws[same]] = len(seen) - turn
    return back


def _moved(before: Floats, after: Floats) -> Floats:
    """Return by how much all actors together have moved; shape (D,)."""
    return np.asarray(summed(np.sqrt(summed((after - before) ** 2, 2)), 1))


def _trajectory(parts: list[_Run]) -> Trajectory:
    """Put chunks together; a draw that has ended stays where it is."""
    turns = max(len(part.log) for part in parts)
    positions = []
    for part in parts:
        path = [part.first, *(round_[0] for round_ in part.log)]
        positions.append(np.stack(path + [path[-1]] * (turns - len(part.log))))
    issues = parts[0].first.shape[2]

    def on_all(column: int, blank: float) -> Floats:
        columns = []
        for part in parts:
            nobody = np.full(part.first.shape[:2], blank)
            played: list[Floats] = [np.asarray(round_[column], dtype=np.float64) for round_ in part.log]
            columns.append(np.stack(played + [nobody] * (turns - len(played))))
        return np.repeat(np.concatenate(columns, axis=1)[:, :, :, None], issues, axis=3)

    kind, other = on_all(1, -1.0).astype(np.int8), on_all(2, -1.0).astype(np.intp)
    return Trajectory(np.concatenate(positions, axis=1), kind, other, on_all(3, np.nan), KINDS)


SPATIAL_POLITICS_KTAB = SpatialPoliticsKtab()
