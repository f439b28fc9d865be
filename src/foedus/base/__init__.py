"""Foundations that every room stands on and that know nothing of alliances."""
