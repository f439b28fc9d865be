"""Paths into the JSON that a command prints."""

from __future__ import annotations

from typing import Any


def value_at(answer: Any, path: str) -> Any:
    """Return what stands at a path of a command's JSON.

    Parameters
    ----------
    answer
        The parsed JSON.
    path
        Steps with slashes between them: a key; a place in a list, from 0; ``key=value`` for the first entry that has
        it, with ``&`` for several; ``?key=value`` for all such entries; ``^key`` for the entry with the greatest;
        ``*`` for every entry; ``#`` for how many there are; ``!`` at the end for each value once.

    Raises
    ------
    LookupError
        Where nothing stands at the path, with the step that failed.

    Examples
    --------
    >>> answer = {"options": [{"label": "none", "at": 0}, {"label": "office", "at": 100}]}
    >>> value_at(answer, "options/label=office/at"), value_at(answer, "options/*/label"), value_at(answer, "options/#")
    (100, ['none', 'office'], 2)
    >>> value_at({"areas": ["cyber", "cyber", "space"]}, "areas/!")
    ['cyber', 'space']
    >>> value_at(answer, "options/^at/label"), value_at(answer, "options/?at=0/#")
    ('office', 1)
    """
    if path.endswith("/!"):
        return list(dict.fromkeys(value_at(answer, path.removesuffix("/!"))))
    return _walk(answer, path.split("/"), path)


def _walk(value: Any, steps: list[str], path: str) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if step == "*":
        return [_walk(entry, rest, path) for entry in value]
    try:
        return _walk(_step(value, step), rest, path)
    except (KeyError, IndexError, StopIteration, TypeError, ValueError) as error:
        if isinstance(error, LookupError) and error.args and str(error.args[0]).startswith("nothing"):
            raise
        raise LookupError(f"nothing stands at {step!r} of {path!r}") from None


def _step(value: Any, step: str) -> Any:
    if step == "#":
        return len(value)
    if step.startswith("^"):
        return max(value, key=lambda entry: entry[step[1:]])
    if step.startswith("?"):
        return [entry for entry in value if _meets(entry, step[1:])]
    if "=" in step:
        return next(entry for entry in value if _meets(entry, step))
    return value[int(step)] if isinstance(value, list) else value[step]


def _meets(entry: Any, conditions: str) -> bool:
    return all(
        _written(entry.get(key)) == value
        for key, value in (condition.split("=", 1) for condition in conditions.split("&"))
    )


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)
