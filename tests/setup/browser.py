"""Find a Chromium, and start it the way that works on servers and laptops alike."""

import os
import shutil

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """Return the path of a Chromium, from ALONGSIDE_BROWSER or the machine; None where there is none."""
    named = os.environ.get("ALONGSIDE_BROWSER")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)
