"""An own folder of decisions: written empty, and explained column by column."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.backtests.consensus_set import TABLES, packaged_folder, read_consensus_set, write_template
from foedus.base.errors import FoedusError
from foedus.cli.schema import schema_of


def test_the_template_has_the_headings_of_the_packaged_set_and_reads_as_empty(tmp_path: Path) -> None:
    for path in write_template(tmp_path / "mine"):
        heading = path.read_text("utf-8").strip().split(",")
        packaged = (packaged_folder() / path.name).read_text("utf-8").splitlines()[0].split(",")
        assert sorted(heading) == sorted(packaged)
        assert list(schema_of(path.name)["properties"]) == heading
    assert read_consensus_set(tmp_path / "mine").decisions == ()
    with pytest.raises(FoedusError, match="a template is written into a new folder"):
        write_template(tmp_path / "mine")


def test_what_is_missing_is_told_with_the_command_that_writes_it(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("id,title\n", "utf-8")
    with pytest.raises(FoedusError, match=r"decisions.csv, options.csv, positions.csv missing there; .* --template"):
        read_consensus_set(tmp_path)
    assert set(TABLES) == {"decisions", "options", "positions", "sources"}
