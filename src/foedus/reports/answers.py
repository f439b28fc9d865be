"""An answer of its own, apart from any forecast: its sections and charts as a page, a PDF or a Word file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus._version import __version__
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.evidence import MARKINGS
from foedus.reports.charts import Chart
from foedus.reports.drawing import Artist
from foedus.reports.html import sections_page
from foedus.reports.printing import printed
from foedus.reports.sections import STRONG, Section, text

WIDE, NARROW, ON_PAPER = 690, 340, 640
"""Widths of charts in pixels: on a page, on a phone, in Word."""


_WITH_ARTICLE = (
    "United",
    "Netherlands",
    "Philippines",
    "Organization",
    "Union",
    "Council",
    "Group",
    "Dialogue",
    "Committee",
)
"""Words that names have which take an article in a sentence: the United States, the Group of Seven."""


def in_a_sentence(name: str) -> str:
    """Return a name with its article, where it takes one.

    Examples
    --------
    >>> in_a_sentence("United States"), in_a_sentence("France")
    ('the United States', 'France')
    """
    return f"the {name}" if set(_WITH_ARTICLE) & set(name.split()) else name


@dataclass(frozen=True, slots=True)
class Told:
    """What a command found, set for readers.

    Attributes
    ----------
    title
        Of the page.
    sections
        In order; None is nothing.
    charts
        By the name that figures give: what draws each in a width in pixels.
    as_of
        The day of what it uses, for the head of a Word file.
    marking
        The highest marking of what it rests on.
    """

    title: str
    sections: Sequence[Section | None]
    charts: Mapping[str, Callable[[int], Chart]]
    as_of: Day
    marking: str = MARKINGS[0]


def save_told(told: Told, path: Path | str, *, by: str = "") -> None:
    """Write an answer as ``FILE.html``, ``FILE.docx`` or ``FILE.pdf``, signed by somebody.

    Raises
    ------
    FoedusError
        For any other ending, a missing folder, or a file that cannot be written.
    """
    target = Path(path)
    form = target.suffix.lower()
    if not target.parent.is_dir():
        raise FoedusError(f"{str(path)!r}: there is no folder {str(target.parent)!r}")
    if form not in {".html", ".docx", ".pdf"}:
        raise FoedusError(f"a report is FILE.html, FILE.docx or FILE.pdf; got {str(path)!r}")
    sections = [one for one in told.sections if one is not None]
    if told.marking != MARKINGS[0] and sections:
        sections.insert(0, Section("marking", "", (text(f"Marking: {told.marking.upper()}.", tone=STRONG),)))
    with Artist() as artist:
        if form == ".docx":
            write_atomically(target, _word(told, sections, artist, by or f"Foedus {__version__}"))
            return
        drawn = {
            name: (draw(WIDE), artist.draw(draw(WIDE)), artist.draw(draw(NARROW))) for name, draw in told.charts.items()
        }
        page = sections_page(told.title, sections, drawn)
    write_atomically(target, page if form == ".html" else printed(page))


def _word(told: Told, sections: Sequence[Section], artist: Artist, author: str) -> bytes:
    from foedus.reports.on_paper import as_bytes, begin_document, write_sections  # noqa: PLC0415 - heavy, for Word alone

    drawn = {name: (draw(ON_PAPER), artist.draw_png(draw(ON_PAPER))) for name, draw in told.charts.items()}
    document = begin_document(told.title, author, told.as_of, told.marking)
    write_sections(document, sections, drawn)
    return as_bytes(document)
