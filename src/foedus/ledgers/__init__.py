"""Forecasts on record, each chained to the one before, and their scores once outcomes are known."""
