"""The formats that are read, each by the end of a file's name; other installed packages may bring more."""

from __future__ import annotations

from foedus.base.plugins import found
from foedus.evidence.readers.docx import read_docx
from foedus.evidence.readers.html import read_html
from foedus.evidence.readers.mail import read_mail, read_mailbox
from foedus.evidence.readers.markdown import read_markdown
from foedus.evidence.readers.odt import read_odt
from foedus.evidence.readers.pdf import read_pdf
from foedus.evidence.readers.plain import read_plain
from foedus.evidence.readers.raw import Reader
from foedus.evidence.readers.rtf import read_rtf
from foedus.evidence.readers.spreadsheet import read_spreadsheet

GROUP = "foedus.readers"
"""Entry points by which an installed package brings a reader, each named as the end of a file's name, without dot."""

FORMATS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".eml": read_mail,
    ".mbox": read_mailbox,
    ".xlsx": read_spreadsheet,
}
"""The reader of each format, by the end of the file's name; ``.zip`` is opened."""

TEXTS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
"""The formats whose bytes are text in some encoding, which the user may name."""

AT_HOME = frozenset({".txt", ".text", ".md", ".markdown"})
"""The formats that Foedus's own few lines read; the others are read in a process apart, also installed packages'."""

ARCHIVE = ".zip"
"""The end of an archive's name."""


def formats() -> tuple[str, ...]:
    """Return the ends of names that are read, packaged ones first."""
    return (*FORMATS, *(f".{name.lower()}" for name in found(GROUP) if f".{name.lower()}" not in FORMATS))


def reader_of(suffix: str) -> Reader | None:
    """Return the reader of a format, or ``None``; a packaged one is never replaced by an installed package's.

    Parameters
    ----------
    suffix
        The end of the file's name in lower case, with its dot.

    Raises
    ------
    FoedusError
        When an installed package's reader cannot be loaded.
    """
    if suffix in FORMATS:
        return FORMATS[suffix]
    for name, point in found(GROUP).items():
        if f".{name.lower()}" == suffix:
            reader: Reader = point.load()
            return reader
    return None
