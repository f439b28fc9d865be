"""Real texts coded by hand: how the rules do on them, and whether a certainty means what it says."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.errors import InputError
from foedus.base.hashes import sha256
from foedus.cli import main
from foedus.dossiers import Dossier
from foedus.evidence.calibration import fitted_weights, reliability, unseen
from foedus.evidence.coder.candidates import code
from foedus.evidence.coder.certainty import GROUNDS, LOWERS, certainty_of, grounds_of, weights
from foedus.evidence.evaluate import LEAST_CERTAINTY
from foedus.evidence.judged import TABLE
from foedus.evidence.language_model import INSTRUCTIONS, LanguageModelCoder, Proposals, _prompts
from foedus.evidence.readers import document_of
from foedus.evidence.real_texts import PACKAGED, RealScores, evaluate_real_texts, read_real_texts
from foedus.evidence.suite import SuiteConcept


@pytest.fixture(scope="module")
def scores(tokyo: Dossier) -> RealScores:
    return evaluate_real_texts(tokyo.world)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two short texts of other debates."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Talks on tariffs\nFrance opposes the tariff.\nItaly waited.\n")
    (tmp_path / "texts" / "b.txt").write_text("Spain supports the tariff.\n")
    start = "id,title,author,published,address,licence,genre,half,ten,note\n"
    rows = "a,A,,2020-01-02,,mine,news,development,yes,\nb,B,,2020-01-02,,mine,news,held-out,no,\n"
    (tmp_path / "sources.csv").write_text(start + rows)
    claim = "The union should adopt the tariff.,the tariff"
    (tmp_path / "concepts.csv").write_text(f"source,id,text,cues\na,tariff,{claim}\nb,tariff,{claim}\n")
    (tmp_path / "statements.csv").write_text(
        "source,quote,actor,concept,stance,expected\n"
        "a,France opposes,FRA,tariff,-1,yes\na,Italy waited,ITA,tariff,0,no\nb,Spain,ESP,tariff,1,yes\n"
    )
    return tmp_path


def test_the_packaged_texts_are_enough_and_may_be_reused() -> None:
    texts = read_real_texts()
    assert sum(one.expected for one in texts) >= 300
    assert {one.half for one in texts} == {"development", "held-out"}
    assert sum(one.ten for one in texts) == 10
    with (PACKAGED / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["address"].startswith("http") for row in rows)
    assert all(row["licence"].startswith(("public domain", "Open Government", "CC BY")) for row in rows)


def test_what_is_found_on_real_texts(scores: RealScores) -> None:
    """Floors a little below what the rules reach; the held-out half is what a new text may expect."""
    assert sum(one.certainty < LEAST_CERTAINTY for one in scores.judged) <= 1
    groups = scores.groups()
    for name, recall, precision in (
        ("the ten", 0.55, 0.80),
        ("development half", 0.70, 0.90),
        ("held-out half", 0.34, 0.55),
        ("all", 0.55, 0.78),
    ):
        assert (groups[name].recall or 0) >= recall, name
        assert (groups[name].precision or 0) >= precision, name


def test_two_texts_are_judged_by_paragraph(folder: Path, tokyo: Dossier) -> None:
    groups = evaluate_real_texts(tokyo.world, folder=folder).groups()
    assert [(groups[name].right, groups[name].wrong) for name in ("the ten", "held-out half", "all")] == [
        (1, 0), (1, 0), (2, 0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("statements.csv", "Italy waited", "Italy slept", "words of a, not 'Italy slept'"),
        ("concepts.csv", ",cues", ",hints", "the columns cues are missing"),
    ],
)
def test_malformed_rows_are_refused(folder: Path, file: str, old: str, new: str, told: str) -> None:
    path = folder / file
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(InputError, match=told):
        read_real_texts(folder)


def test_another_coder_is_measured_on_recorded_answers(folder: Path, tokyo: Dossier) -> None:
    kept = folder / "kept"
    kept.mkdir()
    claims = {"tariff": "The union should adopt the tariff."}
    said = {"passage": "p2", "quote": "France opposes", "actor": "France", "concept": "tariff", "stance": -1}
    for text in read_real_texts(folder):
        proposed = [{**said, "kind": "narrated", "signal": ""}] if text.id == "a" else []
        for prompt in _prompts(text.document, claims):
            key = sha256(json.dumps(["m", INSTRUCTIONS, Proposals.model_json_schema(), prompt]).encode())
            made = {"model": "m", "answer": {"statements": proposed}, "tokens_in": 1, "tokens_out": 1}
            (kept / f"{key}.json").write_text(json.dumps(made))
    scores = evaluate_real_texts(tokyo.world, LanguageModelCoder("m", "", "", kept), folder=folder)
    assert (scores.coder, scores.tallies["a"].recall, scores.tallies["b"].recall) == ("lm:m", 1.0, 0.0)
    assert not any(one.grounds for one in scores.judged)


def test_certainty_is_fitted_to_what_came_out(scores: RealScores) -> None:
    """The weights in the table are those that the unseen texts give, and on the whole they say what came out."""
    judged = unseen(scores)
    assert weights() == pytest.approx(fitted_weights(judged), abs=0.001)
    called = sum(certainty_of(one.grounds) for one in judged) / len(judged)
    assert called == pytest.approx(sum(one.right for one in judged) / len(judged), abs=0.02)


def test_certainty_rests_on_three_hundred_statements_of_unseen_texts(scores: RealScores) -> None:
    found = reliability(scores)
    assert found is not None
    assert found.statements == len(unseen(scores)) >= 300
    assert found.documents >= 60
    assert sum(one.statements for one in found.bands) == found.statements
    assert found.brier < found.base
    assert found.threshold is not None
    assert found.above >= found.statements / 2
    own = replace(scores, data="own", judged=tuple(one for one in scores.judged if one.text == "libya-2011"))
    assert reliability(own) is None


def test_the_judged_statements_hold_no_words_of_the_texts() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = "address published day genre claim actor stance right"
    assert " ".join(rows[0]) == " ".join([told, *list(GROUNDS)[1:]])
    assert all(row["address"].startswith("http") for row in rows)
    assert len({row["address"] for row in rows}) >= 60


@given(
    st.floats(0.01, 1), st.integers(0, 12), st.booleans(), st.booleans(), st.booleans(),
    st.sampled_from(list(GROUNDS)[1:]),
)  # fmt: skip
def test_a_ground_moves_a_certainty_only_to_its_side(
    rules: float, verbs: int, plain: bool, judged: bool, quoted: bool, ground: str
) -> None:
    grounds = grounds_of(rules=rules, verbs=verbs, plain=plain, judged=judged, quoted=quoted)
    before, after = certainty_of(grounds), certainty_of({**grounds, ground: grounds[ground] + 1})
    assert after <= before if ground in LOWERS else after >= before


def test_a_text_that_says_it_again_makes_it_surer_and_one_that_says_otherwise_less_sure(tokyo: Dossier) -> None:
    claim = SuiteConcept("tariff", "The union should adopt the tariff.", "the tariff")
    certainties = []
    for text in ("France opposes the tariff.", "France opposes the tariff.\nFrance rejects the tariff.",
                 "France opposes the tariff.\nFrance supports the tariff."):  # fmt: skip
        found = code(document_of("a.txt", text.encode()), tokyo.world, [claim])
        certainties.append(found[0].certainty)
    assert certainties[2] < certainties[0] <= certainties[1]


def test_the_command_prints_the_table_and_the_threshold(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["evaluate", "coder", "--documents", str(folder)]
    with pytest.raises(SystemExit):
        main(words)
    out = " ".join(capsys.readouterr().out.split())
    assert "What a certainty meant, on 1 proposed statements of 1 held-out texts" in out
    assert "No certainty was reached from which nine in ten are right" in out
    with pytest.raises(SystemExit):
        main([*words, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["documents"]["all"]["right"] == 2
    assert answer["reliability"]["threshold"] is None
