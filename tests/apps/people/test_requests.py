"""A request arrives, somebody makes sure who asks, the clock stands and runs, and it ends with words for the person."""

from datetime import date, timedelta

import pytest

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import PUBLIC, Refused, Viewer
from alongside.apps.engagement.models import Contact, Member, Speaker, Voice
from alongside.apps.engagement.operations.corrections import correct as correct_here
from alongside.apps.people.models import DataRequest, Person, RequestEvent
from alongside.apps.people.operations import requests as steps
from alongside.apps.people.operations.corrections import correct, correct_field, keep_objection
from alongside.apps.people.operations.matching import choose_matches, look_for_person
from alongside.apps.people.operations.requests import AskTerms, get_own_request, receive_request
from alongside.apps.people.queries.day import list_day
from alongside.apps.people.queries.requests import (
    RequestFilter,
    describe_requests,
    find_request_by_code,
    get_request,
    list_own_records,
    list_requests,
    make_report,
)
from alongside.apps.people.queries.subjects import find_subjects, get_chosen_subject, list_correctable
from alongside.apps.people.rules.requests import ALLOWED_MOVES, MOST_IN_TEN_MINUTES
from tests.factories.people import NOW, make_person, make_viewer
from tests.factories.requests import EMAIL, NAME, TODAY, ask, ask_and_know, have_say, join, make_governance

pytestmark = pytest.mark.django_db
KIND, WAY = DataRequest.Kind, DataRequest.Way


@pytest.fixture
def by() -> Viewer:
    return make_governance()


def reread(request: DataRequest) -> DataRequest:
    request.refresh_from_db()
    return request


def test_a_request_from_the_public_page_is_kept_with_a_code_that_nobody_can_read_again() -> None:
    request, code = ask()
    assert (request.state, request.identity, request.came_by) == ("received", "not_asked", "public_page")
    assert request.due_on == date(2026, 12, 22)
    assert code.replace("-", "") not in str(DataRequest.objects.values_list())
    line = find_request_by_code(code.lower(), TODAY)
    assert line is not None
    assert (line.id, line.time_left) == (request.id, "30 days left")
    assert find_request_by_code("AAAA-AAAA-AAAA", TODAY) is None


def test_the_same_code_sent_twice_keeps_one_request() -> None:
    terms = AskTerms(KIND.ACCESS, name=NAME, email=EMAIL, code="ACDE-FGHJ-KLMN")
    assert receive_request(terms=terms, by=PUBLIC, at=NOW, on=TODAY) == "ACDE-FGHJ-KLMN"
    assert receive_request(terms=terms, by=PUBLIC, at=NOW, on=TODAY) == "ACDE-FGHJ-KLMN"
    assert DataRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (AskTerms("gossip", email=EMAIL), "Choose what you ask"),
        (AskTerms(KIND.ACCESS, email=EMAIL, came_by="pigeon"), "Choose how"),
        (AskTerms(KIND.ACCESS), "an e-mail address or a telephone"),
        (AskTerms(KIND.COMPLAINT, email=EMAIL), "in your own words"),
        (AskTerms(KIND.ACCESS, email=EMAIL, words="x" * 5_001), "5,000"),
        (AskTerms(KIND.ACCESS, came_by=WAY.SIGNED_IN), "Sign in first"),
        (AskTerms(KIND.ACCESS, came_by=WAY.POST), "handle data requests"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused_with_what_would_do(
    terms: AskTerms, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        receive_request(terms=terms, by=PUBLIC, at=NOW, on=TODAY)


def test_a_flood_is_told_to_wait() -> None:
    for _number in range(MOST_IN_TEN_MINUTES):
        ask()
    with pytest.raises(Refused, match="ten minutes"):
        ask()
    ask(at=NOW + timedelta(minutes=11))


def test_what_came_by_post_counts_from_the_day_it_arrived(by: Viewer) -> None:
    terms = AskTerms(KIND.ACCESS, name=NAME, came_by=WAY.POST, received_on=date(2026, 11, 10))
    receive_request(terms=terms, by=by, at=NOW, on=TODAY)
    request = DataRequest.objects.get()
    assert (request.due_on, request.recorded_by_id) == (date(2026, 12, 10), by.person_id)
    late = AskTerms(KIND.ACCESS, name=NAME, came_by=WAY.POST, received_on=date(2026, 11, 23))
    with pytest.raises(Refused, match="after today"):
        receive_request(terms=late, by=by, at=NOW, on=TODAY)


def test_somebody_signed_in_is_known_at_once_and_sees_what_their_account_holds() -> None:
    person = make_viewer("patient_partner", name=NAME)
    join(email="")
    Member.objects.update(person_id=person.person_id)
    receive_request(terms=AskTerms(KIND.ACCESS, came_by=WAY.SIGNED_IN), by=person, at=NOW, on=TODAY)
    request = DataRequest.objects.get()
    assert request.identity == "enough"
    assert get_own_request(person, request.id) == request
    with pytest.raises(Refused, match="no such request of yours"):
        get_own_request(make_viewer("patient_partner"), request.id)
    subject = get_chosen_subject(request.id)
    assert subject.person_ids == {person.person_id}
    places = dict(list_own_records(person))
    told = {record.table for records in places.values() for record in records}
    assert {"people_person", "people_role_grant", "people_data_request"} <= told
    assert "engagement_member" not in told  # what somebody wrote about them is read first
    assert list_own_records(PUBLIC) == []


def test_the_clock_stands_still_while_we_wait_and_counts_those_days(by: Viewer) -> None:
    request, _code = ask()
    due = request.due_on
    steps.ask_person(request_id=request.id, what="identity", note="Rang.", by=by, at=NOW, on=TODAY)
    assert (reread(request).state, request.identity, request.paused_on) == ("waiting", "asked", TODAY)
    ten_days = TODAY + timedelta(days=10)
    page = get_request(by, request.id, ten_days)
    assert page is not None
    assert page.line.due_on >= due + timedelta(days=10)
    with pytest.raises(Refused, match="First record what"):
        steps.accept_identity(request_id=request.id, how="Rang", by=by, at=NOW)
    steps.hear_from_person(request_id=request.id, note="Rang back.", by=by, at=NOW, on=ten_days)
    assert (reread(request).state, request.identity, request.paused_days) == ("working", "shown", 10)
    assert request.due_on >= due + timedelta(days=10)
    with pytest.raises(Refused, match="not waiting"):
        steps.hear_from_person(request_id=request.id, note="Again.", by=by, at=NOW, on=ten_days)
    steps.accept_identity(request_id=request.id, how="Knew the engagement.", by=by, at=NOW)
    assert reread(request).identity == "enough"
    steps.ask_person(request_id=request.id, what="meaning", note="Which?", by=by, at=NOW, on=ten_days)
    assert reread(request).identity == "enough"
    steps.hear_from_person(request_id=request.id, note="That.", by=by, at=NOW, on=ten_days)
    assert reread(request).identity == "enough"
    with pytest.raises(Refused, match="Choose what you asked"):
        steps.ask_person(request_id=request.id, what="why", note="x", by=by, at=NOW, on=TODAY)


def test_more_time_is_taken_once_and_only_within_the_first_month(by: Viewer) -> None:
    request, _code = ask()
    steps.extend_request(request_id=request.id, reason="Four engagements.", by=by, at=NOW, on=TODAY)
    assert reread(request).due_on == date(2027, 2, 22)
    with pytest.raises(Refused, match="extended already"):
        steps.extend_request(request_id=request.id, reason="More.", by=by, at=NOW, on=TODAY)
    late, _code = ask()
    with pytest.raises(Refused, match="too late to take longer"):
        steps.extend_request(request_id=late.id, reason="x", by=by, at=NOW, on=TODAY + timedelta(days=40))


def test_a_complaint_is_acknowledged_looked_into_and_answered(by: Viewer) -> None:
    request, _code = ask(KIND.COMPLAINT, words="You wrote to me twice.")
    with pytest.raises(Refused, match="complaint arrived"):
        steps.answer_request(request_id=request.id, outcome="Sorry.", by=by, at=NOW)
    item = list_day(by, TODAY)[0]
    assert item.on == TODAY + timedelta(days=30)
    steps.acknowledge_complaint(request_id=request.id, note="By mail.", by=by, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="told already"):
        steps.acknowledge_complaint(request_id=request.id, note="By mail.", by=by, at=NOW, on=TODAY)
    assert reread(request).state == "working"
    steps.add_note(request_id=request.id, what="looked_into", note="Two digests.", by=by, at=NOW)
    with pytest.raises(Refused, match="what kind of note"):
        steps.add_note(request_id=request.id, what="secret", note="x", by=by, at=NOW)
    steps.answer_request(request_id=request.id, outcome="One list from now on.", by=by, at=NOW)
    assert (reread(request).state, request.outcome) == ("answered", "One list from now on.")
    with pytest.raises(Refused, match="has ended"):
        steps.add_note(request_id=request.id, what="note", note="x", by=by, at=NOW)
    assert list(RequestEvent.objects.values_list("what", flat=True)) == [
        "received", "acknowledged", "looked_into", "answered",
    ]  # fmt: skip
    other, _code = ask(KIND.ACCESS)
    with pytest.raises(Refused, match="of this kind"):
        steps.acknowledge_complaint(request_id=other.id, note="x", by=by, at=NOW, on=TODAY)
    waiting, _code = ask(KIND.COMPLAINT)
    steps.ask_person(request_id=waiting.id, what="meaning", note="Which?", by=by, at=NOW, on=TODAY)
    steps.acknowledge_complaint(request_id=waiting.id, note="By mail.", by=by, at=NOW, on=TODAY)
    assert reread(waiting).state == "waiting"


def test_a_request_ends_refused_or_taken_back_and_never_moves_again(by: Viewer) -> None:
    request, _code = ask()
    steps.refuse_request(request_id=request.id, reason="The third this week.", by=by, at=NOW)
    with pytest.raises(Refused, match="cannot become"):
        steps.withdraw_request(request_id=request.id, note="x", by=by, at=NOW)
    other, _code = ask()
    steps.ask_person(request_id=other.id, what="identity", note="Rang.", by=by, at=NOW, on=TODAY)
    steps.withdraw_request(request_id=other.id, note="Rang back.", by=by, at=NOW)
    assert (reread(other).state, other.paused_on) == ("withdrawn", None)
    assert all(not ALLOWED_MOVES[state] for state in ("answered", "refused", "withdrawn"))


def test_only_those_who_handle_requests_do() -> None:
    request, _code = ask()
    lead = make_viewer("engagement_lead")
    with pytest.raises(Refused, match="handle data requests"):
        steps.add_note(request_id=request.id, what="note", note="x", by=lead, at=NOW)
    with pytest.raises(Refused, match="handle data requests"):
        list_requests(lead, RequestFilter())
    assert list_day(lead, TODAY) == []
    assert find_subjects(lead, email=EMAIL) == []
    with pytest.raises(Refused, match="no such request"):
        steps.add_note(request_id=lead.own_id, what="note", note="x", by=make_governance(), at=NOW)
    assert get_request(make_governance(), lead.own_id, TODAY) is None


def test_no_word_of_a_request_stands_in_the_audit(by: Viewer) -> None:
    have_say()
    request = ask_and_know(by)
    steps.add_note(request_id=request.id, what="note", note=f"{NAME} rang", by=by, at=NOW)
    assert not [line for line in AuditLine.objects.values_list() if NAME in str(line) or EMAIL in str(line)]


def test_two_people_of_one_name_are_told_apart(by: Viewer) -> None:
    mine, other = have_say(), have_say("Another's words.", email="other@example.org")
    account = make_person("patient_partner", name=NAME, email=EMAIL)
    join()
    request, _code = ask()
    with pytest.raises(Refused, match="how you know"):
        choose_matches(request_id=request.id, chosen=set(), by=by, at=NOW)
    steps.accept_identity(request_id=request.id, how="Rang.", by=by, at=NOW)
    with pytest.raises(Refused, match="First look"):
        choose_matches(request_id=request.id, chosen=set(), by=by, at=NOW)
    with pytest.raises(Refused, match="Give an address"):
        look_for_person(request_id=request.id, email=" ", name="", code="", by=by, at=NOW)
    assert look_for_person(request_id=request.id, email=EMAIL, name=NAME, code="", by=by, at=NOW) == 4
    assert look_for_person(request_id=request.id, email="", name="", code=other.code, by=by, at=NOW) == 0
    matches = {match.subject_id: match for match in request.matches.all()}
    chosen = {match.id for key, match in matches.items() if key != other.speaker.id}
    assert choose_matches(request_id=request.id, chosen=chosen, by=by, at=NOW) == 3
    assert choose_matches(request_id=request.id, chosen=chosen, by=by, at=NOW) == 3
    subject = get_chosen_subject(request.id)
    assert subject.speaker_ids == {mine.speaker.id}
    assert subject.person_ids == {account.id}
    assert request.matches.get(subject_id=other.speaker.id).is_this_person is False


def test_words_without_a_name_are_found_by_their_receipt(by: Viewer) -> None:
    spoke = have_say(name="", email="nobody@example.org")
    (match,) = find_subjects(by, code=spoke.code.lower())
    assert (match.kind, match.id) == ("speaker", spoke.speaker.id)
    assert find_subjects(by, code="AAAA-AAAA-AAAA") == []
    assert find_subjects(by) == []
    Speaker.objects.filter(id=spoke.speaker.id).update(external_key="P-77")
    assert [one.id for one in find_subjects(by, name="p-77")] == [spoke.speaker.id]


def test_what_is_wrong_is_put_right_where_it_lies(by: Viewer) -> None:
    spoke, member = have_say(), join()
    account = make_person("patient_partner", name=NAME, email=EMAIL)
    request = ask_and_know(by, KIND.CORRECTION)
    subject = get_chosen_subject(request.id)
    keys = [field.key for _source, field in list_correctable(subject)]
    contact = Contact.objects.get(speaker=spoke.speaker)
    right = {
        f"person:{account.id}:name": "Quenilda Right",
        f"person:{account.id}:email": "Right@example.org",
        f"member:{member}:conditions": "asthma",
        f"speaker:{spoke.speaker.id}:age_band": "65 to 74",
        f"contact:{contact.id}:phone": "01632 960123",
    }
    assert set(right) <= set(keys)
    for key, value in right.items():
        correct_field(request_id=request.id, key=key, value=value, by=by, at=NOW)
    account.refresh_from_db()
    contact.refresh_from_db()
    assert (account.name, account.email) == ("Quenilda Right", "right@example.org")
    assert Member.objects.get(id=member).conditions == "asthma"
    assert Speaker.objects.get(id=spoke.speaker.id).age_band == "65 to 74"
    assert contact.phone == "01632 960123"
    assert request.events.filter(what="corrected").count() == len(right)


def test_a_correction_that_is_none_or_clashes_is_refused(by: Viewer) -> None:
    spoke, member = have_say(), join()
    account = make_person("patient_partner", name=NAME, email=EMAIL)
    taken = make_person("analyst")
    request = ask_and_know(by, KIND.CORRECTION)
    refused = [
        ("person:nobody:name", "x", "Choose what"),
        (f"person:{account.id}:name", NAME, "stands there already"),
        (f"person:{account.id}:name", "", "Write what is right"),
        (f"person:{account.id}:name", "x" * 121, "Shorten"),
        (f"person:{account.id}:email", "no address", "name@example.org"),
        (f"person:{account.id}:email", taken.email, "already here"),
        (f"member:{member}:name", " ", "member's name"),
        (f"speaker:{spoke.speaker.id}:age_band", "x" * 41, "40 letters"),
    ]
    for key, value, reason in refused:
        with pytest.raises(Refused, match=reason):
            correct_field(request_id=request.id, key=key, value=value, by=by, at=NOW)
    from_other_rooms = list_correctable(get_chosen_subject(request.id))
    assert {source for source, _field in from_other_rooms} == {"people", "engagement"}
    with pytest.raises(Refused, match="no such field"):
        correct(f"person:{account.id}:password", "x", by=by, at=NOW)


def test_fields_that_nobody_may_put_right_are_refused_in_their_room(by: Viewer) -> None:
    spoke, member = have_say(), join()
    for key in (
        f"member:{member}:left_on",
        f"speaker:{spoke.speaker.id}:pseudonym",
        f"contact:{member}:name",
    ):
        with pytest.raises(Refused, match="no such field"):
            correct_here(key, "x", by=by, at=NOW)


@pytest.mark.parametrize(("everything", "counted"), [(False, True), (True, False)])
def test_an_objection_stops_uses(by: Viewer, everything: bool, counted: bool) -> None:
    spoke = have_say()
    request, _code = ask(KIND.OBJECTION)
    steps.accept_identity(request_id=request.id, how="Rang.", by=by, at=NOW)
    with pytest.raises(Refused, match="First choose"):
        keep_objection(request_id=request.id, everything=everything, by=by, at=NOW)
    request = ask_and_know(by, KIND.OBJECTION)
    assert keep_objection(request_id=request.id, everything=everything, by=by, at=NOW) == 1
    basis = Voice.objects.get(speaker=spoke.speaker).basis
    assert (basis.may_analyse, basis.may_quote_inside, basis.may_contact_again) == (counted, False, False)
    assert Contact.objects.get(speaker=spoke.speaker).stopped_at == NOW


def test_the_queue_and_the_report_say_what_is_late(by: Viewer) -> None:
    first, _code = ask(at=NOW - timedelta(days=60))
    second, _code = ask(KIND.ERASURE)
    third, _code = ask(at=NOW - timedelta(days=50))
    steps.refuse_request(request_id=third.id, reason="x", by=by, at=NOW)
    fourth, _code = ask(KIND.OBJECTION)
    steps.ask_person(request_id=fourth.id, what="identity", note="x", by=by, at=NOW, on=TODAY)
    lines = describe_requests(list(list_requests(by, RequestFilter())), TODAY)
    assert (lines[0].id, lines[0].urgency) == (first.id, "late")
    assert second.id in {line.id for line in lines if not line.urgency}
    assert len(list_requests(by, RequestFilter(state="", words="quenilda"))) == 4
    assert [one.id for one in list_requests(by, RequestFilter(state="refused"))] == [third.id]
    assert [one.id for one in list_requests(by, RequestFilter(kind="erasure"))] == [second.id]
    rows = {row.kind: row for row in make_report(by, since=date(2026, 1, 1), until=TODAY, on=TODAY)}
    access = rows["everything you hold about me"]
    assert (access.received, access.in_time, access.late, access.open, access.open_late) == (2, 0, 1, 1, 1)
    assert [item.group for item in list_day(by, TODAY)] == ["late", "needs_you", "new"]
    assert Person.objects.count() == 1


def test_somebody_who_is_not_found_is_told_so_in_words(by: Viewer) -> None:
    request, _code = ask()
    steps.accept_identity(request_id=request.id, how="Rang.", by=by, at=NOW)
    steps.answer_request(request_id=request.id, outcome="We hold nothing about you.", by=by, at=NOW)
    assert reread(request).state == "answered"
    have_say()
    known = ask_and_know(by)
    with pytest.raises(Refused, match="stands in our records"):
        steps.answer_request(request_id=known.id, outcome="Nothing.", by=by, at=NOW)
