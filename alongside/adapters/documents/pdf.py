"""HTML to PDF in a process of its own: no network, no files, bounded memory, processor time and patience."""

import json
import subprocess
import sys

MEMORY_BYTES = 1_500_000_000
PROCESSOR_SECONDS = 60
PATIENCE_SECONDS = 90
MISSING = 3
INSTALL = (
    "This server cannot make PDFs yet: the Pango libraries are missing. Install them (Debian and Ubuntu: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango), or print the page from your browser."
)


class DocumentRefused(Exception):
    """A document that could not be made; the message says what would help."""


def make_pdf(html: str, stylesheet: str = "") -> bytes:
    """Return a page as a tagged PDF (PDF/UA-1).

    Pictures and fonts may stand in `data:` addresses; every other address is refused. Raises DocumentRefused.
    """
    order = json.dumps({"html": html, "stylesheet": stylesheet}).encode()
    command = [
        sys.executable,
        "-m",
        "alongside.adapters.documents.press",
        str(MEMORY_BYTES),
        str(PROCESSOR_SECONDS),
    ]
    try:
        done = subprocess.run(
            command, input=order, capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise DocumentRefused(
            "Making this PDF took too long. Print the page from your browser instead."
        ) from late
    if done.returncode == MISSING:
        raise DocumentRefused(INSTALL)
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise DocumentRefused("This PDF could not be made. Print the page from your browser instead.")
    return done.stdout
