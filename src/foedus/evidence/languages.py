"""Which language a text is in, by its commonest words or its script."""

from __future__ import annotations

import itertools
import re
from collections import Counter

_WORDS: dict[str, str] = {
    "en": "the of and to in that is was for on with as by at from it has have not but are be this which will "
    "would said a an no so we they he his i or who had were been their its more there do if us",
    "fr": "le la les de des et en un une que qui dans pour sur est pas au aux par avec ce cette sont mais ne se du",
    "de": "der die das und in den von zu mit ist des im nicht ein eine auf für sich dem auch als es an werden wird hat",
    "es": "el la los las de y en que un una por con para del se es no su al lo como más pero sus ha fue este",
    "it": "il lo la gli le di e che un una per in con del della non è si da sono dei alla nel anche come ha più",
    "pt": "o a os as de e que em um uma para com não por do da dos das no na se ao mais como foi seu são",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er om ook door maar bij naar wordt heeft",
    "sv": "och att det i en som på är av för med till den har inte om ett men var de sig från vi kan",
    "da": "og at det i en som på er af for med til den har ikke om et men var de sig fra vi kan blev",
    "no": "og at det i en som på er av for med til den har ikke om et men var de seg fra vi kan ble",
    "fi": "ja on ei se että oli hän mutta ovat myös kuin joka tai kun niin ole sen ovat jos mukaan",
    "pl": "i w na z że się nie do jest to o jak ale po za od przez dla są oraz który tym",
    "cs": "a v na se že je s z do o to i ve pro za by ale jako po jsou jeho který tak při",
    "sk": "a v na sa že je s z do o to aj vo pre za by ale ako po sú jeho ktorý tak pri",
    "hu": "a az és hogy nem is egy de van volt ez csak már mint meg még vagy el azt ki",
    "ro": "și de în la a cu nu că pe un o este din să mai care pentru ce au fost sau",
    "tr": "ve bir bu da de için ile çok olarak daha gibi en olan kadar ne sonra ama değil var",
    "et": "ja on ei et see oli ka kui aga või mis ta oma siis nii selle mida kes",
    "lt": "ir kad yra į iš su bet kaip tai o ne buvo jis nuo apie dėl savo per už",
    "lv": "un ir ka no ar uz par bet kas tas arī kā viņš nav to pie pēc lai vai",
    "id": "yang dan di dari dengan untuk pada ini itu tidak dalam akan adalah ke telah oleh sebagai juga",
    "vi": "và của là có trong được cho không với các một những này đã người đến khi để",
    "ru": "и в не на что с по как к из за от это был его для но а о у он же бы так было быть",
    "uk": "і в не на що з по як до із за від це був його для але та а у він же б так було бути",
    "el": "και το του της η ο να με για στο την που από δεν θα είναι τα στην τον οι στη των ότι μας σε ένα μια",
}
_COMMON: dict[str, str] = {
    "zh": "的一是在不了有和人这中大为上个国我以要他时来用们到作地于出就分对成会可主发年动同也能下过说而方后多定行法所民"
    "得经十三之进等部度家自二理小现实加都两本应开合因由其前外政日事平相全表间与关各重新反明或但第向月公立代已通提日京東"
    "這個們為時來說過國會對發動經進與關開應無設",
    "ko": "이다는에을의가고한도은로하지를서사부대기해정인자아국장원으과일있회",
}
"""The commonest characters of languages that put no blanks between words, or inflect theirs."""

_STOP = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LETTERS: dict[str, str] = {
    "en": "éèêëïöüçñ£€", "fr": "àâæçéèêëîïôœùûüÿ€", "de": "äöüß€", "es": "áéíñóúü¿¡€", "it": "àèéìíòóù€",
    "pt": "ãõáàâéêíóôúüç€", "nl": "éèëïóöü€", "sv": "åäöé", "da": "æøåé", "no": "æøåéòô", "fi": "äöåšž",
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "ro": "ăâîșțşţ",
    "tr": "çğıöşüiâîû", "et": "õäöüšž", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "id": "é",
    "vi": "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
"""The letters of each language that English has not."""

_PUNCTUATION = frozenset(
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u00ab\u00bb\u2039\u203a\u00a0\u00b0\u00a7\u2022\u20ac\u00a9"
)
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_UKRAINIAN = re.compile("[\u0456\u0457\u0454\u0491]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_LEAST = 0.08
_SHORT, _FEW = 30, 4
"""Of fewer words than the first, a text is in the expected language unless its words say otherwise; fewer than the
second say little."""

NAMES: dict[str, str] = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish",
    "cs": "Czech", "sk": "Slovak", "hu": "Hungarian", "ro": "Romanian", "tr": "Turkish", "et": "Estonian",
    "lt": "Lithuanian", "lv": "Latvian", "id": "Indonesian", "vi": "Vietnamese", "ja": "Japanese",
    "ko": "Korean", "zh": "Chinese", "el": "Greek", "he": "Hebrew", "ar": "Arabic", "hi": "Hindi", "th": "Thai",
    "ka": "Georgian", "hy": "Armenian", "ru": "Russian", "uk": "Ukrainian", "und": "an unknown language",
}  # fmt: skip
"""English names of the languages that are told apart, by ISO 639-1."""


def language_of(text: str, expected: str = "en") -> str:
    """Return the ISO 639-1 code of a text's language, or ``und`` where it cannot be told.

    A script that few languages share decides by itself; else the share of each language's commonest words. A text of
    few words is taken to be in the expected language, unless its words say otherwise.

    Parameters
    ----------
    text
        The text; its first 20,000 characters are looked at.
    expected
        The language of most texts that are read with it, as a dossier names it.

    Examples
    --------
    >>> language_of("The ministers met in Brussels and said that the office is not planned.")
    'en'
    >>> language_of("Norway to veto a Tokyo office."), language_of("Norge sier nei til Tokyo.", "no")
    ('en', 'no')
    >>> language_of("Les ministres se sont réunis à Bruxelles et le bureau n'est pas prévu dans le texte.")
    'fr'
    """
    sample = text[:_SAMPLE].replace("\u0130", "i")  # whose small letter would be two
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return "und"
    script = _by_script(sample, letters)
    if script:
        return script
    words, shares = _shares(sample)
    beyond = [letter for letter in sample.lower() if letter > "\x7f" and letter.isalpha()]

    def score(language: str) -> tuple[float, float]:
        own = sum(_own(letter, language) for letter in beyond) / len(beyond) if beyond else 1.0
        return shares[language] * (0.5 + own), own

    best = max(_LETTERS, key=score)
    if words.total() < _SHORT and expected in _LETTERS and not _says_otherwise(words, best, expected):
        return expected
    return best if shares[best] >= _least(words, beyond) else "und"


def _least(words: Counter[str], beyond: list[str]) -> float:
    """Return the share of common words from which a language is told: less where its letters tell it as well."""
    return _LEAST / 2 if 10 * len(beyond) > words.total() else _LEAST


def _says_otherwise(words: Counter[str], best: str, expected: str) -> bool:
    """Tell whether a short text is in another language than expected, by words that only one of the two has.

    "To veto a Tokyo office" has two of the commonest Czech words, and English has them too.
    """
    theirs = sum(word in _STOP[best] - _STOP[expected] for word in words)
    ours = sum(word in _STOP[expected] - _STOP[best] for word in words)
    odd = sum(any(letter > "\x7f" and letter not in _LETTERS[expected] for letter in word) for word in words)
    if 5 * odd > words.total():
        return True
    return theirs > ours and (theirs > 1 or (ours == 0 and words.total() >= _FEW))


def fit(text: str) -> tuple[float, str]:
    """Return how well a text reads as the language that it fits best, 0 to 1, and that language's English name.

    It is the share of the letters beyond ASCII that the language has, less by up to a quarter where its commonest words
    are rare. For finding the encoding of bytes: in a wrong one, neither letters nor words are those of any language.

    Examples
    --------
    >>> fit("Österreich prüft die Größe des Büros und das ist schön.")[1]
    'German'
    >>> fit("Ã–sterreich prÃ¼ft die GrÃ¶ÃŸe")[0] < 0.5
    True
    """
    sample = text[:_SAMPLE]
    beyond = [letter for letter in sample.lower() if letter > "\x7f"]
    letters = sum(map(str.isalpha, sample))
    if not beyond or not letters:
        return 0.0, NAMES["und"]
    script = _by_script(sample, letters)
    _, shares = _shares(sample)
    pairs = itertools.pairwise(sample)
    misplaced = sum(left.islower() and right.isupper() and right > "\x7f" for left, right in pairs) / len(beyond)
    candidates = [script] if script else list(_LETTERS)

    def score(language: str) -> float:
        good = sum(letter in _PUNCTUATION or _own(letter, language) for letter in beyond) / len(beyond)
        usual = shares.get(language, 0.0)
        if language in _COMMON:
            usual = sum(sample.count(word) for word in _COMMON[language]) / letters
        return good * (0.75 + 0.25 * min(1.0, usual / 0.2)) - misplaced

    best = max(candidates, key=score)
    return score(best), NAMES[best]


def _by_script(sample: str, letters: int) -> str:
    for language, pattern in _SCRIPTS:
        count = len(pattern.findall(sample))
        if count > letters * (0.1 if language == "ja" else 0.4):
            return "uk" if language == "ru" and len(_UKRAINIAN.findall(sample)) > count * 0.02 else language
    return ""


_WIDE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]")


def _own(letter: str, language: str) -> bool:
    if language in _LETTERS:
        return letter in _LETTERS[language]
    if language in ("ja", "zh", "ko") and _WIDE.match(letter):
        return True
    pattern = next((script for name, script in _SCRIPTS if name == ("ru" if language == "uk" else language)), None)
    return bool(pattern and pattern.match(letter))


def _shares(sample: str) -> tuple[Counter[str], dict[str, float]]:
    words = Counter(_WORD.findall(sample.casefold()))
    total = max(words.total(), 1)
    return words, {language: sum(words[word] for word in stop) / total for language, stop in _STOP.items()}
