"""The formats that are read, each by the end of a file's name."""

from __future__ import annotations

from collections.abc import Callable

from foedus.evidence.readers.docx import read_docx
from foedus.evidence.readers.html import read_html
from foedus.evidence.readers.markdown import read_markdown
from foedus.evidence.readers.pdf import read_pdf
from foedus.evidence.readers.plain import read_plain
from foedus.evidence.readers.raw import Raw

FORMATS: dict[str, Callable[[bytes], Raw]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
"""The reader of each format, by the end of the file's name; ``.zip`` is opened."""

ARCHIVE = ".zip"
"""The end of an archive's name."""

APART = frozenset({".html", ".htm", ".xhtml", ".pdf", ".docx"})
"""Formats that are read in a process of their own: what reads them was written by others, for well-meant files."""
