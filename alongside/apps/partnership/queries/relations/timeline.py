"""One timeline a partner: meetings, priorities and promises of ours, and whatever other rooms did."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.partnering import TimelineEntry
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.partnership.models import Interaction, Priority, Promise

MOST_WORDS = 240


def list_timeline(viewer: Viewer, organisation_id: UUID, since: date) -> list[TimelineEntry]:
    """Return everything every room did with one partner since a day, the newest first."""
    found: list[TimelineEntry] = []
    for source in registry.list_timeline_sources():
        found.extend(resolve(source.list)(viewer, [organisation_id], since))
    return sorted(found, key=lambda entry: entry.on, reverse=True)


def list_entries(viewer: Viewer, organisation_ids: Collection[UUID], since: date) -> list[TimelineEntry]:
    """Return this part's entries: notes by their shared half only, priorities, promises."""
    return [
        *_list_interactions(viewer, organisation_ids, since),
        *_list_priorities(viewer, organisation_ids, since),
        *_list_promises(viewer, organisation_ids, since),
    ]


def _list_interactions(viewer: Viewer, ids: Collection[UUID], since: date) -> list[TimelineEntry]:
    found = Interaction.objects.for_viewer(viewer).filter(organisation_id__in=ids, happened_on__gte=since)
    address = "relations:note" if viewer.may("see_relations") else "ours:note"
    return [
        TimelineEntry(
            organisation_id=one.organisation_id,
            on=one.happened_on,
            kind=str(one.get_kind_display()),
            title=one.title,
            words=_shorten(one.shared_notes),
            url=reverse(address, args=[one.id]),
            is_shared=one.note_state != Interaction.NoteState.DRAFT,
        )
        for one in found.defer("private_notes", "materials")
    ]


def _list_priorities(viewer: Viewer, ids: Collection[UUID], since: date) -> list[TimelineEntry]:
    found = Priority.objects.for_viewer(viewer).filter(organisation_id__in=ids, heard_on__gte=since)
    sees_all = viewer.may("see_relations")
    return [
        TimelineEntry(
            organisation_id=one.organisation_id,
            on=one.heard_on,
            kind=_("priority"),
            title=_("Wanted: %(state)s") % {"state": one.get_state_display()},
            words=f"“{_shorten(one.words)}”",
            url=reverse("relations:priority", args=[one.id]) if sees_all else reverse("ours:promises"),
            is_shared=True,
        )
        for one in found
    ]


def _list_promises(viewer: Viewer, ids: Collection[UUID], since: date) -> list[TimelineEntry]:
    found = Promise.objects.for_viewer(viewer).filter(organisation_id__in=ids, made_on__gte=since)
    return [
        TimelineEntry(
            organisation_id=one.organisation_id,
            on=one.made_on,
            kind=_("promise"),
            title=_shorten(one.words),
            words=_("Until %(day)s: %(state)s")
            % {"day": f"{one.action.due_on:%-d %B %Y}", "state": one.action.get_state_display()},
            url=_url_of(viewer, one),
            is_shared=True,
        )
        for one in found.select_related("action")
    ]


def _url_of(viewer: Viewer, promise: Promise) -> str:
    if viewer.may("see_actions"):
        return reverse("actions:action", args=[promise.action_id])
    return reverse("ours:promises") if viewer.partner_id else ""


def _shorten(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= MOST_WORDS else f"{one_line[: MOST_WORDS - 1]}…"
