"""OpenDocument texts, as they read once every tracked change is accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from foedus.evidence.readers.limits import check_archive
from foedus.evidence.readers.raw import Raw
from foedus.evidence.readers.xml import tree_of

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LEFT_OUT = {
    _TEXT + "tracked-changes",
    _TEXT + "note-citation",
    _TEXT + "sequence-decls",
    _TEXT + "variable-decls",
    _TEXT + "ruby-text",
    _OFFICE + "annotation",
    _OFFICE + "annotation-end",
    _OFFICE + "forms",
}
_MARKS = {_TEXT + "tab": "\t", _TEXT + "line-break": " "}
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
_DEEPEST = 1_000


def read_odt(data: bytes) -> Raw:
    """Read an OpenDocument text as accepted: insertions shown, deletions left out; notes follow the text.

    Raises
    ------
    ValueError
        When the file is no OpenDocument text, or unpacks to an unreasonable size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
            content = tree_of(archive.read("content.xml"))
            meta = tree_of(archive.read("meta.xml")) if "meta.xml" in archive.namelist() else None
    except ValueError:
        raise
    except Exception:  # any fault of a damaged file, in zipfile or lxml
        raise ValueError("is no sound OpenDocument text; open it and save it anew as .odt") from None
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ValueError("is no OpenDocument text; save a table as .xlsx or .csv, slides as .pdf")
    notes: list[Any] = []
    lines = list(_paragraphs(body, notes))
    for note in notes:
        lines.extend(_paragraphs(note, []))
    author = _fact(meta, f"{_META}initial-creator") or _fact(meta, f"{_DC}creator")
    return Raw("\n".join(lines), _fact(meta, f"{_DC}title"), author)


def _fact(meta: Any, name: str) -> str:
    return "" if meta is None else str(next((node.text for node in meta.iter(name) if node.text), ""))


def _paragraphs(node: Any, notes: list[Any], depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs below a node in their order; what floats in a frame follows the paragraph that holds it."""
    if depth > _DEEPEST:
        raise ValueError(f"nests elements deeper than {_DEEPEST:,}")
    for child in node:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag in _PARAGRAPHS:
            parts: list[str] = []
            frames: list[Any] = []
            _words(child, parts, frames, notes, depth)
            yield "".join(parts)
            for frame in frames:
                yield from _paragraphs(frame, notes, depth + 1)
        else:
            yield from _paragraphs(child, notes, depth + 1)


def _words(node: Any, parts: list[str], frames: list[Any], notes: list[Any], depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError(f"nests elements deeper than {_DEEPEST:,}")
    parts.append(_blanks(node.text))
    for child in node:
        if child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag == _TEXT + "s":
            parts.append(" ")
        elif child.tag == _TEXT + "note":
            body = child.find(_TEXT + "note-body")
            notes.extend([] if body is None else [body])
        elif child.tag == _DRAW + "text-box":
            frames.append(child)
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            _words(child, parts, frames, notes, depth + 1)
        parts.append(_blanks(child.tail))


def _blanks(text: str | None) -> str:
    """Return a text with its runs of blanks as one, as the format reads them."""
    if not text:
        return ""
    words = " ".join(text.split())
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() and words else ''}"
