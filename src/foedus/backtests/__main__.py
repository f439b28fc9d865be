"""``python -m foedus.backtests FILE DAY``: fit again and replace the packaged parameters."""

import sys

from foedus.backtests.fitting import main

main(sys.argv[1:])
