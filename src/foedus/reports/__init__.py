"""Answers for people: charts, the brief, one self-contained page, Word."""

from foedus.reports.judgement import Judgement, judge
from foedus.reports.save import save_pages, save_report

__all__ = ["Judgement", "judge", "save_pages", "save_report"]
