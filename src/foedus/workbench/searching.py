"""A search through what all documents of a dossier say."""

from __future__ import annotations

from markupsafe import Markup, escape

from foedus.dossiers import Dossier
from foedus.dossiers.texts import stored_document
from foedus.workbench.bench import Bench
from foedus.workbench.page import Answer, Asked, Page, one
from foedus.workbench.shelf import END, START, Shelf

_MOST = 50


def found(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show the passages in which the words stand, the best first."""
    dossier, words = bench.dossier(case), one(asked, "q")
    if words:
        brought_up(bench.shelf, case, dossier)
    places = [passage for passage in bench.shelf.search(case, words, _MOST) if passage.source in dossier.sources]
    rows = [
        {"source": dossier.sources[each.source], "passage": each.passage, "words": _marked(each.words)}
        for each in places
    ]
    values = {"title": "Search", "case": case, "dossier": dossier, "rows": rows, "words": words, "most": _MOST}
    values["held"] = any(source.file for source in dossier.sources.values())
    return Page("search.html", values)


def brought_up(shelf: Shelf, case: str, dossier: Dossier) -> None:
    """Index what is new or changed in a dossier, and forget what is gone."""
    known = shelf.indexed(case)
    held = {id_: source.sha256 for id_, source in dossier.sources.items() if source.file}
    for id_ in known.keys() - held.keys():
        shelf.unindex(case, id_)
    for id_, sha256 in held.items():
        if known.get(id_) == sha256 or (document := stored_document(dossier.folder, dossier.sources[id_])) is None:
            continue
        passages = ((f"p{passage.number}", document.text[passage.start : passage.end]) for passage in document.passages)
        shelf.index(case, id_, sha256, passages)


def _marked(words: str) -> Markup:
    """Return words with what was sought marked."""
    return Markup(str(escape(words)).replace(START, "<mark>").replace(END, "</mark>"))
