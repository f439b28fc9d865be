"""Bodies as they are written in YAML: seats by reference, rules and weights by date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, WithJsonSchema, field_validator, model_validator

from foedus.base import cells
from foedus.base.days import Day, Interval
from foedus.base.errors import Problems
from foedus.base.strict import OneOrMore, PlainDay, Strict, fitted
from foedus.base.tables import column, read_table
from foedus.base.yaml import Lines, read_yaml
from foedus.institutions.bodies import Body, DatedActors, DatedRule, DatedWeights, Seats
from foedus.institutions.rules import names_in, read_rule
from foedus.world.records import FROM, UNTIL, Sourced

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Whole = Annotated[int, Field(strict=True, ge=1)]
Weight = Annotated[int, Field(strict=True, ge=0)]

RULE = {"title": "Rule"}
"""Stands in the schema for a rule, whose forms `foedus.institutions.body_schema` writes out."""


class Dated(Strict):
    """An entry that holds over some days and says what lays it down."""

    start: Annotated[PlainDay, Field(alias="from")]
    until: Annotated[PlainDay | None, Field(description="The first day on which it does not hold.")] = None
    reference: Text

    @model_validator(mode="after")
    def _ordered(self) -> Dated:
        Interval(self.start, self.until)
        return self

    @property
    def interval(self) -> Interval:
        """The days on which it holds."""
        return Interval(self.start, self.until)


class RuleEntry(Dated):
    """A rule over some days; ``value: null`` says that it was abolished."""

    value: Annotated[Any, WithJsonSchema({"anyOf": [RULE, {"type": "null", "description": "abolished"}]})]

    @field_validator("value")
    @classmethod
    def _rule(cls, value: Any, info: ValidationInfo) -> Any:
        return None if value is None else read_rule(value, info.data.get("reference", ""))


class TextEntry(Dated):
    """A name or a note over some days."""

    value: Text


class SizeEntry(Dated):
    """How many seats there are by law over some days."""

    value: Whole


class WeightsEntry(Dated):
    """Weights over some days: written out, or by a measure of ``quantities.csv``, or a list of such in order."""

    values: Annotated[dict[str, Weight], Field(min_length=1)] | None = None
    measure: Annotated[tuple[Text, ...], OneOrMore(), Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> WeightsEntry:
        if (self.values is None) == (self.measure is None):
            raise ValueError("values, or a measure of quantities.csv: one of the two")
        return self


class WeightsTable(Strict):
    """Weights in a table beside the file."""

    table: Text


class Standing(Strict):
    """One or more standings in an organisation."""

    membership: Text
    status: Annotated[tuple[Text, ...], OneOrMore(), Field(min_length=1)]


class ActorsEntry(Dated):
    """Actors by their ids over some days."""

    value: Annotated[tuple[Text, ...], OneOrMore(), Field(min_length=1)]

    @property
    def dated(self) -> DatedActors:
        """As the body keeps them."""
        return DatedActors(self.interval, self.value, self.reference)


class SeatsEntry(Strict):
    """Who sits somewhere, by memberships of the world, without those that have another standing."""

    membership: Annotated[tuple[Text, ...], OneOrMore(), Field(min_length=1)]
    status: Text
    without: Standing | None = None
    apart: Annotated[
        tuple[ActorsEntry, ...], OneOrMore(), Field(alias="except", description="Members that have no seat here.")
    ] = ()
    also: Annotated[
        tuple[ActorsEntry, ...], OneOrMore(), Field(description="Who has a seat here and is no member.")
    ] = ()

    @property
    def seats(self) -> Seats:
        """As the body keeps it."""
        away = self.without
        return Seats(
            self.membership,
            self.status,
            None if away is None else (away.membership, away.status),
            tuple(entry.dated for entry in self.apart),
            tuple(entry.dated for entry in self.also),
        )


Rules = Annotated[tuple[RuleEntry, ...], Field(min_length=1)]
Persons = Annotated[tuple[Text, ...], Field(min_length=1, json_schema_extra={"uniqueItems": True})]


class BodyFile(Strict):
    """A body: who sits in it, and by what rule it decides."""

    id: Text
    name: Text
    aliases: tuple[Text, ...] = ()
    former_names: Annotated[tuple[TextEntry, ...], OneOrMore()] = ()
    organisation: Annotated[Text | None, Field(description="Whose body it is, where others' members seat it.")] = None
    seats: SeatsEntry
    size: Annotated[tuple[SizeEntry, ...], OneOrMore()] = ()
    procedures: Annotated[dict[str, Rules], Field(min_length=1)] | None = None
    rule: Annotated[Rules | None, Field(validate_default=True)] = None
    weights: dict[str, WeightsTable | Annotated[tuple[WeightsEntry, ...], Field(min_length=1)]] = {}
    groups: dict[str, SeatsEntry] = {}
    chambers: dict[str, SeatsEntry | Persons] = {}
    notes: Annotated[tuple[TextEntry, ...], OneOrMore()] = ()

    @field_validator("rule")
    @classmethod
    def _one_of_two(cls, rule: Any, info: ValidationInfo) -> Any:
        if "procedures" in info.data and (rule is None) == (info.data["procedures"] is None):
            raise ValueError("a list of {from, value, reference}, or procedures with such lists: one of the two")
        return rule

    @field_validator("former_names")
    @classmethod
    def _ended(cls, names: tuple[TextEntry, ...]) -> tuple[TextEntry, ...]:
        if any(name.until is None for name in names):
            raise ValueError("until, for each former name: the first day of the next")
        return names

    @field_validator("chambers")
    @classmethod
    def _each_once(cls, chambers: dict[str, Any]) -> dict[str, Any]:
        for chamber in chambers.values():
            if isinstance(chamber, tuple) and len(set(chamber)) < len(chamber):
                raise ValueError("each id of a chamber once")
        return chambers


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteWeight(Sourced):
    """The votes of one member over a time: a row of a table of weights."""

    actor: str = column(cells.identifier(), "id in actors.csv")
    weight: int = column(cells.whole_number(), "its votes")
    start: Day = column(cells.day(), FROM, name="from")
    end: Day | None = column(cells.day(), UNTIL, name="until", blank=None)


def read_body(path: Path, file: str) -> Body:
    """Return the body that a YAML file writes down; tables of weights lie beside it.

    Parameters
    ----------
    path
        The file.
    file
        How messages call it.

    Raises
    ------
    InputError
        With all that is wrong in the file.
    """
    data, lines = read_yaml(path, name=file)
    written = fitted(BodyFile, data, lines, file)
    say = _Sayer(Problems(file), lines)
    by_name = {"decision": written.rule} if written.rule is not None else dict(written.procedures or {})
    at = {name: ("rule",) if written.rule is not None else ("procedures", name) for name in by_name}
    procedures = {}
    for name, rules in by_name.items():
        say.overlaps(at[name], rules)
        procedures[name] = tuple(DatedRule(rule.interval, rule.value) for rule in rules)
    weights = {name: _weights(weight, ("weights", name), path, file, say) for name, weight in written.weights.items()}
    chambers = {
        name: chamber if isinstance(chamber, tuple) else chamber.seats for name, chamber in written.chambers.items()
    }
    _check_names(procedures, set(weights), set(written.groups), set(chambers), say)
    say.problems.raise_if_any()
    return Body(
        id=written.id,
        name=written.name,
        aliases=written.aliases,
        seated_by=written.seats.seats,
        procedures=procedures,
        weights=weights,
        groups={name: group.seats for name, group in written.groups.items()},
        chambers=chambers,
        sizes=tuple((entry.interval, entry.value) for entry in written.size),
        former_names=tuple((name.interval, name.value) for name in written.former_names),
        notes=tuple((note.interval, f"{note.value} [{note.reference}]") for note in written.notes),
        of=written.organisation,
    )


@dataclass(frozen=True, slots=True)
class _Sayer:
    """Notes problems with their lines."""

    problems: Problems
    lines: Lines

    def __call__(self, path: tuple[str | int, ...], expected: str, value: object = None) -> None:
        field = str(next((step for step in reversed(path) if isinstance(step, str)), ""))
        self.problems.add(expected, where=self.lines.of(path), field=field, value=None if value is None else str(value))

    def overlaps(self, path: tuple[str | int, ...], entries: Sequence[Dated]) -> None:
        """Note entries on whose days an earlier one holds."""
        for place, entry in enumerate(entries):
            if any(entry.interval.overlaps(other.interval) for other in entries[:place]):
                self((*path, place, "from"), "days that no other entry covers", entry.start)


def _weights(
    entries: WeightsTable | tuple[WeightsEntry, ...], path: tuple[str | int, ...], body: Path, file: str, say: _Sayer
) -> tuple[DatedWeights, ...]:
    """Return dated weights: from a table beside the file, written out, or by a measure of the world."""
    if isinstance(entries, WeightsTable):
        return _weights_table(entries.table, (*path, "table"), body, file, say)
    say.overlaps(path, entries)
    return tuple(DatedWeights(entry.interval, entry.reference, entry.values, entry.measure or ()) for entry in entries)


def _weights_table(
    table: str, path: tuple[str | int, ...], body: Path, file: str, say: _Sayer
) -> tuple[DatedWeights, ...]:
    target = body.parent / table
    if target.parent.resolve() != body.parent.resolve() or not target.is_file():
        say(path, "the name of a table beside this file", table)
        return ()
    rows = [row.record for row in read_table(target, VoteWeight, name=f"{file.removesuffix(body.name)}{table}")]
    days = sorted({row.start for row in rows} | {row.end for row in rows if row.end is not None})
    dated = []
    for start, end in zip(days, [*days[1:], None], strict=True):
        holding = [row for row in rows if row.start <= start and (row.end is None or start < row.end)]
        if holding:
            values = {row.actor: row.weight for row in holding}
            if len(values) < len(holding):
                say(path, f"one weight for each member on {start}", table)
            reference = "; ".join(dict.fromkeys(row.locator for row in holding))
            dated.append(DatedWeights(Interval(start, end), reference, values))
    return tuple(dated)


def _check_names(
    procedures: Mapping[str, tuple[DatedRule, ...]],
    weights: set[str],
    groups: set[str],
    chambers: set[str],
    say: _Sayer,
) -> None:
    """Note rules that name weights, groups or chambers that the file does not have."""
    for name, rules in procedures.items():
        for rule in (dated.rule for dated in rules if dated.rule is not None):
            for kind, known in (("weights", weights), ("groups", groups), ("chambers", chambers)):
                if missing := set(names_in(rule, kind)) - known:
                    say((kind,), f"{', '.join(sorted(missing))}, which the rule for {name} names")
