"""What a backup holds: every table of every installed app, but for those named here with the reason."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class LeftOut:
    """A table that no backup holds, and why. `is_emptied` says that a restore empties it."""

    table: str
    reason: str
    is_emptied: bool = False


LEFT_OUT = (
    LeftOut(
        "django_session", "Who is signed in at this moment; after a restore everybody signs in again.", True
    ),
    LeftOut(
        "alongside_cache",
        "Counts of a few minutes, such as tries to sign in, begun afresh.",
        True,
    ),
    LeftOut("django_content_type", "Made from the code by `migrate`; nothing of ours points at it."),
    LeftOut("auth_permission", "Made from the code by `migrate`; our roles are a table in the code."),
    LeftOut("auth_group", "Django's groups are not used; our roles are a table in the code."),
    LeftOut("auth_group_permissions", "Django's groups are not used; our roles are a table in the code."),
    LeftOut("django_migrations", "Not data: the head of the backup names every migration by itself."),
)


def list_kept_models() -> list[type[models.Model]]:
    """Return every model a backup holds, links between tables included, in the order of their tables' names."""
    left_out = {one.table for one in LEFT_OUT}
    kept = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in left_out
    }
    return [kept[table] for table in sorted(kept)]


def list_missing_tables(in_database: frozenset[str]) -> list[str]:
    """Return the tables of a database that are neither in a backup nor left out by name, such as one without a model.

    Also those a backup would hold and that are not there yet.
    """
    kept = {model._meta.db_table for model in list_kept_models()}
    left_out = {one.table for one in LEFT_OUT}
    return sorted((in_database - kept - left_out) | (kept - in_database))
