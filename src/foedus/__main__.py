"""``python -m foedus`` is the command ``foedus``."""

from foedus.cli import main

if __name__ == "__main__":
    main()
