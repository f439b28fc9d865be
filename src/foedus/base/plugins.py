"""What other installed packages bring to Foedus, by entry points."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from foedus.base.errors import FoedusError


@dataclass(frozen=True, slots=True)
class Plugin:
    """Something that an installed package brings.

    Attributes
    ----------
    name
        As its entry point has it.
    package
        The package, for messages.
    point
        Its entry point.
    """

    name: str
    package: str
    point: EntryPoint

    def load(self) -> Any:
        """Return the thing itself.

        Raises
        ------
        FoedusError
            When the package cannot be imported or holds no such thing; the message names it.
        """
        try:
            return self.point.load()
        except Exception as error:  # the fault of somebody else's package, of whatever kind
            raise FoedusError(
                f"{self.package}: its {self.point.group.removeprefix('foedus.')} {self.name!r} cannot be loaded "
                f"({type(error).__name__}: {error}); update or remove the package"
            ) from None


@functools.cache
def found(group: str) -> Mapping[str, Plugin]:
    """Return what installed packages bring under a group of entry points, by name, in the order of names.

    Parameters
    ----------
    group
        ``foedus.models``, ``foedus.coders`` or ``foedus.readers``.

    Raises
    ------
    FoedusError
        When two packages bring the same name.

    Examples
    --------
    >>> found("foedus.nothing")
    {}
    """
    plugins: dict[str, Plugin] = {}
    for point in sorted(entry_points(group=group), key=lambda one: one.name):
        package = point.dist.name if point.dist else point.value.partition(".")[0]
        other = plugins.get(point.name)
        if other and other.point.value != point.value:
            raise FoedusError(
                f"{other.package} and {package} both bring a {group.removeprefix('foedus.')} named {point.name!r}; "
                "remove one of the packages"
            )
        plugins[point.name] = Plugin(point.name, package, point)
    return plugins
