"""``python -m foedus.testing MODEL``: store a case against each property that the card of a packaged model refutes."""

import sys

from foedus.base.errors import FoedusError
from foedus.influence import INFLUENCES
from foedus.settlement import find_model
from foedus.testing.counterexamples import write_counterexamples

if len(sys.argv) != 2:
    sys.exit("usage: python -m foedus.testing MODEL, such as mean")
try:
    missing = write_counterexamples(INFLUENCES.get(sys.argv[1]) or find_model(sys.argv[1]))
except FoedusError as error:
    sys.exit(str(error))
if missing:
    sys.exit(f"no case against {', '.join(missing)} was found: the model may have the property")
