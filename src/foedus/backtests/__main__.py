"""``python -m foedus.backtests FILE DAY``: fit again and replace the packaged parameters.

``python -m foedus.backtests tested`` scores the packaged consensus set again and replaces the packaged scores.
"""

import sys

from foedus.backtests.fitting import main
from foedus.backtests.testing import write_tested

if sys.argv[1:] == ["tested"]:
    write_tested()
else:
    main(sys.argv[1:])
