"""Contacts, and lists of them, for tests, built through the operations."""

import csv
import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.partnership.models import ChangeRequest, ContactImport, ContactPerson, DuplicateProposal
from alongside.apps.partnership.operations.contacts.keeping import add_contact
from alongside.apps.partnership.operations.contacts.lists import choose_list_columns, start_list
from alongside.apps.partnership.operations.contacts.merging import merge_contacts
from alongside.apps.partnership.rules.contacts import ContactPlan
from alongside.apps.partnership.rules.list_columns import guess_list_columns
from tests.factories.people import NOW


def make_contact(organisation_id: UUID, name: str = "Meg Rowntree", **details: Any) -> ContactPerson:
    """Return a stored contact."""
    plan = ContactPlan(name=name, **details)
    made = add_contact(organisation_id=organisation_id, plan=plan, by=SYSTEM, at=NOW)
    return ContactPerson.objects.get(id=made)


def make_list(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return a table as bytes of a CSV file."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().encode()


def upload_list(content: bytes, by: Viewer, kind: str = "contacts", name: str = "partners.csv") -> UUID:
    """Return an uploaded list, not read yet."""
    return start_list(kind=kind, file_name=name, size_bytes=len(content), parts=[content], by=by, at=NOW)


def read_list_file(content: bytes, by: Viewer, kind: str = "contacts", order: str = "dmy") -> ContactImport:
    """Return a list that was uploaded, its columns guessed, and read to its end."""
    made = upload_list(content, by, kind)
    found = ContactImport.objects.get(id=made)
    guessed = guess_list_columns(kind, found.header)
    choice = type(guessed)(guessed.chosen, order)
    choose_list_columns(import_id=made, choice=choice, by=by, at=NOW)
    while run_next_job():
        pass
    found.refresh_from_db()
    return found


def make_contact_things(mark: str, organisation_id: UUID) -> dict[str, Any]:
    """Return the ids of two contacts, a list on its way, a proposal, a merge and a request, their words marked."""
    first = make_contact(organisation_id, f"Meg {mark}", email=f"meg-{mark}@example.org")
    second = make_contact(organisation_id, f"Una {mark}")
    gone = make_contact(organisation_id, f"Tom {mark}")
    merge = merge_contacts(kept_id=second.id, merged_id=gone.id, reason="", by=SYSTEM, at=NOW)
    smaller, larger = sorted((first.id, second.id))
    proposal = DuplicateProposal.objects.create(
        kind="contact", first_id=smaller, second_id=larger, why="name", found_at=NOW
    )
    asked = ChangeRequest.objects.create(
        organisation_id=organisation_id, about="other", words=f"Our page is wrong {mark}", asked_at=NOW
    )
    listed = upload_list(make_list(("Organisation", "Contact"), [(f"New {mark}", "Ann")]), SYSTEM)
    return {
        "contact_id": first.id, "first_id": first.id, "second_id": second.id, "merge_id": merge,
        "proposal_id": proposal.id, "change_id": asked.id, "list_id": listed,
    }  # fmt: skip
