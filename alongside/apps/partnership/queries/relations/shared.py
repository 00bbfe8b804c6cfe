"""What a partner sees of itself here and takes away: notes shared with it, its priorities, our promises to it."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.partnering import SharedTable
from alongside.apps.partnership.queries.relations.notes import find_shared_notes, list_shared_notes
from alongside.apps.partnership.queries.relations.partners import list_priorities, list_promises

MOST, BATCH = 100_000, 500


def collect_notes(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return the notes both sides read."""
    ids = list(find_shared_notes(viewer, organisation_id))
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    found = [one for batch in batches for one in list_shared_notes(viewer, batch)]
    return SharedTable(
        columns=(
            _("day"),
            _("kind"),
            _("title"),
            _("where"),
            _("from us"),
            _("from you"),
            _("notes"),
            _("state"),
        ),
        rows=tuple(
            (
                one.happened_on.isoformat(),
                one.kind,
                one.title,
                one.place,
                "; ".join(one.our_people),
                one.their_people,
                one.notes,
                one.state_words,
            )
            for one in found
        ),
    )


def collect_priorities(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return what a partner told us it wants, and how far it came."""
    found = list_priorities(viewer, organisation_id=organisation_id, most=MOST)
    return SharedTable(
        columns=(_("day"), _("words"), _("said by"), _("how much it matters"), _("state"), _("reason")),
        rows=tuple(
            (one.heard_on.isoformat(), one.words, one.said_by, one.strength, one.state_words, one.reason)
            for one in found
        ),
    )


def collect_promises(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return what we promised a partner, and what became of it."""
    # Whether one is late changes with the day it is read; the day and the state stand here.
    found = list_promises(viewer, date.min, organisation_id=organisation_id, most=MOST)
    return SharedTable(
        columns=(_("day"), _("what we promised"), _("until"), _("state"), _("what came of it")),
        rows=tuple(
            (one.made_on.isoformat(), one.words, one.due_on.isoformat(), one.state_words, one.outcome)
            for one in found
        ),
    )
