"""The stops of the tour: what the articles assert, and the command that answers each."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import shlex
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus.base.answers import Recorded
from foedus.base.at_hand import keeping
from foedus.base.errors import FoedusError
from foedus.base.yaml import read_yaml
from foedus.cli.tour.paths import value_at
from foedus.reports.numbers import UNITS, Number

STOPS = Path(__file__).with_name("system.yaml")


@dataclass(frozen=True, slots=True)
class Stop:
    """One assertion of the articles and what of the system it describes.

    Attributes
    ----------
    id
        The number of the fact, or F and a number for a trap, or G and a number for how others answer.
    group
        The letter of its group.
    says
        What is asserted, in our own words.
    source
        Article and paragraph.
    part
        The part of the system.
    command
        The command that answers, blank where there is none yet.
    values
        Paths into the command's JSON, by name.
    beside
        A second command, where one does not answer the whole.
    beside_values
        Paths into the second command's JSON, by name.
    answer
        How the values make a sentence: ``{name}``, or ``{name:unit}`` for a number, by the units of
        `foedus.reports.numbers.Number`.
    expect
        What the tests hold the values to.
    gap
        What cannot be answered, and why.
    """

    id: str
    group: str
    says: str
    source: str
    part: str
    command: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    beside: str = ""
    beside_values: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    expect: Mapping[str, Any] = field(default_factory=dict)
    gap: str = ""


@dataclass(frozen=True, slots=True)
class StopAnswer:
    """What a stop's command answered.

    Attributes
    ----------
    values
        The values at the stop's paths.
    text
        The sentence made of them, or the gap.
    """

    values: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Walked(Recorded):
    """A stop with what its command answered.

    Attributes
    ----------
    stop
        The stop.
    told
        The sentence made of the values, or the gap.
    """

    KEYS = (
        "id=stop.id group=stop.group says=stop.says source=stop.source part=stop.part command=stop.command? "
        "beside=stop.beside? answer? gap=stop.gap?"
    )

    stop: Stop
    told: str

    @property
    def answer(self) -> str:
        """The sentence; blank where there is a gap."""
        return "" if self.stop.gap else self.told


@functools.cache
def groups() -> dict[str, str]:
    """Return the titles of the groups by their letter."""
    return {group["id"]: group["title"] for group in _file()["groups"]}


@functools.cache
def stops() -> tuple[Stop, ...]:
    """Return every stop, in the order of the facts.

    Examples
    --------
    >>> len(stops()), stops()[0].part
    (75, 'institutions, the rule of the Council on that day')
    """
    return tuple(
        Stop(**{"source" if key == "from" else key: value for key, value in row.items()}) for row in _file()["stops"]
    )


def walked(chosen: Iterable[Stop]) -> Iterator[Walked]:
    """Yield each stop with what its command answers, in this process; what several ask for is computed once."""
    with keeping():
        for stop in chosen:
            yield Walked(stop, answered(stop, printed).text)


def answered(stop: Stop, run: Callable[[str], Any]) -> StopAnswer:
    """Run a stop's command and make its sentence.

    Parameters
    ----------
    stop
        The stop.
    run
        What runs a command line and returns its JSON; :func:`printed` does.

    Raises
    ------
    FoedusError
        Where the command does not answer at one of the stop's paths.
    """
    if stop.gap:
        return StopAnswer({}, stop.gap)
    values: dict[str, Any] = {}
    for command, paths in ((stop.command, stop.values), (stop.beside, stop.beside_values)):
        document = run(command) if command else {}
        try:
            values |= {name: value_at(document, path) for name, path in paths.items()}
        except LookupError as error:
            raise FoedusError(f"stop {stop.id} of the tour: {command}: {error}") from None
    shown = {name: _shown(value) for name, value in values.items()}
    return StopAnswer(values, _Sentence().format(stop.answer, **shown))


class _Sentence(string.Formatter):
    """Rounds ``{share:tenth}`` as every number of that unit is rounded."""

    def format_field(self, value: Any, format_spec: str) -> str:
        return str(Number(value, format_spec)) if format_spec in UNITS else format(value, format_spec)


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _listed(value) if isinstance(value, list) else value


def _listed(entries: list[Any]) -> str:
    words = [_listed(entry) if isinstance(entry, list) else str(entry) for entry in entries]
    return ("; " if any("," in word for word in words) else ", ").join(words)


@functools.cache
def printed(line: str) -> Any:
    """Run one ``foedus`` line in this process and return the JSON that it prints."""
    from foedus.cli.app import command

    out, aside = io.StringIO(), io.StringIO()  # what a command leaves unread of a case is not about the assertion
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(aside):
        command()(args=[*shlex.split(line)[1:], "--json"], prog_name="foedus", standalone_mode=False)
    return json.loads(out.getvalue())


@functools.cache
def _file() -> dict[str, Any]:
    return read_yaml(STOPS, name=STOPS.name)[0]
