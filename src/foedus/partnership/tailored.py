"""What ``tailor`` answers: areas, what one more unit buys, and the words on which an area turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.tables import Row
from foedus.base.traces import Trace
from foedus.base.wording import percent
from foedus.partnership.inputs import Wish
from foedus.partnership.programmes import Against, Score

DEPTHS = ("talk", "exchange", "join exercises", "common standards")


CRITERIA = ("need", "interest", "alliance", "restraint")
"""What is weighed: the partner's need and interest, the alliance's interest, and how little it provokes."""


@dataclass(frozen=True, slots=True)
class AreaFound:
    """One area of one partner's programme.

    Attributes
    ----------
    share
        Share of the draws in which it is in the programme; ``deep`` the same for each depth, from talk on.
    depth
        The depth that it most often reaches, where it is in.
    status
        ``core`` above 95 %, ``outside`` below 5 %, else ``open``.
    deepest
        As far as capacity, offer and law allow.
    partner_gain, alliance_gain, sensitivity
        Words as used; ``assumed`` names those that were blank.
    """

    KEYS = (
        "partner area name status share deep depth deepest partner_gain alliance_gain sensitivity cost "
        "acceptable limit? "
        "former rests_on assumed"
    )
    partner: str
    area: str
    name: str
    status: str
    share: float
    deep: tuple[float, ...]
    depth: str
    deepest: str
    partner_gain: str
    alliance_gain: str
    sensitivity: str
    cost: float
    acceptable: float
    limit: str
    former: bool
    rests_on: str
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bought:
    """What one more unit of bandwidth buys: an area at a depth, before and after, as shares of draws."""

    partner: str
    area: str
    depth: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Flip:
    """A score that, moved by one word, brings an area in or takes it out, at equal weights."""

    KEYS = "partner area score from=start to=end becomes"
    partner: str
    area: str
    score: str
    start: str
    end: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Efficient:
    """A programme that no other beats on both ends, at equal weights of need, interest and the alliance's interest.

    Attributes
    ----------
    against
        ``bandwidth`` or ``exposure``: the end against which worth is told.
    bandwidth, exposure
        What it takes, and how much it provokes as a share of what everything would.
    worth
        As a share of what everything would be worth.
    areas
        Its areas, in the order of the table.
    """

    KEYS = "partner against bandwidth exposure worth areas"
    partner: str
    against: str
    bandwidth: float
    exposure: float
    worth: float
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tailored(Recorded):
    """A programme, or several.

    Attributes
    ----------
    budgets
        Bandwidth of each partner; ``shared`` that of the alliance, None where nothing binds them together.
    sensitivity
        Where the words on what provokes come from, where not from the table; else blank.
    front
        Efficient programmes, each partner by itself.
    to_fill_in
        The table that is not there.
    """

    KEYS = (
        "dossier partners as_of budgets{partner bandwidth} shared acceptability sensitivity areas=found "
        "next_unit=bought front flips against baselines to_fill_in draws seed inputs_sha256"
    )
    dossier: str
    partners: tuple[str, ...]
    as_of: Day
    budgets: Mapping[str, float]
    shared: float | None
    acceptability: str
    found: tuple[AreaFound, ...]
    bought: tuple[Bought, ...]
    flips: tuple[Flip, ...]
    against: tuple[Against, ...]
    baselines: tuple[Score, ...]
    to_fill_in: tuple[str, ...]
    draws: int
    seed: int
    inputs_sha256: str
    marking: str
    rows: tuple[Row[Wish], ...]
    front: tuple[Efficient, ...] = ()
    sensitivity: str = ""

    def why(self) -> Trace:
        """Return for each area the words, what they rest on, and what bounds its depth."""
        return Trace(
            "Areas and depths",
            f"the best programme for each of {self.draws} drawn weights over {', '.join(CRITERIA)}",
            "Lahdelma, Hokkanen and Salminen (1998)",
            tuple(
                Trace(
                    f"{area.partner}, {area.area}",
                    f"{area.status}: in {percent(area.share)} of draws, at most {area.deepest}; the partner "
                    f"{area.partner_gain}, the "
                    f"alliance {area.alliance_gain}, sensitivity {area.sensitivity}"
                    + (f"; assumed: {', '.join(area.assumed)}" if area.assumed else ""),
                    area.rests_on,
                    () if not area.limit else (Trace("its own law", area.limit),),
                )
                for area in self.found
            ),
        )
