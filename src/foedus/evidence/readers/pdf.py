"""PDF: the text of its pages in the order in which one reads it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from foedus.evidence.readers.layout import Fragment, paragraphs_of
from foedus.evidence.readers.raw import Raw

MOST_PAGES = 3_000
MOST_LETTERS = 20_000_000

_APART = 1.0
"""Blank between two letters of a line, in their size, that may be the space between two columns."""


def read_pdf(data: bytes) -> Raw:
    """Read the text of a PDF, with title and author as its properties give them.

    Columns are read one after the other. Running heads and page numbers are told once; notes at the foot of pages come
    after the text. The day on which the file was made is left out: it is that of a print or a scan, often years after
    publication.

    Raises
    ------
    ValueError
        When the file is no sound PDF, loops, is encrypted or holds no text, as a scan does.
    """
    if b"%PDF-" not in data[:1024]:
        raise ValueError("is no PDF: it does not begin as one")
    pages, title, author = _extract(data)
    text = "\n".join(paragraphs_of([[Fragment(*fragment) for fragment in page] for page in pages]))
    if not text.strip():
        raise ValueError(_SCANNED)
    return Raw(text, title, author)


_SCANNED = "holds no text; a scanned page needs text recognition first"


def _extract(data: bytes) -> tuple[list[list[tuple[Any, ...]]], str, str]:
    import pypdfium2  # noqa: PLC0415 - only the process that reads needs it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        raise ValueError("is encrypted; save it without a password" if locked else "is no sound PDF") from None
    if len(document) > MOST_PAGES:
        raise ValueError(f"has {len(document):,} pages; at most {MOST_PAGES:,} are read")
    try:
        facts = document.get_metadata_dict()
        pages: list[list[tuple[Any, ...]]] = []
        letters = 0
        for page in document:
            text = page.get_textpage()
            letters += text.count_chars()
            if letters > MOST_LETTERS:
                break
            pages.append(list(_fragments(text)))
            text.close()
            page.close()
    except (pypdfium2.PdfiumError, OSError, UnicodeError, ValueError) as error:
        raise ValueError(f"is no sound PDF ({type(error).__name__})") from None
    if letters > MOST_LETTERS:
        raise ValueError(f"holds more than {MOST_LETTERS:,} letters")
    if not letters:
        raise ValueError(_SCANNED)
    return pages, str(facts.get("Title", "")), str(facts.get("Author", ""))


def _fragments(text: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield the runs of letters on one line of a page without a wide blank: words, left, right, base line, size.

    Rotated letters, as in a stamp along the edge, are left out; raised figures that point to a note are as well.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - slow to load, and only PDF needs it

    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    run: list[str] = []
    set_high = marked = False
    begin = end = base = size = 0.0

    def done() -> Iterator[tuple[str, float, float, float, float]]:
        words = " ".join("".join(run).split())
        if words:
            yield words, round(begin, 2), round(end, 2), round(base, 2), round(size, 2)
        run.clear()

    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        letter = "-" if code == 2 else chr(code) if 31 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        if letter.isspace():
            if run and not (set_high and pdfium.FPDFText_IsGenerated(text, at)):
                run.append(" ")
            continue
        if abs((pdfium.FPDFText_GetCharAngle(text, at) + 0.3) % 6.2832 - 0.3) > 0.2:
            continue
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        height = _height(pdfium, text, at)
        set_high = bool(run) and _set_high(y.value - base, height, size) and -size < left.value - end < 0.5 * size
        if set_high:
            end, marked = max(end, right.value), True
            if not _points_to_note(letter, run):
                run.append(letter)
            continue
        gap = left.value - end
        if run and (
            abs(y.value - base) > 0.3 * max(size, height) or not -1.2 * size < gap < _APART * max(size, height)
        ):
            yield from done()
        if run and marked and gap > 0.15 * size:
            run.append(" ")
        marked = False
        if not run:
            begin, base, size = left.value, y.value, height
        run.append(letter)
        end = right.value
    yield from done()


def _height(pdfium: Any, text: Any, at: int) -> float:
    """Return a letter's size on the page: its font's, scaled as the page scales it."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(text, at))
    if pdfium.FPDFText_GetMatrix(text, at, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
    return size or 1.0


def _set_high(rise: float, height: float, size: float) -> bool:
    """Tell whether a letter is a smaller one, set above or below the line on which it stands."""
    return 0.1 * size < abs(rise) < 0.8 * size and height < 0.87 * size


def _points_to_note(letter: str, run: list[str]) -> bool:
    """Tell whether a raised letter is a figure after a word or a stop, as those that point to a note are."""
    before = "".join(run[-4:]).rstrip()
    after_word = len(before) > 2 and before[-3:].isalpha()
    return (letter.isdigit() or letter in "*\u2020\u2021,") and (
        after_word or before[-1:] in ".,;:!?)\"'\u201d\u2019\u00bb"
    )
