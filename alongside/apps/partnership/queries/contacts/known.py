"""What is here already, gathered once, so that thousands of rows of a list are each looked up in no time."""

from datetime import date
from uuid import UUID

from django.db.models import F

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import ContactPerson, Interaction
from alongside.apps.partnership.rules.duplicates import fold_name
from alongside.apps.partnership.rules.list_judging import Known, KnownContact, fold_identifier
from alongside.apps.partnership.rules.list_rows import SaidContact, Words
from alongside.apps.people.queries import list_organisation_kinds
from alongside.apps.people.queries.marks import list_organisation_marks

LAST_THE_LIVING = F("ended_on").asc(
    nulls_last=True
)  # of two under one name, the later in this order is found


def gather_known(viewer: Viewer, decisions: dict[str, str], *, with_events: bool) -> Known:
    """Return every organisation and contact, and the events where they matter, in a fixed number of statements."""
    marks = list_organisation_marks(viewer)
    return Known(
        organisations={fold_name(one.name): one.id for one in reversed(marks)},
        identifiers={
            fold_identifier(scheme + number): one.id for one in marks for scheme, number in one.numbers
        },
        names={one.id: one.name for one in marks},
        contacts=[
            as_known(one) for one in ContactPerson.objects.for_viewer(viewer).order_by(LAST_THE_LIVING, "id")
        ],
        events=_gather_events(viewer) if with_events else {},
        decisions=decisions,
    )


def as_known(one: ContactPerson) -> KnownContact:
    """Return a contact as a row of a list would say it."""
    said = SaidContact(
        organisation="",
        name=one.name,
        role_words=one.role_words,
        email=one.email,
        phone=one.phone,
        preferred_way=one.preferred_way,
        language=one.language,
        mandated_from=_iso(one.mandated_from),
        mandated_until=_iso(one.mandated_until),
        is_main="yes" if one.is_main else "no",
    )
    return KnownContact(one.id, one.organisation_id, said, has_ended=one.ended_on is not None)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _gather_events(viewer: Viewer) -> dict[tuple[UUID, str, str, str], str]:
    rows = Interaction.objects.for_viewer(viewer).values_list(
        "organisation_id", "happened_on", "kind", "title", "private_notes"
    )
    return {
        (where, on.isoformat(), kind, fold_name(title)): notes
        for where, on, kind, title, notes in rows.iterator(2_000)
    }


def list_words() -> Words:
    """Return the words a list may use for what we know by a key."""
    kinds = list_organisation_kinds()
    return Words(
        organisation_kinds=tuple((key, words) for key, words in kinds.items() if key != "own"),
        ways=tuple((str(key), str(words)) for key, words in ContactPerson.Way.choices),
        event_kinds=tuple((str(key), str(words)) for key, words in Interaction.Kind.choices),
    )
