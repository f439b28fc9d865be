"""Sections in a Word document."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from itertools import zip_longest

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from foedus.base.days import Day
from foedus.reports.numbers import unbroken
from foedus.reports.sections import (
    HEADLINE,
    MUTED,
    STRONG,
    WORD,
    Bar,
    Block,
    Bullets,
    Figure,
    Fold,
    Section,
    Steps,
    Table,
    Terms,
    Text,
)
from foedus.reports.vega import Chart

TEXT_WIDTH = 16.6
"""Centimetres between the margins of an A4 page."""

_UNDATED = dt.date(2000, 1, 1)
"""Stands in the properties of a document that tells of no day: a clock would make each run's bytes others."""

_STEP = 0.4
"""Centimetres by which a reason stands further in than what rests on it."""

_UNBROKEN = re.compile(r"\d{4}-\d\d-\d\d|[^\s-]+-?")
"""What stays on one line: a day, a word, or the part of it up to a hyphen."""

_DAY_HYPHEN = re.compile(r"(?<=\b\d{4})-(?=\d\d-\d\d\b)|(?<=\b\d{4}-\d\d)-(?=\d\d\b)")
"""The two hyphens of a day such as 2023-07-11, at which some programs end a line."""

_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"

_WHOLE = 8
"""Rows of a table that stands on one page."""

_MUTED = RGBColor(0x5D, 0x66, 0x75)
"""The colour of what stands back: captions, remarks."""

_LOOK = "0420"
"""The style is to set apart the first row and every second one; the first column is bold in its first line alone."""

_CELL_MARGIN = "108"
"""Between the line of a cell and its words, in twentieths of a point."""

_CELL_MARGINS, _WIDTH_OF_A_CHARACTER = 0.4, 0.24
"""Centimetres, in a table of nine points; of a character, what one of a bold heading takes in a wide face."""

Drawn = Mapping[str, tuple[Chart, Future[bytes]]]
"""Charts by the names that figures give, perhaps still being drawn."""


def begin_document(title: str, author: str, as_of: Day | None, marking: str) -> Document:
    """Return a document without text: margins and type, marking and day on top of each page, author and number below.

    Its properties hold no clock, so that the same answer gives the same document.
    """
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
        section.header.paragraphs[0].text = f"{marking.upper()}\t\t{f'as of {as_of}' if as_of else ''}"
        foot = section.footer.paragraphs[0]
        foot.text = f"{author}\t\tpage "
        _add_page_number(foot)
    caption = document.styles["Caption"].font
    caption.bold, caption.color.rgb = False, _MUTED
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    for name in ("Normal", "List Bullet"):
        document.styles[name].paragraph_format.space_after = Pt(3)
    properties = document.core_properties
    properties.title, properties.author = title, author
    day = dt.datetime.combine(as_of or _UNDATED, dt.time(), dt.UTC)
    properties.created = properties.modified = day.replace(tzinfo=None)
    return document


def as_bytes(document: Document) -> bytes:
    """Return a document as the bytes of a .docx file, the same for the same document; no day or number is torn."""
    for section in document.sections:
        _keep_together(section.header._element)
    _keep_together(document.element.body)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _keep_together(within: BaseOxmlElement) -> None:
    """Put a hyphen that breaks no line into days, and a space that breaks none between numbers and their units."""
    for words in list(within.iter(qn("w:t"))):
        whole = unbroken(words.text or "")
        first, *others = _DAY_HYPHEN.split(whole)
        words.text = first
        if first != first.strip():
            words.set(_PRESERVE, "preserve")
        after = words
        for other in others:
            hyphen, rest = OxmlElement("w:noBreakHyphen"), OxmlElement("w:t")
            rest.text = other
            rest.set(_PRESERVE, "preserve")
            after.addnext(hyphen)
            hyphen.addnext(rest)
            after = rest


def without_clock(archive: bytes) -> bytes:
    """Return a zip archive whose members all carry one fixed time: what holds the same then has the same bytes.

    Examples
    --------
    >>> out = io.BytesIO()
    >>> with zipfile.ZipFile(out, "w") as archive:
    ...     archive.writestr("a.txt", "text")
    >>> zipfile.ZipFile(io.BytesIO(without_clock(out.getvalue()))).infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def write_sections(document: Document, sections: Iterable[Section | None], drawn: Drawn) -> None:
    """Write sections at the end of a document.

    Parameters
    ----------
    document
        The document.
    sections
        In order; None is nothing.
    drawn
        The charts that they name; one that was not drawn is left out.
    """
    for section in sections:
        if section is None or WORD not in section.media:
            continue
        if section.title:
            heading = document.add_heading(section.title, level=section.level)
            heading.paragraph_format.page_break_before = section.new_page
        for block, after in zip_longest(section.blocks, section.blocks[1:]):
            _write(document, block, drawn)
            if isinstance(block, Table) and isinstance(after, Figure) and len(block.rows) <= _WHOLE:
                _keep_with_next(document)


def _write(document: Document, block: Block, drawn: Drawn) -> None:
    if isinstance(block, Text):
        _write_text(document, block)
    elif isinstance(block, Table) and not block.rows:
        return  # a head without rows tells nothing
    elif isinstance(block, Table):
        bars = {k for row in block.rows for k, cell_ in enumerate(row) if isinstance(cell_.parts[0], Bar)}
        kept = [k for k in range(len(block.headings)) if k not in bars]
        rows = [[str(row[k]) for k in kept] for row in block.rows]
        widths = [block.widths[k] for k in kept] if block.widths else []
        write_table(document, [block.headings[k] for k in kept], rows, widths)
    elif isinstance(block, Figure):
        if block.name in drawn:
            write_chart(document, *drawn[block.name])
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(str(item), style="List Bullet")
    elif isinstance(block, Steps):
        for depth, words in block.lines:
            step = document.add_paragraph()
            step.paragraph_format.left_indent = Cm(_STEP * depth)
            step.add_run(words).font.size = Pt(9)
    elif isinstance(block, Terms):
        _write_terms(document, block, drawn)
    else:
        _write_fold(document, block, drawn)


def _write_fold(document: Document, fold: Fold, drawn: Drawn) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(fold.who).bold = True
    paragraph.add_run(f": {''.join(str(part) for part in fold.what)}")
    for block, after in zip_longest(fold.blocks, fold.blocks[1:]):
        _write(document, block, drawn)
        if isinstance(after, Table):
            _keep_with_next(document)


def _write_text(document: Document, block: Text) -> None:
    run = document.add_paragraph().add_run(str(block))
    run.bold = block.tone in {STRONG, HEADLINE}
    if block.tone == MUTED:
        run.font.color.rgb = _MUTED
    if block.tone == HEADLINE:
        run.font.size = Pt(13)


def _write_terms(document: Document, terms: Terms, drawn: Drawn) -> None:
    for term, told in terms.rows:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{term}: ").bold = True
        if isinstance(told, Text):
            paragraph.add_run(str(told))
        else:
            _write(document, told, drawn)


def _keep_with_next(document: Document) -> None:
    """Keep the last paragraph on the page of what will follow."""
    last = document.element.body[-2]  # the properties of the section stand below it
    Paragraph(last, document).paragraph_format.keep_with_next = True


def _add_page_number(paragraph: Paragraph) -> None:
    """Add a field with the number of the page at the end of a paragraph."""
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)


def write_chart(document: Document, chart: Chart, drawn: Future[bytes]) -> None:
    """Write a chart as wide as the text, with its caption, and in words for those who cannot see it."""
    inline = document.add_picture(io.BytesIO(drawn.result()), width=Cm(TEXT_WIDTH))._inline
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # without these some programs set it apart, and so beyond the margin
    inline.docPr.set("descr", chart.alternative)
    _keep_with_next(document)
    document.add_paragraph(chart.caption, style="Caption")


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
        for place, (cell, text) in enumerate(zip(table.add_row().cells, texts, strict=True)):
            _write_cell(cell, text, bold=not place)
    shares = list(widths) or [1.0] * len(headings)
    columns = zip(headings, *rows, strict=True)
    longest = [
        max((len(word) for text_ in column for word in _UNBROKEN.findall(text_)), default=0) for column in columns
    ]
    _set_widths(table, fitted([TEXT_WIDTH * share / sum(shares) for share in shares], longest))
    for cell in (cell for row in table.rows for cell in row.cells):
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.font.size = Pt(9)
    if len(rows) <= _WHOLE:
        for row in table.rows:
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    for place, row in enumerate(table.rows):
        settings = row._tr.get_or_add_trPr()
        settings.append(OxmlElement("w:cantSplit"))
        if place == 0:
            settings.append(OxmlElement("w:tblHeader"))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _write_cell(cell: _Cell, words: str, *, bold: bool) -> None:
    """Write what a cell holds; a remark below it stands back."""
    first, *below = words.split("\n")
    cell.text = first
    cell.paragraphs[0].runs[0].bold = bold
    for line in below:
        run = cell.paragraphs[0].add_run(f"\n{line}")
        run.bold, run.font.color.rgb = False, _MUTED


def fitted(widths: Sequence[float], longest: Sequence[int]) -> list[float]:
    """Return widths of columns in which no word is broken, as far as the page allows; their sum stays as it is.

    Parameters
    ----------
    widths
        As wished, in centimetres.
    longest
        Characters of the longest word of each column, at nine points; a column that is too narrow for it takes what it
        lacks from those that have some to spare, each in proportion to what it can spare.

    Examples
    --------
    >>> [round(width, 2) for width in fitted([1.0, 7.0], [10, 10])]
    [2.8, 5.2]
    >>> fitted([4.0, 4.0], [3, 10])
    [4.0, 4.0]
    """
    needed = [_CELL_MARGINS + _WIDTH_OF_A_CHARACTER * count for count in longest]
    lacks = sum(max(0.0, need - width) for need, width in zip(needed, widths, strict=True))
    spare = sum(max(0.0, width - need) for need, width in zip(needed, widths, strict=True))
    if not lacks or not spare:
        return list(widths)
    moved = min(1.0, spare / lacks), min(1.0, lacks / spare)
    return [
        width + (need - width) * moved[0] if need > width else width - (width - need) * moved[1]
        for need, width in zip(needed, widths, strict=True)
    ]


def _set_widths(table: WordTable, widths: Sequence[float]) -> None:
    """Set the widths of columns, in centimetres, and of their cells: some programs read the one, some the other.

    The table is moved in by the margin of its cells, so that its lines, and not its words, stand where the text does.
    """
    table.autofit = False
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), _CELL_MARGIN)
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(indent)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for name in list(look.attrib):
        del look.attrib[name]
    look.set(qn("w:val"), _LOOK)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
