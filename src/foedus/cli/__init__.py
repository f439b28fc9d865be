"""The command ``foedus``: one command a file, no logic."""

from foedus.cli.app import main

__all__ = ["main"]
