"""Spreadsheets (.xlsx), by openpyxl: each row a line, or each row an article where they are a list of clippings."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from foedus.base.days import Day, parse_day
from foedus.evidence.readers.dates import NumericDay, numeric_day
from foedus.evidence.readers.limits import check_archive
from foedus.evidence.readers.raw import Raw

_MOST_ROWS = 200_000
_MOST_COLUMNS = 500
_ARTICLE = 200
_COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "full text", "fulltext", "body", "content", "article", "article text", "story"),
    "title": ("title", "headline", "heading", "subject"),
    "published": ("date", "published", "publication date", "date published", "day"),
    "outlet": ("outlet", "source", "publication", "newspaper", "publisher", "medium", "source name"),
    "author": ("author", "byline", "authors", "journalist", "by"),
}
"""How the columns of a list of clippings are called."""


def read_spreadsheet(data: bytes) -> Raw:
    """Read a workbook: the rows of its sheets as lines, cells between bars; several sheets by their names.

    A sheet with a column of texts (``text``, ``body``, ``full text`` ...) and beside it title, date or outlet is a
    batch of clippings: each row is an article.

    Raises
    ------
    ValueError
        When the file is no sound workbook, or unpacks to an unreasonable size.
    """
    sheets, title, author = _sheets(data)
    articles = tuple(article for _, rows in sheets for article in _articles(rows))
    named = [(name, [line for row in rows if (line := _line(row))]) for name, rows in sheets]
    named = [(name, lines) for name, lines in named if lines]
    lines = [line for name, rows in named for line in ([name] if len(named) > 1 else []) + rows]
    return Raw("\n".join(lines), title, "" if author == "openpyxl" else author, articles=articles)


def read_cells(data: bytes) -> list[list[str]]:
    """Return the cells of the one sheet of a workbook as text, row by row; lines of a cell stay lines.

    Raises
    ------
    ValueError
        When the file is no sound workbook, or several of its sheets have rows.
    """
    sheets = [(name, rows) for name, rows in _sheets(data)[0] if any(cell is not None for row in rows for cell in row)]
    if len(sheets) > 1:
        named = ", ".join(name for name, _ in sheets)
        raise ValueError(f"has several sheets with rows ({named}); save the one that is meant as a file of its own")
    return [
        [str(cell).strip() if isinstance(cell, str) else _words(cell) for cell in row]
        for _, rows in sheets
        for row in rows
    ]


def _sheets(data: bytes) -> tuple[list[tuple[str, list[tuple[Any, ...]]]], str, str]:
    """Return a workbook's sheets by name with their rows, its title and its author."""
    import openpyxl  # noqa: PLC0415  (slow to load)

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl passes over
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [(sheet.title, list(_rows(sheet))) for sheet in book.worksheets]
            title, author = book.properties.title or "", book.properties.creator or ""
    except ValueError:
        raise
    except Exception:  # any fault of a damaged file, in zipfile or openpyxl
        raise ValueError("is no sound workbook; open it and save it anew as .xlsx, or as .csv") from None
    return sheets, title, author


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)):
        if number >= _MOST_ROWS:
            raise ValueError(f"has a sheet of more than {_MOST_ROWS:,} rows")
        yield row


def _line(row: Sequence[Any]) -> str:
    return " | ".join(cell for cell in map(_words, row) if cell)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return str(value.date() if value.time() == dt.time() else value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _articles(rows: Sequence[tuple[Any, ...]]) -> Iterator[Raw]:
    """Yield a sheet's rows as articles, where its first row names the columns of a list of clippings."""
    if len(rows) < 2:
        return
    heads = [_words(cell).casefold() for cell in rows[0]]
    places = {
        kind: next((heads.index(name) for name in names if name in heads), -1) for kind, names in _COLUMNS.items()
    }
    if places["text"] < 0 or max(places[kind] for kind in ("title", "published", "outlet")) < 0:
        return
    texts = [str(_cell(row, places["text"]) or "") for row in rows[1:]]
    filled = [text for text in texts if text.strip()]
    if not filled or sum(map(len, filled)) < _ARTICLE * len(filled):
        return
    everything = " ".join(_words(_cell(row, places["published"])) for row in rows[1:])
    for row, text in zip(rows[1:], texts, strict=True):
        if text.strip():
            day, unsure = _day(_cell(row, places["published"]), everything)
            yield Raw(
                "\n".join(line.strip() for line in text.splitlines() if line.strip()),
                _words(_cell(row, places["title"])),
                _words(_cell(row, places["author"])),
                day,
                _words(_cell(row, places["outlet"])),
                latest=unsure.readings[-1] if unsure else None,
                doubts=(unsure.doubt,) if unsure else (),
            )


def _cell(row: Sequence[Any], place: int) -> Any:
    return row[place] if 0 <= place < len(row) else None


def _day(value: Any, everything: str) -> tuple[Day | None, NumericDay | None]:
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value, None
    words = _words(value)
    numeric = numeric_day(words, everything)
    if numeric:
        return numeric.sure, None if numeric.sure else numeric
    try:
        return parse_day(words[:10]), None
    except ValueError:
        return None, None
