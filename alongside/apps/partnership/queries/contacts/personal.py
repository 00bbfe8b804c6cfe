"""What we hold about somebody as a contact of a partner organisation, and what they did with contacts."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.apps.base.rules.subjects import CorrectableField, HeldRecord, Subject, SubjectMatch
from alongside.apps.partnership.models import ChangeRequest, ContactImport, ContactPerson, Merge, TwoAfterAll

CORRECTABLE = ("name", "role_words", "email", "phone")


def list_contact_ids(subject: Subject) -> list[UUID]:
    """Return the contacts a person is: those found, those linked to their account, and those merged into either."""
    theirs = ContactPerson.objects.filter(Q(id__in=subject.contact_ids) | Q(person_id__in=subject.person_ids))
    found = set(theirs.values_list("id", flat=True))
    while more := set(
        ContactPerson.objects.filter(merged_into__in=found).exclude(id__in=found).values_list("id", flat=True)
    ):
        found |= more
    return sorted(found)


def find(email: str, name: str) -> list[SubjectMatch]:
    """Return contacts with this address or name; one merged into another is the same person."""
    wanted = Q(pk__in=[])
    if email.strip():
        wanted |= Q(email__iexact=email.strip())
    if name.strip():
        wanted |= Q(name__icontains=name.strip())
    rows = ContactPerson.objects.filter(wanted, merged_into=None).select_related("organisation")
    return [
        SubjectMatch(
            "contact",
            one.id,
            ", ".join(part for part in (one.name, one.email, one.role_words) if part),
            one.organisation.name,
        )
        for one in rows.order_by("name", "id")
    ]


def names(subject: Subject) -> set[str]:
    """Return what names a contact: full name, address, telephone."""
    rows = ContactPerson.objects.filter(id__in=list_contact_ids(subject)).values_list(
        "name", "email", "phone"
    )
    return {word for row in rows for word in row if word}


def list_fields(subject: Subject) -> list[CorrectableField]:
    """Return what can be put right about a contact."""
    rows = ContactPerson.objects.filter(id__in=list_contact_ids(subject), merged_into=None)
    return [
        CorrectableField(
            f"contact_person:{one.id}:{name}",
            name.replace("_", " ").capitalize(),
            one.organisation.name,
            str(getattr(one, name)),
        )
        for one in rows.select_related("organisation").order_by("created_at", "id")
        for name in CORRECTABLE
    ]


def collect(subject: Subject) -> list[HeldRecord]:
    """Return every row about a person as a contact, and what they asked, decided and brought in."""
    contacts = ContactPerson.objects.filter(id__in=list_contact_ids(subject)).select_related("organisation")
    return [
        *(_as_contact(one) for one in contacts.order_by("created_at", "id")),
        *_collect_acts(subject.person_ids),
    ]


def _as_contact(one: ContactPerson) -> HeldRecord:
    fields = (
        (_("Organisation"), one.organisation.name),
        (_("Name"), one.name),
        (_("Role"), one.role_words),
        (_("E-mail address"), one.email),
        (_("Telephone"), one.phone),
        (_("Prefers"), str(one.get_preferred_way_display())),
        (_("Language"), one.language),
        (_("Speaks for the organisation from"), str(one.mandated_from or "")),
        (_("Until"), str(one.mandated_until or "")),
        (_("Where this came from"), one.source),
        (_("Ended on"), str(one.ended_on or "")),
    )
    return HeldRecord(
        table="partnership_contact_person",
        label=_("You as a contact of an organisation"),
        record_id=str(one.id),
        fields=tuple((label, value) for label, value in fields if value),
        held_since=one.created_at,
        why=_("Kept to reach the organisation as long as you are its contact (legitimate interests)."),
    )


def _collect_acts(people: Iterable[UUID]) -> list[HeldRecord]:
    listed = list(people)
    accountable = _("We must be able to show who did what (accountability, Article 5(2)).")
    asked = ChangeRequest.objects.filter(Q(asked_by_id__in=listed) | Q(answered_by_id__in=listed))
    brought = ContactImport.objects.filter(created_by_id__in=listed)
    merges = Merge.objects.filter(Q(by_id__in=listed) | Q(undone_by_id__in=listed))
    apart = TwoAfterAll.objects.filter(decided_by_id__in=listed)
    return [
        *(
            HeldRecord("partnership_change_request", _("A change you asked for or answered"), str(one.id),
                       ((_("What was asked"), one.words), (_("The answer"), one.answer)),
                       held_since=one.asked_at, needs_review=True, why=accountable)
            for one in asked.order_by("asked_at")
        ),
        *(
            HeldRecord("partnership_contact_import", _("A list you brought in"), str(one.id),
                       ((_("File"), one.file_name),), held_since=one.created_at, why=accountable)
            for one in brought.order_by("created_at")
        ),
        *(
            HeldRecord("partnership_merge", _("Two entries you made one, or two again"), str(one.id),
                       ((_("Why"), one.reason or _("none given")),), held_since=one.at, why=accountable)
            for one in merges.order_by("at")
        ),
        *(
            HeldRecord("partnership_two_after_all", _("Two entries you kept apart"), str(one.id),
                       ((_("Kind"), one.get_kind_display()),), held_since=one.decided_at, why=accountable)
            for one in apart.order_by("decided_at")
        ),
    ]  # fmt: skip
