"""The measure itself, and what the coder reaches on the shared data."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.base.answers import recorded
from foedus.base.errors import FoedusError, InputError
from foedus.cli.evaluate import coder
from foedus.dossiers import Dossier
from foedus.evidence.evaluate import (
    Score,
    evaluate_attributions,
    evaluate_statements,
    gold_concepts,
    read_gold,
)
from foedus.evidence.polnear import parse_standoff, read_polnear


def annotated(folder: Path, text: str, *rows: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> None:
    """Write an article with attributions given by the words of source, cue and content."""
    (folder / "text").mkdir(parents=True, exist_ok=True)
    (folder / "attributions").mkdir(exist_ok=True)
    (folder / "text" / "a.txt").write_text(text)
    lines, events = [], []
    number = 0
    for row in rows:
        parts = []
        for role, pieces in zip(("Source", "Cue", "Content"), row, strict=True):
            if pieces:
                number += 1
                spans = ";".join(f"{text.index(piece)} {text.index(piece) + len(piece)}" for piece in pieces)
                lines.append(f"T{number}\t{role} {spans}\t{' '.join(pieces)}")
                parts.append(f"{role}:T{number}")
        events.append(f"E{len(events) + 1}\tAttribution:T1 {' '.join(parts)}")
    (folder / "attributions" / "a_one.ann").write_text("\n".join(lines + events) + "\n")
    (folder / "attributions" / "a_two.ann").write_text("")


TEXT = 'The mayor said the pier was shut. Pilots left. "We agree," said Lind.'


def test_scores_by_kind(tmp_path: Path) -> None:
    annotated(
        tmp_path,
        TEXT,
        (("The mayor",), ("said",), ("the pier was shut",)),
        (("Lind",), ("said Lind",), ('"We agree,"',)),
        (("Pilots",), ("left",), ("Pilots left",)),
    )
    scores = evaluate_attributions(tmp_path)
    assert scores.kinds["indirect"] == Score(proposed=1, annotated=2, found=1, exact=1)
    assert scores.kinds["direct"] == Score(proposed=1, annotated=1, found=1, exact=1)
    assert scores.kinds["mixed"] == Score(0, 0, 0, 0)
    answer = recorded(scores)
    assert set(answer) == {"data", "articles", "kinds", "characters_per_second"}
    assert answer["articles"] == 1
    assert answer["kinds"]["indirect"] == {
        "precision": 1.0,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3),
        "exact_f1": pytest.approx(2 / 3),
        "proposed": 1,
        "annotated": 2,
        "found": 1,
    }


def test_half_of_the_content_tokens_must_be_shared_and_the_sources_must_meet(tmp_path: Path) -> None:
    annotated(tmp_path, TEXT, (("The mayor",), ("said",), ("pier was shut",)))
    assert evaluate_attributions(tmp_path).kinds["indirect"] == Score(1, 1, 1, 0)
    annotated(tmp_path, TEXT, (("The mayor",), ("said",), ("shut",)))
    assert evaluate_attributions(tmp_path).kinds["indirect"].found == 0
    annotated(tmp_path, TEXT, (("Pilots",), ("said",), ("the pier was shut",)))
    assert evaluate_attributions(tmp_path).kinds["indirect"].found == 0


def test_a_score_without_anything_is_nought() -> None:
    nothing = Score(0, 0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1, nothing.exact_f1) == (0, 0, 0, 0)


def test_malformed_annotation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 1: 'T1.*expected a line of brat stand-off"):
        parse_standoff("T1\tSource x y\tz")
    with pytest.raises(InputError, match="expected folders 'attributions'"):
        read_polnear(tmp_path)


GOLD = "id,source_file,char_start,char_end,person,organisation,state,concept,concept_text,stance,date_to\n"


def test_hand_coded_statements_are_matched_by_span_and_actor(tmp_path: Path, tokyo: Dossier) -> None:
    text = (
        "The council met.\nNorway opposes a bridge to Iceland. Denmark said that a bridge to Iceland should be built.\n"
    )
    (tmp_path / "t.txt").write_text(text)
    cut = text.index(" Denmark")
    rows = [
        f"g1,t.txt,17,{cut},,,Norway,BRIDGE,A bridge to Iceland should be built,-1,2023-06-20",
        f"g2,t.txt,{cut + 1},{len(text) - 1},,,Sweden,BRIDGE,A bridge to Iceland should be built,-1,2023-06-20",
        "g3,t.txt,0,16,,,Spain,BRIDGE,A bridge to Iceland should be built,1,2023-06-20",
    ]
    (tmp_path / "gold.csv").write_text(GOLD + "\n".join(rows) + "\n")
    scores = evaluate_statements(tmp_path / "gold.csv", tmp_path, tokyo.world, least=0.0)
    assert (scores.gold, scores.candidates, scores.matched) == (3, 2, 2)
    assert (scores.actor, scores.concept, scores.stance) == (0.5, 1.0, 0.5)
    assert (scores.recall, scores.precision) == (pytest.approx(2 / 3), 1.0)


def test_a_gold_file_with_faults_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.csv").write_text("id,quote\n1,x\n")
    with pytest.raises(InputError, match="the columns source_file"):
        read_gold(tmp_path / "gold.csv")
    (tmp_path / "gold.csv").write_text(GOLD + "\ng1,t.txt,x,2,,,Norway,B,B,1,2023-06-20\n")
    with pytest.raises(InputError, match="row 3"):
        read_gold(tmp_path / "gold.csv")


def test_cues_are_taken_from_the_same_claim(tmp_path: Path, tokyo: Dossier) -> None:
    claim = "NATO should open a liaison office in Tokyo"
    (tmp_path / "gold.csv").write_text(GOLD + f"g1,t.txt,0,2,,,Norway,OFFICE,{claim},1,2023-06-20\n")
    [concept] = gold_concepts(read_gold(tmp_path / "gold.csv"), tokyo.concepts)
    office = next(one for one in tokyo.concepts if one.id == "office")
    assert concept.cues == office.cues


def test_the_targets_on_annotated_attributions(shared: Path) -> None:
    folder = shared / "data" / "polnear" / "dev"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/polnear")
    scores = evaluate_attributions(folder)
    assert scores.articles == 84
    assert scores.kinds["direct"].f1 >= 0.85
    assert scores.kinds["indirect"].f1 >= 0.55


def test_the_targets_on_hand_coded_statements(shared: Path, tokyo: Dossier) -> None:
    gold, texts = shared / "gold" / "statements-development.csv", shared / "seeds"
    if not gold.is_file() or not texts.is_dir():
        pytest.skip("needs ../shared/gold and ../shared/seeds")
    scores = evaluate_statements(gold, texts, tokyo.world, tokyo.concepts)
    assert scores.gold == 52
    assert (scores.recall >= 0.42, scores.precision >= 0.6) == (True, True)
    assert (scores.actor >= 0.88, scores.concept >= 0.62, scores.stance >= 0.66) == (True, True, True)


@pytest.mark.parametrize("least", [2.0, -0.1, float("nan")])
def test_a_certainty_lies_between_nought_and_one(least: float, tmp_path: Path, tokyo: Dossier) -> None:
    with pytest.raises(FoedusError, match="between 0 and 1"):
        evaluate_statements(tmp_path / "none.csv", tmp_path, tokyo.world, least=least)
    with pytest.raises(FoedusError, match="--least is a certainty between 0 and 1"):
        coder(polnear=tmp_path, least=least)


def test_precision_and_recall_follow_from_the_counts_that_are_named() -> None:
    score = Score(proposed=8, annotated=10, found=6, exact=3)
    assert (score.precision, score.recall) == (6 / 8, 6 / 10)
    assert score.f1 == pytest.approx(2 / (8 / 6 + 10 / 6))
    assert score.exact_f1 == pytest.approx(6 / 18)
