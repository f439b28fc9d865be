"""The queue: candidates by certainty, each in its passage, decided by single keys."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

from foedus.base.at_hand import keeping
from foedus.base.days import asked_day
from foedus.base.errors import FoedusError
from foedus.base.wording import percent
from foedus.coding.deciding import ACCEPTED, REJECTED, Who, decide, edit
from foedus.coding.decisions import Decision
from foedus.coding.entering import Told, enter
from foedus.dossiers import Dossier
from foedus.dossiers.said import what_was_said
from foedus.dossiers.texts import stored_document
from foedus.evidence import Statement
from foedus.evidence.documents import Document
from foedus.evidence.records import SIGNALS
from foedus.workbench.bench import Bench, today, version_of
from foedus.workbench.page import Answer, Asked, Elsewhere, Json, Page, needed, one

_WORDS = {1: "for", -1: "against", 0: "neither"}
_AROUND = 1
"""Passages shown before and after the one of a candidate."""

_EDITED = ("actor", "concept", "stance", "signal", "condition")


def listed(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show the candidates, the surest first."""
    dossier = bench.dossier(case)
    candidates = [statement for statement in dossier.statements if statement.status == "candidate"]
    wanted = one(asked, "source")
    chosen = [statement for statement in candidates if not wanted or statement.source == wanted]
    values = {
        "title": "Queue",
        "case": case,
        "dossier": dossier,
        "groups": _sentences(dossier, sorted(chosen, key=lambda each: (-each.certainty, each.id))),
        "waiting": len(candidates),
        "concepts": dossier.concepts,
        "signals": SIGNALS,
        "sources": sorted({each.source for each in candidates}),
        "wanted": dossier.sources[wanted].title if wanted in dossier.sources else wanted,
    }
    return Page("queue.html", values)


def _sentences(dossier: Dossier, chosen: list[Statement]) -> list[dict[str, Any]]:
    """Return the candidates of each sentence together, with its passage once, in the order of their surest."""
    texts = {name: stored_document(dossier.folder, dossier.sources[name]) for name in {each.source for each in chosen}}
    by_sentence: dict[tuple[str, ...], dict[str, Any]] = {}
    for each in chosen:
        same = (each.source, each.passage, each.quote) if each.quote else (each.id,)
        if same not in by_sentence:
            before, words, after = _passage(texts[each.source], each)
            by_sentence[same] = {"before": before, "words": words, "after": after, "rows": []}
        by_sentence[same]["rows"].append(_row(dossier, each))
    return list(by_sentence.values())


def _row(dossier: Dossier, each: Statement) -> dict[str, Any]:
    source = dossier.sources[each.source]
    return {
        **seen(dossier, each),
        "title": source.title,
        "said_on": each.said_on,
        "certainty": percent(each.certainty),
        "rule": each.rule,
        "note": each.note,
        "said": what_was_said(dossier, each),
    }


def seen(dossier: Dossier, each: Statement) -> dict[str, Any]:
    """Return how a statement stands, with the mark of that."""
    concept = next((known for known in dossier.concepts if known.id == each.concept), None)
    return {
        "id": each.id,
        "version": version_of(each),
        "status": each.status,
        "actor": each.actor,
        "name": dossier.world.name(each.actor),
        "concept": each.concept,
        "claim": each.concept if concept is None else concept.text,
        "stance": _WORDS[each.stance],
        "signal": each.signal,
        "condition": each.condition,
        "quote": each.quote,
        "kind": each.kind,
        "source": each.source,
    }


def _passage(document: Document | None, each: Statement) -> tuple[str, tuple[str, str, str], str]:
    """Return the words before a passage, its own in three parts with the quotation in the middle, and those after."""
    if document is None:
        return "", ("", each.quote, ""), ""
    number = each.passage.removeprefix("p")
    k = int(number) - 1 if number.isascii() and number.isdigit() else -1  # passages are numbered from 1
    passages = document.passages
    if not 0 <= k < len(passages):
        return "", ("", each.quote, ""), ""

    def told(first: int, last: int) -> list[str]:
        return [document.text[passage.start : passage.end] for passage in passages[first:last]]

    [words] = told(k, k + 1)
    start = words.find(each.quote) if each.quote else -1
    split = (words, "", "") if start < 0 else (words[:start], each.quote, words[start + len(each.quote) :])
    return "\n".join(told(max(0, k - _AROUND), k)), split, "\n".join(told(k + 1, k + 1 + _AROUND))


def decided(bench: Bench, asked: Asked, case: str, id: str) -> Answer:  # noqa: A002 - the name in the address
    """Accept, reject or change a statement, if it still stands as the page showed it."""
    with bench.deciding(case) as folder:  # nobody changes it between the look and the decision
        with keeping():  # what is looked at is what is decided on: the table is read once for both
            dossier = bench.dossier(case)
            before = _statement(dossier, id)
            if one(asked, "version") != version_of(before):
                words = (
                    "This statement was changed since the page was loaded. Look at it as it is now, and decide again."
                )
                return Json({"done": False, "changed": True, "words": words, "now": seen(dossier, before)}, 409)
            decision = _decided(bench, asked, folder, id)
        if isinstance(decision, FoedusError):
            return Json({"done": False, "words": str(decision)}, 422)
        dossier = bench.dossier(case)
    number = None if decision is None else decision.number
    return Json(
        {"done": True, "number": number, "left": waiting(dossier), "now": seen(dossier, _statement(dossier, id))}
    )


def _decided(bench: Bench, asked: Asked, folder: Path, id_: str) -> Decision | FoedusError | None:
    """Decide as the page asked; return what the journal says of it, or why it was not done."""
    who, action = Who(by=bench.by, on=today()), one(asked, "action")
    try:
        match action:
            case "accept" | "reject":
                status = ACCEPTED if action == "accept" else REJECTED
                wording = bool(one(asked, "wording"))
                decision = decide(folder, [id_], status, who, use_source_wording=wording)
            case "edit":
                given = {name: one(asked, name) for name in _EDITED if name in asked}
                decision = edit(folder, id_, given, who)
            case _:
                raise FoedusError(f"{action!r}: expected accept, reject or edit")
    except FoedusError as error:
        return error
    return decision


def waiting(dossier: Dossier) -> int:
    """Return how many candidates are still to be decided."""
    return sum(each.status == "candidate" for each in dossier.statements)


def _statement(dossier: Dossier, id_: str) -> Statement:
    for each in dossier.statements:
        if each.id == id_:
            return each
    raise FoedusError(f"there is no statement {id_!r} any more")


def entered(bench: Bench, asked: Asked, case: str) -> Answer:
    """Enter a statement of one's own, such as one of words selected in a document."""
    on = needed(asked, "on", "the day on which it was said")
    who = needed(asked, "actor", "who said it")
    told = Told(
        actor=who,
        stance=needed(asked, "stance", "the stance"),
        concept=needed(asked, "concept", "the claim"),
        words=one(asked, "words"),
        on=asked_day(on, "said on"),
        source=needed(asked, "source", "the source"),
        quote=one(asked, "quote"),
        condition=one(asked, "condition"),
        signal=one(asked, "signal"),
        marking=one(asked, "marking"),
    )
    with bench.changing(case, "statement entered"):
        for actor in _speakers(bench.dossier(case), who):
            enter(bench.folder(case), dataclasses.replace(told, actor=actor), Who(by=bench.by, on=today()))
    back = one(asked, "back")
    return Elsewhere(back if back.startswith(f"/c/{case}/") else f"/c/{case}/queue")


def _speakers(dossier: Dossier, words: str) -> list[str]:
    """Return who is named: one name, or several with commas or a last "and" between them.

    Raises
    ------
    FoedusError
        When one of them is unknown.
    """
    try:
        return [dossier.world.find(words)]
    except FoedusError:
        parts = [part.strip() for part in re.split(r",| and ", words) if part.strip()]
        if len(parts) < 2:
            raise
        return list(dict.fromkeys(dossier.world.find(part.removeprefix("the ")) for part in parts))
