"""What is learned from decisions with known outcomes: distributions, mixtures of models, and how they were scored."""

from foedus.ensembles.ensemble import Component, Ensemble

__all__ = ["Component", "Ensemble"]
