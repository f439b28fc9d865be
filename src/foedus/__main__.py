"""``python -m foedus`` is the command ``foedus``."""

import os
import sys

if __name__ == "__main__":
    # ``-m`` puts the current folder first; a json.py in somebody's folder of documents is not to be run.
    if sys.path and os.path.realpath(sys.path[0]) == os.path.realpath(os.getcwd()):  # noqa: PTH109 (pathlib is not loaded yet)
        del sys.path[0]
    from foedus.cli import main

    main()
