"""Levers: the smallest change of one input that lifts a wanted option past a threshold.

Every change is judged on the same draws (common random numbers), so that differences are not noise. Along a path the
share of draws that end at the option is taken at evenly spaced points; the first point past the threshold is closed
in on by halving. The points before it are the check that no smaller change does.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.base.answers import Listed
from foedus.base.errors import FoedusError
from foedus.base.workers import ALONE, Workers, as_done
from foedus.cases import Case
from foedus.explain.paths import OPTION, REWORDED, Path, Value, actor_paths, added, next_less, pressure_paths, reworded
from foedus.forecasts import Forecast
from foedus.forecasts.sweeps import Anchor, sample, sweep_draws
from foedus.issues import SettlementModel, Sitting, chances_of
from foedus.issues.sitting import Floats

_POINTS = 8
_HALVINGS = 9
_COARSE_POINTS = 4
_COARSE_HALVINGS = 4
"""The search where positions move first, which takes a thousand times as long."""

Progress = Callable[[str, int, int], None]
"""Says what is being moved, how many inputs are done, and how many there are."""

_APART = 0.01
"""A reworded option nearer to another one, or to where it stood, than this share of the scale is that one."""
_STANDS, _YIELDS = 0.5, 0.1
"""Who objects in half of the draws stands in the way; it would rather let pass what it objects to this much less."""
_FELT = 0.005
"""An unreached change is listed when it lifts the option by at least this much."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One change of one input, and what it does to an option.

    Attributes
    ----------
    actor
        Whose input; None for the body's pressure and for options.
    input
        ``position`` (what it wants and says), ``salience``, ``red line``, ``commitment`` (its own public words),
        ``pressure`` (on it alone), ``side payment``, ``kappa`` or ``tau`` (pressure on everybody), ``option`` (settling
        for another one), ``option moved``, ``option added``.
    start, end
        From where to where; positions and red lines in the scale's unit, payments as a share of all that could be
        at stake (the whole scale at salience 1). None: there was nothing.
    option
        The option that is lifted: the wanted one, or another that is settled for.
    probability_before, probability_after
        Of that option, on the same draws.
    size
        The change as a share of the input's range, at most 1; where another option is settled for, its distance as a
        share of the scale if that is more.
    reached
        Whether the option gets past the threshold; where not, the best point on the path is shown.
    monotone
        Whether the probability rises all along the path, as far as its points tell.
    """

    KEYS = "actor input from=start to=end option probability_before probability_after size reached monotone"

    actor: str | None
    input: str
    start: Value
    end: Value
    option: str
    probability_before: float
    probability_after: float
    size: float
    reached: bool
    monotone: bool


def levers(
    forecast: Forecast,
    want: str | None = None,
    for_actor: str | None = None,
    threshold: float = 0.5,
    draws: int | None = None,
    seconds: float | None = None,
    progress: Progress | None = None,
    workers: Workers = ALONE,
) -> Listed[Lever]:
    """Find the smallest changes, each of one input, that lift an option past a threshold.

    Parameters
    ----------
    forecast
        What `foedus.forecast` returned; its first draws are used again.
    want
        Label of an option; by default the proposal.
    for_actor
        Id or name of an actor whose inputs are moved; by default those that `most_pivotal` names.
    threshold
        Probability to be reached, above 0 and at most 1.
    draws
        How many of the draws; by default as `searched_draws` tells.
    seconds
        A budget: the search is refused where it would take longer, as far as one settlement tells.
    progress
        Told before the first input and after each.
    workers
        Where inputs are moved; it changes no number.

    Returns
    -------
    tuple of Lever
        Those that reach the threshold first, the smallest first; then those that do not, the strongest first. None
        where the option is past the threshold already. Options between the status quo and the wanted one are tried as
        well: alone, and with one change of the actor that most often stands in their way (or of ``for_actor``).

    Raises
    ------
    FoedusError
        When there is no such option or actor, the threshold is no probability, or the search would take too long.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> forecast = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=200)
    >>> answer = levers(forecast, want="programme office", for_actor="FRA", draws=200)
    >>> answer[0].actor, answer[0].reached
    ('FRA', False)
    """
    if not 0 < threshold <= 1:
        raise FoedusError(f"a threshold is a probability above 0 and at most 1; got {threshold:g}")
    case, model = forecast.case, forecast.explainer
    wanted = case.issue.option(want or case.issue.proposal).label
    actor = None if for_actor is None else actor_of(case, for_actor)
    count = searched_draws(forecast, draws)
    coarse = model.card.stage != "settlement"
    sitting = sample(case, model, forecast.seed, count)
    headline = [option.probability for option in forecast.options]
    usual = chances_of(model, sitting)[0].mean(axis=0)
    anchor = Anchor.of(usual, headline)
    search = _Search(case, model, sitting, threshold, anchor, anchor(usual), coarse)
    if search.usual(wanted) >= threshold:
        return Listed()
    began = time.process_time()  # other work on the machine, and what is read once, are none of the search
    chances_of(model, sitting)
    moved = [actor] if actor is not None else most_pivotal(forecast, wanted)
    once, paths = time.process_time() - began, list(_paths(forecast, wanted, moved, everybody=actor is None))
    if seconds is not None:
        _refuse_long(model, once * len(paths) * search.points / 2, seconds, count)
    found_levers = _along_all(search, forecast, (wanted, tuple(moved), actor is None), paths, progress, workers)
    for option in _between(case, wanted):
        found_levers += _settling(search, forecast, wanted, option, actor)
    found_levers = [lever for lever in found_levers if not (lever.input in REWORDED and lever.size < _APART)]
    felt = [
        lever for lever in found_levers if lever.reached or lever.probability_after - lever.probability_before >= _FELT
    ]
    settled = [lever for lever in found_levers if lever.input == OPTION and lever not in felt]
    return Listed(sorted(_best_of_each([*felt, *settled]), key=_rank))


MOST_MOVED, _LARGE = 12, 32
"""How many actors are moved, one after the other, where nobody is named: the most pivotal. In a body with more members
than the second number, fewer draws are taken, so that an answer comes in a minute or so."""

_SILENT_MOVED = 3
"""Of members that have said nothing, which all stand alike."""

_FEWEST = 100


def searched_draws(forecast: Forecast, draws: int | None = None) -> int:
    """Return how many draws levers and acts take: those asked for, or fewer the more members there are.

    The work of a draw grows with the members, and a vote is asked anew for each of them; so it is draws times the
    square of the members that is held.
    """
    if draws is not None:
        return min(draws, forecast.draws)
    share = min(1.0, (_LARGE / max(len(forecast.case.seats), 1)) ** 2)
    usual = sweep_draws(forecast.explainer)
    return min(forecast.draws, max(min(_FEWEST, usual), int(usual * share) // 50 * 50))


def most_pivotal(forecast: Forecast, option: str) -> list[str]:
    """Return whose inputs are moved where nobody is named: everybody's in a small body, else the most pivotal.

    First those who object to the option most often, then those whose vote alone turns it, then those who are against.
    """
    case = forecast.case
    if len(case.seats) <= _LARGE:
        return [member.actor for member in case.members]
    objects = {objector.actor: objector.probability for objector in forecast.objections.get(option, ())}
    turns = {pivot.actor: pivot.probability for pivot in forecast.pivots}
    silent = {member.actor for member in case.silent}
    against = set(forecast.arithmetic.against) if forecast.arithmetic_in_draws is not None else set()

    def rank(actor: str) -> tuple[float, bool, bool, float, str]:
        return -objects.get(actor, 0.0), actor not in against, actor in silent, -turns.get(actor, 0.0), actor

    ranked = sorted((member.actor for member in case.members), key=rank)
    alike = [actor for actor in ranked if actor in silent][_SILENT_MOVED:]
    return [actor for actor in ranked if actor not in alike][:MOST_MOVED]


def _refuse_long(model: SettlementModel, estimate: float, seconds: float, draws: int) -> None:
    """Refuse a search that would take longer than its budget, and say what is faster."""
    if estimate <= seconds:
        return
    fewer = int(draws * seconds / estimate) // 50 * 50
    less = f"take fewer draws (--draws {fewer}), " if fewer else ""
    raise FoedusError(
        f"what would change this with the {model.card.name} model would take about {estimate / 60:.0f} minutes to "
        f"find, more than {seconds / 60:g}: {less}name one actor whose inputs are moved (--for ACTOR), "
        f"or allow more minutes (--minutes {math.ceil(estimate / 60)})"
    )


def actor_of(case: Case, name: str) -> str:
    """Return the id of someone at the table by id or by any name.

    Raises
    ------
    FoedusError
        When nobody there goes by it.
    """
    if any(member.actor == name for member in case.members):
        return name
    folded = name.strip().casefold()
    for member in case.members:
        if folded in {member.actor.casefold(), member.name.casefold()}:
            return member.actor
    return case.member(case.dossier.world.find(name, case.meeting.on)).actor


def _rank(lever: Lever) -> tuple[bool, float, float, str, str]:
    worth = lever.size if lever.reached else -lever.probability_after
    return not lever.reached, round(worth, 9), lever.size, lever.actor or "", lever.input


def _best_of_each(levers_found: Iterable[Lever]) -> Iterator[Lever]:
    """Keep one lever for each actor, input and option: several paths may move the same input."""
    best: dict[tuple[str | None, str, str], Lever] = {}
    for lever in levers_found:
        key = (lever.actor, lever.input, lever.option)
        if key not in best or _rank(lever) < _rank(best[key]):
            best[key] = lever
    yield from best.values()


def _paths(forecast: Forecast, option: str, actors: Sequence[str], *, everybody: bool) -> Iterator[Path]:
    case, model = forecast.case, forecast.explainer
    for member in case.members:
        if member.actor in actors:
            yield from actor_paths(case, model.card, member, option, forecast.seed)
    if everybody:
        yield from pressure_paths(case, model.card, option)
    if narrowing_helps(forecast, option):
        yield from (path for path in (reworded(case, option), added(case, option)) if path is not None)


def narrowing_helps(forecast: Forecast, option: str) -> bool:
    """Tell whether anybody who stands in the way of an option would rather let pass the next lesser one.

    Where the same actors object to that as often, no text between the two wins anybody over. Under votes, where nobody
    objects, it may always help.
    """
    lesser = next_less(forecast.case, option)
    if lesser is None or not forecast.objections:
        return lesser is not None
    less = {objector.actor: objector.probability for objector in forecast.objections.get(lesser, ())}
    standing = [objector for objector in forecast.objections.get(option, ()) if objector.probability >= _STANDS]
    return any(less.get(objector.actor, 0.0) < objector.probability - _YIELDS for objector in standing) or not standing


def _along_all(
    search: _Search,
    forecast: Forecast,
    whose: tuple[str, tuple[str, ...], bool],
    paths: Sequence[Path],
    progress: Progress | None,
    workers: Workers,
) -> list[Lever]:
    """Search along paths; a worker makes them anew, and is told a path by its place."""
    levers_by_path: dict[int, Lever] = {}
    if progress is not None:
        progress("inputs moved", 0, len(paths))
    for place, lever in as_done(_along, (search, forecast, whose), range(len(paths)), workers):
        levers_by_path[place] = lever
        if progress is not None:
            progress(f"{paths[place].actor or 'everybody'}: {paths[place].input}", len(levers_by_path), len(paths))
    return [levers_by_path[place] for place in range(len(paths))]


def _along(shared: tuple[_Search, Forecast, tuple[str, tuple[str, ...], bool]], place: int) -> Lever:
    search, forecast, (wanted, moved, everybody) = shared
    path = next(itertools.islice(_paths(forecast, wanted, moved, everybody=everybody), place, None))
    return search.along(path)


def _between(case: Case, wanted: str) -> list[str]:
    """Return the options between the status quo and the wanted one, the nearest to it first."""
    at, still = case.issue.option(wanted).at, case.issue.option(case.issue.status_quo).at
    low, high = sorted((at, still))
    inside = [option for option in case.issue.options if low < option.at < high]
    return [option.label for option in sorted(inside, key=lambda option: abs(option.at - at))]


def _settling(search: _Search, forecast: Forecast, wanted: str, option: str, actor: str | None) -> Iterator[Lever]:
    """Settle for another option as it stands, and with one change of the actor most in its way."""
    case = forecast.case
    given_up = abs(case.issue.option(wanted).at - case.issue.option(option).at) / case.issue.scale.length
    before, after = search.usual(wanted), search.usual(option)
    reached = after >= search.threshold
    yield Lever(None, OPTION, wanted, option, option, before, after, given_up, reached, monotone=True)
    against = [objector.actor for objector in forecast.objections.get(option, ()) if objector.probability > 0]
    mover = actor or next(iter(against), None)
    if mover is None or reached:
        return
    for path in actor_paths(case, forecast.explainer.card, case.member(mover), option, forecast.seed):
        lever = search.along(path)
        yield replace(lever, size=max(lever.size, given_up))


@dataclass(frozen=True, slots=True)
class _Search:
    """A search along paths on one set of draws, and the shares of the options before any change; shape (K,)."""

    case: Case
    model: SettlementModel
    sitting: Sitting
    threshold: float
    anchor: Anchor
    shares: Floats
    coarse: bool = False

    @property
    def points(self) -> int:
        return _COARSE_POINTS if self.coarse else _POINTS

    def usual(self, option: str) -> float:
        return float(self.shares[self._index(option)])

    def along(self, path: Path) -> Lever:
        """Return the smallest change along a path that reaches the threshold, or its best point."""
        before = self.usual(path.option)
        if path.length == 0:
            return _lever(path, 0.0, before, before, self.threshold, monotone=True)
        if path.whole:
            return _lever(path, 1.0, before, self._after(path, 1.0), self.threshold, monotone=True)
        known = {0.0: before} | {share: self._after(path, share) for share in (0.5, 1.0)}
        if path.input not in REWORDED and max(known[0.5], known[1.0]) - before < _FELT:
            return _lever(path, 0.0, before, before, self.threshold, monotone=True)
        shares = np.linspace(0.0, 1.0, self.points + 1)
        known |= {share: self._after(path, share) for share in shares.tolist() if share not in known}
        after = np.array([known[share] for share in shares.tolist()])
        monotone = bool((np.diff(after) >= 0).all())
        past = np.flatnonzero(after >= self.threshold)
        if not len(past):
            best = int(after.argmax())
            return _lever(path, float(shares[best]), before, float(after[best]), self.threshold, monotone)
        share, reached = self._halve(path, float(shares[past[0] - 1]), float(shares[past[0]]), float(after[past[0]]))
        return _lever(path, share, before, reached, self.threshold, monotone)

    def _halve(self, path: Path, below: float, above: float, reached: float) -> tuple[float, float]:
        for _ in range(_COARSE_HALVINGS if self.coarse else _HALVINGS):
            middle = (below + above) / 2
            reached_at = self._after(path, middle)
            if reached_at >= self.threshold:
                above, reached = middle, reached_at
            else:
                below = middle
        return above, reached

    def _after(self, path: Path, share: float) -> float:
        if path.input in REWORDED and self._taken(path, share):
            return self.usual(path.option)
        changed = path.change(self.sitting, share)
        more = len(changed.agendas[0].options) > len(self.sitting.agendas[0].options)
        return self._share(changed, len(self.sitting.agendas[0].options) if more else self._index(path.option))

    def _taken(self, path: Path, share: float) -> bool:
        """Tell whether a reworded option would be another one under its name."""
        at, near = path.at(share), _APART * self.case.issue.scale.length
        return isinstance(at, float) and any(
            abs(option.at - at) < near for option in self.case.issue.options if option.label != path.option
        )

    def _index(self, option: str) -> int:
        return [listed.label for listed in self.case.issue.options].index(option)

    def _share(self, sitting: Sitting, index: int) -> float:
        return float(self.anchor(chances_of(self.model, sitting)[0].mean(axis=0))[index])


def _lever(path: Path, share: float, before: float, after: float, threshold: float, monotone: bool) -> Lever:
    reached = after >= threshold or math.isclose(after, threshold)
    size = share * path.length
    return Lever(
        path.actor, path.input, path.start, path.at(share), path.option, before, after, size, reached, monotone
    )
