"""A case of one's own, from nothing to an answer without editing a table."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import foedus
from foedus.base.errors import FoedusError
from foedus.cli.app import app
from foedus.coding.deciding import undo
from foedus.coding.entering import Told, enter
from foedus.dossiers import packaged_dossiers
from foedus.dossiers.draft import drafted, text
from foedus.dossiers.proposing import claim_of, cues_of, slug
from foedus.dossiers.renaming import rename
from foedus.dossiers.setting import clear_by_hand
from foedus.explain.position import standing

LEAGUE = (
    "--body", "League of Five", "--members", "Ardonia, Belmar, Corvia, Eland, France", "--rule", "2/3",
    "--question", "Would the League of Five lift the ban on grain?",
    "--option", "no change", "--option", "in part=40", "--option", "in full",
)  # fmt: skip


def run(*words: str, typed: str | None = None) -> str:
    done = CliRunner().invoke(app, list(words), input=typed)
    if isinstance(done.exception, FoedusError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "league"
    run("new", str(folder), *LEAGUE, "--on", "2027-01-15=Winter", "--on", "2027-06-01", "--docket")
    return folder


@pytest.fixture
def league(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "league"))


def test_options_of_a_script_make_a_sound_dossier_with_a_body_of_its_own(league: Path) -> None:
    dossier = foedus.read_dossier(league)
    [issue] = dossier.issues
    assert [(one.label, one.at) for one in issue.options] == [("no change", 0), ("in part", 40), ("in full", 100)]
    assert (issue.status_quo, issue.proposal) == ("no change", "in full")
    assert dossier.institutions.body(issue.body).rule(dt.date(2027, 1, 15)).words() == "at least 2/3 of the members"
    assert [row.actor for row in dossier.stakeholders] == ["ARD", "BELM", "COR", "ELA", "FRA"]
    assert {one.at_support: one.text for one in dossier.concepts} == {
        40: "The League of Five should lift the ban on grain in part",
        100: "The League of Five should lift the ban on grain",
    }
    history = foedus.replay(dossier, histories=20)
    assert [(str(one.on), one.step) for one in history.events] == [
        ("2027-01-15", "table"),
        ("2027-01-15", "vote"),
        ("2027-06-01", "amend"),
        ("2027-06-01", "vote"),
    ]


def test_asked_in_a_terminal_gives_the_same_dossier(made: Path, tmp_path: Path) -> None:
    answers = [
        "Would the League of Five lift the ban on grain?", "League of Five",
        "Ardonia, Belmar, Corvia, Eland, France", "2/3", "15 January", "2027-01-15=Winter", "2027-06-01", "",
        "no change", "in part=40", "in full", "", "1", "in full", "",
    ]  # fmt: skip
    told = run("new", str(tmp_path / "asked"), "--ask", typed="\n".join(answers) + "\n")
    assert "'15 January' is not a day such as 2027-01-15" in told
    for name in ("concepts.csv", "stakeholders.csv", "world/memberships.csv", "institutions/league-five.yaml"):
        assert (tmp_path / "asked" / name).read_text() == (made / name).read_text()
    asked = (tmp_path / "asked/dossier.yaml").read_text()
    assert asked.replace(str(tmp_path / "asked"), str(made)) == (made / "dossier.yaml").read_text()


def test_members_that_are_not_packaged_are_asked_for(tmp_path: Path) -> None:
    about = ("--on", "2022-06-17", "--question", "Would it waive patents?", "--option", "no", "--option", "yes")
    (tmp_path / "bank/institutions").mkdir(parents=True)
    (tmp_path / "bank/institutions/bank.yaml").write_text(
        "{id: bank, name: Governors of the Bank, seats: {membership: world-bank, status: member}, "
        "rule: [{from: 1946-01-01, value: consensus, reference: made up}]}"
    )
    with pytest.raises(FoedusError, match=r"are not packaged: give them, such as --members"):
        run("new", str(tmp_path / "bank"), "--body", "bank", *about)
    with pytest.raises(FoedusError, match=r"who was a member on 2022-06-17 is not known, only from 2022-11-01 on"):
        run("new", str(tmp_path / "imf"), "--body", "imf-board", *about)
    with pytest.raises(FoedusError, match="are known: leave out --members"):
        run("new", str(tmp_path / "nac"), "--body", "nac", "--members", "g7", *about)
    run("new", str(tmp_path / "club"), "--body", "World Club", "--members", "un, Taiwan", *about)
    dossier = foedus.read_dossier(tmp_path / "club")
    assert len(dossier.stakeholders) == 194
    assert dossier.institutions.body("world-club").rule(dt.date(2022, 6, 17)).words() == "consensus"


def test_a_new_dossier_like_another_takes_its_body_priors_and_facts(tmp_path: Path) -> None:
    run("new", str(tmp_path / "again"), "--from", "emissions-1994", "--on", "1995-01-01")
    theirs, mine = foedus.read_dossier("emissions-1994"), foedus.read_dossier(tmp_path / "again")
    assert mine.prior(mine.issues[0].id) == theirs.prior(theirs.issues[0].id)
    assert mine.overlays == theirs.overlays
    assert mine.statements == ()


def test_a_body_goes_by_the_full_name_of_its_organisation(tmp_path: Path) -> None:
    for number, (name, body) in enumerate(
        (("Association of Southeast Asian Nations", "asean-summit"), ("Southern Common Market", "mercosur-council"))
    ):
        told = run(
            "new", str(tmp_path / str(number)), "--body", name, "--on", "2024-07-08",
            "--question", "Should it admit Bolivia?", "--option", "do not admit Bolivia", "--option", "admit Bolivia",
        )  # fmt: skip
        assert "status quo: do not admit Bolivia (by its words); proposal: admit Bolivia" in told
        assert foedus.read_dossier(tmp_path / str(number)).issues[0].body == body


def test_a_telegram_in_one_line_moves_the_position_and_can_be_taken_back(league: Path) -> None:
    run(
        "statements", str(league), "add", "Ardonia", "against", "in full", "It wants prices guaranteed first",
        "--source", "Telegram 12", "--on", "2026-05-03", "--unless", "prices are guaranteed",
    )  # fmt: skip
    found = standing(foedus.read_dossier(league), "Ardonia")
    assert found.option_near(found.member.stand.private.mode) == "no change"
    [one] = found.as_answer()["statements"]  # type: ignore[misc]
    assert one["words"] == "It wants prices guaranteed first"
    assert one["effect"] == "points to 0, no change"
    statement = foedus.read_dossier(league).statements[0]
    assert (statement.signal, statement.condition, statement.marking) == ("threat", "prices are guaranteed", "internal")
    undo(league)
    assert standing(foedus.read_dossier(league), "Ardonia").member.stand.basis == "prior"


def test_who_is_for_the_status_quo_is_against_what_is_proposed(league: Path) -> None:
    told = run(
        "statements", str(league), "add", "Ardonia", "for", "no change", "It wants the ban kept",
        "--source", "Telegram 14", "--on", "2026-05-03",
    )  # fmt: skip
    assert "Ardonia is against 'The League of Five should lift the ban on grain'" in told
    found = standing(foedus.read_dossier(league), "Ardonia")
    assert found.option_near(found.member.stand.private.mode) == "no change"
    [one] = found.as_answer()["statements"]  # type: ignore[misc]
    assert one["effect"] == "points to 0, no change"


def test_a_telegram_that_cannot_be_entered_changes_nothing(league: Path) -> None:
    before = {path.name: path.read_bytes() for path in league.glob("*.csv")}
    day = dt.date(2026, 5, 3)
    for told, why in (
        (Told("Ardonya", "against", "in full", "x", day, "T"), "did you mean ARD"),
        (
            Told("Ardonia", "opposed", "in full", "x", day, "T"),
            "expected one of for, against, neither, abstains, consents",
        ),
        (Told("Ardonia", "against", "an embargo", "x", day, "T"), "name an option"),
        (Told("Ardonia", "against", "in full", "x", day, " "), "--source is blank"),
    ):
        with pytest.raises(FoedusError, match=why):
            enter(league, told)
    assert {path.name: path.read_bytes() for path in league.glob("*.csv")} == before


PRESS = """Grain league nears a vote

Ardonia and Belmar will vote against, diplomats said. "We need a guarantee," said Ardonia's envoy.

Corvia has not made up its mind.
"""


def test_a_sentence_that_the_coder_missed_is_entered_with_its_passage(league: Path, tmp_path: Path) -> None:
    article = tmp_path / "press.txt"
    article.write_text(PRESS, encoding="utf-8")
    run("read", str(article), "--into", str(league), "--published", "2026-05-03")
    add = ("statements", str(league), "add")
    vote = ("--source", "press", "--quote", "Ardonia and Belmar will vote  against, diplomats said")
    for actor in ("Ardonia", "Belmar"):
        run(*add, actor, "against", "in full", *vote)
    run(*add, "Ardonia", "against", "in part", "--source", "press", "--quote", "We need a guarantee")
    run(*add, "Corvia", "neither", "in full", "it has not decided", "--source", "press", "--passage", "p3")
    found = {(one.actor, one.concept): one for one in foedus.read_dossier(league).statements if one.coder == ""}
    full = next(one.id for one in foedus.read_dossier(league).concepts if one.at_support == 100)
    told = found["BELM", full]
    assert (told.passage, told.quote) == ("p2", "Ardonia and Belmar will vote against, diplomats said")
    assert (str(told.said_on), told.marking, told.kind) == ("2026-05-03", "public", "indirect")
    assert found["COR", full].passage == "p3"
    assert [one.kind for (actor, at), one in found.items() if actor == "ARD" and at != full] == ["direct"]
    assert run("check", str(league))
    for quote, why in (
        ("Ardonia and Belmar will vote againts", 'it says: --quote "Ardonia and Belmar will vote against"'),
        ("nobody said this at all", "--passage p3"),
        ('diplomats said. "We need a guarantee," said Ardonia\'s envoy.\n\nCorvia', "more than one paragraph"),
    ):
        with pytest.raises(FoedusError, match=why):
            run(*add, "Eland", "for", "in full", "--source", "press", "--quote", quote)


def test_a_position_is_set_with_a_note_and_cleared_to_the_same_bytes(league: Path) -> None:
    before = (league / "stakeholders.csv").read_bytes()
    with pytest.raises(FoedusError, match="needs a note"):
        run("position", str(league), "Ardonia", "--set", "in part")
    answer = json.loads(run("position", str(league), "Ardonia", "--set", "in part", "--note", "a call", "--json"))
    assert answer["position"] == {"low": 40, "mode": 40, "high": 40}
    assert (answer["basis"], answer["note"], answer["nearest_option"]) == ("set by hand", "a call", "in part")
    assert clear_by_hand(league, "ARD", foedus.read_dossier(league).issues[0].id)
    assert (league / "stakeholders.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("office", "presence", "issue"),
        ("programme office", "small office", "option"),
        ("asia-role", "reach", "concept"),
    ],
)
def test_a_renamed_thing_is_followed_by_all_that_refer_to_it(tmp_path: Path, old: str, new: str, kind: str) -> None:
    folder = tmp_path / "tokyo"
    shutil.copytree(packaged_dossiers()["tokyo-office"], folder)
    before = {path: path.read_bytes() for path in folder.iterdir() if path.suffix in {".csv", ".yaml"}}
    found = rename(folder, old, new, kind=kind)
    dossier = foedus.read_dossier(folder)
    names = {
        "issue": [one.id for one in dossier.issues],
        "option": [o.label for one in dossier.issues for o in one.options],
        "concept": [one.id for one in dossier.concepts],
    }[kind]
    assert new in names
    assert old not in names
    if kind == "issue":
        assert {"FRA.presence.position", "FRA.presence.public_position"} <= set(dossier.settings.scenarios[0].set)
        assert {one.issue for one in dossier.pages} == {"presence"}
    if kind == "option":
        was = foedus.forecast(foedus.read_dossier("tokyo-office"), as_of="2023-07-10", models=["consensus"], draws=100)
        now = foedus.forecast(dossier, as_of="2023-07-10", models=["consensus"], draws=100)
        assert [one.probability for one in now.options] == [one.probability for one in was.options]
    rename(folder, new, old, kind=kind, issue=found.issue or None)
    assert {path: path.read_bytes() for path in before} == before


def test_a_name_that_is_no_name_or_two_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "tokyo"
    shutil.copytree(packaged_dossiers()["tokyo-office"], folder)
    for words, told in (
        (("office", "x"), "say which with --kind"),
        (("bureau", "x"), "nothing is called 'bureau'; issues: office, text"),
        (("text", "a b"), "an id has letters"),
        (("text", "office"), "taken by another issue"),
    ):
        with pytest.raises(FoedusError, match=told):
            rename(folder, *words)


@given(words=st.text(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_ids_and_yaml_of_any_words_are_sound(words: str) -> None:
    import re

    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", slug(words))
    assert json.loads(text(words)) == words.strip()
    assert all(one.strip() and len(one.split()) <= 6 for one in cues_of(words))


def test_claims_of_questions_of_yes_or_no() -> None:
    for question, claim in (
        ("Will ECOWAS intervene in Niger with force?", "ECOWAS should intervene in Niger with force"),
        ("will the council adopt the law?", "The council should adopt the law"),
        (
            "Would the EU member states let the tariffs on Chinese cars pass?",
            "The EU member states should let the tariffs on Chinese cars pass",
        ),
        ("Will the ASEAN foreign ministers condemn the coup?", "The ASEAN foreign ministers should condemn the coup"),
        ("Would NATO let member states train abroad?", "NATO should let member states train abroad"),
        ("Whom would the Council appoint?", ""),
        ("Is it over?", ""),
    ):
        assert claim_of(question) == claim


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["one"], "two options or more"),
        (["a", "A"], "words of its own"),
        (["a=1", "b=1"], "another option stands at 1"),
        (["a=x", "b"], "with a number"),
    ],
)
def test_options_that_make_no_line_are_refused(options: list[str], told: str) -> None:
    with pytest.raises(FoedusError, match=told):
        drafted("Would it?", options, ["2027-01-01"])
