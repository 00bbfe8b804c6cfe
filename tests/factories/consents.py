"""People who had their say and may change their minds, built through the operations."""

from datetime import timedelta
from uuid import UUID

from alongside.apps.base.rules import PUBLIC, Viewer
from alongside.apps.engagement.models import PublicForm, Receipt
from alongside.apps.engagement.operations import (
    Ending,
    FormTerms,
    SentAnswers,
    SentContact,
    open_public_form,
    receive_answers,
)
from alongside.apps.engagement.rules import hash_receipt_code
from tests.factories.engagement import make_engagement
from tests.factories.people import NOW

ALL_USES = frozenset({"quote_inside", "quote_public", "share_partners", "contact_again"})
LATER = NOW + timedelta(hours=2)


def open_form(by: Viewer, title: str = "When we run late") -> PublicForm:
    """Return a public page with two questions."""
    terms = FormTerms("Tell us.", (("What?", ""), ("Why?", "")), NOW.date())
    return open_public_form(engagement_id=make_engagement(by=by, title=title).id, terms=terms, by=by, at=NOW)


def send(
    form: PublicForm, *answers: str, uses: frozenset[str] = ALL_USES, email: str = "", **parts: object
) -> tuple[str, UUID]:
    """Return the receipt code and the person of somebody who had their say."""
    sent = SentAnswers(
        answers=tuple(enumerate(answers, start=1)),
        consent_text_id=form.consent_text_id,
        language="en",
        uses=uses,
        contact=SentContact(channel="email", email=email) if email else None,
        **parts,  # type: ignore[arg-type]
    )
    code = receive_answers(slug=form.slug, sent=sent, by=PUBLIC, at=NOW, on=NOW.date())
    return code, Receipt.objects.get(code_sha256=hash_receipt_code(code)).speaker_id


def ending(*uses: str, how: str = "receipt") -> Ending:
    """Return the end of these uses, two hours later."""
    return Ending(frozenset(uses), how=how, given_at=LATER)
