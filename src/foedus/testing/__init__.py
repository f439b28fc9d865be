"""What any model must keep: sittings to try it on, a catalogue of properties, a suite that tests what a card claims."""

from foedus.testing.counterexamples import counterexample, find_counterexample
from foedus.testing.properties import PROPERTIES, Property, check_property, properties_of
from foedus.testing.sittings import random_sitting, reordered, rescaled, sitting_of, some_draws
from foedus.testing.suite import check_model, checks_of, duplicates

__all__ = [
    "PROPERTIES",
    "Property",
    "check_model",
    "check_property",
    "checks_of",
    "counterexample",
    "duplicates",
    "find_counterexample",
    "properties_of",
    "random_sitting",
    "reordered",
    "rescaled",
    "sitting_of",
    "some_draws",
]
