"""*Have your say* as the public sees it, and as staff see it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Engagement, PublicForm, Receipt
from alongside.apps.people.queries import get_consent_text_in


@dataclass(frozen=True)
class Question:
    """One open question and a word of help."""

    position: int
    words: str
    help_words: str


@dataclass(frozen=True)
class FormView:
    """A public page: what it says, what it asks, and the consent text in the reader's language."""

    engagement_id: UUID
    engagement_title: str
    run_by: str
    slug: str
    welcome: str
    questions: tuple[Question, ...]
    consent_text_id: UUID
    consent_body: str
    consent_version: int
    consent_language: str
    asks_facts: bool
    asks_contact: bool
    opens_on: date
    closes_on: date | None
    is_open: bool


def get_public_form(slug: str, language: str, on: date) -> FormView | None:
    """Return the public page at an address; anybody may see it."""
    form = PublicForm.objects.select_related("engagement").filter(slug=slug).first()
    return _as_view(form, language, on) if form else None


def get_form_of(viewer: Viewer, engagement_id: UUID, on: date) -> FormView | None:
    """Return the public page of an engagement, for those who may see the engagement."""
    allowed = Engagement.objects.for_viewer(viewer).filter(id=engagement_id)
    form = PublicForm.objects.select_related("engagement").filter(engagement__in=allowed).first()
    return _as_view(form, "en", on) if form else None


def count_receipts(viewer: Viewer, engagement_id: UUID) -> tuple[int, int]:
    """Return how many people sent answers, and how many of them took their words back."""
    if not viewer.may("see_voices"):
        return 0, 0
    receipts = Receipt.objects.filter(form__engagement_id=engagement_id)
    return receipts.count(), receipts.exclude(withdrawn_at=None).count()


def _as_view(form: PublicForm, language: str, on: date) -> FormView:
    text = get_consent_text_in(form.consent_text_id, language) or form.consent_text
    has_opened = form.opens_on <= on and form.engagement.closed_at is None
    return FormView(
        engagement_id=form.engagement_id,
        engagement_title=form.engagement.title,
        run_by=form.engagement.run_by,
        slug=form.slug,
        welcome=form.welcome,
        questions=tuple(
            Question(question.position, question.words, question.help_words)
            for question in form.questions.order_by("position")
        ),
        consent_text_id=text.id,
        consent_body=text.body,
        consent_version=text.version,
        consent_language=text.language,
        asks_facts=form.asks_facts,
        asks_contact=form.asks_contact,
        opens_on=form.opens_on,
        closes_on=form.closes_on,
        is_open=has_opened and (form.closes_on is None or on <= form.closes_on),
    )
