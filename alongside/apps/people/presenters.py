"""The table of roles, as rows for a page, and the options of a filter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules import Viewer
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


def name_table(table: str) -> str:
    """Return what the rows of a table are called, or the table's own name."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return str(model._meta.verbose_name_plural).capitalize()
    return table
