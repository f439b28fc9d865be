"""Writing reports to files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from foedus._version import __version__
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.forecasts import Forecast
from foedus.reports.about import About
from foedus.reports.drawing import Artist
from foedus.reports.earlier import read_earlier
from foedus.reports.explained import Explained
from foedus.reports.html import WIDE, begun, sections_page
from foedus.reports.numbers import share
from foedus.reports.printing import printed
from foedus.reports.sections import PAGE, Figure, Link, Section, cell, table, text
from foedus.reports.vega import Chart


def save_report(
    forecast: Forecast,
    path: Path | str,
    artist: Artist | None = None,
    *,
    by: str = "",
    since: Path | str | None = None,
    explained: Explained = None,
) -> None:
    """Write a report; the file's ending picks its form.

    Parameters
    ----------
    forecast
        What to report.
    path
        ``FILE.html`` for one self-contained page, ``FILE.docx`` for a brief in Word, ``FILE.pdf`` for the page as
        a browser on this machine prints it.
    artist
        A process for drawing that was started while the forecast was being computed; by default one is started now.
    by
        Who wrote it.
    since
        A file with an earlier answer, to be compared: a forecast's JSON document, or a ledger.
    explained
        What explains the forecast, or a function that works it out while charts are drawn; whoever writes several
        forms of a report works it out once.

    Raises
    ------
    FoedusError
        For any other ending, a missing folder, or a file that cannot be written; an older one then stays as it was.

    Examples
    --------
    >>> import foedus, tempfile
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> answer = foedus.forecast(dossier, as_of="2023-07-10", draws=200)
    >>> foedus.save_report(answer, "report.txt")
    Traceback (most recent call last):
    ...
    foedus.base.errors.FoedusError: a report is FILE.html, FILE.docx or FILE.pdf; got 'report.txt'
    """
    target, form = _target(path)
    about = About(by, None if since is None else read_earlier(since, forecast.case.issue.id))
    with Artist() if artist is None else nullcontext(artist) as drawing:
        if form != ".docx":
            from foedus.reports.page import begin_page, render_page  # noqa: PLC0415 - each form loads what it needs

            page = render_page(begin_page(forecast, drawing, explained=explained), about=about)
            write_atomically(target, page if form == ".html" else printed(page))
        else:
            from foedus.reports.word import render_word  # noqa: PLC0415 - each form loads what it needs

            write_atomically(target, render_word(forecast, drawing, about, explained))


def _target(path: Path | str) -> tuple[Path, str]:
    """Return the file of a report and its form, once it is one that can be written."""
    target = Path(path)
    form = target.suffix.lower()
    if not target.parent.is_dir():
        raise FoedusError(f"{str(path)!r}: there is no folder {str(target.parent)!r}")
    if form not in {".html", ".docx", ".pdf"}:
        raise FoedusError(f"a report is FILE.html, FILE.docx or FILE.pdf; got {str(path)!r}")
    return target, form


def save_sections(
    title: str,
    sections: Sequence[Section | None],
    path: Path | str,
    as_of: Day | None,
    marking: str,
    *,
    by: str = "",
    charts: Mapping[str, Callable[[int], Chart]] | None = None,
    shares: Sequence[tuple[str, float]] = (),
) -> None:
    """Write an answer of another kind, such as a choice or a package, as a brief: its sections and nothing else.

    Parameters
    ----------
    title, sections
        Of the window or document, and what stands in it.
    path
        As in `save_report`.
    as_of, marking, by
        The day of knowledge, the highest marking of what it rests on, and who wrote it.
    charts
        What draws the charts that figures name, for a width in pixels.
    shares
        How likely each option is, for the bars of the brief on a page.

    Raises
    ------
    FoedusError
        As `save_report`.
    """
    target, form = _target(path)
    with Artist() if charts else nullcontext() as artist:
        if form == ".docx":
            from foedus.reports.on_paper import as_bytes, begin_document, write_sections  # noqa: PLC0415 - each form loads what it needs

            document = begin_document(title, by or f"Foedus {__version__}", as_of, marking)
            wide = {name: draw(WIDE) for name, draw in (charts or {}).items()}
            pictures = {name: (chart, artist.draw_png(chart)) for name, chart in wide.items()} if artist else {}
            write_sections(document, sections, pictures)
            write_atomically(target, as_bytes(document))
            return
        signed = (
            (*sections, Section("author", "Author", (text(f"{by}{f', as of {as_of}' if as_of else ''}."),), 3))
            if by
            else sections
        )
        named = {
            block.name
            for section in signed
            if section and PAGE in section.media
            for block in section.blocks
            if isinstance(block, Figure)
        }
        wanted = {name: draw for name, draw in (charts or {}).items() if name in named}
        drawn = begun(wanted, artist) if artist else {}
        page = sections_page(title, signed, drawn, shares)
    write_atomically(target, page if form == ".html" else printed(page))


def save_pages(
    forecasts: Iterable[Forecast], titles: Sequence[tuple[str, str]], folder: Path, artist: Artist | None = None
) -> tuple[list[Forecast], list[Path]]:
    """Write several reports beside each other, each page leading to the others.

    Parameters
    ----------
    forecasts
        What to report, the main one first, which alone is explained in full; while one is computed the charts of the
        one before are drawn.
    titles
        For each its file name without ending, and its title.
    folder
        Where to.
    artist
        As for `save_report`.

    Returns
    -------
    tuple
        The forecasts, and the files written, in order.
    """
    from foedus.reports.page import begin_page, render_page  # noqa: PLC0415 - each form loads what it needs

    with Artist() if artist is None else nullcontext(artist) as drawing:
        begun = [begin_page(forecast, drawing, whole=not k) for k, forecast in enumerate(forecasts)]
        made = [draft.forecast for draft in begun]
        pages = [render_page(draft, _beside(made, titles, k)) for k, draft in enumerate(begun)]
    paths = [folder / f"{name}.html" for name, _ in titles]
    for path, page in zip(paths, pages, strict=True):
        write_atomically(path, page)
    return made, paths


def _beside(forecasts: Sequence[Forecast], titles: Sequence[tuple[str, str]], here: int) -> Section:
    """Return the pages as a table that stands on each of them."""
    rows = [
        (
            f"{title} (this page)" if place == here else cell(Link(title, f"{name}.html", aside=True)),
            str(forecast.as_of),
            forecast.case.meeting.name,
            cell(f"{forecast.likeliest.label}, ", share(forecast.likeliest.probability)),
            "reconstruction" if forecast.case.reconstruction else "",
        )
        for place, (forecast, (name, title)) in enumerate(zip(forecasts, titles, strict=True))
    ]
    return Section("beside", "", (table(("Beside it", "as of", "meeting", "most likely", ""), rows),), media=(PAGE,))
