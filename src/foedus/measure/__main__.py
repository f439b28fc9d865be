"""Make the packaged values anew: ``python -m foedus.measure FOLDER``."""

import sys

from foedus.measure.packaged import rebuild

if len(sys.argv) != 2:
    sys.exit("usage: python -m foedus.measure FOLDER, with the tables of the package unvotes as Parquet")
rebuild(sys.argv[1])
