"""Charts are drawn alike on every machine, and for scripts beyond the packaged typeface with the machine's fonts."""

from __future__ import annotations

import pytest

from foedus.reports.charts import shares_chart
from foedus.reports.drawing import Artist
from foedus.reports.vega import Chart


@pytest.fixture
def in_japanese() -> Chart:
    return shares_chart([("東京事務所", 0.25), ("kein Büro → spätere Prüfung", 0.75)], 340)


def test_machine_fonts_are_asked_for_only_where_the_packaged_typeface_has_no_outlines(in_japanese: Chart) -> None:
    with Artist() as artist:
        latin = artist.draw(shares_chart([("Łódź – Αθήνα – Київ", 1.0)], 340)).result()
        assert artist._with_fonts is None
        japanese = artist.draw(in_japanese).result()
        assert artist._with_fonts is not None
    assert "Łódź – Αθήνα – Київ" in latin
    assert "東京事務所" in japanese
    assert "kein Büro → spätere Prüfung" in japanese


def test_a_drawing_does_not_depend_on_the_fonts_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    drawings = set()
    for fonts in ("/etc/fonts/fonts.conf", "/nowhere/fonts.conf"):
        monkeypatch.setenv("FONTCONFIG_FILE", fonts)
        with Artist() as artist:
            drawings.add(artist.draw(shares_chart([("liaison office", 0.4), ("no office", 0.6)], 690)).result())
    assert len(drawings) == 1
