"""``foedus statements``, ``read`` and ``evidence`` as a newcomer meets them: what is refused and what is said."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from tests.command_line import command

from foedus.base.days import parse_day
from foedus.dossiers import new_dossier, read_dossier


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run it; the output is told without its line breaks."""
    status, out, err = command()(capsys, *words)
    return status, " ".join(out.split()), err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("accept", "--above", "7"), "--above 7: expected a certainty from 0 to 1"),
        (("list", "--above", "7"), "--above 7: expected a certainty from 0 to 1"),
        (("accept", "--concept", "nope"), "--concept 'nope': the dossier has no such concept; there are asia-role"),
        (("reject", "--source", "nope"), "--source 'nope': the dossier has no such source; there are fp"),
        (("accept", "--coder", "nope"), "--coder 'nope': the dossier has no such coder; there are foedus"),
    ],
)
def test_a_filter_that_could_never_pass(
    tokyo_copy: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    status, _, err = run(capsys, "statements", tokyo_copy, *words)
    assert status == 2
    assert told in err


def test_an_export_makes_no_folders(tokyo_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "statements", tokyo_copy, "export", "--to", tmp_path / "a" / "b" / "c.csv")
    assert (status, (tmp_path / "a").exists()) == (2, False)
    assert "expected a file in a folder that exists" in err
    assert run(capsys, "statements", tokyo_copy, "export", "--to", tmp_path / "c.csv")[0] == 0


def test_reading_says_what_repeats_and_undo_takes_it_back(tokyo_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = tokyo_copy / "documents"
    _, out, _ = run(capsys, "read", documents, "--into", tokyo_copy, "--accept-above", "0.6")
    assert "2 accepted (entry 1 of the journal; undo takes all back)" in out
    assert "37 of them repeat one" in out
    assert "not accepted, because they repeat accepted statements: 28" in out
    _, out, _ = run(capsys, "statements", tokyo_copy, "--status", "candidate", "--source", "brief-jt")
    assert "(repeats jt01)" in out
    assert "undo entry 1" in run(capsys, "statements", tokyo_copy, "undo")[1]
    run(capsys, "statements", tokyo_copy, "reject", "jt01")
    assert "skip entry 3: the table stays as it is" in run(capsys, "statements", tokyo_copy, "undo", "--skip")[1]
    assert "skipped" in run(capsys, "statements", tokyo_copy, "history")[1]
    assert "nothing to undo" in run(capsys, "statements", tokyo_copy, "undo")[2]
    _, out, _ = run(capsys, "read", documents / "brief-jt.md", "--into", tokyo_copy, "--published", "2020-01-01")
    assert "Read before with a day, which is kept (to change it, edit sources.csv) brief-jt: 2023-06-20" in out


def test_a_source_and_a_claim_are_edited_with_the_line_that_takes_it_back(
    tokyo_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {name: (tokyo_copy / name).read_bytes() for name in ("sources.csv", "concepts.csv")}
    status, out, _ = run(
        capsys, "statements", tokyo_copy, "edit", "jt", "--set", "marking=secret", "--set", "note=heard twice"
    )
    assert (status, "jt: marking 'public' to 'secret', in sources.csv" in out) == (0, True)
    assert read_dossier(tokyo_copy).sources["jt"].marking == "secret"
    back = out.partition("to take it back: foedus ")[2]
    assert run(capsys, *shlex.split(back))[0] == 0
    _, out, _ = run(capsys, "statements", tokyo_copy, "edit", "office", "--set", "cues=bureau in Tokyo")
    assert "to read the documents with the new cues: foedus read FILE... --into" in out
    assert {one.cues for one in read_dossier(tokyo_copy).concepts if one.id == "office"} == {"bureau in Tokyo"}
    back = out.partition("to take it back: foedus ")[2].partition(" to read the documents")[0]
    run(capsys, *shlex.split(back))
    assert {name: (tokyo_copy / name).read_bytes() for name in before} == before


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ("marking=sealed", "sources.csv, marking: 'sealed', expected one of public, internal"),
        ("id=other", "sources.csv, column: 'id', expected one of title"),
        ("title=", "sources.csv, title: '', expected a value: title"),
        ("known=soon", "known: 'soon', expected a day such as 2023-07-11"),
    ],
)
def test_what_makes_no_sense_in_a_source_changes_nothing(
    tokyo_copy: Path, capsys: pytest.CaptureFixture[str], cells: str, wanted: str
) -> None:
    before = (tokyo_copy / "sources.csv").read_bytes()
    status, _, err = run(capsys, "statements", tokyo_copy, "edit", "jt", "--set", cells)
    assert (status, wanted in err) == (2, True)
    assert (tokyo_copy / "sources.csv").read_bytes() == before


def test_a_claim_on_two_issues_keeps_what_differs_between_them(
    tokyo_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "statements", tokyo_copy, "edit", "asia-role", "--set", "issue=text")
    assert (status, "'asia-role' bears on several issues, with another 'issue' for each" in err) == (2, True)


def test_the_hints_fit_the_dossier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "new"
    new_dossier(home, "nac", parse_day("2026-12-01"))
    settings = (home / "dossier.yaml").read_text()
    (home / "dossier.yaml").write_text(settings.replace("issue-1", "harbour").replace("high: 100}", "high: 200}", 1))
    (home / "stakeholders.csv").write_text((home / "stakeholders.csv").read_text().replace("issue-1", "harbour"))
    (tmp_path / "note.txt").write_text("Norway said that the office should open.")
    _, out, _ = run(capsys, "read", tmp_path / "note.txt", "--into", home, "--published", "2031-10-10")
    assert "office,The office should open,office; open an office,harbour,100,0" in out
    assert "Dated after the day of reading: is the day right? (sources.csv) note: 2031-10-10" in out
    assert "0 statements from 1 source on 1 issue." in run(capsys, "check", home)[1]


def test_coders_without_a_unit_in_common(tokyo_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tokyo_copy / "statements.csv"
    lines = table.read_text().splitlines(keepends=True)
    table.write_text("".join(one.replace(",foedus,", ",ann,") if one.startswith("fp") else one for one in lines))
    _, out, _ = run(capsys, "statements", tokyo_copy, "agreement")
    assert "no unit in common, so there is nothing to compare. No source was coded by all of them" in out
    table.write_text("".join(one.replace(",foedus,", ",ann,") if one.startswith("jt01") else one for one in lines))
    first = "jt01,jt,p9,,FRA"
    text = table.read_text()
    table.write_text(text.replace(first, "jt01,jt,p1,,FRA"))
    _, out, _ = run(capsys, "statements", tokyo_copy, "agreement")
    assert "A unit is a statement of one passage" in out


def test_evidence_without_a_paraphrase_shows_who_takes_which_stance(
    tokyo_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tokyo_copy / "statements.csv"
    text = table.read_text()
    table.write_text(text.replace('"France resists the plan for an office, which complicates it."', ""))
    _, out, _ = run(capsys, "evidence", tokyo_copy, "--as-of", "2023-07-10", "--draws", "100")
    assert "France is against " in out
