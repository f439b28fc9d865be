"""Every command answers in JSON with the keys of its schema, in the schema's order, and with no other."""

from __future__ import annotations

import importlib.util
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from foedus.cli.schema import schema_of

SLOW = {"tour", "disagree", "backtest"}
"""Answers that tests of their own look at."""

LONG = {"levers", "replay"}
"""Answers of which one is enough: the others have the same keys and cost seconds."""


def _bench() -> ModuleType:
    path = Path(__file__).parents[2] / "bench" / "schemas.py"
    found = importlib.util.spec_from_file_location("bench_schemas", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


SCHEMAS = _bench()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers")
    SCHEMAS._set_up(folder)
    return folder


def _wrong_keys(value: Any, shape: dict[str, Any], whole: dict[str, Any], where: str = "$") -> Iterator[str]:
    """Yield where keys are missing, unknown or out of order."""
    for one in shape.get("anyOf", ()):
        if "$ref" in one and value is not None:
            yield from _wrong_keys(value, whole["$defs"][one["$ref"].rsplit("/", 1)[1]], whole, where)
            return
    if "$ref" in shape:
        shape = whole["$defs"][shape["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _wrong_keys(item, shape.get("items", {}), whole, f"{where}[{place}]")
    elif isinstance(value, dict) and "properties" in shape:
        known = list(shape["properties"])
        if strange := [key for key in value if key not in known]:
            yield f"{where}: {', '.join(strange)} in no schema"
        if missing := [key for key in shape.get("required", ()) if key not in value]:
            yield f"{where}: {', '.join(missing)} missing"
        for key, item in value.items():
            yield from _wrong_keys(item, shape["properties"].get(key, {}), whole, f"{where}.{key}")


@pytest.mark.parametrize("name", [name for name in SCHEMAS.LINES if name not in SLOW])
def test_answers_have_the_keys_of_their_schema(name: str, prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(prepared)
    shape = schema_of(name)
    checker = jsonschema.Draft202012Validator(shape)
    words = SCHEMAS.command_of(name)
    for line in SCHEMAS.LINES[name][: 1 if name in LONG else None]:
        answer = SCHEMAS._ask([*words, *shlex.split(line)])
        if answer is None:  # a merge of statements that differ is refused; another test merges some that agree
            assert name == "statements-merge"
            continue
        assert next(iter(answer)) == "schema"
        assert list(_wrong_keys(answer, shape, shape)) == [], line
        assert [f"{e.json_path}: {e.message[:200]}" for e in checker.iter_errors(answer)] == [], line
