"""Consent texts and the bases on which voices may be used."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.people.models import Basis, ConsentText

USES = ("quote_inside", "quote_public", "share_partners", "contact_again")


@transaction.atomic
def record_consent_text(
    *, key: str, version: int, language: str, body: str, by: Viewer, at: datetime
) -> ConsentText:
    """Keep the exact words people will be shown; the same words again change nothing.

    Raise Refused where this version already says something else: new words are a new version.
    """
    check(bool(body.strip()), "Write what people will be told about their words.", field="body")
    text, is_new = ConsentText.objects.get_or_create(
        key=key, version=version, language=language, defaults={"body": body, "created_at": at}
    )
    check(
        text.body == body,
        f"Version {version} of this text already says something else. Give the new words the next version.",
        field="version",
    )
    if is_new:
        record_audit(by=by, at=at, operation="record_consent_text", on=text)
    return text


@transaction.atomic
def add_text_version(*, key: str, bodies: Mapping[str, str], by: Viewer, at: datetime) -> ConsentText:
    """Write new words for a text as its next version, in English and in any other language given.

    Whoever agreed to older words keeps them. Raise Refused where there are no English words, or no new ones.
    """
    check_may(by, "run_engagements")
    english = bodies.get("en", "").strip()
    check(bool(english), "Write the new words in English.", field="en")
    versions = ConsentText.objects.select_for_update().filter(key=key)
    latest = max((text.version for text in versions), default=0)
    check(latest > 0, "There is no such text to change.")
    same = versions.filter(version=latest, language="en", body=english).exists()
    check(not same, "These are the words people already read. Change them, or leave the page.", field="en")
    for language, body in bodies.items():
        if body.strip():
            record_consent_text(
                key=key, version=latest + 1, language=language, body=body.strip(), by=by, at=at
            )
    return ConsentText.objects.get(key=key, version=latest + 1, language="en")


@transaction.atomic
def get_or_create_basis(
    *,
    kind: str,
    by: Viewer,
    at: datetime,
    article9: str = "",
    consent_text_id: UUID | None = None,
    note: str = "",
    analyse: bool = True,
    quote_inside: bool = False,
    quote_public: bool = False,
    share_partners: bool = False,
    contact_again: bool = False,
) -> Basis:
    """Return the basis with exactly these terms set by the same person, making it where there is none.

    Raise Refused where a consent names no text, or where an unknown basis would permit more than analysis.
    """
    check(kind in Basis.Kind.values, "Choose on what basis these words may be used.", field="kind")
    check(
        article9 in Basis.Article9.values,
        "Choose one of the Article 9 conditions, or leave it out.",
        field="article9",
    )
    if kind == Basis.Kind.CONSENT:
        check(consent_text_id is not None, "Choose the text people agreed to.", field="consent_text")
    if kind == Basis.Kind.UNKNOWN:
        check(
            not any((quote_inside, quote_public, share_partners, contact_again)),
            "Where the basis is not known, words may be analysed only. Leave the other uses out.",
            field="uses",
        )
    terms = {
        "kind": kind,
        "article9": article9,
        "consent_text_id": consent_text_id if kind == Basis.Kind.CONSENT else None,
        "note": note,
        "may_analyse": analyse,
        "may_quote_inside": quote_inside,
        "may_quote_public": quote_public,
        "may_share_partners": share_partners,
        "may_contact_again": contact_again,
        "set_by_id": by.person_id,
    }
    found = Basis.objects.filter(**terms).order_by("set_at").first()
    if found is not None:
        return found
    basis = Basis.objects.create(**terms, set_at=at)
    record_audit(by=by, at=at, operation="set_basis", on=basis, detail={"kind": kind})
    return basis
