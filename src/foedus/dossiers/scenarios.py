"""Scenarios that a dossier names: the same dossier with some inputs set otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from foedus.base.errors import FoedusError
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.records import Stakeholder
from foedus.dossiers.settings import Range, ScenarioSettings, Settings
from foedus.issues import Issue
from foedus.world import World

FIELDS = ("position", "public_position", "salience", "capability", "red_line")
"""What can be set for an actor on an issue, beside the assumptions."""

ASSUMPTIONS = "assumptions"


def apply_scenario(dossier: Dossier, scenario: str) -> Dossier:
    """Return a dossier with what one of its scenarios sets; rows set by hand win over statements, as in the tables.

    Parameters
    ----------
    dossier
        It names the scenario.
    scenario
        Its id.

    Raises
    ------
    FoedusError
        When the dossier has no such scenario.
    """
    named = {one.id: one for one in dossier.settings.scenarios}
    if scenario not in named:
        listed = ", ".join(named) or "none: add 'scenarios' to dossier.yaml"
        raise FoedusError(f"no scenario {scenario!r}; the dossier's are {listed}")
    rows = {(row.actor, row.issue, row.venue): row for row in dossier.stakeholders}
    assumptions = dict(dossier.settings.assumptions)
    for key, value in named[scenario].set.items():
        first, *rest = key.split(".")
        if first == ASSUMPTIONS:
            assumptions[".".join(rest)] = value
            continue
        actor, issue, name = key.rsplit(".", 2)
        venue = "public" if name == "public_position" else "private"
        row = rows.get((actor, issue, venue)) or Stakeholder(actor=actor, issue=issue, venue=venue)
        rows[actor, issue, venue] = replace(row, known_on=None, **_cells(name.removeprefix("public_"), value))
    settings = dossier.settings.model_copy(update={"assumptions": assumptions})
    return replace(dossier, settings=settings, stakeholders=tuple(rows.values()))


def _cells(name: str, value: Range) -> dict[str, Any]:
    if name == "red_line":
        return {"red_line": value.mode}
    cells: dict[str, Any] = {f"{name}_{part}": getattr(value, part) for part in ("low", "mode", "high")}
    return cells | ({"words": ""} if name == "position" else {})


def wrong_keys(scenario: ScenarioSettings, issues: dict[str, Issue], world: World) -> Iterator[tuple[str, str, str]]:
    """Yield each key that a scenario cannot set, its value in words, and what was expected."""
    for key, value in scenario.set.items():
        shown = f"{value.mode:g}"
        parts = key.rsplit(".", 2)
        if key.startswith(f"{ASSUMPTIONS}."):
            continue
        if len(parts) != 3 or parts[2] not in FIELDS:
            yield key, shown, f"ACTOR.ISSUE.FIELD with a field of {', '.join(FIELDS)}, or assumptions.NAME"
        elif parts[1] not in issues:
            yield key, shown, f"the id of an issue: {', '.join(issues)}"
        elif parts[0] not in world.actors:
            yield key, shown, f"the id of an actor of the world{world.nearest_ids(parts[0])}"
        else:
            scale = issues[parts[1]].scale
            if parts[2] == "salience":
                low, high = 0.0, 1.0
            elif parts[2] == "capability":
                low, high = 0.0, float("inf")
            else:
                low, high = scale.low, scale.high
            if not low <= value.low <= value.high <= high:
                yield key, f"{value.low:g} to {value.high:g}", f"numbers from {low:g} to {high:g}"


def check_names(settings: Settings) -> Iterator[tuple[int, str]]:
    """Yield the place and id of each scenario whose id another one has."""
    seen: set[str] = set()
    for place, one in enumerate(settings.scenarios):
        if one.id in seen:
            yield place, one.id
        seen.add(one.id)
