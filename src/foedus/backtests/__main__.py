"""``python -m foedus.backtests FILE DAY``: fit again and replace the packaged parameters.

``python -m foedus.backtests tested`` scores the packaged consensus set again and replaces the packaged scores.

``python -m foedus.backtests agreement`` prints how far the second pass over the packaged set agrees with the first.
"""

import sys

from foedus.backtests.fitting import main
from foedus.backtests.second_pass import write_agreement
from foedus.backtests.testing import write_tested

if sys.argv[1:] == ["tested"]:
    write_tested()
elif sys.argv[1:] == ["agreement"]:
    write_agreement()
else:
    main(sys.argv[1:])
