"""Games of deterrence and provocation, one a file, each with its card."""

from __future__ import annotations
