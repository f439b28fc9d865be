"""``foedus obligations``: tables for people, JSON with the keys of the contract, errors with status 2."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.command_line import command

GUAM = ["--treaty", "nato", "--attack-on", "Guam", "--by", "PRK", "--on", "2023-07-11"]


run = command("obligations")


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    status, out, err = run(capsys, *arguments, "--json")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    assert found["schema"] == 1
    return found


def test_the_keys_of_one_treaty(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *GUAM)
    assert {"treaty", "on", "engaged", "invoked_by", "determined_by", "owed_by", "why"} <= set(found)
    assert (found["treaty"], found["on"], found["engaged"]) == ("nato", "2023-07-11", "no")
    assert set(found["why"]) == {"rule", "value", "reference", "children"}
    covered = answer(capsys, *GUAM[:2], "--attack-on", "California", "--on", "2023-07-11")
    assert covered["engaged"] == "yes"
    assert {frozenset(one) for one in covered["owed_by"]} == {frozenset({"actor", "obligation", "reference", "kind"})}
    assert len(covered["owed_by"]) == 30


def test_the_keys_of_all_treaties(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--attack-on", "Yeonpyeong", "--by", "PRK", "--on", "2010-11-23")
    assert set(found) == {
        "schema",
        "on",
        "attack_on",
        "answers",
        "open_to_consultation",
        "signed_only",
        "coverage",
    }
    assert "nato" not in {one["treaty"] for one in found["open_to_consultation"]}
    assert [one["region"] for one in found["coverage"]] == ["Asia"]
    assert [one["treaty"] for one in found["answers"] if one["engaged"] == "yes"] == ["us-korea"]


def test_the_other_questions_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    consultation = answer(capsys, "--treaty", "Washington Treaty", "--consultation-by", "EST", "--on", "2025-09-19")
    assert (consultation["treaty"], consultation["engaged"], len(consultation["owed_by"])) == ("nato", "yes", 32)
    accession = answer(capsys, "--treaty", "nato", "--accession-of", "Japan", "--on", "2023-07-11")
    assert (accession["actor"], accession["open"], accession["consent_of"]) == ("JPN", "no", [])
    limits = answer(capsys, "--limits-of", "Japan", "--on", "2016-03-29")
    assert (limits["act"], limits["permitted"], len(limits["conditions"])) == (
        "collective-self-defence",
        "under conditions",
        3,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*GUAM, "--why"], ["Consultation, Article 4: yes, if any party asks", "Guam lies in North America: no"]),
        (["--attack-on", "Ukraine", "--on", "2022-02-24"], ["budapest", "Paragraph 6"]),
        (["--attack-on", "CHE", "--on", "2023-07-11"], ["no treaty known here binds any state attacked at CHE"]),
        (["--treaty", "nato", "--attack-on", "Ceuta", "--on", "2022-06-28"], ["Owed if it applies by", "Reading of"]),
        (["--treaty", "nato", "--consultation-by", "POL", "--on", "2025-09-10", "--why"], ["Owed by 32 parties"]),
        (["--treaty", "nato", "--accession-of", "GEO", "--on", "2003-01-01", "--why"], ["contested", "Reading of"]),
        (["--limits-of", "JPN", "--on", "2024-01-01", "--why"], ["Condition: ", "Decided by: ", "before 2014-07-01"]),
    ],
)
def test_what_people_read(capsys: pytest.CaptureFixture[str], arguments: list[str], words: list[str]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, err) == (0, "")
    for one in words:
        assert one in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give one of --attack-on, --consultation-by, --accession-of and --limits-of"),
        (["--attack-on", "Guam", "--limits-of", "JPN"], "give one of --attack-on"),
        (["--accession-of", "Japan"], "name the treaty with --treaty"),
        (["--consultation-by", "Japan"], "name the treaty with --treaty"),
        ([*GUAM[:4], "--on", "11.7.23"], "--on: '11.7.23' is not a day such as 2023-07-11"),
        ([*GUAM[:2], "--attack-on", "Guamm"], "no place 'Guamm'; did you mean guam"),
        ([*GUAM[:4], "--means", "magic"], "no means 'magic'"),
    ],
)
def test_bad_input(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert message in err


JAPAN = ["--attack-on", "Japan", "--by", "PRK", "--on", "2023-07-11", "--helper", "USA", "--helper", "France"]


def test_who_would_help_with_what(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *JAPAN, "--pull", "0.1:0.3")
    usa, fra = found["helpers"]
    assert [one["actor"] for one in (usa, fra)] == ["USA", "FRA"]
    assert usa["owes"] == ["Treaty of Mutual Cooperation and Security, Article V"]
    assert fra["owes"] == []
    assert found["pull"] == {"low": 0.1, "high": 0.3}
    assert {one["record"]["kind"] for one in fra["likely"]} == {"fighting", "arming", "paying", "sanctions", "speaking"}
    for ally in (one for one in fra["likely"] if one["record"]["kind"] != "paying"):
        record = ally["record"]
        assert record["low"] < record["probability"] < ally["pulled_low"] < ally["pulled_high"] <= 1
    assert all(one["pulled_low"] is None for one in usa["likely"])  # Washington does not pull itself
    _, told, _ = run(capsys, *JAPAN)
    assert "Owes defence under Treaty of Mutual Cooperation and Security, Article V." in told
    assert "No treaty on file binds it to defend." in told
    assert "with Washington" not in told


def test_what_became_known_later_helps_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--attack-on", "Japan", "--by", "PRK", "--on", "2021-12-31", "--helper", "USA")
    (usa,) = found["helpers"]
    assert {one["contingency"] for one in usa["earlier"]} == {"korea-1950"}
    assert [one["record"]["kind"] for one in usa["likely"]] == ["fighting"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([*JAPAN, "--pull", "much"], "--pull much: expected two numbers from 0 to 1, such as 0.1:0.3"),
        ([*JAPAN, "--pull", "0.3:0.1"], "the pull of Washington: 0.3 to 0.1; expected 0 to 1, in order"),
        ([*JAPAN, "--treaty", "us-japan"], "--helper looks at all treaties; leave out --treaty"),
        ([*GUAM, "--pull", "0.1"], "--pull and --in need --helper"),
        (["--limits-of", "Japan", "--helper", "USA"], "--helper needs --attack-on"),
    ],
)
def test_helpers_that_are_asked_for_wrongly(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    status, _, err = run(capsys, *arguments)
    assert status == 2
    assert told in err


@pytest.mark.parametrize(
    ("place", "by", "on"),
    [("Myanmar", "CHN", "2023-01-01"), ("Cyprus", "TUR", "1974-07-20"), ("Pakistan", "IND", "2025-05-07")],
)
def test_nobody_is_told_to_consult_from_far_away(
    place: str, by: str, on: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Finding: the Warsaw Pact for Cyprus, the Manila Pact for Pakistan in 2025, on every answer."""
    _, told, _ = run(capsys, "--attack-on", place, "--by", by, "--on", on)
    assert "may also ask for consultation" not in told


def test_a_treaty_not_yet_in_force_and_what_was_not_looked_up_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Finding: silence read as no treaty."""
    _, told, _ = run(capsys, "--attack-on", "PNG", "--on", "2026-01-01")
    assert "Signed on 2025-10-06 but not in force on the day, so it creates no duty yet: Australia-Papua New" in told
    assert "Not looked up for Oceania" in told
    _, told, _ = run(capsys, "--attack-on", "Poland", "--by", "RUS", "--on", "2023-07-11")
    assert "Not looked up for Europe, so others may owe help too" in told


def test_who_owes_less_or_only_politically_stands_apart_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Finding: table and text contradicted one another."""
    _, told, _ = run(capsys, "--treaty", "seato", "--attack-on", "South Vietnam", "--on", "1970-01-01")
    assert "consultation only: USA" in told
    assert "invitation or with the consent of its government" in told
    _, told, _ = run(capsys, "--treaty", "uk-finland", "--attack-on", "Finland", "--by", "RUS", "--on", "2022-06-01")
    assert "defence (political)" in told
    _, told, _ = run(capsys, "--treaty", "warsaw-pact", "--attack-on", "Soviet Union", "--on", "1969-03-02")
    assert "if the attack meets the part in Europe; name a place there" in told
    assert "disputed" not in told


def test_names_are_read_as_on_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    """Finding: Yugoslavia was read as Serbia and Montenegro, and said not to have existed in 1980."""
    status, out, err = run(capsys, "--attack-on", "Yugoslavia", "--by", "Soviet Union", "--on", "1980-01-01")
    assert (status, err) == (0, "")
    assert "no treaty known here binds any state attacked at Yugoslavia on 1980-01-01" in out


def test_a_suspended_duty_the_attacker_and_the_reason_of_a_no_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--attack-on", "New Zealand", "--by", "Soviet Union", "--on", "1990-01-01")
    assert "Attack on New Zealand by Soviet Union, 1990-01-01" in out
    assert "Note on anzus: USA owes NZL nothing: suspended since 1986-08-11" in out
    _, out, _ = run(capsys, "--attack-on", "Falkland Islands", "--by", "Argentina", "--on", "1982-04-03")
    assert (
        "nato: no, because this condition is not met: Falkland Islands lies in the area of Article 5 for territory"
        in out
    )
    assert (
        "(Falkland Islands is in or on North Atlantic: no, sea South Atlantic; the area is territory of a party in"
        in out
    )
    assert "[North Atlantic Treaty, Article 6;" in out


def test_what_each_treaty_owes_is_told_where_several_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """The American understanding to the Manila Pact: against an attacker that is not communist it owes consultation."""
    _, out, _ = run(capsys, "--attack-on", "Thailand", "--by", "Philippines", "--on", "2025-07-24")
    assert "Owed if it applies by USA: to consult under Article IV(2)" in out
    _, out, _ = run(capsys, "--attack-on", "Greenland", "--by", "USA", "--on", "2026-01-10")
    assert "In force with an attacked state, without a duty to act: us-denmark, us-denmark-dca" in out
    assert "A reading by sovereignty: yes;" in out
    assert "may also ask for consultation under rio (Article 6)" in out  # NATO's Article 4 stands with its Article 5
    _, out, _ = run(capsys, "--attack-on", "Diego Garcia", "--by", "IRN", "--on", "2026-03-21")
    assert (
        "nato: no, because this condition is not met: Diego Garcia lies in the area of Article 5 for territory" in out
    )
    assert "Covering other places, means or attackers (--treaty shows why): budapest, cyprus-guarantee, fpda" in out


def test_a_no_on_consultation_and_accession_says_what_it_turns_on(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--treaty", "nato", "--consultation-by", "Japan", "--on", "2024-06-01")
    assert "This condition is not met: Japan is a party on 2024-06-01" in out
    _, out, _ = run(capsys, "--treaty", "nato", "--accession-of", "Japan", "--on", "2024-06-01")
    assert "The rule: another European state that can further the principles of the treaty" in out
    assert "[North Atlantic Treaty, Article 10]\nThis condition is not met: Japan lies in Europe" in out


def test_a_duty_to_consult_is_told_once_and_names_who_asks(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--attack-on", "Taiwan", "--on", "2024-01-01")
    assert status == 0
    assert "if  asks" not in out
    assert out.count("arms are provided and the capacity to resist force is kept") == 1


def test_who_perhaps_is_a_party_is_helped_perhaps_with_both_answers_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Finding: a state listed as perhaps owing was told to be no party when it was attacked itself."""
    _, told, _ = run(capsys, "--attack-on", "Oman", "--by", "IRN", "--on", "2026-03-01")
    assert "Reading of whoever finds Oman a party: yes" in told
    assert "Reading of whoever finds Oman no party: no" in told


def test_who_claims_a_place_is_named_beside_what_a_treaty_says_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Finding: Syria owed Russia consultation for Crimea, without a word on whose it is."""
    _, told, _ = run(capsys, "--treaty", "soviet-syria", "--attack-on", "Crimea", "--by", "UKR", "--on", "2023-06-01")
    assert "Reading of Russia: yes; Crimea is territory of Russia" in told
    assert "Reading of Ukraine: no; Crimea is territory of Ukraine" in told


def test_a_place_is_found_by_its_id_in_words_and_a_long_area_by_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """Findings: 'Guantanamo Bay' was no place, and the Manila Pact's area was a list of nine names."""
    asked = ("--treaty", "nato", "--attack-on", "Guantanamo Bay", "--by", "CUB", "--on", "2025-06-01")
    assert run(capsys, *asked)[0] == 0
    asked = ("--treaty", "seato", "--attack-on", "Second Thomas Shoal", "--forces-of", "PHL", "--on", "2024-06-17")
    _, told, _ = run(capsys, *asked, "--why")
    assert "Republic of Vietnam" not in told


def test_force_on_ones_own_territory_moves_nobody_far_away_to_consult(capsys: pytest.CaptureFixture[str]) -> None:
    """Finding: the American states and ANZUS for Transnistria."""
    _, told, _ = run(capsys, "--attack-on", "Transnistria", "--by", "MDA", "--on", "2023-06-01")
    assert "may also ask for consultation under csto (Article 2), nato (Article 4)" in told


def test_who_perhaps_is_a_party_may_perhaps_ask_for_consultation(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--treaty", "arab-league", "--consultation-by", "Djibouti", "--on", "2025-06-01")
    told = run(capsys, *asked)[1]
    assert "contested" in told.splitlines()[0]
    assert "It is not known whether Djibouti is a party on 2025-06-01: some states that joined" in told
