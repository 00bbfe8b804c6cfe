"""The table of roles, as rows for a page, and the options of a filter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows
from alongside.apps.people.rules import PERMISSIONS, ROLES

# Each right in words, by room: the table people read. A new permission gets its line here.
WORDS: tuple[tuple[Promise, Mapping[str, Promise]], ...] = (
    (_("Listening"), {
        "see_engagements": _("See engagements"),
        "run_engagements": _("Open, change and close engagements; invite patient partners"),
        "bring_in_voices": _("Bring in voices from files, or type them"),
        "see_voices": _("Read voices"),
        "see_facts_of_persons": _("See what people said about themselves, such as age or ethnicity"),
        "see_contacts": _("See how people can be reached"),
        "see_members": _("See and change who is in the Patient Partnership Programme"),
        "see_access_needs": _("See what people need to take part"),
    }),
    (_("Understanding"), {
        "see_themes": _("See themes"),
        "find_themes": _("Let the engine look for themes"),
        "decide_themes": _("Decide about proposed themes"),
        "record_dissent": _("Put a disagreement beside a theme or an insight"),
        "see_insights": _("See insights"),
        "write_insights": _("Write insights and choose their evidence"),
        "stand_behind_insights": _("Stand behind insights, and retire them"),
        "confirm_insights": _("Say as a patient whether an insight is right"),
    }),
    (_("Acting"), {
        "see_actions": _("See actions"),
        "start_actions": _("Begin actions"),
        "work_on_actions": _("Work on actions, and close them"),
        "tell_people": _("Tell those who spoke, and publish what changed"),
    }),
    (_("Taking data out"), {
        "export_rows": _("Download lists"),
        "export_facts": _("Download what people said about themselves"),
    }),
    (_("Concerns"), {
        "raise_concerns": _("Raise a concern"),
        "see_concerns": _("See concerns"),
        "triage_concerns": _("Decide about concerns, and forward them"),
    }),
    (_("Data protection"), {
        "see_consents": _("See what people agreed to"),
        "review_redactions": _("Review what was taken out of voices"),
        "see_originals": _("Read the original words"),
        "handle_data_requests": _("Answer requests about people's data"),
        "erase_people": _("Erase somebody"),
        "confirm_deletions": _("Confirm that what is past its date is deleted"),
        "see_audit": _("Read who did what"),
    }),
    (_("People and partners"), {
        "see_partners": _("See partner organisations"),
        "manage_partners": _("Add and change partner organisations"),
        "invite_partners": _("Invite people of partner organisations"),
        "manage_people": _("Give and end roles, open and close accounts"),
    }),
    (_("Working with patient groups"), {
        "see_relations": _("See relationships with partners, notes and priorities"),
        "keep_relations": _("Keep relationships: notes, priorities, promises, thanks, contacts"),
        "see_agreements": _("See agreements"),
        "write_agreements": _("Write agreements and bring them to partners"),
        "certify_agreements": _("Certify agreements that somebody else wrote"),
        "change_rule_sets": _("Change the rules that agreements are checked against"),
        "see_funding": _("See requests for funding"),
        "review_funding": _("Review requests for funding against the criteria"),
        "decide_funding": _("Decide about requests for funding"),
        "see_events": _("See events"),
        "run_events": _("Run events"),
        "run_projects": _("Run joint projects"),
    }),
    (_("Money"), {
        "see_payments": _("See payments"),
        "offer_paid_work": _("Offer paid work to people"),
        "ask_for_payments": _("Ask for payments, and check claims"),
        "approve_payments": _("Approve payments somebody else asked for"),
        "pay": _("Record that a payment was made, and compare with the ledger"),
        "change_rate_cards": _("Change rate cards"),
        "see_disclosures": _("See what is being disclosed"),
        "prepare_disclosures": _("Prepare a year’s disclosure"),
        "approve_disclosures": _("Approve and publish a year’s disclosure"),
    }),
    (_("For partners"), {
        "see_own_organisation": _("See what is held about their own organisation"),
        "speak_for_organisation": _("Answer for their own organisation: confirm, comment, ask"),
        "take_paid_work": _("Answer offers of paid work, and claim expenses"),
    }),
)  # fmt: skip


@dataclass(frozen=True)
class PermissionRow:
    """One thing to do, and for each role whether it may."""

    words: str
    allowed: tuple[bool, ...]


@dataclass(frozen=True)
class PermissionRoom:
    """What can be done in one room."""

    label: str
    rows: tuple[PermissionRow, ...]


def make_items(
    choices: Iterable[tuple[str, str]], chosen: str, everything: str
) -> list[dict[str, str | bool]]:
    """Return the options of a filter, "all" first, with the chosen one marked."""
    return [
        {"value": value, "text": words, "selected": value == chosen}
        for value, words in [("", everything), *choices]
    ]


def get_roles_page(viewer: Viewer, chosen: str) -> dict[str, object]:
    """Return what the page of roles shows: one role's rights by room, and the whole table.

    Without a choice it is the reader's own first role.
    """
    own = next((role for role in ROLES if role in viewer.roles), next(iter(ROLES)))
    role = chosen if chosen in ROLES else own
    rooms = [_as_room(str(label), rights) for label, rights in WORDS]
    strange = [name for name in PERMISSIONS if not any(name in rights for _label, rights in WORDS)]
    if strange:
        words = {name: name.replace("_", " ").capitalize() for name in strange}
        rooms.append(_as_room(gettext("Everything else"), words))
    at = list(ROLES).index(role)
    return {
        "groups": rooms,
        "may": [(room.label, [row.words for row in room.rows if row.allowed[at]]) for room in rooms],
        "may_not": [(room.label, [row.words for row in room.rows if not row.allowed[at]]) for room in rooms],
        "role": role,
        "role_label": ROLES[role],
        "is_own": role in viewer.roles,
        "items": [
            {"value": name, "text": gettext(label), "selected": name == role} for name, label in ROLES.items()
        ],
        "labels": [gettext(label) for label in ROLES.values()],
        "columns": len(ROLES) + 1,
    }


def _as_room(label: str, rights: Mapping[str, object]) -> PermissionRoom:
    return PermissionRoom(
        label,
        tuple(
            PermissionRow(str(words), tuple(role in PERMISSIONS[name] for role in ROLES))
            for name, words in rights.items()
        ),
    )


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
    "partnership_relationship": _("Relationships with partners they lead"),
    "partnership_interaction": _("Meetings with partners they were at or wrote down"),
    "partnership_note_answer": _("Their answers to shared notes"),
    "partnership_priority": _("What partners want"),
    "partnership_priority_event": _("Steps with what partners want"),
    "partnership_promise": _("Promises to partners"),
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
