"""Answers for people: charts, the brief, one self-contained page, Word."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.reports.judgement import Judgement, judge
    from foedus.reports.save import save_pages, save_report

_HOME = {
    "Judgement": "foedus.reports.judgement",
    "judge": "foedus.reports.judgement",
    "save_pages": "foedus.reports.save",
    "save_report": "foedus.reports.save",
}

__all__ = ["Judgement", "judge", "save_pages", "save_report"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: a process that draws can start before anything heavy is loaded."""
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'foedus.reports' has no attribute {name!r}")
