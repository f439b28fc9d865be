"""The ledger: tampering is named, an interrupted write leaves it whole, scores have their closed forms."""

from __future__ import annotations

import json
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from foedus.base import files, locks
from foedus.base.days import parse_day
from foedus.base.lines import digest, spelt
from foedus.cli import main
from foedus.dossiers import packaged_dossiers
from foedus.ledgers import chain, scoring
from foedus.ledgers.chain import Share, read_ledger
from foedus.ledgers.ledger import record_forecast, record_human, share_of
from foedus.ledgers.scoring import score, score_ledger
from foedus.ledgers.signing import Key

DAY = parse_day("2023-07-01")
MEETING = parse_day("2023-07-11")


def _write(path: Path, count: int = 3) -> None:
    for k in range(count):
        p = 0.2 + 0.2 * k
        record_human(
            path, f"A {k}", "office", MEETING, [Share("no office", 0, p), Share("liaison office", 100, 1 - p)], DAY
        )


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    forecast = foedus.forecast(dossier, "office", "2023-07-10", draws=100)
    path = tmp_path / "ledger.jsonl"
    _write(path, 1)
    record_forecast(path, forecast, DAY)
    human, model = read_ledger(path)
    assert (human.n, human.kind, human.by) == (1, "human", "A 0")
    assert (model.n, model.kind, model.previous) == (2, "model", human.sha256)
    assert [one.probability for one in model.options] == pytest.approx([o.probability for o in forecast.options])
    assert model.about["inputs_sha256"] == dossier.inputs_sha256


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (
            lambda lines: [lines[0], lines[1].replace("0.4", "0.9"), lines[2]],
            "line 2.*entry of A 1.*changed",
        ),
        (
            lambda lines: [lines[0], _with_hash(lines[1], "0" * 64), lines[2]],
            "line 2.*only its hash.*to 0000",
        ),
        (lambda lines: [lines[0], lines[2]], "line 2.*holds entry 3, and entry 2 was removed"),
        (lambda lines: [lines[1], lines[0], lines[2]], "line 1.*entry 2 in the place of entry 1.*moved to line 2"),
        (lambda lines: [lines[0], lines[0], *lines[1:]], "line 2.*repeats the entry of line 1"),
        (lambda lines: [line.replace("A ", "B ") for line in lines], "(?s)line 1.*line 2.*line 3.*of B 2 on office"),
        (lambda lines: [*lines[:2], lines[2][:-30]], "line 3.*damaged"),
        (lambda lines: [lines[0], "", *lines[1:]], "line 2.*damaged"),
        (lambda lines: [lines[0], "[]", *lines[1:]], "line 2.*damaged"),
    ],
)
def test_tampering_is_named_and_nothing_is_appended(tmp_path: Path, tamper: Any, told: str) -> None:
    path = tmp_path / "ledger.jsonl"
    _write(path)
    path.write_text("\n".join(tamper(_lines(path))) + "\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(foedus.InputError, match=told):
        read_ledger(path)
    with pytest.raises(foedus.InputError, match=told):
        _write(path, 1)
    assert path.read_bytes() == before


def _with_hash(line: str, digest: str) -> str:
    return json.dumps({**json.loads(line), "sha256": digest})


def _append_five(path: Path, by: str) -> None:
    for _ in range(5):
        record_human(path, by, "office", MEETING, [Share("no", 0, 0.5), Share("yes", 1, 0.5)], DAY)


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with ThreadPoolExecutor(3) as writers:
        list(writers.map(lambda by: _append_five(path, by), "ABC"))
    assert sorted(one.by for one in read_ledger(path)) == [*"AAAAABBBBBCCCCC"]
    assert sorted(one.name for one in tmp_path.iterdir()) == [".ledger.jsonl.lock", "ledger.jsonl"]


def test_a_writer_that_waits_too_long_is_told_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.jsonl"
    _write(path, 1)
    monkeypatch.setattr(locks, "PATIENCE", 0.0)
    told = pytest.raises(foedus.FoedusError, match=r"process \d+ on .* is writing.*nothing was written")
    with ThreadPoolExecutor(1) as another, locks.writing(path), told:
        another.submit(_write, path, 1).result()
    _write(path, 1)
    assert len(read_ledger(path)) == 2


def test_any_changed_character_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    _write(path, 2)
    text, rng = path.read_text("utf-8"), np.random.default_rng(1)
    for place in rng.integers(len(text) - 1, size=60):
        other = "1" if text[place] != "1" else "2"
        path.write_text(text[:place] + other + text[place + 1 :], "utf-8")
        with pytest.raises(foedus.InputError):
            read_ledger(path)


def test_an_entry_forged_with_its_own_hash_breaks_the_chain_after_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    _write(path, 2)
    other = tmp_path / "other.jsonl"
    record_human(other, "forger", "office", MEETING, [Share("a", 0, 0.5), Share("b", 1, 0.5)], DAY)
    path.write_text("\n".join([*_lines(other), _lines(path)[1]]) + "\n", "utf-8")
    with pytest.raises(foedus.InputError, match="line 2"):
        read_ledger(path)


def test_a_cut_end_is_noticed_by_the_hash_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    _write(path)
    head = read_ledger(path)[-1].sha256
    assert read_ledger(path, head)
    path.write_text("\n".join(_lines(path)[:2]) + "\n", "utf-8")
    assert len(read_ledger(path)) == 2
    with pytest.raises(foedus.InputError, match="removed or written anew"):
        read_ledger(path, head)


def test_an_interrupted_write_leaves_the_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.jsonl"
    _write(path, 2)
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(KeyboardInterrupt):
        _write(path, 1)
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == [".ledger.jsonl.lock", "ledger.jsonl"]


def test_a_file_without_its_last_line_end_is_appended_to_in_a_new_line(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    _write(path, 1)
    path.write_text(path.read_text("utf-8").rstrip("\n"), "utf-8")
    _write(path, 1)
    assert [one.n for one in read_ledger(path)] == [1, 2]


def test_scores_have_their_closed_forms() -> None:
    options = [Share("a", 0, 0.5), Share("b", 40, 0.3), Share("c", 100, 0.2)]
    log_score, brier, crps = score(options, 40)
    assert log_score == pytest.approx(-math.log(0.3))
    assert brier == pytest.approx(0.25 + 0.49 + 0.04)
    assert crps == pytest.approx(40 * 0.5**2 + 60 * 0.2**2)
    assert score([Share("a", 0, 0.0), Share("b", 1, 1.0)], 0)[0] == pytest.approx(-math.log(1e-12))


@given(
    weights=st.lists(st.floats(0.01, 1), min_size=2, max_size=6),
    at=st.floats(0, 100, allow_nan=False),
    seed=st.integers(0, 1000),
)
def test_the_crps_is_its_energy_form(weights: list[float], at: float, seed: int) -> None:
    """E|X - y| - E|X - X'| / 2, by Gneiting and Raftery (2007)."""
    places = np.random.default_rng(seed).choice(101, size=len(weights), replace=False).astype(float)
    shares = np.array(weights) / sum(weights)
    options = [Share(str(k), float(x), float(p)) for k, (x, p) in enumerate(zip(places, shares, strict=True))]
    spread = np.abs(places[:, None] - places[None, :])
    exact = shares @ np.abs(places - at) - shares @ spread @ shares / 2
    assert score(options, at)[2] == pytest.approx(exact, abs=1e-9)


def test_forecasts_are_scored_and_the_rest_wait(tmp_path: Path) -> None:
    path, outcomes = tmp_path / "ledger.jsonl", tmp_path / "outcomes.csv"
    _write(path)
    record_human(path, "B", "text", MEETING, [Share("no", 0, 0.5), Share("yes", 1, 0.5)], DAY)
    outcomes.write_text("issue,on,outcome\noffice,2023-07-11,No Office\n", "utf-8")
    found = score_ledger(path, outcomes)
    assert [one.log_score for one in found.scores] == pytest.approx([-math.log(p) for p in (0.2, 0.4, 0.6)])
    assert found.waiting == (4,)
    assert [row["by"] for row in found.means()] == ["A 2", "A 1", "A 0"]
    assert json.dumps(found.means())
    outcomes.write_text("issue,on,outcome\noffice,2023-07-11,embassy\n", "utf-8")
    with pytest.raises(foedus.InputError, match="'embassy', expected one of 'no office', 'liaison office'"):
        score_ledger(path, outcomes)


LATER = parse_day("2023-08-01")


def _told(path: Path, outcomes: Path, *rows: str) -> Any:
    outcomes.write_text("issue,on,outcome\n" + "\n".join(rows) + "\n", "utf-8")
    return score_ledger(path, outcomes)


def _shares(no: float, at: float = 100) -> list[Share]:
    return [Share("no office", 0, no), Share("liaison office", at, 1 - no)]


def test_hindsight_and_late_entries_are_never_averaged_with_forecasts(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    record_human(path, "A", "office", MEETING, _shares(0.6), DAY)
    record_human(path, "A", "office", MEETING, _shares(0.9), LATER, DAY)
    record_human(path, "A", "office", MEETING, _shares(1.0), LATER)
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    rebuilt = foedus.forecast(dossier, "office", "2024-07-10", "Vilnius 2023", draws=100)
    record_forecast(path, rebuilt, parse_day("2024-07-10"))
    assert [one.standing for one in read_ledger(path)] == ["forecast", "recorded late", "hindsight", "hindsight"]
    assert read_ledger(path)[2].about["hindsight"] is True
    assert read_ledger(path)[3].about["reconstruction"] is True
    found = _told(path, tmp_path / "o.csv", "office,2023-07-11,no office")
    assert [(row["by"], row["log_score"]) for row in found.means()] == [("A", pytest.approx(-math.log(0.6)))]
    assert [row["log_score"] for row in found.means("recorded late")] == pytest.approx([-math.log(0.9)])
    assert {row["by"] for row in found.means("hindsight")} == {"A", "foedus track-record"}
    answer = found.as_answer()
    assert [row["standing"] for row in answer["scored"]] == ["forecast", "recorded late", "hindsight", "hindsight"]
    assert answer["scored"][1]["recorded_on"] == LATER
    assert (len(answer["forecasters"]), len(answer["recorded_late"]), len(answer["hindsight"])) == (1, 1, 2)


def test_knowledge_from_after_the_day_of_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(foedus.FoedusError, match="as of 2023-08-01: that day lies after the day of recording"):
        record_human(tmp_path / "l.jsonl", "A", "office", MEETING, _shares(0.6), DAY, LATER)
    assert not list(tmp_path.iterdir())


def test_the_last_entry_on_a_question_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    for no in (0.2, 0.5, 0.8):
        record_human(path, "A", "office", MEETING, _shares(no), DAY)
    record_human(path, "B", "office", MEETING, _shares(0.5), DAY)
    found = _told(path, tmp_path / "o.csv", "office,2023-07-11,no office")
    assert [one.entry.n for one in found.scores] == [3, 4]
    assert found.superseded == {1: 3, 2: 3}
    assert found.means()[0]["log_score"] == pytest.approx(-math.log(0.8))


def test_leaving_an_option_out_does_not_pay(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    record_human(
        path,
        "whole",
        "office",
        MEETING,
        [*_shares(0.6)[:1], Share("officer", 40, 0.2), Share("liaison office", 100, 0.2)],
        DAY,
    )
    record_human(path, "short", "office", MEETING, _shares(0.6), DAY)
    for outcome in ("officer", "40"):
        found = _told(path, tmp_path / "o.csv", f"office,2023-07-11,{outcome}")
        whole, short = found.scores
        assert (whole.named, short.named) == (True, False)
        assert whole.log_score == pytest.approx(-math.log(0.2))
        assert short.log_score == pytest.approx(-math.log(1e-12))
        assert short.brier == pytest.approx(0.6**2 + 0.4**2 + 1)
        assert short.crps == pytest.approx(40 * 0.6**2 + 60 * 0.4**2)
        assert not found.comparable()
        assert found.common() == ()


def test_forecasters_are_compared_on_common_questions_only(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    record_human(path, "A", "office", MEETING, _shares(0.5), DAY)
    record_human(path, "B", "office", MEETING, _shares(0.6), DAY)
    record_human(path, "B", "text", MEETING, _shares(0.1), DAY)
    found = _told(path, tmp_path / "o.csv", "office,2023-07-11,no office", "text,2023-07-11,no office")
    assert not found.comparable()
    assert [row["by"] for row in found.means()] == ["A", "B"]
    assert found.common() == (("office", MEETING),)
    assert [(row["by"], row["log_score"]) for row in found.compared()] == [
        ("B", pytest.approx(-math.log(0.6))),
        ("A", pytest.approx(-math.log(0.5))),
    ]
    assert found.as_answer()["comparable"] is False


@pytest.mark.parametrize("outcome", ["150", "-1", "1e9"])
def test_an_outcome_off_the_scale_is_refused(tmp_path: Path, outcome: str) -> None:
    path = tmp_path / "l.jsonl"
    record_human(path, "A", "office", MEETING, _shares(0.6), DAY)
    with pytest.raises(foedus.InputError, match="a place from 0 to 100, the ends of the recorded options"):
        _told(path, tmp_path / "o.csv", f"office,2023-07-11,{outcome}")


def test_one_label_at_two_places_asks_for_the_place_where_somebody_lacks_it(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    record_human(path, "A", "office", MEETING, _shares(0.6, 100), DAY)
    record_human(path, "B", "office", MEETING, _shares(0.6, 1), DAY)
    assert [one.named for one in _told(path, tmp_path / "o.csv", "office,2023-07-11,liaison office").scores] == [
        True,
        True,
    ]
    record_human(path, "C", "office", MEETING, [Share("x", 0, 0.5), Share("y", 50, 0.5)], DAY)
    with pytest.raises(foedus.InputError, match="forecasters put that option at 1 and 100"):
        _told(path, tmp_path / "o.csv", "office,2023-07-11,liaison office")


def test_outcomes_that_match_nothing_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, outcomes = tmp_path / "l.jsonl", tmp_path / "o.csv"
    record_human(path, "A", "office", MEETING, _shares(0.6), LATER, DAY)
    found = _told(path, outcomes, "office,2023-07-12,no office", "office,2023-07-11,no office")
    assert found.unmatched == (("office", parse_day("2023-07-12")),)
    with pytest.raises(SystemExit):
        main(["score", str(path), "--outcomes", str(outcomes)])
    told = " ".join(capsys.readouterr().out.split())
    assert "No entry is about office on 2023-07-12" in told
    assert "Recorded after the meeting: no forecasts" in told
    assert "2023-08-01" in told


@pytest.mark.parametrize("shares", [(0.5, 0.6), (1.2, -0.2), (float("nan"), 1.0)])
def test_what_is_no_distribution_is_refused(tmp_path: Path, shares: tuple[float, float]) -> None:
    options = [Share("a", 0, shares[0]), Share("b", 1, shares[1])]
    with pytest.raises(foedus.FoedusError, match="probabilities"):
        record_human(tmp_path / "l.jsonl", "A", "office", MEETING, options, DAY)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", ["no office", "no office=x", "no office@x=1", "no@1="])
def test_an_option_is_spelt_with_its_place_and_probability(words: str) -> None:
    with pytest.raises(foedus.FoedusError, match="LABEL@PLACE=PROBABILITY"):
        share_of(words)


# ---------------------------------------------------------------------------------------------------------------------
# Entries whose hash is right and whose content no program of ours would write.


def _rehashed(line: str, change: Any) -> str:
    """Return a line with a change and a hash computed anew, as whoever can write the file can."""
    plain = json.loads(line)
    change(plain)
    plain["sha256"] = digest(plain, ("sha256", "signature"))
    return spelt(plain)


def _set(field: str, value: object) -> Any:
    return lambda plain: plain.update({field: value})


def _option(field: str, value: object) -> Any:
    return lambda plain: plain["options"][0].update({field: value})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_option("probability", 5), r"options\.0\.probability: '5', expected a probability from 0 to 1"),
        (_option("probability", True), r"options\.0\.probability: 'True'"),
        (_option("probability", 0.9), "options: '1.7', expected probabilities that sum to 1"),
        (_option("at", 10**20), r"options\.0\.at: '1000"),
        (_option("at", "0"), r"options\.0\.at: '0', expected a place on the scale"),
        (_option("label", "a\x1b[31m"), r"options\.0\.label: 'a\\x1b\[31m', expected a label"),
        (_option("label", "Liaison office "), "options: 'liaison office, liaison office', expected each label once"),
        (_option("more", 1), r"options\.0: .*expected label, at and probability"),
        (_set("by", "\x1b]0;PWNED\x07Best"), r"by: '\\x1b\]0;PWNED\\x07Best', expected a name"),
        (_set("by", " "), "by: ' ', expected a name"),
        (_set("kind", "oracle"), "kind: 'oracle', expected model or human"),
        (_set("issue", "no such\u2028id"), "issue: .*expected an id"),
        (_set("on", "2023-02-30"), "on: '2023-02-30', expected a day"),
        (_set("recorded_on", "20230701"), "recorded_on: '20230701', expected a day"),
        (_set("options", []), r"options: '\[\]', expected 2 to 50 options"),
        (_set("about", {"note": ["deep"]}), r"about\.note: .*expected a text"),
        (_set("about", {"note": "a\x07"}), r"about\.note: 'a\\x07'"),
        (_set("n", "1"), "n: '1', expected a whole number"),
        (_set("previous", "x"), "previous: 'x', expected 64 hexadecimal digits"),
    ],
)
def test_a_record_is_held_to_what_a_table_is_held_to(tmp_path: Path, change: Any, told: str) -> None:
    path = tmp_path / "ledger.jsonl"
    _write(path, 1)
    path.write_text(_rehashed(_lines(path)[0], change) + "\n", "utf-8")
    with pytest.raises(foedus.InputError, match=told) as refused:
        read_ledger(path)
    assert "line 1" in str(refused.value)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text.replace('"at":100', '"at":NaN'),
        lambda text: text.replace('"at":100', '"at":-Infinity'),
        lambda text: text.replace('"at":100', '"at":1e999'),
        lambda text: text.replace('"at":100', f'"at":1{"0" * 400}'),
        lambda text: text.replace('"at":100', '"at":100,"at":1.0'),
        lambda text: "[" * 100_000,
        lambda text: '{"n":' * 100_000,
        lambda text: text.replace('"note":""', '"note":' + "[" * 50 + "]" * 50),
    ],
)
def test_what_no_program_of_ours_writes_is_named_and_never_scored(tmp_path: Path, spoilt: Any) -> None:
    path, outcomes = tmp_path / "ledger.jsonl", tmp_path / "o.csv"
    _write(path, 1)
    text = path.read_text("utf-8")
    assert spoilt(text) != text
    path.write_text(spoilt(text), "utf-8")
    outcomes.write_text("issue,on,outcome\noffice,2023-07-11,no office\n", "utf-8")
    with pytest.raises(foedus.InputError, match="line 1: is no whole entry"):
        score_ledger(path, outcomes)


def test_a_day_that_runs_backwards_is_told_and_not_believed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, outcomes = tmp_path / "ledger.jsonl", tmp_path / "o.csv"
    shares = [Share("no office", 0, 0.9), Share("liaison office", 100, 0.1)]
    record_human(path, "A", "office", MEETING, shares, parse_day("2023-08-01"))
    forged = record_human(path, "B", "office", MEETING, shares, parse_day("2023-07-01"))
    assert forged.backwards
    assert (forged.standing, forged.not_before) == ("recorded late", parse_day("2023-08-01"))
    outcomes.write_text("issue,on,outcome\noffice,2023-07-11,no office\n", "utf-8")
    found = score_ledger(path, outcomes)
    assert found.backwards == (2,)
    assert found.of("forecast") == ()
    with pytest.raises(SystemExit):
        main(["score", str(path), "--outcomes", str(outcomes)])
    assert "Entry 2 is said to have been recorded before an entry above it" in capsys.readouterr().out


def _unsigned(plain: Any) -> None:
    del plain["key"], plain["signature"]


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A ledger with a signed entry of A. N., one of somebody who does not sign, and another of A. N."""
    pytest.importorskip("cryptography", reason="needs the extra 'sign'")
    path, key = tmp_path / "ledger.jsonl", Key(tmp_path / "own.key")
    shares = [Share("no office", 0, 0.9), Share("liaison office", 100, 0.1)]
    record_human(path, "A. N.", "office", MEETING, shares, DAY, key=key)
    record_human(path, "B. O.", "office", MEETING, shares, DAY)
    record_human(path, "A. N.", "office", MEETING, shares, DAY, note="again", key=key)
    return path


def test_a_signed_ledger_is_read_and_its_key_stays_private(signed: Path, tmp_path: Path) -> None:
    entries = read_ledger(signed)
    assert [bool(one.signature) for one in entries] == [True, False, True]
    assert (tmp_path / "own.key").stat().st_mode & 0o077 == 0
    assert Key(tmp_path / "own.key").public == entries[0].key
    assert "PRIVATE" not in signed.read_text("utf-8")
    read_ledger(signed, authors={"A. N.": entries[0].key})


@pytest.mark.parametrize(
    ("author", "change", "told"),
    [
        ("A. N.", _option("probability", 0.1), "its signature is not that of A. N.: it was forged, or its hash"),
        (
            "A. N.",
            lambda plain: (plain.pop("key"), plain.pop("signature")),
            "is not signed, and A. N. signs since line 1",
        ),
        ("A. N.", _set("key", "A" * 43 + "="), "is signed with another key, and A. N. signs since line 1"),
        ("B. O.", _set("by", "A. N."), "is not signed, and A. N. signs since line 1"),
    ],
)
def test_a_forged_or_rehashed_line_is_named(signed: Path, author: str, change: Any, told: str) -> None:
    lines = _lines(signed)
    place = 2 if author == "A. N." else 1

    def balanced(plain: Any) -> None:
        change(plain)
        if plain["options"][0]["probability"] == 0.1:
            plain["options"][1]["probability"] = 0.9

    lines[place] = _rehashed(lines[place], balanced)
    for later in range(place + 1, len(lines)):
        previous = json.loads(lines[later - 1])["sha256"]
        lines[later] = _rehashed(lines[later], _set("previous", previous))
    signed.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(foedus.InputError, match=f"line {place + 1}: {told}"):
        read_ledger(signed)


def test_an_appended_forgery_is_named_and_none_can_be_recorded(signed: Path, tmp_path: Path) -> None:
    shares = [Share("no office", 0, 0.5), Share("liaison office", 100, 0.5)]
    for key in (None, Key(tmp_path / "other.key")):
        with pytest.raises(foedus.InputError, match=r"A\. N\. signs since entry 1; give the same --key FILE"):
            record_human(signed, "A. N.", "office", MEETING, shares, DAY, key=key)
    whole = tmp_path / "anew.jsonl"
    record_human(whole, "A. N.", "office", MEETING, shares, DAY, key=Key(tmp_path / "other.key"))
    assert len(read_ledger(whole)) == 1, "a ledger written anew with another key looks whole"
    with pytest.raises(foedus.InputError, match=r"line 1: is signed with another key, and A. N. signs with"):
        read_ledger(whole, authors={"A. N.": Key(tmp_path / "own.key").public})


def test_without_the_extra_signatures_are_told_to_be_unchecked(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "can_sign", lambda: False)
    monkeypatch.setattr(scoring, "can_sign", lambda: False)
    assert len(read_ledger(signed)) == 3
    outcomes = signed.with_name("o.csv")
    outcomes.write_text("issue,on,outcome\noffice,2023-07-11,no office\n", "utf-8")
    found = score_ledger(signed, outcomes)
    assert (found.signed, found.unchecked) == ((1, 3), True)
    assert found.as_answer()["signatures_checked"] is False
