"""The words of a method note: the latest version, or those the content begins with, filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Disclosure, MethodNote
from alongside.apps.partnership.queries.disclosures.paid import get_own_organisation
from alongside.apps.partnership.queries.disclosures.years import get_note
from alongside.apps.partnership.rules.disclosure_content import get_rules, list_note_sections
from alongside.apps.people.queries import get_names


def fill_note(disclosure: Disclosure) -> Mapping[str, str]:
    """Return the content's words of every section with this year's facts in them."""
    own, rules = get_own_organisation(), get_rules(disclosure.rules)
    facts = {
        "organisation": own.name,
        "year": str(disclosure.year),
        "contact": own.website or settings.PUBLIC_URL,
        "due": f"{disclosure.due_on:%-d %B %Y}",
        "row_per": rules.routing.row_per,
    }
    filled = {}
    for section in list_note_sections(disclosure.year):
        words = section.words
        for name, said in facts.items():
            words = words.replace("{" + name + "}", said)
        filled[section.key] = words
    return filled


def get_words(disclosure: Disclosure) -> Mapping[str, str]:
    """Return the words of every section as they stand."""
    note = get_note(disclosure)
    return {**fill_note(disclosure), **(note.sections if note else {})}


@dataclass(frozen=True)
class VersionLine:
    """One version of a note: who wrote it when, and why."""

    number: int
    why: str
    who: str
    at: datetime


def list_versions(viewer: Viewer, disclosure: Disclosure) -> list[VersionLine]:
    """Return the versions of a note, the newest first."""
    found = list(MethodNote.objects.filter(disclosure=disclosure).order_by("-number"))
    names = get_names(viewer, {one.written_by_id for one in found if one.written_by_id})
    return [
        VersionLine(
            one.number, one.why, names.get(one.written_by_id, "") if one.written_by_id else "", one.written_at
        )
        for one in found
    ]
