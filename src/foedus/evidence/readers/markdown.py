"""Markdown: front matter read, markup taken away."""

from __future__ import annotations

import re

from foedus.base.days import parse_day
from foedus.evidence.readers.encodings import decode
from foedus.evidence.readers.raw import Raw

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_]{1,30})[ \t]*:[ \t]*(.{0,1000})$", re.MULTILINE)
_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{0,500})\]\[[^\]\n]{0,200}\]"), r"\1"),
    (re.compile(r"^\[[^\]\n]{1,200}\]:[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}[-*_](?:[ \t]*+[-*_]){2,}+[ \t]*+$", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,2000}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,2000}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
)
_SOFT_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n\s#>*+\-\d|])")
_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+([^\n]*)$", re.MULTILINE)


def read_markdown(data: bytes) -> Raw:
    r"""Read Markdown; lines of one paragraph are joined, emphasis and links leave their words.

    Raises
    ------
    ValueError
        When the bytes are no text.

    Examples
    --------
    >>> read_markdown(b"# Plans\n\nThe *office* is\n[open](https://example.org).").text
    'Plans\n\nThe office is open.'
    """
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    fields: dict[str, str] = {}
    front = _FRONT.match(text)
    if front:
        fields = {key.lower(): value.strip().strip("\"'") for key, value in _FIELD.findall(front.group(1))}
        text = text[front.end() :]
    text = _without(_without(text, "```", "```", line=True), "<!--", "-->")
    heading = next((match for match in _HEADING.finditer(text) if match.group(1) == "#" and _words(match)), None)
    text = _SOFT_BREAK.sub(" ", text)
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    text = _HEADING.sub(_words, text)
    try:
        published = parse_day(fields.get("date", "")[:10])
    except ValueError:
        published = None
    title = fields.get("title") or (_words(heading) if heading else "")
    outlet = fields.get("outlet") or fields.get("publisher") or fields.get("source") or ""
    doubts = (decoded.doubt,) if decoded.doubt else ()
    return Raw(text, title, fields.get("author", ""), published, outlet, doubts=doubts)


def _words(heading: re.Match[str]) -> str:
    """Return the words of a heading; written without a pattern, whose time would grow with the cube of the blanks."""
    return heading.group(2).strip().rstrip("#").rstrip()


def _without(text: str, opening: str, closing: str, *, line: bool = False) -> str:
    """Take out what stands between two marks, in time that grows with the text; what is never closed stays."""
    kept, position = [], 0
    lead = "\n" if line else ""
    padded = lead + text
    while (begin := padded.find(lead + opening, position)) >= 0:
        end = padded.find(lead + closing, begin + len(opening))
        if end < 0:
            break
        end += len(lead + closing)
        if line:
            line_end = padded.find("\n", end)
            end = len(padded) if line_end < 0 else line_end
        kept.append(padded[position : begin + len(lead)])
        position = end
    kept.append(padded[position:])
    return "".join(kept).removeprefix(lead)
