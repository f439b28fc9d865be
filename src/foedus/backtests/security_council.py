"""A check from outside: votes in the Security Council and the fate of drafts, as the benchmark UNBench lays them out.

Nothing is fitted to Council votes. Who votes how is told from how states voted in the General Assembly, how the Council
decides is the packaged rule, and how often it is of one mind is a published share:

    odds that member i withholds its yes = exp(a) (1 - s_i) / s_i

with s_i the share of roll calls of the year on which i answered as the draft's sponsors did, and a such that, over
drafts by an average sponsor, as many votes are unanimous as the published share says. A member that withholds its yes
says no as often as it does in the Assembly, and abstains otherwise. Drafts of which no sponsor is known are taken to be
the Council's: s_i is then the mean over the other members.

References
----------
Liang et al. (2026), Benchmarking LLMs for Political Science: A United Nations Perspective, AAAI 2026, arXiv:2502.14122.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import brentq

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.base.files import read_bytes
from foedus.base.hashes import sha256
from foedus.base.randomness import Streams
from foedus.base.tables import read_cells
from foedus.institutions import Ballot, Seating, packaged_institutions, seat
from foedus.institutions.rules import passes
from foedus.issues.sitting import Floats
from foedus.measure import packaged_measures
from foedus.measure.packaged import ALL
from foedus.world import packaged_world

VOTES, DRAFTS = "task2.csv", "task3.json"
"""The files of the benchmark that are read; a folder may hold either."""

UNANIMOUS = ((2000, 0.889), (2014, 0.935), (9999, 0.84))
"""Share of adopted resolutions with fifteen votes in favour: before 2000, before 2014, and since. The first two from
Security Council Report, Monthly Forecast of January 2014; the last (2014 to 2023) from the United Nations' Highlights
of Security Council Practice 2023, as reported."""

PUBLISHED = (
    (
        "votes",
        "MiniMax-M2.5, Qwen3.5-397B (the 30 votes of the public sample)",
        0.933,
        0.5,
        "github.com/SaKamiAn/UNbench_ep",
    ),
    ("votes", "gpt-4o-mini (votes on 50 drafts)", 0.745, 0.690, "github.com/kewan0824/UNBench-Task2-Reproduction"),
    ("adoption", "gemini-2.5-flash (989 drafts)", 0.970, 0.931, "a public rerun of task 3 on the whole test set"),
)
"""Accuracy and balanced accuracy of language models, and who published them."""

_SUBJECTS = {"Palestinian conflict": r"palestin|israel", "Nuclear weapons and nuclear material": r"nuclear"}
_OFTEN = 3
"""A draft is on a subject of the data whose word it uses at least so often."""
_LEAST = 0.02
"""Agreement is taken to be this far from 0 and 1 at least: it is packaged to the whole percent, and no vote is sure."""
_DRAWS = 4000
_CITED, _YEAR = re.compile(r"\(((?:19|20)\d\d)\)"), re.compile(r"\b(?:19|20)\d\d\b")
_SIDES = {"Y": 0, "N": 1, "A": 2}


@dataclass(frozen=True, slots=True)
class Called:
    """One thing forecast.

    Attributes
    ----------
    name
        Who voted on what, or which draft.
    on
        The day, or the first of July of the year that the draft's words point to.
    chance
        Probability of a yes, or of adoption.
    came
        Whether it was a yes, or adopted.
    share
        Probability of what came: of the very vote, or of the very fate.
    """

    KEYS = "name on chance came share"

    name: str
    on: Day
    chance: float
    came: bool
    share: float


@dataclass(frozen=True, slots=True)
class Check:
    """Scores of one task.

    Attributes
    ----------
    task
        ``votes`` or ``adoption``.
    rows
        What was forecast.
    base
        The constant forecast beside it: the share of yes votes that the level used implies, or of adopted drafts.
    left_out
        Number of drafts whose words tell no year.
    """

    KEYS = (
        "task issues left_out positives accuracy balanced_accuracy auc brier log_score "
        "constant=(base brier_of_constant log_score_of_constant) rows"
    )

    task: str
    rows: tuple[Called, ...]
    base: float
    left_out: int = 0

    @property
    def issues(self) -> int:
        """How many were forecast."""
        return len(self.rows)

    @property
    def positives(self) -> int:
        """How many were a yes, or adopted."""
        return sum(row.came for row in self.rows)

    def _arrays(self) -> tuple[Floats, Floats]:
        return np.array([row.chance for row in self.rows]), np.array([row.came for row in self.rows], np.float64)

    @property
    def accuracy(self) -> float:
        """Share of which the likelier of yes and no came."""
        chance, came = self._arrays()
        return float(((chance >= 0.5) == (came == 1)).mean())

    @property
    def balanced_accuracy(self) -> float | None:
        """Mean over both outcomes of the share called right; None where only one came."""
        chance, came = self._arrays()
        if len(set(came.tolist())) < 2:
            return None
        right = (chance >= 0.5) == (came == 1)
        return float((right[came == 1].mean() + right[came == 0].mean()) / 2)

    @property
    def brier(self) -> float:
        """Mean squared miss."""
        chance, came = self._arrays()
        return float(((chance - came) ** 2).mean())

    @property
    def log_score(self) -> float:
        """Mean of minus the logarithm of the probability of what came, yes or not."""
        chance, came = self._arrays()
        return float(-np.log(np.where(came == 1, chance, 1 - chance)).mean())

    @property
    def brier_of_constant(self) -> float:
        """The same of the constant."""
        came = self._arrays()[1]
        return float(((self.base - came) ** 2).mean())

    @property
    def log_score_of_constant(self) -> float:
        """The same of the constant."""
        came = self._arrays()[1]
        return float(-np.log(np.where(came == 1, self.base, 1 - self.base)).mean())

    @property
    def auc(self) -> float | None:
        """Chance that what came was called likelier than what did not; None where only one came."""
        chance, came = self._arrays()
        if len(set(came.tolist())) < 2:
            return None
        gap = chance[came == 1][:, None] - chance[came == 0]
        return float((gap > 0).mean() + (gap == 0).mean() / 2)


@dataclass(frozen=True, slots=True)
class CouncilCheck:
    """The whole check.

    Attributes
    ----------
    data
        Name of the folder.
    data_sha256
        Of the files read, in order.
    checks
        One for each file found.
    votes_end
        The last year of Assembly votes; later drafts are told from it.
    """

    KEYS = "data data_sha256 votes_end checks published"

    data: str
    data_sha256: str
    checks: tuple[Check, ...]
    votes_end: int

    @property
    def published(self) -> list[dict[str, Any]]:
        """What others have published of the same tasks."""
        names = ("task", "model", "accuracy", "balanced_accuracy", "source")
        return [dict(zip(names, row, strict=True)) for row in PUBLISHED]


def is_unbench(folder: Path) -> bool:
    """Tell whether a folder is laid out as the benchmark is."""
    return folder.is_dir() and any((folder / name).is_file() for name in (VOTES, DRAFTS))


def run_security_council(folder: Path | str) -> CouncilCheck:
    """Forecast the votes and the fate of the drafts in a folder, and score both.

    Parameters
    ----------
    folder
        Holds ``task2.csv``, ``task3.json`` or both, and the drafts voted on in ``drafts``.

    Raises
    ------
    FoedusError
        When neither file is there, or one cannot be read.
    """
    home = Path(folder)
    if not is_unbench(home):
        raise FoedusError(f"{home} has neither {VOTES} nor {DRAFTS}")
    tasks = {home / VOTES: _votes, home / DRAFTS: _drafts}
    there = [path for path in tasks if path.is_file()]
    checks = tuple(tasks[path](path) for path in there)
    read = sha256(b"".join(read_bytes(path) for path in there))
    return CouncilCheck(home.name, read, checks, packaged_measures().last)


def vote_shares(on: Day, sponsors: Sequence[str] = (), words: str = "") -> dict[str, Floats]:
    """Return for each member of the Council how likely it votes yes, votes no and abstains.

    Parameters
    ----------
    on
        The day.
    sponsors
        Ids of who puts the draft forward; unknown where there are none.
    words
        Of the draft; agreement is on the subject that they name, where the data have it for the year.

    Returns
    -------
    dict[str, Floats]
        By member, three probabilities; each of shape (3,).

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> answer = vote_shares(parse_day("2019-05-01"), ["USA"])
    >>> answer["USA"].round(2).tolist(), bool(answer["RUS"][0] < answer["GBR"][0])
    ([1.0, 0.0, 0.0], True)
    """
    members = _council(on).members
    year, subject = min(on.year, packaged_measures().last), _subject(words)
    level = _level(on)
    shares = {}
    for member in members:
        others = [sponsor for sponsor in (sponsors or members) if sponsor != member]
        share = 1.0 if member in sponsors else _alike(member, others, year, subject)
        withheld = 0.0 if member in sponsors else _withheld(level, share)
        no = _share_of_no(member, year)
        shares[member] = np.array([1 - withheld, withheld * no, withheld * (1 - no)])
    return shares


def adoption(on: Day, sponsors: Sequence[str] = (), words: str = "") -> float:
    """Return how likely a draft is adopted: the share of draws of everybody's vote in which the rule lets it pass.

    Parameters
    ----------
    on, sponsors, words
        See `vote_shares`.
    """
    sitting = _council(on)
    shares = vote_shares(on, sponsors, words)
    streams = Streams(1)
    sides = {
        member: np.searchsorted(
            shares[member].cumsum()[:2], streams.uniforms("council", member, start=0, stop=_DRAWS), "right"
        )
        for member in sitting.members
    }
    drawn = np.stack([sides[member] for member in sitting.members], axis=1)
    kinds, counts = np.unique(drawn, axis=0, return_counts=True)
    adopted = [_passes(sitting, row) for row in kinds]
    return float(counts[np.array(adopted)].sum() / _DRAWS)


def _passes(sitting: Seating, sides: Sequence[int]) -> bool:
    at = {side: frozenset(m for m, own in zip(sitting.members, sides, strict=True) if own == side) for side in (1, 2)}
    seats = frozenset(sitting.members)
    ballot = Ballot(seats, against=at[1], abstaining=at[2], weights=sitting.weights, groups=sitting.groups)
    return passes(sitting.rule, ballot)


@cache
def _council(on: Day) -> Seating:
    return seat(packaged_institutions().body("unsc"), packaged_world(), on)


@cache
def _level(on: Day) -> float:
    """Return a: at it the published share of votes is unanimous, averaged over sponsors by taking the mean member."""
    members, year = _council(on).members, min(on.year, packaged_measures().last)
    share = [_alike(member, [other for other in members if other != member], year, ALL) for member in members]
    wanted = np.log(next(share for before, share in UNANIMOUS if on.year < before))

    def miss(level: float) -> float:
        return float(sum(np.log1p(-_withheld(level, p)) for p in share) - wanted)

    return float(brentq(miss, -20.0, 20.0))


def _withheld(level: float, share: float) -> float:
    odds = np.exp(level) * (1 - share) / share
    return float(odds / (1 + odds))


def _alike(member: str, others: Sequence[str], year: int, subject: str) -> float:
    """Return the mean share of roll calls that a member answered as others did; a half where it is not known."""
    measures = packaged_measures()
    agreements = [share for other in others if (share := measures.agreement(member, other, year, subject)) is not None]
    if not agreements and subject != ALL:
        return _alike(member, others, year, ALL)
    return float(np.clip(np.mean(agreements) if agreements else 0.5, _LEAST, 1 - _LEAST))


def _share_of_no(member: str, year: int) -> float:
    point = packaged_measures().point(member, year)
    no, abstain = (0, 0) if point is None else point.answers[:2]
    return (no + 1) / (no + abstain + 2)  # a state that always says yes: as likely the one as the other


def _subject(words: str) -> str:
    counts = {name: len(re.findall(pattern, words.lower())) for name, pattern in _SUBJECTS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= _OFTEN else ALL


def _votes(path: Path) -> Check:
    rows = []
    base = []
    texts = _texts(path.parent / "drafts")
    for line in read_cells(path, ("Date", "Authors", "Country", "Voting", "Original_id")):
        number, row = line.number, line.record
        try:
            on, names = parse_day(row["Date"]), ast.literal_eval(row["Authors"])
            voter, side = _actor(row["Country"], on), _SIDES[row["Voting"]]
        except (KeyError, ValueError, SyntaxError) as error:
            raise FoedusError(f"{path.name}, row {number}: {error}") from None
        sponsors = [member for name in names if (member := _actor(name, on))]
        shares = vote_shares(on, sponsors, texts.get(on, ""))
        if voter is None or voter not in shares:
            raise FoedusError(f"{path.name}, row {number}: {row['Country']} had no seat in the Council on {on}")
        own = shares[voter]
        base.append(_mean_yes(on))
        rows.append(Called(f"{voter} on {row['Original_id']}", on, float(own[0]), side == 0, float(own[side])))
    return Check("votes", tuple(rows), float(np.mean(base)))


def _texts(folder: Path) -> Mapping[Day, str]:
    """Return the words of the drafts by the day of the vote, where a folder has them and no two are of one day."""
    words_by_day: dict[Day, list[str]] = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        draft = json.loads(read_bytes(path))
        try:
            words_by_day.setdefault(parse_day(str(draft["Date"])), []).append(str(draft["Content"]))
        except (KeyError, ValueError, FoedusError):
            continue
    return {on: texts[0] for on, texts in words_by_day.items() if len(texts) == 1}


def _mean_yes(on: Day) -> float:
    year, level = min(on.year, packaged_measures().last), _level(on)
    members = _council(on).members
    return 1 - float(np.mean([_withheld(level, _alike(m, [o for o in members if o != m], year, ALL)) for m in members]))


def _drafts(path: Path) -> Check:
    data = json.loads(read_bytes(path))
    try:
        pairs = list(zip(data["drafts"], data["labels"], strict=True))
    except (KeyError, ValueError) as error:
        raise FoedusError(f"{path.name}: expected as many drafts as labels; {error}") from None
    rows, base = [], []
    for number, (words, label) in enumerate(pairs, start=1):
        on = _day_of(words)
        if on is None:
            continue
        chance = adoption(on, (), words)
        base.append(adoption(on))
        rows.append(Called(f"draft {number}", on, chance, bool(label), chance if label else 1 - chance))
    return Check("adoption", tuple(rows), float(np.mean(base)), len(pairs) - len(rows))


def _day_of(words: str) -> Day | None:
    """Return the middle of the latest year in which what a text cites was adopted, or that it names; None without."""
    years = _CITED.findall(words) or _YEAR.findall(words)
    return parse_day(f"{max(years)}-07-01") if years else None


def _actor(name: str, on: Day) -> str | None:
    """Return the id of a state under the United Nations' name for it; None where it is not known."""
    short = re.sub(r"\s*\(.*\)", "", name)
    for spelling in (name, name.title(), short, short.title()):
        try:
            return packaged_world().find(spelling, on)
        except FoedusError:
            continue
    return None
