"""Put errors into what a person sees, one at a time, and tell which of them the tests notice.

Run by ``python bench/display_errors.py``, with a word from a file's name for that file alone. Each error is a change of
one place of the source. The tests run once, and each of them once more for each error, in a fork in which it stands; what
none of them notices so is tried again with a copy of all files. An error whose place is no longer there is told too: it
has to be written anew.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SEEN = (
    "tests/reports/test_what_a_person_sees.py", "tests/reports/test_votes_seen.py", "tests/reports/test_law_seen.py",
)  # fmt: skip
TESTS: dict[str, tuple[str, ...]] = {
    "src/foedus/reports/choice.py": ("tests/reports/test_choice_seen.py",),
    "src/foedus/reports/votes.py": ("tests/reports/test_votes_seen.py",),
    "src/foedus/reports/histories.py": ("tests/reports/test_histories_seen.py",),
    "src/foedus/reports/replay.py": ("tests/reports/test_histories_seen.py",),
    "src/foedus/procedures/words.py": ("tests/reports/test_histories_seen.py",),
    "src/foedus/reports/brief.py": (
        "tests/reports/test_brief.py", "tests/reports/test_brief_seen.py", "tests/reports/test_votes_seen.py",
        "tests/reports/test_turned.py",
    ),
    "src/foedus/reports/earlier.py": (
        "tests/reports/test_brief.py", "tests/reports/test_brief_seen.py", "tests/reports/test_turned.py",
    ),
    "src/foedus/reports/judgement.py": ("tests/reports/test_judgement.py", "tests/reports/test_brief_seen.py"),
    "src/foedus/dossiers/said.py": ("tests/reports/test_brief.py", "tests/reports/test_choice_seen.py"),
    **dict.fromkeys(
        ("src/foedus/reports/responses.py", "src/foedus/reports/tailoring.py", "src/foedus/reports/forums.py",
         "src/foedus/reports/allocation.py", "src/foedus/reports/networks.py", "src/foedus/reports/package.py"),
        ("tests/reports/test_other_answers_seen.py",),
    ),
    **dict.fromkeys(
        ("src/foedus/workbench/positions.py", "src/foedus/workbench/queue.py", "src/foedus/workbench/documents.py",
         "src/foedus/workbench/journals.py", "src/foedus/workbench/forecasts.py",
         "src/foedus/workbench/templates/positions.html", "src/foedus/workbench/templates/documents.html"),
        ("tests/workbench/test_workbench.py",),
    ),
    "src/foedus/explain/question.py": ("tests/explain/test_choice_beside.py",),
    "src/foedus/explain/experiments.py": ("tests/explain/test_choice_beside.py",),
    **dict.fromkeys(
        ("src/foedus/reports/power.py", "src/foedus/reports/obligations.py", "src/foedus/reports/record.py"),
        ("tests/reports/test_law_seen.py",),
    ),
    **{
        f"src/foedus/reports/world/{name}.py": ("tests/reports/test_world_seen.py",)
        for name in ("acts", "actor", "audit", "belonging", "happenings", "names", "page", "treaties")
    },
    **dict.fromkeys(
        ("src/foedus/reports/models.py", "src/foedus/reports/measured.py", "src/foedus/reports/evaluated.py",
         "src/foedus/reports/soundness.py", "src/foedus/reports/disagreement.py", "src/foedus/reports/rounds.py",
         "src/foedus/measure/profile.py", "src/foedus/issues/models.py"),
        ("tests/reports/test_methods_seen.py",),
    ),
    "src/foedus/reports/likelihood.py": ("tests/reports/test_judgement.py", "tests/reports/test_brief_seen.py"),
    "src/foedus/reports/silence.py": ("tests/reports/test_silence_told.py",),
    "src/foedus/reports/groupings.py": ("tests/reports/test_groupings_seen.py",),
    **dict.fromkeys(
        ("src/foedus/reports/position.py", "src/foedus/reports/scored.py", "src/foedus/reports/statements.py",
         "src/foedus/reports/intake.py"),
        ("tests/cli/test_screens.py",),
    ),
    "src/foedus/reports/charts.py": ("tests/reports/test_page.py",),
    "src/foedus/reports/line.py": ("tests/reports/test_page.py",),
    "src/foedus/reports/sliders.py": ("tests/reports/test_page.py",),
    "src/foedus/reports/votes_chart.py": ("tests/reports/test_votes_seen.py",),
    **dict.fromkeys(
        ("src/foedus/reports/turned.py", "src/foedus/reports/contradictions.py"), ("tests/reports/test_turned.py",)
    ),
    "src/foedus/reports/votes_against.py": ("tests/forecasts/test_votes_against.py",),
    "src/foedus/reports/choice_votes.py": ("tests/explain/test_choice_explained.py",),
    **dict.fromkeys(
        ("src/foedus/reports/response_ledger.py", "src/foedus/reports/response_charts.py"),
        ("tests/reports/test_other_answers_seen.py", "tests/strategy/test_respond.py"),
    ),
    "src/foedus/reports/ensemble.py": ("tests/forecasts/test_ensemble.py", "tests/reports/test_other_models_told.py"),
    **dict.fromkeys(
        ("src/foedus/reports/scores.py", "src/foedus/reports/backtest.py", "src/foedus/reports/council_check.py"),
        ("tests/reports/test_scores_seen.py",),
    ),
    **dict.fromkeys(("src/foedus/reports/entered.py", "src/foedus/reports/begun.py"), ("tests/reports/test_entered.py",)),
    "src/foedus/reports/world/bodies.py": ("tests/reports/test_world_seen.py",),
    **dict.fromkeys(
        ("src/foedus/workbench/lately.py", "src/foedus/workbench/games.py", "src/foedus/workbench/facts.py",
         "src/foedus/workbench/cases.py", "src/foedus/workbench/systems.py"),
        ("tests/workbench/test_pages.py", "tests/workbench/test_shelf.py", "tests/workbench/test_workbench.py"),
    ),
    "src/foedus/evidence/coder/drafting.py": ("tests/evidence/test_stances.py",),
    "src/foedus/forecasts/compose.py": ("tests/forecasts/test_compose.py",),
}  # fmt: skip
"""The tests that read what a file shows; of every other file those in `SEEN`."""

REPORTS = "src/foedus/reports/"

Error = tuple[str, str, str, str]

ERRORS: tuple[Error, ...] = (
    ("objects and alone swapped", REPORTS + "answer.py",
     "share(objector.probability),\n            share(objector.sole),", "share(objector.sole),\n            share(objector.probability),"),
    ("alone and reluctant swapped", REPORTS + "answer.py",
     "share(objector.sole),\n            share(objector.reluctant_but_silent),",
     "share(objector.reluctant_but_silent),\n            share(objector.sole),"),
    ("each of the silent for all of them", REPORTS + "answer.py", "share(silent.any_objects)", "share(silent.each_objects)"),
    ("silent reluctance for objection", REPORTS + "answer.py",
     "share(silent.each_objects), share(sole), share(silent.each_reluctant), basis",
     "share(silent.each_reluctant), share(sole), share(silent.each_objects), basis"),
    ("a place on the scale for a probability", REPORTS + "answer.py",
     'Number(option.at, "place"),\n                share(option.probability),', 'share(option.probability),\n                Number(option.at, "place"),'),
    ("status quo and proposal swapped", REPORTS + "answer.py",
     '{issue.status_quo: ("status quo",), issue.proposal: ("proposal",)}',
     '{issue.status_quo: ("proposal",), issue.proposal: ("status quo",)}'),
    ("the meeting's chance for the year's", REPORTS + "answer.py",
     "share(later.probability)", "share(forecast.probability(later.label))"),
    ("what is supposed for what is not", REPORTS + "answer.py",
     "share(without.options[place].probability)", "share(one.probability)"),
    ("the first of other models' shares for all", REPORTS + "answer.py",
     '*(share(chance) for chance in row["shares"])', '*(share(row["shares"][0]) for _ in row["shares"])'),
    ("the probability of the answer for that without a statement", REPORTS + "answer.py",
     "repr(decisive.after),\n                share(decisive.probability)", "repr(decisive.after),\n                share(forecast.likeliest.probability)"),
    ("objections to the proposal for those to each option", REPORTS + "answer.py",
     "[forecast.objector(objector.actor, label).probability for", "[forecast.objector(objector.actor).probability for"),
    ("a break-even of salience beside a position", REPORTS + "answer.py",
     "span(stand.private if field == POSITION else stand.salience)", "span(stand.salience if field == POSITION else stand.private)"),
    ("from and to of a lever swapped", REPORTS + "acts.py",
     ' from ", _value(lever.start), " to ", _value(lever.end)', ' from ", _value(lever.end), " to ", _value(lever.start)'),
    ("before and after of a lever swapped", REPORTS + "explanations.py",
     'share(lever.probability_before), " to ", share(lever.probability_after)',
     'share(lever.probability_after), " to ", share(lever.probability_before)'),
    ("reached told for not reached", REPORTS + "explanations.py",
     '"yes" if lever.reached else "no"', '"no" if lever.reached else "yes"'),
    ("signs of scenario differences flipped", REPORTS + "explanations.py",
     'below=(change(apart), " ± "', 'below=(change(-apart), " ± "'),
    ("a scenario's error ten times too small", REPORTS + "explanations.py",
     '" ± ", Number(error, "error")', '" ± ", Number(error / 10, "error")'),
    ("the base of scenarios for each of them", REPORTS + "explanations.py",
     "zip(scenario.probabilities, scenario.differences, scenario.errors", "zip(found.base, scenario.differences, scenario.errors"),
    ("before for after of a statement", REPORTS + "explanations.py",
     "*(share(effects[same[0], kind].after) for", "*(share(effects[same[0], kind].before) for"),
    ("what turns and what does not", REPORTS + "explanations.py",
     "for effect in each if effect.flips}", "for effect in each if not effect.flips}"),
    ("the usual probability after a change", REPORTS + "explanations.py",
     "share(listed_effects[0].before)", "share(listed_effects[0].after)"),
    ("moved and aged swapped", REPORTS + "beside.py",
     "return change(point.moved), change(", "return change(point.aged), change("),
    ("by age told as by news", REPORTS + "beside.py",
     "_tenth(point.moved) - _tenth(point.aged)), change(point.aged)", "point.aged), change(_tenth(point.moved) - _tenth(point.aged))"),
    ("the first option's line for the one asked about", REPORTS + "beside.py",
     "share(point.probabilities[place])", "share(point.probabilities[0 if place else 1])"),
    ("news told without its sign", REPORTS + "beside.py",
     "change(sum(effects)), ", "change(abs(sum(effects))), "),
    ("low and high of an interval swapped", REPORTS + "explanations.py",
     'cell(share(index.low), " to ", share(index.high))', 'cell(share(index.high), " to ", share(index.low))'),
    ("signs of Shapley shares flipped", REPORTS + "beside.py", "change(group.shapley)", "change(-group.shapley)"),
    ("alone for Shapley", REPORTS + "beside.py",
     "change(group.alone), change(group.shapley)", "change(group.shapley), change(group.alone)"),
    ("the second dossier for the first", REPORTS + "beside.py",
     "(label, share(a), share(b)) for label, a, b", "(label, share(b), share(a)) for label, a, b"),
    ("a weight where a position belongs", REPORTS + "grounds.py",
     '_target(contribution),\n        "" if contribution.target is None else Number(contribution.weight, "pull"),',
     '"" if contribution.target is None else Number(contribution.weight, "pull"),\n        _target(contribution),'),
    ("published shown as known", REPORTS + "grounds.py",
     'else f"known on {known}"', 'else f"known on {dossier.sources[statement.source].published}"'),
    ("known shown as said", REPORTS + "grounds.py",
     "said {on_day(statement.said_on)}", "said {on_day(dossier.known_on(statement))}"),
    ("a source's publication for its being known", REPORTS + "grounds.py", "Known {source.known}", "Known {source.published}"),
    ("salience for position", REPORTS + "grounds.py",
     'f", position {span(stand.private)}', 'f", position {span(stand.salience)}'),
    ("public and private swapped", REPORTS + "grounds.py",
     'f"salience {span(stand.salience)}"', 'f"salience {span(stand.private)}"'),
    ("a share rounded up", "src/foedus/base/wording.py", 'return f"{round(100 * share)} %"', 'return f"{int(100 * share) + 1} %"'),
    ("false certainty", "src/foedus/base/wording.py", "if 0.995 <= share < 1:", "if 2 <= share < 1:"),
    ("points a tenth too small", REPORTS + "numbers.py", 'words = f"{100 * change:+.1f}"', 'words = f"{10 * change:+.1f}"'),
    ("columns reversed on the terminal", "src/foedus/cli/sections.py",
     "for row in block.rows\n            for cell in row\n", "for row in block.rows\n            for cell in reversed(row)\n"),
    ("columns shifted in Word", REPORTS + "on_paper.py", "rows = [[str(row[k]) for k in kept]", "rows = [[str(row[k]) for k in [*kept[1:], kept[0]]]"),
    ("remarks lost on the page", REPORTS + "templates/macros.html", "{{ parts(cell.below) }}", ""),
    ("folded rows repeated on the page", REPORTS + "templates/macros.html", "rows(one, one.rows[shown:])", "rows(one, one.rows[:shown])"),
    ("bars of the wrong length", REPORTS + "html.py", "(label, chance, share(chance))", "(label, 1 - chance, share(chance))"),
    ("votes needed for votes in favour", REPORTS + "votes.py",
     "amount(count_.in_favour) + stated, amount(count_.needed)", "amount(count_.needed), amount(count_.in_favour) + stated"),
    ("the sign of a margin flipped", REPORTS + "votes.py", "amount(count_.margin,", "amount(-count_.margin,"),
    ("enough for not enough", REPORTS + "votes.py", 'verdict = "enough" if count.enough', 'verdict = "enough" if not count.enough'),
    ("enough and blocked swapped in the draws", REPORTS + "votes.py",
     'f"{percent(drawn.enough)} and a blocking minority exists in {percent(drawn.blocked)}',
     'f"{percent(drawn.blocked)} and a blocking minority exists in {percent(drawn.enough)}'),
    ("for and against swapped", REPORTS + "votes.py",
     "{_by_words(forecast, count, count.in_favour)}", "{_by_words(forecast, count, count.against)}"),
    ("chosen and approved swapped", REPORTS + "choice.py",
     'candidate.label,\n            share(candidate.probability),', 'candidate.label,\n            share(candidate.approve or 0),'),
    ("first choice for approval", REPORTS + "choice.py",
     '"" if candidate.approve is None else share(candidate.approve)', '"" if candidate.approve is None else share(candidate.first or 0)'),
    ("objects and alone swapped in a choice", REPORTS + "choice.py",
     "share(objection.probability),\n                    share(objection.sole),", "share(objection.sole),\n                    share(objection.probability),"),
    ("a sum for a mean", REPORTS + "choice.py",
     "sum(objection.probability for objection in alike) / len(alike)", "sum(objection.probability for objection in alike)"),
    ("words in favour for an objection", REPORTS + "choice.py", "contribution.target < 50", "contribution.target > 50"),
    ("now and then of a withdrawal swapped", REPORTS + "choice.py",
     "share(withdrawal.probability_before),\n            share(withdrawal.probability_after),",
     "share(withdrawal.probability_after),\n            share(withdrawal.probability_before),"),
    ("one of two who withdraw left out", REPORTS + "choice.py", "for actor in withdrawal.actors])", "for actor in withdrawal.actors[:1]])"),
    ("who asks and of whom swapped", REPORTS + "choice.py",
     "{member.name} {side_of(statement)} {label} {under", "{label} {side_of(statement)} {member.name} {under"),
    ("a condition that was replaced", REPORTS + "choice.py",
     "if statement.condition and not contribution.superseded_by and", "if statement.condition and"),
    ("known for said in a choice", REPORTS + "choice.py",
     'superseded_by else ""\n                    key = statement.said_on,',
     'superseded_by else ""\n                    key = made.dossier.known_on(statement),'),
    ("who spoke for who did not", REPORTS + "choice.py",
     "for seat in made.table.seats if not made.heard(seat.actor)]", "for seat in made.table.seats if made.heard(seat.actor)]"),
    ("the least likely for the likeliest", REPORTS + "choice.py",
     "second = max(\n            (o for o", "second = min(\n            (o for o"),
    ("one option's line for all", REPORTS + "choice.py",
     "share(point.choice.probability(label)) if", "share(point.choice.probability(labels[0])) if"),
    ("who withdraws said to enter", REPORTS + "choice.py",
     'withdraws" for label in point.withdrawn)',
     'withdraws" for label in point.entered)'),
    ("a share for who is off the table", REPORTS + "choice.py", 'if label in on else "-"', 'if label else "-"'),
    ("low and median of the votes swapped", REPORTS + "votes.py",
     "span_of(spread.median, spread.low, spread.high)", "span_of(spread.low, spread.median, spread.high)"),
    ("who must move for who can swing", REPORTS + "votes.py",
     "{', '.join(_names(forecast, count.swings))}", "{', '.join(_names(forecast, count.must_move))}"),
    ("a blocking minority denied", REPORTS + "votes.py", "if not count.blocked:", "if count.blocked:"),
    ("the chance that all are enough for that one turns it", REPORTS + "votes.py",
     "{percent(vote.swings)}", "{percent(drawn.enough)}"),
    ("those against said to be unknown", REPORTS + "votes.py",
     "no side named by {_few(forecast, count.unknown)}", "no side named by {_few(forecast, count.against)}"),
    ("the record upside down", REPORTS + "votes.py",
     "On record {adopted} of {total} proposals", "On record {total} of {adopted} proposals"),
    ("one record for another", REPORTS + "votes.py",
     "On record {record.failed} of {record.passable}", "On record {record.adopted} of {record.passable}"),
    ("alone for objects in the brief", REPORTS + "brief.py",
     'to {does} (", share(objector.probability),', 'to {does} (", share(objector.sole),'),
    ("the lightest words for the heaviest", REPORTS + "brief.py",
     "shown = max(spoken or best, key=", "shown = min(best, key="),
    ("refusal of consent for objection", REPORTS + "brief.py",
     'does = "object" if member.seated', 'does = "object" if not member.seated'),
    ("known for said in the brief", REPORTS + "brief.py",
     "({where_said(dossier, statement)}, {day_in_words(statement.said_on)})\"\n        ", "({where_said(dossier, statement)}, {day_in_words(dossier.known_on(statement))})\"\n        "),
    ("now and then swapped", REPORTS + "earlier.py",
     "renamed), share(probability), share(before), moved", "renamed), share(before), share(probability), moved"),
    ("the sign of what changed flipped", REPORTS + "earlier.py", "change(probability - before)", "change(before - probability)"),
    ("each silent member for any of them", REPORTS + "brief.py", "share(silent.any_objects)", "share(silent.each_objects)"),
    ("those who hardly object named too", REPORTS + "brief.py",
     "likelihood_word(objector.probability) not in _HARDLY", "likelihood_word(objector.probability) in _HARDLY"),
    ("who is in favour named as against", REPORTS + "brief.py", "in count.against if actor in count.by_position", "in count.in_favour if actor in count.by_position"),
    ("old statements told as new", REPORTS + "earlier.py", "dossier.known_on(statement)) > earlier.as_of]", "dossier.known_on(statement)) < earlier.as_of]"),
    ("old changes of side told as new", REPORTS + "earlier.py",
     "dossier.known_on(turn.after)) > earlier.as_of]", "dossier.known_on(turn.after)) < earlier.as_of]"),
    ("a signal lost", REPORTS + "brief.py",
     "signal = _SIGNALS.get(statement.signal, statement.signal)", 'signal = "asks"'),
    ("conditions of the past", REPORTS + "brief.py", "if not contribution.superseded_by and (contribution", "if (contribution"),
    ("the proposal's chance for the likeliest's", REPORTS + "judgement.py",
     "{_likelihood_of(best.probability)} the outcome", "{_likelihood_of(forecast.probability(proposal))} the outcome"),
    ("the likeliest's chance for the proposal's", REPORTS + "judgement.py",
     "    if best.label == proposal:\n        return sentence\n    return f\"{sentence} {_likelihood_of(forecast.probability(proposal))}",
     "    if best.label == proposal:\n        return sentence\n    return f\"{sentence} {_likelihood_of(best.probability)}"),
    ("a band too high", REPORTS + "likelihood.py", '(0.45, "unlikely")', '(0.40, "unlikely")'),
    ("who spoke counted as assumed", REPORTS + "judgement.py", "sum(m.stand.basis in SILENT", "sum(m.stand.basis not in SILENT"),
    ("inputs that turn nothing named", REPORTS + "judgement.py",
     "if break_even.within_range and break_even.after != even\n    ]  # without", "if not break_even.within_range and break_even.after != even\n    ]  # without"),
    ("a value turns to the present answer", REPORTS + "judgement.py",
     "if {where}, {threshold.after!r} would", "if {where}, {forecast.likeliest.label!r} would"),
    ("what has passed still watched for", REPORTS + "judgement.py",
     "and (watched.until is None or case.as_of <= watched.until <= case.meeting.on)", "and True"),
    ("the source's outlet for its title", "src/foedus/dossiers/said.py",
     'where = source.title if source.outlet in', 'where = source.title if source.outlet not in'),
    ("before and after of a difference swapped", REPORTS + "histories.py",
     'Number(shift.before, _SHARE), " -> ", Number(shift.after, _SHARE)', 'Number(shift.after, _SHARE), " -> ", Number(shift.before, _SHARE)'),
    ("one past's result for the other's", REPORTS + "histories.py",
     '{called(first.before)} -> {called(first.after)}" if', '{called(first.after)} -> {called(first.before)}" if'),
    ("how often a step arises for its result", REPORTS + "histories.py",
     "return share(event.result_share if chance is None else chance)", "return share(event.arises)"),
    ("history told as the model's", REPORTS + "histories.py",
     "cell(in_words(event), below=", 'cell(event.happened or "", below='),
    ("what happened told of what was given", REPORTS + "histories.py",
     '"" if event.decided == "given" else called(event.happened', '"" if event.decided != "given" else called(event.happened'),
    ("the rarest state first", REPORTS + "histories.py", "sorted(states.items(), key=lambda pair: -pair[1])", "sorted(states.items(), key=lambda pair: pair[1])"),
    ("the other histories counted", REPORTS + "histories.py", "count(round(share * histories))) for", "count(round((1 - share) * histories))) for"),
    ("the beginning for the end", REPORTS + "histories.py", "len(states := matter.points[-1].shares) > 1", "len(states := matter.points[len(matter.points) // 2].shares) > 1"),
    ("the day before", REPORTS + "histories.py", "return next(after.on", "return next(before.on"),
    ("agreement in the colour of dissent", REPORTS + "histories.py", '"accepts" if event.agrees else "objects"', '"objects" if event.agrees else "accepts"'),
    ("seed and histories swapped", REPORTS + "histories.py", "        str(replay.seed),\n", "        str(replay.histories),\n"),
    ("otherwise told as as it happened", "src/foedus/procedures/words.py",
     '{True: "as it happened", False: "otherwise"', '{False: "as it happened", True: "otherwise"'),
    ("steps apart counted as alike", "src/foedus/procedures/words.py",
     "{agreement.alike} came out {where}", "{agreement.compared - agreement.alike} came out {where}"),
    ("the share of the result for that of what happened", "src/foedus/procedures/words.py",
     "share = event.happened_share or 0.0", "share = event.result_share or 0.0"),
    ("a fan upside down", REPORTS + "replay.py",
     'latest[day].get(state, 0.0), "rank"', '1 - latest[day].get(state, 0.0), "rank"'),
    ("one index under another's heading", REPORTS + "power.py", "*map(_index, values[n])", "*map(_index, values[n][::-1])"),
    ("members of another row", REPORTS + "power.py", "answer.weights.get(voting_power.members[n])", "answer.weights.get(voting_power.members[n - 1])"),
    ("one index for each that all share", REPORTS + "power.py", "zip(INDICES, values[0], strict=True)", "zip(INDICES, values[0][::-1], strict=True)"),
    ("the power to act of the first member", REPORTS + "power.py", "_index(voting_power.coleman_act)", "_index(voting_power.coleman_initiate[0])"),
    ("winning told as blocking", REPORTS + "power.py", '(("winning", answer.minimal_winning), ("blocking", answer.minimal_blocking))', '(("winning", answer.minimal_blocking), ("blocking", answer.minimal_winning))'),
    ("votes against for votes in favour", REPORTS + "power.py",
     "count(len(vote.in_favour))", "count(len(vote.ballot.seats) - len(vote.in_favour))"),
    ("shares of those against", REPORTS + "power.py", 'Number(share, "part")', 'Number(1 - share, "part")'),
    ("the reasons of the vote for those of the coalition", REPORTS + "power.py",
     "yield steps(answer.coalition.why, 1)", "yield steps(answer.vote.why if answer.vote else answer.coalition.why, 1)"),
    ("steps up and down swapped", REPORTS + "power.py", "sorted(side)) for side in reach.pivots)", "sorted(side)) for side in reach.pivots[::-1])"),
    ("what beats for what nothing beats", REPORTS + "power.py", "*_span(reach.core, nowhere)", "*_span(reach.feasible, nowhere)"),
    ("the status quo for the largest step", REPORTS + "power.py", 'Number(reach.largest_step, "exact")', 'Number(reach.status_quo, "exact")'),
    ("an index with two digits", REPORTS + "numbers.py", 'f"{value:#.3g}" if value', 'f"{value:#.2g}" if value'),
    ("who owes and who invokes swapped", REPORTS + "obligations.py",
     '", ".join(answer.invoked_by),\n            _debtors(answer),', '_debtors(answer),\n            ", ".join(answer.invoked_by),'),
    ("what is owed for whether it is", REPORTS + "obligations.py",
     "answer.kind + _BINDS[answer.binding],\n            answer.engaged,", "answer.engaged,\n            answer.kind + _BINDS[answer.binding],"),
    ("contested told as certain", REPORTS + "obligations.py", 'if answer.engaged == "contested" else "Owed"', 'if answer.engaged == "yes" else "Owed"'),
    ("a reading's reason for its verdict", REPORTS + "obligations.py",
     "{whose}: {reading.value}; {reading.says}", "{whose}: {reading.says}; {reading.value}"),
    ("parties that invoke for those that owe", REPORTS + "obligations.py", "count(len(clause.owed_by))", "count(len(clause.invoked_by))"),
    ("all parties but one", REPORTS + "obligations.py", "count(len(answer.consent_of))", "count(len(answer.consent_of) - 1)"),
    ("conditions lost", REPORTS + "obligations.py", "for condition in limit.conditions)", "for condition in limit.conditions[1:])"),
    ("reasons of another treaty", REPORTS + "obligations.py", "{answer.title: answer.why for answer in answers}", "{answer.title: answers[0].why for answer in answers}"),
    ("reasons lost on the page", REPORTS + "templates/macros.html", "{% for depth, words in one.lines %}", "{% for depth, words in one.lines[1:] %}"),
    ("reasons lost in Word", REPORTS + "on_paper.py", "for depth, words in block.lines:", "for depth, words in block.lines[1:]:"),
    ("options of the command on paper", REPORTS + "sections.py", '''    def __str__(self) -> str:
        return ""


Part = ''', '''    def __str__(self) -> str:
        return self.words


Part = '''),
    ("with Washington told as without", REPORTS + "record.py", "_span(likely.pulled_low, likely.pulled_high)", "_span(likely.share.low, likely.share.high)"),
    ("low for the share of a war", REPORTS + "record.py", "share(likely.share.share)", "share(likely.share.low or 0.0)"),
    ("when it began for when it ended", REPORTS + "world/page.py", 'f"{start} to {record.end}"', 'f"{record.end} to {start}"'),
    ("verified and not swapped", REPORTS + "world/page.py", "return note if verified", "return note if not verified"),
    ("a source by its id", REPORTS + "world/page.py", "world.sources[row.source].title}", "row.source}"),
    ("a warning lost", REPORTS + "world/page.py", "if warning := beyond(self.on):", "if (warning := beyond(self.on)) and not rest:"),
    ("suspended members as all others", REPORTS + "world/belonging.py", "(*beside.get(row.actor, {}).values(), remark(row, day))", "(remark(row, day),)"),
    ("the last before for the next", REPORTS + "world/belonging.py", "until {max(before)}", "until {min(before)}"),
    ("partnerships counted for partners", REPORTS + "world/belonging.py", "number = len({p.actor for p in partners_found})", "number = len(partners_found)"),
    ("adopted and expiry swapped", REPORTS + "world/belonging.py", 'lambda p: p.adopted or "?"', 'lambda p: p.expires or "?"'),
    ("unverified marked as verified", REPORTS + "world/belonging.py", 'if actor in grouping.unverified else actor', 'if actor not in grouping.unverified else actor'),
    ("groupings shared by another pair", REPORTS + "world/belonging.py", "number=lambda row: count(len(row[1]))", "number=lambda row: count(len(row[0]))"),
    ("who suspended and towards whom swapped", REPORTS + "world/treaties.py", "of=actor towards since", "of=towards towards=actor since"),
    ("one party more", REPORTS + "world/treaties.py", "{len(ids) - _FEW} more", "{len(ids)} more"),
    ("article and obligation swapped", REPORTS + "world/treaties.py", "article obligation_(ATOP)=obligation", "article=obligation obligation_(ATOP)=article"),
    ("used and not used swapped", REPORTS + "world/happenings.py", '"yes" if c.used else "no"', '"no" if c.used else "yes"'),
    ("giver and receiver swapped", REPORTS + "world/happenings.py", 'f"{a.actor} to {a.counterpart}"', 'f"{a.counterpart} to {a.actor}"'),
    ("level and person swapped", REPORTS + "world/happenings.py", "actor level person note", "actor level=person person=level note"),
    ("latitude and longitude swapped", REPORTS + "world/names.py", 'latitude=lambda p: Number(p.latitude', 'latitude=lambda p: Number(p.longitude'),
    ("south for north", REPORTS + "world/names.py", '"N" if record.latitude >= 0', '"N" if record.latitude < 0'),
    ("the holder of another day", REPORTS + "world/names.py", "on {day}: {row.person}, {since(row)}", "on {day}: {row.person}, {row.end}"),
    ("the last holder for the next", REPORTS + "world/names.py", "told(holding.after)}, from", "told(holding.before or holding.after)}, until"),
    ("members told by their number alone", REPORTS + "world/actor.py", '", ".join(sorted(world.name(row.actor) for row in seated))', '", ".join(sorted(row.actor for row in seated))'),
    ("COW and GW swapped", REPORTS + "world/actor.py", '("COW", record.cow), ("GW", record.gw)', '("COW", record.gw), ("GW", record.gw[:2])'),
    ("checked told as read", REPORTS + "world/audit.py", "Number(a.verified / a.rows", "Number(a.checked / a.rows"),
    ("rows read told as rows", REPORTS + "world/audit.py", "rows=lambda a: count(a.rows)", "rows=lambda a: count(a.verified)"),
    ("no search told as a search", REPORTS + "world/acts.py", "'none found' if searched", "'none found' if not searched"),
    ("actor and class swapped", REPORTS + "world/acts.py", "by=actor class=act_class", "by=act_class class=actor"),
    ("how it is tied for its kind", REPORTS + "world/acts.py", "kind tied=attribution", "kind=attribution tied=kind"),
    ("public for private in a position", REPORTS + "position.py",
     'f"Wants {content.span(stand.private)}, nearest', 'f"Wants {content.span(stand.public)}, nearest'),
    ("salience for what is said", REPORTS + "position.py",
     'f"Says {content.span(standing.says)}', 'f"Says {content.span(stand.salience)}'),
    ("the weight of all for each", REPORTS + "position.py", "share(standing.share(contribution)),", "share(1.0),"),
    ("Brier and logarithmic score swapped", REPORTS + "scored.py",
     'Number(score.log_score, "score"),\n            Number(score.brier, "score"),',
     'Number(score.brier, "score"),\n            Number(score.log_score, "score"),'),
    ("the day of the forecast for that of the meeting", REPORTS + "scored.py",
     "str(score.entry.on),\n            str(score.entry.as_of),", "str(score.entry.as_of),\n            str(score.entry.on),"),
    ("means in another order", REPORTS + "scored.py", '("log_score", "brier", "crps")', '("brier", "log_score", "crps")'),
    ("said for known of a statement", REPORTS + "statements.py",
     "known {dossier.known_on(statement)}", "known {statement.said_on}"),
    ("actor and concept of a statement swapped", REPORTS + "statements.py",
     "statement.actor,\n            statement.concept,\n            f", "statement.concept,\n            statement.actor,\n            f"),
    ("for told as against", REPORTS + "statements.py", 'f"{statement.stance:+d}" if', 'f"{-statement.stance:+d}" if'),
    ("undone told as skipped", REPORTS + "statements.py",
     '"yes" if line.undone else "skipped"', '"yes" if line.skipped else "skipped"'),
    ("alpha for kappa", REPORTS + "statements.py", "_coefficient(variable.kappa[pair])", "_coefficient(variable.alpha)"),
    ("all units told as shared", REPORTS + "statements.py", "agreement.shared} of", "agreement.units} of"),
    ("candidates told as accepted", REPORTS + "intake.py", "count(document.candidates)", "count(document.accepted)"),
    ("against told as for", REPORTS + "intake.py", '1: "+", 0: "0", -1: "-"', '-1: "+", 0: "0", 1: "-"'),
    ("documents told as new", REPORTS + "intake.py", 'document.status == "new" for', 'document.status != "new" for'),
    ("a capital hardly a name", "src/foedus/evidence/coder/drafting.py", '"capital": 0.95,', '"capital": 0.35,'),
    ("a pointer hardly a word", "src/foedus/evidence/coder/drafting.py", "(self.recalled, 0.8)", "(self.recalled, 0.35)"),
    ("a pronoun hardly anybody", "src/foedus/evidence/coder/drafting.py", '(stance.holder == "pronoun", 0.9)', '(stance.holder == "pronoun", 0.35)'),
    ("an approval of another option", "src/foedus/explain/question.py",
     "(chosen == places.get(label, -1))", "(chosen == places.get(label, -1) - 1)"),
    ("saliences under the name of approvals", "src/foedus/explain/experiments.py",
     'sitting.private[:, place, 0])\n        first', 'sitting.salience[:, place, 0])\n        first'),
    ("who errs and how swapped", REPORTS + "responses.py",
     "Number(1000 * belief.challenge, \"place\"),\n            Number(1000 * belief.war,", "Number(1000 * belief.war, \"place\"),\n            Number(1000 * belief.challenge,"),
    ("seen and of how many swapped", REPORTS + "responses.py", 'seen = f"{kind_share.seen} of {kind_share.of}"', 'seen = f"{kind_share.of} of {kind_share.seen}"'),
    ("low for share", REPORTS + "responses.py",
     "share(kind_share.share),\n        share(kind_share.low),", "share(kind_share.low),\n        share(kind_share.share),"),
    ("a bound told as a share", REPORTS + "responses.py",
     '"no case", "", cell("below ", share(kind_share.bound or 0.0))', 'share(kind_share.bound or 0.0), "", ""'),
    ("doubtful answers without their doubt", REPORTS + "responses.py",
     "{other.counts[kind_share.kind]} of {other.acts}", "{kind_share.seen} of {other.acts}"),
    ("the rarest answer for the likeliest", REPORTS + "responses.py",
     "kind = max(KINDS, key=", "kind = min(KINDS, key="),
    ("days to an answer for how long it lasted", REPORTS + "responses.py",
     "told, lag, lasted, seen.attribution", "told, lasted, lag, seen.attribution"),
    ("deters and provokes swapped", REPORTS + "responses.py",
     "share(deterrence.deters),\n        share(deterrence.provokes),", "share(deterrence.provokes),\n        share(deterrence.deters),"),
    ("tips for neither", REPORTS + "responses.py",
     "share(deterrence.neither),\n        share(deterrence.tips),", "share(deterrence.tips),\n        share(deterrence.neither),"),
    ("the ends of a change swapped", REPORTS + "responses.py",
     "change(deterrence.q05),\n        change(deterrence.q95),", "change(deterrence.q95),\n        change(deterrence.q05),"),
    ("the sign of what moves flipped", REPORTS + "responses.py", "change(main.q05),", "change(-main.q05),"),
    ("one equilibrium for several", REPORTS + "responses.py",
     "count(main.one),\n        count(main.several),", "count(main.several),\n        count(main.one),"),
    ("now and with one more swapped", REPORTS + "tailoring.py",
     "share(bought.before), share(bought.after)]\n        for bought in programme.bought", "share(bought.after), share(bought.before)]\n        for bought in programme.bought"),
    ("in and mostly of another area", REPORTS + "tailoring.py", "share(area.share),", "share(1 - area.share),"),
    ("at most for mostly", REPORTS + "tailoring.py", 'area.depth or "-",', 'area.deepest or "-",'),
    ("core told as open", REPORTS + "tailoring.py", "'; '.join(by['open']) or 'none'", "'; '.join(by['core']) or 'none'"),
    ("outside told as open", REPORTS + "tailoring.py", "'; '.join(by['outside']) or 'none'", "'; '.join(by['open']) or 'none'"),
    ("precision and recall swapped", REPORTS + "tailoring.py",
     "share(score.precision),\n            share(score.recall),", "share(score.recall),\n            share(score.precision),"),
    ("precision and recall of simple rules swapped", REPORTS + "tailoring.py",
     "share(baseline.precision),\n            share(baseline.recall),", "share(baseline.recall),\n            share(baseline.precision),"),
    ("from and to of a word swapped", REPORTS + "tailoring.py",
     "flip.start,\n            flip.end,\n            flip.becomes", "flip.end,\n            flip.start,\n            flip.becomes"),
    ("what the alliance wants for what is sensitive", REPORTS + "tailoring.py",
     "sensitive {area.sensitivity}", "sensitive {area.alliance_gain}"),
    ("gain for what a veto saves", REPORTS + "forums.py",
     "_utility(forum.prevents) if forum.rank_to_stop is not None", "_utility(forum.gain) if forum.rank_to_stop is not None"),
    ("ranks to act and to stop swapped", REPORTS + "forums.py",
     '"" if forum.rank_to_act is None else str(forum.rank_to_act)', '"" if forum.rank_to_stop is None else str(forum.rank_to_stop)'),
    ("stays for decides", REPORTS + "forums.py", "share(1 - forum.stays)", "share(forum.stays)"),
    ("low and high of a gain swapped", REPORTS + "forums.py",
     'below=(share(spread.q10), " to ", share(spread.q90))',
     'below=(share(spread.q90), " to ", share(spread.q10))'),
    ("members without a seat", REPORTS + "forums.py", 'if forum.inside\n        else "has no seat"', 'if not forum.inside\n        else "has no seat"'),
    ("a mandate verified that is not", REPORTS + "forums.py", '"yes" if m.verified else "no"', '"no" if m.verified else "yes"'),
    ("where to act told as where to stop", REPORTS + "forums.py", "place = choice.forum(choice.to_stop)", "place = choice.forum(choice.to_act or choice.to_stop)"),
    ("what a veto saves for its gain in the sentence", REPORTS + "forums.py",
     "loss = place.prevents.mean if place.prevents", "loss = place.gain.mean if place.gain"),
    ("shoppers told as brokers", REPORTS + "forums.py", '("shop", choice.shopping)', '("shop", choice.brokers)'),
    ("right and largest swapped", REPORTS + "forums.py",
     "count(tested.right),\n        count(tested.largest),", "count(tested.largest),\n        count(tested.right),"),
    ("needed and lacking swapped", REPORTS + "allocation.py",
     "units(shortfall.need),\n        units(shortfall.short),", "units(shortfall.short),\n        units(shortfall.need),"),
    ("lacking with for lacking without", REPORTS + "allocation.py",
     "units(shortfall.without or shortfall.short)]", "units(shortfall.short)]"),
    ("foresight and averages swapped", REPORTS + "allocation.py",
     "units(kind.foresight),\n            units(kind.average),", "units(kind.average),\n            units(kind.foresight),"),
    ("what one more is worth for what is ready", REPORTS + "allocation.py", "units(kind.ready),", "units(kind.one_more),"),
    ("against an enemy and by chance swapped", REPORTS + "allocation.py",
     'Number(adversary.short, "units"),\n            Number(adversary.short_of_plan, "units"),', 'Number(adversary.short_of_plan, "units"),\n            Number(adversary.short, "units"),'),
    ("with for without in the judgement", REPORTS + "allocation.py", "left = kind.without or kind.expected", "left = kind.expected"),
    ("a range without its middle", REPORTS + "allocation.py",
     "({Number(spread.q10, 'units')} to {Number(spread.q90, 'units')})", "({Number(spread.mean, 'units')} to {Number(spread.q90, 'units')})"),
    ("the chance alone for the chance after", REPORTS + "allocation.py",
     "share(following.probability),\n            share(following.alone),", "share(following.alone),\n            share(following.probability),"),
    ("backers and opponents swapped", REPORTS + "networks.py",
     "count(backers), count(opponents)", "count(opponents), count(backers)"),
    ("agreement and conflict swapped", REPORTS + "networks.py",
     'Number(window.congruence, "weight"),\n            Number(window.conflict, "weight"),', 'Number(window.conflict, "weight"),\n            Number(window.congruence, "weight"),'),
    ("statements and actors swapped", REPORTS + "networks.py",
     "count(window.statements),\n            count(window.actors),", "count(window.actors),\n            count(window.statements),"),
    ("polarisation of the wrong split", REPORTS + "networks.py",
     'polarised = Number(split.modularity, "weight")', 'polarised = Number(1 - split.modularity, "weight")'),
    ("members of the other camp", REPORTS + "networks.py",
     "for actor in group) for group in split.groups]\n    rows", "for actor in group) for group in split.groups[::-1]]\n    rows"),
    ("the weakest ties first", REPORTS + "networks.py", "in ties[:_FEW]", "in ties[::-1][:_FEW]"),
    ("alone and after trades swapped", REPORTS + "package.py",
     "share(part.alone), share(part.traded)]", "share(part.traded), share(part.alone)]"),
    ("one by one for together", REPORTS + "package.py",
     "[_EACH, share(answer.each)", "[_EACH, share(answer.together)"),
    ("harm told as help", REPORTS + "package.py", "if answer.together > answer.each:", "if answer.together < answer.each:"),
    ("met and not met swapped", REPORTS + "package.py",
     "share(link.if_not), share(link.if_met), share(link.met)", "share(link.if_met), share(link.if_not), share(link.met)"),
    ("against a part for against the whole", REPORTS + "package.py",
     "yield share(stand.alone)\n    yield share(stand.together)", "yield share(stand.together)\n    yield share(stand.alone)"),
    ("what is gained told of the last part first", REPORTS + "package.py", "for gain in stand.gains:", "for gain in stand.gains[::-1]:"),
    ("salience for place in the workbench", "src/foedus/workbench/templates/positions.html",
     '{{ row.mode }}</span></td><td class="number" data-label="salience">{{ row.salience }}',
     '{{ row.salience }}</span></td><td class="number" data-label="salience">{{ row.mode }}'),
    ("a public position on the line", "src/foedus/workbench/positions.py",
     '"at": share(member.stand.private.mode)', '"at": share(member.stand.private.high)'),
    ("who has no seat told as seated", "src/foedus/workbench/positions.py", '"seated": member.seated,\n            "basis"', '"seated": not member.seated,\n            "basis"'),
    ("for and against swapped in the queue", "src/foedus/workbench/queue.py", '{1: "for", -1: "against"', '{-1: "for", 1: "against"'),
    ("the day it was known for the day it was said", "src/foedus/workbench/queue.py", '"said_on": each.said_on', '"said_on": source.known'),
    ("accepted and waiting swapped", "src/foedus/workbench/templates/documents.html",
     'row.counts.get("accepted", 0)', 'row.counts.get("candidate", 0)'),
    ("the day known for the day published", "src/foedus/workbench/documents.py", '"published": source.published', '"published": source.known'),
    ("an entry's number for another's", "src/foedus/workbench/journals.py", '"number": entry.number,\n            "action": entry.action,\n            "by": entry.by,\n            "on": entry.on,\n            "why"',
     '"number": entry.number - 1,\n            "action": entry.action,\n            "by": entry.by,\n            "on": entry.on,\n            "why"'),
    ("a change's number for another's", "src/foedus/workbench/journals.py",
     '"on": entry.on,\n            "undoes": entry.undoes', '"on": entry.on,\n            "undoes": entry.number'),
    ("a slider at what is said", "src/foedus/workbench/forecasts.py",
     'stop_at(issue.scale, each.stand.private.mode)', 'stop_at(issue.scale, each.stand.private.low)'),
    ("shares of the live view reversed", "src/foedus/workbench/forecasts.py",
     "for each in answer.options]", "for each in answer.options[::-1]]"),
    ("stage and name of a model swapped", REPORTS + "models.py",
     "(card.name, card.stage, card.summary)", "(card.stage, card.name, card.summary)"),
    ("claims for what does not hold", REPORTS + "models.py", '("does not keep", ", ".join(card.refuted))', '("does not keep", ", ".join(card.properties))'),
    ("low for the likeliest of an assumption", REPORTS + "models.py", "as_declared(assumption.mode, ", "as_declared(assumption.low, "),
    ("a choice recorded as a number", "src/foedus/issues/models.py", "return None if self.choices else self", "return self"),
    ("a point for its error", REPORTS + "measured.py",
     'Number(point.point, "point"), Number(point.error, "weight")', 'Number(point.error, "point"), Number(point.point, "weight")'),
    ("agreement corrected for chance and not swapped", REPORTS + "measured.py",
     "share(near.agreement)", "share(near.corrected or 0.0)"),
    ("of how many for which number", REPORTS + "measured.py", "count(profile.rank),", "count(profile.of),"),
    ("the year asked about for that of the votes", "src/foedus/measure/profile.py", "measures.first), measures.last)\n", "measures.first), measures.last) - 1\n"),
    ("annotated and proposed swapped", REPORTS + "evaluated.py",
     "(score.annotated, score.proposed, score.found)", "(score.proposed, score.annotated, score.found)"),
    ("precision for recall of attributions", REPORTS + "evaluated.py",
     "(score.precision, score.recall, score.f1, score.exact_f1)", "(score.recall, score.precision, score.f1, score.exact_f1)"),
    ("concept for stance", REPORTS + "evaluated.py", '("stance agrees", Number(scores.stance', '("stance agrees", Number(scores.concept'),
    ("clean for precise", REPORTS + "evaluated.py",
     "(tally.recall, tally.precision, tally.clean_share)", "(tally.recall, tally.clean_share, tally.precision)"),
    ("the tenth for the mean of a model", REPORTS + "disagreement.py", "Number(verdict.mean, \"score\"", "Number(verdict.q10 - 1, \"score\""),
    ("models of another answer", REPORTS + "disagreement.py", "[2].append(verdict.model)", "[2].append(found.verdicts[0].model)"),
    ("from and to of a round swapped", REPORTS + "rounds.py",
     'Number(move.start, "four"),\n            Number(move.end, "four"),', 'Number(move.end, "four"),\n            Number(move.start, "four"),'),
    ("who moves for who makes it move", REPORTS + "rounds.py", "else names[move.other]", "else names[move.actor]"),
    ("before and after of all rounds swapped", REPORTS + "rounds.py",
     'Number(shift.before, "four"), Number(shift.after, "four")', 'Number(shift.after, "four"), Number(shift.before, "four")'),
    ("kind and place of a gap swapped", REPORTS + "soundness.py",
     "(gap.kind, gap.what, gap.where)", "(gap.where, gap.what, gap.kind)"),
    ("sources for statements", REPORTS + "soundness.py",
     "in dossier.statements)\n    accepted", "in dossier.statements)\n    numbers['accepted'] = len(dossier.sources)\n    accepted"),
    ("what is assumed of silent members left out", REPORTS + "soundness.py", "for issue in dossier.issues)\n", "for issue in dossier.issues[1:])\n"),
    ("the likeliest as it is for what it would be", REPORTS + "silence.py",
     "chance = percent(other.probability)", "chance = percent(forecast.likeliest.probability)"),
    ("the present answer for the one without a lean", REPORTS + "silence.py",
     "would be {other.label!r} (", "would be {forecast.likeliest.label!r} ("),
    ("who was verified told as not", REPORTS + "groupings.py",
     '", ".join(sure), ", ".join(unsure))', '", ".join(unsure), ", ".join(sure))'),
    ("the verified alone counted", REPORTS + "groupings.py", "count(len(grouping.actors))", "count(len(sure))"),
    ("what was only signed left out", REPORTS + "obligations.py", "*_signed(attacked.signed_only),", "*_signed(()),"),
    ("an article for a treaty", REPORTS + "obligations.py",
     'f"{open_to.treaty} ({open_to.article})"', 'f"{open_to.article} ({open_to.treaty})"'),
    ("a bar as long as what is missing", REPORTS + "charts.py",
     '"probability": chance, "order": k', '"probability": 1 - chance, "order": k'),
    ("the low end for the likeliest in the chart of members", REPORTS + "charts.py",
     '"mode": member.stand.private.mode', '"mode": member.stand.private.low'),
    ("low and high of a member swapped", REPORTS + "charts.py",
     '"low": member.stand.private.low', '"low": member.stand.private.high'),
    ("what was tried for what is declared", REPORTS + "charts.py",
     '"low": swept.stated[0], "high": swept.stated[1]', '"low": swept.values[0], "high": swept.values[-1]'),
    ("lines of options swapped in a sweep", REPORTS + "charts.py",
     'for option, share in zip(forecast.options, shares', 'for option, share in zip(forecast.options[::-1], shares'),
    ("for and against swapped in time", REPORTS + "charts.py",
     '{-1: "against", 0: "neither", 1: "for"}', '{1: "against", 0: "neither", -1: "for"}'),
    ("later words drawn as used", REPORTS + "charts.py",
     '"used": dossier.known_on(s) <= case.as_of', '"used": s.said_on <= case.as_of'),
    ("said for known in time", REPORTS + "charts.py",
     '"known": as_time(dossier.known_on(s))', '"known": as_time(s.said_on)'),
    ("reluctance for objection in colour", REPORTS + "charts.py",
     '"objects": objector.probability,', '"objects": objector.reluctant_but_silent,'),
    ("where an input turns it told of another", REPORTS + "charts.py",
     'changes the answer at {_value(turn.value)}', 'changes the answer at {_value(turns[0].value)}'),
    ("one option's step for all", REPORTS + "line.py",
     '"probability": share[label]}', '"probability": share[labels[0]]}'),
    ("days numbered from nought", REPORTS + "line.py",
     'enumerate(line.points, 1)', 'enumerate(line.points)'),
    ("another option's line in words", REPORTS + "line.py",
     'percent(point.probabilities[place])', 'percent(point.probabilities[0 if place else 1])'),
    ("votes in favour drawn as those needed", REPORTS + "votes_chart.py",
     '"needed": count.needed / total', '"needed": count.in_favour / total'),
    ("for and needed swapped beside the figure", REPORTS + "votes_chart.py",
     '{amount(count.in_favour)} for, {amount(count.needed)} needed', '{amount(count.needed)} for, {amount(count.in_favour)} needed'),
    ("a slice for another's side", REPORTS + "votes_chart.py",
     "side = dict.fromkeys(counted_votes.in_favour, _SIDES[0])", "side = dict.fromkeys(counted_votes.against, _SIDES[0])"),
    ("the candidate left for the new one", REPORTS + "turned.py",
     'f"for {left} {on_day(before.said_on)}, for {now} {', 'f"for {now} {on_day(before.said_on)}, for {left} {'),
    ("days of a change of mind swapped", REPORTS + "turned.py",
     '{_side(before)} {on_day(before.said_on)}, {_side(after)}{by} {on_day(after.said_on)}',
     '{_side(before)} {on_day(after.said_on)}, {_side(after)}{by} {on_day(before.said_on)}'),
    ("room for how many are counted", REPORTS + "contradictions.py",
     'room = all_ - some', 'room = some'),
    ("for and against swapped of a number", REPORTS + "contradictions.py",
     '"for" if number.stance > 0', '"for" if number.stance < 0'),
    ("newer words called older", REPORTS + "contradictions.py",
     "if other.said_on < number.said_on]", "if other.said_on >= number.said_on]"),
    ("enough to stop it and not swapped", REPORTS + "votes_against.py",
     'if not count.blocked else "enough to stop it"', 'if count.blocked else "enough to stop it"'),
    ("who is for it named as against it", REPORTS + "votes_against.py",
     "{_few(forecast, count.against) or 'nobody'}; {'", "{_few(forecast, count.in_favour) or 'nobody'}; {'"),
    ("enough for stopped in the draws", REPORTS + "votes_against.py",
     'f"stop it in {percent(drawn.blocked)}', 'f"stop it in {percent(drawn.enough)}'),
    ("the draws for the chance", REPORTS + "votes_against.py",
     'is put at {percent(chance)}, not {percent(drawn.enough)}', 'is put at {percent(drawn.enough)}, not {percent(chance)}'),
    ("votes against that are had for those it takes", REPORTS + "votes_against.py",
     'takes {needed_against(stopping, ballot)}"', 'takes {held}"'),
    ("votes that a choice has for those it needs", REPORTS + "choice_votes.py",
     '{counts[0].needed} of', '{counts[0].in_favour} of'),
    ("votes of its own for those of others", REPORTS + "choice_votes.py",
     "if label != want and backing}", "if label == want and backing}"),
    ("low for the median of a stake", REPORTS + "response_ledger.py",
     '(least.median, least.low, least.high)', '(least.low, least.median, least.high)'),
    ("with and without the act swapped for a host", REPORTS + "response_ledger.py",
     '(host.entrapment.before, host.entrapment.after)', '(host.entrapment.after, host.entrapment.before)'),
    ("points for draws of abandonment", REPORTS + "response_ledger.py",
     'change(host.abandonment.median), share(host.abandonment.tips)', 'change(host.abandonment.tips), share(host.abandonment.median)'),
    ("low and high of lacking means swapped", REPORTS + "response_ledger.py",
     "change(lacked.q05),\n            change(lacked.q95)", "change(lacked.q95), change(lacked.q05)"),
    ("the most for the median of a loss", REPORTS + "response_ledger.py",
     'middle = Number(months.median, "pull")', 'middle = Number(months.high, "pull")'),
    ("a flow's share for another's", REPORTS + "response_ledger.py",
     'share(row.share), months, most', 'share(one.exposure[0].share), months, most'),
    ("proposal and status quo within a year swapped", REPORTS + "ensemble.py",
     'is {chances[issue.proposal]}, that of', 'is {chances[issue.status_quo]}, that of'),
    ("a model's weight for another's", REPORTS + "ensemble.py",
     'f"{name}, for {percent(weight)}"', 'f"{name}, for {percent(1 - weight)}"'),
    ("all decisions for those under the rule", REPORTS + "ensemble.py",
     'learned on {weights.decisions} decisions under', 'learned on {weights.pooled} decisions under'),
    ("how typical for how far", REPORTS + "ensemble.py",
     '{percent(distance.percentile)} "', '{percent(1 - distance.percentile)} "'),
    ("error and error of the median swapped", REPORTS + "scores.py",
     '_number(row["mae"], "crps"),\n        _number(row["mae_of_median"], "crps"),', '_number(row["mae_of_median"], "crps"),\n        _number(row["mae"], "crps"),'),
    ("failed and scored swapped", REPORTS + "scores.py",
     'count(row["issues"]),\n        count(row["failed"]),', 'count(row["failed"]),\n        count(row["issues"]),'),
    ("coverage from the widest on", REPORTS + "scores.py",
     'for key in ("50", "80", "95"))', 'for key in ("95", "80", "50"))'),
    ("the sign of a difference of models flipped", REPORTS + "scores.py",
     '_number(difference.mean, "crps")', '_number(-difference.mean, "crps")'),
    ("one model's breakdown for all", REPORTS + "scores.py",
     '_number(model.summarised(picked)["crps"], "crps") for model in models', '_number(models[0].summarised(picked)["crps"], "crps") for model in models'),
    ("issues and proposals swapped", REPORTS + "scores.py",
     "count(len(backtest.table)),\n        count(len(set(backtest.table.proposals))),", "count(len(set(backtest.table.proposals))),\n        count(len(backtest.table)),"),
    ("accuracy and balanced accuracy swapped", REPORTS + "council_check.py",
     '(check.accuracy, check.balanced_accuracy, check.auc', '(check.balanced_accuracy, check.accuracy, check.auc'),
    ("Brier and log of the constant swapped", REPORTS + "council_check.py",
     'check.brier_of_constant,\n            check.log_score_of_constant,', 'check.log_score_of_constant,\n            check.brier_of_constant,'),
    ("votes and yes votes swapped", REPORTS + "council_check.py",
     "count(check.positives),\n        count(check.issues),", "count(check.issues),\n        count(check.positives),"),
    ("one model's bar for another's", REPORTS + "backtest.py",
     '"crps": summary["crps"],\n            "kind"', '"crps": -summary["crps"], "kind"'),
    ("candidates that were coded alike counted as new", REPORTS + "entered.py",
     'counted(len(done.statements) - len(done.alike), "candidate")', 'counted(len(done.statements), "candidate")'),
    ("cells before and after swapped", REPORTS + "entered.py",
     "{name} {row_changed.before[name]!r} to {value!r}", "{name} {value!r} to {row_changed.before[name]!r}"),
    ("a day from which told as one until which", REPORTS + "entered.py",
     'f"since {days_entered.since}" if days_entered.since', 'f"until {days_entered.since}" if days_entered.since'),
    ("one dot too many", REPORTS + "response_charts.py",
     'range(counts.get(kind, 0))', 'range(counts.get(kind, 0) + 1)'),
    ("days of an answer cut in half", REPORTS + "response_charts.py",
     '"lag": max(each.lag_days or 0, 0)', '"lag": max(each.lag_days or 0, 0) // 2'),
    ("deterred and provoked draws swapped", REPORTS + "response_charts.py",
     'WORDS["deters"] if moved < -NOTHING', 'WORDS["deters"] if moved > NOTHING'),
    ("discontent and company of a voice swapped", REPORTS + "response_charts.py",
     '{"discontent": voice.discontent, "company": voice.company', '{"discontent": voice.company, "company": voice.discontent'),
    ("wars in 100 for wars in 1,000", REPORTS + "response_charts.py",
     '"war": 1000 * belief.war', '"war": 100 * belief.war'),
    ("stops of a slider from the other end", REPORTS + "sliders.py",
     'for value in places.tolist()]', 'for value in places.tolist()[::-1]]'),
    ("status quo and proposal of a new case swapped", REPORTS + "begun.py",
     'status quo: {draft.status_quo}{told}; proposal: {draft.proposal}', 'status quo: {draft.proposal}{told}; proposal: {draft.status_quo}'),
    ("members for steps of a docket", REPORTS + "begun.py",
     'was written with {steps} steps', 'was written with {steps + 1} steps'),
    ("all bodies for those listed", REPORTS + "world/bodies.py",
     '{len(listed)} of {len(known)}', '{len(known)} of {len(listed)}'),
    ("an id for a name of a body", REPORTS + "world/bodies.py",
     '"name": lambda row: row["name"]', '"name": lambda row: row["id"]'),
    ("then and now swapped on the workbench", "src/foedus/workbench/lately.py",
     "{percent(before['shares'][label])} then, {percent(share)} now", "{percent(share)} then, {percent(before['shares'][label])} now"),
    ("added for taken out on the workbench", "src/foedus/workbench/lately.py",
     '("sources", "source", "added", "taken out")', '("sources", "source", "taken out", "added")'),
    ("where a move leads told as what is expected", "src/foedus/workbench/games.py",
     '"leads": _shares(call.leads_to[each.id])', '"leads": _shares(call.expected)'),
    ("others' words counted as one's own", "src/foedus/workbench/games.py",
     'sum(each.actor == call.seat for', 'sum(each.actor != call.seat for'),
    ("the day of a treaty's end for that of its beginning", "src/foedus/workbench/facts.py",
     'rows.append((treaty.title, str(row.start)', 'rows.append((treaty.title, str(row.end)'),
    ("accepted counted as waiting", "src/foedus/workbench/cases.py",
     'statement.status == "candidate" for', 'statement.status == "accepted" for'),
    ("what may happen for what happened", "src/foedus/workbench/systems.py",
     '"happened": entry.item.happened', '"happened": entry.item.step'),
    ("committed words made to follow", "src/foedus/forecasts/compose.py",
     "follows = ~sitting.committed[None] & (sitting.public == sitting.private)", "follows = sitting.public == sitting.private"),
)  # fmt: skip
"""What is wrong, in which file, and what stands there right and wrong."""


def main(words: Sequence[str]) -> int:
    """Try every error, or those of files whose names hold a word that was given; return how many were not noticed."""
    tried = [one for one in ERRORS if not words or any(word in one[1] for word in words)]
    groups: dict[tuple[str, ...], list[Error]] = {}
    for error in tried:
        groups.setdefault(TESTS.get(error[1], SEEN), []).append(error)
    caught = 0
    for tests, errors in groups.items():
        noticed = _in_forks(tests, [one for one in errors if one[1].endswith(".py") and not misplaced(one)])
        for error in errors:
            told = misplaced(error) or ("caught" if error[0] in noticed else _try(error))
            caught += told == "caught"
            sys.stdout.write(f"{told:10} {error[0]}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{caught} of {len(tried)} errors were noticed\n")
    return len(tried) - caught


def misplaced(error: Error) -> str:
    """Return why an error cannot be put in; blank where it can."""
    times = (ROOT / error[1]).read_text("utf-8").count(error[2])
    return "" if times == 1 else "ambiguous" if times else "no place"


def _in_forks(tests: Sequence[str], errors: list[Error]) -> set[str]:
    """Return which errors a test notices where it runs again in a fork in which the error stands.

    What fixtures made before stays as it is. So an error that only they would meet is missed here, and has to be tried
    with the files themselves.
    """
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.close(read)
        forks = _Forks(errors)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        done = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests], plugins=[forks])
        os.write(write, json.dumps(sorted(forks.noticed) if done == 0 else []).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as stream:
        told = stream.read()
    os.waitpid(pid, 0)
    return set(json.loads(told or "[]"))


_PATIENCE = 3
"""Seconds that every test may take beside four times what it took."""


class _Forks:
    """Runs each test once more for each error that none has noticed yet."""

    def __init__(self, errors: Sequence[Error]) -> None:
        self.left = list(errors)
        self.noticed: set[str] = set()
        self.begun = time.monotonic()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        """Note when a test begins."""
        self.begun = time.monotonic()

    def pytest_runtest_teardown(self, item: Any) -> None:
        """Try the errors while the test's fixtures stand."""
        function, names = getattr(item, "obj", None), getattr(item, "_fixtureinfo", None)
        if function is None or names is None:
            return
        given = {name: item.funcargs[name] for name in names.argnames}
        patience = _PATIENCE + int(4 * (time.monotonic() - self.begun))
        for error in list(self.left):
            if _notices(function, given, error, patience):
                self.noticed.add(error[0])
                self.left.remove(error)


def _notices(function: Callable[..., object], given: dict[str, Any], error: Error, patience: int) -> bool:
    pid = os.fork()
    if pid == 0:
        signal.alarm(patience)  # a lock that another thread held when it was forked is never let go
        try:
            _put_in(error)
            function(**given)
        except AssertionError:
            os._exit(1)
        except BaseException:
            os._exit(2)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1


def _put_in(error: Error) -> None:
    """Put an error into a module that is loaded, and what it defines anew in the place of the old everywhere."""
    _, file, right, wrong = error
    module = importlib.import_module(file.removeprefix("src/").removesuffix(".py").replace("/", "."))
    before = dict(vars(module))
    exec(compile((ROOT / file).read_text("utf-8").replace(right, wrong), file, "exec"), vars(module))
    anew = {id(old): vars(module)[name] for name, old in before.items() if vars(module)[name] is not old}
    for other in list(sys.modules.values()):
        for name, value in list(getattr(other, "__dict__", {}).items()):
            if id(value) in anew and not name.startswith("__"):
                setattr(other, name, anew[id(value)])


def _try(error: Error) -> str:
    _, file, right, wrong = error
    text = (ROOT / file).read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "tests", copy / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        (copy / file).write_text(text.replace(right, wrong), "utf-8")
        path = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist"]
        command += TESTS.get(file, SEEN)
        done = subprocess.run(command, cwd=copy, env=path, capture_output=True, text=True, check=False)
        if "error" in done.stdout.rsplit("\n", 2)[-2].lower() and "failed" not in done.stdout:
            return f"broken: {done.stdout[-200:]}"
        return "caught" if done.returncode == 1 else "missed"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
