"""The chain of a ledger: JSON Lines, each entry holding the hash of the one before and its own.

The hashes are over all other fields in a fixed spelling. Whoever changes, removes, inserts or moves entries breaks the
chain at a line that can be named. Only the last entries can be cut off unseen, unless the last hash is kept elsewhere.

Whoever can write the file can also compute hashes anew. Against that an author signs with a key of its own: from its
first signature on, an entry in its name without that signature is named as forged.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base import cells
from foedus.base.answers import as_json
from foedus.base.characters import forbidden
from foedus.base.days import Day, parse_day
from foedus.base.errors import Problems, refuse
from foedus.base.files import place_of, read_text, sync_folder, write_atomically
from foedus.base.lines import START, digest, loaded, spelt
from foedus.base.locks import writing
from foedus.ledgers.signing import Key, can_sign, is_key, verified

STANDINGS = ("forecast", "recorded late", "hindsight")
"""What an entry is: recorded by the day of the meeting; recorded after it; made with knowledge from after it."""

_FIELDS = {"n", "kind", "by", "recorded_on", "issue", "on", "as_of", "options", "about", "previous", "sha256"}
_SIGNED = {"key", "signature"}
_UNHASHED = ("sha256", "signature")


@dataclass(frozen=True, slots=True)
class Share:
    """One option of a recorded forecast; a person or a place has no place on a scale."""

    label: str
    at: float | None
    probability: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded forecast.

    Attributes
    ----------
    n
        1 for the first.
    kind, by
        ``model`` or ``human``, and which or who.
    recorded_on, issue, on, as_of
        The day of recording, the issue, the day of the meeting, the day up to which knowledge counts.
    options
        By place; their probabilities sum to 1.
    about
        What makes a model's forecast repeatable: version, seed, draws, hash of the inputs; a note for a human's.
    previous, sha256
        The hash before, and its own.
    not_before
        The latest day of recording of this entry and those before it: a day that runs backwards is not believed.
    key, signature
        The author's public key, and its signature under the hash; blank where it is not signed.
    """

    n: int
    kind: str
    by: str
    recorded_on: Day
    issue: str
    on: Day
    as_of: Day
    options: tuple[Share, ...]
    about: Mapping[str, object]
    previous: str
    sha256: str
    not_before: Day
    key: str = ""
    signature: str = ""

    @property
    def backwards(self) -> bool:
        """Whether it is said to have been recorded before an entry that stands before it."""
        return self.recorded_on < self.not_before

    @property
    def standing(self) -> str:
        """One of ``STANDINGS``: whether it was made and recorded before what it is about."""
        if self.as_of > self.on:
            return STANDINGS[2]
        return STANDINGS[1] if self.not_before > self.on else STANDINGS[0]


def append(path: Path, content: Mapping[str, object], key: Key | None = None) -> Entry:
    """Append an entry to a ledger, which is checked first and made where there is none.

    One process writes at a time; others wait. The file is written as a whole or not at all.

    Parameters
    ----------
    path
        The ledger.
    content
        All fields but ``n``, ``previous`` and ``sha256``.
    key
        The author's own, to sign with.

    Raises
    ------
    InputError
        When the ledger has been tampered with, or cannot be written; it stays as it was.
    FoedusError
        When another process keeps it locked.
    """
    target = Path(os.path.realpath(place_of(path)))
    _make_folder(target)
    with writing(target):
        entries = read_ledger(path) if target.exists() else ()
        previous = entries[-1].sha256 if entries else START
        plain = {"n": len(entries) + 1, **content, "previous": previous}
        if key is not None:
            plain["key"] = key.public
        # through the spelling of answers and back: nine digits, days as text, no NaN
        line = {name: value for name, value in json.loads(as_json(plain)).items() if name != "schema"}
        line["sha256"] = digest(line, _UNHASHED)
        if key is not None:
            line["signature"] = key.sign(line["sha256"])
        _refuse_faults(line, path, entries)
        text = read_text(path) if entries else ""
        whole = text if text.endswith("\n") or not text else text + "\n"
        write_atomically(target, whole + spelt(line) + "\n")
        sync_folder(target.parent)
    return _entry(line, entries[-1].not_before if entries else None)


def _refuse_faults(line: Mapping[str, object], path: Path, entries: Sequence[Entry]) -> None:
    """Refuse an entry that would not be read back, or in the name of an author who signs, without the signature."""
    wrong = fault(line)
    if wrong is not None:
        field, expected, value = wrong
        raise refuse(str(path), expected, where="the new entry", field=field, value=value)
    signed = next(
        (entry for entry in entries if entry.key and (entry.kind, entry.by) == (line["kind"], line["by"])), None
    )
    if signed is not None and line.get("key") != signed.key:
        told = f"{signed.by} signs since entry {signed.n}; give the same --key FILE to sign this one"
        raise refuse(str(path), told)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(str(path), f"cannot be written: {error.strerror or error}") from None


def read_ledger(
    path: Path | str, head: str | None = None, authors: Mapping[str, str] | None = None
) -> tuple[Entry, ...]:
    """Read a ledger and check its chain.

    Parameters
    ----------
    path
        The file.
    head
        The hash that the last entry had when it was last seen, or one of an earlier entry.
    authors
        Public keys of people, by name, kept elsewhere: every entry in their names must be signed with these.

    Raises
    ------
    InputError
        When a line is no entry, or was changed, or an entry before it was removed, inserted or moved; each such line
        is named with what differs. Also when no entry has the hash ``head``: the end was cut off.
    """
    name = str(path)
    lines = read_text(Path(path)).removesuffix("\n").split("\n")
    loads = [loaded(line) for line in lines]
    problems = Problems(name)
    plains: list[dict[str, object] | None] = []
    for number, plain in enumerate(loads, start=1):
        wrong = None if plain is None or not _has_fields(plain) else fault(plain)
        if plain is not None and wrong is not None:
            field, expected, value = wrong
            if digest(plain, _UNHASHED) != plain["sha256"]:
                problems.add(_changed(plain), where=f"line {number}")
            else:
                problems.add(expected, where=f"line {number}", field=field, value=value)
        plains.append(plain if plain is not None and _has_fields(plain) and wrong is None else None)
        if wrong is None and plains[-1] is None:
            problems.add("is no whole entry: it is damaged, or was not written by Foedus", where=f"line {number}")
    for number in range(1, len(lines) + 1):
        told = _difference(plains, number)
        if told is not None:
            problems.add(told, where=f"line {number}")
    for number, told in _forged(plains, authors or {}):
        problems.add(told, where=f"line {number}")
    problems.raise_if_any()
    entries: list[Entry] = []
    for plain in plains:
        if plain is not None:
            entries.append(_entry(plain, entries[-1].not_before if entries else None))
    if head is not None and head not in {entry.sha256 for entry in entries}:
        raise refuse(name, f"an entry with the hash {head}; entries at its end were removed or written anew")
    return tuple(entries)


def _forged(plains: Sequence[dict[str, object] | None], authors: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the lines whose signature is wrong, or missing though the author signed before."""
    pinned: dict[tuple[object, object], tuple[int, object]] = {("human", by): (0, key) for by, key in authors.items()}
    for number, plain in enumerate(plains, start=1):
        if plain is None:
            continue
        author, key = (plain["kind"], plain["by"]), plain.get("key")
        first = pinned.setdefault(author, (number, key)) if key is not None else pinned.get(author)
        if first is not None and key != first[1]:
            what = "is not signed" if key is None else "is signed with another key"
            since = f"signs since line {first[0]}" if first[0] else f"signs with {first[1]}"
            yield number, f"{what}, and {plain['by']} {since}: it was forged"
        elif key is not None and can_sign() and not verified(str(key), str(plain["sha256"]), str(plain["signature"])):
            yield number, f"its signature is not that of {plain['by']}: it was forged, or its hash was computed anew"


def _difference(plains: Sequence[dict[str, object] | None], number: int) -> str | None:
    """Return what is wrong with a line in its place, or None where nothing is."""
    plain = plains[number - 1]
    if plain is None:
        return None  # told of already
    computed, stated = digest(plain, _UNHASHED), plain["sha256"]
    if stated != computed:
        after = plains[number] if number < len(plains) else None
        if after is not None and after["previous"] == computed:
            return f"its content has the hash {_short(computed)}; only its hash was changed, to {_short(stated)}"
        return _changed(plain)
    before = plains[number - 2] if number > 1 else None
    if number > 1 and before is None:
        return None  # a damaged line before it is told of already
    previous, expected = (START, 1) if before is None else (before["sha256"], int(str(before["n"])) + 1)
    if plain["previous"] == previous and plain["n"] == expected:
        return None
    return _break(plains, number, expected, _short(previous))


def _changed(plain: Mapping[str, object]) -> str:
    return (
        f"states the hash {_short(plain['sha256'])}, and its content has {_short(digest(plain, _UNHASHED))}; the entry "
        f"of {plain['by']} on {plain['issue']} was changed after it was recorded"
    )


def _break(plains: Sequence[dict[str, object] | None], number: int, expected: int, previous: str) -> str:
    """Return how the chain is broken at a line whose own hash is right."""
    plain = plains[number - 1]
    if plain is None:
        return ""
    numbers = {int(str(other["n"])): place for place, other in enumerate(plains, 1) if other is not None}
    if plain in plains[: number - 1]:
        return f"repeats the entry of line {plains.index(plain) + 1}, which was inserted again"
    if plain["n"] == expected:
        return (
            f"follows the hash {previous}, and names {_short(plain['previous'])}; the entry before it was replaced, or "
            "this one was inserted from another ledger"
        )
    if expected in numbers:
        return f"holds entry {plain['n']} in the place of entry {expected}, which was moved to line {numbers[expected]}"
    return f"holds entry {plain['n']}, and entry {expected} was removed before it"


def _short(digest: object) -> str:
    return f"{str(digest)[:12]}…"


def _has_fields(plain: Mapping[str, object]) -> bool:
    return set(plain) in (_FIELDS, _FIELDS | _SIGNED)


def fault(plain: Mapping[str, object]) -> tuple[str, str, str] | None:
    """Return the first field of an entry that is not as a table would have it, what is expected, and what stands there.

    Examples
    --------
    >>> fault({"n": True})
    ('n', 'a whole number of at least 1', 'True')
    """
    for field, (sound, expected) in _RULES.items():
        if field in plain and not sound(plain[field]):
            return field, expected, str(plain[field])
    options, about = plain.get("options"), plain.get("about")
    if isinstance(options, list):
        wrong = _option_fault(options)
        if wrong is not None:
            return wrong
    if isinstance(about, dict):
        for name, value in about.items():
            if not _is_plain(value) or forbidden(name):
                return f"about.{name}", "a text without control characters, a number, or nothing", str(value)
    return None


def _option_fault(options: list[Any]) -> tuple[str, str, str] | None:
    for place, option in enumerate(options):
        if not isinstance(option, dict) or set(option) != {"label", "at", "probability"}:
            return f"options.{place}", "label, at and probability", str(option)
        for name, (sound, expected) in _OPTION_RULES.items():
            if not sound(option[name]):
                return f"options.{place}.{name}", expected, str(option[name])
    labels = [option["label"].strip().casefold() for option in options]
    if len(set(labels)) < len(labels):
        return "options", "each label once", ", ".join(labels)
    if len({option["at"] is None for option in options}) > 1:
        return "options", "a place for each option, or for none", ", ".join(labels)
    total = math.fsum(option["probability"] for option in options)
    if abs(total - 1) > SUM:
        return "options", "probabilities that sum to 1", f"{total:g}"
    return None


def _is_number(value: object, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _is_text(value: object, longest: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest and not forbidden(value)


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST and not forbidden(value)
    return value is None or isinstance(value, bool) or _is_number(value, -_LARGEST, _LARGEST)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and parse_day(value).isoformat() == value
    except ValueError:
        return False


def _is_issue(value: object) -> bool:
    try:
        return isinstance(value, str) and cells.identifier().read(value, False) == value
    except ValueError:
        return False


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


SUM = 1e-6
"""How far probabilities of nine digits may be from 1 in sum."""
_LONGEST, _LARGEST = 4000, 1e15
_DAY = (_is_day, "a day such as 2023-07-11")
_HASH = (_is_hash, "64 hexadecimal digits in lower case")
_RULES: dict[str, tuple[Callable[[object], bool], str]] = {
    "n": (lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 1,
          "a whole number of at least 1"),
    "kind": (lambda value: value in ("model", "human"), "model or human"),
    "by": (lambda value: _is_text(value, 200), "a name of at most 200 characters, without control characters"),
    "recorded_on": _DAY,
    "issue": (_is_issue, cells.identifier().expected),
    "on": _DAY,
    "as_of": _DAY,
    "options": (lambda value: isinstance(value, list) and 2 <= len(value) <= 50, "2 to 50 options"),
    "about": (lambda value: isinstance(value, dict) and len(value) <= 50, "what there is to say about the forecast"),
    "previous": _HASH,
    "sha256": _HASH,
    "key": (is_key, "a public key: 32 bytes in base 64"),
    "signature": (lambda value: is_key(value, 64), "a signature: 64 bytes in base 64"),
}  # fmt: skip
_OPTION_RULES: dict[str, tuple[Callable[[object], bool], str]] = {
    "label": (lambda value: _is_text(value, 2000), "a label of at most 2000 characters, without control characters"),
    "at": (
        lambda value: value is None or _is_number(value, -_LARGEST, _LARGEST),
        "a place on the scale, or nothing for options without an order",
    ),
    "probability": (lambda value: _is_number(value, 0, 1), "a probability from 0 to 1"),
}


def _entry(plain: Mapping[str, Any], after: Day | None) -> Entry:
    """Return an entry of sound fields; ``after`` is the latest day of recording before it."""
    recorded_on = parse_day(plain["recorded_on"])
    return Entry(
        n=plain["n"],
        kind=plain["kind"],
        by=plain["by"],
        recorded_on=recorded_on,
        issue=plain["issue"],
        on=parse_day(plain["on"]),
        as_of=parse_day(plain["as_of"]),
        options=tuple(
            Share(o["label"], None if o["at"] is None else float(o["at"]), float(o["probability"]))
            for o in plain["options"]
        ),
        about=plain["about"],
        previous=plain["previous"],
        sha256=plain["sha256"],
        not_before=max(recorded_on, after or recorded_on),
        key=plain.get("key", ""),
        signature=plain.get("signature", ""),
    )
