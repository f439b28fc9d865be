"""Which language a text is in, by its commonest words or its script."""

from __future__ import annotations

import re
from collections import Counter

_WORDS: dict[str, str] = {
    "en": "the of and to in that is was for on with as by at from it has have not but are be this which will "
    "would said",
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
}
_STOP = {language: frozenset(words.split()) for language, words in _WORDS.items()}
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
"""Of fewer words, in letters that English has, fewer than so many common ones tell no language: English is assumed."""

NAMES: dict[str, str] = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish",
    "cs": "Czech", "sk": "Slovak", "hu": "Hungarian", "ro": "Romanian", "tr": "Turkish", "et": "Estonian",
    "lt": "Lithuanian", "lv": "Latvian", "id": "Indonesian", "vi": "Vietnamese", "ja": "Japanese",
    "ko": "Korean", "zh": "Chinese", "el": "Greek", "he": "Hebrew", "ar": "Arabic", "hi": "Hindi", "th": "Thai",
    "ka": "Georgian", "hy": "Armenian", "ru": "Russian", "uk": "Ukrainian", "und": "an unknown language",
}  # fmt: skip
"""English names of the languages that are told apart, by ISO 639-1."""


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or ``und`` where it cannot be told.

    A script that few languages share decides by itself; else the share of each language's commonest words.

    Parameters
    ----------
    text
        The text; its first 20,000 characters are looked at.

    Examples
    --------
    >>> language_of("The ministers met in Brussels and said that the office is not planned.")
    'en'
    >>> language_of("Norway to veto a Tokyo office.")
    'en'
    >>> language_of("Les ministres se sont réunis à Bruxelles et le bureau n'est pas prévu dans le texte.")
    'fr'
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return "und"
    for language, pattern in _SCRIPTS:
        found = len(pattern.findall(sample))
        if found > letters * (0.1 if language == "ja" else 0.4):
            return "uk" if language == "ru" and len(_UKRAINIAN.findall(sample)) > found * 0.02 else language
    words = Counter(_WORD.findall(sample.casefold()))
    total = words.total()
    shares = {language: sum(words[word] for word in stop) / total for language, stop in _STOP.items()}
    best = max(shares, key=lambda language: shares[language])
    if total < _SHORT and sample.isascii() and sum(words[word] > 0 for word in _STOP[best]) < _FEW:
        return "en"
    return best if shares[best] >= _LEAST else "und"
