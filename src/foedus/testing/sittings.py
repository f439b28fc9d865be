"""Sittings to try a model on: written down by hand, or drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.base.errors import FoedusError, Problems, refuse
from foedus.issues import Agenda, Assumption, Sitting
from foedus.issues.sitting import Decides, Floats

_Kind = TypeVar("_Kind", np.float64, np.bool_)

ASSUMED: Mapping[str, float] = {
    "kappa": 0.0,
    "tau": 0.5,
    "red_line_cost": 0.0,
    "red_line_slack": 0.0,
    "selection": 0.0,
}
"""What a sitting made by hand assumes where nothing else is said."""


def sitting_of(
    position: ArrayLike,
    salience: ArrayLike = 1.0,
    capability: ArrayLike = 1.0,
    *,
    scale: tuple[float, float] = (0.0, 100.0),
    options: Sequence[float] | None = None,
    status_quo: int = 0,
    proposal: int = -1,
    seated: ArrayLike = True,
    setter: float | None = None,
    decides: Decides | None = None,
    roles: Mapping[str, int] | None = None,
    ties: ArrayLike | None = None,
    assumptions: Mapping[str, float] | None = None,
) -> Sitting:
    """Return a sitting of one draw.

    Parameters
    ----------
    position
        What each actor wants: shape (A,) for one issue, (A, I) for several.
    salience
        From 0 to 1; the shape of ``position``, or one number for all.
    capability
        Shape (A,), or one number.
    scale
        Ends of the scale.
    options
        Places of the options; by default the ends and the middle of the scale.
    status_quo, proposal
        Indices into ``options``.
    seated
        Who has a seat; shape (A,), or one value.
    setter
        What the agenda setter wants; by default the proposal.
    decides, roles, ties
        As in `foedus.issues.Sitting`.
    assumptions
        Values that differ from ``ASSUMED``, and any further ones.

    Raises
    ------
    InputError
        With everything wrong at once: a salience outside 0 to 1 (a file may mix 0..1 with 0..100), a position
        outside the scale, a negative capability, a missing number. Also when an option or what the setter wants lies
        outside the scale, two options stand at one place, the status quo or the proposal is no option, or a shape is
        another than told here.

    Examples
    --------
    >>> sitting = sitting_of(position=[0.0, 100.0], salience=[1.0, 0.5])
    >>> sitting.private.shape, sitting.agendas[0].options.tolist()
    ((1, 2, 1), [0.0, 50.0, 100.0])
    """
    wanted = _numbers("position", position)
    wanted = wanted[:, None] if wanted.ndim == 1 else wanted
    if wanted.ndim != 2 or not wanted.size:
        raise refuse("sitting", "shape (A,), or (A, I) for several issues", field="position", value=str(wanted.shape))
    actors, issues = wanted.shape
    given = _numbers("salience", salience)
    cares = _spread("salience", given[:, None] if given.ndim == 1 else given, wanted.shape)
    power = _spread("capability", _numbers("capability", capability), (actors,))
    _check(wanted, cares, power, scale)
    low, high = scale
    agenda = _agenda([low, (low + high) / 2, high] if options is None else options, status_quo, proposal, scale)
    if setter is not None and not low <= setter <= high:
        raise refuse("sitting", f"from {low:g} to {high:g}", field="setter", value=f"{setter:g}")
    values = {**ASSUMED, **(assumptions or {})}
    return Sitting(
        actors=tuple(f"a{place}" for place in range(actors)),
        agendas=(agenda,) * issues,
        seated=_spread("seated", np.asarray(seated, dtype=np.bool_), (actors,)),
        private=wanted[None].copy(),
        public=wanted[None].copy(),
        salience=cares[None].copy(),
        capability=power[None].copy(),
        committed=np.zeros((actors, issues), dtype=np.bool_),
        red_low=np.full((actors, issues), -np.inf),
        red_high=np.full((actors, issues), np.inf),
        outsiders=((),) * issues,
        setter=np.full((1, issues), agenda.options[agenda.proposal] if setter is None else setter),
        assumptions={name: np.array([float(value)]) for name, value in values.items()},
        decides=decides,
        roles=dict(roles or {}),
        ties=None if ties is None else _spread("ties", _numbers("ties", ties), (actors, actors)),
    )


def _numbers(field: str, values: ArrayLike) -> Floats:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise refuse("sitting", "numbers, as many in each row", field=field, value=str(values)) from None


def _spread(field: str, values: NDArray[_Kind], shape: tuple[int, ...]) -> NDArray[_Kind]:
    try:
        return np.array(np.broadcast_to(values, shape))
    except ValueError:
        expected = f"one for all, or shape {shape}: one for each actor"
        raise refuse("sitting", expected, field=field, value=f"shape {values.shape}") from None


def _agenda(options: Sequence[float], status_quo: int, proposal: int, scale: tuple[float, float]) -> Agenda:
    """Return the options as an agenda; an index below 0 counts from the end."""
    problems, (low, high) = Problems("sitting"), scale
    places = _numbers("options", options)
    if places.ndim != 1 or not places.size:
        raise refuse("sitting", "at least one option", field="options", value=str(options))
    off = ~((places >= low) & (places <= high))
    for place in places[off]:
        problems.add(f"an option from {low:g} to {high:g}", field="options", value=f"{place:g}")
    if len(np.unique(places)) < len(places):
        problems.add("options that all stand at places of their own", field="options", value=str(places.tolist()))
    for field, index in (("status_quo", status_quo), ("proposal", proposal)):
        if not -len(places) <= index < len(places):
            problems.add(f"an index into {len(places)} options", field=field, value=str(index))
    problems.raise_if_any()
    return Agenda(places, status_quo % len(places), proposal % len(places), high - low)


def _check(position: Floats, salience: Floats, capability: Floats, scale: tuple[float, float]) -> None:
    problems = Problems("sitting")
    low, high = scale
    if not low < high:
        raise FoedusError(f"a scale has a low end below its high end; got {low:g} and {high:g}")
    for actor, row in enumerate(position):
        where = f"actor {actor}"
        if not np.isfinite(row).all():
            problems.add("a number; nothing is filled in", where=where, field="position", value=str(row.tolist()))
        elif (row < low).any() or (row > high).any():
            problems.add(f"from {low:g} to {high:g}", where=where, field="position", value=str(row.tolist()))
        cares = salience[actor]
        if not ((cares >= 0) & (cares <= 1)).all():
            problems.add(
                "from 0 to 1, all on one scale and none missing",
                where=where,
                field="salience",
                value=str(cares.tolist()),
            )
        if not (np.isfinite(capability[actor]) and capability[actor] >= 0):
            problems.add("at least 0", where=where, field="capability", value=f"{capability[actor]:g}")
    problems.raise_if_any()


def random_sitting(
    seed: int, draws: int = 24, assumptions: Sequence[Assumption] = (), seats: int | None = None
) -> Sitting:
    """Return a sitting of 1 to 6 seats and 2 voices on two issues, with ties of all kinds.

    Most numbers are multiples of an eighth, so that sums are exact in whatever order and equal values occur.
    The two voices are also the Commission and the Parliament of procedural models.

    Parameters
    ----------
    seed
        The same seed gives the same sitting.
    draws
        D.
    assumptions
        Of a model; each is drawn over its domain. Those of the packaged models are always there.
    seats
        How many members; by default 1 to 6.
    """
    rng = np.random.default_rng(seed)
    seats = int(rng.integers(1, 7)) if seats is None else seats
    actors = seats + 2

    def eighths(low: int, high: int, *shape: int) -> NDArray[np.float64]:
        return rng.integers(low, high + 1, size=shape) / 8

    agendas = []
    for _ in range(2):
        options = np.sort(rng.choice(65, size=int(rng.integers(2, 6)), replace=False)).astype(np.float64)
        status_quo, proposal = rng.choice(len(options), size=2, replace=False)
        agendas.append(Agenda(options, int(status_quo), int(proposal), 64.0))
    shape = (draws, actors, 2)
    private = eighths(0, 512, *shape)
    public = np.where(rng.random(shape) < 0.5, private, eighths(0, 512, *shape))
    salience = np.where(rng.random(shape) < 0.1, 0.0, eighths(0, 8, *shape))
    capability = np.where(rng.random((draws, actors)) < 0.1, 0.0, eighths(1, 64, draws, actors))
    red = rng.random((actors, 2)) < 0.2
    given: dict[str, Floats] = {
        "kappa": eighths(0, 8, draws),
        "tau": eighths(4, 7, draws),
        "red_line_cost": eighths(0, 8, draws),
        "red_line_slack": eighths(-1, 1, draws),
        "selection": rng.integers(0, 3, size=draws).astype(np.float64),
    }
    for assumption in assumptions:
        if assumption.name not in given:
            low, high = assumption.domain
            top = high - (high - low) / 64 if assumption.top_excluded else high
            drawn = low + (top - low) * rng.integers(0, 9, size=draws) / 8
            given[assumption.name] = (
                rng.integers(0, len(assumption.choices), draws).astype(np.float64) if assumption.choices else drawn
            )
    ties = rng.integers(0, 3, size=(actors, actors)).astype(np.float64)
    if seats > 1 and rng.random() < 0.3:  # twins, alike in all but their names and ties
        assumption, other = rng.choice(seats, size=2, replace=False)
        for values in (private, public, salience, capability):
            values[:, other] = values[:, assumption]
    return Sitting(
        actors=tuple(f"a{place}" for place in range(actors)),
        agendas=tuple(agendas),
        seated=np.arange(actors) < seats,
        private=private,
        public=public,
        salience=salience,
        capability=capability,
        committed=rng.random((actors, 2)) < 0.3,
        red_low=np.full((actors, 2), -np.inf),
        red_high=np.where(red, 32.0, np.inf),
        outsiders=tuple((seats,) if rng.random() < 0.5 else () for _ in range(2)),
        setter=eighths(0, 512, draws, 2),
        assumptions=given,
        roles={"commission": seats, "parliament": seats + 1},
        ties=ties,
    )


def some_draws(sitting: Sitting, start: int, stop: int) -> Sitting:
    """Return draws ``start`` to ``stop`` (excluded) of a sitting."""
    part = slice(start, stop)
    return replace(
        sitting,
        private=sitting.private[part],
        public=sitting.public[part],
        salience=sitting.salience[part],
        capability=sitting.capability[part],
        setter=sitting.setter[part],
        assumptions={name: values[part] for name, values in sitting.assumptions.items()},
    )


def reordered(sitting: Sitting, order: NDArray[np.intp]) -> Sitting:
    """Return a sitting with its actors in another order."""
    back = np.argsort(order)
    return replace(
        sitting,
        actors=tuple(sitting.actors[place] for place in order),
        seated=sitting.seated[order],
        private=sitting.private[:, order],
        public=sitting.public[:, order],
        salience=sitting.salience[:, order],
        capability=sitting.capability[:, order],
        committed=sitting.committed[order],
        red_low=sitting.red_low[order],
        red_high=sitting.red_high[order],
        outsiders=tuple(tuple(int(back[place]) for place in asked) for asked in sitting.outsiders),
        setting_actors=tuple(None if place is None else int(back[place]) for place in sitting.setting_actors),
        roles={name: int(back[place]) for name, place in sitting.roles.items()},
        ties=None if sitting.ties is None else sitting.ties[np.ix_(order, order)],
    )


def rescaled(sitting: Sitting, factor: float, shift: float, capability: float = 1.0) -> Sitting:
    """Return a sitting in another unit, from another origin, or (``factor`` below 0) in the other direction."""
    turned = factor < 0
    low, high = sitting.red_low * factor + shift, sitting.red_high * factor + shift
    return replace(
        sitting,
        agendas=tuple(
            Agenda(a.options * factor + shift, a.status_quo, a.proposal, a.length * abs(factor))
            for a in sitting.agendas
        ),
        private=sitting.private * factor + shift,
        public=sitting.public * factor + shift,
        red_low=high if turned else low,
        red_high=low if turned else high,
        setter=sitting.setter * factor + shift,
        capability=sitting.capability * capability,
    )
