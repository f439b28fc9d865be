"""Annotated attributions in PolNeAR's brat stand-off form, for measuring."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from foedus.base.errors import refuse
from foedus.base.files import read_text

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution: offsets of source, cue and content, each in pieces or empty."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its annotated attributions."""

    name: str
    text: str
    gold: tuple[Gold, ...]


def read_polnear(folder: Path) -> tuple[Article, ...]:
    """Read a folder with ``attributions/*.ann`` and ``text/*.txt``; one annotation an article, the first by name.

    Raises
    ------
    InputError
        When a folder is missing, holds no annotation, or an annotation is malformed or lacks its text.
    """
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rsplit("_", 1)[0], path)
    if not annotations:
        raise refuse(str(folder), "expected folders 'attributions' with .ann files and 'text' with .txt files")
    return tuple(
        Article(name, _text(folder / "text" / f"{name}.txt"), parse_standoff(_text(path), str(path)))
        for name, path in annotations.items()
    )


def _text(path: Path) -> str:
    read_text(path)  # refuses what is not text; offsets count every carriage return, so the bytes are decoded here
    return path.read_bytes().decode("utf-8")


def parse_standoff(text: str, name: str = "annotation") -> tuple[Gold, ...]:
    r"""Return the attributions of one stand-off file.

    Examples
    --------
    >>> lines = ["T1\tSource 0 3\tshe", "T2\tCue 4 8\tsaid", "T3\tContent 9 11\tno"]
    >>> parse_standoff("\n".join([*lines, "E1\tAttribution:T2 Content:T3 Cue:T2 Source:T1"]))[0].content
    ((9, 11),)
    """
    pieces: dict[str, Spans] = {}
    attributions: list[Gold] = []
    lines = [(number, line.split("\t")) for number, line in enumerate(text.split("\n"), start=1)]
    for number, fields in sorted(lines, key=lambda line: not line[1][0].startswith("T")):
        try:
            if fields[0].startswith("T"):
                pieces[fields[0]] = tuple(
                    (int(span.split()[0]), int(span.split()[1])) for span in fields[1].split(" ", 1)[1].split(";")
                )
            elif fields[0].startswith("E"):
                parts: dict[str, Spans] = {}
                for part in fields[1].split():
                    role, place = part.split(":")
                    role = re.sub(r"\d+$", "", role)
                    parts[role] = parts.get(role, ()) + pieces[place]
                attributions.append(Gold(parts.get("Source", ()), parts.get("Cue", ()), parts.get("Content", ())))
        except (IndexError, ValueError, KeyError):
            raise refuse(name, "a line of brat stand-off", where=f"line {number}", value="\t".join(fields)) from None
    return tuple(attributions)
