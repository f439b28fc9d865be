"""Who is meant: actors by name, adjective, capital, leader or office; persons in full and then by surname."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from foedus.base.days import Day
from foedus.evidence.coder.gazetteer import Gazetteer, Named, gazetteer
from foedus.evidence.coder.wordlists import wordset
from foedus.evidence.folding import fold_same_length
from foedus.world import World
from foedus.world.resolver import fold

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|\w+(?:['.&]\w+|-(?!(?:led|backed|sponsored|proposed|drafted|brokered|mediated|supported|authored"
    r"|initiated|tabled)\b)\w+)*"
)
"""A word; of 'Saudi-led' the first part, for it says whose something is."""

_NAMES = ("name", "alias", "former", "abbreviation")
_TWO = 2
_HALF = re.compile(r" (?!(?:I|II|III|IV|Jr|Sr)\b)[A-Z][a-z]+\b")
"""A further half of a surname after its first."""
_COMBINING = {
    "franco": "french", "anglo": "british", "sino": "chinese", "russo": "russian", "indo": "indian", "italo": "italian",
    "greco": "greek", "austro": "austrian", "hispano": "spanish", "luso": "portuguese", "turco": "turkish",
    "polono": "polish", "serbo": "serbian", "dano": "danish", "finno": "finnish",
}  # fmt: skip
"""What stands for an adjective before another: 'Franco-German'."""

_TITLES = re.compile(
    r"\b(?:(?:former|acting|deputy|vice|assistant|associate|senior|national|foreign|prime|defen[cs]e|finance"
    r"|trade|security|general|chief"
    r"|policy|research|distinguished|international|interior)[ -])*(?:president|minister|premier|chancellor"
    r"|secretary|secretary-general|advis[eo]r|ambassador|envoy"
    r"|spokes(?:man|woman|person)|chief|chair(?:man|woman)?|director|general|admiral|professor|fellow|analyst"
    r"|researcher|scholar|expert"
    r"|official|diplomat|commander|commissioner|senator|lawmaker|leader|pm)\b(?:[ -](?:general|of state"
    r"|of defen[cs]e))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where an actor is named.

    Attributes
    ----------
    start, end
        Offsets.
    actor
        Id of the actor; empty for a person whom the world does not know and whose employer it does not know either.
    person, office
        Who speaks for the actor, where a person is named.
    how
        ``name``, ``adjective``, ``capital``, ``person``, ``surname``, ``close match``, ``noun`` or ``pronoun``.
    doubt
        What a reader should check; empty where nothing.
    """

    start: int
    end: int
    actor: str
    person: str = ""
    office: str = ""
    how: str = "name"
    doubt: str = ""


@functools.lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word)


@dataclass(slots=True)
class Cast:
    """The actors of one document, and who was spoken of last.

    Parameters
    ----------
    text
        The document's text.
    world
        The facts.
    on
        The day on which names are used, or ``None``.
    """

    text: str
    world: World
    on: Day | None
    mentions: list[Mention] = field(default_factory=list)
    persons: dict[str, Mention] = field(default_factory=dict)
    body: str = ""
    _last_person: Mention | None = None
    _last_actor: Mention | None = None
    _starts: list[int] = field(default_factory=list)
    _near: dict[str, Mention | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._scan()
        counts = Counter(mention.actor for mention in self.mentions if self._kind(mention.actor) == "organisation")
        self.body = counts.most_common(1)[0][0] if counts else ""
        self._starts = [mention.start for mention in self.mentions]
        self._meet_persons()
        self.mentions.sort(key=lambda mention: (mention.start, -mention.end))
        self._starts = [mention.start for mention in self.mentions]

    def _kind(self, actor: str) -> str:
        return self.world.actors[actor].kind if actor in self.world.actors else ""

    def _scan(self) -> None:
        names = gazetteer(self.world)
        plain = fold_same_length(self.text)
        words = list(_WORD.finditer(plain))
        folded = [_folded(word.group()) for word in words]
        place = 0
        while place < len(words):
            longest = self._longest(names, words, folded, place)
            if longest is None:
                self.mentions.extend(self._pair(names, words[place]))
                place += 1
            else:
                length, mention = longest
                self.mentions.append(mention)
                place += length

    def _pair(self, names: Gazetteer, word: re.Match[str]) -> list[Mention]:
        """Return whose something is that two have together: 'Franco-German', 'Polish-Hungarian'."""
        parts = list(re.finditer(r"[^-]+", word.group()))
        if len(parts) != _TWO or not all(part.group()[0].isupper() for part in parts):
            return []
        mentions: list[Mention] = []
        for part in parts:
            short = _folded(part.group())
            known = (
                names.by_first.get(_COMBINING.get(short, short), ())
                if part is parts[0]
                else names.by_first.get(short, ())
            )
            meant = [
                named for key, named in known
                if len(key) == 1 and named.kind == "adjective" and self._fits(named, part.group(), capital=True)
            ]  # fmt: skip
            if meant:
                mentions.append(self._mention(word.start() + part.start(), word.start() + part.end(), meant))
        return mentions if len({mention.actor for mention in mentions}) == _TWO else []

    def _longest(
        self, names: Gazetteer, words: list[re.Match[str]], folded: list[str], place: int
    ) -> tuple[int, Mention] | None:
        entries = names.by_first.get(folded[place].split(" ")[0])
        if entries is None:
            return None
        capital = words[place].group()[0].isupper()
        ahead: list[str] = []
        upto: list[int] = []
        for step in range(place, min(place + 9, len(words))):
            parts = folded[step].split()
            ahead.extend(parts)
            upto.extend([step] * len(parts))
        for key, _ in entries:
            if tuple(ahead[: len(key)]) != key or (len(key) < len(ahead) and upto[len(key)] == upto[len(key) - 1]):
                continue
            last = upto[len(key) - 1]
            start, end = words[place].start(), words[last].end()
            raw = self.text[start:end]
            half = len(key) == 1 and self._goes_on(end)
            meant = [
                named for words_, named in entries
                if words_ == key and self._fits(named, raw, capital=capital) and not (half and named.person)
            ]  # fmt: skip
            if self.on is None:  # without a day, a name means what it means now, if it means anything now
                meant = [named for named in meant if named.interval.end is None] or meant
            if meant:
                return last - place + 1, self._mention(start, end, meant)
        return None

    def _goes_on(self, end: int) -> bool:
        """Tell whether a surname is only the first half of one: 'Johnson | Smith'; not in a headline."""
        if not _HALF.match(self.text, end):
            return False
        line = self.text[self.text.rfind("\n", 0, end) + 1 :].split("\n", 1)[0]
        words = [word for word in line.split() if word[:1].isalpha()]
        ended = line.rstrip().endswith((".", '"', "\u201d"))
        return ended or 2 * sum(word[0].isupper() for word in words) < len(words)

    def _fits(self, entry: Named, raw: str, *, capital: bool) -> bool:
        if not capital:
            return entry.kind == "alias" and raw.lower() in _LOWER_NAMES
        if raw.lower() == "states":
            return False  # of any kind, as records write: 'participating States'
        if (
            entry.exact
            and entry.kind != "person"
            and raw.replace(".", "").replace("\u2019s", "").replace("'s", "").upper()
            != raw.replace(".", "").replace("\u2019s", "").replace("'s", "")
        ):
            return False
        return self.on is None or self.on in entry.interval

    def _mention(self, start: int, end: int, meant: list[Named]) -> Mention:
        def rank(named: Named) -> tuple[float, int]:
            since = (named.interval.start or Day.min).toordinal()
            return _RANK.get(
                named.kind, 3
            ), since if named.kind == "alias" else -since  # 'Korea' is the older of the two

        ranked = sorted(meant, key=rank)
        best = ranked[0]
        others = {named.actor for named in ranked if _RANK.get(named.kind, 3) == _RANK.get(best.kind, 3)} - {best.actor}
        doubt = f"may also be {' or '.join(sorted(others))}" if others else ""
        if best.kind == "person":
            return Mention(start, end, best.actor, best.person, best.office, "person", doubt)
        how = best.kind if best.kind in ("capital", "adjective", "demonym") else "name"
        return Mention(start, end, best.actor, how=how, doubt=doubt)

    def _meet_persons(self) -> None:
        """Note persons: those that the world knows, and those introduced in full with office or employer."""
        for mention in self.mentions:
            if mention.person:
                self.persons.setdefault(fold(mention.person).split()[-1], mention)
        met: list[Mention] = []
        for match in _FULL_NAME.finditer(fold_same_length(self.text)):
            start, end = match.span()
            taken = any(
                joined.end > start and joined.how in ("person", "name", "capital")
                for joined in self._between(start - 80, end)
            )
            if taken or not _introduced(self.text, start, end):
                continue
            person = " ".join(self.text[start:end].split())
            office, employer = self._introduction(start, end)
            mention = Mention(
                start,
                end,
                employer,
                person,
                office,
                "person",
                "" if employer else "an actor that the world does not know",
            )
            met.append(mention)
            self.persons.setdefault(fold(person).split()[-1], mention)
        self.mentions.extend(met)

    def _introduction(self, start: int, end: int) -> tuple[str, str]:
        """Return the office and the employer that an introduction gives: before the name, or after a comma."""
        before = self.text[max(0, start - 60) : start]
        after = self.text[end : end + 240]
        stop = re.search(r"[.;\u201c\u201d\"]\s|\n", after)
        after = after[: stop.start()] if stop else after
        spoken = _SPOKEN.search(after, 1)
        after = after[: spoken.start()] if spoken else after
        first = start - 45 + max((at.end() for at in _BOUNDARY.finditer(before[-45:])), default=45 - len(before[-45:]))
        office = _TITLES.findall(self.text[max(0, first) : start])
        near = [mention for mention in self._between(max(0, first), start) if not mention.person]
        if office and near:
            return office[-1], near[0].actor
        if re.match(r"\s*,", after):
            title = _TITLES.search(after)
            nearby = [
                mention
                for mention in self._between(end, end + len(after))
                if not mention.person and mention.how != "capital"
            ]
            institutes = [mention for mention in nearby if self._kind(mention.actor) in ("institute", "organisation")]
            actor = (institutes or nearby or [Mention(0, 0, "")])[0].actor
            return (title.group() if title else ""), actor
        return (office[-1] if office else ""), ""

    def inside(self, start: int, end: int) -> list[Mention]:
        """Return the mentions in a span."""
        return [mention for mention in self._between(start, end) if mention.end <= end]

    def _between(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def inside_loosely(self, start: int, end: int) -> list[Mention]:
        """Return the mentions in a span that may reach over its ends, as a possessive does."""
        return self._between(start, end)

    def voices(self, start: int, end: int) -> list[Mention]:
        """Return who is meant by the words of a source: a person, one actor, or several that are coordinated."""
        words = fold_same_length(self.text[start:end])
        lower = words.lower().strip()
        if lower in _PRONOUNS:
            return self._pronoun(lower, start, end)
        if lower.split(" ", 1)[0] in NOBODY:
            return []
        mentions = [mention for mention in self.inside(start, end) if not self._is_place(mention)]
        person = next((mention for mention in mentions if mention.person), None)
        if person is not None:
            return [self._noted(person)]
        surname = self._surname(words, start, end)
        if surname is not None:
            return [self._noted(surname)]
        if mentions:
            at_large = self._at_large(mentions[0].actor, lower, start, end) if len(mentions) == 1 else None
            return [at_large] if at_large else [self._noted(mention) for mention in self.coordinated(mentions)]
        return self._by_noun(lower, start, end)

    def at_large(self, start: int, end: int) -> list[Mention]:
        """Return the members at large of the body that a text is about, where a span without a name speaks of them."""
        member = self._at_large(self.body, self.text[start:end].lower(), start, end)
        return [member] if member else []

    def _at_large(self, organisation: str, lower: str, start: int, end: int) -> Mention | None:
        """Return an organisation's members at large, where the words speak of them and the world knows them."""
        actor = f"{organisation}-members"
        if not _MEMBERS.search(lower) or actor not in self.world.actors:
            return None
        return Mention(start, end, actor, how="members")

    def _is_place(self, mention: Mention) -> bool:
        """Tell whether a capital is where something happens: 'the text issued at Vilnius' is not Lithuania's."""
        return mention.how == "capital" and self.text[max(0, mention.start - 4) : mention.start] == " at "

    def _noted(self, mention: Mention) -> Mention:
        if mention.person:
            self._last_person = mention
        if mention.actor and not mention.person:
            self._last_actor = mention
        return mention

    def note(self, mention: Mention) -> None:
        """Remember who was spoken of last, for pronouns."""
        self._noted(mention)

    def coordinated(self, mentions: list[Mention]) -> list[Mention]:
        """Return the first of several mentions and those that 'and' or commas join to it."""
        mentions = self._without_relation(mentions)
        if not mentions:
            return []
        kept = [mentions[0]]
        for mention in mentions[1:]:
            if not _BETWEEN.fullmatch(self.text[kept[-1].end : mention.start]):
                break
            if mention.actor != kept[-1].actor:
                kept.append(mention)
        closed = any(_AND.search(self.text[mention.end : other.start]) for mention, other in itertools.pairwise(kept))
        return [*self._listed_before(kept[0], _IN_LIST if closed else _LAST_OF_LIST), *kept]

    def _without_relation(self, mentions: list[Mention]) -> list[Mention]:
        """Return mentions without those at the head by which a later one is only described: 'X's neighbour Y'."""
        place = 0
        while place + 1 < len(mentions):
            first, second = mentions[place], mentions[place + 1]
            owner = self.text[max(first.start, first.end - 2) : first.end]
            if second.how != "name" or not _RELATION.fullmatch(owner + self.text[first.end : second.start]):
                break
            place += 1
        return mentions[place:]

    def _listed_before(self, last: Mention, pattern: re.Pattern[str]) -> list[Mention]:
        """Return what a list names before one of its members: 'Spain, Italy and | France'."""
        listed: list[Mention] = []
        place = bisect.bisect_left(self._starts, last.start) - 1
        while place >= 0 and pattern.fullmatch(self.text[self.mentions[place].end : (listed or [last])[0].start]):
            listed.insert(0, self.mentions[place])
            place, pattern = place - 1, _IN_LIST
        return listed

    def _surname(self, words: str, start: int, end: int) -> Mention | None:
        for match in re.finditer(r"\b[A-Z][\w'-]{2,}", words):
            key = fold(match.group())
            if key in self.persons:
                known = self.persons[key]
                return Mention(start, end, known.actor, known.person, known.office, "surname", known.doubt)
        for match in re.finditer(r"\b[A-Z][\w'-]{4,}", words):
            near = self._close(fold(match.group()))
            if near is not None:
                return Mention(
                    start,
                    end,
                    near.actor,
                    near.person,
                    near.office,
                    "close match",
                    f"{match.group()!r} is read as {near.person}",
                )
        return None

    def _close(self, word: str) -> Mention | None:
        if word not in self._near:
            self._near[word] = self._closest(word)
        return self._near[word]

    def _closest(self, word: str) -> Mention | None:
        """Return the person whose surname differs by a letter or two, where only one does."""
        most = 1 if len(word) < 8 else 2
        near = {
            name: mention
            for name, mention in self.persons.items()
            if len(name) > 4 and OSA.distance(word, name, score_cutoff=most) <= most
        }
        if not near and len(word) < 6:
            return None
        if not near:
            spoken = {mention.actor for mention in self.mentions}
            entries = {
                (named.person, named.actor, named.office)
                for name, all_ in gazetteer(self.world).surnames.items()
                if len(name) > 4 and OSA.distance(word, name, score_cutoff=most) <= most
                for named in all_
                if named.actor in spoken
                if self.on is None or self.on in named.interval
            }
            if len(entries) == 1:
                person, actor, office = entries.pop()
                return Mention(0, 0, actor, person, office)
            return None
        return next(iter(near.values())) if len(near) == 1 else None

    def _pronoun(self, word: str, start: int, end: int) -> list[Mention]:
        known = (
            self._last_person if word in ("he", "she", "who", "him", "her") else self._last_actor or self._last_person
        )
        if known is None:
            return []
        return [Mention(start, end, known.actor, known.person, known.office, "pronoun", known.doubt)]

    def _by_noun(self, lower: str, start: int, end: int) -> list[Mention]:
        at_large = self._at_large(self.body, lower, start, end)
        if at_large is not None:
            return [at_large]
        if self.body and _BODY_NOUNS.search(lower):
            return [
                self._noted(Mention(start, end, self.body, how="noun", doubt=f"read as {self.world.name(self.body)}"))
            ]
        if _COUNTRY_NOUNS.search(lower) and self._last_actor is not None:
            return [
                Mention(
                    start,
                    end,
                    self._last_actor.actor,
                    how="noun",
                    doubt=f"read as {self.world.name(self._last_actor.actor)}",
                )
            ]
        if _PERSON_NOUNS.search(lower) and self._last_person is not None and lower.startswith("the "):
            known = self._last_person
            return [Mention(start, end, known.actor, known.person, known.office, "noun", f"read as {known.person}")]
        return []


_BETWEEN = re.compile(r"(?:['\u2019]s)?[\s,]*(?:and |or |as well as |both )?(?:the )?(?:\([A-Z]+\))?[\s,]*")
_RELATION = re.compile(
    r".*(?:['\u2019]s|s['\u2019])(?: (?!(?:to|in|of|for|with|on|at|from|and|or|by|towards?|against)\b)[a-z-]+){1,4} "
    r"|[^,;]*? (?:[a-z-]+ )?(?:member|neighbou?r|ally|partner|rival|newcomer|candidate|applicant|host|aspirant) ",
    re.DOTALL,
)
"""'Austria's neighbour | Slovenia', 'NATO member | Slovenia': the second is meant."""

_AND = re.compile(r"\b(?:and|or)\b")
_LAST_OF_LIST = re.compile(r",? (?:and|or) (?:the )?")
_IN_LIST = re.compile(r", (?:the )?")
_RANK = {
    "name": 0,
    "abbreviation": 0,
    "alias": 0.5,
    "adjective": 1,
    "demonym": 1,
    "person": 1,
    "former": 2,
    "capital": 2,
}
_LOWER_NAMES = frozenset(
    ("alliance", "transatlantic alliance", "trans-atlantic alliance", "north atlantic alliance", "atlantic alliance")
)
NOBODY = wordset("nobody none neither no")
"""Words with which a subject begins that is nobody: 'nobody in Norway', 'no ally'."""

_PRONOUNS = wordset("he she it they who him her them")
_BODY_NOUNS = re.compile(
    r"\b(?:alliance|communiqu[e\u00e9]|declaration|strategic concept|joint statement|final statement"
    r"|summit (?:text|statement)|(?:member|other) (?:member )?(?:states|countries)|allies|members)\b"
)
_MEMBERS = re.compile(r"\b(?:allies|members|(?:member|other|allied|nato) (?:states|countries|nations|governments))$")
_COUNTRY_NOUNS = re.compile(r"^(?:the |this |that )?(?:country|government|nation|capital|kingdom|republic)$")
_PERSON_NOUNS = re.compile(
    r"\b(?:president|minister|premier|chancellor|secretary-general|ambassador|official|diplomat|scholar|professor)$"
)
_FULL_NAME = re.compile(
    r"\b[A-Z][\w'-]{1,40}+(?: (?:[A-Z]\.){1,9})?(?: [A-Z]\.)?(?: (?:de|van|von|der|la|al|bin"
    r"|ibn))?(?: (?:[a-z]{2}-)?[A-Z][\w'-]{1,40}){1,2}\b|\b[A-Z][a-z]{1,40}+ [A-Z]\.[A-Z]\. [A-Z][a-z]{1,40}"
)
"""A word is no longer than 40 letters: a text that is one long word would be looked at from each of its places."""
_SPEECH = (
    r"(?:said|says|told|added|argued|argues|wrote|writes|warned|noted|remarked|explained|asked|suggested|believes"
    r"|thinks)"
)
_SPOKEN = re.compile(rf",?\s{{1,8}}(?:also |has |had )?{_SPEECH}\b")
_AFTER_NAME = re.compile(
    rf"\s*+,\s*+(?:an?|the|who|[A-Z]\w+ (?:Chair|Fellow|Professor|Director))\b"
    rf"|\s*+,\s*+(?:[a-z]+ ){{0,6}}?(?:fellow|professor|director|analyst|minister|official|researcher)"
    rf"|\s++(?:also |has |had )?{_SPEECH}\b"
)
_BOUNDARY = re.compile(r"[.;:,!?\u201c\u201d\"](?=\s)|\n|\u201d|''|\"")
"""What an office before a name does not reach over."""

_BEFORE_NAME = re.compile(rf"(?:\b{_SPEECH}|{_TITLES.pattern})\s+(?:the\s+)?$", re.IGNORECASE)


def _introduced(text: str, start: int, end: int) -> bool:
    """Tell whether capitalised words are introduced as a person: by an office, by speech, or by an apposition."""
    words = text[start:end].split()
    if any(word.rstrip(".").lower() in _NOT_PERSONS for word in words):
        return False
    return bool(_AFTER_NAME.match(text, end) or _BEFORE_NAME.search(text, max(0, start - 60), start))


_NOT_PERSONS = wordset(
    "the in on at for but and council ministry department university institute office house party street "
    "january february "
    "march april june july august september october november december monday tuesday wednesday thursday friday "
    "saturday "
    "sunday summit treaty committee foundation centre center school news times post journal agency association union "
    "strategic concept declaration initiative program programme minister president prime foreign secretary general "
    "security national defense defence article state states press report force forces navy army war world cup"
)
