"""Put errors into what a person sees, one at a time, and tell which of them the tests notice.

Run by ``python bench/display_errors.py``, with a word from a file's name for that file alone; all of it takes twenty
minutes. Each error is a change of one place of
the source, made in a copy. An error whose place is no longer there is told too: it has to be written anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEEN = ("tests/reports/test_what_a_person_sees.py", "tests/reports/test_votes_seen.py")
TESTS: dict[str, tuple[str, ...]] = {
    "src/foedus/reports/choice.py": ("tests/reports/test_choice_seen.py",),
    "src/foedus/reports/votes.py": ("tests/reports/test_votes_seen.py",),
    "src/foedus/reports/histories.py": ("tests/reports/test_histories_seen.py",),
    "src/foedus/reports/replay.py": ("tests/reports/test_histories_seen.py",),
    "src/foedus/procedures/words.py": ("tests/reports/test_histories_seen.py",),
    "src/foedus/reports/brief.py": (
        "tests/reports/test_brief.py", "tests/reports/test_brief_seen.py", "tests/reports/test_votes_seen.py",
    ),
    "src/foedus/reports/judgement.py": ("tests/reports/test_judgement.py", "tests/reports/test_brief_seen.py"),
    "src/foedus/dossiers/said.py": ("tests/reports/test_brief.py", "tests/reports/test_choice_seen.py"),
    "src/foedus/cli/power_tables.py": ("tests/cli/test_screens.py",),
    "src/foedus/cli/obligations.py": ("tests/cli/test_screens.py",),
    "src/foedus/cli/position.py": ("tests/cli/test_screens.py",),
    "src/foedus/cli/score_tables.py": ("tests/cli/test_screens.py",),
    "src/foedus/evidence/coder/drafting.py": ("tests/evidence/test_stances.py",),
    "src/foedus/forecasts/compose.py": ("tests/forecasts/test_compose.py",),
}  # fmt: skip
"""The tests that read what a file shows; of every other file those in `SEEN`."""

REPORTS = "src/foedus/reports/"

ERRORS: tuple[tuple[str, str, str, str], ...] = (
    ("objects and alone swapped", REPORTS + "answer.py",
     "share(one.probability),\n            share(one.sole),", "share(one.sole),\n            share(one.probability),"),
    ("alone and reluctant swapped", REPORTS + "answer.py",
     "share(one.sole),\n            share(one.reluctant_but_silent),",
     "share(one.reluctant_but_silent),\n            share(one.sole),"),
    ("each of the silent for all of them", REPORTS + "answer.py", "share(silent.any_objects)", "share(silent.each_objects)"),
    ("silent reluctance for objection", REPORTS + "answer.py",
     'whose, share(silent.each_objects), "", share(silent.each_reluctant)',
     'whose, share(silent.each_reluctant), "", share(silent.each_objects)'),
    ("a place on the scale for a probability", REPORTS + "answer.py",
     'Number(one.at, "place"),\n                share(one.probability),', 'share(one.probability),\n                Number(one.at, "place"),'),
    ("status quo and proposal swapped", REPORTS + "answer.py",
     '{issue.status_quo: ("status quo",), issue.proposal: ("proposal",)}',
     '{issue.status_quo: ("proposal",), issue.proposal: ("status quo",)}'),
    ("the meeting's chance for the year's", REPORTS + "answer.py",
     "share(later.probability)", "share(forecast.probability(later.label))"),
    ("what is supposed for what is not", REPORTS + "answer.py",
     "share(without.options[place].probability)", "share(one.probability)"),
    ("the first of other models' shares for all", REPORTS + "answer.py",
     '*(share(one) for one in row["shares"])', '*(share(row["shares"][0]) for _ in row["shares"])'),
    ("the probability of the answer for that without a statement", REPORTS + "answer.py",
     "repr(one.after),\n                share(one.probability)", "repr(one.after),\n                share(forecast.likeliest.probability)"),
    ("objections to the proposal for those to each option", REPORTS + "answer.py",
     "forecast.objector(one.actor, label).probability", "forecast.objector(one.actor).probability"),
    ("a break-even of salience beside a position", REPORTS + "answer.py",
     "span(stand.private if field == POSITION else stand.salience)", "span(stand.salience if field == POSITION else stand.private)"),
    ("from and to of a lever swapped", REPORTS + "acts.py",
     ' from ", _value(one.start), " to ", _value(one.end)', ' from ", _value(one.end), " to ", _value(one.start)'),
    ("before and after of a lever swapped", REPORTS + "explanations.py",
     'share(one.probability_before), " to ", share(one.probability_after)',
     'share(one.probability_after), " to ", share(one.probability_before)'),
    ("reached told for not reached", REPORTS + "explanations.py",
     '"yes" if one.reached else "no"', '"no" if one.reached else "yes"'),
    ("signs of scenario differences flipped", REPORTS + "explanations.py",
     'below=(change(apart), " ± "', 'below=(change(-apart), " ± "'),
    ("a scenario's error ten times too small", REPORTS + "explanations.py",
     '" ± ", Number(error, "error")', '" ± ", Number(error / 10, "error")'),
    ("the base of scenarios for each of them", REPORTS + "explanations.py",
     "zip(one.probabilities, one.differences, one.errors", "zip(found.base, one.differences, one.errors"),
    ("before for after of a statement", REPORTS + "explanations.py",
     "*(share(one.after) for one in each)", "*(share(one.before) for one in each)"),
    ("what turns and what does not", REPORTS + "explanations.py",
     "for one in each if one.flips}", "for one in each if not one.flips}"),
    ("the usual probability after a change", REPORTS + "explanations.py",
     "share(found.effects[0].before)", "share(found.effects[0].after)"),
    ("hits for Brier", REPORTS + "explanations.py", 'Number(one.brier, "score")', 'Number(one.hits, "score")'),
    ("moved and aged swapped", REPORTS + "explanations.py",
     'change(point.moved) if number else "",\n            change(point.aged) if number else "",',
     'change(point.aged) if number else "",\n            change(point.moved) if number else "",'),
    ("the first option's line for the one asked about", REPORTS + "explanations.py",
     "share(point.probabilities[place])", "share(point.probabilities[0 if place else 1])"),
    ("news told without its sign", REPORTS + "explanations.py", '" (", change(one.effect), ")"', '" (", change(abs(one.effect)), ")"'),
    ("low and high of an interval swapped", REPORTS + "explanations.py",
     'cell(share(one.low), " to ", share(one.high))', 'cell(share(one.high), " to ", share(one.low))'),
    ("signs of Shapley shares flipped", REPORTS + "explanations.py", "change(one.shapley)", "change(-one.shapley)"),
    ("alone for Shapley", REPORTS + "explanations.py",
     "change(one.alone), change(one.shapley)", "change(one.shapley), change(one.alone)"),
    ("the second dossier for the first", REPORTS + "explanations.py",
     "(label, share(a), share(b)) for label, a, b", "(label, share(b), share(a)) for label, a, b"),
    ("a weight where a position belongs", REPORTS + "grounds.py",
     '_target(one),\n        "" if one.target is None else Number(one.weight, "pull"),',
     '"" if one.target is None else Number(one.weight, "pull"),\n        _target(one),'),
    ("published shown as known", REPORTS + "grounds.py",
     "known {dossier.known_on(statement)}", "known {dossier.sources[statement.source].published}"),
    ("known shown as said", REPORTS + "grounds.py", "said on {statement.said_on}", "said on {dossier.known_on(statement)}"),
    ("a source's publication for its being known", REPORTS + "grounds.py", "Known {one.known}", "Known {one.published}"),
    ("salience for position", REPORTS + "grounds.py",
     'f" position {span(stand.private)}', 'f" position {span(stand.salience)}'),
    ("public and private swapped", REPORTS + "grounds.py",
     'f"salience {span(stand.salience)}"', 'f"salience {span(stand.private)}"'),
    ("a share rounded up", REPORTS + "numbers.py", 'return f"{round(100 * share)} %"', 'return f"{int(100 * share) + 1} %"'),
    ("false certainty", REPORTS + "numbers.py", "if 0.995 <= share < 1:", "if 2 <= share < 1:"),
    ("points a tenth too small", REPORTS + "numbers.py", 'words = f"{100 * change:+.1f}"', 'words = f"{10 * change:+.1f}"'),
    ("columns reversed on the terminal", "src/foedus/cli/sections.py",
     "for row in block.rows for cell in row]", "for row in block.rows for cell in reversed(row)]"),
    ("columns shifted in Word", REPORTS + "on_paper.py", "rows = [[str(row[k]) for k in kept]", "rows = [[str(row[k]) for k in [*kept[1:], kept[0]]]"),
    ("remarks lost on the page", REPORTS + "templates/macros.html", "{{ parts(cell.below) }}", ""),
    ("folded rows repeated on the page", REPORTS + "templates/macros.html", "rows(one, one.rows[shown:])", "rows(one, one.rows[:shown])"),
    ("bars of the wrong length", REPORTS + "page.py", "(option.label, option.probability, share(", "(option.label, 1 - option.probability, share("),
    ("votes needed for votes in favour", REPORTS + "votes.py",
     'f"{one.in_favour:,}", f"{one.needed:,}"', 'f"{one.needed:,}", f"{one.in_favour:,}"'),
    ("the sign of a margin flipped", REPORTS + "votes.py", 'f"{one.margin:+,}"', 'f"{-one.margin:+,}"'),
    ("enough for not enough", REPORTS + "votes.py", 'verdict = "enough" if count.enough', 'verdict = "enough" if not count.enough'),
    ("enough and blocked swapped in the draws", REPORTS + "votes.py",
     'f"{percent(drawn.enough)} and a blocking minority stands in {percent(drawn.blocked)}',
     'f"{percent(drawn.blocked)} and a blocking minority stands in {percent(drawn.enough)}'),
    ("for and against swapped", REPORTS + "votes.py",
     "{_few(forecast, count.in_favour) or 'nobody'}", "{_few(forecast, count.against) or 'nobody'}"),
    ("chosen and approved swapped", REPORTS + "choice.py",
     'share(one.probability),\n            "" if one.approve is None else share(one.approve),',
     '"" if one.approve is None else share(one.approve),\n            share(one.probability),'),
    ("first choice for approval", REPORTS + "choice.py",
     '"" if one.approve is None else share(one.approve)', '"" if one.approve is None else share(one.first or 0)'),
    ("objects and alone swapped in a choice", REPORTS + "choice.py",
     "share(one.probability), share(one.sole), why", "share(one.sole), share(one.probability), why"),
    ("a sum for a mean", REPORTS + "choice.py",
     "sum(one.probability for one in alike) / len(alike)", "sum(one.probability for one in alike)"),
    ("words in favour for an objection", REPORTS + "choice.py", "contribution.target < 50", "contribution.target > 50"),
    ("now and then of a withdrawal swapped", REPORTS + "choice.py",
     "share(one.probability_before),\n            share(one.probability_after),",
     "share(one.probability_after),\n            share(one.probability_before),"),
    ("one of two who withdraw left out", REPORTS + "choice.py", "for who in one.actors)", "for who in one.actors[:1])"),
    ("who asks and of whom swapped", REPORTS + "choice.py",
     "rows.append([member.name, label, statement.condition, where])",
     "rows.append([label, member.name, statement.condition, where])"),
    ("a condition that was replaced", REPORTS + "choice.py",
     "if statement.condition and not one.superseded_by and", "if statement.condition and"),
    ("known for said in a choice", REPORTS + "choice.py",
     "key = str(statement.said_on), words", "key = str(made.dossier.known_on(statement)), words"),
    ("who spoke for who did not", REPORTS + "choice.py",
     "if not made.spoke(one.actor) and one.actor not in heard", "if made.spoke(one.actor) and one.actor in heard"),
    ("the least likely for the likeliest", REPORTS + "choice.py",
     "second = max((o for o", "second = min((o for o"),
    ("one option's line for all", REPORTS + "choice.py",
     "share(point.choice.probability(label)) if", "share(point.choice.probability(labels[0])) if"),
    ("who withdraws said to enter", REPORTS + "choice.py",
     'news = [*(f"{one} is on the table" for one in point.entered), *(f"{one} withdraws" for one in point.withdrawn)]',
     'news = [*(f"{one} is on the table" for one in point.withdrawn), *(f"{one} withdraws" for one in point.entered)]'),
    ("a share for who is off the table", REPORTS + "choice.py", 'if label in on else "-"', 'if label else "-"'),
    ("low and median of the votes swapped", REPORTS + "votes.py",
     "{spread.median:,} ({spread.low:,} to", "{spread.low:,} ({spread.median:,} to"),
    ("who must move for who can swing", REPORTS + "votes.py",
     "{', '.join(_names(forecast, count.swings))}", "{', '.join(_names(forecast, count.must_move))}"),
    ("a blocking minority denied", REPORTS + "votes.py", "if not count.blocked:", "if count.blocked:"),
    ("the chance that all are enough for that one turns it", REPORTS + "votes.py",
     "{percent(one.swings)}", "{percent(drawn.enough)}"),
    ("those against said to be unknown", REPORTS + "votes.py",
     "nothing is known of {_few(forecast, count.unknown)}", "nothing is known of {_few(forecast, count.against)}"),
    ("the record upside down", REPORTS + "votes.py",
     "On record {record.adopted} of {record.blocked}", "On record {record.blocked} of {record.adopted}"),
    ("one record for another", REPORTS + "votes.py",
     "On record {record.failed} of {record.passable}", "On record {record.adopted} of {record.passable}"),
    ("alone for objects in the brief", REPORTS + "brief.py",
     'share(objector.probability), " of draws"', 'share(objector.sole), " of draws"'),
    ("the lightest words for the heaviest", REPORTS + "brief.py",
     "return max(against, key=", "return min(against, key="),
    ("refusal of consent for objection", REPORTS + "brief.py",
     '"objects" if member.seated else', '"objects" if not member.seated else'),
    ("known for said in the brief", REPORTS + "brief.py",
     '({where_said(dossier, one)}, {one.said_on})"\n\n', '({where_said(dossier, one)}, {dossier.known_on(one)})"\n\n'),
    ("now and then swapped", REPORTS + "brief.py",
     "share(one.probability), share(before), change(moved)", "share(before), share(one.probability), change(moved)"),
    ("the sign of what changed flipped", REPORTS + "brief.py", "moved = one.probability - before", "moved = before - one.probability"),
    ("each silent member for any of them", REPORTS + "brief.py", "share(silent.any_objects)", "share(silent.each_objects)"),
    ("only those who block alone", REPORTS + "brief.py",
     "if one.probability >= _BLOCKS", "if one.sole >= 3 * _BLOCKS"),
    ("who is in favour named as against", REPORTS + "brief.py", "in forecast.arithmetic.against]", "in forecast.arithmetic.in_favour]"),
    ("old statements told as new", REPORTS + "brief.py", "> earlier.as_of]", "< earlier.as_of]"),
    ("a signal lost", REPORTS + "brief.py",
     "_SIGNALS.get(one.signal, one.signal)\n        besides", '"asks"\n        besides'),
    ("conditions of the past", REPORTS + "brief.py", "if not one.superseded_by and (one", "if (one"),
    ("the proposal's chance for the likeliest's", REPORTS + "judgement.py",
     "{_likelihood_of(best.probability)} {settles}", "{_likelihood_of(forecast.probability(proposal))} {settles}"),
    ("the likeliest's chance for the proposal's", REPORTS + "judgement.py",
     "{_likelihood_of(forecast.probability(proposal))} it adopts", "{_likelihood_of(best.probability)} it adopts"),
    ("a band too high", REPORTS + "judgement.py", '(0.45, "unlikely")', '(0.40, "unlikely")'),
    ("who spoke counted as assumed", REPORTS + "judgement.py", "sum(m.stand.basis in {", "sum(m.stand.basis not in {"),
    ("inputs that turn nothing named", REPORTS + "judgement.py", "if one.within_range]", "if not one.within_range]"),
    ("a value turns to the present answer", REPORTS + "judgement.py",
     'at {value} the most likely answer turns to {one.after!r}"', 'at {value} the most likely answer turns to {forecast.likeliest.label!r}"'),
    ("what has passed still watched for", REPORTS + "judgement.py",
     "and (one.until is None or case.as_of <= one.until <= case.meeting.on)", "and True"),
    ("the source's outlet for its title", "src/foedus/dossiers/said.py", 'return f"{source.outlet or source.title}, {statement.passage}"',
     'return f"{source.title or source.outlet}, {statement.passage}"'),
    ("before and after of a difference swapped", REPORTS + "histories.py",
     'Number(one.before, _SHARE), " -> ", Number(one.after, _SHARE)', 'Number(one.after, _SHARE), " -> ", Number(one.before, _SHARE)'),
    ("one past's result for the other's", REPORTS + "histories.py", '"{one.before} -> {one.after}"', '"{one.after} -> {one.before}"'),
    ("how often a step arises for its result", REPORTS + "histories.py",
     "else [share(one.result_share)]", "else [share(one.arises)]"),
    ("history told as the model's", REPORTS + "histories.py",
     "in_words(one),\n            *(", '(one.happened or ""),\n            *('),
    ("what happened told of what was given", REPORTS + "histories.py", '"" if one.decided == "given" else one.happened', '"" if one.decided == "given" else one.result'),
    ("the rarest state first", REPORTS + "histories.py", "key=lambda pair: -pair[1])\n    return _joined", "key=lambda pair: pair[1])\n    return _joined"),
    ("a bar of the rarest state", REPORTS + "histories.py", "Bar(max(states.values()))", "Bar(min(states.values()))"),
    ("the beginning for the end", REPORTS + "histories.py", "len(states := one.points[-1].shares) > 1", "len(states := one.points[len(one.points) // 2].shares) > 1"),
    ("the day before", REPORTS + "histories.py", "return next(after.on", "return next(before.on"),
    ("agreement in the colour of dissent", REPORTS + "histories.py", '"accepts" if event.agrees else "objects"', '"objects" if event.agrees else "accepts"'),
    ("seed and histories swapped", REPORTS + "histories.py", "        str(replay.seed),\n", "        str(replay.histories),\n"),
    ("otherwise told as as it happened", "src/foedus/procedures/words.py",
     '{True: "as it happened", False: "otherwise"', '{False: "as it happened", True: "otherwise"'),
    ("steps apart counted as alike", "src/foedus/procedures/words.py",
     "{found.alike} came out {where}", "{found.compared - found.alike} came out {where}"),
    ("the share of the result for that of what happened", "src/foedus/procedures/words.py",
     "share = event.happened_share or 0.0", "share = event.result_share or 0.0"),
    ("a fan upside down", REPORTS + "replay.py",
     'latest[day].get(state, 0.0), "rank"', '1 - latest[day].get(state, 0.0), "rank"'),
    ("one index under another's heading", "src/foedus/cli/power_tables.py",
     "*(f\"{getattr(found, name)[n]:.6f}\" for name in INDICES)", "*(f\"{getattr(found, name)[n]:.6f}\" for name in reversed(INDICES))"),
    ("members of another row", "src/foedus/cli/power_tables.py", "answer.weights.get(found.members[n]", "answer.weights.get(found.members[n - 1][:1]"),
    ("votes against for votes in favour", "src/foedus/cli/power_tables.py",
     "{len(vote.in_favour)} of", "{len(vote.ballot.seats) - len(vote.in_favour)} of"),
    ("who owes and who invokes swapped", "src/foedus/cli/obligations.py",
     '", ".join(one.invoked_by),\n                ", ".join(owed.actor for owed in one.owed_by),',
     '", ".join(owed.actor for owed in one.owed_by),\n                ", ".join(one.invoked_by),'),
    ("what is owed for whether it is", "src/foedus/cli/obligations.py",
     "one.kind,\n                one.engaged,", "one.engaged,\n                one.kind,"),
    ("public for private in a position", "src/foedus/cli/position.py",
     'f"Wants {content.span(stand.private)}, nearest', 'f"Wants {content.span(stand.public)}, nearest'),
    ("salience for what is said", "src/foedus/cli/position.py",
     'f"Says {content.span(stand.public)}', 'f"Says {content.span(stand.salience)}'),
    ("the weight of all for each", "src/foedus/cli/position.py", "percent(found.share(one)) if", "percent(1.0) if"),
    ("Brier and logarithmic score swapped", "src/foedus/cli/score_tables.py",
     'f"{one.log_score:.3f}",\n            f"{one.brier:.3f}",', 'f"{one.brier:.3f}",\n            f"{one.log_score:.3f}",'),
    ("the day of the forecast for that of the meeting", "src/foedus/cli/score_tables.py",
     "one.entry.on.isoformat(),\n            one.entry.as_of.isoformat(),", "one.entry.as_of.isoformat(),\n            one.entry.on.isoformat(),"),
    ("means in another order", "src/foedus/cli/score_tables.py", '("log_score", "brier", "crps")', '("brier", "log_score", "crps")'),
    ("a capital hardly a name", "src/foedus/evidence/coder/drafting.py", '"capital": 0.95,', '"capital": 0.35,'),
    ("a pointer hardly a word", "src/foedus/evidence/coder/drafting.py", "(self.recalled, 0.85)", "(self.recalled, 0.35)"),
    ("a pronoun hardly anybody", "src/foedus/evidence/coder/drafting.py", '(one.holder == "pronoun", 0.9)', '(one.holder == "pronoun", 0.35)'),
    ("committed words made to follow", "src/foedus/forecasts/compose.py",
     "follows = ~sitting.committed[None] & (sitting.public == sitting.private)", "follows = sitting.public == sitting.private"),
)  # fmt: skip
"""What is wrong, in which file, and what stands there right and wrong."""


def main(words: Sequence[str]) -> int:
    """Try every error, or those of files whose names hold a word that was given; return how many were not noticed."""
    caught, tried = 0, [one for one in ERRORS if not words or any(word in one[1] for word in words)]
    for error in tried:
        told = _try(error)
        caught += told == "caught"
        sys.stdout.write(f"{told:10} {error[0]}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{caught} of {len(tried)} errors were noticed\n")
    return len(tried) - caught


def _try(error: tuple[str, str, str, str]) -> str:
    _, file, right, wrong = error
    text = (ROOT / file).read_text("utf-8")
    if text.count(right) != 1:
        return "no place" if right not in text else "ambiguous"
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
