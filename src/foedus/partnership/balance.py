"""``allocate --balance``: pledges, aid, spending and deployments on record, by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.world import World

FLOWS: Mapping[str, tuple[str, ...]] = {
    "aid": ("aid-",),
    "spending": ("defence-", "spending-"),
    "deployments": ("deployment-", "exercise-", "presence-"),
}
"""What counts as a flow, and how the names of its measures begin."""


@dataclass(frozen=True, slots=True)
class RecordedAmount:
    """One amount on record.

    Attributes
    ----------
    on
        First day of the period for which it holds, or the day of the pledge.
    actor, to
        Who gives, spends or sends, and to whom or at what event; blank where the record names nobody.
    flow
        One of `FLOWS`.
    disputed
        Whether another row is about the same thing, in another currency or by another source: never add them up.
    """

    KEYS = "id on until actor to? flow measure value unit source verified disputed note?"
    id: str
    on: Day
    until: Day
    actor: str
    to: str
    flow: str
    measure: str
    value: float
    unit: str
    source: str
    verified: bool
    disputed: bool
    note: str


def balance(world: World, until: Day | None = None) -> tuple[RecordedAmount, ...]:
    """Return the amounts of a world that are means given, spent or sent, by flow and day.

    Parameters
    ----------
    world
        The facts, with a dossier's own.
    until
        The last day that counts; None for all.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> answer = balance(packaged_world())
    >>> sorted({entry.flow for entry in answer})
    ['aid', 'deployments', 'spending']
    """
    rows = [
        (amount, amount.start, amount.end)
        for amount in world.amounts
        if _flow(amount.measure) and amount.start and amount.end and (until is None or amount.start <= until)
    ]
    told: dict[tuple[str, ...], int] = {}
    for amount, _, _ in rows:
        key = _same(amount)
        told[key] = told.get(key, 0) + 1
    recorded = [
        RecordedAmount(
            amount.id,
            start,
            end,
            amount.actor,
            amount.counterpart or amount.event,
            _flow(amount.measure),
            amount.measure,
            amount.value,
            amount.unit,
            amount.source,
            amount.verified,
            told[_same(amount)] > 1,
            amount.note,
        )
        for amount, start, end in rows
    ]
    order = list(FLOWS)
    return tuple(sorted(recorded, key=lambda entry: (order.index(entry.flow), entry.on, entry.actor, entry.id)))


def _flow(measure: str) -> str:
    return next((flow for flow, begins in FLOWS.items() if measure.startswith(begins)), "")


def _same(row: object) -> tuple[str, ...]:
    """Return what two rows about the same thing share: who, to whom, at which event, what, and from which day."""
    names = ("actor", "counterpart", "event", "measure", "start")
    return tuple(str(getattr(row, name)) for name in names)
