"""Contacts, and lists of them, for tests, built through the operations."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.partnership.models import ContactImport, ContactPerson
from alongside.apps.partnership.operations.contacts.keeping import add_contact
from alongside.apps.partnership.operations.contacts.lists import choose_list_columns, start_list
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


LONG_AGO = date(2025, 1, 6)
