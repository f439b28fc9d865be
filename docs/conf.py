"""How Sphinx builds the pages: reference tables from the code, sessions by running the command."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import gallery  # noqa: E402 - found beside this file
import generate  # noqa: E402
import speed  # noqa: E402

from foedus import __version__  # noqa: E402 - found on the path set above

project = "Foedus"
author = "The Foedus developers"
copyright = "The Foedus developers, Apache-2.0"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sessions"]
exclude_patterns = ["_build", "_generated"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

napoleon_google_docstring = False
napoleon_use_ivar = True
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = f"Foedus {__version__}"
html_show_sphinx = False
html_copy_source = False

generate.write(HERE / "_generated")
gallery.write(HERE / "_generated" / "gallery")
speed.write(HERE / "_generated" / "speed")
