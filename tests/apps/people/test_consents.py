"""The consent ledger: it says exactly what was agreed to, and nothing can be changed in it afterwards."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.base.models import AuditLine
from alongside.apps.base.operations import destroy_keys
from alongside.apps.base.rules import PUBLIC, SYSTEM, Refused
from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.people.models import ConsentLine, ConsentText
from alongside.apps.people.operations import (
    ConsentEvent,
    add_text_version,
    get_or_create_basis,
    record_consent_text,
    record_consents,
)
from alongside.apps.people.operations.consents import erase_consents
from alongside.apps.people.queries import (
    LedgerFilter,
    count_agreed,
    find_latest_text,
    get_text,
    list_ended_in,
    list_ended_uses,
    list_ledger,
    list_lines_of,
    list_recorded_bases,
    list_text_versions,
)
from alongside.apps.people.queries.consents import collect_consents
from alongside.apps.people.rules.consents import EVERYTHING, PURPOSES, Choice, expand_uses, find_ended
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


def make_text(version: int = 1, language: str = "en", body: str = "We read it.") -> ConsentText:
    return record_consent_text(key="words", version=version, language=language, body=body, by=SYSTEM, at=NOW)


def make_event(**parts: object) -> ConsentEvent:
    text = make_text()
    basis = get_or_create_basis(
        kind="consent", consent_text_id=text.id, quote_inside=True, contact_again=True, by=SYSTEM, at=NOW
    )
    values = {
        "subject_kind": "speaker", "subject_id": uuid4(), "event": "given", "how": "public_form",
        "basis_id": basis.id, "given_at": NOW,
    }  # fmt: skip
    return ConsentEvent(**{**values, **parts})  # type: ignore[arg-type]


def write(*events: ConsentEvent) -> list[ConsentLine]:
    ids = record_consents(events=events, by=PUBLIC, at=NOW)
    return [ConsentLine.objects.get(id=one) for one in ids]


def test_a_line_says_which_exact_words_and_what_is_allowed() -> None:
    (line,) = write(make_event())
    assert line.text_sha256 == hashlib.sha256(b"We read it.").hexdigest()
    (seen,) = list_lines_of([line.subject_id])
    assert seen.allowed == {"analyse", "quote_inside", "contact_again"}
    assert (seen.text_key, seen.text_version, seen.text_body) == ("words", 1, "We read it.")
    assert (seen.event, seen.how, seen.note, seen.recorded_by_id) == ("given", "public_form", "", None)
    assert AuditLine.objects.filter(operation="record_consent").get().detail["lines"] == 1


def test_nothing_to_record_writes_nothing() -> None:
    assert record_consents(events=[], by=PUBLIC, at=NOW) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE people_consent_line SET how = 'team'", "DELETE FROM people_consent_line"]
)
def test_the_database_itself_refuses_to_change_or_delete_a_line(statement: str) -> None:
    write(make_event())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert ConsentLine.objects.get().how == "public_form"


def test_neither_does_a_model_or_a_query() -> None:
    (line,) = write(make_event())
    for change in (line.save, line.delete, ConsentLine.objects.all().delete):
        with pytest.raises(TypeError, match="append-only"):
            change()
    with pytest.raises(TypeError, match="append-only"):
        ConsentLine.objects.update(how="team")


def test_a_line_may_be_saved_once() -> None:
    ConsentLine(
        subject_kind="source", subject_id=uuid4(), event="other_basis", how="import", people=3, given_at=NOW,
        recorded_at=NOW, **dict.fromkeys(PURPOSES, False),
    ).save()  # fmt: skip
    assert ConsentLine.objects.get().people == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": "given", "basis_id": None},
        {"subject_kind": "source"},
        {"people": 4},
    ],
)
def test_the_database_refuses_a_line_that_says_too_little_or_too_much(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(make_event(**wrong))


@pytest.mark.parametrize(
    ("wrong", "field"), [({"event": "x"}, "event"), ({"how": "x"}, "how"), ({"note": "n" * 501}, "note")]
)
def test_an_unknown_event_is_refused(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        write(make_event(**wrong))
    assert refusal.value.field == field


def test_a_withdrawal_allows_nothing_and_says_what_had_been_published() -> None:
    use = PublishedUse("public_story", "quote_public", "A shuttle", NOW.date(), True, uuid4(), 2)
    write(make_event(event="withdrawn", published=(use,)))
    (line,) = list_lines_of(ConsentLine.objects.values_list("subject_id", flat=True))
    assert line.allowed == frozenset()
    assert line.published == (use,)


def test_a_note_dies_with_the_persons_key_and_the_line_stays() -> None:
    (line,) = write(make_event(note="Rang on Tuesday"))
    assert b"Tuesday" not in bytes(line.note_locked or b"")
    assert list_lines_of([line.subject_id])[0].note == "Rang on Tuesday"
    destroy_keys([line.subject_id], at=NOW)
    assert list_lines_of([line.subject_id])[0].note == ""


def test_an_erasure_keeps_the_line_and_says_which_law_keeps_it() -> None:
    (line,) = write(make_event(note="By phone"))
    subject = Subject(speaker_ids=frozenset({line.subject_id}))
    (held,) = collect_consents(subject)
    assert dict(held.fields)["Note"] == "By phone"
    assert held.needs_review
    assert "7(1)" in held.why
    (erased,) = erase_consents(subject, by=SYSTEM, at=NOW)
    assert (erased.erased, erased.kept) == (0, 1)
    assert "5(2)" in erased.because
    (nothing,) = erase_consents(Subject(), by=SYSTEM, at=NOW)
    assert (nothing.kept, nothing.because) == (0, "")


def test_the_subjects_line_of_another_basis_is_told_by_its_label() -> None:
    basis = get_or_create_basis(kind="public_task", by=SYSTEM, at=NOW)
    (line,) = write(make_event(event="other_basis", basis_id=basis.id))
    (held,) = collect_consents(Subject(member_ids=frozenset({line.subject_id})))
    assert dict(held.fields)["Text"] == "public task (Article 6(1)(e))"
    (bare,) = write(make_event(event="refused", basis_id=None))
    assert list_lines_of([bare.subject_id])[0].basis_label == ""


def test_only_those_who_see_consents_read_the_ledger() -> None:
    line = write(make_event(engagement_id=uuid4()))[0]
    auditor, owner = make_viewer("auditor"), make_viewer("owner")
    assert list_ledger(auditor, LedgerFilter(), engagement_id=line.engagement_id).count() == 1
    assert list_ledger(auditor, LedgerFilter(event="withdrawn")).count() == 0
    assert (
        list_ledger(auditor, LedgerFilter(how="public_form", basis="consent", use="quote_inside")).count()
        == 1
    )
    assert list_ledger(auditor, LedgerFilter(use="quote_public")).count() == 0
    assert list_ledger(auditor, LedgerFilter(use="password")).count() == 1
    assert not list_ledger(owner, LedgerFilter()).exists()
    assert (list_text_versions(owner), count_agreed(owner)) == ([], {})


def test_each_wording_is_counted_by_peoples_last_word() -> None:
    text = make_text()
    stays, goes = write(make_event(), make_event())
    write(
        make_event(subject_kind="source", people=30),
        make_event(subject_id=goes.subject_id, event="withdrawn"),
    )
    assert count_agreed(make_viewer("auditor")) == {text.id: 31}
    assert list_recorded_bases([stays.subject_id]) == {(stays.subject_id, stays.basis_id)}


def test_what_a_person_ended_is_found_in_their_engagement() -> None:
    here = uuid4()
    (line,) = write(make_event(engagement_id=here))
    assert list_ended_in(here) == {}
    write(
        make_event(
            engagement_id=here, subject_id=line.subject_id, event="changed", allowed=frozenset({"analyse"})
        )
    )
    assert list_ended_in(here) == {line.subject_id: EVERYTHING - {"analyse"}}
    assert list_ended_uses([uuid4()]) == {}


EVENTS = st.sampled_from(["given", "changed", "withdrawn", "refused", "other_basis"])
HOW = st.sampled_from(["public_form", "receipt", "import", "team"])
CHOICES = st.builds(Choice, EVENTS, HOW, st.frozensets(st.sampled_from(PURPOSES)), st.just(NOW))


@settings(max_examples=60)
@given(st.lists(CHOICES, max_size=6))
def test_nothing_the_team_records_gives_back_what_a_person_ended(choices: list[Choice]) -> None:
    ended = find_ended(choices)
    team = Choice("given", "team", EVERYTHING, NOW)
    assert find_ended([*choices, team]) == ended
    last = Choice("withdrawn", "receipt", frozenset(), NOW)
    assert find_ended([*choices, last]) == EVERYTHING
    again = Choice("given", "in_person", EVERYTHING, NOW)
    assert find_ended([*choices, again]) == frozenset()


def test_what_was_never_given_is_not_ended() -> None:
    assert find_ended([Choice("given", "public_form", frozenset({"analyse"}), NOW)]) == frozenset()


def test_ending_analysis_ends_everything() -> None:
    assert expand_uses(["analyse"]) == EVERYTHING
    assert expand_uses(["quote_public"]) == {"quote_public"}
    for wrong in ([], ["fly"]):
        with pytest.raises(Refused):
            expand_uses(wrong)


def test_new_words_are_a_new_version_and_the_old_ones_stay() -> None:
    lead, text = make_viewer("engagement_lead"), make_text()
    new = add_text_version(key="words", bodies={"en": "We read it twice.", "cy": ""}, by=lead, at=NOW)
    assert (new.version, new.language) == (2, "en")
    assert [one.version for one in list_text_versions(lead, "words")] == [2, 1]
    assert find_latest_text("words") == new
    kept = get_text(text.id)
    assert kept is not None
    assert kept.body == "We read it."
    assert get_text(uuid4()) is None
    later = NOW + timedelta(days=1)
    add_text_version(key="words", bodies={"en": "Thrice.", "cy": "Tair."}, by=lead, at=later)
    assert {(one.version, one.language) for one in list_text_versions(lead)} >= {(3, "en"), (3, "cy")}
    for key, english in (("words", " "), ("words", "Thrice."), ("other", "New.")):
        with pytest.raises(Refused):
            add_text_version(key=key, bodies={"en": english}, by=lead, at=later)
    with pytest.raises(Refused):
        add_text_version(key="words", bodies={"en": "x"}, by=make_viewer("analyst"), at=later)
