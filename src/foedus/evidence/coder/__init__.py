"""The offline coder: attributions by rules, who is meant, on which concept, with which stance."""

from foedus.evidence.coder.attributions import Attribution, attributions
from foedus.evidence.coder.candidate import CODER, Candidate
from foedus.evidence.coder.candidates import code, propose

__all__ = ["CODER", "Attribution", "Candidate", "attributions", "code", "propose"]
