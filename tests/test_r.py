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
PACKAGE = ROOT / "r"
R = (PACKAGE / "R" / "foedus.R").read_text("utf-8")
SCHEMAS = Path(schemas.__file__).parent if schemas.__file__ else ROOT / "src" / "foedus" / "cli" / "schemas"
CALLS = re.findall(r"framed\(foedus\((.+)\)\$(\w+)\)$", R, re.M)
EXPORTED = set(re.findall(r"export\((\w+)\)", (PACKAGE / "NAMESPACE").read_text("utf-8")))


def properties(answer: str) -> dict[str, dict[str, dict[str, object]]]:
    """Return what the JSON Schema of an answer says of its keys."""
    found: dict[str, dict[str, dict[str, object]]] = json.loads((SCHEMAS / f"{answer}.json").read_text("utf-8"))[
        "properties"
    ]
    return found


def test_every_call_asks_for_a_key_that_the_answer_has() -> None:
    assert len(CALLS) == 4
    for words, key in CALLS:
        named = "-".join(re.findall(r'(?:^|, )"(\w[\w-]*)"', words)[:2])
        answer = named if (SCHEMAS / f"{named}.json").exists() else named.split("-")[0]
        assert key in properties(answer), (words, key)


def test_every_table_of_the_world_that_its_help_names_is_there() -> None:
    told = R[R.index("#' @param what") : R.index("as of `foedus world`")]
    tables = re.findall(r'`"(\w+)"`', told)
    assert len(tables) == 12
    for table in tables:
        assert ("changes" if table == "timeline" else table) in properties(f"world-{table}")


def test_a_network_has_what_its_ties_are_made_of() -> None:
    used = set(re.findall(r"found\$(\w+)", R))
    assert used == set(properties("network")["network"]["properties"])
    assert "of" in properties("network")


def test_every_exported_function_is_written_and_has_its_page_of_help() -> None:
    pages = {place.stem: place.read_text("utf-8") for place in (PACKAGE / "man").glob("*.Rd")}
    assert {"forecast", "levers", "world", "obligations", "statements", "network", "foedus"} == EXPORTED == set(pages)
    for name in EXPORTED:
        [arguments] = re.findall(rf"^{name} <- function\(([^\n]*)\) \{{$", R, re.M)
        for argument in re.findall(r"(?:^|, )(\w+)", arguments):
            assert rf"\item{{{argument}}}" in pages[name], (name, argument)


def r_has(*packages: str) -> bool:
    """Say whether R is here, with these packages."""
    if shutil.which("Rscript") is None:
        return False
    asked = "; ".join(f"stopifnot(requireNamespace('{package}', quietly = TRUE))" for package in packages)
    return subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False).returncode == 0


def test_its_own_tests_pass(tmp_path: Path) -> None:
    if not r_has("jsonlite"):
        pytest.skip("R with the package jsonlite is not installed here; `make r` builds and checks the package")
    command = Path(sys.executable).with_name("foedus")
    begin = f'options(foedus.command = "{command}"); source("{PACKAGE / "R" / "foedus.R"}")'
    tests = (PACKAGE / "tests" / "answers.R").read_text("utf-8").replace("library(foedus)", begin)
    (tmp_path / "answers.R").write_text(tests, "utf-8")
    done = subprocess.run(["Rscript", "answers.R"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
