"""What treaties bind to: every case, invariants of every clause, and questions that cannot be answered."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.errors import FoedusError, InputError
from foedus.base.traces import Trace
from foedus.institutions import questions
from foedus.institutions.accession import accession
from foedus.institutions.cases import CaseRecord, SettledCase, differences, packaged_cases
from foedus.institutions.law import treaties
from foedus.institutions.law.conditions import AllOf, AnyOf, Called, Condition, Not, Within, read_condition
from foedus.institutions.law.grounds import locate, metropolitan_territories
from foedus.institutions.law.logic import Verdict, all_of, any_of, opposite
from foedus.institutions.law.schema import TreatyFile
from foedus.institutions.law.treaties import packaged_law, read_law
from foedus.institutions.limits import limits
from foedus.institutions.obligations import Attack, TreatyAnswer, consultation, obligations, open_to_consultation
from foedus.world import packaged_world

CASES = packaged_cases()
LAW = packaged_law()
WORLD = packaged_world()
DAYS = st.dates(dt.date(1945, 1, 1), dt.date(2026, 11, 22))
TREATIES = st.sampled_from(sorted(LAW.treaties))
PLACES = st.sampled_from(sorted(WORLD.places))
STATES = st.sampled_from(sorted(actor.id for actor in WORLD.actors.values() if actor.kind == "state"))
VERDICTS = st.sampled_from(["yes", "no", "contested"])


@pytest.mark.parametrize("case", CASES, ids=[f"{c.record.on} {c.record.name}" for c in CASES])
def test_a_case(case: SettledCase) -> None:
    assert differences(case) == ()


def test_there_are_enough_cases_of_each_kind() -> None:
    counts = {kind: sum(case.record.kind == kind for case in CASES) for kind in questions.KINDS}
    assert sum(counts.values()) == len(CASES) >= 300
    assert min(counts[kind] for kind in questions.TREATIES) >= 10
    assert min(counts[kind] for kind in questions.VOTES) >= 7


def test_every_treaty_has_a_case_that_names_it() -> None:
    named = {LAW.treaty(case.record.input["treaty"]).id for case in CASES if "treaty" in case.record.input}
    without = {one.id for one in LAW.treaties.values() if not one.clauses}
    assert set(LAW.treaties) - named <= without


def test_no_two_cases_have_one_name() -> None:
    names = [case.record.name for case in CASES]
    assert len(names) == len(set(names))


def test_every_defence_treaty_of_the_world_is_written_down() -> None:
    binding = {row.treaty for row in WORLD.treaty_articles if row.obligation in {"defense", "consultation"}}
    assert binding <= {one.treaty for one in LAW.treaties.values()}
    assert {one.treaty for one in LAW.treaties.values()} <= set(WORLD.treaties)


def _ids(condition: Condition) -> set[str]:
    match condition:
        case Within(ids):
            return set(ids)
        case AllOf(parts) | AnyOf(parts):
            return set().union(*(_ids(part) for part in parts))
        case Not(part) | Called(_, part):
            return _ids(part)
        case _:
            return set()


@pytest.mark.parametrize("one", LAW.treaties.values(), ids=list(LAW.treaties))
def test_every_place_and_actor_that_a_treaty_names_exists(one: TreatyFile) -> None:
    known = set(WORLD.places) | set(WORLD.actors)
    for clause in one.clauses:
        for area in (*clause.territory, *clause.forces):
            if area.value is not None:
                assert _ids(area.value) <= known
        for place in clause.places:
            assert _ids(place.when) <= known
        for owed in clause.owed:
            assert {*(owed.by or ()), *(owed.to or ()), *(owed.attacker or ())} <= set(WORLD.actors)
        assert {actor for guarded in clause.protects for actor in guarded.actor} <= set(WORLD.actors)


def test_every_state_has_a_metropolitan_territory() -> None:
    states = {actor.id for actor in WORLD.actors.values() if actor.kind == "state"}
    assert states <= set(metropolitan_territories())


# Invariants


def ask(treaty: str, place: str, on: dt.date, **more: Any) -> TreatyAnswer | None:
    """TreatyAnswer, or nothing where the question itself is refused."""
    try:
        (answer,) = obligations(Attack(place=place, on=on, **more), treaty)
    except FoedusError:
        return None
    return answer


@given(TREATIES, PLACES, DAYS)
def test_nothing_is_engaged_outside_its_days_or_for_a_stranger(treaty: str, place: str, on: dt.date) -> None:
    answer = ask(treaty, place, on)
    if answer is None or answer.engaged == "no":
        return
    one = LAW.treaty(treaty)
    record = WORLD.treaties[one.treaty]
    first = record.in_force or record.signed
    assert first is not None
    assert first <= on
    assert record.in_force is not None or answer.engaged == "contested"
    assert record.end is None or on < record.end
    parties = {row.actor for row in WORLD.treaty_parties if row.treaty == one.treaty and on in row.interval}
    guarded = {actor for clause in one.clauses for row in clause.protects if row.in_force(on) for actor in row.actor}
    assert set(answer.attacked) & (parties | guarded)
    assert {owed.actor for owed in answer.owed_by} <= parties


@given(TREATIES, PLACES, DAYS, STATES)
def test_nobody_owes_to_itself_or_against_itself(treaty: str, place: str, on: dt.date, by: str) -> None:
    answer = ask(treaty, place, on, by=by)
    if answer is None:
        return
    owing = {owed.actor for owed in answer.owed_by}
    assert by not in owing
    assert len(answer.attacked) > 1 or not owing & set(answer.attacked)
    if answer.engaged == "no":
        assert (answer.invoked_by, answer.determined_by, answer.owed_by) == ((), "", ())


@given(TREATIES, PLACES, DAYS)
def test_the_reasons_end_in_the_answer_and_give_references(treaty: str, place: str, on: dt.date) -> None:
    answer = ask(treaty, place, on)
    if answer is None:
        return
    assert answer.why.value == answer.engaged
    if answer.engaged == "contested":
        assert {reading.value for reading in answer.readings} == {"yes", "no"}
    else:
        assert answer.readings == ()
    assert any(trace.reference for trace in _all(answer.why))


def _all(trace: Trace) -> list[Trace]:
    return [trace, *(below for child in trace.children for below in _all(child))]


@given(DAYS, st.sampled_from(["guam", "hawaii", "falkland-islands", "reunion", "goa", "new-caledonia", "pyongyang"]))
def test_a_place_outside_the_area_never_engages_article_5(on: dt.date, place: str) -> None:
    answer = ask("nato", place, on)
    assert answer is None or answer.engaged == "no"


@given(DAYS, st.sampled_from(["paris", "london", "newfoundland-and-labrador", "sicily", "faroe-islands", "azores"]))
def test_a_founder_in_the_area_is_covered_from_the_first_day_on(on: dt.date, place: str) -> None:
    answer = ask("nato", place, on)
    assert answer is not None
    assert (answer.engaged == "yes") is (on >= dt.date(1949, 8, 24))


@given(DAYS, STATES)
def test_only_european_states_may_be_invited(on: dt.date, state: str) -> None:
    try:
        found = accession("nato", state, on)
    except FoedusError:
        return
    continents = metropolitan_territories()[state].continents
    if "Europe" not in continents and state not in {"CYP", "ARM"}:
        assert found.open == "no"
        assert found.consent_of == ()


@given(st.lists(VERDICTS, max_size=5))
def test_the_connectives_are_dual(values: list[Verdict]) -> None:
    assert opposite(all_of(values)) == any_of(opposite(value) for value in values)


@given(st.lists(VERDICTS, max_size=4), st.lists(VERDICTS, max_size=4))
def test_the_connectives_are_associative(left: list[Verdict], right: list[Verdict]) -> None:
    assert all_of([all_of(left), all_of(right)]) == all_of([*left, *right])
    assert any_of([any_of(left), any_of(right)]) == any_of([*left, *right])


def test_the_connectives_agree_with_the_table_of_kleene() -> None:
    rank = {"no": 0.0, "contested": 0.5, "yes": 1.0}
    words = {number: word for word, number in rank.items()}
    for left, a in rank.items():
        for right, b in rank.items():
            assert all_of([left, right]) == words[min(a, b)]  # type: ignore[list-item]
            assert any_of([left, right]) == words[max(a, b)]  # type: ignore[list-item]


# A state goes before another place of its name, and the answer says so


@pytest.mark.parametrize(
    ("place", "on", "attacked", "note"),
    [
        ("Georgia", dt.date(2008, 8, 8), ("GEO",), "georgia-us is another place of that name"),
        ("Georgia", dt.date(1985, 8, 8), ("USA",), None),
        ("Algeria", dt.date(1958, 6, 1), ("FRA",), None),
        ("Algeria", dt.date(2025, 1, 1), ("DZA",), "french-algeria is another place of that name"),
        ("Tallinn", dt.date(2025, 1, 1), ("EST",), "the capital of Estonia, is read as part of that state's territory"),
        ("Bonn", dt.date(1961, 8, 13), ("DEU",), "the capital of Germany"),
        ("Washington", dt.date(2024, 1, 1), ("USA",), None),
    ],
)
def test_a_name_that_a_state_shares_with_a_place(
    place: str, on: dt.date, attacked: tuple[str, ...], note: str | None
) -> None:
    (answer,) = obligations(Attack(place=place, on=on), "nato")
    assert answer.attacked == attacked
    assert any(note in one for one in answer.notes) if note else not answer.notes


# Questions that cannot be answered


DAY = dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("attack", "treaty", "message"),
    [
        (Attack(place="Guamm", on=DAY), "nato", "no place 'Guamm'; did you mean guam"),
        (Attack(place="Korea", on=DAY), "us-korea", "'Korea' may be KOR or PRK; give one of these ids"),
        (Attack(place="Lituania", on=DAY), "nato", r"no place 'Lituania'; did you mean Lithuania\?$"),
        (Attack(place="Klingon", on=DAY), "nato", "no place 'Klingon'; 'foedus world places' lists"),
        (Attack(place="Poland", by="DEU", on=dt.date(1939, 9, 1)), None, "these tables tell of alliances since 1945"),
        (Attack(place="Berlin", on=dt.date(1961, 8, 13)), "nato", "no place 'Berlin'; did you mean west-berlin"),
        (Attack(place="Guam", on=DAY), "nado", "no treaty 'nado'; did you mean nato"),
        (Attack(place="Guam", on=DAY), "entente cordiale", "no treaty 'entente cordiale'; known are "),
        (Attack(place="Guam", on=DAY, by="Atlantis"), "nato", "(?i)atlantis"),
        (Attack(place="Guam", on=DAY, by="SUN"), "nato", "Soviet Union did not exist on 2024-01-01"),
        (Attack(place="Slovakia", on=dt.date(1980, 1, 1)), "nato", "Slovakia did not exist on 1980-01-01"),
        (Attack(place="south-china-sea", on=DAY), "nato", "nobody's territory on 2024-01-01.*say whose forces"),
        (Attack(place="Guam", on=DAY, by="USA"), "nato", "United States cannot attack itself"),
        (Attack(place="USA", on=DAY, by="USA"), "nato", "United States cannot attack itself"),
        (Attack(place="pacific", on=DAY, by="USA", forces_of="USA"), "anzus", "United States cannot attack itself"),
        (Attack(place="Guam", on=DAY, means="magic"), "nato", "no means 'magic'; expected one of armed"),  # type: ignore[arg-type]
    ],
)
def test_a_question_that_cannot_be_answered(attack: Attack, treaty: str, message: str) -> None:
    with pytest.raises(FoedusError, match=message):
        obligations(attack, treaty)


@pytest.mark.parametrize(
    ("treaty", "state", "on", "message"),
    [
        ("nato", "France", DAY, "France is a party to North Atlantic Treaty on 2024-01-01 already"),
        ("nato", "eu", DAY, "not a state"),
        ("nato", "Finland", dt.date(1949, 1, 1), "North Atlantic Treaty is not in force on 1949-01-01"),
        ("anzus", "Japan", DAY, "no rule on accession"),
        ("nato", "Kosovo", dt.date(2000, 1, 1), "Kosovo did not exist on 2000-01-01"),
    ],
)
def test_an_accession_that_cannot_be_answered(treaty: str, state: str, on: dt.date, message: str) -> None:
    with pytest.raises(FoedusError, match=message):
        accession(treaty, state, on)


def test_a_consultation_that_cannot_be_answered() -> None:
    with pytest.raises(FoedusError, match="has no clause on consultation"):
        consultation("eu", "France", DAY)
    with pytest.raises(FoedusError, match="no treaty"):
        consultation("no such treaty at all", "France", DAY)


@pytest.mark.parametrize(
    ("actor", "act", "on", "message"),
    [
        (
            "Spain",
            "collective-self-defence",
            DAY,
            "no limits of Spain are described; there are those of Austria, Denmark, Finland",
        ),
        ("Japan", "dancing", DAY, "no act 'dancing' of Japan is described; there are individual-self-defence"),
        ("Japan", "arms-export", dt.date(1960, 1, 1), "the first is of 1967-04-21"),
    ],
)
def test_a_limit_that_cannot_be_answered(actor: str, act: str, on: dt.date, message: str) -> None:
    with pytest.raises(FoedusError, match=message):
        limits(actor, act, on)


def test_a_place_by_the_code_of_its_territory() -> None:
    assert locate(WORLD, "GUM", DAY).id == "guam"
    assert locate(WORLD, "guam", DAY) == locate(WORLD, "Guam", DAY)


def test_an_id_settles_what_a_name_leaves_open() -> None:
    assert locate(WORLD, "GEO", DAY).kind == "metropolitan"
    assert locate(WORLD, "georgia-us", DAY).held_as("sovereign") == ("USA",)


def test_a_case_of_an_unknown_kind() -> None:
    record = CASES[0].record
    for broken, message in (
        (record.model_copy(update={"kind": "dance"}), "no kind 'dance'; expected one of attack"),
        (record.model_copy(update={"expected": {"colour": "red"}}), "no part 'colour' of the answer"),
        (record.model_copy(update={"input": {"treaty": "nato"}}), "the input lacks"),
        (record.model_copy(update={"input": {**record.input, "attack-on": "x"}}), "no input attack-on; there are"),
    ):
        with pytest.raises(FoedusError, match=message):
            differences(SettledCase("x", broken))


def test_a_case_that_fails_tells_both_answers() -> None:
    record = CaseRecord(
        name="x",
        on=DAY,
        kind="attack",
        input={"treaty": "nato", "attack_on": "Poland"},
        expected={"engaged": "no", "owed_by": ["FRA"], "not_owed_by": ["FRA"]},
        reference="none",
    )
    first, second, third = differences(SettledCase("x", record))
    assert first == "engaged: expected 'no', found 'yes'"
    assert second.startswith("owed_by: expected ['FRA'], found ['ALB'")
    assert third.startswith("not_owed_by: expected ['FRA']")


# Files


PACT = """\
id: pact
treaty: nat-1949
clauses:
  - article: Article 1
    kind: defence
    territory:
      - {value: {held_by: attacked}, says: all of it, reference: the pact}
    invoked_by: [{value: attacked, says: so, reference: the pact}]
    determined_by: [{value: each party, reference: the pact}]
    owed: [{value: help, reference: the pact}]
"""


@pytest.mark.parametrize(
    ("old", "new", "where", "expected"),
    [
        ("held_by: attacked", "held: attacked", "line 7", "anywhere, or a mapping with one of held_by"),
        ("kind: defence", "kind: offence", "line 5", "'defence' or 'consultation'"),
        ("says: all of it, ", "", "line 7", "is missing"),
        ("id: pact", "id: pact\ncolour: red", "line 2", "no such key here"),
        (
            "says: all of it",
            "says: all of it, from: 2001-01-01, until: 2000-01-01",
            "line 7",
            "an interval that ends on 2000-01-01 cannot start on 2001-01-01",
        ),
        (
            "reference: the pact}\n    invoked",
            "reference: the pact, from: 2001}\n    invoked",
            "line 7",
            "a day such as",
        ),
        (
            "    invoked_by",
            "    attackers:\n      - {attacker: party, value: contested, says: x, reference: y}\n    invoked_by",
            "line 9",
            "readings that say yes and readings that say no",
        ),
    ],
)
def test_a_malformed_treaty(tmp_path: Path, old: str, new: str, where: str, expected: str) -> None:
    assert old in PACT
    (tmp_path / "pact.yaml").write_text(PACT.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        read_law([(tmp_path, "pacts/")])
    (problem,) = caught.value.problems
    assert (problem.file, problem.where) == ("pacts/pact.yaml", where)
    assert expected in problem.expected


def test_a_treaty_that_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "pact.yaml").write_text("id: pact\ntreaty: nat-1949\n")
    with pytest.raises(InputError, match="clauses, or without_duty"):
        read_law([(tmp_path, "pacts/")])


def test_the_packaged_treaties_are_found_by_the_names_that_their_files_give() -> None:
    whole = read_law([(Path(treaties.__file__).parents[1] / "treaties", "institutions/treaties/")])
    assert {**packaged_law().treaties} == whole.treaties
    assert packaged_law().names == whole.names


def test_two_treaties_of_one_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(PACT)
    with pytest.raises(InputError, match="names that no other treaty has; pact has it"):
        read_law([(tmp_path, "pacts/")])


def test_a_treaty_of_one_s_own(tmp_path: Path) -> None:
    (tmp_path / "pact.yaml").write_text(PACT)
    law = read_law([(tmp_path, "pacts/")])
    (answer,) = obligations(Attack(place="Guam", on=DAY), "pact", law=law)
    assert answer.engaged == "yes"
    assert len(answer.owed_by) == 30
    assert answer.consultation == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"in": "guam"}, "a list of names"),
        ({"north_of": "the sun"}, "degrees, or 'tropic of cancer'"),
        ({"all_of": []}, "a list of conditions"),
        ({"held_by": 3}, "a list of names"),
        ("nowhere", "anywhere, or a mapping"),
        ({"in": ["a"], "ocean": ["b"]}, "anywhere, or a mapping"),
    ],
)
def test_a_malformed_condition(value: Any, expected: str) -> None:
    with pytest.raises(ValueError, match=re.escape(expected)):
        read_condition(value)


def test_no_stranger_to_a_treaty_invokes_it() -> None:
    # Japan was no party to ANZUS; in 1971 Okinawa stood under the administration of the United States.
    (answer,) = obligations(Attack(place="Okinawa", on=dt.date(1971, 1, 1), by="CHN"), "anzus")
    assert answer.invoked_by == ("USA",)
    assert [one.actor for one in answer.owed_by] == ["AUS", "NZL"]


def test_a_contested_place_is_contested_ground() -> None:
    (answer,) = obligations(Attack(place="Crimea", on=dt.date(2022, 3, 20), by="RUS"), "budapest")
    assert answer.engaged == "contested"
    assert len(answer.readings) == 2


def test_limits_without_an_act_tell_the_first_that_is_described() -> None:
    found = limits("Norway", None, dt.date(2025, 6, 1))
    assert (found.act, found.permitted, found.also_described) == (
        "foreign-bases",
        "under conditions",
        ("nuclear-weapons", "forces-on-svalbard"),
    )
    assert limits("Japan", None, dt.date(2025, 6, 1)).act == "collective-self-defence"


@pytest.mark.parametrize(
    ("name", "treaty"), [("liptako", "liptako-gourma"), ("Manila-Pact", "seato"), ("union state", "russia-belarus")]
)
def test_a_treaty_by_words_that_it_alone_has(name: str, treaty: str) -> None:
    assert LAW.treaty(name).id == treaty


def test_words_that_several_treaties_have_are_refused_with_all() -> None:
    with pytest.raises(FoedusError, match="'raa' may be japan-australia-raa or japan-philippines-raa or japan-uk-raa"):
        LAW.treaty("raa")


# Nobody is attacked by force in one's own region; allies far away are not listed for an attack of no concern to them.
def test_force_in_a_region_of_ones_own() -> None:
    assert not obligations(Attack(place="Transnistria", on=DAY, by="MDA"))


@pytest.mark.parametrize(
    ("place", "by", "near", "far"),
    [
        ("Ukraine", "RUS", "nato", "us-korea"),
        ("South Korea", "PRK", "anzus", "rio"),
        ("Venezuela", "USA", "rio", "csto"),
    ],
)
def test_who_may_consult_is_near(place: str, by: str, near: str, far: str) -> None:
    attack = Attack(place=place, on=DAY, by=by)
    bound = {answer.treaty for answer in obligations(attack)}
    told = {one.treaty for one in open_to_consultation(attack)}
    assert near in told | bound
    assert far not in told - bound


def test_force_against_belarus_is_not_judged_as_force_against_russia() -> None:
    """Finding: an attack on Belarus was answered with what Russia says of its own territory."""
    on = dt.date(2025, 4, 1)
    (belarus,) = obligations(Attack(place="Belarus", by="UKR", on=on), "csto")
    (kursk,) = obligations(Attack(place="kursk-oblast", by="UKR", on=on), "csto")
    assert (belarus.engaged, belarus.readings[0].by) == ("contested", "Belarus")
    assert (kursk.engaged, kursk.readings[0].by) == ("contested", "Russia")


def test_a_name_of_a_city_and_of_the_state_around_it_is_the_state() -> None:
    (answer,) = obligations(Attack(place="New York", on=dt.date(2002, 1, 1), means="non-state"), "nato")
    assert answer.engaged == "yes"


def test_what_was_done_about_paris_in_2015_stands_beside_the_law() -> None:
    asked = Attack(place="France", on=dt.date(2015, 11, 13), means="non-state")
    (union,) = obligations(asked, "eu")
    assert [one.said for one in union.readings if one.by == "all members on 17 November 2015"] == [
        dt.date(2015, 11, 17)
    ]
    (nato,) = obligations(asked, "nato")
    assert any("Article 5 was not invoked" in note for note in nato.notes)
    (later,) = obligations(Attack(place="France", on=dt.date(2016, 7, 14), means="non-state"), "nato")
    assert not any("Article 5 was not invoked" in note for note in later.notes)


@pytest.mark.parametrize(
    ("place", "by", "treaty", "engaged"),
    [
        ("Abkhazia", "GEO", "csto", "no"),  # Russia holds it to be a state, and no part of its own
        ("South Ossetia", "GEO", "csto", "no"),
        ("Northern Cyprus", "CYP", "nato", "no"),
        ("Crimea", "UKR", "csto", "contested"),  # Russia counts it as its own
        ("Western Sahara", "ESH", "arab-league", "contested"),
    ],
)
def test_ground_that_an_occupier_does_not_claim_is_not_its_territory(
    place: str, by: str, treaty: str, engaged: str
) -> None:
    (answer,) = obligations(Attack(place=place, on=dt.date(2024, 1, 1), by=by), treaty)
    assert answer.engaged == engaged
