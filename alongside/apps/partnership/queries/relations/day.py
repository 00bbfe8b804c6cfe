"""What of relationships belongs to a person's day and to the search across rooms."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Interaction, Relationship
from alongside.apps.partnership.queries.relations.health import list_asking, page_of
from alongside.apps.partnership.queries.relations.notes import count_waiting_notes
from alongside.apps.people.queries import list_organisation_kinds, sees_names, select_partners
from alongside.science.values.trail import DayItem, SearchHit

MOST_LINES = 5
AROUND = 80


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return one line for each relationship a person leads that asks for something, a few at most; for a partner's
    own people that notes wait for their yes."""
    if viewer.partner_id is not None:
        return _list_partner_day(viewer)
    if not viewer.may("keep_relations"):
        return []
    asking, left = list_asking(viewer, on, MOST_LINES)
    items = [
        DayItem(
            "needs_you",
            name,
            page_of(organisation_id),
            "; ".join(reason.words for reason in health.reasons if reason.weight),
        )
        for organisation_id, name, health in asking
    ]
    if left:
        words = ngettext(
            "%(n)s more relationship asks for attention", "%(n)s more relationships ask for attention", left
        )
        items.append(DayItem("needs_you", words % {"n": left}, reverse("relations:list")))
    return [*items, *_list_corrected(viewer)]


def _list_corrected(viewer: Viewer) -> list[DayItem]:
    """Return notes a partner corrected, for whoever leads the relationship: the words want to be put right."""
    led = Relationship.objects.for_viewer(viewer).filter(lead_id=viewer.own_id)
    corrected = Interaction.objects.for_viewer(viewer).filter(
        note_state=Interaction.NoteState.CORRECTED, organisation_id__in=led.values("organisation_id")
    )
    return [
        DayItem(
            "new",
            one.title,
            reverse("relations:note", args=[one.id]),
            _("%(name)s corrected these notes") % {"name": one.organisation.name},
        )
        for one in corrected.select_related("organisation")[:MOST_LINES]
    ]


def _list_partner_day(viewer: Viewer) -> list[DayItem]:
    waiting = count_waiting_notes(viewer)
    if not waiting:
        return []
    words = ngettext("%(n)s note waits for your yes", "%(n)s notes wait for your yes", waiting)
    return [DayItem("needs_you", words % {"n": waiting}, reverse("ours:notes"), _("Are they right?"))]


def find_partners_by_words(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return partners in whose name these words stand, or what they are about, for those who may see it."""
    if not sees_names(viewer):
        return []
    kinds, sees_more = list_organisation_kinds(), viewer.may("see_relations")
    return [
        SearchHit(
            _("Partner"),
            one.name,
            page_of(one.id) if sees_more else reverse("relations:list"),
            kinds[one.kind].capitalize(),
        )
        for one in select_partners(viewer, words=words)[:limit]
    ]


def find_interactions(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return notes in which these words stand; in private ones only for colleagues who may read them."""
    sees_all = viewer.may("see_relations")
    wanted = Q(title__icontains=words) | Q(shared_notes__icontains=words)
    if sees_all:
        wanted |= Q(private_notes__icontains=words)
    found = Interaction.objects.for_viewer(viewer).filter(wanted).select_related("organisation")
    return [
        SearchHit(
            str(one.get_kind_display()).capitalize(),
            one.title,
            reverse("relations:note" if sees_all else "ours:note", args=[one.id]),
            _cut_around(one.shared_notes, words) or one.organisation.name,
            one.happened_on,
        )
        for one in found[:limit]
    ]


def _cut_around(text: str, words: str) -> str:
    place = text.lower().find(words.lower())
    if place < 0:
        return ""
    start, end = max(0, place - AROUND), place + len(words) + AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
