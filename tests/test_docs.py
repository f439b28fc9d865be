"""The pages name everything that exists, and nothing that does not; what they show works."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import foedus
from foedus.base.tables import columns_of
from foedus.cli.app import app
from foedus.dossiers.settings import Settings
from foedus.forecasts.compose import all_cards
from foedus.institutions.questions import VOTES
from foedus.institutions.rules import FORMS
from foedus.testing import check_model, find_counterexample

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
HAND_WRITTEN = {path.name: path.read_text("utf-8") for path in sorted(DOCS.glob("*.md"))}
README = ROOT / "README.md"


def _load(name: str) -> Any:
    sys.path.insert(0, str(DOCS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(DOCS))


generate, sessions = _load("generate"), _load("sessions")


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    return {name: make() for name, make in generate.PAGES.items()}


@pytest.fixture(scope="module")
def everything(generated: dict[str, str]) -> str:
    return "\n".join([*HAND_WRITTEN.values(), *generated.values()])


def test_every_generated_table_stands_in_a_page() -> None:
    included = set(re.findall(r"```\{include\} _generated/(\S+)", "\n".join(HAND_WRITTEN.values())))
    assert included == generate.PAGES.keys()


def test_every_promise_names_tests_that_exist() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (DOCS / "promises.md").read_text("utf-8"))
    assert len(named) > 30
    for file, test in named:
        assert f"def {test}(" in (DOCS.parent / file).read_text("utf-8"), f"{file}::{test}"


def test_every_page_is_reached_from_the_index() -> None:
    for name in HAND_WRITTEN.keys() - {"index.md"}:
        assert f"\n{name.removesuffix('.md')}\n" in HAND_WRITTEN["index.md"]


def test_every_command_and_option_is_mentioned(everything: str) -> None:
    for words, command in generate.commands().items():
        assert f"foedus {words}" in everything
        section = everything.split(f"### `foedus {words}`", 1)[1].split("\n### ", 1)[0]
        for one in command.params:
            for name in one.opts if one.param_type_name == "option" else [one.metavar]:
                assert name in section, f"{name} of foedus {words}"
    assert "--version" in everything


def test_every_model_and_assumption_is_mentioned(everything: str) -> None:
    for card in all_cards():
        assert f"`{card.name}`" in everything
        for assumption in card.assumptions:
            assert f"`{assumption.name}`" in everything
            for choice in assumption.choices:
                assert f"`{choice}`" in everything


def test_every_column_and_key_is_mentioned(generated: dict[str, str]) -> None:
    for page, tables in (("dossier-tables.md", generate.TABLES), ("world-tables.md", generate.WORLD_TABLES)):
        for file, record in tables.items():
            section = generated[page].split(f"### `{file}`", 1)[1].split("\n### ", 1)[0]
            for column in columns_of(record):
                assert f"| `{column.name}` |" in section
    for key in Settings.model_fields:
        assert f"| `{key}` |" in generated["settings.md"]


def test_every_public_name_is_mentioned() -> None:
    pages = "\n".join(HAND_WRITTEN.values())
    for name in foedus.__all__:
        assert f"foedus.{name}" in pages, name


def test_every_key_of_a_forecast_is_explained_and_no_other() -> None:
    section = HAND_WRITTEN["json.md"].split("## `foedus forecast`", 1)[1].split("For example", 1)[0]
    explained = set(re.findall(r"`([a-z0-9_]+)`", section)) - {"null"}
    assert explained == set(_keys(generate.json_forecast()))


def test_every_key_of_an_answer_on_power_is_explained() -> None:
    session = sessions.Session()
    line = "foedus power unsc --on 2023-07-11 --against RUS --coalition USA --minimal --json"
    status, told = session.run(line)
    session.close()
    assert status == 0
    section = HAND_WRITTEN["json.md"].split("## `foedus power`", 1)[1].split("\n## ", 1)[0]
    indices = {"banzhaf", "banzhaf_absolute", "coleman_act", "coleman_initiate", "coleman_prevent", "shapley_shubik"}
    answer = json.loads(told)
    procedures = set(answer["other_procedures"])
    explained = set(re.findall(r"`([a-z0-9_]+)`", section))
    assert set(_keys(answer)) - {"schema"} - indices - procedures <= explained


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from _keys(below)
    elif isinstance(value, list):
        for below in value:
            yield from _keys(below)


def test_every_form_of_a_rule_and_every_kind_of_question_is_explained(generated: dict[str, str]) -> None:
    for form in FORMS:
        assert f"| `{form}` |" in generated["rules.md"]
    for kind, question in VOTES.items():
        (row,) = (line for line in HAND_WRITTEN["bodies.md"].splitlines() if line.startswith(f"| `{kind}` |"))
        assert {f"`{name}`" for name in (*question.needs, *question.takes)} - {"`procedure`", "`consent_of`"} <= set(
            re.findall(r"`\w+`", row)
        )


def _command_lines() -> Iterator[tuple[str, str]]:
    """Yield each line that a page tells its reader to type: in blocks, and between backticks."""
    named = {f"foedus {words}" for words in generate.commands()}
    pages = HAND_WRITTEN | ({"README.md": README.read_text("utf-8")} if README.exists() else {})
    for name, page in pages.items():
        in_block = False
        for line in page.splitlines():
            if line.lstrip().startswith("```"):
                in_block = not in_block
            elif in_block and (found := re.match(r"\s*(?:\$ )?(foedus .*?)(?:\s+#.*)?$", line)):
                yield name, found[1]
            elif not in_block:
                # A command may be named in prose without the arguments that it needs.
                yield from ((name, words) for words in re.findall(r"`(foedus [^`]+)`", line) if words not in named)


@pytest.mark.parametrize(("page", "line"), sorted(set(_command_lines())))
def test_every_command_line_parses(page: str, line: str) -> None:
    _parse(line)


@pytest.mark.parametrize("line", ["foedus no-such", "foedus demo --no-such", "foedus forecast", "foedus world no-such"])
def test_a_command_line_that_does_not_exist_is_noticed(line: str) -> None:
    with pytest.raises(Exception, match=r"(?i)no such|missing"):
        _parse(line)


def _parse(line: str) -> None:
    """Parse a line as the command would, without running it."""
    command, words, parent = typer.main.get_command(app), shlex.split(line)[1:], None
    while True:
        if not words and hasattr(command, "commands"):
            return  # a group by itself shows its help
        if words[:1] in (["--help"], ["--install-completion"], ["--show-completion"]):
            return
        context = command.make_context(command.name, words, parent=parent)
        if not hasattr(command, "commands"):
            return
        rest = [*context._protected_args, *context.args]
        if not rest:
            return  # an option of the group itself, such as --version
        _, command, words = command.resolve_command(context, rest)
        parent = context


def test_no_page_names_an_option_that_does_not_exist() -> None:
    known = {name for command in generate.commands().values() for one in command.params for name in one.opts}
    for name, page in HAND_WRITTEN.items():
        for option in re.findall(r"`(--[a-z-]+)", page):
            assert option in known | {"--version", "--help", "--install-completion", "--show-completion"}, (
                f"{option} in {name}"
            )


def test_every_dotted_name_exists() -> None:
    for page, text in HAND_WRITTEN.items():
        for name in re.findall(r"`(foedus(?:\.\w+)+)`", text) + re.findall(r":: (foedus(?:\.\w+)+)", text):
            assert _resolves(name), f"{name} in {page}"


def _resolves(name: str) -> bool:
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        try:
            for part in parts[cut:]:
                found = getattr(found, part)
        except AttributeError:
            return False
        return True
    return False


@pytest.mark.parametrize("page", [name for name, text in HAND_WRITTEN.items() if "```pycon" in text])
def test_examples_in_python_work(page: str) -> None:
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    text = "\n".join(re.findall(r"```pycon\n(.*?)```", HAND_WRITTEN[page], re.S))
    told: list[str] = []
    runner.run(parser.get_doctest(text, {}, page, page, 0), out=told.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(told)


def test_the_model_of_the_page_on_adding_one_passes_the_suite() -> None:
    (source,) = re.findall(r"```python\n(.*?)```", HAND_WRITTEN["adding-a-model.md"], re.S)
    names: dict[str, Any] = {}
    exec(compile(source, "midrange.py", "exec"), names)
    model = names["MODEL"]
    cases = {refuted: find_counterexample(model, refuted, range(60)) for refuted in model.card.refuted}
    assert None not in cases.values()
    assert check_model(model, seeds=range(10), counterexamples=cases) > 100


@pytest.mark.parametrize(
    "page",
    ["bodies.md", "disagreement.md", "facts.md", "honesty.md", "ledger.md", "models.md", "obligations.md", "study.md"],
)
def test_sessions_work(page: str) -> None:
    # The tutorial draws three pages of charts; it runs whenever the pages are built.
    sessions.run_page(HAND_WRITTEN[page])


def test_files_for_publication_agree_with_the_package_and_the_pages() -> None:
    cited = (DOCS.parent / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {foedus.__version__}\n" in cited
    paper, pages = ((DOCS.parent / "paper.md").read_text("utf-8"), " ".join(HAND_WRITTEN.values()))
    for figure in ("22.25", "23.60", ".933", ".848", ".776", "1.046", "1.103", "1.110"):
        assert figure in paper
        assert figure in pages
    bibliography = (DOCS.parent / "paper.bib").read_text("utf-8")
    assert set(re.findall(r"@(\w+)\b(?=[;\]])", paper)) == set(re.findall(r"^@\w+\{(\w+),", bibliography, re.M))
    for name in ("CONTRIBUTING.md", "SECURITY.md"):
        for link in re.findall(r"\]\(([^)]+)\)", (DOCS.parent / name).read_text("utf-8")):
            assert (DOCS.parent / link).exists(), f"{link} in {name}"
