"""Rules made of rules, and consents from outside the body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.base.wording import counted as count_words
from foedus.institutions.power import Game, all_of, any_of, dual, joined_by
from foedus.institutions.rules.ballot import Ballot
from foedus.institutions.rules.protocol import KINDS, Rule, Usual, count, every_part, verdict
from foedus.institutions.rules.simple import FewerAgainst


@dataclass(frozen=True, slots=True)
class _AmongOthers(Usual):
    """A rule that asks in another way those whose own case it is."""

    rule: Rule
    reference: str = ""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rule for the others."""
        return (self.rule,)

    @property
    def hears(self) -> frozenset[str]:
        """Those whose own case it is."""
        return frozenset({"concerned"})

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """That of the rule: in a simple game it is nobody's own case."""
        return self.rule.game(ballot, players)

    def outsiders(self) -> frozenset[str]:
        """Whom the rule asks."""
        return self.rule.outsiders()


@dataclass(frozen=True, slots=True)
class ConcernedAbstain(_AmongOthers):
    """A rule under which those whose own case it is abstain, whatever they say.

    Examples
    --------
    >>> from foedus.institutions.rules import Unanimity
    >>> ballot = Ballot(frozenset("ABC"), against=frozenset("C"), concerned=frozenset("C"))
    >>> ConcernedAbstain(Unanimity()).adopted(ballot).value
    'yes'
    """

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when the rule does with the concerned abstaining."""
        changed = ballot.change(
            against=ballot.against - ballot.concerned, abstaining=ballot.abstaining | ballot.concerned
        )
        trace = self.rule.adopted(changed)
        away = tuple(Trace(f"{actor} is a party", "must abstain") for actor in sorted(ballot.concerned))
        return Trace(self.words(), trace.value, self.reference, (*away, trace))

    def words(self) -> str:
        """Name the rule."""
        return f"{self.rule.words()}, parties to the dispute abstaining"


@dataclass(frozen=True, slots=True)
class WithoutConcerned(_AmongOthers):
    """A rule that is asked of the others alone: those whose own case it is have no vote and are not counted.

    Examples
    --------
    >>> from foedus.institutions.rules import Quota
    >>> from foedus.institutions.rules import read_share
    >>> ballot = Ballot(frozenset("ABCDE"), against=frozenset("DE"), concerned=frozenset("E"))
    >>> most = Quota(at_least=read_share("3/4"))
    >>> most.adopted(ballot).value, WithoutConcerned(most).adopted(ballot).value
    ('no', 'yes')
    """

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when the rule does among the others."""
        trace = self.rule.adopted(ballot.change(seats=ballot.seats - ballot.concerned))
        away = tuple(Trace(f"{actor}: its own case", "no vote, and not counted") for actor in sorted(ballot.concerned))
        return Trace(self.words(), trace.value, self.reference, (*away, trace))

    def words(self) -> str:
        """Name the rule."""
        return f"{self.rule.words()}, without those concerned"


@dataclass(frozen=True, slots=True)
class Unless(Usual):
    """Adopted unless those who vote against would carry a rule by themselves; who abstains does not stop it.

    Examples
    --------
    >>> from foedus.institutions.rules import Quota
    >>> stopped = Unless(Quota(at_least=2))
    >>> stopped.adopted(Ballot(frozenset("ABC"), against=frozenset("C"), abstaining=frozenset("B"))).value
    'yes'
    >>> stopped.adopted(Ballot(frozenset("ABC"), against=frozenset("BC"))).value, stopped.words()
    ('no', 'adopted unless at least 2 members are against')
    """

    rule: Rule
    reference: str = ""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """None: what the rule asks of those in favour, this one asks of those against."""
        return ()

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass unless the rule passes with those against in favour, and everybody else against."""
        nobody = frozenset[str]()
        trace = self.rule.adopted(ballot.change(against=ballot.seats - ballot.against, abstaining=nobody))
        return Trace(self.words(), verdict(trace.value == "no"), self.reference, (trace,))

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """What the rule and its parts name."""
        named_by_kind: dict[str, tuple[str, ...]] = {}
        for rule in every_part(self.rule):
            for kind, named in rule.names.items():
                named_by_kind[kind] = (*named_by_kind.get(kind, ()), *named)
        return named_by_kind

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """Who wins: those without whom the rule cannot be carried; who abstains does not carry it either."""
        game = self.rule.game(ballot.change(abstaining=frozenset()), players)
        if game is None:
            raise FoedusError(f"{self.rule.words()}: a rule that is met whatever members do stops everything")
        return joined_by(dual(game), ballot.abstaining)

    def outsiders(self) -> frozenset[str]:
        """Nobody."""
        return frozenset()

    def words(self) -> str:
        """Name the rule."""
        who = _those(self.rule)
        return f"adopted unless {who}{',' if ', or ' in who else ''} are against"


@dataclass(frozen=True, slots=True)
class ConsentOf(Usual):
    """Adopted only with the consent of one actor outside the body, such as a host.

    Examples
    --------
    >>> host = ConsentOf("JPN")
    >>> host.adopted(Ballot(frozenset(), consenting=frozenset({"JPN"}))).value
    'yes'
    """

    actor: str
    reference: str = ""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """None."""
        return ()

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when the outsider has consented."""
        return Trace(self.words(), verdict(self.actor in ballot.consenting), self.reference)

    @property
    def counts_votes(self) -> bool:
        """It asks nobody in the body."""
        return False

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """The outsider alone."""
        del ballot
        return count(frozenset({self.actor}), 1, players)

    def outsiders(self) -> frozenset[str]:
        """The one outsider."""
        return frozenset({self.actor})

    def words(self) -> str:
        """Name the rule."""
        return f"consent of {self.actor}"


@dataclass(frozen=True, slots=True)
class AllOf(Usual):
    """Adopted when every part adopts.

    Examples
    --------
    >>> from foedus.institutions.rules import Consensus
    >>> rule = AllOf((Consensus(), ConsentOf("JPN")))
    >>> rule.adopted(Ballot(frozenset({"FRA"}))).value, rule.words()
    ('no', 'consensus and consent of JPN')
    """

    parts: tuple[Rule, ...]
    reference: str = ""

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when all parts pass."""
        answers = tuple(part.adopted(ballot) for part in self.parts)
        return Trace(self.words(), verdict(all(a.value == "yes" for a in answers)), self.reference, answers)

    @property
    def kind(self) -> str:
        """That of the part that leaves a member the most power."""
        return _first(part.kind for part in self.parts)

    @property
    def binds(self) -> bool:
        """Where a part binds, and no other part asks for more than that from members."""
        others = [part for part in self.parts if not part.binds]
        return len(others) < len(self.parts) and not any(part.counts_votes for part in others)

    @property
    def counts_votes(self) -> bool:
        """Where a part does."""
        return any(part.counts_votes for part in self.parts)

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """Who wins in every part; parts that adopt whatever happens ask nobody."""
        games = [game for part in self.parts if (game := part.game(ballot, players)) is not None]
        return None if not games else games[0] if len(games) == 1 else all_of(*games)

    def outsiders(self) -> frozenset[str]:
        """Everybody whom a part asks."""
        return frozenset().union(*(part.outsiders() for part in self.parts))

    def words(self) -> str:
        """Name the parts."""
        return _joined([part.words() for part in self.parts], "and")


@dataclass(frozen=True, slots=True)
class AnyOf(Usual):
    """Adopted when at least one part adopts.

    Examples
    --------
    >>> from foedus.institutions.rules import Consensus, Quota
    >>> rule = AnyOf((Consensus(), Quota(at_least=2)))
    >>> rule.adopted(Ballot(frozenset("ABC"), frozenset("C"))).value, rule.words()
    ('yes', 'consensus or at least 2 members')
    """

    parts: tuple[Rule, ...]
    reference: str = ""

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when one part passes."""
        answers = tuple(part.adopted(ballot) for part in self.parts)
        return Trace(self.words(), verdict(any(a.value == "yes" for a in answers)), self.reference, answers)

    @property
    def kind(self) -> str:
        """That of a majority among its parts: where another way is open, one member cannot stop all."""
        return _first(kind for part in self.parts if (kind := part.kind) not in KINDS[:2])

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """Who wins in any part; where a part adopts whatever happens, so does the whole."""
        games = [game for part in self.parts if (game := part.game(ballot, players)) is not None]
        return None if len(games) < len(self.parts) else games[0] if len(games) == 1 else any_of(*games)

    def outsiders(self) -> frozenset[str]:
        """Everybody whom a part asks."""
        return frozenset().union(*(part.outsiders() for part in self.parts))

    def words(self) -> str:
        """Name the parts."""
        return _joined([part.words() for part in self.parts], "or")


@dataclass(frozen=True, slots=True)
class Chamber(Usual):
    """Adopted when a chamber with members of its own adopts by its rule.

    Examples
    --------
    >>> from foedus.institutions.rules import Quota
    >>> from fractions import Fraction
    >>> rule = Chamber("upper house", Quota(more_than=Fraction(1, 2)))
    >>> ballot = Ballot(frozenset("AB"), frozenset("YZ"), chambers={"upper house": frozenset("XYZ")})
    >>> rule.adopted(ballot).value
    'no'
    """

    name: str
    rule: Rule
    reference: str = ""

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The chamber's rule."""
        return (self.rule,)

    def adopted(self, ballot: Ballot) -> Trace:
        """Pass when the chamber passes it."""
        trace = self.rule.adopted(ballot.change(seats=ballot.chambers[self.name]))
        return Trace(self.words(), trace.value, self.reference, (trace,))

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The chamber."""
        return {"chambers": (self.name,)}

    def game(self, ballot: Ballot, players: Sequence[str]) -> Game | None:
        """That of the rule among the chamber's members."""
        return self.rule.game(ballot.change(seats=ballot.chambers[self.name]), players)

    def outsiders(self) -> frozenset[str]:
        """Whom the chamber's rule asks."""
        return self.rule.outsiders()

    def words(self) -> str:
        """Name the chamber and its rule."""
        rule = f"({self.rule.words()})" if isinstance(self.rule, AllOf | AnyOf) else self.rule.words()
        return f"{rule} in the {self.name}"


def _joined(parts: Sequence[str], link: str) -> str:
    """Join the parts of a rule; a comma, or a semicolon, tells apart what binds closer.

    Examples
    --------
    >>> _joined(["at least 15 members", "at least 65 % of the population"], "and")
    'at least 15 members and at least 65 % of the population'
    >>> _joined([_, "fewer than 4 members withhold support"], "or")
    'at least 15 members and at least 65 % of the population, or fewer than 4 members withhold support'
    >>> _joined([_, "consent of JPN"], "and").rpartition("support")[2]
    '; and consent of JPN'
    """
    other = " or " if link == "and" else " and "
    if not any(other in part or ", " in part for part in parts):
        return f" {link} ".join(parts)
    return (f"; {link} " if any(", " in part for part in parts) else f", {link} ").join(parts)


def _those(rule: Rule) -> str:
    """Name those who carry a rule, for a rule that they stop."""
    match rule:
        case AllOf():
            return _joined([_those(part) for part in rule.parts], "and")
        case AnyOf():
            return _joined([_those(part) for part in rule.parts], "or")
        case FewerAgainst():
            return f"all but at most {count_words(rule.number - 1, 'member')}"
    return rule.words()


def _first(kinds: Iterable[str]) -> str:
    """Return the kind that stands first in `KINDS`; ``another rule`` where there is none."""
    return min(kinds, key=KINDS.index, default=KINDS[-1])


def names_in(rule: Rule, what: str) -> tuple[str, ...]:
    """Return what a body must have for a rule and its parts, of ``weights``, ``groups`` or ``chambers``, by name."""
    return tuple(dict.fromkeys(name for part in every_part(rule) for name in part.names.get(what, ())))


def weights_of(rule: Rule) -> tuple[str, ...]:
    """Return the names of the weights that a rule reads, apart from ``members``, in the order in which it asks.

    Examples
    --------
    >>> from foedus.institutions.rules import Quota
    >>> weights_of(AllOf((Quota("votes", at_least=4), Quota(at_least=2), Quota("population", at_least=9))))
    ('votes', 'population')
    """
    return names_in(rule, "weights")


def weighed(rule: Rule, seats: frozenset[str], chambers: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return whose weight a rule reads, by the name of the weights: those with a seat, or a chamber's members.

    Parameters
    ----------
    rule
        The rule.
    seats, chambers
        Who has a seat in the body, and in its chambers by their names.

    Examples
    --------
    >>> from foedus.institutions.rules import Quota
    >>> rule = AllOf((Quota(at_least=2), Chamber("senate", Quota("states", at_least=2))))
    >>> {name: sorted(who) for name, who in weighed(rule, frozenset("AB"), {"senate": frozenset("YZ")}).items()}
    {'states': ['Y', 'Z']}
    """
    inside = chambers[rule.name] if isinstance(rule, Chamber) else seats
    own = weights_of(rule) if not rule.parts else ()
    whose = dict.fromkeys(own, inside)
    for part in rule.parts:
        for name, who in weighed(part, inside, chambers).items():
            whose[name] = whose.get(name, frozenset()) | who
    return whose


def is_consensus(rule: Rule) -> bool:
    """Tell whether one member's objection stops all, alone or together with consents from outside.

    That is so for consensus, and for unanimity that an abstention does not stop.

    Examples
    --------
    >>> from foedus.institutions.rules import Consensus
    >>> is_consensus(AllOf((Consensus(), ConsentOf("JPN")))), is_consensus(ConsentOf("JPN"))
    (True, False)
    """
    return rule.binds
