"""Score what a practitioner asks of facts, law and votes: ``python bench/practitioner.py [FILE] [--misses]``.

The questions are rows of a CSV file with the columns ``command`` and ``expected``; without FILE they are looked for in
``shared/cases`` beside the project, and the script says so and ends where they are absent. Each command is run and its
JSON compared with what was expected, which is a phrase for people: "yes; AUS owes", "not, 9, two vetoes", "EU yes, NATO
contested, France yes". A row that these rules cannot judge is printed to be read, and one that
needs the asker's own file is skipped; both are counted apart.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import re
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from foedus.cli import main
from foedus.institutions.law.treaties import packaged_law
from foedus.world.packaged import packaged_world
from foedus.world.resolver import fold

VERDICT = re.compile(r"\b(yes|no|contested)\b")
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def questions(argv: list[str] | None = None) -> int:
    """Print the score; return 1 where an answer is not what was expected."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=_beside("shared/cases/practitioner-questions.csv"))
    parser.add_argument("--misses", action="store_true", help="print only the rows that are not right")
    asked = parser.parse_args(argv)
    if asked.file is None or not asked.file.exists():
        say("the questions are not here: nothing to score")
        return 0
    count: Counter[str] = Counter()
    with asked.file.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            verdict, got = judge(row["command"], row["expected"])
            count[verdict] += 1
            if not (asked.misses and verdict == "right"):
                say(f"{verdict:8}{row['command']}\n        expected: {row['expected']}\n        got: {got}")
    total = sum(count.values())
    say(f"{total} questions: " + ", ".join(f"{number} {verdict}" for verdict, number in count.most_common()))
    return int(count["wrong"] > 0)


def _beside(name: str) -> Path | None:
    return next((one / name for one in Path(__file__).resolve().parents if (one / name).exists()), None)


def judge(command: str, expected: str) -> tuple[str, str]:
    """Return "right", "wrong", "read" or "skipped" for one question, and the answer in short."""
    words = shlex.split(command)[1:]
    if "--table" in words and not Path(words[words.index("--table") + 1]).exists():
        return "skipped", "the asker's own table is not here"
    status, answer, told = run([word for word in words if word not in {"--why", "--json"}])
    if status == 2 or answer is None:
        refusal = re.search(r"\b(error|nobody|not in office|not a state|not known)\b", expected)
        return ("right" if refusal else "wrong"), told.strip()
    if "engaged" in answer:
        answer = {"answers": [{"kind": "consultation"} | answer]}
    judges: dict[str, Callable[[Any, str], tuple[bool | None, str]]] = {
        "answers": _of_treaties,
        "permitted": _of_limits,
        "open": _of_accession,
        "members": _of_power if words[0] == "power" else _of_members,
        "candidates": _of_names,
        "instruments": _of_documents,
        "offices": _of_offices,
        "attendance": _of_events,
        "partners": _of_members,
    }
    check = next((check for key, check in judges.items() if key in answer), None)
    if check is None:
        return "read", "no rule here judges such an answer"
    found, short = check(answer, expected)
    return {True: "right", False: "wrong", None: "read"}[found], short


def run(words: list[str]) -> tuple[int, Any, str]:
    """Return the exit status of a command, its JSON, and what it wrote to standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([*words, "--json"])
        except SystemExit as left:
            status = int(left.code or 0)
    try:
        return status, json.loads(out.getvalue()), err.getvalue()
    except ValueError:
        return status, None, err.getvalue()


def _of_treaties(answer: Mapping[str, Any], expected: str) -> tuple[bool | None, str]:
    answers = [one for one in answer["answers"] if one["engaged"] != "no" or len(answer["answers"]) == 1]
    short = "; ".join(
        f"{one['treaty']} {one['engaged']} ({one['kind']}: {' '.join(owed['actor'] for owed in one['owed_by'])})"
        for one in answers
    )
    if "no treaty" in expected:
        return not answers, short or "no treaty"
    if len(answer["answers"]) == 1 and answers and (verdict := VERDICT.search(expected)) and _mentions_one(expected):
        one = answer["answers"][0]
        agrees = one["engaged"] == verdict.group(1) or (
            verdict.group(1) == "no" and "contested by" in expected and one["engaged"] == "contested"
        )
        owing = {owed["actor"] for owed in one["owed_by"]}
        named = set(re.findall(r"\b([A-Z]{3}) owes", expected))
        return agrees and named <= owing and _consults(one, expected), short
    if "consultation only" in expected:
        return all(one["kind"] == "consultation" for one in answers), short
    treaties = {one["treaty"]: one["engaged"] for one in answers}
    owing = {owed["actor"] for one in answers for owed in one["owed_by"]}
    wanted = list(_named(expected, states_only=True))
    if not wanted:
        verdict = VERDICT.search(expected)
        return (bool(answers) if verdict is None else verdict.group(1) in treaties.values()), short
    return all(_found(names, treaties, owing) for names in wanted), short


def _mentions_one(expected: str) -> bool:
    return len(re.findall(r"\b(?:EU|NATO|CSTO|csto|nato|budapest)\b", expected)) < 2


def _consults(one: Mapping[str, Any], expected: str) -> bool:
    if not re.search(r"(Article 4|consultation) (yes|open)", expected):
        return True
    return any(clause["engaged"] == "yes" for clause in one.get("consultation", ()))


def _named(expected: str, states_only: bool = False) -> Iterator[set[str]]:
    """Yield the ids that each capitalised name of a phrase may mean: of states, of treaties."""
    expected = re.sub(r"before the \w+:", "", expected)
    names: dict[str, set[str]] = {}
    for name in packaged_world().names:
        if states_only and packaged_world().actor(name.actor).kind != "state":
            continue
        names.setdefault(fold(name.name), set()).add(name.actor)
    for treaty in packaged_law().treaties.values():
        for name in (treaty.id, *treaty.aliases):
            names.setdefault(fold(name), set()).add(treaty.id)
    for name in re.findall(r"[A-Z][\w'-]*(?: [A-Z][\w'-]*)*|budapest|csto", expected):
        for part in (name, *name.split()):
            if fold(part) in names:
                yield names[fold(part)]
                break


def _found(names: set[str], treaties: Mapping[str, str], owing: Iterable[str]) -> bool:
    return bool(names & (treaties.keys() | set(owing)))


def _of_limits(answer: Mapping[str, Any], expected: str) -> tuple[bool | None, str]:
    short = f"{answer['permitted']}: {'; '.join(answer['conditions'])}"
    if said := re.match(r"(yes|no|under conditions)\b", expected):
        return answer["permitted"] == said.group(1), short
    names = re.findall(r"[A-Z]\w+", expected)
    return (all(name in short + answer["decided_by"] for name in names) if names else None), short


def _of_accession(answer: Mapping[str, Any], expected: str) -> tuple[bool | None, str]:
    verdict = VERDICT.search(expected)
    return (None if verdict is None else answer["open"] == verdict.group(1)), answer["open"]


def _of_power(answer: Mapping[str, Any], expected: str) -> tuple[bool | None, str]:
    vote, alone = answer.get("vote"), answer.get("can_block_alone", [])
    if vote is not None:
        adopted = not re.match(r"not\b", expected) and "can block" not in expected
        short = f"adopted {vote['adopted']}, {len(vote['in_favour'])} in favour; {' '.join(answer['notes'])}"
        number = re.search(r"(?:adopted|not), (\d+)\b|(\d+) in favour", expected)
        counted = number is None or len(vote["in_favour"]) == int(number.group(1) or number.group(2))
        frozen = "taken no part" not in expected or any("stays away" in note for note in answer["notes"])
        return (vote["adopted"] == "yes") == adopted and counted and frozen, short
    short = f"{answer['rule']}; alone: {' '.join(alone)}; power to act {answer.get('coleman_act')}"
    if power := re.search(r"power to act ([\d.]+)", expected):
        decimals = len(power.group(1).partition(".")[2])
        return round(answer["coleman_act"], decimals) == float(power.group(1)), short
    if block := re.search(r"\b([A-Z]{3}) alone blocks", expected):
        return alone == [block.group(1)], short
    if "consensus" in expected:
        return "consensus" in answer["rule"] or "members" in answer["rule"], short
    if rule := re.search(r"rule: (.*)", expected):
        return rule.group(1) in answer["rule"], short
    return None if "own count" not in expected else True, short


def _of_members(answer: Mapping[str, Any], expected: str) -> tuple[bool | None, str]:
    rows = answer["members"] if "members" in answer else answer["partners"]
    members = {one["actor"] for one in rows}
    short = f"{len(members)}: {' '.join(sorted(members))}"
    if codes := re.findall(r"\b[A-Z]{3}\b", expected.partition(":")[2]):
        return members == set(codes), short
    number = re.match(r"(\d+)\b", expected)
    count = int(number.group(1)) if number else NUMBERS.get(expected.split(maxsplit=1)[0])
    frozen = "frozen" not in expected or any("frozen" in one["note"] for one in rows)
    return (bool(members) if count is None else len(members) == count) and frozen, short


def _of_names(answer: Mapping[str, Any], expected: str) -> tuple[bool | None, str]:
    found = {one["actor"] for one in answer["candidates"]}
    wanted = list(_named(expected)) + [{code} for code in re.findall(r"\b(?:BEL|EU|NATO)\b", expected)]
    folded = {one.upper() for one in found}
    return all(found & names or folded & names for names in wanted), " ".join(sorted(found))


def _of_documents(answer: Mapping[str, Any], expected: str) -> tuple[bool | None, str]:
    held = {one["instrument"] for one in answer["instruments"]}
    absent = set(re.findall(r"\b([A-Z]{4}) not\b", expected))
    named = set(re.findall(r"\b[A-Z]{4}\b", expected)) - absent
    if "nothing but the declaration" in expected:
        return held == {"joint-political-declaration"}, " ".join(sorted(held))
    return named <= held and not absent & held, " ".join(sorted(held))


def _of_offices(answer: Mapping[str, Any], expected: str) -> tuple[bool | None, str]:
    said = " ".join(f"{one['office']} {one['person']};" for one in answer["offices"])
    held = fold(said)
    gone = re.findall(r"not ([A-Z]\w+)|([A-Z]\w+) left", expected)
    here = re.findall(r"([A-Z]\w+) in office|: ([A-Z]\w+)", expected)
    warned = "warning" not in expected or answer["warning"] is not None
    return (
        not any(fold(name) in held for pair in gone for name in pair if name)
        and all(fold(name) in held for pair in here for name in pair if name)
        and warned
    ), said


def _of_events(answer: Mapping[str, Any], expected: str) -> tuple[bool | None, str]:
    came = answer["attendance"] or answer["represented"]
    short = f"{len(came)} came; {' '.join(one['value'] for one in answer['texts'])}"
    return bool(came and answer["texts"]), short


if __name__ == "__main__":
    sys.exit(questions())
