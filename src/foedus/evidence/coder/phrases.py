"""Where phrases and clauses begin and end in a tagged sentence: subjects, objects, complements."""

from __future__ import annotations

import re

from foedus.evidence.coder.lexicon import speaks
from foedus.evidence.coder.sentences import Sentence
from foedus.evidence.coder.wordlists import wordset

NOMINAL = frozenset("DXMJNPK")
"""Letters of words inside a noun phrase."""

HEADS = frozenset("NPRMKXEY)QDO")
_GROUP = frozenset("ALZB")
_LINKS = wordset("of in at from for on with to")
_PRONOUNS = frozenset("RE")
_ALONE = wordset("some many most all both several few each another this these those half none either")
_FINITE = re.compile("[ALVvW]")
_SPAN = 30


def verb_group(sentence: Sentence, place: int) -> int:
    """Return where the auxiliaries and adverbs before a verb begin.

    Examples
    --------
    >>> from foedus.evidence.coder.sentences import sentences
    >>> sentence = next(sentences("The minister has never said that."))
    >>> verb_group(sentence, sentence.lowers.index("said"))
    2
    """
    letters = sentence.letters
    while place and (letters[place - 1] in _GROUP or sentence.lowers[place - 1] in ("both", "all", "each")):
        if letters[place - 1] == "D" and (place < 2 or letters[place - 2] not in "ANPR"):
            break
        place -= 1
    return place


def noun_phrase_before(sentence: Sentence, end: int) -> tuple[int, int] | None:
    """Return the noun phrase whose last token is just before ``end``, with what 'of', 'in' and 'and' join to it.

    Examples
    --------
    >>> from foedus.evidence.coder.sentences import sentences
    >>> sentence = next(sentences("Later the head of the mission said no."))
    >>> noun_phrase_before(sentence, sentence.lowers.index("said"))
    (1, 6)
    """
    letters, lowers = sentence.letters, sentence.lowers
    last = _head(sentence, end - 1)
    if last is None:
        return None
    if letters[last] in _PRONOUNS and lowers[last] not in ("one", "others"):
        return last, end
    start = last
    if letters[last] == ")":
        start = letters.rfind("(", 0, last) - 1
        if start < 0:
            return None
    while start > 0 and end - start < _SPAN:
        step = _step_left(sentence, start)
        if not step:
            break
        start -= step
    while start < last and letters[start] in "IC":
        start += 1
    return (start, end) if letters[start] in HEADS or letters[start] in NOMINAL else None


def _head(sentence: Sentence, last: int) -> int | None:
    """Return the head of the noun phrase that ends here, a participle after it left out; ``None`` where none does."""
    letters, lowers = sentence.letters, sentence.lowers
    if last > 0 and letters[last] == "W" and letters[last - 1] in "NPD" and lowers[last].endswith("ed"):
        last -= 1
    if last < 0:
        return None
    adjective = letters[last] == "J" and last > 0 and letters[last - 1] in "DJXPN"
    if letters[last] not in HEADS and not adjective:
        return None
    return None if letters[last] == "D" and lowers[last] not in _ALONE else last


def _step_left(sentence: Sentence, start: int) -> int:
    """Return how many tokens to the left belong to the noun phrase that begins at ``start``."""
    letters, lowers = sentence.letters, sentence.lowers
    before = letters[start - 1]
    if before in NOMINAL:
        other = letters[start] == "D" and before in "NPK" and lowers[start] not in ("all", "both")
        return 0 if other else 1
    if start < 2:
        return 0
    if before in "QB" and letters[start] in "NPJM" and letters[start - 2] in NOMINAL:
        return 1
    linked = (before in "It" and lowers[start - 1] in _LINKS) or (before == "C" and lowers[start - 1] == "and")
    return 2 if linked and letters[start - 2] in "NPKXM)" else 0


def subject_before(sentence: Sentence, place: int) -> tuple[int, int] | None:
    """Return the subject of the verb group that begins at ``place``, an apposition or a relative clause included."""
    letters = sentence.letters
    end = _before_time(sentence, place)
    if end and letters[end - 1] in "HT":
        antecedent = _antecedent(sentence, end - 1)
        return (antecedent[0], end) if antecedent else (end - 1, end)
    if end > 1 and letters[end - 1] == "," and letters[end - 2] == ")":
        return noun_phrase_before(sentence, end - 1)
    if end and letters[end - 1] in ",-":
        opening = _apposition(letters, end - 1)
        if opening is None:
            return None
        before = noun_phrase_before(sentence, opening)
        return (before[0], end - 1) if before else None
    return noun_phrase_before(sentence, end)


def _before_time(sentence: Sentence, end: int) -> int:
    """Return the place before 'on Tuesday' or 'this week'."""
    letters, lowers = sentence.letters, sentence.lowers
    if end > 2 and letters[end - 1] == "Y":
        end -= 1
        return end - 1 if letters[end - 1] == "I" else end
    if end > 3 and lowers[end - 1] in ("week", "month", "year") and lowers[end - 2] in ("this", "last"):
        return end - 2
    return end


def _antecedent(sentence: Sentence, relative: int) -> tuple[int, int] | None:
    end = relative
    while end and sentence.letters[end - 1] in ",I":
        end -= 1
    return noun_phrase_before(sentence, end)


def _apposition(letters: str, closing: int) -> int | None:
    """Return the mark that opens what a comma or a dash closes, where no main verb stands between."""
    mark = letters[closing]
    relative = letters.rfind(mark + "H", max(0, closing - 40), closing)
    if relative > 0 and letters[relative - 1] in "NPRXMK)QEY" and _FINITE.search(letters, relative + 2, relative + 5):
        return relative
    opening = letters.rfind(mark, max(0, closing - 40), closing)
    while opening > 0:
        inside = letters[opening + 1 : closing]
        if letters[opening - 1] in "NPRXMK)QEY" and inside[:1] and inside[0] not in "C":
            if inside[0] in "HTWVGIb" or not _FINITE.search(inside):
                further = letters.rfind(mark, max(0, closing - 40), opening)
                if further > 0 and not _FINITE.search(letters[further:opening]) and letters[further - 1] in "NP)":
                    inner = letters[further + 1 : opening]
                    if inner and inner[0] in "DJNPM" and len(inner) < 12:
                        opening = further
                return opening
            return None
        opening = letters.rfind(mark, max(0, closing - 40), opening)
    return None


def main_subject(sentence: Sentence, before: int) -> tuple[int, int] | None:
    """Return the subject of the main clause that ends at ``before``.

    It is the subject of a participle (', saying that') or of a coordinated verb ('but said that'): the first
    subject of the sentence, or that of a later clause coordinated with it.
    """
    letters = sentence.letters
    main: tuple[int, int] | None = None
    fallback: tuple[int, int] | None = None
    place = 0
    while place < before:
        if letters[place] in "ALVvWE" and not (place and letters[place - 1] == "t"):
            start = verb_group(sentence, place)
            subject = (place, place + 1) if letters[place] == "E" else subject_before(sentence, start)
            if subject is not None and not _inside_prepositional(letters, subject[0]):
                if letters[subject[1] - 1] in "HT" or (subject[0] and letters[subject[0] - 1] in "SH"):
                    fallback = subject
                elif main is None or _coordinated(letters, subject[0], main):
                    main = subject
        place += 1
    return main or fallback


def _coordinated(letters: str, start: int, earlier: tuple[int, int]) -> bool:
    return start > earlier[1] and ((start > 1 and letters[start - 2 : start] == ",C") or letters[start - 1] in ";:")


def _inside_prepositional(letters: str, start: int) -> bool:
    return start > 0 and letters[start - 1] in "Iba"


def subject_after(sentence: Sentence, place: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins at ``place``, appositions included: 'said Ms Ito, a former envoy'."""
    end = noun_phrase_after(sentence, place)
    if end is None:
        return None
    letters = sentence.letters
    if end < len(letters) and letters[end] == "," and end + 1 < len(letters) and letters[end + 1] in "DJNPMKH":
        stop = end + 1
        finite = "" if letters[stop] == "H" else "AEW"
        while stop < len(letters) and letters[stop] not in ".;-:QGSC,VvL" + finite and stop - end < 25:
            stop += 1
        if stop < len(letters) and letters[stop] in ".,;-":
            end = stop
    return place, end


def noun_phrase_after(sentence: Sentence, place: int) -> int | None:
    """Return where the noun phrase that begins at ``place`` ends, or ``None`` where none begins."""
    letters, lowers = sentence.letters, sentence.lowers
    count = len(letters)
    if place >= count or letters[place] not in "DXMJNPKROEQ":
        return None
    if letters[place] in "ROE":
        return place + 1
    end = place
    while end < count and end - place < _SPAN:
        letter = letters[end]
        if letter in NOMINAL or letter == "Q":
            if letter == "D" and end > place and letters[end - 1] in "NP":
                break
            end += 1
        elif (
            letter in "It"
            and lowers[end] in _LINKS
            and end + 1 < count
            and letters[end + 1] in "DXJNPMK"
            and lowers[end] not in ("on", "to", "with")
        ) or (
            letter == "C"
            and lowers[end] == "and"
            and end + 1 < count
            and letters[end + 1] in "PD"
            and letters[end - 1] == "P"
        ):
            end += 1
        else:
            break
    return end if end > place else None


def clause_end(sentence: Sentence, start: int, *, limit: int, phrase: bool, relative: bool = False) -> int:
    """Return where the content that begins at ``start`` ends.

    Parameters
    ----------
    sentence, start
        The sentence and the content's first token.
    limit
        A token that it cannot reach.
    phrase
        Whether it is a noun phrase or infinitive rather than a clause.
    relative
        Whether its verb stands in a relative clause, which a comma closes.
    """
    letters = sentence.letters
    place, depth = start, 0
    while place < limit:
        letter = letters[place]
        if letter == "(":
            depth += 1
        elif letter == ")":
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and _ends_content(sentence, start, place, limit, phrase=phrase, relative=relative):
            break
        place += 1
    while place > start and letters[place - 1] in ",;-C":
        place -= 1
    return place


def _ends_content(sentence: Sentence, start: int, place: int, limit: int, *, phrase: bool, relative: bool) -> bool:
    letters = sentence.letters
    letter = letters[place]
    if letter in ".;":
        return place + 1 >= limit or letter == ";" or letters[place + 1] != "N"
    if place == start:
        return False
    if letter == ",":
        return _comma_ends(sentence, place, limit, phrase, relative)
    if phrase:
        return _ends_phrase(sentence, start, place, limit)
    return letter == "C" and _speech_follows(sentence, place, limit)


def _ends_phrase(sentence: Sentence, start: int, place: int, limit: int) -> bool:
    """Tell whether a dash, another clause, a coordinated verb or the verb that it is the subject of ends a phrase."""
    letters = sentence.letters
    infinitive = letters[start] == "t"
    letter = letters[place]
    following = letters[place + 1] if place + 1 < limit else " "
    if letter == "C":
        return following in "VvWLARG" and not (infinitive and following == "v")
    subordinate = letter == "S" and sentence.lowers[place] not in ("if", "than", "unless")
    return letter == "-" or subordinate or (letter == "a" and following in "RE")


_COORDINATED = re.compile("C(?:(?:[DXMJNPK]|I(?=[DXMNP]))+|[RE])?[ALZB]*([Vv])")


def _speech_follows(sentence: Sentence, place: int, limit: int) -> bool:
    """Tell whether 'and said' or 'and the envoy said' stands here."""
    match = _COORDINATED.match(sentence.letters, place, limit)
    return match is not None and speaks(sentence.lowers[match.start(1)])


_SUBORDINATE = wordset("while although though whereas")
_NEW_CLAUSE = re.compile("C?[DJXMNPK]+[ALVvW]|[DJXMNPK]+E|C[RVvWLAEBSI]")
_NEW_SPEECH = re.compile(r"[CS]B?(?:[DJXMNPKI]+|[RE])[ALZB]*[Vv]")


def _comma_ends(sentence: Sentence, comma: int, limit: int, phrase: bool, relative: bool) -> bool:
    letters, lowers = sentence.letters, sentence.lowers
    if comma + 1 >= limit or relative or letters[comma + 1] == "G":
        return True
    if _attribution_follows(sentence, comma + 1, limit):
        return True
    following = letters[comma + 1]
    if phrase:
        return following in "HSRAVvWLBIbaTQ." or _NEW_CLAUSE.match(letters, comma + 1, limit) is not None
    contrast = following == "C" or (following == "S" and lowers[comma + 1] in _SUBORDINATE)
    return contrast and lowers[comma + 1] != "and" and _NEW_SPEECH.match(letters, comma + 1, limit) is not None


_PARENTHETICAL = re.compile(
    r"(?:(?:[DXMJNPK]|I(?=[DXNPJ]))+|[RE])[ALZB]*([Vv])[,.;:IYBS-]|[Vv](?:[DXMJNPK]+|R)[,.;:Ib]"
    r"|a[DXMJNPKR]+[ALZB]*([Vv])[,.;:-]"
)


def _attribution_follows(sentence: Sentence, place: int, limit: int) -> bool:
    """Tell whether ', she said' or ', said the minister' or ', according to' stands here."""
    if sentence.lowers[place] == "according":
        return True
    match = _PARENTHETICAL.match(sentence.letters, place, limit)
    if match is None:
        return False
    verb = match.start(1) if match.group(1) else match.start(2) if match.group(2) else place
    return speaks(sentence.lowers[verb])
