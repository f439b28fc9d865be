"""The dossiers of the folder, a new one, and examples to learn from."""

from __future__ import annotations

import re
import shutil
from urllib.parse import quote

import foedus
from foedus.base.errors import FoedusError
from foedus.dossiers.draft import drafted
from foedus.dossiers.own_body import own_body, write_own_body
from foedus.dossiers.rule_words import RULES
from foedus.institutions import packaged_institutions
from foedus.workbench.bench import SETTINGS, Bench
from foedus.workbench.page import Answer, Asked, Elsewhere, Page, needed, one

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}")
_MOST_OPTIONS = 8
_SHOWN = 5
_ONCE = ("name", "question", "body", "members", "rule", "on", "meeting", "kind")
"""Fields of the form that stand in it once."""
METHOD = "consensus"
"""How a choice without an order is made, unless the dossier says otherwise."""


def listed(bench: Bench, asked: Asked) -> Answer:
    """Show the dossiers of the folder, each with its question, and how to begin another."""
    del asked
    return _page(bench, {}, "")


def _page(bench: Bench, asked: Asked, problem: str) -> Page:
    """Return the page of all cases; where one could not be made, with why, and with what was typed."""
    rows = []
    for name in bench.cases():
        try:
            dossier = bench.dossier(name)
            waiting = sum(statement.status == "candidate" for statement in dossier.statements)
            rows.append(
                {
                    "name": name,
                    "title": dossier.title,
                    "question": dossier.issue().question,
                    "body": dossier.institutions.body(dossier.issue().body).name,
                    "meeting": f"{dossier.issue().meetings[-1].name} ({dossier.issue().meetings[-1].on})",
                    "waiting": waiting,
                    "problem": "",
                }
            )
        except FoedusError as error:
            rows.append({"name": name, "title": name, "problem": str(error)})
    single = (bench.home / SETTINGS).is_file()
    values = {
        "title": "Cases",
        "rows": rows,
        "examples": {} if single else bench.examples(),
        "bodies": sorted({body.name for body in packaged_institutions().bodies.values()}),
        "rules": RULES,
        "home": str(bench.home),
        "single": single,
        "problem": problem,
        "given": {name: one(asked, name) for name in _ONCE},
        "options": [*(str(each) for each in asked.get("option", [])), *[""] * _SHOWN][:_SHOWN],
    }
    return Page("cases.html", values, 422 if problem else 200)


def copied(bench: Bench, asked: Asked) -> Answer:
    """Copy an example into the folder."""
    return Elsewhere(f"/c/{quote(bench.take_example(needed(asked, 'name', 'the name of an example')))}")


def made(bench: Bench, asked: Asked) -> Answer:
    """Make a new dossier from a question, a body or a description of one, a meeting and options."""
    try:
        return _made(bench, asked)
    except FoedusError as error:
        return _page(bench, asked, str(error).replace("--members", "its members"))


def _made(bench: Bench, asked: Asked) -> Answer:
    name = needed(asked, "name", "a name for the case")
    if not _NAME.fullmatch(name):
        raise FoedusError(f"{name!r}: expected a name of letters, digits, blanks, dots and hyphens")
    folder = bench.home / name
    if (bench.home / SETTINGS).is_file():
        raise FoedusError("this folder is a case itself; open the folder around it to make others")
    if name in bench.cases() or folder.exists():
        raise FoedusError(f"{name!r}: there is a folder of that name already")
    options = [str(given).strip() for given in asked.get("option", []) if str(given).strip()][:_MOST_OPTIONS]
    day, meeting = needed(asked, "on", "the day of the meeting"), one(asked, "meeting")
    draft = drafted(
        needed(asked, "question", "a question"),
        options or ("no change", "the proposal"),
        (f"{day}={meeting}" if meeting else day,),
        ordered=not one(asked, "kind"),
        method=METHOD if one(asked, "kind") else "",
    )
    body, members = needed(asked, "body", "the body that decides"), one(asked, "members")
    try:
        if members:
            described = own_body(body, members.split(","), one(asked, "rule", "consensus") or "consensus")
            body = write_own_body(folder, described, draft.meetings[0][0].replace(month=1, day=1))
        foedus.new_dossier(folder, body, draft.meetings[0][0], draft)
        bench.dossier(name)  # what cannot be read is told now
    except FoedusError:
        bench.forget(name)
        shutil.rmtree(folder, ignore_errors=True)  # it was not there before
        raise
    return Elsewhere(f"/c/{quote(name)}")
