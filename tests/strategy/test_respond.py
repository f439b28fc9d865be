"""How others answer, from packaged dossiers: what is promised of the answer, and what would make people laugh."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pytest

import foedus
from foedus.base.answers import as_json
from foedus.base.errors import FoedusError
from foedus.cli import main
from foedus.cli.schema import schema_of
from foedus.dossiers import copy_packaged, packaged_dossiers
from foedus.reports.response_charts import response_charts
from foedus.reports.responses import response_sections
from foedus.reports.save import save_sections
from foedus.reports.sections import Section
from foedus.strategy import Responded
from foedus.strategy.deterrence import PROVOKES
from foedus.strategy.games.crisis_signalling import Payoffs, solve
from foedus.strategy.host import worth_to_defender
from foedus.strategy.parameters import Drawn, game_without
from foedus.strategy.record.acts import read_record
from foedus.strategy.settings import defaults, read_response
from foedus.strategy.verdicts import CARDS
from foedus.world import packaged_world

BEFORE = "2023-07-10"


@pytest.fixture(scope="module")
def office() -> Responded:
    """The liaison office, by what was known the day before Vilnius."""
    return foedus.respond(foedus.read_dossier(packaged_dossiers()["tokyo-office"]), "office", BEFORE, draws=200)


@pytest.fixture(scope="module")
def later() -> Responded:
    return foedus.respond(foedus.read_dossier(packaged_dossiers()["tokyo-office"]), "office", "2024-07-10", draws=100)


@pytest.fixture(scope="module")
def finland() -> Responded:
    dossier = foedus.read_dossier(packaged_dossiers()["nordic-accession"])
    return foedus.respond(dossier, "finland", "2022-05-18", draws=60)


def section(found: Responded, name: str) -> Section:
    return next(one for one in response_sections(found) if one.id == name)


def told(found: Responded) -> str:
    """All words of all sections."""
    lines: list[str] = []
    for section in response_sections(found):
        lines.append(section.title)
        for block in section.blocks:
            lines.append(str(block))
            for row in getattr(block, "rows", ()):
                lines += [str(cell) for cell in row]
    return "\n".join(lines)


def test_a_kind_that_was_never_seen_has_no_percentage(office: Responded) -> None:
    document = json.loads(as_json(office))
    for option in document["options"]:
        for kind, share in option["answer"].items():
            assert (share["probability"] is None) == (share["seen"] == 0), kind
            assert (share["bound"] is None) == (share["seen"] > 0), kind
    assert document["options"][-1]["answer"]["force"]["seen"] == 0
    (table,) = section(office, "answers").table(0).rows[-1:]
    assert [str(cell) for cell in table][:3] == ["force", f"0 of {office.main.record.acts}", "no case"]  # type: ignore[union-attr]
    after = {one["kind"]: one for one in document["after_meeting"]}
    assert after["force"]["probability"] is None
    assert 0 < after["force"]["bound"] < 0.15


def test_doubtful_answers_are_counted_apart(office: Responded) -> None:
    record, other = office.main.record, office.main.coincident
    assert record is not None
    assert other is not None
    assert record.counts["military"] == 0
    assert other.counts["military"] > 0
    assert "with doubtful ones" in section(office, "answers").table().headings


def test_hindsight_is_cut(office: Responded, later: Responded) -> None:
    assert office.main.record is not None
    assert later.main.record is not None
    assert all(str(one.on) <= BEFORE for one in office.main.record.nearest)
    assert office.main.record.acts < later.main.record.acts
    assert {one.actor for one in office.picture.voices} == {"JPN", "umd"}  # the others spoke later
    assert {one.actor for one in later.picture.voices} == {"FRA", "SWE", "JPN", "umd"}
    assert "was not known by" in office.gap
    assert "frs03 and frs04" in later.gap
    assert any("reconstruction" in one for one in office.caveats)


def test_the_voices_stand_where_their_words_put_them(later: Responded) -> None:
    sides = {one.actor: one.side for one in later.picture.voices}
    assert (sides["FRA"], sides["SWE"], sides["umd"]) == (PROVOKES, "nothing", PROVOKES)
    assert sides["JPN"] == "deters"
    statements = {one.id: one for one in foedus.read_dossier(packaged_dossiers()["tokyo-office"]).statements}
    assert all(statements[one.statement].paraphrase == one.said for one in later.picture.voices)


def test_no_effect_of_a_pact_for_an_office(office: Responded, finland: Responded) -> None:
    assert office.main.gate.new == ()
    assert "Mutual Cooperation and Security" in office.main.gate.reach
    assert max(company for _, company, _ in office.picture.cloud) <= defaults().shifts["office"].company.high  # type: ignore[union-attr]
    assert any("No effect of a defence pact is counted" in one for one in office.caveats)
    assert finland.main.gate.new == ("nato",)
    assert max(company for _, company, _ in finland.picture.cloud) > defaults().shifts["accession"].company.high  # type: ignore[union-attr]


def test_a_party_already_bound_gains_no_new_duty(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    copy_packaged("nordic-accession", folder)
    declared = folder / "response.yaml"
    declared.write_text(declared.read_text("utf-8").replace("target: FIN", "target: POL"), "utf-8")
    found = foedus.respond(foedus.read_dossier(folder), "finland", "2023-05-01", draws=20)
    assert found.main.gate.new == ()
    assert "is a party already" in found.main.gate.why.value


def test_an_exercise_brings_no_treaty_into_force() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["nordic-accession"])
    found = foedus.respond(dossier, "sweden", "2022-06-01", like="exercise", draws=20)
    assert (found.main.act, found.main.gate.new) == ("exercise", ())


def test_a_word_that_is_class_and_object_is_taken_as_both() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["oil-embargo-2022"])
    found = foedus.respond(dossier, to="Russia", target="Ukraine", like="accession", draws=10)
    assert (found.main.act, found.main.about, found.main.gate.new) == ("accession", "accession", ())


def test_every_key_of_the_answer_is_explained() -> None:
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
    section = page.split("## `foedus respond`", 1)[1].split("\n## ", 1)[0]
    explained = set(re.findall(r"`([a-z0-9_]+)`", section))

    def keys(shape: dict[str, Any]) -> Iterator[str]:
        for name, below in shape.get("properties", {}).items():
            yield name
            yield from keys(below)
            yield from keys(below.get("items", {}))

    assert set(keys(schema_of("respond"))) - {"schema"} <= explained


def test_games_stand_side_by_side(office: Responded) -> None:
    assert [one.model for one in office.models] == list(CARDS)
    assert all(one.residual is None or one.residual < 1e-12 for one in office.models)
    words = told(office)
    assert "never averaged" in words
    assert not any(name in words.casefold() for name in ("greedy", "revisionist", "security-seeking"))


def test_the_verdict_is_told_with_its_size(office: Responded) -> None:
    main_ = office.main.deterrence
    assert main_.deters + main_.provokes + main_.neither == pytest.approx(1)
    assert sum(main_.outcomes.values()) == pytest.approx(1, abs=1e-9)
    assert main_.one + main_.several + main_.unsolved == 200
    assert main_.residual < 1e-12
    assert main_.q05 <= main_.change <= main_.q95
    judged = section(office, "deterrence").blocks[0]
    assert f"{100 * main_.q05:+.1f} to {100 * main_.q95:+.1f} points" in str(judged)
    assert main_.words in str(judged)


def test_what_is_decided_is_the_forecast(office: Responded) -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    expected = foedus.forecast(dossier, issue="office", as_of=BEFORE)
    assert {one.label: one.decided for one in office.options} == {
        one.label: one.probability for one in expected.options if one.label != "no office"
    }
    share = {one.label: one.record.share("diplomatic").share for one in office.options if one.record}
    mixed = sum(expected.probability(label) * value for label, value in share.items() if value)
    assert {one.kind: one.probability for one in office.mixed}["diplomatic"] == pytest.approx(mixed)


def test_the_same_seed_gives_the_same_answer(finland: Responded) -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["nordic-accession"])
    assert as_json(foedus.respond(dossier, "finland", "2022-05-18", draws=60)) == as_json(finland)


def test_the_chance_of_a_challenge_follows_the_horizon() -> None:
    drawn = Drawn(1, "office", 40)
    year, month = (game_without(defaults(), drawn, days)[0].challenge for days in (365, 30))
    assert (1 - month) ** (365 / 30) == pytest.approx(1 - year, abs=1e-9)


def test_draws_of_an_input_do_not_depend_on_their_number() -> None:
    few, many = Drawn(1, "office", 10), Drawn(1, "office", 50)
    assert (
        few.of("challenge", defaults().challenge).tolist() == many.of("challenge", defaults().challenge).tolist()[:10]
    )


def test_an_option_that_shifts_nothing_changes_nothing(tmp_path: Path) -> None:
    copy_packaged("tokyo-office", home := tmp_path / "tokyo")
    path = home / "response.yaml"
    none = "shifts: {discontent: 0, company: 0, fear: 0}"
    path.write_text(
        path.read_text("utf-8").replace(
            "{label: liaison office, class: office,", f"{{label: liaison office, class: office, {none},"
        )
    )
    found = foedus.respond(foedus.read_dossier(home), "office", BEFORE, draws=30)
    assert (found.main.deterrence.q05, found.main.deterrence.q95, found.main.deterrence.verdict) == (0, 0, "nothing")


def test_a_misreading_bears_on_war_as_published(office: Responded) -> None:
    by = {(one.who, one.shared): one for one in office.perception}
    truth = by["nobody", None].war
    assert by["defender", True].war < truth < by["defender", False].war
    assert by["rival", False].challenge < by["nobody", None].challenge
    assert by["defender", False].regret > 0  # type: ignore[operator]


def test_the_defenders_worth_by_simulated_types() -> None:
    game = Payoffs(0.0, 1.0, 0.0, -1.9, -2.4, 1.0, -1.2)
    found = solve(game)
    p_c, p_f = (float(one[0, 0]) for one in (found.challenge, found.fight))
    rng, n = np.random.default_rng(2), 1_000_000
    war = -2.4 + rng.standard_normal(n)
    stands = p_f * war + 1 - p_f > 0
    earned = (1 - p_c) + p_c * np.where(stands, p_f * war + 1 - p_f, 0.0).mean()
    assert worth_to_defender(game, found.challenge[:, 0], found.resist[:, 0], found.fight[:, 0])[0] == pytest.approx(
        earned, abs=4 * 0.2 * p_c / np.sqrt(n)
    )


@pytest.mark.parametrize(
    ("dossier", "asked", "words"),
    [
        ("nature-law-2024", {}, "no rival is named in nature-law-2024, so this question may not apply"),
        ("oil-embargo-2022", {"to": "RUS"}, "the target of a challenge"),
        ("oil-embargo-2022", {"to": "RUS", "target": "UKR"}, "what kind of act is it"),
        ("oil-embargo-2022", {"to": "RUS", "target": "Russia", "like": "sanction"}, "cannot be both"),
        ("secretary-general-2024", {}, "in no order"),
        ("tokyo-office", {"option": "an embassy"}, "no option 'an embassy'"),
        ("tokyo-office", {"models": ("chess",)}, "no game 'chess'"),
        (
            "oil-embargo-2022",
            {"to": "RUS", "target": "UKR", "like": "taiwan"},
            "give --like with a class such as visit/taiwan",
        ),
        ("tokyo-office", {"like": "parade"}, "no comparable acts are known for 'parade'"),
    ],
)
def test_what_is_missing_is_told_with_its_remedy(dossier: str, asked: dict[str, str], words: str) -> None:
    with pytest.raises(FoedusError, match=words):
        foedus.respond(foedus.read_dossier(packaged_dossiers()[dossier]), draws=10, **asked)  # type: ignore[arg-type]


def test_what_response_yaml_gets_wrong_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy_packaged("tokyo-office", home := tmp_path / "tokyo")
    path = home / "response.yaml"
    right = path.read_text("utf-8").replace("statement: fp09", "statement: fp99")
    path.write_text(right, "utf-8")
    with pytest.raises(SystemExit):
        main(["check", str(home), "--json"])
    gaps = json.loads(capsys.readouterr().out)["gaps"]
    what = "names fp99, which the dossier does not have; what rests on them is left out"
    assert {"kind": "response", "what": what, "where": "response.yaml"} in gaps
    with pytest.raises(SystemExit):
        main(["respond", str(home), "--draws", "20"])  # goes on without that voice
    assert "could go either way" in capsys.readouterr().out
    path.write_text(right.replace("rival: CHN", "rival: CHX").replace("label: a mention", "label: a word"), "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["check", str(home)])
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert all(one in err for one in ("no actor 'CHX'", "no option 'a word'"))


def test_renaming_an_option_renames_it_here_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy_packaged("tokyo-office", home := tmp_path / "tokyo")
    for words in (["programme office", "small office"], ["provocation", "tension"], ["invitation", "guests"]):
        with pytest.raises(SystemExit) as ended:
            main(["rename", str(home), *words])
        assert not ended.value.code, capsys.readouterr().err
    declared = read_response(foedus.read_dossier(home))
    assert declared is not None
    assert [one.id for one in declared.issues] == ["office", "text", "guests", "programme"]
    assert declared.issues[0].provokes == ("tension",)
    assert [one.label for one in declared.issues[0].options] == ["liaison officer", "small office", "liaison office"]


def test_charts_show_every_case_and_voice(later: Responded) -> None:
    record = later.main.record
    assert record is not None
    for width in (690, 340):
        charts = {name: draw(width) for name, draw in response_charts(later).items()}
        dots = [row for row in charts["strip"].data["cases"] if row["case"] and row["option"] == later.main.label]
        assert len(dots) == record.acts
        assert {row["voice"] for row in charts["break-even"].data["voices"]} == {
            "Macron",
            "Billström",
            "Japan",
            "Shifrinson",
        }
        assert len(charts["beliefs"].data["beliefs"]) == 4


def test_page_and_word_say_what_the_terminal_says(tmp_path: Path, office: Responded) -> None:
    page, paper = tmp_path / "r.html", tmp_path / "r.docx"
    sections, charts = response_sections(office), response_charts(office)
    for path in (page, paper):
        save_sections("How would China answer?", sections, path, office.as_of, office.marking, charts=charts)
    written = " ".join(one.text for one in docx.Document(str(paper)).paragraphs)
    html = page.read_text("utf-8").replace("&#39;", "'")
    sentence = "China most likely answers 'liaison office' with words or protests: it did so after"
    assert all(sentence in one for one in (told(office), written, html))
    assert "Does it deter or provoke?" in written
    assert html.count("<figure") == 4


def test_the_sentence_names_the_answer_with_the_largest_share() -> None:
    """Finding: "leaves it unanswered" stood above a table that gave 73 % to words, where the shares are of all acts."""
    tokyo = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    found = foedus.respond(tokyo, "office", "2024-07-01", to="Russia", target="Romania", draws=20)
    record = found.main.record
    assert record is not None
    assert (record.basis, record.counts["none"], record.acts) == ("all acts", 6, 8)
    assert max(record.shares, key=lambda kind: kind.share or 0.0).kind == "diplomatic"
    assert (
        "Russia most likely answers 'liaison office' with words or protests, by its answers to all acts on record "
        "(73 %). Of 8 comparable acts known by 2024-07-01, 6 were left unanswered"
    ) in told(found)


def test_no_list_of_punishments_and_no_ladder() -> None:
    """Rates come from acts that were sampled, never from lists of what was punished; nothing tests a ladder."""
    home = Path(foedus.__file__).parent / "strategy"
    code = "\n".join(path.read_text("utf-8") for path in (home / "record").glob("*.py"))
    assert not any(f"{name}.csv" in code.casefold() for name in ("aspi", "merics"))
    assert "ladder" not in CARDS


def test_a_war_under_way_is_said_first(tmp_path: Path) -> None:
    """Finding: the game of deterrence was told in the middle of a war without a word on it."""
    dossier = foedus.read_dossier(packaged_dossiers()["nordic-accession"])
    found = foedus.respond(dossier, "finland", "2022-06-10", target="Ukraine", draws=20)
    assert "Russia occupied territory of Ukraine (Crimea, Sevastopol and Snake Island)" in found.warnings[0]
    first = response_sections(found)[0].blocks[0]
    assert "No peace to keep" in str(first)
    assert json.loads(as_json(found))["warnings"] == list(found.warnings)
    before = foedus.respond(dossier, "finland", "2022-05-18", draws=20)
    assert before.warnings == ()


def test_an_attack_without_occupied_land_is_said_first() -> None:
    """Finding: only occupied land told of a war; strikes and wars that took none were passed over."""
    dossier = foedus.read_dossier(packaged_dossiers()["nordic-accession"])
    world = dossier.world
    during = replace(world, sovereigns=(), hostilities=tuple(one for one in world.hostilities if one.attacked == "UKR"))
    found = foedus.respond(replace(dossier, world=during), "finland", "2022-06-10", target="Ukraine", draws=20)
    assert found.warnings[0].startswith("No peace to keep: since 2022-02-24 Russia has been fighting Ukraine (war of")
    ended = tuple(replace(one, end=dt.date(2022, 3, 10)) for one in during.hostilities)
    after = replace(dossier, world=replace(during, hostilities=ended))
    found = foedus.respond(after, "finland", "2022-06-10", target="Ukraine", draws=20)
    assert found.warnings[0].startswith("Deterrence is past: Russia attacked Ukraine on 2022-02-24")
    old = tuple(replace(one, start=dt.date(2019, 1, 1), end=dt.date(2019, 2, 1)) for one in ended)
    none = replace(dossier, world=replace(during, hostilities=old))
    assert foedus.respond(none, "finland", "2022-06-10", target="Ukraine", draws=20).warnings[0].startswith("response")


def test_why_defends_every_part_of_the_answer(office: Responded) -> None:
    """Finding: --why told of the game alone, and not on what the record, misreading and the ledger rest."""
    why = "\n".join(office.why.lines())
    assert "shares of answers: 51 comparable acts" in why
    assert "none 22, diplomatic 29, economic 0, military 0, force 0; all acts of the rival weigh as 2 more" in why
    assert "overrated opposition: 0 to 0.2, likeliest 0.05" in why
    assert "trust: Does the act cost so much trust" in why
    assert "exports lost: 0 to 0.15, likeliest 0.05" in why
    assert "exports: 23 % of exports of goods by value, 2020" in why


def test_acts_of_others_alone_are_told_as_such(office: Responded) -> None:
    """Finding: a mission of the European Union was answered from acts of NATO without a word on it."""
    assert not [one for one in office.caveats if "carry over" in one]
    dossier = foedus.read_dossier(packaged_dossiers()["oil-embargo-2022"])
    found = foedus.respond(dossier, to="RUS", target="POL", like="agreement", draws=20)
    told = "None of the nearest acts is the European Union's own: how far answers to others' acts carry over is open."
    assert told in found.caveats


def test_another_pair_than_the_declared_one_takes_nothing_of_it() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["nordic-accession"])
    found = foedus.respond(dossier, "finland", "2022-05-18", to="PRK", target="JPN", like="accession", draws=20)
    assert found.main.gate.new == ()
    assert found.guarantor is None
    assert found.picture.voices == ()
    assert any("declares another pair than North Korea and Japan" in one for one in found.warnings)


def test_a_guarantor_outside_the_treaty_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    copy_packaged("nordic-accession", folder)
    declared = folder / "response.yaml"
    text = declared.read_text("utf-8")
    declared.write_text(text.replace("guarantor: USA", "guarantor: JPN"), "utf-8")
    found = foedus.respond(foedus.read_dossier(folder), "finland", "2022-05-18", draws=20)
    assert any(one.startswith("Japan, declared as guarantor, is no party to North Atlantic") for one in found.warnings)


def test_hindsight_stands_at_the_top(office: Responded) -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    found = foedus.respond(dossier, "office", on="2023-07-11", draws=20)
    assert "reconstruction: it uses what was known on 2024-07-10, after the meeting" in str(
        response_sections(found)[0].blocks[0]
    )
    assert office.warnings == ()


def test_a_day_long_before_anything_is_refused() -> None:
    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    with pytest.raises(FoedusError, match="nothing of 'A NATO presence in Tokyo' was known on 1990-01-01"):
        foedus.respond(dossier, "office", "1990-01-01", draws=20)


def test_what_others_alone_call_an_answer_and_came_ahead_does_not_outrank_the_protest_of_the_day() -> None:
    """Podgorica's wine was stopped forty days before Montenegro joined, with health given as the reason."""
    world = packaged_world()
    counted = {
        doubtful: next(
            one
            for one in read_record(world, "RUS", dt.date(2022, 1, 1), coincident=doubtful).cases
            if one.act.id == "nato-montenegro-2017"
        )
        for doubtful in (False, True)
    }
    assert (counted[False].kind, counted[True].kind) == ("diplomatic", "economic")
