"""Sections as a person meets them: printed on a terminal, set on a page, written to a Word file, and read back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import docx
import lxml.html
from docx.document import Document
from rich.console import Console

from foedus.cli.sections import show_sections
from foedus.reports.answers import Told, save_told
from foedus.reports.sections import PAGE, TERMINAL, WORD, Section, Table

Tables = list[list[list[str]]]
"""Tables, their rows, their cells."""


def plain(words: str) -> str:
    """Return words with single blanks."""
    return " ".join(words.split())


def on_terminal(section: Section) -> str:
    """Return a section as a wide terminal shows it."""
    out = Console(file=io.StringIO(), width=2_000, highlight=False, markup=False, emoji=False)
    show_sections(out, [section])
    return out.file.getvalue()  # type: ignore[attr-defined]


def check_terminal(text: str, table: Table) -> None:
    """The lines of a table hold, in the order of the headings, the cells of its rows."""
    shown = [plain(re.sub("[█▏▎▍▌▋▊▉]", "", line)) for line in text.splitlines()]
    lines = [line for row in table.rows for line in _lines_of(row)]
    last = " ".join(table.headings).split()[-1:]
    ends = [at for at, line in enumerate(shown) if line.split()[-1:] == last]
    found = [at for at in ends if shown[at + 1 : at + 1 + len(lines)] == lines]
    assert found, (lines, shown)
    above = " ".join(shown[max(0, found[0] - 3) : found[0] + 1]).split()
    assert all(word in above for heading in table.headings for word in heading.split())


def _lines_of(row: Iterable[object]) -> list[str]:
    cells = [str(cell).split("\n") for cell in row]
    deep = max(len(cell) for cell in cells)
    return [plain(" ".join(cell[k] if k < len(cell) else "" for cell in cells)) for k in range(deep)]


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


def in_each_medium(told: Told, folder: Path) -> dict[str, Seen]:
    """Return a report as its page and its Word file show it, and its sections as a wide terminal does, read back."""
    save_told(told, folder / "told.html")
    save_told(told, folder / "told.docx")
    html, document = (folder / "told.html").read_text("utf-8"), docx.Document(str(folder / "told.docx"))
    sections = [one for one in told.sections if one is not None]
    tree = lxml.html.fromstring(html)
    said = [plain(one.text_content()) for one in tree.iter("h1", "h2", "h3", "p", "li", "summary")]
    written = [plain(one.text) for one in document.paragraphs]
    return {
        TERMINAL: Seen([plain(line) for one in sections for line in on_terminal(one).splitlines()], None),
        PAGE: Seen(said, [table for each in tables_of_page(html).values() for table in each]),
        WORD: Seen(written, [table for each in tables_of_word(document).values() for table in each]),
    }


@dataclass(frozen=True)
class Seen:
    """What a person meets: paragraphs or lines with single blanks, and tables, which on a terminal are lines."""

    lines: list[str]
    tables: Tables | None

    def has_row(self, *cells: str) -> bool:
        """Tell whether a table has a row, in the order of its cells."""
        wanted = [plain(cell) for cell in cells]
        if self.tables is None:
            return plain(" ".join(wanted)) in self.lines
        return any(row == wanted for table in self.tables for row in table)


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
