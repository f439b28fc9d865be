"""YAML 1.2, read strictly: no duplicate keys, no aliases, no tags that build objects."""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
from pathlib import Path
from typing import Any

from foedus.base.characters import forbidden
from foedus.base.errors import refuse
from foedus.base.files import read_text

YAML_LIMIT = 2**20
"""Bytes beyond which a YAML file is refused."""

_PACKAGED = Path(__file__).parents[1]
_DEEPEST = 40
_LONGEST_NUMBER = 40
_LIKE_A_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)")
_LIKE_A_NUMBER = re.compile(r"[-+]?(0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_.eE+-]*)")


class Lines:
    """Where in a YAML file each value stands, by its path of keys and indices."""

    def __init__(self, root: Any) -> None:
        """Take what ruamel built, or a function that builds it when a line is first asked for."""
        self._root = root

    def of(self, path: tuple[str | int, ...]) -> str:
        """Return ``line N`` for a path, or for its nearest ancestor that has a line."""
        node, line = self._root() if callable(self._root) else self._root, None
        for step in path:
            marks: Any = getattr(node, "lc", None)
            try:
                line = marks.value(step)[0] if isinstance(step, str) else marks.item(step)[0]
                node = node[step]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return f"line {line + 1}" if line is not None else ""


def read_yaml(path: Path, *, name: str | None = None) -> tuple[dict[str, Any], Lines]:
    """Read a YAML file whose top level is a mapping.

    A file that comes with Foedus is read by libyaml, in a fifth of the time; the tests read each of them strictly too
    and compare. Everybody's own files are read strictly.

    Parameters
    ----------
    path
        The file.
    name
        How messages call it.

    Returns
    -------
    tuple
        Plain data, and where its values stand.

    Raises
    ------
    InputError
        When the file is not readable text, not YAML 1.2, repeats a key, uses anchors or tags, is nested beyond
        reason, or holds anything but a mapping at its top.
    """
    name = name or str(path)
    text = read_text(path, limit=YAML_LIMIT, name=name)
    if path.is_relative_to(_PACKAGED):
        return packaged_yaml(text, name), Lines(lambda: _loaded(text, name))
    return read_yaml_text(text, name)


def read_yaml_text(text: str, name: str) -> tuple[dict[str, Any], Lines]:
    """Return the data of a YAML text and where its values stand, as `read_yaml` does for a file."""
    root = _loaded(text, name)
    return _plain(root), Lines(root)


def plain_yaml(text: str, name: str) -> dict[str, Any]:
    """Return the data of a YAML text, read as strictly as `read_yaml` reads a file."""
    data: dict[str, Any] = _plain(_loaded(text, name))
    return data


def packaged_yaml(text: str, name: str) -> dict[str, Any]:
    """Return the data of a text that comes with Foedus: read by libyaml, or strictly where that finds a fault.

    Without libyaml, ruamel takes its own reader.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - slow to load, and what is packaged is read by libyaml
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415 - slow to load, and what is packaged is read by libyaml

    try:
        data = YAML(typ="safe").load(text)
    except (YAMLError, ValueError):
        return plain_yaml(text, name)
    return _plain(data) if isinstance(data, dict) else plain_yaml(text, name)


def render_yaml(data: dict[str, Any]) -> str:
    """Return plain data as a YAML text that reads back as the same, keys in their order."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - slow to load, and what is packaged is read by libyaml

    out = io.StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 120
    yaml.dump(data, out)
    return out.getvalue()


@functools.lru_cache(maxsize=16)
def _loaded(text: str, name: str) -> Any:
    """Return a document as ruamel builds it, not to be changed; one command often reads the same file again."""
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415 - parsing is needed by few commands

    try:
        for number, line in enumerate(text.split("\n"), start=1):
            _refuse_characters(line, name, f"line {number}")
        root = _built(text, name)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark is not None else ""
        problem = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise refuse(name, f"is not valid YAML: {problem}", where=where) from None
    except (RecursionError, ValueError) as error:
        raise refuse(name, f"is not valid YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(root, dict):
        raise refuse(name, "expected a mapping of keys to values at the top level")
    return root


def _built(text: str, name: str) -> Any:
    """Return what ruamel builds of a text, each event looked at before anything is made of it."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - slow to load, and what is packaged is read by libyaml
    from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent  # noqa: PLC0415 - slow to load, and what is packaged is read by libyaml

    yaml = YAML(typ="rt")
    taken, depth = yaml.parser.get_event, 0

    def looked_at() -> Any:
        nonlocal depth
        event = taken()
        _refuse_event(event, name)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            where = f"line {event.start_mark.line + 1}"
            raise refuse(name, f"is nested more than {_DEEPEST} levels deep", where=where)
        return event

    yaml.parser.get_event = looked_at
    return yaml.load(text)


def _refuse_event(event: Any, name: str) -> None:
    from ruamel.yaml.events import AliasEvent, DocumentStartEvent, NodeEvent, ScalarEvent  # noqa: PLC0415 - slow to load, and what is packaged is read by libyaml

    where = f"line {event.start_mark.line + 1}"
    if isinstance(event, DocumentStartEvent) and event.version is not None:
        raise refuse(name, "a %YAML directive is not accepted; the file is read as YAML 1.2", where=where)
    if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None):
        raise refuse(name, "anchors and aliases (&name, *name) are not accepted; write the value out", where=where)
    if isinstance(event, ScalarEvent) and event.style == '"':  # where a character may be spelt with a backslash
        _refuse_characters(event.value, name, where)
    if isinstance(event, ScalarEvent) and event.style in {None, ""}:
        _refuse_scalar(event.value, name, where)
    if isinstance(event, NodeEvent) and str(getattr(event, "ctag", "") or "None") not in {"None", ""}:
        raise refuse(name, "tags (!name) are not accepted; write a plain value", where=where)


def _refuse_characters(text: str, name: str, where: str) -> None:
    if character := forbidden(text):
        raise refuse(name, f"expected text without {character}", where=where)


def _refuse_scalar(value: str, name: str, where: str) -> None:
    """Refuse plain values that look like a day or a number and cannot be one."""
    if _LIKE_A_DAY.match(value):
        try:
            dt.date(*(int(part) for part in value[:10].split("-")))
        except ValueError:
            raise refuse(name, "a day that the calendar has", where=where, value=value) from None
    if len(value) > _LONGEST_NUMBER and _LIKE_A_NUMBER.fullmatch(value):
        raise refuse(name, f"a number of at most {_LONGEST_NUMBER} characters", where=where, value=value)


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key if isinstance(key, str) else str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if isinstance(node, bool):
        return bool(node)
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node
