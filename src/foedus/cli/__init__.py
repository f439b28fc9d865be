"""The command ``foedus``: one command a file, no logic."""

import os

# The matrices here are small: a second thread of the linear algebra costs more than it saves. NumPy reads this when it
# is first imported, by a command when it runs.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# No plugin of pydantic's looks into what Foedus reads; looking for them reads the metadata of every installed package.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from foedus.cli.app import main

__all__ = ["main"]
