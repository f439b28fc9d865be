"""Bodies: who sits in them and by what rule they decide, by date."""

from __future__ import annotations

import difflib
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.days import Day, Interval
from foedus.base.errors import FoedusError, Problems
from foedus.base.hashes import folder_contents
from foedus.base.yaml import Lines, read_yaml
from foedus.institutions.rules import Rule, read_rule
from foedus.world import Membership, World

_ORGANISATIONS = Path(__file__).parent / "organisations"


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A rule and the days on which it is in force; ``rule`` is None where it was abolished."""

    interval: Interval
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Body:
    """A body that decides.

    Parameters
    ----------
    id, name, aliases
        How it is called.
    organisation, status
        The membership that seats it, by reference to the world's tables.
    rules
        Its rule by date.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    organisation: str
    status: str
    rules: tuple[DatedRule, ...]

    def rule(self, on: Day) -> Rule:
        """Return the rule of a day.

        Raises
        ------
        FoedusError
            When the body did not exist, or had no rule, on the day.
        """
        for dated in self.rules:
            if on in dated.interval and dated.rule is not None:
                return dated.rule
        first = min(dated.interval.start for dated in self.rules if dated.interval.start is not None)
        if on < first:
            raise FoedusError(f"the {self.name} did not exist on {on}: it first met on {first}")
        raise FoedusError(f"no rule of the {self.name} is in force on {on}")

    def seats(self, world: World, on: Day) -> tuple[Membership, ...]:
        """Return the memberships that seat the body on a day, by actor id.

        Raises
        ------
        FoedusError
            When the body did not exist on the day.
        """
        self.rule(on)
        return world.members(self.organisation, on, self.status)


@dataclass(frozen=True, slots=True)
class Institutions:
    """All bodies, by id."""

    bodies: dict[str, Body]

    def body(self, name: str) -> Body:
        """Return a body by id or alias.

        Raises
        ------
        FoedusError
            When there is none; the message names those that exist.

        Examples
        --------
        >>> packaged_institutions().body("North Atlantic Council").id
        'nac'
        """
        wanted = name.strip().casefold()
        for body in self.bodies.values():
            if wanted in {
                body.id.casefold(),
                body.name.casefold(),
                *(alias.casefold() for alias in body.aliases),
            }:
                return body
        near = difflib.get_close_matches(wanted, self.bodies, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known bodies: {', '.join(sorted(self.bodies))}"
        raise FoedusError(f"no body {name!r}{hint}")


@functools.cache
def packaged_institutions() -> Institutions:
    """Return the bodies that come with Foedus, read once."""
    return _assemble([(_ORGANISATIONS, "institutions/")])


def read_institutions(overlay: Path | None) -> Institutions:
    """Return the packaged bodies with those of a folder added.

    Raises
    ------
    InputError
        When a file is malformed or repeats a body that exists.
    """
    if overlay is None or not overlay.is_dir():
        return packaged_institutions()
    return _assemble([(_ORGANISATIONS, "institutions/"), (overlay, "institutions/")])


def institutions_contents() -> list[tuple[str, bytes]]:
    """Return the packaged rules as named bytes, for a fingerprint."""
    return [(f"institutions/{name}", data) for name, data in folder_contents(_ORGANISATIONS, (".yaml",))]


def _assemble(folders: list[tuple[Path, str]]) -> Institutions:
    bodies: dict[str, Body] = {}
    for folder, label in folders:
        for path in sorted(folder.rglob("*.yaml")):
            file = f"{label}{path.relative_to(folder).as_posix()}"
            data, lines = read_yaml(path, name=file)
            problems = Problems(file)
            body = _read_body(data, lines, problems)
            if body is not None and body.id in bodies:
                problems.add("an id that no other body has", where=lines.of(("id",)), field="id", value=body.id)
            problems.raise_if_any()
            if body is not None:
                bodies[body.id] = body
    return Institutions(bodies)


_KEYS = {"id", "name", "aliases", "seats", "rule"}


def _read_body(data: dict[str, Any], lines: Lines, problems: Problems) -> Body | None:
    for key in sorted(data.keys() - _KEYS):
        problems.add(f"one of {', '.join(sorted(_KEYS))}", where=lines.of((key,)), field=key, value=str(data[key]))
    for key in ("id", "name"):
        if not isinstance(data.get(key), str) or not data[key]:
            problems.add("is missing; expected text", where=lines.of((key,)), field=key)
    aliases = data.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        problems.add("a list of names", where=lines.of(("aliases",)), field="aliases", value=str(aliases))
    seats: Any = data.get("seats")
    if (
        not isinstance(seats, dict)
        or seats.keys() != {"membership", "status"}
        or not all(isinstance(v, str) for v in seats.values())
    ):
        problems.add(
            "a mapping with membership and status",
            where=lines.of(("seats",)),
            field="seats",
            value=str(seats),
        )
    rules = _read_rules(data.get("rule"), lines, problems)
    if len(problems):
        return None
    return Body(data["id"], data["name"], tuple(aliases), seats["membership"], seats["status"], rules)


def _read_rules(entries: object, lines: Lines, problems: Problems) -> tuple[DatedRule, ...]:
    if not isinstance(entries, list) or not entries:
        problems.add("is missing; expected a list of {from, value, reference}", field="rule")
        return ()
    found: list[DatedRule] = []
    for place, entry in enumerate(entries):
        where = lines.of(("rule", place))
        if not isinstance(entry, dict) or not {"from", "value", "reference"} <= entry.keys() <= {
            "from",
            "until",
            "value",
            "reference",
        }:
            problems.add("{from, value, reference} and perhaps until", where=where, field="rule", value=str(entry))
            continue
        if type(entry["from"]) is not Day or type(entry.get("until")) not in {Day, type(None)}:
            problems.add(
                "days such as 1949-09-17",
                where=where,
                field="from",
                value=f"{entry['from']}, {entry.get('until')}",
            )
            continue
        try:
            rule = None if entry["value"] is None else read_rule(entry["value"], str(entry["reference"]))
            interval = Interval(entry["from"], entry.get("until"))
        except ValueError as error:
            problems.add(str(error), where=where, field="value", value=str(entry["value"]))
            continue
        if any(interval.overlaps(other.interval) for other in found):
            problems.add("days that no other rule covers", where=where, field="from", value=str(entry["from"]))
        found.append(DatedRule(interval, rule))
    return tuple(found)
