"""What a command has at hand: a dossier or a forecast that it asks for again is not read or computed again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Found = TypeVar("Found")

_KEPT: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def keeping() -> Iterator[None]:
    """Keep what `once` makes until the outermost of such contexts is left; for commands that change no file.

    Examples
    --------
    >>> made = []
    >>> with keeping():
    ...     once("a", lambda: made.append("a"))
    ...     once("a", lambda: made.append("a"))
    >>> made
    ['a']
    """
    if _KEPT.get() is not None:
        yield
        return
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def once(key: Hashable, make: Callable[[], Found]) -> Found:
    """Return what is kept under a key, made now where nothing is; outside `keeping` it is made each time.

    Parameters
    ----------
    key
        Everything that the answer depends on. An object named by its ``id`` must be held by what is made.
    make
        Makes it.

    Examples
    --------
    >>> once("a", lambda: 1), once("a", lambda: 2)
    (1, 2)
    """
    kept = _KEPT.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    value: Found = kept[key]
    return value
