"""Answers for people: charts, the brief, one self-contained page, Word."""

from foedus.reports.judgement import Judgement, judge

__all__ = ["Judgement", "judge"]
