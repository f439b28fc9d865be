"""Which acts count as comparable: groups that are declared in a file and frozen by its version."""

from __future__ import annotations

import difflib
import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from foedus.base.errors import FoedusError
from foedus.base.strict import PlainDay, Strict, read_model
from foedus.world.acts import CLASSES, OBJECTS, Act

FILE = Path(__file__).parent / "reference_classes.yaml"

USUAL_OBJECT = "alliance"
"""What an act is taken to be about where only its class is named: an office is an alliance's."""

OTHER_OBJECTS: Mapping[str, str] = MappingProxyType({"transit": "taiwan", "enforcement": "territory"})
"""The same for classes that alliances' acts never have."""


class Group(Strict):
    """Acts that count as comparable: of these objects and classes; an empty list stands for any."""

    name: str
    words: str
    objects: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()

    def holds(self, act_class: str, about: str) -> bool:
        """Tell whether acts of a class about an object belong to the group."""
        return (not self.objects or about in self.objects) and (not self.classes or act_class in self.classes)


class Distance(Strict):
    """How much each difference between two acts counts."""

    act_class: Annotated[float, Field(alias="class", ge=0)]
    object: Annotated[float, Field(ge=0)]
    collective: Annotated[float, Field(ge=0)]
    physical: Annotated[float, Field(ge=0)]
    year: Annotated[float, Field(ge=0)]


class ReferenceClasses(Strict):
    """The groups with what else was declared before anything was counted."""

    version: int
    frozen_on: PlainDay
    groups: tuple[Group, ...]
    prior_weight: Annotated[float, Field(gt=0)]
    smoothing: Annotated[float, Field(gt=0)]
    unanswered_after: Annotated[int, Field(ge=0)]
    distance: Distance

    def group_of(self, act_class: str, about: str) -> str:
        """Return the group of acts of a class about an object."""
        return next(group.name for group in self.groups if group.holds(act_class, about))

    def words(self, name: str) -> str:
        """Return a group's name as people read it."""
        return next(group.words for group in self.groups if group.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the groups."""
        return tuple(dict.fromkeys(group.name for group in self.groups))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked about: a group, and the class and object where they were named.

    Attributes
    ----------
    group
        Its name.
    act_class, about
        Blank where only the group was named.
    """

    group: str
    act_class: str = ""
    about: str = ""


@functools.cache
def reference_classes() -> ReferenceClasses:
    """Return the declared groups, read once.

    Examples
    --------
    >>> reference_classes().group_of("office", "alliance")
    'alliance-institutional'
    """
    return read_model(FILE, ReferenceClasses, FILE.name)


def fingerprint() -> str:
    """Return the SHA-256 of the file of groups, by which a version is held to its content."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()


def wanted(class_or_object: str | Act, classes: ReferenceClasses | None = None) -> Wanted:
    """Return the group that a word or an act asks about.

    Parameters
    ----------
    class_or_object
        A group such as ``alliance-institutional``, a class of act such as ``office`` (of an alliance) or ``transit``
        (through Taiwan's strait), an object such as ``taiwan``, both as ``visit/taiwan``, or an act.
    classes
        The groups; by default those that are packaged.

    Raises
    ------
    FoedusError
        For any other word; the message lists what is known.

    Examples
    --------
    >>> wanted("office").group, wanted("taiwan").group, wanted("transit/territory")
    ('alliance-institutional', 'taiwan', Wanted(group='territory', act_class='transit', about='territory'))
    """
    declared = classes or reference_classes()
    if isinstance(class_or_object, Act):
        act_class, about = class_or_object.act_class, class_or_object.object
        return Wanted(declared.group_of(act_class, about), act_class, about)
    word = class_or_object.strip().casefold()
    act_class, _, about = word.partition("/")
    if word in declared.names and word not in OBJECTS:
        return Wanted(word)
    if about and act_class in CLASSES and about in OBJECTS:
        return Wanted(declared.group_of(act_class, about), act_class, about)
    if word in OBJECTS and word != USUAL_OBJECT:
        return Wanted(declared.group_of("", word), "", word)
    if word in CLASSES:
        usual = OTHER_OBJECTS.get(word, USUAL_OBJECT)
        return Wanted(declared.group_of(word, usual), word, usual)
    known: Mapping[str, None] = dict.fromkeys((*declared.names, *CLASSES))
    near = difflib.get_close_matches(class_or_object.casefold(), known, n=2, cutoff=0.8)
    hint = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
    raise FoedusError(f"no comparable acts are known for {class_or_object!r}; {hint}known are {', '.join(known)}")
