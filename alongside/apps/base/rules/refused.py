"""One way to say no, with a reason and a cure for the reader."""


class Refused(Exception):
    """Say why something may not happen and what would make it possible; shown to the reader as it is."""

    def __init__(self, reason: str, *, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


def check(holds: bool, reason: str, *, field: str = "") -> None:
    """Raise Refused with this reason unless the condition holds."""
    if not holds:
        raise Refused(reason, field=field)
