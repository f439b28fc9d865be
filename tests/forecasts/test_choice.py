"""A choice among options without an order: the ways to one option, approvals, days, pages."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import foedus
from foedus.base.errors import FoedusError, InputError
from foedus.cases.choices import backers, choosing
from foedus.cli.app import app
from foedus.dossiers import read_dossier
from foedus.dossiers.approvals import rank_approval
from foedus.dossiers.extending import set_option
from foedus.forecasts import find_gaps
from foedus.forecasts.choice import UNOPPOSED, UNSEEN, Draws, choice, ends_otherwise
from foedus.forecasts.choice_line import choice_timeline
from foedus.reports.choice import choice_sections, save_choice, timeline_section
from foedus.settlement.choosing import METHODS, choose

YAML = """\
foedus: 2
title: Whom?
issues:
  - id: head
    question: Whom would the Council appoint?
    body: nac
    ordered: false
    method: consensus
    status_quo: nobody
    options:
      - {label: nobody}
      - {label: Ada Low}
      - {label: Ben High, since: 2024-03-12, until: 2024-06-20}
    meetings:
      - {on: 2024-06-26, name: June}
    priors:
      approval: {low: 50, mode: 70, high: 100}
      rival: {low: 0, mode: 40, high: 80}
      salience: {low: 0.02, mode: 0.1, high: 0.4}
      salience_spoke: {low: 0.4, mode: 0.8, high: 1}
      note: a silent member can live with either
"""
STATEMENTS = """\
id,source,passage,actor,concept,stance,condition,kind,venue,said_on,paraphrase,signal
s1,a,p1,USA,ada,1,,direct,public,2024-02-22,Washington backs Ada Low,
s2,b,p1,HUN,ada,-1,she writes a letter,direct,public,2024-03-05,Budapest will not have Ada Low unless she writes,threat
s3,c,p1,ROU,ben,1,,act,public,2024-03-12,Bucharest puts Ben High forward,
s4,d,p1,HUN,ada,1,,direct,public,2024-06-18,Budapest accepts Ada Low after her letter,withdrawal
"""


def write(folder: Path, settings: str = YAML, statements: str = STATEMENTS, preferences: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "dossier.yaml").write_text(settings)
    (folder / "statements.csv").write_text(statements)
    days = {"a": "2024-02-22", "b": "2024-03-05", "c": "2024-03-12", "d": "2024-06-18"}
    rows = [f"{id_},{id_},Paper,{day}" for id_, day in days.items()]
    (folder / "sources.csv").write_text("\n".join(["id,title,outlet,known", *rows]) + "\n")
    concepts = "id,text,issue,option\nada,Ada should be chosen,head,Ada Low\nben,Ben should be chosen,head,Ben High\n"
    (folder / "concepts.csv").write_text(concepts)
    if preferences:
        (folder / "preferences.csv").write_text(f"actor,issue,option,approval_mode,rank,note\n{preferences}")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("head"))


def by_hand(method: str, approvals: np.ndarray, passes: np.ndarray, needed: int) -> int:
    """Say who is chosen in one draw, slowly, from the words of the method alone."""
    options = list(range(approvals.shape[1]))
    mean = approvals.mean(axis=0)

    def votes(left: list[int]) -> dict[int, int]:
        counted = dict.fromkeys(left, 0)
        for row in approvals:
            counted[max(left, key=lambda one: (row[one], -one))] += 1
        return counted

    if method in {"consensus", "straw-polls"}:
        able = [one for one in options if passes[one]]
        score = {one: 0 if method == "consensus" else int((approvals[:, one] >= 50).sum()) for one in options}
        return max(able, key=lambda one: (score[one], mean[one], -one)) if able else len(options)
    left = options
    while True:
        counted = votes(left)
        for one in left:
            if len(left) > 1 and counted[one] >= needed:
                return one
        if len(left) <= (2 if method == "rounds" else 1):
            last = max(left, key=lambda one: (counted[one], mean[one], -one))
            return last if passes[last] else len(options)
        if method == "rounds":
            left = sorted(sorted(left, key=lambda one: (-counted[one], -mean[one], one))[:2])
        else:
            left = [one for one in left if one != min(left, key=lambda one: (counted[one], mean[one], one))]


@given(data=st.data(), method=st.sampled_from(sorted(METHODS)))
@settings(max_examples=120, deadline=None)
def test_every_way_agrees_with_its_words_done_by_hand(data: st.DataObject, method: str) -> None:
    seats, options = data.draw(st.integers(2, 7)), data.draw(st.integers(1, 4))
    rng = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    approvals = rng.uniform(0, 100, (seats, options))
    passes = np.array(data.draw(st.lists(st.booleans(), min_size=options, max_size=options)))
    needed = data.draw(st.integers(seats // 2 + 1, seats))
    found = choose(method, approvals[None], passes[None], lambda votes: votes.sum(axis=-1) >= needed)
    assert int(found[0]) == by_hand(method, approvals, passes, needed)


def test_probabilities_follow_the_news_and_sum_to_one(folder: Path) -> None:
    points = choice_timeline(foedus.read_dossier(folder), draws=800)
    assert [str(one.day) for one in points] == ["2024-02-22", "2024-03-05", "2024-03-12", "2024-06-18", "2024-06-20"]
    ada = [one.choice.probability("Ada Low") for one in points]
    assert ada[1] < ada[0]  # Hungary objects
    assert ada[2] < ada[1]  # a rival enters
    assert ada[3] > ada[2]  # Hungary comes round
    assert UNOPPOSED < ada[4] < 0.8  # the rival withdraws; few were heard, so that it is held to the record
    assert points[2].entered == ("Ben High",)
    assert points[4].withdrawn == ("Ben High",)
    for point in points:
        assert sum(one.probability for one in point.choice.candidates) == pytest.approx(1)
        inside = points[2].day <= point.day < points[4].day
        assert ("Ben High" in [one.label for one in point.choice.candidates]) == inside


def test_who_stands_in_the_way_and_what_a_withdrawal_would_change(folder: Path) -> None:
    dossier = foedus.read_dossier(folder)
    found = choice(dossier, as_of="2024-03-12", draws=2000)
    first = next(one for one in found.against if one.option == "Ada Low")
    assert first.actor == "HUN"
    [lever, *_] = [one for one in found.withdrawals if one.option == "Ada Low" and one.actors == ("HUN",)]
    assert lever.probability_after > lever.probability_before == found.probability("Ada Low")
    again = choice(dossier, as_of="2024-03-12", draws=2000)
    assert again.as_answer() == found.as_answer()
    other = choice(dossier, as_of="2024-03-12", draws=2000, seed=2)
    assert other.probability("Ada Low") == pytest.approx(found.probability("Ada Low"), abs=0.05)


def test_a_ranking_and_an_approval_by_hand(tmp_path: Path) -> None:
    assert [rank_approval(one, 3) for one in (1, 2, 3)] == [100, 75, 50]
    rows = "FRA,head,Ben High,,1,a call\nFRA,head,Ada Low,,2,\nDEU,head,Ben High,5,,a telegram\n"
    dossier = foedus.read_dossier(write(tmp_path / "a", preferences=rows))
    made = choice(dossier, as_of="2024-03-12", draws=500)
    ben = made.choosing.cases["Ben High"]
    assert (ben.member("FRA").stand.private.mode, ben.member("DEU").stand.private.mode) == (100, 5)
    assert made.choosing.cases["Ada Low"].member("FRA").stand.private.mode == 50
    germany = next(one for one in made.against if one.actor == "DEU" and one.option == "Ben High")
    assert germany.probability > 0.1  # it cares as little as a silent member, unless its salience is set too
    foedus.write_dossier(dossier, tmp_path / "copy")
    assert foedus.read_dossier(tmp_path / "copy").preferences == dossier.preferences


def test_a_vote_goes_by_the_bodys_rule(tmp_path: Path) -> None:
    settings = YAML.replace("body: nac", "body: unsc").replace("consensus", "straw-polls")
    statements = STATEMENTS.replace("HUN", "RUS").replace("ROU", "CHE")
    dossier = foedus.read_dossier(write(tmp_path / "b", settings, statements))
    found = choice(dossier, as_of="2024-03-12", draws=1000)
    assert found.votes
    assert next(one for one in found.against if one.option == "Ada Low").actor == "RUS"
    against = next(one for one in found.against if one.option == "Ada Low")
    assert found.probability("Ada Low") <= 1 - against.probability + 1e-9  # a permanent member's no is a veto
    drawn = Draws.of(found.choosing, 1, 1000)
    assert drawn.expected().mean(axis=0) == pytest.approx(drawn.shares(), abs=0.04)


@given(
    passes=st.lists(st.booleans(), min_size=1, max_size=5),
    place=st.integers(0, 5),
)
def test_a_vote_may_end_at_every_other_option_that_could_pass(passes: list[bool], place: int) -> None:
    chosen = [*[at for at, may in enumerate(passes) if may], len(passes)][place % (sum(passes) + 1)]
    levels = (np.arange(10_000) + 0.5) / 10_000
    ended = ends_otherwise(np.full(10_000, chosen), np.array([passes] * 10_000), levels)
    found = np.bincount(ended, minlength=len(passes) + 1) / 10_000
    others = [may and at != chosen for at, may in enumerate([*passes, True])]
    expected = [UNSEEN / sum(others) if other else 0.0 for other in others]
    expected[chosen] = 1 - UNSEEN if any(others) else 1.0
    assert found == pytest.approx(expected, abs=3e-4)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("foedus: 2", "foedus: 1", "'foedus: 2' at the top of the file"),
        ("method: consensus", "method: acclamation", "straw-polls"),
        ("until: 2024-06-20", "until: 2024-01-01", "a day after 2024-03-12"),
        ("ordered: false", "ordered: true", "is missing"),
        ("status_quo: nobody", "status_quo: somebody", "the label of an option"),
    ],
)
def test_what_a_choice_cannot_say_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        foedus.read_dossier(write(tmp_path / "c", YAML.replace(old, new)))


def test_commands_for_a_line_say_so_and_ranks_are_checked(folder: Path, tmp_path: Path) -> None:
    dossier = foedus.read_dossier(folder)
    with pytest.raises(FoedusError, match="have no order: 'foedus forecast', 'timeline', 'levers' and 'evidence'"):
        foedus.forecast(dossier, as_of="2024-03-12")
    for rows, told in (
        ("FRA,head,Ada Low,50,1,", "an approval or a rank"),
        ("FRA,head,nobody,50,,", "an option of 'head' that changes something"),
        ("FRA,office,Ada Low,50,,", "the id of an issue whose options have no order"),
        ("FRA,head,Ada Low,50,,\nFRA,head,Ada Low,60,,", "actor, issue and option once"),
    ):
        with pytest.raises(InputError, match=told):
            foedus.read_dossier(write(tmp_path / "d", preferences=rows))


def test_every_medium_says_the_same(folder: Path, tmp_path: Path) -> None:
    found = choice(foedus.read_dossier(folder), as_of="2024-03-12", draws=1000)
    sections = [one for one in choice_sections(found) if one is not None]
    options = next(one for one in sections if one.id == "options").table()
    shares = {str(row[0]): str(row[1]) for row in options.rows}
    terms = next(one for one in sections if one.id == "brief").blocks[-1]
    assert "Hungary is against Ada Low unless she writes a letter (Paper, p1, 2024-03-05)" in str(terms)
    for name in ("a.html", "a.docx"):
        save_choice(found, tmp_path / name)
    page = (tmp_path / "a.html").read_text()
    word = docx.Document(str(tmp_path / "a.docx"))
    cells = {row.cells[0].text: row.cells[1].text.replace("\u00a0", " ") for row in word.tables[0].rows}
    done = CliRunner().invoke(app, ["forecast", str(folder), "--as-of", "2024-03-12", "--draws", "1000"])
    for label, shown in shares.items():
        assert cells[label] == shown
        number = shown.replace("<", "&lt;").replace(">", "&gt;")
        assert f'<td>{label}</td><td data-label="is chosen" class="number">{number}</td>' in page
        assert any(line.startswith(label) and shown in line for line in done.output.splitlines())
    answer = json.loads(
        CliRunner().invoke(app, ["forecast", str(folder), "--as-of", "2024-03-12", "--draws", "1000", "--json"]).output
    )
    assert {one["label"]: one["probability"] for one in answer["candidates"]} == {
        one.label: pytest.approx(one.probability) for one in found.candidates
    }
    line = timeline_section(choice_timeline(foedus.read_dossier(folder), draws=200))
    assert "Budapest accepts Ada Low after her letter" in str(line.table().rows[3][-1])
    assert str(line.table().rows[0][3]) == "-"


def test_check_warns_of_names_on_a_line_and_of_cues_that_are_names(folder: Path, tmp_path: Path) -> None:
    assert {one.kind for one in find_gaps(foedus.read_dossier(folder), "2024-03-12")} >= {"approval"}
    run = CliRunner().invoke
    done = run(app, ["new", str(tmp_path / "line"), "--body", "nac", "--on", "2027-01-15", "--question", "Where?",
                     "--option", "nowhere", "--option", "The Hague", "--option", "New York"])  # fmt: skip
    assert "look like names, which have no order" in done.output
    issue = foedus.read_dossier(tmp_path / "line").issues[0].id
    table = f"id,text,cues,issue,at_support,at_oppose\nc,It should,France; the plan,{issue},100,0\n"
    (tmp_path / "line/concepts.csv").write_text(table)
    told = {one.kind: one.what for one in find_gaps(foedus.read_dossier(tmp_path / "line"))}
    assert told["order"].startswith("The Hague and New York look like names")
    assert told["cue"].startswith("'France' is the name of an actor")


def test_new_makes_a_choice_that_answers(tmp_path: Path) -> None:
    run = CliRunner().invoke
    folder = str(tmp_path / "own")
    options = [word for one in ("nobody yet", "Ada Low", "Ben High") for word in ("--option", one)]
    about = ["--body", "nac", "--on", "2024-06-26", "--question", "Whom would it appoint as Head?"]
    run(app, ["new", folder, *about, *options, "--method", "elimination"])
    with pytest.raises(FoedusError, match="nothing has been entered yet on 'head': foedus statements own add"):
        choice(foedus.read_dossier(folder))
    told = ["Hungary", "against", "Ada Low", "no", "--source", "T", "--on", "2024-03-05"]
    run(app, ["statements", folder, "add", *told])
    dossier = foedus.read_dossier(folder)
    assert (dossier.issues[0].id, dossier.issues[0].method) == ("head", "elimination")
    assert dossier.statements[0].concept == "ada-low"
    made = choice(dossier, draws=200)
    assert [one.label for one in made.candidates] == ["nobody yet", "Ada Low", "Ben High"]
    first = next(one for one in choice_sections(made) if one is not None)
    assert str(first.blocks[0]) == "Marking: INTERNAL."  # what was entered by hand is marked, and the brief says so


def test_approvals_are_shown_and_set_with_a_note(tmp_path: Path) -> None:
    home = write(tmp_path / "e")
    run = CliRunner().invoke
    day = ["--as-of", "2024-03-12"]
    shown = run(app, ["position", str(home), "Hungary", *day]).output
    made = choice(foedus.read_dossier(home), as_of="2024-03-12", draws=1).choosing.cases["Ada Low"].member("HUN")
    assert f"Approves of Ada Low: {made.stand.private.mode:.2g} (" in shown
    assert made.stand.private.mode < 15
    assert "Budapest will not have Ada Low unless she writes" in shown
    bare = run(app, ["position", str(home), "Hungary", *day, "--set", "Ada Low=80"])
    assert "needs a note" in str(bare.exception)
    answer = json.loads(
        run(app, ["position", str(home), "Hungary", *day, "--set", "Ada Low=80", "--note", "a call", "--json"]).stdout
    )
    first = answer["options"][0]
    assert (first["label"], first["position"]["mode"], first["note"]) == ("Ada Low", 80, "a call")
    run(app, ["position", str(home), "Hungary", *day, "--clear"])
    assert foedus.read_dossier(home).preferences == ()


def test_whoever_has_vetoed_a_candidate_is_taken_at_its_word_until_it_comes_round(tmp_path: Path) -> None:
    told = STATEMENTS.replace("direct,public,2024-03-05", "act,public,2024-03-05")
    dossier = foedus.read_dossier(write(tmp_path / "veto", statements=told))
    refused = choice(dossier, as_of="2024-03-06", draws=400)
    assert refused.probability("Ada Low") < 0.05
    assert [one.actors for one in refused.withdrawals if one.option == "Ada Low"] == [("HUN",)]
    assert choice(dossier, as_of="2024-06-19", draws=400).probability("Ada Low") > 0.5
    # by words alone the record of disputes tells how often such refusals are taken back
    spoken = choice(foedus.read_dossier(write(tmp_path / "words")), as_of="2024-03-06", draws=400)
    assert spoken.probability("Ada Low") > 0.05


def test_an_assumed_objection_is_no_lever(tmp_path: Path) -> None:
    found = choice(foedus.read_dossier(write(tmp_path / "assumed")), as_of="2024-03-13", draws=400)
    named = {actor for one in found.withdrawals for actor in one.actors}
    assert named <= {"HUN"}  # nobody else has spoken against anybody


@pytest.mark.parametrize("rule", ["", ", procedure: majority of votes cast"])
def test_in_straw_polls_a_candidate_without_a_voice_does_not_stand_with_one_whom_many_back(
    tmp_path: Path, rule: str
) -> None:
    third = YAML.replace("{label: Ada Low}", f"{{label: Ada Low{rule}}}\n      - {{label: Cy New{rule}}}")
    third = third.replace("method: consensus", "method: straw-polls").replace("2024-06-20}", f"2024-06-20{rule}}}")
    head = STATEMENTS.splitlines()[0]
    rows = [
        f"v{n},a,p1,{who},ada,1,,direct,public,2024-02-22,It backs Ada Low,"
        for n, who in enumerate(("USA", "ESP", "FRA", "DEU", "ITA"))
    ]
    few, many = (
        choice(read_dossier(write(tmp_path / f"{count}", third, "\n".join([head, *rows[:count]]) + "\n")), draws=600)
        for count in (1, 5)
    )
    assert many.probability("Cy New") < many.probability("Ada Low") / 3
    assert many.probability("Ada Low") > few.probability("Ada Low")
    assert many.probability("Cy New") < few.probability("Cy New")


BACKS_BOTH = "Washington now backs Ben High as well as Ada Low"


@pytest.mark.parametrize("method", ["elimination", "rounds", "straw-polls", "consensus"])
@pytest.mark.parametrize(("words", "turned"), [("Washington now backs Ben High", True), (BACKS_BOTH, False)])
def test_who_comes_out_for_another_leaves_the_first_unless_it_says_that_it_backs_both(
    tmp_path: Path, method: str, words: str, turned: bool
) -> None:
    said = STATEMENTS + f"s5,d,p2,USA,ben,1,,indirect,public,2024-06-18,{words},\n"
    made = read_dossier(write(tmp_path / method, YAML.replace("method: consensus", f"method: {method}"), said))
    found = choosing(made, None, "2024-06-18", None)
    assert ("USA" in backers(found)["Ada Low"]) is not turned
    assert "USA" in backers(found)["Ben High"]
    stand = found.cases["Ada Low"].member("USA").stand
    assert [one.superseded_by for one in stand.contributions if one.statement.id == "s1"] == ["s5" if turned else ""]
    assert stand.private.mode == (40 if turned else pytest.approx(95, abs=5))  # the prior of who backs another
    page = str(choice_sections(choice(made, None, "2024-06-18", None, draws=50)))
    assert ("(for Ada Low on 2024-02-22, for Ben High on 2024-06-18)" in page) is turned
    assert ("United States backs both Ada Low and Ben High." in page) is not turned


def test_a_choice_has_no_proposal_and_says_so(tmp_path: Path) -> None:
    folder = write(tmp_path / "race")
    with pytest.raises(FoedusError, match="a choice among options without an order, in which none"):
        set_option(folder, "Ada Low", proposed_from="2024-03-01")
    assert (folder / "dossier.yaml").read_text() == YAML
