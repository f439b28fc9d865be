"""Conditions on where an attack falls, composed from small predicates and answered with a trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.institutions.law.grounds import Ground, metropolitan_territories
from foedus.institutions.law.logic import Verdict, all_of, any_of, opposite

_FEW = 3
"""Up to so many places are named in a reason; of more, the words of the area tell."""

TROPIC_OF_CANCER = 23.4394
"""Degrees north: the obliquity of the ecliptic at the epoch J2000.0, 23 degrees 26 minutes 22 seconds.

Of the islands on which Article 6 of the North Atlantic Treaty turns, the nearest lie two degrees away: its drift
of half a second of arc a year changes no answer.
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a condition is asked about.

    Parameters
    ----------
    ground
        Where the attack falls.
    attacked
        The actor attacked.
    parties
        The parties to the treaty on the day.
    on
        The day.
    names
        Gives an actor's usual name.
    """

    ground: Ground
    attacked: str
    parties: frozenset[str]
    on: Day
    names: Callable[[str], str]


class Condition(Protocol):
    """Something that holds of a scene, does not, or is contested."""

    def test(self, scene: Scene) -> Trace:
        """Answer with ``yes``, ``no`` or ``contested``, and why."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """The ground is under the sovereignty or administration of somebody.

    Contested is the hold of who occupies the ground and claims it, and a claim where nobody holds the ground otherwise
    than by occupation. Who occupies it and claims nothing for itself, as Russia in Abkhazia, does not call it its own.
    """

    by: str | tuple[str, ...]

    def test(self, scene: Scene) -> Trace:
        """Look among the holders of the day."""
        who = _who(self.by, scene)
        lawful = [h for h in scene.ground.holders if h.standing in {"sovereign", "administering"} and h.actor in who]
        occupying = [h for h in scene.ground.holders if h.standing == "occupied" and h.actor in who]
        claiming = set(scene.ground.held_as("claimed"))
        seized = [h for h in occupying if h.actor in claiming]
        if not seized and not scene.ground.held_as("sovereign", "administering"):
            seized = [h for h in scene.ground.holders if h.standing == "claimed" and h.actor in who]
        value: Verdict = "yes" if lawful else "contested" if seized else "no"
        holders_told = "; ".join(f"{scene.names(h.actor)}: {h.standing}" for h in lawful or seized)
        holders_told = holders_told or "; ".join(
            f"{scene.names(h.actor)}: occupied, without a claim of its own" for h in occupying
        )
        source = "; ".join(dict.fromkeys(h.source for h in lawful or seized or occupying))
        rule = f"{scene.ground.name} is territory of, or under the jurisdiction of, {_words(self.by, scene)}"
        return Trace(rule, value, source, (Trace("holders on the day", holders_told or _nobody(scene)),))


@dataclass(frozen=True, slots=True)
class Administered:
    """The ground is in fact administered by somebody."""

    by: str | tuple[str, ...]

    def test(self, scene: Scene) -> Trace:
        """Prefer who administers or occupies to who is sovereign."""
        who = _who(self.by, scene)
        in_fact = scene.ground.held_as("administering", "occupied") or scene.ground.held_as("sovereign")
        seized = set(scene.ground.held_as("occupied"))
        mine = [actor for actor in in_fact if actor in who]
        value: Verdict = "no" if not mine else "contested" if all(actor in seized for actor in mine) else "yes"
        administrators = ", ".join(scene.names(actor) for actor in in_fact) or "nobody"
        source = "; ".join(dict.fromkeys(h.source for h in scene.ground.holders if h.actor in in_fact))
        rule = f"{scene.ground.name} is under the administration of {_words(self.by, scene)}"
        return Trace(rule, value, source, (Trace("administered on the day by", administrators),))


@dataclass(frozen=True, slots=True)
class MetropolitanOf:
    """The ground belongs to the metropolitan territory of somebody, not to its dependencies."""

    by: str | tuple[str, ...]
    continents_of: Callable[[str], tuple[str, ...]]

    def test(self, scene: Scene) -> Trace:
        """A territory of its own, and land on another continent, is not metropolitan."""
        ground = scene.ground
        sovereign = [actor for actor in ground.held_as("sovereign") if actor in _who(self.by, scene)]
        home = ground.kind == "metropolitan" or (
            ground.kind not in {"territory", "sea"}
            and any(set(ground.continents) <= set(self.continents_of(actor)) for actor in sovereign)
        )
        rule = f"{ground.name} is metropolitan territory of {_words(self.by, scene)}"
        return Trace(rule, "yes" if sovereign and home else "no", "", (Trace("kind of place", ground.kind),))


@dataclass(frozen=True, slots=True)
class OnContinent:
    """The ground lies on one of some continents; contested where it lies on others too."""

    continents: tuple[str, ...]

    def test(self, scene: Scene) -> Trace:
        """Compare the continents."""
        here = scene.ground.continents
        inside = [continent in self.continents for continent in here]
        value: Verdict = "no" if not any(inside) else "yes" if all(inside) else "contested"
        return Trace(f"{scene.ground.name} lies in {' or '.join(self.continents)}", value, "", (_where(scene),))


@dataclass(frozen=True, slots=True)
class NorthOf:
    """The ground lies north of a parallel."""

    degrees: float

    def test(self, scene: Scene) -> Trace:
        """Compare latitudes.

        Raises
        ------
        FoedusError
            When the ground's latitude is not known.
        """
        latitude = scene.ground.latitude
        if latitude is None:
            raise FoedusError(f"the latitude of {scene.ground.name} is not known and the treaty turns on it")
        parallel = "the Tropic of Cancer" if self.degrees == TROPIC_OF_CANCER else f"{self.degrees:g} N"
        value = "yes" if latitude > self.degrees else "no"
        return Trace(
            f"{scene.ground.name} lies north of {parallel}", value, "", (Trace("latitude", _degrees(latitude)),)
        )


@dataclass(frozen=True, slots=True)
class InOcean:
    """The ground is one of some seas, lies in one, or has one around it."""

    oceans: tuple[str, ...]

    def test(self, scene: Scene) -> Trace:
        """Compare the sea around the place, and the sea itself."""
        here = {scene.ground.ocean, scene.ground.name} if scene.ground.kind == "sea" else {scene.ground.ocean}
        value = "yes" if here & set(self.oceans) else "no"
        rule = f"{scene.ground.name} is in or on {' or '.join(self.oceans)}"
        return Trace(rule, value, "", (Trace("sea", scene.ground.ocean or "none"),))


@dataclass(frozen=True, slots=True)
class Insular:
    """The ground is an island or made of islands."""

    wanted: bool = True

    def test(self, scene: Scene) -> Trace:
        """Ask the place."""
        value = "yes" if scene.ground.insular is self.wanted else "no"
        return Trace(f"{scene.ground.name} is {'an island' if self.wanted else 'no island'}", value)


@dataclass(frozen=True, slots=True)
class Within:
    """The ground is one of some places or states, or lies in one."""

    ids: tuple[str, ...]

    def test(self, scene: Scene) -> Trace:
        """Look through the places in which it lies, then at the sovereign; where one of them claims it, it is open."""
        here = {*scene.ground.chain, *scene.ground.held_as("sovereign")}
        claims = [
            holder for holder in scene.ground.holders if holder.standing == "claimed" and holder.actor in self.ids
        ]
        value: Verdict = "yes" if here & set(self.ids) else "contested" if claims else "no"
        source = "; ".join(dict.fromkeys(h.source for h in claims)) if value == "contested" else ""
        told = tuple(Trace("claimed by", scene.names(h.actor), h.source) for h in claims if value == "contested")
        named = " or ".join(scene.names(place_id) for place_id in self.ids)
        where = named if len(self.ids) <= _FEW else "one of the places that the clause covers"
        return Trace(f"{scene.ground.name} is or lies in {where}", value, source, told)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; parts after a ``no`` are not asked."""

    parts: tuple[Condition, ...]

    def test(self, scene: Scene) -> Trace:
        """Ask the parts in order."""
        answers: list[Trace] = []
        for part in self.parts:
            answers.append(part.test(scene))
            if answers[-1].value == "no":
                break
        return Trace("all of these", all_of(value_of(a) for a in answers), "", tuple(answers))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; parts after a ``yes`` are not asked."""

    parts: tuple[Condition, ...]

    def test(self, scene: Scene) -> Trace:
        """Ask the parts in order."""
        answers: list[Trace] = []
        for part in self.parts:
            answers.append(part.test(scene))
            if answers[-1].value == "yes":
                break
        return Trace("any of these", any_of(value_of(a) for a in answers), "", tuple(answers))


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition

    def test(self, scene: Scene) -> Trace:
        """Turn the answer around."""
        answer = self.part.test(scene)
        return Trace("not so", opposite(value_of(answer)), "", (answer,))


@dataclass(frozen=True, slots=True)
class Anywhere:
    """The clause names no area."""

    def test(self, scene: Scene) -> Trace:  # noqa: ARG002 - the protocol's argument
        """Hold of every ground."""
        return Trace("the clause names no area", "yes")


@dataclass(frozen=True, slots=True)
class Called:
    """A condition under the words of the treaty that it puts in practice."""

    words: str
    part: Condition

    def test(self, scene: Scene) -> Trace:
        """Answer as the part does."""
        answer = self.part.test(scene)
        children = answer.children if isinstance(self.part, AllOf | AnyOf) else (answer,)
        return Trace(self.words, answer.value, answer.reference, children)


def value_of(trace: Trace) -> Verdict:
    """Return the verdict that a trace ends in."""
    if trace.value not in {"yes", "no", "contested"}:
        raise ValueError(f"{trace.value!r} is not a verdict")
    return trace.value  # type: ignore[return-value]


def continents_of(actor: str) -> tuple[str, ...]:
    """Return the continents on which a state's metropolitan territory lies; none where that is not known."""
    known = metropolitan_territories().get(actor)
    return tuple(known.continents.split(";")) if known else ()


def read_condition(value: Any) -> Condition:
    """Return the condition that a YAML value writes down.

    Parameters
    ----------
    value
        ``anywhere``, or a mapping with one key: ``held_by``, ``administered_by`` or ``metropolitan_of`` (``attacked``,
        ``party`` or a list of actor ids); ``continent``, ``ocean`` or ``in`` (a list); ``insular`` (yes or no);
        ``north_of`` (degrees, or ``tropic of cancer``); ``all_of`` or ``any_of`` (a list of conditions); ``not`` (a
        condition). ``called`` beside any of these gives it the treaty's words.

    Raises
    ------
    ValueError
        With what was expected, for anything else.

    Examples
    --------
    >>> read_condition({"all_of": [{"held_by": "attacked"}, {"continent": ["Europe"]}]})
    AllOf(parts=(Held(by='attacked'), OnContinent(continents=('Europe',))))
    """
    if value == "anywhere":
        return Anywhere()
    if isinstance(value, Mapping) and isinstance(value.get("called"), str):
        return Called(value["called"], read_condition({key: part for key, part in value.items() if key != "called"}))
    if isinstance(value, Mapping) and len(value) == 1:
        ((kind, content),) = value.items()
        if kind in _READERS:
            return _READERS[kind](content)
    raise ValueError(f"anywhere, or a mapping with one of {', '.join(_READERS)}")


def _holders(content: Any) -> str | tuple[str, ...]:
    if content in {"attacked", "party"} if isinstance(content, str) else False:
        return str(content)
    return _texts(content)


def _texts(content: Any) -> tuple[str, ...]:
    if isinstance(content, list) and content and all(isinstance(item, str) for item in content):
        return tuple(content)
    raise ValueError("a list of names")


def _degrees_north(content: Any) -> NorthOf:
    if content == "tropic of cancer":
        return NorthOf(TROPIC_OF_CANCER)
    if isinstance(content, int | float) and not isinstance(content, bool):
        return NorthOf(float(content))
    raise ValueError("degrees, or 'tropic of cancer'")


def _yes_or_no(content: Any) -> bool:
    if isinstance(content, bool) or content in {"yes", "no"}:
        return content in {True, "yes"}
    raise ValueError("yes or no")


def _parts(content: Any) -> tuple[Condition, ...]:
    if isinstance(content, list) and content:
        return tuple(read_condition(part) for part in content)
    raise ValueError("a list of conditions")


_READERS: dict[str, Callable[[Any], Condition]] = {
    "held_by": lambda content: Held(_holders(content)),
    "administered_by": lambda content: Administered(_holders(content)),
    "metropolitan_of": lambda content: MetropolitanOf(_holders(content), continents_of),
    "continent": lambda content: OnContinent(_texts(content)),
    "ocean": lambda content: InOcean(_texts(content)),
    "in": lambda content: Within(_texts(content)),
    "insular": lambda content: Insular(_yes_or_no(content)),
    "north_of": _degrees_north,
    "all_of": lambda content: AllOf(_parts(content)),
    "any_of": lambda content: AnyOf(_parts(content)),
    "not": lambda content: Not(read_condition(content)),
}


def _who(by: str | tuple[str, ...], scene: Scene) -> frozenset[str]:
    if by == "attacked":
        return frozenset({scene.attacked})
    return scene.parties if by == "party" else frozenset(by)


def _words(by: str | tuple[str, ...], scene: Scene) -> str:
    if by == "attacked":
        return scene.names(scene.attacked)
    return "a party" if by == "party" else " or ".join(scene.names(actor) for actor in by)


def _nobody(scene: Scene) -> str:
    others = "; ".join(f"{scene.names(h.actor)}: {h.standing}" for h in scene.ground.holders)
    return f"none of them; {others}" if others else "nobody"


def _where(scene: Scene) -> Trace:
    return Trace("continent", " and ".join(scene.ground.continents) or "none: a sea")


def _degrees(latitude: float) -> str:
    return f"{abs(latitude):.2f} degrees {'north' if latitude >= 0 else 'south'}"
