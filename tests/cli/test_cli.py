"""The command: its answers, its exit status, its errors; the demo last."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.base.answers import as_json
from foedus.cli import main
from foedus.dossiers import packaged_dossiers
from foedus.influence import INFLUENCES
from foedus.reports.judgement import judged
from foedus.settlement import MODELS

TOKYO = packaged_dossiers()["tokyo-office"]
EMISSIONS, THREE_TRADES = (packaged_dossiers()[name] for name in ("emissions-1994", "three-trades"))
QUICK = ["--as-of", "2023-07-10", "--draws", "60"]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        document, end = json.JSONDecoder(parse_constant=_refuse).raw_decode(self.out)
        assert self.out[end:] == "\n"
        return document


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FOEDUS_DEBUG", raising=False)

    def command(*arguments: object) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err + captured.out
        return Done(int(left.value.code or 0), captured.out, captured.err)

    return command


def process(*arguments: str, cwd: Path | None = None) -> Done:
    """Run the command as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "from foedus.cli import main; main()", *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the Tokyo dossier to break."""
    return Path(shutil.copytree(TOKYO, tmp_path / "broken"))


def append(path: Path, **cells: str) -> None:
    """Add one row to a table."""
    with path.open(encoding="utf-8", newline="") as file:
        heading = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, heading).writerow(cells)


# ---------------------------------------------------------------------------------------------------------------------
# The command as a whole.

COMMANDS = ["demo", "new", "check", "statements", "forecast", "models", "world"]


def test_help_and_version(run: Run) -> None:
    done = run("--help")
    assert done.status == 0
    for command in COMMANDS:
        assert command in done.out
        helped = run(command, "--help")
        assert helped.status == 0
        assert helped.out.startswith("Usage: ")
    assert run("--version").out == f"{foedus.__version__}\n"


HEAVY = {"altair", "docx", "jinja2", "numpy", "pandas", "polars", "ruamel", "scipy"}


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    # Once it parses an option, Typer 0.29 itself loads pydantic; the bare help must not.
    [(["--help"], HEAVY | {"pydantic"}), (["--version"], HEAVY), (["forecast", "--help"], HEAVY)],
    ids=["foedus", "version", "forecast"],
)
def test_help_loads_nothing_heavy(arguments: list[str], heavy: set[str]) -> None:
    code = (
        "import sys\n"
        "from foedus.cli import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "except SystemExit:\n"
        "    pass\n"
        f"sys.stderr.write(','.join(sorted({heavy!r} & set(sys.modules))))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout
    assert done.stderr == ""


def test_importing_foedus_loads_nothing_heavy() -> None:
    code = "import sys, foedus\nassert not {'numpy', 'polars', 'pydantic', 'typer'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_installed_command() -> None:
    script = Path(sys.executable).with_name("foedus")
    if not script.exists():
        pytest.skip("the package is not installed with its script")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"{foedus.__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["forcast"], ["forecast"], ["forecast", str(TOKYO), "--draw", "5"], ["world", "members"]], ids=str
)
def test_a_wrong_command_line_is_bad_input(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.status == 2
    assert done.out == ""
    assert "Usage: " in done.err


def test_an_internal_error_has_a_status_of_its_own(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("foedus.dossiers.read_dossier", broken)
    done = run("check", TOKYO)
    assert done.status == 3
    assert done.out == ""
    assert done.err == (
        "foedus: internal error, please report it: ZeroDivisionError: by nothing (FOEDUS_DEBUG=1 shows where)\n"
    )


@pytest.mark.parametrize("arguments", [["models"], ["statements", str(TOKYO), "--json"]], ids=["short", "long"])
def test_a_reader_that_has_gone_is_no_failure(arguments: Sequence[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "from foedus.cli import main; main()", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()  # long before anything is written
        error = started.stderr.read().decode()
    assert error == ""
    assert started.returncode == 0


# ---------------------------------------------------------------------------------------------------------------------
# forecast


def test_forecast_as_json(run: Run) -> None:
    done = run("forecast", TOKYO, *QUICK, "--seed", "3", "--json")
    assert (done.status, done.err) == (0, "")
    found = done.json
    assert {
        *("schema", "issue", "as_of", "on", "reconstruction", "body", "rule", "model", "seed", "draws", "version"),
        *("inputs_sha256", "options", "summary", "outcome", "objectors", "pivots", "break_even", "tested_on"),
    } <= set(found)
    assert [set(one) for one in found["options"]] == [{"label", "at", "probability"}] * 4
    assert set(found["summary"]) == {"as_proposed", "something_less", "something_else", "nothing"}
    assert set(found["outcome"]) == {"mean", "median", "q10", "q90"}
    assert {"actor", "probability", "sole", "reluctant_but_silent"} <= set(found["objectors"][0])
    assert (found["issue"], found["as_of"], found["on"], found["seed"]) == ("office", "2023-07-10", "2023-07-11", 3)
    expected = foedus.forecast(foedus.read_dossier(TOKYO), as_of="2023-07-10", draws=60, seed=3)
    assert done.out == as_json(judged(expected)) + "\n"


def test_forecast_in_another_process_gives_the_same_bytes(run: Run) -> None:
    arguments = ["forecast", str(TOKYO), *QUICK, "--on", "Vilnius", "--json"]
    assert process(*arguments) == run(*arguments)


def test_forecast_options(run: Run) -> None:
    arguments = ["--issue", "text", "--on", "The Hague 2025", "--as-of", "2024-07-10", "--draws", "20"]
    found = run("forecast", TOKYO, *arguments, "--model", "compromise", "--model", "consensus", "--json").json
    assert (found["issue"], found["on"], found["model"], found["draws"]) == ("text", "2025-06-24", "compromise", 20)
    assert [other["model"] for other in found["other_models"]] == ["consensus"]


def test_forecast_with_reasons(run: Run) -> None:
    found = run("forecast", TOKYO, *QUICK, "--json", "--why").json
    assert set(found["why"]) == {"rule", "value", "reference", "children"}
    shown = run("forecast", TOKYO, *QUICK, "--why")
    assert shown.status == 0
    assert "jt01, narrated, stance -1 on office" in shown.out
    assert "North Atlantic Treaty, Article 9" in shown.out


def test_forecast_for_people(run: Run) -> None:
    done = run("forecast", TOKYO, *QUICK)
    assert (done.status, done.err) == (0, "")
    assert "What presence would the North Atlantic Council agree to open in Tokyo?" in done.out
    assert "31 seats" in done.out
    assert "rule: consensus and consent of Japan" in done.out
    for text in ("liaison office", "France", "peer pressure", "compromise", "track-record"):
        assert text in done.out
    with_later = run("forecast", TOKYO, "--as-of", "2024-07-10", "--on", "Vilnius", "--draws", "20")
    assert "RECONSTRUCTION" in with_later.out
    assert "RECONSTRUCTION" not in done.out


def test_markings_at_the_command(run: Run, copy: Path) -> None:
    text = (copy / "sources.csv").read_text(encoding="utf-8")
    (copy / "sources.csv").write_text(text.replace(",,public,1,", ",,secret,1,"), encoding="utf-8")
    known = run("forecast", copy, *QUICK, "--json").json
    less = run("forecast", copy, *QUICK, "--max-marking", "public", "--json").json
    assert (known["answered"], known["objectors"][0]["actor"]) == (True, "FRA")
    assert less["answered"] is False  # nothing is left that anybody said
    done = run("forecast", copy, *QUICK, "--max-marking", "cosmic")
    assert (done.status, done.out) == (2, "")
    assert "public, internal, restricted, confidential, secret" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--issue", "bureau"], "no issue 'bureau'; the dossier's issues are office, text"),
        (["--on", "Paris"], "has no meeting 'Paris'; its meetings are"),
        (["--as-of", "yesterday"], "as of: 'yesterday' is not a day such as 2023-07-11"),
        (["--model", "median"], "no model 'median'"),
        (["--draws", "0"], "draws must be from 1"),
        (["--draws", "-5"], "draws must be from 1"),
        (["--seed", "-1"], "a seed is a whole number of at least 0"),
        (["--draws", "many"], "'--draws'"),
    ],
    ids=str,
)
def test_forecast_refuses(run: Run, arguments: list[str], message: str) -> None:
    done = run("forecast", TOKYO, "--as-of", "2023-07-10", "--json", *arguments)
    assert (done.status, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize("command", ["forecast", "check", "statements"])
def test_a_folder_that_is_no_dossier(run: Run, tmp_path: Path, command: str) -> None:
    done = run(command, tmp_path / "nowhere")
    assert (done.status, done.out) == (2, "")
    assert "no such folder" in done.err
    done = run(command, tmp_path)
    assert done.status == 2
    assert "dossier.yaml" in done.err
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run(command, tmp_path / "file").status == 2


@pytest.mark.parametrize("command", ["forecast", "check", "statements"])
def test_errors_name_file_row_and_field_all_at_once(run: Run, copy: Path, command: str) -> None:
    append(copy / "stakeholders.csv", actor="FRA", issue="office", position_mode="130")
    append(copy / "stakeholders.csv", actor="FRANCE", issue="office")
    before = {path.name: path.read_bytes() for path in copy.iterdir() if path.is_file()}
    done = run(command, copy, "--json")
    assert (done.status, done.out) == (2, "")
    lines = done.err.removeprefix("foedus: ").splitlines()
    assert lines[0].startswith("stakeholders.csv, row 2, position_mode: '130', expected a place on the scale")
    assert lines[1].startswith("stakeholders.csv, row 3, actor: 'FRANCE', expected the id of an actor")
    assert "did you mean FRA" in lines[1]
    assert {path.name: path.read_bytes() for path in copy.iterdir() if path.is_file()} == before


def test_errors_name_the_line_of_the_settings(run: Run, copy: Path) -> None:
    path = copy / "dossier.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("proposal: liaison office", "proposal: an embassy"), encoding="utf-8")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "proposal: liaison office" in one)
    done = run("forecast", copy)
    assert done.status == 2
    assert done.err.startswith(
        f"foedus: dossier.yaml, line {line}, issues.0.proposal: 'an embassy', expected the label"
    )


# ---------------------------------------------------------------------------------------------------------------------
# check, models, statements


def test_check(run: Run) -> None:
    done = run("check", TOKYO, "--json")
    assert (done.status, done.err) == (0, "")
    assert done.json["dossier"] == "A NATO presence in Tokyo"
    assert {frozenset(gap) for gap in done.json["gaps"]} == {frozenset({"kind", "what", "where"})}
    shown = run("check", TOKYO, "--as-of", "2023-07-10")
    assert shown.status == 0
    assert "sound" in shown.out
    # By then the one source had spoken of two members, France and the United States.
    assert "29 of 31 members stand at their prior" in " ".join(shown.out.split())


def test_check_says_no_with_an_exit_status(run: Run) -> None:
    done = run("check", TOKYO, "--exit-code", "--json")
    assert done.status == 1
    assert done.json["gaps"]


def test_disagree(run: Run) -> None:
    found = run("disagree", EMISSIONS, "--draws", "1", "--json").json
    means = {one["model"]: one["outcome"] and one["outcome"]["mean"] for one in found["models"]}
    assert means["mean"] == pytest.approx(6.7)
    assert means["compromise"] == pytest.approx(7.38996, abs=5e-6)
    assert means["weighted-median"] == 7.0
    assert means["co-decision"] is None
    (refused,) = [one for one in found["models"] if one["model"] == "co-decision"]
    assert "role 'parliament'" in refused["why_not"]
    assert "challenge:dyadic+weighted-median" in run("disagree", EMISSIONS, "--draws", "1").out
    done = run("disagree", EMISSIONS, "--model", "challenge")
    assert (done.status, "add a settlement model" in done.err) == (2, True)


def test_rounds(run: Run) -> None:
    found = run("rounds", EMISSIONS, "--json").json
    assert found["model"] == "challenge:scholz"
    first = [one for one in found["moves"] if one["round"] == 1]
    assert {one["kind"] for one in first} <= {"confrontation", "compromise"}
    assert all(one["other"] and 0.5 <= one["risk"] <= 2.0 for one in first)
    trades = run("rounds", THREE_TRADES, "--model", "exchange", "--json").json
    assert [one["issue"] for one in trades["moves"][:2]] == ["fleet", "budget"]
    assert trades["moves"][0]["to"] == pytest.approx(100 * (100 * 0.3 * 3 / 5.8) / (100 * 0.2 * 4 / 4.9))
    assert "weighted mean 73.88 before" in run("rounds", THREE_TRADES, "--model", "exchange").out


def test_models(run: Run) -> None:
    found = run("models", "--json").json["models"]
    assert [one["name"] for one in found] == [*MODELS, *INFLUENCES, "ensemble", "learned"]
    for one in found[:-2]:
        assert {"name", "stage", "properties", "reference", "reading"} <= set(one)
        assert one["stage"] in {"influence", "settlement"}
        assert one["properties"] == list({**MODELS, **INFLUENCES}[one["name"]].card.properties)
    (alone,) = run("models", "consensus", "--json").json["models"]
    assert alone == found[0]
    assert run("models").status == 0
    shown = run("models", "consensus").out
    for needed in MODELS["consensus"].card.assumptions:
        assert needed.name in shown
    done = run("models", "median")
    assert (done.status, done.out) == (2, "")
    assert "did you mean 'mean'" in done.err


def test_statements(run: Run) -> None:
    with (TOKYO / "statements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    every = run("statements", TOKYO, "--json").json["statements"]
    assert [one["id"] for one in every] == [row["id"] for row in rows]
    french = run("statements", TOKYO, "--actor", "FRA", "--source", "jt", "--json").json["statements"]
    assert [one["id"] for one in french] == [r["id"] for r in rows if r["actor"] == "FRA" and r["source"] == "jt"]
    rejected = run("statements", TOKYO, "--status", "rejected", "--json").json["statements"]
    assert [one["id"] for one in rejected] == [r["id"] for r in rows if r["status"] == "rejected"]
    concept = run("statements", TOKYO, "--concept", "itpp", "--json").json["statements"]
    assert [one["id"] for one in concept] == [r["id"] for r in rows if r["concept"] == "itpp"]
    early = run("statements", TOKYO, "--as-of", "2023-07-10", "--json").json["statements"]
    known = {"jt": "2023-06-20", "orf": "2023-07-28", "vif": "2023-12-31", "frs": "2024-04-04", "fp": "2024-07-10"}
    assert [one["id"] for one in early] == [
        r["id"] for r in rows if (r["known_on"] or known[r["source"]]) <= "2023-07-10"
    ]
    nothing = run("statements", TOKYO, "--actor", "HUN", "--source", "jt", "--json")
    assert (nothing.status, nothing.json["statements"]) == (0, [])
    unknown = run("statements", TOKYO, "--status", "acepted", "--json")
    assert (unknown.status, unknown.out) == (2, "")
    assert "--status 'acepted': the dossier has no such status; there are accepted, candidate, rejected" in unknown.err
    shown = run("statements", TOKYO, "--actor", "HUN")
    assert f"1 of {len(rows)} statements" in shown.out
    assert run("statements", TOKYO, "--as-of", "x").status == 2


def test_decisions_on_statements(run: Run, copy: Path) -> None:
    before = (copy / "statements.csv").read_bytes()
    append(copy / "statements.csv", **CANDIDATE)
    with_candidate = (copy / "statements.csv").read_bytes()
    assert run("statements", copy, "--status", "candidate").out.startswith("1 of 90 statements")
    refused = run("statements", copy, "accept", "--above", "0.9")
    assert (refused.status, "no candidate passes these filters" in refused.err) == (2, True)
    assert "name ids or give filters" in run("statements", copy, "accept", "c1", "--above", "0.1").err
    assert "no statement is named; give ids, or filters" in run("statements", copy, "reject").err
    done = run(
        "statements", copy, "accept", "--above", "0.7", "--actor", "Norway", "--by", "Anna", "--day", "2026-11-23"
    )
    assert (done.status, done.out) == (0, "entry 1: accept c1\n")
    entry = run("statements", "edit", copy, "c1", "--stance", "-1", "--set", "until=2030-01-01", "--json").json["entry"]
    assert entry["changes"] == [
        {
            "id": "c1",
            "before": {"stance": "1", "until": ""},
            "after": {"stance": "-1", "until": "2030-01-01"},
            "quoted": [],
        }
    ]
    assert run("statements", copy, "edit", "c1", "--set", "until").status == 2
    assert run("statements", copy, "accept", "c1", "--day", "today").err.startswith("foedus: --day: ")
    merged = run("statements", copy, "merge", "jt09", "orf13")
    assert merged.status == 0
    history = run("statements", copy, "history", "--json").json
    assert [one["action"] for one in history["entries"]][:2] == ["accept", "edit"]
    while run("statements", copy, "undo").status == 0:
        pass
    assert (copy / "statements.csv").read_bytes() == with_candidate
    assert with_candidate.startswith(before)


CANDIDATE = {
    "id": "c1", "source": "fp", "passage": "p4", "actor": "NOR", "concept": "office", "stance": "1", "kind": "direct",
    "venue": "public", "said_on": "2024-07-01", "coder": "rules", "certainty": "0.75", "status": "candidate",
}  # fmt: skip


def test_agreement_between_coders(run: Run, copy: Path) -> None:
    alone = run("statements", copy, "agreement")
    assert (alone.status, "agreement needs two coders; here is foedus" in alone.err) == (2, True)
    append(copy / "statements.csv", **{**CANDIDATE, "actor": "SWE", "stance": "-1"})
    found = run("statements", copy, "agreement", "--json").json
    assert (found["units"], found["shared"]) == (89, 1)
    assert [(one["coder"], one["statements"]) for one in found["coders"]] == [("foedus", 89), ("rules", 1)]
    by_name = {one["variable"]: one for one in found["variables"]}
    assert (by_name["actor"]["agreed"], by_name["stance"]["agreed"], by_name["stance"]["level"]) == (1, 0, "ordinal")
    assert by_name["actor"]["alpha"] is None
    shown = run("statements", copy, "agreement").out
    assert "1 of 89 units seen by all" in shown
    assert "no variation" in shown
    both = run("statements", copy, "agreement", "--with", TOKYO, "--json").json
    assert both["shared"] == 89
    assert run("statements", copy, "agreement", "--with", copy).status == 2
    assert "no statement has coder 'x'" in run("statements", copy, "agreement", "--coder", "x").err


def test_the_event_list_of_discourse_network_analyzer(run: Run) -> None:
    done = run("statements", TOKYO, "export", "--to", "list.csv")
    assert done.status == 0
    assert "left out because they take no stance" in done.err
    assert Path("list.csv").read_text("utf-8").startswith('"statement ID";"time";"document ID"')
    assert run("statements", TOKYO, "export").out == Path("list.csv").read_text("utf-8")
    assert run("statements", TOKYO, "export", "--status", "x").status == 2
    assert run("statements", TOKYO, "import", "no-such.dna").status == 2


def test_check_refuses_evidence_that_does_not_stand_in_its_source(run: Run, copy: Path) -> None:
    gaps = run("check", copy, "--json").json["gaps"]
    assert any(gap["kind"] == "evidence" for gap in gaps)
    (copy / "documents").mkdir(exist_ok=True)
    (copy / "documents" / "n.txt").write_text("Norway would open the office.\n", "utf-8")
    append(copy / "sources.csv", id="n", title="N", outlet="O", known="2024-07-01", file="n.txt")
    append(copy / "statements.csv", **{**CANDIDATE, "source": "n", "passage": "p1", "quote": "Norway would shut it."})
    done = run("check", copy)
    assert (done.status, done.out) == (2, "")
    assert "statement c1, quote: 'Norway would shut it.', expected words that are in n.txt" in done.err


def test_check_lists_conflicts_and_conditions(run: Run, copy: Path) -> None:
    append(copy / "statements.csv", **{**CANDIDATE, "status": "accepted"})
    append(copy / "statements.csv", **{**CANDIDATE, "id": "c2", "status": "accepted", "stance": "-1"})
    append(
        copy / "statements.csv",
        **{**CANDIDATE, "id": "c3", "actor": "DNK", "status": "accepted", "condition": "if the host asks for it"},
    )
    gaps = run("check", copy, "--json").json["gaps"]
    conflicts = [gap["what"] for gap in gaps if gap["kind"] == "conflict"]
    assert any(
        what.startswith("what was said about Norway points to 0 (50 %: c2) and 100 (50 %: c1)") for what in conflicts
    )
    [condition] = [gap for gap in gaps if gap["kind"] == "condition" and "issue" not in gap["where"]][:1]
    assert condition["what"].startswith("Denmark would stand at ")
    assert "if the host asks for it" in condition["what"]
    answer = run("forecast", copy, "--draws", "60", "--json", "--why").json
    assert "NOR" in [one["actor"] for one in answer["conflicts"]]
    assert [(one["actor"], one["probability"]) for one in answer["conditions"]] == [("DNK", None)]
    with (copy / "dossier.yaml").open("a", encoding="utf-8") as out:
        out.write("\nconditions:\n  - {statements: [c3], probability: 0.25, note: a guess}\n")
    answer = run("forecast", copy, "--draws", "60", "--json").json
    assert answer["conditions"][0]["probability"] == 0.25
    with (copy / "dossier.yaml").open("a", encoding="utf-8") as out:
        out.write("  - {statements: [c1], probability: 0.25, note: a guess}\n")
    refused = run("check", copy)
    assert (
        "conditions.1.statements.0: 'c1', expected the id of a row of statements.csv that has a condition"
        in refused.err
    )


# ---------------------------------------------------------------------------------------------------------------------
# world, new


@pytest.mark.parametrize(("on", "members"), [("2022-06-29", 30), ("2023-07-11", 31), ("2024-07-10", 32)])
def test_members(run: Run, on: str, members: int) -> None:
    found = run("world", "members", "nato", "--on", on, "--json").json
    assert (found["organisation"], found["on"]) == ("nato", on)
    assert len(found["members"]) == members
    for one in found["members"]:
        assert {"actor", "name", "status", "from", "until", "source", "verified"} <= set(one)
        assert one["from"] <= on
        assert one["until"] is None or one["until"] > on
    actors = [one["actor"] for one in found["members"]]
    assert actors == sorted(actors)
    assert ("FIN" in actors, "SWE" in actors) == (members >= 31, members >= 32)
    assert f"{members} members" in run("world", "members", "nato", "--on", on).out


def test_members_refuses(run: Run) -> None:
    for arguments, message in (
        (
            ["iaea", "--on", "1960-07-11"],
            "no memberships of 'iaea' are known; the seats of its body: foedus power iaea-",
        ),
        (["seato", "--on", "2023-07-11"], "no longer existed on 2023-07-11: it ended on 1977-06-30"),
        (["nato", "--on", "1939-09-01"], "had no members on 1939-09-01"),
        (["nato", "--on", "11.7.2023"], "--on: '11.7.2023' is not a day"),
        (["g8", "--on", "2020-01-01"], "no longer existed on 2020-01-01: it ended on 2014-03-24"),
        (["Brussels", "--on", "2020-01-01"], "may be BEL (the capital of Belgium)"),
    ):
        done = run("world", "members", *arguments, "--json")
        assert (done.status, done.out) == (2, "")
        assert message in done.err


def test_organisations_go_by_their_everyday_names(run: Run) -> None:
    expected = run("world", "members", "nato", "--on", "2023-07-11", "--json")
    assert run("world", "members", "NATO", "--on", "2023-07-11", "--json") == expected


@pytest.mark.parametrize(
    ("arguments", "key", "expected"),
    [
        (["partners", "nato", "--format", "indo-pacific-four"], "partners", ["AUS", "JPN", "KOR", "NZL"]),
        (["members", "nato", "--status", "invitee"], "members", ["SWE"]),
        (["treaties", "us-korea"], "parties", ["KOR", "USA"]),
    ],
)
def test_world_on_a_day(run: Run, arguments: list[str], key: str, expected: list[str]) -> None:
    found = run("world", *arguments, "--on", "2023-07-11", "--json").json
    assert [row["actor"] for row in found[key]] == expected
    told = run("world", *arguments, "--on", "2023-07-11").out
    assert all(actor in told for actor in expected)


def test_world_tells_both_lives_of_an_organisation(run: Run) -> None:
    told = run("world", "members", "quad", "--on", "2010-01-01").out
    assert "the last before: until 2008-02-05; the next: from 2017-11-12" in told
    assert run("world", "members", "quad", "--on", "2010-01-01", "--json").json["members"] == []


def test_world_treaties_of_an_actor_and_of_a_day(run: Run) -> None:
    japan = run("world", "treaties", "Tokyo", "--on", "2023-07-11", "--json").json
    assert "us-jpn-1960" in [row["treaty"] for row in japan["treaties"]]
    early = run("world", "treaties", "--on", "1950-01-01", "--json").json
    assert {"nat-1949", "brussels-1948"} <= {row["id"] for row in early["treaties"]}
    assert "anzus-1951" not in {row["id"] for row in early["treaties"]}


def test_world_groupings_and_what_two_share(run: Run, tmp_path: Path) -> None:
    arguments = ["world", "groupings", "Japan", "Canberra", "--on", "2023-07-11"]
    found = run(*arguments, "--json").json
    assert found["actors"] == ["JPN", "AUS"]
    (pair,) = found["shared"]
    assert pair["actors"] == ["AUS", "JPN"]
    assert {"quad", "nato:indo-pacific-four"} <= set(pair["groupings"])
    for ending, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("html", b"<!doctype html>")):
        assert run(*arguments, "--chart", f"chart.{ending}").status == 0
        assert (tmp_path / f"chart.{ending}").read_bytes().startswith(start)
    refused = run(*arguments, "--chart", "chart.txt")
    assert (refused.status, "FILE.html, FILE.svg or FILE.png" in refused.err) == (2, True)


def test_an_organisation_is_shown_with_its_founding_its_members_and_its_bodies(run: Run) -> None:
    done = run("world", "show", "ASEAN", "--on", "2021-10-15")
    assert done.status == 0
    words = " ".join(done.out.split())
    assert "founded 1967-08-08" in words
    assert "10 members Brunei Darussalam, Cambodia," in words
    assert "ASEAN Summit (asean-summit) consensus" in words
    found = run("world", "show", "ASEAN", "--on", "2021-10-15", "--json").json
    members = run("world", "members", "asean", "--on", "2021-10-15", "--json").json["members"]
    assert [one["actor"] for one in found["made_up_of"]] == [one["actor"] for one in members]
    assert found["bodies"] == [{"id": "asean-summit", "name": "ASEAN Summit", "rule": "consensus"}]
    before = run("world", "show", "ASEAN", "--on", "1960-01-01", "--json").json
    assert (before["exists"], before["made_up_of"]) == (False, [])


def test_who_is_suspended_sits_in_the_votes_of_that_day_alone_and_both_commands_say_so(run: Run) -> None:
    told = "seated in its votes, and no longer from the next day on"
    members = " ".join(run("world", "members", "ecowas", "--on", "2023-12-10").out.split())
    assert "SUSPENDED as of this day:" in members
    power = run("power", "ecowas-authority", "--on", "2023-12-10", "--json").json
    assert [note for note in power["notes"] if told in note] == [f"Niger: suspended as of this day; {told}"]
    assert "NER" in {one["actor"] for one in power["members"]}
    after = run("power", "ecowas-authority", "--on", "2023-12-11", "--json").json
    assert "NER" not in {one["actor"] for one in after["members"]}
    assert not [note for note in after["notes"] if told in note]


def test_world_events(run: Run) -> None:
    one = run("world", "events", "nato-summit-2023-vilnius", "--json").json
    assert {"JPN", "KOR", "AUS", "NZL"} <= {row["actor"] for row in one["attendance"]}
    assert len(one["represented"]) == 31, "Finland came, Sweden not yet"
    summits = run("world", "events", "--kind", "summit", "--from", "2022-06-01", "--until", "2024-12-31", "--json").json
    assert {"nato-summit-2022-madrid", "nato-summit-2023-vilnius", "nato-summit-2024-washington"} <= {
        row["id"] for row in summits["events"]
    }
    for arguments, message in (
        (["nato-summit-2023-vilna"], "did you mean nato-summit-2023-vilnius"),
        (["--kind", "picnic"], "no kind of event 'picnic'"),
        (["--from", "2024-01-01", "--until", "2023-01-01"], "2023-01-01 lies before 2024-01-01"),
        (["--on", "2024-01-01", "--from", "2023-01-01"], "leave out --from and --until"),
    ):
        assert message in run("world", "events", *arguments).err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["show", "Japan", "--on", "2023-07-11"], "us-jpn-1960"),
        (["show", "Guam", "--on", "2023-07-11"], "USA"),
        (["presences", "nato", "--on", "2023-07-11"], "NATO Representation to Ukraine"),
        (["presences", "nato", "--all"], "NATO Information Office Moscow"),
        (["instruments", "JPN"], "maritime security"),
        (["timeline", "nato", "--from", "2023-04-01", "--until", "2023-04-30"], "Finland: member of North Atlantic"),
        (["places", "USA", "--on", "2023-07-11"], "guam"),
        (["amounts"], "claimed_by"),
        (["claims", "nato"], "How many members did NATO have"),
        (["resolve", "Brussels"], "the capital of Belgium"),
        (["resolve", "Marcon", "--on", "2023-07-10"], "Emmanuel Macron, President of France"),
        (["audit"], "memberships.csv"),
    ],
)
def test_world_for_people_and_programs(run: Run, arguments: list[str], expected: str) -> None:
    told = run("world", *arguments)
    assert (told.status, told.err) == (0, "")
    assert told.out
    document = run("world", *arguments, "--json")
    assert document.json["schema"] == 1
    assert expected in document.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "Atlantis"], "no actor 'Atlantis'"),
        (["show", "Guamm"], "no actor 'Guamm'"),
        (["timeline", "qqq"], "no actor 'qqq'"),
        (["treaties", "anzac"], "did you mean anzus"),
        (["treaties", "nato", "--on", "1940-01-01"], "was not in force on 1940-01-01"),
        (["resolve", "Okinawa"], "is a place and no actor"),
        (["claims", "nothing"], "subjects are"),
        (["members", "nato", "--in", "no-such"], "--in: no-such: is no folder"),
        (["partners", "nato", "--format", "x"], "no partnership format 'x'"),
        (["members", "nato", "--status", "junk"], "no standing 'junk'; known are member"),
        (["members", "nato", "--on", ""], "--on: '' is not a day"),
        (["resolve", ""], "'' is no name"),
        (["amounts", ""], "'' is no name"),
        (["presences", "nato", "--on", "1940-01-01"], "did not exist on 1940-01-01"),
        (["partners", "nato", "--on", "1950-01-01"], "the first here is of"),
    ],
)
def test_world_refuses(run: Run, arguments: list[str], message: str) -> None:
    done = run("world", *arguments)
    assert (done.status, done.out) == (2, "")
    assert message in done.err


def test_world_with_a_dossiers_own_facts(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "world"
    folder.mkdir(parents=True)
    (folder / "sources.csv").write_text("id,title,publisher\npact,A pact,Us\n")
    (folder / "actors.csv").write_text("id,kind,name,source,verified\nleague,organisation,The League,pact,yes\n")
    (folder / "memberships.csv").write_text(
        "organisation,actor,status,from,source,locator,verified\nleague,FRA,member,2030-01-01,pact,Article 1,yes\n"
    )
    institutions = tmp_path / "mine" / "institutions"
    institutions.mkdir()
    (institutions / "council.yaml").write_text(
        "id: council\nname: Council\nseats: {membership: league, status: member}\n"
        "rule:\n  - {from: 2030-01-01, value: consensus, reference: the pact}\n"
    )
    for place in ("mine", "mine/world"):
        found = run("world", "members", "The League", "--on", "2030-01-01", "--in", place, "--json").json
        assert [row["actor"] for row in found["members"]] == ["FRA"]
    made = run("new", "mine", "--body", "council", "--on", "2030-06-01")
    assert "with 1 members" in made.out
    assert run("check", "mine").status == 0


def test_a_new_dossier_can_be_checked_and_forecast(run: Run, tmp_path: Path) -> None:
    done = run("new", "mine", "--body", "nac", "--on", "2023-07-11")
    assert (done.status, done.err) == (0, "")
    assert "31 members" in done.out
    with (tmp_path / "mine" / "stakeholders.csv").open(encoding="utf-8", newline="") as file:
        actors = [row["actor"] for row in csv.DictReader(file)]
    assert len(actors) == 31
    assert "FIN" in actors
    checked = run("check", "mine", "--json")
    assert (checked.status, checked.err) == (0, "")
    assert checked.json["gaps"]
    found = run("forecast", "mine", "--draws", "60", "--json")
    assert (found.status, found.err) == (0, "")
    assert (found.json["answered"], found.json["message"]) == (False, "nothing has been entered yet")
    assert found.json["steps"][-1] == "ask again: foedus forecast mine"
    assert "Nothing has been entered yet" in run("forecast", "mine", "--draws", "60").out
    supposed = run("forecast", "mine", "--draws", "60", "--set", "FRA.issue-1=0", "--json")
    assert sum(option["probability"] for option in supposed.json["options"]) == pytest.approx(1, abs=1e-8)


@pytest.fixture
def late(run: Run, tmp_path: Path) -> Path:
    """A dossier in which the last thing that counts became known after its only meeting."""
    assert run("new", "late", "--body", "nac", "--on", "2023-07-11", "--question", "Open an office?").status == 0
    table = tmp_path / "late" / "stakeholders.csv"
    with table.open(encoding="utf-8", newline="") as file:
        names, *_ = csv.reader(file)
    issue = foedus.read_dossier(tmp_path / "late").issue().id
    rows = [
        dict.fromkeys(names, "") | {"actor": actor, "issue": issue, "venue": "private", "note": "told", "known_on": day}
        | {"position_low": "0", "position_mode": "0", "position_high": "10"}
        for actor, day in (("FRA", "2023-07-05"), ("HUN", "2023-07-20"))
    ]  # fmt: skip
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return tmp_path / "late"


@pytest.mark.parametrize(
    "asked",
    [
        ("forecast", "late", "--draws", "60"),
        ("forecast", "late", "--draws", "60", "--set", "FRA.position=40"),
        ("compare", "late", "late", "--draws", "60"),
        ("position", "late", "FRA"),
        ("levers", "late", "--draws", "60"),
        ("scenarios", "late", "--draws", "60"),
    ],
    ids=" ".join,
)
def test_news_after_the_last_meeting_makes_a_reconstruction_that_says_so(
    run: Run, late: Path, asked: tuple[str, ...]
) -> None:
    done = run(*asked)
    assert (done.status, late.name) == (0, "late")
    assert done.err.count("this is a reconstruction of that meeting") == 1
    assert (
        "runs to 2023-07-20 (HUN, in stakeholders.csv; correct it there if that day is wrong), after the last"
        in done.err
    )
    assert "to forecast it from the day before, add --as-of 2023-07-10" in done.err


def test_the_eve_is_a_forecast_and_a_day_after_the_last_meeting_is_refused(run: Run, late: Path) -> None:
    by_default = run("forecast", late.name, "--draws", "60", "--json")
    assert by_default.json["reconstruction"] is True
    eve = run("forecast", late.name, "--draws", "60", "--as-of", "2023-07-10", "--json")
    assert (eve.json["reconstruction"], eve.err) == (False, "")
    after = run("forecast", late.name, "--as-of", "2023-07-20")
    assert (after.status, after.out) == (2, "")
    assert "has no meeting on or after 2023-07-20" in after.err


def test_a_change_that_cannot_be_made_is_named_before_anything_else(run: Run, late: Path) -> None:
    done = run("forecast", late.name, "--set", "FRA.colour=4")
    assert done.status == 2
    assert "FRA.colour=4" in done.err
    assert "reconstruction" not in done.err


def test_new_refuses(run: Run, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note.txt").write_text("mine", encoding="utf-8")
    for arguments, message in (
        (["full", "--body", "nac", "--on", "2023-07-11"], "is not empty"),
        (["a", "--body", "nca", "--on", "2023-07-11"], "no body 'nca'; did you mean 'nac' (North Atlantic Council)?"),
        (["a", "--body", "nac", "--on", "1940-01-01"], "did not exist on 1940-01-01"),
        (["a", "--body", "nac", "--on", "tomorrow"], "--on: 'tomorrow' is not a day"),
    ):
        done = run("new", *arguments)
        assert (done.status, done.out) == (2, "")
        assert message in done.err
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["note.txt"]
    assert not (tmp_path / "a").exists()


# ---------------------------------------------------------------------------------------------------------------------
# demo, last: it needs everything


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_demo_twice_keeps_edits(run: Run, tmp_path: Path) -> None:
    first = process("demo", "mine", "--json", cwd=tmp_path)
    assert (first.status, first.err) == (0, "")
    assert (first.json["issue"], first.json["as_of"], first.json["on"]) == ("office", "2023-07-10", "2023-07-11")
    assert first.json["draws"] == 10_000
    folder = tmp_path / "mine"
    packaged = _files(TOKYO)
    made = _files(folder)
    assert {name: made[name] for name in packaged} == packaged
    pages = sorted(name for name in made if name.endswith(".html"))
    assert pages

    settings = packaged["dossier.yaml"].replace(b"kappa: {low: 0, mode: 0.3", b"kappa: {low: 0, mode: 0.4")
    assert settings != packaged["dossier.yaml"]
    lines = settings.splitlines(keepends=True)
    shown, *others = (line for line in lines if line.startswith(b"  - {id: ") and b"as_of: 2" in line)
    for one in others:  # one page takes a third of the time of three
        settings = settings.replace(one, b"")
    (folder / "dossier.yaml").write_bytes(settings + b"# mine\r\n")
    append(folder / "stakeholders.csv", actor="FRA", issue="office", words="opposed", note="as I see it")
    (folder / "my notes.txt").write_text("mine", encoding="utf-8")
    edited = _files(folder)
    second = run("demo", "mine")
    assert (second.status, second.err) == (0, "")
    assert "kept as you edited them: dossier.yaml, stakeholders.csv" in second.out
    assert "open in a browser" in second.out
    assert b"id: forecast," in shown
    assert [name for name in pages if str(Path("mine") / name) in second.out] == ["forecast.html"]
    after = _files(folder)
    assert {name: data for name, data in after.items() if name not in pages} == {
        name: data for name, data in edited.items() if name not in pages
    }
    assert set(after) == set(edited)


def test_demo_refuses_what_is_not_its_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine", encoding="utf-8")
    done = run("demo", "other")
    assert (done.status, done.out) == (2, "")
    assert "holds other files and no dossier" in done.err
    done = run("demo", "other/thesis.txt")
    assert done.status == 2
    assert "is a file" in done.err
    assert _files(tmp_path / "other") == {"thesis.txt": b"mine"}


def test_a_command_of_a_group_is_named_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Finding: ``foedus resolve`` was refused without a word on ``foedus world resolve``."""
    with pytest.raises(SystemExit):
        main(["resolve", "Meloni"])
    assert "Did you mean 'foedus world resolve'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "place", "offered"),
    [("foedus fore", 1, ["forecast"]), ("foedus forecast --as", 2, ["--as-of"]), ("foedus world off", 2, ["offices"])],
)
def test_the_shell_completes_commands_and_options(words: str, place: int, offered: list[str]) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(place), "_FOEDUS_COMPLETE": "complete_bash"}
    done = subprocess.run(
        [sys.executable, "-m", "foedus"], env=os.environ | asked, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == offered
