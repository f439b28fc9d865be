"""What is above a marking leaves no trace: a dossier that holds secrets answers like one in which they never stood."""

from __future__ import annotations

import csv
import dataclasses
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import foedus
from foedus.base.tables import columns_of
from foedus.cli import main
from foedus.cli.app import app
from foedus.coding.deciding import Who, decide, edit
from foedus.coding.journal import JOURNAL
from foedus.dossiers import Dossier, packaged_dossiers, redacted
from foedus.dossiers.read import TABLES
from foedus.forecasts import find_gaps
from foedus.procedures import replay
from foedus.procedures.docket import FILE as DOCKET
from foedus.reports.drawing import Artist
from foedus.reports.replay import save_replay

CANARY = "CANARY"


def add(path: Path, **cells: str) -> None:
    """Add a row to a table, and columns that it does not have."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    heading = [*rows[0], *(name for name in cells if name not in rows[0])]
    rows = [heading, *(row + [""] * (len(heading) - len(row)) for row in rows[1:])]
    rows.insert(1, [cells.get(name, "") for name in heading])  # first: whatever counts rows would show it
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def filled(record: type, **cells: str) -> dict[str, str]:
    """Return a row with a canary in every column of free text."""
    free = {one.name: f"{CANARY} {one.name}" for one in columns_of(record) if one.cell.expected.startswith("text")}
    return free | cells


def with_secrets(folder: Path) -> None:
    """Put secrets into a dossier: in every table and every field, in a document, the journal and the conditions."""
    dossier = foedus.read_dossier(folder)
    issue = dossier.issue()
    concept = next(one.id for one in dossier.concepts if one.issue == issue.id)
    actor = next(one.actor for one in dossier.statements if one.concept == concept)
    late = "2031-05-05"
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents" / f"{CANARY}.txt").write_text(f"{CANARY} said that it objects.\n", encoding="utf-8")
    secret = {"known": late, "published": late, "language": "en", "marking": "secret", "republished_from": ""}
    sha = "ab" * 32
    add(folder / "sources.csv", **filled(TABLES["sources.csv"], id=f"{CANARY}-source", sha256=sha, **secret,
        file="none-such", coded="", reliability="0.1234567"))  # fmt: skip
    public = next(iter(dossier.sources.values())).id
    early = str(min(dossier.known_on(one) for one in dossier.statements))
    said = {
        "stance": "1",
        "kind": "direct",
        "venue": "public",
        "status": "accepted",
        "until": "",
        "signal": "threat",
        "certainty": "0.7654321",
        "actor": actor,
        "passage": "p1",
        "concept": concept,
    }

    def say(number: int, day: str, source: str, **cells: str) -> None:
        row = filled(TABLES["statements.csv"], id=f"{CANARY}-{number}", source=source, said_on=day, known_on=day)
        add(folder / "statements.csv", **(row | said | cells))

    say(1, early, f"{CANARY}-source")
    say(2, late, public, marking="restricted")
    say(3, early, public, concept=f"{CANARY}-concept")
    say(4, late, f"{CANARY}-source", status="candidate")
    concept_row = filled(TABLES["concepts.csv"], id=f"{CANARY}-concept", issue=issue.id, option="", marking="secret")
    add(folder / "concepts.csv", **concept_row, at_support=str(issue.scale.low), at_oppose=str(issue.scale.high))
    held = {(row.actor, row.issue, row.venue) for row in dossier.stakeholders}
    spare = next(one for one in ("ISL", "LUX", actor) if (one, issue.id, "public") not in held)
    add(folder / "stakeholders.csv", **filled(TABLES["stakeholders.csv"], actor=spare, issue=issue.id, venue="public",
        words="", position_mode=str(issue.scale.high), known_on=late, marking="confidential"))  # fmt: skip
    if (folder / DOCKET).exists():
        with (folder / DOCKET).open(encoding="utf-8", newline="") as file:
            first = next(csv.DictReader(file))
        add(
            folder / DOCKET,
            **(first | {"note": CANARY, "locator": CANARY, "matter": f"{CANARY}-matter", "marking": "secret"}),
        )
        add(folder / DOCKET, **(first | {"note": CANARY, "matter": f"{CANARY}-other", "source": f"{CANARY}-source"}))
    settings = folder / "dossier.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8")
        + f"\nconditions:\n  - statements: [{CANARY}-1]\n    probability: 0.5\n    note: {CANARY} thinks so\n",
        encoding="utf-8",
    )  # fmt: skip
    change = {"id": f"{CANARY}-1", "before": {"quote": CANARY}, "after": {"quote": "x"}, "quoted": []}
    about = {"by": CANARY, "on": "2024-01-01", "why": CANARY, "undoes": None, "sha256_before": "", "sha256_after": ""}
    entry = {"number": 1, "action": "edit", **about, "changes": [change]}
    (folder / JOURNAL).write_text(json.dumps(entry) + "\n", encoding="utf-8")


def bytes_of(path: Path) -> dict[str, bytes]:
    """Return what a file holds; of an archive, each member."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {path.name: path.read_bytes()}


DAY = ["--as-of", "2003-02-05"]
DRAWS = ["--draws", "20", *DAY]
COMPARED = (
    ["check", "--json"],
    ["forecast", *DRAWS, "--json", "--why"],
    ["replay", "--runs", "5", "--json"],
    ["network", "--json"],
    ["statements", "list", "--json"],
    ["statements", "list", "--source", "no-such"],
    ["statements", "history", "--json"],
    ["statements", "export"],
)
"""Commands whose answers must be the same, byte for byte."""


@pytest.fixture(params=["tokyo-office", "oil-embargo-2022"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """A dossier, and the same with secrets, in folders of one name."""
    return pair_of(request.param, tmp_path)


def pair_of(name: str, tmp_path: Path) -> tuple[Path, Path]:
    """Return a dossier, and the same with secrets, in folders of one name."""
    plain, marked = (Path(shutil.copytree(packaged_dossiers()[name], tmp_path / one / name)) for one in "ab")
    with_secrets(marked)
    return plain, marked


def answer(capsys: pytest.CaptureFixture[str], folder: Path, command: list[str]) -> tuple[object, str, str]:
    """Run a command on a dossier in its parent folder, up to public; return status, output and errors."""
    first, *rest = command
    words = [first, rest[0], folder.name, *rest[1:]] if first == "statements" else [first, folder.name, *rest]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.parent)
        try:
            main([*words, "--max-marking", "public"])
            status: object = 0
        except SystemExit as left:
            status = left.code
    found = capsys.readouterr()
    return status, found.out, found.err


def same(one: Dossier, other: Dossier) -> None:
    """Two dossiers say the same, wherever they lie, and rest on the same inputs."""
    moved = dataclasses.replace(
        other, folder=one.folder, world=one.world, institutions=one.institutions, carried=one.carried
    )
    assert moved == one
    assert other.inputs_sha256 == one.inputs_sha256
    assert CANARY not in str(dict(other.carried))
    assert other.latest_known_from() == one.latest_known_from()


def test_a_dossier_is_read_as_if_the_secrets_never_stood_in_it(pair: tuple[Path, Path]) -> None:
    plain, marked = (foedus.read_dossier(one, "public") for one in pair)
    same(plain, marked)
    same(redacted(foedus.read_dossier(pair[0]), "public"), redacted(foedus.read_dossier(pair[1]), "public"))
    assert CANARY in str(foedus.read_dossier(pair[1]))
    assert CANARY in str(foedus.read_dossier(pair[1], "secret"))


def test_a_limit_lets_what_lies_below_it_through(tmp_path: Path) -> None:
    _, marked = pair_of("turkey-defence-2003", tmp_path)
    shown = {
        limit: {one.id for one in foedus.read_dossier(marked, limit).statements if CANARY in one.id}
        for limit in ("public", "restricted", "confidential", "secret")
    }
    assert shown["public"] == set()
    assert shown["restricted"] == shown["confidential"] == {f"{CANARY}-2"}
    assert shown["secret"] == {f"{CANARY}-{number}" for number in (1, 2, 3, 4)}


def test_every_command_answers_as_if_the_secrets_never_stood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, marked = pair_of("turkey-defence-2003", tmp_path)
    for command in COMPARED:
        found = answer(capsys, marked, command)
        assert CANARY not in "".join(map(str, found)), command
        assert found == answer(capsys, plain, command), command


def test_no_report_holds_a_secret(tmp_path: Path) -> None:
    _, marked = pair_of("turkey-defence-2003", tmp_path)
    dossier = foedus.read_dossier(marked, "public")
    files = [tmp_path / name for name in ("r.html", "r.docx", "p.html")]
    with Artist() as artist:
        answer = foedus.forecast(dossier, as_of=DAY[1], draws=20)
        for file in files[:2]:
            foedus.save_report(answer, file, artist)
    save_replay(replay(dossier, histories=5), str(files[2]))
    for file in files:
        for name, data in bytes_of(file).items():
            for trace in (CANARY, "abababab", "2031-05-05", "0.1234567", "0.7654321"):
                assert trace.encode() not in data, (file, name)


def test_a_copy_for_readers_holds_no_secret(tmp_path: Path) -> None:
    _, marked = pair_of("turkey-defence-2003", tmp_path)
    foedus.write_dossier(foedus.read_dossier(marked, "public"), tmp_path / "copy")
    for path in (tmp_path / "copy").rglob("*"):
        assert path.is_dir() or CANARY.encode() not in path.read_bytes(), path
    same(foedus.read_dossier(marked, "public"), foedus.read_dossier(tmp_path / "copy", "public"))


def test_errors_quote_nothing_above_the_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, marked = pair_of("turkey-defence-2003", tmp_path)
    source = next(iter(foedus.read_dossier(marked, "public").sources))
    wrong = {"stance": CANARY, "actor": CANARY, "said_on": CANARY, "marking": "secret", "id": "x1", "source": source}
    add(marked / "statements.csv", **wrong)
    add(marked / "sources.csv", id="x2", title="t", outlet="o", known=CANARY, marking="confidential")
    plain = answer(capsys, marked, ["forecast", *DRAWS, "--json"])
    assert plain[0] in {None, 0}, "rows above the limit are not even checked"
    add(marked / "statements.csv", **(wrong | {"marking": "public"}))
    status, out, told = answer(capsys, marked, ["check"])
    assert status == 2
    assert CANARY not in out + told, "a row may have slipped by a cell: no cell is quoted under a limit"
    assert "statements.csv, row 2, stance: expected -1, 0 or 1" in told, "rows are counted without those left out"
    add(marked / "statements.csv", **(wrong | {"marking": "Secret"}))
    status, out, told = answer(capsys, marked, ["check"])
    assert status == 2
    assert CANARY not in out + told
    assert "statements.csv, marking: one of public, internal" in told


def test_texts_that_tell_of_something_marked_are_named(tmp_path: Path) -> None:
    _, marked = pair_of("turkey-defence-2003", tmp_path)
    dossier = foedus.read_dossier(marked)
    assert [one for one in find_gaps(dossier) if one.kind == "marking"] == []
    settings = marked / "dossier.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("\ntitle: ", f"\ntitle: About {CANARY}-2, ", 1), encoding="utf-8")
    public = next(one.id for one in dossier.statements if CANARY not in one.id)
    edit(marked, public, {"paraphrase": f"See {CANARY}-source."})
    found = {(one.what, one.where) for one in find_gaps(foedus.read_dossier(marked)) if one.kind == "marking"}
    assert (f"mentions {CANARY}-2, which has a higher marking", "dossier.yaml, title") in found
    assert (f"mentions {CANARY}-source, which has a higher marking", f"statements.csv, {public}, paraphrase") in found


class StoppedError(Exception):
    """Where a command came to read its dossier."""


def leaves(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each command with the words that name it; facts of the world have no marking."""
    for word, one in getattr(command, "commands", {}).items():
        if word != "world":
            yield from leaves(one, (*words, word))
    if not hasattr(command, "commands"):
        yield words, command


def test_every_command_that_reads_a_dossier_reads_it_up_to_the_limit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    limits: list[str | None] = []

    def stop(folder: Path, max_marking: str | None = None) -> None:
        limits.append(max_marking)
        raise StoppedError

    monkeypatch.setattr(foedus, "read_dossier", stop)
    without = set()
    for words, command in leaves(get_command(app)):
        names = {parameter.name for parameter in command.params}
        if words[-1] == "study":
            continue  # it reads the dossiers that its file names: tests/studies
        if "max_marking" in names and "into" not in names:
            beside = {"compare": ["e"], "position": ["FRA"], "forum": ["--for", "FRA"], "import": [str(tmp_path)]}
            folders = ["d", *beside.get(words[-1], [])]
            if words[-1] == "obligations":
                folders = ["--attack-on", "Guam", "--helper", "USA", "--in", "d"]
            with pytest.raises(StoppedError):
                app([*words, *folders, "--max-marking", "internal"], standalone_mode=False)
            assert limits[-1] == "internal", words
        elif {"folder", "source", "first", "into"} & names:
            without.add(words[-1])
    deciding = {"accept", "reject", "edit", "merge", "undo", "add", "rename", "option", "actor", "meeting"}
    assert without == {"new", "demo", "read", "power", "serve", *deciding}


ODD = "Plan [/] [sic] [bold]of[/bold] :smile: [red]"


@pytest.mark.parametrize(
    "command",
    [["check"], ["forecast", *DRAWS]],
    ids=lambda words: words[0] + words[-1],
)
def test_what_stands_in_brackets_is_printed_as_it_stands(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(packaged_dossiers()["turkey-defence-2003"], tmp_path / "d"))
    settings = folder / "dossier.yaml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    odd = ("title:", "question:")
    lines = [f'{one.partition(":")[0]}: "{ODD}"' if one.strip().startswith(odd) else one for one in lines]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    dossier = foedus.read_dossier(folder)
    first = dossier.statements[0].id
    decide(folder, [first], "rejected", Who(why=ODD))
    edit(folder, first, {"paraphrase": ODD})
    status, out, told = answer(capsys, folder, command)
    assert (status in {None, 0}, told.partition("not read")[0]) == (True, "")
    assert all(word in out for word in ODD.split())
