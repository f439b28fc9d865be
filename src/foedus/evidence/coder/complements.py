"""What follows a verb of attribution: a clause, a question, an infinitive, an object, a quotation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from foedus.evidence.coder.lexicon import Cue
from foedus.evidence.coder.phrases import clause_end, noun_phrase_after, subject_before, verb_group
from foedus.evidence.coder.sentences import Sentence
from foedus.evidence.coder.wordlists import wordset

Range = tuple[int, int]


class Complement(NamedTuple):
    """What fills a verb's frame.

    Attributes
    ----------
    rule
        The frame.
    span
        The content's tokens; ``None`` where nothing fills any frame, empty before a quotation in the next paragraph.
    cue_end
        Where the cue ends, its particle included.
    """

    rule: str
    span: Range | None
    cue_end: int


class _Verb(NamedTuple):
    sentence: Sentence
    place: int
    cue: Cue
    after: int

    @property
    def letter(self) -> str:
        return self.sentence.letters[self.after]

    def filled(self, rule: str, start: int, *, phrase: bool = False, relative: bool = False) -> Complement:
        end = clause_end(self.sentence, start, limit=len(self.sentence.letters), phrase=phrase, relative=relative)
        return Complement(rule, (start, end), self.place + 1)


NOMINAL_START = frozenset("DXMJNPROEKQ")
_TIMES = wordset("night morning afternoon evening")
_ASIDE = re.compile(r",[IS][DXJMNPKOYGV]*(?:I[DXJMNPKOY]+)*,(?=[THtRED])")
_QUANTITY = re.compile("[IM][DMNJ]+")
_ABOUT = wordset("about at between around more less over under up nearly almost")
_TO_AHEAD = re.compile(r"[DXMJNPROEK]+(?:I[DXMJNPK]+)*t")
_NAMING = wordset("call name dub term label brand")
_FAR = 16


def complement_of(sentence: Sentence, place: int, cue: Cue) -> Complement:
    """Return what follows the verb at ``place`` as its content.

    Examples
    --------
    >>> from foedus.evidence.coder.lexicon import VERB_FORMS
    >>> from foedus.evidence.coder.sentences import sentences
    >>> sentence = next(sentences("She asked whether the office would open."))
    >>> complement_of(sentence, 1, VERB_FORMS["asked"].cue).rule
    'question'
    """
    particle = _particle(sentence, place, cue)
    if particle is not None:
        return particle
    count = len(sentence.letters)
    nothing = Complement("", None, place + 1)
    after = skip_time(sentence, place + 1)
    if after < count and "hearer" in cue.frames:
        told = _past_hearer(sentence, after)
        after = after if told is None else told
    if after >= count:
        return nothing
    verb = _Verb(sentence, place, cue, after)
    for rule in _RULES:
        complement = rule(verb)
        if complement is not None:
            return complement
    return nothing


def skip_time(sentence: Sentence, place: int) -> int:
    """Return the place after adverbs, days, and ', for example,' and the like."""
    count = len(sentence.letters)
    while place < count:
        step = _time_step(sentence, place)
        if not step:
            break
        place += step
    return place


def _time_step(sentence: Sentence, place: int) -> int:
    letters, lowers = sentence.letters, sentence.lowers
    letter, following = letters[place], letters[place + 1 : place + 2]
    if letter in "BYZ" or (place and letters[place - 1] == "Y" and (letter == "M" or lowers[place] in _TIMES)):
        return 1
    if following and (
        (letter == "D" and lowers[place] in ("last", "next", "this"))
        or (lowers[place] in ("last", "next", "earlier", "late") and following in "NYM")
        or (letter == "I" and following == "Y")
    ):
        return 2
    aside = _ASIDE.match(letters, place) if letter == "," else None
    return aside.end() - place if aside else 0


def _particle(sentence: Sentence, place: int, cue: Cue) -> Complement | None:
    letters, lowers = sentence.letters, sentence.lowers
    after, count = place + 1, len(letters)
    if after >= count or lowers[after] not in cue.particles or letters[after] == "T":
        return None
    start = skip_time(sentence, after + 1)
    if start < count and (letters[start] in NOMINAL_START or letters[start] in "HGWVvN"):
        return Complement("particle", (start, clause_end(sentence, start, limit=count, phrase=True)), after + 1)
    return None


def _naming(verb: _Verb) -> Complement | None:
    """Stop at 'a group called Q' and 'was named X': nobody says anything."""
    if verb.cue.lemma not in _NAMING or not _names_only(verb.sentence, verb.after):
        return None
    letters = verb.sentence.letters
    participle = letters[verb.place] == "V" and verb.place > 0 and letters[verb.place - 1] in "NP"
    return Complement("", None, verb.place + 1) if verb.letter != "Q" or participle else None


def _names_only(sentence: Sentence, after: int) -> bool:
    letters = sentence.letters
    if letters[after] == "Q":
        return letters[after + 1 : after + 2] in ("", ".", ",")
    end = after
    while end < len(letters) and letters[end] in "PM":
        end += 1
    return end > after and letters[end : end + 1] in ("", ".", ",", "A", "L")


def _quotation(verb: _Verb) -> Complement | None:
    letters, after = verb.sentence.letters, verb.after
    if verb.letter == ":" and after + 1 >= len(letters):
        return Complement("block", (len(letters), len(letters)), verb.place + 1)
    if not verb.cue.frames & {"say", "object"}:
        return None
    if verb.letter == ":" or (verb.letter == "," and letters[after + 1 : after + 2] == "Q"):
        return _quoted(verb, after + 1)
    return _quoted(verb, after) if verb.letter == "Q" else None


def _quoted(verb: _Verb, start: int) -> Complement:
    letters = verb.sentence.letters
    if letters[start] != "Q":
        return verb.filled("clause", start)
    end = start + 1
    if end >= len(letters) or letters[end] in ".,;-" or letters[start - 1] in ":,":
        return Complement("quotation", (start, end), verb.place + 1)
    return verb.filled("object", start, phrase=True)


def _clause(verb: _Verb) -> Complement | None:
    frames = verb.cue.frames
    if verb.letter == "T" and frames & {"that", "say", "whether", "explicit"}:
        return verb.filled("that", verb.after)
    if (verb.letter == "H" or verb.sentence.lowers[verb.after] == "if") and "whether" in frames:
        return verb.filled("question", verb.after)
    return None


def _infinitive(verb: _Verb) -> Complement | None:
    if verb.letter == "t" and "to" in verb.cue.frames and verb.after + 1 < len(verb.sentence.letters):
        return verb.filled("infinitive", verb.after, phrase=True)
    return None


def _nominal(verb: _Verb) -> Complement | None:
    if verb.letter not in NOMINAL_START:
        return None
    frames = verb.cue.frames
    clause = "that" in frames and ("object" not in frames or _has_verb(verb.sentence, verb.after))
    commanded = "to" in frames and _TO_AHEAD.match(verb.sentence.letters, verb.after) is not None
    if clause or "object" in frames or commanded:
        return verb.filled("clause" if clause else "object", verb.after, phrase=not clause)
    return Complement("", None, verb.place + 1)


def _has_verb(sentence: Sentence, start: int) -> bool:
    """Tell whether the noun phrase that begins here is the subject of a clause."""
    letters = sentence.letters
    if letters[start] == "E":
        return True
    end = noun_phrase_after(sentence, start)
    if end is None:
        return letters[start] == "K"
    while end < len(letters) and letters[end] in "BZ":
        end += 1
    return end < len(letters) and letters[end] in "ALVvWE"


def _gerund(verb: _Verb) -> Complement | None:
    ing = verb.letter == "G" or (verb.letter in "VW" and verb.sentence.lowers[verb.after].endswith("ing"))
    return verb.filled("object", verb.after, phrase=True) if ing and "object" in verb.cue.frames else None


def _extracted(verb: _Verb) -> Complement | None:
    """Find 'which, officials say, will open': a content whose head stands before the cue."""
    sentence, letters = verb.sentence, verb.sentence.letters
    if verb.letter not in "ALVW" or "that" not in verb.cue.frames:
        return None
    subject = subject_before(sentence, verb_group(sentence, verb.place))
    if subject is None or not subject[0]:
        return None
    before = subject[0] - 1
    if letters[before] == "," and before:
        before -= 1
    return verb.filled("extracted", verb.after, relative=True) if letters[before] == "H" else None


def _counted(verb: _Verb) -> Complement | None:
    """Find a clause that begins with a number: 'said about half of it was spent'."""
    numbered = verb.letter in "IM" and verb.sentence.lowers[verb.after] in _ABOUT
    if numbered and "that" in verb.cue.frames and _QUANTITY.match(verb.sentence.letters, verb.after):
        return verb.filled("clause", verb.after)
    return None


def _later(verb: _Verb) -> Complement | None:
    """Look beyond 'in an interview with the paper' for the clause or the quotation."""
    letters = verb.sentence.letters
    if verb.letter not in "SLIt" or "say" not in verb.cue.frames:
        return None
    for ahead in range(verb.after, min(verb.after + _FAR, len(letters))):
        letter = letters[ahead]
        if letter == "T":
            return verb.filled("that", ahead)
        if letter == ":" and ahead + 1 >= len(letters):
            return Complement("block", (ahead + 1, ahead + 1), verb.place + 1)
        if letter == ":" or (letter in ",-" and letters[ahead + 1 : ahead + 2] == "Q"):
            return _quoted(verb, ahead + 1)
        if letter in "RE" and ahead > verb.after + 1:
            return verb.filled("clause", ahead)
        if letter in "VvLA.;":
            break
    return None


_RULES: tuple[Callable[[_Verb], Complement | None], ...] = (
    _naming,
    _quotation,
    _clause,
    _infinitive,
    _nominal,
    _gerund,
    _extracted,
    _counted,
    _later,
)


def _past_hearer(sentence: Sentence, place: int) -> int | None:
    """Return the place after a hearer where a clause, a question, a command or a quotation follows it."""
    letters = sentence.letters
    end = place + 1 if letters[place] == "O" else noun_phrase_after(sentence, place)
    if end is None or letters[place] in "QRE":
        return None
    end = skip_time(sentence, end)
    if letters[end : end + 1] == "I":
        further = noun_phrase_after(sentence, end + 1)
        if further is not None and further < len(letters) and letters[further] in "TQ,H":
            end = further
    follows = letters[end : end + 1]
    told = not follows or follows in "THQRED:t.-" or letters[end : end + 2] == ",Q"
    return end if told or (letters[place] == "O" and follows in NOMINAL_START) else None
