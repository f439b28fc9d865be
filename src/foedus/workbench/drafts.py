"""What was typed into a form is kept until it is sent, so that nothing is lost by leaving a page."""

from __future__ import annotations

from typing import Any

from foedus.base.errors import FoedusError
from foedus.workbench.bench import Bench
from foedus.workbench.page import Answer, Asked, Json, needed, one

FIELD = "draft"
"""The field of a form that names its draft."""

_NOT_KEPT = {"mark", "seen", "script", FIELD}
_LONGEST = 2**21


def kept(bench: Bench, asked: Asked, case: str) -> Answer:
    """Keep what stands in a form, in place of what was kept of it before."""
    bench.folder(case)
    cells = {
        name: str(given[0]) for name, given in asked.items() if name not in _NOT_KEPT and isinstance(given[0], str)
    }
    if sum(map(len, cells.values())) > _LONGEST:
        raise FoedusError("this is too long to keep as a draft; send the form")
    bench.shelf.keep_draft(case, needed(asked, FIELD, "the form"), cells)
    return Json({"kept": True})


def told(bench: Bench, asked: Asked, case: str) -> Answer:
    """Tell what was typed into a form and not sent."""
    bench.folder(case)
    draft = bench.shelf.draft(case, needed(asked, FIELD, "the form"))
    return Json({"cells": {}, "kept": ""} if draft is None else {"cells": draft[0], "kept": draft[1]})


def sent(bench: Bench, asked: Asked, case: str = "", **_: Any) -> None:
    """Forget the draft of a form that was sent, and what it asked for done."""
    if case and (form := one(asked, FIELD)):
        bench.shelf.keep_draft(case, form, {})
