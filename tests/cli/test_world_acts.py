"""``foedus world acts``: every act can be told, and a search that found none is not no search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command_line import command

from foedus.world import packaged_world

ACTS = (
    "id,on,known_on,until,actor,name,class,object,place,physical,binding,collective,addressed_to,frame,source,verified"
)
OWN = {
    "sources.csv": "id,title,publisher,published,url,note\nmine,A note,I,2025-03-01,https://example.org,\n",
    "acts.csv": f"{ACTS}\ndrill,2025-04-01,2025-04-01,,JPN,Drill,exercise,territory,JPN,2,,1,CHN PRK,mine,mine,yes\n",
    "searches.csv": "act,actor,by,on,where,note\ndrill,CHN,I,2025-06-01,the ministry's page,\n",
}


run = command("world", "acts")


@pytest.mark.parametrize("act", ["itpp-aus-2023", "pelosi-2022", "nato-tokyo-plan-2023"])
def test_an_act_in_words_and_as_json(capsys: pytest.CaptureFixture[str], act: str) -> None:
    status, told, err = run(capsys, act)
    assert (status, err) == (0, "")
    assert packaged_world().acts[act].name.split()[0] in told
    _, document, _ = run(capsys, act, "--json")
    found = json.loads(document)
    assert found["act"]["id"] == act
    assert bool(found["answers"]) or bool(found["searches"])


def test_all_acts_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Rich tables stumble over what a row lacks, so each act is told once."""
    for act in packaged_world().acts:
        status, _, err = run(capsys, act)
        assert (status, err) == (0, ""), act


def test_acts_of_a_folder_are_laid_over(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name, rows in OWN.items():
        (tmp_path / name).write_text(rows)
    _, told, err = run(capsys, "--class", "exercise", "--object", "territory", "--in", str(tmp_path))
    assert err == ""
    words = " ".join(told.split())
    assert "CHN none found" in words
    assert "PRK nobody looked" in words


def test_an_act_that_was_not_known_yet(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "pelosi-2022", "--until", "2022-07-01")
    assert status == 2
    assert "pelosi-2022 was not known before 2022-08-02" in err
    _, told, _ = run(capsys, "pelosi-2022", "--until", "2022-08-04")
    assert "2022-08-03" in told
    assert "2022-08-05" not in told
