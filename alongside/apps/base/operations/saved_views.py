"""A list's filters kept under a name."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.models import SavedView
from alongside.apps.base.operations.audit import record_audit
from alongside.apps.base.rules import Refused, Viewer, check


@transaction.atomic
def save_view(*, page: str, name: str, query: str, by: Viewer, at: datetime) -> SavedView:
    """Keep a list's query string under a name; the same name again replaces it."""
    check(bool(name.strip()), "Give this view a name, so that you find it again.", field="name")
    check(len(name.strip()) <= 80, "Give this view a name of at most 80 characters.", field="name")
    check(len(query) <= 1000, "This view has too many filters to keep. Remove some and save it again.")
    view, _ = SavedView.objects.update_or_create(
        person_id=by.own_id, page=page, name=name.strip(), defaults={"query": query, "created_at": at}
    )
    record_audit(by=by, at=at, operation="save_view", on=view)
    return view


@transaction.atomic
def forget_view(*, view_id: UUID, by: Viewer, at: datetime) -> None:
    """Forget one of your own saved views."""
    view = SavedView.objects.filter(id=view_id, person_id=by.own_id).first()
    if view is None:
        raise Refused("There is no such saved view of yours.")
    record_audit(by=by, at=at, operation="forget_view", on=view)
    view.delete()
