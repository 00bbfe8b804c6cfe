"""*Have your say*: the form is opened by staff, answered by anybody, and what was sent can be taken back."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.models import new_id
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.engagement.models import (
    Contact,
    PublicForm,
    PublicQuestion,
    Receipt,
    Source,
    Speaker,
    Voice,
)
from alongside.apps.engagement.operations.concerns import hear_concerns
from alongside.apps.engagement.operations.consents import Ending, end_uses, make_given_events
from alongside.apps.engagement.operations.covering import cover_voice, keep_originals, make_coverer
from alongside.apps.engagement.operations.engagements import check_has_papers, lock_engagement
from alongside.apps.engagement.operations.texts import record_default_texts
from alongside.apps.engagement.rules import (
    check_dates,
    check_open,
    check_public_form_open,
    check_questions,
    check_rate,
    hash_receipt_code,
    is_blank_answer,
)
from alongside.apps.people.operations import get_or_create_basis, record_consents
from alongside.apps.people.queries import find_latest_text, get_consent_text_in
from alongside.apps.people.rules.consents import EVERYTHING

RATE_WINDOW = timedelta(minutes=10)
LONGEST_ANSWER = 20_000
# No letter or digit that could be read as another.
CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"


@dataclass(frozen=True)
class FormTerms:
    """What a public page says and asks. `questions` are pairs of a question and a word of help."""

    welcome: str
    questions: tuple[tuple[str, str], ...]
    opens_on: date
    closes_on: date | None = None
    asks_facts: bool = True
    asks_contact: bool = True


@dataclass(frozen=True)
class SentContact:
    """How somebody wants to hear back."""

    channel: str
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class SentAnswers:
    """What one person sends: their answers by question position, the uses they allowed, facts, a contact.

    `code` is the receipt code made for them before they send, so that sending twice keeps one set of answers.
    """

    answers: tuple[tuple[int, str], ...]
    consent_text_id: UUID
    language: str
    uses: frozenset[str] = frozenset()
    facts: tuple[tuple[str, str], ...] = ()
    contact: SentContact | None = None
    code: str = ""


@transaction.atomic
def open_public_form(*, engagement_id: UUID, terms: FormTerms, by: Viewer, at: datetime) -> PublicForm:
    """Open a page where anybody with the link can have their say."""
    engagement = lock_engagement(by, engagement_id)
    check_open(engagement.closed_at)
    check_has_papers(engagement, by, at)
    check(
        not PublicForm.objects.filter(engagement=engagement).exists(),
        "This engagement has its page already. Change that one.",
    )
    _check_terms(terms)
    form = PublicForm.objects.create(
        engagement=engagement,
        slug=_make_slug(),
        welcome=terms.welcome.strip(),
        consent_text_id=_newest_text(by, at),
        asks_facts=terms.asks_facts,
        asks_contact=terms.asks_contact,
        opens_on=terms.opens_on,
        closes_on=terms.closes_on,
        created_at=at,
    )
    _write_questions(form, terms)
    record_audit(by=by, at=at, operation="open_public_form", on=form)
    return form


@transaction.atomic
def change_public_form(*, engagement_id: UUID, terms: FormTerms, by: Viewer, at: datetime) -> PublicForm:
    """Change what a public page says and asks; answers keep the question they were given to."""
    engagement = lock_engagement(by, engagement_id)
    form = PublicForm.objects.select_for_update().filter(engagement=engagement).first()
    if form is None:
        raise Refused("This engagement has no public page yet.")
    _check_terms(terms)
    form.welcome = terms.welcome.strip()
    form.opens_on, form.closes_on = terms.opens_on, terms.closes_on
    form.asks_facts, form.asks_contact = terms.asks_facts, terms.asks_contact
    form.save()
    form.questions.all().delete()
    _write_questions(form, terms)
    record_audit(by=by, at=at, operation="change_public_form", on=form)
    return form


def _newest_text(by: Viewer, at: datetime) -> UUID:
    """Return the newest English words about what happens to answers, those that come with Alongside at least."""
    shipped = record_default_texts(by=by, at=at)["have_your_say"]
    newest = find_latest_text("have_your_say")
    return newest.id if newest else shipped


@transaction.atomic
def use_newest_text(*, engagement_id: UUID, by: Viewer, at: datetime) -> PublicForm:
    """Ask everybody who answers a public page from now on to agree to the newest words; others keep the old."""
    engagement = lock_engagement(by, engagement_id)
    form = PublicForm.objects.select_for_update().filter(engagement=engagement).first()
    if form is None:
        raise Refused("This engagement has no public page yet.")
    form.consent_text_id = _newest_text(by, at)
    form.save(update_fields=["consent_text"])
    record_audit(by=by, at=at, operation="use_newest_text", on=form)
    return form


def _check_terms(terms: FormTerms) -> None:
    check_dates(terms.opens_on, terms.closes_on)
    check(bool(terms.welcome.strip()), "Write why you ask, in one or two sentences.", field="welcome")
    check_questions([words for words, _help in terms.questions])


def _write_questions(form: PublicForm, terms: FormTerms) -> None:
    PublicQuestion.objects.bulk_create(
        PublicQuestion(form=form, position=position, words=words.strip(), help_words=help_words.strip())
        for position, (words, help_words) in enumerate(terms.questions, start=1)
    )


def _make_slug() -> str:
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _letter in range(8))


@transaction.atomic
def receive_answers(*, slug: str, sent: SentAnswers, by: Viewer, at: datetime, on: date) -> str:
    """Keep what somebody sent from a public page; return the receipt code, which is shown once.

    Each answer is a voice on the basis of the consent given. The same words under the same code, however often
    sent, are kept once. Raise Refused, keeping nothing, where a code comes again with other words, the page is
    closed, nothing was said, or answers arrive faster than people write.
    """
    form = PublicForm.objects.select_for_update().select_related("engagement").filter(slug=slug).first()
    if form is None:
        raise Refused(_("There is no page at this address. Check the link."))
    engagement = form.engagement
    code = sent.code or make_receipt_code()
    kept = Receipt.objects.filter(code_sha256=hash_receipt_code(code)).first()
    if kept is not None:
        _check_same(kept, form, code, sent)
        return code
    check_public_form_open(form.opens_on, form.closes_on, engagement.closed_at, on)
    check_rate(Receipt.objects.filter(form=form, created_at__gt=at - RATE_WINDOW).count())
    answers = _list_said(sent)
    check(
        bool(answers),
        _("You have not written anything yet. Answer at least one question, in your own words."),
    )
    for _position, text in answers:
        check(
            len(text) <= LONGEST_ANSWER and "\x00" not in text,
            _("One answer is too long to send at once. Shorten it to 20,000 letters."),
        )
    source, _new = Source.objects.get_or_create(
        engagement=engagement,
        kind=Source.Kind.PUBLIC_FORM,
        defaults={"created_at": at, "brought_in_at": at},
    )
    basis = _consent(form, sent, by, at)
    number = Speaker.objects.filter(engagement=engagement).count() + 1
    speaker = Speaker.objects.create(
        engagement=engagement,
        pseudonym=f"Person {number:,}",
        source=source,
        created_at=at,
        **dict(sent.facts),
    )
    questions = dict(form.questions.values_list("position", "words"))
    coverer, names = make_coverer(engagement.id), [sent.contact.name] if sent.contact else []
    voices, to_keep = [], []
    for position, text in answers:
        voice = Voice(
            engagement=engagement,
            source=source,
            speaker=speaker,
            basis_id=basis,
            question=questions.get(position, ""),
            language=sent.language,
            said_on=on,
            import_key=new_id().hex,
            created_at=at,
        )
        original = cover_voice(voice, text, coverer, known_names=names)
        voices.append(voice)
        to_keep += [original] if original else []
    Voice.objects.bulk_create(voices)
    keep_originals(to_keep, at=at)
    _keep_contact(speaker, sent, source, at)
    Receipt.objects.create(
        form=form,
        speaker=speaker,
        code_sha256=hash_receipt_code(code),
        sent_sha256=_hash_sent(code, answers),
        created_at=at,
    )
    given = make_given_events([speaker], basis, how="public_form", at=at)
    record_consents(events=given, by=by, at=at)
    record_audit(by=by, at=at, operation="receive_answers", on=engagement, detail={"voices": len(answers)})
    hear_concerns(voices=voices, at=at)
    return code


def _list_said(sent: SentAnswers) -> list[tuple[int, str]]:
    return [(position, text) for position, text in sent.answers if not is_blank_answer(text)]


def _check_same(kept: Receipt, form: PublicForm, code: str, sent: SentAnswers) -> None:
    """Raise Refused where a code that is here already comes with other words, or from another page.

    Receipts from before digests were kept have none, and are taken at their code's word.
    """
    check(kept.form_id == form.id, _("This code belongs to another page. Load this page again."))
    check(
        kept.sent_sha256 in ("", _hash_sent(code, _list_said(sent))),
        _(
            "Your answers were kept a moment ago, under the code %(code)s. To send other words, "
            "take the first ones back with that code, then begin again."
        )
        % {"code": code},
    )


def _hash_sent(code: str, answers: list[tuple[int, str]]) -> str:
    said = json.dumps([_plain(code), sorted(answers)], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _consent(form: PublicForm, sent: SentAnswers, by: Viewer, at: datetime) -> UUID:
    shown = get_consent_text_in(form.consent_text_id, sent.language)
    check(
        shown is not None and shown.id == sent.consent_text_id,
        _("What we say about your words has changed since you read it. Please read it again and agree."),
    )
    return get_or_create_basis(
        kind="consent",
        article9="explicit_consent",
        consent_text_id=sent.consent_text_id,
        by=by,
        at=at,
        quote_inside="quote_inside" in sent.uses,
        quote_public="quote_public" in sent.uses,
        share_partners="share_partners" in sent.uses,
        contact_again="contact_again" in sent.uses,
    ).id


def _keep_contact(speaker: Speaker, sent: SentAnswers, source: Source, at: datetime) -> None:
    if sent.contact is None or "contact_again" not in sent.uses:
        return
    Contact.objects.create(
        speaker=speaker,
        name=sent.contact.name,
        channel=sent.contact.channel,
        email=sent.contact.email,
        phone=sent.contact.phone,
        address=sent.contact.address,
        language=sent.language,
        source=source,
        created_at=at,
    )


@transaction.atomic
def take_back_words(*, slug: str, code: str, by: Viewer, at: datetime) -> int:
    """Stop every use of what somebody sent, by their receipt code; return how many answers that were.

    The words are set on a basis that permits nothing, so that no page, theme or export reads them again.
    """
    speaker_id = open_receipt(slug=slug, code=code)
    receipt = Receipt.objects.select_for_update().get(
        speaker_id=speaker_id, code_sha256=hash_receipt_code(code)
    )
    check(receipt.withdrawn_at is None, _("Your words have already been taken back."), field="code")
    ending = Ending(EVERYTHING, how="receipt", given_at=at)
    voices = end_uses(speaker_ids=[speaker_id], ending=ending, by=by, at=at)
    Receipt.objects.filter(id=receipt.id, withdrawn_at=None).update(withdrawn_at=at)
    record_audit(by=by, at=at, operation="take_back_words", on=receipt, detail={"voices": voices})
    return voices


def open_receipt(*, slug: str, code: str) -> UUID:
    """Return who holds a receipt code. Raise Refused where nobody does."""
    receipt = Receipt.objects.filter(form__slug=slug, code_sha256=hash_receipt_code(code)).first()
    if receipt is None:
        raise Refused(
            _("We do not know this code. It has three groups of four letters and digits."), field="code"
        )
    return receipt.speaker_id


def make_receipt_code() -> str:
    """Return a new code that nobody can guess, in three groups of four letters and digits."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _letter in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
