"""Consent through its life: every way in writes a line, ending holds at once, and no later file brings words back."""

import importlib
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from alongside.apps.base.rules import PUBLIC, Refused, Viewer
from alongside.apps.engagement.models import (
    Contact,
    Import,
    PublicForm,
    Receipt,
    Redaction,
    Speaker,
    Voice,
)
from alongside.apps.engagement.operations import (
    BasisTerms,
    TypedVoice,
    add_reply,
    confirm_import,
    decide_redaction,
    end_uses,
    open_original,
    record_ending,
    set_basis,
    take_back_words,
    use_newest_text,
)
from alongside.apps.engagement.operations.contacts import stop_contacts
from alongside.apps.engagement.queries import count_in_engagement, list_changes
from alongside.apps.engagement.queries.consents import (
    count_people_by_use,
    find_receipt_speaker,
    get_consent_engagement,
    list_consent_overview,
    list_forms_behind,
    list_people_to_record,
    list_speaker_agreements,
    list_withdrawals,
)
from alongside.apps.engagement.queries.redactions import (
    QueueFilter,
    count_queue,
    get_redaction_review,
    list_queue,
)
from alongside.apps.people.models import Basis, ConsentLine
from alongside.apps.people.operations import add_text_version
from alongside.apps.people.queries import get_basis, list_lines_of, list_text_versions
from alongside.apps.people.rules.consents import EVERYTHING
from tests.factories.consents import LATER, ending, open_form, send
from tests.factories.engagement import (
    AGREED,
    make_basis,
    make_csv,
    make_engagement,
    make_voices,
    read_table_file,
)
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


@pytest.fixture
def form(lead: Viewer) -> PublicForm:
    return open_form(lead)


def events(*subject_ids: UUID) -> list[tuple[str, str]]:
    found = ConsentLine.objects.filter(subject_id__in=subject_ids).order_by("id")
    return list(found.values_list("event", "how"))


def uses_of(speaker_id: object) -> set[str]:
    bases = {voice.basis for voice in Voice.objects.filter(speaker_id=speaker_id).select_related("basis")}
    names = ("analyse", "quote_inside", "quote_public", "share_partners", "contact_again")
    return {name for name in names if any(getattr(basis, f"may_{name}") for basis in bases)}


def test_sending_and_taking_back_are_two_lines(form: PublicForm) -> None:
    code, person = send(form, "Ring me.", email="sam@example.org")
    assert events(person) == [("given", "public_form")]
    take_back_words(slug=form.slug, code=code, by=PUBLIC, at=LATER)
    assert events(person) == [("given", "public_form"), ("withdrawn", "receipt")]
    withdrawn, given = list_lines_of([person])
    assert (given.text_key, withdrawn.text_key) == ("have_your_say", "have_your_say")
    assert (withdrawn.basis_kind, withdrawn.allowed) == ("unknown", frozenset())
    assert Contact.objects.get().stopped_at == LATER
    assert uses_of(person) == set()


def test_one_use_ends_and_the_others_stay(form: PublicForm, lead: Viewer) -> None:
    _code, person = send(form, "Ring me.", "Or write.")
    assert end_uses(speaker_ids=[person], ending=ending("quote_public"), by=PUBLIC, at=LATER) == 2
    assert uses_of(person) == {"analyse", "quote_inside", "share_partners", "contact_again"}
    basis = get_basis(Voice.objects.filter(speaker_id=person)[0].basis_id)
    assert basis.consent_text is not None
    assert count_in_engagement(lead, form.engagement_id).voices == 2
    assert end_uses(speaker_ids=[person], ending=ending("quote_public"), by=PUBLIC, at=LATER) == 0
    assert events(person) == [("given", "public_form"), ("changed", "receipt")]
    assert list_lines_of([person])[0].allowed == EVERYTHING - {"quote_public"}
    assert Receipt.objects.get().withdrawn_at is None


def test_ending_contact_alone_keeps_the_words(form: PublicForm) -> None:
    _code, person = send(form, "Ring me.", email="sam@example.org")
    stop_contacts(speaker_ids=[person], by=PUBLIC, at=LATER)
    assert uses_of(person) == EVERYTHING - {"contact_again"}
    assert events(person) == [("given", "public_form"), ("changed", "private_link")]
    assert Contact.objects.get().stopped_at == LATER


def test_somebody_without_voices_has_nothing_to_end(form: PublicForm) -> None:
    lonely = Speaker.objects.create(engagement=form.engagement, pseudonym="P9", created_at=NOW)
    assert end_uses(speaker_ids=[lonely.id], ending=ending("analyse"), by=PUBLIC, at=LATER) == 0
    assert events(lonely.id) == []


def test_typed_words_have_a_line_for_each_person_and_one_for_nobody(lead: Viewer) -> None:
    engagement, basis = make_engagement(by=lead), make_basis()
    moderator = TypedVoice("And you?", speaker="M", is_moderator=True)
    for _twice in range(2):
        make_voices(
            engagement, TypedVoice("Late.", speaker="P3"), "Cold.", moderator, basis_id=basis, by=lead
        )
    person = Speaker.objects.get(pseudonym="P3")
    assert events(person.id) == [("given", "in_person")]
    (line,) = ConsentLine.objects.filter(subject_kind="source")
    assert (line.people, line.event) == (0, "given")
    make_voices(
        engagement, TypedVoice("More.", speaker="P3"), basis_id=make_basis(BasisTerms("public_task")), by=lead
    )
    assert events(person.id)[1] == ("other_basis", "in_person")


def test_who_took_words_back_is_not_written_down_again_under_the_same_pseudonym(lead: Viewer) -> None:
    engagement, basis = make_engagement(by=lead), make_basis()
    make_voices(engagement, TypedVoice("Late.", speaker="P3"), basis_id=basis, by=lead)
    person = Speaker.objects.get(pseudonym="P3")
    end_uses(speaker_ids=[person.id], ending=ending("contact_again", how="phone"), by=lead, at=LATER)
    make_voices(engagement, TypedVoice("Still late.", speaker="P3"), basis_id=basis, by=lead)
    assert uses_of(person.id) == {"analyse", "quote_inside"}
    assert len(events(person.id)) == 2
    end_uses(speaker_ids=[person.id], ending=ending("analyse", how="phone"), by=lead, at=LATER)
    with pytest.raises(Refused, match="new pseudonym"):
        make_voices(engagement, TypedVoice("Later.", speaker="P3"), basis_id=basis, by=lead)
    assert Voice.objects.filter(basis__may_analyse=True).count() == 0


def test_a_reply_is_a_line_where_its_basis_is_new(lead: Viewer) -> None:
    engagement = make_engagement(by=lead)
    found = read_table_file(engagement, make_csv([(1, "a", "Late.")]), lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    person = Speaker.objects.get()
    for words in ("Thanks.", "And more."):
        add_reply(speaker_id=person.id, round_id=uuid4(), text=words, by=PUBLIC, at=LATER)
    assert events(person.id) == [("given", "private_link")]
    add_reply(speaker_id=person.id, round_id=uuid4(), text="Told in person.", by=lead, at=LATER)
    assert len(events(person.id)) == 1


def test_a_file_is_one_line_with_its_people(lead: Viewer) -> None:
    engagement = make_engagement(by=lead)
    rows = [(1, "a", "Late."), (2, "a", "Cold."), (3, "b", "Far."), (4, "", "Fine.")]
    found = read_table_file(engagement, make_csv(rows), lead)
    assert not ConsentLine.objects.exists()
    confirm_import(import_id=found.id, by=lead, at=NOW)
    (line,) = ConsentLine.objects.all()
    assert (line.subject_kind, line.people, line.how, line.event) == ("source", 2, "import", "given")
    assert line.quote_inside


def test_a_file_without_a_basis_gets_no_line(lead: Viewer) -> None:
    found = read_table_file(make_engagement(by=lead), make_csv([(1, "a", "Late.")]), lead)
    Import.objects.filter(id=found.id).update(basis=None)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    assert not ConsentLine.objects.exists()


@pytest.mark.parametrize(
    ("ended", "left"), [("analyse", set()), ("quote_inside", {"analyse", "contact_again"})]
)
def test_a_later_file_does_not_bring_back_what_somebody_ended(
    lead: Viewer, ended: str, left: set[str]
) -> None:
    engagement = make_engagement(by=lead)
    first = read_table_file(engagement, make_csv([(1, "P1", "Late."), (2, "P2", "Far.")]), lead)
    confirm_import(import_id=first.id, by=lead, at=NOW)
    person = Speaker.objects.get(external_key="P1")
    end_uses(speaker_ids=[person.id], ending=ending(ended), by=PUBLIC, at=LATER)
    second = read_table_file(
        engagement, make_csv([(1, "P1", "Late again."), (3, "P1", "New."), (2, "P2", "Too far.")]), lead
    )
    shown = [change.will_be for change in list_changes(lead, second.id)]
    assert ("Late again." in shown) is bool(left)
    confirm_import(import_id=second.id, by=lead, at=LATER)
    assert uses_of(person.id) == left
    other = Speaker.objects.get(external_key="P2")
    assert uses_of(other.id) == {"analyse", "quote_inside", "contact_again"}


def test_words_that_wait_in_a_file_are_withdrawn_with_the_others(lead: Viewer) -> None:
    engagement = make_engagement(by=lead)
    first = read_table_file(engagement, make_csv([(1, "a", "Late.")]), lead)
    confirm_import(import_id=first.id, by=lead, at=NOW)
    second = read_table_file(engagement, make_csv([(2, "a", "New.")]), lead)
    person = Speaker.objects.get()
    end_uses(speaker_ids=[person.id], ending=ending("analyse"), by=PUBLIC, at=LATER)
    confirm_import(import_id=second.id, by=lead, at=LATER)
    assert uses_of(person.id) == set()
    assert count_in_engagement(lead, engagement.id).voices == 0


def test_a_colleague_cannot_widen_what_a_person_narrowed(form: PublicForm, lead: Viewer) -> None:
    _one, narrowed = send(form, "Ring me.")
    _two, other = send(form, "Write to me.")
    engagement = form.engagement
    make_voices(engagement, "Nobody said this.", by=lead)
    end_uses(speaker_ids=[narrowed], ending=ending("quote_public"), by=PUBLIC, at=LATER)
    wide = make_basis(BasisTerms("public_task", uses=frozenset({"quote_public", "quote_inside"})))
    ids = list(Voice.objects.values_list("id", flat=True))
    assert set_basis(voice_ids=ids, basis_id=wide, reason="Put right", by=lead, at=LATER) == 3
    assert uses_of(narrowed) == {"analyse", "quote_inside"}
    assert uses_of(other) == {"analyse", "quote_inside", "quote_public"}
    assert events(other)[-1] == ("other_basis", "team")
    consent = make_basis(AGREED)
    set_basis(voice_ids=ids, basis_id=consent, reason="Put right again", by=lead, at=LATER)
    assert events(other)[-1] == ("changed", "team")
    with pytest.raises(Refused, match="no such voices"):
        set_basis(voice_ids=[uuid4()], basis_id=wide, reason="Why", by=lead, at=LATER)


def test_a_withdrawal_by_phone_is_recorded_with_who_and_how(form: PublicForm, lead: Viewer) -> None:
    _code, person = send(form, "Ring me.")
    heard = ending("analyse", how="phone")
    record_ending(engagement_id=form.engagement_id, speaker_id=person, ending=heard, by=lead, at=LATER)
    (one,) = list_withdrawals(lead, form.engagement_id)
    assert (one.who, one.recorded_by, one.line.how) == ("Person 1", lead.name, "phone")
    with pytest.raises(Refused, match="Nothing of theirs"):
        record_ending(engagement_id=form.engagement_id, speaker_id=person, ending=heard, by=lead, at=LATER)
    for wrong, at in ((ending("analyse"), LATER), (heard, NOW)):
        with pytest.raises(Refused):
            record_ending(engagement_id=form.engagement_id, speaker_id=person, ending=wrong, by=lead, at=at)
    with pytest.raises(Refused, match="Choose the person"):
        record_ending(engagement_id=form.engagement_id, speaker_id=uuid4(), ending=heard, by=lead, at=LATER)


def test_people_are_counted_by_what_they_allow_now(form: PublicForm, lead: Viewer) -> None:
    _one, goes = send(form, "Ring me.", "And write.")
    send(form, "Write to me.", uses=frozenset({"quote_inside"}))
    before = {one.use: one.people for one in count_people_by_use(lead, form.engagement_id)}
    assert (before["analyse"], before["quote_inside"], before["quote_public"]) == (2, 2, 1)
    end_uses(speaker_ids=[goes], ending=ending("analyse"), by=PUBLIC, at=LATER)
    after = {one.use: one.people for one in count_people_by_use(lead, form.engagement_id)}
    assert (after["analyse"], after["quote_inside"], after["quote_public"]) == (1, 1, 0)
    assert [pseudonym for _id, pseudonym in list_people_to_record(lead, form.engagement_id)] == ["Person 2"]
    assert list_people_to_record(make_viewer("analyst"), form.engagement_id) == []
    (line,) = list_consent_overview(make_viewer("auditor"))
    assert (line.people, line.withdrawals) == (2, 1)
    stranger = make_viewer("owner")
    assert list_consent_overview(stranger) == []
    assert get_consent_engagement(stranger, form.engagement_id) is None


def test_a_person_sees_what_they_agreed_to_and_what_is_left(form: PublicForm) -> None:
    code, person = send(form, "Ring me.", " ", "x")
    (found,) = list_speaker_agreements([person])
    assert (found.version, found.given_on, found.answers) == (1, NOW.date(), 2)
    assert "receipt code" in found.body
    assert found.last_ending is None
    take_back_words(slug=form.slug, code=code, by=PUBLIC, at=LATER)
    (after,) = list_speaker_agreements([person])
    assert after.has_ended
    assert after.last_ending is not None
    assert (after.text_key, after.where) == ("have_your_say", ())
    assert find_receipt_speaker(person, form.slug) == person
    assert find_receipt_speaker(person, "other") is None


def test_people_in_a_file_see_the_text_of_their_file(lead: Viewer) -> None:
    engagement = make_engagement(by=lead)
    found = read_table_file(engagement, make_csv([(1, "a", "Late.")]), lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    (one,) = list_speaker_agreements(Speaker.objects.values_list("id", flat=True))
    assert (one.text_key, one.lines) == ("spoken", ())
    public_task = make_basis(BasisTerms("public_task"))
    make_voices(engagement, TypedVoice("Cold.", speaker="P7"), basis_id=public_task, by=lead)
    (other,) = list_speaker_agreements([Speaker.objects.get(pseudonym="P7").id])
    assert (other.body, other.basis_label, other.given_on) == ("", "public task (Article 6(1)(e))", None)
    silent = Speaker.objects.create(engagement=engagement, pseudonym="P8", created_at=NOW)
    assert list_speaker_agreements([silent.id])[0].has_ended


def test_words_held_for_review_can_be_taken_back_and_leave_the_queue(lead: Viewer) -> None:
    governance, engagement = make_viewer("governance_lead"), make_engagement(by=lead)
    doubt = TypedVoice("My number is 999 017 3915, I think. Dr Mensah knows.", speaker="P3")
    (voice_id,) = make_voices(engagement, doubt, by=lead)
    person = Speaker.objects.get(pseudonym="P3")
    assert not Voice.objects.filter(id=voice_id).exists()
    assert "analyse" in list_speaker_agreements([person.id])[0].allowed
    assert list_people_to_record(lead, engagement.id) == [(person.id, "P3")]
    assert count_queue(governance).held == 1
    end_uses(speaker_ids=[person.id], ending=ending("analyse"), by=PUBLIC, at=LATER)
    assert (count_queue(governance).held, list(list_queue(governance, QueueFilter()))) == (0, [])
    assert get_redaction_review(governance, voice_id, QueueFilter(), opened=False) is None
    with pytest.raises(Refused, match="no such voice"):
        open_original(voice_id=voice_id, by=governance, at=LATER)
    mark = Redaction.objects.filter(voice_id=voice_id)[0]
    with pytest.raises(Refused, match="no such voice"):
        decide_redaction(redaction_id=mark.id, decision="confirm", by=governance, at=LATER)


def test_new_words_are_asked_of_new_people_only_when_a_page_uses_them(form: PublicForm, lead: Viewer) -> None:
    _code, before = send(form, "Ring me.")
    add_text_version(key="have_your_say", bodies={"en": "Newer words."}, by=lead, at=NOW)
    newest = list_text_versions(lead, "have_your_say")[0]
    ((engagement_id, _title, version),) = list_forms_behind(lead, newest)
    assert (engagement_id, version) == (form.engagement_id, 1)
    assert list_forms_behind(make_viewer("analyst"), newest) == []
    use_newest_text(engagement_id=form.engagement_id, by=lead, at=LATER)
    form.refresh_from_db()
    _code, after = send(form, "Write to me.")
    assert [list_lines_of([one])[0].text_version for one in (before, after)] == [1, 2]
    assert open_form(lead, "Another").consent_text_id == newest.id
    with pytest.raises(Refused, match="no public page"):
        use_newest_text(engagement_id=make_engagement(by=lead).id, by=lead, at=LATER)


def test_what_was_here_before_the_ledger_gets_its_lines(form: PublicForm, lead: Viewer) -> None:
    migration = importlib.import_module("alongside.apps.engagement.migrations.0004_consents")
    code, gone = send(form, "Ring me.")
    _code, silent = send(form, "Write to me.", email="sam@example.org")
    take_back_words(slug=form.slug, code=code, by=PUBLIC, at=LATER)
    Contact.objects.update(stopped_at=LATER)
    nobody = Speaker.objects.create(engagement=form.engagement, pseudonym="P9", created_at=NOW)
    Contact.objects.create(speaker=nobody, channel="phone", created_at=NOW, stopped_at=NOW)
    task = make_basis(BasisTerms("public_task"))
    make_voices(form.engagement, TypedVoice("Cold.", speaker="P3"), basis_id=task, by=lead)
    found = read_table_file(form.engagement, make_csv([(1, "a", "Late.")]), lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    here = set(ConsentLine.objects.values_list("id", flat=True))
    migration.record_what_was_here(apps, None)
    made = ConsentLine.objects.exclude(id__in=here).order_by("id")
    assert set(made.values_list("how", flat=True)) == {"carried_over"}
    said = sorted(made.values_list("subject_kind", "event"))
    assert said == [
        ("source", "given"), ("speaker", "changed"), ("speaker", "given"), ("speaker", "other_basis"),
        ("speaker", "withdrawn"),
    ]  # fmt: skip
    assert made.get(event="withdrawn").subject_id == gone
    assert made.get(event="changed").subject_id == silent
    assert not made.get(event="changed").contact_again


def test_bases_are_shared_by_those_who_end_the_same(form: PublicForm) -> None:
    people = [send(form, f"Ring me {number}.")[1] for number in range(3)]
    end_uses(speaker_ids=people, ending=ending("quote_public"), by=PUBLIC, at=LATER)
    assert Voice.objects.filter(speaker_id__in=people).values("basis_id").distinct().count() == 1
    assert Basis.objects.filter(kind="consent").count() == 2
