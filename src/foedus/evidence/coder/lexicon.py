"""Words of attribution: verbs with the frames they take, nouns and adjectives, all read from one table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from foedus.base import cells
from foedus.base.tables import column, read_table
from foedus.evidence.coder.wordlists import wordset

_TABLE = Path(__file__).with_name("cues.csv")

FRAMES: dict[str, str] = {
    "say": "introduces or closes speech: '..., she said'",
    "that": "a clause, with or without 'that'",
    "explicit": "a clause, only with 'that'",
    "whether": "an indirect question",
    "to": "an infinitive",
    "object": "a noun phrase",
    "hearer": "a hearer before the clause: 'told Parliament that'",
}
"""The frames of a verb; particles and prepositions stand in a column of their own."""

_IRREGULAR: dict[str, tuple[str, ...]] = {
    "say": ("said",), "tell": ("told",), "write": ("wrote", "written"), "think": ("thought",),
    "know": ("knew", "known"), "feel": ("felt",), "see": ("saw", "seen"), "find": ("found",), "hold": ("held",),
    "speak": ("spoke", "spoken"), "show": ("showed", "shown"), "swear": ("swore", "sworn"), "read": ("read",),
    "mean": ("meant",), "hear": ("heard",), "understand": ("understood",), "foresee": ("foresaw", "foreseen"),
    "forecast": ("forecast",), "forbid": ("forbade",), "forgive": ("forgave", "forgiven"), "fight": ("fought",),
    "bet": ("bet",), "cast": ("cast",), "teach": ("taught",), "seek": ("sought",),
    "choose": ("chose", "chosen"), "strike": ("struck",), "sing": ("sang", "sung"), "put": ("put",),
    "retell": ("retold",), "rethink": ("rethought",), "overlook": ("overlooked",), "uphold": ("upheld",),
    "beg": ("begged",), "withdraw": ("withdrew", "withdrawn"), "give": ("gave", "given"),
    "take": ("took", "taken"), "make": ("made",), "dream": ("dreamed", "dreamt"), "plead": ("pleaded", "pled"),
    "overturn": ("overturned",), "shun": ("shunned",), "draw": ("drew", "drawn"), "stand": ("stood",),
    "drive": ("drove", "driven"), "keep": ("kept",), "lay": ("laid",), "come": ("came", "come"),
    "go": ("went", "gone"), "set": ("set",), "overstate": ("overstated",), "win": ("won",),
}  # fmt: skip
_DOUBLED = wordset(
    "beg ban bar ban rip slam quip brag plan prod admit commit concur refer spar rebut tag peg dub lobby pan dog nod "
    "prefer label permit regret balk bet hint chat blog shun submit defer abhor step stop boo shrug brag pin"
) - {"lobby", "boo", "balk", "hint", "label"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of attribution.

    Attributes
    ----------
    lemma
        Its base form.
    part
        ``verb``, ``noun`` or ``adjective``.
    frames
        Keys of `FRAMES`.
    particles
        Words that may follow it before the content, such as ``for`` after ``call``.
    polarity
        -1 against the content, 1 for it, 0 neither.
    force
        ``speech``, ``stance``, ``thought``, ``wish``, ``act`` or ``evidence``.
    """

    lemma: str
    part: str
    frames: frozenset[str]
    particles: frozenset[str]
    polarity: int
    force: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRow:
    """A row of ``cues.csv``."""

    lemma: str = column(cells.text(60), "the base form")
    part: str = column(cells.choice("verb", "noun", "adjective"), "part of speech")
    frames: str = column(cells.text(100), "keys of `FRAMES`, separated by spaces", blank="")
    particles: str = column(cells.text(100), "words that may follow before the content", blank="")
    polarity: int = column(cells.whole_number(-1, 1), "against the content, for it, or neither", blank=0)
    force: str = column(cells.choice("speech", "stance", "thought", "wish", "act", "evidence"), "what kind of word")
    also_noun: bool = column(cells.yes_or_no(), "whether a verb's base form is a noun too", blank=False)

    @property
    def cue(self) -> Cue:
        """The row as a word of attribution."""
        frames, particles = frozenset(self.frames.split()), frozenset(self.particles.split())
        return Cue(self.lemma, self.part, frames, particles, self.polarity, self.force)


@dataclass(frozen=True, slots=True)
class Form:
    """An inflected form: its cue and the tagger's letter."""

    cue: Cue
    letter: str


def inflections(lemma: str) -> dict[str, str]:
    """Return the forms of an English verb with their letters.

    Examples
    --------
    >>> sorted(inflections("deny"))
    ['denied', 'denies', 'deny', 'denying']
    >>> sorted(inflections("plan"))
    ['plan', 'planned', 'planning', 'plans']
    """
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    consonant_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    if lemma.endswith("e"):
        past, ing = lemma + "d", (lemma[:-1] if not lemma.endswith("ee") else lemma) + "ing"
    else:
        past, ing = (lemma[:-1] + "ied" if consonant_y else stem + "ed"), stem + "ing"
    if consonant_y:
        third = lemma[:-1] + "ies"
    else:
        third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    forms = {lemma: "v", third: "v", ing: "G"}
    forms |= dict.fromkeys(_IRREGULAR.get(lemma, (past,)), "V")
    return forms


def _read() -> tuple[dict[str, Form], dict[str, Cue], dict[str, Cue]]:
    verbs: dict[str, Form] = {}
    nouns: dict[str, Cue] = {}
    adjectives: dict[str, Cue] = {}
    rows = [row.record for row in read_table(_TABLE, CueRow, name=_TABLE.name)]
    for row in rows:
        cue = row.cue
        if cue.part == "adjective":
            adjectives[cue.lemma] = cue
        elif cue.part == "noun":
            nouns[cue.lemma] = cue
            nouns[_plural(cue.lemma)] = cue
        else:
            _add_verb(cue, verbs, also_noun=row.also_noun)
    return verbs, nouns, adjectives


def _add_verb(cue: Cue, verbs: dict[str, Form], *, also_noun: bool) -> None:
    for form, letter in inflections(cue.lemma).items():
        ambiguous = letter == "v" and also_noun
        decided = ("u" if form == cue.lemma else "w") if ambiguous else letter
        verbs.setdefault(form, Form(cue, decided))


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


VERB_FORMS, NOUNS, ADJECTIVES = _read()
"""Verbs by inflected form, nouns by singular and plural, adjectives."""


def speaks(word: str) -> bool:
    """Tell whether a word is a verb that introduces or closes speech.

    Examples
    --------
    >>> speaks("said"), speaks("opposes")
    (True, False)
    """
    form = VERB_FORMS.get(word)
    return form is not None and "say" in form.cue.frames
