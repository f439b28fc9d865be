"""What a dossier declares about others' answers, in ``response.yaml``, and what is assumed where it is silent."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from foedus.base.errors import FoedusError
from foedus.base.estimates import Estimate
from foedus.base.strict import Identifier, Strict, read_model
from foedus.dossiers import Dossier, Range
from foedus.world.acts import CLASSES, OBJECTS

FILE = "response.yaml"
DEFAULTS = Path(__file__).parent / "defaults.yaml"

Level = Literal["low", "mode", "high"]


class Shifts(Strict):
    """What an act of one class changes, in stakes: each a range of at least 0."""

    discontent: Range | None = None
    company: Range | None = None
    fear: Range | None = None

    @field_validator("discontent", "company", "fear")
    @classmethod
    def _not_below(cls, value: Range | None) -> Range | None:
        if value is not None and value.low < 0:
            raise ValueError("at least 0: the direction is known")
        return value


class Option(Strict):
    """What kind of act an option is."""

    label: str
    act: str = Field(alias="class")
    object: str = "alliance"
    treaty: str = ""
    """The treaty that would bind others to defend the target, where the option brings one into force for it."""
    shifts: Shifts = Shifts()
    note: str = ""

    @field_validator("act")
    @classmethod
    def _known_class(cls, value: str) -> str:
        if value not in CLASSES:
            raise ValueError(f"one of {', '.join(CLASSES)}")
        return value

    @field_validator("object")
    @classmethod
    def _known_object(cls, value: str) -> str:
        if value not in OBJECTS:
            raise ValueError(f"one of {', '.join(OBJECTS)}")
        return value


class Question(Strict):
    """One issue of the dossier: whom a challenge would meet, and what kind of act each option is."""

    id: Identifier
    target: Identifier
    provokes: tuple[Identifier, ...] = ()
    """Concepts whose supporters hold that the act provokes."""
    options: tuple[Option, ...] = ()


class Voice(Strict):
    """Where somebody's words put the act within the declared ranges."""

    actor: Identifier
    statement: Identifier
    discontent: Level
    company: Level
    note: str = ""


class Gap(Strict):
    """Statements of the allies in public and in private, whose difference is what may be overrated."""

    public: tuple[Identifier, ...]
    private: tuple[Identifier, ...]
    note: str = ""


class Loss(Strict):
    """What share of a flow is lost in the first year when the rival answers by economic means."""

    flow: str
    share: Range
    cases: str


class Errors(Strict):
    """How far players may misread each other."""

    overrated_opposition: Range
    """By how much worse the rival believes it would fare in war than it would, in stakes."""
    overrated_company: Range
    """By how much the defender overrates those who would join it, in stakes, where no gap of stances is coded."""
    supporter: Range
    """What all allies together, as against none, add to the defender's war, in stakes."""


class Preventive(Strict):
    """The numbers of the game of preventive war."""

    chance: Range
    decline: Range
    cost: Range
    patience: Range


class Trust(Strict):
    """The numbers of the game of trust."""

    before: Range
    """The rival's trust that the other side means no harm, without the act."""
    lost: Range
    """What of it each hundredth of the stake of discontent costs."""
    gain: Range
    loss: Range


class Spiral(Strict):
    """The numbers of the conflict game, in units of the highest private cost."""

    gain: Range
    loss: Range


class Assumptions(Strict):
    """All that is declared and not read from anywhere; each a range with its note."""

    challenge: Range
    war_challenger: Range
    war_defender: Range
    backing_down: Range
    shifts: dict[str, Shifts]
    pact: Range
    silent: Range
    errors: Errors
    preventive: Preventive
    spiral: Spiral
    trust: Trust
    losses: tuple[Loss, ...]


class Override(Strict):
    """What a dossier sets of the assumptions."""

    challenge: Range | None = None
    war_challenger: Range | None = None
    war_defender: Range | None = None
    backing_down: Range | None = None
    pact: Range | None = None
    silent: Range | None = None
    errors: Errors | None = None
    preventive: Preventive | None = None
    spiral: Spiral | None = None
    trust: Trust | None = None
    losses: tuple[Loss, ...] | None = None


class Response(Strict):
    """``response.yaml``: who may answer, whom a challenge would meet, and where the dossier knows better."""

    foedus: Literal[1]
    rival: Identifier
    guarantor: Identifier | None = None
    issues: tuple[Question, ...]
    voices: tuple[Voice, ...] = ()
    gap: Gap | None = None
    partners: tuple[Identifier, ...] = ()
    """Would-be partners of the defender, for whom the ledger is drawn up too."""
    assumptions: Override = Override()

    def question(self, issue: str) -> Question | None:
        """Return what is declared for an issue, or None."""
        return next((declared for declared in self.issues if declared.id == issue), None)


class _Defaults(Strict):
    assumptions: Assumptions


@functools.cache
def defaults() -> Assumptions:
    """Return what is assumed where a dossier is silent, read once.

    Examples
    --------
    >>> defaults().challenge.mode
    0.08
    """
    return read_model(DEFAULTS, _Defaults, DEFAULTS.name).assumptions


def assumptions_of(response: Response | None) -> Assumptions:
    """Return the assumptions with what a dossier sets of them."""
    if response is None:
        return defaults()
    set_here = {name: value for name, value in response.assumptions if value is not None}
    return defaults().model_copy(update=set_here)


def read_response(dossier: Dossier) -> Response | None:
    """Return what a dossier declares of others' answers, or None where it declares nothing.

    Raises
    ------
    InputError
        With all that is wrong in the file.
    FoedusError
        Where it names an issue, option, actor or concept that the dossier has not.
    """
    path = dossier.folder / FILE
    if not path.is_file():
        return None
    response = read_model(path, Response, FILE)
    _check(dossier, response)
    return response


def _check(dossier: Dossier, response: Response) -> None:
    """Refuse names that the dossier does not know, all told at once."""
    wrong = []
    actors = {response.rival, response.guarantor, *response.partners, *(voice.actor for voice in response.voices)}
    actors |= {issue.target for issue in response.issues}
    wrong += [f"no actor {actor!r}" for actor in sorted(filter(None, actors)) if actor not in dossier.world.actors]
    concepts, issues = {concept.id for concept in dossier.concepts}, {issue.id: issue for issue in dossier.issues}
    for question in response.issues:
        name = question.id
        if name not in issues:
            wrong.append(f"no issue {name!r}; there are {', '.join(issues)}")
            continue
        labels = [option.label for option in issues[name].options]
        wrong += [
            f"{name}: no option {option.label!r}; there are {', '.join(labels)}"
            for option in question.options
            if option.label not in labels
        ]
        wrong += [f"{name}: no concept {label!r}" for label in question.provokes if label not in concepts]
    if wrong:
        raise FoedusError(f"{FILE}: {'; '.join(wrong)}")


def absent_statements(dossier: Dossier, response: Response) -> tuple[str, ...]:
    """Return the ids of statements that the file names and the dossier has not: whatever rests on them is left out.

    What a limit of marking hides is not told.
    """
    if dossier.max_marking is not None:
        return ()
    gap = () if response.gap is None else (*response.gap.public, *response.gap.private)
    named = {*gap, *(voice.statement for voice in response.voices)}
    return tuple(sorted(named - {statement.id for statement in dossier.statements}))


def estimate(declared: Range) -> Estimate:
    """Return a declared range as an uncertain number."""
    return Estimate(declared.low, declared.mode, declared.high)
