"""Load a part of the command only when it is asked for, so that `--help` answers at once."""

from importlib import import_module
from typing import Any


def load(place: str) -> Any:
    """Return what stands at "package.module:name"."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
