"""The brief as a person reads it: the shares, days and words of the answer, and of nobody else."""

from __future__ import annotations

from dataclasses import replace

from foedus.base.days import day_in_words
from foedus.base.wording import percent
from foedus.cases import Member
from foedus.dossiers.said import where_said
from foedus.dossiers.stands import Contribution
from foedus.forecasts import Forecast
from foedus.forecasts.result import BreakEven
from foedus.reports import judge
from foedus.reports.brief import what_they_ask, who_blocks
from foedus.reports.earlier import Earlier, what_changed
from foedus.reports.judgement import words_of
from foedus.reports.likelihood import likelihood_word


def used(member: Member) -> list[object]:
    return [one for one in member.stand.contributions if not one.superseded_by]


def test_who_blocks_by_its_own_shares(forecast: Forecast) -> None:
    usual = forecast.objectors[0]
    outside = next(one for one in forecast.case.members if not one.seated)
    norway = next(one for one in forecast.case.silent if one.actor == "NOR")
    objectors = (
        replace(usual, actor="FRA", probability=0.61, sole=0.22),
        replace(usual, actor="DEU", probability=0.34, sole=0.04),
        replace(usual, actor=outside.actor, probability=0.27, sole=0.13),
        replace(usual, actor="LTU", probability=0.09, sole=0.05),
        replace(usual, actor=norway.actor, probability=0.5, sole=0.5),
    )
    told = [
        str(one) for one in who_blocks(replace(forecast, objections={forecast.case.issue.proposal: objectors})).items
    ]
    shown = [one for one in objectors[:3] if forecast.case.member(one.actor) not in forecast.case.silent]
    assert told[0].startswith("France is likely to object (61 %; alone 22 %)")
    assert f"{outside.name} is unlikely to refuse its consent (27 %; alone 13 %)" in [
        line.split(":")[0] for line in told
    ]
    assert len(told) == len(shown) + 1
    assert forecast.silent is not None
    alike = f"At least one of the {len(forecast.silent.members)} members with no known position could object too"
    assert told[-1] == f"{alike} ({percent(forecast.silent.any_objects)})."


def test_a_blocker_is_quoted_with_the_day_on_which_it_spoke(forecast: Forecast) -> None:
    dossier, france = forecast.case.dossier, forecast.case.member("FRA")
    against = [one for one in france.stand.contributions if one.statement.stance < 0 and not one.superseded_by]
    heaviest = max(against, key=lambda one: one.weight)
    lightest = min(against, key=lambda one: one.weight)
    assert heaviest.weight > lightest.weight
    told = str(who_blocks(forecast).items[0])
    assert (heaviest.statement.quote or words_of(dossier, heaviest.statement.id).rstrip(".")) in told
    later = dossier.known_on(heaviest.statement)
    assert f"({where_said(dossier, heaviest.statement)}, {heaviest.statement.said_on})" in told
    moved = replace(heaviest.statement, said_on=heaviest.statement.said_on.replace(year=2021))
    assert later != moved.said_on
    stand = replace(france.stand, contributions=(replace(heaviest, statement=moved),))
    case = replace(
        forecast.case,
        members=tuple(replace(m, stand=stand) if m.actor == "FRA" else m for m in forecast.case.members),
    )
    assert f", {moved.said_on})" in str(who_blocks(replace(forecast, case=case)).items[0])


def test_what_they_ask_is_what_is_still_asked(forecast: Forecast) -> None:
    dossier = forecast.case.dossier
    asked = [
        (member, one)
        for member in forecast.case.members
        for one in member.stand.contributions
        if one.statement.condition or one.statement.signal
    ]
    told = what_they_ask(forecast)
    assert told is not None
    words = [str(one) for one in told.items]
    days = sorted((one.statement.said_on for _, one in asked), reverse=True)
    assert len(words) == len(days)
    for line, day in zip(words, days, strict=True):
        assert line.endswith(f", {day})")
    (member, one) = next((m, c) for m, c in asked if c.statement.signal == "threat" and not c.statement.condition)
    said = words_of(dossier, one.statement.id).rstrip(".")
    assert f"{member.name} threatens to block: {said} ({where_said(dossier, one.statement)}, " in "\n".join(words)
    gone = replace(member.stand, contributions=tuple(replace(c, superseded_by="later") for c in used(member)))
    members = tuple(replace(m, stand=gone) if m.actor == member.actor else m for m in forecast.case.members)
    left = what_they_ask(replace(forecast, case=replace(forecast.case, members=members)))
    assert left is None or not any(str(each).startswith(member.name) for each in left.items)


def test_a_condition_stands_with_the_day_on_which_it_was_said(forecast: Forecast) -> None:
    member, first = next((m, c) for m in forecast.case.members for c in m.stand.contributions)
    said = replace(first.statement, condition="the host agrees", known_on=forecast.case.as_of)
    assert said.said_on < forecast.case.as_of
    stand = replace(member.stand, contributions=(replace(first, statement=said),))
    members = tuple(replace(m, stand=stand) if m.actor == member.actor else m for m in forecast.case.members)
    dossier = replace(forecast.case.dossier, statements=(said,))
    told = what_they_ask(replace(forecast, case=replace(forecast.case, members=members, dossier=dossier)))
    assert told is not None
    (line,) = (str(each) for each in told.items if "the host agrees" in str(each))
    assert line.endswith(f" ({where_said(dossier, said)}, {day_in_words(said.said_on)})")


def test_only_what_came_later_is_new(forecast: Forecast) -> None:
    dossier = forecast.case.dossier
    known = {
        one.statement.id: dossier.known_on(one.statement)
        for member in forecast.case.members
        for one in member.stand.contributions
    }
    days = sorted(set(known.values()))
    since = days[-2]
    new = [one for one, day in known.items() if day > since]
    shares = {one.label: one.probability for one in forecast.options}
    told = [str(one) for one in what_changed(shares, [forecast.case], dossier, Earlier(str(since), shares)).items]
    lines = [line for line in told if line.startswith("New since")]
    assert len(lines) == min(3, len(new))
    by_words = {words_of(dossier, one).rstrip("."): one for one in known}
    assert {next(by_words[words] for words in by_words if words in line) for line in lines} <= set(new)


def test_the_sentence_tells_the_likeliest_and_the_proposal_each_by_its_own_chance(forecast: Forecast) -> None:
    best, proposal = forecast.likeliest, forecast.case.issue.proposal
    chance = forecast.probability(proposal)
    assert percent(best.probability) != percent(chance)
    first, second = judge(forecast).sentence.split(". ", 1)
    assert f"{likelihood_word(best.probability)} ({percent(best.probability)}) that" in first
    assert first.endswith(f"({forecast.case.meeting.name}) is {best.label!r}")
    assert f"{likelihood_word(chance)} ({percent(chance)}) that the proposal, {proposal!r}, is adopted." in second


def test_what_turns_the_judgement_is_told_with_what_it_turns_to(forecast: Forecast) -> None:
    found = (
        BreakEven("FRA.position", 37.0, "no office", "programme office", 0, 100, within_range=True),
        BreakEven("DEU.salience", 0.42, "no office", "liaison office", 0, 1, within_range=False),
    )
    told = judge(replace(forecast, break_even=found, hangs_on=()))
    assert told.turns == (
        (
            "if France stood just past 'liaison officer', towards 'programme office', or beyond, "
            "'programme office' would be the most likely answer"
        ),
        "if Germany cared at least 0.42 (from 0 to 1) instead of 0.1, 'liaison office' would be the most likely answer",
    )
    assert "for other plausible values of France's position" in told.confidence_reason
    assert "Germany" not in told.confidence_reason


def test_what_has_passed_is_no_longer_watched_for(forecast: Forecast) -> None:
    dossier = forecast.case.dossier
    (first, *_) = (one for one in dossier.settings.watch if one.issue == "office")
    gone = first.model_copy(update={"what": "a day gone by", "until": forecast.case.as_of.replace(month=1)})
    ahead = first.model_copy(update={"what": "a day ahead", "until": forecast.case.meeting.on})
    settings = dossier.settings.model_copy(update={"watch": (gone, ahead)})
    case = replace(forecast.case, dossier=replace(dossier, settings=settings))
    told = judge(replace(forecast, case=case)).watch
    assert told[0] == f"a day ahead (until {forecast.case.meeting.on})"
    assert len(told) == 2


def test_the_passage_shown_is_on_the_proposal_itself_unless_it_hardly_weighs(forecast: Forecast) -> None:
    issue, france = forecast.case.issue, forecast.case.member("FRA")
    proposed = issue.option(issue.proposal).at
    claims = {
        one.at_support == proposed: one.id for one in forecast.case.dossier.concepts if one.at_support is not None
    }
    against = next(one for one in france.stand.contributions if one.statement.stance < 0 and not one.superseded_by)

    def said(quote: str, *, on_proposal: bool, weight: float) -> Contribution:
        statement = replace(against.statement, quote=quote, concept=claims[on_proposal], kind="act")
        return replace(against, statement=statement, weight=weight)

    for weight, shown in ((0.5, "we veto the office"), (0.1, "we veto the officer")):
        listed = (
            said("we veto the office", on_proposal=True, weight=weight),
            said("we veto the officer", on_proposal=False, weight=1.0),
        )
        stand = replace(france.stand, contributions=listed)
        members = tuple(replace(m, stand=stand) if m.actor == "FRA" else m for m in forecast.case.members)
        told = str(who_blocks(replace(forecast, case=replace(forecast.case, members=members))).items[0])
        quoted = {one for one in ("we veto the office", "we veto the officer") if f"\u201c{one}\u201d" in told}
        assert quoted == {shown}


def test_an_option_at_the_same_place_is_the_same_under_another_name(forecast: Forecast) -> None:
    issue = forecast.case.issue
    shares = {one.label: one.probability for one in forecast.options}
    was = {f"old {label}": value for label, value in shares.items()}
    places = {f"old {one.label}": one.at for one in issue.options}
    earlier = Earlier("2000-01-01", was, places)
    told = [str(one) for one in what_changed(shares, [forecast.case], forecast.case.dossier, earlier).items]
    for label in shares:
        assert any(f"{label} (then called {f'old {label}'!r}): " in line for line in told)
    assert not any("under this name" in line for line in told)
