"""Drawing a sitting from a case: each number from the stream of its issue, actor and input."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from foedus.base.estimates import Estimate
from foedus.base.randomness import Streams
from foedus.dossiers import Range
from foedus.forecasts.case import Case, Member
from foedus.forecasts.ties import ties_of
from foedus.issues import Sitting
from foedus.issues.deciding import by_game
from foedus.issues.sitting import Floats


def draw(
    case: Case, assumptions: dict[str, Range | dict[str, float]], streams: Streams, start: int, stop: int
) -> Sitting:
    """Return draws ``start`` to ``stop`` (excluded) of a case, the same whatever the chunks.

    An actor's private and public position come from one stream: whoever is drawn high in the one is high in the
    other, since both share what is not known about it.
    """
    issue = case.issue.id

    def column(member: Member, name: str, estimate: Estimate) -> Floats:
        if estimate.is_exact:
            return np.full(stop - start, estimate.mode)
        return estimate.quantiles(streams.uniforms(issue, member.actor, name, start=start, stop=stop))

    actors = tuple(member.actor for member in case.members)
    seated = np.array([member.seated for member in case.members])
    private = np.stack([column(m, "position", m.stand.private) for m in case.members], axis=1)
    public = np.stack([column(m, "position", m.stand.public or m.stand.private) for m in case.members], axis=1)
    salience = np.stack([column(m, "salience", m.stand.salience) for m in case.members], axis=1)
    capability = np.stack([column(m, "capability", m.capability) for m in case.members], axis=1)
    return Sitting(
        actors=actors,
        agendas=(case.agenda,),
        seated=seated,
        private=private[:, :, None],
        public=public[:, :, None],
        salience=salience[:, :, None],
        capability=capability,
        committed=np.array([[member.stand.committed] for member in case.members]),
        red_low=_red_lines(case, "below", -np.inf),
        red_high=_red_lines(case, "above", np.inf),
        outsiders=(case.outsiders,),
        setter=_setter(case, private)[:, None],
        setting_actors=(_setting_actor(case),),
        decides=by_game(case.seating.game(), actors),
        roles=case.roles,
        ties=ties_of(case.dossier.world, actors, case.meeting.on),
        assumptions={
            name: _draw_assumption(value, streams.uniforms(issue, "assumptions", name, start=start, stop=stop))
            for name, value in assumptions.items()
        },
    )


def redrawn(sitting: Sitting, case: Case, actors: Iterable[str], streams: Streams) -> Sitting:
    """Return a sitting in which some actors stand where a case has them, and all else stays as drawn.

    Parameters
    ----------
    sitting
        The first draws of another case with the same actors.
    case
        Where the actors stand now; capabilities and assumptions are not read.
    actors
        Ids of those who are drawn anew, each from its own streams.
    streams
        Those from which the sitting was drawn.

    Returns
    -------
    Sitting
        What `draw` would return for the case.
    """
    private, public, salience = sitting.private.copy(), sitting.public.copy(), sitting.salience.copy()
    for place, member in enumerate(case.members):
        if member.actor in set(actors):
            stand = member.stand
            for values, name, estimate in (
                (private, "position", stand.private),
                (public, "position", stand.public or stand.private),
                (salience, "salience", stand.salience),
            ):
                levels = streams.uniforms(case.issue.id, member.actor, name, start=0, stop=sitting.draws)
                values[:, place, 0] = estimate.mode if estimate.is_exact else estimate.quantiles(levels)
    return replace(
        sitting,
        private=private,
        public=public,
        salience=salience,
        committed=np.array([[member.stand.committed] for member in case.members]),
        red_low=_red_lines(case, "below", -np.inf),
        red_high=_red_lines(case, "above", np.inf),
        setter=_setter(case, private[:, :, 0])[:, None],
    )


def _red_lines(case: Case, side: str, none: float) -> Floats:
    stands = [member.stand for member in case.members]
    return np.array([[s.red_line if s.red_line is not None and s.red_side == side else none] for s in stands])


def _setter(case: Case, private: Floats) -> Floats:
    """The agenda setter wants the proposal, or what the actor named as setter privately wants."""
    place = _setting_actor(case)
    if place is None:
        return np.full(len(private), case.agenda.options[case.agenda.proposal])
    return private[:, place]


def _setting_actor(case: Case) -> int | None:
    setter = case.dossier.settings.agenda_setter
    return None if setter is None else [member.actor for member in case.members].index(setter)


def _draw_assumption(value: Range | dict[str, float], levels: Floats) -> Floats:
    """Return draws of a number, or of the index of a choice in the order of its model's card."""
    if isinstance(value, Range):
        return Estimate(value.low, value.mode, value.high).quantiles(levels)
    edges = np.cumsum(list(value.values())) / sum(value.values())
    return np.minimum(np.searchsorted(edges, levels, side="right"), len(edges) - 1).astype(np.float64)
