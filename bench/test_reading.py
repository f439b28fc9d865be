"""How fast: characters read, attributed and coded per second on one core. Run by ``make timings``."""

from __future__ import annotations

from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.evidence.coder import attributions, code
from foedus.evidence.duplicates import signature
from foedus.evidence.readers import document_of

_PARAGRAPH = (
    "The minister said on Tuesday that the new pier would open, but pilots oppose the plan and want a vote first. "
    "\u201cNobody asked us,\u201d said Ana Lind, who has steered ships for twenty years. \u201cWe will not move.\u201d "
    "According to the council, France and Germany have offered to pay for the office in Tokyo, which critics call "
    "\u201ca gift to nobody.\u201d Norway, a partner for long, has urged the alliance to wait until the summit.\n\n"
)
TEXT = "".join(f"{number}. {_PARAGRAPH}" for number in range(400))


def _rate(benchmark) -> None:
    benchmark.extra_info["characters"] = len(TEXT)
    if benchmark.stats:
        benchmark.extra_info["characters_per_second"] = len(TEXT) / benchmark.stats.stats.median


def test_reading_a_text(benchmark) -> None:
    benchmark(document_of, "story.txt", TEXT.encode())
    _rate(benchmark)


def test_finding_attributions(benchmark) -> None:
    benchmark(lambda: list(attributions(TEXT)))
    _rate(benchmark)


def test_coding_statements(benchmark) -> None:
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    document = document_of("story.txt", TEXT.encode())
    benchmark(code, document, dossier.world, dossier.concepts)
    _rate(benchmark)


def test_signing_for_duplicates(benchmark) -> None:
    benchmark(signature, TEXT)
    _rate(benchmark)
