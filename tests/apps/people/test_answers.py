"""Everything we hold about somebody: gathered from every room, read, sealed, handed over, every opening logged."""

import json
from datetime import timedelta
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import PUBLIC, SYSTEM, Refused, Viewer
from alongside.apps.engagement.models import Voice
from alongside.apps.engagement.operations.voices import set_basis
from alongside.apps.people.models import DataAnswer, DataRequest, RequestRecord
from alongside.apps.people.operations.answers import (
    decide_record,
    forget_old_answers,
    gather_records,
    make_answer,
    make_new_secret,
    open_answer,
    record_delivery,
    unlock_answer,
)
from alongside.apps.people.operations.matching import choose_matches
from alongside.apps.people.operations.records import open_record, open_records
from alongside.apps.people.operations.requests import accept_identity
from alongside.apps.people.rules.requests import SECRET_TRIES, hash_code
from tests.factories.engagement import make_voices
from tests.factories.people import NOW, make_person, make_viewer
from tests.factories.requests import (
    EMAIL,
    NAME,
    TODAY,
    WORDS,
    ask,
    ask_and_know,
    have_say,
    join,
    make_governance,
)

pytestmark = pytest.mark.django_db
NOTE = f"{NAME} was cross on the phone"


@pytest.fixture
def by() -> Viewer:
    return make_governance()


@pytest.fixture
def request_(by: Viewer) -> DataRequest:
    """A request of somebody known in several rooms, with a private note and somebody else's words about them."""
    spoke = have_say()
    join()
    make_person("patient_partner", name=NAME, email=EMAIL)
    voice = Voice.objects.get(speaker=spoke.speaker)
    set_basis(voice_ids=[voice.id], basis_id=voice.basis_id, reason=NOTE, by=SYSTEM, at=NOW)
    make_voices(spoke.engagement, f"I sat beside {NAME}.")
    return ask_and_know(by)


def read_all(request: DataRequest, by: Viewer, decision: str = "give") -> None:
    for record in open_records(by, request.id, only_review=True):
        decide_record(
            record_id=record.id, decision=decision, exemption="other_people", given="░", by=by, at=NOW
        )


def make(request: DataRequest, by: Viewer) -> str:
    gather_records(request_id=request.id, by=by, at=NOW)
    read_all(request, by)
    return make_answer(request_id=request.id, by=by, at=NOW, on=TODAY)


def open_it(request: DataRequest, by: Viewer = PUBLIC, **when: Any) -> dict[str, Any]:
    answer = DataAnswer.objects.get(request=request)
    on = when.get("on", TODAY)
    found: dict[str, Any] = json.loads(open_answer(answer_id=answer.id, by=by, at=NOW, on=on, form="file"))
    return found


def test_everything_is_gathered_and_what_others_wrote_waits_to_be_read(
    request_: DataRequest, by: Viewer
) -> None:
    gather_records(request_id=request_.id, by=by, at=NOW)
    records = open_records(by, request_.id)
    tables = {record.table for record in records}
    assert tables >= {
        "engagement_voice", "engagement_speaker", "engagement_contact", "engagement_receipt", "engagement_member",
        "people_person", "people_role_grant", "base_audit_line",
    }  # fmt: skip
    own = [record for record in records if not record.needs_review]
    assert WORDS in str(own)
    to_read = [record for record in records if record.needs_review]
    assert {record.table for record in to_read} == {
        "engagement_member",
        "engagement_voice",
        "base_audit_line",
    }
    assert NOTE in str(to_read)
    assert all(record.decision == "" for record in to_read)
    # What was gathered lies locked
    assert WORDS not in str(list(RequestRecord.objects.values_list()))
    with pytest.raises(Refused, match="not read yet"):
        make_answer(request_id=request_.id, by=by, at=NOW, on=TODAY)


def test_the_answer_holds_what_is_given_and_says_why_the_rest_is_not(
    request_: DataRequest, by: Viewer
) -> None:
    gather_records(request_id=request_.id, by=by, at=NOW)
    for record in open_records(by, request_.id, only_review=True):
        if record.table == "engagement_voice":
            decide_record(record_id=record.id, decision="hold", exemption="other_people", by=by, at=NOW)
        elif record.table == "base_audit_line":
            given = "Somebody wrote: ███ was cross"
            decide_record(
                record_id=record.id, decision="part", exemption="other_people", given=given, by=by, at=NOW
            )
            assert getattr(open_record(by, record.id, request_.id), "given", "") == given
        else:
            decide_record(record_id=record.id, decision="give", exemption="crime", by=by, at=NOW)
    make_answer(request_id=request_.id, by=by, at=NOW, on=TODAY)
    document = open_it(request_)
    schema = json.loads((files("alongside.content") / "schemas" / "your-data-1.json").read_text("utf-8"))
    jsonschema.validate(document, schema)
    written = json.dumps(document, ensure_ascii=False)
    assert WORDS in written
    assert "███ was cross" in written
    assert NOTE not in written
    assert "I sat beside" not in written
    assert [one["because"] for one in document["held_back"]] == [
        "It would tell something about another person who has not agreed (Schedule 2, part 3)"
    ]
    request_.refresh_from_db()
    assert request_.state == "answered"
    assert not RequestRecord.objects.exists()
    assert WORDS not in str(list(DataAnswer.objects.values_list()))


@pytest.mark.parametrize(
    ("decision", "exemption", "given", "reason"),
    [
        ("", "", "", "Choose what happens"),
        ("burn", "", "", "Choose what happens"),
        ("hold", "", "", "why it is held back"),
        ("hold", "because", "", "why it is held back"),
        ("part", "other_people", " ", "Write what is given"),
        ("part", "", "some", "why parts are covered"),
    ],
)
def test_a_decision_says_what_and_why(
    request_: DataRequest, by: Viewer, decision: str, exemption: str, given: str, reason: str
) -> None:
    gather_records(request_id=request_.id, by=by, at=NOW)
    record = open_records(by, request_.id, only_review=True)[0]
    with pytest.raises(Refused, match=reason):
        decide_record(record_id=record.id, decision=decision, exemption=exemption, given=given, by=by, at=NOW)


def test_the_password_opens_it_once_and_five_wrong_ones_close_it(request_: DataRequest, by: Viewer) -> None:
    code = "ACDE-FGHJ-KLMN"
    DataRequest.objects.filter(id=request_.id).update(code_sha256=hash_code(code))
    secret = make(request_, by)
    answer = DataAnswer.objects.get(request=request_)
    with pytest.raises(Refused, match="do not go together"):
        unlock_answer(code="XXXX", secret=secret, by=PUBLIC, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="do not go together"):
        unlock_answer(code=code, secret="no", by=PUBLIC, at=NOW, on=TODAY)
    assert unlock_answer(code=code.lower(), secret=secret, by=PUBLIC, at=NOW, on=TODAY) == answer.id
    with pytest.raises(Refused, match="do not go together"):
        unlock_answer(code=code, secret=secret, by=PUBLIC, at=NOW, on=TODAY)
    fresh = make_new_secret(request_id=request_.id, by=by, at=NOW, on=TODAY)
    for _try in range(SECRET_TRIES):
        with pytest.raises(Refused, match="do not go together"):
            unlock_answer(code=code, secret="no", by=PUBLIC, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="do not go together"):
        unlock_answer(code=code, secret=fresh, by=PUBLIC, at=NOW, on=TODAY)


def test_every_opening_and_the_delivery_are_written_down(request_: DataRequest, by: Viewer) -> None:
    make(request_, by)
    open_it(request_)
    open_it(request_)
    assert AuditLine.objects.filter(operation="request_opened").count() == 2
    with pytest.raises(Refused, match="how it was handed over"):
        record_delivery(request_id=request_.id, how=" ", by=by, at=NOW)
    record_delivery(request_id=request_.id, how="Rang and read it out.", by=by, at=NOW)
    assert DataAnswer.objects.get().delivered_at == NOW
    other, _code = ask()
    with pytest.raises(Refused, match="no answer yet"):
        record_delivery(request_id=other.id, how="x", by=by, at=NOW)


def test_an_answer_is_thrown_away_when_its_time_is_over(request_: DataRequest, by: Viewer) -> None:
    make(request_, by)
    assert forget_old_answers(by=SYSTEM, at=NOW, on=TODAY) == 0
    later = TODAY + timedelta(days=31)
    with pytest.raises(Refused, match="no longer here"):
        open_it(request_, on=later)
    assert forget_old_answers(by=SYSTEM, at=NOW, on=later) == 1
    assert DataAnswer.objects.get().locked is None


def test_an_answer_that_was_changed_is_not_handed_out(request_: DataRequest, by: Viewer) -> None:
    make(request_, by)
    DataAnswer.objects.update(sha256="0" * 64)
    with pytest.raises(Refused, match="changed since it was sealed"):
        open_it(request_)


def test_nothing_is_gathered_before_it_is_known_who_asks_and_who_it_is(by: Viewer) -> None:
    request, _code = ask()
    with pytest.raises(Refused, match="how you know"):
        gather_records(request_id=request.id, by=by, at=NOW)
    accept_identity(request_id=request.id, how="Rang.", by=by, at=NOW)
    with pytest.raises(Refused, match="First choose who"):
        gather_records(request_id=request.id, by=by, at=NOW)
    with pytest.raises(Refused, match="First gather"):
        make_answer(request_id=request.id, by=by, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="handle data requests"):
        open_records(make_viewer("engagement_lead"), request.id)
    with pytest.raises(Refused, match="no such record"):
        decide_record(record_id=request.id, decision="give", by=by, at=NOW)
    assert open_record(by, request.id, request.id) is None


def test_another_choice_of_people_throws_away_what_was_gathered(request_: DataRequest, by: Viewer) -> None:
    gather_records(request_id=request_.id, by=by, at=NOW)
    choose_matches(request_id=request_.id, chosen=set(), by=by, at=NOW)
    assert not RequestRecord.objects.exists()
