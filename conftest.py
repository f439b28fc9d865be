"""One thread for linear algebra: the tests run side by side, and threads of one would wait for those of the others."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
