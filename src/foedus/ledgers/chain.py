"""The chain of a ledger: JSON Lines, each entry holding the hash of the one before and its own.

The hashes are over all other fields in a fixed spelling. Whoever changes, removes, inserts or moves entries breaks the
chain at a line that can be named. Only the last entries can be cut off unseen, unless the last hash is kept elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.base.answers import as_json
from foedus.base.days import Day, parse_day
from foedus.base.errors import Problems, refuse
from foedus.base.files import read_text, write_atomically
from foedus.base.hashes import sha256
from foedus.base.locks import writing

START = "0" * 64
"""What the first entry names as the hash before it."""


STANDINGS = ("forecast", "recorded late", "hindsight")
"""What an entry is: recorded by the day of the meeting; recorded after it; made with knowledge from after it."""

_FIELDS = ("n", "kind", "by", "recorded_on", "issue", "on", "as_of", "options", "about", "previous", "sha256")


@dataclass(frozen=True, slots=True)
class Share:
    """One option of a recorded forecast."""

    label: str
    at: float
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

    @property
    def standing(self) -> str:
        """One of ``STANDINGS``: whether it was made and recorded before what it is about."""
        if self.as_of > self.on:
            return STANDINGS[2]
        return STANDINGS[1] if self.recorded_on > self.on else STANDINGS[0]


def append(path: Path, content: Mapping[str, object]) -> Entry:
    """Append an entry to a ledger, which is checked first and made where there is none.

    One process writes at a time; others wait. The file is written as a whole or not at all.

    Parameters
    ----------
    path
        The ledger.
    content
        All fields but ``n``, ``previous`` and ``sha256``.

    Raises
    ------
    InputError
        When the ledger has been tampered with, or cannot be written; it stays as it was.
    FoedusError
        When another process keeps it locked.
    """
    target = path.resolve()
    _make_folder(target)
    with writing(target):
        entries = read_ledger(path) if target.exists() else ()
        previous = entries[-1].sha256 if entries else START
        plain = {"n": len(entries) + 1, **content, "previous": previous}
        # through the spelling of answers and back: nine digits, days as text, no NaN
        spelt = {name: value for name, value in json.loads(as_json(plain)).items() if name != "schema"}
        spelt["sha256"] = _hash(spelt)
        text = read_text(path) if entries else ""
        whole = text if text.endswith("\n") or not text else text + "\n"
        write_atomically(target, whole + _spell(spelt) + "\n")
    return _entry(spelt)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(str(path), f"cannot be written: {error.strerror or error}") from None


def _spell(plain: Mapping[str, object]) -> str:
    return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _hash(plain: Mapping[str, object]) -> str:
    return sha256(_spell({name: value for name, value in plain.items() if name != "sha256"}).encode())


def read_ledger(path: Path | str, head: str | None = None) -> tuple[Entry, ...]:
    """Read a ledger and check its chain.

    Parameters
    ----------
    path
        The file.
    head
        The hash that the last entry had when it was last seen, or one of an earlier entry.

    Raises
    ------
    InputError
        When a line is no entry, or was changed, or an entry before it was removed, inserted or moved; each such line
        is named with what differs. Also when no entry has the hash ``head``: the end was cut off.
    """
    name = str(path)
    lines = read_text(Path(path)).removesuffix("\n").split("\n")
    plains = [_plain(line) for line in lines]
    problems = Problems(name)
    for number in range(1, len(lines) + 1):
        told = _difference(plains, number)
        if told is not None:
            problems.add(told, where=f"line {number}")
    problems.raise_if_any()
    entries = tuple(_entry(plain) for plain in plains if plain is not None)
    if head is not None and head not in {one.sha256 for one in entries}:
        raise refuse(name, f"an entry with the hash {head}; entries at its end were removed or written anew")
    return entries


def _difference(plains: Sequence[dict[str, object] | None], number: int) -> str | None:
    """Return what is wrong with a line in its place, or None where nothing is."""
    plain = plains[number - 1]
    if plain is None:
        return "is no whole entry: it is damaged, or was not written by Foedus"
    found, stated = _hash(plain), plain["sha256"]
    if stated != found:
        after = plains[number] if number < len(plains) else None
        if after is not None and after["previous"] == found:
            return f"its content has the hash {_short(found)}; only its hash was changed, to {_short(stated)}"
        return (
            f"states the hash {_short(stated)}, and its content has {_short(found)}; the entry of {plain['by']} on "
            f"{plain['issue']} was changed after it was recorded"
        )
    before = plains[number - 2] if number > 1 else None
    if number > 1 and before is None:
        return None  # a damaged line before it is told of already
    previous, expected = (START, 1) if before is None else (before["sha256"], int(str(before["n"])) + 1)
    if plain["previous"] == previous and plain["n"] == expected:
        return None
    return _break(plains, number, expected, _short(previous))


def _break(plains: Sequence[dict[str, object] | None], number: int, expected: int, previous: str) -> str:
    """Return how the chain is broken at a line whose own hash is right."""
    plain = plains[number - 1]
    if plain is None:
        return "is no whole entry"
    numbers = {int(str(one["n"])): place for place, one in enumerate(plains, 1) if one is not None}
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


def _plain(line: str) -> dict[str, object] | None:
    """Return the fields of a line, or None where it is no entry."""
    try:
        plain = json.loads(line)
        if not isinstance(plain, dict) or plain.keys() != set(_FIELDS):
            return None
        _entry(plain)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return None
    return plain


def _entry(plain: Mapping[str, object]) -> Entry:
    options, about = plain["options"], plain["about"]
    if not isinstance(options, list) or not isinstance(about, dict):
        raise TypeError("an entry has a list of options and a mapping of what it is about")
    return Entry(
        n=int(str(plain["n"])),
        kind=str(plain["kind"]),
        by=str(plain["by"]),
        recorded_on=parse_day(str(plain["recorded_on"])),
        issue=str(plain["issue"]),
        on=parse_day(str(plain["on"])),
        as_of=parse_day(str(plain["as_of"])),
        options=tuple(Share(str(o["label"]), float(o["at"]), float(o["probability"])) for o in options),
        about=about,
        previous=str(plain["previous"]),
        sha256=str(plain["sha256"]),
    )
