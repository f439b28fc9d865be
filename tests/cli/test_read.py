"""``foedus read`` and ``foedus evaluate coder`` as a user meets them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from tests.command_line import command

from foedus.base.days import parse_day
from foedus.coding.intake import Wishes, read_into
from foedus.dossiers import packaged_dossiers, read_dossier, stand_of
from foedus.dossiers.texts import stored_documents
from foedus.evidence.guard import guard

COLUMNS = "id source_file char_start char_end person organisation state concept concept_text stance date_to"


run = command()


def test_what_was_read_is_told_and_what_to_do_next(
    tokyo_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text("Canada said that the liaison office in Tokyo should open.")
    (tmp_path / "bad.pdf").write_bytes(b"no PDF")
    status, out, err = run(capsys, "read", tmp_path / "note.txt", tmp_path / "bad.pdf", "--into", tokyo_copy)
    assert (status, err) == (0, "")
    for words in ("1 document read into", "CAN", "bad.pdf: is no PDF", "Without a date: note", "--status candidate"):
        assert words in out


def test_the_answer_as_json_and_the_exit_status(
    tokyo_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Canada said that the liaison office in Tokyo should open.")
    status, out, _ = run(capsys, "read", note, "--into", tokyo_copy, "--known", "2024-01-02", "--json")
    answer = json.loads(out)
    assert status == 0
    assert [(one["source"], one["status"], one["day"]) for one in answer["documents"]] == [
        ("note", "new", "2024-01-02")
    ]
    assert [(one["actor"], one["stance"], one["status"]) for one in answer["statements"]] == [("CAN", 1, "candidate")]
    status, out, _ = run(capsys, "read", tmp_path / "none.txt", "--into", tokyo_copy, "--json")
    assert status == 2
    assert json.loads(out)["refused"] == [{"name": str(tmp_path / "none.txt"), "reason": "the file is missing"}]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--accept-above", "2"], "accept_above: 2, expected a certainty from 0 to 1"),
        (["--known", "soon"], "--known: 'soon'"),
        (["--coder", "oracle"], "no coder 'oracle'"),
    ],
)
def test_wishes_that_make_no_sense_are_refused(
    words: list[str], message: str, tokyo_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "read", tokyo_copy / "concepts.csv", "--into", tokyo_copy, *words)
    assert status == 2
    assert message in err


def test_most_of_what_the_coder_finds_in_the_briefs_was_coded_by_hand_too(tokyo_copy: Path) -> None:
    before = read_dossier(tokyo_copy)
    intake = read_into(tokyo_copy, [tokyo_copy / "documents"])
    after = read_dossier(tokyo_copy)
    assert [one.status for one in intake.documents] == ["new"] * 5
    assert sorted(one.source for one in intake.documents) == [
        f"brief-{one}" for one in ("fp", "frs", "jt", "orf", "vif")
    ]
    assert {key: one for key, one in after.sources.items() if key in before.sources} == before.sources
    assert after.statements[: len(before.statements)] == before.statements
    assert intake.agreeing >= 0.85 * len(intake.statements) >= 0.85 * 42
    guard(intake.statements, stored_documents(tokyo_copy, after.sources.values()))
    assert [one.status for one in read_into(tokyo_copy, [tokyo_copy / "documents"]).documents].count("known") == 5


def test_the_briefs_share_no_run_of_eight_words_with_the_articles(shared: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = "".join(one if one.isalnum() else " " for one in text.lower()).split()
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    articles = set().union(*(runs(path.read_text("utf-8")) for path in (shared / "seeds").glob("*.txt")))
    for brief in (packaged_dossiers()["tokyo-office"] / "documents").glob("*.md"):
        assert not runs(brief.read_text("utf-8")) & articles, brief.name


def test_reading_the_articles_puts_france_low_and_sweden_high(tokyo_copy: Path, shared: Path) -> None:
    for name in ("sources.csv", "statements.csv"):
        path = tokyo_copy / name
        path.write_text(path.read_text().split("\n", 1)[0] + "\n")
    shutil.rmtree(tokyo_copy / "documents")
    day = parse_day("2024-07-10")
    articles = sorted((shared / "seeds").glob("*.txt"))
    read_into(tokyo_copy, articles, Wishes(accept_above=0.35, known=day))
    dossier = read_dossier(tokyo_copy)
    stands = {one: stand_of(dossier, dossier.issue("office"), one, day, seated=True) for one in ("FRA", "SWE", "POL")}
    assert stands["FRA"].private.mode < 20
    assert stands["SWE"].private.mode > 80
    assert stands["POL"].contributions == () or stands["POL"].basis.startswith("prior")


def test_the_coder_is_measured_from_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("attributions", "text"):
        (tmp_path / name).mkdir()
    text = "Ana Lind said that the pier would open."
    (tmp_path / "text" / "a.txt").write_text(text)
    (tmp_path / "attributions" / "a_1.ann").write_text(
        f"T1\tSource 0 8\tAna Lind\nT2\tCue 9 13\tsaid\nT3\tContent 14 {len(text) - 1}\tx\n"
        "E1\tAttribution:T2 Content:T3 Cue:T2 Source:T1\n"
    )
    status, out, _ = run(capsys, "evaluate", "coder", "--polnear", tmp_path, "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["kinds"]["indirect"]["f1"] == 1
    assert answer["characters_per_second"] > 0
    gold = tmp_path / "gold.csv"
    with gold.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS.split())
        said = "Norway said that the liaison office in Tokyo should open."
        row = ["G1", "b.txt", 0, len(said), "", "", "Norway", "O", "NATO should open a liaison office in Tokyo", 1]
        writer.writerow([*row, "2023-07-01"])
    (tmp_path / "text" / "b.txt").write_text(said)
    status, out, _ = run(capsys, "evaluate", "coder", "--gold", gold, "--texts", tmp_path / "text", "--json")
    measured = json.loads(out)["statements"]
    assert {measured[key] for key in ("recall", "precision", "actor", "concept", "stance")} == {1}
    status, _, err = run(capsys, "evaluate", "coder")
    assert status == 2
    assert "nothing to measure against" in err
    status, _, err = run(capsys, "evaluate", "coder", "--gold", gold)
    assert "belong together" in err


def test_a_reading_in_vain_names_the_cues_and_the_command(
    tokyo_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which words were sought, which stand beside actors in the text, and how to add some."""
    text = "Spain rejects the fishing quota, it said. Norway wants the fishing quota to go up."
    (tmp_path / "fish.txt").write_text(text)
    _, out, _ = run(capsys, "read", tmp_path / "fish.txt", "--into", tokyo_copy, "--known", "2023-06-01")
    assert "No sentence was found in which somebody is for or against a claim" in out
    assert "office: sought by" in out
    assert "often beside actors in these documents: fishing quota" in out
    assert "next: foedus statements" in out
    assert '--set "cues=' in out
