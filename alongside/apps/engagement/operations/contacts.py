"""Stopping contact, because somebody asked for it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Contact
from alongside.apps.engagement.operations.consents import Ending, end_uses


@transaction.atomic
def stop_contacts(*, speaker_ids: Collection[UUID], by: Viewer, at: datetime) -> list[UUID]:
    """Stop contacting these people, under every contact with the same e-mail address; return whom it stopped.

    The caller has made sure who asks: `by` may be the public that holds a private link.
    """
    asked = Contact.objects.filter(speaker_id__in=speaker_ids)
    addresses = [address.lower() for address in asked.exclude(email="").values_list("email", flat=True)]
    same = Contact.objects.annotate(mailbox=Lower("email")).filter(mailbox__in=addresses)
    contacts = list(
        Contact.objects.select_for_update()
        .filter(id__in=[*asked.values_list("id", flat=True), *same.values_list("id", flat=True)])
        .order_by("id")  # one order for everybody, or two who stop at once wait for each other
    )
    for contact in contacts:
        if contact.stopped_at is None:
            contact.stopped_at = at
            contact.save(update_fields=["stopped_at"])
            record_audit(by=by, at=at, operation="stop_contact", on=contact)
    ending = Ending(frozenset({"contact_again"}), how="private_link", given_at=at)
    end_uses(speaker_ids={contact.speaker_id for contact in contacts}, ending=ending, by=by, at=at)
    return [contact.speaker_id for contact in contacts]
