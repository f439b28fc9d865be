"""Tables of a Word document."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.table import Table

TEXT_WIDTH = 16.6
"""Centimetres between the margins of an A4 page."""


def write_table(
    document: Document, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float] = ()
) -> None:
    """Write a table whose heading is repeated on each page and whose rows are not torn apart.

    Parameters
    ----------
    document
        At whose end.
    headings, rows
        Texts; all of the same length.
    widths
        Of the columns, in any unit: together they take the whole width of the text. By default all are the same.
    """
    table = document.add_table(rows=1, cols=len(headings), style="Light List Accent 1")
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.text = heading
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    shares = list(widths) or [1.0] * len(headings)
    _set_widths(table, [TEXT_WIDTH * share / sum(shares) for share in shares])
    for place, row in enumerate(table.rows):
        settings = row._tr.get_or_add_trPr()
        settings.append(OxmlElement("w:cantSplit"))
        if place == 0:
            settings.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    """Set the widths of columns, in centimetres, and of their cells: some programs read the one, some the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
