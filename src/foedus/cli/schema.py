"""``foedus schema``: which keys an answer or a file has, for editors and programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

ANSWERS = Path(__file__).parent / "schemas"
"""One JSON Schema for each command that answers with ``--json``, by its words joined by hyphens."""

SAME_AS = {"demo": "forecast"}
"""Commands that print the document of another."""

ANSWERED_BY = {
    "choice": "forecast",
    "choice-timeline": "timeline",
    "backtest-answers": "backtest",
    "backtest-council": "backtest",
}
"""Answers that a command prints where the options have no order, or by what it is asked about."""

FILES = {
    "dossier.yaml": "the settings of a dossier",
    "body.yaml": "a body, in institutions/ of a dossier",
    "treaty.yaml": "a treaty's clauses",
    "procedure.yaml": "a procedure's states and steps",
    "limits.yaml": "what a state's own law lets it do",
    "response.yaml": "who may answer what a dossier decides, and what is assumed of that",
    "study.yaml": "a study: dossiers, days, models and what else is varied",
}
"""The files written in YAML whose schema there is."""

OF_A_DOSSIER = ("means.csv", "demands.csv", "contingencies.csv", "forums.csv", "programme.csv")
OF_A_BACKTEST = ("decisions.csv", "options.csv", "positions.csv", "sources.csv")
TABLES = (*OF_A_DOSSIER, *OF_A_BACKTEST)
"""The tables whose rows have a schema: column by column what stands there."""

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="A command, such as forecast or world-members, or a file, such as dossier.yaml or forums.csv.",
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a command's --json answer or of a file; without a name, list them."""
    import json

    if name is None:
        for answer in answers():
            typer.echo(f"{answer}: what 'foedus {_words(answer)} --json' prints")
        for file, what in FILES.items():
            typer.echo(f"{file}: {what}")
        for file in TABLES:
            whole = "a dossier" if file in OF_A_DOSSIER else "a folder for 'foedus backtest DIR'"
            typer.echo(f"{file}: a table of {whole}, a row of it as an object")
        return
    typer.echo(json.dumps(schema_of(name), ensure_ascii=False, indent=2))


def answers() -> tuple[str, ...]:
    """Return the names of the answers that have a schema."""
    return tuple(sorted({*(path.stem for path in ANSWERS.glob("*.json")), *SAME_AS}))


def _words(name: str) -> str:
    if name in ANSWERED_BY:
        return f"{ANSWERED_BY[name]} {'answers' if name.endswith('-answers') else 'DIR'}"
    group, _, rest = name.partition("-")
    return f"{group} {rest}" if group in {"world", "statements", "evaluate"} else name


def schema_of(name: str) -> Mapping[str, Any]:
    """Return a JSON Schema by name.

    Raises
    ------
    FoedusError
        When nothing goes by the name.

    Examples
    --------
    >>> schema_of("forecast")["title"]
    'foedus forecast --json'
    >>> schema_of("dossier.yaml")["required"][0]
    'foedus'
    """
    import json

    from foedus.base.errors import FoedusError

    wanted = "-".join(name.removeprefix("foedus ").split())
    if wanted in FILES:
        return {"$schema": _DRAFT, **_with_yes_and_no(_file(wanted))}
    if wanted in TABLES:
        return {"$schema": _DRAFT, **_row(wanted)}
    path = ANSWERS / f"{SAME_AS.get(wanted, wanted)}.json"
    if wanted not in answers():
        raise FoedusError(f"no schema {name!r}; there are {', '.join((*answers(), *FILES, *TABLES))}")
    read_schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read_schema


def _row(table: str) -> dict[str, Any]:
    """Return what stands in each column of a table, in its order; every cell is text, as in any CSV file."""
    from foedus.base.tables import columns_of

    if table in OF_A_BACKTEST:
        from foedus.backtests.consensus_set import TABLES as CODED

        columns = columns_of(CODED[table.removesuffix(".csv")])
    else:
        from foedus.partnership.inputs import TABLES as RECORDS

        columns = columns_of(RECORDS[table])
    return {
        "title": table,
        "type": "object",
        "properties": {
            column.name: {"type": "string", "description": f"{column.meaning} ({column.cell.expected})"}
            for column in columns
        },
        "required": [column.name for column in columns if column.required],
        "additionalProperties": False,
    }


def _with_yes_and_no(shape: Any) -> Any:
    """Let ``yes`` and ``no`` stand for true and false, as the readers do; in YAML 1.2 they are text."""
    if isinstance(shape, list):
        return [_with_yes_and_no(part) for part in shape]
    if not isinstance(shape, dict):
        return shape
    if shape.get("type") == "boolean":
        rest = {key: value for key, value in shape.items() if key != "type"}
        return rest | {"enum": [True, False, "yes", "no"]}
    return {key: _with_yes_and_no(value) for key, value in shape.items()}


def _any_way(shape: Any) -> Any:
    """Let a value fit several of the ways in which it may be written: low, mode and high could weigh choices."""
    if isinstance(shape, list):
        return [_any_way(part) for part in shape]
    if not isinstance(shape, dict):
        return shape
    return {"anyOf" if key == "oneOf" else key: _any_way(value) for key, value in shape.items()}


def _file(name: str) -> dict[str, Any]:  # noqa: PLR0911 - one return a file
    if name == "dossier.yaml":
        from foedus.dossiers.settings import Settings

        settings_schema: dict[str, Any] = _any_way(Settings.model_json_schema(by_alias=True))
        return settings_schema
    if name == "body.yaml":
        from foedus.institutions.body_schema import body_schema

        return body_schema()
    if name == "procedure.yaml":
        from foedus.procedures.machines import file_schema

        return file_schema()
    if name == "response.yaml":
        from foedus.strategy.settings import Response

        return Response.model_json_schema(by_alias=True)
    if name == "study.yaml":
        from foedus.studies.settings import StudyFile

        return StudyFile.model_json_schema(by_alias=True)
    if name == "limits.yaml":
        from foedus.institutions.limits import LimitFile

        return LimitFile.model_json_schema(by_alias=True)
    from foedus.institutions.law.schema import TreatyFile

    return TreatyFile.model_json_schema(by_alias=True)
