"""Files of published grants, read and checked by the adapter."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.adapters.files.giving import ENDINGS, MOST_BYTES, open_giving
from alongside.apps.base.bridge.tables import stored_path
from alongside.apps.base.rules import Refused
from alongside.science.values.giving import CheckedGrant
from alongside.science.values.sources import FileRefused

__all__ = ["ENDINGS", "MOST_BYTES", "OpenGiving", "read_giving"]


@dataclass(frozen=True)
class OpenGiving:
    """A file of grants being read: its grants one after the other, how many there are where known, notes at the end."""

    grants: Iterator[CheckedGrant]
    total: int | None
    notes: list[str]


def read_giving(stored_name: str, file_name: str) -> OpenGiving:
    """Open an uploaded file of grants. Raise Refused, with place and cure; its grants raise FileRefused."""
    try:
        opened = open_giving(stored_path(stored_name), file_name)
    except FileRefused as refusal:
        raise Refused(str(refusal), field="file") from refusal
    return OpenGiving(opened.grants(), opened.total, opened.deviations)
