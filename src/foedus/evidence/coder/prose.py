"""A text as the parser reads it best, letter for letter: without datelines, broken words and words that mislead it."""

from __future__ import annotations

import re

from foedus.evidence.readers.hyphens import join_lines

_POSITIONED = re.compile(r"\bin a position(?= to [a-z])")
"""A long word for 'able', after which the parser takes the verb for a clause of its own."""

_BROKEN = re.compile(r"\b([A-Za-z]{2,20})-\n([a-z]{2,20})\b")
_DATELINE = re.compile(
    r"(?m)^[ \t]*[A-Z][A-Z.'\u00c0-\u00dc-]+(?:[ ,/][ ]?[A-Z][A-Z.'\u00c0-\u00dc-]+){0,4}"
    r"(?:, [A-Z][a-z]{2,9}\.? \d{1,2}(?:, \d{4})?)?(?: \([A-Z][A-Za-z ]{1,20}\))?,? ?"
    r"(?:--|-|\u2013|\u2014|\u2022|\u00b7)[ ]"
)
"""A city in capitals at the head of a paragraph, where a text was written: 'VIENNA (AP) --'."""

_PLACED = re.compile(
    r"(?m)^[ \t]*(?:[A-Z][A-Z.'\u00c0-\u00dc-]{2,}(?: [A-Z][A-Z.'\u00c0-\u00dc-]+){0,3}(?:, [A-Z][a-z]+){1,2}"
    r"(?: [A-Z][a-z]+){0,2}(?:, [A-Z][a-z]{2,9}\.? \d{1,2})?(?: \([A-Z][A-Za-z ]{1,20}\))?"
    r"|[A-Z][a-z\u00df-\u00ff'-]+(?: [A-Z][a-z'-]+){0,2}, [A-Z][a-z]+(?: [A-Z][a-z]+){0,2} \([A-Z][A-Za-z ]{1,20}\))"
    r",? ?(?:--|-|\u2013|\u2014|\u2022|\u00b7)[ ](?=[A-Z\"\u201c])"
)
"""A city with its country, the one in capitals or an agency named after both: 'NAIROBI, Kenya -'."""

_ASIDE = re.compile(r"(?<=\band), [a-z][a-z' -]{2,45},(?= [A-Z])")
"""What parts the last name from a list: 'Peru, Chile and, a little later, | Panama'."""

_SINCE = re.compile(
    r"(?<=\bhas|\bhad) (?:since (?:\w+ ){0,2}[a-z]+|(?:for|over|in|during|throughout) (?:[a-z]+ ){0,4}"
    r"(?:decades?|years?|months?|weeks?|days|time|while|long)(?: now)?)(?= (?:been )?[a-z]+(?:ed|en|ung|ought|un)\b)"
)
"""What parts 'has' from its participle: 'had | for months objected', which the parser then takes for a noun's."""

_AS_LATE = re.compile(r"(?<=(?:which|, who) )as (?:late|recently) as(?= [A-Z0-9])")
"""What the parse takes for a comparison: 'which | as late as April had opposed it'."""

AGAIN = re.compile(r"\b([Rr]e)-([a-z]{4,20})\b")
"""A word for doing something again, which the parser takes apart: 're-admission'."""

_ONLY_THIS = re.compile(r"\bnothing (?:less than|short of)(?= )", re.IGNORECASE)
"""What says that it is this and no other: 'will accept | nothing less than a levy'."""


def as_prose(plain: str, marked: str) -> str:
    """Return a text of the same length without datelines, with words put together that a line's end has broken."""
    for pattern in (_DATELINE, _PLACED):
        for placed in pattern.finditer(marked):
            plain = plain[: placed.start()] + " " * len(placed.group()) + plain[placed.end() :]
    for match in _BROKEN.finditer(marked):
        first, second = match.groups()
        joined = join_lines([f"{first}-", second])
        if "-" not in joined:
            plain = plain[: match.start()] + joined.ljust(len(match.group())) + plain[match.end() :]
    plain = AGAIN.sub(lambda match: f"{match[1]}{match[2]} ", plain)
    plain = _POSITIONED.sub("able         ", plain)
    plain = _AS_LATE.sub(lambda match: "in".ljust(len(match.group())), plain)
    for aside in (_ASIDE, _SINCE, _ONLY_THIS):
        plain = aside.sub(lambda match: " " * len(match.group()), plain)
    return plain.replace("pct. ", "pct  ")
