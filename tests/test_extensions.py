"""What another installed package brings: the packaged example is found, used and held to the conformance suite."""

from __future__ import annotations

import importlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import foedus
from foedus.base.errors import FoedusError
from foedus.base.plugins import found
from foedus.coding.intake import Wishes, coder_named, read_into
from foedus.dossiers import Dossier
from foedus.evidence.readers import document_of
from foedus.forecasts.compose import all_cards, find, find_card
from foedus.testing import check_model
from foedus.testing.counterexamples import from_plain, write_counterexamples

EXAMPLE = Path(__file__).parents[1] / "docs" / "example"
CAPTIONS = (
    b"1\r\n00:00:01,000 --> 00:00:04,000\r\nNorway said that the liaison office\r\nin Tokyo should open.\r\n\r\n"
    b"2\r\n00:00:04,000 --> 00:00:06,000\r\nFrance was silent.\r\n"
)


def install(folder: Path, groups: dict[str, dict[str, str]], name: str = "foedus_example") -> None:
    """Write what an installer writes beside a package: its name and its entry points."""
    home = folder / f"{name}-1.0.dist-info"
    home.mkdir(parents=True)
    (home / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 1.0\n")
    lines = [
        f"[{group}]\n" + "\n".join(f"{key} = {value}" for key, value in points.items())
        for group, points in groups.items()
    ]
    (home / "entry_points.txt").write_text("\n\n".join(lines) + "\n")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    install(tmp_path / "site", project["entry-points"])
    monkeypatch.syspath_prepend(str(EXAMPLE))
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    importlib.invalidate_caches()
    found.cache_clear()
    yield
    found.cache_clear()


@pytest.mark.usefixtures("installed")
def test_a_reader_of_another_package_reads_its_format(tokyo_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "briefing.srt").write_bytes(CAPTIONS)
    (tmp_path / "press" / "broken.srt").write_bytes(b"nothing")
    intake = read_into(tokyo_copy, [tmp_path / "press"], Wishes())
    assert [(one.actor, one.stance, one.passage) for one in intake.statements] == [("NOR", 1, "p1")]
    assert [one.reason for one in intake.refused] == ["holds no captions with their times"]
    assert (
        (tokyo_copy / "documents" / "briefing.srt.txt").read_text().startswith("Norway said that the liaison office in")
    )


@pytest.mark.usefixtures("installed")
def test_a_coder_of_another_package_is_chosen_by_its_name(tokyo: Dossier) -> None:
    lines = (
        "Roll call on the liaison office in Tokyo",
        "Norway: for",
        "France: against",
        "Ruritania: for",
        "Italy: abstained",
    )
    text = "\n\n".join(lines).encode()
    coded = coder_named("tally").code(document_of("roll.txt", text), tokyo.world, tokyo.concepts[:1])
    assert [(one.actor, one.stance, one.kind, one.quote) for one in coded.candidates] == [
        ("NOR", 1, "act", "Norway: for"),
        ("FRA", -1, "act", "France: against"),
        ("ITA", 0, "act", "Italy: abstained"),
    ]
    assert len(coded.refused) == 1
    assert coded.refused[0].startswith("'Ruritania: for': no actor 'Ruritania'")


@pytest.mark.usefixtures("installed")
def test_a_model_of_another_package_answers_and_passes_the_conformance_suite(tokyo: Dossier, tmp_path: Path) -> None:
    model = find("midpoint")
    assert find_card("midpoint").stage == "settlement"
    assert [card.name for card in all_cards()][-1] == "midpoint"
    assert find("challenge+midpoint").card.name == "challenge:scholz+midpoint"
    stored = tmp_path / "counterexamples.json"
    stored.write_text('{"mean": {}}')
    assert write_counterexamples(model, stored) == ()
    written = json.loads(stored.read_text())
    assert list(written) == ["mean", "midpoint"]
    cases = {name: from_plain(case) for name, case in written["midpoint"].items()}
    assert cases.keys() == set(model.card.refuted)
    assert check_model(model, counterexamples=cases, seeds=range(2)) > 20
    forecast = foedus.forecast(tokyo, issue="office", as_of="2023-07-10", models=["midpoint"], draws=50, seed=1)
    assert forecast.model == "midpoint"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("foedus_nowhere:MODEL", r"foedus-broken: its model 'odd' cannot be loaded \(ModuleNotFoundError"),
        ("json:dumps", "foedus-broken: its model 'odd' has no card of that name"),
    ],
)
def test_a_package_that_is_broken_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, told: str
) -> None:
    install(tmp_path, {"foedus.models": {"odd": value}}, "foedus_broken")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    found.cache_clear()
    try:
        with pytest.raises(FoedusError, match=told):
            find("odd")
    finally:
        found.cache_clear()


def test_two_packages_with_one_name_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("foedus_one", "a:x"), ("foedus_two", "b:x")):
        install(tmp_path, {"foedus.coders": {"same": value}}, name)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    found.cache_clear()
    try:
        with pytest.raises(FoedusError, match="foedus-one and foedus-two both bring a coder named 'same'"):
            coder_named("same")
    finally:
        found.cache_clear()
