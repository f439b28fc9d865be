"""Models that other installed packages bring, by the entry points `foedus.models`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foedus.base.errors import FoedusError
from foedus.base.plugins import found
from foedus.issues.models import ModelCard

GROUP = "foedus.models"
"""Entry points by which an installed package brings a model, each named as on its card."""

_METHODS = {"settlement": ("settle", "choose"), "influence": ("move",)}


def brought_model(name: str, stage: str) -> Any:
    """Return the model of a stage that an installed package brings under a name, or ``None``.

    Parameters
    ----------
    name
        As on its card.
    stage
        ``settlement`` or ``influence``.

    Raises
    ------
    FoedusError
        When the package cannot be loaded, or what it brings is no model; the message names it.
    """
    plugin = found(GROUP).get(name)
    if plugin is None:
        return None
    model = plugin.load()
    card = getattr(model, "card", None)
    if not isinstance(card, ModelCard) or card.name != name:
        raise FoedusError(f"{plugin.package}: its model {name!r} has no card of that name; expected a ModelCard")
    lacking = [method for method in _METHODS[card.stage] if not hasattr(model, method)]
    if lacking:
        raise FoedusError(f"{plugin.package}: its model {name!r} has no {' and no '.join(lacking)}")
    return model if card.stage == stage else None


def brought_cards() -> Iterator[ModelCard]:
    """Yield the cards of all models that installed packages bring.

    Raises
    ------
    FoedusError
        As `brought_model`.
    """
    for name in found(GROUP):
        for stage in _METHODS:
            model = brought_model(name, stage)
            if model is not None:
                yield model.card
