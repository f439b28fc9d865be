"""PDF, read in a process of its own, which is stopped when it takes too long or too much."""

from __future__ import annotations

import contextlib
import ctypes
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foedus.base.children import command
from foedus.evidence.readers.layout import Fragment, paragraphs_of
from foedus.evidence.readers.raw import Raw

SECONDS = 60
"""Time after which a PDF is given up."""

MEMORY = 2 * 2**30
"""Bytes that its process may take, where the system can limit them."""

MOST_PAGES = 3_000
MOST_LETTERS = 20_000_000

_APART = 1.0
"""Blank between two letters of a line, in their size, that may be the space between two columns."""


def read_pdf(data: bytes, *, seconds: float = SECONDS) -> Raw:
    """Read the text of a PDF, with title and author as its properties give them.

    Columns are read one after the other. Running heads and page numbers are told once; notes at the foot of pages come
    after the text. The day on which the file was made is left out: it is that of a print or a scan, often years after
    publication.

    Parameters
    ----------
    data
        The file's bytes.
    seconds
        Time after which it is given up.

    Raises
    ------
    ValueError
        When the file is no sound PDF, loops, is encrypted or holds no text, as a scan does.
    """
    if b"%PDF-" not in data[:1024]:
        raise ValueError("is no PDF: it does not begin as one")
    try:
        done = subprocess.run(command(Path(__file__)), input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise ValueError(f"was given up after {seconds:.0f} seconds: it loops or is too large") from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise ValueError("is no sound PDF: reading it broke off") from None
    if "refused" in answer:
        raise ValueError(answer["refused"])
    text = "\n".join(paragraphs_of([[Fragment(*one) for one in page] for page in answer["pages"]]))
    if not text.strip():
        raise ValueError(_SCANNED)
    return Raw(text, answer["title"], answer["author"])


_SCANNED = "holds no text; a scanned page needs text recognition first"


def _extract(data: bytes) -> dict[str, Any]:
    import pypdfium2  # noqa: PLC0415  (only the process of its own needs it)

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        return {"refused": "is encrypted; save it without a password" if locked else "is no sound PDF"}
    try:
        if len(document) > MOST_PAGES:
            return {"refused": f"has {len(document):,} pages; at most {MOST_PAGES:,} are read"}
        facts = document.get_metadata_dict()
        pages: list[list[tuple[Any, ...]]] = []
        letters = 0
        for page in document:
            text = page.get_textpage()
            letters += text.count_chars()
            if letters > MOST_LETTERS:
                return {"refused": f"holds more than {MOST_LETTERS:,} letters"}
            pages.append(list(_fragments(text)))
            text.close()
            page.close()
    except (pypdfium2.PdfiumError, MemoryError, OSError, UnicodeError, ValueError) as error:
        return {"refused": f"is no sound PDF ({type(error).__name__})"}
    if not letters:
        return {"refused": _SCANNED}
    return {"pages": pages, "title": facts.get("Title", ""), "author": facts.get("Author", "")}


def _fragments(text: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield the runs of letters on one line of a page without a wide blank: words, left, right, base line, size.

    Rotated letters, as in a stamp along the edge, are left out; raised figures that point to a note are as well.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415

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


def _limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on every system)

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit()
    sys.stdout.write(json.dumps(_extract(sys.stdin.buffer.read())))
