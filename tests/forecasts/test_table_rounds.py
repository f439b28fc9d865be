"""Tables of actors in three layouts: what is read, what is refused, and what models make of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.base.answers import recorded
from foedus.base.errors import FoedusError, InputError
from foedus.cli import main
from foedus.influence.exchange import expected_outcomes
from foedus.rounds import read_actor_table, rounds_of_table

EMISSIONS = """Actor,Capability,Position,Salience
Netherlands,0.08,4,0.8
Belgium,0.08,7,0.4
Luxembourg,0.03,4,0.2
Germany,0.16,4,0.8
France,0.16,10,0.6
Italy,0.16,10,0.6
UK,0.16,10,0.9
Ireland,0.05,7,0.1
Denmark,0.05,4,1.0
Greece,0.08,7,0.7
"""
KTAB = """Made up,two issues; and a comma, 3, 2,
Actor,Description,Influence,Policy Position,Policy Salience,Price Position,Price Salience,
A,first,100,10,40,0,50,
B,second, 60.2,90,30,50,20,
C,third,20,50,25,100,10,
"""
# A test of the public implementation of the exchange model has these two actors.
DECIDE = """'#/'\tcomment
'#A'\t'Actor-1'\t'Actor-1'\t''
'#A'\t'Actor-2'\t'Actor-2'\t''
'#P'\t'Issue-1'\t'Issue-1'\t'Issue-1'
'#M'\t'Issue-1'\t0
'#M'\t'Issue-1'\t100
'#P'\t'Issue-2'\t'Issue-2'\t'Issue-2'
'#D'\t'Actor-1'\t'Issue-1'\t0.0\t10\t1
'#D'\t'Actor-1'\t'Issue-2'\t0.0\t90\t1
'#D'\t'Actor-2'\t'Issue-1'\t100.0\t60\t1
'#D'\t'Actor-2'\t'Issue-2'\t100.0\t50\t1
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, "utf-8")
    return path


def test_the_plain_layout(tmp_path: Path) -> None:
    table = read_actor_table(write(tmp_path, EMISSIONS))
    assert (table.layout, len(table.actors), table.issues) == ("plain", 10, ("position",))
    assert table.scales.tolist() == [[4.0, 10.0]]
    found = rounds_of_table(table)
    medians = found.shifts[0].medians
    # Printed for the first reading by its closest public re-implementation.
    assert [round(one, 4) for one in medians[:9]] == [
        *(7.0, 8.4159, 9.6109, 9.962, 9.962, 9.962, 7.472, 8.8246, 9.6711),
    ]
    assert round(found.shifts[0].before, 5) == 7.38996
    assert round(rounds_of_table(table, "challenge:dyadic").shifts[0].medians[-1], 3) == 9.530


def test_semicolons_several_issues_and_saliences_up_to_100(tmp_path: Path) -> None:
    text = "issue;actor;position;salience;capability\np;A;0;20;1\np;B;100;80;1\nq;A;0;80;1\nq;B;100;20;1\n"
    table = read_actor_table(write(tmp_path, text))
    assert table.salience.tolist() == [[0.2, 0.8], [0.8, 0.2]]
    assert table.notes == ("saliences are read as from 0 to 100",)
    found = rounds_of_table(table, "exchange")
    assert [(one.actor, one.gives_on, one.end) for one in found.trades[0].sides] == [("A", "p", 100.0), ("B", "q", 0.0)]


def test_the_layout_of_ktab(tmp_path: Path) -> None:
    table = read_actor_table(write(tmp_path, KTAB))
    assert (table.layout, table.title, table.issues) == ("ktab", "Made up", ("Policy", "Price"))
    assert table.position.tolist() == [[10.0, 0.0], [90.0, 50.0], [50.0, 100.0]]
    assert table.salience.tolist() == [[0.4, 0.5], [0.3, 0.2], [0.25, 0.1]]
    assert table.capability.tolist() == [100.0, 60.2, 20.0]
    found = rounds_of_table(table)
    assert found.model == "spatial-politics:ktab"
    path = recorded(found)["positions"]
    assert [one["path"][0] for one in path] == [10.0, 0.0, 90.0, 50.0, 50.0, 100.0]  # type: ignore[attr-defined]


def test_the_layout_of_decide(tmp_path: Path) -> None:
    table = read_actor_table(write(tmp_path, DECIDE))
    assert table.scales.tolist() == [[0.0, 100.0], [0.0, 100.0]]  # without #M the scale is 0 to 100
    sitting = table.sitting()
    outcomes = expected_outcomes(sitting.private, sitting.salience, sitting.capability)
    # As asserted there: 85 5/7 and 35 5/7.
    assert outcomes[0] == pytest.approx([85 + 5 / 7, 35 + 5 / 7])
    found = rounds_of_table(table)
    assert (found.model, found.potential, len(found.trades)) == ("exchange:decide", 1, 1)
    first, second = found.trades[0].sides
    # At equal gain issue 2 moves (.1 + .6) / (.9 + .5) = 1/2 for each 1 of issue 1, which moves by all of 100 * 1/7.
    assert (first.shift, second.shift) == (pytest.approx(100 / 7), pytest.approx(50 / 7))
    assert (first.gain, second.gain) == (pytest.approx(5.0), pytest.approx(5.0))
    assert found.externalities is not None
    assert found.externalities.sum(axis=1) == pytest.approx([5.0, 5.0])


def test_what_another_implementation_documents(shared: Path) -> None:
    found = rounds_of_table(read_actor_table(shared / "data" / "exchange" / "sample_data.txt"))
    assert found.potential == 240
    gains = [one.sides[0].gain for one in found.trades]
    assert gains[:2] == pytest.approx([1.973684210526, 1.792636308765], abs=5e-13)
    sides = found.trades[0].sides
    assert [side.shift for side in sides] == pytest.approx([13.157894736842, 10.387811634349], abs=5e-13)
    assert sides[1].end == pytest.approx(61.05117364047, abs=5e-12)
    assert all(np.isclose(*(side.gain for side in one.sides)) for one in found.trades)


def test_files_of_another_implementation_are_read(shared: Path) -> None:
    for name, shape in (
        ("SOE-Competitive", (34, 1)),
        ("SOE-Pol-Comp", (13, 2)),
        ("SOE-Policy", (26, 1)),
        ("dummyData-a040", (40, 1)),
    ):
        table = read_actor_table(shared / "data" / "ktab" / f"{name}.csv")
        assert (table.layout, table.position.shape) == ("ktab", shape)
    table = read_actor_table(shared / "data" / "exchange" / "copenhagen.csv")
    assert [note.split(":")[0] for note in table.notes] == [
        "Russia has no row on Commitments",
        "Russia has no row on Extra",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (EMISSIONS.replace("7,0.4", "7,40"), r"row 2, salience of Netherlands on position: '0.8', .*Belgium has 40"),
        (EMISSIONS.replace("7,0.4", "7,"), "row 3, salience: is blank; expected a number"),
        (EMISSIONS.replace("7,0.4", "7"), "row 3, salience: is blank; expected a number"),
        (EMISSIONS.replace("0.08,7,0.4", "much,7,0.4"), "row 3, capability: 'much', expected a number"),
        (EMISSIONS.replace("0.08,7,0.4", "-1,7,0.4"), "capability of Belgium on position: '-1', expected at least 0"),
        (EMISSIONS.replace("Belgium", "UK"), "an actor once on each issue"),
        (KTAB.replace("25,100", "0.25,100"), "row 5, salience of C on Policy: '0.25', expected all saliences on one"),
        (KTAB.replace("90,30", "190,30"), "row 4, position of B on Policy: '190', expected from 0 to 100"),
        (KTAB.replace(", 3, 2", ", 4, 2"), "row 1: '4', expected 3, as many as rows follow"),
        (KTAB.replace("20,50,25,100,10,", "20,50,"), "row 5: 'C,third,20,50,', expected 7 cells"),
        (DECIDE.replace("'Actor-2'\t'Issue-2'\t100.0\t50\t1", "'Actor-2'\t'Issue-2'\t100.0\t50\t2"), "one capability"),
        (DECIDE.replace("'#D'\t'Actor-2'\t'Issue-2'", "'#D'\t'Actor-3'\t'Issue-2'"), "a name of a record #A or #P"),
        (DECIDE.replace("'#D'\t'Actor-2'\t'Issue-2'\t100.0\t50\t1", "'#D'\t'Actor-2'"), "5 cells after #D"),
        (DECIDE.replace("'#/'", "'#X'"), "a record #A, #P, #M or #D"),
        ("nothing\n", "a table of actors: a heading Actor, Capability, Position, Salience"),
        ("Actor,Capability,Position,Salience\n", "at least one actor"),
        ("Actor,Capability,Position,Salience\nA,1,5,1\n", "a scale with a low end below its high end"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_actor_table(write(tmp_path, text))


def test_a_scale_of_ones_own_bounds_positions(tmp_path: Path) -> None:
    path = write(tmp_path, EMISSIONS)
    assert read_actor_table(path, (0.0, 20.0)).scales.tolist() == [[0.0, 20.0]]
    with pytest.raises(InputError, match="position of France on position: '10', expected from 0 to 9"):
        read_actor_table(path, (0.0, 9.0))


def test_exchange_on_one_issue_and_unknown_models(tmp_path: Path) -> None:
    table = read_actor_table(write(tmp_path, EMISSIONS))
    found = rounds_of_table(table, "exchange")
    assert (found.moves, found.potential, found.notes) == ((), 0, ("one issue: nothing is traded, and nobody moves",))
    with pytest.raises(FoedusError, match="no influence model 'trade'"):
        rounds_of_table(table, "trade")


@pytest.mark.parametrize(
    ("text", "arguments", "shown"),
    [
        (EMISSIONS, [], "8.4159"),
        (EMISSIONS, ["--scale", "0", "20", "--model", "challenge:dyadic"], "weighted mean 7.39 before"),
        (KTAB, [], "spatial-politics:ktab: positions"),
        (DECIDE, [], "1 exchange is possible at first, 1 made."),
        (EMISSIONS, ["--model", "exchange"], "nothing is traded"),
        (DECIDE, ["--json"], '"potential_exchanges":1'),
    ],
)
def test_the_command_takes_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, arguments: list[str], shown: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["rounds", str(write(tmp_path, text)), *arguments])
    assert not end.value.code
    assert shown in capsys.readouterr().out.replace('": ', '":')


def test_the_command_refuses_what_a_table_does_not_have(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([str(write(tmp_path, EMISSIONS)), "--issue", "p"], ["emissions-1994", "--scale", "0", "1"]):
        with pytest.raises(SystemExit) as end:
            main(["rounds", *arguments])
        assert end.value.code == 2
    assert "--scale is for a table of actors" in capsys.readouterr().err


def test_a_table_as_a_spreadsheet_in_another_country_saves_it(tmp_path: Path) -> None:
    text = "Remark;ACTOR;Capability;position;Salience\n;A;1,5;4;0,5\n\nfirst;B;2;10;1\n"
    table = read_actor_table(write(tmp_path, text))
    assert (table.actors, table.capability.tolist(), table.salience.tolist()) == (
        ("A", "B"),
        [1.5, 2.0],
        [[0.5], [1.0]],
    )
    with pytest.raises(InputError, match=r"row 4, position: 'near', expected a number"):
        read_actor_table(write(tmp_path, text.replace("2;10", "2;near")))
