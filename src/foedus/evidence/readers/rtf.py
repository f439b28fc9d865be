"""Rich text (RTF), as it reads once every tracked change is accepted.

Microsoft's Rich Text Format Specification 1.9.1 (2008) names the control words. They are read here because the packages
at hand show deleted words and drop notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from foedus.evidence.readers.raw import Raw

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SKIPPED_WORDS = (
    "annotation atnauthor atndate atnid atnref author background bkmkend bkmkstart category colortbl comment "
    "company creatim datafield datastore doccomm docvar falt fchars fldinst fontemb fontfile fonttbl footer footerf "
    "footerl footerr ftncn ftnsep ftnsepc generator header headerf headerl headerr hlinkbase info keywords "
    "latentstyles lchars list listoverridetable listtable manager nonesttables objdata operator panose pict pntext "
    "pntxta pntxtb printim private revtbl revtim rsidtbl rxe stylesheet subject tc template themedata title "
    "userprops xe xmlnstbl"
)
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
_SIGNS = {
    "par": "\n",
    "sect": "\n",
    "page": "\n",
    "row": "\n",
    "nestrow": "\n",
    "line": " ",
    "tab": "\t",
    "cell": "\n",
    "nestcell": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp850",
}
_FACTS = ("title", "author")
_ASIDE = {"footnote": "notes", "shptxt": "boxes"}
_DEEPEST = 2_000


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    into: str = "text"
    skipped: bool = False
    deleted: bool = False
    hidden: bool = False
    unicode_skip: int = 1
    font: int = -1

    @property
    def shown(self) -> bool:
        return not (self.skipped or self.deleted or self.hidden)


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    pieces: dict[str, list[str]] = field(
        default_factory=lambda: {name: [] for name in ("text", "notes", "boxes", *_FACTS)}
    )
    code_page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    bytes: bytearray = field(default_factory=bytearray)
    to_skip: int = 0

    def flush(self, state: _State) -> None:
        """Decode the bytes that were waiting, all of one font."""
        if self.bytes:
            encoding = self.fonts.get(state.font, self.code_page)
            self.pieces[state.into].append(bytes(self.bytes).decode(encoding, "replace"))
            self.bytes.clear()

    def add(self, words: str, state: _State) -> None:
        """Add words; those that only repeat a Unicode character for older programs are left out."""
        if self.to_skip:
            cut = min(self.to_skip, len(words))
            self.to_skip -= cut
            words = words[cut:]
        if words and state.shown:
            self.flush(state)
            self.pieces[state.into].append(words)


def read_rtf(data: bytes) -> Raw:
    r"""Read rich text: deleted and hidden words are left out, each cell is a line, notes follow the text.

    Raises
    ------
    ValueError
        When it is none.

    Examples
    --------
    >>> read_rtf(rb"{\rtf1\ansi It should {\deleted never }open.{\footnote A note.}\par}").text
    'It should open.\nA note.'
    """
    if not data.lstrip()[:6].startswith(b"{\\rtf"):
        raise ValueError("is no rich text: it does not begin as one")
    reading = _Reading()
    _read(data.decode("latin-1"), reading)
    text, boxes, notes, title, author = ("".join(reading.pieces[name]) for name in ("text", "boxes", "notes", *_FACTS))
    lines = [line.strip() for part in (text, boxes, notes) for line in part.split("\n")]
    return Raw(_paired("\n".join(line for line in lines if line)), title, author)


def _paired(text: str) -> str:
    """Return a text whose characters beyond 16 bits, which the format writes as two halves, are whole."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _read(source: str, reading: _Reading) -> None:
    state = _State()
    stack: list[_State] = []
    starred = fresh = False
    position = 0
    while match := _TOKEN.match(source, position):
        position = match.end()
        word, number, byte, symbol, brace, words = match.groups()
        if brace == "{":
            stack.append(state)
            if len(stack) > _DEEPEST:
                raise ValueError(f"nests groups deeper than {_DEEPEST:,}")
            reading.to_skip, fresh, starred = 0, True, False
            continue
        if brace == "}":
            reading.flush(state)
            if state.into in ("notes", "boxes") and (not stack or stack[-1].into != state.into):
                reading.pieces[state.into].append("\n")
            state = stack.pop() if stack else _State()
            reading.to_skip, fresh = 0, False
            continue
        if symbol == "*":
            starred = True
            continue
        if word == "bin":
            position += max(0, int(number or 0))
        elif word:
            state = _control(word, int(number) if number else None, state, reading, opening=fresh, starred=starred)
        elif byte:
            _byte(int(byte, 16), state, reading)
        elif symbol:
            reading.add(_SYMBOLS.get(symbol, ""), state)
        elif words:
            reading.add(words, state)
        fresh = starred = False
    reading.flush(state)


def _byte(byte: int, state: _State, reading: _Reading) -> None:
    if reading.to_skip:
        reading.to_skip -= 1
    elif state.shown:
        reading.bytes.append(byte)


def _control(
    word: str, number: int | None, state: _State, reading: _Reading, *, opening: bool, starred: bool
) -> _State:
    """Follow a control word; return what holds after it."""
    if word in _SIGNS:
        reading.add(_SIGNS[word], state)
    elif word == "u" and number is not None:
        reading.add(chr(number % 65_536), state)
        reading.to_skip = state.unicode_skip
    elif word == "uc":
        return replace(state, unicode_skip=max(0, number or 0))
    elif word == "ansicpg":
        reading.code_page = _known(f"cp{number}") or reading.code_page
    elif word == "f" and number is not None:
        reading.flush(state)
        return replace(state, font=number)
    elif word == "fcharset" and number is not None:
        reading.fonts[state.font] = _CHARSETS.get(number, reading.code_page)
    elif word in ("deleted", "v", "plain"):
        reading.flush(state)
        on = number != 0
        if word == "plain":
            return replace(state, deleted=False, hidden=False)
        return replace(state, deleted=on) if word == "deleted" else replace(state, hidden=on)
    elif word in _ASIDE:
        reading.flush(state)
        return replace(state, into=_ASIDE[word], skipped=False)
    elif word in _FACTS and opening and state.skipped:
        return replace(state, into=word, skipped=False)
    elif (opening and word in _SKIPPED) or starred:
        reading.flush(state)
        return replace(state, skipped=True)
    return state


def _known(encoding: str) -> str:
    try:
        b"".decode(encoding)
    except LookupError:
        return ""
    return encoding
