"""Have your say: nothing is kept before it is sent, consent is exact, and words can be taken back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import PUBLIC, Refused, Viewer
from alongside.apps.engagement.models import Contact, PublicForm, Receipt, Voice
from alongside.apps.engagement.operations import (
    FormTerms,
    SentAnswers,
    SentContact,
    change_public_form,
    close_engagement,
    open_public_form,
    receive_answers,
    take_back_words,
)
from alongside.apps.engagement.queries import (
    count_receipts,
    get_contact,
    get_form_of,
    get_public_form,
    list_speakers_of_voices,
    list_voice_ids,
)
from alongside.apps.people.queries import get_basis
from tests.factories.engagement import make_engagement
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
TERMS = FormTerms(welcome="Why we ask.", questions=(("What?", ""), ("Why?", "Help")), opens_on=TODAY)


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


@pytest.fixture
def form(lead: Viewer) -> PublicForm:
    return open_public_form(engagement_id=make_engagement().id, terms=TERMS, by=lead, at=NOW)


def make_sent(form: PublicForm, *answers: str, language: str = "en", **parts: object) -> SentAnswers:
    shown = get_public_form(form.slug, language, TODAY)
    assert shown is not None
    return SentAnswers(
        answers=tuple(enumerate(answers, start=1)),
        consent_text_id=shown.consent_text_id,
        language=language,
        **parts,  # type: ignore[arg-type]
    )


def send(form: PublicForm, sent: SentAnswers) -> str:
    return receive_answers(slug=form.slug, sent=sent, by=PUBLIC, at=NOW, on=TODAY)


def test_what_somebody_sends_becomes_voices_on_exactly_the_consent_they_gave(
    form: PublicForm, lead: Viewer
) -> None:
    contact = SentContact(channel="email", email="a@example.org")
    uses = frozenset({"quote_public", "contact_again"})
    facts = (("age_band", "75 and over"),)
    code = send(form, make_sent(form, "Be told.", " ", uses=uses, facts=facts, contact=contact))
    voice = Voice.objects.select_related("speaker").get()
    assert (voice.text, voice.question, voice.source.kind) == ("Be told.", "What?", "public_form")
    basis = get_basis(voice.basis_id)
    assert (basis.kind, basis.article9) == ("consent", "explicit_consent")
    assert (basis.may_quote_public, basis.may_quote_inside, basis.may_contact_again) == (True, False, True)
    assert basis.consent_text is not None
    assert basis.consent_text.key == "have_your_say"
    (person,) = list_speakers_of_voices(lead, list_voice_ids(lead, voice.engagement_id))
    assert person.may_be_contacted
    kept = get_contact(lead, person.speaker_id)
    assert kept is not None
    assert kept.email == "a@example.org"
    assert code not in str(Receipt.objects.values())
    assert "Be told" not in str(list(AuditLine.objects.values()))


def test_a_contact_is_not_kept_without_a_yes_to_being_contacted(form: PublicForm) -> None:
    send(form, make_sent(form, "Words.", contact=SentContact(channel="email", email="a@example.org")))
    assert not Contact.objects.exists()


def test_nothing_said_is_refused_kindly(form: PublicForm) -> None:
    with pytest.raises(Refused, match="Answer at least one"):
        send(form, make_sent(form, " ", "n/a"))
    assert not Voice.objects.exists()
    with pytest.raises(Refused, match="too long"):
        send(form, make_sent(form, "x" * 20_001))
    with pytest.raises(Refused, match="no page"):
        receive_answers(slug="nowhere", sent=make_sent(form, "Words."), by=PUBLIC, at=NOW, on=TODAY)


def test_welsh_words_rest_on_the_welsh_text(form: PublicForm) -> None:
    send(form, make_sent(form, "Geiriau.", language="cy"))
    basis = get_basis(Voice.objects.get().basis_id)
    assert basis.consent_text is not None
    assert basis.consent_text.language == "cy"
    english = make_sent(form, "Words.")
    with pytest.raises(Refused, match="read it again"):
        send(form, SentAnswers(english.answers, english.consent_text_id, "cy"))


def test_too_many_answers_at_once_are_asked_to_wait(
    form: PublicForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.apps.engagement.rules.engagements.MOST_ANSWERS_IN_TEN_MINUTES", 2)
    send(form, make_sent(form, "One."))
    send(form, make_sent(form, "Two."))
    with pytest.raises(Refused, match="ten minutes"):
        send(form, make_sent(form, "Three."))
    later = NOW + timedelta(minutes=11)
    receive_answers(slug=form.slug, sent=make_sent(form, "Three."), by=PUBLIC, at=later, on=TODAY)


def test_the_same_words_under_the_same_code_are_kept_once(form: PublicForm) -> None:
    sent = make_sent(form, "One.", code="AAAA-CCCC-DDDD")
    assert send(form, sent) == send(form, sent) == "AAAA-CCCC-DDDD"
    assert Voice.objects.count() == 1
    Receipt.objects.update(sent_sha256="")  # from before digests were kept
    assert send(form, sent) == "AAAA-CCCC-DDDD"


def test_other_words_under_a_code_that_is_here_are_refused(form: PublicForm, lead: Viewer) -> None:
    send(form, make_sent(form, "One.", code="AAAA-CCCC-DDDD"))
    with pytest.raises(Refused, match="kept a moment ago, under the code AAAA-CCCC-DDDD"):
        send(form, make_sent(form, "Two.", code="AAAA-CCCC-DDDD"))
    other = open_public_form(engagement_id=make_engagement().id, terms=TERMS, by=lead, at=NOW)
    with pytest.raises(Refused, match="another page"):
        send(other, make_sent(other, "One.", code="AAAA-CCCC-DDDD"))
    assert Voice.objects.count() == 1


def test_words_are_taken_back_by_the_code_however_it_is_typed(form: PublicForm, lead: Viewer) -> None:
    code = send(form, make_sent(form, "One.", "Two.", uses=frozenset({"contact_again"}),
                                contact=SentContact(channel="phone", phone="01")))  # fmt: skip
    with pytest.raises(Refused, match="do not know this code"):
        take_back_words(slug=form.slug, code="AAAA-AAAA-AAAA", by=PUBLIC, at=NOW)
    assert take_back_words(slug=form.slug, code=code.lower().replace("-", " "), by=PUBLIC, at=NOW) == 2
    assert not Voice.objects.that_count().exists()
    assert Contact.objects.get().stopped_at == NOW
    assert count_receipts(lead, form.engagement_id) == (1, 1)
    assert count_receipts(PUBLIC, form.engagement_id) == (0, 0)
    with pytest.raises(Refused, match="already"):
        take_back_words(slug=form.slug, code=code, by=PUBLIC, at=NOW)


def test_a_form_is_opened_once_changed_and_closed_with_its_engagement(form: PublicForm, lead: Viewer) -> None:
    engagement_id = form.engagement_id
    with pytest.raises(Refused, match="its page already"):
        open_public_form(engagement_id=engagement_id, terms=TERMS, by=lead, at=NOW)
    changed = FormTerms(welcome="New.", questions=(("Only?", ""),), opens_on=TODAY, asks_facts=False)
    change_public_form(engagement_id=engagement_id, terms=changed, by=lead, at=NOW)
    shown = get_form_of(lead, engagement_id, TODAY)
    assert shown is not None
    assert (shown.welcome, [one.words for one in shown.questions], shown.asks_facts) == (
        "New.",
        ["Only?"],
        False,
    )
    close_engagement(engagement_id=engagement_id, by=lead, at=NOW)
    with pytest.raises(Refused, match="closed"):
        send(form, make_sent(form, "Too late."))
    with pytest.raises(Refused, match="no public page"):
        change_public_form(engagement_id=make_engagement().id, terms=TERMS, by=lead, at=NOW)
    with pytest.raises(Refused, match="why you ask"):
        change_public_form(
            engagement_id=engagement_id, terms=FormTerms(" ", (("a", ""),), TODAY), by=lead, at=NOW
        )


def test_nothing_typed_is_lost_and_nothing_is_kept_before_it_is_sent(
    form: PublicForm, client: Client
) -> None:
    PublicForm.objects.update(opens_on=TODAY - timedelta(days=9_000))
    client.post(reverse("say:agree", args=[form.slug]), {"uses": []})
    client.post(reverse("say:question", args=[form.slug, 1]), {"text": "Half an answer"})
    page = client.get(reverse("say:question", args=[form.slug, 1]))
    assert "Half an answer" in page.content.decode()
    assert not Voice.objects.exists()
    check = reverse("say:check", args=[form.slug])
    refused = client.post(check, {"website": "https://spam.example"})
    assert "Leave the field" in refused.content.decode()
    answer = client.post(check, {})
    assert answer.headers["Location"] == reverse("say:sent", args=[form.slug])
    assert Voice.objects.get().text == "Half an answer"
    assert "Half" not in str(dict(client.session))


def test_sending_twice_keeps_one_set_of_answers_under_one_code(form: PublicForm, client: Client) -> None:
    PublicForm.objects.update(opens_on=TODAY - timedelta(days=9_000))
    client.post(reverse("say:agree", args=[form.slug]), {"uses": []})
    client.post(reverse("say:question", args=[form.slug, 1]), {"text": "Once."})
    before, check = dict(client.session), reverse("say:check", args=[form.slug])
    client.post(check, {})
    code = client.session[f"said-{form.slug}"]
    session = client.session  # what a second request holds that was sent before the first was answered
    session.update(before)
    session.save()
    client.post(check, {})
    assert client.session[f"said-{form.slug}"] == code
    assert Voice.objects.count() == 1
    assert take_back_words(slug=form.slug, code=code, by=PUBLIC, at=NOW) == 1


def test_an_empty_sending_is_refused_kindly_on_the_page(form: PublicForm, client: Client) -> None:
    PublicForm.objects.update(opens_on=TODAY - timedelta(days=9_000))
    client.post(reverse("say:agree", args=[form.slug]), {})
    page = client.post(reverse("say:check", args=[form.slug]), {})
    assert "Answer at least one question" in page.content.decode()


def test_questions_are_not_shown_before_somebody_agreed(form: PublicForm, client: Client) -> None:
    PublicForm.objects.update(opens_on=TODAY - timedelta(days=9_000))
    for name, more in (("question", [1]), ("facts", []), ("contact", []), ("check", []), ("sent", [])):
        assert client.get(reverse(f"say:{name}", args=[form.slug, *more])).status_code == 302
    assert client.get(reverse("say:question", args=[form.slug, 9])).status_code == 404
    assert client.get(reverse("say:welcome", args=["nowhere"])).status_code == 404
    PublicForm.objects.update(opens_on=TODAY + timedelta(days=9_000))
    assert "not open" in client.get(reverse("say:welcome", args=[form.slug])).content.decode()
    assert client.get(reverse("say:agree", args=[form.slug])).status_code == 302
