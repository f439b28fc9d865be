"""Scenarios that a dossier names: the same dossier with some inputs set otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.base.errors import FoedusError
from foedus.dossiers.changes import ASSUMPTIONS, FIELDS, Change, applied, bounds
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.settings import ScenarioSettings, Settings
from foedus.issues import Issue
from foedus.world import World


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
    named = {other.id: other for other in dossier.settings.scenarios}
    if scenario not in named:
        listed = ", ".join(named) or "none: add 'scenarios' to dossier.yaml"
        raise FoedusError(f"no scenario {scenario!r}; the dossier's are {listed}")
    return applied(dossier, changes_of(named[scenario]))


def changes_of(scenario: ScenarioSettings) -> list[Change]:
    """Return what a scenario sets, as changes that hold always."""
    changes = []
    for key, value in scenario.set.items():
        if key.startswith(f"{ASSUMPTIONS}."):
            changes.append(Change(ASSUMPTIONS, "", key.removeprefix(f"{ASSUMPTIONS}."), value))
        else:
            actor, issue, field = key.split(".", 2)  # the label of an option may hold dots
            changes.append(Change(actor, issue, field, value))
    return changes


def wrong_keys(scenario: ScenarioSettings, issues: dict[str, Issue], world: World) -> Iterator[tuple[str, str, str]]:
    """Yield each key that a scenario cannot set, its value in words, and what was expected."""
    for key, value in scenario.set.items():
        shown = f"{value.mode:g}"
        parts = key.split(".", 2)
        if key.startswith(f"{ASSUMPTIONS}."):
            continue
        if len(parts) == 3 and parts[1] not in issues:
            yield key, shown, f"the id of an issue: {', '.join(issues)}"
        elif len(parts) != 3 or parts[2] not in (fields := _fields(issues[parts[1]])):
            listed = FIELDS if len(parts) != 3 else fields
            yield key, shown, f"ACTOR.ISSUE.FIELD with a field of {', '.join(listed)}, or assumptions.NAME"
        elif parts[0] not in world.actors:
            yield key, shown, f"the id of an actor of the world{world.nearest_ids(parts[0])}"
        else:
            low, high = bounds(issues[parts[1]], parts[2])
            if not low <= value.low <= value.high <= high:
                yield key, f"{value.low:g} to {value.high:g}", f"numbers from {low:g} to {high:g}"


def _fields(issue: Issue) -> tuple[str, ...]:
    """Return what a scenario can set for an actor on an issue: approvals of options that have no order, by label."""
    if issue.ordered:
        return FIELDS
    return (*(option.label for option in issue.options if option.label != issue.status_quo), "salience", "capability")


def check_names(settings: Settings) -> Iterator[tuple[int, str]]:
    """Yield the place and id of each scenario whose id another one has."""
    seen: set[str] = set()
    for place, scenario in enumerate(settings.scenarios):
        if scenario.id in seen:
            yield place, scenario.id
        seen.add(scenario.id)
