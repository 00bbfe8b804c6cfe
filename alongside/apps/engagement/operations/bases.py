"""On what basis voices come in: chosen on a page, kept with the exact words people were shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.rules import Refused, Viewer, check_may
from alongside.apps.engagement.bridge import list_consent_wordings
from alongside.apps.people.operations import get_or_create_basis, record_consent_text
from alongside.apps.people.queries import list_consent_texts


@dataclass(frozen=True)
class BasisTerms:
    """What somebody chose. `text_key` is "key.version" of a consent text; "" where there is none."""

    kind: str = "unknown"
    article9: str = ""
    text_key: str = ""
    uses: frozenset[str] = frozenset()
    note: str = ""


@transaction.atomic
def set_up_basis(*, terms: BasisTerms, by: Viewer, at: datetime) -> UUID:
    """Return the id of the basis with these terms, keeping the consent text it names."""
    check_may(by, "bring_in_voices")
    text_id = _find_text(terms.text_key, by, at) if terms.kind == "consent" else None
    return get_or_create_basis(
        kind=terms.kind,
        article9=terms.article9,
        consent_text_id=text_id,
        note=terms.note,
        by=by,
        at=at,
        quote_inside="quote_inside" in terms.uses,
        quote_public="quote_public" in terms.uses,
        share_partners="share_partners" in terms.uses,
        contact_again="contact_again" in terms.uses,
    ).id


def _find_text(text_key: str, by: Viewer, at: datetime) -> UUID:
    for text in list_consent_texts(by):
        if f"{text.key}.{text.version}" == text_key and text.language == "en":
            return text.id
    for wording in list_consent_wordings():
        if f"{wording.key}.{wording.version}" == text_key and wording.language == "en":
            return record_consent_text(
                key=wording.key,
                version=wording.version,
                language=wording.language,
                body=wording.body,
                by=by,
                at=at,
            ).id
    raise Refused("Choose the text people agreed to.", field="text_key")
