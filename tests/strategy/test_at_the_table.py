"""A rival that sits in the body that decides, and acts that no class of the record fits."""

from __future__ import annotations

from pathlib import Path

import pytest

import foedus
from foedus.base.days import parse_day
from foedus.dossiers import new_dossier, packaged_dossiers, read_dossier
from foedus.dossiers.draft import drafted
from foedus.reports.responses import sentence


@pytest.mark.parametrize(
    ("body", "rival", "seated", "unlike"),
    [
        ("osce-council", "RUS", True, True),  # no office of the OSCE is on record as an act of an alliance
        ("nac", "RUS", False, False),
        ("nac", "TUR", True, False),
        ("unsc", "CHN", True, True),
    ],
)
def test_no_share_is_given_for_who_answers_at_the_table_or_for_what_no_class_fits(
    tmp_path: Path, body: str, rival: str, seated: bool, unlike: bool
) -> None:
    draft = drafted("An office?", ["no office=0", "an office=100"], ["2023-12-01"], issue="office")
    new_dossier(tmp_path / "own", body, parse_day("2023-12-01"), draft)
    found = foedus.respond(read_dossier(tmp_path / "own"), to=rival, target="UKR", like="office", draws=20)
    warned = " ".join(found.warnings)
    assert ("sits in the body that decides" in warned, "No class of acts fits" in warned) == (seated, unlike)
    if seated or unlike:
        assert found.main.record is None
        assert "%" not in str(sentence(found))


def test_an_office_of_an_alliance_keeps_its_record() -> None:
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    found = foedus.respond(dossier, "office", "2023-07-10", draws=20)
    assert found.main.record is not None
    assert not any("sits in the body" in one or "No class" in one for one in found.warnings)
