"""Traces: the tree of reasons, as dictionaries and as lines."""

from __future__ import annotations

from foedus.base.answers import recorded
from foedus.base.traces import Trace

TREE = Trace(
    "rule",
    "no",
    "Article 9",
    (Trace("consensus", "no", "", (Trace("FRA objects", "one objection is enough"),)), Trace("consent of JPN", "yes")),
)


def test_as_dictionaries() -> None:
    assert recorded(TREE) == {
        "rule": "rule",
        "value": "no",
        "reference": "Article 9",
        "children": [
            {
                "rule": "consensus",
                "value": "no",
                "reference": None,
                "children": [
                    {
                        "rule": "FRA objects",
                        "value": "one objection is enough",
                        "reference": None,
                        "children": [],
                    }
                ],
            },
            {"rule": "consent of JPN", "value": "yes", "reference": None, "children": []},
        ],
    }


def test_as_lines() -> None:
    assert list(TREE.lines()) == [
        "rule: no [Article 9]",
        "  consensus: no",
        "    FRA objects: one objection is enough",
        "  consent of JPN: yes",
    ]
