"""The dossiers of the folder, a new one, and examples to learn from."""

from __future__ import annotations

import re
from urllib.parse import quote

import foedus
from foedus.base.errors import FoedusError
from foedus.dossiers.draft import drafted
from foedus.institutions import packaged_institutions
from foedus.workbench.bench import SETTINGS, Bench
from foedus.workbench.page import Answer, Asked, Elsewhere, Page, needed, one

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}")
_MOST_OPTIONS = 8


def listed(bench: Bench, asked: Asked) -> Answer:
    """Show the dossiers of the folder, each with its question, and how to begin another."""
    del asked
    rows = []
    for name in bench.cases():
        try:
            dossier = bench.dossier(name)
            waiting = sum(one.status == "candidate" for one in dossier.statements)
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
    bodies = sorted(packaged_institutions().bodies.values(), key=lambda body: body.name)
    single = (bench.home / SETTINGS).is_file()
    values = {
        "title": "Cases",
        "rows": rows,
        "examples": () if single else bench.examples(),
        "bodies": [(body.id, body.name) for body in bodies],
        "home": str(bench.home),
        "single": single,
    }
    return Page("cases.html", values)


def copied(bench: Bench, asked: Asked) -> Answer:
    """Copy an example into the folder."""
    return Elsewhere(f"/c/{quote(bench.take_example(needed(asked, 'name', 'the name of an example')))}")


def made(bench: Bench, asked: Asked) -> Answer:
    """Make a new dossier from a question, a body, a meeting and options."""
    name = needed(asked, "name", "a name for the case")
    if not _NAME.fullmatch(name):
        raise FoedusError(f"{name!r}: expected a name of letters, digits, blanks, dots and hyphens")
    if name in bench.cases() or (bench.home / name).exists():
        raise FoedusError(f"{name!r}: there is a folder of that name already")
    options = [str(given).strip() for given in asked.get("option", []) if str(given).strip()][:_MOST_OPTIONS]
    day, meeting = needed(asked, "on", "the day of the meeting"), one(asked, "meeting")
    draft = drafted(
        needed(asked, "question", "a question"),
        options or ("no change", "the proposal"),
        (f"{day}={meeting}" if meeting else day,),
    )
    foedus.new_dossier(bench.home / name, needed(asked, "body", "the body that decides"), draft.meetings[0][0], draft)
    return Elsewhere(f"/c/{quote(name)}")
