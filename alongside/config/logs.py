"""What the log may say: which page and what kind of fault, never an address with a secret in it nor anybody's words."""

import logging
import re
import traceback
from types import TracebackType

from django.http import HttpRequest

# What stands behind the first part of a path may be somebody's secret: a private link, a mistyped one.
_PATH = re.compile(r"^(/[A-Za-z-]{0,20}/?).*$", re.DOTALL)
Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutSecrets(logging.Filter):
    """Replace the path of a request by the pattern that matched it, or by its first part."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, with its path made safe."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            match = request.resolver_match
            safe = f"/{match.route}" if match else _PATH.sub(r"\1…", request.path)
            record.args = tuple(safe if argument == request.path else argument for argument in record.args)
        return True


class FaultsWithoutWords(logging.Formatter):
    """Write where a fault arose and of what kind; its own words may hold what a patient wrote."""

    def formatException(self, ei: Fault) -> str:  # noqa: N802  (the library's name)
        """Return the places of a fault, the innermost last, and its kind."""
        kind, fault, places = ei
        if kind is None or fault is None:
            return ""
        causes: list[str] = []
        cause = fault.__cause__ or fault.__context__
        while cause is not None and len(causes) < 5:
            causes.append(f"  because of {type(cause).__name__}")
            cause = cause.__cause__ or cause.__context__
        return "\n".join(["".join(traceback.format_tb(places)).rstrip(), kind.__name__, *causes])
