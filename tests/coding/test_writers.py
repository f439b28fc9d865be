"""Many writers at once: nothing acknowledged is lost, no number is given twice, the dossier stays readable."""

import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import foedus
from foedus.base.locks import writing
from foedus.coding.deciding import decide
from foedus.coding.intake import Wishes, read_into
from foedus.coding.journal import read_journal
from foedus.dossiers import packaged_dossiers

WRITERS = 4
EACH = 3

SCRIPT = """
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from foedus.coding.deciding import decide
for id_ in sys.argv[2:]:
    entry = decide(Path(sys.argv[1]), [id_], "rejected")
    print(id_, entry.number, flush=True)
"""


@pytest.fixture
def tokyo(tmp_path: Path) -> Path:
    return Path(shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "tokyo"))


def test_no_acknowledged_decision_of_many_writers_is_lost(tokyo: Path) -> None:
    ids = [one.id for one in foedus.read_dossier(tokyo).statements if one.status == "accepted"][: WRITERS * EACH]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(tokyo), *ids[k::WRITERS]], stdout=subprocess.PIPE, text=True
        )
        for k in range(WRITERS)
    ]
    told = dict(line.split() for writer in writers for line in writer.communicate()[0].splitlines())
    assert sorted(told) == sorted(ids)
    numbers = [entry.number for entry in read_journal(tokyo).entries]
    assert numbers == list(range(1, len(ids) + 1))
    assert sorted(int(number) for number in told.values()) == numbers
    rejected = {one.id for one in foedus.read_dossier(tokyo).statements if one.status == "rejected"}
    assert set(ids) <= rejected


def test_a_writer_that_dies_leaves_no_lock_behind(tokyo: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom foedus.base.locks import writing\n"
        "with writing(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, str(tokyo)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(foedus.FoedusError, match=rf"process {holder.pid} on"), writing(tokyo, patience=0.0):
        pass
    holder.kill()
    holder.communicate()
    with writing(tokyo, patience=5.0):
        pass


def test_a_private_table_stays_private(tokyo: Path) -> None:
    table = tokyo / "statements.csv"
    table.chmod(0o600)
    decide(tokyo, ["jt01"], "rejected")
    assert stat.S_IMODE(table.stat().st_mode) == 0o600


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for who in ("Norway", "Italy", "Iceland", "Portugal"):
        (folder / f"{who}.txt").write_text(f"{who} said on 3 July 2023 that the liaison office in Tokyo should open.")
    return folder


def _meanwhile(work: Callable[[], object], after: int) -> Callable[[int, int], None]:
    """Return a listener to a reading's progress that lets another writer work to its end, in a thread of its own."""

    def tell(done: int, _total: int) -> None:
        if done == after:
            other = threading.Thread(target=work)
            other.start()
            other.join(timeout=20.0)
            assert not other.is_alive(), "the reading holds the lock while it reads"

    return tell


def test_a_decision_during_a_long_reading_does_not_wait_and_both_are_kept(tokyo: Path, notes: Path) -> None:
    found = read_into(tokyo, [notes], Wishes(), progress=_meanwhile(lambda: decide(tokyo, ["jt01"], "rejected"), 2))
    statements = {one.id: one for one in foedus.read_dossier(tokyo).statements}
    assert statements["jt01"].status == "rejected"
    assert {one.actor for one in found.statements} == {"NOR", "ITA", "ISL", "PRT"}
    assert {one.id for one in found.statements} <= statements.keys()


def test_two_readings_of_the_same_documents_at_once_list_each_once(tokyo: Path, notes: Path) -> None:
    (tokyo.parent / "more").mkdir()
    more = tokyo.parent / "more" / "Norway.txt"  # the same name as one of the notes, and other words
    more.write_text("Norway said on 4 July 2023 that the liaison office in Tokyo should not open.")
    before = foedus.read_dossier(tokyo)
    other = _meanwhile(lambda: read_into(tokyo, [notes / "Italy.txt", more], Wishes()), 3)
    read_into(tokyo, [notes], Wishes(), progress=other)
    after = foedus.read_dossier(tokyo)
    new = [one for one in after.sources.values() if one.id not in before.sources]
    assert len({one.sha256 for one in new}) == len(new) == 5
    said = sorted(
        (one.actor, one.stance) for one in after.statements if one.id not in {s.id for s in before.statements}
    )
    assert said == [("ISL", 1), ("ITA", 1), ("NOR", -1), ("NOR", 1), ("PRT", 1)]


def test_a_concept_that_is_removed_during_a_reading_leaves_a_dossier_that_can_be_read(tokyo: Path, notes: Path) -> None:
    def remove() -> None:
        for name, mark in (("concepts.csv", "\noffice,"), ("statements.csv", ",office,")):
            heading, *lines = (tokyo / name).read_text("utf-8").splitlines(keepends=True)
            kept = [line for line in lines if mark not in f"\n{line}"]
            (tokyo / name).write_text("".join([heading, *kept]), "utf-8")

    found = read_into(tokyo, [notes], Wishes(), progress=_meanwhile(remove, 2))
    assert "concept 'office' was removed while it was read" in {one.reason for one in found.refused}
    foedus.read_dossier(tokyo)
