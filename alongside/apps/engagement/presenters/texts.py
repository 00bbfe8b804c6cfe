"""Consent texts as a page shows them, and as a form offers them."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.bridge import list_consent_wordings
from alongside.apps.people.queries import list_consent_texts

NOT_ABOUT_WORDS = ("programme", "event")  # what members and guests agree to is no basis for voices
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def draw_plain_markdown(text: str) -> SafeString:
    """Return paragraphs with bold words; anything else in the text is shown as it is written."""
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    drawn = (_BOLD.sub(r"<strong>\1</strong>", escape(part)) for part in paragraphs)
    return mark_safe("".join(f"<p>{part}</p>" for part in drawn))  # noqa: S308  (escaped above)


def list_text_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the consent texts to choose from, recorded ones and those that come with Alongside."""
    found = {
        f"{wording.key}.{wording.version}": f"{wording.label}, version {wording.version}"
        for wording in list_consent_wordings()
        if wording.language == "en" and wording.key not in NOT_ABOUT_WORDS
    }
    for text in list_consent_texts(viewer, language="en"):
        if text.key in NOT_ABOUT_WORDS:
            continue
        words = text.key.replace("_", " ").capitalize()
        found.setdefault(f"{text.key}.{text.version}", f"{words}, version {text.version}")
    return list(found.items())
