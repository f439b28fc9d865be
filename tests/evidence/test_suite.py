"""The suite of short texts: how codings are judged, and both coders on a small one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.base.errors import InputError
from foedus.base.hashes import sha256
from foedus.dossiers import Dossier
from foedus.evidence.language_model import INSTRUCTIONS, LanguageModelCoder, Proposals
from foedus.evidence.suite import Item, evaluate_suite, judge, read_suite

ITEM = Item(
    "a", "list", "", (("FRA", "x", -1), ("JPN", "x", 1)), frozenset({("FRA", "x", 1)}), frozenset({("nato", "x", 1)})
)


@pytest.mark.parametrize(
    ("proposed", "found", "right", "off", "wrong"),
    [
        ([("FRA", "x", -1), ("JPN", "x", 1)], 2, 2, 0, 0),
        ([("FRA", "x", 1)], 1, 0, 0, 1),
        ([("JPN", "x", 0)], 1, 0, 1, 0),
        ([("nato", "x", 1), ("DEU", "x", 0)], 0, 0, 0, 0),
        ([("DEU", "x", 1)], 0, 0, 0, 1),
        ([("JPN", "x", 1), ("JPN", "x", -1)], 1, 1, 0, 1),
        ([], 0, 0, 0, 0),
    ],
)
def test_codings_are_judged(proposed: list[tuple[str, str, int]], found: int, right: int, off: int, wrong: int) -> None:
    tally = judge(ITEM, proposed)
    assert (tally.found, tally.right, tally.off, tally.wrong) == (found, right, off, wrong)


def _suite(folder: Path) -> Path:
    (folder / "concepts.csv").write_text("id,text,cues\noffice,NATO should open an office in Tokyo.,office in Tokyo\n")
    (folder / "actors.csv").write_text("id,name\nFRA,France\nleague,Pacific League\n")
    rows = [
        {"id": "a", "kind": "verbs", "text": "France opposes an office in Tokyo.",
         "expected": [{"actor": "FRA", "concept": "office", "stance": -1}]},
        {"id": "b", "kind": "nothing", "text": "France met Japan.", "expected": []},
    ]  # fmt: skip
    (folder / "sentences.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return folder


def test_the_rules_are_measured_by_kind(tmp_path: Path, tokyo: Dossier) -> None:
    scores = evaluate_suite(_suite(tmp_path), tokyo.world)
    assert (scores.kinds["verbs"].recall, scores.kinds["nothing"].recall, scores.total.clean) == (1.0, None, 2)


def test_a_language_model_is_measured_on_recorded_answers(tmp_path: Path, tokyo: Dossier) -> None:
    folder, kept = _suite(tmp_path), tmp_path / "kept"
    kept.mkdir()
    answers = {
        "France opposes an office in Tokyo.": [
            {"passage": "p1", "quote": "France opposes an office in Tokyo", "actor": "France", "concept": "office",
             "stance": -1, "kind": "narrated", "signal": "threat"}
        ],
        "France met Japan.": [],
    }  # fmt: skip
    for text, statements in answers.items():
        prompt = f"Concepts:\noffice: NATO should open an office in Tokyo.\n\nPassages:\np1: {text}"
        key = sha256(json.dumps(["m", INSTRUCTIONS, Proposals.model_json_schema(), prompt]).encode())
        answer = {"model": "m", "answer": {"statements": statements}, "tokens_in": 1, "tokens_out": 1}
        (kept / f"{key}.json").write_text(json.dumps(answer))
    scores = evaluate_suite(folder, tokyo.world, LanguageModelCoder("m", "", "", kept))
    assert (scores.coder, scores.total.recall, scores.total.precision, scores.total.clean) == ("lm:m", 1.0, 1.0, 2)


def test_a_malformed_suite_is_refused(tmp_path: Path) -> None:
    (_suite(tmp_path) / "sentences.jsonl").write_text('{"id": "a"}\n')
    with pytest.raises(InputError, match="line 1: "):
        read_suite(tmp_path)


def test_the_targets_on_the_suite(shared: Path, tokyo: Dossier) -> None:
    folder = shared / "gold" / "sentences"
    if not folder.is_dir():
        pytest.skip("needs ../shared/gold/sentences")
    total = evaluate_suite(folder, tokyo.world).total
    assert (total.recall or 0) >= 0.85
    assert (total.precision or 0) >= 0.92
    assert total.clean_share >= 0.9
