"""Paths: one input moved from where it is towards where it could be, by a share from 0 to 1.

At share 0 every draw is as estimated. From there on the input stands in every draw where the path has come to, as
``foedus forecast --set`` would have it: one act has one figure. No path leaves the range that is declared for its
input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from foedus.cases import Case, Member
from foedus.dossiers import Change, Range
from foedus.dossiers.changes import ASSUMPTIONS
from foedus.forecasts.supposing import coming_round, supposing
from foedus.forecasts.sweeps import held
from foedus.issues import Agenda, ModelCard, Sitting
from foedus.issues.deciding import released
from foedus.issues.sitting import with_options

POSITION, SALIENCE, RED_LINE, COMMITMENT, PRESSURE, PAYMENT = (
    "position",
    "salience",
    "red line",
    "commitment",
    "pressure",
    "side payment",
)
OPTION = "option"
REWORDED = ("option moved", "option added")

PRESSURES = ("kappa", "tau")
"""Assumptions that tell how hard the body presses those who resist."""

MOST_PAID = 1.0
"""The largest payment: all that could be at stake for anybody, the whole scale at salience 1."""

Pull = Callable[[Sitting, float], Sitting]
"""From a sitting and a share of the way to the sitting after it."""
Value = float | str | None


@dataclass(frozen=True, slots=True)
class Path:
    """One way of moving one input.

    Attributes
    ----------
    actor
        Whose input; None for the body's pressure and for options.
    input
        What is moved.
    start, end
        Where it is, and where the path ends; None where there is nothing yet.
    length
        The whole path as a share of the input's range.
    change
        From a sitting and a share to the sitting after it.
    whole
        Whether the path can only be gone as a whole.
    option
        Label of the option that the path is to lift.
    """

    actor: str | None
    input: str
    start: Value
    end: Value
    length: float
    change: Pull = field(repr=False)
    option: str
    whole: bool = False

    def at(self, share: float) -> Value:
        """Return where the input stands after a share of the path."""
        if share == 0 or not isinstance(self.end, int | float):
            return self.end if share else self.start
        start = self.start if isinstance(self.start, int | float) else self.far
        return start + share * (self.end - start)

    @property
    def far(self) -> float:
        """Where a path that starts from nothing starts."""
        return float(self.end) + self.length if isinstance(self.end, int | float) else 0.0


def supposed(case: Case, seed: int, actor: str, name: str, start: float, end: float) -> Pull:
    """Return what holds an input at a value on the way to an end, as ``foedus forecast --set`` does.

    Parameters
    ----------
    case, seed
        What was drawn, and the seed from which it was.
    actor, name
        Whose position (blank, what it wants and says), or another field.
    start, end
        Where the input is at its likeliest, and where the path ends.
    """

    def change(sitting: Sitting, share: float) -> Sitting:
        there = coming_round(actor, case.issue.id, start + share * (end - start), name)
        return supposing(case, sitting, seed, [there]) if share else sitting

    return change


def _assuming(name: str, start: float, end: float) -> Pull:
    """Return what holds an assumption at a value on the way to an end."""

    def change(sitting: Sitting, share: float) -> Sitting:
        value = start + share * (end - start)
        there = Change(ASSUMPTIONS, "", name, Range(low=value, mode=value, high=value))
        return held(sitting, there) if share else sitting

    return change


def actor_paths(case: Case, card: ModelCard, member: Member, option: str, seed: int) -> Iterator[Path]:
    """Yield every path of one actor that a model can feel, towards one option.

    Parameters
    ----------
    case, card, member, option
        The table, the model that answers, the actor and the label of the option.
    seed
        That of the draws that the paths will change.
    """
    place = [other.actor for other in case.members].index(member.actor)
    if "private" in card.inputs:
        yield from _positions(case, member, option, seed)
    if "salience" in card.inputs:
        mode = member.stand.salience.mode
        for end in (0.0, 1.0):
            change = supposed(case, seed, member.actor, "salience", mode, end)
            yield Path(member.actor, SALIENCE, mode, end, abs(end - mode), change, option)
    if "red_high" in card.inputs:
        yield from _red_lines(case, member, place, option)
    if "committed" in card.inputs and member.stand.committed:
        yield _released(member, option)
    names = [assumption.name for assumption in card.assumptions]
    if "kappa" in names and member.seated:
        seat = [other.actor for other in case.seats].index(member.actor)
        stated = stated_range(case, card, "kappa")
        for end in _ends(stated):
            length = abs(end - stated.mode) / (stated.high - stated.low)
            change = _pressed(seat, len(case.seats), stated.mode, end)
            yield Path(member.actor, PRESSURE, stated.mode, end, length, change, option)
    if "paid" in card.inputs:
        yield Path(member.actor, PAYMENT, 0.0, MOST_PAID, 1.0, _paid(place), option)


def stated_range(case: Case, card: ModelCard, name: str) -> Range:
    """Return the range of an assumption: the dossier's, or else the model's own."""
    needed = next(assumption for assumption in card.assumptions if assumption.name == name)
    stated = case.dossier.assumptions.get(name)
    return stated if isinstance(stated, Range) else Range(low=needed.low, mode=needed.mode, high=needed.high)


def _ends(stated: Range) -> list[float]:
    """Return where paths of an assumption end: at the ends of what is declared for it."""
    return [end for end in (stated.low, stated.high) if end != stated.mode]


def _positions(case: Case, member: Member, option: str, seed: int) -> Iterator[Path]:
    scale, mode = case.issue.scale, member.stand.private.mode
    for end in sorted({case.issue.option(option).at, scale.low, scale.high}):
        change = supposed(case, seed, member.actor, "", mode, end)
        yield Path(member.actor, POSITION, mode, end, abs(end - mode) / scale.length, change, option)


def _red_lines(case: Case, member: Member, place: int, option: str) -> Iterator[Path]:
    """Move a red line off to the end of the scale, or draw one up to the status quo where there is none."""
    scale, line, side = case.issue.scale, member.stand.red_line, member.stand.red_side
    if line is not None:
        end = scale.high if side == "above" else scale.low
        yield Path(
            member.actor, RED_LINE, line, end, abs(end - line) / scale.length, _line(place, side, line, end), option
        )
        return
    still = case.issue.option(case.issue.status_quo).at
    for direction, far in (("above", scale.high), ("below", scale.low)):
        if far != still:
            length = abs(far - still) / scale.length
            yield Path(member.actor, RED_LINE, None, still, length, _line(place, direction, far, still), option)


def _line(place: int, side: str, start: float, end: float) -> Pull:
    name = "red_high" if side == "above" else "red_low"

    def change(sitting: Sitting, share: float) -> Sitting:
        lines = getattr(sitting, name).copy()
        lines[place] = start + share * (end - start)
        return replace(sitting, **{name: lines})

    return change


def _released(member: Member, option: str) -> Path:
    def change(sitting: Sitting, share: float) -> Sitting:
        return released(sitting, {member.actor}) if share else sitting

    return Path(member.actor, COMMITMENT, "binding", "withdrawn", 1.0, change, option, whole=True)


def _pressed(seat: int, seats: int, start: float, end: float) -> Pull:
    """Press one member as the body would at another kappa: the pressure takes one value for each member and draw."""

    def change(sitting: Sitting, share: float) -> Sitting:
        kappa = np.repeat(sitting.assumptions["kappa"][None, :], seats, axis=0)
        if share:
            kappa[seat] = start + share * (end - start)
        return replace(sitting, assumptions={**sitting.assumptions, "kappa": kappa})

    return change


def _paid(place: int) -> Pull:
    def change(sitting: Sitting, share: float) -> Sitting:
        paid = np.zeros_like(sitting.private)
        paid[:, place, :] = share * MOST_PAID
        return replace(sitting, paid=paid)

    return change


def pressure_paths(case: Case, card: ModelCard, option: str) -> Iterator[Path]:
    """Yield the paths of the body's pressure on everybody who resists."""
    for needed in card.assumptions:
        if needed.name in PRESSURES:
            stated = stated_range(case, card, needed.name)
            for end in _ends(stated):
                length = abs(end - stated.mode) / (stated.high - stated.low)
                change = _assuming(needed.name, stated.mode, end)
                yield Path(None, needed.name, stated.mode, end, length, change, option)


def next_less(case: Case, option: str) -> str | None:
    """Return the label of the nearest option between an option and the status quo; None where none is named.

    Examples
    --------
    >>> import foedus
    >>> from foedus.cases.case import case_of
    >>> case = case_of(foedus.read_dossier("tokyo-office"), "office", "2023-07-10", None)
    >>> next_less(case, "liaison office"), next_less(case, "liaison officer")
    ('programme office', None)
    """
    at, still = case.issue.option(option).at, case.issue.option(case.issue.status_quo).at
    between = [listed for listed in case.issue.options if min(at, still) < listed.at < max(at, still)]
    return min(between, key=lambda listed: abs(listed.at - at)).label if between else None


def reworded(case: Case, option: str) -> Path | None:
    """Return the path of an option moved up to the next lesser option, which it does not reach.

    None for the status quo itself, and where no lesser option is named: whether there is a step between nothing and an
    option is for whoever knows the matter.
    """
    nearest = next_less(case, option)
    if nearest is None:
        return None
    at, still = case.issue.option(option).at, case.issue.option(nearest).at
    index = [listed.label for listed in case.issue.options].index(option)

    def change(sitting: Sitting, share: float) -> Sitting:
        options = sitting.agendas[0].options.copy()
        options[index] = at + share * (still - at)
        return replace(sitting, agendas=(replace(sitting.agendas[0], options=options), *sitting.agendas[1:]))

    return Path(None, REWORDED[0], at, still, abs(still - at) / case.issue.scale.length, change, option)


def added(case: Case, option: str) -> Path | None:
    """Return the path of one more option that starts beside an option and goes up to the next lesser one."""
    moved, nearest = reworded(case, option), next_less(case, option)
    if moved is None or nearest is None:
        return None
    at, still = case.issue.option(option).at, case.issue.option(nearest).at
    here = [listed.label for listed in case.issue.options].index(case.issue.option(option).label)

    def change(sitting: Sitting, share: float) -> Sitting:
        agenda = sitting.agendas[0]
        more = Agenda(
            np.append(agenda.options, at + share * (still - at)), agenda.status_quo, agenda.proposal, agenda.length
        )
        return with_options(sitting, more, {**{k: k for k in range(len(agenda.options))}, len(agenda.options): here})

    return replace(moved, input=REWORDED[1], change=change)
