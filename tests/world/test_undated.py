"""What has no first day is told as such, and what an organisation is named after is found."""

from __future__ import annotations

import pytest

from foedus.cli import main


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["world", *arguments])
    assert end.value.code in {0, None}
    return " ".join(capsys.readouterr().out.split())


def test_show_lists_nothing_whose_first_day_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    nato, iraq = said(capsys, "show", "nato", "--on", "1985-01-01"), said(capsys, "show", "Iraq", "--on", "1962-10-22")
    for out, left in ((nato, "Permanent Mission of Russia to NATO, Brussels"), (iraq, "partners-across-the-globe")):
        listed, _, beside = out.partition("left out, since their first day is not known: ")
        assert left in beside
        assert left.split(",")[0] not in listed


def test_the_treaty_of_an_organisation_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert "(Rio Treaty), in force since 1948-12-03: 21 parties" in said(
        capsys, "treaties", "rio-treaty", "--on", "1960-01-01"
    )
    assert "(Baghdad Pact, later CENTO), in force since 1955-04-15: 4 parties" in said(
        capsys, "treaties", "baghdad-pact", "--on", "1960-01-01"
    )
    assert "No treaty of Organisation of African Unity is known here; nor is it known here who" in said(
        capsys, "treaties", "oau", "--on", "1990-01-01"
    )


@pytest.mark.parametrize(
    ("called", "title"), [("balkan-pact", "(Balkan Pact)"), ("YYA treaty", "Finland and the USSR")]
)
def test_a_treaty_goes_by_the_names_that_obligations_has_for_it(
    capsys: pytest.CaptureFixture[str], called: str, title: str
) -> None:
    assert title in said(capsys, "treaties", called, "--on", "1960-01-01")
