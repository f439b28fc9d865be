"""A light tagger: every word gets one letter, so that a rule is a regular expression over a sentence's letters.

A closed-class lexicon and suffixes decide; words that may be a noun or a verb are decided by their neighbours.
"""

from __future__ import annotations

from foedus.evidence.coder.lexicon import ADJECTIVES, NOUNS, VERB_FORMS
from foedus.evidence.coder.wordlists import wordset

LETTERS: dict[str, str] = {
    "D": "determiner or possessive pronoun",
    "X": "possessive noun: the alliance's",
    "M": "number",
    "J": "adjective",
    "N": "noun",
    "P": "proper noun",
    "R": "pronoun that can be a subject",
    "O": "pronoun that cannot",
    "E": "pronoun joined to an auxiliary: they've",
    "H": "relative or interrogative word",
    "T": "that",
    "A": "form of be, have or do",
    "L": "modal",
    "Z": "negation",
    "B": "adverb",
    "t": "to",
    "b": "by",
    "a": "as",
    "I": "other preposition",
    "C": "and, or, but",
    "S": "subordinating conjunction",
    "Y": "day, month or other word of time",
    "V": "verb of attribution: past tense or participle",
    "v": "verb of attribution: base or third person",
    "G": "verb of attribution: -ing",
    "K": "noun of attribution",
    "k": "adjective of attribution",
    "W": "any other verb",
    "Q": "a whole quotation",
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
    "-": "dash",
    "(": "opening bracket",
    ")": "closing bracket",
    ".": "end of a sentence",
}
"""What the letters mean."""


def _words(letter: str, words: str) -> dict[str, str]:
    return dict.fromkeys(words.split(), letter)


CLOSED: dict[str, str] = {
    **_words("D", "the a an this these those my your his its our their some any no every each all both many most"),
    **_words("D", "several few another such much more less various certain half"),
    **_words("R", "i he she it we they you one everyone everybody someone somebody nobody others anyone none neither"),
    **_words("O", "me him her us them himself herself itself themselves ourselves myself yourself"),
    **_words("E", "i'm i've i'd i'll he's he'd he'll she's she'd she'll it's it'd it'll we're we've we'd we'll"),
    **_words("E", "they're they've they'd they'll you're you've you'd you'll there's that's here's"),
    **_words("H", "who which whom whose whether what how why where whatever whoever whichever"),
    **_words("T", "that"),
    **_words("A", "am is are was were be been being has have had having do does did doing"),
    **_words("L", "will would can could may might must shall should ought cannot"),
    **_words("Z", "not never n't"),
    **_words("A", "isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't ain't"),
    **_words("L", "won't wouldn't can't couldn't shouldn't mustn't needn't"),
    **_words("B", "also then now just only still already even ever often always again once soon later earlier"),
    **_words("B", "ago yet instead rather quite very too so thus therefore however perhaps maybe here there far"),
    **_words("B", "likely really recently previously publicly repeatedly"),
    **_words("B", "almost nearly twice together indeed meanwhile nevertheless nonetheless otherwise besides else"),
    **_words("B", "long well away back up down out off over straight aloud sometimes seldom first"),
    **_words("t", "to"),
    **_words("b", "by"),
    **_words("a", "as"),
    **_words("I", "of in on at for with from about into against between among amongst through during under over"),
    **_words("I", "within without across along around behind beyond near toward towards upon onto despite per"),
    **_words("I", "via amid amidst like unlike including regarding concerning throughout alongside beside besides"),
    **_words("I", "above below inside outside except versus off up down out ahead"),
    **_words("C", "and or but nor"),
    **_words("S", "if while because although though when since unless until after before once whereas than lest"),
    **_words("Y", "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight"),
    **_words("Y", "january february march april june july august september october november december"),
    **_words("M", "two three four five six seven eight nine ten eleven twelve hundred thousand million billion dozen"),
}
"""Closed classes; a word in two of them has the letter written last."""

_VERBS = wordset(
    "go goes went gone going come comes came coming make makes made making take takes took taken taking get "
    "gets got getting give gives gave given giving keep keeps kept keeping let lets put puts putting run runs "
    "ran running turn turns turned turning bring brings brought bringing leave leaves left leaving begin "
    "begins began begun start starts started stop stops stopped become becomes became becoming remain remains "
    "remained hold held stand stands stood win wins won winning lose loses lost losing face faces faced use "
    "uses used using work works worked working help helps helped move moves moved moving grow grows grew "
    "grown meet meets met meeting lead leads led leading pay pays paid paying build builds built building "
    "send sends sent sending fall falls fell rise rises rose cut cuts set sets change changed include "
    "includes included involve involves involved serve serves served happen happens happened provide provides "
    "provided raise allow spend spent buy bought sell sold join joins joined continue continued follow "
    "follows followed create creates created open opens opened close closed reach reached deploy deployed "
    "deploys strengthen strengthens strengthened deepen deepens deepened expand expanded expands increase "
    "increased drop dropped block blocks blocked carry carried try tries tried trying fail failed fails seem "
    "seems seemed appear appears appeared look looks looked looking play plays played die died kill killed "
    "hit hurt end ended live lived"
)

_CLOSED_GET = CLOSED.get
_ADVERB_NOT = wordset("family only early likely ally rally assembly supply july reply apply italy daily friendly")


_NOUNS = wordset(
    "official rival general individual journal proposal tribunal approval executive representative narrative "
    "initiative "
    "detective relative conservative progressive public critic republic clinic music traffic secretary adversary "
    "commentary anniversary primary summary library military logic topic tactic ethic politic arsenal funeral signal "
    "denial trial radical liberal professional criminal arrival survival removal withdrawal refusal referral "
    "appraisal "
    "capital hospital festival animal material potential principal cardinal admiral marshal territory diary salary "
    "vocabulary mechanic panic metric fanatic skeptic republic statistic rhetoric objective incentive motive archive "
    "perspective alternative operative fugitive captive vehicle variable table cable principle people article"
)
"""Nouns that look like adjectives."""


def letter_of(word: str, lower: str) -> str:
    """Return the letter of one word by itself; ``u`` where a neighbour must decide.

    Parameters
    ----------
    word, lower
        The word as written and in lower case, quotation marks folded.
    """
    closed = _CLOSED_GET(lower)
    if closed is not None:
        if word == "US":
            return "P"
        return "P" if closed in "LSIHB" and word[0].isupper() and lower in _ALSO_NAMES else closed
    if lower.endswith(("'s", "s'")):
        return "X"
    if word[0].isdigit() or word[0] in "$%€£":
        return "M"
    return _OPEN.get(lower) or _by_shape(word, lower)


def _by_shape(word: str, lower: str) -> str:
    if word[0].isupper():
        return "P"
    if lower in _NOUNS:
        return "N"
    if lower.endswith("ly") and lower not in _ADVERB_NOT:
        return "B"
    if lower.endswith(("able", "ible", "ful", "ous", "ive", "less", "ish")) or (
        lower.endswith(("al", "ic", "ary")) and len(lower) > 5
    ):
        return "J"
    if lower.endswith("ed") and len(lower) > 4:
        return "W"
    return "N"


_OPEN: dict[str, str] = {
    **dict.fromkeys(_VERBS, "W"),
    **dict.fromkeys(ADJECTIVES, "k"),
    **dict.fromkeys(NOUNS, "K"),
    **{word: form.letter for word, form in VERB_FORMS.items()},
}
_ALSO_NAMES = wordset("may will")


_ALONE = wordset("some many most all both several few each another this these those half none either")
"""Determiners that stand for a noun phrase by themselves."""


def settle(letters: list[str], lowers: list[str], words: list[str]) -> None:
    """Decide by their neighbours the words that may be a noun, a name or a verb; in place.

    Parameters
    ----------
    letters
        One letter a token; ``u`` marks a base form and ``w`` a form in -s that may also be a noun.
    lowers, words
        The tokens in lower case and as written.
    """
    count = len(letters)
    for place, letter in enumerate(letters):
        if letter not in "uwVvGW":
            if letter == "B" and lowers[place] == "back" and _backs(letters, lowers, place):
                letters[place] = "v"
            elif letter == "B" and lowers[place] == "there" and place + 1 < count and letters[place + 1] in "AL":
                letters[place] = "R"
            continue
        before = letters[place - 1] if place else ""
        if letter == "W":
            if before in ("D", "X", "J") and lowers[place].endswith(("ed", "en")) and place + 1 < count:
                letters[place] = "J" if letters[place + 1] in "NPKJMuw" else "W"
            continue
        if words[place][0].isupper() and place and before not in ".:Q(" and letter != "G":
            inflected = letter in "Vv" and lowers[place].endswith(("s", "ed", "said"))
            if not (inflected and before in ("P", "X", "B", "R", ",")):
                letters[place] = "P"
                continue
        if letter in "uw":
            after = letters[place + 1] if place + 1 < count else ""
            letters[place] = (
                "v" if _is_verb(letter, before, after, lowers, place) else "K" if lowers[place] in NOUNS else "N"
            )
        elif letter in "Vv" and before in ("D", "X") and lowers[place - 1] not in _ALONE:
            after = letters[place + 1] if place + 1 < count else ""
            letters[place] = "J" if after in "NPKJuw" and after else "N"


def _backs(letters: list[str], lowers: list[str], place: int) -> bool:
    """Tell whether 'back' is the verb: 'would back the plan', 'the allies back it'."""
    before = letters[place - 1] if place else ""
    after = letters[place + 1] if place + 1 < len(letters) else ""
    if not after or after not in "DXPJOu":
        return False
    return before in ("L", "t", "R") or (before in ("N", "P", "K") and after in "DXPO" and lowers[place - 1][-1] != "d")


def _is_verb(letter: str, before: str, after: str, lowers: list[str], place: int) -> bool:
    """Tell whether a word that may be a noun or a verb is a verb here."""
    if before and (before in "DJXMIbKka" or (letter == "w" and before in "vV" and after in ("t", "I"))):
        return False
    if before and before in "tLRZEBH":
        return not (before in "BZ" and after in ("I", "b"))
    if before == "A":
        return lowers[place - 1] in ("do", "does", "did", "don't", "doesn't", "didn't")
    return (after != "" and after in "TDREOXHt") or _stands_as_verb(letter, before, after, lowers, place)


def _stands_as_verb(letter: str, before: str, after: str, lowers: list[str], place: int) -> bool:
    if letter == "w":
        return before in tuple("PNC,T)QY-") and after not in tuple("IbALC")
    previous = lowers[place - 1] if place else ""
    plural = previous.endswith("s") and not previous.endswith(("ss", "us", "is"))
    return before in ("N", "P") and plural and after not in ("A", "L")
