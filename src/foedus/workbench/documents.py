"""Documents of a dossier: read in the background, and shown with what was found in them."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from foedus.base.days import asked_day
from foedus.base.errors import FoedusError
from foedus.base.wording import counted
from foedus.coding.taken import Wishes
from foedus.dossiers.texts import stored_document
from foedus.evidence import MARKINGS, Statement
from foedus.workbench.bench import Bench, Reading
from foedus.workbench.page import Answer, Asked, Elsewhere, Json, Page, one


def listed(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show the sources of a dossier, and take more."""
    del asked
    dossier = bench.dossier(case)
    counts: dict[str, dict[str, int]] = {}
    for statement in dossier.statements:
        row = counts.setdefault(statement.source, {})
        row[statement.status] = row.get(statement.status, 0) + 1
    rows = [
        {
            "id": id_,
            "title": source.title,
            "outlet": source.outlet,
            "published": source.published,
            "marking": source.marking,
            "republished": source.republished_from,
            "text": bool(source.file),
            "counts": counts.get(id_, {}),
        }
        for id_, source in dossier.sources.items()
    ]
    reading = bench.reading(case)
    values = {
        "title": "Documents",
        "case": case,
        "dossier": dossier,
        "rows": sorted(rows, key=lambda row: str(row["published"] or ""), reverse=True),
        "reading": None if reading is None else told(reading),
        "markings": MARKINGS,
    }
    return Page("documents.html", values)


def shown(bench: Bench, asked: Asked, case: str, source: str) -> Answer:
    """Show the text of a document with its statements highlighted."""
    del asked
    dossier = bench.dossier(case)
    if source not in dossier.sources:
        raise FoedusError(f"there is no source {source!r}")
    record = dossier.sources[source]
    document = stored_document(dossier.folder, record)
    if document is None:
        raise FoedusError(f"the dossier holds no text of {record.title!r}")
    here = [statement for statement in dossier.statements if statement.source == source]
    coded: dict[str, list[Statement]] = {}
    for statement in here:
        coded.setdefault(statement.passage, []).append(statement)
    passages = [
        {
            "id": passage.place,
            "kind": passage.furniture,
            "words": _marked(
                document.text[passage.start : passage.end],
                [(each.quote, each) for each in coded.get(passage.place, []) if each.quote],
            ),
            "statements": coded.get(passage.place, []),
        }
        for passage in document.passages
    ]
    names = {statement.actor: dossier.world.name(statement.actor) for statement in here}
    values = {
        "title": record.title,
        "case": case,
        "dossier": dossier,
        "source": record,
        "passages": passages,
        "names": names,
        "concepts": dossier.concepts,
    }
    return Page("document.html", values)


def _marked(text: str, quotes: list[tuple[str, Statement]]) -> Markup:
    """Return a passage with what was quoted from it marked; where quotations overlap, each stretch tells all."""
    spans = [(start, start + len(quote), told) for quote, told in quotes if (start := text.find(quote)) >= 0]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces = []
    for start, end in itertools.pairwise(edges):
        over = [statement for first, last, statement in spans if first <= start and end <= last]
        words = escape(text[start:end])
        if over:
            status = "accepted" if any(statement.status == "accepted" for statement in over) else over[0].status
            ids = " ".join(statement.id for statement in over)
            words = Markup('<mark class="{}" title="{}">{}</mark>').format(status, ids, words)
        pieces.append(words)
    return Markup("").join(pieces)


def taken(bench: Bench, asked: Asked, case: str) -> Answer:
    """Begin to read uploaded files, or a text that was pasted."""
    folder = Path(tempfile.mkdtemp(prefix="foedus-taken-"))
    try:
        files = list(_kept(asked, folder))
        if not files:
            raise FoedusError("nothing to read: choose files, or paste a text")
        day = one(asked, "published")
        wishes = Wishes(
            published=asked_day(day, "published") if day else None,
            marking=one(asked, "marking", MARKINGS[0]),
            title=one(asked, "name") if one(asked, "text") and len(files) == 1 else "",
        )
        reading = bench.read(case, files, wishes)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    threading.Thread(target=_tidied, args=(reading, folder), daemon=True).start()
    return Elsewhere(f"/c/{case}/documents")


def _kept(asked: Asked, folder: Path) -> Iterator[Path]:
    """Write what was sent into a folder of its own; of a file's name only the last part is used."""
    for number, sent in enumerate(asked.get("files", [])):
        name = Path(str(getattr(sent, "filename", "") or "").replace("\\", "/")).name.lstrip(".")
        if not name:
            continue
        home = folder / str(number)
        home.mkdir()
        with (home / name).open("wb") as out:
            shutil.copyfileobj(sent.file, out)
        yield home / name
    pasted = one(asked, "text")
    if pasted:
        title = "".join(c if c.isalnum() or c in " -_" else " " for c in one(asked, "name", "pasted text"))[:60].strip()
        path = folder / f"{title or 'pasted text'}.txt"
        path.write_text(pasted, encoding="utf-8", newline="\n")
        yield path


def _tidied(reading: Reading, folder: Path) -> None:
    """Take what was sent away once it is read."""
    while reading.goes_on:
        threading.Event().wait(0.2)
    shutil.rmtree(folder, ignore_errors=True)


def progress(bench: Bench, asked: Asked, case: str) -> Answer:
    """Tell how far a reading has come."""
    del asked
    reading = bench.reading(case)
    return Json({"reading": None if reading is None else told(reading)})


def told(reading: Reading) -> dict[str, Any]:
    """Return in words what came of a reading."""
    if reading.problem:
        return {"goes_on": False, "words": f"Stopped: {reading.problem}", "refused": [], "found": 0}
    if reading.intake is None:
        return {"goes_on": True, "words": f"Reading: {reading.done} of {reading.of} done.", "refused": [], "found": 0}
    found = len(reading.intake.statements)
    refused = [f"{refusal.name}: {refusal.reason}" for refusal in reading.intake.refused]
    words = f"Read {counted(reading.of, 'document')}: {counted(found, 'candidate')} found."
    return {"goes_on": False, "words": words, "refused": refused, "found": found}
