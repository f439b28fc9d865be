"""Texts made to stall a reader are coded at once; a pattern that begins anew at every place takes hours."""

from __future__ import annotations

import pytest

from foedus.dossiers import Dossier
from foedus.evidence.coders import RuleCoder
from foedus.evidence.readers import document_of

LENGTH = 200_000
SAID = "Norway said that the liaison office in Tokyo should open."
HOSTILE = {
    "blanks after a name": "John Smith" + " " * LENGTH + "x",
    "blanks after a state": "Norway" + " " * LENGTH + "said it.",
    "one long name": "A-" * (LENGTH // 2),
    "one long word": "A" * LENGTH,
    "blanks that are none": "\u00a0" * LENGTH,
    "figures": "1" * LENGTH,
    "combining marks": "a" + "\u0301" * LENGTH,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_text_made_to_stall_is_coded_and_hides_nothing(tokyo: Dossier, name: str) -> None:
    document = document_of("x.txt", f"{SAID}\n\n{HOSTILE[name]}\n".encode())
    coded = RuleCoder().code(document, tokyo.world, tokyo.concepts)
    assert ("NOR", "office", 1) in {(one.actor, one.concept, one.stance) for one in coded.candidates}


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_a_heading_of_blanks_and_marks_is_read(suffix: str) -> None:
    text = "# a" + " " * LENGTH + "b\n" + "<" * 50_000 + "\n" + "&" * 50_000 + "\n" + SAID + "\n"
    assert SAID in document_of(f"x{suffix}", text.encode()).text
