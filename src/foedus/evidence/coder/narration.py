"""Stances that a text narrates: 'resistance from France', 'Japan's offer', 'Germany has sent a ship'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foedus.evidence.coder.actors import NOBODY, Cast, Mention
from foedus.evidence.coder.leaning import OBLIGED
from foedus.evidence.coder.lexicon import inflections
from foedus.evidence.coder.phrases import main_subject, subject_before, verb_group
from foedus.evidence.coder.sentences import Sentence
from foedus.evidence.coder.wordlists import wordset

_NOUNS: dict[str, int] = {
    **dict.fromkeys(
        [
            "opposition",
            "objection",
            "objections",
            "resistance",
            "reluctance",
            "veto",
            "doubts",
            "reservations",
            "rejection",
            "criticism",
            "unease",
        ],
        -1,
    ),
    **dict.fromkeys(
        [
            "concern",
            "concerns",
            "worries",
            "fears",
            "misgivings",
            "scepticism",
            "skepticism",
            "aversion",
            "refusal",
            "hostility",
        ],
        -1,
    ),
    **dict.fromkeys(
        [
            "support",
            "backing",
            "offer",
            "endorsement",
            "willingness",
            "commitment",
            "interest",
            "desire",
            "ambition",
            "appetite",
            "attendance",
        ],
        1,
    ),
    **dict.fromkeys(["push", "call", "calls", "enthusiasm", "impetus", "approval", "eagerness", "advocacy", "bid"], 1),
}
_ACTS: dict[str, int] = {
    **dict.fromkeys(
        ["block", "veto", "oppose", "resist", "hinder", "obstruct", "stall", "thwart", "boycott", "impede"], -1
    ),
    **dict.fromkeys(
        wordset("deploy dispatch send host champion welcome back support strengthen deepen expand join accept plead"),
        1,
    ),
    **dict.fromkeys(
        wordset(
            "offer agree decide intend plan seek pursue aim want advocate propose pledge promise invite endorse float "
            "favour favor prefer"
        ),
        1,
    ),
}
_IRREGULAR = {"sent": "send", "sought": "seek", "pled": "plead"}
_LIGHT = wordset(
    "raise raised raises raising voice voiced voices express expressed expresses have has had show shown shows "
    "showed make made"
)
_FORMS: dict[str, str] = {form: lemma for lemma in _ACTS for form in inflections(lemma)} | _IRREGULAR
_OF_THE_ACTOR = wordset(
    "opposition objection objections resistance reluctance refusal willingness offer unease attendance commitment"
)
"""Nouns after which 'of' names whose stance it is; after others, what it is on."""

_AGENTS: dict[str, int] = {
    **dict.fromkeys(
        wordset("supporter supporters advocate advocates proponent proponents backer backers champion promoter"),
        1,
    ),
    **dict.fromkeys(wordset("opponent opponents critic critics sceptic sceptics skeptic skeptics detractor foe"), -1),
}
"""Nouns for whoever takes a stance: 'the strongest advocate of'."""

_COPULAS = wordset("is are was were be been being remain remains remained become became becomes as among")
_BE = r"(?:is|are|was|were|remains?|remained|seems?|grew) (?:\w+ )?"
_IDIOMS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), lean)
    for pattern, lean in (
        (r"(?:threw|throws?|thrown|puts?) (?:its|their|his|her) (?:full |own )?(?:weight|support) behind", 1),
        (r"(?:comes?|came|spoke|speaks?|is|are|was|were) (?:\w+ly )?(?:out )?in (?:favou?r|support) of", 1),
        (r"(?:stands?|stood|rallied|rallies|lined up|got|gets) (?:firmly )?behind", 1),
        (r"(?:gives?|gave|lent|lends?) (?:its|their|his|her) (?:full )?(?:blessing|backing|approval|support) to", 1),
        (rf"{_BE}(?:committed|open|receptive|favou?rable) to", 1),
        (r"(?:comes?|came|spoke|speaks?|spoken|is|are|was|were) (?:\w+ly )?(?:out )?against", -1),
        (r"(?:lash(?:es|ed)?|hits?) (?:out|back) at", -1),
        (r"(?:turn(?:s|ed)?|shot|shoots?|bat(?:s|ted)?|knock(?:s|ed)?|vot(?:es|ed)) down", -1),
        (r"pour(?:s|ed)? cold water on|st(?:ands?|ood) in the way of|drag(?:s|ged)? (?:its|their) feet on", -1),
        (rf"{_BE}(?:wary|sceptical|skeptical|critical|suspicious) of", -1),
        (rf"{_BE}(?:uneasy|sceptical|skeptical|unhappy) (?:about|over|with)", -1),
        (r"push(?:es|ed)? back (?:against|on)|brush(?:es|ed)? aside", -1),
    )
)
"""Turns of phrase that take a side."""

SUPPOSING = wordset("if whether unless")
"""'If France agreed' does not say that France agrees."""

_SCANT = wordset("little no scant limited few scarce")
"""'Little appetite' is none."""

_FROM = wordset("from of by in among between")
_DONE = wordset("deploy dispatch send block veto invite host join boycott")


@dataclass(frozen=True, slots=True)
class Narrated:
    """A stance that a sentence narrates.

    Attributes
    ----------
    actors
        Whose it is.
    lean
        -1 against, 1 for.
    start, end
        Offsets of the words that say so.
    place
        The token of the stance word.
    act
        Whether it is something the actor did.
    rule
        The rule that fired.
    """

    actors: tuple[Mention, ...]
    lean: int
    start: int
    end: int
    place: int
    act: bool
    rule: str


def narrated(sentence: Sentence, cast: Cast) -> Iterator[Narrated]:
    """Yield the stances that a sentence narrates."""
    lowers, letters = sentence.lowers, sentence.letters
    last: Narrated | None = None
    for place, word in enumerate(lowers):
        if word in _NOUNS and letters[place] in "KNJvVu":
            hit = _noun(sentence, cast, place) or _reason(sentence, last, place)
            if hit is not None:
                last = hit
                yield hit
        elif word in _AGENTS and letters[place] in "NKvu" and (hit := _agent(sentence, cast, place)) is not None:
            yield hit
        elif word in _FORMS and letters[place] in "VvWGNK":
            hit = _verb(sentence, cast, place)
            if hit is not None:
                yield hit
    yield from _idioms(sentence, cast)


def _agent(sentence: Sentence, cast: Cast, place: int) -> Narrated | None:
    """Find who 'is the strongest advocate of' something."""
    lowers = sentence.lowers
    if place + 1 >= len(lowers) or lowers[place + 1] not in ("of", "to"):
        return None
    copula = next((at for at in range(place - 1, max(place - 9, -1), -1) if lowers[at] in _COPULAS), None)
    if copula is None:
        return None
    subject = subject_before(sentence, verb_group(sentence, copula)) or main_subject(sentence, place)
    owners = _mentions(sentence, cast, *subject) if subject else []
    lean = _AGENTS[lowers[place]]
    if any(sentence.letters[at] == "Z" for at in range(copula, place)):
        lean = -lean
    return _narration(sentence, cast.coordinated(owners), lean, place, "noun of an actor") if owners else None


def _idioms(sentence: Sentence, cast: Cast) -> Iterator[Narrated]:
    """Find turns of phrase that take a side, with their subject or, in the passive, their agent."""
    words = cast.text[sentence.starts[0] : sentence.ends[-1]]
    if not cast.inside_loosely(sentence.starts[0], sentence.ends[-1]):
        return
    for pattern, lean in _IDIOMS:
        for found in pattern.finditer(words):
            begin, end = (sentence.starts[0] + one for one in found.span())
            place = next((at for at, start in enumerate(sentence.starts) if start >= begin), None)
            after = next((at for at, start in enumerate(sentence.starts) if start >= end), len(sentence.starts))
            if place is None:
                continue
            group = verb_group(sentence, place)
            owners = _agent_after(sentence, cast, after) if _passive(sentence, group, place) else []
            subject = subject_before(sentence, group)
            if not owners and subject is not None and not _passive(sentence, group, place):
                owners = cast.coordinated(_mentions(sentence, cast, *subject)) or _meant(sentence, cast, subject)
            negated = any(sentence.letters[at] == "Z" for at in range(group, place))
            if owners:
                yield _narration(sentence, owners, -lean if negated else lean, place, "verb of an actor")


def _meant(sentence: Sentence, cast: Cast, subject: tuple[int, int]) -> list[Mention]:
    """Return whom a pronoun means that is a subject."""
    first, last = subject
    if last - first != 1 or sentence.letters[first] not in "R":
        return []
    return cast.voices(sentence.starts[first], sentence.ends[first])


def _passive(sentence: Sentence, group: int, place: int) -> bool:
    return any(sentence.lowers[at] in ("is", "are", "was", "were", "been", "be", "being") for at in range(group, place))


def _agent_after(sentence: Sentence, cast: Cast, after: int) -> list[Mention]:
    """Return whom 'by' names as the doer, soon after a verb in the passive."""
    by = next((at for at in range(after, min(after + 6, len(sentence.lowers))) if sentence.lowers[at] == "by"), None)
    if by is None:
        return []
    end = by + 1
    while end < len(sentence.letters) and sentence.letters[end] in "DJMNPXC,K" and end - by < 9:
        end += 1
    owners = _mentions(sentence, cast, by + 1, end)
    return cast.coordinated(owners) if owners else []


def _noun(sentence: Sentence, cast: Cast, place: int) -> Narrated | None:
    letters, lowers = sentence.letters, sentence.lowers
    lean = _NOUNS[lowers[place]]
    before = place - 1
    while (
        before > 0
        and letters[before] in "JNK"
        and place - before < 3
        and not _mentions(sentence, cast, before, before + 1)
    ):
        before -= 1
    if any(lowers[at] in _SCANT for at in range(before, place)):
        lean = -lean
    if place >= 2 and lowers[place - 1] == "of" and lowers[place - 2] == "lack":
        lean, before = -lean, place - 3
    if before >= 0:
        owners = _mentions(sentence, cast, before, before + 1)
        if owners and (letters[before] == "X" or owners[-1].how in ("adjective", "demonym")):
            return _narration(sentence, owners, lean, place, "noun of an actor")
    light = before
    while light > 0 and letters[light] in "DJB" and place - light < 5:
        light -= 1
    if light >= 0 and lowers[light] in {*_LIGHT, "with"}:  # 'voiced doubts'; 'the country with the strongest interest'
        known = lowers[light] != "with"
        subject = subject_before(sentence, verb_group(sentence, light)) if known else main_subject(sentence, light)
        owners = _mentions(sentence, cast, *subject) if subject else []
        if owners:
            return _narration(sentence, cast.coordinated(owners), lean, place, "noun of an actor")
    after = place + 1
    if after < len(lowers) and lowers[after] in _FROM and (lowers[after] != "of" or lowers[place] in _OF_THE_ACTOR):
        end = after + 1
        while end < len(lowers) and letters[end] in "DJMNPXC,K" and end - after < 8:
            end += 1
        owners = _mentions(sentence, cast, after + 1, end)
        if owners and owners[0].start - sentence.starts[after] < 25:
            return _narration(sentence, cast.coordinated(owners), lean, place, "noun from an actor")
    return None


def _reason(sentence: Sentence, last: Narrated | None, place: int) -> Narrated | None:
    """Find the reason of a stance that was told before: 'opposition from France over fears that'."""
    lowers = sentence.lowers
    given = lowers[place - 1] in ("over", "amid", "citing") or lowers[max(0, place - 2) : place] in (
        ["based", "on"],
        ["out", "of"],
    )
    if last is None or not given or place + 1 >= len(lowers) or lowers[place + 1] != "that":
        return None
    return Narrated(
        last.actors,
        _NOUNS[lowers[place]],
        sentence.starts[place - 1],
        sentence.ends[-1],
        place,
        False,
        "reason of a stance",
    )


def _verb(sentence: Sentence, cast: Cast, place: int) -> Narrated | None:
    letters = sentence.letters
    lemma = _FORMS[sentence.lowers[place]]
    group = verb_group(sentence, place)
    infinitive = group > 0 and letters[group - 1] == "t"
    if infinitive or letters[place] == "G":
        return None
    subject = subject_before(sentence, group)
    if subject is None or (letters[place] in "NK" and letters[subject[1] - 1] not in "PXR"):
        return None
    if nobodys(sentence, subject[0]) or any(sentence.lowers[at] in OBLIGED for at in range(group, place)):
        return None
    passive = letters[place] in "VW" and _passive(sentence, group, place)
    mentions = _mentions(sentence, cast, *subject) or cast.at_large(
        sentence.starts[subject[0]], sentence.ends[subject[1] - 1]
    )
    if not mentions and not passive:
        return None
    lean = _ACTS[lemma]
    if any(letters[at] == "Z" or sentence.lowers[at].endswith("n't") for at in range(group, place)):
        lean = -lean
    if passive:
        mentions = _agent_after(sentence, cast, place + 1)
        if not mentions:
            return None
    hit = _narration(sentence, cast.coordinated(mentions), lean, place, "verb of an actor")
    modal = any(letters[at] == "L" for at in range(group, place))
    return Narrated(hit.actors, hit.lean, hit.start, hit.end, hit.place, lemma in _DONE and not modal, hit.rule)


def nobodys(sentence: Sentence, first: int) -> bool:
    """Tell whether the verb of a subject that begins here is nobody's: 'whether | Norway', 'nobody in | Norway'."""
    lowers = sentence.lowers
    inside = first > 1 and sentence.letters[first - 1] == "I" and lowers[first - 2] in NOBODY
    return inside or (first > 0 and lowers[first - 1] in SUPPOSING)


def _mentions(sentence: Sentence, cast: Cast, first: int, last: int) -> list[Mention]:
    if not 0 <= first < last <= len(sentence.starts) or sentence.lowers[first] in NOBODY:
        return []
    return cast.inside_loosely(sentence.starts[first], sentence.ends[last - 1])


def _narration(sentence: Sentence, owners: list[Mention], lean: int, place: int, rule: str) -> Narrated:
    return Narrated(tuple(owners), lean, sentence.starts[0], sentence.ends[-1], place, False, rule)
