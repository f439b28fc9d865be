"""Pages that run what they show: each ``session`` block runs the command and prints its answer."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import logging
import re
import shlex
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_FENCE = re.compile(r"^```\{(session|file|delete-rows)\}[ ]*(.*?)\n(.*?)^```$", re.M | re.S)
WIDE = 110
"""Characters in a line of an answer on a page."""

_OPTION = re.compile(r"^:(\w+):[ ]*(.*)$")


class Session:
    """A scratch folder in which commands run one after the other, as a reader would run them."""

    def __init__(self) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="foedus-docs-")
        self.folder = Path(self._scratch.name)

    def run(self, line: str) -> tuple[int, str]:
        """Run one ``foedus ...`` line; return its exit status and what it printed, without remarks beside an answer."""
        from foedus.cli import main  # noqa: PLC0415 - only pages with sessions pay for it

        words = shlex.split(line)
        if words[0] != "foedus":
            raise ValueError(f"only 'foedus' runs in a session; got {line!r}")
        out, beside, status = io.StringIO(), io.StringIO(), 0
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(beside):
            try:
                main(words[1:])
            except SystemExit as end:
                status = int(end.code or 0)
        told = out.getvalue() + (beside.getvalue() if status else "")
        return status, "\n".join(row.rstrip() for row in told.splitlines()).strip("\n")

    def likeliest(self, line: str) -> str:
        """Return the most likely option of a forecast that a line makes."""
        options = json.loads(self.run(f"{line} --json")[1])["options"]
        label: str = max(options, key=lambda option: option["probability"])["label"]
        return label

    def copy(self, dossier: str) -> None:
        """Copy a packaged dossier, as ``foedus demo`` does."""
        from foedus.dossiers import copy_packaged  # noqa: PLC0415 - slow to load, and needed only here

        copy_packaged(dossier, self.folder / dossier)

    def write(self, path: str, text: str) -> None:
        """Write a file below the scratch folder."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.rstrip("\n") + "\n", "utf-8")

    def delete_rows(self, path: str, column: str, value: str) -> int:
        """Delete the rows of a table whose column holds a value; return how many they were."""
        target = self.folder / path
        rows = list(csv.reader(io.StringIO(target.read_text("utf-8"))))
        place = rows[0].index(column)
        kept = [row for row in rows if row[place] != value]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(kept)
        target.write_text(out.getvalue(), "utf-8")
        return len(rows) - len(kept)

    def close(self) -> None:
        """Delete the scratch folder."""
        self._scratch.cleanup()


def blocks_of(page: str) -> Iterator[tuple[str, str, dict[str, str], list[str]]]:
    """Yield the kind, argument, options and lines of each block of a page that a session runs."""
    for kind, argument, body in _FENCE.findall(page):
        lines = body.splitlines()
        options: dict[str, str] = {}
        while lines and (found := _OPTION.match(lines[0])):
            options[found[1]] = found[2].strip('"')
            lines.pop(0)
        yield kind, argument.strip(), options, lines


def run_block(session: Session, options: dict[str, str], lines: list[str]) -> list[str]:
    """Run the ``$`` lines of a block; return what a terminal would show.

    Raises
    ------
    AssertionError
        When a command ends with another exit status than expected, or its answer lacks what the page claims.
    """
    if dossier := options.get("dossier"):
        session.copy(dossier)
    shown: list[str] = []
    expected = int(options.get("status", "0"))
    answers = []
    for line in (line.strip() for line in lines if line.strip()):
        status, answer = session.run(line.removeprefix("$ "))
        if status != expected:
            raise AssertionError(f"{line!r} ended with status {status}, not {expected}: {answer}")
        answers.append(answer)
        shown += [line, *_cut(list(_wrapped(answer)), options)]
        if likeliest := options.get("likeliest"):
            found = session.likeliest(line.removeprefix("$ "))
            if found != likeliest:
                raise AssertionError(f"{line!r} finds {found!r} the most likely, not {likeliest!r}")
    claimed = options.get("contains", "").strip()
    if claimed and " ".join(claimed.split()) not in " ".join(" ".join(answers).split()):
        raise AssertionError(f"the answer of {lines} does not contain {claimed!r}: {answers}")
    return shown


def run_page(page: str) -> None:
    """Run every block of a page, in order."""
    session = Session()
    try:
        for kind, argument, options, lines in blocks_of(page):
            if kind == "session":
                run_block(session, options, lines)
            elif kind == "file":
                session.write(argument, "\n".join(lines))
            elif not session.delete_rows(argument, *lines[0].split(maxsplit=1)):
                raise AssertionError(f"no row of {argument} to delete: {lines[0]}")
    finally:
        session.close()


def _wrapped(answer: str) -> Iterator[str]:
    """Yield the lines of an answer as a page sets them: what does not fit goes on below."""
    for line in answer.splitlines():
        below = " " * (len(line) - len(line.lstrip()))
        yield from textwrap.wrap(
            line, WIDE, subsequent_indent=below, break_long_words=False, break_on_hyphens=False
        ) or [""]


def _cut(lines: list[str], options: dict[str, str]) -> list[str]:
    """Return the part of an answer that a block asks for: from a line with some words, and so many lines."""
    start = options.get("start", "")
    if start:
        place = next((k for k, line in enumerate(lines) if start in line), None)
        if place is None:
            raise AssertionError(f"no line with {start!r} in {lines}")
        lines = ["...", *lines[place:]] if place else lines
    most = int(options.get("head", "0"))
    return [*lines[:most], "..."] if most and len(lines) > most else lines


def setup(app: Any) -> dict[str, object]:
    """Register the directives with Sphinx."""
    from docutils import nodes  # noqa: PLC0415 - the tests run sessions without Sphinx
    from docutils.parsers.rst import directives  # noqa: PLC0415 - slow to load, and needed only here
    from sphinx.directives.code import container_wrapper  # noqa: PLC0415 - slow to load, and needed only here
    from sphinx.util.docutils import SphinxDirective  # noqa: PLC0415 - slow to load, and needed only here

    logging.getLogger("foedus").setLevel(logging.WARNING)
    sessions: dict[str, Session] = {}

    def start_over(_app: Any, docname: str, _source: list[str]) -> None:
        if docname in sessions:
            sessions.pop(docname).close()

    def stop(_app: Any, _error: Exception | None) -> None:
        for session in sessions.values():
            session.close()
        sessions.clear()

    class Block(SphinxDirective):
        has_content = True
        optional_arguments = 1
        final_argument_whitespace = True

        @property
        def session(self) -> Session:
            self.env.note_reread()
            return sessions.setdefault(self.env.docname, Session())

    class SessionBlock(Block):
        option_spec = dict.fromkeys(
            ("contains", "dossier", "head", "likeliest", "start", "status"), directives.unchanged
        )

        def run(self) -> list[nodes.Node]:
            try:
                shown = run_block(self.session, self.options, list(self.content))
            except AssertionError as error:
                raise self.error(str(error)) from None
            text = "\n".join(shown)
            return [nodes.literal_block(text, text, language="console")]

    class FileBlock(Block):
        def run(self) -> list[nodes.Node]:
            text, path = "\n".join(self.content), self.arguments[0]
            self.session.write(path, text)
            language = {"yaml": "yaml", "csv": "text"}[path.rpartition(".")[2]]
            return [container_wrapper(self, nodes.literal_block(text, text, language=language), path)]

    class DeleteRows(Block):
        def run(self) -> list[nodes.Node]:
            column, value = self.content[0].split(maxsplit=1)
            count = self.session.delete_rows(self.arguments[0], column, value)
            if not count:
                raise self.error(f"no row of {self.arguments[0]} to delete")
            return [
                nodes.paragraph(
                    "",
                    "",
                    nodes.Text("In "),
                    nodes.literal("", self.arguments[0]),
                    nodes.Text(f", delete the {count} rows whose {column} is "),
                    nodes.literal("", value),
                    nodes.Text("."),
                )
            ]

    app.add_directive("session", SessionBlock)
    app.add_directive("file", FileBlock)
    app.add_directive("delete-rows", DeleteRows)
    app.connect("source-read", start_over)
    app.connect("build-finished", stop)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": True}
