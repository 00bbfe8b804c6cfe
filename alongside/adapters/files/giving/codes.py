"""The lists of codes a published grant may use."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import yaml

LISTS = ("currency", "country", "individuals_reason", "individuals_purpose", "location_scope", "regrant_type")


@lru_cache
def read_codes() -> Mapping[str, frozenset[str]]:
    """Return each list of codes by its name."""
    content = yaml.safe_load(files("alongside.content").joinpath("giving", "codes.yaml").read_text("utf-8"))
    return {name: frozenset(str(content[name]).split()) for name in LISTS}
