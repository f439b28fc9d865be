"""Drawing a sitting from a case: each number from the stream of its issue, actor and input."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from foedus.base.estimates import Estimate
from foedus.base.randomness import Streams
from foedus.cases.case import Case, Member
from foedus.cases.holding_out import held_out
from foedus.cases.leaning import lean_together, levels_of, of_whom_the_number_is_told, quiet
from foedus.cases.signals import signals_of
from foedus.cases.ties import ties_of
from foedus.dossiers import Range
from foedus.issues import Sitting
from foedus.issues.deciding import at_table
from foedus.issues.sitting import Away, Decides, Flags, Floats


def draw(
    case: Case, assumptions: dict[str, Range | dict[str, float]], streams: Streams, start: int, stop: int
) -> Sitting:
    """Return draws ``start`` to ``stop`` (excluded) of a case, the same whatever the chunks.

    An actor's private and public position come from one stream: whoever is drawn high in the one is high in the
    other, since both share what is not known about it.
    """
    level = levels_of(case, streams, start, stop)

    def columns(name: str, *estimates: Callable[[Member], Estimate]) -> list[Floats]:
        """Return one array (D, A) for each estimate, all of them from the same stream of each member."""
        arrays = [np.empty((stop - start, len(case.members))) for _ in estimates]
        for place, member in enumerate(case.members):
            drawn: Floats | None = None
            for array, estimate_of in zip(arrays, estimates, strict=True):
                estimate = estimate_of(member)
                if not estimate.is_exact and drawn is None:
                    drawn = level(member, name)
                array[:, place] = estimate.mode if drawn is None or estimate.is_exact else estimate.quantiles(drawn)
        return arrays

    actors = tuple(member.actor for member in case.members)
    seated = np.array([member.seated for member in case.members])
    private, public = columns("position", lambda m: m.stand.private, lambda m: m.stand.public or m.stand.private)
    (salience,) = columns("salience", lambda m: m.stand.salience)
    (capability,) = columns("capability", lambda m: m.capability)
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
        decides=at_table(case.seating, actors, case.abstaining),
        away=case.abstaining,
        away_on=_away_on(case, actors),
        apart=_apart(case, actors),
        declared_for=(_declared(case, for_it=True),),
        declared_against=(_declared(case, for_it=False),),
        held_out=_held_out(case, streams, start, stop),
        roles=case.roles,
        ties=_ties(case, actors),
        spoken=_spoken(case),
        assumed=_assumed(case),
        signals=(signals_of(case),),
        assumptions=draw_assumptions(case, assumptions, streams, start, stop),
    )


def draw_assumptions(
    case: Case, assumptions: dict[str, Range | dict[str, float]], streams: Streams, start: int, stop: int
) -> dict[str, Floats]:
    """Return draws ``start`` to ``stop`` (excluded) of a model's assumptions, each of shape (D,)."""
    return {
        name: _draw_assumption(value, streams.uniforms(case.issue.id, "assumptions", name, start=start, stop=stop))
        for name, value in assumptions.items()
    }


def _ties(case: Case, actors: tuple[str, ...]) -> Floats:
    """Return who listens to whom on the day of the meeting, found once for a table of actors."""
    kept = case.dossier.world.cache.setdefault("ties", {})
    key = (actors, case.meeting.on)
    if key not in kept:
        kept[key] = ties_of(case.dossier.world, actors, case.meeting.on)
    links: Floats = kept[key]
    return links


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
    level, again = levels_of(case, streams, 0, sitting.draws), set(actors)
    if lean_together(case) or of_whom_the_number_is_told(case):  # what one says tells of the silent
        again |= {member.actor for member in quiet(case)}
    for place, member in enumerate(case.members):
        if member.actor in again:
            stand = member.stand
            for values, name, estimate in (
                (private, "position", stand.private),
                (public, "position", stand.public or stand.private),
                (salience, "salience", stand.salience),
            ):
                exact = estimate.is_exact
                values[:, place, 0] = estimate.mode if exact else estimate.quantiles(level(member, name))
    return replace(
        sitting,
        private=private,
        public=public,
        salience=salience,
        committed=np.array([[member.stand.committed] for member in case.members]),
        red_low=_red_lines(case, "below", -np.inf),
        red_high=_red_lines(case, "above", np.inf),
        setter=_setter(case, private[:, :, 0])[:, None],
        spoken=_spoken(case),
        assumed=_assumed(case),
        signals=(signals_of(case),),
        decides=at_table(case.seating, sitting.actors, case.abstaining),
        away=case.abstaining,
        away_on=_away_on(case, sitting.actors),
        apart=_apart(case, sitting.actors),
        declared_for=(_declared(case, for_it=True),),
        declared_against=(_declared(case, for_it=False),),
        held_out=_held_out(case, streams, 0, sitting.draws),
    )


def _apart(case: Case, actors: tuple[str, ...]) -> tuple[dict[int, Decides], ...]:
    """Return which coalitions win on each option with a procedure of its own."""
    if not case.apart:
        return ()
    places = [option.label for option in case.issue.options]
    return ({places.index(label): at_table(own, actors, case.abstaining) for label, own in case.apart.items()},)


def _away_on(case: Case, actors: tuple[str, ...]) -> tuple[dict[int, Away], ...]:
    """Return who abstains on each option on which not the same abstain as on all, and which coalitions then win."""
    by_place = {}
    for place, option in enumerate(case.issue.options):
        if case.put or option.label == case.issue.status_quo:
            continue
        away = case.abstaining_on(option.label)
        if away != case.abstaining:
            by_place[place] = Away(away, at_table(case.seating_for(option.label), actors, away))
    return (by_place,) if by_place else ()


def _held_out(case: Case, streams: Streams, start: int, stop: int) -> tuple[dict[int, Flags], ...]:
    by_place = held_out(case, streams, start, stop)
    return (by_place,) if by_place else ()


def _declared(case: Case, *, for_it: bool) -> dict[int, Flags]:
    """Return who has declared a vote for each option, or against it; each of shape (A,)."""
    said = [member.stand.declared_for if for_it else member.stand.declared_against for member in case.members]
    return {
        place: np.array([option.at in places for places in said])
        for place, option in enumerate(case.issue.options)
        if any(option.at in places for places in said)
    }


def _spoken(case: Case) -> Floats:
    """Return how much is known of where each stands."""
    return np.array([member.stand.known for member in case.members])


def _assumed(case: Case) -> Floats:
    """Return where those are taken to stand of whom nothing is known, at equally likely levels; shape (L, 1).

    Where everybody has spoken it is what the dossier assumes of silent members: the last one to speak, for or against,
    would otherwise change what its words are compared with.
    """
    silent = [member.stand.private for member in case.seats if member.stand.known == 0]
    if not silent:
        prior = case.dossier.prior(case.issue.id).position
        silent = [Estimate(prior.low, prior.mode, prior.high)]
    places = {estimate: estimate.equally_likely() for estimate in set(silent)}
    return np.asarray(np.mean([places[estimate] for estimate in silent], axis=0)[:, None])


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
