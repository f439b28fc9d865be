"""``python -m foedus.backtests FILE DAY``: fit again and replace the packaged parameters.

``python -m foedus.backtests tested`` scores the packaged consensus set again and replaces the packaged scores.
``python -m foedus.backtests silence`` tells whether measured distance says where a silent member stands.
"""

import sys

from foedus.backtests.fitting import main
from foedus.backtests.silence import silence
from foedus.backtests.testing import write_tested

if sys.argv[1:] == ["tested"]:
    write_tested()
elif sys.argv[1:] == ["silence"]:
    print(silence())  # noqa: T201 - a maintainer's tool
else:
    main(sys.argv[1:])
