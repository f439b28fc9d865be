"""YAML files read by their schema: one pydantic model a file, and every error of the file told at once."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic_core import core_schema

from foedus.base.errors import Problems
from foedus.base.yaml import Lines, read_yaml

IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
PlainDay = Annotated[dt.date, Field(strict=True)]
"""A day as YAML writes it, such as 2023-07-11; text that looks like one is refused."""


class Strict(BaseModel):
    """Files refuse keys that they do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True)


class OneOrMore:
    """Lets one entry stand for a list of one: ``status: member`` for ``status: [member]``; annotates a tuple."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Read anything but a list as a list of one."""
        listed = handler(source)
        return core_schema.no_info_before_validator_function(
            lambda value: value if isinstance(value, list | tuple) else [value], listed
        )

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Take both in the schema that editors use."""
        shape = handler(core)
        return {"anyOf": [shape, shape["items"]]}


Model = TypeVar("Model", bound=BaseModel)


def read_model(path: Path, model: type[Model], name: str) -> Model:
    """Read a YAML file by its schema; every wrong value is told at once, with its line.

    Parameters
    ----------
    path
        The file.
    model
        Its schema.
    name
        How messages call the file.

    Raises
    ------
    InputError
        When the file is not YAML, or with all that is wrong in it.
    """
    data, lines = read_yaml(path, name=name)
    return fitted(model, data, lines, name)


def fitted(model: type[Model], data: Mapping[str, Any], lines: Lines, name: str) -> Model:
    """Return what `read_yaml` found, as its schema has it.

    Raises
    ------
    InputError
        With all that is wrong. Where a value may be written in several ways and is none of them, there is one problem
        that names them all.

    Examples
    --------
    >>> class Cup(Strict):
    ...     size: int
    >>> fitted(Cup, {"size": "big", "colour": "red"}, Lines({}), "cup.yaml")
    Traceback (most recent call last):
    ...
    foedus.base.errors.InputError: cup.yaml, size: 'big', expected a whole number
    cup.yaml, colour: 'red', expected no such key here; known are size
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        told_at: dict[tuple[str | int, ...], tuple[list[str], str | None]] = {}
        for item in error.errors():
            if item["type"] == "too_short" and item["input"]:
                continue  # pydantic counts what is left when wrong entries are taken out; these are told of already
            told, shown = told_at.setdefault(_in_file(item, data), ([], _shown(item)))
            told.append(_expected(item, model))
        problems = Problems(name)
        for path, (told, shown) in told_at.items():
            if set(told) <= _KINDS and any(path == other[: len(path)] for other in told_at if len(other) > len(path)):
                continue  # it is written in another of several ways, and what is wrong lies deeper
            field = ".".join(str(step) for step in path)
            problems.add(" or ".join(dict.fromkeys(told)), where=lines.of(path), field=field, value=shown)
        problems.raise_if_any()
        raise


def _in_file(item: Any, data: Any) -> tuple[str | int, ...]:
    """Return where in the file a value stands: the schema's steps between ways of writing it are no steps of the file.

    Such as ``range`` in ``assumptions.tau.range.low``, by which the schema tells a range from weights.
    """
    steps, missing = list(item["loc"]), item["type"] == "missing"
    last = steps.pop() if missing else None
    path: list[str | int] = []
    node = data
    for place, step in enumerate(steps):
        if _has(node, step):
            node = node[step]
        elif place > 0 and (place == len(steps) - 1 or _has(node, steps[place + 1])):
            continue
        path.append(step)
    return tuple(path) if last is None else (*path, last)


def _has(node: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(node, list) and step < len(node)
    return isinstance(node, dict) and step in node


_WORDS = {
    "missing": "is missing",
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "yes or no",
    "date": "a day such as 2023-07-11",
    "list": "a list",
    "tuple": "a list",
    "dict": "a mapping of keys to values",
    "model": "a mapping of keys to values",
}
"""What was expected where a value is of another kind; pydantic would name the types of its own language."""

_KINDS = {_WORDS["dict"], _WORDS["list"]}
_BOUNDS = {"greater_than": "above {gt}", "greater_than_equal": "of at least {ge}"}
_BOUNDS |= {"less_than": "below {lt}", "less_than_equal": "of at most {le}"}
_PATTERNS = {
    IDENTIFIER: "an id of letters, digits, '.', '_' and '-', with a letter or a digit in front",
    r"\S": "text",
}


def _expected(item: Any, model: type[BaseModel]) -> str:  # noqa: PLR0911 - one return a kind of error
    kind, _, what = item["type"].partition("_")
    if kind == "extra":
        known = sorted(_keys_beside(model, item["loc"]))
        near = difflib.get_close_matches(str(item["loc"][-1]), known, n=1)
        return "no such key here" + (f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}")
    if kind in _WORDS and what in {"", "type", "parsing", "from_float", "from_datetime_inexact"}:
        return _WORDS[kind]
    if item["type"] == "string_too_short" and item["ctx"]["min_length"] == 1:
        return "text"
    if item["type"] == "too_short":
        least = item["ctx"]["min_length"]
        return "at least one entry" if least == 1 else f"at least {least} entries"
    if item["type"] in _BOUNDS:
        return f"a number {_BOUNDS[item['type']].format(**item['ctx'])}"
    if what == "pattern_mismatch":
        pattern = item["ctx"]["pattern"]
        return _PATTERNS.get(pattern, f"text that matches {pattern}")
    return str(item["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")


def _keys_beside(model: type[BaseModel], path: tuple[str | int, ...]) -> set[str]:
    """Return the keys that may stand where an unknown one stands."""
    models = {model}
    for step in path[:-1]:
        fields = [
            field for model in models for name, field in model.model_fields.items() if step in {name, field.alias}
        ]
        models = {submodel for field in fields for submodel in _models_in(field.annotation)} or models
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    """Return the models of which values of a type are made, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for inner in get_args(annotation) for model in _models_in(inner)}


def _shown(item: Any) -> str | None:
    return None if item["type"] == "missing" or isinstance(item["input"], dict | list) else str(item["input"])
