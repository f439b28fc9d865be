"""What is supposed of silent members is the same as writing it into the dossier."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from foedus.base.errors import FoedusError
from foedus.dossiers import packaged_dossiers, read_dossier, suppose
from foedus.forecasts.headline import headline

WRITTEN = {
    "silence.position=50": ("position: {low: 30, mode: 70, high: 100", "position: {low: 50, mode: 50, high: 50"),
    "silence.position=no office": ("position: {low: 30, mode: 70, high: 100", "position: {low: 0, mode: 0, high: 0"),
    "silence.from=measure": ("\nissues:", "\nprior: {from: measure}\n\nissues:"),
}


@pytest.mark.parametrize("supposed", WRITTEN)
def test_supposing_is_the_same_as_writing(supposed: str, tmp_path: Path) -> None:
    shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "mine")
    settings = tmp_path / "mine" / "dossier.yaml"
    old, new = WRITTEN[supposed]
    text = settings.read_text("utf-8")
    assert old in text
    settings.write_text(text.replace(old, new, 1), "utf-8")
    written = headline(read_dossier(tmp_path / "mine"), "office", "2023-07-10", model="consensus", draws=300)
    tokyo = read_dossier("tokyo-office")
    told = headline(suppose(tokyo, [supposed], "office"), "office", "2023-07-10", model="consensus", draws=300)
    assert told.options == written.options
    assert told.options != headline(tokyo, "office", "2023-07-10", model="consensus", draws=300).options


@pytest.mark.parametrize(
    ("supposed", "told"),
    [
        ("silence.position=101", "expected numbers from 0 to 100"),
        ("silence.salience=2", "expected numbers from 0 to 1"),
        ("silence.from=guess", "expected stated or measure"),
        ("silence.place=3", "expected silence.position=VALUE"),
        ("silence.position=50@2023-01-01", "holds on every day"),
        ("silence.nothing.position=50", "no issue 'nothing'"),
    ],
)
def test_what_cannot_be_supposed_of_silence_is_told(supposed: str, told: str) -> None:
    with pytest.raises(FoedusError, match=told):
        suppose(read_dossier("tokyo-office"), [supposed], "office")


def test_of_options_without_an_order_it_is_the_approval() -> None:
    dossier = read_dossier("secretary-general-2024")
    for name in ("position", "approval"):
        assert suppose(dossier, [f"silence.{name}=30"]).prior("secretary-general").position.mode == 30
    with pytest.raises(FoedusError, match="options without an order"):
        suppose(dossier, ["silence.from=measure"])
