"""The consent texts that come with Alongside, kept before anybody is asked to agree to them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.bridge import list_consent_wordings
from alongside.apps.people.operations import record_consent_text


@transaction.atomic
def record_default_texts(*, by: Viewer, at: datetime) -> dict[str, UUID]:
    """Keep the consent texts that come with Alongside; return the id of each English one by its key."""
    found = {}
    for wording in list_consent_wordings():
        text = record_consent_text(
            key=wording.key,
            version=wording.version,
            language=wording.language,
            body=wording.body,
            by=by,
            at=at,
        )
        if wording.language == "en":
            found[wording.key] = text.id
    return found
