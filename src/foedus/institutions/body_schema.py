"""The JSON Schema of a body's file, for editors that complete and check what is typed."""

from __future__ import annotations

from typing import Any

from foedus.institutions.reading import RULE, BodyFile

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_SHARE: dict[str, Any] = {
    "type": "string",
    "pattern": r"^\s*(\d+\s*/\s*\d+|\d+(\.\d+)?\s*%)\s*$",
    "description": "A share such as 2/3 or 65 %.",
}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 1}
_RULE: dict[str, Any] = {"$ref": "#/$defs/rule"}


def body_schema() -> dict[str, Any]:
    """Return the JSON Schema of a body's file.

    Examples
    --------
    >>> body_schema()["required"]
    ['id', 'name', 'seats']
    """
    shape: dict[str, Any] = _with_rules(BodyFile.model_json_schema(by_alias=True))
    shape["$defs"]["rule"] = _rule()
    return shape | {"oneOf": [{"required": ["rule"]}, {"required": ["procedures"]}]}


def _with_rules(shape: Any) -> Any:
    """Put the forms of a rule where the reader's schema has a placeholder."""
    if shape == RULE:
        return _RULE
    if isinstance(shape, dict):
        return {key: _with_rules(value) for key, value in shape.items()}
    return [_with_rules(item) for item in shape] if isinstance(shape, list) else shape


def _rule() -> dict[str, Any]:
    """Return the forms of a rule, in the order of `foedus.institutions.rules.FORMS`."""
    either = {"oneOf": [{"required": ["at_least"]}, {"required": ["more_than"]}]}
    bound = {"anyOf": [_COUNT, _SHARE]}
    quota = {"weights": _TEXT, "at_least": bound, "more_than": bound, "of": {"enum": ["all", "cast"]}}
    shares = _names(_SHARE) | {"minProperties": 1}
    forms = {
        "consensus": _closed({"without": {"const": "concerned"}}, ["without"]),
        "unanimity": _closed({"abstention": {"enum": ["blocks", "does not block"]}}, ["abstention"]),
        "quota": _closed(quota, []) | either,
        "fewer_against_than": _COUNT,
        "no_veto_of": _TEXT,
        "declared_abstention_below": shares,
        "declared_abstention_at_most": shares,
        "concerned_abstain": _RULE,
        "without_concerned": _RULE,
        "unless": _RULE,
        "consent_of": _TEXT,
        "chamber": _closed({"name": _TEXT, "rule": _RULE}, ["name", "rule"]),
        "all_of": _listed(_RULE),
        "any_of": _listed(_RULE),
    }
    plain = {"enum": ["consensus", "unanimity"]}
    return {"anyOf": [plain, *(_closed({form: content}, [form]) for form, content in forms.items())]}


def _closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the shape of a mapping that has no other keys."""
    shape = {"type": "object", "properties": properties, "additionalProperties": False}
    return shape | ({"required": required} if required else {})


def _names(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


def _listed(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": 1}
