"""Contacts as a viewer may see them: the list narrowed, one whole, who speaks for an organisation today."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.partnering import SharedTable
from alongside.apps.partnership.models import ContactPerson
from alongside.apps.partnership.rules.contacts import is_mandated
from alongside.apps.people.queries import get_names
from alongside.science.values.contacts import ContactCard
from alongside.science.values.trail import SearchHit

SOON = timedelta(days=60)


@dataclass(frozen=True)
class ContactFilters:
    """What the list is narrowed to; empty means everybody who has not ended."""

    words: str = ""
    organisation: str = ""
    mandated: str = ""  # now, soon, none
    ended: str = ""  # ended, all


def list_contacts(viewer: Viewer, filters: ContactFilters, on: date) -> "QuerySet[ContactPerson]":
    """Return the contacts a viewer may see, narrowed, by name, to be paged."""
    found = ContactPerson.objects.for_viewer(viewer).filter(_narrow(filters, on))
    for word in filters.words.split()[:6]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(email__icontains=word)
            | Q(role_words__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return found.select_related("organisation").order_by("name", "id")


def _narrow(filters: ContactFilters, on: date) -> Q:
    today = Q(mandated_from__lte=on) & (Q(mandated_until=None) | Q(mandated_until__gte=on))
    mandated = {
        "now": today,
        "soon": today & Q(mandated_until__lte=on + SOON),
        "none": ~today | Q(mandated_from=None),
    }
    ended = {"": Q(ended_on=None), "ended": Q(ended_on__isnull=False), "all": Q()}
    narrowed = mandated.get(filters.mandated, Q()) & ended.get(filters.ended, Q(ended_on=None))
    if filters.organisation:
        narrowed &= Q(organisation_id=_read_id(filters.organisation))
    return narrowed


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def get_contact(viewer: Viewer, contact_id: UUID) -> ContactPerson | None:
    """Return one contact a viewer may see."""
    found = ContactPerson.objects.for_viewer(viewer).filter(id=contact_id)
    return found.select_related("organisation", "person").first()


def list_contacts_of(viewer: Viewer, organisation_id: UUID) -> list[ContactPerson]:
    """Return the contacts at one organisation: the main one first, those who have ended last."""
    found = ContactPerson.objects.for_viewer(viewer).filter(organisation_id=organisation_id)
    return list(found.order_by(F("ended_on").asc(nulls_first=True), "-is_main", "name", "id"))


def list_mandated(viewer: Viewer, organisation_id: UUID, on: date) -> list[ContactPerson]:
    """Return who is mandated to represent an organisation on a day."""
    found = list_contacts_of(viewer, organisation_id)
    return [
        one for one in found if is_mandated(one.mandated_from, one.mandated_until, on) and not one.ended_on
    ]


def as_card(one: ContactPerson) -> ContactCard:
    """Return a contact as a card for an address book."""
    return ContactCard(
        id=one.id,
        name=one.name,
        organisation=one.organisation.name,
        role=one.role_words,
        email=one.email,
        phone=one.phone,
        language=one.language,
        note=write_mandate(one),
        changed_at=one.changed_at,
    )


def write_mandate(one: ContactPerson) -> str:
    """Return in words from when to when somebody speaks for their organisation; nothing where they do not."""
    if one.mandated_from is None:
        return ""
    words = {"begins": one.mandated_from.isoformat(), "ends": one.mandated_until}
    if one.mandated_until is None:
        return _("Speaks for the organisation from %(begins)s") % words
    return _("Speaks for the organisation from %(begins)s to %(ends)s") % words


def get_account_name(viewer: Viewer, one: ContactPerson) -> str:
    """Return the name of the account a contact is linked to."""
    return get_names(viewer, {one.person_id}).get(one.person_id, "") if one.person_id else ""


def collect_shared(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return the contacts we hold about an organisation, as it sees them and takes them away."""
    found = list_contacts_of(viewer, organisation_id)
    columns = (
        _("Name"), _("Role"), _("E-mail address"), _("Telephone"), _("Prefers"), _("Language"),
        _("Speaks for you from"),
        _("Until"), _("Main contact"), _("Ended on"),
    )  # fmt: skip
    rows = tuple(
        (
            one.name, one.role_words, one.email, one.phone, str(one.get_preferred_way_display()), one.language,
            _iso(one.mandated_from), _iso(one.mandated_until), _("yes") if one.is_main else _("no"),
            _iso(one.ended_on),
        )
        for one in found
    )  # fmt: skip
    return SharedTable(columns, rows, _("The people we write to and ring at your organisation."))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def find(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return contacts found by name, address or organisation, for those who see relations."""
    if not viewer.may("see_relations"):
        return []
    found = list_contacts(viewer, ContactFilters(words=words, ended="all"), date.min)
    return [
        SearchHit(
            kind=_("contact"),
            title=one.name,
            url=f"/partners/contacts/{one.id}/",
            excerpt=", ".join(part for part in (one.role_words, one.organisation.name) if part),
        )
        for one in found[:limit]
    ]
