"""The R package under ``r/``: what it calls exists, and its own tests pass where R is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.cli import schemas

ROOT = Path(__file__).parents[1]
R = (ROOT / "r" / "R" / "foedus.R").read_text("utf-8")
SCHEMAS = Path(schemas.__file__).parent if schemas.__file__ else ROOT / "src" / "foedus" / "cli" / "schemas"
CALLS = re.findall(r"^  (?:found <- )?foedus\((.+)\)\$(\w+)$", R, re.M)


def test_every_call_asks_for_a_key_that_the_answer_has() -> None:
    assert len(CALLS) == 6
    for words, key in CALLS:
        named = "-".join(re.findall(r'(?:^|, )"(\w[\w-]*)"', words)[:2])
        place = next(
            one for one in (SCHEMAS / f"{named}.json", SCHEMAS / f"{named.split('-')[0]}.json") if one.exists()
        )
        assert key in json.loads(place.read_text("utf-8"))["properties"], (words, key)


def test_a_network_has_what_its_matrix_is_made_of() -> None:
    used = set(re.findall(r"found\$(\w+)", R))
    assert used == set(json.loads((SCHEMAS / "network.json").read_text("utf-8"))["properties"]["network"]["properties"])


def test_every_exported_function_is_written_and_documented() -> None:
    exported = re.findall(r"export\((\w+)\)", (ROOT / "r" / "NAMESPACE").read_text("utf-8"))
    for name in exported:
        assert re.search(rf"(?:^#' .*\n|^#'\n)+^{name} <- function", R, re.M), name


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_its_own_tests_pass(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("foedus")
    begin = f'options(foedus.command = "{command}"); source("{ROOT / "r" / "R" / "foedus.R"}")'
    tests = (ROOT / "r" / "tests" / "answers.R").read_text("utf-8").replace("library(foedus)", begin)
    (tmp_path / "answers.R").write_text(tests, "utf-8")
    done = subprocess.run(["Rscript", "answers.R"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
