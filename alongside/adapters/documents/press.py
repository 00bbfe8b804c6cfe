"""The process that makes one PDF: `python -m alongside.adapters.documents.press MEMORY_BYTES PROCESSOR_SECONDS`.

Reads {"html", "stylesheet"} as JSON, writes the PDF. Ends with 3 where Pango is missing, 1 where the page fails.
"""

import importlib
import json
import resource
import sys

MISSING = 3
OUTWARD = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg", "socket.bind")


def shut_network() -> None:
    """Let this process open no connection, whatever a page or a library asks for; it cannot be undone."""

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event in OUTWARD:
            raise PermissionError(f"making a document reaches nothing ({event})")

    sys.addaudithook(refuse)


def main(arguments: list[str]) -> int:
    """Bound this process, then press the page; return the exit code."""
    memory_bytes, processor_seconds = (int(part) for part in arguments)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds))
    order = json.load(sys.stdin)
    try:
        weasyprint = importlib.import_module("weasyprint")
        fetching = importlib.import_module("weasyprint.urls")
    except (ImportError, OSError):
        return MISSING
    fetcher = fetching.URLFetcher(allowed_protocols=["data"])
    sheets = [weasyprint.CSS(string=order["stylesheet"], url_fetcher=fetcher)] if order["stylesheet"] else []
    page = weasyprint.HTML(string=order["html"], base_url="data:,", url_fetcher=fetcher)
    sys.stdout.buffer.write(page.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1"))
    return 0


if __name__ == "__main__":
    shut_network()
    sys.exit(main(sys.argv[1:]))
