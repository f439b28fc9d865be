"""Changing single cells of a table and leaving every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.base.errors import refuse
from foedus.base.files import read_bytes

_DELIMITERS = (",", ";", "\t")
_ENDS = {delimiter: re.compile(f"[{delimiter}\n\r]") for delimiter in _DELIMITERS}
"""What ends a cell that stands in no quotation marks."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as its bytes: mark, delimiter, quotes, line ends and blank rows stay what they are.

    Attributes
    ----------
    data
        The bytes.
    mark, encoding
        The byte-order mark, if any, and how the rest is encoded.
    text
        The decoded text.
    delimiter
        Comma, semicolon or tab.
    rows
        Where each cell of each row stands in ``text``, quotation marks included; the heading is row 1.
    """

    data: bytes
    mark: bytes
    encoding: str
    text: str
    delimiter: str
    rows: tuple[tuple[Span, ...], ...]

    @property
    def headings(self) -> list[str]:
        """The titles of the columns, in order."""
        return [self.value(1, place).strip(" \t\r\n\N{NO-BREAK SPACE}") for place in range(len(self.rows[0]))]

    def value(self, row: int, place: int) -> str:
        """Return what a cell says, without its quotation marks; an absent cell is blank."""
        if place >= len(self.rows[row - 1]):
            return ""
        start, end = self.rows[row - 1][place]
        raw = self.text[start:end]
        return raw[1:-1].replace('""', '"') if len(raw) > 1 and raw[0] == raw[-1] == '"' else raw

    @property
    def line_end(self) -> str:
        """How the heading's row ends; a line feed where it is the only one."""
        end = self.rows[0][-1][1]
        return "\r\n" if self.text.startswith("\r\n", end) else "\r" if self.text.startswith("\r", end) else "\n"

    def decimal_commas(self, columns: Iterable[str]) -> bool:
        """Tell whether the numbers in some columns are written with commas."""
        places = [self.headings.index(column) for column in columns if column in self.headings]
        return self.delimiter != "," and any(
            "," in self.value(row, place) for row in range(2, len(self.rows) + 1) for place in places
        )

    def quoted(self, row: int, column: str) -> bool:
        """Tell whether a cell stands in quotation marks."""
        place = self.headings.index(column) if column in self.headings else len(self.headings)
        spans = self.rows[row - 1]
        return place < len(spans) and self.text.startswith('"', spans[place][0])

    def with_cells(
        self, changes: Mapping[tuple[int, str], str], *, quoted: Collection[tuple[int, str]] | None = None
    ) -> bytes:
        r"""Return the bytes with some cells changed.

        Parameters
        ----------
        changes
            New values by row number and heading. A column that the table does not have is added at its right.
        quoted
            Which of them to write in quotation marks though they need none; by default those that had them.

        Examples
        --------
        >>> sheet = sheet_of(b'id;said\r\ns1;"a ""b"" c"\r\n\r\ns2;x\r\n')
        >>> sheet.with_cells({(4, "said"): "y; z"})
        b'id;said\r\ns1;"a ""b"" c"\r\n\r\ns2;"y; z"\r\n'
        >>> sheet.with_cells({(2, "note"): "new"})
        b'id;said;note\r\ns1;"a ""b"" c";new\r\n\r\ns2;x\r\n'
        """
        headings = self.headings
        added = list(dict.fromkeys(column for _, column in changes if column not in headings))
        every = headings + added
        wanted: dict[int, dict[int, str]] = {1: {len(headings) + place: column for place, column in enumerate(added)}}
        for (row, column), value in changes.items():
            wanted.setdefault(row, {})[every.index(column)] = value
        splices: list[tuple[int, int, str]] = []
        for row, cells in wanted.items():
            spans = self.rows[row - 1]
            splices += [
                (
                    *spans[place],
                    self._quoted(
                        value, self.quoted(row, every[place]) if quoted is None else (row, every[place]) in quoted
                    ),
                )
                for place, value in cells.items()
                if place < len(spans)
            ]
            beyond = {place: value for place, value in cells.items() if place >= len(spans)}
            if beyond:
                tail = [self._quoted(beyond.get(place, "")) for place in range(len(spans), max(beyond) + 1)]
                end = spans[-1][1]
                splices.append((end, end, self.delimiter + self.delimiter.join(tail)))
        text = self.text
        for start, end, new in sorted(splices, reverse=True):
            text = text[:start] + new + text[end:]
        return self.mark + text.encode(self.encoding)

    def with_rows(self, rows: Sequence[Mapping[str, str]]) -> bytes:
        r"""Return the bytes with rows added at the end.

        Parameters
        ----------
        rows
            Values by heading; those under a heading that the table does not have are left out.

        Examples
        --------
        >>> sheet_of(b"id,said\ns1,x").with_rows([{"said": "y", "id": "s2"}])
        b'id,said\ns1,x\ns2,y\n'
        """
        headings = self.headings
        lines = [self.delimiter.join(self._quoted(row.get(heading, "")) for heading in headings) for row in rows]
        text = self.text
        if lines and not text.endswith(("\n", "\r")):
            text += self.line_end
        return self.mark + (text + "".join(line + self.line_end for line in lines)).encode(self.encoding)

    def _quoted(self, value: str, always: bool = False) -> str:
        if always or any(mark in value for mark in (self.delimiter, '"', "\n", "\r")):
            return '"' + value.replace('"', '""') + '"'
        return value


def read_sheet(path: Path, *, name: str | None = None) -> Sheet:
    """Read a table as a sheet; the errors are those of `foedus.base.files.read_text`."""
    try:
        return sheet_of(read_bytes(path, name=name))
    except UnicodeDecodeError:
        raise refuse(name or str(path), "expected text in UTF-8; save it as UTF-8") from None


def sheet_of(data: bytes) -> Sheet:
    """Return bytes as a sheet."""
    mark, encoding = b"", "utf-8"
    if data.startswith(_UTF8_MARK):
        mark = _UTF8_MARK
    elif data[:2] in _UTF16_MARKS:
        mark, encoding = data[:2], _UTF16_MARKS[data[:2]]
    text = data[len(mark) :].decode(encoding)
    first_line = text.replace("\r", "\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    return Sheet(data, mark, encoding, text, delimiter, tuple(_rows(text, delimiter)))


def _rows(text: str, delimiter: str) -> Iterable[tuple[Span, ...]]:
    position = 0
    while position < len(text):
        row: list[Span] = []
        while True:
            end = _end_of_cell(text, position, delimiter)
            row.append((position, end))
            position = end + 1
            if end >= len(text) or text[end] != delimiter:
                break
        if text.startswith("\r\n", end):
            position += 1
        yield tuple(row)


def _end_of_cell(text: str, start: int, delimiter: str) -> int:
    position = start
    if text.startswith('"', start):
        position += 1
        while position < len(text):
            position = text.find('"', position)
            if position < 0:
                return len(text)
            if not text.startswith('""', position):
                position += 1
                break
            position += 2
    match = _ENDS[delimiter].search(text, position)
    return match.start() if match else len(text)
