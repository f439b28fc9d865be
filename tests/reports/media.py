"""Sections as a person meets them: printed on a terminal, set on a page, written to a Word file, and read back."""

from __future__ import annotations

import io

import docx
import lxml.html
from docx.document import Document
from rich.console import Console

from foedus.cli.sections import show_sections
from foedus.reports.sections import Section

Tables = list[list[list[str]]]
"""Tables, their rows, their cells."""


def plain(words: str) -> str:
    """Return words with single blanks."""
    return " ".join(words.split())


def on_terminal(section: Section) -> str:
    """Return a section as a wide terminal shows it."""
    out = Console(file=io.StringIO(), width=600, highlight=False)
    show_sections(out, [section])
    return out.file.getvalue()  # type: ignore[attr-defined]


def tables_of_page(html: str) -> dict[str, Tables]:
    """Return the tables below each heading of a page, by the heading's id; what is folded away follows its table."""
    tree = lxml.html.fromstring(html)
    found: dict[str, Tables] = {}
    at = ""
    for element in tree.iter():
        if element.tag in {"h2", "h3"}:
            at = element.get("id") or plain(element.text_content())
        elif element.tag == "table":
            rows = [[plain(_lines(cell)) for cell in row.iter("td", "th")] for row in element.iter("tr")]
            found.setdefault(at, []).append(rows)
    return found


def _lines(cell: lxml.html.HtmlElement) -> str:
    for line in cell.iter("br"):
        line.tail = f" {line.tail or ''}"
    return cell.text_content()


def tables_of_word(document: Document) -> dict[str, Tables]:
    """Return the tables below each heading of a Word file, by the heading's words."""
    found: dict[str, Tables] = {}
    at = ""
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            found.setdefault(at, []).append([[plain(cell.text) for cell in row.cells] for row in block.rows])
        elif (block.style.name or "").startswith("Heading"):
            at = plain(block.text)
    return found
