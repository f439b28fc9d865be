"""Procedures as state machines: which steps lead from which state to which, who takes them, how they are decided."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from foedus.base.errors import FoedusError, refuse
from foedus.base.hashes import folder_contents
from foedus.base.strict import Strict, read_model

KINDS = Path(__file__).parent / "kinds"
"""The procedures that come with Foedus."""

Decided = Literal[
    "given", "body", "silence", "agenda", "consent", "each", "due", "covers", "consults", "may-accede", "record"
]
"""How a step is decided."""

ANSWERS: dict[str, tuple[str, ...]] = {
    "given": ("done",),
    "body": ("as-proposed", "something-less", "something-else", "nothing"),
    "silence": ("kept", "broken"),
    "agenda": ("on", "off"),
    "consent": ("consents", "refuses"),
    "each": ("all", "not-all"),
    "due": ("due", "not-due"),
    "covers": ("yes", "contested", "no"),
    "consults": ("yes", "contested", "no"),
    "may-accede": ("yes", "contested", "no"),
    "record": ("none", "diplomatic", "economic", "military", "force", "left-open"),
}
"""What can come of a step, by how it is decided."""

HOW: dict[str, str] = {
    "given": "history gives it: somebody acts, and nobody else is asked",
    "body": "the body decides by its rule of the day, as forecast from what was known on the eve",
    "silence": "it stands unless a member objects to exactly what was proposed",
    "agenda": "it comes on the agenda where the body would agree on anything but the status quo",
    "consent": "whoever is named consents or refuses",
    "each": "every member of the day is asked by itself, and who has agreed stays agreed",
    "due": "the period of the instrument in force has run out by the day",
    "covers": "whether the treaty's clause on defence covers an attack on the place",
    "consults": "whether whoever asks can have the parties of the treaty consult",
    "may-accede": "whether the parties of the treaty may invite the state",
    "record": "drawn from what a rival did after comparable acts, with --answers alone",
}
"""How each kind of step is decided, in words."""

FORECAST = ("body", "silence", "agenda", "consent", "each")
"""Kinds of step that need an issue."""

LAW = ("covers", "consults", "may-accede")
"""Kinds of step that need a treaty."""

ADOPTED = "adopted"
"""Stands for the three answers of a body that are not ``nothing``."""

RECORD = "record"
"""The kind of step that is drawn from a rival's record, and left out unless asked for."""

ANSWER = "answer"
"""The procedure whose one step is so decided, and the name of that step."""

TakenBy = Literal["anyone", "organisation", "member", "outsider", "party", "partner"]
"""Who may take a step: anyone, the body's organisation, a member with a seat, one without, a party to the treaty, or
the matter's partner: the one outsider that its rows name as host, as guest or as the other side of a programme."""

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Words = Annotated[str, Field(min_length=1, max_length=1000)]


class Step(Strict):
    """One step of a procedure.

    Parameters
    ----------
    sources
        The states from which it can be taken; ``from`` in the file.
    decided
        How it is decided; see `HOW`.
    answers
        To which state each answer leads; ``to: STATE`` in the file stands for all of them.
    taken_by
        Who may take it.
    says
        What it is, in our words.
    reference, verified
        What real practice it follows, and whether that was read there.
    period_years
        For a step that falls due: how long an instrument runs, by its name.
    """

    sources: Annotated[tuple[Identifier, ...], Field(alias="from", min_length=1)]
    decided: Decided = "given"
    answers: dict[str, Identifier]
    taken_by: tuple[TakenBy, ...] = ("anyone",)
    says: Words
    reference: Words
    verified: bool = True
    period_years: dict[str, Annotated[int, Field(ge=1, le=100)]] = {}

    @model_validator(mode="before")
    @classmethod
    def _one_target(cls, value: Any) -> Any:
        if isinstance(value, dict) and "to" in value:
            if "answers" in value:
                raise ValueError("to or answers, not both")
            rest = {key: answer for key, answer in value.items() if key != "to"}
            decided = rest.get("decided", "given")
            return rest | {"answers": dict.fromkeys(ANSWERS.get(decided, ()), value["to"])}
        return value

    @field_validator("answers")
    @classmethod
    def _in_full(cls, value: dict[str, str]) -> dict[str, str]:
        if ADOPTED not in value:
            return value
        rest = {answer: state for answer, state in value.items() if answer != ADOPTED}
        return {answer: rest.get(answer, value[ADOPTED]) for answer in ANSWERS["body"][:-1]} | rest

    @model_validator(mode="after")
    def _all_answers(self) -> Step:
        expected = ANSWERS[self.decided]
        if set(self.answers) != set(expected):
            also = f", or {ADOPTED} for the first three" if self.decided == "body" else ""
            raise ValueError(f"a state for each of {', '.join(expected)}{also}; or to: STATE")
        if bool(self.period_years) != (self.decided == "due"):
            raise ValueError("period_years where the step falls due, and nowhere else")
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers in their usual order."""
        return ANSWERS[self.decided]

    def target(self, answer: str) -> str:
        """Return the state to which an answer leads."""
        return self.answers[answer]


class _File(Strict):
    id: Identifier
    title: Words
    about: Words
    start: Identifier
    states: Annotated[dict[Identifier, Words], Field(min_length=1)]
    steps: Annotated[dict[Identifier, Step], Field(min_length=1)]

    @model_validator(mode="after")
    def _states_exist(self) -> _File:
        known = ", ".join(self.states)
        named = {"start": {self.start}}
        for name, step in self.steps.items():
            named[f"steps.{name}"] = {*step.sources, *step.answers.values()}
        for where, states in named.items():
            if strangers := sorted(states - self.states.keys()):
                raise ValueError(f"{where} names {', '.join(strangers)}; the states are {known}")
        if lost := sorted(self.states.keys() - self._reached()):
            raise ValueError(f"no step leads to {', '.join(lost)}")
        return self

    def _reached(self) -> set[str]:
        reached, size = {self.start}, 0
        while len(reached) > size:
            size = len(reached)
            for step in self.steps.values():
                if reached & set(step.sources):
                    reached |= set(step.answers.values())
        return reached


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema of a procedure's file, with the short forms that a file may use.

    Examples
    --------
    >>> file_schema()["required"][0]
    'id'
    """
    schema = _File.model_json_schema(by_alias=True)
    step = schema["$defs"]["Step"]
    step["properties"]["to"] = {"type": "string", "description": "The state to which every answer leads."}
    for name in ("from", "taken_by"):
        step["properties"][name] = {"anyOf": [step["properties"][name], {"type": "string"}]}
    step["required"] = [name for name in step["required"] if name != "answers"]
    step["oneOf"] = [{"required": ["answers"]}, {"required": ["to"]}]
    return schema


@dataclass(frozen=True, slots=True)
class Machine:
    """A procedure.

    Attributes
    ----------
    id, title, about
        How it is called and what it is.
    start
        The state before anything has happened.
    states
        What each state means, by name.
    steps
        By name.

    Examples
    --------
    >>> office = packaged_machines()["office"]
    >>> office.steps["decide"].target("nothing")
    'on-hold'
    >>> sorted(office.reachable({"none"}, "propose"))
    ['proposed']
    """

    id: str
    title: str
    about: str
    start: str
    states: Mapping[str, str]
    steps: Mapping[str, Step]

    def step(self, name: str) -> Step:
        """Return a step by name.

        Raises
        ------
        FoedusError
            When the procedure has no such step; the message lists those it has.
        """
        if name not in self.steps:
            near = difflib.get_close_matches(name, self.steps, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise FoedusError(f"a step of {self.id!r}: {', '.join(self.steps)}{hint}")
        return self.steps[name]

    def reachable(self, states: set[str], name: str) -> set[str]:
        """Return where histories in some states can be after a step; those that cannot take it stay where they are."""
        step = self.step(name)
        taking = states & set(step.sources)
        return (states - taking) | (set(step.answers.values()) if taking else set())

    def open_to(self, states: set[str]) -> tuple[str, ...]:
        """Return the steps that can be taken from any of some states."""
        return tuple(name for name, step in self.steps.items() if states & set(step.sources))


def _read(path: Path, file: str) -> Machine:
    read = read_model(path, _File, file)
    return Machine(read.id, read.title, read.about, read.start, read.states, read.steps)


@functools.cache
def packaged_machines() -> dict[str, Machine]:
    """Return the procedures that come with Foedus, by id; a file is named by its procedure's id."""
    machines = [_read(path, f"procedures/{path.name}") for path in sorted(KINDS.glob("*.yaml"))]
    return {machine.id: machine for machine in machines}


def read_machines(folder: Path | None) -> dict[str, Machine]:
    """Return the packaged procedures with those of a folder added.

    Parameters
    ----------
    folder
        Such as ``procedures/`` in a dossier; it may be missing.

    Raises
    ------
    InputError
        When a file is malformed, or has the id of another procedure.
    """
    machines = dict(packaged_machines())
    if folder is None or not folder.is_dir():
        return machines
    for path in sorted(folder.glob("*.yaml")):
        file = f"procedures/{path.name}"
        machine = _read(path, file)
        if machine.id in machines:
            raise refuse(file, "an id that no other procedure has", field="id", value=machine.id)
        machines[machine.id] = machine
    return machines


def machines_contents(*, answers: bool = False) -> list[tuple[str, bytes]]:
    """Return the packaged procedures as named bytes, for a fingerprint; that of answers where any are asked for."""
    contents = folder_contents(KINDS, (".yaml",))
    return [(f"procedures/{name}", data) for name, data in contents if answers or name != f"{ANSWER}.yaml"]
