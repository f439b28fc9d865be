"""Foedus: how alliances decide, made executable.

>>> import foedus
>>> from foedus.dossiers import packaged_dossiers
>>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
>>> answer = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=1_000)
>>> answer.case.rule.words()
'consensus and consent of JPN'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from foedus._version import __version__

if TYPE_CHECKING:
    from foedus.base.errors import FoedusError, InputError
    from foedus.dossiers import Dossier, new_dossier, read_dossier, write_dossier
    from foedus.explain import compare, influence_of_evidence, levers, scenarios, sensitivity, timeline
    from foedus.forecasts import Forecast, forecast
    from foedus.institutions.body_power import power
    from foedus.institutions.obligations import Attack, obligations
    from foedus.institutions.power_answer import BodyPower
    from foedus.partnership import allocate, forum, tailor
    from foedus.procedures import replay
    from foedus.reports import save_report
    from foedus.strategy import respond
    from foedus.world import World, read_world
    from foedus.world.resolving import resolve

_HOME = {
    "allocate": "foedus.partnership",
    "compare": "foedus.explain",
    "influence_of_evidence": "foedus.explain",
    "levers": "foedus.explain",
    "scenarios": "foedus.explain",
    "sensitivity": "foedus.explain",
    "tailor": "foedus.partnership",
    "timeline": "foedus.explain",
    "Attack": "foedus.institutions.obligations",
    "BodyPower": "foedus.institutions.power_answer",
    "Dossier": "foedus.dossiers",
    "FoedusError": "foedus.base.errors",
    "Forecast": "foedus.forecasts",
    "InputError": "foedus.base.errors",
    "World": "foedus.world",
    "forecast": "foedus.forecasts",
    "forum": "foedus.partnership",
    "new_dossier": "foedus.dossiers",
    "obligations": "foedus.institutions.obligations",
    "power": "foedus.institutions.body_power",
    "read_dossier": "foedus.dossiers",
    "read_world": "foedus.world",
    "replay": "foedus.procedures",
    "respond": "foedus.strategy",
    "resolve": "foedus.world.resolving",
    "save_report": "foedus.reports",
    "write_dossier": "foedus.dossiers",
}

__all__ = [
    "Attack",
    "BodyPower",
    "Dossier",
    "FoedusError",
    "Forecast",
    "InputError",
    "World",
    "__version__",
    "allocate",
    "compare",
    "forecast",
    "forum",
    "influence_of_evidence",
    "levers",
    "new_dossier",
    "obligations",
    "power",
    "read_dossier",
    "read_world",
    "replay",
    "resolve",
    "respond",
    "save_report",
    "scenarios",
    "sensitivity",
    "tailor",
    "timeline",
    "write_dossier",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import foedus`` costs nothing."""
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'foedus' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
