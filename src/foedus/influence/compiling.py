"""The compiled form of a model, where Numba can be imported, and a word where it can't or has to be made first."""

from __future__ import annotations

import contextlib
import functools
import importlib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from foedus.base.errors import FoedusWarning


@functools.cache
def compiled_form(
    module: str, name: str, model: str, times: str, seconds: int
) -> Callable[..., tuple[Any, ...]] | None:
    """Return a compiled function of `foedus.influence.compiled`, and say so where it is missing or made first.

    Parameters
    ----------
    module, name
        The module within that package, and the function.
    model
        How people call the model.
    times
        How long the plain form takes, in words.
    seconds
        How long compiling takes.

    Returns
    -------
    Callable or None
        None where Numba cannot be imported: then the plain form runs.
    """
    try:
        compiled = getattr(importlib.import_module(f"foedus.influence.compiled.{module}"), name)
    except ImportError:
        warnings.warn(
            f"Numba cannot be imported, so the {model} runs in its plain form, some {times} as long",
            FoedusWarning,
            stacklevel=4,
        )
        return None
    if not _is_kept(compiled, module):
        warnings.warn(
            f"compiling the {model} for this machine, once; it takes some {seconds} seconds",
            FoedusWarning,
            stacklevel=4,
        )
    return cast("Callable[..., tuple[Any, ...]]", compiled)


def _is_kept(compiled: Any, module: str) -> bool:
    """Tell whether what the compiler made of a function lies on the disk; also where it cannot be told."""
    with contextlib.suppress(AttributeError, OSError):
        return any(Path(compiled._cache.cache_path).glob(f"{module}.{compiled.__name__}-*.nbi"))
    return True
