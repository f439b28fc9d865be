"""One thread for linear algebra: the tests run side by side, and threads of one would wait for those of the others.

What is not collected where Numba cannot be imported is named here; any other file that cannot be imported is an error.
"""

import os
from importlib.util import find_spec

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

collect_ignore_glob = [] if find_spec("numba") else ["src/foedus/influence/compiled/*"]
