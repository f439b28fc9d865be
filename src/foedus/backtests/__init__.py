"""Scores of the models against decisions with known outcomes."""
