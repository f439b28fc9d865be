"""A docket that does not hold together is refused: file, row, field, value, what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.procedures.conftest import Make
from tests.procedures.test_machines import GOOD

import foedus
from foedus.base.errors import InputError
from foedus.procedures import read_docket

PROPOSE = {"on": "2020-03-01", "procedure": "silence", "step": "propose", "by": "one"}
END = {"on": "2020-03-08", "procedure": "silence", "step": "end-silence"}


def refusal(two: Make, *rows: dict[str, str]) -> str:
    with pytest.raises(InputError) as refused:
        read_docket(two(rows))
    return str(refused.value)


def test_a_sound_docket(two: Make) -> None:
    docket = read_docket(two([PROPOSE, END]))
    assert [(entry.number, entry.issue, entry.body) for entry in docket.entries] == [
        (2, "plan", "council-of-two"),
        (3, "plan", "council-of-two"),
    ]
    assert docket.matters["m"].id == "silence"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"on": "2020-02-01"}, "row 3, on: '2020-02-01', expected a day from 2020-03-01 on"),
        ({"step": "meat"}, "row 3, step: 'meat', expected a step of 'silence'"),
        ({"step": "consult"}, "row 3, step: 'consult', expected a step that silence allows for m, which by then is"),
        ({"procedure": "silents"}, "row 3, procedure: 'silents', expected silence, the procedure of m"),
        ({"by": "one"}, "row 3, by: 'one', expected a blank cell, or the organisation"),
        ({"issue": "plane"}, "row 3, issue: 'plane', expected the id of an issue: plan"),
        ({"option": "most"}, "row 3, option: 'most', expected the label of an option"),
        ({"source": "nowhere"}, "row 3, source: 'nowhere', expected the id of a row of sources.csv"),
        ({"happened": "perhaps"}, "row 3, happened: 'perhaps', expected one of kept, broken, not-arisen"),
        ({"known_on": "2020-01-01"}, "row 3, known_on: '2020-01-01', expected a day from 2020-03-08 on"),
        ({"when": "n=adopted"}, "row 3, when: 'n', expected matter=state with a matter of the docket: m"),
        ({"when": "m=gone"}, "row 3, when: 'gone', expected states of silence"),
        ({"body": "parliament"}, "row 3, body: 'parliament', expected a body that is known"),
        ({"on": "yesterday"}, "row 3, on: 'yesterday', expected a day such as 2023-07-11"),
        ({"verified": "perhaps"}, "row 3, verified: 'perhaps', expected yes or no"),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_field(two: Make, change: dict[str, str], told: str) -> None:
    assert told in refusal(two, PROPOSE, END | change)


def test_an_unknown_procedure(two: Make) -> None:
    assert "procedure: 'vetting', expected a procedure: accession" in refusal(two, PROPOSE | {"procedure": "vetting"})


def test_an_actor_that_is_unknown_or_does_not_exist_on_the_day(two: Make) -> None:
    assert "row 2, by: 'tow', expected the id of an actor of the world" in refusal(two, PROPOSE | {"by": "tow"})
    told = refusal(two, PROPOSE | {"by": "late"})
    assert "row 2, by: 'late', expected an actor that exists on 2020-03-01; late: 2030-01-01" in told


def test_a_seat_that_does_not_exist_on_the_day(two: Make) -> None:
    apply = {"procedure": "accession", "step": "apply", "on": "2020-03-01"}
    assert read_docket(two([apply | {"by": "newcomer"}])).entries[0].body == "council-of-two"
    told = refusal(two, apply | {"by": "one"})
    assert "row 2, by: 'one', expected an actor that had no seat in council-of-two on the eve of 2020-03-01" in told
    assert "did not exist on 2019-02-28" in refusal(two, apply | {"by": "newcomer", "on": "2019-03-01"})
    ratify = [
        apply | {"by": "newcomer"},
        {"procedure": "accession", "step": "invite", "on": "2020-03-02"},
        {"procedure": "accession", "step": "sign", "on": "2020-03-03", "by": "pair"},
        {"procedure": "accession", "step": "ratify", "on": "2020-03-04", "by": "guest"},
    ]
    assert "row 5, by: 'guest', expected a member with a seat in council-of-two on 2020-03-04" in refusal(two, *ratify)


def test_a_silence_that_has_ended(two: Make) -> None:
    told = refusal(two, PROPOSE | {"deadline": "2020-03-05"}, END)
    assert "row 3, on: '2020-03-08', expected a day up to 2020-03-05, when the silence ended" in told
    assert "row 2, deadline" in refusal(two, PROPOSE | {"deadline": "2020-02-05"}, END)


def test_a_blank_that_a_step_needs(two: Make) -> None:
    assert "row 2, by: is blank; say who takes the step 'propose'" in refusal(two, PROPOSE | {"by": ""})
    no_issue = [PROPOSE | {"issue": ""}, END | {"issue": ""}]
    assert "row 3, issue: is blank; a step decided by silence needs an issue" in refusal(two, *no_issue)
    cover = {"on": "2020-03-01", "procedure": "treaty", "step": "cover", "issue": ""}
    told = refusal(two, cover)
    assert "row 2, treaty" in told
    assert "row 2, place: is blank" in told


def test_all_problems_are_told_at_once(two: Make) -> None:
    told = refusal(two, PROPOSE | {"source": "x", "by": "y"}, END | {"step": "z"})
    assert len(told.splitlines()) == 3


def test_a_dossier_without_a_docket(two: Make) -> None:
    dossier = two([PROPOSE])
    (dossier.folder / "docket.csv").unlink()
    with pytest.raises(InputError, match="the file is missing; a replay needs a table of dated events"):
        read_docket(foedus.read_dossier(dossier.folder))


def test_a_docket_without_rows(two: Make) -> None:
    with pytest.raises(InputError, match="holds no rows"):
        read_docket(two([]))


def test_a_docket_and_procedures_are_written_back(two: Make, tmp_path: Path) -> None:
    dossier = two([PROPOSE, END], machines=[("small.yaml", GOOD)])
    foedus.write_dossier(dossier, tmp_path / "copy")
    copy = foedus.read_dossier(tmp_path / "copy")
    assert copy.carried == dossier.carried
    assert [name for name, _ in copy.carried] == ["docket.csv", "procedures/small.yaml"]
    assert read_docket(copy).sha256 == read_docket(dossier).sha256
    assert copy.inputs_sha256 == dossier.inputs_sha256
