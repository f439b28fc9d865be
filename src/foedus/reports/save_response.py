"""Writing how others answer to a page or a Word file."""

from __future__ import annotations

from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.reports.drawing import Artist
from foedus.reports.html import sections_page
from foedus.reports.on_paper import as_bytes, begin_document, write_sections
from foedus.reports.printing import printed
from foedus.reports.response_charts import response_charts
from foedus.reports.responses import response_sections
from foedus.strategy import Responded

_WIDE, _NARROW, _PAPER = 690, 340, 640


def save_response(found: Responded, path: Path | str, marking: str = "public") -> None:
    """Write a report; the file's ending picks its form.

    Parameters
    ----------
    found
        What `foedus.respond` returned.
    path
        ``FILE.html`` for one self-contained page, ``FILE.docx`` for Word, ``FILE.pdf`` for the page as a browser prints
        it.
    marking
        Of the dossier, on top of each page on paper.

    Raises
    ------
    FoedusError
        For any other ending, a missing folder, or a file that cannot be written.
    """
    target = Path(path)
    form = target.suffix.lower()
    if form not in {".html", ".docx", ".pdf"}:
        raise FoedusError(f"a report is FILE.html, FILE.docx or FILE.pdf; got {str(path)!r}")
    if not target.parent.is_dir():
        raise FoedusError(f"{str(path)!r}: there is no folder {str(target.parent)!r}")
    title, sections = f"How would {found.rival_name} answer? {found.main.label}", response_sections(found)
    with Artist() as artist:
        if form == ".docx":
            drawn = {name: (chart, artist.draw_png(chart)) for name, chart in response_charts(found, _PAPER).items()}
            document = begin_document(title, "Foedus", found.as_of, marking)
            write_sections(document, sections, drawn)
            write_atomically(target, as_bytes(document))
            return
        wide, narrow = response_charts(found, _WIDE), response_charts(found, _NARROW)
        both = {name: (wide[name], artist.draw(wide[name]), artist.draw(narrow[name])) for name in wide}
        page = sections_page(title, sections, both)
        write_atomically(target, page if form == ".html" else printed(page))
