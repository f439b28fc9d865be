"""The JSON Schema of a body's file, for editors that complete and check what is typed."""

from __future__ import annotations

from typing import Any

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}
_UNTIL: dict[str, Any] = {
    "anyOf": [_DAY, {"type": "null"}],
    "description": "The first day on which it does not hold.",
}
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
    rules = _listed(_dated({"value": {"anyOf": [_RULE, {"type": "null", "description": "abolished"}]}}, ["value"]))
    dated_weights = _dated(
        {
            "values": _names({"type": "integer", "minimum": 0}),
            "measure": {"anyOf": [_TEXT, _listed(_TEXT)], "description": "A measure of quantities.csv."},
        },
        [],
    )
    weights = {"anyOf": [_closed({"table": _TEXT}, ["table"]), _listed(dated_weights)]}
    seats = {"$ref": "#/$defs/seats"}
    note = _dated({"value": _TEXT}, ["value"])
    size = _dated({"value": _COUNT}, ["value"])
    name = _dated({"value": _TEXT}, ["value"])
    return {
        "title": "A body: who sits in it, and by what rule it decides",
        **_closed(
            {
                "id": _TEXT,
                "name": _TEXT,
                "aliases": {"type": "array", "items": _TEXT},
                "former_names": {"anyOf": [name, {"type": "array", "items": name}]},
                "seats": seats,
                "size": {"anyOf": [size, {"type": "array", "items": size}]},
                "rule": rules,
                "procedures": _names(rules) | {"minProperties": 1},
                "weights": _names(weights),
                "groups": _names(seats),
                "chambers": _names({"anyOf": [{**_listed(_TEXT), "uniqueItems": True}, seats]}),
                "notes": {"anyOf": [note, {"type": "array", "items": note}]},
            },
            ["id", "name", "seats"],
        ),
        "oneOf": [{"required": ["rule"]}, {"required": ["procedures"]}],
        "$defs": {"rule": _rule(), "seats": _seats()},
    }


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
        "consent_of": _TEXT,
        "chamber": _closed({"name": _TEXT, "rule": _RULE}, ["name", "rule"]),
        "all_of": _listed(_RULE),
        "any_of": _listed(_RULE),
    }
    plain = {"enum": ["consensus", "unanimity"]}
    return {"anyOf": [plain, *(_closed({form: content}, [form]) for form, content in forms.items())]}


def _seats() -> dict[str, Any]:
    standing = {"membership": {"anyOf": [_TEXT, _listed(_TEXT)]}, "status": _TEXT}
    away = _closed({"membership": _TEXT, "status": {"anyOf": [_TEXT, _listed(_TEXT)]}}, ["membership", "status"])
    return _closed({**standing, "without": away}, ["membership", "status"])


def _dated(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the shape of an entry that holds over some days and says what lays it down."""
    return _closed({"from": _DAY, "until": _UNTIL, "reference": _TEXT, **properties}, ["from", "reference", *required])


def _closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the shape of a mapping that has no other keys."""
    shape = {"type": "object", "properties": properties, "additionalProperties": False}
    return shape | ({"required": required} if required else {})


def _names(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


def _listed(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": 1}
