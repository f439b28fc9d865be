"""Put errors into what a person sees, one at a time, and tell which of them the tests notice.

Run by ``python bench/display_errors.py``; it takes some minutes. Each error is a change of one place of
the source, made in a copy. An error whose place is no longer there is told too: it has to be written anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = (
    "tests/reports/test_what_a_person_sees.py",
    "tests/reports/test_votes_seen.py",
    "tests/forecasts/test_compose.py",
)
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
    ("known shown as said", REPORTS + "grounds.py", "said by {statement.said_on}", "said by {dossier.known_on(statement)}"),
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
    ("committed words made to follow", "src/foedus/forecasts/compose.py",
     "follows = ~sitting.committed[None] & (sitting.public == sitting.private)", "follows = sitting.public == sitting.private"),
)  # fmt: skip
"""What is wrong, in which file, and what stands there right and wrong."""


def main() -> int:
    """Try every error; return how many were not noticed or could not be made."""
    caught = 0
    for error in ERRORS:
        told = _try(error)
        caught += told == "caught"
        sys.stdout.write(f"{told:10} {error[0]}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{caught} of {len(ERRORS)} errors were noticed\n")
    return len(ERRORS) - caught


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
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *TESTS]
        done = subprocess.run(command, cwd=copy, env=path, capture_output=True, text=True, check=False)
        if "error" in done.stdout.rsplit("\n", 2)[-2].lower() and "failed" not in done.stdout:
            return f"broken: {done.stdout[-200:]}"
        return "caught" if done.returncode == 1 else "missed"


if __name__ == "__main__":
    sys.exit(main())
