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
                f"{self.package}: its {_kind(self.point.group)} {self.name!r} cannot be loaded "
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
    points = [
        (
            entry_point.name,
            entry_point.dist.name if entry_point.dist else entry_point.value.partition(".")[0],
            entry_point,
        )
        for entry_point in entry_points(group=group)
    ]
    for _, package, point in sorted(points, key=lambda point: point[:2]):
        other = plugins.get(point.name)
        if other and other.point.value != point.value:
            raise FoedusError(
                f"{other.package} and {package} both bring a {_kind(group)} named {point.name!r}; "
                "remove one of the packages"
            )
        plugins[point.name] = Plugin(point.name, package, point)
    return plugins


def _kind(group: str) -> str:
    """Return what a group holds one of: ``foedus.models`` a model."""
    return group.removeprefix("foedus.").removesuffix("s")
