"""What a model returns, checked at the boundary: shapes, finite numbers, options that there are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.base.errors import FoedusError
from foedus.issues.models import Movement, Settlement
from foedus.issues.sitting import Floats, Sitting


def checked(name: str, what: str, values: object, shape: tuple[int, ...], finite: bool = True) -> Floats:
    """Return numbers as an array of a shape.

    Parameters
    ----------
    name, what
        The model and what it returned, for the message.
    values, shape
        The numbers, and what shape they must have.
    finite
        Whether an infinite number is refused too; one that is no number always is.

    Raises
    ------
    FoedusError
        When they are no numbers, or of another shape, or not finite; the message says in which draw.

    Examples
    --------
    >>> checked("midrange", "point", np.array([1.0, np.nan]), (2,))
    Traceback (most recent call last):
    ...
    foedus.base.errors.FoedusError: midrange: point holds nan in draw 1; every draw must give a number
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise FoedusError(f"{name}: {what} is {type(values).__name__}; expected an array of shape {shape}") from None
    if array.shape != shape:
        raise FoedusError(f"{name}: {what} has shape {array.shape}, expected {shape}: draws come first")
    bad = ~np.isfinite(array) if finite else np.isnan(array)
    if bad.any():
        at = tuple(int(place[0]) for place in np.nonzero(bad))
        raise FoedusError(f"{name}: {what} holds {array[at]:g} in draw {at[0]}; every draw must give a number")
    return array


def check_settlement(name: str, sitting: Sitting, answer: object) -> Settlement:
    """Return what a settlement model returned.

    Raises
    ------
    FoedusError
        When it is no `Settlement`, or an array has another shape than the protocol says, or a choice is no option, or
        an outcome no number.
    """
    if not isinstance(answer, Settlement):
        raise FoedusError(f"{name}: settle returned {type(answer).__name__}, expected foedus.issues.Settlement")
    draws, actors, issues = sitting.private.shape
    checked(name, "outcome", answer.outcome, (draws, issues))
    check_choice(name, sitting, answer.choice)
    if np.shape(answer.pivotal) != (draws, actors, issues):
        raise FoedusError(
            f"{name}: pivotal has shape {np.shape(answer.pivotal)}, expected {(draws, actors, issues)}: "
            "draws come first"
        )
    for what in ("objects", "reluctant", "sole"):
        flags = getattr(answer, what)
        shapes = [(draws, actors, len(agenda.options)) for agenda in sitting.agendas]
        if flags is not None and [np.shape(flag) for flag in flags] != shapes:
            raise FoedusError(f"{name}: {what} has shapes {[np.shape(flag) for flag in flags]}, expected {shapes}")
    return answer


def check_choice(name: str, sitting: Sitting, answer: object) -> NDArray[np.intp]:
    """Return the options that a settlement model chose.

    Raises
    ------
    FoedusError
        When the array has another shape than (D, I), or a choice is no option of its issue.
    """
    shape = (sitting.draws, len(sitting.agendas))
    chosen = checked(name, "choice", answer, shape)
    most = np.array([len(agenda.options) for agenda in sitting.agendas])
    if ((chosen < 0) | (chosen >= most) | (chosen != np.rint(chosen))).any():
        raise FoedusError(f"{name}: a choice that is no option; choices are indices from 0 into the issue's options")
    return chosen.astype(np.intp)


def check_movement(name: str, sitting: Sitting, answer: object) -> Movement:
    """Return what an influence model returned.

    Raises
    ------
    FoedusError
        When it is no `Movement`, or an array has another shape than the protocol says, or a position is no number.
    """
    if not isinstance(answer, Movement):
        raise FoedusError(f"{name}: move returned {type(answer).__name__}, expected foedus.issues.Movement")
    draws, _, issues = sitting.private.shape
    checked(name, "private", answer.private, sitting.private.shape)
    for what in ("rounds", "ended", "period"):
        checked(name, what, getattr(answer, what), (draws, issues))
    return answer


def check_lottery(name: str, sitting: Sitting, answer: object) -> tuple[Floats, ...]:
    """Return the probabilities that a lottery returned, one array for each issue.

    Raises
    ------
    FoedusError
        When there is not one array of shape (D, K) for each issue, or a row is no distribution.
    """
    if not isinstance(answer, tuple | list) or len(answer) != len(sitting.agendas):
        raise FoedusError(f"{name}: chances returned {type(answer).__name__}, expected one array for each issue")
    given = zip(answer, sitting.agendas, strict=True)
    return tuple(check_rows(name, shares, (sitting.draws, len(agenda.options))) for shares, agenda in given)


def check_rows(name: str, answer: object, shape: tuple[int, int]) -> Floats:
    """Return probabilities whose rows are distributions.

    Raises
    ------
    FoedusError
        When they have another shape, or one is negative, or a row does not sum to 1.
    """
    rows = checked(name, "probabilities", answer, shape)
    if (rows < 0).any() or (np.abs(rows.sum(axis=1) - 1.0) > 1e-9).any():
        raise FoedusError(f"{name}: probabilities of a draw are below 0, or do not sum to 1")
    return rows
