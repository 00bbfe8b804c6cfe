"""The table of roles, as rows for a page, and the options of a filter."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules.subjects import ErasedRows
from alongside.apps.people.rules import PERMISSIONS, ROLES


@dataclass(frozen=True)
class PermissionRow:
    """One thing to do, and for each role whether it may."""

    words: str
    allowed: tuple[bool, ...]


def make_items(
    choices: Iterable[tuple[str, str]], chosen: str, everything: str
) -> list[dict[str, str | bool]]:
    """Return the options of a filter, "all" first, with the chosen one marked."""
    return [
        {"value": value, "text": words, "selected": value == chosen}
        for value, words in [("", everything), *choices]
    ]


def get_permission_table() -> list[PermissionRow]:
    """Return one row for each permission, in the order of the roles."""
    return [
        PermissionRow(
            words=name.replace("_", " ").capitalize(), allowed=tuple(role in holders for role in ROLES)
        )
        for name, holders in PERMISSIONS.items()
    ]


# What the rows of a table are called by somebody who does not know tables; others go by their own name.
TABLES = {
    "base_audit_line": _("Lines of who did what"),
    "base_audit_change": _("Lines of the trail about changed rows"),
    "base_audit_value": _("Values locked beside the trail"),
    "base_job": _("Work that ran by itself"),
    "base_person_key": _("Keys to locked words"),
    "base_saved_view": _("Views of lists that were kept"),
    "django_session": _("Browsers that are signed in, and drafts nobody sent"),
    "account_emailaddress": _("Addresses to sign in with"),
    "mfa_authenticator": _("Second steps to sign in with"),
    "people_sign_in": _("Places where they are signed in"),
    "people_person": _("Accounts"),
    "people_role_grant": _("Roles they had"),
    "people_data_request": _("Requests about their data"),
    "people_request_match": _("Who was found for a request"),
    "people_request_event": _("Notes in requests"),
    "people_request_record": _("Records gathered for a request"),
    "people_data_answer": _("Sealed answers"),
    "engagement_voice": _("Things they said"),
    "engagement_voice_original": _("Their words before anything was covered"),
    "engagement_redaction": _("Places that were covered in their words"),
    "engagement_speaker": _("Who they are in an engagement, with facts"),
    "engagement_contact": _("Ways to reach them"),
    "engagement_receipt": _("Receipts"),
    "engagement_member": _("Places in the Patient Partnership Programme"),
    "engagement_access": _("Invitations to engagements"),
    "engagement_import": _("Files on their way in"),
    "insight_evidence": _("Quotes in insights"),
    "insight_placement": _("Where their words lie in themes"),
    "actions_telling": _("That they were told"),
}


@dataclass(frozen=True)
class TableRows:
    """What becomes of the rows of one table, in words."""

    name: str
    erased: int
    kept: int
    because: str


def add_up(rows: Iterable[ErasedRows]) -> list[TableRows]:
    """Return one line for each table, in the order they were told; reasons for what is kept stand beside it."""
    found: dict[str, TableRows] = {}
    for row in rows:
        before = found.get(row.table, TableRows(name_table(row.table), 0, 0, ""))
        because = row.because if row.kept else before.because
        found[row.table] = TableRows(before.name, before.erased + row.erased, before.kept + row.kept, because)
    return list(found.values())


def name_table(table: str) -> str:
    """Return what the rows of a table are called, or the table's own name."""
    if table in TABLES:
        return str(TABLES[table])
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return str(model._meta.verbose_name_plural).capitalize()
    return table
