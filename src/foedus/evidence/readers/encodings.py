"""Bytes to text, in whatever encoding they are; where that had to be guessed, the doubt is told."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from foedus.base.errors import FoedusError
from foedus.evidence.languages import fit

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
_LEGACY = (
    *("cp1252", "cp1250", "cp1254", "cp1251", "cp1253", "cp1257", "cp1255", "cp1256"),
    *("cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
    *("iso8859_2", "koi8_r", "mac_roman", "cp850", "cp852", "iso8859_5", "iso8859_7", "cp866"),
)
"""Tried in this order; the first of those that fit equally well is taken."""

_GOOD, _CLOSE = 0.5, 0.03


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what is not sure about it.

    Attributes
    ----------
    text
        The text.
    doubt
        What a reader should know of the encoding; empty where it is certain.
    """

    text: str
    doubt: str = ""


def known_encoding(name: str) -> str:
    """Return an encoding's name as Python has it.

    Raises
    ------
    FoedusError
        When there is none of that name, or it is none of text.

    Examples
    --------
    >>> known_encoding("Shift-JIS"), known_encoding("windows-1250")
    ('shift_jis', 'cp1250')
    """
    try:
        codec = codecs.lookup(name)
        "a".encode(name)  # refuses what is no encoding of text, such as zip
    except (LookupError, ValueError):
        raise FoedusError(
            f"no encoding {name!r}; there are utf-8, cp1250 (Central Europe), cp1251 (Cyrillic), cp1252 (Western "
            "Europe), cp1254 (Turkish), shift-jis and all others that Python knows"
        ) from None
    return codec.name


def decode_as(data: bytes, encoding: str) -> str:
    """Return bytes as text in the encoding that the user names.

    Raises
    ------
    ValueError
        When they cannot be text in it.
    """
    try:
        return _checked(data.decode(encoding)).removeprefix("\ufeff")
    except UnicodeError:
        raise ValueError(f"is no text in {encoding}; leave --encoding out, or name another") from None


def decode(data: bytes) -> Decoded:
    r"""Return bytes as text: by their mark, as UTF-8, or in the encoding in which they read best as some language.

    Raises
    ------
    ValueError
        When the bytes are no text.

    Examples
    --------
    >>> decode("Élysée".encode("utf-16")).text
    'Élysée'
    >>> decode("Premier powiedział, że biuro nie zostanie otwarte.".encode("cp1250")).doubt
    'its encoding is not stated and was taken for cp1250 (Polish); --encoding NAME decides'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(_checked(data.decode(encoding, errors="strict")))
            except UnicodeDecodeError:
                raise ValueError(f"is no text: it begins as {encoding} and goes on otherwise") from None
    try:
        return Decoded(_checked(data.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    if b"\0" in data[:4096]:
        raise ValueError("is no text: it holds binary bytes")
    kept = data.decode("utf-8", errors="replace")
    damaged = kept.count("\ufffd")
    if damaged <= sum(map(_beyond_ascii, kept)) - damaged:  # other encodings hardly ever make a letter of UTF-8
        doubt = f"{damaged} {'byte is' if damaged == 1 else 'bytes are'} no UTF-8 and shown as \ufffd"
        return Decoded(_checked(kept), doubt)
    return _guessed(data)


def _guessed(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    ranked = [
        (round(score, 3), -place, encoding, language)
        for place, encoding in enumerate(_LEGACY)
        if (text := _try(sample, encoding)) is not None
        for score, language in [fit(text)]
    ]
    if not ranked or max(ranked)[0] < _GOOD:
        return _by_frequency(data)
    score, _, encoding, language = max(ranked)
    try:
        text = _checked(data.decode(encoding))
    except UnicodeDecodeError:
        raise ValueError("mixes encodings; save it as UTF-8, or name one: --encoding NAME") from None
    rivals = [
        other
        for value, _, other, _ in sorted(ranked, reverse=True)
        if other != encoding and value >= score - _CLOSE and _try(sample, other) != _try(sample, encoding)
    ]
    also = f", and may be {rivals[0]}" if rivals else ""
    said = f"its encoding is not stated and was taken for {encoding} ({language}){also}; --encoding NAME decides"
    return Decoded(text, said)


def _try(sample: bytes, encoding: str) -> str | None:
    """Return a sample as text; a letter of several bytes may be cut at its end."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None


def _by_frequency(data: bytes) -> Decoded:
    """Return bytes in the encoding whose letters are as frequent as in the languages that use it."""
    import charset_normalizer  # noqa: PLC0415  (slow to load, and UTF-8 needs none of it)

    best = charset_normalizer.from_bytes(data[: 10 * _SAMPLE]).best()
    if best is None:
        raise ValueError("is no text in any encoding that is known; save it as UTF-8, or name one: --encoding NAME")
    try:
        text = _checked(data.decode(best.encoding))
    except (UnicodeDecodeError, LookupError):
        raise ValueError("mixes encodings; save it as UTF-8, or name one: --encoding NAME") from None
    return Decoded(text, f"its encoding is not stated and was guessed as {best.encoding}; --encoding NAME decides")


def _beyond_ascii(letter: str) -> bool:
    return letter > "\x7f"


def _checked(text: str) -> str:
    if "\0" in text:
        raise ValueError("is no text: it holds binary bytes")
    return text
