"""Many writers at once: nothing acknowledged is lost, no number is given twice, the dossier stays readable."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import foedus
from foedus.base.locks import writing
from foedus.coding.deciding import decide
from foedus.coding.journal import read_journal
from foedus.dossiers import packaged_dossiers

WRITERS = 8
EACH = 3

SCRIPT = """
import sys
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
