"""Word documents, as they read once every tracked change is accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from foedus.evidence.readers.limits import check_archive
from foedus.evidence.readers.raw import Raw
from foedus.evidence.readers.xml import tree_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LEFT_OUT = {
    *(_W + tag for tag in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sectPr", "tblPr", "tcPr")),
    _MC + "Fallback",
}
_MARKS = {_W + "tab": "\t", _W + "br": " ", _W + "cr": " ", _W + "noBreakHyphen": "-"}
_NOTES = ("footnotes", "endnotes")
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_DEEPEST = 1_000


def read_docx(data: bytes) -> Raw:
    """Read a Word document as accepted: insertions shown, deletions left out, tables and text boxes in their place.

    Footnotes and endnotes follow the text, each as a paragraph.

    Raises
    ------
    ValueError
        When the file is no Word document, or unpacks to an unreasonable size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
            names = set(archive.namelist())
            lines = list(_paragraphs(tree_of(archive.read("word/document.xml"))))
            for kind in _NOTES:
                if f"word/{kind}.xml" in names:
                    lines.extend(_notes(tree_of(archive.read(f"word/{kind}.xml"))))
            properties = tree_of(archive.read("docProps/core.xml")) if "docProps/core.xml" in names else None
    except ValueError:
        raise
    except Exception:  # any fault of a damaged file, in zipfile or lxml
        raise ValueError("is no sound Word document; open it in Word and save it anew as .docx") from None
    text = "\n".join(lines)
    if not text.strip():
        raise ValueError("holds no text")
    return Raw(text, _property(properties, "title"), _property(properties, "creator"))


def _property(properties: Any, name: str) -> str:
    return "" if properties is None else str(properties.findtext(_DC + name) or "")


def _notes(tree: Any) -> Iterator[str]:
    for note in tree:
        if note.get(_W + "type") not in _SEPARATORS:
            yield from _paragraphs(note)


def _paragraphs(node: Any, depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs below a node in their order; a text box follows the paragraph that holds it.

    Where a paragraph's mark was deleted, it runs on into the next one, as Word joins them when that is accepted.
    """
    if depth > _DEEPEST:
        raise ValueError(f"nests elements deeper than {_DEEPEST:,}")
    begun = ""
    for child in node:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _W + "p":
            parts: list[str] = []
            boxes: list[Any] = []
            _words(child, parts, boxes, depth)
            begun += "".join(parts)
            if child.find(f"{_W}pPr/{_W}rPr/{_W}del") is None:
                yield begun
                begun = ""
            for box in boxes:
                yield from _paragraphs(box, depth + 1)
        elif child.tag != _W + "tr" or child.find(f"{_W}trPr/{_W}del") is None:
            yield from _paragraphs(child, depth + 1)
    if begun:
        yield begun


def _words(node: Any, parts: list[str], boxes: list[Any], depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError(f"nests elements deeper than {_DEEPEST:,}")
    for child in node:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _W + "t":
            parts.append(child.text or "")
        elif child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag == _W + "txbxContent":
            boxes.append(child)
        else:
            _words(child, parts, boxes, depth + 1)
