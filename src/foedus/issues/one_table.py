"""Issues before different actors brought to one table: nobody cares about an issue in which it has no part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.issues.sitting import Away, Decides, Flags, Floats, Sitting


def at_one_table(sittings: Sequence[Sitting]) -> list[Sitting]:
    """Return draws of several issues over all the actors that have a part in any; nobody cares where it has none.

    Parameters
    ----------
    sittings
        One for each issue.

    Examples
    --------
    >>> from foedus.testing import sitting_of
    >>> first = sitting_of(position=[10.0, 20.0])
    >>> second = replace(sitting_of(position=[30.0]), actors=("host",))
    >>> both = at_one_table([first, second])
    >>> both[1].actors == (*first.actors, "host"), both[1].salience[0, :, 0].tolist(), both[1].seated.tolist()
    (True, [0.0, 0.0, 1.0], [False, False, True])
    """
    actors = tuple(dict.fromkeys(actor for sitting in sittings for actor in sitting.actors))
    return [sitting if sitting.actors == actors else _among(sitting, actors) for sitting in sittings]


def _among(sitting: Sitting, actors: tuple[str, ...]) -> Sitting:
    """Return a sitting among more actors, who stand at the status quo and do not care."""
    places = np.array([actors.index(actor) for actor in sitting.actors])

    def wider(values: Floats | Flags, axis: int, fill: float) -> Any:
        shape = [len(actors) if n == axis else size for n, size in enumerate(values.shape)]
        wide = np.full(shape, fill, values.dtype)
        wide[(slice(None),) * axis + (places,)] = values
        return wide

    agenda = sitting.agendas[0]
    still = float(agenda.options[agenda.status_quo])
    return replace(
        sitting,
        actors=actors,
        seated=wider(sitting.seated, 0, 0),
        private=wider(sitting.private, 1, still),
        public=wider(sitting.public, 1, still),
        salience=wider(sitting.salience, 1, 0),
        capability=wider(sitting.capability, 1, 0),
        committed=wider(sitting.committed, 0, 0),
        red_low=wider(sitting.red_low, 0, -np.inf),
        red_high=wider(sitting.red_high, 0, np.inf),
        outsiders=tuple(tuple(int(places[place]) for place in asked) for asked in sitting.outsiders),
        setting_actors=tuple(None if actor is None else int(places[actor]) for actor in sitting.setting_actors),
        roles={name: int(places[role]) for name, role in sitting.roles.items()},
        decides=None if sitting.decides is None else _of_those(sitting.decides, places),
        apart=tuple({option: _of_those(rule, places) for option, rule in own.items()} for own in sitting.apart),
        away_on=tuple(
            {
                option: Away(away.actors, None if away.decides is None else _of_those(away.decides, places))
                for option, away in own.items()
            }
            for own in sitting.away_on
        ),
        held_out=tuple({k: wider(held, 1, 0) for k, held in own.items()} for own in sitting.held_out),
        declared_for=tuple({k: wider(said, 0, 0) for k, said in own.items()} for own in sitting.declared_for),
        declared_against=tuple({k: wider(said, 0, 0) for k, said in own.items()} for own in sitting.declared_against),
        ties=None,
        spoken=None if sitting.spoken is None else wider(sitting.spoken, 0, 0),
    )


def _of_those(decides: Decides, places: NDArray[np.intp]) -> Decides:
    return lambda support: decides(support[..., places])
