"""The schemas fit the packaged files and live answers, and refuse what the readers refuse."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer

import foedus
from foedus.base.yaml import read_yaml
from foedus.cli import main
from foedus.cli.app import app
from foedus.cli.groups import QUESTIONS
from foedus.cli.schema import ANSWERED_BY, FILES, TABLES, answers, schema_of
from foedus.dossiers import packaged_dossiers
from foedus.institutions.rules import FORMS

PACKAGE = Path(foedus.__file__).parent
WRITTEN = {
    "dossier.yaml": [folder / "dossier.yaml" for folder in packaged_dossiers().values()],
    "body.yaml": sorted((PACKAGE / "institutions" / "organisations").rglob("*.yaml")),
    "treaty.yaml": sorted((PACKAGE / "institutions" / "treaties").glob("*.yaml")),
    "limits.yaml": sorted((PACKAGE / "institutions" / "limits").glob("*.yaml")),
    "response.yaml": sorted((PACKAGE / "dossiers" / "packaged").glob("*/response.yaml")),
    "procedure.yaml": sorted((PACKAGE / "procedures").rglob("*.yaml")),
    "study.yaml": sorted((PACKAGE / "studies" / "packaged").glob("*.yaml")),
}


def _plain(value: Any) -> Any:
    """Return YAML as an editor sees it: days are text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _written(path: Path) -> Any:
    return _plain(read_yaml(path)[0])


def _told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert not end.value.code
    return capsys.readouterr().out


@pytest.mark.parametrize("name", FILES)
def test_every_packaged_file_fits_its_schema(name: str) -> None:
    checker = jsonschema.Draft202012Validator(schema_of(name))
    checker.check_schema(schema_of(name))
    assert WRITTEN[name], name
    for path in WRITTEN[name]:
        errors = [
            f"{path.name}: {error.json_path}: {error.message[:200]}" for error in checker.iter_errors(_written(path))
        ]
        assert errors == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"rule": [{"from": "2000-01-01", "value": "acclaim", "reference": "x"}]}, "rule"),
        ({"rule": [{"from": "2000-01-01", "value": {"quota": {"at_least": "many"}}, "reference": "x"}]}, "rule"),
        ({"rule": [{"from": "2000-01-01", "value": "consensus"}]}, "rule"),
        ({"seats": {"membership": "reef"}}, "seats"),
        ({"sesats": {}}, "sesats"),
    ],
)
def test_the_schema_of_a_body_refuses_what_its_reader_refuses(change: dict[str, Any], where: str) -> None:
    body = {
        "id": "reef-council",
        "name": "Reef Council",
        "seats": {"membership": "reef", "status": "member"},
        "rule": [{"from": "2000-01-01", "value": "consensus", "reference": "Charter, Article 3"}],
    }
    checker = jsonschema.Draft202012Validator(schema_of("body.yaml"))
    assert checker.is_valid(body)
    errors = list(checker.iter_errors(body | change))
    assert errors
    assert any(where in f"{error.json_path} {error.message}" for error in errors)


def test_the_schema_of_a_body_knows_every_form_of_a_rule() -> None:
    (plain, *forms) = schema_of("body.yaml")["$defs"]["rule"]["anyOf"]
    known = {*plain["enum"], *(next(iter(form["properties"])) for form in forms)}
    assert known == {form.strip("{").split(":")[0] for form in FORMS}


def test_a_dossier_with_a_word_for_a_number_does_not_fit() -> None:
    checker = jsonschema.Draft202012Validator(schema_of("dossier.yaml"))
    settings = _written(WRITTEN["dossier.yaml"][0])
    settings["issues"][0]["options"][0]["at"] = "far"
    assert [error.json_path for error in checker.iter_errors(settings)] == ["$.issues[0].options[0].at"]


def test_every_answer_in_json_has_a_schema() -> None:
    asked = set()
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        for below, one in getattr(command, "commands", {"": command}).items():
            if any("--json" in param.opts for param in one.params):
                asked.add(f"{name}-{below}".strip("-"))
    assert set(answers()) == asked | set(ANSWERED_BY)
    assert set(ANSWERED_BY.values()) <= asked


@pytest.mark.parametrize("name", ["forecast", "world members", "foedus world-members", "dossier.yaml"])
def test_the_command_prints_a_schema(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = json.loads(_told(["schema", name], capsys))
    assert printed == schema_of(name)
    assert printed["$schema"].startswith("https://json-schema.org/")


def test_the_command_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    told = _told(["schema"], capsys)
    assert [line.split(":")[0] for line in told.splitlines()] == [*answers(), *FILES, *TABLES]


def test_an_unknown_name_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["schema", "forcast"])
    assert end.value.code == 2
    assert "dossier.yaml" in capsys.readouterr().err


def test_help_shows_every_command_once_under_a_question(capsys: pytest.CaptureFixture[str]) -> None:
    told = _told(["--help"], capsys)
    named = [name for questions in QUESTIONS.values() for name in questions]
    assert sorted(named) == sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    for title, questions in QUESTIONS.items():
        assert len(questions) <= 6, title
        section = told.split(f"{title}:\n", 1)[1].split("\n\n", 1)[0]
        shown = [" ".join(line.split()) for line in section.splitlines()]
        assert shown == [f"{name} {question}" for name, question in questions.items()]
        assert all(question.endswith("?") for question in questions.values())
    assert all(len(line) <= 80 for line in told.splitlines())


@pytest.mark.parametrize("name", ["means.csv", "forums.csv", "programme.csv"])
def test_a_row_of_a_packaged_table_fits_its_schema(name: str) -> None:
    found = sorted((PACKAGE / "dossiers" / "packaged").glob(f"*/{name}"))
    assert found
    for path in found:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                jsonschema.validate(row, dict(schema_of(name)))
                assert list(row) == list(schema_of(name)["properties"])
