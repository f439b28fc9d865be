"""Documents and what they say: sources and coded statements."""

from foedus.evidence.records import (
    ABSTENTION,
    CONSENT,
    KINDS,
    MARKINGS,
    NOT_STATED,
    OWN_NOTE,
    OWN_WORDS,
    Source,
    Statement,
    check_marking,
    highest,
    marking_rank,
)

__all__ = [
    "ABSTENTION",
    "CONSENT",
    "KINDS",
    "MARKINGS",
    "NOT_STATED",
    "OWN_NOTE",
    "OWN_WORDS",
    "Source",
    "Statement",
    "check_marking",
    "highest",
    "marking_rank",
]
