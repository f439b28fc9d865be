"""The packaged dossier against the five articles themselves, where they lie beside the checkout."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from foedus.base.hashes import sha256
from foedus.dossiers import Dossier

RUN = 8
"""Consecutive words beyond which a text counts as copied."""


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, bytes]:
    """The articles' bytes by file name."""
    folder = shared / "seeds"
    if not folder.is_dir():
        pytest.skip("needs ../shared/seeds, the articles, which are not part of the repository")
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.txt"))}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.replace("’", "'").casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return set(zip(*(found[start:] for start in range(RUN)), strict=False))


def test_the_hashes_are_those_of_the_articles(tokyo: Dossier, seeds: dict[str, bytes]) -> None:
    assert {source.sha256 for source in tokyo.sources.values()} == {sha256(data) for data in seeds.values()}


def test_every_passage_is_a_paragraph_of_its_article(tokyo: Dossier, seeds: dict[str, bytes]) -> None:
    paragraphs = {
        sha256(data): sum(bool(line.strip()) for line in data.decode("utf-8-sig").splitlines())
        for data in seeds.values()
    }
    beyond = [
        (statement.id, statement.passage)
        for statement in tokyo.statements
        if not 1 <= int(statement.passage.removeprefix("p")) <= paragraphs[tokyo.sources[statement.source].sha256]
    ]
    assert beyond == []


def test_a_run_of_words_is_found_across_lines_and_marks() -> None:
    text = "One, two - three\nfour’s five; SIX seven_eight."
    assert runs(text) == {("one", "two", "three", "four's", "five", "six", "seven", "eight")}


def test_no_sentence_of_the_articles_is_in_the_repository(
    tokyo: Dossier, repository: Path, seeds: dict[str, bytes]
) -> None:
    git = shutil.which("git")
    if git is None or not (repository / ".git").exists():
        pytest.skip("needs a git checkout to know which files are tracked")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=repository, capture_output=True, check=True).stdout
    forbidden = set().union(*(runs(data.decode("utf-8-sig")) for data in seeds.values()))
    titles = [source.title for source in tokyo.sources.values()]  # an article is cited by its title
    titles.append("policy fellow at the European Council on Foreign Relations")  # what somebody is, in another text
    copied = {}
    for name in filter(None, listed.decode().split("\0")):
        path = repository / name
        try:
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            for title in titles:
                text = text.replace(title, "")
        except UnicodeDecodeError:
            continue  # not text
        if shared_runs := runs(text) & forbidden:
            copied[name] = sorted(" ".join(run) for run in shared_runs)
    assert copied == {}
