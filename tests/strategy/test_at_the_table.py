"""A rival that sits in the body that decides, and acts that no class of the record fits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import foedus
from foedus.base.answers import as_json
from foedus.base.days import parse_day
from foedus.dossiers import new_dossier, packaged_dossiers, read_dossier
from foedus.dossiers.draft import drafted
from foedus.reports.response_brief import brief_on_answers
from foedus.reports.response_charts import response_charts
from foedus.reports.responses import response_sections, sentence


@pytest.mark.parametrize(
    ("body", "rival", "seated", "unlike"),
    [
        ("osce-council", "RUS", True, True),  # no office of the OSCE is on record as an act of an alliance
        ("nac", "RUS", False, False),
        ("nac", "TUR", True, False),
        ("unsc", "CHN", True, True),
    ],
)
def test_no_share_is_given_for_who_answers_at_the_table_or_for_what_no_class_fits(
    tmp_path: Path, body: str, rival: str, seated: bool, unlike: bool
) -> None:
    draft = drafted("An office?", ["no office=0", "an office=100"], ["2023-12-01"], issue="office")
    new_dossier(tmp_path / "own", body, parse_day("2023-12-01"), draft)
    found = foedus.respond(read_dossier(tmp_path / "own"), to=rival, target="UKR", like="office", draws=20)
    warned = " ".join(found.warnings)
    assert ("sits in the body that decides" in warned, "No class of acts fits" in warned) == (seated, unlike)
    if seated or unlike:
        assert found.main.record is None
        assert "%" not in str(sentence(found))


@pytest.mark.parametrize(("body", "unlike"), [("nac", False), ("european-council", True)])
def test_what_an_alliance_alone_did_is_not_counted_for_another_body(tmp_path: Path, body: str, unlike: bool) -> None:
    """Finding: Moscow's answers to NATO's enlargement were given as shares for talks of the European Union."""
    draft = drafted("Moldova?", ["no step=0", "all clusters=100"], ["2026-12-17"], issue="clusters")
    new_dossier(tmp_path / "own", body, parse_day("2026-12-17"), draft)
    found = foedus.respond(read_dossier(tmp_path / "own"), to="RUS", target="MDA", like="accession", draws=20)
    assert any("No class of acts fits" in one for one in found.warnings) == unlike
    assert (found.main.record is None) == unlike


def test_an_office_of_an_alliance_keeps_its_record() -> None:
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    found = foedus.respond(dossier, "office", "2023-07-10", draws=20)
    assert found.main.record is not None
    assert not any("sits in the body" in one or "No class" in one for one in found.warnings)


@pytest.mark.parametrize(
    ("body", "rival", "target", "why"),
    [
        ("unsc", "RUS", "JPN", "takes part in the decision itself"),
        ("nac", "TUR", "GRC", "takes part in the decision itself"),
        ("nac", "RUS", "UKR", "there is no peace between Russia and Ukraine"),
    ],
)
def test_no_game_is_played_where_there_is_no_peace_or_the_rival_decides(
    tmp_path: Path, body: str, rival: str, target: str, why: str
) -> None:
    """Finding: verdicts of the games stood below the warning that they say nothing about such a pair."""
    draft = drafted("An exercise?", ["none=0", "a large one=100"], ["2024-03-01"], issue="exercise")
    new_dossier(tmp_path / "own", body, parse_day("2024-03-01"), draft)
    found = foedus.respond(read_dossier(tmp_path / "own"), to=rival, target=target, like="exercise", draws=20)
    assert why in found.no_game
    told = {one.id: str(one) for one in response_sections(found)}
    assert why in told["deterrence"]
    assert not {"games", "beliefs", "turns"} & set(told)
    below = str([text for name, text in told.items() if name != "question"])
    assert not any(word in below for word in ("could go either way", "provokes", "crisis game", "Entrapment"))
    answer = json.loads(as_json(found))
    assert answer["options"][0]["deterrence"] is None
    assert (answer["models"], answer["perception"], answer["break_even"], answer["voices"]) == ([], [], [], [])
    assert answer["no_game"] == found.no_game
    assert not {"break-even", "beliefs"} & set(response_charts(found))
    brief = {one.id for one in brief_on_answers(found)}
    assert "response-sign" in brief
    assert "response-beliefs" not in brief


def test_acts_of_another_class_alone_tell_too_little(tmp_path: Path) -> None:
    """Finding: a text of ASEAN was said to be answered by ships, since ships were sent after seven acts at sea."""
    draft = drafted("A text?", ["no statement=0", "China is named=100"], ["2026-12-12"], issue="text")
    new_dossier(tmp_path / "own", "asean-summit", parse_day("2026-12-12"), draft)
    found = foedus.respond(read_dossier(tmp_path / "own"), to="CHN", target="PHL", like="text/territory", draws=20)
    assert found.main.record is not None
    assert found.main.record.alike == 0
    assert str(sentence(found)).startswith("Too little to say how China answers 'China is named': none of the 7")
    office = foedus.respond(read_dossier(packaged_dossiers()["tokyo-office"]), "office", "2023-07-10", draws=20)
    assert office.main.record is not None
    assert office.main.record.alike
