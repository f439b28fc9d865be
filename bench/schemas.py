"""Write the JSON Schema of every answer into the package, from live answers.

Run it when an answer gains a key: ``python bench/schemas.py``. It asks each command for the answers below, notes the
shape that fits them all, and writes one file a command. Tests hold live answers to these files. Two answers need data
that is not packaged, so that their files are written by hand: ``evaluate-coder`` and ``statements-import``.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from foedus.base.days import parse_day
from foedus.cli.app import app
from foedus.cli.schema import ANSWERED_BY, ANSWERS
from foedus.dossiers import new_dossier, packaged_dossiers

QUICK = "--as-of 2023-07-10"
LINES: dict[str, tuple[str, ...]] = {
    "check": (f"tokyo-office {QUICK}",),
    "read": ("note.txt --into fresh", "note.txt --into fresh"),
    "forecast": (
        f"tokyo-office {QUICK} --draws 200 --why",
        "tokyo-office --as-of 2024-07-10 --on 'Vilnius 2023' --draws 200 --max-marking public --model agenda-setter",
        "emissions-1994 --draws 20 --model mean",
        f"tokyo-office {QUICK} --draws 20 --model consensus --set FRA.position=60",
        "mine --draws 20",
        "mine --draws 20 --set FRA.issue-1=100 --set DEU.issue-1=0 --set ITA.issue-1=0",
        (
            "mine --draws 20 --set FRA.issue-1=100 --set DEU.issue-1=0 --set ITA.issue-1=0 --set POL.issue-1=0"
            " --set ESP.issue-1=0"
        ),
    ),
    "choice": ("secretary-general-2024 --as-of 2024-03-12 --draws 50", "harbour-compact --issue director --draws 50"),
    "choice-timeline": ("harbour-compact --issue director --draws 50",),
    "network": ("tokyo-office --window 180", "nature-law-2024 --of both"),
    "position": (
        f"tokyo-office France {QUICK}",
        f"tokyo-office Japan {QUICK}",
        f"placed Poland --issue office {QUICK}",
    ),
    "rename": ("renamed 'programme office' 'small office'", "renamed asia-role reach"),
    "package": (
        "three-trades --draws 50",
        "three-trades fleet budget=half --link trader-east.fleet=budget:half --draws 50",
    ),
    "option": (
        "renamed 'liaison officer' --until 2024-01-01 --issue office",
        "renamed 'a desk' --since 2024-01-01 --at 20 --issue office --source 'a note' --procedure majority",
        "renamed 'a desk' --proposed-from 2024-01-01 --issue office",
    ),
    "meeting": ("renamed 2027-01-15 'Winter meeting' --issue office --known 2026-12-01",),
    "actor": (
        "renamed Greenwatch --issue office",
        "renamed 'Baltic friends' --members Estonia,Latvia",
    ),
    "disagree": (f"tokyo-office {QUICK} --draws 20", "emissions-1994 --draws 2"),
    "levers": (
        f"tokyo-office {QUICK} --draws 200",
        f"tokyo-office {QUICK} --draws 200 --for FRA",
        "harbour-compact --issue director --draws 50",
        "nature-law-2024 --as-of 2024-06-16 --draws 50",
    ),
    "evidence": (f"tokyo-office {QUICK} --draws 200", "harbour-compact --issue director --draws 50"),
    "timeline": ("tokyo-office --draws 100",),
    "scenarios": (f"tokyo-office {QUICK} --draws 200",),
    "sensitivity": (f"tokyo-office {QUICK} --draws 200",),
    "study": (
        "small.yaml --out small-study",
        "small.yaml --out small-study --workers 1",
        "refused.yaml --out refused-study",
    ),
    "compare": (f"tokyo-office other {QUICK} --draws 200",),
    "record": (
        "ledger.jsonl --by me --issue office --on 2099-07-11 --option 'no office@0=0.6' --option office@100=0.4",
        "ledger.jsonl --by me --issue office --on 2023-07-11 --option 'no office@0=0.6' --option office@100=0.4",
    ),
    "score": ("ledger.jsonl --outcomes outcomes.csv",),
    "replay": ("tokyo-office", "tokyo-office --set FRA.office=60@2023-05-01 --runs 3", "nordic-accession"),
    "respond": (
        f"tokyo-office {QUICK} --draws 50 --why",
        "tokyo-office --draws 50",
        "nordic-accession --as-of 2022-05-18 --draws 50",
        "oil-embargo-2022 --to RUS --target UKR --like sanction --draws 50",
        "tokyo-office --to USA --target CHN --draws 50",
        f"tokyo-office {QUICK} --like exercise/territory --draws 20",
    ),
    "rounds": (
        f"tokyo-office {QUICK} --model friedkin-johnsen",
        "emissions-1994 --model challenge",
        "three-trades --model exchange",
        "three-trades --model exchange:decide",
    ),
    "models": ("", "consensus", "challenge"),
    "obligations": (
        "--treaty nato --attack-on Guam --by PRK --on 2023-07-11",
        "--treaty nato --attack-on California --by PRK --on 2023-07-11",
        "--treaty nato --attack-on Ceuta --by MAR --on 2022-06-28",
        "--attack-on Guam --by PRK --on 2024-04-12",
        "--attack-on Japan --by PRK --on 2023-07-11 --helper USA --helper FRA --pull 0.1:0.3 --in tokyo-office",
        "--treaty nato --consultation-by POL --on 2023-07-11",
        "--treaty nato --accession-of Ukraine --on 2023-07-11",
        "--limits-of Japan --on 2023-07-11",
    ),
    "power": (
        "unsc --on 2023-07-11 --against RUS --coalition USA --minimal",
        "nac --on 2023-07-11 --consent-of Japan --refusing Japan",
        "--table six.csv --quota 12 --coalition a,b",
        "eu-council --procedure simple-majority --on 1958-01-01 --positions positions.csv --status-quo 10",
    ),
    "tailor": (
        f"tokyo-office --partner JPN {QUICK} --draws 20 --why",
        f"tokyo-office {QUICK} --draws 20",
        "harbour-compact",
    ),
    "forum": (
        f"tokyo-office --for FRA {QUICK} --draws 100 --why",
        f"tokyo-office --for JPN {QUICK} --draws 100",
        f"tokyo-office --for FRA --issue text {QUICK} --draws 20",
        f"far --for FRA {QUICK} --draws 20",
    ),
    "allocate": (
        "harbour-compact --draws 20 --without ARD --balance --why",
        "tokyo-office --balance",
        "harbour-compact --draws 20",
    ),
    "measure": ("France --on 2020-01-01", "France --with Germany --on 2020-01-01", "--on 2020-01-01"),
    "backtest-council": ("unbench",),
    "backtest": ("consensus --no-fit --model consensus --model mean --model median",),
    "backtest-answers": ("answers",),
    "tour": ("",),
    "statements-list": ("tokyo-office",),
    "statements-add": ("edited 'France, Italy' against 'liaison office' no --source Call --on 2023-05-01",),
    "statements-accept": ("edited STATEMENT",),
    "statements-reject": ("edited STATEMENT",),
    "statements-edit": ("edited STATEMENT --stance 0", "edited jt --set note=heard"),
    "statements-merge": ("edited STATEMENT OTHER",),
    "statements-undo": ("edited",),
    "statements-history": ("edited",),
    "statements-agreement": ("edited --with other",),
    "world-members": ("nato --on 1999-03-12", "aukus --on 2023-07-11"),
    "world-partners": ("nato --on 2023-07-11",),
    "world-instruments": ("Japan --on 2023-07-11", ""),
    "world-presences": ("nato --on 2023-07-11",),
    "world-treaties": ("--on 2023-07-11", "anzus --on 2023-07-11", "Japan --on 2023-07-11"),
    "world-groupings": ("Japan --on 2023-07-11", "Japan Australia --on 2023-07-11"),
    "world-bodies": ("--on 2024-05-01",),
    "world-events": ("", "nato-summit-2023-vilnius"),
    "world-places": ("Japan --on 2023-07-11", "--on 2023-07-11"),
    "world-amounts": ("Japan", ""),
    "world-claims": ("", "Japan"),
    "world-acts": ("--by nato --until 2023-07-10", "nato-tokyo-plan-2023"),
    "world-show": (
        "Japan --on 2023-07-11",
        "Guam --on 2023-07-11",
        "France --on 2023-07-11",
        "nato --on 2023-07-11",
        "cento --on 1960-01-01",
    ),
    "world-offices": (
        "Japan --on 2023-07-11",
        "'French foreign minister' --on 2024-05-01",
        "Japan --office 'prime minister' --from 1900-01-01",
        "nato --on 2030-01-01",
        "nato --on 1940-01-01",
        "SUN --on 2000-01-01",
        "--office 'foreign minister' --until 1990-01-01",
    ),
    "world-timeline": ("Japan", "nsg"),
    "world-resolve": ("Japan", "Korea", "Macron --on 2023-07-11", "'British prime minister' --on 2022-10-25"),
    "world-audit": ("",),
}
AS_FAR_AS_KNOWN = {"from", "until", "signed", "in_force", "adopted"}
"""Keys of days of which the tables may know the month or the year alone."""

NAMED_BY_DATA = {
    *("exact", "method", "error", "rules", "passed_over", "unknown", "layout", "unknown_rules", "coverage_closed"),
    *("before", "after", "start", "end", "other_procedures"),
}
"""Keys whose mappings are named by data, so that a schema gives the shape of their values."""


def command_of(name: str) -> list[str]:
    """Return the words of the command that prints an answer."""
    if name in ANSWERED_BY:
        return [ANSWERED_BY[name]]
    return name.split("-", 1) if name.startswith(("statements-", "world-")) else [name]


def main() -> None:
    """Write the schemas."""
    ANSWERS.mkdir(exist_ok=True)
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        _set_up(Path(folder))
        for name, lines in LINES.items():
            if wanted and name not in wanted:
                continue
            words = command_of(name)
            found = [one for line in lines if (one := _ask([*words, *shlex.split(line)])) is not None]
            if found:
                shape = _shape(found, "") | {"$defs": {"reasons": _REASONS}}
                if '"#/$defs/reasons"' not in json.dumps(shape):
                    del shape["$defs"]
                head = {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "title": f"foedus {' '.join(words)} --json",
                }
                text = json.dumps(head | shape, ensure_ascii=False, indent=1)
                (ANSWERS / f"{name}.json").write_text(text + "\n", "utf-8")
            sys.stderr.write(f"{name}: {len(found)} of {len(lines)} answers\n")


_REASONS: dict[str, Any] = {
    "type": "object",
    "required": ["rule", "value", "reference", "children"],
    "properties": {
        "rule": {"type": "string"},
        "value": {},
        "reference": {"type": ["string", "null"]},
        "children": {"type": "array", "items": {"$ref": "#/$defs/reasons"}},
    },
}


_STUDY = """\
foedus: 1
title: small
dossiers:
  - dossier: tokyo-office
    issue: office
    days: 2023-07-10
    vary: [{name: pressure, settings: {none: assumptions.kappa=0, declared: []}}]
  - {dossier: secretary-general-2024, days: 2024-03-12, want: Mark Rutte}
draws: 20
"""


def _set_up(folder: Path) -> None:
    """Put what the lines name into the folder."""
    for name in ("tokyo-office", "other", "edited", "renamed", "placed"):
        shutil.copytree(packaged_dossiers()["tokyo-office"], folder / name)
    placed = folder / "placed" / "dossier.yaml"
    placed.write_text(placed.read_text("utf-8").replace("\nissues:", "\nprior: {from: measure}\n\nissues:", 1), "utf-8")
    shutil.copytree(packaged_dossiers()["tokyo-office"], folder / "far")
    with (folder / "far" / "forums.csv").open("a", encoding="utf-8") as file:
        file.write("african-union,office,a mission,40,substitute,operation,au-psc,,use,,,,,0.1,90,some,made up,,\n")
    (folder / "six.csv").write_text("member,weight\na,4\nb,4\nc,4\nd,2\ne,2\nf,1\n", "utf-8")
    (folder / "positions.csv").write_text("actor,position\nDEU,0\nFRA,20\nITA,40\nBEL,60\nNLD,80\nLUX,100\n", "utf-8")
    (folder / "outcomes.csv").write_text("issue,on,outcome\noffice,2023-07-11,0\n", "utf-8")
    (folder / "small.yaml").write_text(_STUDY, "utf-8")
    (folder / "refused.yaml").write_text(
        "foedus: 1\ntitle: refused\ndossiers: [{dossier: tokyo-office}]\nmodels: co-decision\n", "utf-8"
    )
    (folder / "note.txt").write_text(
        "Paris, 5 June 2023. President Emmanuel Macron said that France opposes a NATO liaison office in Tokyo.\n",
        "utf-8",
    )
    (folder / "unbench").mkdir()
    (folder / "unbench" / "task2.csv").write_text(
        "Country,Original_id,Authors,Voting,Date\nPOLAND,1,['France'],Y,2018-04-13\nCHINA,2,['France'],A,2018-04-13\n",
        "utf-8",
    )
    (folder / "unbench" / "task3.json").write_text(
        json.dumps({"drafts": ["Recalling resolution 2397 (2017)", "Recalling resolution 425"], "labels": [1, 0]}),
        "utf-8",
    )
    shutil.copytree(packaged_dossiers()["tokyo-office"], folder / "fresh")
    new_dossier(folder / "mine", "eu-council", parse_day("2026-12-15"))


def _ask(words: list[str]) -> Any:
    ids = _ids()
    words = [{"STATEMENT": ids[0], "OTHER": ids[1]}.get(word, word) for word in words]
    out = io.StringIO()
    line = [*words, "--json"]
    try:
        with contextlib.redirect_stdout(out):
            app(args=line, prog_name="foedus", standalone_mode=False)
    except Exception as error:
        sys.stderr.write(f"  {shlex.join(line)}: {type(error).__name__}: {str(error)[:300]}\n")
        return None
    return json.loads(out.getvalue())


def _ids() -> list[str]:
    path = Path("edited/statements.csv")
    if not path.exists():
        return ["", ""]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    first = rows[0]
    alike = (row for row in rows[1:] if (row["actor"], row["concept"]) == (first["actor"], first["concept"]))
    return [first["id"], next(alike)["id"]]


def _shape(values: list[Any], key: str) -> dict[str, Any]:  # noqa: PLR0911 - one return a kind of value
    """Return the narrowest shape that all the values have; a number may always be missing."""
    kinds = {_kind(value) for value in values}
    if kinds == {"null"}:
        return {}
    if "object" in kinds and kinds <= {"object", "null"}:
        return _object([value for value in values if value is not None], key, "null" in kinds)
    if "array" in kinds and kinds <= {"array", "null"}:
        items = [item for value in values if value is not None for item in value]
        shape: dict[str, Any] = {"type": ["array", "null"] if "null" in kinds else "array"}
        return shape | ({"items": _shape(items, key)} if items else {})
    if {"object", "array"} & kinds:
        return {}
    if kinds & {"integer", "number"} and not kinds & {"string", "boolean"}:
        return {"type": ["number" if "number" in kinds else "integer", "null"]}
    texts = [value for value in values if isinstance(value, str)]
    types = sorted(kinds)
    shape = {"type": types[0] if len(types) == 1 else types}
    dated = key not in AS_FAR_AS_KNOWN and kinds <= {"string", "null"}
    if dated and texts and all(re.fullmatch(r"\d{4}-\d\d-\d\d", text) for text in texts):
        return {"type": ["string", "null"], "format": "date"}
    return shape


def _object(values: list[dict[str, Any]], key: str, missing: bool) -> dict[str, Any]:
    names = _in_order(values)
    if set(names) == {"rule", "value", "reference", "children"}:
        reference = {"$ref": "#/$defs/reasons"}
        return {"anyOf": [reference, {"type": "null"}]} if missing else reference
    kind = ["object", "null"] if missing else "object"
    if key in NAMED_BY_DATA:
        inside = [item for value in values for item in value.values()]
        return {"type": kind, "additionalProperties": _shape(inside, "")} if inside else {"type": kind}
    shape: dict[str, Any] = {
        "type": kind,
        "properties": {name: _shape([value[name] for value in values if name in value], name) for name in names},
    }
    always = [name for name in names if all(name in value for value in values)]
    return shape | ({"required": always} if always else {})


def _in_order(values: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for value in values for name in value))


def _kind(value: Any) -> str:
    names = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
    return names.get(type(value), "object")


if __name__ == "__main__":
    os.environ.setdefault("COLUMNS", "110")
    main()
