"""Packages: one proposal of several issues, checked against a single issue, by hand, and by what a reader sees."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import foedus
from foedus.base.errors import FoedusError
from foedus.base.wording import percent
from foedus.cli.app import app
from foedus.dossiers.packages import add_package, package_of
from foedus.dossiers.renaming import rename
from foedus.dossiers.settings import PackageSettings
from foedus.explain.package_sitting import composite, stake
from foedus.explain.packages import package
from foedus.reports.package import package_sections, package_words
from foedus.testing import sitting_of

ISSUE = """\
  - id: {id}
    question: Would it {id}?
    body: nac
    scale: {{low: 0, high: 100}}
    status_quo: no {id}
    options:
      - {{label: no {id}, at: 0}}
      - {{label: the {id}, at: 100}}
    proposal: the {id}
    meetings:
      - {{on: 2024-06-26, name: June}}
    priors:
      position: {{low: 50, mode: 90, high: 100}}
      salience: {{low: 0.02, mode: 0.1, high: 0.4}}
      salience_spoke: {{low: 0.6, mode: 0.8, high: 1}}
      note: silent members lean towards it
"""
STATEMENTS = """\
id,source,passage,actor,concept,stance,kind,said_on,paraphrase,venue
s1,a,p1,HUN,aid,-1,direct,2024-06-01,Budapest is against the aid,public
s2,a,p2,HUN,money,1,direct,2024-06-01,Budapest wants its money,public
s3,a,p3,DEU,aid,1,direct,2024-06-01,Berlin wants the aid,public
"""


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    """Two issues of two options each: Hungary is against the one and for the other."""
    issues = ISSUE.format(id="aid") + ISSUE.format(id="money")
    (tmp_path / "dossier.yaml").write_text(f"foedus: 2\ntitle: A deal\nissues:\n{issues}# kept\nassumptions: {{}}\n")
    (tmp_path / "statements.csv").write_text(STATEMENTS)
    (tmp_path / "sources.csv").write_text(
        "id,title,outlet,published,known,marking\na,Press,Press,2024-06-01,2024-06-01,restricted\n"
    )
    (tmp_path / "concepts.csv").write_text(
        "id,text,issue,at_support,at_oppose\naid,The aid is given,aid,100,0\nmoney,The money is paid,money,100,0\n"
    )
    return tmp_path


def test_a_package_of_one_issue_is_that_issue(deal: Path) -> None:
    """The composite of one issue with two options is the issue: same chances by the same model, draw by draw."""
    dossier = foedus.read_dossier(deal)
    alone = foedus.forecast(dossier, issue="aid", draws=512)
    found = package(dossier, package_of(dossier, ["aid", "money"], []), draws=512)
    assert found.parts[0].alone == pytest.approx(alone.probability("the aid"), abs=1e-9)
    single = PackageSettings.model_construct(id="x", title="x", issues=["aid"], options={}, links=[])
    assert package(dossier, single, draws=512).together == pytest.approx(alone.probability("the aid"), abs=1e-9)


def test_what_is_gained_on_one_issue_pays_for_what_is_lost_on_another(deal: Path) -> None:
    dossier = foedus.read_dossier(deal)
    found = package(dossier, package_of(dossier, ["aid", "money"], []), draws=512)
    aid, money = (one.alone for one in found.parts)
    assert found.together > max(found.each, aid)
    assert found.each <= min(aid, money)
    hungary = found.stands[0]
    assert hungary.actor == "HUN"
    assert hungary.gains[0] < 0 < hungary.gains[1]
    assert hungary.together < hungary.alone
    assert {one.actor for one in found.trades} >= {"HUN"}


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=5)
)
def test_what_a_package_costs_is_the_sum_of_what_its_parts_cost(rows: list[tuple[float, ...]]) -> None:
    x, y, s, t = (list(column) for column in zip(*rows, strict=True))
    parts = [sitting_of(position=x, salience=s), sitting_of(position=y, salience=t)]
    whole = composite(parts, [len(one.agendas[0].options) - 1 for one in parts])
    cost = whole.salience[:, :, 0] * (1 - 2 * whole.private[:, :, 0])
    gains = [np.multiply(*stake(one, len(one.agendas[0].options) - 1, one.private)) for one in parts]
    assert np.allclose(cost, -(gains[0] + gains[1]), atol=1e-12)


def test_a_linked_consent_is_given_if_the_other_matter_is_decided(deal: Path) -> None:
    dossier = foedus.read_dossier(deal)
    asked = package_of(dossier, [], ["Hungary.aid=money"], id_="deal")
    assert asked.links[0].model_dump() == {
        "actor": "HUN", "issue": "aid", "needs": "money", "option": "the money", "note": "",
    }  # fmt: skip
    found = package(dossier, asked, draws=512)
    link = found.links[0]
    assert link.if_not == pytest.approx(found.parts[0].alone)
    assert link.met == pytest.approx(found.parts[1].alone)
    won = foedus.forecast(foedus.dossiers.suppose(dossier, ["HUN.aid=100"], "aid"), issue="aid", draws=512).probability(
        "the aid"
    )
    assert link.if_met == pytest.approx(won, abs=0.03)
    assert min(link.if_met, link.if_not) <= link.probability <= max(link.if_met, link.if_not)


def test_a_package_is_saved_renamed_and_asked_again(deal: Path) -> None:
    run = CliRunner()
    first = run.invoke(
        app, ["package", str(deal), "--link", "HUN.aid=money:the money", "--save", "deal", "--draws", "200"]
    )
    assert first.exit_code == 0, first.output
    assert "# kept" in (deal / "dossier.yaml").read_text()
    rename(deal, "money", "funds", kind="issue")
    rename(deal, "the money", "the funds")
    saved = foedus.read_dossier(deal).settings.packages[0]
    assert (saved.issues, saved.links[0].needs, saved.links[0].option) == (["aid", "funds"], "funds", "the funds")
    again = run.invoke(app, ["package", str(deal), "deal", "--draws", "200", "--json"])
    answer = json.loads(again.stdout)
    assert [one["option"] for one in answer["parts"]] == ["the aid", "the funds"]
    with pytest.raises(FoedusError, match="already"):
        add_package(deal, saved)


def test_under_votes_the_rule_counts_who_gains(tmp_path: Path) -> None:
    """Three of four members gain by the whole, though only two gain by each part: enough for a majority."""
    yaml = "".join(ISSUE.format(id=one) for one in ("aid", "money"))
    yaml = yaml.replace("body: nac", "body: trading-council").replace("2024-06-26", "2026-06-26")
    source = foedus.dossiers.packaged_dossiers()["three-trades"]
    for name in ("world", "institutions"):
        (tmp_path / name).mkdir()
        for path in (source / name).iterdir():
            (tmp_path / name / path.name).write_bytes(path.read_bytes())
    dossier = foedus.read_dossier(source)
    members = [member.actor for member in foedus.forecast(dossier, draws=10).case.members]
    body = next((tmp_path / "institutions").iterdir())
    body.write_text(body.read_text().replace("value: consensus", "value: {quota: {weights: members, at_least: 3}}"))
    (tmp_path / "dossier.yaml").write_text(f"foedus: 2\ntitle: Votes\nissues:\n{yaml}")
    stands = {"aid": (100, 100, 0, 0), "money": (100, 0, 100, 0)}
    cares = {"aid": (0.5, 0.9, 0.2, 0.5), "money": (0.5, 0.2, 0.9, 0.5)}
    rows = ["actor,issue,venue,position_low,position_mode,position_high,salience_low,salience_mode,salience_high"]
    for issue, places in stands.items():
        for actor, at, care in zip(members, places, cares[issue], strict=True):
            rows.append(f"{actor},{issue},private,{at},{at},{at},{care},{care},{care}")
    (tmp_path / "stakeholders.csv").write_text("\n".join(rows) + "\n")
    made = foedus.read_dossier(tmp_path)
    found = package(made, package_of(made, [], []), draws=50)
    assert [one.alone for one in found.parts] == [0.0, 0.0]
    assert found.together == 1.0
    assert [one.actor for one in found.stands if one.together == 1.0] == [members[3]]


def test_what_a_reader_sees(deal: Path, tmp_path: Path) -> None:
    dossier = foedus.read_dossier(deal)
    found = package(dossier, package_of(dossier, [], ["HUN.aid=money"]), draws=400)
    assert package_words(found).startswith("It is ")
    assert "adopts 'the aid' and 'the money' together at June" in package_words(found)
    titles = [one.title for one in package_sections(found) if one is not None and one.title]
    assert titles == [
        "the aid and the money", "Together, or one by one", "Linked consents",
        "Who loses, and what makes up for it", "What could be traded", "On what this rests",
    ]  # fmt: skip
    run = CliRunner()
    files = [tmp_path / "p.docx", tmp_path / "p.html"]
    told = run.invoke(
        app, ["package", str(deal), "--draws", "200", *(f"--report={one}" for one in files), "--by", "A. Desk"]
    )
    assert "Marking: RESTRICTED" in told.stdout
    words = docx.Document(str(files[0]))
    assert "RESTRICTED" in words.sections[0].header.paragraphs[0].text
    assert "A. Desk" in words.sections[0].footer.paragraphs[0].text
    assert "A. Desk" in files[1].read_text()


def test_what_has_changed_since_an_earlier_answer(deal: Path, tmp_path: Path) -> None:
    run, earlier = CliRunner(), tmp_path / "then.json"
    then = json.loads(run.invoke(app, ["package", str(deal), "--draws", "200", "--json"]).stdout)
    then["together"], then["parts"][0]["alone"] = 0.25, 0.75
    earlier.write_text(json.dumps(then))
    told = run.invoke(app, ["package", str(deal), "--draws", "200", "--since", str(earlier)]).stdout
    now = package(foedus.read_dossier(deal), package_of(foedus.read_dossier(deal), [], []), draws=200)
    name, alone = now.parts[0].option, now.parts[0].alone
    words = " ".join(told.split())
    assert f"together, or nothing: {percent(now.together)} now, 25 % then ({100 * (now.together - 0.25):+.1f}" in words
    assert f"{name}: {percent(alone)} now, 75 % then ({100 * (alone - 0.75):+.1f} points)" in words
    del then["each"]
    earlier.write_text(json.dumps(then))
    assert "lacks a chance" in str(run.invoke(app, ["package", str(deal), "--since", str(earlier)]).exception)
    earlier.write_text('{"parts": [{"issue": "other"}], "together": 1}')
    assert "no answer on these parts" in str(run.invoke(app, ["package", str(deal), "--since", str(earlier)]).exception)


@pytest.mark.parametrize(
    ("parts", "links", "said"),
    [
        (["aid"], [], "two issues or more"),
        (["aid", "aid"], [], "each issue once"),
        (["aid", "money=half"], [], "an option of 'money'"),
        ([], ["HUN=money"], "expected ACTOR.ISSUE=OTHER"),
        ([], ["HUN.aid=aid"], "another issue"),
    ],
)
def test_what_makes_no_package_is_told(deal: Path, parts: list[str], links: list[str], said: str) -> None:
    dossier = foedus.read_dossier(deal)
    with pytest.raises(FoedusError, match=said):
        package_of(dossier, parts, links)


def test_a_wrong_package_in_the_settings_is_told_with_its_line(deal: Path) -> None:
    path = deal / "dossier.yaml"
    path.write_text(path.read_text() + "packages:\n  - {id: a, title: b, issues: [aid, oil]}\n")
    with pytest.raises(FoedusError, match=r"packages\.0\.issues\.1.*oil"):
        foedus.read_dossier(deal)
