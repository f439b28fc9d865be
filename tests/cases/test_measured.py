"""Silent members placed by their votes: who is, how, and what does not move them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

import pytest

import foedus
from foedus.base.errors import InputError
from foedus.cases.case import Case, case_of
from foedus.dossiers import Dossier, packaged_dossiers, suppose
from foedus.dossiers.stands import FROM_PRIOR
from foedus.measure import packaged_measures
from foedus.measure.leaning import packaged_leaning, triangle
from foedus.reports.content import placed_in_words, placing_words

DAY = "2023-07-10"


def with_line(folder: Path, line: str) -> Dossier:
    copy = Path(shutil.copytree(packaged_dossiers()["tokyo-office"], folder / "tokyo"))
    settings = copy / "dossier.yaml"
    settings.write_text(settings.read_text("utf-8").replace("\nissues:", f"\n{line}\nissues:", 1), "utf-8")
    return foedus.read_dossier(copy)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return with_line(tmp_path_factory.mktemp("measured"), "prior: {from: measure}")


@pytest.fixture(scope="module")
def office(measured: Dossier) -> Case:
    return case_of(measured, "office", DAY, None)


def test_a_silent_member_stands_where_its_votes_place_it(office: Case) -> None:
    # By hand: Poland's distance from the one that backs and the one that objects, in the points of 2019.
    point = {actor: packaged_measures().point(actor, 2019).point for actor in ("POL", "FRA", "USA")}  # type: ignore[union-attr]
    to_backer, to_objector = abs(point["POL"] - point["USA"]), abs(point["POL"] - point["FRA"])
    numbers = packaged_leaning()["position"]["public"]
    stand = office.member("POL").stand
    found = stand.measured
    assert found is not None
    assert (found.year, found.backers, found.objectors) == (2019, ("USA",), ("FRA",))
    assert (found.to_backers, found.to_objectors) == pytest.approx((to_backer, to_objector))
    expected = numbers["intercept"] + 50 * numbers["others"] + numbers["farther"] * (to_objector - to_backer)
    assert found.position == pytest.approx(expected, abs=0.5)
    assert (stand.private.low, stand.private.mode, stand.private.high) == pytest.approx(
        triangle(found.position, numbers["spread"])
    )
    assert stand.basis == FROM_PRIOR
    assert stand.known == 0


def test_nothing_changes_unless_the_dossier_asks(tokyo: Dossier, measured: Dossier, office: Case) -> None:
    assert all(member.stand.measured is None for member in case_of(tokyo, "office", DAY, None).members)
    assert placing_words(case_of(tokyo, "office", DAY, None)) == ""
    assert measured.inputs_sha256 != tokyo.inputs_sha256
    assert len([member for member in office.silent if member.stand.measured]) == len(office.silent) == 29


def test_one_issue_may_say_otherwise(tmp_path: Path, measured: Dossier) -> None:
    settings = measured.settings
    issues = [
        one.model_copy(update={"prior": settings.prior if one.id == "office" else None}) for one in settings.issues
    ]
    one = dataclasses.replace(measured, settings=settings.model_copy(update={"prior": None, "issues": issues}))
    assert [one.measures_prior(issue.id) for issue in one.issues] == [issue.id == "office" for issue in one.issues]


def test_where_nobody_objects_the_stated_prior_holds_and_says_so(measured: Dossier) -> None:
    quiet = tuple(one for one in measured.statements if one.actor != "FRA")
    case = case_of(dataclasses.replace(measured, statements=quiet), "office", DAY, None)
    assert all(member.stand.measured is None for member in case.members)
    assert case.member("POL").stand.private.mode == measured.prior("office").position.mode
    assert placing_words(case).startswith("Votes cannot place silent members yet")


def test_what_is_supposed_of_others_moves_no_silent_member(measured: Dossier, office: Case) -> None:
    other = case_of(suppose(measured, ["FRA.position=60"], "office"), "office", DAY, None)
    assert other.member("FRA").stand.private.mode == 60
    assert other.member("POL").stand == office.member("POL").stand


def test_no_vote_counts_that_was_cast_in_the_year_of_the_day(measured: Dossier) -> None:
    early = dataclasses.replace(
        measured,
        settings=measured.settings.model_copy(update={"capability": None}),
        statements=tuple(dataclasses.replace(one, known_on=dt.date(2015, 6, 1)) for one in measured.statements),
    )
    found = case_of(early, "office", "2015-06-01", "Vilnius 2023").member("POL").stand.measured
    assert found is not None
    assert found.year == 2014


def test_words_tell_where_the_data_end(office: Case) -> None:
    told = placed_in_words(office, office.member("POL"))
    assert "votes in the UN General Assembly of 2019, where the data end" in told
    assert "(France)" in told
    assert placing_words(office).startswith("29 of 29 silent members are placed by their votes")


def test_other_sources_of_priors_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"prior\.from: 'measured', expected 'stated' or 'measure'"):
        with_line(tmp_path, "prior: {from: measured}")
