"""``python -m foedus.strategy.record``: print how far the second coding of acts agrees with the first."""

import sys

from foedus.strategy.record.second_pass import agreement_in_words
from foedus.world import packaged_world

sys.stdout.write(agreement_in_words(packaged_world()) + "\n")
