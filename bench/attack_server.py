"""Kill the workbench in the middle of writes: ``python bench/attack_server.py --kills 100 --seed 1``.

Each time a server is started on one dossier, several clients decide on statements and set positions as fast as it
answers, and the server is killed by SIGKILL at a random moment. Then the dossier must be readable, hold every change
that was acknowledged, and no half-written file.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace
from pathlib import Path

import foedus
from foedus.base.locks import writing
from foedus.base.tables import render_table
from foedus.coding.journal import read_journal, recover
from foedus.dossiers import packaged_dossiers
from foedus.evidence import Statement

CASE, ACTORS = "tokyo-office", ("ITA", "DEU", "ESP", "POL", "NOR")


class Client(urllib.request.HTTPRedirectHandler):
    """Somebody at the pages of a server."""

    def __init__(self, address: str) -> None:
        self.base, _, key = address.partition("/?key=")
        self.opener = urllib.request.build_opener(self)
        self.cookie = f"foedus={key}"

    def redirect_request(self, *_: object) -> None:
        """Leave redirects to whoever asked."""

    def ask(self, path: str, cells: dict[str, str] | None = None) -> tuple[int, str]:
        data = None if cells is None else urllib.parse.urlencode(cells).encode()
        request = urllib.request.Request(self.base + path, data, {"cookie": self.cookie})
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


def started(home: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a server, and return its address."""
    command = [sys.executable, "-m", "foedus", "serve", str(home), "--port", "0", "--no-open"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert running.stdout is not None
    return running, running.stdout.readline().split()[1]


def decides(client: Client, chance: random.Random, told: dict[int, tuple[str, str]]) -> None:
    """Accept and reject statements until the server is gone; keep what it acknowledged, by number of the journal."""
    with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
        while True:
            status, page = client.ask(f"/c/{CASE}/queue")
            if status != 200:
                told[-1] = ("the queue", re.sub("<[^>]+>", " ", page.rpartition("<main")[2])[:300])
                return
            mark = re.findall(r'data-mark="(\w+)"', page)[0]
            waiting = re.findall(r'data-id="([^"]+)" data-version="(\w+)"', page)
            if not waiting:
                return
            id_, version = chance.choice(waiting)
            action = chance.choice(("accept", "reject"))
            cells = {"mark": mark, "version": version, "action": action}
            _, said = client.ask(f"/c/{CASE}/statements/{id_}", cells)
            found = json.loads(said)
            if found["done"]:
                told[found["number"]] = (id_, f"{action}ed")


def places(client: Client, chance: random.Random, actor: str, told: dict[str, tuple[int, int | None]]) -> None:
    """Set a position until the server is gone; keep what was acknowledged, and what was asked for and not answered."""
    with contextlib.suppress(OSError, IndexError, http.client.HTTPException):
        while True:
            _, page = client.ask(f"/c/{CASE}/positions/{actor}")
            mark, seen = (
                re.findall(r'name="mark" value="(\w+)"', page)[0],
                re.findall(r'name="seen" value="([^"]*)"', page)[0],
            )
            wanted = chance.randint(0, 100)
            last = told.get(actor, (-1, None))[0]
            told[actor] = (last, wanted)
            cells = {"mark": mark, "position": str(wanted), "note": "n", "issue": "office"}
            status, _ = client.ask(f"/c/{CASE}/positions/{actor}?issue=office", cells | {"seen": ""} if seen else cells)
            told[actor] = (wanted, None) if status == 303 else (last, None)


def killed(home: Path, chance: random.Random) -> tuple[int, list[str]]:
    """Kill one server; return how many changes it acknowledged, and what is wrong after it."""
    running, address = started(home)
    decisions: dict[int, tuple[str, str]] = {}
    positions: dict[str, tuple[int, int | None]] = {}
    works = [
        threading.Thread(target=decides, args=(Client(address), random.Random(chance.random()), decisions))
        for _ in "ab"
    ] + [
        threading.Thread(target=places, args=(Client(address), random.Random(chance.random()), actor, positions))
        for actor in ACTORS[:2]
    ]
    for one in works:
        one.start()
    until = time.monotonic() + 20
    while not decisions and not any(last >= 0 for last, _ in positions.values()) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 2.0))
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    for one in works:
        one.join()
    return len(decisions) + sum(last >= 0 for last, _ in positions.values()), list(
        _wrong(home / CASE, decisions, positions)
    )


def _wrong(
    folder: Path, decisions: dict[int, tuple[str, str]], positions: dict[str, tuple[int, int | None]]
) -> list[str]:
    found = []
    with writing(folder):  # whoever takes the lock next finishes or takes away what was begun
        recover(folder)
    dossier = foedus.read_dossier(folder)
    status = {one.id: one.status for one in dossier.statements}
    numbers = {one.number for one in read_journal(folder).entries}
    if -1 in decisions:
        return [f"{words[0]} did not open: {' '.join(words[1].split())}" for words in (decisions[-1],)]
    for number, (id_, wanted) in decisions.items():
        if number not in numbers or status[id_] != wanted:
            found.append(f"number {number}: {id_} was {wanted}, and is {status.get(id_)}")
    rows = {
        one.actor: one.position_mode for one in dossier.stakeholders if (one.issue, one.venue) == ("office", "private")
    }
    for actor, (last, asked) in positions.items():
        if last >= 0 and rows.get(actor) not in {last, asked}:
            found.append(f"{actor} was put at {last}, and is at {rows.get(actor)}")
    return found


def main() -> int:
    """Run the attack and print what it found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    chance, acknowledged, wrong = random.Random(wanted.seed), 0, []
    with tempfile.TemporaryDirectory(prefix="attack-server-") as place:
        home = Path(place)
        shutil.copytree(packaged_dossiers()[CASE], home / CASE)
        first, *rest = foedus.read_dossier(home / CASE).statements
        many = [replace(first, id=f"k{number}", status="candidate") for number in range(300)]
        (home / CASE / "statements.csv").write_text(render_table(Statement, [first, *rest, *many]), "utf-8")
        for number in range(wanted.kills):
            count, found = killed(home, chance)
            acknowledged += count
            wrong += [f"kill {number}: {one}" for one in found]
        left = [one.name for one in (home / CASE).iterdir() if re.search("part|next|changes", one.name)]
    for one in wrong:
        sys.stdout.write(f"{one}\n")
    sys.stdout.write(f"{wanted.kills} servers killed, {acknowledged} changes acknowledged, {len(wrong)} lost\n")
    sys.stdout.write(f"files left over: {', '.join(left) or 'none'}\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
