"""How much an area of cooperation provokes, from what a rival answered to acts of its kind."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.partnership.programmes import areas
from foedus.strategy.record import RecordAnswer, answer_of_record
from foedus.world import World
from foedus.world.days import as_day

_MOSTLY, _OFTEN = 2 / 3, 1 / 3
"""The share of comparable acts that must have been left unanswered for none, and been answered by more than words for
much."""
_COERCIVE = ("economic", "military", "force")


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """Takes a partner and an area, and returns how much the area provokes, as `foedus.partnership.tailor` asks for it.

    An area is an act of the class that the menu names, mostly a programme of the alliance. *None*: at least two thirds
    of comparable acts had no answer. *Much*: at least a third had one that is more than words or protests. *Some*: any
    had. *Little*: the rest. Blank without a comparable act.

    Attributes
    ----------
    world, rival, as_of
        Whose answers, known by when.

    Examples
    --------
    >>> from foedus.world import packaged_world
    >>> china = AnsweredBefore(packaged_world(), "CHN", Day(2023, 7, 10))
    >>> china("JPN", "cyber"), china("JPN", "exercises")
    ('little', 'some')
    >>> AnsweredBefore(packaged_world(), "RUS", Day(2023, 7, 10))("JPN", "cyber")
    'none'
    """

    world: World
    rival: str
    as_of: Day

    def __call__(self, partner: str, area: str) -> str:
        """Return a word, or blank."""
        del partner  # the record knows the kind of act, and not how it differs from partner to partner
        return word_of(self._record(areas()[area].act))

    @property
    def told(self) -> str:
        """In words, with the cases."""
        classes = dict.fromkeys(area.act for area in areas().values())
        records = {act: self._record(act) for act in classes}
        words = "; ".join(
            f"{name} {word_of(answer) or 'left to the table'} ({_counted(answer)})" for name, answer in records.items()
        )
        return f"what {self.world.name(self.rival)} answered to such acts, known by {self.as_of}: {words}"

    def _record(self, act: str) -> RecordAnswer:
        known = sorted({state for act_ in self.world.acts.values() for state in act_.addressed_to})
        if self.rival not in known:
            raise FoedusError(f"--rival: no answers of {self.world.name(self.rival)} on record; of {', '.join(known)}")
        return answer_of_record(self.world, self.rival, f"{act}/alliance", self.as_of)


def answered_before(dossier: Dossier, rival: str, as_of: Day | str | None = None) -> AnsweredBefore:
    """Return how a rival answered before, as of a day; by default the last on which the dossier knows anything new.

    Raises
    ------
    FoedusError
        When the rival is not known.
    """
    day = dossier.latest_known() if as_of is None else as_day(as_of)
    return AnsweredBefore(dossier.world, dossier.world.find(rival, day), day)


def word_of(record: RecordAnswer) -> str:
    """Return how much acts of a kind provoked, as a word; blank where there is no comparable act."""
    if not record.acts:
        return ""
    coercive = sum(record.counts[kind] for kind in _COERCIVE)
    if record.counts["none"] >= _MOSTLY * record.acts:
        return "none"
    if coercive >= _OFTEN * record.acts:
        return "much"
    return "some" if coercive else "little"


def _counted(record: RecordAnswer) -> str:
    coercive = sum(record.counts[kind] for kind in _COERCIVE)
    return f"of {record.acts} acts {record.counts['none']} unanswered, {coercive} answered by more than words"
