"""The schema of ``dossier.yaml``: checked at the boundary, plain and frozen inside."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    Tag,
    model_serializer,
    model_validator,
)

from foedus.base.strict import Identifier, PlainDay, Strict
from foedus.dossiers.ranks import RANKS
from foedus.evidence import KINDS

SCHEMA = 2
"""Version of the dossier format, written as ``foedus: 2`` in ``dossier.yaml``; 2 brought choices without an order."""

_LONGEST_SCALE = 1e12

Words = Annotated[str, Field(min_length=1, max_length=2000)]
Finite = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]


class Range(Strict):
    """A declared number: a triangle between ``low`` and ``high``, or exact where a plain number stands."""

    low: Finite
    mode: Finite
    high: Finite
    note: str = ""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Let a plain number stand in the schema too; the validator below takes it, which pydantic cannot see."""
        written = handler.resolve_ref_schema(handler(core))
        return {"anyOf": [{"type": "number"}, written]}

    @model_validator(mode="before")
    @classmethod
    def _exact(cls, value: Any) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return {"low": value, "mode": value, "high": value}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"low, mode, high in this order; found {self.low:g}, {self.mode:g}, {self.high:g}")
        return self


class ScaleSettings(Strict):
    """The ends of the scale and what it measures."""

    low: Finite
    high: Finite
    unit: str = ""

    @model_validator(mode="after")
    def _has_length(self) -> ScaleSettings:
        if not self.low < self.high:
            raise ValueError(f"low below high; found {self.low:g} and {self.high:g}")
        if self.high - self.low > _LONGEST_SCALE:
            raise ValueError(f"a scale of at most {_LONGEST_SCALE:g}")
        return self


class OptionSettings(Strict):
    """One option; ``since`` and ``until`` are the first day on which it is on the table, and the first on which not.

    ``source`` tells what these days rest on. ``procedure`` is by what the body decides on this option, where that is
    not the procedure of the issue: one of the body's procedures, or a rule in words such as ``majority``. From
    ``proposed_from`` on it is what is proposed, in place of what was before.
    """

    label: Words
    at: Finite
    note: str = ""
    since: PlainDay | None = None
    until: PlainDay | None = None
    source: Words | None = None
    procedure: Words | None = None
    proposed_from: PlainDay | None = None

    @model_serializer(mode="wrap")
    def _unsaid_is_left_out(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        unsaid = {"source", "procedure", "proposed_from"}
        return {key: value for key, value in handler(self).items() if key not in unsaid or value is not None}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Ask for no place in the schema, since options without an order have none."""
        written = handler.resolve_ref_schema(handler(core))
        written["required"] = [key for key in written["required"] if key != "at"]
        return written


class MeetingSettings(Strict):
    """One meeting; ``known_on`` is the day on which its date became public."""

    on: PlainDay
    name: Words
    known_on: PlainDay | None = None
    reference: str = ""


class RuleAddition(Strict):
    """A rule beside the body's own."""

    consent_of: Identifier
    reference: Words


class Prior(Strict):
    """What is assumed of a member about whom nothing is known.

    ``salience`` holds for who has been silent, ``salience_spoke`` for who has spoken or acted on the issue. On a choice
    without an order the position is the ``approval`` of an option, from 0 to 100, and ``rival`` that of a member which
    has come out for another one.
    """

    position: Range
    salience: Range
    salience_spoke: Range
    note: Words
    rival: Range | None = None

    @model_validator(mode="before")
    @classmethod
    def _approval(cls, value: Any) -> Any:
        if isinstance(value, dict) and "approval" in value and "position" not in value:
            return {"position" if key == "approval" else key: approval for key, approval in value.items()}
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Let ``approval`` stand for ``position`` in the schema too."""
        written = handler.resolve_ref_schema(handler(core))
        written["properties"]["approval"] = written["properties"]["position"]
        written["required"] = [key for key in written["required"] if key != "position"]
        return written


class PriorSettings(Strict):
    """Where the prior of silent members comes from: ``stated``, as ``priors`` says; or ``measure``.

    With ``measure`` a silent member is placed by how far its votes in the UN General Assembly lie from those who back
    and those who object. Who has cast no votes stands at the stated prior, and so do all where nobody backs or nobody
    objects.
    """

    from_: Annotated[Literal["stated", "measure"], Field(alias="from")]


class _WithPrior(Strict):
    """Settings that may say where priors come from; what says nothing has the hash that it had before it could."""

    prior: PriorSettings | None = None

    @model_serializer(mode="wrap")
    def _unsaid_is_left_out(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if key != "prior" or value is not None}


Method = Literal["consensus", "straw-polls", "rounds", "elimination"]
"""How a body comes to one of several options that have no order."""


class IssueSettings(_WithPrior):
    """One issue.

    ``ordered: false`` is for options without an order, such as persons or places: then neither scale nor places are
    written, ``method`` tells how the body comes to one of them, and approvals stand in ``preferences.csv``.
    """

    id: Identifier
    question: Words
    body: Words
    procedure: Words | None = None
    ordered: bool = True
    method: Method | None = None
    scale: ScaleSettings
    status_quo: Words
    options: Annotated[list[OptionSettings], Field(min_length=2, max_length=50)]
    proposal: Words
    rule_additions: list[RuleAddition] = []
    meetings: Annotated[list[MeetingSettings], Field(min_length=1, max_length=500)]
    voices: list[Identifier] = []
    priors: Prior

    @model_validator(mode="before")
    @classmethod
    def _numbered(cls, value: Any) -> Any:
        """Give options without an order numbers for places, so that they keep the order in which they are written."""
        if not isinstance(value, dict) or value.get("ordered") is not False:
            return value
        filled: dict[str, Any] = {"scale": {"low": 0, "high": 100, "unit": "approval"}} | value
        options = value.get("options")
        if isinstance(options, list) and all(isinstance(option, dict) for option in options):
            length = max(1, len(options) - 1)
            filled["options"] = [{"at": 100 * n / length} | option for n, option in enumerate(options)]
            others = [option.get("label") for option in options if option.get("label") != value.get("status_quo")]
            if others and "proposal" not in value:
                filled["proposal"] = others[0]
        return filled

    @model_validator(mode="after")
    def _method_has_use(self) -> IssueSettings:
        if self.method is not None and self.ordered:
            raise ValueError("no method: it is for options without an order, with 'ordered: false'")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Ask for no scale and no proposal in the schema, since options without an order have none."""
        written = handler.resolve_ref_schema(handler(core))
        written["required"] = [key for key in written["required"] if key not in {"scale", "proposal"}]
        return written


class EvidenceRule(Strict):
    """How accepted statements become positions; the docs page *positions* explains each number.

    Parameters
    ----------
    prior_weight
        What the prior counts for, in units of one fresh statement in the actor's own words.
    half_life_days
        After how many days a statement counts for half.
    spread
        Half-width of the position that one statement places, as a share of the scale.
    candour
        What a public statement counts for as evidence of the private position.
    group
        What a statement about members at large counts for as evidence on each silent member.
    spoken_for, belongs
        What a statement of a group counts for as evidence on a member without words of its own: where the law binds
        the member to it, as in the European Union, and elsewhere; see `foedus.dossiers.spoken`.
    general
        What a statement that is on no option counts for beside one that is: at most as much as the least direct of
        those that tell what an actor said or did, so that no general remark outweighs word on the option itself.
    directness
        Weight by kind of statement.
    office
        Weight by the rank of whoever spoke for the actor.
    succession
        What a statement still counts for when whoever made it has left the office.
    """

    prior_weight: Annotated[float, Field(strict=True, gt=0, le=100)] = 0.1
    half_life_days: Annotated[float, Field(strict=True, gt=0, le=100_000)] = 365.0
    spread: Share = 0.1
    candour: Share = 0.8
    group: Share = 0.1
    spoken_for: Share = 0.95
    belongs: Share = 0.25
    general: Share = 0.5
    directness: dict[str, Share] = {
        "direct": 1.0,
        "mixed": 1.0,
        "indirect": 0.8,
        "act": 1.0,
        "narrated": 0.5,
        "conjecture": 0.03,
    }
    office: dict[str, Share] = {"leader": 1.0, "minister": 0.9, "official": 0.7, "other": 0.4, "none": 1.0}
    succession: Share = 0.5

    @model_validator(mode="after")
    def _all_kinds(self) -> EvidenceRule:
        for weights, names in ((self.directness, KINDS), (self.office, RANKS)):
            if weights.keys() != names.keys():
                raise ValueError(f"a weight for each of {', '.join(names)}")
        return self


class ConditionSettings(Strict):
    """How likely it is that the condition of some statements holds."""

    statements: Annotated[list[Identifier], Field(min_length=1, max_length=1000)]
    probability: Share
    note: Words


class CapabilitySettings(Strict):
    """Which measure of the world's quantities stands for capability."""

    measure: Identifier
    note: str = ""


class PageSettings(Strict):
    """A page that the dossier's author wants made: one forecast, with its title."""

    id: Identifier
    title: Words
    issue: Identifier
    as_of: PlainDay
    on: Words


class WatchSettings(Strict):
    """Something to watch, and until when."""

    what: Words
    issue: Identifier
    until: PlainDay | None = None
    known_on: PlainDay | None = None


class ScenarioSettings(Strict):
    """A named scenario: what is set otherwise.

    Keys of ``set`` are ``ACTOR.ISSUE.position``, ``public_position``, ``salience``, ``capability`` or ``red_line``, or
    ``assumptions.NAME``; where the options have no order ``ACTOR.ISSUE.OPTION`` sets an approval from 0 to 100. Values
    are numbers, or ``low``, ``mode`` and ``high``.
    """

    id: Identifier
    title: Words
    set: Annotated[dict[str, Range], Field(min_length=1, max_length=1000)]
    note: str = ""


class Link(Strict):
    """A consent that is linked to another matter: an actor agrees on one issue if another is decided so."""

    actor: Identifier
    issue: Identifier
    needs: Identifier
    option: Words
    note: str = ""


class PackageSettings(Strict):
    """Issues that are decided together, each as proposed unless ``options`` names another option for it."""

    id: Identifier
    title: Words
    issues: Annotated[list[Identifier], Field(min_length=2, max_length=20)]
    options: dict[str, Words] = {}
    links: Annotated[list[Link], Field(max_length=100)] = []


def _is_range(value: Any) -> str:
    """Tell a range from weights of choices by its keys, so that the error message is about the right one."""
    bounds = {"low", "mode", "high", "note"}
    return "choice" if isinstance(value, dict) and not value.keys() & bounds else "range"


Weights = Annotated[
    dict[str, Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]],
    Field(json_schema_extra={"propertyNames": {"not": {"enum": ["low", "mode", "high", "note"]}}}),
]
Assumed = Annotated[Annotated[Range, Tag("range")] | Annotated[Weights, Tag("choice")], Discriminator(_is_range)]


Role = Literal["commission", "parliament"]
"""A part that a procedural model gives to one actor."""


class Settings(_WithPrior):
    """The whole of ``dossier.yaml``."""

    foedus: Annotated[int, Field(strict=True, ge=1, le=SCHEMA)]
    title: Words
    about: str = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    issues: Annotated[list[IssueSettings], Field(min_length=1, max_length=100)]
    assumptions: dict[str, Assumed] = {}
    agenda_setter: Identifier | None = None
    roles: dict[Role, Identifier] = {}
    evidence: EvidenceRule = EvidenceRule()
    capability: CapabilitySettings | None = None
    pages: list[PageSettings] = []
    watch: list[WatchSettings] = []
    scenarios: list[ScenarioSettings] = []
    conditions: Annotated[list[ConditionSettings], Field(max_length=1000)] = []
    packages: Annotated[list[PackageSettings], Field(max_length=100)] = []
