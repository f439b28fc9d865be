"""The system through time: the replay step by step, another past beside it, a docket to begin with."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.dossiers.changes import Change
from foedus.dossiers.settings import Range
from foedus.procedures import Replay, compare_replays, read_docket, replay
from foedus.procedures.docket import FILE
from foedus.procedures.outcomes import possible_outcomes, tell_outcome
from foedus.procedures.scaffold import scaffold_docket
from foedus.reports.drawing import Artist
from foedus.reports.histories import about_section, replay_sections
from foedus.reports.html import finished
from foedus.reports.replay import drawn_fans, save_replay
from foedus.reports.sections import PAGE
from foedus.workbench.bench import Bench
from foedus.workbench.forecasts import as_file
from foedus.workbench.page import Answer, Asked, Elsewhere, Page, needed, one

_MOST = 12
"""Changes of the past at once."""


def shown(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show the case through time, as it was or with another past, and offer a seat in it."""
    dossier = bench.dossier(case)
    if not (dossier.folder / FILE).is_file():
        may = any(each.ordered for each in dossier.issues)
        return Page("no_docket.html", {"title": "System", "case": case, "dossier": dossier, "may": may})
    changes = changes_asked(asked)
    with Artist() as artist:
        replayed = replay(dossier, changes=changes)
        differences = compare_replays(replay(dossier), replayed) if changes else ()
        drawn = drawn_fans(replayed, artist)
        titles = {name: chart.title for name, (chart, _, _) in drawn.items()}
        sections = [each for each in replay_sections(replayed, differences, titles) if each is not None]
        charts = finished(drawn)
    values = {
        "title": "System",
        "case": case,
        "dossier": dossier,
        "sections": [each for each in sections if PAGE in each.media and each.id != "about"],
        "about": about_section(dataclasses.replace(replayed, changes=())),
        "supposed": _supposed(dossier, replayed.changes, changes),
        "charts": charts,
        "changes": changes,
        "seats": seats_of(dossier),
        "first": replayed.events[0].on if replayed.events else "",
        "issues": [each for each in dossier.issues if each.ordered],
        "steps": _steps(dossier),
        "sources": sorted((each.title, id_) for id_, each in dossier.sources.items()),
        "told": one(asked, "told"),
    }
    return Page("system.html", values)


def _supposed(dossier: Dossier, changes: Sequence[Change], given: Sequence[str]) -> list[tuple[str, str]]:
    """Return each change of the past in words, with the address without it."""
    told = []
    for change, spelt in zip(changes, given, strict=True):
        rest = urlencode({"set": [each for each in given if each != spelt]}, doseq=True)
        told.append((_in_words(dossier, change), f"?{rest}"))
    return told


def _in_words(dossier: Dossier, change: Change) -> str:
    """Return a change of the past as a sentence; one that this page has no form for as it is spelt."""
    if change.field not in {"", "position"} or not isinstance(change.value, Range) or change.words:
        return str(change)
    question = next(each.question for each in dossier.issues if each.id == change.issue)
    since = f" from {change.since} on" if change.since else ""
    return f"{dossier.world.name(change.actor)} wants {change.value.mode:g} on “{question}”{since}"


def _steps(dossier: Dossier) -> list[dict[str, object]]:
    """Return the steps of the docket, each with what happened and what may stand there."""
    return [
        {
            "key": entry.key,
            "words": f"{entry.item.on} {entry.item.matter}, {entry.item.step}"
            + (f" ({entry.item.note})" if entry.item.note and len(entry.item.note) < 60 else ""),
            "happened": entry.item.happened,
            "may": list(possible_outcomes(dossier, entry)),
        }
        for entry in read_docket(dossier).entries
    ]


def outcome_told(bench: Bench, asked: Asked, case: str) -> Answer:
    """Write what happened at a step into the docket, if that still stands as the page had it."""
    folder, key = bench.folder(case), needed(asked, "key", "the step")
    wanted = one(asked, "happened")
    with bench.changing(case, "what happened"):  # nobody changes it between the look and the writing
        dossier = bench.dossier(case)
        now = next((each for each in _steps(dossier) if each["key"] == key), None)
        if now is None:
            raise FoedusError("the docket has no such step any more; load the page again")
        if now["happened"] != one(asked, "seen") and not one(asked, "anyway"):
            fields = {name: one(asked, name) for name in ("key", "happened", "source", "locator")}
            values = {"title": "System", "case": case, "dossier": dossier, "step": now, "wanted": wanted}
            return Page("both_outcomes.html", {**values, "seen": one(asked, "seen"), "given": fields}, 409)
        tell_outcome(folder, key, wanted, one(asked, "source"), one(asked, "locator"))
    return Elsewhere(f"/c/{quote(case)}/system?{urlencode({'told': key})}#outcome")


def saved(bench: Bench, asked: Asked, case: str) -> Answer:
    """Hand out the replay as a page of its own."""
    replayed: Replay = replay(bench.dossier(case), changes=changes_asked(asked))
    with tempfile.TemporaryDirectory(prefix="foedus-replay-") as home:
        path = Path(home) / "replay.html"
        save_replay(replayed, str(path))
        return as_file(path, f"{case}-replay.html", "text/html; charset=utf-8")


def changes_asked(asked: Asked) -> tuple[str, ...]:
    """Return the changes of the past that are asked for."""
    given = [words for each in asked.get("set", [])[:_MOST] if (words := str(each).strip())]
    if one(asked, "who"):
        value, day = needed(asked, "value", "the value"), needed(asked, "day", "the day")
        given.append(f"{one(asked, 'who')}.{needed(asked, 'issue', 'the issue')}={value}@{day}")
    return tuple(dict.fromkeys(given))


def seats_of(dossier: Dossier) -> Sequence[tuple[str, str]]:
    """Return who may have a part in some step, by usual name and id."""
    seats: set[str] = set()
    for entry in read_docket(dossier).entries:
        seats.update(entry.item.by)
        if entry.body:
            body = dossier.institutions.body(entry.body)
            seats.update(seat.actor for seat in body.seats(dossier.world, entry.item.on))
    states = [actor for actor in seats if dossier.world.actors[actor].kind != "organisation"]
    return sorted((dossier.world.name(actor), actor) for actor in states)


def docket_made(bench: Bench, asked: Asked, case: str) -> Answer:
    """Make a docket from the meetings of a dossier."""
    del asked
    folder = bench.folder(case)
    if (folder / FILE).is_file():
        raise FoedusError("this case has a docket already")
    with bench.changing(case, "docket made"):
        scaffold_docket(bench.dossier(case))
    return Elsewhere(f"/c/{case}/system")
