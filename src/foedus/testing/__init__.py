"""What any model must keep: sittings to try it on, a catalogue of properties, a suite that tests what a card claims."""

from foedus.testing.sittings import random_sitting, reordered, rescaled, sitting_of, some_draws

__all__ = ["random_sitting", "reordered", "rescaled", "sitting_of", "some_draws"]
