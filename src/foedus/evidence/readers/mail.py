"""E-mail (.eml) and mailboxes (.mbox), by the standard library."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from typing import Any

from foedus.base.days import Day
from foedus.evidence.readers.encodings import decode
from foedus.evidence.readers.html import decode_page, read_page
from foedus.evidence.readers.raw import Raw
from foedus.evidence.readers.wrapped import join_wrapped

_MOST_PARTS = 200
_FROM_LINE = re.compile(rb"(?:\A|\n\r?\n)From [^\n]{3,200}\n(?=[A-Za-z-]{2,40}:)")
_SIGNATURE = re.compile(r"\n-- ?\n")


def read_mail(data: bytes) -> Raw:
    r"""Read one letter: its subject, who wrote it, its day, and the text, or where there is none the page.

    Lines cut by the sender's program are joined. What is attached is named and not read.

    Raises
    ------
    ValueError
        When there is no letter with a text.

    Examples
    --------
    >>> head = b"From: Ana Lind <a@x.org>\nSubject: The office\nDate: Mon, 10 Jul 2023 09:00:00 +0200\n"
    >>> letter = read_mail(head + b"\nNo.")
    >>> letter.title, letter.author, str(letter.published), letter.text
    ('The office', 'Ana Lind', '2023-07-10', 'No.')
    """
    message: Any = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
    if not any(message.get(name) for name in ("From", "Subject", "Date", "To", "MIME-Version")):
        raise ValueError("is no letter: it has none of the lines From, To, Date and Subject")
    plain: list[Raw] = []
    pages: list[Raw] = []
    attached: list[str] = []
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise ValueError(f"has more than {_MOST_PARTS} parts")
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        name = _header(part.get_filename)
        if name or part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            attached.append(name or f"a part of kind {kind}")
        else:
            (pages if kind == "text/html" else plain).append(_page(part) if kind == "text/html" else _plain(part))
    chosen = next(
        ([raw for raw in kind if raw.text.strip()] for kind in (plain, pages) if any(raw.text.strip() for raw in kind)),
        [],
    )
    if not chosen:
        raise ValueError(
            "holds no text" + (f"; save what is attached and read that: {', '.join(attached)}" if attached else "")
        )
    doubts = [doubt for raw in chosen for doubt in raw.doubts]
    if attached:
        doubts.append(f"what is attached is not read: {', '.join(attached)[:300]}; save it and read it by itself")
    return Raw(
        "\n\n".join(raw.text.strip("\n") for raw in chosen),
        _header(lambda: message["Subject"]),
        _author(message),
        _sent(message),
        doubts=tuple(doubts),
    )


def read_mailbox(data: bytes) -> Raw:
    """Read a mailbox: each letter is an article by itself; one without a text is named among the doubts.

    Raises
    ------
    ValueError
        When no letter has a text.
    """
    starts = [(match.start(), match.end()) for match in _FROM_LINE.finditer(data)]
    ends = [*(begin for begin, _ in starts[1:]), len(data)]
    letters, doubts = [], []
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True), start=1):
        try:
            letters.append(read_mail(re.sub(rb"(?m)^>(>*From )", rb"\1", data[start:end])))
        except ValueError as error:
            doubts.append(f"letter {number} {error}")
    if not letters:
        raise ValueError("is no mailbox with a letter that has a text")
    return Raw("\n\n".join(letter.text for letter in letters), doubts=tuple(doubts), articles=tuple(letters))


def _plain(part: Any) -> Raw:
    payload = part.get_payload(decode=True) or b""
    text, doubt = _decoded(part, payload)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, delete=str(part.get_param("delsp", "")).lower() == "yes")
    return Raw(join_wrapped(text), doubts=doubt)


def _page(part: Any) -> Raw:
    payload = part.get_payload(decode=True) or b""
    try:
        charset = part.get_content_charset()
        text = payload.decode(charset) if charset else decode_page(payload).text
    except (LookupError, ValueError):
        text = decode_page(payload).text
    try:
        raw = read_page(text)
    except ValueError:
        return Raw("")
    return Raw(raw.text)


def _decoded(part: Any, payload: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        charset = part.get_content_charset()
        if charset and charset not in ("us-ascii", "ascii"):
            return payload.decode(charset), ()
    except (LookupError, ValueError):
        pass  # it is not what it says that it is
    decoded = decode(payload)
    return decoded.text, (decoded.doubt,) if decoded.doubt else ()


def _unflowed(text: str, *, delete: bool) -> str:
    """Join the lines that end in a blank, as RFC 3676 has it; quoted lines with those of the same depth."""
    head, signature, tail = (text, "", "") if not _SIGNATURE.search(text) else _at_signature(text)
    lines: list[str] = []
    open_depth = -1
    for line in head.split("\n"):
        quoted = re.match(r">*", line)
        depth = quoted.end() if quoted else 0
        bare = line[depth:].removeprefix(" ")
        flows = bare.endswith(" ")
        if delete and flows:
            bare = bare[:-1]
        if open_depth == depth and lines:
            lines[-1] += bare
        else:
            lines.append(bare)
        open_depth = depth if flows else -1
    return "\n".join(line.rstrip() for line in lines) + signature + tail


def _at_signature(text: str) -> tuple[str, str, str]:
    match = _SIGNATURE.search(text)
    return (text[: match.start()], match.group(), text[match.end() :]) if match else (text, "", "")


def _header(get: Any) -> str:
    """Return a header's words; one that cannot be parsed has none."""
    try:
        return " ".join(str(get() or "").split())
    except Exception:  # the standard library breaks off in many ways on malformed headers
        return ""


def _author(message: Any) -> str:
    try:
        addresses = message["From"].addresses if message["From"] else ()
    except Exception:  # see _header
        return ""
    return "; ".join(address.display_name or address.addr_spec for address in addresses)


def _sent(message: Any) -> Day | None:
    try:
        sent = message["Date"].datetime if message["Date"] else None
        day: Day | None = sent.date() if sent else None
    except Exception:  # see _header
        return None
    return day
