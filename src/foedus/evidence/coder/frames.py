"""The rules that find cues with their sources and contents in one tagged sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foedus.evidence.coder.lexicon import ADJECTIVES, NOUNS, VERB_FORMS, Cue
from foedus.evidence.coder.phrases import (
    clause_end,
    main_subject,
    noun_phrase_after,
    noun_phrase_before,
    subject_after,
    subject_before,
    verb_group,
)
from foedus.evidence.coder.sentences import Sentence

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """An attribution in tokens of its sentence."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    rule: str
    word: Cue | None


_CUES = re.compile("[VvGKk]")
_BE = frozenset("am is are was were be been being get got gets".split())
_LIGHT = frozenset(
    "express expresses expressed expressing voice voices voiced voicing raise raises raised raising have has had having "
    "make makes made making issue issues issued share shares shared give gives gave reiterate reiterated declare "
    "lend offer offered offers announce announced pledge pledged signal signaled signalled state stated show showed".split()
)
_NOMINAL_START = frozenset("DXMJNPROEKQ")


def hits(sentence: Sentence) -> list[Hit]:
    """Return every attribution that a rule finds in a sentence, at most one a cue.

    Examples
    --------
    >>> from foedus.evidence.coder.sentences import sentences
    >>> one = next(sentences("According to the envoy, the plan is sound."))
    >>> [hit.rule for hit in hits(one)]
    ['according to']
    """
    found: list[Hit] = []
    letters = sentence.letters
    taken = -1
    for match in _CUES.finditer(letters):
        place = match.start()
        if place < taken:
            continue
        letter = letters[place]
        if letter == "K":
            hit = _noun(sentence, place)
        elif letter == "k":
            hit = _adjective(sentence, place)
        else:
            hit = _verb(sentence, place)
        if hit is not None:
            found.append(hit)
            taken = hit.cue[1]
    if "according" in sentence.lowers:
        found.extend(_according(sentence))
    if ":" in letters[:8]:
        found.extend(_speaker(sentence, found))
    return found


def _according(sentence: Sentence) -> Iterator[Hit]:
    letters, lowers = sentence.letters, sentence.lowers
    place = lowers.index("according")
    if place + 1 >= len(lowers) or lowers[place + 1] != "to":
        return
    source = subject_after(sentence, place + 2)
    if source is None:
        return
    if place == 0 or (place == 1 and letters[0] in "CB"):
        start = letters.find(",", source[1] - 1)
        if start < 0:
            start = source[1]
        span = (start + 1, clause_end(sentence, start + 1, limit=len(letters), phrase=False))
    else:
        end = place - 1 if letters[place - 1] in ",-" else place
        span = (_content_start(sentence, end), end)
    if span[1] > span[0]:
        yield Hit(source, (place, place + 2), (span,), "according to", None)


def _speaker(sentence: Sentence, found: list[Hit]) -> Iterator[Hit]:
    """Yield 'Name: what it says' at the head of a paragraph or title."""
    letters = sentence.letters
    colon = letters.index(":")
    if (
        any(hit.cue[0] < colon for hit in found)
        or not re.fullmatch("D?[PNJ]{1,5}", letters[:colon])
        or "P" not in letters[:colon]
    ):
        return
    end = clause_end(sentence, colon + 1, limit=len(letters), phrase=False)
    if end - colon > 3:
        yield Hit((0, colon), (colon, colon + 1), ((colon + 1, end),), "speaker and colon", None)


def _content_start(sentence: Sentence, end: int) -> int:
    """Return where the clause that ends at ``end`` begins."""
    letters = sentence.letters
    start = letters.rfind(";", 0, end) + 1
    while start < end and letters[start] in ",-":
        start += 1
    if start == 0 and letters[0] == "C" and end > 1:
        start = 1
        if letters[1] == ",":
            start = 2
    return start


def _noun(sentence: Sentence, place: int) -> Hit | None:
    letters, lowers = sentence.letters, sentence.lowers
    cue = NOUNS.get(lowers[place])
    if cue is None:
        return None
    owner = place
    while owner and letters[owner - 1] in "JNMKW" and place - owner < 3:
        owner -= 1
    source: Range | None = None
    if owner and (letters[owner - 1] == "X" or (letters[owner - 1] == "D" and lowers[owner - 1] in _OWNERS)):
        first = owner - 1
        phrase = noun_phrase_before(sentence, owner - 1) if letters[first] == "X" and first else None
        if phrase and letters[phrase[1] - 1] in "PNJ":
            first = phrase[0]
        elif letters[first] == "X" and first and letters[first - 1] == "D":
            first -= 1
        source = (first, owner)
    after = place + 1
    if after < len(letters) and letters[after] == "b":
        by = subject_after(sentence, after + 1)
        if by is not None:
            source, after = source or by, by[1]
    span, cue_end = _complement(sentence, after, cue, place)
    if span is None:
        return None
    if source is None:
        light = place - 1
        while light and letters[light] in "DJMB" and place - light < 5:
            light -= 1
        if lowers[light] in _LIGHT:
            source = _subject_of(sentence, light)
            if source is None:
                return None
            return Hit(source, (light, cue_end), (span,), "noun after a light verb", cue)
        return None
    return Hit(source, (place, cue_end), (span,), "noun", cue)


_OWNERS = frozenset("my your his her its our their whose".split())


def _complement(sentence: Sentence, after: int, cue: Cue, place: int) -> tuple[Range | None, int]:
    """Return what a noun or an adjective of attribution governs, and where its particle ends."""
    letters, lowers = sentence.letters, sentence.lowers
    count = len(letters)
    if after >= count:
        return None, after
    if letters[after] == "T" and "that" in cue.frames:
        return (after, clause_end(sentence, after, limit=count, phrase=False)), place + 1
    if letters[after] == "t" and "to" in cue.frames and after + 1 < count and letters[after + 1] in "vVWNABJu":
        return (after, clause_end(sentence, after, limit=count, phrase=True)), place + 1
    if lowers[after] in cue.particles and after + 1 < count and letters[after + 1] not in ".,;":
        return (after + 1, clause_end(sentence, after + 1, limit=count, phrase=True)), (
            after + 1 if after == place + 1 else place + 1
        )
    return None, after


def _adjective(sentence: Sentence, place: int) -> Hit | None:
    letters, lowers = sentence.letters, sentence.lowers
    cue = ADJECTIVES.get(lowers[place])
    if cue is None or not place:
        return None
    start = place
    while start and letters[start - 1] in "BZ":
        start -= 1
    if not start or (letters[start - 1] not in "AE" and lowers[start - 1] not in _COPULAS):
        return None
    span, cue_end = _complement(sentence, place + 1, cue, place)
    if span is None and "that" in cue.frames and place + 1 < len(letters) and letters[place + 1] in "RE":
        span, cue_end = (place + 1, clause_end(sentence, place + 1, limit=len(letters), phrase=False)), place + 1
    if span is None:
        return None
    source = _subject_of(sentence, start - 1) if letters[start - 1] != "E" else (start - 1, start)
    return (
        Hit(source, (start - 1 if letters[start - 1] == "A" else place, cue_end), (span,), "adjective", cue)
        if source
        else None
    )


_COPULAS = frozenset(
    "feel feels felt seem seems seemed remain remains remained become becomes became sounded appears appeared".split()
)


def _subject_of(sentence: Sentence, place: int) -> Range | None:
    """Return the subject of the verb at ``place``: before it, before an infinitive's verb, or the main clause's."""
    letters = sentence.letters
    start = verb_group(sentence, place)
    if start and letters[start - 1] == "E":
        return start - 1, start
    if start and letters[start - 1] == "t":
        return _subject_of_infinitive(sentence, start - 1)
    if start and letters[start - 1] == "C":
        return main_subject(sentence, start - 1)
    if letters[place] == "G" or (start and letters[start - 1] in "IaS"):
        return _subject_of_participle(sentence, place, start)
    subject = subject_before(sentence, start)
    if subject is None and start and letters[start - 1] in ",-)" and letters[place] in "VvWAL":
        subject = main_subject(sentence, start - 1)
    return subject


def _subject_of_infinitive(sentence: Sentence, to: int) -> Range | None:
    letters = sentence.letters
    if to and letters[to - 1] in "OP":
        return noun_phrase_before(sentence, to)
    place = to - 1
    while place > 0 and to - place < 8 and letters[place] not in "VvWGAE":
        place -= 1
    if place > 0 and letters[place] in "VvWGAE":
        return (place, place + 1) if letters[place] == "E" else _subject_of(sentence, place)
    return None


def _subject_of_participle(sentence: Sentence, place: int, start: int) -> Range | None:
    letters = sentence.letters
    if start > 2 and letters[start - 1] == "," and letters[start - 2] in "Vv":
        said = subject_before(sentence, verb_group(sentence, start - 2))
        form = VERB_FORMS.get(sentence.lowers[start - 2])
        if said is not None and form is not None and "say" in form.cue.frames:
            return said
    if start and letters[start - 1] in "NPRXMK)EOD" and letters[place] == "G":
        near = noun_phrase_before(sentence, start)
        if near is not None and (near[0] == 0 or letters[near[0] - 1] in "IS,Cb" or letters[place - 1] in "AE"):
            return near
    found = main_subject(sentence, start)
    if found is None:
        comma = letters.find(",", place)
        if 0 < comma < len(letters) - 1:
            after = noun_phrase_after(sentence, comma + 1)
            found = (comma + 1, after) if after else None
    return found


def _verb(sentence: Sentence, place: int) -> Hit | None:
    form = VERB_FORMS.get(sentence.lowers[place])
    if form is None:
        return None
    cue, letters = form.cue, sentence.letters
    group = verb_group(sentence, place)
    passive = letters[place] == "V" and any(word in _BE for word in sentence.lowers[group:place])
    if passive:
        return _passive(sentence, place, group, cue)
    if "say" in cue.frames:
        hit = _inverted(sentence, place, cue)
        if hit is not None:
            return hit
    if "say" in cue.frames and letters[place] in "Vv":
        closed = _closing(sentence, place, group, cue, quoted_only=True)
        if closed is not None:
            return closed
    rule, span, cue_end = _after_verb(sentence, place, cue)
    if span is not None:
        source = _subject_of(sentence, place)
        if source is None or source[0] >= span[0]:
            return None
        if rule == "block":
            return Hit(source, (place, cue_end), (), rule, cue)
        if letters[source[1] - 1] in "HT" or (source[0] and letters[source[0] - 1] == "S"):
            span = (span[0], clause_end(sentence, span[0], limit=span[1], phrase=rule == "object", relative=True))
        if span[1] <= span[0]:
            return None
        if rule == "extracted":
            head = source[0] - (2 if letters[source[0] - 1] == "," else 1)
            return Hit(source, (place, cue_end), ((head, head + 1), span), rule, cue)
        return Hit(source, (place, cue_end), (span,), rule, cue)
    if "say" in cue.frames and letters[place] != "G":
        return _closing(sentence, place, group, cue)
    return None


def _skip(sentence: Sentence, place: int) -> int:
    """Return the place after adverbs, days and short phrases of time or occasion."""
    letters, lowers = sentence.letters, sentence.lowers
    count = len(letters)
    while place < count:
        if letters[place] in "BYZ":
            place += 1
        elif letters[place] == "D" and lowers[place] in ("last", "next", "this") and place + 1 < count:
            place += 2
        elif lowers[place] in ("last", "next", "earlier", "late") and place + 1 < count and letters[place + 1] in "NYM":
            place += 2
        elif letters[place] == "I" and place + 1 < count and letters[place + 1] == "Y":
            place += 2
        elif place and letters[place - 1] == "Y" and (letters[place] == "M" or lowers[place] in _TIMES):
            place += 1
        elif letters[place] == "," and (aside := _aside(letters, place)):
            place = aside
        else:
            break
    return place


_TIMES = frozenset("night morning afternoon evening".split())
_ASIDE = re.compile(r",[IS][DXJMNPKOYGV]*(?:I[DXJMNPKOY]+)*,(?=[THtRED])")


def _aside(letters: str, place: int) -> int:
    """Return the place after ', for example,' and the like; 0 where there is none."""
    match = _ASIDE.match(letters, place)
    return match.end() if match else 0


def _after_verb(sentence: Sentence, place: int, cue: Cue) -> tuple[str, Range | None, int]:
    """Return which frame of the verb is filled on its right, with what, and where the cue ends."""
    letters, lowers = sentence.letters, sentence.lowers
    count, frames = len(letters), cue.frames
    after = place + 1
    if after < count and lowers[after] in cue.particles and letters[after] != "T":
        start = _skip(sentence, after + 1)
        if start < count and (letters[start] in _NOMINAL_START or letters[start] in "HGWVvN"):
            return "particle", (start, clause_end(sentence, start, limit=count, phrase=True)), after + 1
    after = _skip(sentence, after)
    if after >= count:
        return "", None, place + 1
    if "hearer" in frames:
        told = _past_hearer(sentence, after)
        if told is not None:
            after = told
    if after >= count:
        return "", None, place + 1
    letter = letters[after]
    quoting = "say" in frames or "object" in frames
    if (
        letter == "Q"
        and cue.lemma in _NAMING
        and letters[place] == "V"
        and letters[place - 1] in "NP"
        and _names_only(sentence, after)
    ):
        return "", None, place + 1
    if letter == ":" or (letter == "," and after + 1 < count and letters[after + 1] == "Q"):
        if letter == ":" and after + 1 >= count:
            return "block", (count, count), place + 1
        if quoting and (letters[after + 1] == "Q" or letter == ":"):
            return _quoted(sentence, after + 1, place)
    if letter == "Q" and quoting:
        return _quoted(sentence, after, place)
    if letter == "T" and frames & {"that", "say", "whether", "explicit"}:
        return "that", (after, clause_end(sentence, after, limit=count, phrase=False)), place + 1
    if letter == "t" and "to" in frames and after + 1 < count:
        return "infinitive", (after, clause_end(sentence, after, limit=count, phrase=True)), place + 1
    if (letter == "H" or lowers[after] == "if") and "whether" in frames:
        return "question", (after, clause_end(sentence, after, limit=count, phrase=False)), place + 1
    if cue.lemma in _NAMING and _names_only(sentence, after):
        return "", None, place + 1
    if letter in _NOMINAL_START:
        clause = "that" in frames and ("object" not in frames or _has_verb(sentence, after))
        if clause or "object" in frames or ("to" in frames and _to_follows(letters, after)):
            rule = "clause" if clause else "object"
            return rule, (after, clause_end(sentence, after, limit=count, phrase=not clause)), place + 1
        return "", None, place + 1
    if (
        letter in "GVWS"
        and "object" in frames
        and letter != "S"
        and (letters[after] == "G" or lowers[after].endswith("ing"))
    ):
        return "object", (after, clause_end(sentence, after, limit=count, phrase=True)), place + 1
    if letter in "ALVW" and "that" in frames:
        extracted = _extracted(sentence, place, after)
        if extracted is not None:
            return extracted
    if letter in "IM" and "that" in frames and _QUANTITY.match(letters, after) and lowers[after] in _ABOUT:
        return "clause", (after, clause_end(sentence, after, limit=count, phrase=False)), place + 1
    if letter in "SLIt" and "say" in frames:
        return _later(sentence, after, place)
    return "", None, place + 1


_QUANTITY = re.compile("[IM][DMNJ]+")
_ABOUT = frozenset("about at between around more less over under up nearly almost".split())


def _extracted(sentence: Sentence, place: int, after: int) -> tuple[str, Range | None, int] | None:
    """Find 'which, officials say, will open': a content whose head stands before the cue."""
    letters = sentence.letters
    subject = subject_before(sentence, verb_group(sentence, place))
    if subject is None or not subject[0]:
        return None
    before = subject[0] - 1
    if letters[before] == "," and before:
        before -= 1
    if letters[before] != "H":
        return None
    return "extracted", (after, clause_end(sentence, after, limit=len(letters), phrase=False, relative=True)), place + 1


_TO_AHEAD = re.compile(r"[DXMJNPROEK]+(?:I[DXMJNPK]+)*t")


_NAMING = frozenset("call name dub term label brand".split())


def _names_only(sentence: Sentence, after: int) -> bool:
    """Tell whether only a name follows, as in 'a group called Q': nobody says anything."""
    letters = sentence.letters
    if letters[after] == "Q":
        return letters[after + 1 : after + 2] in ("", ".", ",")
    end = after
    while end < len(letters) and letters[end] in "PM":
        end += 1
    return end > after and letters[end : end + 1] in ("", ".", ",", "A", "L")


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


def _to_follows(letters: str, start: int) -> bool:
    return _TO_AHEAD.match(letters, start) is not None


def _past_hearer(sentence: Sentence, place: int) -> int | None:
    """Return the place after a hearer where a clause, a question, a command or a quotation follows it."""
    letters = sentence.letters
    end = place + 1 if place < len(letters) and letters[place] == "O" else noun_phrase_after(sentence, place)
    if end is None or letters[place] in "QRE":
        return None
    end = _skip(sentence, end)
    if end < len(letters) and letters[end] == "I":
        further = noun_phrase_after(sentence, end + 1)
        if further is not None and further < len(letters) and letters[further] in "TQ,H":
            end = further
    if end >= len(letters):
        return end
    if letters[end] in "THQRED:t.-" or (letters[end] == "," and end + 1 < len(letters) and letters[end + 1] == "Q"):
        return end
    if letters[place] == "O" and letters[end] in _NOMINAL_START:
        return end
    return None


def _later(sentence: Sentence, after: int, place: int) -> tuple[str, Range | None, int]:
    """Look beyond 'in an interview with the paper' for the clause or the quotation."""
    letters = sentence.letters
    for ahead in range(after, min(after + 16, len(letters))):
        letter = letters[ahead]
        if letter == "T":
            return "that", (ahead, clause_end(sentence, ahead, limit=len(letters), phrase=False)), place + 1
        if letter in ":,-" and ahead + 1 < len(letters) and letters[ahead + 1] == "Q":
            return _quoted(sentence, ahead + 1, place)
        if letter == ":":
            if ahead + 1 >= len(letters):
                return "block", (ahead + 1, ahead + 1), place + 1
            return _quoted(sentence, ahead + 1, place)
        if letter in "VvLA.;":
            break
        if letter in "RE" and ahead > after + 1:
            return "clause", (ahead, clause_end(sentence, ahead, limit=len(letters), phrase=False)), place + 1
    return "", None, place + 1


def _quoted(sentence: Sentence, start: int, place: int) -> tuple[str, Range | None, int]:
    letters = sentence.letters
    if letters[start] == "Q":
        end = start + 1
        if end >= len(letters) or letters[end] in ".,;-" or letters[start - 1] in ":,":
            return "quotation", (start, end), place + 1
        return "object", (start, clause_end(sentence, start, limit=len(letters), phrase=True)), place + 1
    return "clause", (start, clause_end(sentence, start, limit=len(letters), phrase=False)), place + 1


def _closing(sentence: Sentence, place: int, group: int, cue: Cue, *, quoted_only: bool = False) -> Hit | None:
    """Find 'content, subject cue', and a content that goes on after it."""
    letters = sentence.letters
    if not group:
        return None
    subject = (group - 1, group) if letters[group - 1] in "RE" else subject_before(sentence, group)
    if subject is None or subject[0] == 0:
        return None
    end = subject[0]
    before = letters[end - 1]
    if before == "a" and end == 1:
        comma = _skip(sentence, place + 1)
        if comma < len(letters) - 1 and letters[comma] == ",":
            span = (comma + 1, clause_end(sentence, comma + 1, limit=len(letters), phrase=False))
            return Hit(subject, (place, place + 1), (span,), "as said", cue) if span[1] > span[0] else None
    if before == "a" and end > 1:
        end, before = end - 1, letters[end - 2]
    if quoted_only and (before != "Q" or not _QUOTE_DONE.search(sentence.words[end - 1])):
        return None
    if before == "Q":
        start = _quotation_start(sentence, end)
        return Hit(
            subject, (place, place + 1), ((start, end), *_rest(sentence, place, start, end)), "closing quotation", cue
        )
    if before not in ",-":
        return None
    start = _content_start(sentence, end - 1)
    if letters[end - 2] == "Q" and start >= end - 2:
        start = end - 2
    rest = _rest(sentence, place, start, end - 1)
    if letters[start] == "S" and "," not in letters[start : end - 1]:
        return Hit(subject, (place, place + 1), rest, "closing", cue) if rest else None
    if not re.search("[ALVvWEQ]", letters[start : end - 1]) and (not rest or letters[start] in "ISBYt"):
        if not rest:
            return None
        if letters[start] in "ISBYt":
            return Hit(subject, (place, place + 1), rest, "closing", cue)
    rule = "closing quotation" if letters[start : end - 1].strip(",Q") == "" else "closing"
    return Hit(subject, (place, place + 1), ((start, end - 1), *rest), rule, cue) if end - 1 > start else None


_QUOTE_DONE = re.compile(r"[,?!][\"'`]+\s*$")


def _quotation_start(sentence: Sentence, end: int) -> int:
    """Return where a content that ends with a quotation begins: with the sentence, unless another clause precedes."""
    letters = sentence.letters
    start = _content_start(sentence, end)
    first = sentence.words[end - 1].lstrip("\"'` ")[:1]
    if letters[start] != "Q" and end - start > 2 and letters[end - 2] in ",:" and first.isupper():
        return end - 1
    return start


def _rest(sentence: Sentence, place: int, start: int, end: int) -> tuple[Range, ...]:
    """Return what of the content follows a parenthetical cue: '..., she said, ...'."""
    letters = sentence.letters
    comma = _skip(sentence, place + 1)
    while comma < len(letters) and letters[comma] in "INDPJMOYtB" and comma - place < 10:
        comma += 1
    if comma >= len(letters) - 1 or letters[comma] not in ",-":
        return ()
    following = letters[comma + 1]
    interrupted = not re.search("[ALVvWE]", letters[start:end]) and letters[start:end].strip(",Q") != ""
    if following == "Q":
        return ((comma + 1, comma + 2),)
    if following in "GVvSH" and not interrupted:
        return ()
    if interrupted or (following not in "W" and comma == place + 1 and letters[end - 1] != "Q"):
        return ((comma + 1, clause_end(sentence, comma + 1, limit=len(letters), phrase=False)),)
    return ()


def _inverted(sentence: Sentence, place: int, cue: Cue) -> Hit | None:
    """Find 'content, said subject'."""
    letters = sentence.letters
    if not place or letters[place] not in "Vv" or letters[place - 1] not in "Q,-":
        return None
    following = letters[place + 1 : place + 2]
    if not following or following not in "PDNRJXMO" or (following in "RO" and letters[place - 1] != "Q"):
        return None
    source = subject_after(sentence, place + 1)
    if source is None:
        return None
    stop = letters[source[1] : source[1] + 1]
    if stop and stop in "VvALWT":
        return None
    end = place if letters[place - 1] == "Q" else place - 1
    if letters[place - 1] in ",-" and (end < 3 and letters[:end] != "Q"):
        return None
    if letters[place - 1] == "," and subject_before(sentence, place) is not None and letters[end - 1] != "Q":
        return None
    start = _quotation_start(sentence, end) if letters[end - 1] == "Q" else _content_start(sentence, end)
    rule = "inverted quotation" if letters[start:end].strip(",Q") == "" else "inverted"
    rest: tuple[Range, ...] = ()
    if stop == "," and source[1] + 1 < len(letters) and letters[source[1] + 1] in "QC":
        rest = ((source[1] + 1, clause_end(sentence, source[1] + 1, limit=len(letters), phrase=False)),)
    return Hit(source, (place, place + 1), ((start, end), *rest), rule, cue) if end > start else None


_SUPPOSED = frozenset(
    "expected believed thought said reported seen viewed considered known regarded perceived described rumored estimated projected".split()
)


def _passive(sentence: Sentence, place: int, group: int, cue: Cue) -> Hit | None:
    letters, lowers = sentence.letters, sentence.lowers
    count = len(letters)
    subject = (group - 1, group) if group and letters[group - 1] in "E" else subject_before(sentence, group)
    if subject is not None and letters[subject[1] - 1] in "HT" and subject[1] - subject[0] > 1:
        subject = (subject[0], subject[1] - 1)
    after = _skip(sentence, place + 1)
    if after >= count:
        return None
    by = letters.find("b", after, min(after + 8, count))
    source = subject_after(sentence, by + 1) if by >= 0 and not re.search("[.,;VvLA]", letters[after:by]) else None
    it = subject is not None and lowers[subject[0]] == "it" and subject[1] - subject[0] == 1
    if letters[after] == "T" or (it and letters[after] == "T"):
        return Hit(
            source,
            (place, place + 1),
            ((after, clause_end(sentence, after, limit=count, phrase=False)),),
            "passive",
            cue,
        )
    if "hearer" in cue.frames and letters[after] in "RED" and source is None and "say" in cue.frames:
        return Hit(
            None, (place, place + 1), ((after, clause_end(sentence, after, limit=count, phrase=False)),), "passive", cue
        )
    if subject is None:
        return None
    if letters[after] in "ta" and lowers[place] in _SUPPOSED:
        rest = (after, clause_end(sentence, after, limit=count, phrase=True))
        return Hit(source, (place, place + 1), (subject, rest), "passive", cue)
    if source is not None and "object" in cue.frames:
        return Hit(source, (place, place + 1), (subject,), "passive", cue)
    return None
