"""Bodies as they are written in YAML: seats by reference, rules and weights by date."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base import cells
from foedus.base.days import Day, Interval
from foedus.base.errors import Problems
from foedus.base.tables import column, read_table
from foedus.base.yaml import Lines
from foedus.institutions.bodies import Body, DatedRule, DatedWeights, Seats
from foedus.institutions.rules import Chamber, NoVeto, Rule, every_part, read_rule, weights_of
from foedus.world.records import FROM, UNTIL, Sourced

_KEYS = {
    *("id", "name", "aliases", "former_names", "seats", "size"),
    *("rule", "procedures", "weights", "groups", "chambers", "notes"),
}
_RULE_FORM = "{from, value, reference} and perhaps until"
_SEATS_FORM = "{membership, status} and perhaps without: {membership, status}"
_WEIGHTS_FORM = "{table: FILE.csv}, or a list of {from, reference} with values or measure, and perhaps until"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteWeight(Sourced):
    """The votes of one member over a time: a row of a table of weights."""

    actor: str = column(cells.identifier(), "id in actors.csv")
    weight: int = column(cells.whole_number(), "its votes")
    start: Day = column(cells.day(), FROM, name="from")
    end: Day | None = column(cells.day(), UNTIL, name="until", blank=None)


def read_body(data: dict[str, Any], lines: Lines, problems: Problems, folder: Path, label: str) -> Body | None:
    """Return the body that a YAML file writes down, or None where anything is wrong.

    Parameters
    ----------
    data, lines
        What the file says, and where.
    problems
        Takes what is wrong.
    folder, label
        Where tables of weights lie beside the file, and how messages call the folder.
    """
    reader = _Reader(lines, problems, folder, label)
    for key in sorted(data.keys() - _KEYS):
        reader.say((key,), f"one of {', '.join(sorted(_KEYS))}", data[key])
    for key in ("id", "name"):
        if not isinstance(data.get(key), str) or not data[key]:
            reader.say((key,), "is missing; expected text")
    aliases = data.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        reader.say(("aliases",), "a list of names", aliases)
    seats = reader.seats(("seats",), data.get("seats"), "a mapping with membership and status")
    procedures = reader.procedures(data)
    weights = reader.mapping(("weights",), data.get("weights", {}), reader.weights)
    groups = reader.mapping(("groups",), data.get("groups", {}), reader.seats)
    chambers = reader.mapping(("chambers",), data.get("chambers", {}), reader.chamber)
    sizes = reader.sizes(("size",), data.get("size", []))
    names = reader.former_names(("former_names",), data.get("former_names", []))
    notes = reader.notes(("notes",), data.get("notes", []))
    if len(problems):
        return None
    known = (weights.keys(), groups.keys(), chambers.keys())
    reader.check_names(procedures, *(set(one) for one in known))
    if len(problems) or seats is None:
        return None
    return Body(
        data["id"], data["name"], tuple(aliases), seats, procedures, weights, groups, chambers, sizes, names, notes
    )


class _Reader:
    """The parts of a body's file; what is wrong is noted with its line."""

    def __init__(self, lines: Lines, problems: Problems, folder: Path, label: str) -> None:
        self._lines, self._problems, self._folder, self._label = lines, problems, folder, label

    def say(self, path: tuple[str | int, ...], expected: str, value: object = None) -> None:
        """Note that something else was expected."""
        field = str(next((step for step in reversed(path) if isinstance(step, str)), ""))
        written = None if value is None else str(value)
        self._problems.add(expected, where=self._lines.of(path), field=field, value=written)

    def mapping(self, path: tuple[str | int, ...], content: Any, read: Any) -> dict[str, Any]:
        """Return what each name of a mapping holds."""
        if not isinstance(content, dict):
            self.say(path, "a mapping of names", content)
            return {}
        found = {name: read((*path, name), value) for name, value in content.items()}
        return {name: value for name, value in found.items() if value is not None}

    def seats(self, path: tuple[str | int, ...], content: Any, form: str = _SEATS_FORM) -> Seats | None:
        """Return who sits somewhere."""
        if not isinstance(content, dict) or not {"membership", "status"} <= content.keys() <= {
            "membership",
            "status",
            "without",
        }:
            self.say(path, form, content)
            return None
        away = content.get("without")
        if away is not None and (not isinstance(away, dict) or away.keys() != {"membership", "status"}):
            self.say((*path, "without"), "{membership, status}", away)
            return None
        membership = content["membership"]
        memberships = membership if isinstance(membership, list) else [membership]
        if not memberships or not all(isinstance(one, str) for one in (*memberships, content["status"])):
            self.say(path, form, content)
            return None
        without = None
        if away is not None:
            standings = away["status"] if isinstance(away["status"], list) else [away["status"]]
            without = (str(away["membership"]), tuple(str(one) for one in standings))
        return Seats(tuple(memberships), content["status"], without)

    def chamber(self, path: tuple[str | int, ...], content: Any) -> Seats | tuple[str, ...] | None:
        """Return who sits in a chamber: by membership, or a list of ids."""
        if isinstance(content, list) and content and all(isinstance(one, str) for one in content):
            if len(set(content)) == len(content):
                return tuple(content)
            self.say(path, "each id once", content)
            return None
        return self.seats(path, content, f"a list of ids, or {_SEATS_FORM}")

    def sizes(self, path: tuple[str | int, ...], entries: Any) -> tuple[tuple[Interval, int], ...]:
        """Return how many seats there are by law, by date."""
        found = []
        for place, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            keys = entry.keys() - {"until"} if isinstance(entry, dict) else set()
            if keys != {"from", "value", "reference"} or type(entry["value"]) is not int or entry["value"] <= 0:
                self.say((*path, place), "{from, value, reference} and perhaps until; the value a whole number", entry)
                continue
            interval = self.interval((*path, place), entry)
            if interval is not None:
                found.append((interval, entry["value"]))
        return tuple(found)

    def former_names(self, path: tuple[str | int, ...], entries: Any) -> tuple[tuple[Interval, str], ...]:
        """Return how the body was called earlier, by date."""
        found = []
        for place, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            sound = isinstance(entry, dict) and entry.keys() == {"from", "until", "value", "reference"}
            if not sound or not isinstance(entry["value"], str):
                self.say((*path, place), "{from, until, value, reference}; the value a name", entry)
                continue
            interval = self.interval((*path, place), entry)
            if interval is not None:
                found.append((interval, entry["value"]))
        return tuple(found)

    def notes(self, path: tuple[str | int, ...], entries: Any) -> tuple[tuple[Interval, str], ...]:
        """Return what a reader must know beside the rule, by date, each with its reference."""
        found = []
        for place, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            keys = entry.keys() - {"until"} if isinstance(entry, dict) else set()
            if keys != {"from", "value", "reference"} or not isinstance(entry["value"], str):
                self.say((*path, place), "{from, value, reference} and perhaps until; the value a text", entry)
                continue
            interval = self.interval((*path, place), entry)
            reference = self.reference((*path, place), entry)
            if interval is not None:
                found.append((interval, f"{entry['value']} [{reference}]"))
        return tuple(found)

    def procedures(self, data: dict[str, Any]) -> dict[str, tuple[DatedRule, ...]]:
        """Return the rules by procedure: one list under ``rule``, or several under ``procedures``."""
        if ("rule" in data) == ("procedures" in data):
            self.say(
                ("rule",), "is missing; expected a list of {from, value, reference}, or procedures with such lists"
            )
            return {}
        if "rule" in data:
            return {"decision": self.rules(("rule",), data["rule"])}
        found = self.mapping(("procedures",), data["procedures"], self.rules)
        if not found:
            self.say(("procedures",), "at least one procedure")
        return found

    def rules(self, path: tuple[str | int, ...], entries: Any) -> tuple[DatedRule, ...]:
        """Return rules by date."""
        if not isinstance(entries, list) or not entries:
            self.say(path, "is missing; expected a list of {from, value, reference}")
            return ()
        found: list[DatedRule] = []
        for place, entry in enumerate(entries):
            here = (*path, place)
            dated = self.rule(here, entry)
            if dated is None:
                continue
            self.disjoint(here, entry, dated.interval, [other.interval for other in found])
            found.append(dated)
        return tuple(found)

    def rule(self, path: tuple[str | int, ...], entry: Any) -> DatedRule | None:
        """Return one rule with its days."""
        required = {"from", "value", "reference"}
        if not isinstance(entry, dict) or not required <= entry.keys() <= required | {"until"}:
            self.say(path, _RULE_FORM, entry)
            return None
        reference = self.reference(path, entry)
        rule: Rule | None = None
        try:
            rule = None if entry["value"] is None else read_rule(entry["value"], reference)
        except ValueError as error:
            self._problems.add(str(error), where=self._lines.of(path), field="value", value=str(entry["value"]))
            return None
        interval = self.interval(path, entry)
        return None if interval is None else DatedRule(interval, rule)

    def reference(self, path: tuple[str | int, ...], entry: dict[str, Any]) -> str:
        """Return what lays an entry down."""
        reference = entry["reference"]
        if not isinstance(reference, str) or not reference.strip():
            self._problems.add(
                "what lays it down", where=self._lines.of(path), field="reference", value=str(reference or "")
            )
            return ""
        return reference

    def disjoint(
        self, path: tuple[str | int, ...], entry: dict[str, Any], interval: Interval, others: list[Interval]
    ) -> None:
        """Note days that an earlier entry covers."""
        if any(interval.overlaps(other) for other in others):
            self._problems.add(
                "days that no other entry covers", where=self._lines.of(path), field="from", value=str(entry["from"])
            )

    def interval(self, path: tuple[str | int, ...], entry: dict[str, Any]) -> Interval | None:
        """Return the days of an entry."""
        start, end = entry["from"], entry.get("until")
        if type(start) is not Day or type(end) not in {Day, type(None)}:
            self._problems.add(
                "days such as 1949-09-17", where=self._lines.of(path), field="from", value=f"{start}, {end}"
            )
            return None
        try:
            return Interval(start, end)
        except ValueError as error:
            self._problems.add(str(error), where=self._lines.of(path), field="until", value=str(end))
            return None

    def weights(self, path: tuple[str | int, ...], content: Any) -> tuple[DatedWeights, ...] | None:
        """Return dated weights: from a table beside the file, written out, or by a measure of the world."""
        if isinstance(content, dict) and content.keys() == {"table"} and isinstance(content["table"], str):
            return self._weights_table(path, content["table"])
        if not isinstance(content, list) or not content:
            self.say(path, _WEIGHTS_FORM, content)
            return None
        found: list[DatedWeights] = []
        for place, entry in enumerate(content):
            here = (*path, place)
            dated = self._dated_weights(here, entry)
            if dated is not None:
                self.disjoint(here, entry, dated.interval, [other.interval for other in found])
                found.append(dated)
        return tuple(found)

    def _dated_weights(self, path: tuple[str | int, ...], entry: Any) -> DatedWeights | None:
        keys = entry.keys() - {"until"} if isinstance(entry, dict) else set()
        if keys not in ({"from", "reference", "values"}, {"from", "reference", "measure"}):
            self.say(path, _WEIGHTS_FORM, entry)
            return None
        values, measure = entry.get("values"), entry.get("measure")
        if "values" in entry and (
            not isinstance(values, dict)
            or not values
            or not all(isinstance(v, int) and not isinstance(v, bool) and v >= 0 for v in values.values())
        ):
            self.say((*path, "values"), "a whole number of at least 0 for each member", values)
            return None
        measures = measure if isinstance(measure, list) else [measure]
        if "measure" in entry and not (measures and all(isinstance(one, str) and one for one in measures)):
            self.say((*path, "measure"), "a measure of quantities.csv, or a list of such in order", measure)
            return None
        reference, interval = self.reference(path, entry), self.interval(path, entry)
        return (
            None
            if interval is None
            else DatedWeights(interval, reference, values, tuple(measures) if "measure" in entry else ())
        )

    def _weights_table(self, path: tuple[str | int, ...], file: str) -> tuple[DatedWeights, ...] | None:
        target = self._folder / file
        if target.parent.resolve() != self._folder.resolve() or not target.is_file():
            self.say((*path, "table"), "the name of a table beside this file", file)
            return None
        rows = [row.record for row in read_table(target, VoteWeight, name=f"{self._label}{file}")]
        days = sorted({row.start for row in rows} | {row.end for row in rows if row.end is not None})
        found = []
        for start, end in zip(days, [*days[1:], None], strict=True):
            holding = [row for row in rows if row.start <= start and (row.end is None or start < row.end)]
            if holding:
                reference = "; ".join(dict.fromkeys(row.locator for row in holding))
                values = {row.actor: row.weight for row in holding}
                if len(values) < len(holding):
                    self.say((*path, "table"), f"one weight for each member on {start}", file)
                found.append(DatedWeights(Interval(start, end), reference, values))
        return tuple(found)

    def check_names(
        self, procedures: dict[str, tuple[DatedRule, ...]], weights: set[str], groups: set[str], chambers: set[str]
    ) -> None:
        """Note rules that name weights, groups or chambers that the file does not have."""
        for name, rules in procedures.items():
            for dated in rules:
                if dated.rule is None:
                    continue
                parts = every_part(dated.rule)
                asked = {
                    "weights": set(weights_of(dated.rule)) - weights,
                    "groups": {part.group for part in parts if isinstance(part, NoVeto)} - groups,
                    "chambers": {part.name for part in parts if isinstance(part, Chamber)} - chambers,
                }
                for kind, missing in asked.items():
                    if missing:
                        self.say((kind,), f"{', '.join(sorted(missing))}, which the rule for {name} names")
